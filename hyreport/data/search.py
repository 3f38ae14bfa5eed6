"""Finds figures by what they are: words of ids, names, codes, themes, terms, in either language.

Where a word is looked for stands in `search_places.csv`, what people say of codes and indicators
beside their own names in `search_words.csv`.
"""

import re
import unicodedata
from collections import defaultdict
from difflib import get_close_matches
from functools import cache
from numbers import Real
from typing import NamedTuple

import pandas as pd

from hyreport.data.load import load_doubts, load_figures, load_indicators, load_terms
from hyreport.errors import UnknownNameError
from hyreport.words.codes import CODES
from hyreport.words.tables import read_words

__all__ = ["Hit", "Text", "find"]


SHOWN = (
    *("figure_id", "name_en", "name_zh", "subject_zh", "as_printed"),
    *("period", "role", "found_in", "doubt"),
)
# Where a word is looked for: the columns that hold it, and what each is called in `found_in`.
PLACES = {
    kind: [row for row in read_words("search_places", "column") if row["kind"] == kind]
    for kind in ("name", "code", "sentence")
}
UNIT = "unit"
# Names first, what the codes say next, then theme and term, sentences of ours at the end.
NAME, MEANING, THEME, TERM, SENTENCE = range(5)
LISTS = CODES | {"real_or_nominal": CODES["price"]}
# Kinds of terms that stand in names; the others are the words for codes.
NAMING_TERMS = ("revenue", "place", "programme")
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


class Text(NamedTuple):
    """One text of a figure's description, alternatives on lines of their own."""

    tier: int
    found_in: str
    said: str
    place: int = 0


def find(words: str, report_id: str | None = None) -> pd.DataFrame:
    """Find figures by what they are called and by what they are, in English or Chinese.

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
    DataFrame, shape (found, 9)
        The best first: by id, name, printed term or words; by role, status, qualifier, hedge,
        doubt, period, unit and the like; by theme; by term of the glossary. `found_in` says by
        which of them each row was found. Rows whose `found_in` names a note or the words of a
        doubt stand last: there the word is only mentioned.

    Raises
    ------
    UnknownNameError
        Where nothing is found; the message lists the report's themes.

    Examples
    --------
    >>> find("gdp growth target")[["figure_id", "found_in"]].to_dict("split")["data"]
    [['gdp.growth.2018', 'id; role: target'],
     ['gdp.growth.2018.stretch', 'id; role: stretch target']]
    >>> find("财政收入")["figure_id"].tolist()[:2]
    ['budget_revenue.level.2017', 'budget_revenue.growth.2017']
    """
    parts = _split(words)
    figures = load_figures(report_id)
    texts = _describe(figures, report_id)
    wanted = _join_phrases(parts, texts)
    hits = {place: found for place, text in enumerate(texts) if (found := _answer(wanted, text))}
    if not hits:
        raise _nothing_found(words, wanted, texts)
    order = sorted(hits, key=lambda place: _rank(hits[place]))
    found_in = ["; ".join(dict.fromkeys(hit.found_in for hit in hits[row])) for row in order]
    return figures.iloc[order].assign(found_in=found_in)[list(SHOWN)].reset_index(drop=True)


def _split(words: object) -> list[str]:
    """Return the words asked for; raise UnknownNameError where there are none."""
    text = words if isinstance(words, str) else ""
    if isinstance(words, Real) and not isinstance(words, bool) and words == words:
        text = str(words).removesuffix(".0")
    text = re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", _normalise(text))
    words = [part.strip("?!。:()") for part in re.split(r"[\s,;、|]+", text)]
    parts = [part for word in words for part in JOINS.split(word) if part]
    if not parts:
        raise UnknownNameError(
            "find", repr(words), "words of a figure", "type a word, such as tax or 税收"
        )
    return parts


def _join_phrases(parts: list[str], texts: list[list[Text]]) -> list[str]:
    """Return the words that must be answered: what codes and units say in several stays together.

    So "no less than" is not found in what says "no more than" and "or less".
    """
    places = {UNIT} | {place["found_in"] for place in PLACES["code"]}
    said = {text.said for row in texts for text in row if text.found_in.split(":")[0] in places}
    phrases = {line for lines in said for line in lines.split("\n") if " " in line}
    phrases |= {" ".join(line.split()[:2]) for line in phrases if line[0].isdigit()}  # 100 million
    wanted, at = [], 0
    while at < len(parts):
        ends = range(len(parts), at, -1)
        end = next((end for end in ends if " ".join(parts[at:end]) in phrases), at + 1)
        wanted.append(" ".join(parts[at:end]))
        at = end
    return [word for word in wanted if not SMALL_WORDS.fullmatch(word)] or wanted


def _normalise(text: str) -> str:
    return re.sub("[“”\"'‘’]", "", unicodedata.normalize("NFKC", text).casefold())


def _close_up(text: str) -> str:
    """Take out the spaces beside Chinese, which some prints have and others have not.

    >>> _close_up("37 个, at least 8 %")
    '37个, at least 8 %'
    """
    return re.sub("(?<=[^!-~\\s]) +| +(?=[^!-~\\s])", "", text)


def _describe(figures: pd.DataFrame, report_id: str | None) -> list[list[Text]]:
    """Return all texts of each figure in which a word may stand."""
    prices = load_indicators(report_id).set_index("indicator")["real_or_nominal"]
    kinds = load_doubts(report_id).groupby("figure_id")["kind"].agg(" ".join)
    terms = load_terms(report_id).query("kind in @NAMING_TERMS").to_dict("records")
    rows = figures.assign(
        real_or_nominal=figures["indicator"].map(prices),
        doubt_kind=figures["figure_id"].map(lambda figure_id: kinds.get(figure_id, "")),
        years=figures["period"].str.replace(r"[^\d]*(\d{4})", r"\1\n\1年\n", regex=True),
    )
    return [_describe_one(row, terms) for row in rows.to_dict("records")]


def _describe_one(row: dict, terms: list[dict]) -> list[Text]:
    texts = []
    for at, place in enumerate(PLACES["name"]):
        texts.append(Text(NAME, place["found_in"], row[place["column"]], at))
    for place in PLACES["code"]:
        texts += [_coded(code, **place) for code in row[place["column"]].split()]
    texts += [Text(MEANING, UNIT, row["unit"] + "\n" + row["unit_zh"])]
    also = _also_said()["indicator", row["indicator"]]
    texts += [Text(MEANING, "other word for it", "\n".join(also))]
    for term in terms:
        if term["term_zh"] in row["name_zh"] + "\n" + row["subject_zh"]:
            said = term["term_zh"] + "\n" + term["name_en"]
            texts.append(Text(TERM, f"glossary: {term['term_zh']}", said))
    for place in PLACES["sentence"]:
        texts.append(Text(SENTENCE, place["found_in"], row[place["column"]]))
    return [text._replace(said=_close_up(_normalise(text.said))) for text in texts]


def _coded(code: str, column: str, found_in: str, **_: str) -> Text:
    """Return the words for a code: its names in both languages, and what else is said for it."""
    known = LISTS[column][code]
    english = re.sub(r" \(.*", "", known.en) if column == "obs_status" else code.replace("_", " ")
    chinese = re.findall(r"[\u3400-\u9fff]+", known.en)
    said = [english, known.zh, *chinese, *_also_said()[column, code]]
    tier = THEME if column == "theme" else MEANING
    return Text(tier, f"{found_in}: {english}", "\n".join(said))


@cache
def _also_said() -> defaultdict:
    """Return what people say for a code or an indicator, by column and code."""
    rows = read_words("search_words", "column", "code", column=(*LISTS, "indicator"))
    also = {(row["column"], row["code"]): row["words"].split("; ") for row in rows}
    return defaultdict(list, also)


def _answer(wanted: list[str], texts: list[Text]) -> list[Hit]:
    """Return how a figure answers to each word; nothing where it does not answer to all."""
    hits, meant = [], [text for text in texts if text.tier < SENTENCE]
    for word in wanted:
        found = _meant(word, meant) or _best(word, texts)
        if not found:
            return []
        hits += found
    return hits


def _meant(word: str, texts: list[Text]) -> list[Hit]:
    """Return the best hit; a Chinese word may also stand in parts."""
    if (best := _best(word, texts)) or word.isascii():
        return best
    atoms = re.findall(r"[!-~]+|.", word)
    for cut in range(len(atoms) - 1, 0, -1):
        first, rest = "".join(atoms[:cut]), "".join(atoms[cut:])
        if min(len(first), len(rest)) < 2:
            continue
        if (begin := _best(first, texts)) and (end := _meant(rest, texts)):
            return begin + end
    return []


def _best(word: str, texts: list[Text]) -> list[Hit]:
    """Return the best hit of a whole word, alone in a list; an empty list where there is none."""
    pattern, number = _pattern(word), re.fullmatch(r"[\d.]+", word)
    hits = [
        Hit(text.tier, _closeness(word, text.said), text.place, text.found_in)
        for text in texts
        # The number in a unit, as in 10 thousand, is none that a figure has.
        if pattern.search(text.said) and not (number and text.found_in == UNIT)
    ]
    return [min(hits)] if hits else []


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
    forms = [re.escape(word)]
    if re.fullmatch("[!-~]{3,}s", word):
        single = {word[:-1], re.sub("es$", "", word), re.sub("ies$", "y", word)}
        forms += [re.escape(form) + "(?![a-z])" for form in sorted(single)]
    if word[0].isdigit():
        before = r"(?<![\d.])"
    else:
        before = "(?<![a-z])(?<!no )(?<!not )" if word[0].isascii() else "(?<![不未非])"
    after = r"(?!\.?\d)" if word[-1].isdigit() else ""
    return re.compile(f"{before}(?:{'|'.join(forms)}){after}")


def _closeness(word: str, said: str) -> int:
    """Rank one find: the whole, a beginning or a word of its own, a part of a word."""
    lines = said.split("\n")
    if word in lines:
        return 0
    # Chinese does not set words apart: each part may be one.
    own = not word.isascii() or word in re.split(r"[^a-z0-9-]+", said)
    return 1 if own or any(line.startswith(word) for line in lines) else 2


def _rank(hits: list[Hit]) -> tuple:
    """Rank a figure by the worst of its hits, then by all of them."""
    return max(hits)[:3], sum(hit.closeness for hit in hits), sum(hit.place for hit in hits)


def _nothing_found(words: object, wanted: list[str], texts: list[list[Text]]) -> UnknownNameError:
    """Return the error that says what no figure has, and what this report has instead."""
    absent = [word for word in wanted if not any(_answer([word], text) for text in texts)]
    if not absent:
        fix = "no figure has all of these words; try fewer"
        return UnknownNameError("find", repr(words), "words that one figure has", fix)
    found = f"nothing on {absent[0]!r} among this report's figures"
    like = _suggest(absent[0], texts)
    named = CODES["theme"].items()
    themes = ", ".join(f"{code.replace('_', ' ')} {theme.zh}" for code, theme in named)
    fix = f"{like}look under one of its themes: {themes}"
    return UnknownNameError("find", found, "a word of an id, name, code, theme or term", fix)


def _suggest(word: str, texts: list[list[Text]]) -> str:
    """Suggest whole words, or whole printed terms, that a misspelt one is most like."""
    said = (one.said for text in texts for one in text if one.tier < SENTENCE)
    lines = {line for words in said for line in words.split("\n")}
    if word.isascii():
        known = {part for line in lines for part in re.findall("[a-z]{3,}", line)}
        close = get_close_matches(word, sorted(known), n=3, cutoff=LIKE_WORD)
    else:
        close = get_close_matches(word, sorted(lines), n=3, cutoff=LIKE_TERM)
    return f"did you mean {' or '.join(close)}? If not, " if close else ""
