"""The two readings of 2016 and the split of the rise, recomputed by other routes."""

import math
import random
from itertools import product

import pytest

import hyreport as hy
from hyreport.studies.hengyang_2018 import gap_to_2015, large_taxpayers
from hyreport.themes.revenue.rise import decompose_rise, growth_of_base_year, levels_before

REPORT = hy.Report("hengyang-2018")
# The boxes that the print allows: level, growth, yearbook's local revenue of 2016, shares, rises.
BOXES = {
    "level": (252.005, 252.015),
    "growth": (0.0815, 0.0825),
    "yearbook": (204.66975, 204.66985),
    "s": (0.7155, 0.7165),
    "ds": (0.1355, 0.1365),
    "w": (0.5585, 0.5595),
    "dw": (0.1285, 0.1295),
}
POINTS = 3000


def point_of(values):
    return dict(zip(BOXES, values, strict=True))


MIDDLE = point_of((low + high) / 2 for low, high in BOXES.values())
DICE = random.Random(20180104)
CORNERS = [point_of(corner) for corner in product(*BOXES.values())]
INSIDE = [point_of(DICE.uniform(*box) for box in BOXES.values()) for _ in range(POINTS)]


def parts(reading, p):
    """Solve for total tax, local tax and non-tax of both years, step by step."""
    s, w = p["s"] - p["ds"], p["w"] - p["dw"]
    if reading == "A":
        total = p["level"] / (1 + p["growth"])
        non_tax = total - total * s
        local = non_tax / (1 - w)
    else:
        local = p["yearbook"]
        non_tax = local - local * w
        total = non_tax / (1 - s)
    before = {"total": total, "non_tax": non_tax, "local": local}
    now = {"total": p["level"], "non_tax": p["level"] * (1 - p["s"])}
    now["local"] = now["non_tax"] / (1 - p["w"])
    for year in (before, now):
        year |= {f"{name}_tax": year[name] - year["non_tax"] for name in ("total", "local")}
    return before, now


NAMES = {
    "total revenue": "total",
    "total tax": "total_tax",
    "non-tax revenue": "non_tax",
    "local revenue": "local",
    "local tax": "local_tax",
}


def assert_is_range(row, function):
    values = [function(row["reading"], point) for point in CORNERS]
    step = 10.0 ** -row["decimals"]
    inside = [function(row["reading"], point) for point in INSIDE]
    assert row["low"] - 1e-9 <= min(values + inside)
    assert max(values + inside) <= row["high"] + 1e-9
    assert min(values) - row["low"] < step
    assert row["high"] - max(values) < step
    middle = function(row["reading"], MIDDLE)
    assert row["value"] == pytest.approx(middle, abs=step / 2 + 1e-9)


def rows_of(table):
    assert set(table["reading"]) == {"A", "B"}
    return [row for _, row in table.iterrows()]


def test_levels_of_2016():
    for row in rows_of(levels_before(REPORT)):
        name = NAMES[row["quantity"]]
        assert_is_range(row, lambda reading, p, name=name: parts(reading, p)[0][name])


def test_growth_from_2016():
    for row in rows_of(growth_of_base_year(REPORT)):
        name = NAMES[row["quantity"]]

        def growth(reading, p, name=name):
            before, now = parts(reading, p)
            return 100 * (now[name] - before[name]) / before[name]

        assert_is_range(row, growth)


def test_step_from_the_published_total_of_2015():
    for row in rows_of(gap_to_2015(REPORT)):
        assert_is_range(row, lambda r, p: 100 * parts(r, p)[0]["total"] / 261.86 - 100)


def share(tax, non_tax):
    return 100 * tax / (tax + non_tax)


def two_steps(reading, p, revenue, part):
    """Average the two orders: tax first, then non-tax revenue, and the other way round."""
    before, now = parts(reading, p)
    tax = [year[f"{revenue}_tax"] for year in (before, now)]
    rest = [year["non_tax"] for year in (before, now)]
    tax_first = share(tax[1], rest[0]) - share(tax[0], rest[0])
    tax_last = share(tax[1], rest[1]) - share(tax[0], rest[1])
    whole = share(tax[1], rest[1]) - share(tax[0], rest[0])
    more_tax = (tax_first + tax_last) / 2
    return more_tax if part == "more tax" else whole - more_tax


def test_the_parts_of_the_rise():
    table = decompose_rise(REPORT)
    for row in rows_of(table):
        revenue, part = row["revenue"], row["part"]
        assert_is_range(row, lambda r, p, v=revenue, part=part: two_steps(r, p, v, part))
    sums = table.groupby(["revenue", "reading"])["value"].sum()
    for (revenue, _), total in sums.items():
        assert total == pytest.approx({"total": 13.6, "local": 12.9}[revenue], abs=0.1)


def test_the_log_mean_split_gives_the_same_picture():
    """A second exact split: the change of log odds is that of log tax less that of log non-tax."""
    for row in rows_of(decompose_rise(REPORT)):
        before, now = parts(row["reading"], MIDDLE)
        name = f"{row['revenue']}_tax"
        log_tax = math.log(now[name] / before[name])
        log_rest = math.log(now["non_tax"] / before["non_tax"])
        rise = share(now[name], now["non_tax"]) - share(before[name], before["non_tax"])
        effect = log_tax if row["part"] == "more tax" else -log_rest
        assert row["value"] == pytest.approx(rise * effect / (log_tax - log_rest), abs=0.25)


def test_less_non_tax_revenue_is_more_than_half_whatever_rounding_does():
    table = decompose_rise(REPORT).set_index(["revenue", "reading", "part"])
    for revenue, reading in product(("total", "local"), "AB"):
        more, less = (
            table.loc[(revenue, reading, part)] for part in ("more tax", "less non-tax revenue")
        )
        assert less["low"] > more["high"]


def test_the_order_of_the_two_changes_matters_for_the_total_under_a_alone():
    for revenue, reading in product(("total", "local"), "AB"):
        before, now = parts(reading, MIDDLE)
        tax, later = before[f"{revenue}_tax"], now[f"{revenue}_tax"]
        halves = [share(later, before["non_tax"]), share(tax, now["non_tax"])]
        ends = share(tax, before["non_tax"]), share(later, now["non_tax"])
        less_non_tax = [ends[1] - halves[0], halves[1] - ends[0]]
        smaller = min(less_non_tax) / (ends[1] - ends[0])
        assert (smaller < 0.5) == ((revenue, reading) == ("total", "A"))
        assert smaller > 0.49


def test_inputs_are_those_that_matter():
    table = levels_before(REPORT).set_index(["quantity", "reading"])["inputs"]
    assert table["total revenue", "A"].split() == [
        "hengyang-2018:budget_revenue.level.2017",
        "hengyang-2018:budget_revenue.growth.2017",
    ]
    yearbook = "hengyang-2018:reference:local_budget_revenue.2016.yearbook"
    assert table["local revenue", "B"] == yearbook
    assert "hengyang-2018:budget_revenue.level.2017" not in table["total revenue", "B"]


def test_large_taxpayers_have_lower_bounds_only():
    table = large_taxpayers(REPORT)
    assert table["high"].isna().all()
    assert (table["value"] == table["low"]).all()
    found = table.set_index(["reading", "quantity"])["value"]
    # 108 enterprises, each above 1000万元 = 0.1 亿元, after or before their tax doubled.
    for year, paid in ((2017, 10.8), (2016, 21.6)):
        rows = found[f"threshold passed in {year}"]
        assert rows["tax paid in 2017"] == pytest.approx(paid)
        assert rows["more than in 2016"] == pytest.approx(paid / 2)
        tax = 252.01 * 0.716
        effect = 71.6 - 100 * (tax - paid / 2) / (252.01 - paid / 2)
        assert effect - 0.12 < rows["effect on the tax share"] <= effect
