"""Estimates whose answer is known, and what is said where the rows cannot tell."""

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from made_panel import cell, write_made_panel

from hyreport.errors import HyreportError, IntervalError, UnknownNameError
from hyreport.panel import estimates
from hyreport.panel.estimates import fit_terms, left_over, mean_of, sampled, share_of, shares_by
from hyreport.panel.sample import balance, compare_missing, count_status, last_year, load_cells
from hyreport.panel.wrong import bound_share, drop_to_turn, wrong_pairs


@pytest.fixture
def rows():
    draw = np.random.default_rng(5)
    made = pd.DataFrame(
        {"year": np.repeat(range(2001, 2011), 20), "area_code_now": [*range(20)] * 10}
    )
    made["x"] = draw.normal(size=200)
    made["y"] = 2 * made["x"] + made["year"] - 2000 + draw.normal(size=200)
    return made


def test_a_slope_within_years_is_that_of_statsmodels_with_dummies(rows):
    found = fit_terms(rows, "y", ["x"], effects=["year"]).iloc[0]
    design = np.column_stack([rows["x"], pd.get_dummies(rows["year"], dtype=float).to_numpy()])
    groups = {"groups": rows["area_code_now"]}
    fitted = sm.OLS(rows["y"], design).fit(cov_type="cluster", cov_kwds=groups, use_t=True)
    low, high = fitted.conf_int().loc["x1"]
    assert found["value"] == pytest.approx(fitted.params["x1"], abs=1e-5)
    assert (found["low"], found["high"]) == (
        pytest.approx(low, abs=1e-5),
        pytest.approx(high, abs=1e-5),
    )


@pytest.mark.parametrize("effects", [["year", "area_code_now"], ["area_code_now", "year", "era"]])
def test_a_slope_within_several_effects_is_that_of_dummies_for_all(rows, effects):
    rows = rows.assign(era=rows["year"] // 5).drop(index=range(0, 200, 7))  # an era fits no more
    found = fit_terms(rows, "y", ["x"], effects=effects).iloc[0]
    dummies = [pd.get_dummies(rows[effect], dtype=float).to_numpy() for effect in effects]
    design = np.column_stack([rows["x"], *dummies])
    slope = np.linalg.lstsq(design, rows["y"].to_numpy(), rcond=None)[0][0]
    assert found["value"] == pytest.approx(slope, abs=1e-6)
    left = left_over(rows, ["x"], effects)[:, 0]
    assert np.abs(np.column_stack(dummies).T @ left).max() < 1e-9
    assert estimates._rank(rows, effects) == np.linalg.matrix_rank(np.column_stack(dummies))


def test_the_mean_is_that_of_statsmodels_on_a_constant(rows):
    groups = {"groups": rows["area_code_now"], "use_correction": True}
    fitted = sm.OLS(rows["y"], np.ones(200)).fit(cov_type="cluster", cov_kwds=groups, use_t=True)
    found = mean_of(rows, "y")
    low, high = fitted.conf_int().iloc[0]
    assert (found["value"], found["low"], found["high"]) == pytest.approx(
        (fitted.params.iloc[0], low, high), abs=1e-5
    )


def test_effects_that_explain_a_term_leave_nothing(rows):
    found = fit_terms(rows.assign(z=rows["year"] * 2), "y", ["z", "x"], effects=["year"])
    assert np.isnan(found["value"].iloc[0])
    assert found["value"].iloc[1] == pytest.approx(2, abs=0.3)


@pytest.mark.parametrize("number", [0, 1])
def test_too_few_rows_have_no_interval(rows, number):
    few = rows.head(number)
    assert np.isnan(fit_terms(few, "y", ["x"])["low"].iloc[0])
    assert np.isnan(mean_of(few, "y")["low"])
    assert mean_of(few, "y")["rows"] == number


def test_one_place_has_a_slope_and_no_interval(rows):
    found = fit_terms(rows.assign(area_code_now="a"), "y", ["x"], effects=["year"]).iloc[0]
    assert found["value"] == pytest.approx(2, abs=0.3)
    assert np.isnan(found["low"])


def test_a_share_of_none_has_an_interval_that_is_not_nought():
    rows = pd.DataFrame({"met": [0.0] * 10, "area_code_now": range(10)})
    found = share_of(rows, "met")
    assert (found["value"], found["low"]) == (0, 0)
    assert found["high"] == pytest.approx(27.75, abs=0.01)


def test_shares_of_no_rows_are_an_empty_table():
    rows = pd.DataFrame({"met": [], "year": [], "area_code_now": []})
    assert shares_by(rows, "met", ["year"]).empty


def test_bounds_for_wrong_cells_hold_whatever_was_wrong():
    truth = np.array([1] * 60 + [0] * 40)
    read = truth.copy()
    read[:2] = 0
    low, high = bound_share(100 * read.mean(), 0.01)
    assert low <= 60 <= high + 1e-9
    assert wrong_pairs(0) == 0
    with pytest.raises(IntervalError):
        wrong_pairs(2)


def test_dropping_turns_a_sign_where_dropping_fewer_does_not():
    x = np.array([0.0] * 50 + [1.0] * 50)
    y = np.concatenate([np.zeros(50), [-1.0] * 40, [8.0] * 10])
    rows = pd.DataFrame({"x": x, "y": y, "area_code_now": range(100)})
    share = drop_to_turn(rows, "y", "x")
    kept = rows.drop(index=rows.sort_values("y").index[-5:])
    assert kept[kept["x"] == 1]["y"].mean() == 0
    assert share == pytest.approx(0.05)


def test_where_there_is_no_difference_no_row_has_to_be_lost():
    rows = pd.DataFrame({"x": [0, 0, 1, 1], "y": [1.0, 2, 1, 2], "area_code_now": range(4)})
    assert drop_to_turn(rows, "y", "x") == 0


def test_a_term_that_no_row_tells_apart_cannot_turn(rows):
    assert np.isnan(drop_to_turn(rows.assign(x=1.0), "y", "x"))


def test_a_balanced_sample_has_the_same_places_in_each_year():
    rows = pd.DataFrame({"area_code_now": list("aaaabbbcc"), "year": [1, 2, 3, 4, 2, 3, 4, 3, 4]})
    kept = balance(rows)
    assert sorted(kept["area_code_now"].unique()) == ["a", "b"]
    assert kept.groupby("area_code_now")["year"].agg(list).tolist() == [[2, 3, 4], [2, 3, 4]]


@pytest.mark.parametrize("rows", [[], [("a", 1)]])
def test_without_two_years_nothing_is_balanced(rows):
    frame = pd.DataFrame(rows, columns=["area_code_now", "year"])
    assert balance(frame).empty


def test_a_misdated_text_is_not_the_end_of_the_shelf():
    years = [2020] * 6 + [2021] * 5 + [2035]
    assert last_year(pd.DataFrame({"year": years})) == 2021
    assert last_year(pd.DataFrame({"year": []})) == 0


def test_cells_are_counted_by_what_became_of_them():
    cells = pd.DataFrame(
        {
            "level": "province",
            "year": 2020,
            "status": ["found", "found", "absent", "not_found"],
            "certainty": ["A", "C", "", ""],
        }
    )
    row = count_status(cells).iloc[0]
    assert row[["reports", "taken", "left_out", "absent", "not_found"]].tolist() == [4, 1, 1, 1, 1]
    assert row["taken_share"] == 25


def test_those_who_lack_something_are_set_against_their_level_and_year():
    rows = pd.DataFrame(
        {
            "level": "province",
            "year": [1, 1, 1, 2, 2],
            "value": [7, 9, 10, 5, 6],
            "missing": ["", "", "gone", "", "gone"],
            "area_code_now": list("abcde"),
        }
    )
    found = compare_missing(rows, "value", missing="missing").iloc[0]
    assert (found["missing"], found["value"], found["rows"]) == ("gone", 1.5, 2)


def test_a_result_without_a_number_is_refused():
    with pytest.raises(IntervalError, match="no number"):
        sampled(dict.fromkeys(("value", "low", "high"), np.nan), unit="", formula="", result="x")


def test_levels_of_places_of_all_sizes_are_not_compared(tmp_path):
    cells = [cell("430000", 2018, "target", 3000, indicator="gdp.level", unit="亿元")]
    folder = write_made_panel(tmp_path, cells)
    with pytest.raises(HyreportError, match="an indicator in percent"):
        load_cells("gdp.level", panel=folder)


def test_an_unknown_indicator_is_named(tmp_path):
    with pytest.raises(UnknownNameError, match="gdp"):
        load_cells("gdp.grwth", panel=tmp_path)
