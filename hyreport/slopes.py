"""Interval arithmetic with slopes: proves where a function is highest over a box of intervals.

A function of arithmetic alone (+ − × ÷, whole powers, absolute values, and comparisons that hold
all over the box) is computed once for the whole box: with all its values and, for each input, all
its slopes. Where the slopes of an input have one sign, the function is highest at one end of it.
"""

from collections import deque
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from itertools import product
from numbers import Rational, Real

# Boxes looked at before a proof is given up.
MOST_BOXES = 200
PRIME = 2**61 - 1
Ends = tuple[Fraction, Fraction]
Box = tuple[Ends, ...]
NO_SLOPE = (Fraction(0), Fraction(0))


class UndecidedError(ArithmeticError):
    """A comparison that does not hold all over the box, or a division by what may be zero."""


def read_number(number) -> Fraction | None:
    """Return a finite number as an exact fraction, a float by the digits it prints; else None.

    >>> read_number(0.1), read_number(True), read_number(float("nan")), read_number("1")
    (Fraction(1, 10), None, None, None)
    """
    if isinstance(number, bool) or not isinstance(number, Real | Decimal):
        return None
    if isinstance(number, Rational):
        return Fraction(int(number.numerator), int(number.denominator))
    text = str(number) if isinstance(number, Decimal) else repr(float(number))
    return Fraction(text) if Decimal(text).is_finite() else None


class TurnError(ArithmeticError):
    """The function goes beyond its corners inside the box, along the input of this `index`."""

    def __init__(self, index: int):
        super().__init__(index)
        self.index = index


class Span:
    """All values of an expression over a box, and all its slopes by each input.

    Parameters
    ----------
    low, high : Fraction
        No value lies outside them.
    slopes : tuple of pairs of Fraction
        Lowest and highest slope by each input in turn, between any two points of the box.
    """

    __array_ufunc__ = None  # numpy leaves the arithmetic to this class

    def __init__(self, low: Fraction, high: Fraction, slopes: tuple[Ends, ...]):
        self.low, self.high, self.slopes = low, high, slopes

    def __neg__(self):
        return Span(-self.high, -self.low, tuple((-high, -low) for low, high in self.slopes))

    def __pos__(self):
        return self

    def __abs__(self):
        return self if self >= 0 else -self

    def __add__(self, other):
        if (other := self._read(other)) is None:
            return NotImplemented
        return Span(
            self.low + other.low,
            self.high + other.high,
            tuple(map(_add, self.slopes, other.slopes)),
        )

    def __sub__(self, other):
        other = self._read(other)
        return NotImplemented if other is None else self + -other

    def __mul__(self, other):
        if (other := self._read(other)) is None:
            return NotImplemented
        mine, others = (self.low, self.high), (other.low, other.high)
        slopes = (
            _add(_times(own, others), _times(mine, theirs))
            for own, theirs in zip(self.slopes, other.slopes, strict=True)
        )
        return Span(*_times(mine, others), tuple(slopes))

    def __truediv__(self, other):
        other = self._read(other)
        return NotImplemented if other is None else self * other._invert()

    def __pow__(self, power):
        power = read_number(power)
        if power is None or power.denominator != 1:
            return NotImplemented
        power = int(power)
        if power < 0:
            return (self**-power)._invert()
        if power == 0:
            return self._read(1)
        outer = tuple(power * end for end in self._power(power - 1))
        return Span(*self._power(power), tuple(_times(outer, own) for own in self.slopes))

    __radd__, __rmul__ = __add__, __mul__

    def __rsub__(self, other):
        return -self + other

    def __rtruediv__(self, other):
        other = self._read(other)
        return NotImplemented if other is None else other / self

    def __lt__(self, other):
        return self._compare(other, lambda low, high: (high < 0, low >= 0))

    def __le__(self, other):
        return self._compare(other, lambda low, high: (high <= 0, low > 0))

    def __gt__(self, other):
        return not self <= other

    def __ge__(self, other):
        return not self < other

    def __eq__(self, other):
        return self._compare(other, lambda low, high: (low == high == 0, low > 0 or high < 0))

    def __ne__(self, other):
        return not self == other

    def __bool__(self):
        return self != 0

    __hash__ = None

    def _read(self, other) -> "Span | None":
        if isinstance(other, Span):
            return other
        number = read_number(other)
        return None if number is None else Span(number, number, (NO_SLOPE,) * len(self.slopes))

    def _power(self, power: int) -> Ends:
        ends = sorted((self.low**power, self.high**power))
        if power > 0 and power % 2 == 0 and self.low < 0 < self.high:
            ends[0] = Fraction(0)
        return tuple(ends)

    def _invert(self) -> "Span":
        if self.low == self.high == 0:
            raise ZeroDivisionError
        if self.low <= 0 <= self.high:
            raise UndecidedError
        ends = 1 / self.high, 1 / self.low
        outer = tuple(-end for end in _times(ends, ends)[::-1])
        return Span(*ends, tuple(_times(outer, own) for own in self.slopes))

    def _compare(self, other, decide: Callable) -> bool:
        if self._read(other) is None:
            raise UndecidedError
        rest = self - other
        holds, fails = decide(rest.low, rest.high)
        if not (holds or fails):
            raise UndecidedError
        return holds


def _add(first: Ends, second: Ends) -> Ends:
    return first[0] + second[0], first[1] + second[1]


def _times(first: Ends, second: Ends) -> Ends:
    if NO_SLOPE in (first, second):
        return NO_SLOPE
    products = [one * other for one in first for other in second]
    return min(products), max(products)


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
    _evaluate(function, box)  # one formula all over the box, or else UndecidedError
    point = []
    for place, (low, high) in enumerate(box, start=1):
        share = Fraction(pow(3, 41 * place, PRIME), PRIME)
        point.append((low + (high - low) * share,) * 2)
    slopes = _evaluate(function, tuple(point)).slopes
    return {place for place, slope in enumerate(slopes) if slope == NO_SLOPE}


def find_ends(function: Callable, box: Box) -> Ends | None:
    """Return the lowest and highest value over a box, where it is proved that corners have them.

    Parameters
    ----------
    function : callable
        Takes a Span for each input and returns one.
    box : tuple of pairs of Fraction
        Lowest and highest value of each input.

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

    Notes
    -----
    An input whose slopes have one sign is put to the end that is higher; what is left is split
    in halves, and a part whose values all stay below the highest corner is done with.

    Examples
    --------
    >>> box = ((Fraction(1), Fraction(2)), (Fraction(3), Fraction(5)))
    >>> find_ends(lambda a, b: a / (a + b), box)
    (Fraction(1, 6), Fraction(2, 5))
    """
    low = _highest(lambda *spans: -function(*spans), box)
    high = None if low is None else _highest(function, box)
    return None if high is None else (-low, high)


def value_at(function: Callable, point: tuple[Fraction, ...]) -> Fraction:
    """Return the exact value of a function of arithmetic at a point.

    >>> value_at(lambda a: 0.1 * a, (Fraction(3),))
    Fraction(3, 10)
    """
    return _evaluate(function, tuple((place, place) for place in point)).high


def _highest(function: Callable, box: Box) -> Fraction | None:
    box = _climb(function, box)
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
    while True:
        try:
            smaller = _raise_ends(box, _evaluate(function, box))
        except UndecidedError:
            return box
        if smaller == box:
            return box
        box = smaller


def _raise_ends(box: Box, span: Span) -> Box:
    return tuple(
        (high, high) if slope[0] >= 0 else (low, low) if slope[1] <= 0 else (low, high)
        for (low, high), slope in zip(box, span.slopes, strict=True)
    )


def _halve(box: Box, middle: tuple[Fraction, ...], span: Span | None) -> list[Box]:
    """Halve the box along the input that moves its values most."""
    weights = [
        (high - low) * (max(map(abs, span.slopes[place])) if span is not None else 1)
        for place, (low, high) in enumerate(box)
    ]
    place = weights.index(max(weights))
    halves = (box[place][0], middle[place]), (middle[place], box[place][1])
    return [(*box[:place], half, *box[place + 1 :]) for half in halves]


def _find_turn(function: Callable, box: Box, point: tuple[Fraction, ...]) -> int:
    """Return an input along which the function is higher at a point than at both ends of the box.

    There is one where no corner is as high as the point.
    """
    for place, ends in enumerate(box):
        moved = [(*point[:place], end, *point[place + 1 :]) for end in ends]
        best = max(moved, key=lambda one: value_at(function, one))
        if value_at(function, best) < value_at(function, point):
            return place
        point = best
    raise AssertionError("no corner is as high as the point")


def _evaluate(function: Callable, box: Box) -> Span:
    units = [
        tuple((Fraction(place == other),) * 2 for other in range(len(box)))
        for place in range(len(box))
    ]
    result = function(*(Span(*ends, unit) for ends, unit in zip(box, units, strict=True)))
    if isinstance(result, Span):
        return result
    number = read_number(result)
    if number is None:
        raise TypeError("no number")
    return Span(number, number, (NO_SLOPE,) * len(box))
