"""Do targets grow down the tiers: each province beside the nation, each city beside its province.

A place is compared with the tier right above it in the same year, never a mean of some places with
a mean of others. The number compared is the one that must be reached first: the stated number, of
a range its lower end.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from hyreport.panel.ask import PANEL
from hyreport.panel.estimates import PLACE, fit_terms, mean_of, means_by, share_of, shares_by
from hyreport.panel.sample import (
    THROUGHOUT,
    balance,
    last_year,
    load_cells,
    span,
    take_grades,
    word,
)
from hyreport.panel.wrong import bound_share

__all__ = [
    "STEPS",
    "add_ons_by_year",
    "compare_indicators",
    "compare_variants",
    "find_gone",
    "pass_on",
    "range_of_upper",
    "shares_by_year",
    "split_by_year",
    "stack_tiers",
    "weigh_errors",
]


STEPS = {"province": "province less nation", "prefecture": "city less own province"}
SIDES = ("below", "equal", "above")
EQUAL = 1e-9
KEPT = [
    *("step", "level", "area", PLACE, "province", "year", "value", "value_high", "stretch_value"),
    *("as_printed", "wording", "certainty", "report", "upper_value", "upper_value_high"),
    *("upper_printed", "upper_wording", "upper_certainty", "upper_report", "add_on", "side"),
]


def stack_tiers(targets: pd.DataFrame) -> pd.DataFrame:
    """Set each target of a province or city beside that of the tier above it in the same year.

    Parameters
    ----------
    targets : DataFrame
        Cells that were found, as `take_grades` gives them.

    Returns
    -------
    DataFrame
        A row a place and year: `step`, `value` and `upper_value` in the unit of the indicator,
        `add_on` the one less the other, `side` of the tier above (above, equal, below), and how
        both are worded. Years in which the tier above prints no number are left out.

    Examples
    --------
    >>> targets = pd.DataFrame({
    ...     "level": ["nation", "province", "prefecture"], "area": ["n", "p", "c"],
    ...     "area_code_now": ["000000", "430000", "430400"], "year": 2018, "report": "",
    ...     "as_printed": "",
    ...     "province": ["000000", "430000", "430000"], "value": [6.5, 8.0, 8.0],
    ...     "value_high": None, "stretch_value": None, "qualifier": "about", "certainty": "A"})
    >>> stack_tiers(targets)[["step", "add_on", "side"]].values.tolist()
    [['province less nation', 1.5, 'above'], ['city less own province', 0.0, 'equal']]
    """
    rows = targets.assign(wording=word(targets)) if len(targets) else targets.assign(wording="")
    upper = rows[["province", "year", "level"]].assign(
        **{f"upper_{name}": rows[name] for name in ("value", "value_high", "wording")},
        upper_printed=rows["as_printed"],
        upper_certainty=rows["certainty"],
        upper_report=rows["report"],
    )
    nation = upper[upper["level"] == "nation"].drop(columns=["province", "level"])
    own = upper[upper["level"] == "province"].drop(columns="level")
    parts = [
        rows[rows["level"] == "province"].merge(nation, on="year"),
        rows[rows["level"] == "prefecture"].merge(own, on=["province", "year"]),
    ]
    joined = pd.concat([part for part in parts if len(part)] or parts[:1], ignore_index=True)
    add_on = (joined["value"] - joined["upper_value"]).astype(float).round(6)
    place = 1 + np.sign(add_on.where(add_on.abs() > EQUAL, 0)).astype(int)
    side = pd.Series(np.array(SIDES, dtype=object)[place], index=joined.index, dtype=object)
    joined = joined.assign(step=joined["level"].map(STEPS), add_on=add_on, side=side)
    order = {"by": ["level", PLACE, "year"], "ascending": [False, True, True]}
    return joined[KEPT].sort_values(**order, ignore_index=True, kind="stable")


def add_ons_by_year(steps: pd.DataFrame) -> pd.DataFrame:
    """Return the mean add-on of each step and year, with its interval.

    Cities of one province share the target they are compared with and count as one.
    """
    return means_by(steps, "add_on", ["step", "year"], cluster="province")


def shares_by_year(steps: pd.DataFrame) -> pd.DataFrame:
    """Return which percent of the places of each step and year lie above, equal and below.

    Returns
    -------
    DataFrame
        `step`, `year`, `side`, `value` in percent with its interval, `rows`.
    """
    made = []
    for side in SIDES:
        of_side = steps.assign(one=(steps["side"] == side).astype(float))
        made.append(
            shares_by(of_side, "one", ["step", "year"], cluster="province").assign(side=side)
        )
    return pd.concat(made, ignore_index=True)


def split_by_year(steps: pd.DataFrame) -> pd.DataFrame:
    """Split how far cities aim above the nation into what provinces and what cities add.

    Parameters
    ----------
    steps : DataFrame
        As `stack_tiers` gives it.

    Returns
    -------
    DataFrame
        By year, of the cities whose province stands beside the nation: `by_province`, `by_city`
        and their sum `total`, means in points, and the number of `cities`.
    """
    first = steps[steps["step"] == STEPS["province"]]
    first = first[["province", "year", "add_on"]].rename(columns={"add_on": "by_province"})
    cities = steps[steps["step"] == STEPS["prefecture"]].rename(columns={"add_on": "by_city"})
    both = cities.merge(first, on=["province", "year"])
    both["total"] = both["by_province"] + both["by_city"]
    means = both.groupby("year")[["by_province", "by_city", "total"]].mean().round(6)
    return means.assign(cities=both.groupby("year").size()).reset_index()


def pass_on(steps: pd.DataFrame) -> pd.DataFrame:
    """Measure how a target moves with a change of that above it, from one year to the next.

    Parameters
    ----------
    steps : DataFrame
        As `stack_tiers` gives it.

    Returns
    -------
    DataFrame
        `step`, and of the slope `value`, `low`, `high` in points a point. Cities are held against
        the cities of other provinces in the same year; provinces all stand beside one nation, so
        their years are not held.
    """
    rows = steps.sort_values([PLACE, "year"])
    last = rows[[PLACE, "step", "year", "value", "upper_value"]]
    last = last.assign(year=last["year"] + 1)
    moved = rows.merge(last, on=[PLACE, "step", "year"], suffixes=("", "_before"))
    moved["change"] = moved["value"] - moved["value_before"]
    moved["upper_change"] = moved["upper_value"] - moved["upper_value_before"]
    made = []
    for level, step in STEPS.items():
        of_step = moved[moved["step"] == step]
        held = ["year"] if level == "prefecture" else []
        cluster = "province" if held else "year"
        found = fit_terms(of_step, "change", ["upper_change"], effects=held, cluster=cluster)
        made.append(found.assign(step=step))
    return pd.concat(made, ignore_index=True)[["step", *found.columns.drop("term")]]


def compare_variants(cells: pd.DataFrame) -> pd.DataFrame:
    """Measure the add-ons again with other cells, other places and another reading of ranges.

    Parameters
    ----------
    cells : DataFrame
        All cells of the indicator, as `load_cells` gives them.

    Returns
    -------
    DataFrame
        `variant`, `step`, `span` from the first to the last, mean add-on with its interval in
        points, `above` the percent of places above the tier over them.
    """
    made = []
    for variant, steps in _vary(cells):
        for step in STEPS.values():
            rows = steps[steps["step"] == step]
            above = share_of(rows.assign(one=(rows["side"] == "above")), "one", cluster="province")
            mean = mean_of(rows, "add_on", cluster="province")
            named = {"variant": variant, "step": step, "span": span(rows["year"])}
            made.append(named | mean | {"above": above["value"]})
    return pd.DataFrame(made)


def _vary(cells: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame]]:
    """Yield each way to choose or read the cells, by its name."""
    steps = stack_tiers(take_grades(cells, "AB"))
    yield "grades A and B", steps
    yield "grade A alone", stack_tiers(take_grades(cells, "A"))
    yield "grades A, B and C", stack_tiers(take_grades(cells, "ABC"))
    balanced = [balance(steps[steps["step"] == step]) for step in STEPS.values()]
    yield THROUGHOUT, pd.concat(balanced)
    yield "both worded alike", steps[steps["wording"] == steps["upper_wording"]]
    for variant, lower, upper in (
        ("ranges at their middle", _middle(steps), _middle(steps, "upper_")),
        ("the number to strive for, where one is", steps["stretch_value"], steps["upper_value"]),
    ):
        add_on = (lower.fillna(steps["value"]) - upper).round(6)
        side = np.select([add_on > EQUAL, add_on < -EQUAL], ["above", "below"], "equal")
        yield variant, steps.assign(add_on=add_on, side=side)


def _middle(steps: pd.DataFrame, prefix: str = "") -> pd.Series:
    low, high = steps[f"{prefix}value"], steps[f"{prefix}value_high"]
    return (low + high.astype(float).fillna(low)) / 2


def compare_indicators(
    indicators: list[str], *, grades: str = "AB", panel: Path = PANEL
) -> pd.DataFrame:
    """Return the mean add-on of both steps for several indicators.

    Returns
    -------
    DataFrame
        `indicator`, `step`, mean add-on with its interval in points, `above` in percent, and of
        how many targets of the tier above (`uppers`).
    """
    made = []
    for indicator in indicators:
        steps = stack_tiers(take_grades(load_cells(indicator, panel=panel), grades))
        for step in STEPS.values():
            rows = steps[steps["step"] == step]
            mean = mean_of(rows, "add_on", cluster="province")
            above = 100 * (rows["side"] == "above").mean() if len(rows) else np.nan
            more = {"above": above, "uppers": rows["upper_report"].nunique()}
            made.append({"indicator": indicator, "step": step} | mean | more)
    return pd.DataFrame(made)


def weigh_errors(steps: pd.DataFrame, wrong: float) -> pd.DataFrame:
    """Say for each step what wrong cells could do to it.

    Parameters
    ----------
    steps : DataFrame
        As `stack_tiers` gives it.
    wrong : float
        Share of cells taken to be wrong, 0 to 1.

    Returns
    -------
    DataFrame
        `step`, `above` in percent as read, `above_low` and `above_high` however the wrong cells
        had fallen, and `to_turn`, the percent of rows whose loss would turn the sign of the mean.
    """
    made: list[dict[str, Any]] = []
    for step in STEPS.values():
        rows = steps[steps["step"] == step]
        if rows.empty:
            continue
        above = 100 * (rows["side"] == "above").mean()
        low, high = bound_share(above, wrong)
        turn = _mean_to_turn(rows["add_on"])
        ends = {"above": above, "above_low": low, "above_high": high}
        made.append({"step": step} | {k: round(v, 4) for k, v in ends.items()} | {"to_turn": turn})
    return pd.DataFrame(made, columns=["step", "above", "above_low", "above_high", "to_turn"])


def _mean_to_turn(values: pd.Series) -> float:
    """Return the percent of rows to drop, the farthest first, until the mean turns its sign."""
    ordered = np.sort(values.to_numpy() * np.sign(values.mean()))
    kept = int((np.cumsum(ordered) <= 0).sum())  # the smallest so many have no mean of this sign
    return round(100 * (1 - kept / len(ordered)), 4)


def range_of_upper(steps: pd.DataFrame) -> pd.DataFrame:
    """Return between which ends the mean lies when any one target of the tier above is left out.

    Returns
    -------
    DataFrame
        `step`, the mean as it is as `value`, the least and greatest without one as `low` and
        `high`.
    """
    made = []
    for level, step in STEPS.items():
        rows = steps[steps["step"] == step]
        keys = ["year"] if level == "province" else ["province", "year"]
        sums = rows.groupby(keys)["add_on"].agg(["sum", "size"])
        if len(sums) < 2:
            continue
        left = (rows["add_on"].sum() - sums["sum"]) / (len(rows) - sums["size"])
        ends = {"value": rows["add_on"].mean(), "low": left.min(), "high": left.max()}
        made.append({"step": step} | {name: round(end, 6) for name, end in ends.items()})
    return pd.DataFrame(made, columns=["step", "value", "low", "high"])


def find_gone(cells: pd.DataFrame, steps: pd.DataFrame) -> pd.DataFrame:
    """Return the add-ons of the year before, by what became of the target of the year.

    Parameters
    ----------
    cells : DataFrame
        All cells of the indicator, as `load_cells` gives them.
    steps : DataFrame
        As `stack_tiers` gives it.

    Returns
    -------
    DataFrame
        A row an add-on that has a year after it in the panel: `add_on`, `level`, `year`, and
        `missing`: blank, "target not read", or "no report".
    """
    after = cells.assign(year=cells["year"] - 1)[[PLACE, "year", "status"]]
    rows = steps[["level", PLACE, "province", "year", "add_on"]]
    rows = rows[rows["year"] < last_year(cells)].merge(after, on=[PLACE, "year"], how="left")
    gone = np.select(
        [rows["status"] == "found", rows["status"].isna()], ["", "no report"], "no target read"
    )
    return rows.assign(missing=gone).drop(columns="status")
