"""Reads what people typed of a report; stops at the first fault of files, facts and places."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from hyreport.data.facts import read_report
from hyreport.data.ids import RESERVED
from hyreport.data.schema import PATTERNS, SHARED, TYPED, Table
from hyreport.data.tables import read_table
from hyreport.errors import RawDataError, nearest
from hyreport.numbers.printed import Printed, PrintedError, parse_printed
from hyreport.paths import find_report, list_reports

__all__ = [
    "Raw",
    "Row",
    "check_identity",
    "check_positions",
    "check_section",
    "find_row",
    "read_printed",
    "read_raw",
]


FACTS = ("id", "ref_area", "area_zh", "area_en", "title_zh", "title_en", "issuer_zh", "issuer_en")
FACTS_OF_COPY = ("sha256", "characters")
# Every other table may hold its header alone.
NEVER_EMPTY = ("figures.csv", "indicators.csv", "units.csv")
ADD_SECTION = "correct it, or name the section in report.toml under [sections]"
POSITIONS = "positions count the copy's characters from 0, end exclusive"
Row = dict[str, str]
Found = TypeVar("Found")


@dataclass(frozen=True)
class Raw:
    """What people typed of one report: its facts, its own tables and the shared ones, by file.

    `others` are the other reports by id, each with its facts and figures alone.
    """

    report: dict[str, Any]
    own: dict[str, list[Row]]
    shared: dict[str, list[Row]]
    others: dict[str, "Raw"] = field(default_factory=dict)

    def rows(self, name: str, *, shared: bool = False) -> Iterator[tuple[str, Row]]:
        """Yield each row of a table after its place, which messages name."""
        folder, tables = ("", self.shared) if shared else (f"{self.report['id']}/", self.own)
        for number, row in enumerate(tables[name], start=2):
            yield f"{folder}{name}, row {number}", row


def read_raw(raw: Path, report_id: str, *, beside: Path | None = None) -> Raw:
    """Read all that people typed of a report, and check what needs no computing.

    Parameters
    ----------
    raw : Path
        Folder of what is typed.
    report_id : str
        Folder of the report in it.
    beside : Path, optional
        Folder of the other reports; by default the same.

    Returns
    -------
    Raw

    Raises
    ------
    RawDataError
        For a folder that is no whole report, and for any fault in a file.
    UnknownNameError
        Where there is no such folder.

    Examples
    --------
    >>> from hyreport.paths import RAW
    >>> read_raw(RAW, "hengyang-2018").own["figures.csv"][0]["as_printed"]
    '突破3000亿元'
    """
    folder = find_report(report_id, raw)
    missing = [name for name in ("report.toml", *TYPED) if not (folder / name).is_file()]
    if missing:
        raise RawDataError(
            f"data/raw/{report_id}",
            f"no {', '.join(missing)}",
            "the whole report",
            "add what is missing (most tables may hold their header alone), or move the folder out",
        )
    shared = _read_tables(raw, SHARED)
    others = _read_others(beside or raw, report_id, shared)
    try:
        facts, own = read_report(folder / "report.toml"), _read_tables(folder, TYPED)
        read = Raw(facts, own, shared, others)
        _check_facts(read.report, report_id)
    except RawDataError as error:
        error.place = f"{report_id}/{error.place}"
        raise
    check_tokens(read)
    return read


def _read_tables(folder: Path, tables: dict[str, Table]) -> dict[str, list[Row]]:
    return {
        name: read_table(folder / name, table, empty=name not in NEVER_EMPTY)
        for name, table in tables.items()
    }


def _read_others(raw: Path, report_id: str, shared: dict[str, list[Row]]) -> dict[str, Raw]:
    """Return the other whole reports that lie there, each with its facts and figures."""
    needed, others = ("report.toml", "figures.csv"), {}
    for other in list_reports(raw):
        if other != report_id and all((raw / other / name).is_file() for name in needed):
            others[other] = _read_facts_and_figures(raw / other, shared)
    return others


def _read_facts_and_figures(folder: Path, shared: dict[str, list[Row]]) -> Raw:
    try:
        facts = read_report(folder / "report.toml")
        _check_facts(facts, folder.name)
        rows = read_table(folder / "figures.csv", TYPED["figures.csv"])
    except RawDataError as error:
        error.place = f"{folder.name}/{error.place}"
        raise
    return Raw(facts, {"figures.csv": rows}, shared)


def _check_facts(report: dict, report_id: str) -> None:
    missing = [name for name in FACTS if name not in report]
    missing += [f"copy.{name}" for name in FACTS_OF_COPY if name not in report["copy"]]
    if missing:
        raise RawDataError("report.toml", f"no {', '.join(missing)}", "it", "add it")
    if report["id"] != report_id:
        raise RawDataError("report.toml", f"id {report['id']!r}", f"the folder's {report_id!r}")
    if report_id in RESERVED or not re.fullmatch(PATTERNS["id"], report_id):
        raise RawDataError("report.toml", f"id {report_id!r}", "a-z, 0-9, as in place-2018")
    if not re.fullmatch("[0-9]{6}", str(report["ref_area"])):
        raise RawDataError("report.toml", f"ref_area {report['ref_area']!r}", "six digits")


def check_tokens(raw: Raw) -> None:
    """Check that every Arabic number of the copy is a figure or an exclusion, and only one."""
    listed = {row["start"]: row["number"] for row in raw.own["tokens.csv"]}
    taken: dict[tuple[int, int], str] = {}
    for place, row in (*raw.rows("figures.csv"), *raw.rows("exclusions.csv")):
        words = read_printed(row["as_printed"], place).number
        span = _free_span(row, words, taken, place)
        taken[span] = place
        there = listed.get(row["start"], "no number")
        # Full-width digits of the copy may be typed as plain ones.
        same = unicodedata.normalize("NFKC", there) == unicodedata.normalize("NFKC", words)
        if row.get("numeral", "arabic") == "arabic" and not same:
            raise RawDataError(
                place,
                f"{words} at position {span[0]}",
                f"what tokens.csv has there: {there}",
                "tokens.csv lists the numbers of the copy by their positions: correct this row, "
                f"or tokens.csv too if the copy really prints {words} there",
            )
    for place, row in raw.rows("tokens.csv"):
        if (int(row["start"]), int(row["end"])) not in taken:
            raise RawDataError(
                f"{place}, position {row['start']}",
                f"{row['number']} in neither list",
                "a row of figures.csv or exclusions.csv for each number",
                "add the row; a number that is no figure goes to exclusions.csv, with the reason",
            )


def _free_span(row: Row, words: str, taken: dict, place: str) -> tuple[int, int]:
    """Return the places of a number, which must be as many as it has and not taken already."""
    check_positions(row, words, place)
    start, end = int(row["start"]), int(row["end"])
    for (other_start, other_end), owner in taken.items():
        if start < other_end and other_start < end:
            raise RawDataError(
                place,
                f"position {start}",
                f"one not in {owner} too",
                "each number of the copy stands in one row: correct the position, or remove a row",
            )
    return start, end


def check_positions(row: Row, words: str, place: str) -> None:
    """Check that words have as many places as characters."""
    if int(row["end"]) - int(row["start"]) != len(words):
        found, expected = f"{row['start']} to {row['end']}", f"{len(words)} places for {words}"
        fix = f"{POSITIONS}: correct end or the words"
        raise RawDataError(place, f"positions {found}", expected, fix)


def read_printed(words: str, place: str) -> Printed:
    """Parse printed words, naming the row where they cannot be read."""
    try:
        return parse_printed(words)
    except PrintedError as error:
        raise RawDataError(place, error.found, error.expected, error.fix) from None


def find_row(name: str, rows: Mapping[str, Found], place: str, what: str, expected: str) -> Found:
    """Return what stands under a name, or say which names are most like it."""
    if name not in rows:
        raise RawDataError(place, f"{what} {name!r}", expected, nearest(name, rows))
    return rows[name]


def check_identity(row: Row, place: str, report: dict) -> None:
    """Check that identifier, period, role and status of a figure agree with each other."""
    _check_name(row, place)
    check_section(row, place, report)
    characters = report["copy"]["characters"]
    if int(row["end"]) > characters:
        fix = f"correct it; the copy has {characters} characters (report.toml, [copy])"
        raise RawDataError(place, f"position {row['end']}", "one inside the copy", fix)
    _check_years(row, place, report)
    if (row["role"] == "actual") != bool(row["obs_status"]):
        found = f"obs_status {row['obs_status']!r} of a {row['role']}"
        fix = "an actual needs one of A, E, P and B; any other role leaves the column blank"
        raise RawDataError(place, found, "a status for actuals only", fix)


def _check_name(row: Row, place: str) -> None:
    """Check that the identifier is indicator and period, or a place where there is no indicator."""
    found = f"figure_id {row['figure_id']!r}"
    if not row["indicator"]:
        if not re.fullmatch("[nc][0-9]+", row["figure_id"]):
            raise RawDataError(place, found, "n or c and digits: the row has no indicator")
        return
    period = row["period"].replace("../", "to-").replace("/", "-")
    stem = f"{row['indicator']}.{period}"
    if row["figure_id"] != stem and not row["figure_id"].startswith(f"{stem}."):
        fix = "figure_id is indicator, period and perhaps a variant: correct the one that is wrong"
        raise RawDataError(place, found, f"one that begins {stem!r}", fix)


def _check_years(row: Row, place: str, report: dict) -> None:
    """Check that what is reported is past, and what is aimed at to come."""
    last, base, target = int(row["period"][-4:]), report["base_year"], report["target_year"]
    expected = ""
    if row["role"] == "actual" and last > base:
        expected = f"one ending {base} or before"
    elif "target" in row["role"] and last < target:
        expected = f"one ending {target} or after"
    if expected:
        fix = "correct period or role; base_year and target_year stand in report.toml"
        raise RawDataError(place, f"period {row['period']} of a {row['role']}", expected, fix)


def check_section(row: Row, place: str, report: dict) -> None:
    """Check that the report has the section of a row."""
    if row["section"] not in report["sections"]:
        raise RawDataError(place, f"section {row['section']!r}", "one of report.toml", ADD_SECTION)
