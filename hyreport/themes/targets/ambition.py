"""The targets against the base year, like with like; and how firmly they are worded.

Ambition is defined only where target and actual measure the same: for rates and shares in one unit
target less actual in percentage points, its sign turned where lower is better; for counts and
levels the ratio. It is a distance between two printed numbers, never added up across indicators.
"""

from dataclasses import replace

import pandas as pd

from hyreport.data.report import Report
from hyreport.numbers.rounding import Computed, compute, exactly
from hyreport.themes.targets.scoreboard import HEADLINE, READINGS, find_stem, scoreboard

__all__ = ["compare_targets", "count_wording", "headline_targets", "measure_ambition"]


RANGE_END = r"\.(?:low|high)$"
PARTS = {"urban_income": "urban", "rural_income": "rural"}
SHORT_GRADES = {"yes": "like with like", "partly": "only partly", "no": "no {year} rate"}


def compare_targets(report: Report, *, tolerance: float = 0.5) -> pd.DataFrame:
    """Measure the ambition of each comparable target and say whether it lies above the base year.

    Parameters
    ----------
    report : Report
    tolerance : float
        Points read into 左右 (about) on either side by the lenient reading; the strict one takes
        the stated number. The rule is the project's own: we have read none that says how far.

    Returns
    -------
    DataFrame, shape (comparable targets, 21)
        `value`, `low`, `high` is the ambition, in percentage points or as a ratio (`unit`);
        `strict` and `lenient` say below or above the base year, or not told apart by what rounding
        (and for lenient the tolerance) allows; `differs` marks where they disagree.

    Notes
    -----
    The stated number of the target is compared. A target printed with 以上 is a floor: the city
    may aim higher than the number it states.

    Examples
    --------
    >>> table = compare_targets(Report("hengyang-2018"))
    >>> table.query("target_id == 'gdp.growth.2018'")[["value", "unit"]].values.tolist()
    [[-0.5, 'percentage points']]
    """
    board = scoreboard(report, tolerance=tolerance)
    rows = []
    for pair in board[board["base_comparable"] == "yes"].to_dict("records"):
        ambition = measure_ambition(report, pair["target_id"], pair["base_id"], pair["better"])
        names = ("target_id", "name_en", "base_printed", "target_printed", "hedge")
        labels = {name: pair[name] for name in names}
        readings = {reading: pair[f"ambition_{reading}"] for reading in READINGS}
        result = f"ambition_{pair['target_id'].replace('.', '_')}"
        differs = {"differs": readings["strict"] != readings["lenient"]}
        rows.append(ambition.as_row(**labels, result=result) | readings | differs)
    return pd.DataFrame(rows)


def measure_ambition(
    report: Report, target_id: str, base_id: str, better: str = "higher"
) -> Computed:
    """Set one target against the actual that measures the same.

    Parameters
    ----------
    report : Report
    target_id, base_id : str
        Figures of one unit; whether they may be compared is for the targets table to say.
    better : str
        higher or lower: where lower is better the sign of a difference is turned.

    Returns
    -------
    Computed
        In percentage points where the unit is percent, else a ratio. An end is open where the
        wording of the actual (多, 以上, 左右) leaves one open.

    Examples
    --------
    >>> report = Report("hengyang-2018")
    >>> print(measure_ambition(report, "scenic_3a.added.2018", "scenic_3a.added.2017"))
    0.67 [0.66, 0.67] ratio = target / actual
    """
    target, actual = exactly(report.figure(target_id)), report.figure(base_id)
    base = exactly(actual) if None in (actual.low, actual.high) else actual
    sign = -1 if better == "lower" and target.unit == "percent" else 1
    if target.unit == "percent":
        ambition = compute(
            lambda target, actual: sign * (target - actual),
            target=target,
            actual=base,
            unit="percentage points",
            formula="target − actual" if sign > 0 else "actual − target",
        )
    else:
        ambition = compute(
            lambda target, actual: target / actual,
            target=target,
            actual=base,
            unit="ratio",
            formula="target / actual",
            decimals=2,
        )
    # The higher the actual, the less is aimed at, unless the sign is turned.
    no_low, no_high = (actual.high is None, actual.low is None)[::sign]
    if no_low and no_high:
        exact = (ambition.unrounded[0], None, None)
        return replace(ambition, low=None, high=None, unrounded=exact)
    if no_low:
        return ambition.at_most()
    return ambition.at_least() if no_high else ambition


def headline_targets(report: Report) -> pd.DataFrame:
    """Select the targets of the one sentence that names the main expected goals of the year.

    Parameters
    ----------
    report : Report

    Returns
    -------
    DataFrame, shape (pairs, 26)
        Growth rates in percent; beside the columns of the targets table a short `label`, the
        `part` of residents that a figure of the base year is for, and the `grade` in words.

    Examples
    --------
    >>> headline_targets(Report("hengyang-2018"))[["label", "grade"]].iloc[-1].tolist()
    ['Income of all residents', 'only partly']
    """
    label = report.targets["target_id"].map(find_stem).map(HEADLINE)
    pairs = report.targets.assign(label=label).dropna(subset="label")
    grades = {code: words.format(year=report.base_year) for code, words in SHORT_GRADES.items()}
    part = pairs["base_id"].map(find_stem).map(PARTS).fillna("")
    return pairs.assign(part=part, grade=pairs["comparable"].map(grades)).reset_index(drop=True)


def count_wording(report: Report) -> pd.DataFrame:
    """Count target numbers by the words that bound them and by how firmly they are set.

    Parameters
    ----------
    report : Report

    Returns
    -------
    DataFrame, shape (qualifiers, 5)
        One row a `qualifier` that occurs, the most frequent first, the ends of ranges apart; the
        columns count numbers with no hedge, with 力争 or 争取 (strive), 确保 (ensure), and all.

    Examples
    --------
    >>> count_wording(Report("hengyang-2018")).astype(str).iloc[0].tolist()
    ['at_least', '7', '7', '1', '15']
    """
    numbers = report.targets.drop_duplicates("target_id")
    is_end = numbers["target_id"].str.contains(RANGE_END)
    counts = pd.crosstab(numbers["qualifier"].mask(is_end, "end of a range"), numbers["hedge"])
    counts = counts.reindex(columns=["", "strive", "ensure"], fill_value=0)
    counts = counts.set_axis(["no hedge", "strive", "ensure"], axis=1)
    counts = counts.assign(all=counts.sum(axis=1)).reset_index()
    return counts.sort_values(["all", "qualifier"], ascending=[False, True], ignore_index=True)
