"""The results of the page on targets met and missed."""

import pandas as pd

from hyreport.panel.estimates import PLACE, mean_of, share_of, shares_by
from hyreport.panel.hit_missing import UNREPORTED, bound_missing
from hyreport.panel.hits import READINGS, compare_levels, weigh_errors
from hyreport.panel.sample import FEW as RUN
from hyreport.panel.sample import THROUGHOUT, compare_missing
from hyreport.panel.words import Results

__all__ = ["list_results"]


CROWD = 3
FEW = 20  # targets that the share of a year must rest on to be named
VARIANTS = {
    "grade A alone": "grade_a",
    THROUGHOUT: "balanced",
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
    results = Results("hits")
    results.wrong(choices["wrong"])
    words = "how far 左右 (about) reaches by the lenient reading: a choice of the page's first cell"
    results.count("tolerance", choices["tolerance"], words, unit="percentage points")
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
        words = f"targets met, {row['reading']} reading, whichever cells are wrong"
        results.percent(f"{row['reading']}_wrong", row, words)
    _add_variants(results, variants)
    return results.table()


def _add_variants(results: Results, variants: pd.DataFrame) -> None:
    for row in variants.to_dict("records"):
        first, _, last = row["span"].partition("-")
        # A run of few years says little of all: it stands in the table alone.
        if row["variant"] == THROUGHOUT and not (last and int(last) - int(first) >= RUN - 1):
            continue
        if row["variant"] in VARIANTS:
            name = f"{row['reading']}_{VARIANTS[row['variant']]}"
            words = f"targets met, {row['reading']} reading, {row['variant']}"
            results.percent(name, row | {"year": row["span"]}, words)


def _add_shares(results: Results, judged: pd.DataFrame) -> None:
    levels = {"": ("all", judged)}
    levels["_province"] = "provinces", judged[judged["level"] == "province"]
    levels["_city"] = "cities", judged[judged["level"] == "prefecture"]
    for reading in READINGS:
        for suffix, (who, rows) in levels.items():
            share = share_of(rows, reading, cluster="province")
            results.percent(f"{reading}{suffix}", share, f"targets met, {reading} reading, {who}")
        words = f"share met, provinces less cities in the same years, {reading} reading"
        results.add(f"level_{reading}", compare_levels(judged, reading=reading), words, decimals=1)
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
        words = f"targets met, strict reading, the {which} year"
        results.percent(which, row.to_dict(), words)
    words = f"mean of the shares of years with {FEW} pairs or more, strict reading"
    results.percent("year_mean", years["value"].mean(), words)
    _add_crowd(results, judged)
    most, what = int((years["value"] > 50).sum()), f"years with {FEW} pairs or more"
    results.count("years", len(years), what, unit="years")
    results.count("years_most", most, f"{what}, more than half of them met", unit="years")


def _add_crowd(results: Results, judged: pd.DataFrame) -> None:
    """Add the three years in a row that most pairs are of."""
    counts = judged.dropna(subset=["strict"]).groupby("year").size()
    counts = counts.reindex(range(counts.index.min(), counts.index.max() + 1), fill_value=0)
    runs = counts.rolling(CROWD).sum().dropna()
    if runs.empty:
        return
    last = int(runs.idxmax())
    row = {"value": 100 * runs.max() / counts.sum(), "year": f"{last - CROWD + 1}-{last}"}
    results.percent("crowd", row, f"pairs of the {CROWD} years in a row that hold most")


def _add_missing(results: Results, judged: pd.DataFrame, named: pd.DataFrame) -> None:
    gone = share_of(named.assign(one=named["missing"] != ""), "one", cluster="province")
    results.percent("missing", gone, "targets without an outcome")
    if len(named):
        unjudged = 100 * (1 - judged["strict"].notna().sum() / len(named))
        results.percent("unjudged", unjudged, "targets without a verdict")
    apart = compare_missing(named, "value", missing="missing", cluster="province")
    for row in apart[apart["missing"] == UNREPORTED].to_dict("records"):
        words = (
            "targets without a report of the year after less those of level and year with outcome"
        )
        results.add("unreported", row, words)
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
            formula = f"share met, at least less about, {words}, {reading} reading"
            results.add(f"{name}_{reading}", made, formula, decimals=0)
