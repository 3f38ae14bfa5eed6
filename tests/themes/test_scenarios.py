"""Scenarios recomputed in floats over the boxes that the print allows."""

import random
from itertools import pairwise

import pytest

from hyreport.data.report import Report
from hyreport.errors import BasisError
from hyreport.studies.hengyang_2018 import shares_published, tax_outgrew
from hyreport.themes.revenue.paths import share_at_pace, tax_grid, tax_path
from hyreport.themes.targets import carry_out_targets

REPORT = Report("hengyang-2018")
FIGURES, REFERENCE = REPORT.figures, REPORT.reference
DICE = random.Random(20180104)
TOTAL, LOCAL, RISE, LEVEL = (71.55, 71.65), (55.85, 55.95), (12.85, 12.95), (252.005, 252.015)


def draw(*boxes):
    return [DICE.uniform(*box) for box in boxes]


def local_over_total(total, local):
    return (100 - total) / (100 - local)


def test_targets_carried_out_by_hand():
    made = carry_out_targets(REPORT).set_index(["variable", "scenario"])
    expected = {
        ("GDP", "floor"): 3193 * 1.08,
        ("GDP", "stretch"): 3193 * 1.085,
        ("GDP", "2017's pace"): 3193 * 1.085,
        ("total revenue", "target"): 252.01 * 1.05,
        ("total revenue", "2017's pace"): 252.01 * 1.082,
        ("local revenue", "target"): 252.01 * local_over_total(71.6, 55.9) * 1.05,
        ("local revenue", "2017's pace"): 252.01 * local_over_total(71.6, 55.9) * 1.082,
        ("retail sales", "target"): 111,
        ("retail sales", "2017's pace"): 111,
        ("fixed asset investment", "target"): 114,
        ("fixed asset investment", "2017's pace"): 114.3,
    }
    assert set(made.index) == set(expected)
    for key, value in expected.items():
        digits = int(made.loc[key, "decimals"])
        assert made.loc[key, "value"] == pytest.approx(value, abs=0.51 * 10**-digits)


def test_the_tolerance_of_about_moves_only_targets_printed_so():
    strict = carry_out_targets(REPORT, tolerance=0).set_index(["variable", "scenario"])
    wide = carry_out_targets(REPORT, tolerance=1).set_index(["variable", "scenario"])
    width = (wide["high"] - wide["low"]) - (strict["high"] - strict["low"])
    about = wide["growth"].str.contains("左右")
    assert about.sum() == 4
    assert (width[about] > 0).all()
    assert (width[~about] == 0).all()


def test_scenarios_name_the_years_of_the_report_and_leave_out_what_it_does_not_print():
    period = FIGURES["period"].replace({"2017": "2020", "2018": "2021"})
    figures = FIGURES.assign(period=period)
    figures = figures[~figures["indicator"].isin(["tax_share.local", "retail_sales.growth"])]
    figures = figures[figures["role"] != "stretch_target"]
    facts = REPORT.facts | {"base_year": 2020, "target_year": 2021}
    made = carry_out_targets(Report.of(facts, figures=figures))
    pace = "2020's pace"
    assert made[["variable", "scenario"]].values.tolist() == [
        ["GDP", "floor"],
        ["GDP", pace],
        ["total revenue", "target"],
        ["total revenue", pace],
        ["fixed asset investment", "target"],
        ["fixed asset investment", pace],
    ]
    assert made["unit"].iloc[-1] == "2020 = 100" and set(made["date"]) == {"2021"}
    assert made["result"].iloc[1] == "scenario_gdp_2020_pace_2021"
    assert made["formula"].iloc[1] == "level × (1 + growth), at the prices of 2020"


@pytest.mark.full
@pytest.mark.parametrize(("tax", "rest"), [(10, 0), (10, -10), (-5, 7.5)])
def test_paths_hold_every_point_of_the_box(tax, rest):
    for revenue in ("local", "total"):
        path = tax_path(REPORT, tax_growth=tax, non_tax_growth=rest, revenue=revenue)
        by_key = path.set_index(["date", "quantity"])
        for _ in range(100):
            total, local, level = draw(TOTAL, LOCAL, LEVEL)
            share = local if revenue == "local" else total
            base = level * local_over_total(total, local) if revenue == "local" else level
            for ahead in range(4):
                taxes = base * share / 100 * (1 + tax / 100) ** ahead
                others = base * (1 - share / 100) * (1 + rest / 100) ** ahead
                for quantity, number in (
                    ("tax share", 100 * taxes / (taxes + others)),
                    (f"{revenue} revenue", taxes + others),
                ):
                    row = by_key.loc[(str(2017 + ahead), quantity)]
                    assert row["low"] <= number <= row["high"]


def test_equal_growth_leaves_the_share_where_it_was():
    path = tax_path(REPORT, tax_growth=5, non_tax_growth=5)
    assert set(path.loc[path["quantity"] == "tax share", "value"]) == {55.9}


@pytest.mark.parametrize("choice", [{"tax_growth": -100}, {"years": 0}, {"revenue": "central"}])
def test_choices_out_of_range_are_refused(choice):
    choices = {"tax_growth": 5, "non_tax_growth": 5} | choice
    with pytest.raises(BasisError, match="out of range"):
        tax_path(REPORT, **choices)


def test_the_pace_of_2017_multiplies_tax_over_non_tax():
    made = share_at_pace(REPORT).set_index("date")
    for _ in range(200):
        share, rise = draw(LOCAL, RISE)
        odds, before = share / (100 - share), (share - rise) / (100 - share + rise)
        for ahead in range(1, 4):
            odds *= (share / (100 - share)) / before
            row = made.loc[str(2017 + ahead)]
            assert row["low"] <= 100 * odds / (1 + odds) <= row["high"]


def test_no_path_of_the_page_fits_both_later_shares():
    later = shares_published(REPORT).set_index("date")
    assert later["value"].tolist() == [64.9, 65.6]
    paths = [
        tax_path(REPORT, tax_growth=tax, non_tax_growth=rest)
        for tax, rest in ((10, -10), (10, 0), (5, 5))
    ]
    for path in [*paths, share_at_pace(REPORT)]:
        shares = path[path["quantity"] == "tax share"].set_index("date")
        fits = [
            shares.loc[date, "low"] <= later.loc[date, "high"]
            and later.loc[date, "low"] <= shares.loc[date, "high"]
            for date in later.index
        ]
        assert not all(fits)


def test_tax_outgrew_non_tax_revenue():
    odds = [43 / 57, 55.9 / 44.1, 64.9 / 35.1]
    values = tax_outgrew(REPORT)["value"]
    for value, (before, after) in zip(values, pairwise(odds), strict=True):
        assert value == pytest.approx(100 * after / before - 100, abs=0.05)


def test_the_grid_is_the_paths():
    grid = tax_grid(REPORT, (0, 10), (-10, 0), year=2019).set_index(
        ["tax_growth", "non_tax_growth"]
    )
    path = tax_path(REPORT, tax_growth=10, non_tax_growth=-10, years=2)
    share, revenue = path.tail(2)["value"]
    assert grid.loc[(10, -10), ["tax_share", "revenue"]].tolist() == [share, revenue]
    assert len(grid) == 4
