"""Theme 2, second part: what the targets of 2018 imply for levels, and for one another.

Nominal growth is applied to nominal levels only. The target for GDP is real: it gives a level at
2017 prices, and one at the prices of 2018 only with a price change that the caller states.
"""

from dataclasses import replace

import pandas as pd

from hyreport.data.figure import Figure, pick
from hyreport.errors import BasisError
from hyreport.numbers.rounding import Computed, compute, exactly, stated
from hyreport.themes.revenue.basis import MONEY, apply_growth, read_about

# Levels that the report prints for 2017 with a target of nominal (or counted) growth for 2018.
NOMINAL = {
    "imports and exports": ("trade", "target in yuan like the level"),
    "visits by tourists": ("tourists", "以上 after the second target holds for the first too"),
    "tourism revenue": ("tourism_revenue", ""),
}
REAL = {"floor": "gdp.growth.2018", "stretch": "gdp.growth.2018.stretch"}
AT_2017_PRICES = f"{MONEY} at 2017 prices"
ASSUMED = "price change of GDP in 2018, assumed by the reader; the report has none"


def implied_levels(
    figures: pd.DataFrame, *, tolerance: float = 0.5, price_change: float | None = None
) -> pd.DataFrame:
    """Carry the levels printed for 2017 forward by the growth aimed at for 2018.

    Parameters
    ----------
    figures : DataFrame
        As `load_figures` gives it.
    tolerance : float
        Points read into a growth printed with 左右 (about), on either side.
    price_change : float, optional
        Assumed price change of GDP in percent; without it no level of GDP at 2018 prices is given.

    Returns
    -------
    DataFrame, shape (7, 14) or (9, 14)
        One row a quantity, `reading` names what it rests on. `high` is NaN for targets that are
        floors (以上).

    Examples
    --------
    >>> import hyreport as hy
    >>> implied_levels(hy.load_figures()).query("quantity == 'imports and exports'")["value"].item()
    340.0
    """
    revenue = apply_growth(
        pick(figures, "budget_revenue.level.2017"),
        pick(figures, "budget_revenue.growth.2018"),
        tolerance=tolerance,
    )
    basis = "target on the basis of the printed level"
    found = [("general public budget revenue", "budget_revenue", basis, revenue)]
    for quantity, (name, reading) in NOMINAL.items():
        found.append((quantity, name, reading, _carry(figures, name, tolerance)))
    found.append(("air routes", "air_routes", "no route is dropped", _add_routes(figures)))
    for aim in REAL:
        level = gdp_level(figures, aim=aim)
        found.append((f"GDP at 2017 prices, {aim}", f"gdp_{aim}_old_prices", "", level))
        if price_change is not None:
            level = gdp_level(figures, aim=aim, price_change=price_change)
            reading = f"prices of GDP change by {price_change:g} percent, an assumption"
            found.append((f"GDP at 2018 prices, {aim}", f"gdp_{aim}_new_prices", reading, level))
    return pd.DataFrame(
        [
            number.as_row(quantity=quantity, reading=reading, result=f"{name}_2018_on_target")
            for quantity, name, reading, number in found
        ]
    )


def gdp_level(
    figures: pd.DataFrame, *, aim: str = "floor", price_change: float | None = None
) -> Computed:
    """Carry GDP as printed for 2017 forward by a real target, at prices that are named.

    Parameters
    ----------
    figures : DataFrame
        As `load_figures` gives it.
    aim : str
        floor (8%以上) or stretch (争取达到 8.5%).
    price_change : float, optional
        Assumed price change of GDP in percent. Without it the level stays at 2017 prices.

    Returns
    -------
    Computed
        In 100 million yuan at 2017 prices, or at 2018 prices if the reader's price change holds.
        The upper end of the floor is open.

    Raises
    ------
    BasisError
        For an aim that is neither of the two.

    Notes
    -----
    GDP growth is at comparable prices (real), the level at current prices; the National Bureau of
    Statistics says so of both. The level is the report's estimate, since revised.
    """
    if aim not in REAL:
        raise BasisError(f"gdp_level(aim={aim!r})", repr(aim), " or ".join(REAL))
    inputs = {
        "level": pick(figures, "gdp.level.2017"),
        "growth": exactly(pick(figures, REAL[aim])),
    }
    if price_change is None:
        number = compute(
            lambda level, growth: level * (100 + growth) / 100,
            **inputs,
            unit=AT_2017_PRICES,
            formula="level × (1 + real growth aimed at)",
        )
    else:
        number = compute(
            lambda level, growth, prices: level * (100 + growth) * (100 + prices) / 10_000,
            **inputs,
            prices=stated(price_change, unit="percent", formula=ASSUMED),
            unit=MONEY,
            formula=f"level × (1 + real growth aimed at) × (1 + {ASSUMED})",
        )
    return replace(number, high=None) if aim == "floor" else number


def targets_against_each_other(figures: pd.DataFrame, *, tolerance: float = 0.5) -> pd.DataFrame:
    """Work out what pairs of targets say of one another.

    Parameters
    ----------
    figures : DataFrame
        As `load_figures` gives it.
    tolerance : float
        Points read into a growth printed with 左右 (about), on either side.

    Returns
    -------
    DataFrame, shape (3, 14)
        In percent. For revenue and for income the price change at which the target keeps pace
        with real GDP at its floor: with prices rising faster, revenue falls as a part of GDP, and
        income (if its target is nominal) grows less than GDP in real terms. For tourism the
        growth of spending a visit if both floors are just met.

    Notes
    -----
    The number of residents and differences between prices of GDP and of consumption are left
    out; the report prints neither.

    Examples
    --------
    >>> import hyreport as hy
    >>> targets_against_each_other(hy.load_figures())["value"].tolist()
    [-2.8, 0.5, 7.8]
    """
    gdp = exactly(pick(figures, "gdp.growth.2018"))
    rows = []
    for name, indicator, reading in (
        ("revenue", "budget_revenue", "revenue on one basis in both years"),
        ("income", "resident_income", "the income target is nominal"),
    ):
        growth = read_about(pick(figures, f"{indicator}.growth.2018"), tolerance)
        number = compute(
            lambda growth, gdp: 100 * (100 + growth) / (100 + gdp) - 100,
            growth=growth,
            gdp=gdp,
            unit="percent",
            formula="(1 + target) / (1 + real GDP floor) − 1: price change that makes them even",
            decimals=1,
        )
        labels = {"pair": f"{name} against GDP", "reading": reading}
        rows.append(number.as_row(**labels, result=f"{name}_against_gdp"))
    spending = compute(
        lambda revenue, visits: 100 * (100 + revenue) / (100 + visits) - 100,
        revenue=exactly(pick(figures, "tourism_revenue.growth.2018")),
        visits=exactly(pick(figures, "tourists.growth.2018")),
        unit="percent",
        formula="(1 + growth of tourism revenue) / (1 + growth of visits) − 1",
        decimals=1,
    )
    labels = {"pair": "tourism revenue a visit", "reading": "both floors just met"}
    rows.append(spending.as_row(**labels, result="tourism_revenue_a_visit"))
    return pd.DataFrame(rows)


def _carry(figures: pd.DataFrame, indicator: str, tolerance: float) -> Computed:
    """Carry a level forward; the upper end stays open where the target is a floor."""
    level = pick(figures, f"{indicator}.level.2017")
    target = pick(figures, f"{indicator}.growth.2018")
    growth = read_about(target, tolerance) if target.qualifier == "about" else exactly(target)
    number = compute(
        lambda level, growth: level * (100 + growth) / 100,
        level=level,
        growth=growth,
        unit=level.unit,
        formula="level × (1 + growth aimed at)",
    )
    return replace(number, high=None) if _is_floor(target) else number


def _add_routes(figures: pd.DataFrame) -> Computed:
    number = compute(
        lambda stock, added: stock + added,
        stock=pick(figures, "air_routes.stock.2017"),
        added=exactly(pick(figures, "air_routes.added.2018")),
        unit="routes",
        formula="routes of 2017 + new routes aimed at",
        decimals=0,
    )
    return replace(number, high=None)


def _is_floor(target: Figure) -> bool:
    return target.low is not None and target.high is None
