"""Revenue: which level, share and growth rate may be combined, and what follows where they may.

Total revenue counts what stays local and what is passed up to higher levels; local revenue is the
first part alone. A growth rate on the same basis (同口径) belongs to a base that is not printed.
"""

import re
from dataclasses import replace
from decimal import Decimal
from typing import Any

from hyreport.data.figure import Figure
from hyreport.data.ids import OUTSIDE, split_id
from hyreport.errors import BasisError
from hyreport.numbers.rounding import Computed, as_printed, compute

__all__ = [
    "REVENUES",
    "apply_growth",
    "apply_share",
    "implied_base",
    "name_implied_base",
    "name_result",
    "read_about",
    "split_revenue",
]

REVENUES = ("total", "local")


def split_revenue(non_tax: Any, total_share: Any, local_share: Any) -> dict[str, Any]:
    """Work out total and local revenue and their tax from non-tax revenue and both tax shares.

    Parameters
    ----------
    non_tax : number
        Non-tax revenue; all that follows comes out in its unit.
    total_share, local_share : number
        Tax shares in percent.

    Returns
    -------
    dict
        The five quantities by name.

    Notes
    -----
    Holds if all non-tax revenue is local: then it is (100 − total share) percent of the total
    and (100 − local share) percent of the local revenue.

    Examples
    --------
    >>> split_revenue(40, 60, 50)["total revenue"], split_revenue(40, 60, 50)["local revenue"]
    (100.0, 80.0)
    """
    return {
        "total revenue": 100 * non_tax / (100 - total_share),
        "total tax": non_tax * total_share / (100 - total_share),
        "non-tax revenue": non_tax,
        "local revenue": 100 * non_tax / (100 - local_share),
        "local tax": non_tax * local_share / (100 - local_share),
    }


def name_result(words: str) -> str:
    """Write words as the name of a result.

    >>> name_result("Non-tax revenue over GDP 2017")
    'non_tax_revenue_over_gdp_2017'
    """
    return re.sub(r"\W+", "_", words).lower()


def name_implied_base(year: int) -> str:
    """Say what the base of a year's growth is called.

    >>> name_implied_base(2017)
    "implied 2016 base, on 2017's basis"
    """
    return f"implied {year - 1} base, on {year}'s basis"


def implied_base(level: Figure, growth: Figure) -> Computed:
    """Divide a printed level by its own printed growth: the base that the growth implies.

    Parameters
    ----------
    level, growth : Figure
        Of one indicator and one year, both printed in the report.

    Returns
    -------
    Computed
        In the unit of the level. Not a published level of the year before: it is on the basis of
        the growth rate, which for 同口径 is that of the later year.

    Raises
    ------
    BasisError
        Where the two are not printed for the same indicator and year.

    Examples
    --------
    >>> import hyreport as hy
    >>> level, growth = (hy.figure(f"budget_revenue.{name}.2017") for name in ("level", "growth"))
    >>> implied_base(level, growth).formula
    "implied 2016 base, on 2017's basis: level / (1 + growth)"
    """
    (name, indicator, period), (other, rate, year) = _read(level), _read(growth)
    if (indicator.split(".")[0], period) != (rate.split(".")[0], year):
        raise BasisError(
            "implied_base",
            f"{name} and {other}",
            "a printed level and its own printed growth",
            "a growth rate says nothing about the level of another series or year",
        )
    return compute(
        lambda level, growth: 100 * level / (100 + growth),
        level=level,
        growth=growth,
        unit=level.unit,
        formula=f"{name_implied_base(int(year))}: level / (1 + growth)",
    )


def apply_growth(level: Figure | Computed, growth: Figure, *, tolerance: float = 0) -> Computed:
    """Apply a growth rate to a level of the year before, or say why it must not be.

    Parameters
    ----------
    level : Figure or Computed
        A printed figure, or an outside one as `published` gives it.
    growth : Figure
        In percent, of the year after.
    tolerance : float
        Points read into a growth printed with 左右 (about), on either side.

    Returns
    -------
    Computed
        In the unit of the level, if the growth is on the level's own basis.

    Raises
    ------
    BasisError
        Where total and local revenue would be mixed, the years do not follow each other, or the
        growth is on the same basis (同口径): the level it belongs to is not published.

    Examples
    --------
    >>> import hyreport as hy
    >>> level = hy.figure("budget_revenue.level.2017")
    >>> print(apply_growth(level, hy.figure("budget_revenue.growth.2018"), tolerance=0.5).value)
    265
    """
    place, before, year = _pair("apply_growth", level, growth)
    if growth.basis == "same_basis":
        raise BasisError(
            place,
            "growth on the same basis (同口径), whose level of the year before is not published",
            "growth and level on one basis",
            f"use implied_base(level, growth) of {year} and call it so",
        )
    if not before.isdigit() or year != str(int(before) + 1):
        raise BasisError(place, "years that do not follow each other", "the year after the level's")
    return compute(
        lambda level, growth: level * (100 + growth) / 100,
        level=level,
        growth=read_about(growth, tolerance),
        unit=level.unit,
        formula="level × (1 + growth), if the growth is on the level's basis",
    )


def apply_share(
    level: Figure | Computed, share: Figure | Computed, *, level_is: str = "total"
) -> Computed:
    """Multiply a revenue level by a tax share of the same revenue, or say why it must not be.

    Parameters
    ----------
    level : Figure or Computed
        A printed figure, or an outside one as `published` gives it.
    share : Figure or Computed
        Tax share in percent.
    level_is : str
        total or local: which revenue the report's own level is read as.

    Returns
    -------
    Computed
        Tax revenue in the unit of the level.

    Raises
    ------
    BasisError
        Where the share is of the other revenue or of another year.

    Examples
    --------
    >>> import hyreport as hy
    >>> level = hy.figure("budget_revenue.level.2017")
    >>> print(apply_share(level, hy.figure("tax_share.total.2017")).value)
    180.4
    """
    place, period, year = _pair("apply_share", level, share, level_is=level_is)
    if period != year:
        raise BasisError(place, "two years", "a level and a share of one year")
    return compute(
        lambda level, share: level * share / 100,
        level=level,
        share=share,
        unit=level.unit,
        formula="revenue × its tax share",
    )


def read_about(growth: Figure, tolerance: float) -> Figure | Computed:
    """Give a growth printed with 左右 (about) the ends that a tolerance reads into it.

    Parameters
    ----------
    growth : Figure
        In percent.
    tolerance : float
        Points on either side; the rule is the project's own.

    Returns
    -------
    Figure or Computed
        The figure itself where its print has both ends.

    Examples
    --------
    >>> import hyreport as hy
    >>> print(read_about(hy.figure("budget_revenue.growth.2018"), 0.5).high)
    5.5
    """
    if growth.qualifier != "about":
        return growth
    slack = Decimal(format(tolerance, ".12g"))
    return replace(
        as_printed(growth),
        low=growth.value - slack,
        high=growth.value + slack,
        formula=f"{growth.as_printed} read with {tolerance:g} points on either side",
        kind="computed",
    )


def _pair(
    call: str, level: Figure | Computed, other: Figure | Computed, *, level_is: str = "total"
) -> tuple[str, str, str]:
    """Return what errors call the two, and their periods, if both are of one revenue."""
    names, indicators, periods = zip(_read(level), _read(other), strict=True)
    place = f"{call}({', '.join(names)})"
    found = [_revenue(indicator, level_is) for indicator in indicators]
    if "" in found:
        name = names[found.index("")]
        raise BasisError(place, f"{name}, which is no revenue", "a revenue level, share or growth")
    if found[0] != found[1]:
        raise BasisError(
            place,
            f"a level of {found[0]} revenue with a figure of {found[1]} revenue",
            "both of one revenue",
            "what is passed up is all tax, so the two have different shares and growth; the "
            "report's own level is taken for the total",
        )
    return place, *periods


def _revenue(indicator: str, level_is: str) -> str:
    if indicator.startswith("budget_revenue."):
        return level_is
    of = (name for name in REVENUES if indicator.startswith((f"tax_share.{name}", f"{name}_")))
    return next(of, "")


def _read(number: Figure | Computed) -> tuple[str, str, str]:
    """Return id, indicator or series, and period of a printed or a published number."""
    if isinstance(number, Figure):
        return number.figure_id, number.indicator, number.period
    if number.kind != "published":
        return f"a computed number ({number.formula})", "", ""
    name = split_id(number.inputs[0], None)[1].removeprefix(OUTSIDE)
    series, *_, period, _ = name.split(".")
    return name, series, period
