"""The front page: findings, checks, data, limits and citation, with data shown as text."""

import csv
import json
import re
import tomllib
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from pages import parse_page
from sample_project import REPORT, copy_rendered
from study import REPORT_ID
from test_pages import write_pages_of

from hyreport.errors import RenderError
from hyreport.paths import ARTIFACTS, MANY, NOTEBOOKS, RAW, ROOT, list_reports
from hyreport.publish.front import describe_front
from hyreport.publish.markup import Prose

FACTS = tomllib.loads((RAW / REPORT_ID / "report.toml").read_text(encoding="utf-8"))
CHECK = {
    "claim": "<script>alert(1)</script> holds",
    "left_value": "3193",
    "right_value": "<b>2921</b>",
    "unit": "</td>",
    "result": "fail",
    "kind": "identity",
    "inputs": "a b",
    "why": "<img src=x onerror=alert(1)>",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    project = copy_rendered(tmp_path_factory, tmp_path_factory.mktemp("front"))
    return project / "artifacts" / REPORT


@pytest.fixture(scope="module")
def sample(folder) -> BeautifulSoup:
    return read(folder / "index.html")


@pytest.fixture(scope="module")
def front() -> BeautifulSoup:
    return read(ARTIFACTS / REPORT_ID / "index.html")


def read(path: Path) -> BeautifulSoup:
    return parse_page(path)


def describe(stem: str, text: str) -> dict:
    """Return a page of one cell, as the front page takes it."""
    cell = {"cell_type": "markdown", "metadata": {}, "source": [text]}
    return {"stem": stem, "title": stem, "cells": [cell]}


def find_answer(text: str, folder: Path) -> dict:
    """Return what the front page takes from a page whose answer is this."""
    page = describe("01_a", f"# Q\n\n## The answer\n\n{text}\n\n## More\n\nAnd so on.")
    (finding,) = describe_front(folder, [page], Prose())["findings"]
    return finding


def test_findings_lead_with_their_first_sentence(sample):
    findings = sample.select(".finding")
    assert [finding.h3.get_text() for finding in findings] == [
        "Did growth reach the target?",
        "How do they compare?",
    ]
    assert findings[0].find("a", href="01_growth.html#gdp.growth.2017").get_text() == "8.5%"
    assert findings[1].select_one(".lead").get_text() == "It fell by 4.5% in 2017."
    assert findings[1].select(".prose p")[1].get_text() == "Before: growth."
    assert findings[1].img["src"] == "figures/growth_chart.svg"
    assert "某市报告" in sample.get_text()


@pytest.mark.parametrize(
    "text, lead, rest",
    [
        ("One. Two.", "One.", "<p>Two.</p>"),
        ("It is 8.5 now. So.", "It is 8.5 now.", "<p>So.</p>"),
        ("A [1. b](#x) c.", 'A <a class="evidence-link" href="01_a.html#x">1. b</a> c.', ""),
        ("**A. B** c.\nD.", "<strong>A. B</strong> c.", "<p>D.</p>"),
        ("1 &lt; 2. 3 &gt; 2.\n\nEnd.", "1 &lt; 2.", "<p>3 &gt; 2.</p>\n<p>End.</p>"),
        (
            "[8](#y), so. [No (see) end",
            '<a class="evidence-link" href="01_a.html#y">8</a>, so.',
            "<p>[No (see) end</p>",
        ),
        ("No end", "No end", ""),
    ],
)
def test_the_first_sentence(text, lead, rest, tmp_path):
    finding = find_answer(text, tmp_path)
    assert finding["lead"].strip() == f'<p class="lead">{lead}</p>'
    assert finding["rest"].strip() == rest


def test_the_report_says_whose_answers_are_told(tmp_path):
    pages = [describe(stem, "## The answer\nSo.") for stem in ("00_a", "01_b", "02_c")]
    front = describe_front(tmp_path, pages, Prose(), told=["02_c", "00_a"])
    assert [finding["stem"] for finding in front["findings"]] == ["02_c", "00_a"]
    with pytest.raises(RenderError, match="found findings of 03_d"):
        describe_front(tmp_path, pages, Prose(), told=["03_d"])


def test_ways_in_stand_above_the_findings_and_lead_somewhere(front):
    doors = front.select("header.front .doors a")
    assert [door.get_text() for door in doors] == ["Findings", "Look up a figure", "Data", "Teach"]
    for door in doors:
        page, _, anchor = door["href"].partition("#")
        assert (ARTIFACTS / REPORT_ID / page).exists()
        assert not anchor or front.find(id=anchor)


def test_search_engines_are_told_what_it_is(front):
    told = front.find("meta", attrs={"name": "description"})["content"]
    assert told.startswith(FACTS["account"])


def test_the_suite_tells_the_first_sentence_of_each_finding(front):
    told = [lead.get_text() for lead in read(ARTIFACTS / "index.html").select(".leads a")]
    others = [*(name for name in list_reports(RAW) if name != REPORT_ID), MANY]
    fronts = [front, *(read(ARTIFACTS / name / "index.html") for name in others)]
    leads = [[lead.get_text().strip() for lead in one.select(".finding .lead")] for one in fronts]
    assert told[: len(leads[0])] == leads[0]
    assert sorted(told) == sorted(lead for one in leads for lead in one)


def test_findings_come_first(front):
    first = front.select_one("main section, article section, section")
    assert first.h2.get_text() == "Findings"
    told = [finding.h3.a["href"].removesuffix(".html") for finding in first.select(".finding")]
    assert told == FACTS["findings"]


def test_data_to_download(sample):
    links = {link["href"]: link.parent.get_text() for link in sample.select(".downloads a")}
    assert {"data/figures.csv", "results.json", "manifest.json"} <= links.keys()
    assert "Growth and target" in links["tables/growth_table.csv"]
    assert 'Chart: Growth is "8.5" & more' in links["figures/growth_chart.csv"]


def test_every_file_to_download_is_described(front):
    described = {link["href"]: link.parent.get_text() for link in front.select(".downloads a")}
    folder = ARTIFACTS / REPORT_ID
    files = [*(folder / "data").rglob("*.*"), *folder.glob("tables/*"), folder / "programs.csv"]
    for path in files:
        name = path.relative_to(folder).as_posix()
        assert re.search(r"\w+ \w+.*, [\d.]+ kB$", described[name]), name


def test_what_a_teacher_hands_out_is_there(front):
    links = {link["href"]: link.parent.get_text() for link in front.select(".teaching a")}
    pages = {
        "05_case_study_instructor.html",
        "figures.html",
        "glossary.html",
        "teachers_guide.html",
        "what_cannot_be_concluded.html",
    }
    handed_out = {link for link in links if link.startswith("case_study/")}
    assert set(links) == pages | handed_out
    kept = (ARTIFACTS / REPORT_ID / "case_study").rglob("*.*")
    assert handed_out == {p.relative_to(ARTIFACTS / REPORT_ID).as_posix() for p in kept}
    assert "Instructor edition" in links["05_case_study_instructor.html"]
    for link in handed_out:
        assert re.search(r"\w+ \w+.*, [\d.]+ kB$", links[link]), link


def test_failing_checks_are_shown(front):
    with (ARTIFACTS / REPORT_ID / "data" / "checks.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    failing = [row["claim"] for row in rows if row["result"] == "fail"]
    assert [row.th.get_text() for row in front.select(".checks tbody tr")] == failing
    counts = [int(count.get_text()) for count in front.select(".counts strong")]
    assert counts[1] == len(failing)


def test_checks_are_counted_as_on_their_page(front):
    kept = json.loads((ARTIFACTS / REPORT_ID / "results.json").read_text(encoding="utf-8"))
    names = ("pass", "fail", "not_testable")
    counts = [count.get_text() for count in front.select(".counts strong")]
    assert counts == [kept[f"checks_{name}"]["value"] for name in names]
    words = front.select_one(".checks p").get_text()
    assert f"in {kept['checks_all']['value']} checks that can fail" in words


def test_a_report_without_a_check_has_a_front(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "figures.csv").write_text("figure_id\n", encoding="utf-8")
    (tmp_path / "data" / "checks.csv").write_text(",".join(CHECK) + "\n", encoding="utf-8")
    write_pages_of(tmp_path, "# Title")
    page = parse_page(tmp_path / "index.html")
    assert not page.select(".checks")


def test_checks_and_facts_show_as_text(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "figures.csv").write_text("figure_id\n", encoding="utf-8")
    with (tmp_path / "data" / "checks.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [*CHECK])
        writer.writeheader()
        writer.writerow(CHECK)
    words = "<script>alert(2)</script>"
    facts = {"title_en": words, "account": words, "cite": {"report": words}}
    facts |= {"limits": [{"what": words, "why": words}]}
    title = "# Title <script>alert(3)</script>".replace("<script", "\\<script")
    write_pages_of(tmp_path, title, facts=facts)
    html = (tmp_path / "index.html").read_text(encoding="utf-8")
    for markup in ("<script", "<b>", "<img"):
        assert markup not in html
    page = BeautifulSoup(html, "html.parser")
    assert [cell.get_text() for cell in page.select(".checks tbody tr > *")] == [
        CHECK[name] for name in ("claim", "left_value", "right_value", "unit", "why")
    ]
    assert page.get_text().count("<script>alert(2)</script>") >= 5


def test_limits_are_those_of_the_handout_and_the_citation_that_of_the_guide(front):
    handout = (NOTEBOOKS / "what_cannot_be_concluded.md").read_text(encoding="utf-8")
    limits = [limit["what"].rstrip(".,") for limit in FACTS["limits"]]
    heads = re.findall(r"^## (.*)$", handout, flags=re.MULTILINE)
    assert [head[: len(limit)] for head, limit in zip(heads, limits, strict=True)] == limits
    assert len(front.select(".limits li")) == len(limits)
    guide = (ROOT / "docs" / "replication.md").read_text(encoding="utf-8")
    assert FACTS["cite"]["report"] in guide
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    for words in (FACTS["cite"]["suite"], FACTS["cite"]["suite_authors"]):
        assert f'"{words}"' in citation
        assert words in front.select_one(".cite").get_text()
