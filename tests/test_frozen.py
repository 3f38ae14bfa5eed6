"""Nothing moves unseen: results and tables against a frozen copy of 0.1.

What is renamed since stands in frozen/renamed.toml: tables by path, their columns, results, and
modules that a cell names; so do the tables that may gain rows, whose frozen rows are found by key,
each frozen row that says something else today and each result or table that is dropped, with the
reason. A row of a table goes with the result that it names.
"""

import csv
import json
import tomllib
from collections import Counter
from pathlib import Path

import pytest
from study import REPORT_ID

from hyreport.paths import ARTIFACTS, PROCESSED

FROZEN = Path(__file__).with_name("frozen")
RENAMED = tomllib.loads((FROZEN / "renamed.toml").read_text(encoding="utf-8"))
CHANGED = RENAMED.get("changed", [])  # as [[changed]]: table, row, columns, reason
NOW = {"artifacts": ARTIFACTS / REPORT_ID, "processed": PROCESSED}
DROPPED = RENAMED.get("dropped", {})  # a result, or the path of a table: why
ALL_TABLES = sorted(path.relative_to(FROZEN).as_posix() for path in FROZEN.rglob("*/*.csv"))
TABLES = [name for name in ALL_TABLES if name not in DROPPED]
RESULTS = "results.csv"
Row = dict[str, str]


def read_rows(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def read_frozen(name: str) -> list[Row]:
    """Return the rows of a frozen table that name no dropped result."""
    column = "name" if name == RESULTS else "result"
    return [row for row in read_rows(FROZEN / name) if row.get(column) not in DROPPED]


def find_now(name: str) -> Path:
    """Return where a frozen table lies today."""
    stage, _, path = RENAMED["tables"].get(name, name).partition("/")
    return NOW[stage] / path


def list_changed(name: str) -> dict[str, set[str]]:
    """Return the columns that may differ by the key of the frozen row."""
    return {
        entry["row"]: set(entry["columns"].split(", "))
        for entry in CHANGED
        if entry["table"] == name
    }


def read_results() -> list[Row]:
    """Return today's results as the frozen ones stand: a row each, blank where there is none."""
    results = json.loads((ARTIFACTS / REPORT_ID / "results.json").read_text(encoding="utf-8"))
    was = {new: old for old, new in RENAMED["results"].items()}
    ends = ("value", "low", "high", "unit")
    return [
        {"name": was.get(name, name)} | {end: number[end] or "" for end in ends}
        for name, number in results.items()
    ]


def name_rows(rows: list[Row], key: list[str]) -> dict[str, Row]:
    """Return rows by their key; of several that have one, the later are numbered."""
    named: dict[str, Row] = {}
    seen: Counter[str] = Counter()
    for row in rows:
        words = " ".join(row[part] for part in key)
        seen[words] += 1
        named[words if seen[words] == 1 else f"{words} ({seen[words]})"] = row
    return named


def pair_rows(name: str, then: list[Row], now: list[Row]) -> list[tuple[str, Row, Row]]:
    """Pair frozen rows with today's: by key where a table may gain rows, else in their order."""
    columns = RENAMED["columns"].get(name, {})
    if name not in RENAMED["gain"]:
        assert len(now) == len(then), name
        return [(str(n), *pair) for n, pair in enumerate(zip(then, now, strict=True), start=2)]
    key = RENAMED["gain"][name].split()
    found = name_rows(now, [columns.get(part, part) for part in key])
    return [(words, row, found[words]) for words, row in name_rows(then, key).items()]


def list_differences(name: str, then: list[Row], now: list[Row]) -> dict[str, set[str]]:
    """Return the columns in which a frozen row is not what it was, by the row."""
    columns = RENAMED["columns"].get(name, {})
    differ = {
        words: {
            column
            for column, cell in old.items()
            if new[columns.get(column, column)] != RENAMED["cells"].get(cell, cell)
        }
        for words, old, new in pair_rows(name, then, now)
    }
    return {words: found for words, found in differ.items() if found}


def test_every_result_is_what_it_was():
    then = read_frozen(RESULTS)
    assert list_differences(RESULTS, then, read_results()) == list_changed(RESULTS)


def test_what_is_dropped_was_there_and_is_gone():
    results = {row["name"] for row in read_rows(FROZEN / RESULTS)}
    assert set(DROPPED) <= {*ALL_TABLES, *results}
    assert all(DROPPED.values())
    assert not set(DROPPED) & {row["name"] for row in read_results()}
    assert not [name for name in DROPPED if name in ALL_TABLES and find_now(name).exists()]


def test_nothing_is_renamed_that_is_not_frozen():
    assert set(RENAMED["tables"]) <= set(TABLES)
    assert set(RENAMED["gain"]) <= {*TABLES, RESULTS}
    assert {entry["table"] for entry in CHANGED} <= {*TABLES, RESULTS}
    assert all(entry["reason"] for entry in CHANGED)
    assert set(RENAMED["results"]) <= {row["name"] for row in read_rows(FROZEN / RESULTS)}
    for name, columns in RENAMED["columns"].items():
        assert set(columns) <= set(read_rows(FROZEN / name)[0])


def test_every_cell_of_every_table_is_what_it_was():
    assert TABLES
    for name in TABLES:
        then, now = read_frozen(name), read_rows(find_now(name))
        assert list_differences(name, then, now) == list_changed(name), name


def test_a_row_that_goes_or_changes_is_seen():
    name = "processed/hengyang-2018/doubts.csv"
    then = read_rows(FROZEN / name)
    assert list_differences(name, then, [{**then[0], "figure_id": "new"}, *then]) == {}
    moved = [{**then[0], "expected": "1%"}, *then[1:]]
    assert list(list_differences(name, then, moved).values()) == [{"expected"}]
    with pytest.raises(KeyError):
        list_differences(name, then, then[1:])
