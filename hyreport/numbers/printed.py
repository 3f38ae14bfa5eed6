"""Reads one printed quantity: its number, unit, sign and qualifying words; nothing else."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache

from hyreport.errors import HyreportError
from hyreport.numbers.numerals import CHARACTERS, NUMBER, read_number
from hyreport.numbers.wording import (
    BOUNDS,
    SIDES,
    TELLING,
    TURNED,
    WORDS,
    Word,
    word_at,
    word_before,
)
from hyreport.words.codes import CODES
from hyreport.words.tables import read_words

__all__ = ["Around", "Printed", "PrintedError", "leading", "parse_printed", "read_around"]


# 百 and 千 scale an Arabic number alone (3.19千亿); in a Chinese one they are digits' places.
SCALE = re.compile("(?<=[0-9])[百千]?(?:万亿|万|亿)?|(?:万亿|万|亿)?")
# Units that hold a character of a number; with 万 or 亿 before them they are read as well.
UNITS_WITH_NUMERALS = ("个百分点", "百分点", "平方千米", "千瓦", "千伏", "千克", "千米", "千卡")
LONGEST_UNIT = 12
# More words than any print has before a number; a bound keeps reading linear.
MOST_WORDS = 8
SIGNS = {"percent": "%", "permille": "‰"}
RANKS = ("", "位", "名")
# 近5年 are the last five years and 前5年 the first ones: no bounds.
TIMES = ("年", "个月", "月", "周", "天", "日", "个季度", "季度")
DASHES = "-−"
# Before a dash that is no minus sign: a letter, a dash, or a number with its unit (a range).
COUNTED = "元人个名家年月日时天倍吨亩户成度次岁里米"
BEFORE_DASH = re.compile(f"[A-Za-z—–-]$|[0-9](?:[%‰]|[百千万亿]{{0,2}}[{COUNTED}]{{0,2}})$")

WHAT = "one number with its own unit and qualifying words"
TYPE_ONE = "type the one that holds"
WITHOUT = "type the number without it, and its qualifier in the column"
# Forms that are understood and not read: what shows them, what the error expects, how to mend.
REFUSED = tuple(
    (re.compile(row["form"].replace("{characters}", CHARACTERS)), row["expected"], row["fix"])
    for row in read_words("unread_prints", "form")
)


class PrintedError(HyreportError, ValueError):
    """Words that are not exactly one printed quantity."""


@dataclass(frozen=True)
class Printed:
    """One printed quantity.

    Attributes
    ----------
    value : Decimal
        The number as printed, negative after a word of fall or a minus sign; in the printed unit.
    decimals : int
        Digits printed after the point.
    unit : str
        Printed unit with its 万 or 亿; 第 for an ordinal; empty where none is printed.
    qualifier : str
        exact, about, at_least, at_most, more_than, less_than or nearly, said of `value`.
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


@dataclass(frozen=True)
class Around:
    """What stands directly around a number in a text.

    Attributes
    ----------
    start, end : int
        Place of the whole quantity: the number, its unit and the words of the table beside it.
    before, after : tuple of Word
        These words, in the order of the text; those inside the number count as after it.
    unit : str
        The unit with its 万 or 亿, every character of it.
    """

    start: int
    end: int
    before: tuple[Word, ...]
    unit: str
    after: tuple[Word, ...]

    @property
    def falls(self) -> tuple[Word, ...]:
        """The words of fall that hold for the number; the 降 of 降至 leads to a level."""
        following = [*(word.says for word in self.before), ""][1:]
        return tuple(
            word
            for word, after in zip(self.before, following, strict=True)
            if word.says == "fall" and after != "to"
        )

    @property
    def is_negative(self) -> bool:
        """Whether a word of fall or a minus sign makes the number negative."""
        return bool(self.falls) or any(word.says == "minus" for word in self.before)

    @property
    def telling(self) -> tuple[Word, ...]:
        """The words that change sign, bound or certainty; 达 or the 降 of 降至 changes none."""
        return tuple(
            word
            for word in (*self.before, *self.after)
            if word.says in TELLING and (word.says != "fall" or word in self.falls)
        )


@lru_cache(maxsize=10_000)  # a build reads each print several times
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
    The words and what they say stand in ``words/number_words.csv``. A word of fall makes the number
    negative and turns its bound round, wherever the bound stands: a fall of more than 90 000
    (下降9万多) is less than -90 000; a fall of nearly 5% (下降近5%) is more than -5. A minus sign
    belongs to the number and turns nothing: -3.2%以上 is at least -3.2. 降至3% is a level of 3.
    A word of rise says nothing about the number: whether 2倍 is a multiple or, in 增长2倍, growth
    by so much is said by the indicator, as with 8%.

    Examples
    --------
    >>> parse_printed("9万多").qualifier, parse_printed("下降9万多").qualifier
    ('more_than', 'less_than')
    >>> parse_printed("争取达到 8.5%").hedge
    'strive'
    >>> parse_printed("控制在百分之四点五以内").value, parse_printed("下降4.5%").value
    (Decimal('4.5'), Decimal('-4.5'))
    """
    text, places = _unify(words)
    match = NUMBER.search(text)
    if match is None:
        raise _refusal(words, text)
    around = read_around(text, *match.span())
    if (around.start, around.end) != (0, len(text)):
        raise _refusal(words, text)
    value, decimals = read_number(match[0])
    qualifier, hedge = _read_words(around, words)
    number = words[places[match.start()] : places[match.end() - 1] + 1]
    if re.search(r"\s", number):
        expected = "a number without white space inside"
        raise PrintedError("printed quantity", repr(words), expected, "type it in one piece")
    return Printed(
        value=value.copy_negate() if value and around.is_negative else value,
        decimals=decimals,
        unit=_read_unit(around, words),
        qualifier=qualifier,
        hedge=hedge,
        numeral="arabic" if match[0][0].isascii() and match[0][0].isdigit() else "chinese",
        number=number,
    )


def read_around(text: str, start: int, end: int, units: Iterable[str] | None = None) -> Around:
    """Return what stands directly around a number: the words of the table and the unit.

    Parameters
    ----------
    text : str
        A text without white space and in unified forms.
    start, end : int
        Place of the number in it.
    units : iterable of str, optional
        Printed units to look for, the longest first; without them a unit reaches to the next
        character that no unit has, which suits a text that is one quantity.

    Returns
    -------
    Around

    Examples
    --------
    >>> text = "同比减少约5.94万人次左右，"
    >>> around = read_around(text, 5, 9, units=["万人", "万人次"])
    >>> around.unit, [word.word for word in around.telling], around.is_negative
    ('万人次', ['减少', '约', '左右'], True)
    >>> text[around.start : around.end]
    '同比减少约5.94万人次左右'
    """
    before: list[Word] = []
    first = start
    while len(before) < MOST_WORDS and (word := word_before(text, first)):
        if word.word in DASHES and not _is_minus(text, first - 1, start):
            break
        if word.says == "to" and not _is_change(word_before(text, first - len(word.word))):
            break
        before.insert(0, word)
        first -= len(word.word)
    after: list[Word] = []
    last = _take(text, end, "inside", after)
    scale = leading(SCALE, text, last)
    last = _take(text, last + len(scale), "inside", after)
    rest = leading(SCALE, text, last)  # 1万多亿元
    last += len(rest)
    unit = leading(_unit_pattern(None if units is None else frozenset(units)), text, last)
    last = _take(text, last + len(unit), "after", after)
    return Around(first, last, tuple(before), scale + rest + unit, tuple(after))


def leading(pattern: re.Pattern[str], text: str, at: int = 0) -> str:
    """Return what a pattern finds at this very place of a text, "" where that is nothing.

    >>> leading(SCALE, "3万元", 1)
    '万'
    """
    found = pattern.match(text, at)
    return found[0] if found else ""


def _is_minus(text: str, dash: int, number: int) -> bool:
    """Whether a dash is a minus sign: before an Arabic number, and joining nothing to it."""
    return text[number : number + 1].isascii() and not BEFORE_DASH.search(
        text[max(0, dash - 8) : dash]
    )


def _is_change(word: Word | None) -> bool:
    return word is not None and word.says in ("fall", "rise")


def _take(text: str, at: int, place: str, found: list[Word]) -> int:
    """Append the words of one place that stand in a row; return where they end."""
    while len(found) < MOST_WORDS and (word := word_at(text, at, place)):
        found.append(word)
        at += len(word.word)
    return at


@cache
def _unit_pattern(units: frozenset[str] | None) -> re.Pattern:
    """Return the pattern of a unit without its 万 or 亿; it may be empty."""
    if units is not None:
        bare = {unit.removeprefix(leading(SCALE, unit)) for unit in units} | set(units)
        known = "|".join(map(re.escape, sorted(bare, key=len, reverse=True)))
        # 户次 and 元/吨 are other units than 户 and 元, listed or not.
        return re.compile(f"(?:{known})?次?(?:/[百千万亿]{{0,2}}(?:{known}|[\u4e00-\u9fff]))?")
    words = "|".join(re.escape(row.word) for row in WORDS if _ends_unit(row))
    own = "|".join(UNITS_WITH_NUMERALS)
    character = f"/[百千万亿]{{0,2}}|(?!{words})[\u4e00-\u9fff](?<![{CHARACTERS}])"
    return re.compile(f"[%‰]|(?:{own})?(?:{character}){{0,{LONGEST_UNIT}}}")


def _ends_unit(row: Word) -> bool:
    """Whether a word is in no unit; 增 and 降 are, in 十三连增."""
    return row.says in BOUNDS or (row.says != "apart" and len(row.word) > 1)


def _unify(words: str) -> tuple[str, list[int]]:
    """Return the words in unified forms without white space, and the place of each character."""
    forms = [
        (place, form)
        for place, character in enumerate(words)
        for form in _unify_character(character)
        if not form.isspace()
    ]
    return "".join(form for _, form in forms), [place for place, _ in forms]


@cache
def _unify_character(character: str) -> str:
    form = unicodedata.normalize("NFKC", character)
    # The digits of ², ½ and ㎡ are none of the number beside them.
    is_number = unicodedata.category(character) == "No" or re.search("[0-9]", form)
    return character if is_number and not character.isdecimal() else form


def _read_unit(around: Around, words: str) -> str:
    said = {word.says for word in around.before}
    if "ordinal" in said:
        if around.unit not in RANKS or around.before[-1].says != "ordinal":
            raise _refusal(words, "第")
        return "第"
    signs = [SIGNS[says] for says in SIGNS if says in said]
    if signs and around.unit:
        raise PrintedError("printed quantity", repr(words), "one unit", TYPE_ONE)
    return signs[0] if signs else around.unit


def _read_words(around: Around, words: str) -> tuple[str, str]:
    """Return qualifier and hedge; refuse words that contradict one another or say too little."""
    found = (*around.before, *around.after)
    says = [word.says for word in found]
    bounds = [max(side, key=side.index) for one in SIDES if (side := [b for b in one if b in says])]
    hedges = [hedge for hedge in CODES["hedge"] if hedge in says]
    for is_so, expected, fix in (
        ("unread" in says, "no 将 or 有望", f"{WITHOUT}: its role says that it lies ahead"),
        ("denied" in says, "a change that came about", "type it in no row: 不增长 prints none"),
        (len(bounds) > 1, "bounding words of one side", TYPE_ONE),
        (len(hedges) > 1, "one hedge", TYPE_ONE),
        (len(around.falls) + says.count("minus") > 1, "one word of fall or minus sign", TYPE_ONE),
        (around.falls and "rise" in says, "a fall or a rise", TYPE_ONE),
        ("minus" in says and "nearly" in says, "no minus sign after 近: it opens no side", WITHOUT),
        ("frame" in says and not bounds, "以内, 以下 or 左右 after 控制在", WITHOUT),
        (around.unit in TIMES and _has(found, "近", "前"), "no 近 or 前 before a time", WITHOUT),
    ):
        if is_so:
            raise PrintedError("printed quantity", repr(words), expected, fix)
    qualifier = bounds[0] if bounds else "exact"
    return TURNED.get(qualifier, qualifier) if around.falls else qualifier, "".join(hedges)


def _has(found: tuple[Word, ...], *words: str) -> bool:
    return any(word.word in words for word in found)


def _refusal(words: str, text: str) -> PrintedError:
    """Return the error of a form that is not read, with its reason if it is a known one."""
    fix = "give each number of a list or range a row of its own"
    known = ((expected, fix) for form, expected, fix in REFUSED if form.search(text))
    return PrintedError("printed quantity", repr(words), *next(known, (WHAT, fix)))
