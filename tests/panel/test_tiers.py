"""Add-ons of made-up panels with known answers."""

import numpy as np
import pandas as pd
import pytest
from made_panel import NATION, cell, frame, random_cells, write_made_panel

from hyreport.panel import tier_dates, tier_words, tiers
from hyreport.panel.sample import load_cells, prepare, take_grades
from hyreport.panel.words import Results, say


def read(cells):
    return prepare(frame(cells))


def stack(cells, grades="AB"):
    return tiers.stack_tiers(take_grades(read(cells), grades))


def test_each_city_is_set_against_its_own_province():
    cells = [
        cell(NATION, 2018, "target", 6.5),
        cell("430000", 2018, "target", 8),
        cell("440000", 2018, "target", 7),
        cell("430400", 2018, "target", 8),
        cell("440100", 2018, "target", 8),
        cell("440200", 2018, "target", 6.5),
        cell("450100", 2018, "target", 20),
    ]
    steps = stack(cells).set_index("area_code_now")
    assert steps["add_on"].to_dict() == {
        "430000": 1.5,
        "440000": 0.5,
        "430400": 0,
        "440100": 1,
        "440200": -0.5,
    }
    assert steps.loc[["430400", "440100", "440200"], "side"].tolist() == ["equal", "above", "below"]


def test_years_are_not_mixed():
    cells = [cell("430000", 2018, "target", 8), cell("430400", 2019, "target", 9)]
    assert stack(cells).empty


def test_of_a_range_the_lower_end_counts_and_the_middle_is_a_variant():
    cells = [
        cell(NATION, 2018, "target", 6, value_high=7, high=7),
        cell("430000", 2018, "target", 8),
    ]
    assert stack(cells)["add_on"].tolist() == [2]
    variants = tiers.compare_variants(read(cells)).set_index(["variant", "step"])
    middle = variants.loc[("ranges at their middle", "province less nation"), "value"]
    assert middle == 1.5


def test_grades_that_are_not_taken_are_left_out():
    cells = [
        cell(NATION, 2018, "target", 6),
        cell("430000", 2018, "target", 8, certainty="C"),
        cell("440000", 2018, "target", 7, certainty="B"),
    ]
    assert stack(cells)["add_on"].tolist() == [1]
    assert stack(cells, "A").empty
    assert sorted(stack(cells, "ABC")["add_on"]) == [1, 2]


def test_the_way_from_the_nation_to_cities_is_both_steps():
    cells = [
        cell(NATION, 2018, "target", 6),
        cell("430000", 2018, "target", 8),
        cell("430400", 2018, "target", 9),
        cell("430100", 2018, "target", 8),
        cell("440100", 2018, "target", 30),
    ]
    (row,) = tiers.split_by_year(stack(cells)).to_dict("records")
    assert row == {
        "year": 2018,
        "by_province": 2,
        "by_city": 0.5,
        "total": 2.5,
        "cities": 2,
    }


def test_a_change_above_is_passed_on():
    cells = []
    for year, step in ((2017, 0), (2018, 1), (2019, 3)):
        for number, code in enumerate(("43", "44", "45")):
            upper = 8 + number * step
            cells.append(cell(f"{code}0000", year, "target", upper))
            cells += [cell(f"{code}0{n}00", year, "target", 2 + 0.5 * upper) for n in (1, 2)]
    found = tiers.pass_on(stack(cells)).set_index("step")
    assert found.loc["city less own province", "value"] == pytest.approx(0.5)
    assert np.isnan(found.loc["province less nation", "value"])


def test_without_one_target_above_the_mean_lies_between_two_ends():
    cells = [cell(NATION, year, "target", value) for year, value in ((2017, 6), (2018, 2))]
    cells += [cell("430000", year, "target", 8) for year in (2017, 2018)]
    (row,) = tiers.range_of_upper(stack(cells)).to_dict("records")
    assert (row["value"], row["low"], row["high"]) == (4, 2, 6)


def test_the_mean_turns_once_the_widest_pairs_are_dropped():
    cells = [cell(NATION, 2018, "target", 6)]
    cells += [
        cell(f"{code}0000", 2018, "target", value)
        for code, value in ((41, 5), (42, 5.5), (43, 8), (44, 9), (45, 6))
    ]
    weighed = tiers.weigh_errors(stack(cells), 0.1).iloc[0]
    assert weighed["above"] == 40
    assert weighed["to_turn"] == 40
    assert (weighed["above_low"], weighed["above_high"]) == (20, 60)


def test_a_report_is_set_beside_the_day_of_the_tier_above():
    days = [
        ("nation", NATION, "000000", "2018-03-05"),
        ("province", "430000", "430000", "2018-01-25"),
        ("province", "440000", "440000", "2018-03-05"),
        ("prefecture", "430400", "430000", "2018-01-09"),
        ("prefecture", "440100", "440000", "2018-03-06"),
        ("prefecture", "450100", "450000", "2018-01-01"),
    ]
    dates = pd.DataFrame(days, columns=["level", "area_code_now", "province", "delivered"])
    dates = dates.assign(year=2018, delivered=pd.to_datetime(dates["delivered"]))
    order = tier_dates.order_dates(dates)
    assert order.set_index("area_code_now")["before"].to_dict() == {
        "430000": 1,
        "440000": 0,
        "430400": 1,
        "440100": 0,
    }
    results = Results("tiers")
    tier_words._add_order(results, order)
    found = results.table().set_index("result")["value"]
    assert found.to_dict() == {"tiers_province_before": 50, "tiers_city_before": 50}
    assert "before their own province's" in say("tiers.order", results.table())


def throughout(years):
    """Return a panel in which each place has a target in each of so many years."""
    cells = []
    for year in range(2011, 2011 + years):
        for code in (NATION, "430000", "440000", "450000", "430100", "440100"):
            cells.append(cell(code, year, "target", 6 + 2 * (code != NATION)))
    return cells


def test_a_run_of_few_years_is_named_in_the_table_alone():
    for years, named in ((4, 0), (5, 2)):
        cells = throughout(years)
        variants = tiers.compare_variants(read(cells))
        rows = variants[variants["variant"] == "the same places throughout"]
        assert set(rows["span"]) == {f"2011-{2010 + years}"}
        found = tier_words.list_results(stack(cells), variants, wrong=0)
        assert found["result"].str.endswith("balanced").sum() == named
        said = say("tiers.errors", found)
        assert ("throughout 2011-2015 it is" in said) == (named > 0)


def test_what_became_of_those_that_are_gone():
    cells = [cell(NATION, 2018, "target", 6)]
    cells += [cell(f"{code}0000", 2018, "target", 8) for code in range(41, 47)]
    cells += [cell(f"{code}0000", 2019, "target", 8) for code in range(41, 45)]
    cells.append(cell("450000", 2019, "target", None, status="not_found"))
    found = tiers.find_gone(read(cells), stack(cells)).set_index("area_code_now")["missing"]
    assert found["410000"] == ""
    assert found["450000"] == "no target read"
    assert found["460000"] == "no report"


@pytest.mark.full
@pytest.mark.parametrize(
    "cells",
    [
        [],
        [cell(NATION, 2018, "target", 6)],
        [cell("430000", 2018, "target", 6), cell("430400", 2018, "target", 6)],
        [cell(code, 2018, "target", 6) for code in (NATION, "430000", "430400")],
    ],
)
def test_little_or_nothing_is_no_error(cells):
    steps, variants = stack(cells), tiers.compare_variants(read(cells))
    found = tier_words.list_results(steps, variants, wrong=0.01)
    assert say("tiers.answer", found, indicator="GDP growth")
    assert "nan" not in say("tiers.errors", found)
    assert tier_words.title_add_ons(found, "gdp.growth")
    assert tier_words.title_sides(found)
    assert tier_words.title_split(tiers.split_by_year(steps))
    tiers.shares_by_year(steps)
    tiers.pass_on(steps)


def test_the_answer_follows_the_numbers(tmp_path):
    cells = random_cells()
    steps = stack(cells)
    lower = [row | {"value": row["value"] + 3 * (row["level"] == "province")} for row in cells]
    said = []
    for rows in (cells, lower):
        steps = stack(rows)
        found = tier_words.list_results(steps, tiers.compare_variants(read(rows)), wrong=0)
        said.append(say("tiers.answer", found, indicator="GDP growth"))
    assert "to provinces targets of GDP growth are not told apart" in said[0]
    assert "to provinces targets of GDP growth rise" in said[1]
    assert "to cities they fall" in said[1]


def test_titles_name_no_taking_over():
    cells = throughout(5)
    steps = stack(cells).assign(period="2011-2015")
    said = tier_words.title_spread(steps[steps["step"] == "city less own province"])
    assert said == "Same number as the province: 100% of cities in 2011-2015, 100% in 2011-2015"
    compared = pd.DataFrame({"low": [0.1, -0.1]})
    assert tier_words.title_indicators(compared).endswith("clearly higher in 1 of 2 comparisons")


def test_several_indicators_stand_side_by_side(tmp_path):
    folder = write_made_panel(tmp_path, random_cells())
    found = tiers.compare_indicators(["gdp.growth", "trade.growth"], panel=folder)
    assert found["rows"].tolist()[2:] == [0, 0]
    assert load_cells("trade.growth", panel=folder).empty
