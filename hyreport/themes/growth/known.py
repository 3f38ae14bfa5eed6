"""Theme 3: yearly growth as it could be known on a day, and nothing from after it.

The tables made here are all that the forecasting modules ever see. Later figures, by which
forecasts are judged, come from `hyreport.themes.growth.benchmarks`, which none of them imports.
"""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

import numpy as np
import pandas as pd

from hyreport.data.days import has_day, read_day, read_days, read_year, read_years
from hyreport.data.report import Report
from hyreport.errors import LeakError, UnknownNameError
from hyreport.numbers.computed import ENDS, Computed, as_float
from hyreport.numbers.rounding import compute

__all__ = [
    "PRINTED",
    "SERIES",
    "as_if_in",
    "check_known",
    "first_release",
    "growth_between",
    "growth_known",
    "origin_in",
    "since_break",
    "yearly_growth",
]


SERIES = "gdp_growth_real"
# The figure in which a report prints growth of its base year, by the series of outside figures.
PRINTED = {
    SERIES: "gdp.growth",
    "retail_sales": "retail_sales.growth",
    "fixed_asset_investment": "fixed_asset_investment.growth",
}
DECIMALS = 2  # of growth from levels, as yearbooks print growth at most
SURE, ASSUMED, PSEUDO = "surely known", "let in by assumption", "pseudo real time"
REMAKE = "make the history with growth_known"
NEEDED = ("date", "value", "known_by", "used_from", "grounds", "series_id")
COLUMNS = ["date", *ENDS, "decimals", "obs_status", "vintage", *NEEDED[2:5], "source"]
COLUMNS += ["series_id", "breaks", "variable"]


def growth_known(
    report: Report,
    *,
    series: str = SERIES,
    indicator: str | None = None,
    origin: str | date | None = None,
    with_doubtful: bool = True,
) -> pd.DataFrame:
    """Collect yearly growth as it could be known on the day a forecast was made.

    Parameters
    ----------
    report : Report
        Its outside figures hold yearly growth, or levels, before its base year.
    series : str
        Of the reference table, rates or levels; real GDP growth by default.
    indicator : str, optional
        The report's figure for growth of the base year; by default that of `PRINTED`, none for
        a series that is not in it.
    origin : str or date, optional
        Day of the forecast, YYYY-MM-DD, by default the day of the report; a figure not surely
        public by then stays out.
    with_doubtful : bool
        Whether to let in the outside figure for the year before the base year, whose publication
        may have come out before or after the report; only from the day of the report on.

    Returns
    -------
    DataFrame
        One row a year: `date`, `value`, `low`, `high` in percent, `decimals`, `obs_status`,
        `vintage`, `known_by` (a day by which it was surely public), `used_from` (the day from
        which it is used here), `grounds` (surely known, or let in by assumption), `source`,
        `series_id`, `breaks` (of the levels, up to that year), `variable`. Of several vintages
        the one known last stands; one of an outside figure goes before the report's own, which is
        counted after the last break.

    Raises
    ------
    DayError
        For an origin or a `known_by` that is no day; a blank one stays out.
    LeakError
        As `check_known`.
    UnknownNameError
        Where the report does not print the indicator, or no outside figure has any growth.

    Notes
    -----
    Growth from levels is that between two years of one vintage. It is left out where a break lies
    between them, and where our table has low confidence in one: a gap, never a splice.

    Examples
    --------
    >>> known = growth_known(Report("hengyang-2018"), with_doubtful=False)
    >>> known["date"].tolist()[-3:]
    ['2014', '2015', '2017']
    >>> local = growth_known(Report("hengyang-2018"), series="local_budget_revenue")
    >>> local.loc[local["breaks"] == 1, "value"].tolist()
    [37.11, 30.23, 16.01, 10.36, 12.2, 5.15]
    """
    day = read_day(report.reported if origin is None else origin, "growth_known, origin")
    rows = yearly_growth(report, series)
    own = first_release(report, indicator or PRINTED.get(series))
    rows = rows[has_day(rows, "known_by", "reference")]
    public = read_days(rows, "known_by", "reference")
    rows = rows.assign(known_by=public.astype(str))
    sure = rows[public <= day]
    sure = sure[sure["known_by"] == sure.groupby("date")["known_by"].transform("max")]
    parts = [sure.assign(used_from=sure["known_by"], grounds=SURE)]
    if day >= read_day(report.reported, f"{report.id}, reported"):
        unsure = rows[(public > day) & (rows["date"] == str(report.base_year - 1))]
        before = rows.loc[rows["date"] <= str(report.base_year), "breaks"].max()
        parts.append(own.assign(variable=rows["variable"].iloc[0], breaks=before))
        if with_doubtful:
            parts.append(unsure.assign(used_from=report.reported, grounds=ASSUMED))
    parts[1:] = [part[~part["date"].isin(sure["date"])] for part in parts[1:]]
    history = pd.concat([part for part in parts if len(part)] or parts[:1])
    history = history.sort_values("date", ignore_index=True)[COLUMNS]
    check_known(history, day)
    return history


def yearly_growth(report: Report, series: str = SERIES) -> pd.DataFrame:
    """Select the outside figures of yearly growth, whenever they became public.

    Parameters
    ----------
    report : Report
        Whose area it is.
    series : str
        Of the reference table; from levels growth is computed.

    Returns
    -------
    DataFrame
        The columns of `report.reference`, with `date` for the year, `series_id`, under which
        results name the figures, `breaks` and `variable`, as in `growth_known`; actuals only.

    Raises
    ------
    UnknownNameError
        Where there is none.
    """
    rows = report.rows_outside(series=series, role="actual")
    rows = rows[rows["time_period"].astype(str).str.fullmatch("[0-9]{4}")]
    rows = rows.rename(columns={"time_period": "date"}).astype({"date": str})
    if "growth" in series:
        names = [report.name_outside(row) for row in _as_printed_rows(rows)]
        growth = rows.assign(series_id=names, breaks=0)
    else:
        growth = pd.DataFrame([*_rates(report, rows)], columns=[*rows, "series_id", "breaks"])
    if growth.empty:
        place, found = f"{report.id}, outside figures", f"no yearly {series} of area {report.area}"
        fix = "add rows to data/raw/reference.csv"
        raise UnknownNameError(place, found, "one year at least", fix)
    name = "real GDP growth" if series == SERIES else series.removesuffix("_growth")
    return growth.assign(variable=name.replace("_", " "))


def _as_printed_rows(rows: pd.DataFrame) -> list[dict]:
    return rows.rename(columns={"date": "time_period"}).to_dict("records")


def _rates(report: Report, levels: pd.DataFrame) -> Iterator[dict]:
    """Give a row of growth for each two neighbouring levels of one vintage and basis."""
    for _, rows in levels.sort_values("date").groupby("vintage", sort=False):
        rows = rows.assign(breaks=(rows["obs_status"] == "B").cumsum())
        pairs = list(zip(rows.to_dict("records"), _as_printed_rows(rows), strict=True))
        for (before, row_before), (after, row_after) in pairwise(pairs):
            apart = int(after["date"]) - int(before["date"])
            doubted = "low" in (before["confidence"], after["confidence"])
            if apart != 1 or doubted or before["breaks"] != after["breaks"]:
                continue
            ids = [report.name_outside(row) for row in (row_after, row_before)]
            made = growth_between(report, *ids)
            ends = {name: as_float(getattr(made, name)) for name in ENDS}
            yield (
                after
                | ends
                | {
                    "decimals": DECIMALS,
                    "unit": "percent",
                    "known_by": max(before["known_by"], after["known_by"]),
                    "series_id": " ".join(ids),
                }
            )


def growth_between(report: Report, after: str, before: str) -> Computed:
    """Compute growth from one level to another.

    Parameters
    ----------
    report : Report
    after, before : str
        Ids of the later and of the earlier level, as `report.number` takes them.

    Returns
    -------
    Computed
        In percent, with what the rounding of both levels allows.

    Examples
    --------
    >>> levels = ["reference:retail_sales.2018.yearbook", "reference:retail_sales.2017.yearbook"]
    >>> print(growth_between(Report("hengyang-2018"), *levels).value)
    6.31
    """
    return compute(
        lambda after, before: 100 * (after / before - 1),
        unit="percent",
        formula="level / level of the year before − 1",
        decimals=DECIMALS,
        after=report.number(after),
        before=report.number(before),
    )


def first_release(report: Report, indicator: str | None = PRINTED[SERIES]) -> pd.DataFrame:
    """Return growth of the base year as the report prints it, in a table of one row.

    Parameters
    ----------
    report : Report
    indicator : str or None
        The figure that prints it; None gives no row.

    Returns
    -------
    DataFrame
        As `growth_known` gives it, without `breaks` and `variable`; an end that the wording leaves
        open is missing.

    Raises
    ------
    UnknownNameError
        Where the report does not print it.
    """
    if indicator is None:
        return pd.DataFrame(columns=COLUMNS[:-2])
    printed = report.actual(indicator)
    row = {
        "date": str(report.base_year),
        **{name: as_float(getattr(printed, name)) for name in ENDS},
        "decimals": printed.decimals,
        "obs_status": printed.obs_status,
        "vintage": "first release",
        "known_by": report.reported,
        "used_from": report.reported,
        "grounds": SURE,
        "source": report.facts.get("short_en", report.facts.get("title_en", report.id)),
        "series_id": printed.id,
    }
    return pd.DataFrame([row])


def since_break(history: pd.DataFrame) -> pd.DataFrame:
    """Cut a history to the years after its last break, which are on one basis.

    Parameters
    ----------
    history : DataFrame
        As `growth_known` gives it.

    Examples
    --------
    >>> known = growth_known(Report("hengyang-2018"), series="retail_sales")
    >>> since_break(known)["date"].tolist()
    ['2016', '2017']
    """
    return history[history["breaks"] == history["breaks"].max()].reset_index(drop=True)


def as_if_in(history: pd.DataFrame, year: int) -> pd.DataFrame:
    """Cut a history to what a forecaster in January of an earlier year might have held.

    Parameters
    ----------
    history : DataFrame
        As `growth_known` gives it.
    year : int
        Year whose January it is; years before it stay.

    Returns
    -------
    DataFrame
        The same columns. Pseudo real time: each figure is used from the January after its year,
        when reports print growth for the first time, though what we hold is a later vintage.

    Examples
    --------
    >>> known = growth_known(Report("hengyang-2018"))
    >>> as_if_in(known, 2011)["date"].tolist()
    ['2005', '2006', '2007', '2008', '2009', '2010']
    """
    years = read_years(history, "date", "history")
    before = years < read_year(year, "as_if_in, year")
    earlier, used = history[before], [origin_in(past + 1) for past in years[before]]
    return earlier.assign(used_from=used, grounds=PSEUDO).reset_index(drop=True)


def origin_in(year: int) -> str:
    """Give the day on which a forecast of a past year is made as if then: the end of its January.

    >>> origin_in(2018)
    '2018-01-31'
    """
    return f"{year:04}-01-31"


def check_known(history: pd.DataFrame, origin: str | date) -> None:
    """Refuse a history that holds anything from after the day of the forecast.

    Parameters
    ----------
    history : DataFrame
        As `growth_known` or `as_if_in` gives it.
    origin : str or date
        Day of the forecast, YYYY-MM-DD.

    Raises
    ------
    DayError
        For an origin, a `known_by` or `used_from` that is no day, a `date` that is no year.
    LeakError
        For a year not over on that day (a report read in December may print its own year), a
        figure used before the day by which it was surely public without saying so, an assumption
        used before December of the next year, when the first yearbook with it may come out, a day
        left blank, a year that stands twice or out of order, a value that is no number, a missing
        column.
    """
    day = read_day(origin, "check_known, origin")
    place = f"history for {day}"
    if absent := [name for name in NEEDED if name not in history]:
        raise LeakError(place, f"no column {', '.join(absent)}", "a history", REMAKE)
    dated = {name: has_day(history, name, place) for name in ("known_by", "used_from")}
    _refuse(history, place, "no day by which it was public", ~dated["known_by"])
    _refuse(history, place, "no day from which it is used", ~dated["used_from"])
    known, used = (read_days(history, name, place) for name in dated)
    years = read_years(history, "date", place)
    december = 12 * years + 12  # of each figure's year, in months
    used_in = used.map(_count_months)
    grounds = history["grounds"]
    values = pd.to_numeric(history["value"], errors="coerce").astype(float)
    faults = {
        "a year that is not over": december > _count_months(day),
        "a figure used only later": used > day,
        "a figure used before it was surely public": (grounds == SURE) & (used < known),
        "an assumption about a year not in doubt": (grounds == ASSUMED) & (used_in < december + 12),
        "a pseudo figure from before its year was over": (grounds == PSEUDO)
        & (used_in <= december),
        "unknown grounds": ~grounds.isin([SURE, ASSUMED, PSEUDO]),
        "a year that stands twice or out of order": years.diff() <= 0,
        "no number": ~np.isfinite(values),
    }
    for words, rows in faults.items():
        _refuse(history, place, words, rows)


def _count_months(day: date) -> int:
    return 12 * day.year + day.month


def _refuse(history: pd.DataFrame, place: str, words: str, rows: pd.Series) -> None:
    if rows.any():
        years = ", ".join(map(str, history.loc[rows, "date"]))
        expected = "figures known on the day of the forecast"
        raise LeakError(f"{place}, {years}", words, expected, REMAKE)
