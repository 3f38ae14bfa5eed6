"""What can be found of a report, with all its words: printed and outside figures, results.

Where a word is looked for stands in `search_places.csv`, what people say of codes and indicators
beside their own names in `search_words.csv`.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any, NamedTuple

from hyreport.data.load import load_doubts, load_indicators, load_terms
from hyreport.data.report import Report
from hyreport.data.results import read_entries
from hyreport.data.versions import hash_bytes
from hyreport.numbers.writing import say_number
from hyreport.paths import ARTIFACTS, PROCESSED, RAW, find_report
from hyreport.words.codes import CODES
from hyreport.words.language import words
from hyreport.words.tables import read_words

__all__ = ["SENTENCE", "SHOWN", "UNIT", "Catalogue", "Item", "Text", "normalise", "read_catalogue"]


SHOWN = (
    *("figure_id", "name_en", "name_zh", "subject_zh", "as_printed"),
    *("where", "period", "role", "found_in", "doubt"),
)
# What stands where, in the order in which it is shown.
PRINTED, OUTSIDE, RESULT = range(3)
# Where a word is looked for: the columns that hold it, and what each is called in `found_in`.
PLACES = {
    kind: [row for row in read_words("search_places", "column") if row["kind"] == kind]
    for kind in ("name", "code", "sentence")
}
UNIT = "unit"
# Names first, what the codes say next, then theme and term, sentences of ours at the end.
NAME, MEANING, THEME, TERM, SENTENCE = range(5)
LISTS = CODES | {"real_or_nominal": CODES["price"]}
NAMED = ("indicator", "series")
# Kinds of terms that stand in names; the others are the words for codes.
NAMING_TERMS = ("revenue", "place", "programme")
KEPT = 8  # reports


class Text(NamedTuple):
    """One text of a description, alternatives on lines of their own."""

    tier: int
    found_in: str
    said: str
    place: int = 0


class Item(NamedTuple):
    """A number that can be found: how it is shown, and the texts in which a word may stand.

    `meant` are the texts but for sentences, `said` is what all of them say.
    """

    kind: int
    row: dict[str, Any]
    texts: tuple[Text, ...]
    meant: tuple[Text, ...]
    said: str


class Catalogue(NamedTuple):
    """All that can be found of a report.

    `phrases` is what codes and units say in several words, `vocabulary` every word and, in Chinese,
    every line of the texts that are no sentences.
    """

    report: str
    items: tuple[Item, ...]
    phrases: frozenset[str]
    vocabulary: tuple[str, ...]


def read_catalogue(report_id: str | None) -> Catalogue:
    """Describe all that can be found of a report; once for each content of its files.

    Parameters
    ----------
    report_id : str, optional
        Folder of the report in data/processed; the suite's default report by default.

    Returns
    -------
    Catalogue
        Without results where there are no artifacts.
    """
    name = find_report(report_id, PROCESSED).name
    tables = ("figures", "reference", "doubts", "indicators", "terms")
    paths = [PROCESSED / name / f"{table}.csv" for table in tables]
    paths += [RAW / name / "report.toml"]
    paths += [ARTIFACTS / name / file for file in ("results.json", "programs.csv")]
    return _describe(name, tuple(hash_bytes(p.read_bytes()) if p.is_file() else "" for p in paths))


@lru_cache(maxsize=KEPT)
def _describe(report_id: str, _versions: tuple[str, ...]) -> Catalogue:
    report = Report(report_id)
    terms = load_terms(report_id).query("kind in @NAMING_TERMS").to_dict("records")
    rows = [*_printed(report), *_outside(report), *_results(report)]
    items = tuple(_describe_one(kind, row, terms) for kind, row in rows)
    places = {UNIT} | {place["found_in"] for place in PLACES["code"]}
    said = {text.said for item in items for text in item.texts if _place(text) in places}
    phrases = {line for lines in said for line in lines.split("\n") if " " in line}
    phrases |= {" ".join(line.split()[:2]) for line in phrases if line[0].isdigit()}  # 100 million
    lines = {line for item in items for text in item.meant for line in text.said.split("\n")}
    known = {word for line in lines for word in re.findall("[a-z]{3,}", line)}
    known |= {line for line in lines if not line.isascii()}
    return Catalogue(report_id, items, frozenset(phrases), tuple(sorted(known)))


def _place(text: Text) -> str:
    return text.found_in.split(":")[0]


def _printed(report: Report) -> Iterator[tuple[int, dict]]:
    figures = report.figures
    prices = load_indicators(report.id).set_index("indicator")["real_or_nominal"]
    kinds = load_doubts(report.id).groupby("figure_id")["kind"].agg(" ".join)
    section, paragraph = figures["section"], figures["paragraph"].astype(str)
    rows = figures.assign(
        real_or_nominal=figures["indicator"].map(prices),
        doubt_kind=figures["figure_id"].map(lambda figure_id: kinds.get(figure_id, "")),
        where="this report, section " + section + ", paragraph " + paragraph,
    )
    for row in rows.to_dict("records"):
        yield PRINTED, row | {"also": _also_said()["indicator", row["indicator"]]}


def _outside(report: Report) -> Iterator[tuple[int, dict]]:
    rows = report.reference.to_dict("records")
    for own, row in zip(report.outside_ids, rows, strict=True):
        yield (
            OUTSIDE,
            row
            | {"figure_id": own, "subject_zh": "", "period": row["time_period"]}
            | {"where": row["source"], "doubt": row["note"], "note": ""}
            | {"also": _also_said()["series", row["series"]]},
        )


def _results(report: Report) -> Iterator[tuple[int, dict]]:
    names = report.figures.set_index("figure_id")["name_zh"]
    names = dict(names) | dict(zip(report.outside_ids, report.reference["name_zh"], strict=True))
    if not (ARTIFACTS / report.id / "results.json").is_file():
        return
    for row in read_entries(report.id).values():
        number = (row["value"], row["low"], row["high"])
        rests_on = dict.fromkeys(names.get(name, "") for name in row["inputs"])
        yield (
            RESULT,
            {"figure_id": f"result:{row['name']}", "name_en": row["formula"], "name_zh": ""}
            | {"subject_zh": "", "period": "", "role": "", "doubt": ""}
            | {"as_printed": say_number(*number, unit=row["unit"])}
            | {
                "where": f"result of {row['notebook']}",
                "notebook": row["notebook"],
                "rests_on": " ".join(rests_on),
            }
            | {"unit": row["unit"], "unit_zh": words(row["unit"], "unit", "zh")}
            | {"result": row["name"].replace("_", " ")},
        )


def _describe_one(kind: int, row: dict, terms: list[dict]) -> Item:
    years = re.sub(r"[^\d]*(\d{4})", r"\1\n\1年\n", row["period"])
    row = row | {"years": years, UNIT: row["unit"] + "\n" + row["unit_zh"]}
    texts = [
        Text(NAME, place["found_in"], row.get(place["column"], ""), at)
        for at, place in enumerate(PLACES["name"])
    ]
    for place in PLACES["code"]:
        codes = row.get(place["column"], "").split()
        texts += [_coded(code, **place) for code in codes if code in LISTS[place["column"]]]
    texts += [Text(MEANING, UNIT, row[UNIT])]
    texts += [Text(MEANING, "other word for it", "\n".join(row.get("also", ())))]
    for term in terms:
        if term["term_zh"] in row["name_zh"] + "\n" + row["subject_zh"]:
            said = term["term_zh"] + "\n" + term["name_en"]
            texts.append(Text(TERM, f"glossary: {term['term_zh']}", said))
    for place in PLACES["sentence"]:
        texts.append(Text(SENTENCE, place["found_in"], row.get(place["column"], "")))
    texts = [text._replace(said=_close_up(normalise(text.said))) for text in texts if text.said]
    meant = tuple(text for text in texts if text.tier < SENTENCE)
    shown = {name: row[name] for name in SHOWN if name != "found_in"}
    return Item(kind, shown, tuple(texts), meant, "\n".join(text.said for text in texts))


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
    """Return what people say for a code, an indicator or a series, by column and code."""
    rows = read_words("search_words", "column", "code", column=(*LISTS, *NAMED))
    also = {(row["column"], row["code"]): row["words"].split("; ") for row in rows}
    return defaultdict(list, also)


def normalise(text: str) -> str:
    """Write a text as it is compared: small letters, half width, without quotation marks.

    >>> normalise("“ＧＤＰ” Growth")
    'gdp growth'
    """
    return re.sub("[“”\"'‘’]", "", unicodedata.normalize("NFKC", text).casefold())


def _close_up(text: str) -> str:
    """Take out the spaces beside Chinese, which some prints have and others have not.

    >>> _close_up("37 个, at least 8 %")
    '37个, at least 8 %'
    """
    return re.sub("(?<=[^!-~\\s]) +| +(?=[^!-~\\s])", "", text)
