"""The results of the page on tiers, and the titles of its charts."""

from typing import Any

import pandas as pd

from hyreport.panel.estimates import PLACE, fit_terms, mean_of, share_of
from hyreport.panel.sample import FEW, THROUGHOUT, name_indicator
from hyreport.panel.tiers import (
    SIDES,
    STEPS,
    add_ons_by_year,
    pass_on,
    range_of_upper,
    split_by_year,
    weigh_errors,
)
from hyreport.panel.words import Results
from hyreport.themes.look import write_number

__all__ = [
    "list_results",
    "title_add_ons",
    "title_indicators",
    "title_sides",
    "title_split",
    "title_spread",
]


SHORT = {STEPS["province"]: "province", STEPS["prefecture"]: "city"}
VARIANTS = {
    "grade A alone": "grade_a",
    THROUGHOUT: "balanced",
    "both worded alike": "alike",
}


def list_results(
    steps: pd.DataFrame,
    variants: pd.DataFrame,
    *,
    wrong: float,
    order: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Collect what the sentences of the page say, a result a row.

    Parameters
    ----------
    steps, variants : DataFrame
        As `stack_tiers` and `compare_variants` give them.
    wrong : float
        Share of cells taken to be wrong.
    order : DataFrame, optional
        As `order_dates` gives it.

    Returns
    -------
    DataFrame
        Computed numbers, with the `year` of those that are of one.
    """
    results = Results("tiers")
    results.wrong(wrong)
    results.count("few", FEW, "provinces that a year must have to be counted", unit="provinces")
    for step, name in SHORT.items():
        rows = steps[steps["step"] == step]
        if len(rows):
            _add_step(results, rows, name, step)
            _add_years(results, rows, name, step)
    _add_sureness(results, steps, wrong)
    _add_variants(results, variants)
    _add_order(results, order)
    split = split_by_year(steps)
    split = split[split["cities"] >= 2 * FEW]
    for name, rows in (("first", split.head(1)), ("last", split.tail(1))):
        for row in rows.to_dict("records"):
            words = f"mean over {row['cities']} cities of target less the nation's"
            results.add(f"{name}_total", {"value": row["total"], "year": row["year"]}, words)
    return results.table()


def _add_variants(results: Results, variants: pd.DataFrame) -> None:
    for row in variants.to_dict("records"):
        first, _, last = row["span"].partition("-")
        # A run of few years says little of all: it stands in the table alone.
        if row["variant"] == THROUGHOUT and not (last and int(last) - int(first) >= FEW - 1):
            continue
        if row["variant"] in VARIANTS:
            name = f"{SHORT[row['step']]}_{VARIANTS[row['variant']]}"
            words = f"mean of {row['step']}, {row['variant']}"
            results.add(name, row | {"year": row["span"]}, words)


def _add_order(results: Results, order: pd.DataFrame | None) -> None:
    if order is None:
        return
    for step, name in SHORT.items():
        share = share_of(order[order["step"] == step], "before", cluster="province")
        words = f"reports delivered before that of the tier above of the year, {step}"
        results.add(f"{name}_before", share, words, unit="percent", decimals=1)


def _add_step(results: Results, rows: pd.DataFrame, name: str, step: str) -> None:
    results.add(f"{name}_mean", mean_of(rows, "add_on", cluster="province"), f"mean of {step}")
    for side in SIDES:
        share = share_of(rows.assign(one=rows["side"] == side), "one", cluster="province")
        words = f"targets {side} that of the tier above, {step}"
        results.percent(f"{name}_{side}", share, words)
    results.count(f"{name}_places", rows[PLACE].nunique(), f"places, {step}", unit="places")
    results.count(f"{name}_pairs", len(rows), f"pairs, {step}", unit="pairs")
    decades = rows.assign(decade=(rows["year"] - rows["year"].min()) / 10)
    slope = fit_terms(decades, "add_on", ["decade"], effects=[PLACE], cluster="province")
    words = f"change of {step} in ten years, each place against itself"
    results.add(f"{name}_trend", slope.iloc[0].to_dict(), words)


def _add_years(results: Results, rows: pd.DataFrame, name: str, step: str) -> None:
    years = add_ons_by_year(rows)
    years = years[years["clusters"] >= FEW]
    if years.empty:
        return
    above = int((years["low"] > 0).sum())
    what = f"years with {FEW} provinces or more, {step}"
    results.count(f"{name}_years", len(years), what, unit="years")
    words = f"{what} and an interval above nought"
    results.count(f"{name}_years_above", above, words, unit="years")
    picked: dict[str, Any] = {
        "first": years.iloc[0],
        "most": years.loc[years["value"].idxmax()],
        "latest": years.iloc[-1],
    }
    for which, row in picked.items():
        results.add(f"{name}_{which}", row.to_dict(), f"mean of {step} in {int(row['year'])}")


def _add_sureness(results: Results, steps: pd.DataFrame, wrong: float) -> None:
    for row in weigh_errors(steps, wrong).to_dict("records"):
        ends = {"value": row["above"], "low": row["above_low"], "high": row["above_high"]}
        words = f"targets above that of the tier above, {row['step']}, whichever cells are wrong"
        results.percent(f"{SHORT[row['step']]}_above_bounds", ends, words)
        words = f"pairs to drop, the widest first, until the mean of {row['step']} turns its sign"
        results.percent(f"{SHORT[row['step']]}_to_turn", row["to_turn"], words)
    for row in range_of_upper(steps).to_dict("records"):
        words = f"mean of {row['step']} without any one target of the tier above"
        results.add(f"{SHORT[row['step']]}_upper", row, words)
    for row in pass_on(steps).to_dict("records"):
        words = f"change of a target by each point of change of the one above, {row['step']}"
        results.add(f"{SHORT[row['step']]}_pass_on", row, words, unit="points a point")


def title_add_ons(found: pd.DataFrame, indicator: str) -> str:
    """Return the title of the chart of add-ons by year."""
    rows = found.set_index("result")["value"]
    need = [f"tiers_{who}_{what}" for who in ("province", "city") for what in ("most", "latest")]
    if not set(need) <= set(rows.index):
        return f"Too few targets of {name_indicator(indicator)} of two tiers to compare"
    years = found.set_index("result")["year"]
    said = [
        f"{who} {write_number(rows[f'tiers_{name}_latest'], 2, sign='+')} points in "
        f"{int(years[f'tiers_{name}_latest'])}, at most "
        f"{write_number(rows[f'tiers_{name}_most'], 2, sign='+')} in "
        f"{int(years[f'tiers_{name}_most'])}"
        for name, who in (("province", "provinces on the nation"), ("city", "cities on provinces"))
    ]
    return f"What each tier adds: {said[0]}; {said[1]}"


def title_sides(found: pd.DataFrame) -> str:
    """Return the title of the chart of sides."""
    rows = found.set_index("result")["value"]
    if not {"tiers_city_above", "tiers_city_below"} <= set(rows.index):
        return "Too few targets of cities and their provinces to compare"
    return (
        f"{rows['tiers_city_above']:.0f}% of city targets lie above that of the province, "
        f"{rows['tiers_city_equal']:.0f}% are the same, {rows['tiers_city_below']:.0f}% lie below"
    )


def title_split(split: pd.DataFrame) -> str:
    """Return the title of the chart that splits the way from the nation to the cities."""
    if split.empty:
        return "Too few years in which all three tiers print a target"
    more = int((split["by_city"] > split["by_province"]).sum())
    return (
        f"In {more} of {len(split)} years cities added more to their province's target than "
        "provinces to the nation's"
    )


def title_spread(steps: pd.DataFrame) -> str:
    """Return the title of the chart of the spread of city add-ons, by period."""
    if steps.empty:
        return "Too few targets of cities and their provinces to compare"
    same = steps.assign(same=steps["side"] == "equal").groupby("period")["same"].mean() * 100
    first, last = same.index[0], same.index[-1]
    return (
        f"Same number as the province: {same[first]:.0f}% of cities in {first}, "
        f"{same[last]:.0f}% in {last}"
    )


def title_indicators(compared: pd.DataFrame) -> str:
    """Return the title of the chart of several indicators."""
    if compared.empty:
        return "Too few targets of two tiers to compare"
    above = int((compared["low"] > 0).sum())
    return f"Lower tiers aim clearly higher in {above} of {len(compared)} comparisons"
