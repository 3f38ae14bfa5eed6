"""The columns of every table: type, meaning, unit, allowed values; what checks and describes them.

The columns stand in columns.csv, the tables they make in tables.toml, the codes in words/codes.csv.
A row of columns.csv that names no table says what its column is in all others that have it.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from hyreport.words.codes import CODES, Code
from hyreport.words.tables import read_rows

__all__ = ["PATTERNS", "PROCESSED", "SHARED", "TYPED", "Column", "Table"]


PATTERNS = {
    "id": r"[a-z0-9_.-]+",
    "integer": r"\d+",
    "decimal": r"-?\d+(\.\d+)?",
    "period": r"\d{4}(/\d{4}|-S[12])?|\d{4}-\d{2}/\d{4}-\d{2}|\.\./\d{4}",
    "date": r"\d{4}-\d{2}-\d{2}",
    "sha256": r"[0-9a-f]{64}",
    "text": r".*",
}


@dataclass(frozen=True)
class Column:
    """One column: its type, what it says, whether it must be filled, what it may hold.

    `allowed` are the values it may hold, with a meaning each where they need one; `unit` is the
    unit of its numbers, or the column that names it; `blank` is what an empty cell means.
    """

    name: str
    type: str
    meaning: str
    required: bool = True
    allowed: tuple[str, ...] | Mapping[str, Code] = ()
    unit: str = ""
    blank: str = ""

    @property
    def labels(self) -> dict[str, str]:
        """The allowed values and what each means; empty text where it speaks for itself."""
        if isinstance(self.allowed, Mapping):
            return {value: code.en for value, code in self.allowed.items()}
        return dict.fromkeys(self.allowed, "")


@dataclass(frozen=True)
class Table:
    """One table: its columns in order, the columns that identify a row, and what it holds.

    `links` names for a column the table and column where its values must occur; `main` are the
    columns that matter most to a reader, with {} for the language.
    """

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    meaning: str = ""
    links: tuple[tuple[str, str], ...] = ()
    main: tuple[str, ...] = ()

    @cached_property
    def header(self) -> list[str]:
        """The names of the columns, in order."""
        return [column.name for column in self.columns]


def _read_columns() -> dict[tuple[str, str], Column]:
    """Return each column by its name and a table's, which is blank where it stands for the rest."""
    columns = {}
    for row in read_rows(Path(__file__).with_name("columns.csv")):
        column = Column(
            row["column"],
            row["type"],
            row["meaning"],
            required=row["required"] == "yes",
            allowed=CODES[row["codes"]] if row["codes"] else (),
            unit=row["unit"],
            blank=row["blank"],
        )
        for table in row["tables"].split() or [""]:
            columns[column.name, table] = column
    return columns


def _read_tables(facts: Mapping[str, Mapping]) -> dict[str, Table]:
    columns = _read_columns()
    return {
        name: Table(
            name.replace("_", " "),
            tuple(
                columns.get((column, name)) or columns[column, ""]
                for column in table["columns"].split()
            ),
            tuple(table["key"].split()),
            table["meaning"],
            tuple(table.get("links", {}).items()),
            tuple(table.get("main", "").split()),
        )
        for name, table in facts.items()
    }


_FACTS = tomllib.loads(Path(__file__).with_name("tables.toml").read_text(encoding="utf-8"))
TABLES = _read_tables(_FACTS)
# By file: what the build writes into a report's folder, what people typed into it and beside it.
PROCESSED, TYPED, SHARED = (
    {table[stage]: TABLES[name] for name, table in _FACTS.items() if stage in table}
    for stage in ("processed", "typed", "shared")
)
