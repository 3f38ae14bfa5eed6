"""The table of forecasts: its columns, its combination, its refusals, the same bytes each time."""

from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from scipy.stats import t

import hyreport as hy
from hyreport.errors import IntervalError, LeakError
from hyreport.themes.growth.forecasts import (
    COMBINATION,
    _interval,
    as_results,
    forecast_growth,
    past_forecasts,
)
from hyreport.themes.growth.known import growth_known
from hyreport.themes.growth.models import MODELS, Fit, _fit_once, fit_model

REPORT = hy.Report("hengyang-2018")
REPORTED = REPORT.reported
KNOWN = growth_known(REPORT)
MADE = forecast_growth(KNOWN, vintage_date=REPORTED, horizon=3)


def test_the_columns_are_those_of_the_bank_of_england():
    names = "date vintage_date variable source frequency forecast_horizon value low high metric"
    assert list(MADE.columns) == [*names.split(), "inputs"]
    assert set(MADE["source"]) == {*MODELS, COMBINATION}
    assert MADE.groupby("source")["date"].apply(list).map(tuple).unique().tolist() == [
        ("2018", "2019", "2020")
    ]
    assert set(MADE["metric"]) == {"yoy"}


def test_the_simplest_forecasts_by_hand():
    values = KNOWN["value"].tolist()
    changes = [after - before for before, after in pairwise(values)]
    half = t.ppf(0.9, 12) * (sum(change**2 for change in changes) / 12) ** 0.5
    by_model = MADE[MADE["date"] == "2018"].set_index("source")
    assert by_model.loc["last value", ["value", "low", "high"]].tolist() == [
        8.5,
        round(8.5 - half, 2),
        round(8.5 + half, 2),
    ]
    mean = sum(values) / 13
    assert by_model.loc["mean", "value"] == round(mean, 2)
    half = t.ppf(0.9, 12) * (sum((v - mean) ** 2 for v in values) / 12 * (1 + 1 / 13)) ** 0.5
    assert by_model.loc["mean", "low"] == round(mean - half, 2)
    assert by_model.loc["drift", "value"] == round(8.5 + (8.5 - 11.5) / 12, 2)


def test_the_combination_is_the_mean_of_the_models():
    for _, rows in MADE.groupby("date"):
        models, combined = rows[rows["source"] != COMBINATION], rows[rows["source"] == COMBINATION]
        for end in ("value", "low", "high"):
            assert combined[end].item() == pytest.approx(models[end].mean(), abs=0.011)
    alone = forecast_growth(KNOWN, vintage_date=REPORTED, models=["drift"])
    assert alone["source"].tolist() == ["drift"]


def test_intervals_widen_with_the_horizon_and_the_confidence():
    width = (MADE["high"] - MADE["low"]).set_axis([MADE["source"], MADE["date"]])
    for model in MODELS:
        assert width[model].is_monotonic_increasing
    wider = forecast_growth(KNOWN, vintage_date=REPORTED, horizon=3, confidence=0.95)
    assert (wider["low"] < MADE["low"]).all()
    assert (wider["high"] > MADE["high"]).all()
    assert wider["value"].equals(MADE["value"])


@pytest.mark.parametrize(
    "choice",
    [
        {"horizon": 0},
        {"horizon": 1.5},
        {"horizon": True},
        {"horizon": "2"},
        {"confidence": 0},
        {"confidence": 80},
        {"confidence": "0.8"},
    ],
)
def test_choices_out_of_range_are_refused(choice):
    with pytest.raises(IntervalError, match="out of range"):
        forecast_growth(KNOWN, vintage_date=REPORTED, **choice)


def test_a_choice_may_be_a_number_of_numpy():
    choice = {"horizon": np.int64(3), "confidence": np.float64(0.8)}
    pd.testing.assert_frame_equal(forecast_growth(KNOWN, vintage_date=REPORTED, **choice), MADE)


@pytest.mark.parametrize("centre", [8.0, float("nan"), 1000.0])
@pytest.mark.parametrize("spread", [0.0, float("nan"), 1e-4, 1e6, -1.0])
def test_an_interval_that_says_nothing_is_an_error(centre, spread):
    fit = Fit("any", 5, lambda ahead: (centre, spread))
    with pytest.raises(IntervalError, match="half width"):
        _interval(fit, 1, 0.80)


@pytest.mark.parametrize(
    ("history", "words"),
    [
        (KNOWN.head(0), "found 0 years"),
        (KNOWN.head(1), "found 1 years"),
        (pd.DataFrame(), "no column date, value"),
        (KNOWN.drop(columns="grounds"), "no column grounds"),
        (KNOWN[::-1], "twice or out of order"),
        (pd.concat([KNOWN, KNOWN]), "twice or out of order"),
        (
            KNOWN.assign(value=KNOWN["value"].where(KNOWN["date"] != "2010")),
            "2010: found no number",
        ),
        (KNOWN.assign(value="many"), "no number"),
        (KNOWN.assign(value=float("inf")), "no number"),
    ],
)
def test_a_history_that_is_none_is_refused(history, words):
    with pytest.raises((IntervalError, LeakError), match=words):
        forecast_growth(history, vintage_date=REPORTED)
    if list(history) == list(KNOWN):
        with pytest.raises((IntervalError, LeakError)):
            past_forecasts(history)
        with pytest.raises(IntervalError):
            fit_model(history, "mean")


@pytest.mark.parametrize("choice", [{"window": 0}, {"window": 14}, {"until": 2010}])
def test_past_origins_that_leave_no_year_are_refused(choice):
    with pytest.raises(IntervalError, match="past_forecasts"):
        past_forecasts(KNOWN, **choice)


def test_two_years_are_refused_and_three_get_the_formulas():
    with pytest.raises(IntervalError, match="scenarios"):
        forecast_growth(KNOWN.tail(2), vintage_date=REPORTED)
    three = forecast_growth(KNOWN.tail(3), vintage_date=REPORTED)
    assert three["source"].tolist() == [*MODELS[:3], COMBINATION]


def test_past_forecasts_start_after_six_years_and_use_all_years_before():
    past = past_forecasts(KNOWN)
    assert sorted(set(past["date"])) == [str(year) for year in range(2011, 2019)]
    assert (past["forecast_horizon"] == 1).all()
    assert (past["vintage_date"].str[:4] == past["date"]).all()
    last = past[past["date"] == "2018"].reset_index(drop=True)
    now = MADE[MADE["date"] == "2018"].reset_index(drop=True)
    assert last.equals(now.assign(vintage_date="2018-01-31"))
    naive = past[past["source"] == "last value"].set_index("date")["value"]
    assert naive["2014"] == KNOWN.set_index("date").loc["2013", "value"]


def test_a_year_left_out_makes_the_next_forecast_look_two_years_ahead():
    past = past_forecasts(growth_known(REPORT, with_doubtful=False))
    ahead = past.groupby("date")["forecast_horizon"].first()
    assert ahead["2017"] == 2
    assert (ahead.drop("2017") == 1).all()
    naive = past[past["source"] == "last value"].set_index("date")["value"]
    assert naive["2017"] == naive["2016"] == 8.72
    assert "Theta" not in set(past.loc[past["date"] == "2018", "source"])


def test_past_forecasts_need_ten_years():
    with pytest.raises(IntervalError, match="at least 10"):
        past_forecasts(KNOWN.tail(9))
    past = past_forecasts(KNOWN.tail(9), fewest=9, models=["last value", "drift"])
    assert sorted(set(past["date"])) == ["2015", "2016", "2017", "2018"]
    drift = past[past["source"] == "drift"].set_index("date")["value"]
    assert drift["2018"] == round(8.5 + (8.5 - KNOWN["value"].iloc[-9]) / 8, 2)


@pytest.mark.full
def test_the_same_each_time_and_nothing_changed():
    before = KNOWN.copy()
    _fit_once.cache_clear()
    again = forecast_growth(KNOWN, vintage_date=REPORTED, horizon=3)
    pd.testing.assert_frame_equal(again, MADE, check_exact=True)
    past_forecasts(KNOWN)
    pd.testing.assert_frame_equal(KNOWN, before)


def test_forecasts_are_not_at_the_edge_of_their_last_digit():
    """What statsmodels computes in its last digits must not show in what is kept."""
    fits = hy.growth.fit_models(KNOWN)
    for fit in fits.values():
        centre, spread = fit.predict(1)
        half = t.ppf(0.9, fit.freedom) * spread
        for number in (centre, centre - half, centre + half):
            assert abs(number * 100 % 1 - 0.5) > 1e-3


def test_results_carry_the_forecast_interval():
    table = as_results(MADE[MADE["date"] == "2018"], suffix="_x")
    assert "forecast_first_order_autoregression_2018_x" in set(table["result"])
    assert (table["low"] < table["value"]).all()
    assert (table["value"] < table["high"]).all()
    assert set(table["kind"]) == {"forecast"}
