"""Theme 3: what came later and what the government aimed at, for judging forecasts alone.

No forecasting module imports this one; a test keeps it so.
"""

from collections.abc import Iterable

import pandas as pd

from hyreport.data.days import read_year, read_years
from hyreport.data.ids import qualify
from hyreport.data.report import FIRST_RELEASE, Report
from hyreport.errors import UnknownNameError
from hyreport.numbers.rounding import Computed
from hyreport.themes.growth.known import PRINTED, SERIES, first_release, yearly_growth

__all__ = ["growth_outcomes", "official_targets", "replace_year"]


ROLES = {"target": "official target", "stretch_target": "official stretch target"}
OUTCOME = ["date", "value", "low", "high", "vintage", "obs_status", "source", "series_id"]


def growth_outcomes(
    report: Report, *, first: bool = False, series: str = SERIES, indicator: str | None = None
) -> pd.DataFrame:
    """Collect yearly growth as published to this day, to judge forecasts by.

    Parameters
    ----------
    report : Report
        Its outside figures hold yearly growth, or levels.
    first : bool
        Whether the first release of a year stands before a later vintage; by default behind it.
    series, indicator : str
        As `growth_known` takes them.

    Returns
    -------
    DataFrame
        One row a year and vintage: `date`, `value`, `low`, `high` in percent, `vintage`,
        `obs_status`, `source`, `series_id`. What the year has of the other kind stands in for a
        vintage that it lacks; the report's own figure is the first release of its base year.

    Raises
    ------
    UnknownNameError
        Where the report does not print the indicator, or no outside figure has any growth.

    Examples
    --------
    >>> came = growth_outcomes(Report("hengyang-2018")).set_index("date")
    >>> came.loc[["2017", "2018", "2019"], "value"].tolist()
    [8.5, 8.3, 8.1]
    """
    rows = yearly_growth(report, series)
    own = first_release(report, indicator or PRINTED.get(series))
    own = own[~own["date"].isin(rows.loc[rows["vintage"] == FIRST_RELEASE, "date"])]
    rows = pd.concat([rows, own] if len(own) else [rows])
    wanted = (rows["vintage"] == FIRST_RELEASE) == first
    found = pd.concat([rows[wanted], rows[~wanted & ~rows["date"].isin(rows.loc[wanted, "date"])]])
    return found.sort_values("date", ignore_index=True)[OUTCOME]


def official_targets(report: Report, *, years: Iterable[str] | None = None) -> pd.DataFrame:
    """Tabulate the official targets for growth as if they were forecasts of it.

    Parameters
    ----------
    report : Report
        Prints a target; outside figures may hold those of other years.
    years : iterable of str, optional
        The years whose targets are wanted; all that are known by default.

    Returns
    -------
    DataFrame
        In the columns of `forecast_growth`, in percent, and the `qualifier` of each; no interval.

    Notes
    -----
    A target is no forecast: its stated number is a floor (以上) or an aim, and those who set it
    also work towards it. It is set beside forecasts only to see which number came nearer.

    Examples
    --------
    >>> official_targets(Report("hengyang-2018"), years=["2015", "2018"])["value"].tolist()
    [9.0, 9.5, 8.0, 8.5]
    """
    rows = report.rows_outside(series=SERIES)
    earlier = rows.rename(columns={"time_period": "date", "known_by": "vintage_date"})
    earlier["inputs"] = [report.name_outside(row) for row in rows.to_dict("records")]
    ours = report.figures[report.figures["indicator"] == PRINTED[SERIES]]
    ours = ours.rename(columns={"period": "date"}).assign(vintage_date=report.reported)
    ours["inputs"] = [qualify(name, report.id) for name in ours["figure_id"]]
    names = ["date", "vintage_date", "role", "value", "qualifier", "inputs"]
    found = pd.concat([earlier[names], ours[names]], ignore_index=True)
    found = found[found["role"].isin(ROLES)]
    if years is not None:
        found = found[found["date"].isin(set(years))]
    return found.assign(
        variable="real GDP growth",
        source=found.pop("role").map(ROLES),
        frequency="A",
        forecast_horizon=1,
        low=float("nan"),
        high=float("nan"),
        metric="yoy",
    ).reset_index(drop=True)


def replace_year(table: pd.DataFrame, year: str, number: Computed) -> pd.DataFrame:
    """Put another number for one year into a history or a table of outcomes.

    Parameters
    ----------
    table : DataFrame
        With `date`, `series_id`, and `value`, `low`, `high` in the unit of `number`.
    year : str
        The year to change.
    number : Computed
        What to put there, with its interval.

    Returns
    -------
    DataFrame
        A changed copy, to see how much hangs on one number.

    Raises
    ------
    UnknownNameError
        Where the table has no such year.
    """
    changed = table.copy()
    of_year = read_years(table, "date", "table") == read_year(year, "replace_year, year")
    if not of_year.any():
        raise UnknownNameError("replace_year", f"no year {year}", "a year of the table")
    row = number.as_row()
    changed.loc[of_year, ["value", "low", "high"]] = [row["value"], row["low"], row["high"]]
    changed.loc[of_year, "series_id"] = row["inputs"]
    return changed
