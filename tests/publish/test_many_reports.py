"""The panel is rendered as a report is: its notebooks, a page a place, data to download."""

import shutil
import sys
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from sample_project import write_notebook

from hyreport.errors import RenderError, StaleTextError
from hyreport.paths import MANY, NOTEBOOKS, RAW
from hyreport.publish.editions import read_notebook
from hyreport.publish.render import render
from hyreport.publish.translate import mark_source
from hyreport.words.tables import format_rows

sys.path.insert(0, str(Path(__file__).parents[1] / "panel"))

from panels import growth, make_panel, read_cell

CITY = "430400"
CELLS = [
    "# What is in it?\n\n*For readers, 5 minutes.*",
    (
        "code",
        "from hyreport.lab.keep import keep, say\nfrom hyreport.numbers.rounding import stated",
    ),
    ("code", "keep(stated(2, unit='cells', formula='counted'), 'cells_counted')"),
    ("code", "say('## The answer', 'There are [2](#result:cells_counted) cells.')"),
]


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    root = tmp_path_factory.mktemp("project")
    reports = {(CITY, 2018): (growth(8), growth("8.5"))}
    make_panel(root / "data" / "panel", reports, [read_cell(f"{CITY}-2018", "right")])
    (root / "data" / "raw").mkdir()
    shutil.copy(RAW / f"{MANY}.toml", root / "data" / "raw")
    folder = root / "notebooks" / MANY
    folder.mkdir(parents=True)
    write_notebook(folder / "01_what.ipynb", CELLS)
    assert render(MANY, root=root, progress=list)[MANY]
    return root


def read(path):
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


def test_the_front_page_tells_the_finding_and_leads_to_places_and_data(project):
    folder = project / "artifacts" / MANY
    page = read(folder / "index.html")
    assert page.select_one(".finding .lead").get_text(" ", strip=True).startswith("There are 2")
    leads = {link["href"] for link in page.select("a[href]")}
    assert {
        "places.html",
        "data/headline.parquet",
        "data/panel.csv.zip",
        "data/panel.xlsx",
    } <= leads
    assert all((folder / lead).is_file() for lead in leads if lead.startswith(("data/", "place")))
    assert "printed figures" not in page.get_text()
    assert "read by rules from 1 reports" in page.select_one("header.front").get_text()


def test_two_clicks_lead_from_the_suites_front_to_the_words_of_a_place(project):
    suite = read(project / "artifacts" / "index.html")
    assert suite.select_one(f'a[href="{MANY}/places.html"]')
    row = read(project / "artifacts" / MANY / "places.html").select_one("tbody tr a")
    name, _, anchor = row["href"].partition("#")
    place = read(project / "artifacts" / MANY / name).find(id=anchor).find_parent("section")
    assert place.select_one(".evidence-link")["data-evidence"].startswith("生产总值 8.5%")


@pytest.mark.full
def test_nothing_is_done_again_until_the_panel_changes(project):
    lines: list[str] = []
    assert render(MANY, root=project, progress=lines.append) == {MANY: []}
    assert lines == []
    audit = project / "data" / "panel" / "audit.csv"
    audit.write_text(audit.read_text(encoding="utf-8").replace("first", "second"), encoding="utf-8")
    changed = render(MANY, root=project, progress=lines.append)[MANY]
    assert "data/audit.csv" in changed
    assert f"{MANY}: 1 notebooks to run, 0 unchanged" in lines


ROWS = {
    "There are {n} cells.": "共有{n}个数据项。",
    "counted": "计数",
    "cells": "个",
    "What": "内容",
}


@pytest.fixture
def chinese(project, tmp_path):
    root = Path(shutil.copytree(project, tmp_path / "project"))
    folder = root / "notebooks" / MANY / "zh"
    folder.mkdir()
    shutil.copy(NOTEBOOKS / MANY / "zh" / "report.csv", folder)
    source = read_notebook(folder.parent / "01_what.ipynb")
    (cell,) = (cell for cell in source["cells"] if cell["cell_type"] == "markdown")
    title = f"<!-- {cell['id']} {mark_source(cell['source'])} -->\n# 收了什么？\n\n*五分钟。*\n"
    (folder / "01_what.md").write_text(title, encoding="utf-8")
    write_rows(folder, ROWS)
    return root


def write_rows(folder, rows):
    text = format_rows([{"en": en, "zh": zh} for en, zh in rows.items()], ["en", "zh"])
    (folder / "01_what.csv").write_text(text, encoding="utf-8")


@pytest.mark.full
def test_its_chinese_edition_has_the_same_sentences_places_and_links(chinese):
    assert render(MANY, root=chinese, progress=list)[MANY]
    folder = chinese / "artifacts" / MANY
    page = read(folder / "zh" / "01_what.html")
    assert page.select_one("main h2").get_text() == "结论"
    said = page.select_one("main h2").find_next("p")
    assert said.get_text() == "共有2个数据项。" and said.a["href"].startswith("#")
    front = read(folder / "zh" / "index.html")
    assert "按规则从1份报告中读取" in front.select_one("header.front").get_text()
    for name in ("index", "01_what", "places", "place_43"):
        assert read(folder / f"{name}.html").select_one(".edition-switch")["href"] == (
            f"zh/{name}.html"
        )
        assert read(folder / "zh" / f"{name}.html").select_one(".edition-switch")["href"] == (
            f"../{name}.html"
        )
    suite = read(chinese / "artifacts" / "zh" / "index.html")
    assert suite.select_one(f'a[href="../{MANY}/zh/places.html"]')
    assert render(MANY, root=chinese, progress=list) == {MANY: []}


@pytest.mark.full
def test_an_older_part_of_its_chinese_ends_with_an_error(chinese):
    path = chinese / "notebooks" / MANY / "01_what.ipynb"
    path.write_text(path.read_text(encoding="utf-8").replace("For readers", "For all"), "utf-8")
    with pytest.raises(StaleTextError, match=r"zh/01_what\.md"):
        render(MANY, root=chinese, progress=list)
    page = read(chinese / "artifacts" / MANY / "zh" / "01_what.html")
    assert "此段译文早于英文原文" in page.get_text()


@pytest.mark.full
def test_a_sentence_without_its_chinese_stops_the_render(chinese):
    write_rows(chinese / "notebooks" / MANY / "zh", {"counted": "计数", "What": "内容"})
    with pytest.raises(RenderError, match=r"zh/01_what\.csv.*There are \[2\]"):
        render(MANY, root=chinese, progress=list)
    assert not (chinese / "artifacts" / MANY / "zh").exists()
