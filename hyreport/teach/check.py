"""Answer checks of a study's tasks: `check("local_revenue", "162.3")` says right, wrong, and why.

What is right is computed from the tables, and so is what the common mistakes lead to. Beside this
module tasks.py reads the tasks of a study and make.py computes them; reading.py reads what is
typed and answers.py judges it.
"""

import hashlib
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from hyreport.data.report import Report
from hyreport.errors import UnknownNameError, nearest
from hyreport.paths import PROCESSED, find_report
from hyreport.teach.answers import Choice, Number, Verdict
from hyreport.teach.make import make_task
from hyreport.teach.progress import record
from hyreport.teach.reading import is_missing
from hyreport.teach.tasks import TypedTask, read_parts

__all__ = ["check", "find_task", "hint"]


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
    record(task, verdict.state, report_id)
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
