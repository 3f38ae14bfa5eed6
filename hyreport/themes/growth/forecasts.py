"""Theme 3: simple forecasts of yearly growth, each with an interval, none from the future.

A history comes from `hyreport.themes.growth.known`; what came later is out of reach here.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from numbers import Integral, Real

import pandas as pd

from hyreport.data.days import read_day, read_year
from hyreport.data.ids import OUTSIDE, split_id
from hyreport.errors import IntervalError
from hyreport.numbers.rounding import Computed
from hyreport.paths import need_extra
from hyreport.themes.growth.known import as_if_in, check_known, origin_in
from hyreport.themes.growth.models import Fit, fit_models, years_in_order

__all__ = ["as_results", "forecast_growth", "name_of", "past_forecasts"]

COMBINATION = "combination"
DIGITS = 2  # as the yearbooks print growth at most
WINDOW = 6  # years before the first past origin
FEWEST_PAST = 10  # years without which past origins are too few to compare models
ENDS = ["value", "low", "high"]


def forecast_growth(
    history: pd.DataFrame,
    *,
    vintage_date: str | date,
    horizon: int = 1,
    models: Iterable[str] | None = None,
    confidence: float = 0.80,
) -> pd.DataFrame:
    """Forecast a yearly series with each model that may run, and with their simple mean.

    Parameters
    ----------
    history : DataFrame
        As `growth_known` or `as_if_in` gives it; values in percent.
    vintage_date : str or date
        Day of the forecast, YYYY-MM-DD: nothing in `history` may be from after it.
    horizon : int
        Years ahead of the last year in `history`.
    models : iterable of str, optional
        As `fit_models` takes it.
    confidence : float
        Part of outcomes an interval should hold, if errors were normal and alike: 0 to 1.

    Returns
    -------
    DataFrame
        `date, vintage_date, variable, source, frequency, forecast_horizon, value, low, high,
        metric` (names of the Bank of England's forecast evaluation where it has one); `value`,
        `low`, `high` in percent, rounded to two digits as the series is printed; `inputs`, the
        figures used.

    Raises
    ------
    IntervalError
        With fewer than three years, for a horizon or confidence out of range, and for an interval
        that is empty, missing or beyond any growth rate.
    DayError
        For a `vintage_date`, or a day or year in `history`, that is none.
    LeakError
        For a history with anything from after `vintage_date`.

    Notes
    -----
    Standard deviations of the error after T years, h ahead (Hyndman and Athanasopoulos,
    Forecasting: Principles and Practice): last value s√h, mean s√(1 + 1/T), drift
    s√(h(1 + h/(T − 1))), with s from the errors of each model. The state-space models have those
    of statsmodels, with the squared errors divided by errors less parameters. Theta has that of
    the moving-average form it equals, s√(1 + (h − 1)a²) with a the smoothing: statsmodels sizes it
    by a second fit, which does not converge on so few values. All use Student's t with errors
    less parameters as degrees of freedom. The combination is the mean of the models' values and
    of their ends: equal weights, so that none has to be estimated.

    Examples
    --------
    >>> import hyreport as hy
    >>> known = hy.growth.growth_known(hy.Report("hengyang-2018"))
    >>> forecast_growth(known, vintage_date="2018-01-04", models=["drift"])["value"].tolist()
    [8.25]
    """
    place = f"forecast_growth(horizon={horizon}, confidence={confidence})"
    whole = isinstance(horizon, Integral) and not isinstance(horizon, bool)
    numbers = whole and isinstance(confidence, Real)
    if not (numbers and horizon > 0 and 0 < confidence < 1):
        raise IntervalError(place, "a choice out of range", "whole years; a part of 1")
    day = read_day(vintage_date, "forecast_growth, vintage_date")
    check_known(history, day)
    fits = fit_models(history, models)
    last = int(history["date"].iloc[-1])
    variable = history.get("variable", pd.Series(["real GDP growth"])).iloc[0]
    inputs = " ".join(dict.fromkeys(" ".join(history["series_id"]).split()))
    rows = [
        {
            "date": str(last + ahead),
            "vintage_date": day.isoformat(),
            "variable": variable,
            "source": model,
            "frequency": "A",
            "forecast_horizon": ahead,
            **_interval(fit, ahead, confidence),
            "metric": "yoy",
            "inputs": inputs,
        }
        for model, fit in fits.items()
        for ahead in range(1, horizon + 1)
    ]
    made = pd.DataFrame(rows)
    if len(fits) > 1:
        made = pd.concat([made, _combine(made)], ignore_index=True)
    return made.assign(**made[ENDS].round(DIGITS))


def past_forecasts(
    history: pd.DataFrame,
    *,
    until: int | None = None,
    window: int = WINDOW,
    fewest: int = FEWEST_PAST,
    models: Iterable[str] | None = None,
    confidence: float = 0.80,
) -> pd.DataFrame:
    """Forecast each year of the past from the years before it, as if in its January.

    Parameters
    ----------
    history : DataFrame
        As `growth_known` gives it.
    until : int, optional
        Last year to forecast; by default the one after the history.
    window : int
        Years before the first forecast; later ones use all years before them.
    fewest : int
        Years that the history must have. With less than ten, three or four errors are left: enough
        to see that an order of models is not safe, too few to find one.
    models : iterable of str, optional
        As `fit_models` takes it.
    confidence : float
        As in `forecast_growth`.

    Returns
    -------
    DataFrame
        As `forecast_growth`, one row a year and model; `forecast_horizon` is over one where the
        year before is missing.

    Raises
    ------
    IntervalError
        With fewer years than `fewest`, for a year that stands twice or out of order, and where
        `window` and `until` leave no year to forecast.

    Notes
    -----
    Pseudo real time: later vintages stand in for what was public then, which nobody kept.
    """
    years = years_in_order(history)
    if len(years) < fewest:
        expected = f"at least {fewest}, to compare models by their errors"
        fix = "forecast once, with forecast_growth"
        raise IntervalError("past_forecasts", f"{len(years)} years", expected, fix)
    if not (isinstance(window, int) and 0 < window <= len(years)):
        found = f"a window of {window!r} in {len(years)} years"
        raise IntervalError("past_forecasts", found, "a window inside the history")
    first, after = int(years.iloc[window - 1]) + 1, int(years.iloc[-1]) + 1
    last = after if until is None else read_year(until, "past_forecasts, until")
    if last < first:
        raise IntervalError("past_forecasts", f"until={until}", f"a year from {first} on")
    tables = []
    for year in range(first, last + 1):
        known = as_if_in(history, year)
        made = forecast_growth(
            known,
            vintage_date=origin_in(year),
            horizon=year - int(known["date"].iloc[-1]),
            models=models,
            confidence=confidence,
        )
        tables.append(made[made["date"] == str(year)])
    return pd.concat(tables, ignore_index=True)


def as_results(
    forecasts: pd.DataFrame, *, confidence: float = 0.80, suffix: str = ""
) -> pd.DataFrame:
    """Turn forecasts into a table of computed numbers, each a result that prose can link to.

    Parameters
    ----------
    forecasts : DataFrame
        As `forecast_growth` gives it.
    confidence : float
        What the intervals were made for; it goes into the formula.
    suffix : str
        Added to the name of each result, to tell two sets of forecasts apart.

    Returns
    -------
    DataFrame
        The same rows with `unit`, `formula` and `result`, such as forecast_drift_ and the year.
    """
    rows = []
    for row in forecasts.to_dict("records"):
        value, low, high = (Decimal(f"{row.pop(end):.{DIGITS}f}") for end in ENDS)
        inputs = tuple(row.pop("inputs").split())
        own = [name for name in inputs if not split_id(name, None)[1].startswith(OUTSIDE)]
        of_report = f", and the report for {int(row['date']) - row['forecast_horizon']}"
        books = any(name.endswith(".yearbook") for name in inputs)
        formula = (
            f"{row['source']} of yearly growth: {'yearbooks' if books else 'earlier reports'}"
            f"{of_report if own else ''}; "
            f"the ends are those of an interval for {confidence:.0%} of outcomes"
        )
        made = Computed(value, low, high, DIGITS, "percent", formula, inputs, "forecast")
        name = f"forecast_{name_of(row['source'])}_{row['date']}{suffix}"
        rows.append(made.as_row(**row, result=name))
    return pd.DataFrame(rows)


def name_of(source: str) -> str:
    """Write a forecaster's name as part of a result's name.

    >>> name_of("first-order autoregression")
    'first_order_autoregression'
    """
    return source.lower().replace(" ", "_").replace("-", "_")


def _interval(fit: Fit, ahead: int, confidence: float) -> dict[str, float]:
    with need_extra("forecast", fit.model):
        # Student's t as scipy.stats.t.ppf has it, whose import takes longer than all forecasts.
        from scipy.special import stdtrit

    centre, spread = fit.predict(ahead)
    half = float(stdtrit(fit.freedom, (1 + confidence) / 2)) * spread
    ends = {"value": centre, "low": centre - half, "high": centre + half}
    # Rounded to nothing it would be drawn as certainty; over a hundred it says nothing.
    if not 10**-DIGITS <= half <= 100 or not -100 < centre < 100:
        found = f"{centre:.4g} with an interval of half width {half:.4g}"
        expected = "a growth rate with an interval wider than its last digit and under 100 points"
        fix = "look at the history: it may be constant, or too short for this confidence"
        raise IntervalError(f"{fit.model}, {ahead} ahead", found, expected, fix)
    return ends


def _combine(made: pd.DataFrame) -> pd.DataFrame:
    alike = list(made.columns.difference(["source", *ENDS]))
    mean = made.groupby(alike, sort=False)[ENDS].mean().reset_index()
    return mean.assign(source=COMBINATION)
