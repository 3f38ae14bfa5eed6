"""The notebook sources: clean, of one anatomy, and no number in prose without its evidence."""

import ast
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from study import REPORT_ID

from hyreport.paths import ARTIFACTS, NOTEBOOKS, PROCESSED, ROOT
from hyreport.publish.evidence import read_evidence
from hyreport.publish.markdown import read_document
from hyreport.publish.prose import check_prose, read_prose

PATHS = sorted(NOTEBOOKS.glob("[0-9][0-9]_*.ipynb"))
DOCUMENTS = sorted(NOTEBOOKS.glob("*.md"))
# The case study asks where the others answer; test_case_study.py says what form it has.
CASE_STUDY = NOTEBOOKS / "05_case_study.ipynb"
ESSAYS = [path for path in PATHS if path != CASE_STUDY]
HEADINGS = ["What the report says", "How sure are we", "Your turn", "Sources and licence"]
LONGEST_CELL = 16
SPEC = importlib.util.spec_from_file_location("clean", ROOT / "tools" / "clean_notebooks.py")
CLEANER = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(CLEANER)


@pytest.fixture(params=PATHS, ids=lambda path: path.stem)
def notebook(request):
    return json.loads(request.param.read_text(encoding="utf-8")) | {"name": request.param.stem}


@pytest.fixture(params=ESSAYS, ids=lambda path: path.stem)
def essay(request):
    return json.loads(request.param.read_text(encoding="utf-8")) | {"name": request.param.stem}


def cells(notebook, kind):
    return ["".join(c["source"]) for c in notebook["cells"] if c["cell_type"] == kind]


def test_there_is_a_notebook_for_each_question():
    assert [path.stem[:2] for path in PATHS] == ["00", "01", "02", "03", "04", "05", "06"]
    assert len(ESSAYS) == len(PATHS) - 1


def test_no_number_is_rounded_by_its_binary_half(notebook):
    found = [code for code in cells(notebook, "code") if re.search(r":[+,]?\.[0-9]f", code)]
    assert not found  # hy.charts.write_number rounds as the tables do


def test_sources_carry_no_outputs_and_no_volatile_metadata(notebook):
    ids = [cell["id"] for cell in notebook["cells"]]
    assert len(set(ids)) == len(ids)
    for cell in notebook["cells"]:
        more = {"nbgrader"} if notebook["name"] == CASE_STUDY.stem else set()
        assert set(cell["metadata"]) <= {"tags"} | more
        if cell["cell_type"] == "code":
            assert cell["outputs"] == []
            assert cell["execution_count"] is None
    assert notebook["metadata"] == {
        "kernelspec": {
            "display_name": "Python 3 (ipykernel)",
            "language": "python",
            "name": "python3",
        },
        "language_info": {"name": "python"},
    }


def test_sources_are_as_the_hook_leaves_them(notebook):
    path = NOTEBOOKS / f"{notebook['name']}.ipynb"
    text = path.read_bytes().decode("utf-8")
    assert CLEANER.clean(text) == text


def test_the_hook_takes_out_what_running_and_saving_put_in(notebook, tmp_path, capsys):
    path = NOTEBOOKS / f"{notebook['name']}.ipynb"
    used = json.loads(path.read_text(encoding="utf-8"))
    used["metadata"]["kernelspec"]["display_name"] = "Python 3"
    used["metadata"]["language_info"]["version"] = "3.12.1"
    for number, cell in enumerate(used["cells"]):
        cell["metadata"]["collapsed"] = True
        if cell["cell_type"] == "code":
            cell["execution_count"] = number
            cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": ["x"]}]
            cell["metadata"]["execution"] = {"iopub.execute_input": "2026-01-01"}
    saved = tmp_path / path.name
    saved.write_text(json.dumps(used, indent=2), encoding="utf-8")
    assert CLEANER.main(["--check", str(saved)]) == 1
    assert CLEANER.main([str(saved)]) == 1 and CLEANER.main([str(saved)]) == 0
    assert saved.read_bytes() == path.read_bytes()
    assert f"not clean: {path.name}" in capsys.readouterr().out


@pytest.mark.full
@pytest.mark.parametrize("command", [["check"], ["format", "--check"]], ids=" ".join)
def test_style_holds_in_notebooks_too(command):
    run = [sys.executable, "-m", "ruff", *command, "--no-cache", "."]
    done = subprocess.run(run, cwd=ROOT, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stdout
    listed = [sys.executable, "-m", "ruff", "check", "--no-cache", "--show-files", "."]
    files = subprocess.run(listed, cwd=ROOT, capture_output=True, encoding="utf-8").stdout
    assert all(str(path) in files for path in PATHS)


@pytest.mark.full
def test_git_shows_changes_of_notebooks_by_cell(tmp_path):
    if importlib.util.find_spec("nbdime") is None:
        pytest.skip("nbdime is not installed: `python run.py lab --help` adds it")
    name = PATHS[0].name
    source = PATHS[0].read_text(encoding="utf-8")
    shutil.copyfile(ROOT / ".gitattributes", tmp_path / ".gitattributes")
    (tmp_path / name).write_text(source, encoding="utf-8")

    def run(*command):
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        variables = os.environ | {"PATH": path, "GIT_PAGER": "cat"}
        return subprocess.run(
            command, cwd=tmp_path, env=variables, capture_output=True, encoding="utf-8", check=True
        ).stdout

    run("git", "init", "-q")
    run("git", "add", ".")
    run("nbdime", "config-git", "--enable")
    (tmp_path / name).write_text(source.replace("hengyang-2018", "other", 1), encoding="utf-8")
    assert "nbdiff" in (shown := run("git", "diff")) and '-report_id = "hengyang-2018"' in shown


def test_the_question_comes_first(notebook):
    heading, reader = cells(notebook, "markdown")[0].split("\n\n")
    assert re.fullmatch(r"# .+\?", heading)
    assert re.fullmatch(r"\*For .+ minutes\.\*", reader)


def test_the_answer_comes_next(essay):
    answer = cells(essay, "markdown")[1]
    assert answer.startswith("## The answer\n")
    words = re.sub(r"\]\(#.*?\)", "", answer).split()
    assert len(re.findall(r"[.](?=\s|$)", answer)) >= 2 and len(words) <= 175


def test_sections_stand_in_order(essay):
    prose = "\n".join(cells(essay, "markdown"))
    places = [prose.index(f"## {heading}") for heading in HEADINGS]
    assert places == sorted(places)
    exercises = prose[places[2] : places[3]]
    assert len(re.findall(r"^- ", exercises, flags=re.MULTILINE)) == 2


def test_code_is_short_and_never_copied(notebook):
    code = cells(notebook, "code")
    parameters = [c for c in notebook["cells"] if "parameters" in c["metadata"].get("tags", [])]
    assert ["".join(cell["source"]) for cell in parameters] == code[:1]
    assert max(len(cell.splitlines()) for cell in code) <= LONGEST_CELL
    assert max(Counter(cell for cell in code if "\n" in cell).values()) == 1
    for word in ("warnings", "../", "%%", "!pip", "datetime.now"):
        assert word not in "\n".join(code)


def test_titles_of_charts_take_their_numbers_from_the_data(notebook):
    for code in cells(notebook, "code"):
        calls = [node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Call)]
        for call in calls:
            if getattr(call.func, "attr", "") == "start_chart":
                title = call.args[0]
                parts = title.values if isinstance(title, ast.JoinedStr) else [title]
                typed = [part.value for part in parts if isinstance(part, ast.Constant)]
                assert not re.search(r"\d", re.sub(r"\b(19|20)\d\d\b", "", " ".join(typed)))


def test_each_notebook_keeps_a_chart_and_a_table(notebook):
    code = "\n".join(cells(notebook, "code"))
    assert "start_chart(" in code
    assert re.search(r"hy\.keep\([^)]*\], \"|hy\.keep\(\w+, \"", code)


def test_every_number_in_prose_is_linked_to_what_it_says(notebook):
    evidence = read_evidence(
        PROCESSED / REPORT_ID / "figures.csv", ARTIFACTS / REPORT_ID / "results.json"
    )
    problems = check_prose(notebook, evidence, name=notebook["name"])
    assert not problems, "\n".join(map(str, problems))


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_every_number_in_a_document_is_linked_to_what_it_says(path):
    evidence = read_evidence(
        PROCESSED / REPORT_ID / "figures.csv", ARTIFACTS / REPORT_ID / "results.json"
    )
    document = read_document(path)
    assert any(piece.target.startswith("#") for piece in read_prose(document))
    problems = check_prose(document, evidence, name=path.stem)
    assert not problems, "\n".join(map(str, problems))


def test_a_stale_sentence_fails():
    evidence = read_evidence(
        PROCESSED / REPORT_ID / "figures.csv", ARTIFACTS / REPORT_ID / "results.json"
    )
    stale = {"cells": [{"cell_type": "markdown", "source": "GDP: [8.6%](#gdp.growth.2017)"}]}
    assert check_prose(stale, evidence)
