"""Theme 3: what came later and what the city aimed at, for judging forecasts alone.

No forecasting module imports this one; a test keeps it so.
"""

import pandas as pd

from hyreport.data.days import read_year, read_years
from hyreport.data.figure import pick
from hyreport.data.report import name_rows
from hyreport.errors import UnknownNameError
from hyreport.numbers.rounding import Computed
from hyreport.themes.growth.known import REPORTED, yearly_growth

ROLES = {"target": "official target", "stretch_target": "official stretch target"}


def growth_outcomes(reference: pd.DataFrame, figures: pd.DataFrame) -> pd.DataFrame:
    """Collect real GDP growth as published to this day, to judge forecasts by.

    Parameters
    ----------
    reference, figures : DataFrame
        As `load_reference` and `load_figures` give them.

    Returns
    -------
    DataFrame
        One row a year: `date`, `value`, `low`, `high` in percent, `vintage`, `obs_status`,
        `source`, `series_id`. 2017 is the report's own estimate: no later print of it is known.

    Examples
    --------
    >>> import hyreport as hy
    >>> came = growth_outcomes(hy.load_reference(), hy.load_figures()).set_index("date")
    >>> came.loc[["2017", "2018", "2019"], "value"].tolist()
    [8.5, 8.3, 8.1]
    """
    printed = pick(figures, "gdp.growth.2017")
    estimate = {
        "date": "2017",
        **{name: float(getattr(printed, name)) for name in ("value", "low", "high")},
        "vintage": "first release",
        "obs_status": printed.obs_status,
        "source": "Hengyang government work report 2018",
        "series_id": printed.id,
    }
    rows = yearly_growth(reference)[list(estimate)]
    return pd.concat([rows, pd.DataFrame([estimate])]).sort_values("date", ignore_index=True)


def official_targets(reference: pd.DataFrame, figures: pd.DataFrame) -> pd.DataFrame:
    """Tabulate the city's targets for growth as if they were forecasts of it.

    Parameters
    ----------
    reference, figures : DataFrame
        As `load_reference` and `load_figures` give them.

    Returns
    -------
    DataFrame
        In the columns of `forecast_growth`, in percent; no interval. The targets known are those
        for 2015, set at the end of 2014, and for 2018, each with a higher aim beside it.

    Notes
    -----
    A target is no forecast: its stated number is a floor (以上) or an aim, and those who set it
    also work towards it. It is set beside forecasts only to see which number came nearer.

    Examples
    --------
    >>> import hyreport as hy
    >>> official_targets(hy.load_reference(), hy.load_figures())["value"].tolist()
    [9.0, 9.5, 8.0, 8.5]
    """
    rows = reference[(reference["series"] == "gdp_growth_real") & reference["role"].isin(ROLES)]
    earlier = rows.rename(columns={"time_period": "date", "known_by": "vintage_date"})
    earlier = earlier.assign(inputs=name_rows(rows))
    earlier = earlier[["date", "vintage_date", "role", "value", "inputs"]]
    printed = figures[(figures["indicator"] == "gdp.growth") & figures["role"].isin(ROLES)]
    ours = printed.rename(columns={"period": "date", "figure_id": "inputs"})
    ours = ours.assign(vintage_date=REPORTED)[list(earlier)]
    found = pd.concat([earlier, ours], ignore_index=True)
    return pd.DataFrame(
        {
            "date": found["date"],
            "vintage_date": found["vintage_date"],
            "variable": "real GDP growth",
            "source": found["role"].map(ROLES),
            "frequency": "A",
            "forecast_horizon": 1,
            "value": found["value"],
            "low": float("nan"),
            "high": float("nan"),
            "metric": "yoy",
            "inputs": found["inputs"],
        }
    )


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
    ends = [float(number.value), float(number.low), float(number.high)]
    changed.loc[of_year, ["value", "low", "high"]] = ends
    changed.loc[of_year, "series_id"] = " ".join(number.inputs)
    return changed
