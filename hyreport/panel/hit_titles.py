"""The titles of the charts of targets met and missed: each says what its chart shows."""

import pandas as pd

from hyreport.panel.hits import WORDINGS
from hyreport.panel.sample import FEW, name_indicator
from hyreport.panel.words import find

__all__ = [
    "title_gaps",
    "title_heat",
    "title_indicators",
    "title_met",
    "title_mix",
    "title_wordings",
]


def title_met(found: pd.DataFrame, indicator: str) -> str:
    """Return the title of the chart of shares by year."""
    best, worst = find(found, "hits_best"), find(found, "hits_worst")
    if not best:
        return f"Too few targets of {name_indicator(indicator)} with an outcome to compare"
    return (
        f"Targets of {name_indicator(indicator)} met as stated: {best['value']:.0f}% in "
        f"{int(best['year'])}, {worst['value']:.0f}% in {int(worst['year'])}"
    )


def title_mix(mix: pd.DataFrame) -> str:
    """Return the title of the chart of wordings by year."""
    counts = mix[mix["rows"] >= 2 * FEW]
    if counts.empty:
        return "Too few targets to compare how they are worded"
    of_cities = counts[counts["level"] == counts["level"].mode().iloc[0]]
    first, last = of_cities.iloc[0], of_cities.iloc[-1]
    name, then = (max(WORDINGS, key=lambda kind: row[kind]) for row in (first, last))
    who = {"province": "provinces", "prefecture": "cities"}.get(first["level"], "places")
    return (
        f"Most used by {who} in {int(first['year'])}: {name} ({first[name]:.0f}%), in "
        f"{int(last['year'])}: {then} ({last[then]:.0f}%)"
    )


def title_heat(shares: pd.DataFrame, *, reading: str = "strict", few: int = FEW) -> str:
    """Return the title of the chart of shares by wording and period."""
    rows = shares[(shares["reading"] == reading) & (shares["rows"] >= few)]
    wide = rows.pivot(index="period", columns="wording", values="value")
    if not {"at least", "about"} <= set(wide):
        return "Too few wordings to compare within a period"
    both = wide[["at least", "about"]].dropna()
    more = int((both["at least"] > both["about"]).sum())
    return (
        f'In {more} of {len(both)} periods targets with "at least" were met more often than those '
        'with "about"'
    )


def title_wordings(found: pd.DataFrame) -> str:
    """Return the title of the chart that compares wordings within level and year."""
    raw, within = find(found, "hits_firm_raw_strict"), find(found, "hits_firm_strict")
    if not raw:
        return "Too few wordings to compare within a year"
    return (
        f'"At least" against "about": {raw["value"]:+.0f} points over all years, '
        f"{within['value']:+.0f} within level and year"
    ).replace("-", "−")


def title_gaps(judged: pd.DataFrame) -> str:
    """Return the title of the chart of how far outcomes lay from targets."""
    if judged.empty:
        return "No target has an outcome"
    of_provinces = judged[judged["level"] == "province"]
    if of_provinces.empty:
        return "No target of a province has an outcome"
    middle = of_provinces.groupby("period")["gap"].median()
    first, last = middle.index[0], middle.index[-1]
    return (
        f"Provinces: middle outcome {middle[first]:+.1f} points from its target in {first}, "
        f"{middle[last]:+.1f} in {last}"
    ).replace(" -", " −")


def title_indicators(found: pd.DataFrame) -> str:
    """Return the title of the chart of several indicators."""
    rows = found[found["reading"] == "strict"]
    if rows.empty:
        return "Too few targets with an outcome to compare"
    best, worst = rows.loc[rows["value"].idxmax()], rows.loc[rows["value"].idxmin()]
    who = {"province": "provinces", "prefecture": "cities", "nation": "nation"}
    said = [
        f"{name_indicator(row['indicator'])} of {who[row['level']]} ({row['value']:.0f}%)"
        for row in (best, worst)
    ]
    return f"Share met as stated: from {said[1]} to {said[0]}"
