"""Theme 3: paths of the tax share under stated growth of tax and non-tax revenue. No forecasts.

Nothing here says how likely a rate is. The intervals are those of rounding, not of the future.
"""

from collections.abc import Iterable
from fractions import Fraction
from functools import partial
from itertools import product
from typing import Any

import pandas as pd

from hyreport.data.report import Report
from hyreport.errors import BasisError
from hyreport.numbers.computed import UNROUNDED
from hyreport.numbers.rounding import as_printed, compute
from hyreport.themes.revenue.basis import REVENUES, name_result, split_revenue
from hyreport.themes.tabulate import MONEY, in_money

__all__ = ["share_at_pace", "tax_grid", "tax_path"]

GRID = ("tax_share", "share_low", "share_high", "revenue", "revenue_low", "revenue_high")


def tax_path(
    report: Report,
    *,
    tax_growth: float,
    non_tax_growth: float,
    years: int = 3,
    revenue: str = "local",
) -> pd.DataFrame:
    """Carry tax and non-tax revenue on at stated growth, and work out the tax share.

    Parameters
    ----------
    report : Report
        One that prints revenue and both tax shares.
    tax_growth, non_tax_growth : float
        Growth a year, in percent: the scenario.
    years : int
        Years after the base year.
    revenue : str
        local or total.

    Returns
    -------
    DataFrame
        One row a `date` and `quantity`: the tax share in percent and revenue in 100 million yuan
        (亿元), nominal, from the base year on; `low` and `high` are what rounding allows.

    Raises
    ------
    BasisError
        For growth of −100 percent or less, no year, or an unknown revenue.

    Notes
    -----
    Revenue of the base year is the printed level read as total; local revenue follows from it and
    both shares if all non-tax revenue is local. The path of the share needs no level.

    Examples
    --------
    >>> path = tax_path(Report("hengyang-2018"), tax_growth=10, non_tax_growth=0, years=2)
    >>> path.query("quantity == 'tax share'")["value"].tolist()
    [55.9, 58.2, 60.5]
    """
    rates = tax_growth, non_tax_growth
    if revenue not in REVENUES or years < 1 or min(rates) <= -100:
        place = f"tax_path(tax_growth={tax_growth}, non_tax_growth={non_tax_growth}, years={years})"
        raise BasisError(place, f"a choice out of range ({revenue})", "growth above −100 percent")
    shares = {name: report.actual(f"tax_share.{name}") for name in REVENUES}
    level = in_money(report.actual("budget_revenue.level"))
    words = f"tax {tax_growth:+g}%, non-tax {non_tax_growth:+g}% a year from {report.base_year}"
    rows = []
    for ahead in range(years + 1):
        date = str(report.base_year + ahead)
        tax, rest = ((1 + Fraction(format(rate, ".12g")) / 100) ** ahead for rate in rates)
        share = compute(
            partial(_share_after, tax=tax, rest=rest),
            share=shares[revenue],
            unit="percent",
            formula=f"tax / (tax + non-tax revenue), {words}",
            decimals=1,
        )
        amount = compute(
            partial(_revenue_after, revenue=revenue, tax=tax, rest=rest),
            level=level,
            **shares,
            unit=MONEY,
            formula=f"tax + non-tax revenue, {words}",
            decimals=1,
        )
        name = name_result(f"{tax_growth:g}_{non_tax_growth:g}_{date}".replace("-", "minus_"))
        labels = {"date": date, "scenario": words}
        rows += [
            share.as_row(**labels, quantity="tax share", result=f"share_path_{name}"),
            amount.as_row(**labels, quantity=f"{revenue} revenue", result=f"revenue_path_{name}"),
        ]
    return pd.DataFrame(rows)


def tax_grid(
    report: Report,
    tax_rates: Iterable[float],
    non_tax_rates: Iterable[float],
    *,
    year: int,
    revenue: str = "local",
) -> pd.DataFrame:
    """Tabulate the tax share and revenue of one year for several pairs of growth rates.

    Parameters
    ----------
    report : Report
        As for `tax_path`.
    tax_rates, non_tax_rates : iterable of float
        Growth a year in percent.
    year : int
        A year after the base year.
    revenue : str
        local or total.

    Returns
    -------
    DataFrame
        One row a pair: `tax_growth`, `non_tax_growth`, `tax_share` with `share_low`, `share_high`
        in percent, `revenue` with `revenue_low`, `revenue_high` in 100 million yuan (亿元); then
        the same six before they were rounded, as `unrounded_tax_share` and so on.

    Examples
    --------
    >>> grid = tax_grid(Report("hengyang-2018"), (0, 10), (0,), year=2019)
    >>> grid["tax_share"].tolist()
    [55.9, 60.5]
    """
    rows = []
    for tax, rest in product(tax_rates, non_tax_rates):
        path = tax_path(
            report,
            tax_growth=tax,
            non_tax_growth=rest,
            years=year - report.base_year,
            revenue=revenue,
        )
        row = {"tax_growth": tax, "non_tax_growth": rest}
        for kept in ("", UNROUNDED):
            ends = path.tail(2)[[f"{kept}value", f"{kept}low", f"{kept}high"]].to_numpy().ravel()
            row |= {kept + name: end for name, end in zip(GRID, ends, strict=True)}
        rows.append(row)
    return pd.DataFrame(rows)


def share_at_pace(report: Report, *, years: int = 3, revenue: str = "local") -> pd.DataFrame:
    """Carry the tax share on as if tax outgrew non-tax revenue each year as in the base year.

    Parameters
    ----------
    report : Report
        One that prints the tax share and its change.
    years : int
        Years after the base year.
    revenue : str
        local or total.

    Returns
    -------
    DataFrame
        One row a `date`, in percent.

    Notes
    -----
    Tax over non-tax revenue is multiplied each year by what the printed share and its printed
    change say for the base year: no level is needed, so neither reading of the year before is.

    Examples
    --------
    >>> share_at_pace(Report("hengyang-2018"))["value"].tolist()
    [55.9, 68.0, 78.2, 85.7]
    """
    year, share = report.base_year, report.actual(f"tax_share.{revenue}")
    rows = []
    for ahead in range(years + 1):
        number = compute(
            partial(_share_at_pace, ahead=ahead),
            share=share,
            change=report.actual(f"tax_share_change.{revenue}"),
            unit="percent",
            formula=f"tax over non-tax revenue multiplied each year as in {year}",
            decimals=1,
        )
        number = number if ahead else as_printed(share)
        labels = {"date": str(year + ahead), "scenario": f"{year}'s pace"}
        result = f"share_at_pace_{year + ahead}"
        rows.append(number.as_row(**labels, quantity="tax share", result=result))
    return pd.DataFrame(rows)


def _share_after(share: Any, *, tax: Fraction, rest: Fraction) -> Any:
    return 100 * share * tax / (share * tax + (100 - share) * rest)


def _revenue_after(
    level: Any, total: Any, local: Any, *, revenue: str, tax: Fraction, rest: Fraction
) -> Any:
    amounts = split_revenue(level * (100 - total) / 100, total, local)
    return amounts[f"{revenue} tax"] * tax + amounts["non-tax revenue"] * rest


def _share_at_pace(share: Any, change: Any, *, ahead: int) -> Any:
    odds, before = (one / (100 - one) for one in (share, share - change))
    later = odds * (odds / before) ** ahead
    return 100 * later / (1 + later)
