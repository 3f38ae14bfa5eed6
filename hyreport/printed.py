"""Reads one printed quantity: its number, unit, sign and qualifying words; nothing else."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from hyreport.errors import HyreportError

ARABIC_NUMBER = r"\d+(?:\.\d+)?"
CHINESE_NUMBER = "[零一二三四五六七八九十两]+"
ROMAN_NUMBERS = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5}

QUALIFIERS_BEFORE = {
    "突破": "at_least",
    "超过": "at_least",
    "不低于": "at_least",
    "过": "more_than",
    "逾": "more_than",
    "近": "nearly",
    "前": "at_most",
}
QUALIFIERS_INSIDE = {"多": "more_than", "余": "more_than"}
QUALIFIERS_AFTER = {"以上": "at_least", "以内": "at_most", "及以下": "at_most", "左右": "about"}
HEDGES = {
    "争取达到": "strive",
    "争取": "strive",
    "力争达到": "strive",
    "力争": "strive",
    "确保": "ensure",
}
MIRRORED = {"at_least": "at_most", "at_most": "at_least"}


def _any_of(words) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


PRINTED = re.compile(
    rf"(?P<hedge>{_any_of(HEDGES)})?"
    rf"(?P<before>{_any_of(QUALIFIERS_BEFORE)})?"
    r"(?P<sign>下降|-)?"
    r"(?P<ordinal>第)?"
    rf"(?P<number>{ARABIC_NUMBER}|{CHINESE_NUMBER}|{_any_of(ROMAN_NUMBERS)})"
    r"(?P<scale>[万亿]?)"
    rf"(?P<inside>{_any_of(QUALIFIERS_INSIDE)})?"
    r"(?P<unit>%|[\u4e00-\u9fff]*?)"
    rf"(?P<after>{_any_of(QUALIFIERS_AFTER)})?"
)


class PrintedError(HyreportError, ValueError):
    """Words that are not exactly one printed quantity."""


@dataclass(frozen=True)
class Printed:
    """One printed quantity.

    Attributes
    ----------
    value : Decimal
        The number as printed, negative after 下降; in the printed unit.
    decimals : int
        Digits printed after the point.
    unit : str
        Printed unit with its 万 or 亿; 第 for an ordinal; empty where none is printed.
    qualifier : str
        exact, about, at_least, at_most, more_than or nearly.
    hedge : str
        strive, ensure or empty.
    numeral : str
        arabic or chinese.
    number : str
        The number's own characters as they stand in print.
    """

    value: Decimal
    decimals: int
    unit: str
    qualifier: str
    hedge: str
    numeral: str
    number: str


def parse_printed(words: str) -> Printed:
    """Parse one printed quantity with its own unit and qualifying words.

    Parameters
    ----------
    words : str
        For example ``"8%以上"``; full-width forms and white space make no difference.

    Returns
    -------
    Printed

    Raises
    ------
    PrintedError
        Where the words hold no number, more than one, or anything the grammar does not know.

    Notes
    -----
    Qualifiers follow FIELD usage of Chinese target wording: 以上, 突破 at least; 以内, 及以下 at
    most; 左右 about; 多, 余, 逾 more than; 近 nearly. After 下降 the bounds turn round.

    Examples
    --------
    >>> parse_printed("9万多").qualifier
    'more_than'
    >>> parse_printed("争取达到 8.5%").hedge
    'strive'
    >>> parse_printed("下降4.5%").value
    Decimal('-4.5')
    """
    text = re.sub(r"\s+", "", unicodedata.normalize("NFKC", words))
    match = PRINTED.fullmatch(text)
    if match is None:
        raise PrintedError(
            "printed quantity",
            repr(words),
            "one number with its own unit and qualifying words",
            "give each number of a list or range a row of its own",
        )
    part = match.groupdict(default="")
    found = [
        words_of[part[place]]
        for place, words_of in (
            ("before", QUALIFIERS_BEFORE),
            ("inside", QUALIFIERS_INSIDE),
            ("after", QUALIFIERS_AFTER),
        )
        if part[place]
    ]
    if len(found) > 1:
        raise PrintedError("printed quantity", repr(words), "at most one qualifying word")
    value, decimals, numeral = _read_number(part["number"])
    qualifier = found[0] if found else "exact"
    if part["sign"]:
        value, qualifier = -value, MIRRORED.get(qualifier, qualifier)
    return Printed(
        value=value,
        decimals=decimals,
        unit=part["ordinal"] or part["scale"] + part["unit"],
        qualifier=qualifier,
        hedge=HEDGES.get(part["hedge"], ""),
        numeral=numeral,
        number=_as_it_stands(words, part["number"]),
    )


def _read_number(number: str) -> tuple[Decimal, int, str]:
    if re.fullmatch(ARABIC_NUMBER, number):
        return Decimal(number), len(number.partition(".")[2]), "arabic"
    if number in ROMAN_NUMBERS:
        return Decimal(ROMAN_NUMBERS[number]), 0, "chinese"
    return Decimal(_read_chinese(number)), 0, "chinese"


def _read_chinese(number: str) -> int:
    """Read a Chinese numeral below one hundred, the only ones a count or rank here needs."""
    digits = {"两": 2} | {
        digit: int(unicodedata.numeric(digit)) for digit in "零一二三四五六七八九"
    }
    tens, ten, ones = number.rpartition("十")
    if len(tens) > 1 or len(ones) > 1 or "十" in tens:
        raise PrintedError("printed quantity", repr(number), "a Chinese numeral below one hundred")
    return (digits.get(tens, 1) * 10 if ten else 0) + digits.get(ones, 0)


def _as_it_stands(words: str, number: str) -> str:
    """Return the number's characters in print, before full-width and Roman forms are unified."""
    for start in range(len(words)):
        for end in range(start + 1, len(words) + 1):
            if unicodedata.normalize("NFKC", words[start:end]) == number:
                return words[start:end]
    raise PrintedError("printed quantity", repr(words), "a number without white space inside")
