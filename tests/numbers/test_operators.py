"""Operators on numbers with intervals: never an answer that rounding or wording could turn."""

import operator
from decimal import Decimal
from fractions import Fraction
from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import hyreport as hy
from hyreport.errors import BasisError, IntervalError
from hyreport.numbers.computed import Computed

LEVEL, GROWTH, FLOOR = (
    "gdp.level.2017",
    "gdp.growth.2017",
    "gdp.growth.2018",
)  # 3193, 8.5, 8 or more
COMPARE = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}
ENDS = st.none() | st.integers(-20, 20)


def number(low, high, unit="percent") -> Computed:
    ends = [None if end is None else Decimal(end) for end in (low, high)]
    value = next((end for end in ends if end is not None), Decimal(0))
    return Computed(value, *ends, 0, unit, "made up", (), "stated")


def possible(low, high) -> list[int]:
    return [
        point
        for point in range(-40, 41)
        if (low is None or point >= low) and (high is None or point <= high)
    ]


@given(ENDS, ENDS, ENDS, ENDS)
def test_a_comparison_holds_for_every_number_that_both_allow(a, b, c, d):
    if (a is not None and b is not None and a > b) or (c is not None and d is not None and c > d):
        return
    left, right = number(a, b), number(c, d)
    for sign, compare in COMPARE.items():
        answers = {compare(x, y) for x, y in product(possible(a, b), possible(c, d))}
        if (a, b) == (c, d):  # the same number, as it holds the same
            assert compare(left, right) is (sign in ("<=", ">="))
        elif len(answers) == 1:
            assert compare(left, right) is answers.pop()
        else:
            with pytest.raises(IntervalError, match="intervals that overlap"):
                compare(left, right)


@pytest.mark.parametrize("kind", [int, float, Decimal, Fraction, np.float64, np.int64])
def test_a_bare_number_is_exact_and_in_the_same_unit(kind):
    growth = hy.figure(GROWTH)
    assert growth > kind(8) and growth < kind(9) and kind(8) < growth and kind(9) >= growth
    assert growth != kind(9) and hy.stated(36, unit="targets", formula="counted") == kind(36)


@pytest.mark.parametrize("compare", [*COMPARE.values(), operator.eq, operator.ne])
def test_within_rounding_no_comparison_is_answered(compare):
    with pytest.raises(IntervalError, match=r"from 8\.45 to 8\.55, and exactly 8\.5.*float"):
        compare(hy.figure(GROWTH), 8.5)


def test_an_open_end_decides_one_side_only():
    floor = hy.figure(FLOOR)
    assert floor > 7.9 and floor >= 8 and not floor < 8
    with pytest.raises(IntervalError, match="8 or more"):
        floor > 9  # noqa: B015


def test_the_same_figure_is_equal_and_hashes_alike():
    one, again = hy.figure(GROWTH), hy.figure(GROWTH)
    assert one == again and hash(one) == hash(again) and one <= again and not one < again
    assert one != hy.figure(FLOOR) and one != "8.5" and one is not None and one in [None, again]


def test_units_are_converted_or_refused():
    level = hy.figure(LEVEL)
    assert level > hy.stated(319, unit="billion yuan", formula="a choice")
    assert level < hy.stated(320, unit="billion yuan", formula="a choice")
    with pytest.raises(
        BasisError, match="percent and 100 million yuan, expected numbers of one kind"
    ):
        hy.figure(GROWTH) > level  # noqa: B015
    with pytest.raises(BasisError, match="difference of two"):
        hy.figure(GROWTH) > hy.figure("tax_share_change.local.2017")  # noqa: B015


def test_sorting_works_where_intervals_are_apart():
    shares = [hy.figure(f"tax_share.{which}.2017") for which in ("total", "local")]
    assert sorted(shares) == shares[::-1] and max(shares) == shares[0]


def test_a_float_is_the_printed_number_alone():
    assert float(hy.figure(LEVEL)) == 3193.0 and isinstance(float(hy.figure(LEVEL)), float)
    assert float(number(1, 3)) == 1.0


ARITHMETIC = {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv}
ARITHMETIC |= {"//": operator.floordiv, "%": operator.mod, "**": operator.pow}


@pytest.mark.parametrize("sign", ARITHMETIC)
@pytest.mark.parametrize("other", [0.1, 2, Decimal("0.1"), np.float64(0.1)])
def test_arithmetic_says_what_to_write_instead(sign, other):
    level = hy.figure(LEVEL)
    with pytest.raises(IntervalError) as told:
        ARITHMETIC[sign](level, other)
    assert f"hy.compute(lambda a: a {sign} {other}, a=..., unit=..., formula=...)" in str(
        told.value
    )
    with pytest.raises(IntervalError) as told:
        ARITHMETIC[sign](other, level)
    assert f"lambda a: {other} {sign} a" in str(told.value)
    assert "\n" not in str(told.value)


def test_arithmetic_of_two_names_both():
    with pytest.raises(IntervalError, match=r"lambda a, b: a - b, a=\.\.\., b="):
        hy.figure(LEVEL) - hy.figure(GROWTH)
    with pytest.raises(IntervalError, match="lose the interval"):
        sum([hy.figure(LEVEL), hy.figure(LEVEL)])


def test_arrays_and_series_are_answered_cell_by_cell():
    growth = hy.figure(GROWTH)
    assert (pd.Series([1.0, 9.0]) < growth).tolist() == [True, False]
    assert (np.array([1.0, 9.0]) > growth).tolist() == [False, True]
    with pytest.raises(IntervalError):
        pd.Series([1.0]) * growth


def test_what_is_no_number_is_refused_by_python():
    for other in ("8.5", None, [1], float("nan")):
        with pytest.raises(TypeError):
            hy.figure(GROWTH) > other  # noqa: B015
