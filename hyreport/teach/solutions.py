"""The table of solutions of the instructor edition: what to type, how it is computed, how far off.

Nothing else uses it: checks never print a solution, and the student edition never imports it.
"""

import pandas as pd

from hyreport.errors import UnknownNameError, nearest
from hyreport.numbers.writing import say_interval
from hyreport.teach.answers import Choice
from hyreport.teach.check import find_task
from hyreport.teach.tasks import read_parts

__all__ = ["list_solutions"]

COLUMNS = ["task", "answer", "unit", "working", "accepted"]


def list_solutions(part: str, report_id: str | None = None) -> pd.DataFrame:
    """Return the solutions of a part of a study's tasks.

    Parameters
    ----------
    part : str
        Name of a file of tasks, such as `"two"`.
    report_id : str
        Folder of the report in data/processed.

    Returns
    -------
    DataFrame
        One row a task: `task`, `answer`, `unit`, `working` in printed digits (of a task with
        words: why), `accepted`, the interval in which every number is right.

    Raises
    ------
    UnknownNameError
        For a part that does not exist.

    Examples
    --------
    >>> list_solutions("two").loc[2, ["answer", "working", "accepted"]].tolist()
    ['162.3', '252.01 × 28.4 / 44.1', 'from 161.8 to 162.8']
    """
    parts = read_parts(report_id)
    if part not in parts:
        raise UnknownNameError("solutions", f"the part {part!r}", "a part", nearest(part, parts))
    return pd.DataFrame([_describe(task, report_id) for task in parts[part]], columns=COLUMNS)


def _describe(name: str, report_id: str | None) -> tuple[str, ...]:
    task = find_task(name, report_id)
    if isinstance(task, Choice):
        spelled = (task.expected, *task.options[task.expected])
        answer = next(word for word in spelled if len(word) > 1)  # a code of one letter has a name
        answer = answer if "." in answer else answer.replace("_", " ")  # an id stays as it is
        unit, working, accepted = "", task.because, ""
    else:
        right = task.expected
        answer, unit, working = f"{right.value:f}", right.unit, task.working
        accepted = say_interval(right.low, right.high)
    return name, answer, unit, working, accepted
