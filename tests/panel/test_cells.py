"""A cell of the panel gives its words, and its sentence from the reader's own copy of the text."""

import shutil
from pathlib import Path

import pytest
from shelves import CITY, write_report, write_shelf

import hyreport as hy
from hyreport.errors import HyreportError
from hyreport.panel.ask import cell
from hyreport.panel.make import make_panel
from hyreport.text.decoding import TextError

PLACE = CITY.format("衡阳市", 2018)
TARGET = "今年的主要预期目标是：地区生产总值增长【8】%以上；"


@pytest.fixture(scope="module")
def shelf(tmp_path_factory):
    return write_shelf(tmp_path_factory.mktemp("shelf"))


@pytest.fixture(scope="module")
def panel(shelf, tmp_path_factory):
    folder = tmp_path_factory.mktemp("panel")
    make_panel(shelf, folder, workers=1, say=lambda words: None)
    return folder


def test_a_cell_has_its_words_and_says_where_they_stand(panel):
    found = cell("衡阳市", 2018, panel=panel)
    assert found.words == "地区生产总值增长 8%以上"
    assert found.path == PLACE and f"of {PLACE}" in repr(found)
    missing = cell("衡阳市", 2018, "trade.growth", panel=panel)
    assert missing.words == "" and not missing.is_found
    assert repr(missing) == "衡阳市 2018, trade.growth, target: absent"


@pytest.mark.parametrize("form", [Path, str])
def test_the_sentence_is_that_of_the_readers_copy(shelf, panel, tmp_path, form):
    found = cell("衡阳市", 2018, panel=panel)
    alone = shutil.copy(shelf / PLACE, tmp_path / "one.txt")
    assert found.quote(form(shelf)) == found.quote(form(alone)) == TARGET
    assert hy.quote(found, form(shelf)) == TARGET


@pytest.mark.full
def test_every_number_of_a_made_shelf_stands_in_its_own_sentence(shelf, panel):
    rows = hy.panel.ask(
        "select area, period, indicator, kind from headline where status = 'found'", panel=panel
    )
    assert len(rows) > 20
    for area, year, indicator, kind in rows.itertuples(index=False):
        found = cell(area, year, indicator, kind, panel=panel)
        number = found.quote(shelf).partition("【")[2].partition("】")[0]
        assert number and number in found.row["as_printed"]


def test_a_copy_that_is_missing_is_named_with_what_to_give(panel, tmp_path):
    found = cell("衡阳市", 2018, panel=panel)
    for path in (tmp_path / "nowhere", tmp_path):
        with pytest.raises(TextError, match=r"no such file.*a copy of.*2018.*collection"):
            found.quote(path)
    with pytest.raises(TextError, match="no name of a file"):
        found.quote(5)


def test_a_copy_of_another_content_is_refused(panel, tmp_path):
    found = cell("衡阳市", 2018, panel=panel)
    write_report(tmp_path, "衡阳市", 2018, target="9")
    with pytest.raises(TextError, match=r"another text.*the text that was read"):
        found.quote(tmp_path)


def test_a_cell_without_a_number_has_no_sentence(shelf, panel):
    with pytest.raises(HyreportError, match="no number"):
        hy.quote(cell("衡阳市", 2018, "trade.growth", panel=panel), shelf)
