"""Interval arithmetic with slopes: proves where a function is highest over a box of intervals.

A function of arithmetic alone (+ − × ÷, whole powers, absolute values, and comparisons that hold
all over the box) is computed once for the whole box: with all its values and, for each input, all
its slopes. Where the slopes of an input have one sign, the function is highest at one end of it.
"""

from collections import deque
from collections.abc import Callable, Iterable
from fractions import Fraction
from itertools import product

from hyreport.computed import read_number

MOST_BOXES = 200  # looked at before a proof is given up
PRIME = 2**61 - 1
Ends = tuple[Fraction, Fraction]
Box = tuple[Ends, ...]
ZERO, ONE, MINUS_ONE = ((Fraction(number),) * 2 for number in (0, 1, -1))


class UndecidedError(ArithmeticError):
    """A comparison that does not hold all over the box, or a division by what may be zero."""


class TurnError(ArithmeticError):
    """The function goes beyond its corners inside the box, along the input of this `index`."""

    def __init__(self, index: int):
        super().__init__(index)
        self.index = index


class Span:
    """All values of an expression over a box, and all its slopes by each input.

    Parameters
    ----------
    ends : pair of Fraction
        No value lies outside them. A single number stands twice, as one object.
    slopes : dict
        Place of an input: lowest and highest slope by it, between any two points of the box.
        An input that is not among them does not matter.
    """

    __array_ufunc__ = None  # numpy leaves the arithmetic to this class

    def __init__(self, ends: Ends, slopes: dict[int, Ends]):
        self.ends, self.slopes = ends, slopes
        self.low, self.high = ends

    def __neg__(self):
        return self._chain(_minus(self.ends), MINUS_ONE)

    def __pos__(self):
        return self

    def __abs__(self):
        return self if self >= 0 else -self

    def __add__(self, other):
        if (other := _read(other)) is None:
            return NotImplemented
        return Span(_add(self.ends, other.ends), _merge(self.slopes, other.slopes))

    def __sub__(self, other):
        other = _read(other)
        return NotImplemented if other is None else self + -other

    def __mul__(self, other):
        if (other := _read(other)) is None:
            return NotImplemented
        product = _times(self.ends, other.ends)
        mine, theirs = self._chain(product, other.ends), other._chain(product, self.ends)
        return Span(product, _merge(mine.slopes, theirs.slopes))

    def __truediv__(self, other):
        if (other := _read(other)) is None:
            return NotImplemented
        inverse = other._invert()
        quotient = _times(self.ends, inverse)
        less = other._chain(quotient, _minus(quotient))
        return Span(quotient, _merge(self.slopes, less.slopes))._chain(quotient, inverse)

    def __pow__(self, power):
        power = read_number(power)
        if power is None or power.denominator != 1:
            return NotImplemented
        power = int(power)
        if power < 0:
            return 1 / self**-power
        if power == 0:
            return _read(1)
        outer = _times((Fraction(power),) * 2, self._raise(power - 1))
        return self._chain(self._raise(power), outer)

    __radd__, __rmul__ = __add__, __mul__

    def __rsub__(self, other):
        return -self + other

    def __rtruediv__(self, other):
        other = _read(other)
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

    def _chain(self, ends: Ends, outer: Ends) -> "Span":
        """Return what has these ends, and the outer slopes by this expression."""
        return Span(ends, {place: _times(outer, own) for place, own in self.slopes.items()})

    def _raise(self, power: int) -> Ends:
        if self.low is self.high:
            return (self.low**power,) * 2
        low, high = sorted((self.low**power, self.high**power))
        turns = power > 0 and power % 2 == 0 and self.low < 0 < self.high
        return (Fraction(0) if turns else low), high

    def _invert(self) -> Ends:
        if self.low == self.high == 0:
            raise ZeroDivisionError
        if self.low <= 0 <= self.high:
            raise UndecidedError
        return (1 / self.low,) * 2 if self.low is self.high else (1 / self.high, 1 / self.low)

    def _compare(self, other, decide: Callable) -> bool:
        if _read(other) is None:
            raise UndecidedError
        rest = self - other
        holds, fails = decide(rest.low, rest.high)
        if not (holds or fails):
            raise UndecidedError
        return holds


def _read(number) -> Span | None:
    if isinstance(number, Span):
        return number
    number = read_number(number)
    return None if number is None else Span((number, number), {})


def _minus(ends: Ends) -> Ends:
    return (-ends[0],) * 2 if ends[0] is ends[1] else (-ends[1], -ends[0])


def _add(first: Ends, second: Ends) -> Ends:
    low = first[0] + second[0]
    single = first[0] is first[1] and second[0] is second[1]
    return (low, low) if single else (low, first[1] + second[1])


def _times(first: Ends, second: Ends) -> Ends:
    if second[0] is second[1]:
        first, second = second, first
    if first[0] is not first[1]:
        products = [one * other for one in first for other in second]
        return min(products), max(products)
    low = first[0] * second[0]
    if second[0] is second[1]:
        return low, low
    high = first[0] * second[1]
    return (low, high) if low <= high else (high, low)


def _merge(first: dict[int, Ends], second: dict[int, Ends]) -> dict[int, Ends]:
    both = first | second
    return both | {place: _add(first[place], second[place]) for place in first.keys() & second}


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
    if (result := _read(function(*spans))) is None:
        raise TypeError("no number")
    return result
