"""Did targets come true: each beside what the report of the year after printed for its year.

Two readings. *Strict* takes the stated numbers: a target is met where the outcome as printed is at
or above it (at or below it for a ceiling). *Lenient* lets no miss rest on rounding or on a word:
the farther end of what the outcome's print allows counts, and besides it 左右 (about) reaches a
tolerance far, half a point unless said, once where target and outcome both have it. Nothing
published says how far it reaches; nearly all targets are whole or half numbers, so with more than
half a point a target would not differ from the next one in use. Of a range the end that is reached
first counts. Outcomes are as first reported.
"""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd

from hyreport.panel.ask import PANEL
from hyreport.panel.estimates import PLACE, fit_terms, share_of, shares_by
from hyreport.panel.sample import (
    CEILINGS,
    THROUGHOUT,
    balance,
    every,
    load_cells,
    span,
    take_grades,
    word,
)
from hyreport.panel.wrong import bound_share

__all__ = [
    "READINGS",
    "WORDINGS",
    "compare_indicators",
    "compare_levels",
    "compare_variants",
    "compare_wordings",
    "judge",
    "mix_by_year",
    "pair_cells",
    "share_on_grid",
    "shares_by_wording",
    "shares_by_year",
    "weigh_errors",
]


READINGS = ("strict", "lenient")
WORDINGS = ("at least", "bare", "range", "about", "other")
# Outcomes whose wording leaves the upper or the lower end open.
OPEN_ABOVE = ("at_least", "more_than")
OPEN_BELOW = ("at_most", "less_than", "nearly")
GRADES = {"AB": "grades A and B", "A": "grade A alone", "ABC": "grades A, B and C"}
TINY, FAR = 1e-9, 10.0


def pair_cells(targets: pd.DataFrame, outcomes: pd.DataFrame) -> pd.DataFrame:
    """Set each target beside what the report of the year after printed for its year.

    Parameters
    ----------
    targets, outcomes : DataFrame
        Cells of one indicator, as `take_grades` gives them: of kind target and of kind actual.

    Returns
    -------
    DataFrame
        A row a place and year that has both. Of the target `value`, `value_high`, `qualifier`,
        `hedge`, `stretch_value`; of the outcome `outcome`, `outcome_low`, `outcome_high`,
        `outcome_qualifier`; of each its grade and report; `wording` of the target.
    """
    columns = ["value", "low", "high", "qualifier", "certainty", "report", "as_printed"]
    named = {name: "outcome" if name == "value" else f"outcome_{name}" for name in columns}
    came = outcomes[[PLACE, "year", *columns]].rename(columns=named)
    aimed = targets.assign(wording=word(targets) if len(targets) else "")
    pairs = aimed.merge(came, on=[PLACE, "year"], how="inner")
    return pairs.sort_values([PLACE, "year"], ignore_index=True, kind="stable")


def judge(pairs: pd.DataFrame, *, tolerance: float = 0.5) -> pd.DataFrame:
    """Say of each target whether it was met, by both readings.

    Parameters
    ----------
    pairs : DataFrame
        As `pair_cells` gives it.
    tolerance : float
        Points that 左右 reaches by the lenient reading, be it in target, outcome or both.

    Returns
    -------
    DataFrame
        The pairs with `strict` and `lenient` (1 met, 0 missed, NaN where the outcome's wording
        leaves it open), `gap` (points by which the outcome is ahead of the target; of a ceiling,
        below it), `by_rounding` (the stated number lies within what rounding of the outcome
        allows) and `period`.

    Examples
    --------
    >>> pairs = pd.DataFrame({
    ...     "indicator": "gdp.growth", "level": "province", "year": 2018,
    ...     "value": [8, 8, 8.0, 8], "value_high": np.nan, "outcome": [8.1, 7.6, 7.96, 7.5],
    ...     "qualifier": ["at_least", "about", "exact", "exact"],
    ...     "outcome_low": [8.05, 7.55, 7.955, 7], "outcome_high": [8.15, 7.65, 7.965, 8],
    ...     "outcome_qualifier": "exact"})
    >>> judge(pairs)[["strict", "lenient"]].values.tolist()
    [[1.0, 1.0], [0.0, 1.0], [0.0, 0.0], [0.0, 1.0]]
    """
    sign = np.where(pairs["indicator"].isin(CEILINGS), -1.0, 1.0)
    aim = pairs["value"].where(sign > 0, pairs["value_high"].astype(float).fillna(pairs["value"]))
    gap = (sign * (pairs["outcome"] - aim)).astype(float).round(6)
    far = pairs["outcome_high"].where(sign > 0, pairs["outcome_low"]).fillna(pairs["outcome"])
    worded = pairs["outcome_qualifier"]
    slack = tolerance * ((pairs["qualifier"] == "about") | (worded == "about")).astype(float)
    reach = (sign * (far - aim)).astype(float).round(6).where(worded == "exact", gap) + slack
    above = pairs["qualifier"] == "more_than"
    strict = (gap > TINY).where(above, gap >= -TINY)
    verdicts = {"strict": strict.astype(float), "lenient": (reach >= -TINY).astype(float)}
    for reading, met in verdicts.items():
        verdicts[reading] = met.mask(_is_open(pairs, gap, sign, met))
    within = (worded == "exact") & (pairs["outcome_low"] < aim) & (aim <= pairs["outcome_high"])
    return pairs.assign(gap=gap, by_rounding=within, period=every(pairs["year"]), **verdicts)


def _is_open(pairs: pd.DataFrame, gap: pd.Series, sign: np.ndarray, met: pd.Series) -> pd.Series:
    """Say where the wording of outcome or target leaves open whether the target was met."""
    worded = pairs["outcome_qualifier"]
    better = np.where(sign > 0, worded.isin(OPEN_ABOVE), worded.isin(OPEN_BELOW))
    worse = np.where(sign > 0, worded.isin(OPEN_BELOW), worded.isin(OPEN_ABOVE))
    # A floor cannot be judged by a target that is a ceiling, and the other way round.
    turned = np.where(
        sign > 0,
        pairs["qualifier"].isin(("at_most", "less_than")),
        pairs["qualifier"].isin(OPEN_ABOVE),
    )
    is_nearly = (worded == "nearly") & (gap <= TINY)
    return (better & (met == 0)) | (worse & (gap >= -TINY) & ~is_nearly) | turned.astype(bool)


def shares_by_year(judged: pd.DataFrame) -> pd.DataFrame:
    """Return the percent of targets that were met by level, year and reading.

    Cities of one province may err together and count as one for the interval.
    """
    parts = [
        shares_by(judged, reading, ["level", "year"], cluster=_cluster(judged)).assign(
            reading=reading
        )
        for reading in READINGS
    ]
    return pd.concat(parts, ignore_index=True)


def _cluster(judged: pd.DataFrame) -> str:
    return "province" if "province" in judged else PLACE


def compare_levels(judged: pd.DataFrame, *, reading: str = "strict") -> dict[str, float]:
    """Compare the percent of targets met by provinces with that of cities in the same years.

    Returns
    -------
    dict
        Provinces less cities in percentage points, with its interval. City reports are mostly of
        late years, so that shares over all years compare years as well.
    """
    rows = judged[judged["level"].isin(("province", "prefecture"))]
    rows = rows.assign(met=100 * rows[reading], above=rows["level"] == "province")
    found = fit_terms(rows, "met", ["above"], effects=["year"], cluster=_cluster(rows))
    return found.iloc[0].to_dict()


def mix_by_year(judged: pd.DataFrame) -> pd.DataFrame:
    """Count how targets are worded, by level and year.

    Returns
    -------
    DataFrame
        `level`, `year`, a column of percent for each of `WORDINGS`, and `rows`.
    """
    counts = judged.groupby(["level", "year", "wording"]).size().unstack("wording", fill_value=0)
    counts = counts.reindex(columns=list(WORDINGS), fill_value=0)
    rows = counts.sum(axis=1)
    shares = (100 * counts.div(rows, axis=0)).round(4)
    return shares.assign(rows=rows).rename_axis(columns=None).reset_index()


def shares_by_wording(judged: pd.DataFrame) -> pd.DataFrame:
    """Return the percent of targets met by wording and period, by both readings."""
    parts = [
        shares_by(judged, reading, ["wording", "period"], cluster=_cluster(judged)).assign(
            reading=reading
        )
        for reading in READINGS
    ]
    return pd.concat(parts, ignore_index=True)


def compare_wordings(judged: pd.DataFrame, *, base: str = "about") -> pd.DataFrame:
    """Compare wordings and hedges among targets of the same level and year.

    Parameters
    ----------
    judged : DataFrame
        As `judge` gives it.
    base : str
        The wording that the others are compared with; hedges are compared with none.

    Returns
    -------
    DataFrame
        `outcome` (strict and lenient in percent, gap in points), `wording`, `share` or mean as it
        stands, and `value` with its interval: the difference from the base within level and year.

    Notes
    -----
    Wording changed with the years, and so did growth: shares that pool years mix the two.
    """
    kinds = [kind for kind in WORDINGS if kind != base]
    terms = {kind: judged["wording"] == kind for kind in kinds}
    terms |= {hedge: judged["hedge"] == hedge for hedge in ("ensure", "strive")}
    rows = judged.assign(**{name: held.astype(float) for name, held in terms.items()})
    rows["cell"] = rows["level"] + rows["year"].astype(str)
    made = []
    for outcome, scale in (("strict", 100), ("lenient", 100), ("gap", 1)):
        measured = rows.assign(**{outcome: scale * rows[outcome]})
        cluster = _cluster(measured)
        found = fit_terms(measured, outcome, list(terms), effects=["cell"], cluster=cluster)
        decided = measured.dropna(subset=[outcome])
        plain = {name: decided.loc[decided[name] == 1, outcome] for name in terms}
        found["share"] = [plain[name].mean() for name in found["term"]]
        found["of"] = [len(plain[name]) for name in found["term"]]
        of_base = decided.loc[decided["wording"] == base, outcome]
        zero = {"term": base, "value": 0.0, "share": of_base.mean(), "of": len(of_base)}
        made.append(pd.concat([found, pd.DataFrame([zero])]).assign(outcome=outcome))
    return pd.concat(made, ignore_index=True).rename(columns={"term": "wording"})


def compare_variants(
    targets: pd.DataFrame, outcomes: pd.DataFrame, *, tolerance: float = 0.5
) -> pd.DataFrame:
    """Measure the share met again with other cells, places and readings.

    Returns `variant`, `reading`, `span` from the first to the last, percent met with its
    interval, `rows`.
    """
    made = []
    for variant, judged in _vary(targets, outcomes, tolerance):
        for reading in READINGS:
            share = share_of(judged, reading, cluster="province")
            years = span(judged["year"])
            made.append({"variant": variant, "reading": reading, "span": years} | share)
    return pd.DataFrame(made)


def _vary(
    targets: pd.DataFrame, outcomes: pd.DataFrame, tolerance: float
) -> Iterator[tuple[str, pd.DataFrame]]:
    """Yield each way to choose or read the pairs, by its name."""
    pairs = {
        grades: pair_cells(take_grades(targets, grades), take_grades(outcomes, grades))
        for grades in GRADES
    }
    for grades, name in GRADES.items():
        yield name, judge(pairs[grades], tolerance=tolerance)
    both = pairs["AB"]
    yield THROUGHOUT, judge(balance(both), tolerance=tolerance)
    yield "provinces alone", judge(both[both["level"] == "province"], tolerance=tolerance)
    yield "cities alone", judge(both[both["level"] == "prefecture"], tolerance=tolerance)
    near = both[(both["outcome"] - both["value"]).abs() < FAR]
    yield "outcomes less than ten points off", judge(near, tolerance=tolerance)
    firm = both[both["wording"].isin(("at least", "bare"))]
    yield "worded bare or as at least", judge(firm, tolerance=tolerance)
    upper = both.assign(value=both["value_high"].astype(float).fillna(both["value"]))
    yield "ranges at their upper end", judge(upper, tolerance=tolerance)
    stretch = both[both["stretch_value"].notna()]
    yield (
        "the number to strive for, where one is",
        judge(
            stretch.assign(value=stretch["stretch_value"], qualifier="exact"), tolerance=tolerance
        ),
    )


def compare_indicators(
    indicators: list[str], *, grades: str = "AB", tolerance: float = 0.5, panel: Path = PANEL
) -> pd.DataFrame:
    """Return the percent of targets met by indicator, level and reading."""
    made = []
    for indicator in indicators:
        cells = [load_cells(indicator, kind, panel=panel) for kind in ("target", "actual")]
        pairs = pair_cells(*(take_grades(each, grades) for each in cells))
        judged = judge(pairs, tolerance=tolerance)
        for reading in READINGS:
            for level, rows in judged.groupby("level"):
                share = share_of(rows, reading, cluster="province")
                made.append({"indicator": indicator, "level": level, "reading": reading} | share)
    columns = ["indicator", "level", "reading", "value", "low", "high", "rows", "clusters"]
    return pd.DataFrame(made, columns=columns)


def share_on_grid(targets: pd.DataFrame, step: float = 0.5) -> float:
    """Return the percent of targets that are whole multiples of a step."""
    parts = targets["value"].astype(float) / step
    return round(100 * float((parts.round(6) % 1 == 0).mean()), 4) if len(parts) else np.nan


def weigh_errors(judged: pd.DataFrame, wrong: float) -> pd.DataFrame:
    """Return for each reading the percent met, and its ends however wrong cells had fallen."""
    made = []
    for reading in READINGS:
        share = 100 * judged[reading].mean()
        low, high = bound_share(share, wrong)
        ends = {"value": share, "low": low, "high": high}
        made.append({"reading": reading} | {name: round(end, 4) for name, end in ends.items()})
    return pd.DataFrame(made)
