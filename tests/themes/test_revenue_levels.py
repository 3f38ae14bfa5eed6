"""Tax and non-tax revenue from 2015 to 2025, recomputed with boxes typed from the publications."""

import pytest
from by_hand.printed import box, ends, grow
from by_hand.revenue import (
    DEFLATORS,
    MEASURES,
    PROVINCE,
    READINGS,
    REAL,
    REST,
    SIGNS,
    SPANS,
    TAX,
    change,
    keep,
    nominal,
    over_nominal,
    total_tax_of_province,
)

import hyreport as hy
from hyreport.studies.hengyang_2018 import (
    level_changes,
    revenue_levels,
    signs_of_total,
    tax_beside_growth,
)

REPORT = hy.Report("hengyang-2018")


def assert_row(row, middle, low, high):
    """The row is the middle, rounded, and its interval the ends, rounded outward by a digit."""
    step = 10.0 ** -row["decimals"]
    assert row["value"] == pytest.approx(middle, abs=step / 2 + 1e-9)
    assert row["low"] - 1e-9 <= low < row["low"] + step
    assert row["high"] - step < high <= row["high"] + 1e-9


def rows_by_result(table):
    assert table["result"].is_unique
    return table.set_index("result").to_dict("index")


@pytest.mark.parametrize(
    ("name", "levels"), [("local_tax_level", TAX), ("non_tax_level", REST)], ids=["tax", "rest"]
)
def test_levels(name, levels):
    rows = rows_by_result(revenue_levels(REPORT))
    for year, (function, boxes) in levels.items():
        row = rows[f"{name}_{year}"]
        assert row["year"] == year
        assert_row(row, *ends(function, boxes))
        assert (row["origin"] == "printed") == (function is keep)


def test_tax_of_2015_comes_out_alike_by_another_route():
    rows = rows_by_result(revenue_levels(REPORT))
    row = rows["local_tax_2015_by_growth"]
    growth = box("18.4")
    assert_row(row, *ends(lambda tax, rate: tax / (1 + rate / 100), (box("113.87"), growth)))
    other = rows["local_tax_level_2015"]
    assert other["low"] <= row["value"] <= other["high"]


@pytest.mark.parametrize("span", SPANS)
def test_changes_between_two_years(span):
    rows = rows_by_result(level_changes(REPORT))
    for name, measure in MEASURES.items():
        row = rows[name.format("_".join(map(str, span)))]
        assert row["period"] == "/".join(map(str, span))
        assert_row(row, *ends(*change(span, measure)))


def test_the_two_parts_make_up_the_rise_of_the_share():
    table = level_changes(REPORT)
    for _, rows in table.groupby("period"):
        values = rows.set_index("quantity")["unrounded_value"].astype(float)
        assert values["more tax"] + values["less non-tax revenue"] == pytest.approx(
            values["tax share"], abs=1e-9
        )


def test_what_the_page_says_of_the_rise():
    """Each claim holds at both ends of its interval, not in the middle alone."""
    rows = rows_by_result(level_changes(REPORT))
    assert (
        rows["tax_share_rise_2015_2017_more_tax"]["high"]
        < 0
        < rows["tax_share_rise_2015_2017"]["low"]
    )
    half = [rows[f"tax_share_rise_2017_2019_{part}"] for part in ("more_tax", "less_non_tax")]
    rise = rows["tax_share_rise_2017_2019"]["value"]
    assert all(0.45 < part[end] / rise < 0.55 for part in half for end in ("low", "high"))
    assert rows["tax_share_rise_2019_2023_less_non_tax"]["high"] < 0
    assert rows["tax_share_rise_2019_2023"]["low"] > 0
    lost = rows["tax_share_rise_2023_2025"]
    gained = rows["tax_share_rise_2017_2019"]["low"] + rows["tax_share_rise_2019_2023"]["low"]
    assert -gained < lost["low"] <= lost["high"] < 0
    assert rows["local_tax_change_2023_2025"]["high"] < 0 < rows["non_tax_change_2023_2025"]["low"]


def test_signs_that_the_level_is_the_total():
    rows = rows_by_result(signs_of_total(REPORT))
    assert set(rows) == set(SIGNS)
    for name, formula in SIGNS.items():
        assert_row(rows[name], *ends(*formula))


@pytest.mark.parametrize("deflator", DEFLATORS)
def test_tax_beside_nominal_growth(deflator):
    rows = rows_by_result(tax_beside_growth(REPORT))
    for place, real in REAL.items():
        name = f"{place}_nominal_growth_2017_deflator_{deflator}".lstrip("_")
        assert_row(rows[name], *ends(lambda rate: nominal(rate, deflator), (real,)))
    for name in READINGS:
        row = rows[f"tax_over_nominal_growth_{name}_deflator_{deflator}"]
        assert_row(row, *ends(*over_nominal(name, deflator)))


def test_growth_of_all_tax_and_the_ratio_of_two_vintages():
    rows = rows_by_result(tax_beside_growth(REPORT))
    row = rows["province_total_tax_growth_2017"]
    assert_row(row, *ends(total_tax_of_province, PROVINCE))
    levels = box("2853.0158"), box("3193")
    row = rows["gdp_levels_of_two_vintages_2017"]
    assert_row(row, *ends(grow, levels))
    assert set(rows["gdp_levels_of_two_vintages_2017"]["inputs"].split()) == {
        "hengyang-2018:gdp.level.2017",
        "hengyang-2018:reference:gdp.2016.yearbook",
    }


def test_the_growth_of_all_tax_by_reading_is_that_of_the_theme():
    table = hy.revenue.growth_of_base_year(REPORT).set_index("result")
    for name in ("a", "b"):
        function, boxes, _ = READINGS[name]
        assert_row(table.loc[f"total_tax_growth_2017_{name}"], *ends(function, boxes))


def test_of_both_readings_only_b_stands_beside_the_province():
    rows = rows_by_result(tax_beside_growth(REPORT))

    def span(name):
        ratios = [rows[f"tax_over_nominal_growth_{name}_deflator_{rate}"] for rate in (1, 4)]
        return min(row["low"] for row in ratios), max(row["high"] for row in ratios)

    (a_low, _), (b_low, b_high), (low, high) = map(span, ("a", "b", "province"))
    assert b_low <= high and low <= b_high
    assert high < a_low
