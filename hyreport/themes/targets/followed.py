"""The targets of other years and areas, each beside what was published later.

Where series, area and year of a target and of an actual agree they measure the same. Publications
of one outcome stand apart, since a later one may say something else than the first.
"""

import pandas as pd

from hyreport.data.report import Report
from hyreport.errors import UnknownNameError, nearest
from hyreport.themes.targets.scoreboard import READINGS, UNDECIDABLE, judge

AIMS = ("target", "stretch_target")
LOWER_IS_BETTER = ("consumer_prices_growth",)
NO_OUTCOME = "no later figure of this kind found"
PARTS = ("id", "printed", "value", "low", "high", "qualifier", "vintage")


def follow_targets(
    report: Report, *, ref_area: str | None = None, tolerance: float = 0.5
) -> pd.DataFrame:
    """Set each target of the outside figures beside the outcomes of its series and year.

    Parameters
    ----------
    report : Report
        Its reference table is read.
    ref_area : str, optional
        Six digits of GB/T 2260; the report's own area by default.
    tolerance : float
        Points read into 左右 (about) on either side: in an outcome always, in a target by the
        lenient reading.

    Returns
    -------
    DataFrame, shape (targets and their outcomes, 24)
        A row for each target number and publication of its outcome, by year; one row without an
        outcome where none is in the table. `strict` and `lenient` are the verdicts: met, missed
        or undecidable.

    Raises
    ------
    UnknownNameError
        For an area without targets.

    Notes
    -----
    The upper end of a range of growth rates is no aim of its own and is left out. Targets of the
    report in hand are not among them: `scoreboard` judges those.

    Examples
    --------
    >>> followed = follow_targets(Report("hengyang-2018"))
    >>> rows = followed.query("series == 'gdp_growth_real' and year == 2020")
    >>> rows[["target_value", "outcome_value", "outcome_vintage", "strict"]].values.tolist()
    [[8.5, 4.0, 'yearbook', 'missed'], [8.5, 4.0, 'first release', 'missed']]
    """
    area = ref_area or report.area
    rows = report.rows_outside(ref_area=area)
    aims = rows[rows["role"].isin(AIMS)].sort_values("time_period", kind="stable")
    upper_end = (aims["qualifier"] == "at_most") & ~aims["series"].isin(LOWER_IS_BETTER)
    aims = aims[~upper_end]
    if aims.empty:
        areas = report.reference.loc[report.reference["role"].isin(AIMS), "ref_area"].unique()
        raise UnknownNameError("reference", f"no target of {area}", "one", nearest(area, areas))
    actuals = rows[rows["role"] == "actual"]
    made = []
    for aim in aims.to_dict("records"):
        same = actuals[actuals["series"] == aim["series"]]
        same = same[same["time_period"] == aim["time_period"]]
        found = same.to_dict("records") or [None]
        made += [_pair(report, aim, outcome, tolerance) for outcome in found]
    return pd.DataFrame(made)


def _pair(report: Report, aim: dict, outcome: dict | None, tolerance: float) -> dict:
    row = {
        "year": int(aim["time_period"]),
        "series": aim["series"],
        "name_en": aim["name_en"],
        "name_zh": aim["name_zh"],
    }
    row |= _part(report, "target", aim) | {"qualifier": aim["qualifier"], "role": aim["role"]}
    row |= _part(report, "outcome", outcome)
    row["better"] = "lower" if aim["series"] in LOWER_IS_BETTER else "higher"
    row["outcome_reason"] = "" if outcome else NO_OUTCOME
    judged = row | {"outcome_comparable": "yes"}
    for reading, room in zip(READINGS, (0, tolerance), strict=True):
        slack = room if aim["qualifier"] == "about" else 0
        row[reading] = judge(judged, slack, tolerance) if outcome else UNDECIDABLE
    return row


def _part(report: Report, part: str, row: dict | None) -> dict:
    """Return the cells of a target or an outcome under the names that a verdict reads."""
    if row is None:
        return {f"{part}_{name}": "" for name in PARTS} | {f"{part}_value": float("nan")}
    named = {"id": report.name_outside(row), "printed": row["as_printed"]}
    return {f"{part}_{name}": named.get(name, row.get(name)) for name in PARTS}
