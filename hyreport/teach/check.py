"""Answer checks of a study's tasks: `check("local_revenue", "162.3")` says right, wrong, and why.

What is right is computed from the tables, and so is what the common mistakes lead to. Beside this
module tasks.py reads the tasks of a study and make.py computes them; reading.py reads what is
typed and answers.py judges it.
"""

import hashlib
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import pandas as pd

from hyreport.data.frames import Frame
from hyreport.data.report import Report
from hyreport.errors import UnknownNameError, nearest
from hyreport.paths import PROCESSED, find_report
from hyreport.teach.answers import Choice, Number, Verdict
from hyreport.teach.make import make_task
from hyreport.teach.reading import is_missing
from hyreport.teach.tasks import TypedTask, read_parts

__all__ = ["check", "find_task", "hint", "progress"]

# By report and task: the state of the last verdict. A new kernel begins without any.
_LAST: dict[tuple[str, str], str] = {}
# What is counted of the states that a check gives.
COLUMNS = {"right": "right_answers", "wrong": "wrong_answers", "open": "unanswered"}


def check(
    task: str, answer: object, report_id: str | None = None, *, hint: bool = False
) -> Verdict:
    """Say whether an answer to a task of the case study is right, and if not why.

    Parameters
    ----------
    task : str
        The task's name, as the case study gives it.
    answer : str, number, Computed or Figure
        As you would type it: `162.3`, `"162.3亿元"`, `"16.23 billion yuan"`, `"at least"`.
        None or "" is no answer yet.
    report_id : str
        Folder of the report in data/processed.
    hint : bool
        Give the task's hint too, unless the answer is right.

    Returns
    -------
    Verdict
        Shows as a line in JupyterLab; `right` is True or False. It never prints the solution.

    Raises
    ------
    UnknownNameError
        For a task that does not exist, and a report whose study has no tasks.

    Notes
    -----
    Any number inside the interval that the rounding of the inputs allows is right. `progress`
    counts the verdict.

    Examples
    --------
    >>> print(check("local_revenue", "252.01亿元"))
    Not yet. That is the printed level: total revenue, of which local revenue is a part.
    >>> check("gdp_status", "Estimated").right
    True
    >>> print(check("gdp_in_billion", None, hint=True))
    No answer yet: type a number in billion yuan. Hint: 亿 is a hundred million: how many of them
    make a billion?
    """
    found = find_task(task, report_id)
    kind = type(found).__name__.lower()
    if is_missing(answer):
        verdict = Verdict("open", f"No answer yet: type {found.wanted}.", kind)
    else:
        verdict = replace(found.judge(answer), task=kind)
    # A later check of the same task takes its place.
    _LAST[find_report(report_id, PROCESSED).name, task] = verdict.state
    told = hint and not verdict.right and found.hint not in verdict.words
    return replace(verdict, words=f"{verdict.words} Hint: {found.hint}") if told else verdict


def hint(task: str, report_id: str | None = None) -> Verdict:
    """Give the hint of a task of the case study; it never holds the solution.

    Parameters
    ----------
    task : str
        The task's name, as the case study gives it.
    report_id : str
        Folder of the report in data/processed.

    Returns
    -------
    Verdict
        Shows as a line in JupyterLab.

    Raises
    ------
    UnknownNameError
        For a task that does not exist, and a report whose study has no tasks.

    Examples
    --------
    >>> hint("total_tax")
    Hint: Multiply the level by the tax share that belongs to it.
    """
    return Verdict("hint", f"Hint: {find_task(task, report_id).hint}")


def progress(report_id: str | None = None) -> pd.DataFrame:
    """Count by part of the case study what the checks said so far.

    Parameters
    ----------
    report_id : str
        Folder of the report in data/processed.

    Returns
    -------
    DataFrame
        One row a part and one for `all`: `tasks`, of them `right_answers`, `wrong_answers` and
        `unanswered` as they were checked last, `points` earned and `points_possible`.

    Raises
    ------
    UnknownNameError
        For a report whose study has no tasks.

    Notes
    -----
    Only checks that have run since the kernel started count: after a restart run them again.

    Examples
    --------
    >>> whole = progress().set_index("part").loc["all"]
    >>> int(whole["tasks"]), int(whole["points_possible"])
    (33, 38)
    """
    report_id = find_report(report_id, PROCESSED).name
    parts = [
        pd.DataFrame(
            {
                "part": part,
                "state": _LAST.get((report_id, task), "open"),
                "worth": typed.keys.get("points", 1),
            }
            for task, typed in tasks.items()
        )
        for part, tasks in read_parts(report_id).items()
    ]
    whole = pd.concat(parts).assign(part="all")
    return Frame([_count(rows) for rows in [*parts, whole]])


def find_task(task: str, report_id: str | None = None) -> Number | Choice:
    """Return a task with what is right and what the common mistakes lead to.

    Parameters
    ----------
    task : str
        The task's name.
    report_id : str
        Folder of the report in data/processed.

    Raises
    ------
    UnknownNameError
        For a task that does not exist; the message names the nearest ones. Also for a report
        whose study has no tasks.

    Examples
    --------
    >>> find_task("gdp_in_billion").wanted
    'a number in billion yuan'
    """
    folder = find_report(report_id, PROCESSED)
    parts = read_parts(folder.name).values()
    tasks = {name: typed for part in parts for name, typed in part.items()}
    if not isinstance(task, str) or task not in tasks:
        fix = nearest(str(task), tasks)
        raise UnknownNameError("check", f"the task {task!r}", "a task of the case study", fix)
    return _make_once(tasks[task], folder.name, _hash_tables(folder))


def _hash_tables(folder: Path) -> str:
    tables = [*sorted(PROCESSED.glob("*.csv")), *sorted(folder.glob("*.csv"))]
    return hashlib.sha256(b"".join(path.read_bytes() for path in tables)).hexdigest()


@lru_cache(maxsize=128)
def _make_once(typed: TypedTask, report_id: str, tables: str) -> Number | Choice:
    """Make a task once for each content of its file and of the tables."""
    return make_task(typed, Report(report_id))


def _count(rows: pd.DataFrame) -> dict[str, object]:
    right = rows["state"] == "right"
    states = {name: int((rows["state"] == state).sum()) for state, name in COLUMNS.items()}
    points = {"points": int(rows.loc[right, "worth"].sum()), "points_possible": rows["worth"].sum()}
    return {"part": rows["part"].iloc[0], "tasks": len(rows)} | states | points
