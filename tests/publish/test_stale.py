"""A number in the text that no longer holds is seen on pages, papers and notebooks, and told."""

import csv
import json

import pytest
from bs4 import BeautifulSoup
from pages import parse_page
from pypdf import PdfReader
from sample_project import (
    FIGURES,
    GROWTH_CELLS,
    REPORT,
    RESULT_CELL,
    copy_rendered,
    read_artifacts,
    run_render,
    write_notebook,
)
from study import REPORT_ID
from test_handouts import compile_text

from hyreport import cli
from hyreport.errors import StaleTextError
from hyreport.paths import ARTIFACTS
from hyreport.publish import manifest
from hyreport.publish.evidence import Evidence
from hyreport.publish.markup import Prose
from hyreport.publish.prose import Problem, restate
from hyreport.publish.stale import list_stale

TAX = {"value": "166.1", "low": "165.6", "high": "166.6", "unit": "100 million yuan"}
RESULTS = {
    "tax": TAX,
    "fall": {"value": "-20.96", "low": "-21.3", "high": None, "unit": "percent"},
    "floor": {"value": "8", "low": "8", "high": None, "unit": "percent"},
    "unbounded": {"value": "8.2", "low": None, "high": None, "unit": "percent"},
    "small": {"value": "-0.045", "low": "-0.051", "high": "0.004", "unit": "percent"},
    "zero": {"value": "0.0", "low": "-0.05", "high": "0.05", "unit": "percent"},
    "goal": {"value": "80", "low": "80", "high": "80", "unit": "percent"},
}
RESULTS = {name: entry | {"formula": "a − b"} for name, entry in RESULTS.items()}
EVIDENCE = Evidence({row["figure_id"]: row for row in FIGURES}, RESULTS)
LINKS_TO_RESULT = [
    "# How far?\n\n*For all, 3 minutes.*",
    "## The answer\n\nThe slack is [0.5](#result:target_slack) points.",
]


@pytest.fixture
def project(tmp_path_factory, tmp_path):
    return copy_rendered(tmp_path_factory, tmp_path)


def change_figure(project, figure_id, **cells):
    path = project / "data" / "processed" / REPORT / "figures.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    next(row for row in rows if row["figure_id"] == figure_id).update(cells)
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, [*rows[0]], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def read_page(project, name):
    path = project / "artifacts" / REPORT / name
    return parse_page(path)


def render_stale(project, **options):
    """Render; return the lines of progress and the error."""
    lines = []
    with pytest.raises(StaleTextError) as raised:
        run_render(project, progress=lines.append, **options)
    return lines, str(raised.value)


def test_a_changed_figure_is_marked_and_told_until_it_is_mended(project):
    before = read_artifacts(project)
    change_figure(project, "gdp.growth.2017", value="8.6", as_printed="8.6%")
    lines, error = render_stale(project)
    assert lines[-1] == (
        "  check the text: 01_growth.ipynb, cell 2: '8.5%' is not what #gdp.growth.2017 says: "
        "8.6 percent"
    )
    assert "found 1 number that differs from the data (01_growth.ipynb: 1)" in error
    assert "To fix: correct the sentences" in error and "--allow-stale" in error
    for name in ("01_growth.html", "index.html"):
        page = read_page(project, name)
        first = page.main.find(True, recursive=False)
        assert first.get_text().startswith(
            "1 number in the text of this page differs from the data."
        )
        (struck,) = page.select("del")
        assert struck.get_text() == "8.5%" and f"#{struck['id']}" == first.a["href"]
        assert struck.find_next_sibling().get_text() == "[now 8.6%]"
    assert read_page(project, "02_chart.html").select(".stale") == []
    artifacts = read_artifacts(project)
    notebook = json.loads(artifacts["notebooks/01_growth.ipynb"])
    assert notebook["cells"][0]["source"][0] == (
        "> **1 number in the text of this notebook differs from the data.** "
        "`8.5%` in cell 2, now `8.6%`."
    )
    assert render_stale(project) == (lines[-1:], error)
    assert run_render(project, allow_stale=True) == ([], [lines[-1], error])
    assert read_artifacts(project) == artifacts
    change_figure(project, "gdp.growth.2017", value="8.5", as_printed="8.5%")
    run_render(project)
    assert read_artifacts(project) == before


@pytest.mark.full
def test_a_notebook_that_need_not_run_is_marked_and_cleared_too(project):
    write_notebook(project / "notebooks" / "02_chart.ipynb", LINKS_TO_RESULT)
    run_render(project)
    before = read_artifacts(project)
    path = project / "notebooks" / "01_growth.ipynb"
    write_notebook(path, [*GROWTH_CELLS[:3], ("code", RESULT_CELL.replace('"0.', '"1.'))])
    for cells in ([], ["More."]):
        write_notebook(project / "notebooks" / "03_more.ipynb", ["# More?", *cells])
        lines, error = render_stale(project)
        assert "  02_chart ..." not in lines
        assert "(01_growth.ipynb: 2, 02_chart.ipynb: 1)" in error
        marked = json.loads(read_artifacts(project)["notebooks/02_chart.ipynb"])
        sources = ["".join(cell["source"]) for cell in marked["cells"]]
        assert "".join(sources).count("1 number in the text") == 1
        *told, evidence = sources[1:]
        assert told == LINKS_TO_RESULT and evidence.startswith("<h2>Evidence</h2>")
    (project / "notebooks" / "03_more.ipynb").unlink()
    write_notebook(path, GROWTH_CELLS)
    run_render(project)
    assert read_artifacts(project) == before


def test_a_number_without_evidence_is_a_hint_only(project):
    write_notebook(project / "notebooks" / "06_mine.ipynb", ["# Mine?\n\nIt is 54."])
    _, lines = run_render(project)
    assert "  check the text: 06_mine.ipynb, cell 1: '54' has no link to evidence" in lines


def test_documents_are_named_by_section_and_marked_on_page_and_paper(project):
    text = "# A guide\n\nIt is [8.4%](#gdp.growth.2017).\n\n## More\n\n[4.4%](#energy.growth.2017)."
    (project / "notebooks" / "guide.md").write_text(text, encoding="utf-8")
    lines, _ = render_stale(project)
    assert [line.partition(": '")[0].strip() for line in lines[-2:]] == [
        "check the text: guide.md, section 'A guide'",
        "check the text: guide.md, section 'More'",
    ]
    words = [tag.get_text() for tag in read_page(project, "guide.html").select("ins")]
    assert words == ["[now 8.5%]", "[now 下降4.5%]"]


def test_a_paper_strikes_and_says_it(tmp_path):
    source = "# Title\n\nIt is [8.4%](#gdp.growth.2017).\n\n| a |\n| --- |\n| [75](#result:goal) |"
    words = " ".join(compile_text(source, folder=tmp_path, evidence=EVIDENCE)[0].split())
    assert words.startswith("2 numbers in the text of this paper differ from the data.")
    assert "8.4% [now 8.5%]" in words and "75 [now 80]" in words


@pytest.mark.parametrize(
    ("text", "target", "now"),
    [
        ("8.5%", "#gdp.growth.2017", ""),
        ("8.4%", "#gdp.growth.2017", "8.5%"),
        ("at least 9 percent", "#gdp.growth.2018", "8%以上"),
        ("CNY 318.3 billion", "#gdp.level.2017", "3193亿元"),
        ("162.3", "#result:tax", "166.1 [165.6, 166.6]"),
        ("162.30", "#result:tax", "166.10 [165.60, 166.60]"),
        ("16.23 billion yuan", "#result:tax", "16.61 [16.56, 16.66] billion"),
        ("161.8 to 166.6", "#result:tax", "166.1 [165.6, 166.6]"),
        ("162", "#result:tax", "166 [165, 167]"),
        ("1.7 trillion", "#result:tax", "0.02 [0.01, 0.02] trillion"),
        ("162亿元", "#result:tax", "166 [165, 167] 亿"),
        ("1,624 million", "#result:tax", "16610 [16560, 16660] million"),
        ("fell by 20.6 percent", "#result:fall", "−21.0 [−21.3 or more]"),
        ("20.96", "#result:fall", "−20.96 [−21.30 or more]"),
        ("9", "#result:floor", "8 or more"),
        ("9", "#result:unbounded", "about 8, no bound said"),
        ("4", "#result:small", "−0.04 [−0.06, 0.01]"),
        ("1", "#result:zero", "0 [−1, 1]"),
        ("75", "#result:goal", "80"),
        ("a goal", "#result:goal", ""),
        ("75", "#no.such.figure", ""),
        ("75", "https://example.org/75", ""),
    ],
)
def test_what_the_data_say_now(text, target, now):
    assert restate(text, target, EVIDENCE) == now


def test_only_what_no_longer_holds_is_struck():
    prose = Prose(EVIDENCE)
    text = "[8.4%](#gdp.growth.2017), [8.5%](#gdp.growth.2017), [8.4%](02.ipynb#gdp.growth.2017)"
    page = BeautifulSoup(prose.write(text), "html.parser")
    assert [tag.name for tag in page.select(".stale")] == ["del", "ins"] and prose.struck == 1
    assert (page.select_one("del")["id"], page.ins.get_text()) == ("stale-1", "[now 8.5%]")


def test_of_a_case_study_the_cells_of_the_source_count():
    student = Problem("05_a.ipynb", "cell 3", "8.4", "#gdp.growth.2017", "is not so")
    instructor = student._replace(notebook="05_a_instructor.ipynb", place="cell 4")
    guide = student._replace(notebook="guide.md", place="section 'A'")
    stale = {problem.notebook: [problem] for problem in (student, instructor, guide)}
    assert list_stale(stale) == {
        "05_a.ipynb": ["cell 4: '8.4' is not so"],
        "guide.md": ["section 'A': '8.4' is not so"],
    }


def test_exit_status_of_render(monkeypatch, capsys):
    def pretend(*report_ids, force, allow_stale):
        if not allow_stale:
            raise StaleTextError("text of the pages", "1 number", "what the data say", "mend it")
        return {report_id: ["index.html"] for report_id in report_ids}

    monkeypatch.setattr("hyreport.publish.render.render", pretend)
    assert cli.main(["render"]) == 1
    assert capsys.readouterr().err.splitlines()[-1].endswith("To fix: mend it")
    assert cli.main(["render", "--allow-stale"]) == 0


@pytest.mark.full
def test_nothing_of_the_kept_artifacts_is_marked():
    folder = ARTIFACTS / REPORT_ID
    assert not manifest.read_manifest(folder).get("stale")
    for path in [*folder.glob("*.html"), *folder.rglob("*.ipynb")]:
        text = path.read_text(encoding="utf-8")
        assert "differ from the data" not in text and 'class="stale"' not in text, path.name
    for path in folder.rglob("*.pdf"):
        assert "differ from the data" not in PdfReader(path).pages[0].extract_text(), path.name
