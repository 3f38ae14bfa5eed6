"""Reads a number exactly, and writes one with its interval and unit."""

from decimal import Decimal
from fractions import Fraction
from numbers import Rational, Real

__all__ = ["plain", "read_number", "say_interval", "say_number", "with_unit", "write"]


def read_number(number: object) -> Fraction | None:
    """Return a finite number as an exact fraction, a float by the digits it prints; else None.

    >>> read_number(0.1), read_number(True), read_number(float("nan")), read_number("1")
    (Fraction(1, 10), None, None, None)
    """
    if type(number) is Fraction:  # as most are, and the rest takes longer than the arithmetic
        return number
    if isinstance(number, bool) or not isinstance(number, Real | Decimal):
        return None
    if isinstance(number, Rational):
        return Fraction(int(number.numerator), int(number.denominator))
    text = str(number) if isinstance(number, Decimal) else repr(float(number))
    return Fraction(text) if Decimal(text).is_finite() else None


def plain(number: Decimal) -> str:
    """Write a decimal without exponent."""
    return format(number, "f")


def write(number: object) -> str:
    """Write a number of any kind as a text; an open end is blank."""
    return "" if number is None else plain(number) if isinstance(number, Decimal) else str(number)


def with_unit(number: str, unit: str) -> str:
    """Write a number with its unit so that a unit of millions is not read as digits.

    >>> with_unit("252.01", "100 million yuan")
    '252.01 × 100 million yuan'
    """
    return f"{number} × {unit}" if unit[:1].isdigit() else f"{number} {unit}".strip()


def say_interval(low: object, high: object) -> str:
    """Say what lies between two ends; an open end is None or blank.

    >>> say_interval("8.45", "8.55"), say_interval(Decimal("8"), None), say_interval("", "4.5")
    ('from 8.45 to 8.55', '8 or more', '4.5 or less')
    >>> say_interval(3, 3), say_interval(None, None)
    ('exactly 3', 'no bound said')
    """
    low, high = write(low), write(high)
    if low and high:
        return f"exactly {low}" if low == high else f"from {low} to {high}"
    if low or high:
        return f"{low} or more" if low else f"{high} or less"
    return "no bound said"


def say_number(value: object, low: object, high: object, *, unit: str = "") -> str:
    """Say a number with its interval and unit, in one line.

    >>> say_number("8.5", "8.45", "8.55", unit="percent"), say_number("4.1", None, None)
    ('8.5 [8.45, 8.55] percent', 'about 4.1, no bound said')
    >>> say_number("8", "8", None, unit="percent"), say_number("8.2", "8.1", None)
    ('8 or more percent', '8.2 [8.1 or more]')
    """
    value, low, high = (write(number) for number in (value, low, high))
    if not (low or high):
        return f"{with_unit(f'about {value}', unit)}, {say_interval(low, high)}"
    if low and high:
        interval = "" if low == high else f" [{low}, {high}]"
    else:
        words = say_interval(low, high)
        interval = words.removeprefix(value) if value == (low or high) else f" [{words}]"
    return with_unit(f"{value}{interval}", unit)
