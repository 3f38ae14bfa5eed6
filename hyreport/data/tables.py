"""Reading and writing CSV tables, checked cell by cell against the schema."""

import re
from pathlib import Path
from typing import Any

from hyreport.data.days import read_day
from hyreport.data.schema import PATTERNS, Column, Table
from hyreport.errors import DayError, RawDataError
from hyreport.words.tables import format_rows, read_lines

__all__ = ["check_cell", "check_day", "format_table", "read_table"]

_FORMS = {name: re.compile(pattern, re.ASCII) for name, pattern in PATTERNS.items()}


def read_table(path: Path, table: Table, *, empty: bool = False) -> list[dict[str, str]]:
    """Read one table and check every cell against its columns.

    Parameters
    ----------
    path : Path
        A CSV file in UTF-8.
    table : Table
        What its columns must be.
    empty : bool
        Whether it may hold its header alone.

    Returns
    -------
    list of dict
        Rows in file order, every cell as text; blank cells are empty text.

    Raises
    ------
    RawDataError
        For a missing or empty file, another encoding, missing or unknown columns, a row of
        another length, a blank or forbidden cell, or two rows with the same key.
    """
    rows = read_lines(path)
    if len(rows) < 2 and not empty:
        raise RawDataError(path.name, "an empty table", "a header and at least one row")
    header, *body = rows
    if header != table.header:
        raise RawDataError(
            f"{path.name}, header",
            _difference(header, table.header),
            f"the columns {', '.join(table.header)} in this order",
        )
    records: list[dict[str, str]] = []
    seen: dict[tuple[str, ...], int] = {}
    right: dict[str, set[str]] = {column.name: set() for column in table.columns}
    for number, cells in enumerate(body, start=2):
        place = f"{path.name}, row {number}"
        record = dict(zip(header, cells, strict=True))
        for column in table.columns:
            if (cell := record[column.name]) not in right[column.name]:
                check_cell(cell, column, place)
                right[column.name].add(cell)
        key = tuple(record[name] for name in table.key)
        if key in seen:
            raise RawDataError(
                place,
                f"{' and '.join(table.key)} {', '.join(key)!r}, already in row {seen[key]}",
                "each once",
                "remove one of the two rows, or correct its name",
            )
        seen[key] = number
        records.append(record)
    return records


def check_cell(cell: str, column: Column, place: str) -> None:
    """Raise RawDataError unless the cell is what its column allows."""
    place = f"{place}, column {column.name}"
    if cell != cell.strip():
        raise RawDataError(place, repr(cell), "no white space around it")
    if not cell:
        if column.required:
            raise RawDataError(place, "nothing", column.meaning)
        return
    if column.allowed and cell not in column.allowed:
        raise RawDataError(place, repr(cell), f"one of {', '.join(column.allowed)}")
    if not _FORMS[column.type].fullmatch(cell):
        raise RawDataError(place, repr(cell), f"{column.type}: {column.meaning}")
    if column.type == "date":
        check_day(cell, place)


def check_day(cell: Any, place: str) -> None:
    """Raise RawDataError unless what was typed is a day that exists."""
    try:
        read_day(cell, place)
    except DayError as error:
        raise RawDataError(place, error.found, error.expected) from None


def _difference(found: list[str], expected: list[str]) -> str:
    missing = [name for name in expected if name not in found]
    unknown = [name for name in found if name not in expected]
    parts = [
        f"{what} {', '.join(names)}"
        for what, names in (("missing:", missing), ("unknown:", unknown))
        if names
    ]
    return "; ".join(parts) or "another order of columns"


def format_table(rows: list[dict[str, str]], table: Table) -> str:
    """Return rows as CSV text with the table's columns in order."""
    return format_rows(rows, table.header)
