"""The case study: its form, its two editions, and that no solution reaches a student."""

import csv
import json
import re
from collections import Counter
from decimal import Decimal
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from pages import parse_page
from pypdf import PdfReader
from sample_project import read_artifacts, run_render, write_notebook, write_project
from study import REPORT_ID

import hyreport as hy
from hyreport.errors import RenderError
from hyreport.paths import ARTIFACTS, CASE_STUDY, NOTEBOOKS, RAW, ROOT
from hyreport.publish.editions import (
    INSTRUCTOR,
    MARKER,
    check_markers,
    make_instructor,
    make_nbgrader,
    make_student,
    read_notebook,
    without_notes,
    write_editions,
)
from hyreport.teach.answers import Choice, Number
from hyreport.teach.check import find_task
from hyreport.teach.tasks import read_parts

SOURCE = NOTEBOOKS / "05_case_study.ipynb"
NOTEBOOK = read_notebook(SOURCE)
PARTS = read_parts(REPORT_ID)
TASKS = [task for tasks in PARTS.values() for task in tasks]
KEPT = ARTIFACTS / REPORT_ID
CASE = KEPT / CASE_STUDY
CHINESE = KEPT / "zh"
STUDENT_NOTEBOOKS = [
    CASE / "student" / SOURCE.name,
    KEPT / "notebooks" / SOURCE.name,
    CHINESE / CASE_STUDY / "student" / SOURCE.name,
    CHINESE / "notebooks" / SOURCE.name,
]
STUDENT_PAGE = KEPT / "05_case_study.html"
STUDENT_PDF = CASE / "student" / "05_case_study.pdf"
STUDENT_PAGES, STUDENT_PDFS = (
    [path, CHINESE / path.relative_to(KEPT)] for path in (STUDENT_PAGE, STUDENT_PDF)
)
INSTRUCTOR_NOTEBOOK = KEPT / "notebooks" / "05_case_study_instructor.ipynb"
PART = ["### Reading", "### Tasks", "### Discuss", "### For the instructor"]
MINUTES = {"Fifteen": 15, "Twenty": 20, "Twenty-five": 25}


def of_kind(notebook: dict, key: str) -> list[dict]:
    """Return the cells that nbgrader knows as solutions or as graded."""
    return [c for c in notebook["cells"] if c["metadata"].get("nbgrader", {}).get(key)]


@cache
def read_pdf(path: Path) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(path).pages)


def squeeze(text: str) -> str:
    """Drop white space, which PDF and HTML set as they like."""
    return "".join(text.split())


# The form


def test_six_parts_each_with_goals_reading_tasks_and_discussion():
    prose = [c["source"] for c in NOTEBOOK["cells"] if c["cell_type"] == "markdown"]
    text = "\n\n".join(prose)
    parts = re.split(r"^## (?=Part )", text, flags=re.M)[1:]
    assert [part.split(":")[0] for part in parts] == [
        f"Part {number}" for number in ("one", "two", "three", "four", "five", "six")
    ]
    for part in parts:
        part = re.split(r"^## ", part, flags=re.M)[0]
        minutes = re.search(r"^\*([\w-]+) minutes\.\*", part, flags=re.M)[1]
        assert 15 <= MINUTES[minutes] <= 25
        goals = part.split("### Reading")[0]
        assert len(re.findall(r"^- ", goals, flags=re.M)) == 3
        places = [part.index(heading) for heading in PART]
        assert places == sorted(places)
        assert part.count("?") >= 4


def test_the_frame_of_the_case_study():
    text = "\n\n".join(c["source"] for c in NOTEBOOK["cells"] if c["cell_type"] == "markdown")
    order = ["The brief", "Part one", "One page of advice", "Beyond the case", "How sure are we"]
    places = [text.index(f"## {heading}") for heading in [*order, "Sources and licence"]]
    assert places == sorted(places)
    rubric = text[places[2] : places[3]]
    assert len(re.findall(r"^\| [A-Z]", rubric, flags=re.M)) == 6
    projects = text[places[3] : places[4]]
    assert len(re.findall(r"^\*\*Another|^\*\*A data set", projects, flags=re.M)) == 3
    assert projects.count("*Pitfalls:*") == 3 and projects.count("(c)") == 3


def test_each_task_has_its_statement_answer_and_check():
    cells = NOTEBOOK["cells"]
    names = []
    for before, (answer, test) in zip(cells, pairwise(cells[1:]), strict=False):
        kind = answer["metadata"].get("nbgrader", {})
        if answer["cell_type"] != "code" or not kind.get("solution"):
            continue
        name = kind["grade_id"]
        names.append(name)
        assert before["cell_type"] == "markdown" and re.match(r"\*\*.+[.?]\*\* ", before["source"])
        assert answer["source"].startswith(f"{name} = None  # your answer: ")
        check = test["metadata"]["nbgrader"]
        assert check["grade_id"] == f"check_{name}" and check["grade"] and not check["solution"]
        assert f'check("{name}", {name}, report_id)' in test["source"]
        task = find_task(name)
        listed = {word.lower() for word in re.findall("`([^`]+)`", before["source"])}
        if isinstance(task, Choice) and listed - {"figure_id"}:
            spelled = {task.expected.replace("_", " "), *task.options[task.expected]}
            assert listed & spelled and not listed <= spelled
    assert names == [*TASKS]


def test_nbgrader_metadata_are_whole():
    known = [c["metadata"]["nbgrader"] for c in NOTEBOOK["cells"] if "nbgrader" in c["metadata"]]
    fields = {"schema_version", "solution", "grade", "locked", "task", "grade_id"}
    for kind in known:
        assert set(kind) == fields | ({"points"} if kind["grade"] else set())
        assert kind["schema_version"] == 3 and kind["task"] is False
        assert kind["locked"] is (kind["grade"] and not kind["solution"])
        assert re.fullmatch(r"[a-z0-9_]+", kind["grade_id"])
    assert max(Counter(kind["grade_id"] for kind in known).values()) == 1
    by_hand = [kind for kind in known if kind["grade"] and kind["solution"]]
    assert [kind["grade_id"] for kind in by_hand] == ["policy_note"]


def test_markers_stand_in_pairs_where_nbgrader_clears_them():
    check_markers(NOTEBOOK, SOURCE.name)
    assert len(of_kind(NOTEBOOK, "solution")) == len(TASKS) + 1
    for cell in of_kind(NOTEBOOK, "solution")[:-1]:
        assert "### BEGIN SOLUTION" in cell["source"]
    for cell in of_kind(NOTEBOOK, "grade")[:-1]:
        assert "### BEGIN HIDDEN TESTS\nassert verdict.right" in cell["source"]


def test_nothing_here_needs_nbgrader():
    for path in [*(ROOT / "hyreport").rglob("*.py"), *(ROOT / "tests").rglob("*.py")]:
        assert not re.search(r"^\s*(import|from) nbgrader", path.read_text("utf-8"), flags=re.M)


# No solution reaches a student


def find_secrets(notebook: dict) -> list[str]:
    """Return every line of a case study that no student may see.

    Lines of instructor cells, solutions and hidden tests, without blank ones and without those
    that stand in the open too.
    """
    open_lines, lines = (
        {line.strip() for cell in text["cells"] for line in cell["source"].split("\n")}
        for text in (make_student(notebook), notebook)
    )
    return sorted(line for line in lines - open_lines if line and not MARKER.match(line))


def test_the_source_says_that_it_holds_the_solutions_and_the_student_edition_does_not():
    title, note = NOTEBOOK["cells"][:2]
    assert title["source"].startswith("# ") and "holds the solutions" in note["source"]
    assert "lab --student" in note["source"]
    whole = json.dumps(make_student(NOTEBOOK))
    assert "holds the solutions" not in whole and "lab --student" not in whole


def test_progress_stands_at_the_end_of_each_part_for_jupyterlab_alone():
    found = [c for c in make_student(NOTEBOOK)["cells"] if "progress" in c["id"]]
    assert len(found) == len(PARTS) and all(c["metadata"]["tags"] == ["lab"] for c in found)
    for path in STUDENT_NOTEBOOKS:
        edition = json.loads(path.read_text(encoding="utf-8"))
        cells = [c for c in edition["cells"] if "progress" in c["id"]]
        assert len(cells) == len(PARTS) and not any(c["outputs"] for c in cells)
    assert "exercises.progress(report_id)" not in STUDENT_PAGE.read_text(encoding="utf-8")


def test_there_are_secrets():
    secrets = find_secrets(NOTEBOOK)
    assert len(secrets) > 100
    assert any("(100 - total) / (100 - local)" in line for line in secrets)
    assert any(line.startswith("**Common errors.**") for line in secrets)


IDS = ["to hand out", "executed", "to hand out in Chinese", "executed in Chinese"]


@pytest.mark.parametrize("path", STUDENT_NOTEBOOKS, ids=IDS)
def test_no_solution_in_a_student_notebook(path):
    text = path.read_text(encoding="utf-8")
    edition = json.loads(text)
    whole = json.dumps(edition, ensure_ascii=False)
    lines = {
        line.strip() for cell in edition["cells"] for line in "".join(cell["source"]).split("\n")
    }
    for secret in find_secrets(NOTEBOOK):
        assert secret not in lines
        assert len(secret) < 12 or json.dumps(secret, ensure_ascii=False)[1:-1] not in whole, secret
    for cell in edition["cells"]:
        assert "attachments" not in cell and INSTRUCTOR not in cell["metadata"].get("tags", [])
        assert not any(MARKER.match(line) for line in "".join(cell["source"]).split("\n"))
        for output in cell.get("outputs", []):
            said = json.dumps(output, ensure_ascii=False)
            assert not re.search("Right[.]|正确", said) and output["output_type"] != "error"
    assert set(edition["metadata"]) <= {"kernelspec", "language_info"}


@pytest.mark.parametrize(
    "path",
    [*STUDENT_PAGES, *(pytest.param(path, marks=pytest.mark.full) for path in STUDENT_PDFS)],
    ids=["page", "page zh", "PDF", "PDF zh"],
)
def test_no_solution_in_what_students_read(path):
    if path.suffix == ".pdf":
        text = read_pdf(path)
    else:
        html = path.read_text(encoding="utf-8")
        text = html + parse_page(path).get_text()
    shown = squeeze(text)
    for secret in find_secrets(NOTEBOOK):
        plain = squeeze(re.sub(r"\[([^]]*)\]\([^)]*\)|[*`]", r"\1", secret))
        assert len(plain) < 12 or plain not in shown, secret
    for word in ("Commonerrors", "Fortheinstructor", "BEGINSOLUTION", "Right."):
        assert word not in shown


@pytest.mark.full
def test_no_doubt_stands_on_the_student_page():
    """The doubts answer tasks: students find them, the instructor edition prints them."""
    shown = parse_page(STUDENT_PAGE).get_text()
    of_instructor = STUDENT_PAGE.with_name("05_case_study_instructor.html")
    kept = parse_page(of_instructor).get_text()
    with (RAW / REPORT_ID / "doubts.csv").open(encoding="utf-8", newline="") as file:
        doubts = [squeeze(row["doubt"]) for row in csv.DictReader(file)]
    for text, found in ((squeeze(shown), False), (squeeze(kept), True)):
        assert any(doubt in text for doubt in doubts) is found
        assert ("thetwovintagesmustnotbechained" in text) is found
    for doubt in doubts:
        assert not any(
            squeeze(part) in squeeze(shown) for part in re.split("[;.:]", doubt) if len(part) > 25
        )


def test_no_answer_is_asked_for_on_the_page():
    style = (ARTIFACTS / "assets" / "pages.css").read_text(encoding="utf-8")
    assert re.search(r"^\.verdict\.open \{\s+display: none;", style, flags=re.M)
    assert re.search(r"^  \.verdict\.open \{\s+display: block;", style, flags=re.M)


@pytest.fixture(scope="module")
def numbers_shown() -> set[Decimal]:
    """Return every number that students see and that is neither printed nor published."""
    pages = [parse_page(path).main.get_text(" ") for path in STUDENT_PAGES]
    text = " ".join([*pages, *map(read_pdf, STUDENT_PDFS)])
    tables = (hy.load_figures(), hy.load_reference())
    given = {
        Decimal(format(number, ".12g"))
        for table in tables
        for end in ("value", "low", "high")
        for number in table[end].dropna()
    }
    return {Decimal(number) for number in re.findall(r"\d+\.\d+", text)} - given


@pytest.mark.full
def test_no_number_that_students_see_answers_a_task(numbers_shown):
    assert Decimal("3046.03") in numbers_shown  # published with more digits
    tasks = {name: task for name in TASKS if isinstance(task := find_task(name), Number)}
    assert tasks
    for name, task in tasks.items():
        assert [number for number in numbers_shown if task.judge(number).right] == [], name


@pytest.mark.parametrize("path", sorted(KEPT.glob("*.html")), ids=lambda path: path.stem)
def test_only_the_front_page_leads_to_the_instructor_edition(path):
    leads = re.search('<a [^>]*href="[^"]*_instructor', path.read_text(encoding="utf-8"))
    assert bool(leads) is (path.stem == "index" or path.stem.endswith("_instructor"))


@pytest.mark.parametrize("part", PARTS)
def test_each_part_lists_its_solutions_for_the_instructor_alone(part):
    ids = [cell["id"] for cell in NOTEBOOK["cells"]]
    number = ids.index(f"part-{part}-solutions")
    cell, start = NOTEBOOK["cells"][number], ids.index(f"part-{part}")
    assert cell["metadata"]["tags"] == [INSTRUCTOR]
    kinds = [c["metadata"].get("nbgrader", {}) for c in NOTEBOOK["cells"][start:number]]
    names = [kind["grade_id"] for kind in kinds if kind.get("solution")]
    assert f'list_solutions("{part}", report_id)' in cell["source"]
    assert names == [*PARTS[part]]
    shown = json.loads(INSTRUCTOR_NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    (made,) = [c for c in shown if c["id"] == cell["id"]]
    html = "".join(made["outputs"][0]["data"]["text/html"])
    assert all(name in html for name in names)


def test_no_student_edition_knows_the_table_of_solutions():
    for path in [*STUDENT_NOTEBOOKS, CASE / "nbgrader" / SOURCE.name, *STUDENT_PAGES]:
        assert "solutions" not in path.read_text(encoding="utf-8").replace("BEGIN SOLUTION", "")


def test_the_guide_names_what_holds_solutions_and_counts_the_points():
    guide = (NOTEBOOKS / "teachers_guide.md").read_text(encoding="utf-8")
    for path in (SOURCE, INSTRUCTOR_NOTEBOOK):
        assert f"`notebooks/{path.name}`" in guide
    for path in ("05_case_study_instructor.html", "case_study/instructor/", "case_study/nbgrader/"):
        assert f"`{path}`" in guide and (KEPT / path).exists()
    points = [
        kind["points"] for kind in (c["metadata"]["nbgrader"] for c in of_kind(NOTEBOOK, "grade"))
    ]
    assert (sum(points), points[-1]) == (50, 12)
    assert "thirty-eight in all" in guide and "twelve" in guide and "fifty" in guide


# Every solution passes


def test_every_solution_passes_its_check_in_the_instructor_edition():
    edition = json.loads(INSTRUCTOR_NOTEBOOK.read_text(encoding="utf-8"))
    checks = [
        c
        for c in of_kind(edition, "grade")
        if c["metadata"]["nbgrader"]["grade_id"].startswith("check_")
    ]
    assert len(checks) == len(TASKS)
    for cell in checks:
        (output,) = cell["outputs"]
        assert 'class="verdict right ' in "".join(output["data"]["text/html"])
        assert "assert verdict.right, verdict" in "".join(cell["source"])


def test_the_student_edition_runs_and_waits_for_answers():
    edition = json.loads(STUDENT_NOTEBOOKS[1].read_text(encoding="utf-8"))
    for cell in of_kind(edition, "grade")[:-1]:
        (output,) = cell["outputs"]
        assert 'class="verdict open ' in "".join(output["data"]["text/html"])


@pytest.mark.full
def test_the_editions_are_those_of_the_source():
    made = {
        "student/05_case_study.ipynb": make_student,
        "instructor/05_case_study_instructor.ipynb": make_instructor,
        "nbgrader/05_case_study.ipynb": make_nbgrader,
    }
    for name, make in made.items():
        kept = json.loads((CASE / name).read_text(encoding="utf-8"))
        assert without_notes(kept) == make(NOTEBOOK)
    page = parse_page(KEPT / "05_case_study_instructor.html")
    assert len(page.select("details.code[open]")) == len(TASKS)
    assert len(page.select(".prose.instructor")) == 9


# Making editions


def code(source: str, **kind) -> dict:
    metadata = {"nbgrader": kind} if kind else {}
    return {"cell_type": "code", "metadata": metadata, "source": source, "outputs": []}


def test_regions_are_cut_and_nothing_else():
    cell = code("a = 1\n### BEGIN SOLUTION\nb = 2\n\n### END SOLUTION\nc = 3", solution=True)
    notebook = {"cells": [cell]}
    assert make_student(notebook)["cells"][0]["source"] == "a = 1\nc = 3"
    assert make_instructor(notebook)["cells"][0]["source"] == "a = 1\nb = 2\n\nc = 3"
    assert make_nbgrader(notebook) == notebook
    assert find_secrets(notebook) == ["b = 2"]
    assert cell["source"].count("###") == 2


@pytest.mark.parametrize(
    "source, kind, found",
    [
        ("### BEGIN SOLUTION\nx = 1", "solution", "### BEGIN SOLUTION"),
        ("x = 1\n### END SOLUTION", "solution", "### END SOLUTION"),
        ("### BEGIN SOLUTION\n### BEGIN SOLUTION\n### END SOLUTION", "solution", "BEGIN"),
        ("### BEGIN SOLUTION\n### END HIDDEN TESTS", "solution", "### END HIDDEN TESTS"),
        ("x = 1  ### BEGIN SOLUTION", "solution", "x = 1"),
        ("### BEGIN SOLUTION\n### END SOLUTION", "grade", "a region SOLUTION"),
        ("### BEGIN HIDDEN TESTS\n### END HIDDEN TESTS", "solution", "a region HIDDEN TESTS"),
    ],
)
def test_a_marker_out_of_place_stops_the_render(source, kind, found):
    with pytest.raises(RenderError, match=r"a\.ipynb, cell 1: found") as raised:
        check_markers({"cells": [code(source, **{kind: True})]}, "a.ipynb")
    assert found in raised.value.found


@pytest.mark.full
def test_a_small_case_study_is_rendered_in_two_editions(tmp_path):
    project = write_project(tmp_path)
    cells = [
        "# What is it?\n\n*For all, 5 minutes.*",
        ("markdown", "The answer is forty-two.", [INSTRUCTOR]),
        ("code", "answer = None"),
        ("code", "answer"),
    ]
    for other in project.glob("notebooks/*.ipynb"):
        other.unlink()
    path = project / "notebooks" / "05_case.ipynb"
    write_notebook(path, cells)
    notebook = json.loads(path.read_text(encoding="utf-8"))
    notebook["cells"][2]["source"] += "\n### BEGIN SOLUTION\nanswer = 42\n### END SOLUTION"
    notebook["cells"][2]["metadata"]["nbgrader"] = {"solution": True}
    path.write_text(json.dumps(notebook), encoding="utf-8")
    changed, lines = run_render(project)
    assert "  05_case ..." in lines and "  05_case_instructor ..." in lines
    artifacts = read_artifacts(project)
    assert (
        {
            "05_case.html",
            "05_case_instructor.html",
            "case_study/student/05_case.ipynb",
            "case_study/student/05_case.pdf",
            "case_study/nbgrader/05_case.ipynb",
        }
        <= set(changed)
        == set(artifacts) - {"manifest.json"}
    )
    for name in ("05_case.html", "notebooks/05_case.ipynb", "case_study/student/05_case.ipynb"):
        assert b"42" not in artifacts[name] and b"forty" not in artifacts[name]
    assert b"42" in artifacts["05_case_instructor.html"]
    assert run_render(project) == ([], [])
    path.write_text(json.dumps(notebook).replace("answer = 42", "answer = 43"), encoding="utf-8")
    changed, lines = run_render(project)
    assert "  05_case_instructor ..." in lines and "  05_case ..." not in lines
    assert "05_case.html" not in changed and "case_study/student/05_case.pdf" not in changed


def test_other_notebooks_are_left_where_they_are(tmp_path):
    write_notebook(tmp_path / "01_a.ipynb", ["# A?", ("code", "1 + 1")])
    assert [*write_editions([tmp_path / "01_a.ipynb"], tmp_path / "new", "a-2018")] == [
        tmp_path / "01_a.ipynb"
    ]
    assert not (tmp_path / "new").exists()


def test_the_parameters_name_the_report_that_is_rendered(tmp_path):
    path = tmp_path / "notebooks" / "any_report" / "01_a.ipynb"
    source = 'report_id = "other-2020"  # any\nlanguage = "en"'
    write_notebook(path, ["# A?", ("code", source, ["parameters"]), ("code", "report_id = 1")])
    notebook = write_editions([path], tmp_path, "a-2018")[path]
    assert [cell["source"] for cell in notebook["cells"][1:]] == [
        'report_id = "a-2018"\nlanguage = "en"',
        "report_id = 1",
    ]
    write_notebook(path, ["# A?", ("code", 'report = "a"', ["parameters"])])
    with pytest.raises(RenderError, match=r"01_a\.ipynb: found no report_id"):
        write_editions([path], tmp_path, "a-2018")


def test_a_saved_run_leaves_the_editions_as_they_were(tmp_path):
    source = NOTEBOOKS / "05_case_study.ipynb"
    saved = json.loads(source.read_text(encoding="utf-8"))
    saved["metadata"]["language_info"]["version"] = "3.12.1"
    for cell in saved["cells"]:
        cell["metadata"]["collapsed"] = True
        if cell["cell_type"] == "code":
            cell["execution_count"] = 7
            cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": ["x"]}]
    (tmp_path / source.name).write_text(json.dumps(saved), encoding="utf-8")
    write_editions([source], tmp_path / "clean", REPORT_ID)
    write_editions([tmp_path / source.name], tmp_path / "run", REPORT_ID)
    for path in (tmp_path / "clean").rglob("*.ipynb"):
        other = tmp_path / "run" / path.relative_to(tmp_path / "clean")
        assert other.read_bytes() == path.read_bytes(), path.name
