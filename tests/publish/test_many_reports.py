"""The panel is rendered as a report is: its notebooks, a page a place, data to download."""

import shutil
import sys
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from sample_project import write_notebook

from hyreport.paths import MANY, RAW
from hyreport.publish.render import render

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


def test_nothing_is_done_again_until_the_panel_changes(project):
    lines: list[str] = []
    assert render(MANY, root=project, progress=lines.append) == {MANY: []}
    assert lines == []
    audit = project / "data" / "panel" / "audit.csv"
    audit.write_text(audit.read_text(encoding="utf-8").replace("first", "second"), encoding="utf-8")
    changed = render(MANY, root=project, progress=lines.append)[MANY]
    assert "data/audit.csv" in changed
    assert f"{MANY}: 1 notebooks to run, 0 unchanged" in lines
