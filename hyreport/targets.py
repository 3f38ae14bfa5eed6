"""Theme 2: the actuals of 2017 against the targets of 2018."""

import pandas as pd

WORDS = {-1: "below 2017", 0: "not told apart", 1: "above 2017"}


def compare_targets(targets: pd.DataFrame, *, tolerance: float = 0.5) -> pd.DataFrame:
    """Say for each comparable target whether it lies above or below the 2017 figure.

    Parameters
    ----------
    targets : DataFrame
        As `load_targets` gives it.
    tolerance : float
        Points read into 左右 (about) on either side; zero is the strict reading. The rule is the
        project's own: no published rule says how far 左右 reaches.

    Returns
    -------
    DataFrame
        The comparable pairs with `strict` and `lenient`: below 2017, above 2017, or not told
        apart by what rounding (and for lenient the tolerance) allows.

    Notes
    -----
    The stated number of the target is compared. A target printed with 以上 is a floor: the city
    may aim higher than the number it states.

    Examples
    --------
    >>> import hyreport as hy
    >>> compare_targets(hy.load_targets()).query("target_id == 'gdp.growth.2018'")["strict"].item()
    'below 2017'
    """
    rows = targets[targets["comparable"] == "yes"].copy()
    slack = tolerance * (rows["qualifier"] == "about")
    rows["strict"] = _directions(rows["gap_low"], rows["gap_high"])
    rows["lenient"] = _directions(rows["gap_low"] - slack, rows["gap_high"] + slack)
    return rows.reset_index(drop=True)


def _directions(low: pd.Series, high: pd.Series) -> list[str]:
    """Name the sign of an interval; an open or straddling interval is not told apart."""
    return [
        WORDS[int(lowest > 0) - int(highest < 0)] for lowest, highest in zip(low, high, strict=True)
    ]


def headline_targets(targets: pd.DataFrame) -> pd.DataFrame:
    """Select the targets of the one sentence that names the main expected goals of the year.

    Parameters
    ----------
    targets : DataFrame
        As `load_targets` gives it.

    Returns
    -------
    DataFrame
        The rows whose target is a growth rate of the economy, revenue, trade or income.
    """
    names = (
        "gdp",
        "budget_revenue",
        "fixed_asset_investment",
        "retail_sales",
        "trade",
        "industrial_value_added",
        "resident_income",
    )
    return targets[targets["target_id"].str.split(".").str[0].isin(names)].reset_index(drop=True)


def count_comparable(targets: pd.DataFrame) -> pd.DataFrame:
    """Count how many targets can be compared with a 2017 figure, and why the others cannot.

    Parameters
    ----------
    targets : DataFrame
        As `load_targets` gives it.

    Returns
    -------
    DataFrame, shape (4, 2)
        `outcome` and `targets`: a target with two 2017 figures counts once, by the better one.
    """
    order = {"yes": 0, "partly": 1, "no": 2}
    best = targets.sort_values("comparable", key=lambda column: column.map(order))
    best = best.drop_duplicates("target_id")
    outcome = best["comparable"].map(
        {"yes": "comparable with a 2017 figure", "partly": "partly comparable"}
    )
    outcome = outcome.fillna("2017 figure of another kind").mask(
        best["actual_id"] == "", "no 2017 figure printed"
    )
    counts = outcome.value_counts().rename_axis("outcome").reset_index(name="targets")
    return counts.sort_values(["targets", "outcome"], ascending=[False, True], ignore_index=True)
