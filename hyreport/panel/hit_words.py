"""The results of the page on targets met and missed."""

import pandas as pd

from hyreport.panel.estimates import PLACE, mean_of, share_of, shares_by
from hyreport.panel.hits import READINGS, bound_missing, weigh_errors
from hyreport.panel.words import Results

__all__ = ["list_results"]


FEW = 20  # targets that the share of a year must rest on to be named
VARIANTS = {
    "grade A alone": "grade_a",
    "the same places throughout": "balanced",
    "ranges at their upper end": "upper",
}


def list_results(
    judged: pd.DataFrame,
    *,
    named: pd.DataFrame,
    compared: pd.DataFrame,
    variants: pd.DataFrame,
    choices: dict[str, float],
) -> pd.DataFrame:
    """Collect what the sentences of the page say, a result a row.

    Parameters
    ----------
    judged, named, compared, variants : DataFrame
        As `judge`, `name_missing`, `compare_wordings` and `compare_variants` give them.
    choices : dict
        `wrong`, the share of cells taken to be wrong, `tolerance` in points, and `grid`, the
        percent of targets on whole and half numbers.

    Returns
    -------
    DataFrame
        Computed numbers, with the `year` of those that are of one.
    """
    results, choice = Results("hits"), "a choice of this page"
    wrong = round(100 * choices["wrong"], 6)
    results.count("wrong", wrong, choice, unit="percent of cells")
    results.count("tolerance", choices["tolerance"], choice, unit="percentage points")
    results.percent("grid", choices["grid"], "targets that are whole or half numbers")
    if judged["strict"].notna().any():
        results.count("pairs", len(judged), "pairs", unit="pairs")
        judgeable, what = (
            int(judged["strict"].notna().sum()),
            "pairs whose words leave nothing open",
        )
        results.count("judged", judgeable, what, unit="pairs")
        results.count("places", judged[PLACE].nunique(), "places", unit="places")
        _add_shares(results, judged)
        _add_years(results, judged)
        _add_missing(results, judged, named)
        _add_wording(results, compared)
    for row in weigh_errors(judged, choices["wrong"]).to_dict("records"):
        words = f"targets met, {row['reading']} reading, if {wrong:g} percent of cells are wrong"
        results.percent(f"{row['reading']}_wrong", row, words)
    for row in variants.to_dict("records"):
        if row["variant"] in VARIANTS:
            name = f"{row['reading']}_{VARIANTS[row['variant']]}"
            results.percent(name, row, f"targets met, {row['variant']}")
    return results.table()


def _add_shares(results: Results, judged: pd.DataFrame) -> None:
    levels = {"": judged, "_province": judged[judged["level"] == "province"]}
    levels["_city"] = judged[judged["level"] == "prefecture"]
    for reading in READINGS:
        for suffix, rows in levels.items():
            share = share_of(rows, reading, cluster="province")
            results.percent(f"{reading}{suffix}", share, f"targets met, {reading} reading")
    words = "pairs whose target lies within what rounding of the outcome allows"
    results.percent("by_rounding", share_of(judged, "by_rounding", cluster="province"), words)
    gap = mean_of(judged, "gap", cluster="province")
    results.add("gap", gap, "mean of outcome less target")


def _add_years(results: Results, judged: pd.DataFrame) -> None:
    years = shares_by(judged, "strict", ["year"], cluster="province")
    years = years[years["rows"] >= FEW]
    if years.empty:
        return
    for which, end in (("best", years["value"].max()), ("worst", years["value"].min())):
        row = years[years["value"] == end].iloc[-1]
        results.percent(which, row.to_dict(), "targets met, strict reading")
    most, what = int((years["value"] > 50).sum()), f"years with {FEW} pairs or more"
    results.count("years", len(years), what, unit="years")
    results.count("years_most", most, f"{what}, more than half of them met", unit="years")


def _add_missing(results: Results, judged: pd.DataFrame, named: pd.DataFrame) -> None:
    gone = share_of(named.assign(one=named["missing"] != ""), "one", cluster="province")
    results.percent("missing", gone, "targets without an outcome")
    for reading in READINGS:
        low, high = bound_missing(judged, named, reading)
        ends = {"value": 100 * judged[reading].mean(), "low": low, "high": high}
        words = f"targets met, {reading} reading, whatever the missing outcomes were"
        results.percent(f"{reading}_any", ends, words)


def _add_wording(results: Results, compared: pd.DataFrame) -> None:
    for reading in READINGS:
        rows = compared[compared["outcome"] == reading].set_index("wording")
        firm, soft = rows.loc["at least"], rows.loc["about"]
        for name, made, words in (
            ("firm_raw", firm["share"] - soft["share"], "all years together"),
            ("firm", firm.to_dict(), "among targets of one level and year"),
        ):
            formula = f"share met, at least less about, {words}"
            results.add(f"{name}_{reading}", made, formula, decimals=0)
