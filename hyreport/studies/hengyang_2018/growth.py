"""How the story of growth changes with the vintage by which it is told.

The formulas stand in growth.csv, over `[printed]` and `{outside}` figures.
"""

from pathlib import Path

import pandas as pd

from hyreport.data.formulas import evaluate_row
from hyreport.data.report import Report
from hyreport.numbers.computed import Computed
from hyreport.words.tables import read_rows

__all__ = ["BREAKING", "first_and_later_level", "growth_by_levels", "implied_growth_2017"]

# Series that break off before the target year, so that they get scenarios and no forecast.
BREAKING = ("local_budget_revenue", "retail_sales", "fixed_asset_investment")
LABELS = ("date", "levels", "basis", "quantity")
ROWS = {row["result"]: row for row in read_rows(Path(__file__).with_suffix(".csv"))}


def growth_by_levels(report: Report) -> pd.DataFrame:
    """Divide GDP levels of different vintages, to show what becomes of growth.

    Parameters
    ----------
    report : Report

    Returns
    -------
    DataFrame
        One row a pair of levels: nominal change in percent, the real growth printed for the year,
        and the change of prices that both together would mean, each with what rounding allows.

    Notes
    -----
    The report's level of 2017 was later revised; how and why is not established. A level may be
    divided only by one of its own vintage, and no two here are known to be.

    Examples
    --------
    >>> table = growth_by_levels(Report("hengyang-2018"))
    >>> table.query("quantity == 'change of levels'")["value"].tolist()
    [11.9, 2.4, 4.3, -4.6]
    """
    made = []
    for result, row in ROWS.items():
        if row["levels"]:
            labels = {name: row[name] for name in LABELS}
            made.append(evaluate_row(row, report.number).as_row(**labels, result=result))
    return pd.DataFrame(made)


def implied_growth_2017(report: Report) -> Computed:
    """Compute which growth in 2017 the average of five years, printed in 2021, leaves.

    Parameters
    ----------
    report : Report

    Returns
    -------
    Computed
        In percent, if the average and the other four years are on one basis.

    Notes
    -----
    The fifth power of (1 + average) over the product of (1 + growth) in 2016, 2018, 2019 and 2020.

    Examples
    --------
    >>> print(implied_growth_2017(Report("hengyang-2018")).value)
    8.3
    """
    return evaluate_row(ROWS["growth_2017_left"], report.number)


def first_and_later_level(report: Report) -> Computed:
    """Compute by how much the GDP level of 2014 moved from its first release to the yearbook.

    Parameters
    ----------
    report : Report

    Returns
    -------
    Computed
        In percent of the first release.

    Examples
    --------
    >>> print(first_and_later_level(Report("hengyang-2018")).value)
    0.041
    """
    return evaluate_row(ROWS["gdp_2014_revision"], report.number)
