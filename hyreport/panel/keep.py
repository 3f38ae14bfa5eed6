"""Writes the tables of the panel, the same bytes from the same readings."""

import shutil
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from hyreport.panel.doubts import mark_doubts
from hyreport.panel.duck import path_to_write
from hyreport.panel.reading import CELL, headline_indicators
from hyreport.paths import need_extra
from hyreport.words.tables import format_rows, read_rows

if TYPE_CHECKING:
    import duckdb

__all__ = ["HEADLINE", "NUMBERS", "REPORTS", "write_panel"]


REPORTS = [
    "report",
    "path",
    "sha256",
    "area",
    "area_code",
    "area_code_now",
    "level",
    "report_year",
    "delivered",
    "used",
    "why_not",
    "note",
]
HEADLINE = ["report", "area", "area_code", "area_code_now", "level", "report_year", *CELL]
AUDIT = "audit.csv"
NUMBERS = ("value", "value_high", "low", "high", "stretch_value")
WHOLE = ("report_year", "period", "char_start", "char_end")
LEVELS = ("nation", "province", "prefecture")


def write_panel(
    reports: list[dict[str, str]], readings: dict[str, dict[str, Any]], to: Path
) -> int:
    """Write headline.parquet, reports.csv and the untracked runners-up.

    Parameters
    ----------
    reports : list of dict
        Rows of reports.csv.
    readings : dict
        What was read of each text, by its path.
    to : Path
        The folder. What readers found wrong by its audit.csv is marked.

    Returns
    -------
    int
        Cells that were found.
    """
    used = [row for row in reports if row["used"] == "yes"]
    known = read_rows(to / AUDIT) if (to / AUDIT).is_file() else []
    audit = pd.DataFrame(known) if known else None
    cells = mark_doubts(_frame(used, readings, "cells"), audit)
    _write(
        {
            to / "headline.parquet": cells,
            to / ".runners_up.parquet": _frame(used, readings, "runners_up"),
        }
    )
    rows = sorted(reports, key=lambda row: (*_order(row), row["path"]))
    rows = [{column: row[column] for column in REPORTS} for row in rows]
    temporary = to / ".reports.csv.tmp"
    temporary.write_bytes(format_rows(rows, REPORTS).encode("utf-8"))
    temporary.replace(to / "reports.csv")
    return int((cells["status"] == "found").sum())


def _order(row: dict[str, str]) -> tuple[int, str, str]:
    level = LEVELS.index(row["level"]) if row["level"] in LEVELS else len(LEVELS)
    return level, row["area_code_now"], row["report_year"]


def _frame(
    reports: list[dict[str, str]], readings: dict[str, dict[str, Any]], name: str
) -> pd.DataFrame:
    order = {indicator: number for number, indicator in enumerate(headline_indicators())}
    rows = []
    for row in sorted(reports, key=_order):
        whose = [row[column] for column in HEADLINE[:6]]
        kept = readings[row["path"]][name]
        for cell in sorted(kept, key=lambda one: (order[one["indicator"]], one["kind"])):
            rows.append([*whose, *(cell[column] for column in CELL)])
    frame = pd.DataFrame(rows, columns=HEADLINE)
    for column in NUMBERS:
        frame[column] = pd.to_numeric(frame[column].replace("", None)).astype("float64")
    for column in WHOLE:
        frame[column] = pd.to_numeric(frame[column].replace("", None)).astype("Int32")
    return frame


def _write(frames: dict[Path, pd.DataFrame]) -> None:
    """Write Parquet files whole, by one thread and in the order given."""
    with _open_writer().cursor() as connection:
        for path, frame in frames.items():
            temporary = path.with_name(f"{path.name}.tmp")
            written = path_to_write(temporary)
            # An empty table has no values by which to tell its columns' types.
            columns = ", ".join(f'cast("{name}" as {_type(name)}) as "{name}"' for name in frame)
            connection.register("frame", frame)
            connection.execute(
                f"copy (select {columns} from frame) to $path (format parquet, compression zstd)",
                {"path": str(written)},
            )
            if written != temporary:
                shutil.move(written, temporary)
            temporary.replace(path)


@cache
def _open_writer() -> "duckdb.DuckDBPyConnection":
    """Open what writes panels: opening takes longer than writing a small one."""
    with need_extra("panel", "the panel"):
        import duckdb
    return duckdb.connect(config={"threads": 1, "preserve_insertion_order": True})


def _type(column: str) -> str:
    return "double" if column in NUMBERS else "integer" if column in WHOLE else "varchar"
