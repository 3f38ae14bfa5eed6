"""Outcomes around the target: counted, and drawn again from other places' with known answers."""

import numpy as np
import pandas as pd
import pytest
from panels import growth, make_panel

from hyreport.panel.areas import areas
from hyreport.panel.bunching import (
    DIFFERENCE,
    OTHERS,
    OWN,
    count_near,
    load_gaps,
    measure_equal,
    measure_just_met,
    measure_variants,
    say_equal,
    say_just_met,
    say_unclear,
    spread_gaps,
)
from hyreport.panel.exchange import permute_outcomes, say_exchanged
from hyreport.panel.heaps import count_heaps, say_heaps
from hyreport.panel.placebo import draw_placebo
from hyreport.panel.titles import say_heaps_chart, say_variants_chart

CODES = sorted({a.code for a in areas() if a.level == "prefecture" and not a.last})


def panel_of(folder, pairs, **more):
    """Write a panel of a place a pair: target of 2018, and its outcome as printed."""
    reports = {}
    for code, (target, outcome) in zip(CODES, pairs, strict=False):
        reports[code, 2018] = (growth(target), None)
        reports[code, 2019] = (None, growth(outcome, **more))
    return make_panel(folder / "panel", reports)


def test_gaps_are_whole_hundredths_with_the_printed_decimals(tmp_path):
    gaps = load_gaps(panel=panel_of(tmp_path, [(8, "8.3"), (8, "8"), ("7.5", "7.45")]))
    assert list(gaps["gap"]) == [30, 0, -5]
    assert list(gaps["digits"]) == [1, 0, 2]


@pytest.mark.parametrize("more", [{"certainty": "C"}, {"qualifier": "about"}, {"high": "9.9"}])
def test_guesses_and_outcomes_that_are_no_point_are_left_out(tmp_path, more):
    assert load_gaps(panel=panel_of(tmp_path, [(8, "8.3")], **more)).empty


def test_the_windows_are_as_wide_on_both_sides(tmp_path):
    pairs = [(8, "8.0"), (8, "8.4"), (8, "8.5"), (8, "7.9"), (8, "7.5"), (8, "7.4")]
    near = count_near(load_gaps(panel=panel_of(tmp_path, pairs)))
    assert list(near["above"]) == [1, 1, 0, 0, 0, 0]
    assert list(near["below"]) == [0, 0, 0, 1, 1, 0]


def test_another_outcome_is_printed_with_the_own_decimals(tmp_path):
    # The first prints no decimal: of the others' 8.4 it would print 8, of 8.6 it would print 9.
    gaps = load_gaps(panel=panel_of(tmp_path, [(8, "8"), (8, "8.4"), (8, "8.6")]))
    placebo = draw_placebo(gaps, np.array([0, 1, 100, 101]))
    assert placebo[0] == pytest.approx([0.5, 0, 0.5])
    # The second prints one: the first's 8 may be 7.5 to 8.5, a tenth of which prints as 8.0.
    assert placebo[1] == pytest.approx([0.5 * 0.1, 0.5 * (0.45 + 1), 0], abs=1e-9)


def test_the_placebo_is_certain_where_all_print_alike(tmp_path):
    gaps = load_gaps(panel=panel_of(tmp_path, [(8, "8.1")] * 5))
    near = count_near(gaps)
    assert near["others_above"].tolist() == pytest.approx([1.0] * 5)
    measured = measure_just_met(gaps, times=50).set_index("what")["value"]
    assert (measured[OWN], measured[OTHERS], measured[DIFFERENCE]) == (100, 100, 0)
    # Nothing in what readers see says placebo or excess.
    assert not measure_just_met(gaps, times=20).to_string().count("placebo")


def test_a_step_at_the_target_is_seen(tmp_path):
    # Targets differ, outcomes follow their own: other places' outcomes fall on both sides.
    pairs = [(target, f"{target + 0.1:.1f}") for target in (7, 7.3, 7.6, 8, 8.2) for _ in range(8)]
    gaps = load_gaps(panel=panel_of(tmp_path, pairs))
    measured = measure_just_met(gaps, times=200).set_index("what")
    assert measured.loc[OWN, "value"] == 100
    assert measured.loc[DIFFERENCE, "low"] > 0
    said = say_just_met(measured.reset_index())
    assert "(#result:just_met_own)% (" in said
    assert "points fewer ([" in said


def test_one_place_and_none_say_that_nothing_can_be_said(tmp_path):
    for pairs in ([], [(8, "8.0")]):
        gaps = load_gaps(panel=panel_of(tmp_path / str(len(pairs)), pairs))
        assert measure_just_met(gaps).empty
        assert measure_equal(gaps).empty
        assert measure_variants(gaps, times=20).empty
        assert "nothing can be said" in say_just_met(measure_just_met(gaps))
        assert say_exchanged(measure_just_met(gaps), permute_outcomes(gaps, times=5))[0].empty


def test_equal_ones_are_told_apart(tmp_path):
    pairs = [(8, "8.0"), (8, "8.2"), (8, "7.9"), (8, "7.8")]
    gaps = load_gaps(panel=panel_of(tmp_path, pairs))
    equal = measure_equal(gaps, times=50)
    value = equal.set_index("what")["value"]
    assert (value[OWN], value[OTHERS]) == (25, 25)
    said = say_equal(equal, measure_variants(gaps, times=50))
    # Neither side counts them, own or other places'.
    for what in ("own", "others"):
        assert f"[33.3](#result:just_met_without_outcomes_equal_to_the_target_{what})%" in said


def test_parts_without_a_clear_difference_are_named():
    rows = [("level: province", 6.5, -0.7, 14.3), ("level: prefecture", 12.2, 4.9, 18.7)]
    rows += [("target: about", 4.9, -3.7, 13.0), ("years: 1990s", 16.9, -21.6, 56.0)]
    table = pd.DataFrame(rows, columns=["variant", "value", "low", "high"])
    table = table.assign(what=DIFFERENCE, decimals=1, result="it")
    said = say_unclear(table).replace("(#result:it)", "")
    assert "provinces [6.5] ([−0.7] to [14.3]), targets worded as about (左右) [4.9]" in said
    assert "prefectures" not in said
    assert say_unclear(table.iloc[1:2]) == say_unclear(pd.DataFrame()) == ""
    assert say_variants_chart(table).startswith("In 1 of 4 parts own outcomes clearly reach")


def test_variants_begin_with_what_they_are_of(tmp_path):
    gaps = load_gaps(panel=panel_of(tmp_path, [(8, "8.0"), (8, "8.2"), (8, "7.9")]))
    assert measure_variants(gaps, times=5).columns[0] == "variant"


def test_intervals_are_the_same_each_time(tmp_path):
    pairs = [(8, f"{7.6 + step / 10:.1f}") for step in range(9)]
    gaps = load_gaps(panel=panel_of(tmp_path, pairs))
    first, again = (measure_just_met(gaps, times=100) for _ in range(2))
    assert first.equals(again)
    assert permute_outcomes(gaps, times=20).equals(permute_outcomes(gaps, times=20))


def test_the_spread_holds_every_pair_once(tmp_path):
    gaps = load_gaps(panel=panel_of(tmp_path, [(8, "8.0"), (8, "8.1"), (8, "7.9"), (8, "10.9")]))
    spread = spread_gaps(gaps).set_index("distance")
    assert spread.loc[[-0.1, 0.0, 0.1, 2.9], "pairs"].tolist() == [1, 1, 1, 1]
    assert spread["others"].sum() == pytest.approx(4, abs=0.2)


def test_the_lower_end_of_a_range_has_its_own_decimals(tmp_path):
    printed = ("6%—6.5%", "6.0%-6.5%", "6%")
    reports = {
        (code, 2019): (None, growth(6, printed=words, value_high="6.5"))
        for code, words in zip(CODES, printed, strict=False)
    }
    heaps = count_heaps(panel=make_panel(tmp_path / "panel", reports))
    assert heaps[["cells", "without"]].to_numpy().tolist() == [[3, 2]]


def test_heaps_tell_a_zero_printed_from_none(tmp_path):
    panel = panel_of(tmp_path, [(8, "8.0"), (8, "8"), ("7.5", "7.3")])
    heaps = count_heaps(panel=panel).set_index(["kind", "tenth"])
    assert heaps.loc[("actual", 0), ["cells", "without"]].tolist() == [2, 1]
    table, said = say_heaps(heaps.reset_index())
    assert "[100.0](#result:heaped_target)%" in said
    # A bare 8 is whole by its print: of the two with a decimal one is.
    assert "[33.3](#result:bare_actual)% are printed without" in said
    assert "[50.0](#result:heaped_actual)% are whole or half" in said
    assert say_heaps_chart(heaps.reset_index()).endswith("printed with a decimal 50%")
    assert len(table) == 3
