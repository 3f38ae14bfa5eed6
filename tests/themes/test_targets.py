"""Targets against actuals: ambition, wording and comparability recomputed by hand."""

from decimal import Decimal

import pytest

from hyreport.data.report import Report
from hyreport.studies.hengyang_2018 import convert_air_quality
from hyreport.themes.targets import (
    GRADES,
    compare_targets,
    count_wording,
    headline_targets,
    measure_ambition,
    scoreboard,
)
from hyreport.themes.targets.scoreboard import HEADLINE

REPORT = Report("hengyang-2018")
FIGURES, TARGETS = REPORT.figures, REPORT.targets
BELOW, LEVEL, ABOVE = "below 2017", "not told apart", "above 2017"
BY_HAND = {
    # target: actual, target as printed; ambition; its ends; strict; half a point read into 左右
    "gdp.growth.2018": ("8.5%", "8%以上", -0.5, -0.55, -0.45, BELOW, BELOW),
    "gdp.growth.2018.stretch": ("8.5%", "争取达到 8.5%", 0, -0.05, 0.05, LEVEL, LEVEL),
    "fixed_asset_investment.growth.2018": ("14.3%", "14%左右", -0.3, -0.35, -0.25, BELOW, LEVEL),
    "retail_sales.growth.2018": ("11%", "11%左右", 0, -0.5, 0.5, LEVEL, LEVEL),
    "industrial_value_added.growth.2018": ("6.8%", "7.5%左右", 0.7, 0.65, 0.75, ABOVE, ABOVE),
    "demonstration_villages.count.2018": ("37 个", "37 个", 1, 1, 1, LEVEL, LEVEL),
    "poor_villages_lifted.count.2018": ("170个", "108个", 0.64, 0.63, 0.64, BELOW, BELOW),
    "poor_people_lifted.level.2018": ("9万多", "7万人以上", 0.78, None, 0.78, BELOW, BELOW),
    "tourists.growth.2018": ("15%", "15%", 0, -0.5, 0.5, LEVEL, LEVEL),
    "tourism_revenue.growth.2018": ("24%", "24%以上", 0, -0.5, 0.5, LEVEL, LEVEL),
    "scenic_3a.added.2018": ("3个", "2个以上", 0.67, 0.66, 0.67, BELOW, BELOW),
    "forest.share.2018": ("47.6%", "48.2%", 0.6, 0.55, 0.65, ABOVE, ABOVE),
}


def test_every_comparable_pair_has_the_ambition_and_direction_found_by_hand():
    compared = compare_targets(REPORT, tolerance=0.5).set_index("target_id")
    assert list(compared.index) == list(BY_HAND)
    for name, (actual, target, value, low, high, strict, lenient) in BY_HAND.items():
        row = compared.loc[name]
        assert (row["base_printed"], row["target_printed"]) == (actual, target)
        assert row["value"] == pytest.approx(value, abs=0.005)
        for end, expected in (("low", low), ("high", high)):
            assert (row[end] != row[end]) if expected is None else row[end] == expected
        assert (row["strict"], row["lenient"]) == (strict, lenient)
        assert row["differs"] == (strict != lenient)
        assert row["unit"] == ("percentage points" if target.count("%") else "ratio")


def test_ambition_is_a_ratio_for_counts_and_points_for_shares_and_never_mixed():
    compared = compare_targets(REPORT).set_index("target_id")
    pairs = TARGETS[TARGETS["comparable"] == "yes"].set_index("target_id")
    points = pairs["target_unit"] == "percent"
    assert (compared.loc[points, "unit"] == "percentage points").all()
    assert (compared.loc[~points, "unit"] == "ratio").all()


def test_the_sign_is_turned_where_lower_is_better():
    pair = ("unemployment.rate.2018", "energy_intensity.growth.2017")
    higher, lower = (measure_ambition(REPORT, *pair, better) for better in ("higher", "lower"))
    assert (higher.value, higher.unit) == (Decimal("9.00"), "percentage points")
    assert (lower.value, lower.low, lower.high) == (-higher.value, -higher.high, -higher.low)


@pytest.mark.parametrize(
    ("report", "pair", "ends"),
    [
        ("hengyang-2020", ("gdp.growth.2020", "gdp.growth.2019"), (None, "0.5")),  # 8.5 after 8以上
        (
            "hengyang-2021",
            ("resident_income.growth.2021", "resident_income.growth.2020"),
            (None,) * 2,
        ),
        (
            "hengyang-2020",
            ("airport_passengers.level.2020", "airport_passengers.level.2019"),
            (None, "1.64"),
        ),
    ],
)
def test_an_open_actual_leaves_the_ambition_open(report, pair, ends):
    ambition = measure_ambition(Report(report), *pair)
    low, high = (end if end is None else Decimal(end) for end in ends)
    assert (ambition.low, ambition.high) == (low, high)


def test_an_open_actual_turns_with_the_sign():
    pair = ("unemployment.rate.2020", "gdp.growth.2019")  # 8%以上, where lower were better
    ambition = measure_ambition(Report("hengyang-2020"), *pair, "lower")
    assert (ambition.low, ambition.high) == (Decimal("4"), None)


def test_the_tolerance_moves_only_targets_printed_with_about():
    strict = compare_targets(REPORT, tolerance=0)
    assert (strict["strict"] == strict["lenient"]).all()
    wide = compare_targets(REPORT, tolerance=5)
    moved = set(wide.loc[wide["differs"], "target_id"])
    qualifiers = TARGETS.set_index("target_id")["qualifier"]
    assert moved and set(qualifiers[list(moved)]) == {"about"}


def test_gaps_are_filled_only_where_like_meets_like():
    assert TARGETS.loc[TARGETS["comparable"] != "yes", "gap"].isna().all()
    assert TARGETS.loc[TARGETS["comparable"] == "yes", "gap"].notna().all()
    forest = TARGETS.set_index("target_id").loc["forest.share.2018"]
    assert forest[["gap", "gap_low", "gap_high"]].tolist() == pytest.approx([0.6, 0.55, 0.65])


def test_lower_is_better_for_unemployment_and_water_classes_alone():
    lower = set(TARGETS.loc[TARGETS["better"] == "lower", "target_id"])
    assert lower == {"unemployment.rate.2018", "main_stem.water_class.2018"}


def test_grades_cover_each_target_once():
    graded = scoreboard(REPORT)
    grades = [words.format(year=2017) for words in GRADES.values()]
    assert graded["target_id"].tolist() == TARGETS["target_id"].drop_duplicates().tolist()
    assert set(graded["grade"]) == set(grades)
    counts = graded["grade"].value_counts()
    assert counts[grades[0]] == len(BY_HAND)
    assert counts[grades[3]] == (TARGETS["base_id"] == "").sum()
    # Income has two partly comparable figures and counts once.
    assert counts[grades[1]] == 8 and (TARGETS["comparable"] == "partly").sum() == 9


def test_headline_targets_are_those_of_one_paragraph():
    figures = FIGURES.set_index("figure_id")
    headline = headline_targets(REPORT)
    paragraphs = figures.loc[headline["target_id"], "paragraph"]
    assert set(paragraphs) == {27}
    assert (
        len(set(paragraphs.index))
        == ((figures["paragraph"] == 27) & figures["role"].isin(["target", "stretch_target"])).sum()
    )
    assert headline["label"].nunique() == len(HEADLINE)
    assert set(headline["part"]) == {"", "urban", "rural"}


def test_four_of_seven_headline_indicators_compare_each_within_a_point():
    """The title of the key chart."""
    headline = headline_targets(REPORT)
    like = headline[headline["comparable"] == "yes"]
    assert (like["label"].nunique(), headline["label"].nunique()) == (4, 7)
    assert like[["gap_low", "gap_high"]].abs().max(axis=None) < 1


def test_wording_counts_each_number_once():
    wording = count_wording(REPORT).set_index("qualifier")
    assert wording["all"].sum() == 35
    numbers = TARGETS.drop_duplicates("target_id")
    assert wording["strive"].sum() == (numbers["hedge"] == "strive").sum() == 11
    assert wording["ensure"].sum() == 3
    assert wording["all"].to_dict() == {
        "at_least": 15,
        "exact": 7,
        "about": 6,
        "end of a range": 6,
        "at_most": 1,
    }


def test_days_and_shares_of_good_air_convert_into_each_other():
    table = convert_air_quality(REPORT).set_index("quantity")
    assert table.loc["good days in 2017", "value"] == pytest.approx(0.792 * 365, abs=0.05)
    assert table.loc["target as a share", "value"] == pytest.approx(300 / 3.65, abs=0.05)
    less = table.loc["target less 2017"]
    assert less["low"] <= 300 / 3.65 - 79.25 < 300 / 3.65 - 79.15 <= less["high"]
    leap = convert_air_quality(REPORT, days=366).set_index("quantity")
    assert leap.loc["days of year", "value"] == 366
