"""Changing units: exact, with the interval, and only to what measures the same."""

from decimal import Decimal
from fractions import Fraction
from itertools import product

import pytest
from study import REPORT_ID

import hyreport as hy
from hyreport.errors import IntervalError
from hyreport.numbers.units import ROWS, SCALES, conversion_factor, name_unit
from hyreport.paths import RAW
from hyreport.words.tables import read_rows

UNITS = read_rows(RAW / "units.csv")
FACTORS = [
    ("100 million yuan", "billion yuan", "1/10"),
    ("100 million yuan", "10 thousand yuan", "10000"),
    ("亿元", "十亿元", "1/10"),
    ("万亿元", "亿元", "10000"),
    ("trillion yuan", "million CNY", "1000000"),
    ("billion yuan", "RMB", "1000000000"),
    ("100 million US dollars", "billion USD", "1/10"),
    ("万人", "million persons", "1/100"),
    ("10 thousand persons", "people", "10000"),
    ("万名", "千人", "10"),
    ("百万人次", "10 thousand person-times", "100"),
    ("10 thousand", "number", "10000"),
    ("万个", "thousand", "10"),
    ("10 thousand square metres", "square kilometres", "1/100"),
    ("mu", "hectares", "1/15"),
    ("10 thousand mu", "square kilometres", "20/3"),
    ("公里", "米", "1000"),
    ("10 thousand tonnes", "kilograms", "10000000"),
    ("percentage points", "basis points", "100"),
    ("percent", "%", "1"),
    ("100 million yuan at 2017 prices", "billion yuan at 2017 prices", "1/10"),
    ("steam tonnes per hour", "steam tonnes per hour", "1"),
    ("", "", "1"),
]


@pytest.mark.parametrize("unit, other, factor", FACTORS)
def test_factors_are_exact(unit, other, factor):
    assert conversion_factor(unit, other) == Fraction(factor)
    assert conversion_factor(other, unit) == 1 / Fraction(factor)


def test_they_agree_with_the_table_of_printed_units():
    for here, there in product(UNITS, UNITS):
        if here["unit_base"] == there["unit_base"]:
            wanted = Fraction(here["multiplier"]) / Fraction(there["multiplier"])
            assert conversion_factor(here["unit"], there["unit"]) == wanted


def test_both_languages_say_one_unit():
    for row in UNITS:
        if "yuan" in row["unit"] or "dollars" in row["unit"] or "person" in row["unit"]:
            assert name_unit(row["unit_zh"]) == name_unit(row["unit"]) == row["unit"]


def test_a_scale_has_one_size_in_both_languages():
    assert list(SCALES["en"].values()) == list(SCALES["zh"].values())
    assert len({row["zh"] for row in ROWS if row["zh"]}) == len([row for row in ROWS if row["zh"]])


@pytest.mark.parametrize(
    "unit, other, fix",
    [
        ("percent", "percentage points", "percent is a share or a rate"),
        ("percentage points", "percent", "difference of two"),
        ("100 million yuan", "billion US dollars", r"hy\.stated\(rate"),
        ("100 million yuan", "billion yuna", "did you mean billion yuan"),
        ("100 million yuan at 2017 prices", "billion yuan", "a unit of yuan at 2017 prices"),
        ("persons", "person-times", "a unit of persons"),
        ("yuan", "percent", "a unit of yuan"),
        ("", "yuan", "a number with a unit"),
        ("yuan", 7, "a unit, such as"),
    ],
)
def test_what_measures_something_else_is_refused(unit, other, fix):
    with pytest.raises(IntervalError, match=fix) as told:
        conversion_factor(unit, other)
    assert "\n" not in str(told.value)


@pytest.mark.parametrize(
    "figure_id, unit, said",
    [
        ("gdp.level.2017", "billion yuan", "319.3 [319.25, 319.35] billion yuan = 3193亿元"),
        ("gdp.level.2017", "yuan", "319300000000 [319250000000, 319350000000] yuan = 3193亿元"),
        ("gdp.level.2017.passed", "trillion yuan", "0.3000 or more trillion yuan = 突破3000亿元"),
        ("tax_share.local.2017", "percent", "55.9 [55.85, 55.95] percent = 55.9%"),
    ],
)
def test_a_figure_keeps_its_print_and_interval(figure_id, unit, said):
    assert str(hy.figure(figure_id).to(unit)) == said


@pytest.mark.full
def test_every_figure_comes_back_from_its_base_unit():
    for row in hy.load_figures().to_dict("records"):
        figure = hy.figure(row["figure_id"])
        base = next(unit for unit in UNITS if unit["unit"] == row["unit"])
        least = "number" if base["unit_base"] == "number" else figure.unit
        there = figure.to(least)
        back = there.to(figure.unit)
        assert (back.value, back.low, back.high) == (figure.value, figure.low, figure.high)
        assert back.inputs == there.inputs == (f"{REPORT_ID}:{row['figure_id']}",)


@pytest.mark.parametrize("unit", ["billion yuan", "yuan", "trillion yuan", "万元"])
def test_a_computed_number_loses_nothing(unit):
    total, share = hy.figure("budget_revenue.level.2017"), hy.figure("tax_share.total.2017")
    tax = hy.compute(
        lambda total, share: total * share / 100,
        **{"total": total, "share": share, "unit": "100 million yuan", "formula": "total × share"},
    )
    there = tax.to(unit)
    factor = conversion_factor(tax.unit, unit)
    assert there.unrounded == tuple(end * factor for end in tax.unrounded)
    assert there.low <= there.unrounded[1] and there.high >= there.unrounded[2]
    assert (there.formula, there.inputs, there.kind) == (tax.formula, tax.inputs, tax.kind)
    assert there.to("100 million yuan").unrounded == tax.unrounded


def test_digits_that_do_not_end_are_rounded_outwards():
    area = hy.stated(Decimal("15.5"), unit="10 thousand mu", formula="a choice")
    there = area.to("square kilometres")
    assert str(there) == "103.33 [103.33, 103.34] square kilometres = a choice"
    assert there.to("10 thousand mu").unrounded == area.unrounded


def test_an_exchange_rate_is_a_stated_number():
    rate = hy.stated(Decimal("6.7518"), unit="yuan per US dollar", formula="average of 2017")
    dollars = hy.compute(
        lambda level, rate: level / rate,
        level=hy.figure("gdp.level.2017").to("billion yuan"),
        rate=rate,
        unit="billion US dollars",
        formula="level / rate",
    )
    assert 47.28 < float(dollars.low) < 47.29 < float(dollars.high) < 47.31
