"""Each outside figure from a text stands at its place in the text of that SHA-256."""

import hashlib
import os
import re
from collections import defaultdict
from pathlib import Path

import pytest

from hyreport.numbers.printed import parse_printed
from hyreport.paths import RAW
from hyreport.words.tables import read_rows

ROWS = read_rows(RAW / "reference.csv")
PLACED = [row for row in ROWS if row["copy_sha256"]]
# The texts of these publications lie on the shelf of those who have them.
ON_THE_SHELF = re.compile(
    "(Hunan|National) government work report [0-9]{4}|National statistical communique [0-9]{4}"
    "|Hengyang government work report 20(16|20|21|23|25)"
)


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    """Return the texts that outside figures stand in, by SHA-256, each as it stands in its file."""
    folder = os.environ.get("HYREPORT_TEXTS_DIR")
    if not folder:
        pytest.skip("set HYREPORT_TEXTS_DIR to the folder that holds the texts of many reports")
    wanted, found = {row["copy_sha256"] for row in PLACED}, {}
    for path in Path(folder).rglob("*.md"):
        content = path.read_bytes()
        sha256 = hashlib.sha256(content).hexdigest()
        if sha256 in wanted:
            found[sha256] = content.decode("utf-8")
    return found


def test_each_number_stands_at_its_place(texts):
    for row in PLACED:
        text = texts[row["copy_sha256"]]
        number = text[int(row["char_start"]) : int(row["char_end"])]
        assert number == parse_printed(row["as_printed"]).number, row


def test_each_figure_from_a_text_on_the_shelf_has_its_place():
    for row in ROWS:
        assert bool(row["copy_sha256"]) == bool(ON_THE_SHELF.fullmatch(row["source"])), row


def test_a_publication_is_one_text_and_a_text_one_publication():
    pairs = {(row["source"], row["copy_sha256"]) for row in PLACED}
    for side in zip(*pairs, strict=True):
        assert len(side) == len(set(side))


def test_no_two_figures_of_one_kind_stand_at_one_place():
    places = [(row["copy_sha256"], row["char_start"], row["series"]) for row in PLACED]
    assert len(places) == len(set(places))


def test_a_series_has_one_english_name():
    names = defaultdict(set)
    for row in ROWS:
        names[row["series"], row["ref_area"] == "000000"].add(row["name_en"])
    assert all(len(found) == 1 for found in names.values())
