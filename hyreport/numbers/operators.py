"""What Python's operators do with a number that has an interval: compare it, or refuse in a line.

Arithmetic would lose the interval, or guess unit and formula: `compute` asks for them.
"""

from collections.abc import Callable
from dataclasses import fields
from decimal import Decimal
from fractions import Fraction
from numbers import Real
from typing import Any

from hyreport.errors import BasisError, IntervalError
from hyreport.numbers.units import conversion_factor, why_apart
from hyreport.numbers.writing import read_number, say_interval

__all__ = ["Interval"]


class Interval:
    """A number with `value`, `low`, `high` and `unit`, as operators take it.

    `float(number)` is its value alone. One is greater than another, or than a bare number in the
    same unit, where all its interval is; where intervals overlap neither answer is sure, and that
    is an error. So is arithmetic.
    """

    value: Decimal
    low: Decimal | None
    high: Decimal | None
    unit: str

    def __float__(self) -> float:
        """Return the value without its interval."""
        return float(self.value)

    def __eq__(self, other: object) -> bool:
        """Say whether two are the same in all they hold, or whether this is exactly a number."""
        if type(other) is type(self):
            return _fields(self) == _fields(other)
        number = read_number(other)
        if number is None:
            return NotImplemented
        low, high = _ends(self)
        if low == number == high:
            return True
        if (low is not None and number < low) or (high is not None and number > high):
            return False
        raise _overlap(self, other, "==")

    def __hash__(self) -> int:
        """Return one number for two that are the same in all they hold."""
        return hash(_fields(self))

    def __lt__(self, other: object) -> bool:
        """Say whether all of this interval is below the other."""
        return _compare(self, other, "<")

    def __le__(self, other: object) -> bool:
        """Say whether none of this interval is above the other."""
        return _compare(self, other, "<=")

    def __gt__(self, other: object) -> bool:
        """Say whether all of this interval is above the other."""
        return _compare(self, other, ">")

    def __ge__(self, other: object) -> bool:
        """Say whether none of this interval is below the other."""
        return _compare(self, other, ">=")


def _fields(number: Any) -> tuple:
    return tuple(getattr(number, field.name) for field in fields(number))


def _compare(left: Interval, right: object, sign: str) -> bool:
    if not isinstance(right, Interval) and read_number(right) is None:
        return NotImplemented
    if type(right) is type(left) and left == right:
        return sign in ("<=", ">=")
    low, high = _ends(left)
    other_low, other_high = _ends_in(left.unit, right, f"{_name(left)} {sign} {_name(right)}")
    if sign in (">", ">="):
        low, high, other_low, other_high = other_low, other_high, low, high
    strict = sign in ("<", ">")
    if _reaches(high, other_low, strict=strict):
        return True
    if _reaches(other_high, low, strict=not strict):
        return False
    raise _overlap(left, right, sign)


def _reaches(high: Fraction | None, low: Fraction | None, *, strict: bool) -> bool:
    """Say whether an interval ends before another begins; never where an end is open."""
    if high is None or low is None:
        return False
    return high < low if strict else high <= low


def _overlap(left: Interval, right: object, sign: str) -> IntervalError:
    return IntervalError(
        f"{_name(left)} {sign} {_name(right)}",
        f"intervals that overlap: {_say(left)}, and {_say(right)}",
        "two numbers that rounding and wording tell apart",
        "float(number) compares the printed numbers alone; low and high are the ends",
    )


def _ends(item: Any) -> tuple[Fraction | None, Fraction | None]:
    if isinstance(item, Interval):
        return read_number(item.low), read_number(item.high)
    return read_number(item), read_number(item)


def _ends_in(unit: str, item: Any, place: str) -> tuple[Fraction | None, ...]:
    """Return the ends in a unit; a bare number is in it already."""
    if not isinstance(item, Interval) or item.unit == unit:
        return _ends(item)
    try:
        factor = conversion_factor(item.unit, unit)
    except IntervalError:
        found = f"{unit or 'no unit'} and {item.unit or 'no unit'}"
        raise BasisError(place, found, "numbers of one kind", why_apart(unit, item.unit)) from None
    return tuple(None if end is None else end * factor for end in _ends(item))


def _say(item: Any) -> str:
    return say_interval(item.low, item.high) if isinstance(item, Interval) else f"exactly {item}"


def _name(item: Any) -> str:
    return getattr(item, "figure_id", "") or str(getattr(item, "value", item))


def _refusal(sign: str, *, swapped: bool) -> Callable:
    """Return the method that says what to use in place of an operator."""

    def refuse(self: Interval, other: Any) -> Any:
        if not isinstance(other, Interval | Real | Decimal):
            return NotImplemented
        sides = [self, other] if not swapped else [other, self]
        names = iter("ab")
        used = [next(names) if isinstance(side, Interval) else str(side) for side in sides]
        asked = [name for name, side in zip(used, sides, strict=True) if isinstance(side, Interval)]
        inputs = ", ".join(f"{name}=..." for name in asked)
        function = f"lambda {', '.join(asked)}: {used[0]} {sign} {used[1]}"
        raise IntervalError(
            f"{_name(sides[0])} {sign} {_name(sides[1])}",
            f"arithmetic that would lose the interval, {_say(self)}",
            "hy.compute, which carries it",
            f"write hy.compute({function}, {inputs}, unit=..., formula=...); "
            "float(number) is the number alone",
        )

    return refuse


SIGNS = {"add": "+", "sub": "-", "mul": "*", "truediv": "/", "floordiv": "//", "mod": "%"}
SIGNS |= {"pow": "**"}
for _word, _sign in SIGNS.items():
    setattr(Interval, f"__{_word}__", _refusal(_sign, swapped=False))
    setattr(Interval, f"__r{_word}__", _refusal(_sign, swapped=True))
