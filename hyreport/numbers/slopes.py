"""Interval arithmetic with slopes: proves where a function is highest over a box of intervals.

A function of arithmetic alone (+ − × ÷, whole powers, absolute values, and comparisons that hold
all over the box) is computed once for the whole box: with all its values and, for each input, all
its slopes. Where the slopes of an input have one sign, the function is highest at one end of it.
"""

from collections import deque
from collections.abc import Callable, Iterable
from fractions import Fraction
from itertools import product

from hyreport.numbers.spans import ONE, ZERO, Ends, Span, UndecidedError, read_span

__all__ = ["TurnError", "find_ends", "find_idle", "value_at"]


MOST_BOXES = 200  # looked at before a proof is given up
PRIME = 2**61 - 1
Box = tuple[Ends, ...]


class TurnError(ArithmeticError):
    """The function goes beyond its corners inside the box, along the input of this `index`."""

    def __init__(self, index: int):
        super().__init__(index)
        self.index = index


def find_idle(function: Callable, box: Box) -> set[int]:
    """Return the places of the inputs that a function of arithmetic does not depend on.

    Parameters
    ----------
    function : callable
        Takes a Span for each input.
    box : tuple of pairs of Fraction
        Lowest and highest value of each input.

    Returns
    -------
    set of int

    Notes
    -----
    Where the slope by an input is exactly zero at one point without any pattern, it is zero
    everywhere: a rational function vanishes by chance at next to no such point (Schwartz-Zippel).

    Examples
    --------
    >>> box = ((Fraction(1), Fraction(2)), (Fraction(3), Fraction(4)))
    >>> find_idle(lambda a, b: a * b / b, box)
    {1}
    """
    slopes = _evaluate(function, box).slopes  # one formula all over the box, or UndecidedError
    point = []
    for place, (low, high) in enumerate(box, start=1):
        share = Fraction(pow(3, 41 * place, PRIME), PRIME)
        point.append((low + (high - low) * share,) * 2)
    unsure = [place for place, (low, high) in slopes.items() if low <= 0 <= high]
    at_point = _evaluate(function, tuple(point), by=unsure).slopes if unsure else {}
    idle = {place for place in unsure if at_point.get(place, ZERO) == ZERO}
    return idle | {place for place in range(len(box)) if place not in slopes}


def find_ends(function: Callable, box: Box) -> Ends | None:
    """Return the lowest and highest value over a box, where it is proved that corners have them.

    Parameters
    ----------
    function, box
        As for `find_idle`.

    Returns
    -------
    low, high : Fraction
        None where there is no proof within MOST_BOXES parts of the box.

    Raises
    ------
    TurnError
        Where a point inside the box has a value beyond those of all corners.
    ZeroDivisionError
        Where the function divides by zero.
    UndecidedError
        Where it is no arithmetic.

    Notes
    -----
    An input whose slopes have one sign is put to its higher end; what is left is halved, and a
    part whose values all stay below the highest corner is done with.

    Examples
    --------
    >>> box = ((Fraction(1), Fraction(2)), (Fraction(3), Fraction(5)))
    >>> find_ends(lambda a, b: a / (a + b), box)
    (Fraction(1, 6), Fraction(2, 5))
    """
    low = _highest(lambda *spans: -function(*spans), box)
    high = None if low is None else _highest(function, box)
    return None if low is None or high is None else (-low, high)


def value_at(function: Callable, point: tuple[Fraction, ...]) -> Fraction:
    """Return the exact value of a function of arithmetic at a point.

    >>> value_at(lambda a: 0.1 * a, (Fraction(3),))
    Fraction(3, 10)
    """
    return _evaluate(function, tuple((place, place) for place in point)).high


def _highest(function: Callable, box: Box) -> Fraction | None:
    box = _climb(function, box)
    if all(low == high for low, high in box):
        return value_at(function, tuple(low for low, _ in box))
    corners = product(*(sorted({low, high}) for low, high in box))
    bound = max(value_at(function, corner) for corner in corners)
    parts = deque([box])
    for _ in range(MOST_BOXES):
        if not parts:
            return bound
        part = parts.popleft()
        try:
            span = _evaluate(function, part)
        except UndecidedError:
            span = None
        if span is not None and span.high <= bound:
            continue
        smaller = part if span is None else _raise_ends(part, span)
        if smaller != part:
            parts.append(smaller)
            continue
        middle = tuple((low + high) / 2 for low, high in part)
        if value_at(function, middle) > bound:
            raise TurnError(_find_turn(function, box, middle))
        parts += _halve(part, middle, span)
    return None


def _climb(function: Callable, box: Box) -> Box:
    """Put each input to its higher end, as long as the slopes over what is left tell which."""
    while any(low < high for low, high in box):
        try:
            smaller = _raise_ends(box, _evaluate(function, box))
        except UndecidedError:
            break
        if smaller == box:
            break
        box = smaller
    return box


def _raise_ends(box: Box, span: Span) -> Box:
    """Put the inputs whose slopes have one sign to their higher end."""
    raised = list(box)
    for place, (low, high) in enumerate(box):
        lowest, highest = span.slopes.get(place, ZERO)
        if lowest >= 0 or highest <= 0:
            raised[place] = (high if lowest >= 0 else low,) * 2
    return tuple(raised)


def _halve(box: Box, middle: tuple[Fraction, ...], span: Span | None) -> list[Box]:
    """Halve the box along the input that moves its values most."""
    weights = [
        (high - low) * (1 if span is None else max(map(abs, span.slopes.get(place, ZERO))))
        for place, (low, high) in enumerate(box)
    ]
    place = weights.index(max(weights))
    halves = (box[place][0], middle[place]), (middle[place], box[place][1])
    return [(*box[:place], half, *box[place + 1 :]) for half in halves]


def _find_turn(function: Callable, box: Box, point: tuple[Fraction, ...]) -> int:
    """Return an input along which a point is higher than both ends: no corner is as high."""
    for place, ends in enumerate(box):
        moved = [(*point[:place], end, *point[place + 1 :]) for end in ends]
        best = max(moved, key=lambda one: value_at(function, one))
        if value_at(function, best) < value_at(function, point):
            return place
        point = best
    raise AssertionError("no corner is as high as the point")


def _evaluate(function: Callable, box: Box, *, by: Iterable[int] | None = None) -> Span:
    """Compute the function once for the whole box, with the slopes by inputs that vary."""
    if by is None:
        by = [place for place, (low, high) in enumerate(box) if low < high]
    spans = [Span(ends, {place: ONE} if place in by else {}) for place, ends in enumerate(box)]
    before = UndecidedError.raised
    try:
        result = read_span(function(*spans))
    except ZeroDivisionError:
        raise
    except Exception:  # whatever it says of spans, it may say another thing of numbers
        raise UndecidedError from None
    if UndecidedError.raised > before:
        raise UndecidedError
    return result
