"""Theme 3: scenarios: what 2018 would be if its targets came true. No forecasts.

Nothing here says how likely a rate is. The intervals are those of rounding, not of the future.
"""

from itertools import chain

import pandas as pd

from hyreport.data.figure import pick
from hyreport.numbers.rounding import Computed, compute, exactly
from hyreport.themes.revenue.basis import MONEY, apply_growth, local_over_total, read_about

INDEX = "2017 = 100"
PACE = "2017's pace"
# What has no level for 2017 in the report is carried out as an index.
INDEXED = ("retail_sales", "fixed_asset_investment")


def carry_out_targets(figures: pd.DataFrame, *, tolerance: float = 0.5) -> pd.DataFrame:
    """Work out 2018 if the targets came true, and if the growth of 2017 simply went on.

    Parameters
    ----------
    figures : DataFrame
        As `load_figures` gives it.
    tolerance : float
        Points read into a target printed with 左右 (about), on either side.

    Returns
    -------
    DataFrame, shape (11, 17)
        One row a `variable` and `scenario` (floor, stretch, target, 2017's pace), with the
        `growth` as printed that it carries out: amounts in 100
        million yuan (亿元) or an index with 2017 = 100; real for GDP, nominal for the others.

    Notes
    -----
    GDP is at the prices of 2017, since its growth is real. Revenue of 2017 grew on the same basis
    (同口径); here that rate goes on, on the basis of 2017. Local revenue stands in the same
    proportion to total revenue as in 2017, which assumes that neither tax share moves.

    Examples
    --------
    >>> import hyreport as hy
    >>> carry_out_targets(hy.load_figures()).query("variable == 'GDP'")["value"].tolist()
    [3448.4, 3464.4, 3464.0]
    """
    rows = []
    made = (_gdp(figures), _revenue(figures, tolerance), _indexed(figures, tolerance))
    for variable, scenario, rate, number in chain(*made):
        name = f"scenario_{variable}_{scenario}_2018".lower().replace(" ", "_").replace("'s", "")
        labels = {"variable": variable, "scenario": scenario, "growth": rate.as_printed}
        labels["date"] = "2018"
        rows.append(number.as_row(**labels, result=name))
    return pd.DataFrame(rows)


def _gdp(figures: pd.DataFrame):
    level, growth = (pick(figures, f"gdp.{name}.2017") for name in ("level", "growth"))
    floor, stretch = (pick(figures, f"gdp.growth.2018{part}") for part in ("", ".stretch"))
    for scenario, rate in {"floor": floor, "stretch": stretch, PACE: growth}.items():
        number = exactly(rate) if scenario == "floor" else rate
        yield "GDP", scenario, rate, _grow(level, number, "at the prices of 2017")


def _revenue(figures: pd.DataFrame, tolerance: float):
    level, pace = (pick(figures, f"budget_revenue.{name}.2017") for name in ("level", "growth"))
    target = pick(figures, "budget_revenue.growth.2018")
    yield "total revenue", "target", target, apply_growth(level, target, tolerance=tolerance)
    yield "total revenue", PACE, pace, _grow(level, pace, "on the basis of 2017")
    for scenario, rate in (("target", target), (PACE, pace)):
        local = compute(
            lambda level, rate, total, local: (
                level * local_over_total(total, local) * (100 + rate) / 100
            ),
            level=level,
            rate=read_about(rate, tolerance),
            total=pick(figures, "tax_share.total.2017"),
            local=pick(figures, "tax_share.local.2017"),
            unit=MONEY,
            formula="level × (1 + growth) × local over total revenue of 2017",
        )
        yield "local revenue", scenario, rate, local


def _indexed(figures: pd.DataFrame, tolerance: float):
    for name in INDEXED:
        target, pace = (pick(figures, f"{name}.growth.{year}") for year in (2018, 2017))
        for scenario, rate in (("target", target), (PACE, pace)):
            index = compute(
                lambda rate: 100 + rate,
                rate=read_about(rate, tolerance),
                unit=INDEX,
                formula="100 × (1 + growth)",
                decimals=1,
            )
            yield name.replace("_", " "), scenario, rate, index


def _grow(level, rate, words: str) -> Computed:
    return compute(
        lambda level, rate: level * (100 + rate) / 100,
        level=level,
        rate=rate,
        unit=level.unit,
        formula=f"level × (1 + growth), {words}",
    )
