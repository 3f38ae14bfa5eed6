"""Progress by part, and hints to whoever asks."""

import json

import pytest
from study import REPORT_ID

import hyreport as hy
from hyreport.errors import UnknownNameError
from hyreport.paths import NOTEBOOKS
from hyreport.teach import check as module
from hyreport.teach.check import check, find_task, hint, progress
from hyreport.teach.reading import plain_word
from hyreport.teach.tasks import read_parts

PARTS = read_parts(REPORT_ID)
TASKS = [task for tasks in PARTS.values() for task in tasks]


@pytest.fixture(autouse=True)
def nothing_checked(monkeypatch):
    monkeypatch.setattr(module, "_LAST", {})


def test_progress_counts_the_last_verdict_of_each_task():
    assert progress(REPORT_ID)["right_answers"].sum() == 0
    check("total_tax", "180.4")
    check("non_tax_revenue", "1")
    check("local_revenue", "1")
    check("local_revenue", "162.3亿元")
    check("total_if_local", None)
    shown = progress().set_index("part")
    assert shown.loc["two", ["right_answers", "wrong_answers", "unanswered"]].tolist() == [2, 1, 2]
    assert shown.loc["two", ["points", "points_possible"]].tolist() == [3, 7]
    assert shown.loc["all", ["tasks", "right_answers", "points"]].tolist() == [len(TASKS), 2, 3]
    assert [*shown.index] == [*PARTS, "all"]
    assert list(hy.show(progress()).table.columns)[-1] == "points in all"


def test_the_points_are_those_of_the_notebook():
    cells = json.loads((NOTEBOOKS / "05_case_study.ipynb").read_text(encoding="utf-8"))["cells"]
    kinds = [cell["metadata"].get("nbgrader", {}) for cell in cells]
    graded = {kind["grade_id"]: kind["points"] for kind in kinds if kind.get("grade")}
    typed = {
        task: one.keys.get("points", 1) for tasks in PARTS.values() for task, one in tasks.items()
    }
    assert {task: graded[f"check_{task}"] for task in TASKS} == typed


@pytest.mark.parametrize("task", TASKS)
def test_a_hint_is_given_on_request_and_holds_no_solution(task):
    found, told = find_task(task), str(hint(task))
    assert told == f"Hint: {found.hint}" and len(found.hint) > 20
    assert told in str(check(task, None, hint=True)) and told not in str(check(task, None))
    if hasattr(found, "options"):
        spelled = [found.expected.replace("_", " "), *found.options[found.expected]]
        words = f" {found.hint.lower()} "
        assert not any(f" {word.lower()} " in words for word in spelled if len(word) > 1)
        assert plain_word(found.expected) != plain_word(found.hint)
    else:
        assert f"{found.expected.value:f}" not in found.hint


def test_a_right_answer_gets_no_hint():
    assert "Hint" not in str(check("total_tax", "180.4", hint=True))
    wrong = str(check("yearbook_shows", "contradicts", hint=True))
    assert wrong.startswith("Not yet. ") and wrong.endswith(find_task("yearbook_shows").hint)
    # Where the verdict says the hint already, it is not said twice.
    assert str(check("total_tax", "1", hint=True)).count(find_task("total_tax").hint) == 1


def test_a_hint_of_no_task_names_the_nearest():
    with pytest.raises(UnknownNameError, match="total_tax"):
        hint("total_taxes")
