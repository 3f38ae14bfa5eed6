"""Theme 1: what the two printed tax shares imply."""

import pandas as pd

from hyreport.checks import local_over_total
from hyreport.data import pick
from hyreport.rounding import Computed, compute

MONEY = "100 million yuan"
REVENUES = {"total": "total fiscal revenue", "local": "local revenue"}


def tax_shares(figures: pd.DataFrame) -> pd.DataFrame:
    """Tabulate both tax shares in 2017 and, from the printed changes, in 2016.

    Parameters
    ----------
    figures : DataFrame
        As `load_figures` gives it.

    Returns
    -------
    DataFrame, shape (4, 8)
        One row a revenue and year: `value`, `low`, `high` in percent; `origin` says printed or
        computed; `inputs` the figures behind it. The basis of the 2016 shares is not printed.

    Examples
    --------
    >>> import hyreport as hy
    >>> tax_shares(hy.load_figures()).query("year == 2016")["value"].tolist()
    [58.0, 43.0]
    """
    rows = []
    for revenue, words in REVENUES.items():
        before, now = share_2016(figures, revenue), pick(figures, f"tax_share.{revenue}.2017")
        for year, share, origin in ((2016, before, "computed"), (2017, now, "printed")):
            rows.append(
                {
                    "revenue": words,
                    "year": year,
                    "value": float(share.value),
                    "low": float(share.low),
                    "high": float(share.high),
                    "unit": "percent",
                    "origin": origin,
                    "inputs": " ".join(getattr(share, "inputs", (now.figure_id,))),
                }
            )
    return pd.DataFrame(rows)


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


def local_revenue_2017(figures: pd.DataFrame) -> Computed:
    """Compute local revenue of 2017, a level the report does not print.

    Parameters
    ----------
    figures : DataFrame
        As `load_figures` gives it.

    Returns
    -------
    Computed
        In 100 million yuan (亿元), nominal.

    Notes
    -----
    Holds if 252.01亿元 is total revenue and all non-tax revenue is local: then non-tax revenue
    is total × (1 − tax share of total), and local revenue is non-tax / (1 − local tax share).

    Examples
    --------
    >>> import hyreport as hy
    >>> print(local_revenue_2017(hy.load_figures()).value)
    162.3
    """
    return compute(
        lambda total, tax_total, tax_local: total * local_over_total(tax_total, tax_local),
        total=pick(figures, "budget_revenue.level.2017"),
        tax_total=pick(figures, "tax_share.total.2017"),
        tax_local=pick(figures, "tax_share.local.2017"),
        unit=MONEY,
        formula="total × (100 − tax share of total) / (100 − local tax share)",
    )


def total_if_local(figures: pd.DataFrame) -> Computed:
    """Compute total revenue of 2017 under the reading that the printed level is local revenue.

    Parameters
    ----------
    figures : DataFrame
        As `load_figures` gives it.

    Returns
    -------
    Computed
        In 100 million yuan (亿元), nominal.

    Notes
    -----
    Holds if 252.01亿元 is local revenue and all non-tax revenue is local; the counterpart of
    `local_revenue_2017`.

    Examples
    --------
    >>> import hyreport as hy
    >>> print(total_if_local(hy.load_figures()).value)
    391
    """
    return compute(
        lambda local, tax_total, tax_local: local / local_over_total(tax_total, tax_local),
        local=pick(figures, "budget_revenue.level.2017"),
        tax_total=pick(figures, "tax_share.total.2017"),
        tax_local=pick(figures, "tax_share.local.2017"),
        unit=MONEY,
        formula="local × (100 − local tax share) / (100 − tax share of total)",
    )


def tax_kept_locally(figures: pd.DataFrame, year: int) -> Computed:
    """Compute the part of all tax collected that stays with the city, from the shares alone.

    Parameters
    ----------
    figures : DataFrame
        As `load_figures` gives it.
    year : int
        2016 or 2017.

    Returns
    -------
    Computed
        Local tax as a percentage of all tax in total revenue.

    Notes
    -----
    If all non-tax revenue is local, local over total revenue is (1 − total share) / (1 − local
    share); times the ratio of the shares this is local tax over all tax. No level is needed.
    """
    names = {
        "total": pick(figures, "tax_share.total.2017"),
        "local": pick(figures, "tax_share.local.2017"),
    }
    if year == 2016:
        names |= {
            "total_change": pick(figures, "tax_share_change.total.2017"),
            "local_change": pick(figures, "tax_share_change.local.2017"),
        }

    def kept(total, local, total_change=0, local_change=0):
        total, local = total - total_change, local - local_change
        return 100 * local / total * local_over_total(total, local)

    return compute(
        kept,
        **names,
        unit="percent",
        formula="local share × (100 − total share) / (total share × (100 − local share))",
    )
