"""The list of all figures: each with its anchor, words, doubt and uses, found as one types."""

import asyncio
import json

import pytest
from bs4 import BeautifulSoup
from chromium import find_browser, open_page
from pages import parse_page
from sample_project import FIGURES, REPORT, copy_rendered
from study import REPORT_ID

from hyreport.data.report import Report
from hyreport.data.versions import say_version
from hyreport.lab.cite import cite
from hyreport.paths import ARTIFACTS
from hyreport.publish.evidence import Evidence
from hyreport.publish.figures import group_figures, list_uses, read_outside
from hyreport.publish.manifest import read_manifest
from hyreport.publish.programs import Program
from hyreport.words.tables import format_rows, read_rows

COMMITTED = ARTIFACTS / REPORT_ID
SEARCH = """
(async (words) => {
  const field = document.querySelector(".filter input");
  field.value = words;
  field.dispatchEvent(new Event("input"));
  const rows = [...document.querySelectorAll(".figures tbody tr")];
  const shown = rows.filter((row) => row.offsetHeight);
  return {
    ids: shown.map((row) => row.id),
    told: document.querySelector(".filter output").textContent,
    heads: [...document.querySelectorAll(".figures h2")].filter((one) => one.offsetHeight).length,
  };
})
"""
GO_TO = """
(async (id) => {
  location.hash = id;
  await new Promise((done) => setTimeout(done, 300));
  const box = document.getElementById(id).getBoundingClientRect();
  return box.height > 0 && box.top >= 0 && box.bottom < innerHeight;
})
"""

# What a row must have, and one that merely stands on a page, or in a citation, of these words.
FOUND = {
    "目标": ("gdp.growth.2018", "gdp.growth.2017"),
    "GDP growth, target": ("gdp.growth.2018.stretch", "gdp.growth.2017"),
    "预计数": ("gdp.level.2017", "gdp.growth.2018"),
    "财政收入": ("budget_revenue.level.2017", "gdp.level.2017"),
}


@pytest.fixture(scope="module")
def sample(tmp_path_factory) -> BeautifulSoup:
    project = copy_rendered(tmp_path_factory, tmp_path_factory.mktemp("figures"))
    html = (project / "artifacts" / REPORT / "figures.html").read_text(encoding="utf-8")
    return BeautifulSoup(html, "html.parser")


@pytest.fixture(scope="module")
def page() -> BeautifulSoup:
    return parse_page(COMMITTED / "figures.html")


@pytest.mark.full
def test_a_figure_says_words_value_interval_status_place_and_doubt(sample):
    assert [row["figure_id"] for row in FIGURES] == [
        row["id"] for row in sample.select("[aria-labelledby=printed] tbody tr")
    ]
    row = sample.find(id="gdp.level.2017")
    assert row.th.get_text() == "3193亿元"
    text = " ".join(row.get_text(" ").split())
    for words in ("3193 [3192.5, 3193.5] × 100 million yuan", "section 1, Review, paragraph 6"):
        assert words in text
    assert "actual, estimated" in text and "Gross <b>domestic</b> product" in text
    assert "Doubt: <script>alert(1)</script> later revised" in text


@pytest.mark.full
def test_a_figure_leads_to_the_pages_that_use_it(sample):
    def uses(name: str) -> list[tuple[str, str]]:
        return [
            (link["href"], link.get_text()) for link in sample.find(id=name).select("td")[-1]("a")
        ]

    assert uses("gdp.growth.2017") == [("01_growth.html#gdp.growth.2017", "Growth")]
    assert uses("result:target_slack") == [("01_growth.html#result:target_slack", "Growth")]
    assert uses("energy.growth.2017") == [("02_chart.html#energy.growth.2017", "Chart")]
    assert uses("gdp.level.2017") == []


def test_evidence_comes_before_a_chart_and_a_chart_before_a_page(tmp_path):
    (tmp_path / "figures").mkdir()
    (tmp_path / "figures" / "c.csv").write_text("id\na.1 a.2\nother\n", encoding="utf-8")
    (tmp_path / "t.csv").write_text("id\na.3\n", encoding="utf-8")
    rests = {"id": "result:r", "inputs": [{"id": "reference:x.1", "address": ""}]}
    shown = {"stem": "01_a", "label": "A", "figures": [{"id": "a.1"}], "results": [("", [rests])]}
    kept = [
        Program("figure", "c", "notebooks/01_a.ipynb", "1", "figures/c.svg"),
        Program("table", "t", "notebooks/01_a.ipynb", "2", "t.csv"),
        Program("computed number", "only_kept", "notebooks/01_a.ipynb", "3", "results.json"),
        Program("table", "t", "notebooks/05_instructor.ipynb", "4", "missing.csv"),
    ]
    uses = list_uses([shown], kept, tmp_path, known={"a.1", "a.2", "a.3"})
    assert {name: [use["address"] for use in found] for name, found in uses.items()} == {
        "a.1": ["01_a.html#a.1"],
        "result:r": ["01_a.html#result:r"],
        "reference:x.1": ["01_a.html#result:r"],
        "a.2": ["01_a.html#figure-c"],
        "a.3": ["01_a.html"],
        "result:only_kept": ["01_a.html"],
    }


def test_an_area_of_its_own_is_not_said_and_another_has_its_name(tmp_path):
    row = {"series": "gdp", "time_period": "2017", "role": "actual", "vintage": "yearbook"}
    rows = [row | {"ref_area": code} for code in ("430100", "430000", "000000")]
    (tmp_path / "reference.csv").write_text(format_rows(rows, [*rows[0]]), encoding="utf-8")
    facts = {"ref_area": "430100", "areas": {"430000": "the province"}}
    found = read_outside(tmp_path, facts)
    assert [(name, row["area"]) for name, row in found.items()] == [
        ("reference:gdp.2017.yearbook", ""),
        ("reference:gdp.430000.2017.yearbook", "the province"),
        ("reference:gdp.000000.2017.yearbook", "area 000000"),
    ]
    assert read_outside(tmp_path / "none", facts) == {}


def test_figures_of_a_theme_without_a_name_still_have_a_place():
    (group,) = group_figures(Evidence({"a.1": {"theme": ""}, "a.2": {}}, {}), {}, {})
    ((part),) = group["parts"]
    assert (part["anchor"], [row["id"] for row in part["rows"]]) == ("printed-1", ["a.1", "a.2"])


@pytest.mark.full
def test_every_figure_of_the_report_has_its_row(page):
    ids = [row["id"] for row in page.select(".figures tbody tr")]
    results = json.loads((COMMITTED / "results.json").read_text(encoding="utf-8"))
    figures = [row["figure_id"] for row in read_rows(COMMITTED / "data" / "figures.csv")]
    assert len(ids) == len(set(ids))
    assert set(ids) == {
        *figures,
        *Report(REPORT_ID).outside_ids,
        *(f"result:{name}" for name in results),
    }
    assert len((COMMITTED / "figures.html").read_bytes()) < 1_000_000


@pytest.mark.full
def test_a_number_says_how_it_is_cited_here_and_in_the_evidence_of_a_page(page):
    path = COMMITTED / "02_tax_share.html"
    other = parse_page(path)
    version = say_version(read_manifest(COMMITTED))
    for name in ("tax_share.total.2017", "result:local_revenue_2017"):
        for place in (page, other) if ":" not in name else (other,):
            told = place.find(id=name).select_one(".citation").get_text().removeprefix("Cite")
            assert told == cite(name).partition(" As in ")[0] + f" As in {version}."
    first, *_ = page.select("[aria-labelledby=computed] tbody tr")
    assert cite(first["id"]).partition(" As in ")[0] in page.get_text()
    outside = "reference:local_budget_revenue.2017.yearbook"
    assert page.find(id=outside).select_one(".citation")


@pytest.mark.full
def test_every_page_leads_to_the_list(page):
    for path in COMMITTED.glob("*.html"):
        html = parse_page(path)
        assert html.select_one("header.site nav a[href='figures.html']"), path.name
        ids = [row["id"] for row in html.select(".evidence tbody tr")]
        leads = {link["href"] for link in html.select(".evidence a[href^='figures.html#']")}
        if path.name == "05_case_study.html":  # students are asked what stands there
            assert ids and not leads
            continue
        assert leads >= {f"figures.html#{name}" for name in ids}, path.name


@pytest.mark.full
def test_what_is_typed_filters_the_rows_and_an_address_shows_its_row(page, tmp_path):
    if not find_browser():
        pytest.skip("no Chromium on this machine")

    async def visit():
        async with open_page(find_browser(), tmp_path / "profile") as tab:
            await tab.open((COMMITTED / "figures.html").as_uri())
            found = [
                await tab.evaluate(f"{SEARCH}({json.dumps(words)})")
                for words in ("", "TAX  share 2017 税收", "no such words", *FOUND)
            ]
            return *found, await tab.evaluate(f'{GO_TO}("gdp.level.2017")'), tab.problems

    everything, some, none, *others, seen, problems = asyncio.run(visit())
    count = len(page.select(".figures tbody tr"))
    assert (len(everything["ids"]), everything["told"], everything["heads"]) == (count, "", 3)
    assert {"tax_share.total.2017", "tax_share.local.2017"} <= set(some["ids"])
    assert some["told"] == f"{len(some['ids'])} of {count}" and len(some["ids"]) < 20
    assert (none["ids"], none["heads"]) == ([], 0)
    assert none["told"] == f"0 of {count}: try fewer words, or others"
    for (words, (id, other)), found in zip(FOUND.items(), others, strict=True):
        assert id in found["ids"] and other not in found["ids"], words
    assert seen and problems == []
