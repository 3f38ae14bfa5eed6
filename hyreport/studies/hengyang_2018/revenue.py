"""What is true of the revenue of Hengyang's report alone: years around 2017, later shares, 2015."""

from functools import partial

import pandas as pd

from hyreport.data.figure import pick
from hyreport.data.report import published
from hyreport.numbers.rounding import Computed, as_printed, compute, exactly
from hyreport.themes.revenue.basis import MONEY, REVENUES, local_over_total
from hyreport.themes.revenue.paths import _odds
from hyreport.themes.revenue.rise import _tabulate
from hyreport.themes.revenue.shares import ALL_LOCAL, share_2016

LATER_SHARES = (2019, 2020)


def tax_shares(figures: pd.DataFrame, reference: pd.DataFrame) -> pd.DataFrame:
    """Tabulate both tax shares for 2015, 2016 and 2017.

    Parameters
    ----------
    figures, reference : DataFrame
        As `load_figures` and `load_reference` give them.

    Returns
    -------
    DataFrame, shape (6, 16)
        One row a revenue and year, in percent; `origin` is printed or derived.

    Notes
    -----
    2016 is 2017 less the printed change, on a basis that is not printed. 2015 rests on later
    publications: the local share is that of 2020 less its printed rise, the share of total
    revenue follows from both published levels if all non-tax revenue is local.

    Examples
    --------
    >>> import hyreport as hy
    >>> shares = tax_shares(hy.load_figures(), hy.load_reference())
    >>> shares.query("revenue == 'local'")["value"].tolist()
    [49.4, 43.0, 55.9]
    """
    rows = []
    for revenue in REVENUES:
        years = {
            2015: share_2015(reference, revenue),
            2016: share_2016(figures, revenue),
            2017: as_printed(pick(figures, f"tax_share.{revenue}.2017")),
        }
        for year, share in years.items():
            origin = "printed" if share.kind == "printed" else "derived"
            labels = {"revenue": revenue, "year": year, "origin": origin}
            rows.append(share.as_row(**labels, result=f"tax_share_{revenue}_{year}"))
    return pd.DataFrame(rows)


def share_2015(reference: pd.DataFrame, revenue: str) -> Computed:
    """Compute a tax share of 2015 from later publications.

    Parameters
    ----------
    reference : DataFrame
        As `load_reference` gives it.
    revenue : str
        total or local.

    Returns
    -------
    Computed
        In percent, on the basis of 2015 as published.

    Notes
    -----
    The work report of 2021 prints the local share of 2020 and its rise over 2015 in points.
    """
    later = {
        "share": published(reference, "local_tax_share", "2020"),
        "rise": published(reference, "local_tax_share_change", "2015/2020"),
    }
    if revenue == "local":
        return compute(
            lambda share, rise: share - rise,
            **later,
            unit="percent",
            formula="local share of 2020 − its rise since 2015",
            decimals=1,
        )
    return compute(
        lambda share, rise, local, total: 100 - local * (100 - share + rise) / total,
        **later,
        local=published(reference, "local_budget_revenue", "2015"),
        total=published(reference, "total_budget_revenue", "2015"),
        unit="percent",
        formula=f"1 − local revenue × (1 − local share) / total revenue, {ALL_LOCAL}",
        decimals=1,
    )


def published_revenue(reference: pd.DataFrame) -> pd.DataFrame:
    """Collect published revenue, and its size against GDP published on a like footing.

    Parameters
    ----------
    reference : DataFrame
        As `load_reference` gives it.

    Returns
    -------
    DataFrame, shape (13, 15)
        One row a revenue, year and quantity: 100 million yuan (亿元) or percent of GDP, nominal.

    Notes
    -----
    GDP of 2014 to 2016 is from before a revision of the accounts, that of 2019 from after it; for
    2017 no level of either kind fits, so local revenue of 2017 has no size here.

    Examples
    --------
    >>> import hyreport as hy
    >>> table = published_revenue(hy.load_reference())
    >>> table.query("unit == 'percent of GDP'")["value"].tolist()
    [9.8, 10.1, 8.0, 7.5, 7.2, 5.0]
    """
    years = {"total": (2014, 2015, 2019), "local": (2015, 2016, 2017, 2019)}
    rows = []
    for revenue, year in ((name, year) for name in REVENUES for year in years[name]):
        level = published(reference, f"{revenue}_budget_revenue", str(year))
        labels = {"revenue": revenue, "year": year}
        rows.append(level.as_row(**labels, result=f"{revenue}_revenue_{year}_published"))
        if year != 2017:
            size = compute(
                lambda revenue, gdp: 100 * revenue / gdp,
                revenue=level,
                gdp=published(reference, "gdp", str(year), vintage="yearbook"),
                unit="percent of GDP",
                formula="published revenue / published GDP",
                decimals=1,
            )
            rows.append(size.as_row(**labels, result=f"{revenue}_revenue_over_gdp_{year}"))
    return pd.DataFrame(rows)


def tax_kept_locally(figures: pd.DataFrame, reference: pd.DataFrame) -> pd.DataFrame:
    """Compute the part of all tax in total revenue that is in local revenue.

    Parameters
    ----------
    figures, reference : DataFrame
        As `load_figures` and `load_reference` give them.

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
    >>> import hyreport as hy
    >>> tax_kept_locally(hy.load_figures(), hy.load_reference())["value"].tolist()
    [58.9, 54.6, 50.3, 50.3]
    """
    now = {name: pick(figures, f"tax_share.{name}.2017") for name in REVENUES}
    changes = {
        f"{name}_change": pick(figures, f"tax_share_change.{name}.2017") for name in REVENUES
    }
    formula = "local share × (1 − total share) / (total share × (1 − local share))"
    make = partial(compute, unit="percent", formula=f"{formula}, {ALL_LOCAL}", decimals=1)
    level = pick(figures, "budget_revenue.level.2017")
    yearbook = published(reference, "local_budget_revenue", "2017")
    by_yearbook = compute(
        lambda level, total, local, yearbook: 100 * yearbook * local / (level * total),
        **now,
        level=level,
        yearbook=yearbook,
        unit="percent",
        formula="yearbook's local revenue × local share / (252.01 × total share)",
        decimals=1,
    )
    rows = [
        _kept_2015(reference).as_row(year=2015, result="tax_kept_locally_2015"),
        make(_kept, **now, **changes).as_row(
            year=2016, reading="A and B alike", result="tax_kept_locally_2016"
        ),
        make(_kept, **now).as_row(year=2017, result="tax_kept_locally_2017"),
        by_yearbook.as_row(
            year=2017, reading="252.01 is total; yearbook", result="tax_kept_2017_by_yearbook"
        ),
    ]
    return pd.DataFrame(rows)


def _kept(total, local, total_change=0, local_change=0):
    total, local = total - total_change, local - local_change
    return 100 * local / total * local_over_total(total, local)


def _kept_2015(reference: pd.DataFrame) -> Computed:
    return compute(
        lambda revenue, total, share, rise: (
            100 * revenue * (share - rise) / (100 * total - revenue * (100 - share + rise))
        ),
        revenue=published(reference, "local_budget_revenue", "2015"),
        total=published(reference, "total_budget_revenue", "2015"),
        share=published(reference, "local_tax_share", "2020"),
        rise=published(reference, "local_tax_share_change", "2015/2020"),
        unit="percent",
        formula=f"local tax / (total revenue − non-tax revenue), {ALL_LOCAL}",
        decimals=1,
    )


def local_share_path(figures: pd.DataFrame, reference: pd.DataFrame) -> pd.DataFrame:
    """Collect the tax share of local revenue from 2015 on, printed or derived.

    Parameters
    ----------
    figures, reference : DataFrame
        As `load_figures` and `load_reference` give them.

    Returns
    -------
    DataFrame, shape (7, 16)
        One row a year that our sources allow, in percent; `origin` is printed or derived and
        `source` the publication. Gaps are years without a figure.

    Examples
    --------
    >>> import hyreport as hy
    >>> local_share_path(hy.load_figures(), hy.load_reference())["year"].tolist()
    [2015, 2016, 2017, 2019, 2020, 2023, 2025]
    """
    early = tax_shares(figures, reference).query("revenue == 'local'").drop(columns="revenue")
    report = "Hengyang government work report 2018"
    early["source"] = ["Hengyang government work report 2021", report, report]
    rows = []
    for year in ("2019", "2020"):
        share = published(reference, "local_tax_share", year)
        rows.append(_later_share(share, year, "printed", share.formula))
    for year in ("2023", "2025"):
        parts = {
            name: published(reference, f"local_{name}_revenue", year) for name in ("tax", "non_tax")
        }
        share = compute(
            lambda tax, non_tax: 100 * tax / (tax + non_tax),
            **parts,
            unit="percent",
            formula="tax / (tax + non-tax revenue)",
            decimals=1,
        )
        rows.append(_later_share(share, year, "derived", parts["tax"].formula))
    columns = ["year", "origin", "source"]
    path = pd.concat([early, pd.DataFrame(rows)], ignore_index=True)
    return path[columns + [name for name in path if name not in columns]]


def _later_share(share: Computed, year: str, origin: str, formula: str) -> dict:
    source = formula.removeprefix("published: ")
    labels = {"year": int(year), "origin": origin, "source": source}
    return share.as_row(**labels, result=f"tax_share_local_{year}")


def gap_to_2015(figures: pd.DataFrame, reference: pd.DataFrame) -> pd.DataFrame:
    """Set total revenue of 2016 under both readings against the total published for 2015.

    Parameters
    ----------
    figures, reference : DataFrame
        As `load_figures` and `load_reference` give them.

    Returns
    -------
    DataFrame, shape (2, 14)
        In percent of 2015: a gap, no growth; reading A and the total of 2015 are on two bases.

    Examples
    --------
    >>> import hyreport as hy
    >>> gap_to_2015(hy.load_figures(), hy.load_reference())["value"].tolist()
    [-11.1, 6.1]
    """
    return _tabulate(
        figures,
        reference,
        {
            "total revenue": lambda before, now, published_2015: (
                100 * before["total revenue"] / published_2015 - 100
            )
        },
        unit="percent",
        result="{quantity}_gap_2016_{reading}",
        decimals=1,
        published_2015=published(reference, "total_budget_revenue", "2015"),
    )


def large_taxpayers(figures: pd.DataFrame) -> pd.DataFrame:
    """Bound from below what the enterprises over the threshold paid and paid more than before.

    Parameters
    ----------
    figures : DataFrame
        As `load_figures` gives it.

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
    >>> import hyreport as hy
    >>> large_taxpayers(hy.load_figures())["value"].tolist()
    [10.8, 5.4, 0.6, 21.6, 10.8, 1.2]
    """
    inputs = {
        "firms": pick(figures, "large_taxpayers_doubling.count.2017"),
        "threshold": exactly(pick(figures, "large_taxpayers_doubling.threshold.2017")),
    }
    shares = {
        "level": pick(figures, "budget_revenue.level.2017"),
        "share": pick(figures, "tax_share.total.2017"),
    }
    rows = []
    for times, year in ((1, 2017), (2, 2016)):

        def paid(firms, threshold, times=times):
            return times * firms * threshold / 10_000

        def effect(level, share, firms, threshold, paid=paid):
            rise = paid(firms, threshold) / 2
            return share - 100 * (level * share / 100 - rise) / (level - rise)

        found = {
            "tax paid in 2017": compute(
                paid, **inputs, unit=MONEY, formula="firms × threshold", decimals=1
            ),
            "more than in 2016": compute(
                lambda firms, threshold, paid=paid: paid(firms, threshold) / 2,
                **inputs,
                unit=MONEY,
                formula="half of it, as it doubled",
                decimals=1,
            ),
            "effect on the tax share": compute(
                effect,
                **inputs,
                **shares,
                unit="percentage points",
                formula="tax share less what it would be without their least additional tax",
                decimals=1,
            ),
        }
        for quantity, number in found.items():
            name = f"large_taxpayers_{quantity.replace(' ', '_')}_threshold_{year}"
            reading = f"threshold passed in {year}"
            rows.append(number.at_least().as_row(quantity=quantity, reading=reading, result=name))
    return pd.DataFrame(rows)


def shares_published(reference: pd.DataFrame) -> pd.DataFrame:
    """Collect the local tax share as later work reports print it.

    Parameters
    ----------
    reference : DataFrame
        As `load_reference` gives it.

    Returns
    -------
    DataFrame, shape (2, 15)
        2019 and 2020, in percent.
    """
    rows = []
    for year in LATER_SHARES:
        share = published(reference, "local_tax_share", str(year))
        labels = {"date": str(year), "scenario": "as published"}
        rows.append(share.as_row(**labels, result=f"local_tax_share_{year}_published"))
    return pd.DataFrame(rows)


def tax_outgrew(figures: pd.DataFrame, reference: pd.DataFrame) -> pd.DataFrame:
    """Compute by how much tax outgrew non-tax revenue in 2017 and from then to 2019.

    Parameters
    ----------
    figures, reference : DataFrame
        As `load_figures` and `load_reference` give them.

    Returns
    -------
    DataFrame, shape (2, 15)
        Percent over the whole span: (1 + growth of tax) / (1 + growth of non-tax revenue) − 1,
        from the local tax share. For 2017 it rests on the printed change, for 2019 on a first
        release; that both ends of a span are on one basis is assumed.

    Examples
    --------
    >>> import hyreport as hy
    >>> tax_outgrew(hy.load_figures(), hy.load_reference())["value"].tolist()
    [68.0, 45.9]
    """
    share = pick(figures, "tax_share.local.2017")
    options = {"unit": "percent", "decimals": 1}
    in_2017 = compute(
        lambda share, change: 100 * _odds(share) / _odds(share - change) - 100,
        share=share,
        change=pick(figures, "tax_share_change.local.2017"),
        formula="tax over non-tax revenue in 2017 / the same in 2016 − 1",
        **options,
    )
    to_2019 = compute(
        lambda before, after: 100 * _odds(after) / _odds(before) - 100,
        before=share,
        after=published(reference, "local_tax_share", "2019"),
        formula="tax over non-tax revenue in 2019 / the same in 2017 − 1",
        **options,
    )
    rows = [
        number.as_row(date=span, scenario="tax outgrew non-tax", reading="one basis", result=name)
        for number, span, name in (
            (in_2017, "2016/2017", "tax_outgrew_2017"),
            (to_2019, "2017/2019", "tax_outgrew_2017_2019"),
        )
    ]
    return pd.DataFrame(rows)
