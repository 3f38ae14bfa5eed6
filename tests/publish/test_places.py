"""The pages of places: found, escaped, bounded, with the words behind each cell."""

import asyncio
import sys
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from chromium import find_browser, open_page

from hyreport.paths import ASSETS, MANY, NOTEBOOKS
from hyreport.publish.places import write_places
from hyreport.words.phrases import read_phrases

sys.path.insert(0, str(Path(__file__).parents[1] / "panel"))

from panels import absent, growth, make_panel

COMMON = {
    "pages": [],
    "more": [],
    "report": {"short": "Many reports", "title_en": "Many reports", "title_zh": "", "sections": {}},
    "record": {"version": "0", "data": "0" * 64},
}
PHRASES = read_phrases(ASSETS / "pages" / "zh.csv", NOTEBOOKS / MANY / "zh" / "report.csv")
CITY, OTHER, NATION = "430400", "430200", "000000"


@pytest.fixture(scope="module")
def panel(tmp_path_factory):
    nasty = growth(8, as_printed='<b>"8%"</b>', subject_zh="<script>alert(1)</script>")
    reports = {(CITY, 2018): (nasty, growth("8.5", certainty="C"))}
    reports |= {(OTHER, 2018): (absent(), growth("8.1")), (NATION, 2018): (growth(7), growth(7))}
    return make_panel(tmp_path_factory.mktemp("panel"), reports)


@pytest.fixture(scope="module")
def pages(panel, tmp_path_factory):
    folder = tmp_path_factory.mktemp("pages")
    write_places(folder, common=COMMON, panel=panel)
    return folder


def read(path):
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


def test_every_place_leads_to_its_rows(pages):
    rows = read(pages / "places.html").select("tbody tr")
    assert [row.th.get_text() for row in rows] == ["全国", "株洲市", "衡阳市"]
    for row in rows:
        name, _, anchor = row.a["href"].partition("#")
        assert read(pages / name).find(id=anchor)


def test_a_cell_tells_its_words_text_and_place(pages):
    cells = read(pages / "place_43.html").select(".evidence-link")
    told = [cell["data-evidence"] for cell in cells]
    assert "生产总值 8.1% · 2018.md, 100–104 · A" in told
    assert all(cell["tabindex"] == "0" for cell in cells)
    assert [cell.get_text() for cell in cells if "guess" in cell["class"]] == ["8.5%"]


def test_what_comes_from_texts_is_escaped(pages):
    text = (pages / "place_43.html").read_text(encoding="utf-8")
    assert "<script>" not in text
    assert "<b>" not in text
    assert '<b>"8%"</b>' in read(pages / "place_43.html").get_text()


def test_absent_and_missing_are_told_apart(pages):
    section = read(pages / "place_43.html").find(id=OTHER).find_parent("section")
    row = next(row for row in section.select("tbody tr") if row.th.get_text() == "2018")
    assert [cell.get_text() for cell in row.select("td")[:2]] == ["–", ""]
    words = read(pages / "place_43.html").select_one("header.front").get_text()
    assert "– a list was read, none found in it" in words
    assert "lacks" not in words


def test_a_page_too_large_is_halved_and_the_index_follows(panel, tmp_path):
    names = write_places(tmp_path, common=COMMON, panel=panel, largest=2000)
    assert {"place_43_1.html", "place_43_2.html"} <= set(names)
    leads = {row.a["href"] for row in read(tmp_path / "places.html").select("tbody tr")}
    assert f"place_43_2.html#{CITY}" in leads
    assert "place_43.html" not in names


def test_a_page_of_before_goes(panel, tmp_path):
    (tmp_path / "place_99.html").write_text("old", encoding="utf-8")
    write_places(tmp_path, common=COMMON, panel=panel)
    assert not (tmp_path / "place_99.html").exists()


def test_an_empty_panel_has_an_index(tmp_path):
    panel = make_panel(tmp_path / "panel", {})
    assert write_places(tmp_path, common=COMMON, panel=panel) == ["places.html"]


@pytest.fixture(scope="module")
def chinese(panel, tmp_path_factory):
    folder = tmp_path_factory.mktemp("chinese")
    common = COMMON | {"edition": "../"}
    write_places(folder, common=common, panel=panel, phrases=PHRASES)
    return folder


def test_the_chinese_edition_has_the_same_pages_places_and_cells(pages, chinese):
    names = {path.name for path in pages.iterdir()}
    assert {path.name for path in chinese.iterdir()} == names
    for name in names:
        own, other = read(chinese / name), read(pages / name)
        assert {tag["id"] for tag in own.select("main [id]")} == {
            tag["id"] for tag in other.select("main [id]")
        }
        cells = [
            [tag["data-evidence"] for tag in page.select("td[tabindex]")] for page in (own, other)
        ]
        assert cells[0] == cells[1]
        assert own.html["lang"] == "zh-CN"
        assert own.select_one("a.edition-switch")["href"] == f"../{name}"
        assert not other.select("a.edition-switch")  # as it has no other edition
    assert not PHRASES.missing
    assert read(chinese / "place_43.html").h1.get_text() == "湖南省"
    assert read(pages / "place_43.html").h1.get_text() == "Hunan 湖南省"


def test_a_word_of_the_pages_without_chinese_is_noted(panel, tmp_path):
    phrases = read_phrases()
    write_places(tmp_path, common=COMMON, panel=panel, phrases=phrases)
    assert "All places" in phrases.missing


@pytest.mark.full
def test_a_place_is_found_as_one_types_in_either_language(pages, chinese, tmp_path):
    browser = find_browser()

    async def type_in(words, folder=pages):
        async with open_page(browser, tmp_path / f"{folder.name}-{words}") as page:
            await page.open((folder / "places.html").as_uri())
            code = "document.querySelector('.filter input')"
            await page.evaluate(
                f"{code}.value = '{words}'; {code}.dispatchEvent(new Event('input'))"
            )
            shown = "[...document.querySelectorAll('tbody tr:not([hidden]) th')]"
            return await page.evaluate(f"{shown}.map(cell => cell.textContent).join()")

    assert asyncio.run(type_in("hengy")) == "衡阳市"
    assert asyncio.run(type_in("衡阳")) == "衡阳市"
    assert asyncio.run(type_in("hunan")) == "株洲市,衡阳市"
    assert asyncio.run(type_in("hunan", chinese)) == "株洲市,衡阳市"
    assert asyncio.run(type_in("衡阳", chinese)) == "衡阳市"
