"""How the next target moves with the distance from the target, and whether it steps at nought."""

import numpy as np
import pandas as pd

from hyreport.panel.estimates import fit_terms, means_by
from hyreport.panel.next_target import CLUSTER, NEAR, SPECIFICATIONS, known_rows, telling_rows

__all__ = ["MORE", "bin_gaps", "measure_nought", "measure_slopes", "measure_step"]

WIDEST = 5.0  # points
MORE = "surplus less shortfall"
EDGES = (-np.inf, -3, -2, -1, -0.5, -1e-9, 0.5, 1, 2, 3, np.inf)


def measure_nought(rows: pd.DataFrame) -> dict[str, float]:
    """Measure whether the next change steps where the outcome reaches the target.

    Returns
    -------
    dict
        The change after a hit less that after a miss in points within level and year, of outcomes
        within half a point of the target and with the distance held by a line, with its interval.
        Without the line the slope over the window would pass for a step.
    """
    known = known_rows(rows)
    near = known[known["gap"].abs() <= NEAR]
    found = fit_terms(near, "change", ["strict", "gap"], effects=["cell"], cluster=CLUSTER)
    return found.iloc[0].to_dict()


def measure_step(rows: pd.DataFrame) -> dict[str, float]:
    """Measure how much a miss by up to half a point differs from one by half to one point.

    Returns
    -------
    dict
        The difference of the next change in points within level and year, with its interval.
    """
    known = known_rows(rows)
    missed = known[(known["gap"] < 0) & (known["gap"] >= -2 * NEAR)]
    small = missed.assign(small=missed["gap"] >= -NEAR)
    found = fit_terms(small, "change", ["small"], effects=["cell"], cluster=CLUSTER)
    return found.iloc[0].to_dict()


def bin_gaps(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the mean change of the target by how far the outcome lay from it.

    Returns
    -------
    DataFrame
        `bin` (where it begins and ends, in points), `middle` (median gap of its rows), mean
        change less that of all places of the level and year with its interval, `rows`.
    """
    known = known_rows(rows)
    known["apart"] = known["change"] - known.groupby("cell")["change"].transform("mean")
    known["bin"] = pd.cut(known["gap"], list(EDGES), right=False)
    made = means_by(known, "apart", ["bin"], cluster=CLUSTER)
    middle = known.groupby("bin", observed=True)["gap"].median()
    return made.assign(middle=made["bin"].map(middle).astype(float), bin=made["bin"].astype(str))


def measure_slopes(rows: pd.DataFrame) -> pd.DataFrame:
    """Measure how the next target moves with each point of surplus and of shortfall.

    Parameters
    ----------
    rows : DataFrame
        As `follow` gives it.

    Returns
    -------
    DataFrame
        `held`, `term` (surplus, shortfall, surplus less shortfall), slopes in points a point with
        their intervals. Both are signed so that a target that follows its outcome has
        a positive slope; the last is the one of surplus less the one of shortfall. Outcomes more
        than five points off are left out: few cells would decide the line, and misreadings are
        found among them most.
    """
    known = known_rows(rows)
    known = known[known["gap"].abs() <= WIDEST].reset_index(drop=True)
    known["surplus"] = known["gap"].clip(lower=0)
    known["shortfall"] = known["gap"].clip(upper=0)
    # With the whole gap beside it, the slope of surplus is what it has more than shortfall.
    known[MORE] = known["surplus"]
    made = []
    for held, (effects, others) in list(SPECIFICATIONS.items())[1:]:
        telling = telling_rows(known, "gap", effects)
        both, more = (
            fit_terms(telling, "change", [*terms, *others], effects=effects, cluster=CLUSTER)
            for terms in (("surplus", "shortfall"), ("gap", MORE))
        )
        made += [both.iloc[:2].assign(held=held), more.iloc[1:2].assign(held=held)]
    found = pd.concat(made, ignore_index=True)
    return found[["held", *found.columns.drop("held")]]
