"""Theme 3: how the story changes with the print by which it is told, and where series break."""

from datetime import date

import pandas as pd

from hyreport.data.days import has_day, read_day, read_days
from hyreport.data.figure import pick
from hyreport.data.report import published
from hyreport.errors import IntervalError
from hyreport.numbers.rounding import Computed, compute
from hyreport.themes.growth.known import REPORTED

CITY = "430400"

SERIES = ("local_budget_revenue", "retail_sales", "fixed_asset_investment")
BREAKS = ("series", "date", "change_pct", "known", "note")


def series_breaks(reference: pd.DataFrame, *, origin: str | date = REPORTED) -> pd.DataFrame:
    """List the breaks of the series that get no statistical forecast.

    Parameters
    ----------
    reference : DataFrame
        As `load_reference` gives it.
    origin : str or date
        Day of the forecast, YYYY-MM-DD.

    Returns
    -------
    DataFrame
        One row a break or suspect print: `series`, `date`, the change on the year before in
        percent, whether it was `known` on that day, and the `note` of our table.

    Raises
    ------
    DayError
        For an origin or a `known_by` that is no day.
    IntervalError
        Where two levels stand for one year.

    Examples
    --------
    >>> import hyreport as hy
    >>> series_breaks(hy.load_reference())["date"].tolist()
    ['2010', '2017', '2006', '2015', '2019', '2012', '2013']
    """
    rows = []
    for series in SERIES:
        levels = _levels(reference, series)
        known = _known(levels, origin)
        change = (100 * levels["value"].pct_change()).round(1)
        repeated = levels["value"] == levels["value"].shift()
        for place in levels.index[(levels["obs_status"] == "B") | repeated]:
            row = levels.loc[place]
            rows.append(
                (
                    series.replace("_", " "),
                    row["time_period"],
                    float(change[place]),
                    "yes" if known[place] else "no",
                    row["note"],
                )
            )
    return pd.DataFrame(rows, columns=list(BREAKS))


def usable_years(reference: pd.DataFrame, *, origin: str | date = REPORTED) -> pd.DataFrame:
    """Count how many years of each series a forecaster could use on one basis.

    Parameters
    ----------
    reference : DataFrame
        As `load_reference` gives it.
    origin : str or date
        Day of the forecast, YYYY-MM-DD.

    Returns
    -------
    DataFrame
        One row a series: `last_known`, a year; `years_to_2018`, how far a forecast would have to
        reach; `growth_rates`, those between levels since the last break that was public.

    Raises
    ------
    DayError
        For an origin or a `known_by` that is no day.
    IntervalError
        Where no level of a series was public on that day, or two stand for one year.

    Notes
    -----
    The report prints the level of 2017 for none of these series, and a break that came out later
    may lie between the last level known and 2018.

    Examples
    --------
    >>> import hyreport as hy
    >>> usable_years(hy.load_reference())["growth_rates"].tolist()
    [5, 0, 2]
    """
    rows = []
    for series in SERIES:
        levels = _levels(reference, series)
        known = levels[_known(levels, origin)]
        if known.empty:
            found = f"no level of {series} public by then"
            raise IntervalError(f"usable_years, origin {origin}", found, "one at least")
        breaks = known.index[known["obs_status"] == "B"]
        since = known.loc[breaks[-1] :] if len(breaks) else known
        rows.append(
            {
                "series": series.replace("_", " "),
                "last_known": known["time_period"].iloc[-1],
                "years_to_2018": 2018 - int(known["time_period"].iloc[-1]),
                "growth_rates": len(since) - 1,
            }
        )
    return pd.DataFrame(rows)


def _levels(reference: pd.DataFrame, series: str) -> pd.DataFrame:
    rows = reference[
        (reference["series"] == series)
        & (reference["ref_area"] == CITY)
        & (reference["vintage"] == "yearbook")
    ]
    if rows["time_period"].duplicated().any():
        raise IntervalError(f"levels of {series}", "two for one year", "one yearbook level a year")
    return rows.sort_values("time_period", ignore_index=True)


def _known(levels: pd.DataFrame, origin: str | date) -> pd.Series:
    """Say of each level whether it was surely public on a day; without a day it was not."""
    dated = has_day(levels, "known_by", "reference")
    public = read_days(levels[dated], "known_by", "reference") <= read_day(origin, "origin")
    return public.reindex(levels.index, fill_value=False)


def growth_by_levels(figures: pd.DataFrame, reference: pd.DataFrame) -> pd.DataFrame:
    """Divide GDP levels of different vintages, to show what becomes of growth.

    Parameters
    ----------
    figures, reference : DataFrame
        As `load_figures` and `load_reference` give them.

    Returns
    -------
    DataFrame
        One row a pair of levels: nominal change in percent, the real growth printed for the year,
        and the change of prices that both together would mean, each with what rounding allows.

    Notes
    -----
    The report's level of 2017 was later revised; how and why is not established. A level may be
    divided only by one of its own vintage, and no two here are known to be.

    Examples
    --------
    >>> import hyreport as hy
    >>> table = growth_by_levels(hy.load_figures(), hy.load_reference())
    >>> table.query("quantity == 'change of levels'")["value"].tolist()
    [11.9, 2.4, 4.3, -4.6]
    """
    levels = {
        "2016 yearbook": published(reference, "gdp", "2016"),
        "2017 report": pick(figures, "gdp.level.2017"),
        "2017 revised": published(reference, "gdp", "2017"),
        "2018 yearbook": published(reference, "gdp", "2018"),
    }
    growth = {
        "2017": pick(figures, "gdp.growth.2017"),
        "2018": published(reference, "gdp_growth_real", "2018"),
    }
    pairs = (
        ("2016 yearbook", "2017 report", "both from before the revision"),
        ("2016 yearbook", "2017 revised", "before and after the revision"),
        ("2017 revised", "2018 yearbook", "not known to be of one vintage"),
        ("2017 report", "2018 yearbook", "before and after the revision"),
    )
    rows = []
    for before, after, basis in pairs:
        year = after[:4]
        ends = {"before": levels[before], "after": levels[after]}
        labels = {"date": year, "levels": f"{before} → {after}", "basis": basis}
        name = f"{before} {after}".replace(" ", "_")
        change = compute(
            lambda before, after: 100 * after / before - 100,
            **ends,
            unit="percent",
            formula=f"GDP {after} / GDP {before} − 1, current prices",
            decimals=1,
        )
        rows.append(
            change.as_row(**labels, quantity="change of levels", result=f"level_change_{name}")
        )
        prices = compute(
            lambda before, after, growth: 100 * (after / before) / (1 + growth / 100) - 100,
            **ends,
            growth=growth[year],
            unit="percent",
            formula=f"(GDP {after} / GDP {before}) / (1 + printed real growth) − 1",
            decimals=1,
        )
        rows.append(
            prices.as_row(**labels, quantity="prices this implies", result=f"prices_{name}")
        )
    return pd.DataFrame(rows)


def implied_growth_2017(reference: pd.DataFrame) -> Computed:
    """Compute which growth in 2017 the average of five years, printed in 2021, leaves.

    Parameters
    ----------
    reference : DataFrame
        As `load_reference` gives it.

    Returns
    -------
    Computed
        In percent, if the average and the other four years are on one basis.

    Notes
    -----
    The fifth power of (1 + average) over the product of (1 + growth) in 2016, 2018, 2019 and 2020.

    Examples
    --------
    >>> import hyreport as hy
    >>> print(implied_growth_2017(hy.load_reference()).value)
    8.8
    """
    others = {
        f"year_{year}": published(reference, "gdp_growth_real", str(year))
        for year in (2016, 2018, 2019, 2020)
    }

    def leave(average, **others):
        product = 1
        for growth in others.values():
            product *= 1 + growth / 100
        return 100 * (1 + average / 100) ** 5 / product - 100

    return compute(
        leave,
        average=published(reference, "gdp_growth_real", "2016/2020"),
        **others,
        unit="percent",
        formula="(1 + average of 2016 to 2020)^5 / the product of the other four years − 1",
        decimals=1,
    )


def first_and_later_level(reference: pd.DataFrame) -> Computed:
    """Compute by how much the GDP level of 2014 moved from its first release to the yearbook.

    Parameters
    ----------
    reference : DataFrame
        As `load_reference` gives it.

    Returns
    -------
    Computed
        In percent of the first release.

    Examples
    --------
    >>> import hyreport as hy
    >>> print(first_and_later_level(hy.load_reference()).value)
    0.041
    """
    return compute(
        lambda first, later: 100 * later / first - 100,
        first=published(reference, "gdp", "2014", vintage="first release"),
        later=published(reference, "gdp", "2014", vintage="yearbook"),
        unit="percent",
        formula="GDP 2014 in the yearbook / in its first release − 1",
        decimals=3,
    )
