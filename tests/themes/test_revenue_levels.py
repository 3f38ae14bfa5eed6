"""Tax and non-tax revenue from 2015 to 2025, recomputed with boxes typed from the publications."""

from itertools import permutations, product

import pytest

import hyreport as hy
from hyreport.studies.hengyang_2018 import (
    level_changes,
    revenue_levels,
    signs_of_total,
    tax_beside_growth,
)

REPORT = hy.Report("hengyang-2018")


def box(number, half):
    return (number - half, number + half)


# 亿元 and percent, as printed; half a unit of the last digit on either side.
YEARBOOK = {2015: 194.6416, 2016: 204.6698, 2017: 162.4102, 2019: 170.2028, 2020: 173.4698}
REVENUE = {year: box(level, 0.00005) for year, level in YEARBOOK.items()}
LOCAL, LOCAL_RISE = box(55.9, 0.05), box(12.9, 0.05)
TOTAL, TOTAL_RISE = box(71.6, 0.05), box(13.6, 0.05)
LEVEL, GROWTH = box(252.01, 0.005), box(8.2, 0.05)
SHARE_2019, SHARE_2020, RISE_2020 = box(64.9, 0.05), box(65.6, 0.05), box(16.2, 0.05)
REPORTED_2024, TAX_2024 = box(195.98, 0.005), box(129.49, 0.005)


def tax(revenue, share, change=0):
    return revenue * (share - change) / 100


def rest(revenue, share, change=0):
    return revenue - tax(revenue, share, change)


def keep(level):
    return level


# How each level comes about, and from what.
TAX = {
    2015: (tax, (REVENUE[2015], SHARE_2020, RISE_2020)),
    2016: (tax, (REVENUE[2016], LOCAL, LOCAL_RISE)),
    2017: (tax, (REVENUE[2017], LOCAL)),
    2019: (tax, (REVENUE[2019], SHARE_2019)),
    2020: (keep, (box(113.87, 0.005),)),
    2023: (keep, (box(134.55, 0.005),)),
    2024: (keep, (TAX_2024,)),
    2025: (keep, (box(117.55, 0.005),)),
}
REST = {year: (rest, TAX[year][1]) for year in (2015, 2016, 2017, 2019)} | {
    2020: (lambda tax, revenue: revenue - tax, (*TAX[2020][1], REVENUE[2020])),
    2023: (keep, (box(61.06, 0.005),)),
    2024: (lambda tax, revenue: revenue - tax, (TAX_2024, REPORTED_2024)),
    2025: (keep, (box(68.8, 0.05),)),
}
# Where both parts follow from the same two or three numbers, they move together.
TOGETHER = (2015, 2016, 2017, 2019)


def ends(function, boxes):
    values = [function(*corner) for corner in product(*boxes)]
    middle = function(*((low + high) / 2 for low, high in boxes))
    return middle, min(values), max(values)


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
    growth = box(18.4, 0.05)
    assert_row(row, *ends(lambda tax, rate: tax / (1 + rate / 100), (box(113.87, 0.005), growth)))
    other = rows["local_tax_level_2015"]
    assert other["low"] <= row["value"] <= other["high"]


def both(year):
    """Return a function of the year's numbers that gives tax and non-tax revenue, and its boxes."""
    (to_tax, boxes), (to_rest, more) = TAX[year], REST[year]
    if year in TOGETHER:
        return (lambda *given: (to_tax(*given), to_rest(*given))), boxes
    cut = len(boxes)
    return (lambda *given: (to_tax(*given[:cut]), to_rest(*given[cut:]))), boxes + more


def shapley(before, after):
    """Average what each part does to the share over both orders in which the parts can move."""
    effects = {0: [], 1: []}
    for order in permutations((0, 1)):
        now = list(before)
        for part in order:
            share = now[0] / sum(now)
            now[part] = after[part]
            effects[part].append(100 * (now[0] / sum(now) - share))
    return {part: sum(values) / 2 for part, values in effects.items()}


MEASURES = {
    "local_tax_change_{}": lambda old, new: 100 * (new[0] - old[0]) / old[0],
    "non_tax_change_{}": lambda old, new: 100 * (new[1] - old[1]) / old[1],
    "tax_share_rise_{}": lambda old, new: 100 * (new[0] / sum(new) - old[0] / sum(old)),
    "tax_share_rise_{}_more_tax": lambda old, new: shapley(old, new)[0],
    "tax_share_rise_{}_less_non_tax": lambda old, new: shapley(old, new)[1],
}


@pytest.mark.parametrize("span", [(2015, 2017), (2017, 2019), (2019, 2023), (2023, 2025)])
def test_changes_between_two_years(span):
    (first, boxes), (second, more) = map(both, span)
    cut = len(boxes)
    rows = rows_by_result(level_changes(REPORT))
    for name, measure in MEASURES.items():
        row = rows[name.format("_".join(map(str, span)))]
        assert row["period"] == "/".join(map(str, span))

        def value(*given, measure=measure):
            return measure(first(*given[:cut]), second(*given[cut:]))

        assert_row(row, *ends(value, boxes + more))


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
    total_2019 = box(270.06, 0.005)

    def grow(before, after):
        return 100 * (after / before - 1)

    def grow_from_local(level, total, local, after):
        return grow(level * (1 - local / 100) / (1 - total / 100), after)

    def divide(total, local):
        return total / local

    wanted = {
        "total_over_local_2015": (divide, (box(261.86, 0.005), REVENUE[2015])),
        "total_over_local_2017": (divide, (LEVEL, REVENUE[2017])),
        "total_over_local_2019": (divide, (total_2019, REVENUE[2019])),
        "total_revenue_growth_2017_2019": (grow, (LEVEL, total_2019)),
        "local_revenue_growth_2017_2019": (grow, (REVENUE[2017], REVENUE[2019])),
        "local_revenue_growth_2017_2019_if_local": (grow, (LEVEL, REVENUE[2019])),
        "total_revenue_growth_2017_2019_if_local": (
            grow_from_local,
            (LEVEL, TOTAL, LOCAL, total_2019),
        ),
    }
    assert set(rows) == set(wanted)
    for name, (function, boxes) in wanted.items():
        assert_row(rows[name], *ends(function, boxes))


REAL = {"": box(8.5, 0.05), "province": box(8, 0.5)}
PROVINCE = (box(4565.7, 0.05), box(7.4, 0.05), box(99, 0.5), box(-12.96, 0.005))


def total_tax_a(growth, share, rise):
    """On the basis of the growth: 2016 is 100, 2017 is 100 and the growth."""
    return 100 * ((100 + growth) * share / (100 * (share - rise)) - 1)


def total_tax_b(level, share, rise, local, local_rise, yearbook):
    non_tax = yearbook * (1 - (local - local_rise) / 100)
    tax_before = non_tax / (1 - (share - rise) / 100) - non_tax
    return 100 * (level * share / 100 / tax_before - 1)


def total_tax_of_province(total, growth, non_tax_in_billions, non_tax_growth):
    before = total / (1 + growth / 100), 10 * non_tax_in_billions / (1 + non_tax_growth / 100)
    return 100 * ((total - 10 * non_tax_in_billions) / (before[0] - before[1]) - 1)


READINGS = {
    "a": (total_tax_a, (GROWTH, TOTAL, TOTAL_RISE), ""),
    "b": (total_tax_b, (LEVEL, TOTAL, TOTAL_RISE, LOCAL, LOCAL_RISE, REVENUE[2016]), ""),
    "province": (total_tax_of_province, PROVINCE, "province"),
}


def nominal(real, deflator):
    return real + deflator + real * deflator / 100


@pytest.mark.parametrize("deflator", [1, 4])
def test_tax_beside_nominal_growth(deflator):
    rows = rows_by_result(tax_beside_growth(REPORT))
    for place, real in REAL.items():
        name = f"{place}_nominal_growth_2017_deflator_{deflator}".lstrip("_")
        assert_row(rows[name], *ends(lambda rate: nominal(rate, deflator), (real,)))
    for name, (function, boxes, place) in READINGS.items():

        def ratio(*given, function=function):
            return function(*given[:-1]) / nominal(given[-1], deflator)

        row = rows[f"tax_over_nominal_growth_{name}_deflator_{deflator}"]
        # In reading A the growth of revenue and that of GDP are two printed numbers.
        assert_row(row, *ends(ratio, (*boxes, REAL[place])))


def test_growth_of_all_tax_and_the_ratio_of_two_vintages():
    rows = rows_by_result(tax_beside_growth(REPORT))
    row = rows["province_total_tax_growth_2017"]
    assert_row(row, *ends(total_tax_of_province, PROVINCE))
    levels = box(2853.0158, 0.00005), box(3193, 0.5)
    row = rows["gdp_levels_of_two_vintages_2017"]
    assert_row(row, *ends(lambda before, after: 100 * (after / before - 1), levels))
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
