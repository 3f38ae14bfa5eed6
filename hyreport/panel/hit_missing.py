"""What is missing of targets and outcomes, and between which ends that leaves the share met."""

import numpy as np
import pandas as pd

from hyreport.panel.estimates import PLACE
from hyreport.panel.sample import LEVELS, every, last_year, take_grades

__all__ = ["UNREPORTED", "bound_missing", "count_missing", "name_missing"]

UNREPORTED = "no report of the year after"


def name_missing(targets: pd.DataFrame, outcomes: pd.DataFrame, grades: str = "AB") -> pd.DataFrame:
    """Say of each target what is missing for its outcome, blank where nothing is.

    Parameters
    ----------
    targets, outcomes : DataFrame
        All cells of one indicator, as `load_cells` gives them; `grades` are those taken.

    Returns
    -------
    DataFrame
        The targets of these grades with `missing`: no report of the year after, outcome absent
        from it, not found in it, or a guess. The last year of the collection is left out: its
        outcomes are not reported yet.
    """
    taken = take_grades(targets, grades)
    taken = taken[taken["year"] < last_year(targets)]
    came = outcomes[[PLACE, "year", "status", "certainty"]]
    joined = taken.merge(came, on=[PLACE, "year"], how="left", suffixes=("", "_outcome"))
    status, grade = joined["status_outcome"], joined["certainty_outcome"]
    whys = {
        UNREPORTED: status.isna(),
        "not in its report": status == "absent",
        "not found in its report": status == "not_found",
        "read as a guess": ~grade.isin(list(grades)),
    }
    missing = np.select(list(whys.values()), list(whys), "")
    return joined.assign(missing=missing, period=every(joined["year"]))


def count_missing(named: pd.DataFrame) -> pd.DataFrame:
    """Count targets by level, period and what is missing for their outcome."""
    kinds = named["missing"].replace("", "paired")
    counts = named.assign(kind=kinds, level=named["level"].map(LEVELS))
    counts = counts.groupby(["level", "period", "kind"]).size().unstack("kind", fill_value=0)
    others = [name for name in counts if name != "paired"]
    counts = counts.reindex(columns=["paired", *others], fill_value=0)
    return counts.rename_axis(columns=None).reset_index()


def bound_missing(judged: pd.DataFrame, named: pd.DataFrame, reading: str) -> tuple[float, float]:
    """Return between which ends the percent met lies, whatever the missing outcomes were."""
    met, whole = judged[reading].sum(), len(named)
    open_or_missing = whole - judged[reading].notna().sum()
    return (
        round(100 * met / whole, 4) if whole else np.nan,
        round(100 * (met + open_or_missing) / whole, 4) if whole else np.nan,
    )
