"""Forecasts recomputed by hand, and nothing from the future."""

import tomllib

import pandas as pd
import pytest
from scipy.stats import t

import hyreport as hy
from hyreport.errors import IntervalError
from hyreport.forecast import REPORTED, as_results, growth_history, simple_forecasts
from hyreport.paths import RAW, REPORT_ID

ORIGIN = "2018-01-04"
SERIES = pd.DataFrame(
    {"date": [str(year) for year in range(2013, 2018)], "value": [10.0, 9.0, 9.5, 8.0, 8.5]}
)


@pytest.fixture(scope="module")
def tables():
    return hy.load_reference(), hy.load_figures()


def test_last_value_mean_and_drift_by_hand():
    found = simple_forecasts(SERIES, vintage_date=ORIGIN, confidence=0.80).set_index("source")
    assert found["value"].to_dict() == {"last value": 8.5, "mean": 9.0, "drift": 8.12}
    changes = [-1.0, 0.5, -1.5, 0.5]
    spread = (sum(change**2 for change in changes) / 4) ** 0.5
    half = t.ppf(0.9, 4) * spread
    assert found.loc["last value", "high"] == pytest.approx(8.5 + half, abs=0.005)
    slope = -1.5 / 4
    errors = [change - slope for change in changes]
    spread = (sum(error**2 for error in errors) / 3 * (1 + 1 / 4)) ** 0.5
    assert found.loc["drift", "low"] == pytest.approx(
        8.5 + slope - t.ppf(0.9, 3) * spread, abs=0.006
    )
    spread = (sum((value - 9) ** 2 for value in SERIES["value"]) / 4 * (1 + 1 / 5)) ** 0.5
    assert found.loc["mean", "low"] == pytest.approx(9 - t.ppf(0.9, 4) * spread, abs=0.005)


def test_intervals_widen_with_the_horizon_where_they_should():
    ahead = simple_forecasts(SERIES, vintage_date=ORIGIN, horizon=3)
    width = (ahead["high"] - ahead["low"]).set_axis([ahead["source"], ahead["date"]])
    assert width["last value"].is_monotonic_increasing
    assert width["drift"].is_monotonic_increasing
    assert width["mean"].nunique() == 1


def test_two_points_are_refused():
    with pytest.raises(IntervalError, match="scenarios"):
        simple_forecasts(SERIES.tail(2), vintage_date=ORIGIN)


def test_an_interval_of_no_width_is_refused():
    flat = SERIES.assign(value=8.0)
    with pytest.raises(IntervalError, match="half width"):
        simple_forecasts(flat, vintage_date=ORIGIN)


def test_nothing_known_later_is_in_the_history(tables):
    history = growth_history(*tables, origin=ORIGIN, with_2016=False)
    assert (history["known_by"] <= ORIGIN).all()
    assert history["date"].max() == "2017"
    assert "2016" not in set(history["date"])
    with_it = growth_history(*tables, origin=ORIGIN)
    assert set(with_it["date"]) - set(history["date"]) == {"2016"}


def test_a_later_figure_cannot_get_in(tables):
    reference, figures = tables
    later = reference.copy()
    is_2018 = (later["series"] == "gdp_growth_real") & (later["time_period"] == "2018")
    assert is_2018.sum() == 1
    later.loc[is_2018, "value"] = 99.0
    expected = growth_history(reference, figures, origin=ORIGIN)
    assert growth_history(later, figures, origin=ORIGIN).equals(expected)
    later.loc[is_2018, "known_by"] = ORIGIN
    let_in = growth_history(later, figures, origin=ORIGIN)
    assert 99.0 in set(let_in["value"])


def test_an_earlier_origin_knows_neither_2016_nor_the_report(tables):
    history = growth_history(*tables, origin="2016-06-30")
    assert history["date"].max() == "2013"
    report = tomllib.loads((RAW / REPORT_ID / "report.toml").read_text(encoding="utf-8"))
    assert report["reported"].isoformat() == REPORTED


def test_a_gap_in_the_years_does_not_count_as_one_change():
    with_gap = SERIES.drop(index=3)
    found = simple_forecasts(with_gap, vintage_date=ORIGIN).set_index("source")
    spread = ((1.0**2 + 0.5**2) / 2) ** 0.5
    assert found.loc["last value", "high"] == pytest.approx(8.5 + t.ppf(0.9, 2) * spread, abs=0.005)


def test_results_carry_the_forecast_interval(tables):
    history = growth_history(*tables, origin=ORIGIN)
    forecasts = simple_forecasts(history, vintage_date=ORIGIN)
    results = as_results(forecasts)
    assert set(results) == {f"forecast_{name}_2018" for name in ("last_value", "mean", "drift")}
    for result in results.values():
        assert result.low < result.value < result.high
