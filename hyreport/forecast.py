"""Theme 3: simple forecasts of real GDP growth, honest about a short series."""

from decimal import Decimal

import pandas as pd

from hyreport.data import pick
from hyreport.errors import IntervalError
from hyreport.rounding import Computed

REPORTED = "2018-01-04"  # the day on which the report's figure for 2017 was public
FEWEST = 3
MODELS = ("last value", "mean", "drift")


def growth_history(
    reference: pd.DataFrame, figures: pd.DataFrame, *, origin: str, with_2016: bool = True
) -> pd.DataFrame:
    """Collect real GDP growth as it could be known on the day a forecast was made.

    Parameters
    ----------
    reference : DataFrame
        As `load_reference` gives it.
    figures : DataFrame
        As `load_figures` gives it; its 2017 figure was public on the day of the report.
    origin : str
        Day of the forecast, YYYY-MM-DD; a figure surely public only later stays out.
    with_2016 : bool
        Whether to let in the yearbook figure for 2016, whose yearbook may have come out later;
        only from the day of the report on.

    Returns
    -------
    DataFrame
        One row a year: `date`, `value`, `low`, `high` in percent, `vintage`, `obs_status`,
        `known_by`, `source`.
    """
    rows = reference[
        (reference["series"] == "gdp_growth_real")
        & (reference["role"] == "actual")
        & reference["time_period"].str.fullmatch(r"\d{4}")
    ]
    known = rows["known_by"] <= origin
    if with_2016 and origin >= REPORTED:
        known |= rows["time_period"] == "2016"
    columns = ["time_period", "value", "low", "high", "vintage", "obs_status", "known_by", "source"]
    history = rows.loc[known, columns].rename(columns={"time_period": "date"})
    if origin < REPORTED:
        return history.sort_values("date", ignore_index=True)
    printed = pick(figures, "gdp.growth.2017")
    latest = {
        "date": "2017",
        "value": float(printed.value),
        "low": float(printed.low),
        "high": float(printed.high),
        "vintage": "first release",
        "obs_status": printed.obs_status,
        "known_by": REPORTED,
        "source": "Hengyang government work report 2018",
    }
    history = pd.concat([history, pd.DataFrame([latest])])
    return history.sort_values("date", ignore_index=True)


def simple_forecasts(
    history: pd.DataFrame, *, vintage_date: str, horizon: int = 1, confidence: float = 0.80
) -> pd.DataFrame:
    """Forecast with the last value, the mean and the drift of a yearly series.

    Parameters
    ----------
    history : DataFrame
        `date` (years, gaps allowed) and `value` in percent.
    vintage_date : str
        Day on which the data were as they are in `history`.
    horizon : int
        Years ahead.
    confidence : float
        Part of outcomes the interval should hold, if errors were normal and alike.

    Returns
    -------
    DataFrame
        `date, vintage_date, variable, source, frequency, forecast_horizon, value, low, high,
        metric` (names of the Bank of England's forecast evaluation where it has one); `value`,
        `low`, `high` in percent, rounded to two digits as the series is printed.

    Raises
    ------
    IntervalError
        With fewer than three years: two points give no error to size an interval by.

    Notes
    -----
    Standard deviations of the error after T years, h ahead (Hyndman and Athanasopoulos,
    Forecasting: Principles and Practice): last value s√h, mean s√(1 + 1/T), drift
    s√(h(1 + h/(T − 1))), with s from the residuals of each model and Student's t. Changes are
    taken between neighbouring years only, so a gap shortens the series and shifts nothing.
    """
    values = history["value"].to_numpy()
    years = history["date"].astype(int).to_numpy()
    if len(values) < FEWEST:
        raise IntervalError(
            "simple_forecasts",
            f"{len(values)} years",
            f"at least {FEWEST}, to size an interval",
            "show scenarios instead",
        )
    rows = [
        {
            "date": str(years[-1] + step),
            "vintage_date": vintage_date,
            "variable": "real GDP growth",
            "source": model,
            "frequency": "A",
            "forecast_horizon": step,
            **_forecast(values, years, model, step, confidence),
            "metric": "yoy",
        }
        for model in MODELS
        for step in range(1, horizon + 1)
    ]
    return pd.DataFrame(rows)


def as_results(
    forecasts: pd.DataFrame, *, confidence: float = 0.80, suffix: str = ""
) -> dict[str, Computed]:
    """Turn a table of forecasts into named results that a notebook can keep and link to.

    Parameters
    ----------
    forecasts : DataFrame
        As `simple_forecasts` gives it.
    confidence : float
        What the intervals were made for; it goes into the formula.
    suffix : str
        Added to each name, to tell two sets of forecasts apart.

    Returns
    -------
    dict
        Name, such as forecast_drift_2018, to result; its ends are the forecast's interval.
    """
    results = {}
    for row in forecasts.to_dict("records"):
        name = f"forecast_{row['source'].replace(' ', '_')}_{row['date']}{suffix}"
        value, low, high = (Decimal(f"{row[end]:.2f}") for end in ("value", "low", "high"))
        formula = (
            f"{row['source']} of yearly growth: yearbooks, and the report for 2017; "
            f"the ends are those of an interval for {confidence:.0%} of outcomes"
        )
        inputs = ("gdp.growth.2017",)
        results[name] = Computed(value, low, high, 2, "percent", formula, inputs, "forecast")
    return results


def _forecast(values, years, model: str, step: int, confidence: float) -> dict[str, float]:
    # Student's t as scipy.stats.t.ppf has it, whose import takes longer than all forecasts.
    from scipy.special import stdtrit

    count, span = len(values), years[-1] - years[0]
    changes = (values[1:] - values[:-1])[years[1:] - years[:-1] == 1]
    slope = (values[-1] - values[0]) / span
    centre, residuals, lost, factor = {
        "last value": (values[-1], changes, 0, step),
        "mean": (values.mean(), values - values.mean(), 1, 1 + 1 / count),
        "drift": (values[-1] + step * slope, changes - slope, 1, step * (1 + step / span)),
    }[model]
    freedom = len(residuals) - lost
    spread = ((residuals**2).sum() / freedom * factor) ** 0.5
    half = stdtrit(freedom, (1 + confidence) / 2) * spread
    if not half > 0:
        raise IntervalError(model, f"an interval of half width {half}", "one above zero")
    ends = {"value": centre, "low": centre - half, "high": centre + half}
    return {name: round(float(end), 2) for name, end in ends.items()}
