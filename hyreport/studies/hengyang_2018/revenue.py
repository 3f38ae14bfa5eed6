"""What is true of the revenue of Hengyang's report alone: the years around it, later shares.

The formulas stand in revenue.csv, over `[printed]` and `{outside}` figures; every table holds one
computed number a row, as those of `hyreport.themes.revenue` do.
"""

from itertools import product
from pathlib import Path
from typing import Any

import pandas as pd

from hyreport.data.formulas import evaluate_row
from hyreport.data.report import Report
from hyreport.numbers.rounding import compute
from hyreport.themes.revenue.basis import REVENUES, split_revenue
from hyreport.themes.tabulate import tabulate
from hyreport.words.tables import read_rows

FORMULAS = Path(__file__).with_suffix(".csv")
SPANS = ((2015, 2017), (2017, 2019), (2019, 2023), (2023, 2025))
PARTS = {"tax": "local tax", "rest": "non-tax revenue"}

__all__ = [
    "gap_to_2015",
    "large_taxpayers",
    "level_changes",
    "published_revenue",
    "revenue_levels",
    "shares_published",
    "signs_of_total",
    "tax_beside_growth",
    "tax_kept_locally",
    "tax_outgrew",
    "tax_shares",
]


def revenue_levels(report: Report) -> pd.DataFrame:
    """Collect tax and non-tax revenue in local revenue for each year that our sources allow.

    Parameters
    ----------
    report : Report

    Returns
    -------
    DataFrame, shape (17, 17)
        One row a year and quantity, in 100 million yuan (亿元), nominal; the last row is the tax of
        2015 a second time, from its growth to 2020.

    Notes
    -----
    To 2019 a part is the yearbook's local revenue times a tax share. Levels of 2015 and 2016 lie
    before a break in the series of local revenue; the share of 2016 is on a basis not stated.

    Examples
    --------
    >>> table = revenue_levels(Report("hengyang-2018"))
    >>> table.query("quantity == 'local tax'")["value"].head(3).tolist()
    [96.2, 88.0, 90.8]
    """
    return _tabulate(report, "revenue_levels", "quantity", "year", "origin", "source")


def level_changes(report: Report) -> pd.DataFrame:
    """Split the rise of the local tax share between two years into tax and non-tax revenue.

    Parameters
    ----------
    report : Report

    Returns
    -------
    DataFrame, shape (20, 15)
        Five rows a span: change of local tax and of non-tax revenue in percent, rise of the share
        in percentage points, and its two parts, which add up to it before rounding.

    Notes
    -----
    The parts are Shapley values of the levels of `revenue_levels`: an accounting split, no cause.
    The first span crosses the break of the series between 2016 and 2017.

    Examples
    --------
    >>> changes = level_changes(Report("hengyang-2018"))
    >>> changes.query("period == '2017/2019'")["value"].tolist()
    [21.7, -16.6, 9.0, 4.7, 4.3]
    """
    rows = read_rows(FORMULAS)
    levels = {
        (row["year"], row["quantity"]): f"({row['formula']})"
        for row in rows
        if row["tables"] == "revenue_levels" and not row["reading"]
    }
    made = []
    for span in SPANS:
        ends = dict(zip(("before", "after"), map(str, span), strict=True))
        named = "_".join(ends.values())
        for row in (row for row in rows if row["tables"] == "level_changes"):
            formula = row["formula"]
            for (part, quantity), (end, year) in product(PARTS.items(), ends.items()):
                formula = formula.replace(f"<{part} {end}>", levels[year, quantity])
            number = evaluate_row(row | {"formula": formula}, report.number)
            labels = {"period": "/".join(ends.values()), "quantity": row["quantity"]}
            made.append(number.as_row(**labels, result=row["result"].format(span=named)))
    return pd.DataFrame(made)


def signs_of_total(report: Report) -> pd.DataFrame:
    """Set the printed level beside published totals and local revenue, as either of the two.

    Parameters
    ----------
    report : Report

    Returns
    -------
    DataFrame, shape (7, 15)
        Total over local revenue, a ratio, and what either reading of the level makes of the
        change to 2019, in percent.

    Examples
    --------
    >>> signs_of_total(Report("hengyang-2018"))["value"].tolist()
    [1.35, 1.55, 1.59, 7.2, 4.8, -31.0, -32.5]
    """
    return _tabulate(report, "signs_of_total", "quantity", "year")


def tax_beside_growth(report: Report) -> pd.DataFrame:
    """Set the growth of all tax in 2017, by reading and in the province, beside nominal growth.

    Parameters
    ----------
    report : Report

    Returns
    -------
    DataFrame, shape (14, 15)
        Growth in percent, and growth of total tax as a multiple of nominal growth.

    Notes
    -----
    No deflator of the city or the province is among our sources: 1 and 4 percent are assumed. The
    ratio of the two levels of GDP is one of two vintages and shown beside.

    Examples
    --------
    >>> table = tax_beside_growth(Report("hengyang-2018"))
    >>> table[table["reading"] == "A"]["value"].tolist()
    [3.5, 2.6]
    """
    return _tabulate(report, "tax_beside_growth", "quantity", "scenario")


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
    """Collect published levels of total and of local revenue.

    Parameters
    ----------
    report : Report

    Returns
    -------
    DataFrame, shape (7, 15)
        One row a revenue and year, in 100 million yuan (亿元), nominal.

    Examples
    --------
    >>> table = published_revenue(Report("hengyang-2018"))
    >>> table.query("revenue == 'total'")["value"].tolist()
    [235.66, 261.86, 270.06]
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
