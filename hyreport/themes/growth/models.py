"""Theme 3: seven simple models of a yearly series, and which of them so few values may carry.

Three are formulas; four come from statsmodels, whose result objects stay in `Fit.result`. The
one or two parameters of the state-space models are chosen by the likelihood on a coarse grid of
plausible values: no optimiser is run, so none can fail to converge, and no processor changes the
choice. Theta fits its one parameter itself; where that does not converge, it is an error.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import product
from typing import Any
from warnings import catch_warnings, simplefilter

import numpy as np
import pandas as pd

from hyreport.data.days import read_years
from hyreport.errors import IntervalError
from hyreport.paths import need_extra

__all__ = ["MODELS", "Fit", "fit_models", "policy", "years_in_order"]


STEP = np.linspace(0.1, 0.9, 9).round(1)
SHARES = np.linspace(0, 1, 21).round(2)
PERSISTENCE = np.linspace(0, 0.98, 50).round(2)
DAMPING = 0.9  # the middle of 0.8 to 0.98, the range in use; too few values to estimate it


@dataclass(frozen=True)
class Fit:
    """One model fitted to one history.

    Attributes
    ----------
    model : str
        Its name.
    freedom : int
        Degrees of freedom: errors less the parameters estimated.
    predict : callable
        Takes years ahead and returns centre and standard deviation of the error, in the unit of
        the series.
    result : object
        What statsmodels itself returned; None for a formula.
    """

    model: str
    freedom: int
    predict: Callable[[int], tuple[float, float]]
    result: Any = None


@dataclass(frozen=True)
class Rule:
    """When a model may run, and how it is made."""

    fit: Callable
    fewest: int
    bridges_gaps: bool
    source: str


def fit_model(history: pd.DataFrame, model: str) -> Fit:
    """Fit one model to a yearly series, if the policy lets it run.

    Parameters
    ----------
    history : DataFrame
        `date` (years in order, gaps allowed) and `value`.
    model : str
        One of `MODELS`.

    Returns
    -------
    Fit

    Raises
    ------
    IntervalError
        For an unknown model, too few years, a gap that the model cannot bridge, a series that
        never moves, a year that stands twice or out of order, a fit that does not converge.
    DayError
        For a `date` that is no year.

    Examples
    --------
    >>> history = pd.DataFrame({"date": ["2014", "2015", "2016"], "value": [9.0, 8.5, 8.2]})
    >>> fit_model(history, "last value").predict(1)[0]
    8.2
    >>> fit_model(history, "Theta")
    Traceback (most recent call last):
        ...
    hyreport.errors.IntervalError: Theta: found 3 years, expected at least 6. To fix: use last
    value, mean or drift
    """
    years = years_in_order(history)
    if reason := _refusal(years, model):
        raise reason
    return _fit(history, years, model)


def _fit(history: pd.DataFrame, years: pd.Series, model: str) -> Fit:
    values = pd.to_numeric(history["value"], errors="coerce").to_numpy(dtype=float)
    if not np.isfinite(values).all() or values.min() == values.max():
        found = "a series that never moves or is no number"
        raise IntervalError(model, found, "values that differ from each other")
    series = pd.Series(values, index=years).reindex(range(years.iloc[0], years.iloc[-1] + 1))
    with need_extra("forecast", model):
        return _fit_once(model, int(years.iloc[0]), series.to_numpy().tobytes())


@lru_cache(maxsize=1000)
def _fit_once(model: str, first: int, numbers: bytes) -> Fit:
    """Fit a model to a series of floats: the tables of a page ask for the same fit many times."""
    values = np.frombuffer(numbers)
    return RULES[model].fit(model, pd.Series(values, index=range(first, first + len(values))))


def fit_models(history: pd.DataFrame, models: Iterable[str] | None = None) -> dict[str, Fit]:
    """Fit every model that the policy lets run on a history.

    Parameters
    ----------
    history : DataFrame
        As `growth_known` gives it.
    models : iterable of str, optional
        The models asked for; all by default. One that may not run on so few years, or across a
        gap, is left out.

    Returns
    -------
    dict
        Name to `Fit`; what statsmodels returned is its `result`.

    Raises
    ------
    IntervalError
        For an unknown model, and where none may run.

    Examples
    --------
    >>> import hyreport as hy
    >>> known = hy.growth.growth_known(hy.Report("hengyang-2018"))
    >>> fits = fit_models(known, ["drift", "local level"])
    >>> type(fits["local level"].result).__name__
    'UnobservedComponentsResultsWrapper'
    """
    years = years_in_order(history)
    return {model: _fit(history, years, model) for model in _allow(years, models)}


def allowed_models(history: pd.DataFrame, models: Iterable[str] | None = None) -> list[str]:
    """List which models may run on a history.

    Parameters
    ----------
    history : DataFrame
        `date` (years in order, gaps allowed) and `value`.
    models : iterable of str, optional
        The models asked for; all by default.

    Returns
    -------
    list of str

    Raises
    ------
    IntervalError
        Where none may run; with one or two years only scenarios are left.
    """
    return _allow(years_in_order(history), models)


def _allow(years: pd.Series, models: Iterable[str] | None) -> list[str]:
    refusals = {name: _refusal(years, name) for name in (MODELS if models is None else models)}
    allowed = [name for name, refusal in refusals.items() if refusal is None]
    if not allowed:
        none = IntervalError("models", "none", f"some of {MODELS}")
        raise next(filter(None, refusals.values()), none)
    return allowed


def policy() -> pd.DataFrame:
    """Tabulate which models may run from how many years on, and where they come from.

    Returns
    -------
    DataFrame, shape (8, 4)
        `model`, `fewest_years`, `bridges_gaps`, `made_by`.
    """
    rows = [
        (model, rule.fewest, "yes" if rule.bridges_gaps else "no", rule.source)
        for model, rule in RULES.items()
    ]
    rows.append(("none: scenarios only", 1, "", "hyreport.themes.targets.carried_out"))
    return pd.DataFrame(rows, columns=["model", "fewest_years", "bridges_gaps", "made_by"])


def _refusal(years: pd.Series, model: str) -> IntervalError | None:
    """Return why a model may not run on such years; one that there is not is an error at once."""
    if model not in RULES:
        raise IntervalError("model", repr(model), f"one of {', '.join(RULES)}")
    rule = RULES[model]
    if len(years) < rule.fewest:
        few = "show scenarios instead: two years leave no error to size an interval by"
        fix = few if len(years) < 3 else "use last value, mean or drift"
        return IntervalError(model, f"{len(years)} years", f"at least {rule.fewest}", fix)
    changes = int((years.diff() == 1).sum())
    if rule.fit in (_last_value, _drift) and changes < 2:
        found, fix = f"gaps that leave {changes} yearly changes", "use the mean"
        return IntervalError(model, found, "two or more, to size an interval by", fix)
    if not rule.bridges_gaps and (years.diff().dropna() != 1).any():
        return IntervalError(model, "a gap in the years", "unbroken years", "use another model")
    return None


def years_in_order(history: pd.DataFrame) -> pd.Series:
    """Read the years of a series, which must go up.

    >>> years_in_order(pd.DataFrame({"date": ["2014", "2016"]})).tolist()
    [2014, 2016]
    """
    years = read_years(history, "date", "history")
    if (years.diff() <= 0).any():
        found = "a year that stands twice or out of order"
        raise IntervalError("history", found, "each year once, in order", "sort it by date")
    return years


def _last_value(model: str, series: pd.Series) -> Fit:
    changes = _changes(series)
    last, spread = float(series.iloc[-1]), _deviation(changes, len(changes))
    return Fit(model, len(changes), lambda ahead: (last, spread * ahead**0.5))


def _mean(model: str, series: pd.Series) -> Fit:
    values = series.dropna().to_numpy()
    count, freedom = len(values), len(values) - 1
    spread = _deviation(values - values.mean(), freedom) * (1 + 1 / count) ** 0.5
    return Fit(model, freedom, lambda ahead: (float(values.mean()), spread))


def _drift(model: str, series: pd.Series) -> Fit:
    changes, span, last = _changes(series), len(series) - 1, float(series.iloc[-1])
    slope = (last - float(series.iloc[0])) / span
    spread = _deviation(changes - slope, len(changes) - 1)

    def predict(ahead: int) -> tuple[float, float]:
        return last + ahead * slope, spread * (ahead * (1 + ahead / span)) ** 0.5

    return Fit(model, len(changes) - 1, predict)


def _damped_trend(model: str, series: pd.Series) -> Fit:
    """Smooth level and trend; the first two errors come from the start and are no forecasts."""
    from statsmodels.tsa.statespace.exponential_smoothing import ExponentialSmoothing

    values = series.to_numpy()
    made = ExponentialSmoothing(
        values, trend=True, damped_trend=True, initialization_method="simple"
    )
    grid = [(level, trend, DAMPING) for level, trend in product(STEP, STEP) if trend <= level]
    # Level and trend are smoothed and both start from the first two values: four numbers.
    return _from_states(model, made, grid, used=series.count(), taken=4)


def _theta(model: str, series: pd.Series) -> Fit:
    from statsmodels.tools.sm_exceptions import ConvergenceWarning
    from statsmodels.tsa.forecasting.theta import ThetaModel

    values = series.to_numpy()
    with catch_warnings():
        simplefilter("error", ConvergenceWarning)
        try:
            result = ThetaModel(values, period=1, deseasonalize=False).fit()
        except ConvergenceWarning as warning:
            found, fix = f"no convergence ({warning})", "leave the model out"
            raise IntervalError(model, found, "a fit", fix) from warning
    slope, alpha = (float(result.params[name]) for name in ("b0", "alpha"))
    smoothed = series.ewm(alpha=alpha, adjust=False).mean().shift().to_numpy()
    past = np.arange(len(values))
    errors = (values - smoothed - slope / 2 * (1 - (1 - alpha) ** past) / alpha)[1:]
    freedom = len(errors) - 2
    spread = _deviation(errors, freedom)

    @cache
    def predict(ahead: int) -> tuple[float, float]:
        centre = float(np.asarray(result.forecast(ahead))[-1])
        return centre, spread * (1 + (ahead - 1) * alpha**2) ** 0.5

    return Fit(model, freedom, predict, result)


def _local_level(model: str, series: pd.Series) -> Fit:
    from statsmodels.tsa.statespace.structural import UnobservedComponents

    made = UnobservedComponents(series.to_numpy(), "llevel", use_exact_diffuse=True)
    made.ssm.filter_concentrated = True  # only the share of the two variances is searched
    grid = [(1 - share, share) for share in SHARES]
    return _from_states(model, made, grid, used=series.count() - 1, taken=1)


def _autoregression(model: str, series: pd.Series) -> Fit:
    from statsmodels.tsa.statespace.sarimax import SARIMAX

    made = SARIMAX(
        series.to_numpy(),
        exog=np.ones(len(series)),  # the mean, as a state: its own doubt is in the interval
        order=(1, 0, 0),
        mle_regression=False,
        concentrate_scale=True,
        use_exact_diffuse=True,
    )
    grid = [(value,) for value in PERSISTENCE]
    return _from_states(model, made, grid, used=series.count() - 1, taken=1, mean=True)


def _from_states(
    model: str, made: Any, grid: list, *, used: int, taken: int, mean: bool = False
) -> Fit:
    """Take the likeliest parameters of the grid; the first of those that are alike."""
    likelihoods = np.array([made.loglike(np.array(point)) for point in grid])
    if not np.isfinite(likelihoods).all():
        found = f"a likelihood that is no number, from {used} values"
        raise IntervalError(model, found, "values in the first two years, and errors in all")
    result = made.smooth(np.array(grid[likelihoods.round(9).argmax()]))
    # The likelihood divides the squared errors by all of them; here by those left free.
    scale = (used / (used - taken)) ** 0.5

    @cache
    def predict(ahead: int) -> tuple[float, float]:
        ones = {"exog": np.ones((ahead, 1))} if mean else {}
        ahead_of = result.get_forecast(ahead, **ones)
        return float(ahead_of.predicted_mean[-1]), float(ahead_of.se_mean[-1]) * scale

    return Fit(model, used - taken, predict, result)


def _deviation(errors: np.ndarray, freedom: int) -> float:
    if freedom < 1:
        fix = "use a history with fewer gaps, or show scenarios instead"
        found, expected = f"{len(errors)} errors", "more errors than parameters"
        raise IntervalError("a forecast interval", found, expected, fix)
    return float(((errors**2).sum() / freedom) ** 0.5)


def _changes(series: pd.Series) -> np.ndarray:
    """Give changes between neighbouring years only: a gap shortens them and shifts nothing."""
    return series.diff().dropna().to_numpy()


RULES = {
    "last value": Rule(_last_value, 3, True, "formula"),
    "mean": Rule(_mean, 3, True, "formula"),
    "drift": Rule(_drift, 3, True, "formula"),
    "damped trend": Rule(_damped_trend, 6, True, "statsmodels ExponentialSmoothing"),
    "Theta": Rule(_theta, 6, False, "statsmodels ThetaModel"),
    "local level": Rule(_local_level, 6, True, "statsmodels UnobservedComponents"),
    "first-order autoregression": Rule(_autoregression, 6, True, "statsmodels SARIMAX"),
}
MODELS = tuple(RULES)
