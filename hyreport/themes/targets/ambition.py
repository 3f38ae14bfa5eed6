"""Theme 2: the targets of 2018 against the actuals of 2017, like with like.

Ambition is defined only where target and actual measure the same: for rates and shares in one unit
target less actual in percentage points, its sign turned where lower is better; for counts and
levels the ratio. It is a distance between two printed numbers, never added up across indicators.
"""

import pandas as pd

from hyreport.data.figure import pick
from hyreport.numbers.rounding import Computed, compute, exactly, stated

WORDS = {-1: "below 2017", 0: "not told apart", 1: "above 2017"}
# The indicators of the one sentence that names the main expected goals, with short names.
HEADLINE = {
    "gdp": "GDP (real)",
    "budget_revenue": "General public budget revenue",
    "fixed_asset_investment": "Investment in fixed assets",
    "retail_sales": "Retail sales",
    "trade": "Imports and exports",
    "industrial_value_added": "Industrial value added (real)",
    "resident_income": "Income of all residents",
}
RANGE_END = r"\.(?:low|high)$"
PARTS = {"urban_income": "urban", "rural_income": "rural"}
SHORT_GRADES = {"yes": "like with like", "partly": "only partly", "no": "no 2017 rate"}
GRADES = (
    "comparable with a 2017 figure",
    "partly comparable",
    "2017 figure of another kind",
    "no 2017 figure printed",
)
DAYS = 365


def compare_targets(
    targets: pd.DataFrame, figures: pd.DataFrame, *, tolerance: float = 0.5
) -> pd.DataFrame:
    """Measure the ambition of each comparable target and say whether it lies above or below 2017.

    Parameters
    ----------
    targets, figures : DataFrame
        As `load_targets` and `load_figures` give them.
    tolerance : float
        Points read into 左右 (about) on either side by the lenient reading; the strict one takes
        the stated number. The rule is the project's own: we have read none that says how far.

    Returns
    -------
    DataFrame, shape (comparable targets, 21)
        `value`, `low`, `high` is the ambition, in percentage points or as a ratio (`unit`);
        `strict` and `lenient` say below 2017, above 2017, or not told apart by what rounding (and
        for lenient the tolerance) allows; `differs` marks where they disagree.

    Notes
    -----
    The stated number of the target is compared. A target printed with 以上 is a floor: the city
    may aim higher than the number it states.

    Examples
    --------
    >>> import hyreport as hy
    >>> table = compare_targets(hy.load_targets(), hy.load_figures())
    >>> table.query("target_id == 'gdp.growth.2018'")[["value", "unit"]].values.tolist()
    [[-0.5, 'percentage points']]
    """
    rows = []
    for pair in targets[targets["comparable"] == "yes"].to_dict("records"):
        ambition = measure_ambition(figures, pair["target_id"], pair["base_id"], pair["better"])
        slack = tolerance if pair["qualifier"] == "about" else 0
        readings = {
            "strict": _direction(pair["gap_low"], pair["gap_high"]),
            "lenient": _direction(pair["gap_low"] - slack, pair["gap_high"] + slack),
        }
        labels = {
            name: pair[name]
            for name in ("target_id", "name_en", "base_printed", "target_printed", "hedge")
        }
        name = f"ambition_{pair['target_id'].replace('.', '_')}"
        row = ambition.as_row(**labels, result=name)
        rows.append(row | readings | {"differs": readings["strict"] != readings["lenient"]})
    return pd.DataFrame(rows)


def measure_ambition(
    figures: pd.DataFrame, target_id: str, base_id: str, better: str = "higher"
) -> Computed:
    """Set one target against the actual that measures the same.

    Parameters
    ----------
    figures : DataFrame
        As `load_figures` gives it.
    target_id, base_id : str
        Figures of one unit; whether they may be compared is for the targets table to say.
    better : str
        higher or lower: where lower is better the sign of a difference is turned.

    Returns
    -------
    Computed
        In percentage points where the unit is percent, else a ratio. An end is open where the
        wording of the actual (多, 以上) leaves it open.

    Examples
    --------
    >>> import hyreport as hy
    >>> figures = hy.load_figures()
    >>> print(measure_ambition(figures, "scenic_3a.added.2018", "scenic_3a.added.2017"))
    0.67 [0.66, 0.67] ratio = target / actual
    """
    target, actual = exactly(pick(figures, target_id)), pick(figures, base_id)
    if target.unit == "percent":
        sign = 1 if better == "higher" else -1
        return compute(
            lambda target, actual: sign * (target - actual),
            target=target,
            actual=actual,
            unit="percentage points",
            formula="target − actual" if better == "higher" else "actual − target",
        )
    is_open = actual.high is None
    ratio = compute(
        lambda target, actual: target / actual,
        target=target,
        actual=exactly(actual) if is_open else actual,
        unit="ratio",
        formula="target / actual",
        decimals=2,
    )
    return ratio.at_most() if is_open else ratio


def _direction(low: float, high: float) -> str:
    """Name the sign of an interval; an open or straddling interval is not told apart."""
    return WORDS[int(low > 0) - int(high < 0)]


def headline_targets(targets: pd.DataFrame) -> pd.DataFrame:
    """Select the targets of the one sentence that names the main expected goals of the year.

    Parameters
    ----------
    targets : DataFrame
        As `load_targets` gives it.

    Returns
    -------
    DataFrame, shape (pairs, 26)
        Growth rates in percent; beside the columns of the targets table a short `label`, the
        `part` of residents that a 2017 figure is for, and the `grade` in words.
    """
    pairs = targets[_is_headline(targets)].reset_index(drop=True)
    return pairs.assign(
        label=_stem(pairs["target_id"]).map(HEADLINE),
        part=_stem(pairs["base_id"]).map(PARTS).fillna(""),
        grade=pairs["comparable"].map(SHORT_GRADES),
    )


def _is_headline(table: pd.DataFrame) -> pd.Series:
    return _stem(table["target_id"]).isin(HEADLINE)


def _stem(ids: pd.Series) -> pd.Series:
    return ids.str.split(".").str[0]


def count_wording(targets: pd.DataFrame) -> pd.DataFrame:
    """Count target numbers by the words that bound them and by how firmly they are set.

    Parameters
    ----------
    targets : DataFrame
        As `load_targets` gives it.

    Returns
    -------
    DataFrame, shape (qualifiers, 5)
        One row a `qualifier` that occurs, the most frequent first, the ends of ranges apart; the
        columns count numbers with no hedge, with 力争 or 争取 (strive), 确保 (ensure), and all.
    """
    numbers = targets.drop_duplicates("target_id")
    is_end = numbers["target_id"].str.contains(RANGE_END)
    counts = pd.crosstab(numbers["qualifier"].mask(is_end, "end of a range"), numbers["hedge"])
    counts = counts.reindex(columns=["", "strive", "ensure"], fill_value=0)
    counts = counts.set_axis(["no hedge", "strive", "ensure"], axis=1)
    counts = counts.assign(all=counts.sum(axis=1)).reset_index()
    return counts.sort_values(["all", "qualifier"], ascending=[False, True], ignore_index=True)


def grade_targets(targets: pd.DataFrame) -> pd.DataFrame:
    """Say of each target number how far a 2017 figure can be set beside it.

    Parameters
    ----------
    targets : DataFrame
        As `load_targets` gives it.

    Returns
    -------
    DataFrame, shape (target numbers, 6)
        `target_id, name_en, theme, target_printed, headline, grade`; one of `GRADES` each. A
        target with two 2017 figures is graded by the better one.
    """
    order = {"yes": 0, "partly": 1, "no": 2}
    best = targets.sort_values(
        "comparable", key=lambda column: column.map(order), kind="stable"
    ).drop_duplicates("target_id")
    grade = best["comparable"].map(dict(zip(order, GRADES, strict=False)))
    grade = grade.mask(best["base_id"] == "", GRADES[3])
    columns = ["target_id", "name_en", "theme", "target_printed"]
    graded = best[columns].assign(headline=_is_headline(best), grade=grade)
    return graded.sort_index().reset_index(drop=True)


def convert_air_quality(figures: pd.DataFrame, *, days: int = DAYS) -> pd.DataFrame:
    """Bring the share of good days in 2017 and the number of good days aimed at to one unit.

    Parameters
    ----------
    figures : DataFrame
        As `load_figures` gives it.
    days : int
        Days of the year; days without a valid measurement would make it fewer.

    Returns
    -------
    DataFrame, shape (4, 14)
        The days of the year, the share of 2017 in days, the target in percent, and their
        distance in points.

    Examples
    --------
    >>> import hyreport as hy
    >>> convert_air_quality(hy.load_figures())["value"].tolist()
    [365.0, 289.1, 82.2, 3.0]
    """
    share = pick(figures, "air_quality.share.2017")
    target = exactly(pick(figures, "air_quality.days.2018"))
    year = stated(days, unit="days", formula="days of the year")
    options = {"decimals": 1, "year": year}
    found = {
        "days of year": year,
        "good days in 2017": compute(
            lambda share, year: share * year / 100,
            share=share,
            unit="days",
            formula="share × days of the year",
            **options,
        ),
        "target as a share": compute(
            lambda target, year: 100 * target / year,
            target=target,
            unit="percent",
            formula="target / days of the year",
            **options,
        ),
        "target less 2017": compute(
            lambda share, target, year: 100 * target / year - share,
            share=share,
            target=target,
            unit="percentage points",
            formula="target as a share − share of 2017",
            **options,
        ),
    }
    rows = [
        number.as_row(
            quantity=quantity,
            reading=f"a year of {days} days",
            result=f"air_{quantity.replace(' ', '_')}",
        )
        for quantity, number in found.items()
    ]
    return pd.DataFrame(rows)
