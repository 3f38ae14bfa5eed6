"""The notebook sources: clean, of one anatomy, and no number in prose without its evidence."""

import json
import re
from collections import Counter

import pytest

from hyreport.paths import ARTIFACTS, NOTEBOOKS, PROCESSED, REPORT_ID
from hyreport.prose import check_prose, read_evidence

PATHS = sorted(NOTEBOOKS.glob("*.ipynb"))
HEADINGS = ["What the report says", "How sure are we", "Your turn", "Sources and licence"]
LONGEST_CELL = 16


@pytest.fixture(params=PATHS, ids=lambda path: path.stem)
def notebook(request):
    return json.loads(request.param.read_text(encoding="utf-8")) | {"name": request.param.stem}


def cells(notebook, kind):
    return ["".join(c["source"]) for c in notebook["cells"] if c["cell_type"] == kind]


def test_there_is_a_notebook_for_each_question():
    assert [path.stem[:2] for path in PATHS] == ["00", "01", "02", "03", "04"]


def test_sources_carry_no_outputs_and_no_volatile_metadata(notebook):
    ids = [cell["id"] for cell in notebook["cells"]]
    assert len(set(ids)) == len(ids)
    for cell in notebook["cells"]:
        assert set(cell["metadata"]) <= {"tags"}
        if cell["cell_type"] == "code":
            assert cell["outputs"] == []
            assert cell["execution_count"] is None
    assert notebook["metadata"] == {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }


def test_question_and_answer_come_first(notebook):
    title, answer = cells(notebook, "markdown")[:2]
    heading, reader = title.split("\n\n")
    assert re.fullmatch(r"# .+\?", heading)
    assert re.fullmatch(r"\*For .+ minutes\.\*", reader)
    assert answer.startswith("## The answer\n")
    assert 2 <= len(re.findall(r"[.](?=\s|$)", answer)) <= 6


def test_sections_stand_in_order(notebook):
    prose = "\n".join(cells(notebook, "markdown"))
    places = [prose.index(f"## {heading}") for heading in HEADINGS]
    assert places == sorted(places)
    exercises = prose[places[2] : places[3]]
    assert len(re.findall(r"^- ", exercises, flags=re.MULTILINE)) == 2


def test_code_is_short_and_never_copied(notebook):
    code = cells(notebook, "code")
    parameters = [c for c in notebook["cells"] if "parameters" in c["metadata"].get("tags", [])]
    assert ["".join(cell["source"]) for cell in parameters] == code[:1]
    assert max(len(cell.splitlines()) for cell in code) <= LONGEST_CELL
    assert max(Counter(code).values()) == 1
    for word in ("warnings", "../", "%%", "!pip", "datetime.now"):
        assert word not in "\n".join(code)


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


def test_a_stale_sentence_fails():
    evidence = read_evidence(
        PROCESSED / REPORT_ID / "figures.csv", ARTIFACTS / REPORT_ID / "results.json"
    )
    stale = {"cells": [{"cell_type": "markdown", "source": "GDP: [8.6%](#gdp.growth.2017)"}]}
    assert check_prose(stale, evidence)
