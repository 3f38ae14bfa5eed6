"""Adds to a draft what a person typed beside it: notes, pairs, goals, doubts, other numerals."""

from collections.abc import Mapping
from pathlib import Path

from hyreport.data.schema import TYPED
from hyreport.errors import HyreportError, nearest
from hyreport.words.tables import read_rows

__all__ = ["ADDABLE", "add_typed", "is_added"]


Row = dict[str, str]
FOLDER = "added"
# What names the rows that typed ones stand instead of.
ADDABLE = {
    "figures.csv": "figure_id",
    "targets.csv": "target_id",
    "goals.csv": "goal_id",
    "doubts.csv": "figure_id",
    "checks.csv": "check_id",
    "outcomes.csv": "target_id",
    "terms.csv": "term_zh",
}
# Tables in the order of the text.
PLACED = ("figures.csv", "goals.csv")


def add_typed(tables: dict[str, list[Row]], draft: Path) -> None:
    """Add the rows of the tables in a draft's folder `added` to those that were drafted.

    Parameters
    ----------
    tables : dict
        The raw rows by file; changed in place. A typed row stands instead of the drafted ones of
        its name; of a figure it takes the place of the cells that it fills.
    draft : Path
        Folder of the draft.

    Raises
    ------
    HyreportError
        For another table, and for a column that a table does not have.
    """
    for path in sorted((draft / FOLDER).glob("*.csv")):
        if path.name not in ADDABLE:
            found, expected = path.name, f"one of {', '.join(ADDABLE)}"
            raise HyreportError(str(path.parent), found, expected, nearest(found, ADDABLE))
        typed, header = read_rows(path), TYPED[path.name].header
        for row in typed:
            if unknown := [name for name in row if name not in header]:
                fix = nearest(unknown[0], header)
                raise HyreportError(str(path), f"column {unknown[0]}", ", ".join(header), fix)
        tables[path.name] = _join(path.name, tables[path.name], typed)


def _join(name: str, drafted: list[Row], typed: list[Row]) -> list[Row]:
    key, blank = ADDABLE[name], dict.fromkeys(TYPED[name].header, "")
    known = {row[key]: row for row in drafted if name == "figures.csv"}
    replaced = {row[key] for row in typed}
    whole = [blank | known.get(row[key], {}) | _fill(row) for row in typed]
    rows = [row for row in drafted if row[key] not in replaced] + whole
    return sorted(rows, key=lambda row: int(row["start"])) if name in PLACED else rows


def _fill(row: Mapping[str, str]) -> Row:
    return {name: cell for name, cell in row.items() if cell}


def is_added(draft: Path, name: str) -> bool:
    """Return whether a table of this name is typed beside a draft."""
    return (draft / FOLDER / name).is_file()
