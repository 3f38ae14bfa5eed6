"""The case study's answer checks: `check("local_revenue", "162.3")` says right, wrong, and why.

What is right is computed from the tables, and so is what the common mistakes lead to. Beside this
module reading.py reads what is typed and answers.py judges it; the tasks stand with their study.
"""

from hyreport.data.load import load_figures, load_reference, load_targets
from hyreport.errors import UnknownNameError, nearest
from hyreport.studies.hengyang_2018.tasks import basis as basis_tasks
from hyreport.studies.hengyang_2018.tasks import claims as claim_tasks
from hyreport.studies.hengyang_2018.tasks import forecasts as forecast_tasks
from hyreport.studies.hengyang_2018.tasks import revenue as revenue_tasks
from hyreport.studies.hengyang_2018.tasks import targets as target_tasks
from hyreport.studies.hengyang_2018.tasks import vintages as vintage_tasks
from hyreport.studies.hengyang_2018.tasks.inputs import Tables
from hyreport.teach.answers import Choice, Number, Verdict
from hyreport.teach.reading import is_missing

PARTS = {
    "one": claim_tasks.TASKS,
    "two": revenue_tasks.TASKS,
    "three": basis_tasks.TASKS,
    "four": vintage_tasks.TASKS,
    "five": target_tasks.TASKS,
    "six": forecast_tasks.TASKS,
}
TASKS = {name: task for tasks in PARTS.values() for name, task in tasks.items()}


def check(task: str, answer, report_id: str | None = None) -> Verdict:
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

    Returns
    -------
    Verdict
        Shows as a line in JupyterLab; `right` is True or False. It never prints the solution.

    Raises
    ------
    UnknownNameError
        For a task that does not exist.

    Notes
    -----
    Any number inside the interval that the rounding of the inputs allows is right.

    Examples
    --------
    >>> print(check("local_revenue", "252.01亿元"))
    Not yet. That is the printed level, which is very probably total revenue, not local.
    >>> check("gdp_status", "Estimated").right
    True
    """
    found = find_task(task, report_id)
    if is_missing(answer):
        return Verdict("open", f"No answer yet: type {found.wanted}.")
    return found.judge(answer)


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
        For a task that does not exist; the message names the nearest ones.

    Examples
    --------
    >>> find_task("gdp_in_billion").wanted
    'a number in billion yuan'
    """
    if not isinstance(task, str) or task not in TASKS:
        fix = nearest(str(task), TASKS)
        raise UnknownNameError("check", f"the task {task!r}", "a task of the case study", fix)
    tables = Tables(load_figures(report_id), load_reference(report_id), load_targets(report_id))
    return TASKS[task](tables)
