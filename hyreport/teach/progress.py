"""How far a student has come: what the checks of this kernel said last, counted by part."""

import pandas as pd

from hyreport.data.frames import Frame
from hyreport.paths import PROCESSED, find_report
from hyreport.teach.tasks import read_parts

__all__ = ["progress", "record"]

# By report and task: the state of the last verdict. A new kernel begins without any.
_LAST: dict[tuple[str, str], str] = {}
# What is counted of the states that a check gives.
COLUMNS = {"right": "right_answers", "wrong": "wrong_answers", "open": "unanswered"}


def record(task: str, state: str, report_id: str | None = None) -> None:
    """Keep what a check said of a task; a later check of the same task takes its place."""
    _LAST[find_report(report_id, PROCESSED).name, task] = state


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


def _count(rows: pd.DataFrame) -> dict[str, object]:
    right = rows["state"] == "right"
    states = {name: int((rows["state"] == state).sum()) for state, name in COLUMNS.items()}
    points = {"points": int(rows.loc[right, "worth"].sum()), "points_possible": rows["worth"].sum()}
    return {"part": rows["part"].iloc[0], "tasks": len(rows)} | states | points
