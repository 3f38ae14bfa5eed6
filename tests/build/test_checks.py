"""The cross-checks: their results found by hand, and that each can come out otherwise."""

import csv

import pytest
from study import REPORT_ID

from hyreport.build.checks import make_checks
from hyreport.data.ids import name_outside
from hyreport.errors import RawDataError
from hyreport.paths import PROCESSED, RAW

FAILS = {
    "revenue_as_local",  # 252.01 is not 162.41
    "revenue_as_local_2019",  # 270.06 is not 170.20
    "gdp_level_revised",  # 3193 is not 2921.52
    "gdp_first_above_3000",  # 2017 is not 2018
    "whole_number_inspection_letters_count",  # 512.5 letters
    "publications_gdp_2014",  # 2395.56 first, 2396.5488 later
    "publications_local_growth_2022",  # 6.27 is not 3.90
    "publications_retail_2005",  # 202.5474 twice
}


def read(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


TYPED = read(RAW / REPORT_ID / "checks.csv")


@pytest.fixture
def tables():
    return [read(PROCESSED / REPORT_ID / name) for name in ("figures.csv", "reference.csv")]


def build_checks(figures, reference, typed=TYPED):
    outside = {name_outside(row, "430400"): row for row in reference}
    places = [f"checks.csv, row {number}" for number in range(2, len(typed) + 2)]
    return make_checks(zip(places, typed, strict=True), figures, outside)


def results(tables):
    return {row["check_id"]: row["result"] for row in build_checks(*tables)}


def change(rows, key, column, **cells):
    (row,) = [row for row in rows if row[column] == key]
    row.update(cells)


def test_what_fails_is_what_was_found_by_hand(tables):
    assert {name for name, result in results(tables).items() if result == "fail"} == FAILS


def test_identity_by_hand(tables):
    rows = {row["check_id"]: row for row in build_checks(*tables)}
    local = rows["revenue_as_total"]
    low = 252.005 * (1 - 0.7165) / (1 - 0.5585)
    high = 252.015 * (1 - 0.7155) / (1 - 0.5595)
    assert float(local["left_low"]) <= low <= 162.4102 <= high <= float(local["left_high"])
    passed_up = rows["non_tax_passed_up"]
    most = 252.015 * (1 - 0.7155) - 162.41015 * (1 - 0.5595)
    least = 252.005 * (1 - 0.7165) - 162.41025 * (1 - 0.5585)
    assert float(passed_up["left_high"]) == pytest.approx(most, abs=0.01)
    assert float(passed_up["left_low"]) == pytest.approx(least, abs=0.01)


def test_growth_and_days_by_hand(tables):
    rows = {row["check_id"]: row for row in build_checks(*tables)}
    right = {name: float(row["right_value"] or "nan") for name, row in rows.items()}
    assert right["retail_growth"] == round(100 * (1248.3825 / 1127.9795 - 1), 2)
    assert right["local_revenue_growth"] == round(100 * (162.4102 / 204.6698 - 1), 2)
    assert right["gdp_level_and_growth"] == round(100 * (3193 / 2853.0158 - 1), 2)
    assert right["air_quality_days"] == round(100 * 289 / 365, 2)
    five = 1.079 * 1.085 * 1.083 * 1.081 * 1.04
    assert float(rows["gdp_growth_in_five_years"]["left_value"]) == round(100 * (five - 1), 1)
    dollars = (248922 + 199744) / 10_000
    assert float(rows["trade_level"]["left_value"]) == round(283 / dollars, 2)


@pytest.mark.parametrize(
    ("figure_id", "cells", "check_id"),
    [
        (
            "tax_share.local.2017",
            {"value": "54.9", "low": "54.85", "high": "54.95"},
            "revenue_as_total",
        ),
        (
            "tax_share.local.2017",
            {"value": "75.9", "low": "75.85", "high": "75.95"},
            "local_share_below_total",
        ),
        (
            "retail_sales.growth.2017",
            {"value": "12", "low": "11.5", "high": "12.5"},
            "retail_growth",
        ),
        (
            "gdp.growth.2017",
            {"value": "9.9", "low": "9.85", "high": "9.95"},
            "gdp_growth_in_five_years",
        ),
        (
            "gdp.level.2017",
            {"value": "2993", "low": "2992.5", "high": "2993.5"},
            "gdp_above_threshold",
        ),
        (
            "air_quality.share.2017",
            {"value": "79.3", "low": "79.29", "high": "79.31"},
            "air_quality_days",
        ),
        ("gdp.growth.2018", {"value": "9", "low": "9"}, "order_gdp"),
        ("flagship_brands.count.2018.low", {"value": "3"}, "order_flagship_brands"),
        ("livelihood_projects.items.2017", {"value": "16"}, "order_livelihood_projects"),
        ("mines_closed.count.2017", {"value": "17.5"}, "whole_number_mines_closed_count"),
    ],
)
def test_a_number_that_does_not_fit_fails(figure_id, cells, check_id, tables):
    assert results(tables).get(check_id, "pass") == "pass"
    change(tables[0], figure_id, "figure_id", **cells)
    assert results(tables)[check_id] == "fail"


def test_a_corrected_number_passes(tables):
    change(tables[0], "gdp.level.2017", "figure_id", value="2921.52", low="2921.5", high="2921.6")
    change(tables[0], "inspection_letters.count.2017", "figure_id", value="512")
    found = results(tables)
    assert found["gdp_level_revised"] == "pass"
    assert "whole_number_inspection_letters_count" not in found


def test_numbers_of_unlike_kinds_are_never_judged(tables):
    found = results(tables)
    for name in ("local_revenue_growth", "gdp_level_and_growth", "trade_level", "revenue_growth"):
        assert found[name] == "not_testable"


def test_each_check_names_numbers_that_exist(tables):
    figures, reference = tables
    known = {name_outside(row, "430400") for row in reference}
    known |= {row["figure_id"] for row in figures}
    for row in build_checks(figures, reference):
        assert row["inputs"] and set(row["inputs"].split()) <= known
        assert row["why"].endswith(".")


def test_a_missing_figure_is_named(tables):
    figures, reference = tables
    rest = [row for row in figures if row["figure_id"] != "gdp.level.2017"]
    with pytest.raises(RawDataError, match=r"checks.csv, row 11: found no figure gdp.level.2017"):
        build_checks(rest, reference)
    with pytest.raises(RawDataError, match="no figure reference:local_budget_revenue"):
        build_checks(figures, [])


CHECK = {
    "check_id": "mine",
    "kind": "bound",
    "claim": "It holds",
    "left": "[gdp.growth.2017]",
    "right": "8.45",
    "relation": "agree",
    "unit": "percent",
    "decimals": "",
    "inputs": "",
    "why": "Made up.",
}


@pytest.mark.parametrize(
    ("cells", "result"),
    [
        ({}, "pass"),
        ({"right": "8.44"}, "fail"),
        ({"relation": "not_above"}, "pass"),
        ({"relation": "not_above", "right": "8.44"}, "fail"),
        ({"relation": "differ"}, "pass"),
        ({"relation": "differ", "right": "8.5"}, "fail"),
        ({"relation": "not_above", "left": "[gdp.growth.2018]", "right": "7.9"}, "fail"),
        ({"relation": "not_testable", "right": ""}, "not_testable"),
    ],
)
def test_each_relation_by_hand(cells, result, tables):
    assert build_checks(*tables, [CHECK | cells])[0]["result"] == result


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        ({"right": ""}, "found only one in the sides, expected two for agree"),
        ({"right": "[gdp.growth.2018]"}, r"found an open end in a side.*stated\(\[figure\]\)"),
        (
            {"left": "[gdp.growth.2018] / 2"},
            r"found an open end \(8\) in input \[gdp.g",
        ),
        ({"left": "open('x')"}, "found the word open in formula"),
        ({"left": "[gdp.level.2017]"}, "found 100 million yuan in the left side, .* percent"),
        (
            {"inputs": "gdp.growth.2019"},
            "found no figure gdp.growth.2019 .* did you mean gdp",
        ),
    ],
)
def test_a_faulty_check_is_named_by_its_row(cells, found, tables):
    with pytest.raises(RawDataError, match=f"^checks.csv, row 2: {found}"):
        build_checks(*tables, [CHECK | cells])


def test_rules_hold_without_typed_checks_and_stand_among_them_by_kind(tables):
    alone = [row["kind"] for row in build_checks(*tables, [])]
    assert alone == ["count"] * 2 + ["repeated"] * 11
    typed = [CHECK | {"check_id": kind, "kind": kind} for kind in ("sum", "order", "count")]
    kinds = [row["kind"] for row in build_checks(*tables, typed)]
    assert kinds == ["sum", "count", "count", "order", "count", *["repeated"] * 11]
    assert build_checks([], [], []) == []
