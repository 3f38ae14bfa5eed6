"""How large one unit is in another: an exact factor, or why there is none.

A unit is a scale (`words/unit_scales.csv`) and what is counted (`words/unit_sizes.csv`); what
neither table has, such as yuan at the prices of a year, can change its scale alone.
"""

import unicodedata
from fractions import Fraction
from typing import NamedTuple

from hyreport.errors import IntervalError, nearest
from hyreport.words.language import LABELS
from hyreport.words.tables import read_words

__all__ = ["conversion_factor", "name_unit", "why_apart"]


LANGUAGES = ("en", "zh")
SCALES = {
    language: {row[language]: int(row["size"]) for row in read_words("unit_scales", "en")}
    for language in LANGUAGES
}
ROWS = read_words("unit_sizes", "en")
SIZES = {row["en"]: (Fraction(row["size"]), row["of"]) for row in ROWS}
ENGLISH = {row["zh"]: row["en"] for row in ROWS if row["zh"]}
ENGLISH_SCALE = {row["zh"]: row["en"] for row in read_words("unit_scales", "en")}
NUMBER = "number"
# Why two units that are often mixed up have nothing in common, by what each measures.
APART = {
    frozenset(("percent", "percentage points")): "percent is a share or a rate, percentage points "
    "are the difference of two: compute one with hy.compute",
    frozenset(("yuan", "US dollars")): "a rate of exchange is needed: give it to hy.compute with "
    "hy.stated(rate, unit='yuan per US dollar', formula='whose it is')",
}


class Unit(NamedTuple):
    """A unit: how many of what it is, in English words."""

    size: Fraction
    of: str
    name: str


def conversion_factor(unit: str, other: str) -> Fraction:
    """Return how many of another unit make one of this unit.

    Parameters
    ----------
    unit, other : str
        As tables show them, in English or Chinese: 100 million yuan, 亿元, million persons.

    Raises
    ------
    IntervalError
        Where they measure different things; the message says why, or names units that fit.

    Examples
    --------
    >>> conversion_factor("100 million yuan", "billion yuan"), conversion_factor("万人", "人")
    (Fraction(1, 10), Fraction(10000, 1))
    """
    here, there = _read(unit), _read(other)
    if here.of == there.of:
        return here.size / there.size
    fitting = [name for name in LABELS if _read(name).of == here.of]
    fix = why_apart(unit, other) or nearest(other, fitting, otherwise="")
    expected = f"a unit of {here.of}" if here.of else "a number with a unit"
    raise IntervalError(f"to({other!r})", f"a number in {unit or 'no unit'}", expected, fix)


def why_apart(unit: str, other: str) -> str:
    """Say why two units that are often mixed up have nothing in common; blank for others.

    >>> why_apart("percent", "percentage points").partition(":")[0]
    'percent is a share or a rate, percentage points are the difference of two'
    """
    return APART.get(frozenset((_read(unit).of, _read(other).of)), "")


def name_unit(unit: str) -> str:
    """Return the English name of a unit in either language, as the tables have it.

    >>> name_unit("万元"), name_unit("billion yuan"), name_unit("万户")
    ('10 thousand yuan', 'billion yuan', '10 thousand 户')
    """
    return _read(unit).name


def _read(unit: str) -> Unit:
    """Read a unit: the longest scale that it begins with, and what is counted."""
    if not isinstance(unit, str):
        raise IntervalError(f"to({unit!r})", repr(unit), "a unit, such as 'billion yuan'")
    text = " ".join(unicodedata.normalize("NFKC", unit).split())
    if text in SIZES or text in ENGLISH:
        return _scaled("", 1, text)
    for language, gap in zip(LANGUAGES, (" ", ""), strict=True):
        scales = SCALES[language]
        for scale in sorted(scales, key=len, reverse=True):
            if text == scale or text.startswith(scale + gap):
                counted = text[len(scale) :].strip() or NUMBER
                return _scaled(ENGLISH_SCALE.get(scale, scale), scales[scale], counted)
    return _scaled("", 1, text)


def _scaled(scale: str, scale_size: int, counted: str) -> Unit:
    counted = ENGLISH.get(counted, counted)
    size, of = SIZES.get(counted, (Fraction(1), counted))
    counted = of if size == 1 else counted  # people are persons
    # The tables call ten thousand of a number "10 thousand".
    name = scale if scale and counted == NUMBER else f"{scale} {counted}".strip()
    return Unit(size * scale_size, of, name)
