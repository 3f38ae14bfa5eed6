"""Finds what the build would refuse of single rows, before anything is written."""

import tomllib
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from unicodedata import normalize

from hyreport.build.build import make_figure
from hyreport.build.raw import Raw, check_identity, read_printed
from hyreport.build.units import read_units
from hyreport.data.schema import SHARED, TYPED
from hyreport.data.tables import check_cell, read_table
from hyreport.draft.drafted import Drafted, name_number
from hyreport.draft.typed import describe_report, make_typed
from hyreport.draft.vocabulary import patterns_of
from hyreport.errors import RawDataError
from hyreport.paths import RAW

__all__ = ["find_faults"]


Row = dict[str, str]
FALL = patterns_of("review").fall
# The names that the built table has for what a person decided.
BUILT = {"unit": "unit_zh", "qualifier": "qualifier", "hedge": "hedge"}


def find_faults(
    draft: Drafted, decided: Mapping[str, Row], *, raw: Path = RAW
) -> dict[str, RawDataError]:
    """Return for each decided number, by its start, what the build would refuse of its row.

    Parameters
    ----------
    draft : Drafted
        The draft.
    decided : mapping
        What was decided of each number, by where it starts.
    raw : Path
        Folder of the tables that all reports share.

    Returns
    -------
    dict
        Empty where every row can be built.
    """
    tables = make_typed(draft, decided)
    listed = {row["start"]: row["number"] for row in tables["tokens.csv"]}
    facts = tomllib.loads(describe_report(draft, tables))
    shared = {name: read_table(raw / name, table, empty=True) for name, table in SHARED.items()}
    faults, sound = {}, []
    for row in tables["figures.csv"]:
        try:
            place = f"{draft.report_id}, {name_number(row)}"
            _check_cells(row, listed.get(row["start"]), place)
            sound.append(row)
        except RawDataError as error:
            faults[row["start"]] = error
    typed = Raw(facts, tables | {"figures.csv": sound}, shared)
    units = read_units(typed)
    indicators = {row["indicator"]: row for row in shared["indicators.csv"]}
    for row in sound:
        try:
            place = f"{draft.report_id}, {name_number(row)}"
            built = make_figure(row, place, units, indicators)
            check_identity(row, place, facts)
            if row["start"] in decided:
                _check_said(built, decided[row["start"]], draft.numbers[row["start"]], place)
        except RawDataError as error:
            faults[row["start"]] = error
    return faults


def _check_cells(row: Row, there: str | None, place: str) -> None:
    """Check each cell by itself, and that the print holds the number that the text has there."""
    for column in TYPED["figures.csv"].columns:
        check_cell(row[column.name], column, place)
    number = read_printed(row["as_printed"], place).number
    if there is not None and normalize("NFKC", number) != normalize("NFKC", there):
        fix = "type in as_printed the number that the text has there"
        raise RawDataError(place, number, there, fix)


def _check_said(built: Row, choice: Row, drafted: Row, place: str) -> None:
    """Check that the print says what was decided, in sign too."""
    for name, column in BUILT.items():
        if built[column] != choice[name] and (choice[name] or name != "unit"):
            found = f"{name} {choice[name] or 'blank'!r} beside {choice['as_printed']!r}"
            fix = "change as_printed, which says otherwise, or the field"
            raise RawDataError(place, found, built[column] or "blank", fix)
    value = drafted.get("value", "")
    same = choice["as_printed"] == drafted["as_printed"]
    # 减少贫困人口 of 78万 is how many fewer, no negative number.
    is_amount = not choice["indicator"] and FALL.search(choice["subject_zh"])
    if value and same and not is_amount and Decimal(value) != Decimal(built["value"]):
        found = f"{built['value']} in {choice['as_printed']!r}"
        fix = "put the word of fall into the subject, or into as_printed where it is printed so"
        raise RawDataError(place, found, f"{value}, as the draft read the sentence", fix)
