"""What the tax shares imply, recomputed a second way and against brute force."""

import random
from itertools import product

import pytest

import hyreport as hy
from hyreport.errors import BasisError
from hyreport.studies.hengyang_2018 import (
    published_revenue,
    tax_kept_locally,
    tax_shares,
)
from hyreport.themes.revenue.shares import read_level, required_growth

REPORT = hy.Report("hengyang-2018")
# What the print allows, typed from the report; percent as fractions, money in 亿元.
LEVEL, GDP = (252.005, 252.015), (3192.5, 3193.5)
TOTAL, LOCAL = (0.7155, 0.7165), (0.5585, 0.5595)
TOTAL_RISE, LOCAL_RISE = (0.1355, 0.1365), (0.1285, 0.1295)
LOCAL_2015 = (0.6555 - 0.1625, 0.6565 - 0.1615)
REVENUE_2015, TOTAL_2015 = (194.64155, 194.64165), (261.855, 261.865)
YEARBOOK_2017 = (162.41015, 162.41025)
POINTS = 2000


def assert_is_range(row, function, *boxes):
    """The interval holds every sampled point, and its ends are those of the corners, rounded."""
    corners = [function(*corner) for corner in product(*boxes)]
    dice = random.Random(20180104)
    points = [function(*(dice.uniform(*box) for box in boxes)) for _ in range(POINTS)]
    assert row["low"] - 1e-9 <= min(corners + points)
    assert max(corners + points) <= row["high"] + 1e-9
    step = 10.0 ** -row["decimals"]
    assert min(corners) - row["low"] < step
    assert row["high"] - max(corners) < step
    middle = function(*((low + high) / 2 for low, high in boxes))
    assert row["value"] == pytest.approx(middle, abs=step / 2 + 1e-9)


def row_of(table, **wanted):
    for column, value in wanted.items():
        table = table[table[column] == value]
    assert len(table) == 1
    return table.iloc[0]


AS_TOTAL = {
    "local revenue": (lambda v, s, w: v * (1 - s) / (1 - w), (LEVEL, TOTAL, LOCAL)),
    "non-tax revenue": (lambda v, s: v - v * s, (LEVEL, TOTAL)),
    "revenue passed up": (lambda v, s, w: v - v * (1 - s) / (1 - w), (LEVEL, TOTAL, LOCAL)),
    "total revenue over GDP": (lambda v, g: 100 * v / g, (LEVEL, GDP)),
    "local revenue over GDP": (
        lambda v, s, w, g: 100 * v * (1 - s) / (1 - w) / g,
        (LEVEL, TOTAL, LOCAL, GDP),
    ),
    "non-tax revenue passed up": (
        lambda v, s, w, y: v - v * s - (y - y * w),
        (LEVEL, TOTAL, LOCAL, YEARBOOK_2017),
    ),
}
AS_LOCAL = {
    "total revenue": (lambda v, s, w: (v - v * w) / (1 - s), (LEVEL, TOTAL, LOCAL)),
    "non-tax revenue": (lambda v, w: v - v * w, (LEVEL, LOCAL)),
    "revenue passed up": (lambda v, s, w: (v - v * w) / (1 - s) - v, (LEVEL, TOTAL, LOCAL)),
    "total revenue over GDP": (
        lambda v, s, w, g: 100 * (v - v * w) / (1 - s) / g,
        (LEVEL, TOTAL, LOCAL, GDP),
    ),
    "local revenue over GDP": (lambda v, g: 100 * v / g, (LEVEL, GDP)),
}


@pytest.mark.parametrize(
    ("reading", "quantity"),
    [("total", name) for name in AS_TOTAL] + [("local", name) for name in AS_LOCAL],
)
def test_both_readings_of_the_level(reading, quantity):
    function, boxes = (AS_TOTAL if reading == "total" else AS_LOCAL)[quantity]
    table = read_level(REPORT)
    row = row_of(table, reading=f"252.01 is {reading}", quantity=quantity)
    assert_is_range(row, function, *boxes)


def test_the_level_itself_keeps_its_print():
    row = row_of(read_level(REPORT), reading="252.01 is total", quantity="total revenue")
    assert (row["value"], row["low"], row["high"]) == (252.01, 252.005, 252.015)


def test_the_yearbook_lies_inside_as_total_and_not_as_local():
    table = read_level(REPORT)
    rows = {
        row["reading"]: row for _, row in table.iterrows() if row["quantity"] == "local revenue"
    }
    yearbook = rows["the yearbook's"]["value"]
    assert yearbook == 162.4102
    assert rows["252.01 is total"]["low"] <= yearbook <= rows["252.01 is total"]["high"]
    assert not rows["252.01 is local"]["low"] <= yearbook <= rows["252.01 is local"]["high"]


def kept(total, local):
    """Split one unit of revenue: all non-tax is local, the rest of local is tax."""
    non_tax = 1 - total
    return 100 * (non_tax / (1 - local) - non_tax) / total


def test_tax_kept_locally_needs_no_level():
    table = tax_kept_locally(REPORT)
    now = table[(table["year"] == 2017) & (table["reading"] == "")].iloc[0]
    assert_is_range(now, kept, TOTAL, LOCAL)
    before = row_of(table, year=2016)
    boxes = (TOTAL, TOTAL_RISE, LOCAL, LOCAL_RISE)
    assert_is_range(before, lambda s, ds, w, dw: kept(s - ds, w - dw), *boxes)
    assert not any(
        name.endswith(("level.2017", "growth.2017")) for name in before["inputs"].split()
    )


def test_tax_kept_locally_in_2015_and_by_the_yearbook():
    table = tax_kept_locally(REPORT)

    def in_2015(share, revenue, total):
        local_tax = revenue * share
        return 100 * local_tax / (total - (revenue - local_tax))

    assert_is_range(row_of(table, year=2015), in_2015, LOCAL_2015, REVENUE_2015, TOTAL_2015)
    by_yearbook = row_of(table, reading="252.01 is total; yearbook")
    boxes = (LEVEL, TOTAL, LOCAL, YEARBOOK_2017)
    assert_is_range(by_yearbook, lambda v, s, w, y: 100 * y * w / (v * s), *boxes)
    assert by_yearbook["value"] == row_of(table, year=2017, reading="")["value"]


def test_shares_of_three_years():
    table = tax_shares(REPORT)
    for revenue, now, rise in (("total", TOTAL, TOTAL_RISE), ("local", LOCAL, LOCAL_RISE)):
        before = row_of(table, revenue=revenue, year=2016)
        assert_is_range(before, lambda s, ds: 100 * (s - ds), now, rise)
        assert before["origin"] == "derived"
        printed = row_of(table, revenue=revenue, year=2017)
        assert printed["origin"] == "printed"
        assert (printed["low"], printed["high"]) == tuple(round(100 * end, 2) for end in now)
    first = row_of(table, revenue="total", year=2015)
    boxes = (LOCAL_2015, REVENUE_2015, TOTAL_2015)
    assert_is_range(first, lambda w, r, t: 100 * (t - r * (1 - w)) / t, *boxes)


def test_published_revenue_is_what_the_publications_print():
    table = published_revenue(REPORT)
    levels = table.set_index(["revenue", "year"])["value"].to_dict()
    assert levels == {
        ("total", 2014): 235.66,
        ("total", 2015): 261.86,
        ("total", 2019): 270.06,
        ("local", 2015): 194.6416,
        ("local", 2016): 204.6698,
        ("local", 2017): 162.4102,
        ("local", 2019): 170.2028,
    }
    assert set(table["unit"]) == {"100 million yuan"}


@pytest.mark.parametrize(("goal", "growth"), [(75, 5), (80, 0), (60, -3.5)])
def test_required_growth_reaches_the_goal(goal, growth):
    table = required_growth(REPORT, goal=goal, growth=growth).set_index("part")
    tax = (100 + growth) * goal / 100 / 0.716
    non_tax = (100 + growth) * (100 - goal) / 100 / 0.284
    assert table.loc["tax", "value"] == pytest.approx(tax - 100, abs=0.05)
    assert table.loc["non-tax", "value"] == pytest.approx(non_tax - 100, abs=0.05)
    # Carried out on one unit of revenue they give the goal and the growth back.
    new_tax = 0.716 * (1 + table.loc["tax", "value"] / 100)
    new_non_tax = 0.284 * (1 + table.loc["non-tax", "value"] / 100)
    assert 100 * new_tax / (new_tax + new_non_tax) == pytest.approx(goal, abs=0.1)
    assert 100 * (new_tax + new_non_tax) - 100 == pytest.approx(growth, abs=0.1)


def test_required_growth_with_the_target_and_its_tolerance():
    target = hy.figure("budget_revenue.growth.2018")
    wide = required_growth(REPORT, goal=75, growth=target, tolerance=0.5).iloc[0]
    boxes = (TOTAL, (4.5, 5.5))
    assert_is_range(wide, lambda s, g: 75 * (100 + g) / (100 * s) - 100, *boxes)
    narrow = required_growth(REPORT, goal=75, growth=target).iloc[0]
    assert wide["low"] < narrow["low"] <= narrow["high"] < wide["high"]


def test_required_growth_refuses_what_cannot_be():
    target = hy.figure("budget_revenue.growth.2018")
    with pytest.raises(BasisError, match="read as growth of total revenue"):
        required_growth(REPORT, goal=60, growth=target, revenue="local")
    for goal in (0, 100, 120):
        with pytest.raises(BasisError, match="between 0 and 100"):
            required_growth(REPORT, goal=goal, growth=5)


def test_no_two_figures_with_the_same_digits_can_be_confused():
    for table in (read_level(REPORT), tax_shares(REPORT)):
        assert not table["inputs"].str.contains("livelihood").any()
    # One of the two ratios changed leaves everything that rests on the other as it was.
    moved = REPORT.figures.copy()
    moved.loc[moved["figure_id"] == "livelihood_spending.share.2017", ["value", "low", "high"]] = 50
    other = hy.Report.of(REPORT.facts, figures=moved, reference=REPORT.reference)
    assert read_level(other).equals(read_level(REPORT))


def test_tables_are_not_changed():
    figures, reference = REPORT.figures.copy(), REPORT.reference.copy()
    read_level(REPORT)
    tax_shares(REPORT)
    assert REPORT.figures.equals(figures)
    assert REPORT.reference.equals(reference)
