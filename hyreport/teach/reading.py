"""Reads an answer as students type it: numbers with signs, marks and units, and plain words."""

import re
import unicodedata
from decimal import Decimal
from numbers import Rational, Real
from typing import Any, NamedTuple

from hyreport.errors import HyreportError
from hyreport.numbers.numerals import DIGITS
from hyreport.numbers.numerals import NUMBER as NUMERAL
from hyreport.numbers.numerals import read_number as read_numeral
from hyreport.words.tables import read_words

__all__ = [
    "COUNT",
    "MONEY",
    "PERCENT",
    "POINTS",
    "YEAR",
    "Unreadable",
    "is_missing",
    "plain_word",
    "read_number",
]


PERCENT, POINTS, MONEY = "percent", "percentage points", "100 million yuan"
COUNT, YEAR = "targets", "calendar year"
# What may stand after a number: the kind of unit, and its size in the unit of the tasks.
UNITS = {
    row["word"]: (row["unit"], Decimal(row["size"])) for row in read_words("answer_units", "word")
}
CURRENCY = re.compile(r"\b(?:yuan|cny|rmb|renminbi)\b|人民币|¥")
HUNDRED_MILLION = re.compile(r"[×x*]?\s*\b(?:100 million|hundred million|1e8|10\^8)\b")
ABOUT = re.compile(r"\b(?:about|around|approximately|approx\.?|circa|ca\.)(?!\w)|[≈~=约]|大约")
FALL = re.compile(
    r"\b(?:minus|down(?: by)?|lower|(?:a )?(?:fall|decrease|decline) of|"
    r"(?:fell|decreased|declined)(?: by)?)\b|负|下降|减少"
)
# Words before a number that say nothing of it.
LEAD = re.compile(r"(?:(?:in|by|the|year)\b\s*)*")
BRACKETED = re.compile(r"\((.*)\)|\[(.*)\]")
# Traditional characters of units, by number: the font that travels holds the simple ones.
SIMPLE = str.maketrans("\u5104\u842c\u500b\u9ede\u5713", "亿万个点元")
NUMBER = re.compile(
    r"(?P<sign>[-+])?\s*"
    r"(?P<digits>"
    r"[1-9]\d{0,2}(?P<mark>[,. '_])\d{3}(?:(?P=mark)\d{3})*(?!\d)(?:(?!(?P=mark))[.,]\d+)"
    r"|[1-9]\d{0,2}(?:[, '_]\d{3})+(?![\d.,]\d)|\d+(?:[.,]\d+)?|[.,]\d+)(?P<power>e[-+]?\d+)?"
)
PERCENT_OF = "百分之"
# Digits in a row, as years are written: 二〇一六年.
ROW = re.compile(r"(?<![〇零一二三四五六七八九十百千万亿点])[零〇一二三四五六七八九]{4}(?=年|$)")
MINUS = str.maketrans(dict.fromkeys("−–—\u2012", "-"))


class Unreadable(HyreportError, ValueError):
    """An answer that is no number, or more than one, or has a unit that is none of the known."""


class Typed(NamedTuple):
    """A number as typed, in the task's size of its unit, and the kind of unit typed with it."""

    value: Decimal
    kind: str


def is_missing(answer: object) -> bool:
    """Say whether nothing was answered.

    >>> [is_missing(answer) for answer in (None, "  ", ..., 0)]
    [True, True, True, False]
    """
    return answer is None or answer is ... or (isinstance(answer, str) and not answer.strip())


def read_number(answer: Any, unit: str = "") -> Typed:
    """Read a number in the ways students type one.

    Parameters
    ----------
    answer : str, number, Computed or Figure
        Text may hold full-width digits, any minus sign, spaces, thousands separators, a decimal
        comma and a unit: `"162,3"`, `"1.62e2"`, `"16.23 billion yuan"`, `"１６２．３亿元"`.

    Returns
    -------
    Typed
        Money in 100 million yuan (亿元) where a unit was typed; the kind is "" where none was.

    Raises
    ------
    Unreadable
        With the fix in words a student can use.

    Examples
    --------
    >>> read_number("16.23 billion yuan")
    Typed(value=Decimal('162.30'), kind='100 million yuan')
    >>> read_number("−20,6 %").value
    Decimal('-20.6')
    """
    own_unit = ""
    if isinstance(getattr(answer, "value", None), Decimal):  # a Figure, or Computed
        answer, own_unit = answer.value, answer.unit
    elif hasattr(answer, "to_numpy"):
        answer = answer.to_numpy()
    answer = answer.item() if getattr(answer, "size", 0) == 1 else answer
    if isinstance(answer, bool) or not isinstance(answer, Real | Decimal | str):
        raise _unreadable(answer, "Type one number.")
    if isinstance(answer, str):
        return _read_text(answer.replace(unit, "") if unit not in UNITS else answer)
    if isinstance(answer, Rational) and not isinstance(answer, int):
        answer = float(answer)
    value = Decimal(str(answer))
    if not value.is_finite():
        raise _unreadable(answer, "Type one number; this one is not finite.")
    return Typed(value, own_unit if own_unit in (PERCENT, POINTS, MONEY) else "")


def _read_text(answer: str) -> Typed:
    text = unicodedata.normalize("NFKC", answer).lower().translate(MINUS).translate(SIMPLE)
    text = _write_digits(text)
    text = _open_brackets(text.strip().rstrip(" .。;"))
    text = HUNDRED_MILLION.sub("亿", ABOUT.sub(" ", text))
    falls = bool(FALL.search(text))
    text = FALL.sub(" ", text).strip().rstrip(" .。;")
    found = NUMBER.search(text)
    if not found:
        raise _unreadable(answer, "I find no number in it: type digits.")
    before, after = text[: found.start()], text[found.end() :]
    if re.search(r"\d", after):
        raise _unreadable(answer, "I find more than one number: type one.")
    kind, size = _read_unit(CURRENCY.sub(" ", before).strip(), after, answer)
    value = _read_digits(found["digits"], found["mark"], found["power"] or "")
    negative = falls or found["sign"] == "-"
    return Typed((-value if negative else value) * size, kind)


def _write_digits(text: str) -> str:
    """Write a number in Chinese numerals with digits.

    >>> _write_digits("负百分之八点五"), _write_digits("一百六十二点三亿元"), _write_digits("二")
    ('负8.5%', '162.3亿元', '2')
    >>> _write_digits("二〇一六年")
    '2016年'
    """
    text = ROW.sub(lambda found: "".join(str(DIGITS[digit]) for digit in found[0]), text)
    found = NUMERAL.search(text)
    if not found or re.search(r"\d", text):
        return text
    before, after = text[: found.start()], text[found.end() :]
    percent = "%" if before.endswith(PERCENT_OF) else ""
    before = before.removesuffix(PERCENT_OF)
    return f"{before}{read_numeral(found[0])[0]}{percent}{after}"


def _open_brackets(text: str) -> str:
    """Take off brackets round the whole answer."""
    found = BRACKETED.fullmatch(text)
    return next(filter(None, found.groups()), "") if found else text


def _read_digits(digits: str, mark: str | None, power: str) -> Decimal:
    """Take the mark of thousands out; the other of point and comma is the decimal one."""
    if mark is None and re.fullmatch(r"[1-9]\d{0,2}(?:[, '_]\d{3})+", digits):
        mark = digits[-4]
    if mark:
        digits = digits.replace(mark, "")
    return Decimal(digits.replace(",", ".") + power)


def _read_unit(before: str, after: str, answer: str) -> tuple[str, Decimal | int]:
    words = re.sub(r"(?<=[\u3400-\u9fff]) (?=[\u3400-\u9fff])", "", " ".join(after.split()))
    if not LEAD.fullmatch(before):
        raise _unreadable(answer, f"I read the number, but not {before!r} before it.")
    if words in UNITS:
        return UNITS[words]
    scale = " ".join(CURRENCY.sub(" ", words).split())
    if not scale:
        return ("", 1) if not words else UNITS["yuan"]
    if scale in UNITS:
        return UNITS[scale]
    raise _unreadable(answer, f"I read the number, but not the unit {words!r}.")


def _unreadable(answer: object, fix: str) -> Unreadable:
    return Unreadable("the answer", repr(answer), "one number", fix)


def plain_word(answer: object) -> str:
    """Write a word so that case, width, spaces, hyphens and quotes do not matter."""
    text = unicodedata.normalize("NFKC", str(answer)).lower().translate(SIMPLE)
    text = re.sub(r"can(?:['’]| no)t", "cannot", re.sub("[_-]", " ", text))
    return "".join(text.strip(" .。\"'“”‘’`#").split())
