"""Whether a number that is kept as text is the one that was recomputed."""

from fractions import Fraction
from math import ceil, floor

FLOATS = 1e-4  # the last digit of a forecast may hang on how floats are summed


def count_digits(text):
    return len(text.partition(".")[2])


def is_shown(text, number, end, *, forecast):
    """Tell whether a text is the number: a value to the nearest, its ends outwards."""
    if not text or number is None:
        return not text and number is None
    step = 10 ** count_digits(text)
    if forecast:
        return abs(float(text) - float(number)) <= 0.5 / step + FLOATS
    if end == "value":
        return abs(Fraction(text) - number) <= Fraction(1, 2 * step)
    outwards = floor if end == "low" else ceil
    return Fraction(text) == Fraction(outwards(number * step), step)
