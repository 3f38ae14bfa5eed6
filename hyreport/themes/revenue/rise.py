"""Theme 1, second part: what moved the tax shares in a year, under two readings of the year before.

Reading A: the printed changes of the shares are on the basis of the printed growth (同口径), so
total revenue of the year before is the base that this growth implies. Reading B: they are on the
raw basis of the yearbook, so local revenue of the year before is the yearbook's. Neither is
proved; no table here gives one without the other.
"""

from collections.abc import Callable, Mapping
from functools import partial
from itertools import product
from typing import Any

import pandas as pd

from hyreport.data.figure import Figure
from hyreport.data.report import Report
from hyreport.numbers.rounding import Computed, compute
from hyreport.themes.revenue.basis import REVENUES, name_implied_base, name_result, split_revenue
from hyreport.themes.tabulate import MONEY, in_money

__all__ = ["decompose_rise", "growth_of_base_year", "levels_before"]

QUANTITIES = ("total revenue", "total tax", "non-tax revenue", "local revenue", "local tax")
PARTS = ("more tax", "less non-tax revenue")


def levels_before(report: Report) -> pd.DataFrame:
    """Work out the revenue of the year before and its parts under both readings.

    Parameters
    ----------
    report : Report
        One that prints revenue, its growth, both tax shares and their changes.

    Returns
    -------
    DataFrame, shape (10, 14)
        One row a quantity and reading, in 100 million yuan (亿元), nominal. Those of reading A
        are an implied base on the base year's basis, no published levels.

    Examples
    --------
    >>> levels_before(Report("hengyang-2018"))["value"].tolist()[:2]
    [232.9, 278.0]
    """
    measures = {name: partial(_level, name) for name in QUANTITIES}
    return _tabulate(report, measures, unit=MONEY, result=f"{{}}_{report.base_year - 1}")


def growth_of_base_year(report: Report) -> pd.DataFrame:
    """Work out by how much revenue and its parts changed in the base year under both readings.

    Parameters
    ----------
    report : Report
        As for `levels_before`.

    Returns
    -------
    DataFrame, shape (10, 14)
        One row a quantity and reading, in percent of the year before, nominal.

    Examples
    --------
    >>> table = growth_of_base_year(Report("hengyang-2018"))
    >>> table.query("quantity == 'non-tax revenue'")["value"].tolist()
    [-26.8, -38.7]
    """
    measures = {name: partial(_growth, name) for name in QUANTITIES}
    return _tabulate(report, measures, unit="percent", result=f"{{}}_growth_{report.base_year}")


def decompose_rise(report: Report) -> pd.DataFrame:
    """Split the rise of each tax share into what more tax and what less non-tax revenue did.

    Parameters
    ----------
    report : Report
        As for `levels_before`.

    Returns
    -------
    DataFrame, shape (8, 15)
        One row a share, reading and part, in percentage points; the two parts of a share add up
        to its printed change exactly, before rounding.

    Notes
    -----
    Shapley values: the effect of one of the two changes, averaged over both orders in which they
    can be made. An accounting split, not a cause: a fee turned into a tax does both at once.

    Examples
    --------
    >>> table = decompose_rise(Report("hengyang-2018"))
    >>> table.query("revenue == 'total' and reading == 'A'")["value"].tolist()
    [6.5, 7.1]
    """
    tables = {}
    for revenue in REVENUES:
        measures = {part: partial(_effect, part, f"{revenue} tax") for part in PARTS}
        result = f"rise_{revenue}_{{}}"
        tables[revenue] = _tabulate(report, measures, unit="percentage points", result=result)
    table = pd.concat(tables, names=["revenue"]).reset_index("revenue")
    return table.rename(columns={"quantity": "part"}).reset_index(drop=True)


def _tabulate(
    report: Report, measures: Mapping[str, Callable], *, unit: str, result: str
) -> pd.DataFrame:
    """Compute measures of the revenue of both years, a row for each and each reading."""
    before = report.base_year - 1
    inputs: dict[str, Figure | Computed] = {
        "level": in_money(report.actual("budget_revenue.level")),
        "growth": report.actual("budget_revenue.growth"),
        "yearbook": in_money(report.outside("local_budget_revenue", before, vintage="yearbook")),
    }
    for revenue in REVENUES:
        inputs[revenue] = report.actual(f"tax_share.{revenue}")
        inputs[f"{revenue}_change"] = report.actual(f"tax_share_change.{revenue}")
    bases = {
        "A": name_implied_base(report.base_year),
        "B": f"raw basis: the yearbook's local revenue of {before}",
    }
    rows = []
    for (quantity, measure), reading in product(measures.items(), bases):
        number = compute(
            partial(_measure, measure, reading),
            **inputs,
            unit=unit,
            formula=f"{quantity}, {bases[reading]}",
            decimals=None if unit == MONEY else 1,
        )
        name = name_result(f"{result.format(quantity)}_{reading}")
        rows.append(number.as_row(quantity=quantity, reading=reading, result=name))
    return pd.DataFrame(rows)


def _measure(measure: Callable, reading: str, **point: Any) -> Any:
    """Apply a measure to the amounts of the year before, by a reading, and of the base year."""
    total, local = (point[name] - point[f"{name}_change"] for name in REVENUES)
    if reading == "A":
        non_tax = 100 * point["level"] / (100 + point["growth"]) * (100 - total) / 100
    else:
        non_tax = point["yearbook"] * (100 - local) / 100
    later_non_tax = point["level"] * (100 - point["total"]) / 100
    now = split_revenue(later_non_tax, point["total"], point["local"])
    return measure(split_revenue(non_tax, total, local), now)


def _level(quantity: str, before: dict, now: dict) -> Any:
    return before[quantity]


def _growth(quantity: str, before: dict, now: dict) -> Any:
    return 100 * now[quantity] / before[quantity] - 100


def _effect(part: str, tax: str, before: dict, now: dict) -> Any:
    """Return the Shapley value of one of the two changes for the share of tax, in points."""

    def share(tax_of: dict, non_tax_of: dict) -> Any:
        return 100 * tax_of[tax] / (tax_of[tax] + non_tax_of["non-tax revenue"])

    if part == "more tax":
        effects = [share(now, year) - share(before, year) for year in (before, now)]
    else:
        effects = [share(year, now) - share(year, before) for year in (before, now)]
    return sum(effects) / 2
