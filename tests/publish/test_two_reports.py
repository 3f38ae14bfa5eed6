"""Two reports rendered side by side: ids coincide, words differ, each page shows its own."""

import csv
import json
import re
import shutil
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from made_up import FIGURES, REPORT, write_made_up
from pages import parse_page
from sample_project import write_notebook
from small_reports import HOSTILE, write_small_reports
from test_artifacts import replace, start, verify

from hyreport.paths import RAW, ROOT, list_reports
from hyreport.publish.manifest import read_json, read_manifest

REAL = "hengyang-2018"
OTHER = f"{REPORT}:gdp.growth.2017"
# The one of one figure, the one of odd ones, and that of the next year.
SMALL = ("county-2020", "odd-2020", "made-up-2021")
CELLS = [
    "# Whose growth?\n\n*For all, 1 minute.*",
    "## The answer\n\nHere it was [8.5%](#gdp.growth.2017), by its long name "
    f"[8.5%](#{REAL}:gdp.growth.2017), there [9.7%](#{OTHER}): [1.2](#result:ahead) more.",
    ("code", f'report_id = "{REAL}"', ["parameters"]),
    (
        "code",
        "import hyreport as hy\n\n"
        f'here, there = (hy.figure("gdp.growth.2017", name) for name in (report_id, "{REPORT}"))\n'
        "options = {'unit': 'percentage points', 'formula': 'there − here'}\n"
        "ahead = hy.compute(lambda a, b: a - b, a=there, b=here, **options)\n"
        'hy.keep(ahead, "ahead")',
    ),
]

pytestmark = pytest.mark.full  # their render is for all of them


@pytest.fixture(scope="module")
def project(tmp_path_factory) -> Path:
    """Return a project in which both reports are rendered, the real one with a small study."""
    folder = tmp_path_factory.mktemp("two") / "project"
    others = [name for name in list_reports(RAW) if name != REAL]
    ignored = shutil.ignore_patterns("__pycache__", "[0-9]*.ipynb", "*.md", ".*", *others)
    for name in ("data", "hyreport", "notebooks"):
        shutil.copytree(ROOT / name, folder / name, ignore=ignored)
    any_report = Path("notebooks", "any_report")
    shutil.copytree(ROOT / any_report, folder / any_report, dirs_exist_ok=True)
    for name in ("pyproject.toml", "requirements.lock"):
        shutil.copy(ROOT / name, folder)
    facts = folder / "data" / "raw" / REAL / "report.toml"
    text = re.sub("^findings = .*$", "findings = []", facts.read_text("utf-8"), flags=re.M)
    facts.write_text(text, encoding="utf-8")
    for name in ("checks.csv", "outcomes.csv"):  # they name what the reports left out print
        table = folder / "data" / "raw" / REAL / name
        table.write_text(table.read_text("utf-8").partition("\n")[0] + "\n", encoding="utf-8")
    write_notebook(folder / "notebooks" / "01_growth.ipynb", CELLS)
    write_made_up(folder / "data" / "raw")
    process = start(folder, "render")
    assert process.wait(timeout=600) == 0
    return folder


def read_page(project: Path, report: str, name: str) -> BeautifulSoup:
    path = project / "artifacts" / report / name
    return parse_page(path)


def test_each_page_shows_the_words_of_its_own_report(project):
    real = read_page(project, REAL, "01_growth.html").find(id="gdp.growth.2017").get_text(" ")
    assert "8.5%" in real and "9.7%" not in real
    page = read_page(project, REPORT, "01_figures.html")
    rows = [row.get_text(" ") for row in page.select("article .table tbody tr")]
    (made_up,) = [row for row in rows if "gdp.growth.2017" in row.replace(" ", "")]
    assert "9.7%" in made_up and "8.5%" not in made_up


def test_a_figure_of_another_report_is_looked_up_there_and_says_so(project):
    page = read_page(project, REAL, "01_growth.html")
    row = page.find(id=OTHER).get_text(" ")
    assert "9.7%" in row and f"{REPORT}, section 1, paragraph 3" in row
    assert "Review of 2017" not in row
    links = page.select("article a.evidence-link")
    assert [link["href"] for link in links] == [
        "#gdp.growth.2017",
        "#gdp.growth.2017~2",
        f"#{OTHER}",
        "#result:ahead",
    ]
    entry = read_json(project / "artifacts" / REAL / "results.json")["ahead"]
    assert entry["inputs"] == [OTHER, "gdp.growth.2017"]
    inputs = page.find(id="result:ahead").select("td a[href]")
    assert {link["href"] for link in inputs} >= {f"#{OTHER}~2", "#gdp.growth.2017~3"}


def test_what_a_report_rests_on_of_another_is_recorded(project):
    inputs = read_manifest(project / "artifacts" / REAL)["inputs"]
    assert f"data/processed/{REPORT}/figures.csv" in inputs
    assert f"data/processed/{REPORT}/targets.csv" not in inputs
    inputs = read_manifest(project / "artifacts" / REPORT)["inputs"]
    assert not [name for name in inputs if name.startswith(f"data/processed/{REAL}")]
    assert "notebooks/01_growth.ipynb" not in inputs


def test_a_report_without_a_study_has_the_notebooks_for_any(project):
    folder = project / "artifacts" / REPORT
    notebook = read_json(folder / "notebooks" / "01_figures.ipynb")
    assert f'report_id = "{REPORT}"' in json.dumps(notebook).replace('\\"', '"')
    text = " ".join(read_page(project, REPORT, "01_figures.html").article.get_text().split())
    for _, as_printed, *_ in FIGURES:
        assert as_printed in text
    assert not [*folder.glob("case_study/*")] and not re.search("Hengyang|衡阳", text)
    listed = read_page(project, REPORT, "figures.html")
    rows = [row["id"] for row in listed.select("[aria-labelledby=printed] tbody tr")]
    assert sorted(rows) == sorted(name for name, *_ in FIGURES)
    assert not re.search("Hengyang|衡阳", listed.main.get_text())
    front = read_page(project, REPORT, "index.html")
    assert front.select_one(".finding img") and "Madeup city" in front.h1.get_text()
    assert "The report prints 9 figures" in front.select_one(".finding .lead").get_text()
    source = json.loads((ROOT / "notebooks/any_report/01_figures.ipynb").read_text("utf-8"))
    prose = ["".join(c["source"]) for c in source["cells"] if c["cell_type"] == "markdown"]
    assert not re.search(r"\d|Hengyang|衡阳", " ".join(prose))


def test_what_a_program_says_is_prose_with_evidence(project):
    page = read_page(project, REPORT, "01_figures.html")
    (answer,) = [part for part in page.select("article .prose") if part.find(id="the-answer")]
    (link,) = [link for link in answer.select("a.evidence-link") if link.get_text() == "9"]
    assert page.find(id=link["href"][1:])
    notebook = read_json(project / "artifacts" / REPORT / "notebooks" / "01_figures.ipynb")
    assert '<li id="result:count_figures">' in "".join(notebook["cells"][-1]["source"])
    with (project / "artifacts" / REPORT / "programs.csv").open(encoding="utf-8") as file:
        said = [row for row in csv.DictReader(file) if row["item"] == "in-text number"]
    assert {"#result:count_figures", "#gdp.growth.2020"} <= {row["output"] for row in said}


def test_the_suite_lists_both(project):
    page = parse_page(project / "artifacts" / "index.html")
    reports = list_reports(project / "data" / "raw")
    assert {REAL, REPORT} == set(reports)
    links = [link["href"] for link in page.select("main h2 a")]
    assert links == [f"{report}/index.html" for report in reports]
    rows = (project / "artifacts" / "versions.csv").read_text("utf-8").splitlines()[1:]
    assert [row.split(",")[0] for row in rows] == reports


def test_a_change_of_one_report_leaves_the_other_alone(project):
    names = [project / "artifacts" / report / "manifest.json" for report in (REAL, REPORT)]
    before = [path.stat().st_mtime_ns for path in names]
    checks = project / "data" / "raw" / REPORT / "checks.csv"
    text = checks.read_text(encoding="utf-8").replace("Made up, as", "Made up as")
    checks.write_text(text, encoding="utf-8")
    assert start(project, "render").wait(timeout=600) == 0
    after = [path.stat().st_mtime_ns for path in names]
    assert after[0] == before[0] and after[1] > before[1]


@pytest.fixture
def copy(project, tmp_path) -> Path:
    return Path(shutil.copytree(project, tmp_path / "copy"))


def test_verify_with_other_versions_compares_numbers_and_says_so(copy):
    path = copy / "artifacts" / REAL / "manifest.json"
    recorded = read_json(path)
    replace(path, f'"{recorded["packages"]["numpy"]}"', '"0.0.1"')
    replace(copy / "requirements.lock", "\nnumpy==", "\nnumpy==0.0.1+")
    status, out, err = verify(copy, "--report", REAL)
    assert status == 0 and out.endswith("nothing moved\n"), out + err
    assert "installation: numpy " in out and "delete .venv" in out
    assert "numbers within 0.000001 of their size count as equal" in err


def test_verify_cannot_tell_where_a_notebook_fails(copy):
    replace(copy / "notebooks" / "01_growth.ipynb", "hy.keep(ahead", "1 / 0; hy.keep(ahead")
    status, out, err = verify(copy, "--report", REAL)
    assert (status, out) == (2, "")
    assert "hyreport: error: 01_growth.ipynb, cell" in err and "ZeroDivisionError" in err


def test_both_are_verified_side_by_side(project):
    path = project / "artifacts" / REPORT / "01_figures.html"
    before = path.read_text(encoding="utf-8")
    path.write_text(before.replace("9.7%", "9.8%", 1), encoding="utf-8")
    suite = project / "artifacts" / "index.html"
    suite.write_text(
        suite.read_text("utf-8").replace("in figures", "in figure", 1), encoding="utf-8"
    )
    status, out, err = verify(project)
    assert status == 1, out + err
    first, second, third = out.splitlines()[-3:]
    assert first == f"{REPORT}: page 01_figures.html: '9.7%' → '9.8%'" or "9.8%" in first
    assert second.startswith("page index.html: ") and third == "moved: 2 pages"
    status, out, _ = verify(project, "--report", REAL)
    assert (status, out.splitlines()[-1]) == (0, "nothing moved")


def test_small_reports_render_and_that_of_the_next_year_tells_what_came(project):
    write_small_reports(project / "data" / "raw", SMALL)
    assert start(project, "render").wait(timeout=600) == 0
    manifest = read_manifest(project / "artifacts" / REPORT)
    assert manifest["neighbours"] == ["made-up-2021"]
    inputs = set(manifest["inputs"])
    assert "data/processed/made-up-2021/figures.csv" in inputs
    page = " ".join(read_page(project, "made-up-2021", "03_targets.html").get_text().split())
    assert "The report before aimed at 2 numbers for 2020" in page
    suite = parse_page(project / "artifacts" / "index.html")
    reports = list((project / "data" / "raw").glob("*/report.toml"))
    assert len(suite.select("main h2 a")) == len(reports) > len(SMALL)
    odd = read_page(project, "odd-2020", "03_targets.html")
    shown = f"{HOSTILE[:-1]}〓"  # the font lacks its last character
    assert shown in odd.get_text() and not odd.select("article b")
    assert {mark["title"] for mark in odd.select(".lacking")} == {"U+20BB7"}
    for name in SMALL:
        pages = list((project / "artifacts" / name).glob("0*.html"))
        assert len(pages) == 4 and max(page.stat().st_size for page in pages) < 100_000
        chinese = list((project / "artifacts" / name / "zh").glob("0*.html"))
        assert {page.name for page in chinese} == {page.name for page in pages}
