"""Theme 1: what one revenue level and two tax shares imply.

Every table holds one computed number a row: `value`, `low`, `high` in `unit`, with `formula`,
`inputs` and the `reading` it rests on; `result` is the name under which prose links to it.
"""

from functools import partial
from pathlib import Path

import pandas as pd

from hyreport.data.figure import Figure
from hyreport.data.ids import OUTSIDE
from hyreport.data.report import Report
from hyreport.errors import BasisError
from hyreport.numbers.rounding import Computed, compute, stated
from hyreport.themes.revenue.basis import read_about
from hyreport.themes.tabulate import in_money, tabulate

__all__ = ["read_level", "required_growth", "share_before"]

FORMULAS = Path(__file__).with_suffix(".csv")


def share_before(report: Report, revenue: str) -> Computed:
    """Compute a tax share of the year before: the printed share less its printed change.

    Parameters
    ----------
    report : Report
    revenue : str
        total or local.

    Returns
    -------
    Computed
        In percent; on whatever basis the report compares with, which it does not say.

    Examples
    --------
    >>> print(share_before(Report("hengyang-2018"), "local").value)
    43.0
    """
    return compute(
        lambda share, change: share - change,
        share=report.actual(f"tax_share.{revenue}"),
        change=report.actual(f"tax_share_change.{revenue}"),
        unit="percent",
        formula=f"share of {report.base_year} − change",
        decimals=1,
    )


def read_level(report: Report) -> pd.DataFrame:
    """Work out what the printed revenue level implies as total and as local revenue.

    Parameters
    ----------
    report : Report
        One that prints revenue, both tax shares and GDP.

    Returns
    -------
    DataFrame, shape (14, 14)
        One row a `reading` and `quantity`: amounts in 100 million yuan (亿元), nominal, and both
        revenues in percent of GDP as the report prints it.

    Notes
    -----
    Non-tax revenue is total × (1 − its tax share) and, if all of it is local, also local × (1 −
    the local tax share); so either level gives the other. The last rows are the yearbook's local
    revenue and what it leaves of non-tax revenue to be passed up.

    Examples
    --------
    >>> table = read_level(Report("hengyang-2018"))
    >>> table.query("quantity == 'local revenue'")["value"].tolist()
    [162.3, 252.01, 162.4102]
    """
    year, level = report.base_year, report.actual("budget_revenue.level").value
    numbers = partial(_find, report)
    return tabulate(FORMULAS, "read_level", numbers, ("quantity",), year=year, level=level)


def _find(report: Report, name: str) -> Figure | Computed:
    """Return a printed figure of the base year, or an outside one as its yearbook prints it."""
    if name.startswith(OUTSIDE):
        series = name.removeprefix(OUTSIDE)
        return in_money(report.outside(series, report.base_year, vintage="yearbook"))
    return in_money(report.actual(name))


def required_growth(
    report: Report,
    *,
    goal: float,
    growth: Figure | float,
    revenue: str = "total",
    tolerance: float = 0,
) -> pd.DataFrame:
    """Compute which growth of tax and of non-tax revenue a goal for the tax share needs.

    Parameters
    ----------
    report : Report
    goal : float
        Tax share to reach in the year after the base year, in percent.
    growth : Figure or float
        Growth of revenue, in percent: a printed figure or a number of one's own.
    revenue : str
        total or local: whose share.
    tolerance : float
        Points read into a growth printed with 左右 (about), on either side.

    Returns
    -------
    DataFrame, shape (2, 15)
        One row each for tax and non-tax revenue, growth in percent.

    Raises
    ------
    BasisError
        For a goal outside 0 to 100, and for a printed growth, which is read as that of total
        revenue, with the share of local revenue.

    Examples
    --------
    >>> required_growth(Report("hengyang-2018"), goal=75, growth=5)["value"].tolist()
    [10.0, -7.6]
    """
    place = f"required_growth(goal={goal}, revenue={revenue!r})"
    if not 0 < goal < 100:
        raise BasisError(place, f"{goal}", "a share between 0 and 100 percent")
    if isinstance(growth, Figure) and revenue != "total":
        raise BasisError(
            place,
            f"{growth.figure_id}, read as growth of total revenue",
            "a growth of local revenue",
            "pass a number of your own for local revenue",
        )
    given = partial(stated, unit="percent", formula="given")
    numbers = {
        "goal": given(goal),
        "share": report.actual(f"tax_share.{revenue}"),
        "growth": read_about(growth, tolerance) if isinstance(growth, Figure) else given(growth),
    }
    table = tabulate(FORMULAS, "required_growth", numbers.get, ("part",), revenue=revenue)
    table.insert(1, "goal", goal)
    return table
