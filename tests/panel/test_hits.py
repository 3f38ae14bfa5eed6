"""Verdicts of made-up pairs with known answers."""

import numpy as np
import pandas as pd
import pytest
from made_panel import cell, frame, random_cells, write_made_panel
from matplotlib.figure import Figure

from hyreport.panel import hit_charts, hit_missing, hit_titles, hit_words, hits
from hyreport.panel.sample import prepare, take_grades
from hyreport.panel.words import say


def split(cells):
    rows = prepare(frame(cells))
    return rows[rows["kind"] == "target"], rows[rows["kind"] == "actual"]


def judge(cells, **options):
    return hits.judge(hits.pair_cells(*map(take_grades, split(cells))), **options)


def one(target, outcome, *, indicator="gdp.growth", aim=None, came=None, **options):
    cells = [
        cell("430000", 2018, "target", target, indicator=indicator, **(aim or {})),
        cell("430000", 2018, "actual", outcome, indicator=indicator, **(came or {})),
    ]
    (row,) = judge(cells, **options).to_dict("records")
    return row["strict"], row["lenient"]


ABOUT, FLOOR, OVER = ({"qualifier": name} for name in ("about", "at_least", "more_than"))
OPEN = {"low": None, "high": None}
OPENED = {"qualifier": "at_least", "high": None}


@pytest.mark.parametrize(
    ("target", "outcome", "words", "strict", "lenient"),
    [
        (8, 8.0, {}, 1, 1),
        (8, 7.9, {}, 0, 0),
        (8, 7.9, {"aim": ABOUT}, 0, 1),
        (8, 7.4, {"aim": ABOUT}, 0, 0),
        (8, 7.5, {"aim": ABOUT}, 0, 1),
        (8, 8.0, {"aim": FLOOR}, 1, 1),
        (8, 8.0, {"aim": OVER}, 0, 1),
        (8, 8.1, {"aim": OVER}, 1, 1),
        # Printed without a decimal, 8% may be up to 8.5.
        (8.4, 8, {"came": {"low": 7.5, "high": 8.5}}, 0, 1),
        (8.6, 8, {"came": {"low": 7.5, "high": 8.5}}, 0, 0),
        # An outcome with words of its own.
        (8, 8, {"came": ABOUT | OPEN}, 1, 1),
        (8, 7.5, {"came": ABOUT | OPEN}, 0, 1),
        (8, 7.5, {"came": ABOUT | OPEN, "aim": ABOUT}, 0, 1),
        # Said on both sides, 左右 reaches no farther.
        (8, 7.4, {"came": ABOUT | OPEN, "aim": ABOUT}, 0, 0),
        (8, 8, {"came": FLOOR | {"high": None}}, 1, 1),
        (8.5, 8, {"came": FLOOR | {"high": None}}, None, None),
        (8, 8, {"came": {"qualifier": "nearly", "low": None}}, 1, 1),
        (7, 8, {"came": {"qualifier": "at_most", "low": None}}, None, None),
        (9, 8, {"came": {"qualifier": "at_most", "low": None}}, 0, 0),
        # A floor is not judged by a target that is a ceiling.
        (8, 8.1, {"aim": {"qualifier": "at_most"}}, None, None),
        # Of a range the lower end is reached first.
        (6, 6.2, {"aim": {"value_high": 7, "high": 7}}, 1, 1),
    ],
)
def test_verdicts(target, outcome, words, strict, lenient):
    found = one(target, outcome, **words)
    expected = [np.nan if verdict is None else verdict for verdict in (strict, lenient)]
    assert found == pytest.approx(tuple(expected), nan_ok=True)


@pytest.mark.parametrize(
    ("target", "outcome", "words", "strict", "lenient"),
    [
        (3, 2.5, {"aim": {"qualifier": "at_most"}}, 1, 1),
        (3, 3.1, {"aim": {"qualifier": "at_most"}}, 0, 0),
        (3, 3.4, {"aim": ABOUT}, 0, 1),
        (3, 3, {"came": {"qualifier": "at_most", "low": None}}, 1, 1),
        (2, 3, {"came": {"qualifier": "at_most", "low": None}}, None, None),
        (3, 3.2, {"came": {"low": 2.5, "high": 3.5}}, 0, 1),
        (3, 4, {"aim": {"value_high": 4, "high": 4}}, 1, 1),
    ],
)
def test_a_ceiling_is_met_from_below(target, outcome, words, strict, lenient):
    found = one(target, outcome, indicator="consumer_prices.growth", **words)
    expected = [np.nan if verdict is None else verdict for verdict in (strict, lenient)]
    assert found == pytest.approx(tuple(expected), nan_ok=True)


def test_the_tolerance_is_a_choice():
    assert one(8, 7.0, aim=ABOUT, tolerance=1) == (0, 1)
    assert one(8, 7.5, aim=ABOUT, tolerance=0) == (0, 0)


def test_an_outcome_is_that_of_the_targets_own_year():
    cells = [cell("430000", 2018, "target", 8), cell("430000", 2017, "actual", 9)]
    assert judge(cells).empty


def test_rounding_that_could_turn_a_verdict_is_named():
    cells = [cell("430000", 2018, "target", 8), cell("430000", 2018, "actual", 8)]
    cells += [cell("440000", 2018, "target", 8), cell("440000", 2018, "actual", 8.2)]
    assert judge(cells)["by_rounding"].tolist() == [True, False]


def two_years():
    """Return pairs in which wording and luck change with the years and nothing within one."""
    cells = []
    for year, firm, luck in ((2017, 8, 1), (2018, 2, -1)):
        for place in range(10):
            code = f"43{place + 1:02}00"
            words = "at_least" if place < firm else "about"
            cells.append(cell(code, year, "target", 8, qualifier=words))
            cells.append(cell(code, year, "actual", 8 + luck))
    return cells


def test_wording_that_only_changed_with_the_years_shows_nothing_within_them():
    found = hits.compare_wordings(judge(two_years()))
    strict = found[found["outcome"] == "strict"].set_index("wording")
    assert strict.loc["at least", "share"] - strict.loc["about", "share"] == pytest.approx(60)
    assert strict.loc["at least", "value"] == pytest.approx(0, abs=1e-6)


def two_levels():
    """Return provinces in good years, cities in a bad one, and both alike in the one they share."""
    cells = []
    for year, firsts, lasts, luck in ((2016, 6, 0, 1), (2017, 6, 6, 1), (2018, 0, 6, -1)):
        for place in range(11, 17):
            for code, held in ((f"{place}0000", firsts), (f"{place}0100", lasts)):
                if held:
                    cells.append(cell(code, year, "target", 8))
                    cells.append(cell(code, year, "actual", 8 + luck))
    return cells


def results_of(cells):
    targets, outcomes = split(cells)
    judged = judge(cells)
    return hit_words.list_results(
        judged,
        named=hit_missing.name_missing(targets, outcomes),
        compared=hits.compare_wordings(judged),
        variants=hits.compare_variants(targets, outcomes),
        choices={"wrong": 0.0097, "tolerance": 0.5, "grid": hits.share_on_grid(targets)},
    )


def test_levels_are_compared_within_the_same_years():
    judged = judge(two_levels())
    share = judged.groupby("level")["strict"].mean()
    assert share["province"] - share["prefecture"] == pytest.approx(0.5)
    assert hits.compare_levels(judged)["value"] == pytest.approx(0, abs=1e-6)
    assert hits.compare_levels(judged)["clusters"] == 6


def test_the_answer_sets_levels_and_years_apart():
    found = results_of(two_levels())
    said = say("hits.answer", found, indicator="GDP growth")
    assert "in the same years they are not told apart" in said
    numbers = found.set_index("result")
    assert numbers.loc["hits_wrong", "value"] == 1
    assert "hits_strict_balanced" not in numbers.index  # a run of two years
    many = results_of([row for row in random_cells() if row["level"] != "nation"])
    assert many.set_index("result").loc["hits_strict_balanced", "year"].startswith("200")


def test_the_years_that_hold_most_pairs_are_named():
    cells = []
    for year in range(2011, 2021):
        for place in range(11, 41 if year > 2017 else 32):
            cells.append(cell(f"{place}0000", year, "target", 8))
            cells.append(cell(f"{place}0000", year, "actual", 7 if year > 2017 else 9))
    row = results_of(cells).set_index("result").loc["hits_crowd"]
    assert (row["year"], row["value"]) == ("2018-2020", 38)
    assert results_of(cells).set_index("result").loc["hits_year_mean", "value"] == 70


def test_wordings_count_the_places_of_a_province_as_one():
    found = hits.compare_wordings(judge(two_years()))
    assert set(found["clusters"].dropna()) == {1}


def test_what_has_no_verdict_and_what_no_report():
    cells = []
    for place in range(11, 17):
        for number, value in ((1, 8), (2, 9)):
            code = f"{place}0{number}00"
            cells.append(cell(code, 2018, "target", value))
            cells.append(cell(code, 2019, "target", value))
        cells.append(cell(f"{place}0100", 2018, "actual", 8 if place > 11 else 7.5, **OPENED))
    found = results_of(cells).set_index("result")
    assert found.loc["hits_missing", "value"] == 50
    assert found.loc["hits_unjudged", "value"] == 58
    assert found.loc["hits_unreported", ["value", "low", "high"]].tolist() == [1, 1, 1]
    said = say("hits.missing", results_of(cells))
    assert "were higher than others of their level and year" in said


def test_what_is_missing_is_named_and_bounds_the_share():
    cells = [cell(f"43{n:02}00", 2018, "target", 8) for n in range(1, 7)]
    cells += [cell(f"43{n:02}00", 2019, "target", 8) for n in range(1, 7)]
    cells.append(cell("430100", 2018, "actual", 9))
    cells.append(cell("430200", 2018, "actual", None, status="absent", certainty=""))
    cells.append(cell("430300", 2018, "actual", None, status="not_found", certainty=""))
    cells.append(cell("430400", 2018, "actual", 9, certainty="C"))
    targets, outcomes = split(cells)
    named = hit_missing.name_missing(targets, outcomes)
    assert named["missing"].tolist() == [
        "",
        "not in its report",
        "not found in its report",
        "read as a guess",
        "no report of the year after",
        "no report of the year after",
    ]
    low, high = hit_missing.bound_missing(judge(cells), named, "strict")
    assert (low, high) == (pytest.approx(100 / 6, abs=1e-3), 100)
    assert hit_missing.count_missing(named)["paired"].tolist() == [1]


def test_variants_say_what_they_take():
    targets, outcomes = split(random_cells())
    found = hits.compare_variants(targets, outcomes).set_index(["variant", "reading"])["rows"]
    assert found["grade A alone", "strict"] < found["grades A and B", "strict"]
    assert found["grades A, B and C", "strict"] == found["grades A and B", "strict"]
    whole = found["provinces alone", "strict"] + found["cities alone", "strict"]
    assert whole < found["grades A and B", "strict"]  # the nation is in neither


def test_a_grid_of_half_points():
    targets, _ = split(
        [cell(f"43{n:02}00", 2018, "target", v) for n, v in ((1, 8), (2, 7.5), (3, 7.8))]
    )
    assert hits.share_on_grid(targets) == pytest.approx(66.6667)


@pytest.mark.full
@pytest.mark.parametrize(
    "cells",
    [
        [],
        [cell("430000", 2018, "target", 8)],
        [cell("430000", 2018, "target", 8), cell("430000", 2018, "actual", 9)],
        two_years()[:20],
    ],
)
def test_little_or_nothing_is_no_error(cells):
    targets, outcomes = split(cells)
    judged = judge(cells)
    named = hit_missing.name_missing(targets, outcomes)
    found = hit_words.list_results(
        judged,
        named=named,
        compared=hits.compare_wordings(judged),
        variants=hits.compare_variants(targets, outcomes),
        choices={"wrong": 0.01, "tolerance": 0.5, "grid": hits.share_on_grid(targets)},
    )
    assert say("hits.answer", found, indicator="GDP growth")
    assert "nan" not in say("hits.errors", found) + say("hits.missing", found)
    assert hit_titles.title_met(found, "gdp.growth")
    assert hit_titles.title_mix(hits.mix_by_year(judged))
    assert hit_titles.title_heat(hits.shares_by_wording(judged))
    assert hit_titles.title_wordings(found)
    assert hit_titles.title_gaps(judged)


def test_titles_say_whose_numbers_they_are():
    judged = judge(two_levels())
    assert hit_titles.title_gaps(judged).startswith("Provinces: middle outcome +1.0 points")
    found = results_of(two_years())
    assert hit_titles.title_wordings(found).startswith('"At least" against "about": +60 points')
    beside = pd.DataFrame(
        {
            "indicator": ["unemployment.rate", "budget_revenue.growth"],
            "level": "province",
            "reading": "strict",
            "value": [100.0, 40.0],
        }
    )
    assert hit_titles.title_indicators(beside) == (
        "Share met as stated: from budget revenue growth of provinces (40%) to registered "
        "unemployment of provinces (100%)"
    )


def test_the_legend_of_wordings_stands_above_the_first_interval():
    axes = Figure().add_subplot()
    hit_charts.draw_wordings(axes, hits.compare_wordings(judge(two_years())))
    first = len(axes.get_yticklabels()) - 1
    assert axes.get_ylim()[1] >= first + 1


def test_several_indicators_stand_side_by_side(tmp_path):
    folder = write_made_panel(tmp_path, random_cells())
    found = hits.compare_indicators(["gdp.growth", "trade.growth"], panel=folder)
    assert set(found["indicator"]) == {"gdp.growth"}
    assert set(found["level"]) == {"nation", "province", "prefecture"}
