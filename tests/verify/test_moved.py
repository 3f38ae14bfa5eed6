"""What moved between two artifacts folders is told once, and in a reader's words."""

import io
import json
import shutil
from decimal import Decimal
from pathlib import Path

import pytest
from matplotlib.figure import Figure

from hyreport.verify.moved import list_moved

RESULT = {"value": "1.5", "low": "1.4", "high": "1.6", "unit": "percent", "inputs": ["a"]}
MILLIONTH = Decimal("0.000001")
PAGE = "<h1>Growth</h1><p>It grew by <a href='#a'>{}</a>.</p><p>Version 1.0, {}</p>"


def draw(end: str, source: str, width: float = 1) -> bytes:
    figure, stream = Figure(figsize=(1, 1)), io.BytesIO()
    figure.add_subplot().plot([0, 1], linewidth=width)
    metadata = {"Source": source} | ({"Date": None} if end == "svg" else {})
    figure.savefig(stream, format=end, metadata=metadata)
    return stream.getvalue()


def write_json(path: Path, content) -> None:
    path.write_text(json.dumps(content), encoding="utf-8")


@pytest.fixture
def folders(tmp_path, monkeypatch) -> tuple[Path, Path]:
    monkeypatch.setitem(__import__("matplotlib").rcParams, "svg.hashsalt", "moved")
    before, after = tmp_path / "before", tmp_path / "after"
    for name in ("data", "tables", "figures", "notebooks"):
        (before / name).mkdir(parents=True)
    write_json(before / "results.json", {"slack": RESULT, "share": RESULT | {"low": None}})
    write_json(before / "manifest.json", {"version": "1.0"})
    (before / "data" / "figures.csv").write_text("id,value\na,8.5\nb,3\n", encoding="utf-8")
    (before / "tables" / "pairs.csv").write_text("id,note\na,x\na,y\nb,z\n", encoding="utf-8")
    (before / "figures" / "line.csv").write_text("x,y\n1,2\n", encoding="utf-8")
    for end in ("svg", "png"):
        (before / "figures" / f"line.{end}").write_bytes(draw(end, "1.0"))
    (before / "one.html").write_text(PAGE.format("8.5%", "0" * 64), encoding="utf-8")
    cell = {"cell_type": "code", "source": "1 + 1", "outputs": [{"data": {"text/plain": "2"}}]}
    write_json(before / "notebooks" / "one.ipynb", {"cells": [cell]})
    shutil.copytree(before, after)
    return before, after


def told(folders, tolerance=0) -> list[str]:
    return [str(moved) for moved in list_moved(*folders, tolerance=Decimal(tolerance))]


def test_nothing_moved(folders):
    assert told(folders) == []


def test_another_version_alone_is_no_change(folders):
    _, after = folders
    for end in ("svg", "png"):
        (after / "figures" / f"line.{end}").write_bytes(draw(end, "2.0"))
    (after / "one.html").write_text(PAGE.format("8.5%", "f" * 64), encoding="utf-8")
    write_json(after / "manifest.json", {"version": "2.0"})
    assert (after / "figures" / "line.svg").read_bytes() not in draw("svg", "1.0")
    assert told(folders) == []


def test_results_come_first_with_their_intervals(folders):
    _, after = folders
    moved = {"slack": RESULT | {"value": "1.7", "high": "1.8"}, "new_one": RESULT}
    write_json(after / "results.json", moved)
    (after / "data" / "figures.csv").write_text("id,value\na,8.6\nc,3\n", encoding="utf-8")
    assert told(folders) == [
        "result new_one: new: 1.5 [1.4, 1.6] percent",
        "result share: gone; was 1.5 [1.6 or less] percent",
        "result slack: moved from 1.5 [1.4, 1.6] percent to 1.7 [1.4, 1.8] percent",
        "data figures: row a: value 8.5 → 8.6",
        "data figures: row b is gone",
        "data figures: row c is new",
    ]


def test_digits_that_are_not_shown_move_too(folders):
    before, after = folders
    ends = {"value": "1.512", "low": "1.41", "high": None}
    for folder, value in ((before, "1.512"), (after, "1.513")):
        entry = RESULT | {"unrounded": ends | {"value": value}}
        write_json(folder / "results.json", {"slack": entry, "new_kind": RESULT})
    assert told(folders) == [
        "result slack: shown as before, moved before rounding from 1.512 [1.41 or more] percent "
        "to 1.513 [1.41 or more] percent"
    ]
    assert told(folders, "0.01") == []
    write_json(before / "results.json", {"slack": RESULT, "new_kind": RESULT})
    assert told(folders) == []  # made before there were such digits


def test_a_dropped_row_moves_no_other(folders):
    (folders[1] / "tables" / "pairs.csv").write_text("id,note\na,y\nb,z\n", encoding="utf-8")
    (folders[0] / "tables" / "long.csv").write_text("id,note\n", encoding="utf-8")
    rows = "".join(f"{number},x\n" for number in range(13))
    (folders[1] / "tables" / "long.csv").write_text("id,note\n" + rows, encoding="utf-8")
    lines = told(folders)
    assert lines[0] == "table long: row 0 is new" and lines[10] == "table long: and 3 more rows"
    # Where the first cells are unique on one side only, neighbours decide.
    assert lines[11:] == ["table pairs: row 1 (a) is gone"]


def test_a_chart_is_told_by_its_data_or_its_drawing(folders):
    _, after = folders
    (after / "figures" / "line.png").write_bytes(draw("png", "1.0", width=5))
    assert told(folders) == ["chart line: is drawn differently from the same data"]
    (after / "figures" / "line.csv").write_text("x,y\n1,3\n", encoding="utf-8")
    assert told(folders) == ["chart line: is drawn from other data: row 1: y 2 → 3"]


def test_a_damaged_table_is_named_and_what_is_wrong_with_it(folders):
    (folders[1] / "tables" / "pairs.csv").write_text("id,note\na\n", encoding="utf-8")
    assert told(folders) == [
        "table pairs: cannot be compared by rows: pairs.csv, row 2: found 1 cells, expected 2 "
        "cells. To fix: quote commas"
    ]


def test_pages_notebooks_and_other_files(folders):
    _, after = folders
    (after / "one.html").write_text(PAGE.format("8.6%", "0" * 64), encoding="utf-8")
    (after / "two.html").touch()
    cell = {"cell_type": "code", "source": "1 + 2", "outputs": []}
    write_json(after / "notebooks" / "one.ipynb", {"cells": [cell]})
    (after / "tables.xlsx").touch()
    assert told(folders) == [
        "page one.html: '8.5%' → '8.6%'",
        "page two.html: is new",
        "notebook one: cells changed: 1",
        "file tables.xlsx: is new",
    ]


def test_within_the_tolerance_only_numbers_and_words_count(folders):
    _, after = folders
    write_json(after / "results.json", {"slack": RESULT | {"value": "1.5000001"}})
    (after / "data" / "figures.csv").write_text("id,value\na,8.5000001\nb,3\n", encoding="utf-8")
    (after / "figures" / "line.png").write_bytes(draw("png", "1.0", width=5))
    (after / "one.html").write_text(PAGE.format("8.5000001%", "0" * 64), encoding="utf-8")
    lines = told(folders, MILLIONTH)
    assert lines == ["result share: gone; was 1.5 [1.6 or less] percent"]
    assert len(told(folders)) == 5
