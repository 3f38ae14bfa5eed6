"""Theme 1: what one revenue level and two tax shares imply.

Every table holds one computed number a row: `value`, `low`, `high` in `unit`, with `formula`,
`inputs` and the `reading` it rests on; `result` is the name under which prose links to it.
"""

from fractions import Fraction
from functools import partial
from inspect import signature

import pandas as pd

from hyreport.data.figure import Figure, pick
from hyreport.data.report import published
from hyreport.errors import BasisError
from hyreport.numbers.rounding import Computed, as_printed, compute, stated
from hyreport.themes.revenue.basis import MONEY, local_over_total, read_about

REVENUES = ("total", "local")
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
