"""Theme 3: real GDP growth as it could be known on a day, and nothing from after it.

The tables made here are all that the forecasting modules ever see. Later figures, by which
forecasts are judged, come from `hyreport.themes.growth.benchmarks`, which none of them imports.
"""

from datetime import date

import numpy as np
import pandas as pd

from hyreport.data.days import has_day, read_day, read_days, read_year, read_years
from hyreport.data.figure import pick
from hyreport.data.report import name_rows
from hyreport.errors import LeakError

REPORTED = "2018-01-04"  # the day on which the report's figure for 2017 was public
IN_DOUBT = "2016"  # the year whose yearbook may have appeared before or after the report
SURE, ASSUMED, PSEUDO = "surely known", "let in by assumption", "pseudo real time"
COLUMNS = (
    "date",
    "value",
    "low",
    "high",
    "decimals",
    "obs_status",
    "vintage",
    "known_by",
    "used_from",
    "grounds",
    "source",
    "series_id",
)
REMAKE = "make the history with growth_known"
NEEDED = ("date", "value", "known_by", "used_from", "grounds", "series_id")


def growth_known(
    reference: pd.DataFrame,
    figures: pd.DataFrame,
    *,
    origin: str | date = REPORTED,
    with_2016: bool = True,
) -> pd.DataFrame:
    """Collect real GDP growth as it could be known on the day a forecast was made.

    Parameters
    ----------
    reference : DataFrame
        As `load_reference` gives it.
    figures : DataFrame
        As `load_figures` gives it; its 2017 figure was public on the day of the report.
    origin : str or date
        Day of the forecast, YYYY-MM-DD; a figure not surely public by then stays out.
    with_2016 : bool
        Whether to let in the yearbook figure for 2016, whose yearbook may have come out later;
        only from the day of the report on.

    Returns
    -------
    DataFrame
        One row a year: `date`, `value`, `low`, `high` in percent, `vintage`, `obs_status`,
        `known_by` (a day by which it was surely public), `used_from` (the day from which it is
        used here), `grounds` (surely known, or let in by assumption), `source`, `series_id`. A
        yearbook's figure goes before the report's for the same year.

    Raises
    ------
    DayError
        For an origin or a `known_by` that is no day; a blank one stays out.
    LeakError
        As `check_known`.

    Examples
    --------
    >>> import hyreport as hy
    >>> known = growth_known(hy.load_reference(), hy.load_figures(), with_2016=False)
    >>> known["date"].tolist()[-3:]
    ['2014', '2015', '2017']
    """
    day = read_day(origin, "growth_known, origin")
    rows = yearly_growth(reference)
    rows = rows[has_day(rows, "known_by", "reference")]
    public = read_days(rows, "known_by", "reference")
    rows = rows.assign(known_by=public.astype(str))
    sure = rows[public <= day]
    parts = [sure.assign(used_from=sure["known_by"], grounds=SURE)]
    if day >= read_day(REPORTED, "REPORTED"):
        reported = _reported(figures)
        parts.append(reported[~reported["date"].isin(sure["date"])])
        if with_2016:
            doubtful = rows[(public > day) & (rows["date"] == IN_DOUBT)]
            parts.append(doubtful.assign(used_from=REPORTED, grounds=ASSUMED))
    history = pd.concat([part for part in parts if len(part)] or parts[:1])
    history = history.sort_values("date", ignore_index=True)[list(COLUMNS)]
    check_known(history, day)
    return history


def yearly_growth(reference: pd.DataFrame) -> pd.DataFrame:
    """Select the yearly actuals of real GDP growth, whenever they became public.

    Parameters
    ----------
    reference : DataFrame
        As `load_reference` gives it.

    Returns
    -------
    DataFrame
        Its columns with `date` for the year and `series_id`, under which results name the figure.
    """
    rows = reference[
        (reference["series"] == "gdp_growth_real")
        & (reference["role"] == "actual")
        & reference["time_period"].astype(str).str.fullmatch("[0-9]{4}")
    ]
    named = rows.assign(series_id=name_rows(rows))
    return named.rename(columns={"time_period": "date"}).astype({"date": str})


def _reported(figures: pd.DataFrame) -> pd.DataFrame:
    printed = pick(figures, "gdp.growth.2017")
    row = {
        "date": "2017",
        **{name: float(getattr(printed, name)) for name in ("value", "low", "high")},
        "decimals": printed.decimals,
        "obs_status": printed.obs_status,
        "vintage": "first release",
        "known_by": REPORTED,
        "used_from": REPORTED,
        "grounds": SURE,
        "source": "Hengyang government work report 2018",
        "series_id": printed.id,
    }
    return pd.DataFrame([row])


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
        as the report's was, though what we hold is a later print of it.

    Examples
    --------
    >>> import hyreport as hy
    >>> known = growth_known(hy.load_reference(), hy.load_figures())
    >>> as_if_in(known, 2011)["date"].tolist()
    ['2005', '2006', '2007', '2008', '2009', '2010']
    """
    years = read_years(history, "date", "history")
    before = years < read_year(year, "as_if_in, year")
    earlier, used = history[before], [origin_in(past + 1) for past in years[before]]
    return earlier.assign(used_from=used, grounds=PSEUDO).reset_index(drop=True)


def origin_in(year: int) -> str:
    """Give the day in January of a year on which a forecast is made, that of the report.

    >>> origin_in(2018)
    '2018-01-04'
    """
    return f"{year:04}{REPORTED[4:]}"


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
        For a year not over on that day, a figure used before the day by which it was surely
        public without saying so, an assumption about any year but 2016, a day left blank, a year
        that stands twice or out of order, a value that is no number, a missing column.
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
    over = pd.Series([read_day(origin_in(year + 1), place) for year in years], years.index, object)
    grounds = history["grounds"]
    values = pd.to_numeric(history["value"], errors="coerce").astype(float)
    faults = {
        "a year that is not over": years >= day.year,
        "a figure used only later": used > day,
        "a figure used before it was surely public": (grounds == SURE) & (used < known),
        "an assumption about a year not in doubt": (grounds == ASSUMED) & (years != int(IN_DOUBT)),
        "a pseudo figure from before its year was over": (grounds == PSEUDO) & (used < over),
        "unknown grounds": ~grounds.isin([SURE, ASSUMED, PSEUDO]),
        "a year that stands twice or out of order": years.diff() <= 0,
        "no number": ~np.isfinite(values),
    }
    for words, rows in faults.items():
        _refuse(history, place, words, rows)


def _refuse(history: pd.DataFrame, place: str, words: str, rows: pd.Series) -> None:
    if rows.any():
        years = ", ".join(map(str, history.loc[rows, "date"]))
        expected = "figures known on the day of the forecast"
        raise LeakError(f"{place}, {years}", words, expected, REMAKE)
