"""Reads the numbers in a notebook's prose and checks that each is linked to what it says.

A number in prose is a link to its evidence: `[8.5%](#gdp.growth.2017)` for a printed figure,
`[162.3](#result:local_revenue_2017)` for a number that a notebook computed and kept.
"""

import csv
import json
import re
from collections.abc import Iterator
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import NamedTuple

from hyreport.computed import say_number

RESULT = "result:"
# The name of a cell of metadata: a section of a text in Markdown goes by its heading.
SECTION = "section"
FALLS = ("下降", "减少", "降低")
# In a link to a result these words stand for its minus sign: "fell by 20.6 percent".
FELL = re.compile(r"\b(?:fell|falls?|fallen|down|below|under|lower|short)\b")
SCALES = {
    "thousand": 10**3,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
    "万": 10**4,
    "亿": 10**8,
}
UNIT_SCALES = {"100 million": 10**8, "10 thousand": 10**4}
NUMBER = re.compile(
    r"(?P<sign>(?<![\w%.)])[-−])?(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"(?P<scale>\s*(?:(?:thousand|million|billion|trillion)\b|万|亿))?"
)
YEAR = re.compile(r"(?:19|20)\d\d")
# Days, and how long a notebook takes to read, are no figures about the city.
NO_FIGURE = re.compile(r"(?:19|20)\d\d-\d\d-\d\d|\d+\s+minutes?\b")
NOT_PROSE = ("codespan", "block_code", "inline_html", "block_html", "image")


class Evidence(NamedTuple):
    """What links can point to: figures by id (rows of figures.csv) and results by name."""

    figures: dict[str, dict[str, str]]
    results: dict[str, dict]

    def find(self, target: str) -> dict | None:
        """Return the row that a link such as `#gdp.growth.2017` or `#result:x` points to."""
        name = target.removeprefix("#")
        if name.startswith(RESULT):
            return self.results.get(name.removeprefix(RESULT))
        return self.figures.get(name)


NO_EVIDENCE = Evidence({}, {})


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
        file = self.notebook if "." in self.notebook else f"{self.notebook}.ipynb"
        return f"{file}, {self.place}: {self.text!r} {self.why}"


def read_evidence(figures: Path, results: Path) -> Evidence:
    """Read figures.csv and results.json; a file that does not exist counts as empty."""
    rows, entries = [], {}
    if figures.exists():
        with figures.open(encoding="utf-8", newline="") as stream:
            rows = list(csv.DictReader(stream))
    if results.exists():
        entries = json.loads(results.read_text(encoding="utf-8"))
    return Evidence({row["figure_id"]: row for row in rows}, entries)


def read_prose(notebook: dict) -> Iterator[Piece]:
    """Yield the prose of a notebook in order, without code and markup."""
    from nbconvert.filters.markdown_mistune import MarkdownWithMath

    for number, cell in enumerate(notebook["cells"], start=1):
        if cell["cell_type"] == "markdown":
            source = "".join(cell["source"])
            tokens, _ = MarkdownWithMath(renderer=None).parse(source)
            section = cell.get("metadata", {}).get(SECTION)
            yield from _read_tokens(tokens, f"section {section!r}" if section else f"cell {number}")


def _read_tokens(tokens: list[dict], place: str) -> Iterator[Piece]:
    text = ""
    for token in tokens:
        if token["type"] in ("text", "softbreak") or "math" in token["type"]:
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


def plain_text(tokens: list[dict]) -> str:
    """Return the words of parsed Markdown without its markup."""
    return "".join(token.get("raw") or plain_text(token.get("children", [])) for token in tokens)


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
    Signs may be put in words: for a figure where the print does so (下降4.5% is −4.5), for a
    result where the link has a word of fall; "fell by 4.5%" says −4.5 and never 4.5.
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
    numbers = find_numbers(text)
    if target.startswith(f"#{RESULT}"):
        sign = -1 if FELL.search(text) else 1
        agree = all(_agrees_with_result(number, row, sign) for number in numbers)
    else:
        agree = all(_agrees_with_figure(number, row) for number in numbers)
    if agree:
        return ""
    shown = ("low", "high") if target.startswith(f"#{RESULT}") else ("value", "value")
    said = say_number(row["value"], *(row[end] for end in shown), unit=row["unit"])
    return f"is not what {target} says: {said}"


def find_numbers(text: str) -> list[re.Match]:
    """Return the numbers of a link's text; years count only where nothing else does.

    >>> [number[0] for number in find_numbers("in 2017: 16.23 billion yuan")]
    ['16.23 billion']
    """
    numbers = list(NUMBER.finditer(text))
    return [number for number in numbers if not YEAR.fullmatch(number[0])] or numbers


def _agrees_with_figure(match: re.Match, row: dict[str, str]) -> bool:
    number, scale = read_number(match)
    value = Decimal(row["value"]) * unit_scale(row["unit"])
    wanted = {value, abs(value)} if any(word in row["as_printed"] for word in FALLS) else {value}
    return bool({number * unit_scale(row["unit"]), number * scale} & wanted)


def _agrees_with_result(match: re.Match, row: dict, sign: int) -> bool:
    number, scale = read_number(match)
    number *= sign
    unit = unit_scale(row["unit"])
    digits = Decimal(1).scaleb(number.as_tuple().exponent)
    ends = [Decimal(row[end]) for end in ("value", "low", "high") if row[end] is not None]
    return any(
        (end * unit / factor).quantize(digits, rounding) == number
        for end in ends
        for factor in {unit, scale}
        for rounding in (ROUND_HALF_EVEN, ROUND_HALF_UP)
    )


def read_number(match: re.Match) -> tuple[Decimal, int]:
    """Return a number and the factor that its word of scale stands for."""
    number = Decimal(match["digits"].replace(",", ""))
    return -number if match["sign"] else number, SCALES.get((match["scale"] or "").strip(), 1)


def unit_scale(unit: str) -> int:
    """Return the factor in a unit's name.

    >>> unit_scale("100 million yuan"), unit_scale("percent")
    (100000000, 1)
    """
    return next((scale for words, scale in UNIT_SCALES.items() if unit.startswith(words)), 1)
