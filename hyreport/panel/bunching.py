"""Just met: outcomes around the target, against what printed decimals alone would give."""

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from hyreport.numbers.rounding import stated
from hyreport.panel.ask import PANEL, ask
from hyreport.panel.placebo import draw_placebo
from hyreport.panel.sampling import TIMES, bootstrap_interval, sampled
from hyreport.themes.overview.wording import link_result, name_result

__all__ = [
    "count_near",
    "load_gaps",
    "measure_equal",
    "measure_just_met",
    "measure_variants",
    "say_equal",
    "say_just_met",
    "say_unclear",
    "spread_gaps",
]


HUNDRED = 100
WINDOW = 50  # hundredths of a point on either side

POINTS = "percentage points"
NOT_EQUAL = "without outcomes equal to the target"
WIDTHS = (20, HUNDRED)
OWN, OTHERS, DIFFERENCE = "own outcomes", "other places' outcomes", "difference"
# What follows the name of a table in the names of its results.
SHORT = {OWN: "own", OTHERS: "others", DIFFERENCE: "difference", "pairs": "pairs"}
FLOORS = ("at_least", "more_than")
PARTS = {
    "level: nation": "the nation",
    "level: province": "provinces",
    "level: prefecture": "prefectures",
    "target: at least": "targets worded as a floor (以上)",
    "target: about": "targets worded as about (左右)",
    "target: a number alone": "targets of a number alone",
}


def load_gaps(indicator: str = "gdp.growth", *, panel: Path = PANEL) -> pd.DataFrame:
    """Return targets beside their first-reported outcomes as whole hundredths, with decimals.

    Parameters
    ----------
    indicator : str
        A headline indicator in percent of which more is better.
    panel : Path
        Folder of the panel.

    Returns
    -------
    DataFrame
        `area_code_now, level, year, target_qualifier`; `aim`, `outcome` and `gap` (outcome less
        target) in hundredths; `digits`, the decimals that the outcome is printed with.

    Notes
    -----
    Left out: grade C, outcomes that are themselves worded as a bound or as about, ranges of
    outcomes, and outcomes printed with more than two decimals. Of a range aimed at, the lower end
    is taken.
    """
    sql = """
        select area, area_code_now, level, year::int as year, target_qualifier,
            round(target_value * 100)::int as aim, round(outcome_value * 100)::int as outcome,
            round(-log10(outcome_high - outcome_low))::int as digits
        from pairs
        where indicator = ? and certainty <> 'C' and outcome_qualifier = 'exact'
            and outcome_high > outcome_low and outcome_high - outcome_low < 1.5
        order by level, year, area_code_now
    """
    table = ask(sql, indicator, panel=panel)
    table = table[table["digits"].between(0, 2)].reset_index(drop=True)
    return table.assign(gap=table["outcome"] - table["aim"])


def count_near(
    gaps: pd.DataFrame, window: int = WINDOW, *, with_equal: bool = True
) -> pd.DataFrame:
    """Tell of each pair whether the outcome lies just at or above its target, or just below.

    Parameters
    ----------
    gaps : DataFrame
        As `load_gaps` gives it.
    window : int
        Width on either side, in hundredths of a point.
    with_equal : bool
        Whether an outcome equal to the target counts as above; without, both sides are open.

    Returns
    -------
    DataFrame
        `above` (0 up to the window), `below` (as much below), 0 or 1; `others_above` and
        `others_below`, how likely the outcome of another place would be; `place`. Pairs without
        another place of their level and year are left out.
    """
    start, end = (0, -window) if with_equal else (1, 1 - window)
    placebo = draw_placebo(gaps, np.array([end, 0, start, window]))
    gap = gaps["gap"]
    return pd.DataFrame(
        {
            "above": ((gap >= start) & (gap < window)).astype(float),
            "below": ((gap < 0) & (gap >= end)).astype(float),
            "others_above": placebo[:, 2],
            "others_below": placebo[:, 0],
            "place": gaps["area_code_now"],
        },
        index=gaps.index,
    ).dropna()


def _part(sums: np.ndarray) -> np.ndarray:
    return 100 * sums[:, 0] / (sums[:, 0] + sums[:, 1])


def measure_just_met(
    gaps: pd.DataFrame, *, window: int = WINDOW, times: int = TIMES
) -> pd.DataFrame:
    """Measure which part of outcomes close to the target lies at or above it, beside others'.

    Parameters
    ----------
    gaps : DataFrame
        As `load_gaps` gives it.
    window : int
        Width on either side, in hundredths of a point.
    times : int
        Draws of whole places, of which the intervals are.

    Returns
    -------
    DataFrame
        Computed numbers, a row each: own outcomes and other places' outcomes (in percent), their
        difference (in points), and `pairs`, how many outcomes are close. Empty where none is.
    """
    words = f"{window / HUNDRED:g} points on either side"
    return _measure(count_near(gaps, window), "just_met", words, times)


def _measure(near: pd.DataFrame, name: str, words: str, times: int) -> pd.DataFrame:
    """Measure the shares of pairs that `count_near` told apart."""
    counts = near[["above", "below", "others_above", "others_below"]]
    both = counts.sum().to_numpy()
    if not both[:2].sum() or not both[2:].sum():
        return pd.DataFrame()
    statistics = {
        OWN: ("percent", _part, "at or above the target, of own outcomes close to it"),
        OTHERS: ("percent", lambda sums: _part(sums[:, 2:]), "the same of other places' outcomes"),
        DIFFERENCE: (POINTS, lambda sums: _part(sums) - _part(sums[:, 2:]), "own less others'"),
    }
    rows = []
    for key, (unit, statistic, of) in statistics.items():
        value = statistic(both[None, :])[0]
        low, high = bootstrap_interval(counts, near["place"], statistic, times=times)
        formula = f"{of}, {words}; places drawn {times} times"
        number = sampled(value, min(low, value), max(high, value), unit=unit, formula=formula)
        rows.append(number.as_row(what=key, result=f"{name}_{SHORT[key]}"))
    pairs = stated(int(both[:2].sum()), unit="pairs", formula=f"close to the target, {words}")
    return pd.DataFrame([*rows, pairs.as_row(what="pairs", result=f"{name}_pairs")])


def measure_equal(gaps: pd.DataFrame, *, times: int = TIMES) -> pd.DataFrame:
    """Measure which part of all outcomes equals the target to the last printed digit.

    Parameters
    ----------
    gaps : DataFrame
        As `load_gaps` gives it.
    times : int
        Draws of whole places.

    Returns
    -------
    DataFrame
        Own outcomes and other places' in percent, their difference in points, a row each; empty
        without pairs.
    """
    placebo = pd.Series(draw_placebo(gaps, np.array([0, 1]))[:, 0], index=gaps.index)
    table = pd.DataFrame({"equal": gaps["gap"] == 0, "placebo": placebo, "all": 1.0}).dropna()
    if table.empty:
        return pd.DataFrame()
    clusters = gaps.loc[table.index, "area_code_now"]
    statistics = {
        OWN: ("percent", lambda sums: 100 * sums[:, 0] / sums[:, 2]),
        OTHERS: ("percent", lambda sums: 100 * sums[:, 1] / sums[:, 2]),
        DIFFERENCE: (POINTS, lambda sums: 100 * (sums[:, 0] - sums[:, 1]) / sums[:, 2]),
    }
    rows = []
    for key, (unit, statistic) in statistics.items():
        value = statistic(table.to_numpy(dtype=float).sum(axis=0, keepdims=True))[0]
        low, high = bootstrap_interval(table, clusters, statistic, times=times)
        formula = f"outcomes equal to the target, {key}; places drawn {times} times"
        number = sampled(value, min(low, value), max(high, value), unit=unit, formula=formula)
        rows.append(number.as_row(what=key, result=f"equal_{SHORT[key]}"))
    return pd.DataFrame(rows)


def measure_variants(gaps: pd.DataFrame, *, times: int = TIMES) -> pd.DataFrame:
    """Measure the same for parts of the pairs and other windows, to see what it hangs on.

    Parameters
    ----------
    gaps : DataFrame
        As `load_gaps` gives it.
    times : int
        Draws of whole places.

    Returns
    -------
    DataFrame
        The rows of `measure_just_met` for each `variant`: levels, decades, wording of the target,
        decimals of the outcome, windows, and without outcomes that equal the target.
    """
    half = f"{WINDOW / HUNDRED:g} points on either side"
    near = count_near(gaps)
    made = [
        _measure(near[rows.loc[near.index]], _name(words), half, times).assign(variant=words)
        for words, rows in _list_parts(gaps).items()
    ]
    others = {NOT_EQUAL: count_near(gaps, with_equal=False)}
    others |= {f"window: {width / HUNDRED:.1f} points": count_near(gaps, width) for width in WIDTHS}
    made += [
        _measure(rows, _name(words), words, times).assign(variant=words)
        for words, rows in others.items()
    ]
    filled = [table[[*table.columns[-1:], *table.columns[:-1]]] for table in made if len(table)]
    return pd.concat(filled, ignore_index=True) if filled else pd.DataFrame()


def _list_parts(gaps: pd.DataFrame) -> dict[str, pd.Series]:
    """Return which pairs belong to each part."""
    decade, words = gaps["year"] // 10 * 10, gaps["target_qualifier"]
    parts = {f"level: {level}": gaps["level"] == level for level in gaps["level"].unique()}
    parts |= {f"years: {start}s": decade == start for start in sorted(decade.unique())}
    parts |= {"target: at least": words.isin(FLOORS), "target: about": words == "about"}
    parts |= {"target: a number alone": words == "exact"}
    return parts | {"outcome printed with a decimal": gaps["digits"] > 0}


def _name(words: str) -> str:
    return name_result("just_met", words.replace(".", "_"))


def spread_gaps(gaps: pd.DataFrame, *, most: float = 3.0, step: float = 0.1) -> pd.DataFrame:
    """Count outcomes by their distance from the target, beside what other places would give.

    Parameters
    ----------
    gaps : DataFrame
        As `load_gaps` gives it.
    most : float
        Points on either side.
    step : float
        Width of a bin in points.

    Returns
    -------
    DataFrame
        `distance` (lower edge of a bin, points), `pairs`, `others` (pairs expected with others').
    """
    edges = np.arange(round(-most * HUNDRED), round((most + step) * HUNDRED), round(step * HUNDRED))
    placebo = np.nansum(draw_placebo(gaps, edges), axis=0)
    counts, _ = np.histogram(gaps["gap"], [*edges[:-1] - 0.5, edges[-1] - 0.5])
    table = pd.DataFrame({"distance": edges[:-1] / HUNDRED, "pairs": counts, "others": placebo})
    return table.round({"others": 4})


def say_equal(equal: pd.DataFrame, variants: pd.DataFrame) -> str:
    """Say how many outcomes equal their target, and what is left of the step without them.

    Parameters
    ----------
    equal : DataFrame
        As `measure_equal` gives it.
    variants : DataFrame
        As `measure_variants` gives it.
    """
    if equal.empty:
        return ""
    row = {row["what"]: link_result(row) for row in equal.to_dict("records")}
    said = (
        f"To the last printed digit {row[OWN]}% of all outcomes equal their target; other places' "
        f"would in {row[OTHERS]}%."
    )
    if len(variants):
        rest = variants[variants["variant"] == NOT_EQUAL].to_dict("records")
        left = {row["what"]: link_result(row) for row in rest}
        if left:
            said += (
                f" Without the equal ones {left[OWN]}% of the close outcomes lie above the target; "
                f"of other places' {left[OTHERS]}% would."
            )
    return said


def say_just_met(measured: pd.DataFrame) -> str:
    """Say how outcomes close to the target lie, and how they would if they were others'.

    Parameters
    ----------
    measured : DataFrame
        As `measure_just_met` gives it.
    """
    if measured.empty:
        return "No outcome lies close to its target, so nothing can be said."
    rows = {row["what"]: row for row in measured.to_dict("records")}
    ends = {key: _say_ends(rows[key]) for key in (OWN, OTHERS, DIFFERENCE)}
    value = {key: link_result(row) for key, row in rows.items()}
    by = f"{value[DIFFERENCE]} points fewer {ends[DIFFERENCE]}"
    if rows[DIFFERENCE]["low"] <= 0:
        far = "lower" if rows[DIFFERENCE]["high"] < 0 else "not clearly higher or lower"
        by = f"the own share is {far}, by {value[DIFFERENCE]} points {ends[DIFFERENCE]}"
    return (
        f"Of {value['pairs']} first-reported outcomes within half a point of their target "
        f"{value[OWN]}% {ends[OWN]} lie at or above it. Had each place the outcome of another of "
        f"its level and year, printed with its own decimals, {value[OTHERS]}% {ends[OTHERS]} "
        f"would: {by}."
    )


def _say_ends(row: dict[str, Any]) -> str:
    return f"({link_result(row, 'low')} to {link_result(row, 'high')})"


def say_unclear(variants: pd.DataFrame) -> str:
    """Say for which levels and wordings of the target alone the difference may be chance.

    Parameters
    ----------
    variants : DataFrame
        As `measure_variants` gives it.
    """
    if variants.empty:
        return ""
    rows = variants[(variants["what"] == DIFFERENCE) & (variants["low"] <= 0)]
    said = [
        f"{PARTS[row['variant']]} {link_result(row)} {_say_ends(row)}"
        for row in rows[rows["high"] >= 0].to_dict("records")
        if row["variant"] in PARTS
    ]
    return f"Alone, these show no clear difference, in points: {', '.join(said)}." if said else ""
