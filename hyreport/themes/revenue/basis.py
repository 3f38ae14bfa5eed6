"""Revenue: which level, share and growth rate may be combined, and what follows where they may.

Total revenue counts what stays local and what is passed up to higher levels; local revenue is the
first part alone. A growth rate on the same basis (同口径) belongs to a base that is not printed.
"""

from decimal import Decimal

from hyreport.data.figure import Figure
from hyreport.data.ids import OUTSIDE, split_id
from hyreport.errors import BasisError
from hyreport.numbers.rounding import Computed, compute

MONEY = "100 million yuan"
IMPLIED_BASE = "implied 2016 base, on 2017's basis"
OF_TOTAL = ("budget_revenue.", "tax_share.total.", "total_")
OF_LOCAL = ("tax_share.local.", "local_")


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
    if _subject(level) != _subject(growth):
        raise BasisError(
            "implied_base",
            f"{_name(level)} and {_name(growth)}",
            "a printed level and its own printed growth",
            "a growth rate says nothing about the level of another series or year",
        )
    return compute(
        lambda level, growth: 100 * level / (100 + growth),
        level=level,
        growth=growth,
        unit=level.unit,
        formula=f"{IMPLIED_BASE}: level / (1 + growth)",
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
    place = f"apply_growth({_name(level)}, {_name(growth)})"
    _check_one_revenue(place, level, growth)
    if growth.basis == "same_basis":
        raise BasisError(
            place,
            "growth on the same basis (同口径), whose 2016 level is not published",
            "growth and level on one basis",
            "use implied_base(level, growth) of 2017 and call it so",
        )
    if int(_year(growth)) != int(_year(level)) + 1:
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
    place = f"apply_share({_name(level)}, {_name(share)})"
    _check_one_revenue(place, level, share, level_is=level_is)
    if _year(level) != _year(share):
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
    return Computed(
        growth.value,
        growth.value - slack,
        growth.value + slack,
        growth.decimals,
        growth.unit,
        f"{growth.as_printed} read with {tolerance:g} points on either side",
        (growth.id,),
    )


def _check_one_revenue(place: str, level, other, *, level_is: str = "total") -> None:
    found, wanted = (
        level_is if _name(item).startswith("budget_revenue.") else _revenue(item, place)
        for item in (level, other)
    )
    if found != wanted:
        raise BasisError(
            place,
            f"a level of {found} revenue with a figure of {wanted} revenue",
            "both of one revenue",
            "what is passed up is all tax, so the two have different shares and growth; the "
            "report's own level is very probably the total",
        )


def _revenue(item, place: str) -> str:
    name = _name(item)
    for revenue, prefixes in (("total", OF_TOTAL), ("local", OF_LOCAL)):
        if name.startswith(prefixes):
            return revenue
    raise BasisError(place, f"{name}, which is no revenue", "a revenue level, share or growth")


def _name(item) -> str:
    """Return the id of a printed figure, or series, period and vintage of an outside one."""
    inputs = getattr(item, "inputs", ())
    name = getattr(item, "figure_id", "") or (inputs[0] if len(inputs) == 1 else "")
    return split_id(name)[1].removeprefix(OUTSIDE) or f"a computed number ({item.formula})"


def _year(item) -> str:
    return _name(item).split(".")[-2 if isinstance(item, Computed) else 2]


def _subject(item) -> tuple[str, str]:
    return _name(item).split(".")[0], _year(item)
