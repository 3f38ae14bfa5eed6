"""Numbers as reports print them: Arabic, Chinese and the Roman ones of classes."""

import re
from decimal import Decimal

__all__ = ["CHARACTERS", "DIGITS", "NUMBER", "read_number"]


ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5}
DIGITS = {digit: number for number, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
PLACES = {"十": 10, "百": 100, "千": 1000}
GROUPS = {"万": 10**4, "亿": 10**8}
# Characters that make a number: no unit begins with one, 万 and its like apart.
CHARACTERS = "".join(DIGITS) + "".join(PLACES) + "".join(GROUPS) + "几数半"


def _pattern() -> str:
    """Return the pattern of one number; Chinese ones with every place said (no 两万五)."""
    digit, zero = "[一二三四五六七八九两]", "[零〇]"
    tens = f"{digit}?十{digit}?"
    rest = f"{zero}(?:{digit}十{digit}?|{digit})"
    hundreds = f"{digit}百(?:{tens}|{rest})?"
    thousands = f"{digit}千(?:{hundreds}|{rest})?"
    section = f"(?:{thousands}|{hundreds}|{tens}|{digit})"
    low = f"(?:{thousands}|{zero}{hundreds}|{rest})"
    # A lone 万 or 亿 at the end belongs to the unit, as after an Arabic number: 三百 万元.
    ten_thousands = f"{section}万{low}"
    upper = f"{section}亿(?:{zero}?{section}万{low}?|{low})"
    whole = f"(?:{upper}|{ten_thousands}|{section}|{zero})"
    chinese = f"{whole}(?:点[零〇一二三四五六七八九]+)?|(?<=分之)百"
    separated = r"[0-9]{1,3}(?:,[0-9]{3})+"
    arabic = rf"(?<![0-9.,])(?:{separated}|[0-9]+)(?:\.[0-9]+)?(?![.,]?[0-9])"
    roman = r"(?<![A-Za-z])(?:I{1,3}|IV|V)(?![A-Za-z])"
    return f"{arabic}|{chinese}|{roman}"


NUMBER = re.compile(_pattern())


def read_number(number: str) -> tuple[Decimal, int]:
    """Return the value of a number and the digits printed after its point.

    Parameters
    ----------
    number : str
        What `NUMBER` matches.

    Returns
    -------
    value : Decimal
    decimals : int

    Examples
    --------
    >>> read_number("1,234.50"), read_number("一千零二十")
    ((Decimal('1234.50'), 2), (Decimal('1020'), 0))
    >>> read_number("八点五"), read_number("IV")
    ((Decimal('8.5'), 1), (Decimal('4'), 0))
    """
    if number in ROMAN:
        return Decimal(ROMAN[number]), 0
    if number[0] not in CHARACTERS:
        return Decimal(number.replace(",", "")), len(number.partition(".")[2])
    whole, _, after_point = number.partition("点")
    decimals = "".join(str(DIGITS[digit]) for digit in after_point)
    return Decimal(f"{_read_whole(whole)}.{decimals}".rstrip(".")), len(decimals)


def _read_whole(number: str) -> int:
    total = section = digit = 0
    for character in number:
        if character in DIGITS:
            digit = DIGITS[character]
        elif character in PLACES:
            section += (digit or 1) * PLACES[character]
            digit = 0
        else:
            total += (section + digit) * GROUPS[character]
            section = digit = 0
    return total + section + digit
