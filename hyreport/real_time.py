"""Theme 3: real GDP growth as it could be known on a day, and nothing from after it.

The tables made here are all that the forecasting modules ever see. Later figures, by which
forecasts are judged, come from `hyreport.outcomes`, which no forecasting module imports.
"""

import pandas as pd

from hyreport.codes import name_outside
from hyreport.data import pick
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


def growth_known(
    reference: pd.DataFrame,
    figures: pd.DataFrame,
    *,
    origin: str = REPORTED,
    with_2016: bool = True,
) -> pd.DataFrame:
    """Collect real GDP growth as it could be known on the day a forecast was made.

    Parameters
    ----------
    reference : DataFrame
        As `load_reference` gives it.
    figures : DataFrame
        As `load_figures` gives it; its 2017 figure was public on the day of the report.
    origin : str
        Day of the forecast, YYYY-MM-DD; a figure not surely public by then stays out.
    with_2016 : bool
        Whether to let in the yearbook figure for 2016, whose yearbook may have come out later;
        only from the day of the report on.

    Returns
    -------
    DataFrame
        One row a year: `date`, `value`, `low`, `high` in percent, `vintage`, `obs_status`,
        `known_by` (a day by which it was surely public), `used_from` (the day from which it is
        used here), `grounds` (surely known, or let in by assumption), `source`, `series_id`.

    Examples
    --------
    >>> import hyreport as hy
    >>> known = growth_known(hy.load_reference(), hy.load_figures(), with_2016=False)
    >>> known["date"].tolist()[-3:]
    ['2014', '2015', '2017']
    """
    rows = yearly_growth(reference)
    dated = rows["known_by"] != ""  # a blank day would sort before every origin
    sure = rows[dated & (rows["known_by"] <= origin)]
    parts = [sure.assign(used_from=sure["known_by"], grounds=SURE)]
    if origin >= REPORTED:
        parts.append(_reported(figures))
        doubtful = rows[dated & (rows["known_by"] > origin) & (rows["date"] == IN_DOUBT)]
        if with_2016:
            parts.append(doubtful.assign(used_from=REPORTED, grounds=ASSUMED))
    history = pd.concat([part for part in parts if len(part)] or parts[:1])
    history = history.drop_duplicates("date").sort_values("date", ignore_index=True)
    history = history[list(COLUMNS)]
    check_known(history, origin)
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
        & reference["time_period"].str.fullmatch(r"\d{4}")
    ]
    named = rows.assign(series_id=[name_outside(row) for row in rows.to_dict("records")])
    return named.rename(columns={"time_period": "date"})


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
        "series_id": printed.figure_id,
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
    earlier = history[history["date"].astype(int) < year]
    used = [origin_in(int(date) + 1) for date in earlier["date"]]
    return earlier.assign(used_from=used, grounds=PSEUDO).reset_index(drop=True)


def origin_in(year: int) -> str:
    """Give the day in January of a year on which a forecast is made, that of the report.

    >>> origin_in(2018)
    '2018-01-04'
    """
    return f"{year}{REPORTED[4:]}"


def check_known(history: pd.DataFrame, origin: str) -> None:
    """Refuse a history that holds anything from after the day of the forecast.

    Parameters
    ----------
    history : DataFrame
        As `growth_known` or `as_if_in` gives it.
    origin : str
        Day of the forecast, YYYY-MM-DD.

    Raises
    ------
    LeakError
        For a year not over on that day, a figure used before the day by which it was surely
        public without saying so, an assumption about any year but 2016, a day left blank, a year
        that stands twice or out of order, a value that is no number.
    """
    early = (history["grounds"] == SURE) & (history["used_from"] < history["known_by"])
    assumed = (history["grounds"] == ASSUMED) & (history["date"] != IN_DOUBT)
    pseudo = history["used_from"] < (history["date"].astype(int) + 1).map(origin_in)
    faults = {
        "a year that is not over": history["date"] >= origin[:4],
        "a figure used only later": history["used_from"] > origin,
        "a figure used before it was surely public": early,
        "an assumption about a year not in doubt": assumed,
        "a pseudo figure from before its year was over": (history["grounds"] == PSEUDO) & pseudo,
        "no day by which it was public": history["known_by"] == "",
        "unknown grounds": ~history["grounds"].isin([SURE, ASSUMED, PSEUDO]),
        "a year that stands twice or out of order": history["date"] <= history["date"].shift(),
        "no number": history["value"].isna(),
    }
    for words, rows in faults.items():
        if rows.any():
            years = ", ".join(history.loc[rows, "date"])
            raise LeakError(
                f"history for {origin}, {years}",
                words,
                "figures known on the day of the forecast",
                "make the history with growth_known",
            )
