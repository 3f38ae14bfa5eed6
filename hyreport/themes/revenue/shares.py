"""Theme 1: what one revenue level and two tax shares imply.

Every table holds one computed number a row: `value`, `low`, `high` in `unit`, with `formula`,
`inputs` and the `reading` it rests on; `result` is the name under which prose links to it.
"""

from fractions import Fraction
from inspect import signature

import pandas as pd

from hyreport.data.figure import Figure, pick
from hyreport.data.report import published
from hyreport.errors import BasisError
from hyreport.numbers.rounding import Computed, compute, stated
from hyreport.themes.revenue.basis import MONEY, REVENUES, local_over_total, read_about

ALL_LOCAL = "if all non-tax revenue is local"
# What a revenue level and the two tax shares give, whichever revenue the level is.
QUANTITIES = {
    "total": {
        "total revenue": lambda level: level,
        "local revenue": lambda level, total, local: level * local_over_total(total, local),
        "non-tax revenue": lambda level, total: level * (100 - total) / 100,
        "revenue passed up": lambda level, total, local: (
            level * (1 - local_over_total(total, local))
        ),
    },
    "local": {
        "total revenue": lambda level, total, local: level / local_over_total(total, local),
        "local revenue": lambda level: level,
        "non-tax revenue": lambda level, local: level * (100 - local) / 100,
        "revenue passed up": lambda level, total, local: (
            level * (1 / local_over_total(total, local) - 1)
        ),
    },
}


def share_2016(figures: pd.DataFrame, revenue: str) -> Computed:
    """Compute a tax share of 2016: the printed share of 2017 less its printed change.

    Parameters
    ----------
    figures : DataFrame
        As `load_figures` gives it.
    revenue : str
        total or local.

    Returns
    -------
    Computed
        In percent; on whatever basis the report compares with, which it does not say.
    """
    return compute(
        lambda share, change: share - change,
        share=pick(figures, f"tax_share.{revenue}.2017"),
        change=pick(figures, f"tax_share_change.{revenue}.2017"),
        unit="percent",
        formula="share of 2017 − change",
        decimals=1,
    )


def read_level(figures: pd.DataFrame, reference: pd.DataFrame) -> pd.DataFrame:
    """Work out what the printed revenue level of 2017 implies as total and as local revenue.

    Parameters
    ----------
    figures, reference : DataFrame
        As `load_figures` and `load_reference` give them.

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
    >>> import hyreport as hy
    >>> table = read_level(hy.load_figures(), hy.load_reference())
    >>> table.query("quantity == 'local revenue'")["value"].tolist()
    [162.3, 252.01, 162.4102]
    """
    pool = {name: pick(figures, f"tax_share.{name}.2017") for name in REVENUES}
    pool["level"] = pick(figures, "budget_revenue.level.2017")
    pool["gdp"] = pick(figures, "gdp.level.2017")
    pool["yearbook"] = published(reference, "local_budget_revenue", "2017")
    rows = []
    for revenue, functions in QUANTITIES.items():
        for quantity, function in functions.items():
            for words, amount in _amount_and_size(quantity, function, pool):
                name = words.lower().replace(" ", "_").replace("-", "_") + "_2017"
                name += "_if_local" if revenue == "local" else ""
                labels = {"quantity": words, "reading": f"252.01 is {revenue}", "result": name}
                rows.append(amount.as_row(**labels))
    passed_up = _compute(
        lambda level, total, local, yearbook: (
            level * (100 - total) / 100 - yearbook * (100 - local) / 100
        ),
        pool,
        unit=MONEY,
        formula="non-tax revenue of the total − that of the yearbook's local revenue",
        decimals=2,
    )
    labels = {"quantity": "non-tax revenue passed up", "reading": "252.01 is total"}
    rows.append(passed_up.as_row(**labels, result="non_tax_passed_up_2017"))
    labels = {"quantity": "local revenue", "reading": "the yearbook's"}
    rows.append(pool["yearbook"].as_row(**labels, result="local_revenue_2017_yearbook"))
    return pd.DataFrame(rows)


def _amount_and_size(quantity: str, function, pool: dict):
    """Give a quantity in money and, for the two revenues, in percent of GDP."""
    formula = f"{quantity} from the printed level and tax shares, {ALL_LOCAL}"
    amount = _compute(function, pool, unit=MONEY, formula=formula)
    yield quantity, amount
    if quantity in ("total revenue", "local revenue"):
        size = compute(
            lambda gdp, **point: 100 * function(**point) / gdp,
            **{name: pool[name] for name in ("gdp", *_names(function))},
            unit="percent of GDP",
            formula=f"{quantity} / GDP as printed, {ALL_LOCAL}",
            decimals=1,
        )
        yield f"{quantity} over GDP", size


def _compute(function, pool: dict, **options) -> Computed:
    """Compute with those of the inputs that the function names."""
    return compute(function, **{name: pool[name] for name in _names(function)}, **options)


def _names(function) -> list[str]:
    return list(signature(function).parameters)


def required_growth(
    figures: pd.DataFrame,
    *,
    goal: float,
    growth: Figure | float,
    revenue: str = "total",
    tolerance: float = 0,
) -> pd.DataFrame:
    """Compute which growth of tax and of non-tax revenue a goal for the tax share needs.

    Parameters
    ----------
    figures : DataFrame
        As `load_figures` gives it.
    goal : float
        Tax share to reach in the year after 2017, in percent.
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
        For a goal outside 0 to 100, and for the printed growth, very probably of total revenue,
        with the share of local revenue.

    Examples
    --------
    >>> import hyreport as hy
    >>> required_growth(hy.load_figures(), goal=75, growth=5)["value"].tolist()
    [10.0, -7.6]
    """
    place = f"required_growth(goal={goal}, revenue={revenue!r})"
    if not 0 < goal < 100:
        raise BasisError(place, f"{goal}", "a share between 0 and 100 percent")
    if isinstance(growth, Figure):
        if revenue != "total":
            raise BasisError(
                place,
                f"{growth.figure_id}, very probably of total revenue",
                "a growth of local revenue",
                "pass a number of your own for local revenue",
            )
        growth = read_about(growth, tolerance)
    else:
        growth = stated(growth, unit="percent", formula="given")
    aim = Fraction(format(goal, ".12g"))
    share = pick(figures, f"tax_share.{revenue}.2017")
    options = {"share": share, "growth": growth, "unit": "percent", "decimals": 1}
    tax = compute(
        lambda share, growth: aim * (100 + growth) / share - 100,
        **options,
        formula="goal × (1 + growth) / share − 1",
    )
    non_tax = compute(
        lambda share, growth: (100 - aim) * (100 + growth) / (100 - share) - 100,
        **options,
        formula="(1 − goal) × (1 + growth) / (1 − share) − 1",
    )
    reading = f"share of {revenue} revenue"
    return pd.DataFrame(
        [
            number.as_row(
                part=part,
                goal=goal,
                reading=reading,
                result=f"{part.replace('-', '_')}_growth_for_{revenue}_goal",
            )
            for part, number in (("tax", tax), ("non-tax", non_tax))
        ]
    )
