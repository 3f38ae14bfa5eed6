"""Nothing moves while the house is rebuilt: results and tables against a frozen copy of 0.1.

What is renamed on the way stands in frozen/renamed.toml: tables by path, their columns, results,
and modules that a cell names.
"""

import csv
import json
import tomllib
from pathlib import Path

import pytest
from study import REPORT_ID

from hyreport.paths import ARTIFACTS, PROCESSED

FROZEN = Path(__file__).with_name("frozen")
RENAMED = tomllib.loads((FROZEN / "renamed.toml").read_text(encoding="utf-8"))
NOW = {"artifacts": ARTIFACTS / REPORT_ID, "processed": PROCESSED}
TABLES = sorted(path.relative_to(FROZEN).as_posix() for path in FROZEN.rglob("*/*.csv"))


def read_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def find_now(name: str) -> Path:
    """Return where a frozen table lies today."""
    stage, _, path = RENAMED["tables"].get(name, name).partition("/")
    return NOW[stage] / path


def test_every_result_is_what_it_was():
    results = json.loads((ARTIFACTS / REPORT_ID / "results.json").read_text(encoding="utf-8"))
    for row in read_rows(FROZEN / "results.csv"):
        name = RENAMED["results"].get(row["name"], row["name"])
        now = {end: results[name][end] or "" for end in ("value", "low", "high", "unit")}
        assert now == {end: row[end] for end in now}, row["name"]


def test_nothing_is_renamed_that_is_not_frozen():
    assert set(RENAMED["tables"]) <= set(TABLES)
    assert set(RENAMED["results"]) <= {row["name"] for row in read_rows(FROZEN / "results.csv")}
    for name, columns in RENAMED["columns"].items():
        assert set(columns) <= set(read_rows(FROZEN / name)[0])


@pytest.mark.parametrize("name", TABLES)
def test_every_cell_of_every_table_is_what_it_was(name):
    then, now = read_rows(FROZEN / name), read_rows(find_now(name))
    columns = RENAMED["columns"].get(name, {})
    assert len(now) == len(then)
    for number, (old, new) in enumerate(zip(then, now, strict=True), start=2):
        for column, cell in old.items():
            cell = RENAMED["modules"].get(cell, cell)
            assert new[columns.get(column, column)] == cell, f"row {number}, column {column}"
