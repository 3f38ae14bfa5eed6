"""The whole shelf gives the panel that is tracked, and a part of it the same bytes each time.

Texts, rules and tables that are what they were when the panel was made are not all read again.
"""

import json
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from hyreport.data.versions import hash_bytes
from hyreport.panel.ask import PANEL, ask
from hyreport.panel.make import RECORD, describe_panel, make_panel
from hyreport.panel.shelf import find_texts
from hyreport.paths import ROOT
from hyreport.words.tables import read_rows

CELLS, TEXTS = "headline.parquet", "reports.csv"
PART = 100

pytestmark = pytest.mark.full


@pytest.fixture(scope="module")
def shelf():
    folder = os.environ.get("HYREPORT_TEXTS_DIR")
    if not folder:
        pytest.skip("set HYREPORT_TEXTS_DIR to the folder that holds the texts of many reports")
    if not (PANEL / CELLS).is_file():
        pytest.skip("no panel is tracked: `hyreport panel --texts DIR` makes one")
    return Path(folder)


@pytest.fixture(scope="module")
def part(shelf, tmp_path_factory):
    """Return the shelf and the panel of some texts, drawn at random and the same each time."""
    folder = tmp_path_factory.mktemp("part")
    for text in random.Random(18).sample(find_texts(shelf), PART):
        copy = folder / "shelf" / text.path
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(shelf / text.path, copy)
    made = make_panel(folder / "shelf", folder / "panel", say=lambda words: None)
    assert (made.texts, made.read_now) == (PART, PART)
    return folder


def load_cells(panel):
    """Return the cells of a panel, each with the path of its text."""
    sql = "from headline join (select report, path from reports where used = 'yes') using (report)"
    return ask(f"select * {sql} order by report, indicator, kind", panel=panel)


def test_the_tracked_panel_has_every_text_of_the_shelf(shelf):
    rows = read_rows(PANEL / TEXTS)
    tracked = {row["path"]: row["sha256"] for row in rows}
    texts = {text.path: hash_bytes((shelf / text.path).read_bytes()) for text in find_texts(shelf)}
    assert tracked == texts, "HYREPORT_TEXTS_DIR is not the shelf that the panel was made of"
    assert [row["path"] for row in rows if row["used"] == "no" and not row["why_not"]] == []


def test_the_whole_shelf_gives_the_tracked_panel(shelf, tmp_path):
    made = PANEL / RECORD
    if made.is_file() and describe_panel(PANEL) == json.loads(made.read_text(encoding="utf-8")):
        return  # a part is read again below
    shutil.copy(PANEL / "audit.csv", tmp_path)
    make_panel(shelf, tmp_path, say=lambda words: None)
    if any((tmp_path / n).read_bytes() != (PANEL / n).read_bytes() for n in (TEXTS, CELLS)):
        both = pd.concat([load_cells(PANEL), load_cells(tmp_path)])
        rows = both.drop_duplicates(keep=False)[["report", "indicator", "kind", "as_printed"]]
        told = f"{len(rows)} rows, of which\n{rows.head(20).to_string()}"
        pytest.fail(f"data/panel is not what these rules make: make it again. {told}")


def test_a_part_of_the_shelf_gives_the_same_bytes_again(part, tmp_path):
    # Another process, whose sets have another order, by the verb.
    command = [sys.executable, "-m", "hyreport", "panel", "--texts", str(part / "shelf")]
    variables = {"PYTHONHASHSEED": "18", "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    done = subprocess.run(
        [*command, "--to", str(tmp_path)],
        env={**os.environ, **variables},
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    for name in (CELLS, TEXTS):
        assert (tmp_path / name).read_bytes() == (part / "panel" / name).read_bytes()


def test_a_text_gives_the_same_cells_alone_and_among_all(part):
    # A level far from those of the years around is doubted, so that certainty hangs on them.
    alone, among = (
        load_cells(panel).drop(columns=["certainty", "doubt"]) for panel in (part / "panel", PANEL)
    )
    # In the whole a text may stand back behind another of its place and year.
    both = set(alone["path"]) & set(among["path"])
    assert len(both) > PART * 0.9
    alone, among = (one[one["path"].isin(both)].reset_index(drop=True) for one in (alone, among))
    assert alone.equals(among)
