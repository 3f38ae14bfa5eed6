"""Each model recomputed another way, and the policy that says which may run."""

import warnings
from itertools import product

import numpy as np
import pandas as pd
import pytest
from by_hand.models import damped, krige, likeliest, pull, walk
from scipy.stats import t

import hyreport as hy
from hyreport.errors import IntervalError
from hyreport.themes.growth.forecasts import _interval
from hyreport.themes.growth.models import (
    MODELS,
    PERSISTENCE,
    SHARES,
    STEP,
    _fit_once,
    allowed_models,
    fit_model,
    policy,
)

KNOWN = hy.growth.growth_known(hy.Report("hengyang-2018"))
GAPPED = KNOWN[KNOWN["date"] != "2016"]
SHORT = pd.DataFrame(
    {"date": [str(year) for year in range(2013, 2018)], "value": [10.0, 9.0, 9.5, 8.0, 8.5]}
)


def series(history):
    return history["date"].astype(int).to_numpy(), history["value"].to_numpy(dtype=float)


def test_last_value_mean_and_drift_by_hand():
    changes = [-1.0, 0.5, -1.5, 0.5]
    spread = (sum(change**2 for change in changes) / 4) ** 0.5
    assert fit_model(SHORT, "last value").predict(2) == pytest.approx((8.5, spread * 2**0.5))
    spread = (sum((value - 9) ** 2 for value in SHORT["value"]) / 4 * (1 + 1 / 5)) ** 0.5
    assert fit_model(SHORT, "mean").predict(1) == pytest.approx((9.0, spread))
    slope = -1.5 / 4
    errors = [change - slope for change in changes]
    spread = (sum(error**2 for error in errors) / 3 * (2 * (1 + 2 / 4))) ** 0.5
    assert fit_model(SHORT, "drift").predict(2) == pytest.approx((8.5 + 2 * slope, spread))


def test_the_interval_uses_students_t():
    fit = fit_model(SHORT, "last value")
    assert fit.freedom == 4
    made = _interval(fit, 1, 0.80)
    assert made["high"] - made["value"] == pytest.approx(t.ppf(0.9, 4) * fit.predict(1)[1])


def test_a_gap_shifts_nothing():
    with_gap = SHORT.drop(index=3)
    spread = ((1.0**2 + 0.5**2) / 2) ** 0.5
    assert fit_model(with_gap, "last value").predict(1) == pytest.approx((8.5, spread))
    assert fit_model(with_gap, "drift").predict(1)[0] == pytest.approx(8.5 - 1.5 / 4)
    assert fit_model(with_gap, "mean").predict(1)[0] == pytest.approx(9.25)


@pytest.mark.full
@pytest.mark.parametrize("history", [KNOWN, GAPPED, KNOWN.head(6)], ids=["all", "gap", "six"])
@pytest.mark.parametrize("ahead", [1, 3])
def test_local_level_and_autoregression_by_least_squares(history, ahead):
    for model, grid, covariance, noise in (
        ("local level", SHARES, walk, lambda share: 1 - share),
        ("first-order autoregression", PERSISTENCE, pull, lambda value: 0.0),
    ):
        made = [krige(*series(history), ahead, covariance(value), noise(value)) for value in grid]
        best = likeliest(made)
        fit = fit_model(history, model)
        chosen = fit.result.params[-1]
        assert chosen == grid[best]
        assert fit.predict(ahead) == pytest.approx(made[best][:2], rel=1e-6)


@pytest.mark.parametrize("history", [KNOWN, GAPPED, KNOWN.head(6)], ids=["all", "gap", "six"])
@pytest.mark.parametrize("ahead", [1, 3])
def test_damped_trend_as_a_sum_of_errors(history, ahead):
    grid = [(alpha, beta) for alpha, beta in product(STEP, STEP) if beta <= alpha]
    made = [damped(*series(history), ahead, alpha=alpha, beta=beta) for alpha, beta in grid]
    best = likeliest(made)
    fit = fit_model(history, "damped trend")
    assert tuple(fit.result.params[:2]) == grid[best]
    assert fit.predict(ahead) == pytest.approx(made[best][:2], rel=1e-6)


def test_a_trend_loses_a_tenth_of_its_force_each_year():
    centres = [fit_model(KNOWN, "damped trend").predict(ahead)[0] for ahead in (1, 2, 3, 4)]
    steps = np.diff(centres)
    assert steps[1:] / steps[:-1] == pytest.approx([0.9, 0.9])


def test_a_series_that_hardly_returns_may_be_nearly_a_walk():
    values = [2.0, 3.1, 4.2, 5.2, 6.3, 7.2, 8.3, 9.1, 10.2, 11.0]
    rising = pd.DataFrame({"date": [str(2001 + n) for n in range(10)], "value": values})
    tried = [step / 50 for step in range(50)]  # 0 to 0.98, the widest that stays stationary
    made = [krige(*series(rising), 1, pull(value), 0.0)[-1] for value in tried]
    assert fit_model(rising, "first-order autoregression").result.params[-1] == tried[-1]
    assert max(made) == made[-1]


@pytest.mark.parametrize("ahead", [1, 3])
def test_theta_is_smoothing_with_half_the_long_slope(ahead):
    years, values = series(KNOWN)
    fit = fit_model(KNOWN, "Theta")
    alpha = float(fit.result.params["alpha"])
    slope = np.polyfit(years - years[0], values, 1)[0]
    level, errors = values[0], []
    for past, value in enumerate(values):
        drift = slope / 2 * (1 - (1 - alpha) ** past) / alpha
        errors.append(value - level - drift)
        level += alpha * (value - level)
    count = len(values)
    centre = level + slope / 2 * (ahead - 1 + (1 - (1 - alpha) ** count) / alpha)
    spread = (sum(e**2 for e in errors[1:]) / (count - 3) * (1 + (ahead - 1) * alpha**2)) ** 0.5
    assert fit.predict(ahead) == pytest.approx((centre, spread), rel=1e-6)


def test_theta_smooths_as_closely_as_any_step_of_the_grid():
    _, values = series(KNOWN)

    def squares(alpha):
        level, total = values[0], 0.0
        for value in values:
            total += (value - level) ** 2
            level += alpha * (value - level)
        return total

    alpha = float(fit_model(KNOWN, "Theta").result.params["alpha"])
    assert squares(alpha) <= min(squares(step) for step in np.linspace(0.01, 0.99, 99)) + 1e-6


def test_the_policy_counts_years():
    table = policy().set_index("model")["fewest_years"]
    assert set(table.index[:-1]) == set(MODELS)
    for count in range(1, 8):
        history = KNOWN.head(count)
        expected = [model for model in MODELS if table[model] <= count]
        if expected:
            assert allowed_models(history) == expected
        else:
            with pytest.raises(IntervalError, match="scenarios"):
                allowed_models(history)


def test_theta_refuses_a_gap_and_the_others_bridge_it():
    assert allowed_models(GAPPED) == [model for model in MODELS if model != "Theta"]
    with pytest.raises(IntervalError, match="a gap in the years"):
        fit_model(GAPPED, "Theta")


def test_an_unknown_model_is_named():
    with pytest.raises(IntervalError, match="'deep net'"):
        allowed_models(KNOWN, ["drift", "deep net"])
    with pytest.raises(IntervalError, match="none"):
        allowed_models(KNOWN, [])


def test_gaps_that_leave_no_errors_are_refused():
    scattered = KNOWN[KNOWN["date"].isin(["2005", "2008", "2017"])]
    with pytest.raises(IntervalError, match="0 yearly changes"):
        fit_model(scattered, "last value").predict(1)


@pytest.mark.parametrize("model", MODELS)
def test_a_series_that_never_moves_gets_no_interval(model):
    flat = KNOWN.assign(value=8.0)
    with pytest.raises(IntervalError):
        hy.growth.forecast_growth(flat, vintage_date="2018-01-04", models=[model])


def test_a_fit_that_does_not_converge_is_an_error(monkeypatch):
    from statsmodels.tools.sm_exceptions import ConvergenceWarning
    from statsmodels.tsa.forecasting.theta import ThetaModel

    def fit(self):
        warnings.warn("no luck", ConvergenceWarning, stacklevel=2)

    monkeypatch.setattr(ThetaModel, "fit", fit)
    _fit_once.cache_clear()
    with pytest.raises(IntervalError, match="no convergence"):
        fit_model(KNOWN, "Theta")


def test_what_statsmodels_returned_stays_in_reach():
    fits = hy.growth.fit_models(KNOWN)
    assert list(fits) == list(MODELS)
    assert all(fits[model].result is None for model in MODELS[:3])
    for model in ("damped trend", "local level", "first-order autoregression"):
        assert fits[model].result.forecasts_error.shape[1] == len(KNOWN)
    assert {"b0", "alpha"} <= set(fits["Theta"].result.params.index)
