"""Theme 1, second part: what moved the tax shares from 2016 to 2017, under two readings of 2016.

Reading A: the printed changes of the shares are on the basis of the printed growth (同口径), so
total revenue of 2016 is the base that this growth implies. Reading B: they are on the raw basis
of the yearbook, so local revenue of 2016 is the yearbook's. Neither is proved; no table here
gives one without the other.
"""

from collections.abc import Callable
from functools import partial

import pandas as pd

from hyreport.data.figure import pick
from hyreport.data.report import published
from hyreport.numbers.rounding import compute
from hyreport.themes.revenue.basis import MONEY, name_implied_base

BASES = {
    "A": name_implied_base(2017),
    "B": "raw basis: the yearbook's local revenue of 2016",
}
QUANTITIES = ("total revenue", "total tax", "non-tax revenue", "local revenue", "local tax")
PARTS = ("more tax", "less non-tax revenue")


def amounts(base, total=0, local=0, *, base_is: str) -> dict:
    """Split revenue into all its parts, given one level and both tax shares in percent.

    Parameters
    ----------
    base : number
        Total or local revenue, as `base_is` says; the amounts come out in its unit.
    total, local : number
        Tax shares in percent.
    base_is : str
        total or local.

    Returns
    -------
    dict
        The five quantities by name, if all non-tax revenue is local.

    Examples
    --------
    >>> amounts(100, 60, 50, base_is="total")["local revenue"]
    80.0
    """
    non_tax = base * (100 - (total if base_is == "total" else local)) / 100
    total_revenue = base if base_is == "total" else 100 * non_tax / (100 - total)
    local_revenue = base if base_is == "local" else 100 * non_tax / (100 - local)
    return {
        "total revenue": total_revenue,
        "total tax": total_revenue - non_tax,
        "non-tax revenue": non_tax,
        "local revenue": local_revenue,
        "local tax": local_revenue - non_tax,
    }


def levels_2016(figures: pd.DataFrame, reference: pd.DataFrame) -> pd.DataFrame:
    """Work out the revenue of 2016 and its parts under both readings.

    Parameters
    ----------
    figures, reference : DataFrame
        As `load_figures` and `load_reference` give them.

    Returns
    -------
    DataFrame, shape (10, 14)
        One row a quantity and reading, in 100 million yuan (亿元), nominal. Those of reading A
        are an implied base on 2017's basis, no published levels.

    Examples
    --------
    >>> import hyreport as hy
    >>> levels_2016(hy.load_figures(), hy.load_reference())["value"].tolist()[:2]
    [232.9, 278.0]
    """
    return _tabulate(
        figures,
        reference,
        {name: lambda before, now, name=name: before[name] for name in QUANTITIES},
        unit=MONEY,
        result="{quantity}_2016_{reading}",
    )


def growth_2017(figures: pd.DataFrame, reference: pd.DataFrame) -> pd.DataFrame:
    """Work out by how much revenue and its parts changed from 2016 to 2017 under both readings.

    Parameters
    ----------
    figures, reference : DataFrame
        As `load_figures` and `load_reference` give them.

    Returns
    -------
    DataFrame, shape (10, 14)
        One row a quantity and reading, in percent of 2016, nominal.

    Examples
    --------
    >>> import hyreport as hy
    >>> table = growth_2017(hy.load_figures(), hy.load_reference())
    >>> table.query("quantity == 'non-tax revenue'")["value"].tolist()
    [-26.8, -38.7]
    """
    return _tabulate(
        figures,
        reference,
        {
            name: lambda before, now, name=name: 100 * now[name] / before[name] - 100
            for name in QUANTITIES
        },
        unit="percent",
        result="{quantity}_growth_2017_{reading}",
        decimals=1,
    )


def decompose_rise(figures: pd.DataFrame, reference: pd.DataFrame) -> pd.DataFrame:
    """Split the rise of each tax share into what more tax and what less non-tax revenue did.

    Parameters
    ----------
    figures, reference : DataFrame
        As `load_figures` and `load_reference` give them.

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
    >>> import hyreport as hy
    >>> table = decompose_rise(hy.load_figures(), hy.load_reference())
    >>> table.query("revenue == 'total' and reading == 'A'")["value"].tolist()
    [6.5, 7.1]
    """
    tables = []
    for revenue in ("total", "local"):

        def effect(before, now, part, tax=f"{revenue} tax"):
            pairs = ((year[tax], year["non-tax revenue"]) for year in (before, now))
            return _shapley(part, *pairs)

        table = _tabulate(
            figures,
            reference,
            {part: partial(effect, part=part) for part in PARTS},
            unit="percentage points",
            result=f"rise_{revenue}_{{quantity}}_{{reading}}",
            decimals=1,
        )
        table.insert(0, "revenue", revenue)
        tables.append(table.rename(columns={"quantity": "part"}))
    return pd.concat(tables, ignore_index=True)


def _tabulate(
    figures: pd.DataFrame,
    reference: pd.DataFrame,
    functions: dict[str, Callable],
    *,
    unit: str,
    result: str,
    decimals: int | None = None,
    **more,
) -> pd.DataFrame:
    """Compute functions of the amounts of 2016 and 2017, a row for each and each reading."""
    inputs = {
        "level": pick(figures, "budget_revenue.level.2017"),
        "growth": pick(figures, "budget_revenue.growth.2017"),
        "yearbook": published(reference, "local_budget_revenue", "2016"),
        **more,
    }
    for name in ("total", "local"):
        inputs[name] = pick(figures, f"tax_share.{name}.2017")
        inputs[f"{name}_change"] = pick(figures, f"tax_share_change.{name}.2017")
    rows = []
    for quantity, function in functions.items():
        for reading, basis in BASES.items():

            def from_amounts(function=function, reading=reading, **point):
                extra = {name: point[name] for name in more}
                return function(*_both_years(reading, point), **extra)

            number = compute(
                from_amounts,
                **inputs,
                unit=unit,
                formula=f"{quantity}, {basis}",
                decimals=decimals,
            )
            words = quantity.replace(" ", "_").replace("-", "_")
            name = result.format(quantity=words, reading=reading.lower())
            rows.append(number.as_row(quantity=quantity, reading=reading, result=name))
    return pd.DataFrame(rows)


def _both_years(reading: str, point: dict) -> tuple[dict, dict]:
    """Return the amounts of 2016, from the base of the reading, and those of 2017."""
    total, local = (point[name] - point[f"{name}_change"] for name in ("total", "local"))
    if reading == "A":
        base = 100 * point["level"] / (100 + point["growth"])
        before = amounts(base, total, local, base_is="total")
    else:
        before = amounts(point["yearbook"], total, local, base_is="local")
    return before, amounts(point["level"], point["total"], point["local"], base_is="total")


def _shapley(part: str, before: tuple, now: tuple):
    """Return the Shapley value of one of the two changes for the share of tax, in points."""

    def share(tax, non_tax):
        return 100 * tax / (tax + non_tax)

    (tax, non_tax), (later_tax, later_non_tax) = before, now
    if part == PARTS[0]:
        first = share(later_tax, non_tax) - share(tax, non_tax)
        return (first + share(later_tax, later_non_tax) - share(tax, later_non_tax)) / 2
    first = share(tax, later_non_tax) - share(tax, non_tax)
    return (first + share(later_tax, later_non_tax) - share(later_tax, non_tax)) / 2
