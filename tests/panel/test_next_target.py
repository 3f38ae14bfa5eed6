"""The next target of made-up panels: one whose rule is known, one in which nothing is answered."""

import random

import numpy as np
import pytest
from made_panel import cell, frame

from hyreport.panel import hits, next_near, next_target, next_words
from hyreport.panel.sample import prepare, take_grades
from hyreport.panel.words import Results, say


def follow(cells):
    rows = take_grades(prepare(frame(cells)))
    targets = rows[rows["kind"] == "target"].reset_index(drop=True)
    outcomes = rows[rows["kind"] == "actual"].reset_index(drop=True)
    return next_target.follow(hits.judge(hits.pair_cells(targets, outcomes)), targets)


def simulate(answer, *, noise, places=60, years=8, seed=11):
    """Return cells of places that move their target by `answer` after a hit, and back to 8."""
    draw = random.Random(seed)
    cells = []
    for place in range(places):
        code = f"{11 + place % 40}{place // 40 + 1:02}00"
        moved = 0.0
        for year in range(2001, 2001 + years):
            target = round(8 + moved + draw.gauss(0, noise), 1)
            came = round(8 + draw.gauss(0, 1), 2)
            cells.append(cell(code, year, "target", target))
            cells.append(cell(code, year, "actual", came, low=came, high=came))
            moved = answer if came >= target else 0.0
    return cells


@pytest.fixture(scope="module")
def noisy():
    return follow(simulate(0.0, noise=1.0, seed=3))


@pytest.fixture(scope="module")
def answering():
    return follow(simulate(0.5, noise=0.3))


def collect(rows, wrong):
    """Return the results of the page, from tables that are each made once."""
    after, slopes = next_target.measure_after(rows), next_near.measure_slopes(rows)
    lent, variants = next_target.place_others(rows), next_target.compare_variants(rows)
    return next_words.list_results(rows, after, lent, slopes, variants, wrong=wrong)


def test_a_target_is_followed_by_that_of_the_next_year_alone():
    cells = [cell("430000", year, "target", value) for year, value in ((2017, 8), (2018, 7.5))]
    cells += [cell("430000", year, "actual", 8) for year in (2016, 2017, 2018)]
    cells += [cell("440000", 2017, "target", 8), cell("440000", 2019, "target", 9)]
    cells += [cell("440000", 2017, "actual", 8)]
    rows = follow(cells).set_index(["area_code_now", "year"])
    assert rows.loc[("430000", 2017), ["next", "change", "move"]].tolist() == [7.5, -0.5, "lowered"]
    assert np.isnan(rows.loc[("440000", 2017), "change"])
    assert rows.loc[("440000", 2017), "move"] == ""
    assert np.isnan(rows.loc[("430000", 2017), "before"])
    assert rows.loc[("430000", 2018), "before"] == -0.5


@pytest.mark.full
def test_where_nothing_is_answered_the_target_alone_makes_a_difference(noisy):
    found = next_target.measure_after(noisy).set_index("specification")
    assert found.loc["same level and year", "low"] > 0.5
    lent = next_target.place_others(noisy).set_index("specification")["value"]
    own = found.loc["same level and year", "value"]
    assert lent["same level and year"] == pytest.approx(own, abs=0.25)
    held = found.loc[next_target.LINE]
    assert held["low"] < 0 < held["high"]
    assert lent[next_target.LINE] == pytest.approx(0, abs=0.05)


@pytest.mark.full
def test_an_answer_stays_when_the_target_is_held(answering):
    found = next_target.measure_after(answering).set_index("specification")
    held = found.loc[next_target.LINE]
    assert held["low"] < 0.5 < held["high"]
    assert held["low"] > 0.3
    lent = next_target.place_others(answering).set_index("specification")["value"]
    assert lent[next_target.LINE] == pytest.approx(0, abs=0.05)


def test_shares_after_hit_and_miss_add_to_a_hundred(noisy):
    shares = next_target.shares_after(noisy)
    assert shares.groupby("after")["value"].sum().tolist() == pytest.approx([100, 100], abs=1e-3)


def test_slopes_of_surplus_and_shortfall_are_told_apart():
    draw = random.Random(2)
    cells = []
    for place in range(80):
        code = f"{11 + place % 40}{place // 40 + 1:02}00"
        gap = round(draw.gauss(0, 1.5), 2)
        after = 8 + (0.5 * gap if gap > 0 else 0.1 * gap)
        cells.append(cell(code, 2017, "target", 8))
        cells.append(cell(code, 2017, "actual", 8 + gap, low=8 + gap, high=8 + gap))
        cells.append(cell(code, 2018, "target", round(after, 4)))
    found = next_near.measure_slopes(follow(cells))
    slopes = found[found["held"] == "same level and year"].set_index("term")["value"]
    assert slopes["surplus"] == pytest.approx(0.5, abs=0.01)
    assert slopes["shortfall"] == pytest.approx(0.1, abs=0.01)
    assert slopes[next_near.MORE] == pytest.approx(0.4, abs=0.02)


def near_nought(step):
    """Return rows near the target: the next one follows the distance, and a hit adds a step."""
    cells = []
    for place in range(60):
        code = f"{11 + place % 30}{place // 30 + 1:02}00"
        gap = round((place % 11 - 5) / 10, 1)
        after = 8 + gap + step * (gap >= 0) + 0.01 * (place % 3)
        cells.append(cell(code, 2017, "target", 8))
        cells.append(cell(code, 2017, "actual", 8 + gap, low=8 + gap, high=8 + gap))
        cells.append(cell(code, 2018, "target", round(after, 4)))
    return follow(cells)


def test_a_slope_near_the_target_is_no_step():
    sloping, stepping = near_nought(0.0), near_nought(0.3)
    window = next_target.compare_variants(sloping).set_index("variant")
    assert window.loc["within half a point of the target", "low"] > 0.4
    assert next_near.measure_nought(sloping)["value"] == pytest.approx(0, abs=0.02)
    assert next_near.measure_nought(stepping)["value"] == pytest.approx(0.3, abs=0.02)
    said = []
    for rows in (sloping, stepping):
        results = Results("next")
        results.add("at_nought", next_near.measure_nought(rows), "hit less miss")
        said.append(say("next.near", results.table()))
    assert "There is no clear step at nought" in said[0]
    assert "There is a step up at nought" in said[1]


def test_equal_targets_hold_what_a_line_leaves():
    cells = []
    for number in range(60):
        code = f"{11 + number % 30}{number // 30 + 1:02}00"
        target, came = (6, 7, 8)[number % 3], (6, 8)[number % 7 < 3]
        cells.append(cell(code, 2017, "target", target))
        cells.append(cell(code, 2017, "actual", came))
        # The answer is to a target of 6 or 8 alone, whatever came of it: no line of the target.
        cells.append(cell(code, 2018, "target", target + (target != 7)))
    found = next_target.measure_after(follow(cells)).set_index("specification")
    equal = found.loc[next_target.EQUAL]
    assert equal["value"] == pytest.approx(0, abs=1e-6)
    assert abs(found.loc[next_target.LINE, "value"]) > 0.05
    assert equal["rows"] == 40  # all of 6 were met


def test_the_places_of_a_province_count_as_one(answering):
    after = next_target.measure_after(answering).set_index("specification")
    assert after.loc["same level and year", "clusters"] == 40
    variants = next_target.compare_variants(answering).set_index("variant")
    assert variants.loc["all pairs", "clusters"] == 40
    assert set(next_target.shares_after(answering)["clusters"]) == {40}


def test_no_place_borrows_its_own_outcome():
    cells = []
    for n in (1, 2):
        code = f"43{n:02}00"
        cells += [cell(code, 2017, "target", 8), cell(code, 2018, "target", 8 + n)]
        cells.append(cell(code, 2017, "actual", 7 if n == 1 else 9))
    rows = follow(cells)
    own = next_target.measure_after(rows).set_index("specification")
    assert own.loc["same level and year", "value"] == 1
    lent = next_target.place_others(rows).iloc[0]
    assert (lent["turns"], lent["value"]) == (1, -1)


def test_a_bin_a_distance(answering):
    bins = next_near.bin_gaps(answering)
    assert bins["rows"].sum() == answering["change"].notna().sum()
    assert bins["middle"].is_monotonic_increasing


@pytest.mark.parametrize(
    "cells",
    [
        [],
        [cell("430000", 2018, "target", 8), cell("430000", 2018, "actual", 8)],
        pytest.param(simulate(0.5, noise=0.3, places=1, years=4), marks=pytest.mark.full),
        pytest.param(simulate(0.5, noise=0.3, places=5, years=2), marks=pytest.mark.full),
    ],
)
def test_little_or_nothing_is_no_error(cells):
    rows = follow(cells)
    found = collect(rows, wrong=0.01)
    said = [
        say("next.answer", found, indicator="GDP growth"),
        next_words.say_errors(found) + say("next.near", found) + say("next.slopes", found),
    ]
    assert said[0]
    assert "nan" not in said[0] + said[1]
    for title in (next_words.title_moves, next_words.title_differences):
        assert title(found)
    assert next_words.title_bins(next_near.bin_gaps(rows))
    assert next_words.title_years(next_target.means_by_year(rows))


@pytest.mark.full
def test_the_answer_names_what_is_left():
    made = [simulate(0.5, noise=0.3, years=4), simulate(0.0, noise=1.0, years=6, seed=3)]
    found = [collect(follow(cells), wrong=0.0097) for cells in made]
    said = [say("next.answer", results, indicator="GDP growth") for results in found]
    assert "a difference stays" in said[0]
    assert "no clear difference stays" in said[1]
    named = found[0].set_index("result")["value"]
    assert (named["next_wrong"], named["next_wrong_triples"]) == (1, 3)
    assert "Dropping the" in next_words.say_errors(found[0])
