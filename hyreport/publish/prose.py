"""Reads the numbers in a notebook's prose and checks that each is linked to what it says.

A number in prose is a link to its evidence: `[8.5%](#gdp.growth.2017)` for a printed figure,
`[162.3](#result:local_revenue_2017)` for a number that a notebook computed and kept.
"""

import re
from collections.abc import Iterable, Iterator
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import NamedTuple

from hyreport.numbers.computed import ENDS, round_outwards, round_to
from hyreport.numbers.numerals import NUMBER as NUMERAL
from hyreport.numbers.printed import read_around
from hyreport.numbers.wording import BOUNDS, WORDS
from hyreport.numbers.writing import say_number
from hyreport.publish.evidence import Evidence
from hyreport.publish.markdown import SECTION, list_prose, plain_text, read_markdown
from hyreport.words.tables import read_words

__all__ = ["Problem", "check_prose", "read_prose", "restate"]


# What a word of a link says: a minus sign (fall), or perhaps one (less: 0.2 below, below 5.4).
SAYS = {row["word"]: row["says"] for row in read_words("fall_words", "word", says=("fall", "less"))}
FALLS = tuple(row.word for row in WORDS if row.says == "fall")
# Before the first number: what fell to 5.4, or from 8.2, fell by another number.
TO_LEVEL = re.compile(r"\b(?:from|to)(?:\s+[^\d\s]+)?\s*\Z", re.IGNORECASE)
SCALES = {row["word"]: int(row["scale"]) for row in read_words("scale_words", "word")}
UNIT_SCALES = {"100 million": 10**8, "10 thousand": 10**4, "billion": 10**9, "trillion": 10**12}
NUMBER = re.compile(
    r"(?P<sign>(?<![\w%.)])[-−])?(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    rf"(?P<scale>\s*(?:{'|'.join(rf'{word}(?![a-z])' for word in SCALES)}))?"
)
YEAR = re.compile(r"(?:19|20)\d\d")
# Days, and how long a notebook takes to read, are no figures about the city.
NO_FIGURE = re.compile(
    r"(?:19|20)\d\d-\d\d-\d\d|\d+\s+minutes?\b|\d+分钟|\d{1,2}月(?:\d{1,2}日)?|“\w+五”"
)
NOT_PROSE = ("codespan", "block_code", "inline_html", "block_html", "image")


class Piece(NamedTuple):
    """A stretch of prose: its cell or section, its text, and where it links to, if."""

    place: str
    text: str
    target: str


class Problem(NamedTuple):
    """A number in prose that has no evidence, or not this one."""

    notebook: str
    place: str
    text: str
    target: str
    why: str

    def __str__(self) -> str:
        """Say place, text and fault in one line."""
        file = self.notebook if "." in self.notebook else f"{self.notebook}.ipynb"
        return f"{file}, {self.place}: {self.text!r} {self.why}"


def read_prose(notebook: dict) -> Iterator[Piece]:
    """Yield the prose of a notebook in order, without code and markup; what code said included."""
    for number, cell in enumerate(notebook["cells"], start=1):
        section = cell.get("metadata", {}).get(SECTION)
        place = f"section {section!r}" if section else f"cell {number}"
        for text in list_prose(cell):
            yield from _read_tokens(read_markdown(text), place)


def _read_tokens(tokens: Iterable[dict], place: str) -> Iterator[Piece]:
    text = ""
    for token in tokens:
        if token["type"] in ("text", "softbreak"):
            text += token.get("raw", " ")
            continue
        if text:
            yield Piece(place, text, "")
            text = ""
        if token["type"] == "link":
            yield Piece(place, plain_text(token["children"]), token["attrs"]["url"])
        elif token["type"] not in NOT_PROSE:
            yield from _read_tokens(token.get("children", []), place)
    if text:
        yield Piece(place, text, "")


def check_prose(notebook: dict, evidence: Evidence, *, name: str = "notebook") -> list[Problem]:
    """Return each number in prose that is not linked to evidence that says the same.

    Parameters
    ----------
    notebook : dict
        A notebook as parsed JSON or as nbformat reads it.
    evidence : Evidence
        The figures and results that links can point to.
    name : str
        The notebook's name, or a document's with its ending, for the problems.

    Returns
    -------
    list of Problem
        Empty where every number outside code that is not a plain year or date is a link, the
        link exists, and its text agrees: with the figure's value exactly, with the result's
        value or either end of its interval at the digits written.

    Notes
    -----
    Signs may be put in words. With a word of fall "fell by 4.5%" says −4.5 and never 4.5, "fell
    to 4.5%" a level; "4.5 below" may say either. Where the print says that a figure falls
    (下降4.5% is −4.5), the link may leave that out. Bounding words and units in Chinese are those
    of the print, where the link has any.
    A scale may be written out: 3193 in units of 100 million is 319.3 billion.
    """
    problems = []
    for place, text, target in read_prose(notebook):
        why = check_link(text, target, evidence) if target.startswith("#") else ""
        if not target and (numbers := _unlinked_numbers(text)):
            text, why = numbers[0], "has no link to evidence"
        if why:
            problems.append(Problem(name, place, text, target, why))
    return problems


def _unlinked_numbers(text: str) -> list[str]:
    numbers = [match[0].strip() for match in NUMBER.finditer(NO_FIGURE.sub("", text))]
    return [number for number in numbers if not YEAR.fullmatch(number)]


def check_link(text: str, target: str, evidence: Evidence) -> str:
    """Return what is wrong with a link to evidence; empty where nothing is."""
    row = evidence.find(target)
    if row is None:
        return f"links to {target}, which is no figure and no kept result"
    printed = row.get("as_printed", "")
    agrees, ends = (
        (_agrees_with_figure, ("value", "value"))
        if printed
        else (_agrees_with_result, ("low", "high"))
    )
    if not all(agrees(number, row, _find_signs(number)) for number in find_numbers(text)):
        said = say_number(row["value"], *(row[end] for end in ends), unit=row["unit"])
        return f"is not what {target} says: {said}"
    agree = not printed or _agrees_in_words(text, row)
    return "" if agree else f"is not what {target} says: {printed}"


def find_numbers(text: str) -> list[re.Match]:
    """Return the numbers of a link's text; years count only where nothing else does.

    >>> [number[0] for number in find_numbers("in 2017: 16.23 billion yuan")]
    ['16.23 billion']
    """
    numbers = list(NUMBER.finditer(text))
    return [number for number in numbers if not YEAR.fullmatch(number[0])] or numbers


def _find_signs(match: re.Match) -> tuple[int, ...]:
    """Return the signs that the words of a link may give to one of its numbers.

    >>> [_find_signs(find_numbers(text)[0]) for text in ("down 5.4", "下降约5.4%", "below 5.4")]
    [(-1,), (-1,), (1, -1)]
    >>> [_find_signs(number) for number in find_numbers("fell from 8.2 to 5.4")]
    [(1,), (1,)]
    """
    text = match.string
    before = "".join(text[: match.start()].split())
    words = {SAYS.get(word) for word in re.findall(r"\w+", text.lower())}
    if read_around(f"{before}0", len(before), len(before) + 1).falls:
        return (-1,)
    if "less" in words:
        return (1,) if match["sign"] else (1, -1)
    to_level = TO_LEVEL.search(text[: find_numbers(text)[0].start()])
    return (-1,) if "fall" in words and not to_level else (1,)


def _agrees_with_figure(match: re.Match, row: dict[str, str], signs: tuple[int, ...]) -> bool:
    number, scale = read_number(match)
    value = Decimal(row["value"]) * unit_scale(row["unit"])
    if value < 0 and signs == (1,) and any(word in row["as_printed"] for word in FALLS):
        signs = (1, -1)
    said = {number * unit_scale(row["unit"]), number * scale}
    return any(sign * size == value for sign in signs for size in said)


def _agrees_in_words(text: str, row: dict[str, str]) -> bool:
    """Whether a link's bounding words and unit in Chinese are those of the print.

    It may leave them out, as where English words around it say them.
    """
    (said, unit), (printed, own) = _read_words(text), _read_words(row["as_printed"])
    return said <= printed and unit in ("", own, row["unit_zh"])


def _read_words(text: str) -> tuple[set[str], str]:
    """Return the bounds around the first number of a text, and its unit.

    >>> _read_words("8%以上"), _read_words("9万多 (more)"), _read_words("growth")
    (({'at_least'}, '%'), ({'more_than'}, '万'), (set(), ''))
    """
    squeezed = "".join(text.split())
    number = NUMERAL.search(squeezed)
    if number is None:
        return set(), ""
    around = read_around(squeezed, *number.span())
    return {word.says for word in around.telling if word.says in BOUNDS}, around.unit


def _agrees_with_result(match: re.Match, row: dict, signs: tuple[int, ...]) -> bool:
    number, scale = read_number(match)
    unit = unit_scale(row["unit"])
    digits = Decimal(1).scaleb(-count_decimals(match))
    ends = [Decimal(row[end]) for end in ("value", "low", "high") if row[end] is not None]
    return any(
        (end * unit / factor).quantize(digits, rounding) == sign * number
        for end in ends
        for sign in signs
        for factor in {unit, scale}
        for rounding in (ROUND_HALF_EVEN, ROUND_HALF_UP)
    )


def read_number(match: re.Match) -> tuple[Decimal, int]:
    """Return a number and the factor that its word of scale stands for."""
    number = Decimal(match["digits"].replace(",", ""))
    return -number if match["sign"] else number, SCALES.get((match["scale"] or "").strip(), 1)


def count_decimals(match: re.Match[str]) -> int:
    """Return how many digits a number of a text has after its point."""
    return len(match["digits"].partition(".")[2])


def unit_scale(unit: str) -> int:
    """Return the factor in a unit's name.

    >>> unit_scale("100 million yuan"), unit_scale("percent")
    (100000000, 1)
    """
    return next((scale for words, scale in UNIT_SCALES.items() if unit.startswith(words)), 1)


def restate(text: str, target: str, evidence: Evidence) -> str:
    """Return what the evidence of a link says now, where the link's text says something else.

    Parameters
    ----------
    text : str
        What the link shows, such as `16.23 billion`.
    target : str
        Where it leads, such as `#result:tax_2017`.
    evidence : Evidence
        The figures and results that links can point to.

    Returns
    -------
    str
        The printed words of a figure; value and ends of a result, with the digits and the scale
        of the text, the ends rounded outwards. Empty where the text agrees, and where the link
        leads to no evidence.

    Examples
    --------
    >>> tax = {"value": "166.1", "low": "165.6", "high": "166.6", "unit": "100 million yuan"}
    >>> evidence = Evidence({}, {"tax_2017": tax})
    >>> restate("16.23 billion", "#result:tax_2017", evidence)
    '16.61 [16.56, 16.66] billion'
    >>> restate("166.1", "#result:tax_2017", evidence)
    ''
    """
    row = evidence.find(target) if target.startswith("#") else None
    if row is None or not check_link(text, target, evidence):
        return ""
    return row["as_printed"] if "as_printed" in row else _say_result(text, row)


def _say_result(text: str, row: dict) -> str:
    """Say a result with the digits and scale of a text, or as many as show more than zero."""
    numbers = find_numbers(text)
    decimals = max(map(count_decimals, numbers))
    scale = next((number["scale"].strip() for number in numbers if number["scale"]), "")
    factor = Fraction(unit_scale(row["unit"]), SCALES[scale]) if scale else 1
    exact = [None if row[end] is None else Fraction(row[end]) * factor for end in ENDS]
    while exact[0] and not round_to(exact[0], decimals):
        decimals += 1
    return say_number(*round_outwards(exact, decimals), unit=scale).replace("-", "−")
