"""Finds numbers by what they are: words of ids, names, codes, themes, terms, in either language."""

import re
from difflib import get_close_matches
from functools import cache
from numbers import Real
from typing import NamedTuple

import pandas as pd

from hyreport.data.catalogue import (
    SENTENCE,
    SHOWN,
    UNIT,
    Catalogue,
    Item,
    Text,
    normalise,
    read_catalogue,
)
from hyreport.data.frames import Frame
from hyreport.errors import UnknownNameError
from hyreport.words.codes import CODES

__all__ = ["Hit", "find"]


SMALL_WORDS = re.compile("a|an|and|at|by|for|from|in|is|of|on|or|than|that|the|to|with")
# 的 joins two words (税收的占比), and is part of a short one (目的).
JOINS = re.compile("(?<=..)的(?=..|$)|^的$")
# How like a misspelt word a known one must be before it is suggested.
LIKE_WORD, LIKE_TERM = 0.85, 0.7


class Hit(NamedTuple):
    """Where a word stands in a figure's description; the smaller, the better the answer."""

    tier: int
    closeness: int
    place: int
    found_in: str


def find(words: str, report_id: str | None = None) -> pd.DataFrame:
    """Find figures and results by what they are called and what they are, in English or Chinese.

    Parameters
    ----------
    words : str
        One or several words, such as 税收, target, estimated, doubtful, 左右 or GDP growth 2018. A
        figure must answer to each of them, in whatever place and order. Capitals, full-width
        letters and plurals do not matter; Chinese words need no space between them.
    report_id : str
        Folder of the report in data/processed.

    Returns
    -------
    DataFrame, shape (found, 10)
        Figures that the report prints, outside figures, results of the notebooks; of each the best
        first: by id, name, printed term or words; by role, status, qualifier, hedge, doubt, period,
        unit and the like; by theme; by term of the glossary. `where` says where each stands,
        `found_in` by which of them it was found. Rows whose `found_in` names a note, the words
        of a doubt or those a result rests on stand last: there the word is only mentioned.
        `hy.cite` takes the ids of all.

    Raises
    ------
    UnknownNameError
        Where nothing is found; the message lists the report's themes.

    Examples
    --------
    >>> find("gdp growth target")[["figure_id", "found_in"]].to_dict("split")["data"][:2]
    [['gdp.growth.2018', 'id; role: target'],
     ['gdp.growth.2018.stretch', 'id; role: stretch target']]
    >>> find("财政收入")["figure_id"].tolist()[:2]
    ['budget_revenue.level.2017', 'budget_revenue.growth.2017']
    >>> find("gdp 2016 yearbook")["where"].tolist()[0]
    'China City Statistical Yearbook 2017, whole-city table'
    """
    parts = _split(words)
    catalogue = read_catalogue(report_id)
    items, wanted = catalogue.items, _join_phrases(parts, catalogue.phrases)
    hits = {place: found for place, item in enumerate(items) if (found := _answer(wanted, item))}
    if not hits:
        raise _nothing_found(words, wanted, catalogue)
    order = sorted(hits, key=lambda place: _rank(items[place], hits[place]))
    found_in = {row: "; ".join(dict.fromkeys(hit.found_in for hit in hits[row])) for row in order}
    rows = [items[row].row | {"found_in": found_in[row]} for row in order]
    table = Frame(rows, columns=list(SHOWN))
    table.report = catalogue.report
    return table


def _split(words: object) -> list[str]:
    """Return the words asked for; raise UnknownNameError where there are none."""
    text = words if isinstance(words, str) else ""
    if isinstance(words, Real) and not isinstance(words, bool) and words == words:
        text = str(words).removesuffix(".0")
    text = re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", normalise(text))
    words = [part.strip("?!。:()") for part in re.split(r"[\s,;、|]+", text)]
    parts = [part for word in words for part in JOINS.split(word) if part]
    if not parts:
        raise UnknownNameError(
            "find", repr(words), "words of a figure", "type a word, such as tax or 税收"
        )
    return parts


def _join_phrases(parts: list[str], phrases: frozenset[str]) -> list[str]:
    """Return the words that must be answered: what codes and units say in several stays together.

    So "no less than" is not found in what says "no more than" and "or less".
    """
    wanted, at = [], 0
    while at < len(parts):
        ends = range(len(parts), at, -1)
        end = next((end for end in ends if " ".join(parts[at:end]) in phrases), at + 1)
        wanted.append(" ".join(parts[at:end]))
        at = end
    return [word for word in wanted if not SMALL_WORDS.fullmatch(word)] or wanted


def _answer(wanted: list[str], item: Item) -> list[Hit]:
    """Return how a figure answers to each word; nothing where it does not answer to all."""
    hits = []
    for word in wanted:
        found = _meant(word, item) or _best(word, item.texts, item.said)
        if not found:
            return []
        hits += found
    return hits


def _meant(word: str, item: Item) -> list[Hit]:
    """Return the best hit; a Chinese word may also stand in parts."""
    if (best := _best(word, item.meant, item.said)) or word.isascii():
        return best
    for first, rest in _cuts(word):
        if (begin := _best(first, item.meant, item.said)) and (end := _meant(rest, item)):
            return begin + end
    return []


@cache
def _cuts(word: str) -> list[tuple[str, str]]:
    """Return a Chinese word cut in two, the longest beginning first; no part is one sign alone.

    >>> _cuts("税收占比")
    [('税收', '占比')]
    """
    atoms = re.findall(r"[!-~]+|.", word)
    cuts = (("".join(atoms[:cut]), "".join(atoms[cut:])) for cut in range(len(atoms) - 1, 0, -1))
    return [parts for parts in cuts if min(map(len, parts)) > 1]


def _best(word: str, texts: tuple[Text, ...], said: str) -> list[Hit]:
    """Return the best hit of a whole word, alone in a list; an empty list where there is none."""
    if not any(form in said for form in _forms(word)):  # of all texts, and much faster
        return []
    pattern, number = _pattern(word), re.fullmatch(r"[\d.]+", word)
    hits = [
        Hit(text.tier, _closeness(word, text.said), text.place, text.found_in)
        for text in texts
        # The number in a unit, as in 10 thousand, is none that a figure has.
        if pattern.search(text.said) and not (number and text.found_in == UNIT)
    ]
    return [min(hits)] if hits else []


@cache
def _forms(word: str) -> list[str]:
    """Return a word and what it may be the plural of.

    >>> _forms("cities")
    ['cities', 'citi', 'citie', 'city']
    """
    single = set()
    if re.fullmatch("[!-~]{3,}s", word):
        single = {word[:-1], re.sub("es$", "", word), re.sub("ies$", "y", word)}
    return [word, *sorted(single)]


@cache
def _pattern(word: str) -> re.Pattern:
    """Return what finds a word: numbers whole, Latin words from their beginning, none denied.

    >>> [bool(_pattern(word).search("18.5% of taxes")) for word in ("8.5", "18", "18.5%", "tax")]
    [False, False, True, True]
    >>> [bool(_pattern("cars").search(text)) for text in ("one car", "cards", "oscars")]
    [True, False, False]
    >>> [bool(_pattern("超过").search(text)) for text in ("突破, 超过", "不超过")]
    [True, False]
    >>> [bool(_pattern("more than").search(text)) for text in ("more than", "no more than")]
    [True, False]
    """
    whole, *single = map(re.escape, _forms(word))
    forms = [whole, *(form + "(?![a-z])" for form in single)]
    if word[0].isdigit():
        before = r"(?<![\d.])"
    else:
        before = "(?<![a-z])(?<!no )(?<!not )" if word[0].isascii() else "(?<![不未非])"
    after = r"(?!\.?\d)" if word[-1].isdigit() else ""
    return re.compile(f"{before}(?:{'|'.join(forms)}){after}")


def _closeness(word: str, said: str) -> int:
    """Rank one find: the whole, a beginning or a word of its own, a part of a word."""
    lines, words = _take_apart(said)
    if word in lines:
        return 0
    # Chinese does not set words apart: each part may be one.
    own = not word.isascii() or word in words
    return 1 if own or any(line.startswith(word) for line in lines) else 2


@cache
def _take_apart(said: str) -> tuple[list[str], set[str]]:
    """Return the lines of a text and its Latin words; the same texts are asked each time."""
    return said.split("\n"), set(re.split(r"[^a-z0-9-]+", said))


def _rank(item: Item, hits: list[Hit]) -> tuple:
    """Rank what is meant before what is mentioned, then by kind, the worst hit, all of them."""
    worst = max(hits)[:3]
    all_of_them = sum(hit.closeness for hit in hits), sum(hit.place for hit in hits)
    return worst[0] == SENTENCE, item.kind, worst, *all_of_them


def _nothing_found(words: object, wanted: list[str], catalogue: Catalogue) -> UnknownNameError:
    """Return the error that says what no figure has, and what this report has instead."""
    absent = [word for word in wanted if not _any_has([word], catalogue)]
    if not absent:
        ends = range(len(wanted) - 1, 0, -1)
        some = next(part for end in ends if _any_has(part := wanted[:end], catalogue))
        fix = f"no figure has all of these words; some have {' '.join(some)!r}"
        return UnknownNameError("find", repr(words), "words that one figure has", fix)
    found = f"nothing on {absent[0]!r} among this report's figures, outside figures and results"
    like = _suggest(absent[0], catalogue.vocabulary)
    named = CODES["theme"].items()
    themes = ", ".join(f"{code.replace('_', ' ')} {theme.zh}" for code, theme in named)
    fix = f"{like}look under one of its themes: {themes}"
    return UnknownNameError("find", found, "a word of an id, name, code, theme or term", fix)


def _any_has(words: list[str], catalogue: Catalogue) -> bool:
    return any(_answer(words, item) for item in catalogue.items)


def _suggest(word: str, vocabulary: tuple[str, ...]) -> str:
    """Suggest whole words, or whole printed terms, that a misspelt one is most like."""
    like = LIKE_WORD if word.isascii() else LIKE_TERM
    known = [one for one in vocabulary if one.isascii() == word.isascii()]
    close = get_close_matches(word, known, n=3, cutoff=like)
    return f"did you mean {' or '.join(close)}? If not, " if close else ""
