"""Intervals: of printed figures, and of what is computed from them."""

import math
from decimal import Decimal
from fractions import Fraction
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import hyreport as hy
from hyreport.errors import IntervalError
from hyreport.numbers.computed import Computed, round_to
from hyreport.numbers.rounding import compute, printed_interval


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


@pytest.mark.parametrize(
    ("value", "options", "found"),
    [
        (Decimal(101), {"limits": (Decimal(0), Decimal(100))}, "found 101, expected .* 0 to 100"),
        (Decimal(-1), {"limits": (Decimal(0), None)}, "found -1, expected .* 0 or more"),
        (Decimal(8), {"qualifier": "roughly"}, "found qualifier 'roughly'"),
        (Decimal("NaN"), {}, "an exact number"),
        (8.5, {}, "an exact number.*pass a Decimal"),
        ("8.5", {}, "an exact number"),
        (None, {}, "an exact number"),
        (True, {}, "an exact number"),
        (Decimal(8), {"decimals": 1.5}, "decimals 1.5, expected a whole number from 0 on"),
        (Decimal(8), {"decimals": -1}, "decimals -1"),
        (Decimal(8), {"decimals": None}, "decimals None"),
        (Decimal(8), {"limits": None}, "limits None, expected two Decimals"),
        (Decimal(8), {"limits": (None,)}, "limits"),
        (Decimal(8), {"limits": (Decimal("NaN"), None)}, "limits"),
    ],
)
def test_an_odd_print_is_refused(value, options, found):
    with pytest.raises(IntervalError, match=found):
        printed_interval(value, **{"decimals": 0} | options)


@pytest.mark.parametrize("decimals", [-1, 1.5, True, "1"])
def test_digits_to_show_are_a_whole_number(decimals):
    with pytest.raises(IntervalError, match="f: found decimals"):
        compute(lambda a: a, a=box("5", "0.5"), unit="", formula="f", decimals=decimals)


def test_limits_bound_what_rounding_allows_and_no_wording():
    percent = {"decimals": 0, "limits": (Decimal(0), Decimal(100))}
    assert printed_interval(Decimal(90), qualifier="at_least", **percent) == (90, None)
    assert printed_interval(Decimal(4), qualifier="at_most", **percent) == (None, 4)
    assert printed_interval(Decimal(50), qualifier="about", **percent) == (None, None)
    assert printed_interval(Decimal(0), **percent) == (0, Decimal("0.5"))


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


def test_inputs_without_an_interval_are_named_too():
    count = hy.stated(12, unit="firms", formula="a choice")
    days = SimpleNamespace(value=365, low=365, high=365, figure_id="days.2017")
    made = compute(lambda a, n, d: a * n * d, a=box("5", "0.5", "a"), n=count, d=days,
                   unit="", formula="a × n × d")  # fmt: skip
    assert made.inputs == ("a", "days.2017")
    share = compute(lambda a, d: 100 * a / d, a=box("300", "0.5", "a"), d=days,
                    unit="percent", formula="100 a / d")  # fmt: skip
    assert share.inputs == ("a", "days.2017")


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


def test_an_upper_bound_has_no_lower_end():
    made = compute(lambda a: a, a=box("5.26", "0.5", "a"), unit="percent", formula="a", decimals=1)
    bound = made.at_most()
    assert (bound.value, bound.low, bound.high) == (Decimal("5.8"), None, Decimal("5.8"))
    assert bound.unrounded == (Fraction("5.76"), None, Fraction("5.76"))
    assert str(bound) == "5.8 or less percent = a"
    assert bound.as_row()["unrounded_high"] == 5.76
    with pytest.raises(IntervalError, match=r"5\.8 or less, expected a number with a low end"):
        bound.at_least()


def bad(*, result=None, error=None):
    def function(a):
        if error:
            raise error
        return result

    return function


@pytest.mark.parametrize(
    ("function", "found"),
    [
        (bad(error=ValueError("of a log")), r"ValueError \(of a log\) at a = 5"),
        (bad(error=OverflowError("too large")), r"OverflowError \(too large\) at a = 5"),
        (bad(error=TypeError("no")), r"TypeError \(no\) at a = 5"),
        (bad(error=IntervalError("inner", "x", "y")), "inner: found x, expected y"),
        (lambda x: x, "unexpected keyword argument 'a'"),
        (lambda a: math.log(a - 5), "ValueError .* at a = 5"),
        (bad(result=float("nan")), "found nan at a = 5"),
        (bad(result=float("inf")), "found inf at a = 5"),
        (bad(result=None), "found None at a = 5"),
        (bad(result="5"), "found '5' at a = 5"),
        (lambda a: a > 4, "found True at a = 5"),
        (lambda a: (a - 6) ** 0.5, "at a = 5"),
    ],
)
def test_a_function_that_gives_no_number_is_refused(function, found):
    with pytest.raises(IntervalError, match=found):
        compute(function, a=box("5", "0.5"), unit="", formula="f")


@pytest.mark.parametrize(
    ("item", "found"),
    [
        (5, r"found 5, expected a figure or a computed number. To fix: write hy.stated\(5, unit="),
        (Decimal("5.5"), r"write hy.stated\(Decimal"),
        ("5", "found '5', expected a figure"),
        (None, "found None, expected a figure"),
        (float("nan"), "found nan, expected a figure"),
        (hy.load_figures(), "a Frame without one number"),
        (SimpleNamespace(value=7, low=1, high=2), "7, outside its interval from 1 to 2"),
        (SimpleNamespace(value=1.5, low=2, high=1), "1.5, outside its interval from 2 to 1"),
        (SimpleNamespace(value=1.5, low=float("nan"), high=2), "an open end"),
    ],
)
def test_an_input_without_an_interval_is_refused(item, found):
    with pytest.raises(IntervalError, match=found):
        compute(lambda a: a, a=item, unit="", formula="a")


def test_a_row_of_a_table_is_an_input():
    row = hy.load_figures().set_index("figure_id", drop=False).loc["gdp.growth.2017"]
    made = compute(lambda a: a + 1, a=row, unit="percent", formula="a + 1", decimals=2)
    assert (made.low, made.high, made.inputs) == (Decimal("9.45"), Decimal("9.55"), (row.name,))


def test_what_was_searched_says_so_and_stays_so():
    root = compute(lambda a: a**0.5, a=box("5", "0.5", "a"), unit="", formula="root")
    assert root.kind == root.as_row()["kind"] == "searched"
    square = compute(lambda root: root * root, root=root, unit="", formula="square")
    assert square.kind == "searched"
    proved = compute(lambda a: a * a, a=box("5", "0.5", "a"), unit="", formula="square")
    assert proved.kind == "computed"


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


@pytest.mark.parametrize(
    ("number", "decimals", "rounded"),
    [
        ("2.5", 0, "2"),
        ("3.5", 0, "4"),
        ("-2.5", 0, "-2"),
        ("0.125", 2, "0.12"),
        ("0.135", 2, "0.14"),
    ],
)
def test_a_half_goes_to_the_even_digit(number, decimals, rounded):
    assert round_to(Fraction(number), decimals) == Decimal(rounded)


def test_computing_on_a_computed_number_loses_nothing():
    third = compute(lambda a: a / 3, a=box("5", "0.5", "a"), unit="", formula="a / 3", decimals=1)
    back = compute(lambda third: 3 * third, third=third, unit="", formula="a", decimals=6)
    assert (back.value, back.low, back.high) == (5, Decimal("4.5"), Decimal("5.5"))
    assert third.unrounded == (Fraction(5, 3), Fraction(3, 2), Fraction(11, 6))
    assert third.keep() == tuple(map(Decimal, ("1.66666666667", "1.5", "1.83333333334")))


@pytest.mark.parametrize(
    ("number", "shown", "decimals"),
    [
        (1234567890123456, "1234567890123456", 0),
        (10**40 + 1, str(10**40 + 1), 0),
        (Decimal("12345678901234.567890"), "12345678901234.567890", 6),
        (0.1, "0.1", 1),
        (1234567.8901234567, "1234567.8901234567", 10),
        (8.0, "8", 0),
        (1e22, "10000000000000000000000", 0),
        (1e-7, "0.0000001", 7),
        (np.int64(7), "7", 0),
        (np.float64(2.5), "2.5", 1),
        (-0.5, "-0.5", 1),
    ],
)
def test_a_stated_number_keeps_all_its_digits(number, shown, decimals):
    made = hy.stated(number, unit="yuan", formula="stated")
    assert str(made) == f"{shown} yuan = stated"
    assert (made.decimals, made.low, made.high) == (decimals, made.value, made.value)
    assert made.keep()[0] == Decimal(shown)


@pytest.mark.parametrize(
    "number",
    [
        True,
        np.bool_(True),
        None,
        "5",
        float("nan"),
        float("inf"),
        Decimal("NaN"),
        Fraction(1, 3),
        [5],
    ],
)
def test_what_is_no_number_is_not_stated(number):
    with pytest.raises(IntervalError, match=r"stated\(.*expected a finite int, float or Decimal"):
        hy.stated(number, unit="", formula="")


def test_a_zero_has_no_minus():
    assert str(hy.stated(-0.0, unit="", formula="none").value) == "0"


@given(st.fractions(-1000, 1000), st.integers(0, 6))
def test_round_to_stays_within_half_a_unit(number, decimals):
    rounded = round_to(number, decimals)
    assert abs(Fraction(rounded) - number) <= Fraction(1, 2 * 10**decimals)


def test_equal_numbers_that_rest_on_no_figure_are_two():
    first, second = (
        Computed(Decimal(5), Decimal(4), Decimal(6), 0, "percent", "assumed", ()) for _ in range(2)
    )
    apart = compute(lambda a, b: a - b, a=first, b=second, unit="points", formula="a − b")
    assert (apart.low, apart.high) == (-2, 2)
    once = compute(lambda a, b: a - b, a=first, b=first, unit="points", formula="a − b")
    assert once.low == once.high == 0
