"""The glossary: every Chinese term of the suite, its English and meaning, and where it is used."""

import re
from collections.abc import Iterable
from pathlib import Path

from hyreport.words.codes import CODES
from hyreport.words.pinyin import pinyin_key
from hyreport.words.tables import read_rows

__all__ = ["GLOSS", "find_glosses", "group_glossary", "list_linked", "read_glossary"]


# A run of Chinese characters; the document's own title begins with a year.
GLOSS = re.compile(r"(?:\d{4}(?=年))?[\u3400-\u9fff]+")
UNITS = "units of measurement"
# A Chinese term of fewer characters is a word of every day too.
SHORTEST = 3


def read_glossary(data: Path) -> list[dict]:
    """Read the glossary from processed tables.

    Parameters
    ----------
    data : Path
        Folder of a report with its terms.csv, indicators.csv, units.csv and figures.csv.

    Returns
    -------
    list of dict
        One entry a term: `zh`, `en`, `meaning`, `source`, `group`, `figures` (ids), of a term of
        the table `gfsm` and `paragraphs` too and of an indicator `printed`: the report's own terms
        for it. Terms first, then indicators by theme, then units; a term that is an indicator too
        stands once. Empty where there is no terms.csv.

    Examples
    --------
    >>> from hyreport.paths import PROCESSED
    >>> entries = {entry["zh"]: entry for entry in read_glossary(PROCESSED / "hengyang-2018")}
    >>> entries["非税收入"]["en"], entries["亿元"]["en"]
    ('Non-tax revenue', '100 million yuan')
    """
    if not (data / "terms.csv").is_file():
        return []
    names = ("figures", "terms", "indicators", "units")
    figures, terms, indicators, units = (read_rows(data / f"{name}.csv") for name in names)
    entries = {row["term_zh"]: _describe_term(row, figures) for row in terms}
    order = [*CODES["theme"]]
    for row in sorted(indicators, key=lambda row: order.index(row["theme"])):
        of_it = [figure for figure in figures if figure["indicator"] == row["indicator"]]
        entry = entries.setdefault(row["name_zh"], _describe_indicator(row))
        entry["figures"] = list(dict.fromkeys([*_ids(of_it), *entry.get("figures", ())]))
        printed = dict.fromkeys(figure["subject_zh"] for figure in of_it)
        entry["printed"] = [term for term in printed if term not in entries]
    for row in units:
        used = _ids(figure for figure in figures if figure["unit_zh"] == row["unit_zh"])
        entries.setdefault(row["unit_zh"], _describe_unit(row) | {"figures": used})
    return list(entries.values())


def find_glosses(text: str) -> list[str]:
    """Return the Chinese terms of a text, apart at punctuation.

    >>> find_glosses("estimated (预计数，下同), 2018年报告")
    ['预计数', '下同', '2018年报告']
    """
    return GLOSS.findall(text)


def list_linked(entries: Iterable[dict], *, chinese: bool = False) -> frozenset[str]:
    """Return the terms that prose leads to the glossary from.

    In Chinese these are terms of the field: not units, words beside numbers nor what is too short
    to mean nothing else, as 实际 does.
    """
    if not chinese:
        return frozenset(entry["zh"] for entry in entries)
    plain = (UNITS, CODES["term_kind"]["wording"].en)
    field = (entry["zh"] for entry in entries if entry["group"] not in plain)
    return frozenset(term for term in field if len(term) >= SHORTEST)


def group_glossary(entries: list[dict], *, chinese: bool = False) -> list[tuple[str, list[dict]]]:
    """Return the entries under the headings of the page, in order; in Chinese by pinyin."""
    groups: dict[str, list[dict]] = {}
    for entry in entries:
        groups.setdefault(entry["group"], []).append(entry)
    if chinese:
        groups = {
            name: sorted(group, key=lambda entry: pinyin_key(entry["zh"]))
            for name, group in groups.items()
        }
    return [(name[0].upper() + name[1:], group) for name, group in groups.items()]


def _ids(figures: Iterable[dict]) -> list[str]:
    return [figure["figure_id"] for figure in figures]


def _describe_term(row: dict[str, str], figures: list[dict]) -> dict:
    zh, group = row["term_zh"], CODES["term_kind"][row["kind"]].en
    used = _ids(row for row in figures if zh in row["as_printed"] or zh in row["subject_zh"])
    return row | {"zh": zh, "en": row["name_en"], "group": group, "figures": used}


def _describe_indicator(row: dict[str, str]) -> dict:
    return {
        "zh": row["name_zh"],
        "en": row["name_en"],
        "meaning": row["definition"],
        "source": row["definition_source"],
        "group": f"indicators: {CODES['theme'][row['theme']].en}",
    }


def _describe_unit(row: dict[str, str]) -> dict:
    multiplier = int(row["multiplier"])
    size = f"{multiplier:,}".replace(",", " ")
    if row["unit_base"] == "number":
        meaning = "A count" if multiplier == 1 else f"A count, times {size}"
    else:
        meaning = "The unit as printed" if multiplier == 1 else f"{size} {row['unit_base']}"
    source = "the project's own table of units"
    zh, en = row["unit_zh"], row["unit"]
    return {"zh": zh, "en": en, "meaning": meaning, "source": source, "group": UNITS}
