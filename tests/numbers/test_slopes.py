"""What arithmetic is over a box: proved to be inside its ends, and to reach them."""

import math
from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from hyreport.errors import IntervalError
from hyreport.numbers.extremes import find_extremes
from hyreport.numbers.slopes import TurnError, find_ends, find_idle, value_at
from hyreport.numbers.spans import Span
from hyreport.numbers.writing import read_number

NAMES = ("a", "b", "c")
SIGNS = {
    "+": lambda one, other: one + other,
    "-": lambda one, other: one - other,
    "*": lambda one, other: one * other,
    "/": lambda one, other: one / other,
}
small = st.fractions(-5, 5, max_denominator=20)
leaves = st.sampled_from(range(len(NAMES))) | small.map(lambda number: ("number", number))
trees = st.recursive(
    leaves,
    lambda parts: (
        st.tuples(st.sampled_from(sorted(SIGNS)), parts, parts)
        | st.tuples(st.just("power"), parts, st.integers(-2, 3))
    ),
    max_leaves=8,
)
boxes = st.tuples(*[st.tuples(small, st.fractions(0, 2, max_denominator=20))] * len(NAMES))


def grow(tree):
    """Return a function of three inputs from a tree of operations."""
    if isinstance(tree, int):
        return lambda *point: point[tree]
    if tree[0] == "number":
        return lambda *point: tree[1]
    if tree[0] == "power":
        inner = grow(tree[1])
        return lambda *point: inner(*point) ** tree[2]
    one, other = grow(tree[1]), grow(tree[2])
    return lambda *point: SIGNS[tree[0]](one(*point), other(*point))


def between(low, high, parts):
    return sorted({low + (high - low) * Fraction(part, parts) for part in range(parts + 1)})


def find(function, *ends):
    triples = [(Fraction(low), Fraction(low + high, 2), Fraction(high)) for low, high in ends]
    names = [[name] for name in NAMES[: len(ends)]]
    return find_extremes(lambda **point: function(*point.values()), names, triples, formula="f")


@given(trees, boxes, st.lists(st.tuples(*[st.fractions(0, 1)] * len(NAMES)), max_size=4))
def test_no_value_lies_beyond_proved_ends_and_corners_reach_them(tree, widths, places):
    function = grow(tree)
    box = tuple((low, low + width) for low, width in widths)
    try:
        found = find_ends(function, box)
    except (ArithmeticError, TypeError):
        found = None
    assume(found)
    low, high = found
    for point in product(*(between(*ends, 4) for ends in box)):
        assert low <= function(*point) <= high
    for place in places:
        point = (
            start + (end - start) * part for (start, end), part in zip(box, place, strict=True)
        )
        assert low <= function(*point) <= high
    corners = [function(*point) for point in product(*box)]
    assert (min(corners), max(corners)) == (low, high)


@given(trees, boxes)
def test_slopes_hold_between_any_two_points(tree, widths):
    function = grow(tree)
    box = tuple((low, low + width) for low, width in widths)
    spans = [Span(ends, {place: (Fraction(1),) * 2}) for place, ends in enumerate(box)]
    try:
        whole = function(*spans)
    except ArithmeticError:
        assume(False)
    assume(isinstance(whole, Span))
    for place, ends in enumerate(box):
        lowest, highest = whole.slopes.get(place, (0, 0))
        steps = between(*ends, 5)
        rest = [low + (high - low) / 3 for low, high in box]
        line = [function(*rest[:place], step, *rest[place + 1 :]) for step in steps]
        for one in range(len(steps)):
            assert whole.low <= line[one] <= whole.high
            for other in range(one):
                slope = (line[one] - line[other]) / (steps[one] - steps[other])
                assert lowest <= slope <= highest


@given(st.fractions(0, 1, max_denominator=10**9), st.sampled_from((1, -1)))
@example(Fraction(97, 100), -1)
@example(1 - Fraction(1, 10**9), 1)
def test_a_turn_anywhere_inside_is_refused(place, sign):
    turn = Fraction(9, 2) + place

    def function(a):
        return 10 - sign * 100 * (a - turn) ** 2

    if 0 < place < 1:
        with pytest.raises(IntervalError, match="input a: found a function that rises and falls"):
            find(function, (Fraction(9, 2), Fraction(11, 2)))
    else:
        assert find(function, (Fraction(9, 2), Fraction(11, 2))).proved


@pytest.mark.parametrize("place", ["0.0001", "0.01", "0.2", "0.5", "0.88", "0.97", "0.9999"])
@pytest.mark.parametrize(
    "function",
    [
        lambda a, turn: math.sqrt(100 - (a - turn) ** 2),
        lambda a, turn: -abs(a - turn),
        lambda a, turn: min(a, 2 * turn - a),
        lambda a, turn: math.exp(-(float(a - turn) ** 2)),
    ],
)
def test_a_turn_is_searched_for_where_nothing_can_be_proved(function, place):
    turn = Fraction(9, 2) + Fraction(place)
    with pytest.raises(IntervalError, match="rises and falls"):
        find(lambda a: function(a, turn), (Fraction(9, 2), Fraction(11, 2)))


def test_a_bump_between_the_quarters_is_seen():
    with pytest.raises(IntervalError, match="rises and falls"):
        find(lambda a: a + max(0, Fraction(1, 5) - 4 * abs(a - Fraction(3, 8))), (0, 1))


def test_a_turn_is_found_among_many_inputs():
    box = [(Fraction(low), Fraction(low + 1)) for low in (1, 2, 3)]
    with pytest.raises(IntervalError, match="input c: found a function that rises and falls"):
        find(lambda a, b, c: a * b - (c - Fraction("3.97")) ** 2, *box)
    with pytest.raises(IntervalError, match="input c: found a function that rises and falls"):
        find(lambda a, b, c: math.sqrt(a * b + 9 - (c - Fraction("3.97")) ** 2), *box)


@pytest.mark.parametrize(
    ("function", "proved"),
    [
        (lambda a, b: a / (a + b), True),
        (lambda a, b: abs(a) * max(b, 1), True),
        (lambda a, b: a if b > 1 else -a, True),
        (lambda a, b: 0.1 * a**2 - b**-1, True),
        (lambda a, b: max(a, b), False),
        (lambda a, b: math.log(a) + b, False),
        (lambda a, b: round(a) + b, False),
        (lambda a, b: a**0.5 * b, False),
    ],
)
def test_the_outcome_says_what_is_proved(function, proved):
    found = find(function, (Fraction(1), Fraction(3)), (Fraction(2), Fraction(4)))
    assert found.proved == proved
    corners = [function(Fraction(a), Fraction(b)) for a in (1, 3) for b in (2, 4)]
    assert float(found.low) == pytest.approx(float(min(corners)), rel=1e-11)
    assert float(found.high) == pytest.approx(float(max(corners)), rel=1e-11)


def test_a_branch_is_proved_on_each_side_alone():
    jump = find(lambda a: a if a < 5 else a + 1, (Fraction(4), Fraction(6)))
    assert (jump.low, jump.high, jump.proved) == (4, 7, False)
    with pytest.raises(IntervalError, match="rises and falls"):
        find(lambda a: a if a < 5 else a - 10, (Fraction(4), Fraction(6)))


@pytest.mark.parametrize("pole", ["4.5", "5", "5.47", "5.5"])
@pytest.mark.parametrize("power", [1, 2])
def test_a_pole_in_the_box_is_refused(pole, power):
    with pytest.raises(IntervalError, match=r"division by zero|rises and falls"):
        find(lambda a: 1 / (a - Fraction(pole)) ** power, (Fraction(9, 2), Fraction(11, 2)))


def test_what_does_not_matter_is_found():
    box = ((Fraction(1), Fraction(2)),) * 2 + ((Fraction(3), Fraction(5)),)
    assert find_idle(lambda a, b, c: 100 * a * b / (a * b + a * (c - b)), box) == {0}
    assert find_idle(lambda a, b, c: (a - b) * (a + b) - a * a + b * b, box) == {0, 1, 2}
    # Zero at both ends and in the middle is not zero everywhere.
    assert find_idle(lambda a, b, c: (a - 1) * (a - 2) * (2 * a - 3) + b + c, box) == set()


def test_floats_count_by_the_digits_they_print():
    assert value_at(lambda a: 0.1 * a + 0.2, (Fraction(1),)) == Fraction(3, 10)
    assert find_ends(lambda a: a * 1.1, ((Fraction(1), Fraction(2)),)) == (
        Fraction(11, 10),
        Fraction(22, 10),
    )


def test_a_proof_is_not_looked_for_for_ever():
    # The same on both sides of the minus, written so that no interval shows it.
    assert find_ends(lambda a, b: abs((a + b) ** 3 - (a * a + 2 * a * b + b * b) * (a + b) + 1),
                     ((Fraction(1), Fraction(2)),) * 2) is None  # fmt: skip


def test_the_turn_is_named_by_its_input():
    with pytest.raises(TurnError) as turn:
        find_ends(lambda a, b: a - (b - Fraction(1, 3)) ** 2, ((Fraction(0), Fraction(1)),) * 2)
    assert turn.value.index == 1


def caught(function, fallback, *errors):
    """Return a function that gives another value where an error of these kinds is raised."""

    def careful(*point):
        try:
            return function(*point)
        except errors:
            return fallback

    return careful


@pytest.mark.parametrize("errors", [ArithmeticError, Exception, BaseException])
@pytest.mark.parametrize("fallback", [0, 10, Fraction(-17, 2)])
@pytest.mark.parametrize(
    ("function", "refused"),
    [
        (lambda a: 100 / (a - Fraction("8.46")), True),
        (lambda a: a if a > Fraction("8.5") else -a, True),
        (lambda a: a if a > Fraction("8.47") else a - 1, False),
        (lambda a: a**0.5, False),
        (lambda a: math.sqrt(100 - (a - Fraction("8.5")) ** 2), True),
        (lambda a: round(a, 1), False),
        (lambda a: a % 3, False),
        (lambda a: a.numerator / a.denominator, False),
        (lambda a: np.sqrt(float(a)), False),
        (lambda a: {Fraction("8.5"): 1}.get(a, 2) * a, True),
    ],
)
def test_an_error_caught_inside_the_function_is_no_proof(function, refused, fallback, errors):
    careful, box = caught(function, fallback, errors), (Fraction("8.45"), Fraction("8.55"))
    if refused:
        with pytest.raises(IntervalError, match="rises and falls"):
            find(careful, box)
    else:
        found = find(careful, box)
        assert not found.proved and not found.idle
        ends = [read_number(function(end)) for end in box]
        assert float(found.low) == pytest.approx(float(min(ends)), rel=1e-11)
        assert float(found.high) == pytest.approx(float(max(ends)), rel=1e-11)


def test_a_function_that_treats_numbers_apart_is_not_proved():
    found = find(lambda a: a if isinstance(a, Fraction) else 2, (Fraction(1), Fraction(3)))
    assert (found.low, found.high, found.proved, found.idle) == (1, 3, False, frozenset())
    found = find(lambda a: a if isinstance(a, Fraction) else a / 2 + 1, (Fraction(1), Fraction(3)))
    assert (found.low, found.high, found.proved) == (1, 3, False)


def test_noise_of_floats_drops_no_proof():
    found = find(lambda a, b: 0.1 * a + 0.2 * b - 0.85, (Fraction(8), Fraction(9)), (0, 1))
    assert (found.low, found.high, found.proved) == (Fraction(-1, 20), Fraction(1, 4), True)
    assert find(lambda a: np.float64(0.1) * a, (Fraction(8), Fraction(9))).proved


def test_a_bug_in_the_proof_is_not_taken_for_a_function_without_one(monkeypatch):
    monkeypatch.setattr("hyreport.numbers.slopes._find_turn", lambda *_: 1 // int("bug"))
    with pytest.raises(ValueError, match="bug"):
        find(lambda a: -((a - Fraction("8.5")) ** 2), (Fraction(8), Fraction(9)))
