"""The next target after a hit or a miss, with what would show anyway.

A target that was set high, for whatever reason, is missed more often and followed by a lower one
more often: both lean on the same number, so that hits and rises go together even where no place
ever looked back (regression to the mean). What shows that is measured beside each finding: the
change with the level of the target held, and the same comparison with the outcome of another place
of the same level and year in place of one's own.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from hyreport.panel.estimates import PLACE, fit_terms, means_by, share_of
from hyreport.panel.hits import judge
from hyreport.panel.wrong import drop_to_turn

__all__ = [
    "MOVES",
    "SPECIFICATIONS",
    "bin_gaps",
    "compare_variants",
    "follow",
    "means_by_year",
    "measure_after",
    "measure_slopes",
    "measure_step",
    "name_missing",
    "place_others",
    "shares_after",
    "weigh_dropping",
]


MOVES = ("lowered", "kept", "raised")
# What is held, by the name of the comparison.
SPECIFICATIONS: dict[str, tuple[list[str], list[str]]] = {
    "as it stands": ([], []),
    "same level and year": (["cell"], []),
    "same level, year and target": (["cell"], ["value"]),
    "same place, level and year": (["cell", PLACE], []),
}
TURNS = 40  # other places that each place borrows its outcome from, at most
NEAR, WIDEST = 0.5, 5.0  # points
EDGES = (-np.inf, -3, -2, -1, -0.5, -1e-9, 0.5, 1, 2, 3, np.inf)


def follow(judged: pd.DataFrame, targets: pd.DataFrame) -> pd.DataFrame:
    """Add to each judged target the one that the same place set for the year after.

    Parameters
    ----------
    judged : DataFrame
        As `judge` gives it.
    targets : DataFrame
        Targets of the same indicator that are taken, as `take_grades` gives them.

    Returns
    -------
    DataFrame
        All judged targets but those of the last year; `next` the stated number of the year after,
        `change` in points, `move` (lowered, kept, raised), NaN and blank where it is missing,
        `before` the change that led to the target itself, `cell` its level and year.

    Examples
    --------
    >>> judged = pd.DataFrame({"area_code_now": "430000", "level": "province", "year": [1, 2],
    ...                        "value": [9.0, 8.5]})
    >>> follow(judged, judged)[["next", "change", "move"]].values.tolist()
    [[8.5, -0.5, 'lowered']]
    """
    own = targets[[PLACE, "year", "value"]]
    after = own.assign(year=own["year"] - 1).rename(columns={"value": "next"})
    ahead = own.assign(year=own["year"] + 1).rename(columns={"value": "previous"})
    rows = judged[judged["year"] < targets["year"].max()]
    rows = rows.merge(after, on=[PLACE, "year"], how="left")
    rows = rows.merge(ahead, on=[PLACE, "year"], how="left")
    change = (rows["next"] - rows["value"]).astype(float).round(6)
    names = np.array(MOVES, dtype=object)[1 + np.sign(change.fillna(0)).astype(int)]
    move = pd.Series(names, index=rows.index, dtype=object).where(change.notna(), "")
    before = (rows["value"] - rows["previous"]).astype(float).round(6)
    cell = rows["level"] + rows["year"].astype(str)
    return rows.assign(change=change, move=move, before=before, cell=cell)


def _known(rows: pd.DataFrame, reading: str = "strict") -> pd.DataFrame:
    """Return the rows that have a verdict and a next target."""
    return rows.dropna(subset=["change", reading]).reset_index(drop=True)


def shares_after(rows: pd.DataFrame, *, reading: str = "strict") -> pd.DataFrame:
    """Return the percent of next targets raised, kept and lowered, after a hit and a miss.

    Returns
    -------
    DataFrame
        `after` (hit, miss), `move`, percent with its interval, `rows` of that kind.
    """
    known = _known(rows, reading)
    made = []
    for after, met in (("hit", 1), ("miss", 0)):
        kind = known[known[reading] == met]
        for move in MOVES:
            share = share_of(kind.assign(one=kind["move"] == move), "one")
            made.append({"after": after, "move": move} | share)
    return pd.DataFrame(made)


def measure_after(rows: pd.DataFrame, *, reading: str = "strict") -> pd.DataFrame:
    """Measure the change of the target after a hit, less that after a miss.

    Parameters
    ----------
    rows : DataFrame
        As `follow` gives it.
    reading : str
        strict or lenient.

    Returns
    -------
    DataFrame
        `specification` (what is held), the difference in points with its interval, `rows`; last
        the change that led up to the target, which no outcome of its year can have caused.
    """
    known = _known(rows, reading)
    made = [
        fit_terms(known, "change", [reading, *others], effects=effects)
        .iloc[:1]
        .assign(specification=name)
        for name, (effects, others) in SPECIFICATIONS.items()
    ]
    before = fit_terms(known, "before", [reading], effects=["cell"])
    made.append(before.assign(specification="the change before, same level and year"))
    found = pd.concat(made, ignore_index=True)
    return found[["specification", *found.columns.drop(["specification", "term"])]]


def place_others(
    rows: pd.DataFrame,
    *,
    others: Sequence[str] = (),
    tolerance: float = 0.5,
    turns: int = TURNS,
) -> dict[str, Any]:
    """Measure the same difference with outcomes of other places of the same level and year.

    Parameters
    ----------
    rows : DataFrame
        As `follow` gives it.
    others : sequence of str
        Columns that are held besides level and year, such as `value`, the target itself.
    tolerance : float
        As `judge` takes it.
    turns : int
        How many other places lend each place their outcome, one after another in the order of
        codes.

    Returns
    -------
    dict
        `value`, the mean difference in points over the turns; `low` and `high`, the least and the
        greatest; `rows`; `turns`. What is left of the difference with borrowed outcomes comes from
        the target alone.
    """
    known = _known(rows).sort_values(["cell", PLACE], ignore_index=True)
    lent = ["outcome", "outcome_low", "outcome_high", "outcome_qualifier"]
    size = known.groupby("cell")["cell"].transform("size")
    known = known[size > 1].reset_index(drop=True)
    if known.empty:
        return dict.fromkeys(("value", "low", "high"), np.nan) | {"rows": 0, "turns": 0}
    size, place = size[size > 1].to_numpy(), known.groupby("cell").cumcount().to_numpy()
    first = np.arange(len(known)) - place
    found = []
    for turn in range(1, min(turns, int(size.max()) - 1) + 1):
        source = first + (place - turn) % size
        borrowed = known.assign(**{name: known[name].to_numpy()[source] for name in lent})
        borrowed = borrowed[source != np.arange(len(known))]
        verdict = judge(borrowed, tolerance=tolerance)
        fitted = fit_terms(verdict, "change", ["strict", *others], effects=["cell"])
        found.append(fitted["value"].iloc[0])
    ends = {"value": np.nanmean(found), "low": np.nanmin(found), "high": np.nanmax(found)}
    ends = {name: round(float(end), 6) for name, end in ends.items()}
    return ends | {"rows": len(known), "turns": len(found)}


def measure_slopes(rows: pd.DataFrame) -> pd.DataFrame:
    """Measure how the next target moves with each point of surplus and of shortfall.

    Parameters
    ----------
    rows : DataFrame
        As `follow` gives it.

    Returns
    -------
    DataFrame
        `held`, `term` (a point of surplus, a point of shortfall, both less), slopes in points a
        point with their intervals. Both are signed so that a target that follows its outcome has
        a positive slope; the last is the one of surplus less the one of shortfall. Outcomes more
        than five points off are left out: few cells would decide the line, and misreadings are
        found among them most.
    """
    known = _known(rows)
    known = known[known["gap"].abs() <= WIDEST].reset_index(drop=True)
    known["surplus"] = known["gap"].clip(lower=0)
    known["shortfall"] = known["gap"].clip(upper=0)
    # With the whole gap beside it, the slope of surplus is what it has more than shortfall.
    known["more"] = known["surplus"]
    made = []
    for held, (effects, others) in list(SPECIFICATIONS.items())[1:]:
        both = fit_terms(known, "change", ["surplus", "shortfall", *others], effects=effects)
        more = fit_terms(known, "change", ["gap", "more", *others], effects=effects)
        made += [both.iloc[:2].assign(held=held), more.iloc[1:2].assign(held=held)]
    found = pd.concat(made, ignore_index=True)
    return found[["held", *found.columns.drop("held")]]


def measure_step(rows: pd.DataFrame) -> dict[str, float]:
    """Measure how much a miss by up to half a point differs from one by half to one point.

    Returns
    -------
    dict
        The difference of the next change in points within level and year, with its interval.
    """
    known = _known(rows)
    missed = known[(known["gap"] < 0) & (known["gap"] >= -2 * NEAR)]
    small = missed.assign(small=missed["gap"] >= -NEAR)
    return fit_terms(small, "change", ["small"], effects=["cell"]).iloc[0].to_dict()


def bin_gaps(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the mean change of the target by how far the outcome lay from it.

    Returns
    -------
    DataFrame
        `bin` (where it begins and ends, in points), `middle` (median gap of its rows), mean
        change less that of all places of the level and year with its interval, `rows`.
    """
    known = _known(rows)
    known["apart"] = known["change"] - known.groupby("cell")["change"].transform("mean")
    known["bin"] = pd.cut(known["gap"], list(EDGES), right=False)
    made = means_by(known, "apart", ["bin"])
    middle = known.groupby("bin", observed=True)["gap"].median()
    return made.assign(middle=made["bin"].map(middle).astype(float), bin=made["bin"].astype(str))


def compare_variants(rows: pd.DataFrame) -> pd.DataFrame:
    """Measure the difference within level and year again for parts of the rows.

    Returns
    -------
    DataFrame
        `variant`, difference in points with its interval, `rows`.
    """
    rows = rows.assign(stated=rows["wording"].isin(("at least", "bare")))
    parts = {
        "all pairs": rows,
        "grade A alone": rows[(rows["certainty"] == "A") & (rows["outcome_certainty"] == "A")],
        "provinces": rows[rows["level"] == "province"],
        "cities": rows[rows["level"] == "prefecture"],
        "bare or at least": rows[rows["stated"]],
        "not decided by rounding": rows[~rows["by_rounding"].astype(bool)],
        "within half a point of the target": rows[rows["gap"].abs() <= NEAR],
    }
    halves = _halve(rows)
    made = [
        fit_terms(_known(part), "change", ["strict"], effects=["cell"]).assign(variant=name)
        for name, part in (parts | halves).items()
    ]
    lenient = fit_terms(_known(rows, "lenient"), "change", ["lenient"], effects=["cell"])
    found = pd.concat([*made, lenient.assign(variant="lenient reading")], ignore_index=True)
    return found[["variant", *found.columns.drop(["variant", "term"])]]


def _halve(rows: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return the earlier and the later half of the rows, by their years."""
    if rows.empty:
        return {}
    middle = int(rows["year"].median())
    return {
        f"to {middle}": rows[rows["year"] <= middle],
        f"after {middle}": rows[rows["year"] > middle],
    }


def means_by_year(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the mean change of the target after a hit and after a miss, by level and year."""
    known = _known(rows)
    known["after"] = np.where(known["strict"] == 1, "hit", "miss")
    return means_by(known, "change", ["level", "year", "after"])


def name_missing(rows: pd.DataFrame) -> pd.DataFrame:
    """Say of each judged target whether the next one is missing."""
    return rows.assign(missing=np.where(rows["change"].isna(), "no next target read", ""))


def weigh_dropping(rows: pd.DataFrame, *, reading: str = "strict") -> pd.DataFrame:
    """Return what percent of rows would turn the sign of each difference if they were lost.

    Returns
    -------
    DataFrame
        `specification` and `to_turn` in percent.
    """
    known = _known(rows, reading)
    made = [
        {
            "specification": name,
            "to_turn": round(
                100 * drop_to_turn(known, "change", reading, effects=effects, others=others), 4
            ),
        }
        for name, (effects, others) in SPECIFICATIONS.items()
        if PLACE not in effects
    ]
    return pd.DataFrame(made)
