"""How one number is cited: what its citation says, by the templates of citations.toml."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from string import Template
from typing import Any

from hyreport import __version__
from hyreport.data.ids import name_outside, qualify
from hyreport.data.versions import HASH_SHOWN, data_hash, hash_files, hash_json, say_version
from hyreport.errors import UnknownNameError, nearest
from hyreport.numbers.computed import ENDS
from hyreport.numbers.writing import say_number, write
from hyreport.paths import PROCESSED
from hyreport.words.language import speaking, words
from hyreport.words.phrases import speak

__all__ = ["cite_row", "say_data_version"]


# What BibTeX and LaTeX take for a command, and how each is written.
LATEX = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
LATEX |= {sign: f"\\{sign}" for sign in "{}$&#_%"}


def cite_row(
    kind: str,
    row: Mapping[str, Any],
    facts: Mapping[str, Any],
    *,
    version: str,
    style: str = "text",
) -> str:
    """Cite one number of a table.

    Parameters
    ----------
    kind : str
        figure (a row of figures.csv), outside (a row of reference.csv), result (an entry of
        results.json with its `name` and the `page` that shows it) or computed (one's own:
        value, low, high, unit, formula, and `inputs` in words).
    row : mapping
        The row; a name that it has not counts as blank.
    facts : mapping
        The report.toml of the report that the row is of.
    version : str
        Version and data, as `say_data_version` gives them, or `say_version` of a render's record.
    style : str
        text (English), gbt (Chinese, as GB/T 7714 has it) or bibtex.

    Returns
    -------
    str
        Plain text, to be escaped by whoever writes it into a page.

    Raises
    ------
    UnknownNameError
        For another style.

    Examples
    --------
    >>> row = {"figure_id": "gdp.growth.2017", "as_printed": "8.5%", "subject_zh": "地区生产总值",
    ...        "name_en": "GDP growth", "section": "1", "paragraph": "6"}
    >>> facts = {"id": "a-2018", "title_en": "Report of A, 2018", "issuer_en": "City of A",
    ...          "ref_area": "430000", "target_year": 2018}
    >>> print(cite_row("figure", row, facts, version="hyreport 0.2.0, data e3b0c44298fc"))
    City of A (2018). Report of A, 2018. Section 1, paragraph 6: 地区生产总值 “8.5%”
    (GDP growth; gdp.growth.2017). As in hyreport 0.2.0, data e3b0c44298fc.
    """
    templates = _read_templates()
    if style not in templates:
        expected = f"one of {', '.join(templates)}"
        raise UnknownNameError(
            "cite",
            f"style {style!r}",
            expected,
            nearest(style, templates, otherwise="write style='text'"),
        )
    chosen = templates[style]
    known = _facts(facts) | {name: str(cell) for name, cell in row.items() if cell is not None}
    known |= _own(kind, row, facts, language=chosen["language"]) | {"version": version}
    with speaking(chosen["language"]):
        known |= {name: speak(known[name]) for name in ("formula", "source") if name in known}
    known = {name: text for name, text in known.items() if text}
    key = known.pop("key", "")
    if chosen.get("escape") == "latex":
        known = {name: _escape(text) for name, text in known.items()}
    return _fill(chosen[kind], known | {"key": key})


def say_data_version(report_id: str) -> str:
    """Say which version of hyreport and of a report's tables is at hand, as pages do.

    >>> say_data_version("hengyang-2018").split(", ")[0] == f"hyreport {__version__}"
    True
    """
    files = hash_files(PROCESSED, f"{report_id}/**/*")
    named = {f"data/processed/{name}": code for name, code in files.items()}
    return say_version({"version": __version__, "data": data_hash(named, report_id)})


@cache
def _read_templates() -> dict[str, dict[str, Any]]:
    path = Path(__file__).with_name("citations.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _facts(facts: Mapping[str, Any]) -> dict[str, str]:
    """Return what a report's own file says, as templates name it; blank where it says nothing."""
    cite, day = facts.get("cite", {}), str(facts.get("reported", ""))
    said = {name: str(facts.get(name, "")) for name in ("issuer_en", "issuer_zh", "title_zh")}
    year = day[:4] or str(facts["target_year"])
    unknown_place = "{issuer_zh}. {title_zh}[R]. [出版地不详]: {issuer_zh}".format_map(said)
    return said | {
        "title_en": facts.get("title_en", "") or said["title_zh"] or facts["id"],
        "title_zh": said["title_zh"] if facts.get("title_en") else "",
        "reference_zh": cite.get("report", "").rstrip(".") or f"{unknown_place}, {year}",
        "suite": cite.get("suite", "hyreport"),
        "suite_authors": cite.get("suite_authors", ""),
        "day": day,
        "year": year,
    }


def _own(
    kind: str, row: Mapping[str, Any], facts: Mapping[str, Any], *, language: str
) -> dict[str, str]:
    """Return what templates name beside the columns of a row."""
    if kind == "figure":
        report, own = row.get("report") or facts["id"], row["figure_id"]
        title = facts.get("sections", {}).get(row["section"], "")
        return {"id": own, "key": qualify(own, report), "section_title": title}
    if kind == "outside":
        own = name_outside(row, facts["ref_area"])
        place = "" if row["ref_area"] == facts["ref_area"] else row["ref_area"]
        return {"id": own, "key": qualify(own, facts["id"]), "place": place}
    number = _say_number(row, language)
    own = f"result:{row['name']}" if kind == "result" else _name_calculation(row, number)
    return {"key": qualify(own, facts["id"]), "number": number}


def _name_calculation(row: Mapping[str, Any], number: str) -> str:
    """Name a calculation of one's own, so that two have two names in a bibliography."""
    code = hash_json({"number": number, "formula": row["formula"], "inputs": row["inputs"]})
    return f"computed-{code[:HASH_SHOWN]}"


def _say_number(row: Mapping[str, Any], language: str) -> str:
    """Say a number with its interval and unit; in Chinese with a sign for an open end."""
    if language == "en":
        return say_number(row["value"], row["low"], row["high"], unit=row["unit"])
    value, low, high = (write(row[end]) for end in ENDS)
    ends = f" {f'[{low}' if low else '(−∞'}, {f'{high}]' if high else '∞)'}"
    return (
        f"{value}{'' if low == high != '' else ends} {words(row['unit'], 'unit', language)}".strip()
    )


def _fill(pieces: list[str], known: Mapping[str, str]) -> str:
    """Join the pieces of a template, but for those that name something unknown."""
    filled = (
        Template(piece).substitute(known) for piece in pieces if known.keys() >= _names_in(piece)
    )
    return "".join(filled).strip()


@cache
def _names_in(piece: str) -> set[str]:
    return {*Template(piece).get_identifiers()}


def _escape(text: str) -> str:
    return re.sub(r"[\\~^{}$&#_%]", lambda found: LATEX[found[0]], text)
