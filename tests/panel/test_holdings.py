"""What a made-up panel holds, and what its gaps can do."""

import pandas as pd
import pytest
from panels import absent, growth, make_panel

from hyreport.panel.holdings import count_cells, count_held, count_places, say_held
from hyreport.panel.missing import (
    bound_attainment,
    compare_composition,
    leave_out_grade,
    say_bounds,
    say_composition,
)
from hyreport.panel.titles import say_bounds_chart, say_places_chart

CITY, OTHER, PROVINCE = "430400", "430200", "430000"


@pytest.fixture(scope="module")
def panel(tmp_path_factory):
    reports = {
        (CITY, 2018): (growth(8), growth("8.5")),
        (CITY, 2019): (growth(8, certainty="C"), growth("8.3")),
        (CITY, 2020): (growth(7), growth("7.0")),
        (OTHER, 2018): (growth(9), absent()),
        (OTHER, 2019): (growth(9), growth("8.8")),
        (PROVINCE, 2018): (growth(8), growth(8)),
    }
    return make_panel(tmp_path_factory.mktemp("panel"), reports)


def test_it_says_what_it_holds(panel):
    value = count_held(panel).set_index("result")["value"]
    assert value["held_reports"] == 6
    assert value["held_places"] == 3
    assert value["held_pairs"] == 3
    assert value["held_cells_grade_c"] == 1
    assert "[2018](#result:held_first_year)" in say_held(count_held(panel))


def test_an_empty_panel_holds_nothing_and_breaks_nothing(tmp_path):
    panel = make_panel(tmp_path / "panel", {})
    assert say_held(count_held(panel)) == "The panel holds no report."
    assert count_places(panel).empty
    assert say_bounds(bound_attainment(panel=panel))[0].empty
    assert say_composition(compare_composition(panel=panel))[0].empty
    assert leave_out_grade(panel=panel).empty
    assert say_places_chart(count_places(panel)).startswith("In no year")


def test_places_are_those_there_were_in_the_year(panel):
    rows = count_places(panel).set_index(["level", "year"])
    assert rows.loc[("province", 2018), "places"] == 31
    assert 330 < rows.loc[("prefecture", 2018), "places"] < 340
    assert rows.loc[("prefecture", 2018), "reports"] == 2


def test_cells_are_counted_by_what_became_of_them(panel):
    row = count_cells("kind", panel=panel).set_index("kind").loc["actual"]
    assert (row["found"], row["absent"], row["not_found"], row["cells"]) == (5, 1, 0, 6)


def test_missing_outcomes_bound_the_share(panel):
    bounds = bound_attainment(panel=panel).set_index("years")
    # Of 2018: met 8.3 of 8, missed 8.8 of 9, the province's unknown; of 2019: grade C is left out.
    row = bounds.loc[2015]
    assert (row["targets"], row["with_outcome"], row["met"]) == (4, 2, 1)
    assert (row["lowest"], row["share"], row["highest"]) == (25, 50, 75)
    table, said = say_bounds(bounds.reset_index())
    assert "[25.0](#result:bound_lowest)%" in said
    assert "of the [4](#result:bound_targets) targets of GDP growth up to [2019]" in said
    # A share of what is held is no estimate: it has no interval.
    assert set(table["kind"]) == {"stated"}
    assert (table["low"] == table["high"]).all()
    assert table["result"].is_unique
    assert say_bounds_chart(bounds.reset_index()).startswith("In 1 of 1 spans")


def test_a_change_of_who_is_in_it_is_measured_in_changes_where_the_sets_differ():
    columns = ["year", "all_mean", "all_places", "steady_mean", "steady_places"]
    rows = [(2010, 9, 30, 9, 30), (2011, 8, 30, 8, 30), (2012, 8, 40, 7.5, 30)]
    rows += [(2013, 7, 40, 7, 30), (2015, 6, 40, 7, 30), (2016, 6, 40, 7, 19)]
    made = pd.DataFrame(rows, columns=columns)
    table, said = say_composition(made)
    # 2011 is the same by construction, 2015 follows no year, 2016 has too few steady ones.
    value = table.set_index("result")["value"]
    assert value["composition_years"] == 2
    assert (value["composition_mean"], value["composition_widest"]) == (0.5, 0.5)
    assert "a smaller change of the mean may be" in said
    assert say_composition(made.iloc[:2])[0].empty


def test_grade_c_is_left_out_and_its_effect_shown(panel):
    value = leave_out_grade(panel=panel).set_index("result")["value"]
    assert value["met_without_grade_c"] == 50
    assert value["met_with_grade_c"] == pytest.approx(33.3)
