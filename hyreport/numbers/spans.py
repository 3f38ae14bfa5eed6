"""Numbers known to lie between two ends, with slopes: a formula computed once for a whole box."""

from collections.abc import Callable
from fractions import Fraction
from typing import NoReturn

from hyreport.numbers.writing import read_number

__all__ = ["ONE", "ZERO", "Ends", "Span", "UndecidedError", "read_span"]


Ends = tuple[Fraction, Fraction]
ZERO, ONE, MINUS_ONE = ((Fraction(number),) * 2 for number in (0, 1, -1))


class UndecidedError(ArithmeticError):
    """What has no one answer all over the box: a comparison, a division, or no arithmetic.

    They are counted: a function that catches one goes on with a value that proves nothing.
    """

    raised = 0

    def __init__(self) -> None:
        super().__init__()
        UndecidedError.raised += 1


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

    def __neg__(self) -> "Span":
        return self._chain(_times(self.ends, MINUS_ONE), MINUS_ONE)

    def __pos__(self) -> "Span":
        return self

    def __abs__(self) -> "Span":
        return self if self >= 0 else -self

    def __add__(self, other: object) -> "Span":
        other = read_span(other)
        return Span(_add(self.ends, other.ends), _merge(self.slopes, other.slopes))

    def __sub__(self, other: object) -> "Span":
        return self + -read_span(other)

    def __mul__(self, other: object) -> "Span":
        other = read_span(other)
        ends = _times(self.ends, other.ends)
        mine, theirs = self._chain(ends, other.ends), other._chain(ends, self.ends)
        return Span(ends, _merge(mine.slopes, theirs.slopes))

    def __truediv__(self, other: object) -> "Span":
        other = read_span(other)
        inverse = other._invert()
        quotient = _times(self.ends, inverse)
        less = other._chain(quotient, _times(quotient, MINUS_ONE))
        return Span(quotient, _merge(self.slopes, less.slopes))._chain(quotient, inverse)

    def __pow__(self, power: object) -> "Span":
        power = read_number(power)
        if power is None or power.denominator != 1:
            raise UndecidedError
        power = int(power)
        if power < 0:
            return 1 / self**-power
        if power == 0:
            return read_span(1)
        outer = _times((Fraction(power),) * 2, self._raise(power - 1))
        return self._chain(self._raise(power), outer)

    __radd__, __rmul__ = __add__, __mul__

    def __rsub__(self, other: object) -> "Span":
        return -self + other

    def __rtruediv__(self, other: object) -> "Span":
        return read_span(other) / self

    def __lt__(self, other: object) -> bool:
        return self._compare(other, lambda low, high: (high < 0, low >= 0))

    def __le__(self, other: object) -> bool:
        return self._compare(other, lambda low, high: (high <= 0, low > 0))

    def __gt__(self, other: object) -> bool:
        return not self <= other

    def __ge__(self, other: object) -> bool:
        return not self < other

    def __eq__(self, other: object) -> bool:
        return self._compare(other, lambda low, high: (low == high == 0, low > 0 or high < 0))

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __bool__(self) -> bool:
        return self != 0

    def _refuse(self, *_: object) -> NoReturn:
        raise UndecidedError

    __float__ = __complex__ = __int__ = __index__ = __trunc__ = _refuse
    __round__ = __floor__ = __ceil__ = __hash__ = __getattr__ = _refuse
    __mod__ = __rmod__ = __floordiv__ = __rfloordiv__ = __divmod__ = __rdivmod__ = _refuse
    __rpow__ = _refuse

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

    def _compare(
        self, other: object, decide: Callable[[Fraction, Fraction], tuple[bool, bool]]
    ) -> bool:
        rest = self - other
        holds, fails = decide(rest.low, rest.high)
        if not (holds or fails):
            raise UndecidedError
        return holds


def read_span(number: object) -> Span:
    """Return a number as a span that no input moves, a span as it is; else raise UndecidedError."""
    if isinstance(number, Span):
        return number
    if (number := read_number(number)) is None:
        raise UndecidedError
    return Span((number, number), {})


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
