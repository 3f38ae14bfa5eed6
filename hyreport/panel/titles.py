"""Titles of the panel's charts: the finding of each, a sentence made from what it draws."""

import pandas as pd

from hyreport.panel.bunching import DIFFERENCE, OTHERS, OWN
from hyreport.panel.charts import PLURAL
from hyreport.panel.heaps import count_round
from hyreport.panel.names import name_indicator
from hyreport.panel.place import SIDES, count_sides
from hyreport.themes.look import write_number

__all__ = [
    "SOURCE",
    "say_bounds_chart",
    "say_composition_chart",
    "say_found_chart",
    "say_heaps_chart",
    "say_place_chart",
    "say_places_chart",
    "say_rates_chart",
    "say_spread_chart",
    "say_variants_chart",
]


SOURCE = (
    "Source: government work reports of the collection lawtext/gov, read by rules; own calculation."
)
HALF = 50


def say_places_chart(counts: pd.DataFrame) -> str:
    """Say in which years most places of each level below the nation have a report.

    Parameters
    ----------
    counts : DataFrame
        As `count_places` gives it.
    """
    said = []
    for level, rows in counts[counts["level"] != "nation"].groupby("level", sort=False):
        years = sorted(rows.loc[rows["share"] > HALF, "year"])
        if years:
            said.append(f"of {PLURAL[str(level)]} in {_say_spans(years)}")
    few = "In no year have more than half of the places a report"
    return f"More than half have a report: {'; '.join(said[::-1])}" if said else few


def _say_spans(years: list[int]) -> str:
    """Say years that follow one another as a span."""
    starts = [year for year in years if year - 1 not in years]
    ends = [year for year in years if year + 1 not in years]
    return ", ".join(
        f"{start}" if start == end else f"{start}–{end}"
        for start, end in zip(starts, ends, strict=True)
    )


def say_rates_chart(measured: pd.DataFrame) -> str:
    """Say the shares found and right of targets and outcomes.

    Parameters
    ----------
    measured : DataFrame
        As `measure_rates` gives it, not empty.
    """
    value = measured.set_index("result")["value"]
    said = []
    for kind, words in (("target", "targets"), ("actual", "outcomes")):
        keys = [f"rate_{name}_{kind}_all" for name in ("found", "right")]
        if all(key in value for key in keys):
            found, right = (write_number(value[key], 1) for key in keys)
            said.append(f"of {words} {found}% are found, {right}% of these right")
    words = "; ".join(said)
    return words[:1].upper() + words[1:]


def say_found_chart(counts: pd.DataFrame) -> str:
    """Say which indicators are found most and least often.

    Parameters
    ----------
    counts : DataFrame
        `indicator`, `years`, `cells`, `found`, as `count_cells` gives them.
    """
    sums = counts.groupby("indicator")[["cells", "found"]].sum()
    share = (100 * sums["found"] / sums["cells"]).sort_values(kind="stable")
    if share.empty:
        return "No cell has a value"
    most, least = str(share.index[-1]), str(share.index[0])
    return (
        f"Cells with a value go from {share.iloc[-1]:.0f}% ({name_indicator(most)}) down to "
        f"{share.iloc[0]:.0f}% ({name_indicator(least)})"
    )


def say_composition_chart(table: pd.DataFrame) -> str:
    """Say in which year the mean of all prefectures lies furthest from that of the steady ones.

    Parameters
    ----------
    table : DataFrame
        As `compare_composition` gives it.
    """
    gaps = (table["all_mean"] - table["steady_mean"]).where(table["steady_places"] >= 20).dropna()
    if gaps.empty:
        return "Too few prefectures have many years to compare"
    place = gaps.abs().idxmax()
    said = write_number(round(abs(float(gaps.loc[place])), 2), 2)
    year = int(table.loc[place, "year"])
    return f"The mean of all lies up to {said} points off that of the steady ones, in {year}"


def say_bounds_chart(bounds: pd.DataFrame) -> str:
    """Say where missing outcomes leave it open whether most targets were met.

    Parameters
    ----------
    bounds : DataFrame
        As `bound_attainment` gives it.
    """
    rows = bounds[bounds["with_outcome"] > 0]
    sure = int(((rows["lowest"] > HALF) | (rows["highest"] < HALF)).sum())
    return (
        f"In {len(rows) - sure} of {len(rows)} spans of five years missing outcomes leave open "
        "whether half of the targets were met"
    )


def say_spread_chart(measured: pd.DataFrame) -> str:
    """Say the share of close outcomes at or above their target, beside other places'.

    Parameters
    ----------
    measured : DataFrame
        As `measure_just_met` gives it.
    """
    if measured.empty:
        return "No outcome lies close to its target"
    value = measured.set_index("what")["value"]
    return (
        f"Of outcomes within half a point of the target {value[OWN]:.0f}% lie at or above "
        f"it; with other places' outcomes it would be {value[OTHERS]:.0f}%"
    )


def say_heaps_chart(heaps: pd.DataFrame) -> str:
    """Say how many targets and outcomes are whole or half numbers.

    Parameters
    ----------
    heaps : DataFrame
        As `count_heaps` gives it.
    """
    value = {key: 100 * hits / n for key, (hits, n) in count_round(heaps).items() if n}
    if not {"target", "actual"} <= set(value):
        return "Too few values to see whole and half numbers heap"
    return (
        f"{value['target']:.0f}% of targets are whole or half numbers, of outcomes printed with a "
        f"decimal {value['actual']:.0f}%"
    )


def say_variants_chart(variants: pd.DataFrame) -> str:
    """Say in how many parts own outcomes reach the target clearly more or less often than others'.

    Parameters
    ----------
    variants : DataFrame
        As `measure_variants` gives it.
    """
    rows = variants[variants["what"] == DIFFERENCE]
    above, below = int((rows["low"] > 0).sum()), int((rows["high"] < 0).sum())
    return (
        f"In {above} of {len(rows)} parts own outcomes clearly reach the target more often, in "
        f"{below} less"
    )


def say_place_chart(name: str, beside: pd.DataFrame, *, kind: str = "target") -> str:
    """Say on which side of its peers a place's targets or outcomes lay.

    Parameters
    ----------
    name : str
        The place.
    beside : DataFrame
        As `stand_among_peers` gives it.
    kind : str
        target or actual.
    """
    words = "targets" if kind == "target" else "first-reported outcomes"
    counts = count_sides(beside).set_index("kind")
    if kind not in counts.index or not counts.loc[kind].sum():
        return f"{name}: no {words} with peers to stand beside"
    row = {side: int(counts.loc[kind, side]) for side in SIDES}
    return (
        f"{name}'s {words} lay above the median of its peers in {row['above']} of "
        f"{sum(row.values())} years, at it in {row['at']}, below in {row['below']}"
    )
