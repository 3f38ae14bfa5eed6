"""Theme 3: where series break, and how many years a forecaster could use on one basis."""

from collections.abc import Iterable
from datetime import date

import pandas as pd

from hyreport.data.days import has_day, read_day, read_days
from hyreport.data.report import Report
from hyreport.errors import IntervalError

__all__ = ["series_breaks", "usable_years"]


BREAKS = ["series", "date", "change_pct", "known", "note"]


def series_breaks(
    report: Report, series: Iterable[str], *, origin: str | date | None = None
) -> pd.DataFrame:
    """List the breaks in the yearbooks' levels of some series.

    Parameters
    ----------
    report : Report
        Whose area and outside figures they are.
    series : iterable of str
        Names as in the reference table.
    origin : str or date, optional
        Day of the forecast, YYYY-MM-DD, by default the day of the report.

    Returns
    -------
    DataFrame
        One row a break or suspect level: `series`, `date`, the change on the year before in
        percent, whether it was `known` on that day, and the `note` of our table.

    Raises
    ------
    DayError
        For an origin or a `known_by` that is no day.
    IntervalError
        Where two levels stand for one year.

    Examples
    --------
    >>> found = series_breaks(Report("hengyang-2018"), ["local_budget_revenue", "retail_sales"])
    >>> found["date"].tolist()
    ['2010', '2017', '2006', '2015', '2019']
    """
    tables = [pd.DataFrame(columns=BREAKS)]
    for name in series:
        levels = _levels(report, name, origin)
        change = (100 * levels["value"].pct_change()).round(1)
        repeated = levels["value"] == levels["value"].shift()
        made = levels.assign(
            series=name.replace("_", " "),
            date=levels["time_period"],
            change_pct=change,
            known=levels["known"].map({True: "yes", False: "no"}),
        )
        tables.append(made.loc[(levels["obs_status"] == "B") | repeated, BREAKS])
    return pd.concat([table for table in tables if len(table)] or tables[:1], ignore_index=True)


def usable_years(
    report: Report, series: Iterable[str], *, origin: str | date | None = None
) -> pd.DataFrame:
    """Count how many years of each series a forecaster could use on one basis.

    Parameters
    ----------
    report : Report
        Whose area, outside figures and target year they are.
    series : iterable of str
        Names as in the reference table.
    origin : str or date, optional
        Day of the forecast, YYYY-MM-DD, by default the day of the report.

    Returns
    -------
    DataFrame
        One row a series: `last_known`, a year; `years_to_target`, how far a forecast of the
        target year would have to reach; `growth_rates`, those between levels since the last
        break that was public.

    Raises
    ------
    DayError
        For an origin or a `known_by` that is no day.
    IntervalError
        Where no level of a series was public on that day, or two stand for one year.

    Notes
    -----
    A break that came out later may lie between the last level known and the target year.

    Examples
    --------
    >>> report = Report("hengyang-2018")
    >>> usable_years(report, ["local_budget_revenue", "retail_sales"])["growth_rates"].tolist()
    [5, 0]
    """
    rows = []
    for name in series:
        levels = _levels(report, name, origin)
        known = levels[levels["known"]]
        if known.empty:
            found = f"no level of {name} public by then"
            raise IntervalError(f"usable_years, {report.id}", found, "one at least")
        breaks = known.index[known["obs_status"] == "B"]
        last = int(known["time_period"].iloc[-1])
        rows.append(
            {
                "series": name.replace("_", " "),
                "last_known": str(last),
                "years_to_target": report.target_year - last,
                "growth_rates": len(known.loc[breaks[-1] :] if len(breaks) else known) - 1,
            }
        )
    return pd.DataFrame(rows)


def _levels(report: Report, series: str, origin: str | date | None) -> pd.DataFrame:
    """Return a series as the yearbooks print it, and whether each level was surely public."""
    day = read_day(report.reported if origin is None else origin, "origin")
    rows = report.rows_outside(series=series, vintage="yearbook")
    if rows["time_period"].duplicated().any():
        raise IntervalError(f"levels of {series}", "two for one year", "one yearbook level a year")
    rows = rows.sort_values("time_period", ignore_index=True)
    dated = has_day(rows, "known_by", "reference")
    public = read_days(rows[dated], "known_by", "reference") <= day
    return rows.assign(known=public.reindex(rows.index, fill_value=False))
