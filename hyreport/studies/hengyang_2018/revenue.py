"""What is true of the revenue of Hengyang's report alone: the years around it, later shares.

The formulas stand in revenue.csv, over `[printed]` and `{outside}` figures; every table holds one
computed number a row, as those of `hyreport.themes.revenue` do.
"""

from pathlib import Path
from typing import Any

import pandas as pd

from hyreport.data.report import Report
from hyreport.numbers.rounding import compute
from hyreport.themes.revenue.basis import REVENUES, split_revenue
from hyreport.themes.tabulate import tabulate

FORMULAS = Path(__file__).with_suffix(".csv")

__all__ = [
    "gap_to_2015",
    "large_taxpayers",
    "local_share_path",
    "published_revenue",
    "shares_published",
    "tax_kept_locally",
    "tax_outgrew",
    "tax_shares",
]


def tax_shares(report: Report) -> pd.DataFrame:
    """Tabulate both tax shares for 2015, 2016 and 2017.

    Parameters
    ----------
    report : Report

    Returns
    -------
    DataFrame, shape (6, 16)
        One row a revenue and year, in percent; `origin` is printed or derived.

    Notes
    -----
    2016 is 2017 less the printed change, on a basis that is not printed. 2015 rests on later
    publications: the local share is that of 2020 less its rise in points, which the work report
    of 2021 prints; the share of total revenue follows from both published levels if all non-tax
    revenue is local.

    Examples
    --------
    >>> shares = tax_shares(Report("hengyang-2018"))
    >>> shares.query("revenue == 'local'")["value"].tolist()
    [49.4, 43.0, 55.9]
    """
    return _tabulate(report, "tax_shares", "revenue", "year", "origin")


def published_revenue(report: Report) -> pd.DataFrame:
    """Collect published revenue, and its size against GDP published on a like footing.

    Parameters
    ----------
    report : Report

    Returns
    -------
    DataFrame, shape (13, 15)
        One row a revenue, year and quantity: 100 million yuan (亿元) or percent of GDP, nominal.

    Notes
    -----
    GDP of 2014 to 2016 is from before a revision of the accounts, that of 2019 from after it; for
    2017 no level of either kind fits, so local revenue of 2017 has no size here.

    Examples
    --------
    >>> table = published_revenue(Report("hengyang-2018"))
    >>> table.query("unit == 'percent of GDP'")["value"].tolist()
    [9.8, 10.1, 8.0, 7.5, 7.2, 5.0]
    """
    return _tabulate(report, "published_revenue", "revenue", "year")


def tax_kept_locally(report: Report) -> pd.DataFrame:
    """Compute the part of all tax in total revenue that is in local revenue.

    Parameters
    ----------
    report : Report

    Returns
    -------
    DataFrame, shape (4, 14)
        2015 to 2017, in percent; 2017 a second time with the yearbook's local revenue instead of
        the assumption that all non-tax revenue is local.

    Notes
    -----
    If all non-tax revenue is local, local over total revenue is (1 − total share) / (1 − local
    share); times the ratio of the shares this is local tax over all tax. No level is needed for
    2016 and 2017, so neither reading of 2016 is either. What the province takes without its being
    counted in total revenue would lower the part: it is an upper bound for tax raised in the city.

    Examples
    --------
    >>> tax_kept_locally(Report("hengyang-2018"))["value"].tolist()
    [58.9, 54.6, 50.3, 50.3]
    """
    shares = {name: report.actual(f"tax_share.{name}") for name in REVENUES}
    changes = {f"{name}_change": report.actual(f"tax_share_change.{name}") for name in REVENUES}
    words = "local share × (1 − total share) / (total share × (1 − local share))"
    before = compute(
        _kept_before,
        **shares,
        **changes,
        unit="percent",
        formula=f"{words}, if all non-tax revenue is local",
        decimals=1,
    )
    row = before.as_row(year=2016, reading="A and B alike", result="tax_kept_locally_2016")
    others = _tabulate(report, "tax_kept_locally", "year")
    made = pd.concat([pd.DataFrame([row]), others])
    return made.sort_values("year", kind="stable", ignore_index=True)


def _kept_before(total: Any, local: Any, total_change: Any, local_change: Any) -> Any:
    of = split_revenue(1, total - total_change, local - local_change)
    return 100 * of["local tax"] / of["total tax"]


def local_share_path(report: Report) -> pd.DataFrame:
    """Collect the tax share of local revenue from 2015 on, printed or derived.

    Parameters
    ----------
    report : Report

    Returns
    -------
    DataFrame, shape (7, 16)
        One row a year that our sources allow, in percent; `origin` is printed or derived and
        `source` the publication. Gaps are years without a figure.

    Examples
    --------
    >>> local_share_path(Report("hengyang-2018"))["year"].tolist()
    [2015, 2016, 2017, 2019, 2020, 2023, 2025]
    """
    return _tabulate(report, "local_share_path", "year", "origin", "source")


def gap_to_2015(report: Report) -> pd.DataFrame:
    """Set total revenue of 2016 under both readings against the total published for 2015.

    Parameters
    ----------
    report : Report

    Returns
    -------
    DataFrame, shape (2, 14)
        In percent of 2015: a gap, no growth; reading A and the total of 2015 are on two bases.

    Examples
    --------
    >>> gap_to_2015(Report("hengyang-2018"))["value"].tolist()
    [-11.1, 6.1]
    """
    return _tabulate(report, "gap_to_2015", "quantity")


def large_taxpayers(report: Report) -> pd.DataFrame:
    """Bound from below what the enterprises over the threshold paid and paid more than before.

    Parameters
    ----------
    report : Report

    Returns
    -------
    DataFrame, shape (6, 14)
        Two readings of when 1000万元 was passed: in 2017, after the doubling, or in 2016, before
        it. Amounts in 100 million yuan (亿元); the effect on the tax share in percentage points.
        `high` is blank throughout: no upper bound follows from the print.

    Notes
    -----
    Doubled (翻番) is read as at least twice, of each or of all together. The effect is the tax
    share of total revenue less what it would be without their least additional tax; it needs no
    level of 2016. Falls at other enterprises are not printed, so it is no part of the rise.

    Examples
    --------
    >>> large_taxpayers(Report("hengyang-2018"))["value"].tolist()
    [10.8, 5.4, 0.6, 21.6, 10.8, 1.2]
    """
    return _tabulate(report, "large_taxpayers", "quantity")


def shares_published(report: Report) -> pd.DataFrame:
    """Collect the local tax share as later work reports print it.

    Parameters
    ----------
    report : Report

    Returns
    -------
    DataFrame, shape (2, 15)
        2019 and 2020, in percent.

    Examples
    --------
    >>> shares_published(Report("hengyang-2018"))["value"].tolist()
    [64.9, 65.6]
    """
    return _tabulate(report, "shares_published", "date", "scenario")


def tax_outgrew(report: Report) -> pd.DataFrame:
    """Compute by how much tax outgrew non-tax revenue in 2017 and from then to 2019.

    Parameters
    ----------
    report : Report

    Returns
    -------
    DataFrame, shape (2, 15)
        Percent over the whole span: (1 + growth of tax) / (1 + growth of non-tax revenue) − 1,
        from the local tax share. For 2017 it rests on the printed change, for 2019 on a first
        release; that both ends of a span are on one basis is assumed.

    Examples
    --------
    >>> tax_outgrew(Report("hengyang-2018"))["value"].tolist()
    [68.0, 45.9]
    """
    return _tabulate(report, "tax_outgrew", "date", "scenario")


def _tabulate(report: Report, table: str, *labels: str) -> pd.DataFrame:
    made = tabulate(FORMULAS, table, report.number, labels)
    return made.astype({"year": int}) if "year" in labels else made
