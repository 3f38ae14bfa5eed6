"""How far apart the sides of failing checks are, and which checks cannot fail, found again."""

import csv
from fractions import Fraction
from itertools import product

from hyreport.data.load import load_checks
from hyreport.data.report import Report
from hyreport.paths import PROCESSED
from hyreport.themes.checks import can_fail, measure_gaps

CHECKS = load_checks("hengyang-2018")
with (PROCESSED / "hengyang-2018" / "checks.csv").open(encoding="utf-8", newline="") as stream:
    ROWS = list(csv.DictReader(stream))


def test_gaps_are_those_of_the_corners_of_both_sides():
    gaps = measure_gaps(Report("hengyang-2018"), CHECKS).set_index("check_id")
    failing = [row for row in ROWS if row["result"] == "fail"]
    assert sorted(gaps.index) == sorted(row["check_id"] for row in failing)
    for row in failing:
        ends = [
            [Fraction(row[f"{side}_{end}"]) for end in ("low", "high")]
            for side in ("left", "right")
        ]
        if row["unit"] in ("calendar year", "percent"):
            corners = [left - right for left, right in product(*ends)]
        else:
            corners = [(left - right) * 100 / right for left, right in product(*ends)]
        found = gaps.loc[row["check_id"]]
        assert abs(float(min(corners)) - found["unrounded_low"]) < 1e-5
        assert abs(float(max(corners)) - found["unrounded_high"]) < 1e-5
        assert found["low"] <= float(min(corners)) and float(max(corners)) <= found["high"]


def test_three_gaps_are_above_a_percent_and_stand_first():
    gaps = measure_gaps(Report("hengyang-2018"), CHECKS)
    percent = gaps[gaps["unit"] == "percent"]
    assert percent["value"].abs().is_monotonic_decreasing
    assert percent["check_id"].head(3).tolist() == [
        "revenue_as_local_2019",
        "revenue_as_local",
        "gdp_level_revised",
    ]
    assert (percent["value"].abs() > 1).sum() == 3
    assert gaps["unit"].tail(2).tolist() == ["years", "percentage points"]


def test_a_side_that_may_be_nought_is_subtracted():
    of_money = CHECKS[(CHECKS["result"] == "fail") & (CHECKS["unit"] == "100 million yuan")].head(1)
    nought = of_money.assign(right_value=0.0, right_low=-0.001, right_high=0.001)
    (gap,) = measure_gaps(Report("hengyang-2018"), nought).to_dict("records")
    assert (gap["unit"], gap["value"]) == ("100 million yuan", of_money["left_value"].item())


def test_checks_that_cannot_fail_are_told_by_how_they_are_made():
    cannot = CHECKS.loc[~can_fail(CHECKS), "check_id"].tolist()
    ranges = {"order_flagship_brands", "order_leading_industries", "order_market_towns"}
    repeated = {row["check_id"] for row in ROWS if row["check_id"].startswith("repeated_")}
    assert set(cannot) == ranges | repeated | {"whole_numbers"} and len(cannot) == 15
    assert can_fail(CHECKS[CHECKS["result"] == "fail"]).all()
