"""Theme 3: paths of the tax share under stated growth of tax and non-tax revenue. No forecasts.

Nothing here says how likely a rate is. The intervals are those of rounding, not of the future.
"""

from fractions import Fraction

import pandas as pd

from hyreport.data.figure import pick
from hyreport.errors import BasisError
from hyreport.numbers.computed import UNROUNDED
from hyreport.numbers.rounding import as_printed, compute
from hyreport.themes.revenue.basis import MONEY

BASE_YEAR = 2017


def tax_path(
    figures: pd.DataFrame,
    *,
    tax_growth: float,
    non_tax_growth: float,
    years: int = 3,
    revenue: str = "local",
) -> pd.DataFrame:
    """Carry tax and non-tax revenue on at stated growth, and work out the tax share.

    Parameters
    ----------
    figures : DataFrame
        As `load_figures` gives it.
    tax_growth, non_tax_growth : float
        Growth a year, in percent: the scenario.
    years : int
        Years after 2017.
    revenue : str
        local or total.

    Returns
    -------
    DataFrame
        One row a `date` and `quantity`: the tax share in percent and revenue in 100 million yuan
        (亿元), nominal, from 2017 on; `low` and `high` are what rounding allows.

    Raises
    ------
    BasisError
        For growth of −100 percent or less, no year, or an unknown revenue.

    Notes
    -----
    Revenue of 2017 is the printed level read as total; local revenue follows from it and both
    shares if all non-tax revenue is local. The path of the share needs no level.

    Examples
    --------
    >>> import hyreport as hy
    >>> path = tax_path(hy.load_figures(), tax_growth=10, non_tax_growth=0, years=2)
    >>> path.query("quantity == 'tax share'")["value"].tolist()
    [55.9, 58.2, 60.5]
    """
    place = f"tax_path(tax_growth={tax_growth}, non_tax_growth={non_tax_growth}, years={years})"
    if revenue not in ("local", "total") or years < 1 or min(tax_growth, non_tax_growth) <= -100:
        raise BasisError(place, f"a choice out of range ({revenue})", "growth above −100 percent")
    factors = [1 + Fraction(format(rate, ".12g")) / 100 for rate in (tax_growth, non_tax_growth)]
    pool = {name: pick(figures, f"tax_share.{name}.2017") for name in ("total", "local")}
    share, level = pool[revenue], pick(figures, "budget_revenue.level.2017")
    rows = []
    for ahead in range(years + 1):
        tax, rest = (factor**ahead for factor in factors)
        words = f"tax {tax_growth:+g}%, non-tax {non_tax_growth:+g}% a year from 2017"
        labels = {"date": str(BASE_YEAR + ahead), "scenario": words}
        path = compute(
            lambda share, tax=tax, rest=rest: (
                100 * share * tax / (share * tax + (100 - share) * rest)
            ),
            share=share,
            unit="percent",
            formula=f"tax / (tax + non-tax revenue), {words}",
            decimals=1,
        )
        name = f"{_words(tax_growth)}_{_words(non_tax_growth)}_{labels['date']}"
        shared = labels | {"quantity": "tax share", "result": f"share_path_{name}"}
        rows.append(path.as_row(**shared))
        amount = compute(
            lambda tax=tax, rest=rest, **given: _revenue(revenue, tax, rest, **given),
            level=level,
            **(pool if revenue == "local" else {"total": share}),
            unit=MONEY,
            formula=f"tax + non-tax revenue, {words}",
            decimals=1,
        )
        labels |= {"quantity": f"{revenue} revenue", "result": f"revenue_path_{name}"}
        rows.append(amount.as_row(**labels))
    return pd.DataFrame(rows)


def _words(rate: float) -> str:
    """Write a growth rate as it can stand in a name.

    >>> _words(-2.5)
    'minus_2_5'
    """
    return f"{rate:g}".replace("-", "minus_").replace(".", "_")


def _revenue(revenue: str, tax, rest, *, level, total, local=0):
    non_tax = level * (100 - total) / 100
    taxes = level * total / 100 if revenue == "total" else non_tax * local / (100 - local)
    return taxes * tax + non_tax * rest


def tax_grid(
    figures: pd.DataFrame, tax_rates, non_tax_rates, *, year: int = 2019, revenue: str = "local"
) -> pd.DataFrame:
    """Tabulate the tax share and revenue of one year for several pairs of growth rates.

    Parameters
    ----------
    figures : DataFrame
        As `load_figures` gives it.
    tax_rates, non_tax_rates : iterable of float
        Growth a year in percent.
    year : int
        A year after 2017.
    revenue : str
        local or total.

    Returns
    -------
    DataFrame
        One row a pair: `tax_growth`, `non_tax_growth`, `tax_share` with `share_low`, `share_high`
        in percent, `revenue` with `revenue_low`, `revenue_high` in 100 million yuan (亿元); then
        the same six before they were rounded, as `unrounded_tax_share` and so on.
    """
    rows = []
    for tax in tax_rates:
        for rest in non_tax_rates:
            path = tax_path(
                figures,
                tax_growth=tax,
                non_tax_growth=rest,
                years=year - BASE_YEAR,
                revenue=revenue,
            )
            share, amount = path.tail(2).to_dict("records")
            columns = {
                "tax_share": (share, "value"),
                "share_low": (share, "low"),
                "share_high": (share, "high"),
                "revenue": (amount, "value"),
                "revenue_low": (amount, "low"),
                "revenue_high": (amount, "high"),
            }
            row = {"tax_growth": tax, "non_tax_growth": rest}
            for kept in ("", UNROUNDED):
                row |= {kept + name: of[kept + end] for name, (of, end) in columns.items()}
            rows.append(row)
    return pd.DataFrame(rows)


def share_at_pace(figures: pd.DataFrame, *, years: int = 3, revenue: str = "local") -> pd.DataFrame:
    """Carry the tax share on as if tax outgrew non-tax revenue each year as it did in 2017.

    Parameters
    ----------
    figures : DataFrame
        As `load_figures` gives it.
    years : int
        Years after 2017.
    revenue : str
        local or total.

    Returns
    -------
    DataFrame
        One row a `date`, in percent.

    Notes
    -----
    Tax over non-tax revenue is multiplied each year by what the printed share and its printed
    change say for 2017: no level is needed, so neither reading of 2016 is either.

    Examples
    --------
    >>> import hyreport as hy
    >>> share_at_pace(hy.load_figures())["value"].tolist()
    [55.9, 68.0, 78.2, 85.7]
    """
    rows = []
    inputs = {
        "share": pick(figures, f"tax_share.{revenue}.2017"),
        "change": pick(figures, f"tax_share_change.{revenue}.2017"),
    }
    for ahead in range(years + 1):
        made = compute(
            lambda share, change, ahead=ahead: _percent(
                _odds(share) * (_odds(share) / _odds(share - change)) ** ahead
            ),
            **inputs,
            unit="percent",
            formula="tax over non-tax revenue multiplied each year as in 2017",
            decimals=1,
        )
        made = as_printed(inputs["share"]) if not ahead else made
        date = str(BASE_YEAR + ahead)
        labels = {"date": date, "scenario": "2017's pace", "quantity": "tax share"}
        rows.append(made.as_row(**labels, result=f"share_at_pace_{date}"))
    return pd.DataFrame(rows)


def _odds(share):
    return share / (100 - share)


def _percent(odds):
    return 100 * odds / (1 + odds)
