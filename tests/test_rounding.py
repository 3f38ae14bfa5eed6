"""Intervals: of printed figures, and of what is computed from them."""

from decimal import Decimal
from fractions import Fraction
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import hyreport as hy
from hyreport.computed import round_to
from hyreport.errors import IntervalError
from hyreport.rounding import compute, printed_interval


def box(value, half, figure_id=""):
    value, half = Decimal(value), Decimal(half)
    return SimpleNamespace(value=value, low=value - half, high=value + half, figure_id=figure_id)


@pytest.mark.parametrize(
    ("value", "options", "expected"),
    [
        ("252.01", {"decimals": 2}, ("252.005", "252.015")),
        ("4800", {"decimals": 0}, ("4799.5", "4800.5")),
        ("108", {"decimals": 0, "exact": True}, ("108", "108")),
        ("100", {"decimals": 0, "limits": (Decimal(0), Decimal(100))}, ("99.5", "100")),
        ("8", {"decimals": 0, "qualifier": "at_least"}, ("8", None)),
        ("9", {"decimals": 0, "qualifier": "more_than"}, ("9", None)),
        ("4.5", {"decimals": 1, "qualifier": "at_most"}, (None, "4.5")),
        ("6000", {"decimals": 0, "qualifier": "nearly"}, (None, "6000")),
        ("5", {"decimals": 0, "qualifier": "about"}, (None, None)),
        ("-4.5", {"decimals": 1}, ("-4.55", "-4.45")),
    ],
)
def test_printed_interval(value, options, expected):
    ends = tuple(None if end is None else Decimal(end) for end in expected)
    assert printed_interval(Decimal(value), **options) == ends


values = st.decimals(min_value=1, max_value=500, places=2)
halves = st.decimals(min_value=0, max_value=Decimal("0.5"), places=2)
FORMULAS = {
    "sum": lambda a, b: a + b,
    "difference": lambda a, b: a - b,
    "product": lambda a, b: a * b,
    "ratio": lambda a, b: a / b,
    "share of the whole": lambda a, b: 100 * a / (a + b),
}


@settings(deadline=None)
@given(
    formula=st.sampled_from(sorted(FORMULAS)),
    values=st.tuples(values, values),
    halves=st.tuples(halves, halves),
    places=st.tuples(st.fractions(0, 1), st.fractions(0, 1)),
)
def test_sampled_points_lie_inside_and_ends_are_attained(formula, values, halves, places):
    function = FORMULAS[formula]
    boxes = [box(value, half) for value, half in zip(values, halves, strict=True)]
    computed = compute(function, a=boxes[0], b=boxes[1], unit="", formula=formula, decimals=9)
    point = [
        Fraction(item.low) + place * (Fraction(item.high) - Fraction(item.low))
        for item, place in zip(boxes, places, strict=True)
    ]
    assert computed.low <= function(*point) <= computed.high
    corners = [function(Fraction(a), Fraction(b)) for a in ends(boxes[0]) for b in ends(boxes[1])]
    assert min(corners) - Fraction(computed.low) < Fraction(1, 10**9)
    assert Fraction(computed.high) - max(corners) < Fraction(1, 10**9)


def ends(item):
    return item.low, item.high


def test_a_figure_used_twice_counts_once():
    figure = box("5", "0.5", "some.figure")
    once = compute(lambda a: a - a, a=figure, unit="", formula="a − a")
    twice = compute(lambda a, b: a - b, a=figure, b=figure, unit="", formula="a − a")
    assert once.low == once.high == twice.low == twice.high == 0


def test_different_figures_of_one_value_are_independent():
    first, second = box("5", "0.5", "one"), box("5", "0.5", "two")
    computed = compute(lambda a, b: a - b, a=first, b=second, unit="", formula="a − b")
    assert (computed.low, computed.high) == (-1, 1)


def test_a_figure_is_not_counted_again_through_a_computed_number():
    figure, other = box("5", "0.5", "some.figure"), box("2", "0.5", "other.figure")
    total = compute(lambda a, b: a + b, a=figure, b=other, unit="", formula="sum")
    with pytest.raises(IntervalError, match=r"some\.figure"):
        compute(lambda a, b: a / b, a=figure, b=total, unit="", formula="share")


def test_a_function_that_turns_is_refused():
    with pytest.raises(IntervalError, match="rises and falls"):
        compute(lambda a: a * a, a=box("0.1", "0.5"), unit="", formula="a²")


def test_a_direction_may_depend_on_the_other_input():
    computed = compute(
        lambda a, b: a * b, a=box("0", "1", "a"), b=box("0", "1", "b"), unit="", formula="a × b"
    )
    assert (computed.low, computed.high) == (-1, 1)


def test_an_input_that_does_not_matter_is_not_named():
    inputs = {name: box(value, "0.5", name) for name, value in (("a", "5"), ("b", "7"))}
    computed = compute(lambda a, b: a + b - b, **inputs, unit="", formula="a")
    assert computed.inputs == ("a",)
    assert (computed.low, computed.high) == (4.5, 5.5)
    # A product matters along one edge of the box only, and still counts.
    inputs = {"a": box("0.5", "0.5", "a"), "b": box("0.5", "0.5", "b")}
    computed = compute(lambda a, b: a * b, **inputs, unit="", formula="a × b")
    assert computed.inputs == ("a", "b")


def test_an_outcome_that_is_an_input_keeps_its_print():
    growth = hy.figure("gdp.growth.2017")
    computed = compute(lambda growth: growth, growth=growth, unit="percent", formula="as printed")
    assert (computed.value, computed.low, computed.high) == (growth.value, growth.low, growth.high)
    assert computed.decimals == growth.decimals


def test_many_inputs_keep_the_exact_interval():
    inputs = {name: box("2", "0.5", name) for name in "abcde"}
    computed = compute(
        lambda a, b, c, d, e: a * b / c + d - e, **inputs, unit="", formula="", decimals=6
    )
    assert float(computed.low) == pytest.approx(1.5 * 1.5 / 2.5 + 1.5 - 2.5, abs=1e-5)
    assert float(computed.high) == pytest.approx(2.5 * 2.5 / 1.5 + 2.5 - 1.5, abs=1e-5)
    with pytest.raises(IntervalError, match="rises and falls"):
        compute(lambda a, b, c, d, e: (a - 2) ** 2 + b + c + d + e, **inputs, unit="", formula="")


def test_a_lower_bound_has_no_upper_end():
    bound = hy.stated(10.8, unit="100 million yuan", formula="firms × threshold").at_least()
    assert (bound.value, bound.low, bound.high) == (Decimal("10.8"), Decimal("10.8"), None)
    assert str(bound).startswith("10.8 or more × 100 million yuan")
    row = bound.as_row(reading="A", result="x", quantity="paid")
    assert next(iter(row)) == "quantity"
    assert row["high"] != row["high"]


def test_open_ends_and_divisions_by_zero_are_refused():
    with pytest.raises(IntervalError, match="open end"):
        compute(lambda a: a, a=hy.figure("gdp.growth.2018"), unit="percent", formula="a")
    with pytest.raises(IntervalError, match="division by zero"):
        compute(lambda a: 1 / a, a=box("0.5", "0.5"), unit="", formula="1 / a")


@pytest.mark.parametrize(
    ("half", "shown"), [("0.475", "162.3"), ("0.05", "162.29"), ("5.3", "162"), ("53", "162")]
)
def test_a_number_keeps_the_digits_its_interval_can_carry(half, shown):
    computed = compute(lambda a: a, a=box("162.29", half), unit="", formula="a")
    assert str(computed.value) == shown
    assert computed.low <= Decimal("162.29") - Decimal(half)
    assert computed.high >= Decimal("162.29") + Decimal(half)


@given(st.fractions(-1000, 1000), st.integers(0, 6))
def test_round_to_stays_within_half_a_unit(number, decimals):
    rounded = round_to(number, decimals)
    assert abs(Fraction(rounded) - number) <= Fraction(1, 2 * 10**decimals)
