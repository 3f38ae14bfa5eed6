"""Reads one printed quantity: its number, unit, sign and qualifying words; nothing else."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import pairwise

from hyreport.codes import HEDGES
from hyreport.errors import HyreportError
from hyreport.numerals import CHARACTERS, NUMBER, read_number
from hyreport.wording import BOUNDS, SIDES, TELLING, TURNED, WORDS, Word, word_at, word_before

# 百 and 千 scale an Arabic number alone (3.19千亿); in a Chinese one they are digits' places.
SCALE = re.compile("(?<=[0-9])[百千]?(?:万亿|万|亿)?|(?:万亿|万|亿)?")
# Units that hold a character of a number; with 万 or 亿 before them they are read as well.
UNITS_WITH_NUMERALS = ("个百分点", "百分点", "千瓦", "千伏", "千克", "千米", "千卡")
LONGEST_UNIT = 12
# More words than any print has before a number; a bound keeps reading linear.
MOST_WORDS = 8
SIGNS = {"percent": "%", "permille": "‰"}
RANKS = ("", "位", "名")
# A number and its unit right before a dash: the dash joins two numbers and is no minus sign.
BEFORE_RANGE = re.compile(r"[0-9](?:[%‰]|[百千万亿]{0,2}[\u4e00-\u9fff]{0,2})?$")

WHAT = "one number with its own unit and qualifying words"
# Forms that are understood and not read: what shows them, what the error expects, how to mend.
REFUSED = tuple(
    (re.compile(pattern), expected, fix)
    for pattern, expected, fix in (
        (r"[²³¹½⅓¼¾①-⑳]", "plain digits", "type the number as the text prints it"),
        ("(?<![百千])分之", "no fraction", "三分之一 has no end in decimals: type it in no row"),
        ("[几数半]", "a whole number or decimals", "几, 数 and 半 are none: type it in no row"),
        (
            f"[0-9{CHARACTERS}]\\S*[-–—~至到]\\S*[0-9{CHARACTERS}]",
            "one number, not a range",
            "give each end a row of its own, the first at_least, the last at_most",
        ),
        (
            f"[{CHARACTERS}]{{2}}",
            "a Chinese numeral with every place said",
            "两万五 leaves one out, 二〇一八 all: type it in no row",
        ),
        ("[–—]", "a minus sign", "type the sign as -, or the number without the dash of a range"),
        ("^第", "a place in an order", "第 with 位, 名 or no unit; other units make a name"),
    )
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
    def is_fall(self) -> bool:
        """Whether a word of fall holds for the number; 降至 says a level and no fall."""
        return bool(self._falls())

    @property
    def is_negative(self) -> bool:
        """Whether a word of fall or a minus sign makes the number negative."""
        return self.is_fall or any(word.says == "minus" for word in self.before)

    @property
    def telling(self) -> tuple[Word, ...]:
        """The words that change sign, bound or certainty; 达 or the 降 of 降至 changes none."""
        words = [w for w in self.before if w.says in TELLING - {"fall"}] + self._falls()
        words.sort(key=self.before.index)
        return (*words, *(word for word in self.after if word.says in TELLING))

    def _falls(self) -> list[Word]:
        pairs = pairwise((*self.before, None))
        return [
            word
            for word, after in pairs
            if word.says == "fall" and (after is None or after.says != "to")
        ]


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
    The words and what they say stand in ``assets/words.csv``. A word of fall makes the number
    negative and turns its bound round, wherever the bound stands: a fall of more than 90 000
    (下降9万多) is less than -90 000; a fall of nearly 5% (下降近5%) is more than -5. A minus sign
    belongs to the number and turns nothing: -3.2%以上 is at least -3.2. 降至3% is a level of 3.
    倍 and 番 are units: 2倍 is twice, or growth by twice, as the indicator says.

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
    around = read_around(text, *match.span()) if match else None
    if around is None or (around.start, around.end) != (0, len(text)):
        raise _refusal(words, text)
    _check_words(around, words)
    value, decimals = read_number(match[0])
    qualifier, hedge = _read_words(around, words)
    number = words[places[match.start()] : places[match.end() - 1] + 1]
    if re.search(r"\s", number):
        raise PrintedError("printed quantity", repr(words), "a number without white space inside")
    return Printed(
        value=-value if around.is_negative else value,
        decimals=decimals,
        unit=_read_unit(around, words),
        qualifier=TURNED.get(qualifier, qualifier) if around.is_fall else qualifier,
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
    before, first = [], start
    while len(before) < MOST_WORDS and (word := word_before(text, first)):
        if word.word in "-−" and BEFORE_RANGE.search(text[max(0, first - 8) : first - 1]):
            break
        before.insert(0, word)
        first -= len(word.word)
    after: list[Word] = []
    last = _take(text, end, "inside", after)
    scale = SCALE.match(text, last)[0]
    last = _take(text, last + len(scale), "inside", after)
    unit = _unit_pattern(None if units is None else frozenset(units)).match(text, last)[0]
    last = _take(text, last + len(unit), "after", after)
    return Around(first, last, tuple(before), scale + unit, tuple(after))


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
        bare = {unit[SCALE.match(unit).end() :] for unit in units} | set(units)
        return re.compile("|".join(map(re.escape, sorted(bare, key=len, reverse=True))) + "|")
    words = "|".join(re.escape(row.word) for row in WORDS if _ends_unit(row))
    own = "|".join(UNITS_WITH_NUMERALS)
    character = f"(?!{words})[\u4e00-\u9fff/](?<![{CHARACTERS}])"
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


def _unify_character(character: str) -> str:
    # ² and ½ are no digits of the number beside them.
    if unicodedata.category(character) == "No":
        return character
    return unicodedata.normalize("NFKC", character)


def _read_unit(around: Around, words: str) -> str:
    said = {word.says for word in around.before}
    if "ordinal" in said:
        if around.unit not in RANKS or around.before[-1].says != "ordinal":
            raise _refusal(words, "第")
        return "第"
    signs = [SIGNS[says] for says in SIGNS if says in said]
    if signs and around.unit:
        raise PrintedError("printed quantity", repr(words), "one unit")
    return signs[0] if signs else around.unit


def _check_words(around: Around, words: str) -> None:
    """Refuse words that contradict one another, or say what no column holds."""
    says = [word.says for word in around.before]
    signs = says.count("fall") + says.count("minus")
    is_level = ("fall", "to") in pairwise(says)
    without = "type the number without it"
    faults = (
        ("rise" in says, "no word of rise", f"{without}: the indicator says it"),
        ("unread" in says, "no 将", f"{without}: its role says that it lies ahead"),
        (signs - is_level > 1, "one word of fall or one minus sign", "type the one that holds"),
        ("to" in says and not is_level, "至 after a word of fall only", without),
    )
    for is_fault, expected, fix in faults:
        if is_fault:
            raise PrintedError("printed quantity", repr(words), expected, fix)


def _read_words(around: Around, words: str) -> tuple[str, str]:
    """Return qualifier and hedge as printed, before a word of fall turns the bound."""
    says = {word.says for word in (*around.before, *around.after)}
    sides = [[bound for bound in side if bound in says] for side in SIDES]
    found = [side[-1] for side in sides if side]
    hedges = [hedge for hedge in HEDGES if hedge in says]
    if len(found) > 1 or len(hedges) > 1:
        raise PrintedError("printed quantity", repr(words), "at most one qualifying word a side")
    if "frame" in says and not found:
        fix = "type the number alone, and at_most in the column qualifier if it is a ceiling"
        raise PrintedError("printed quantity", repr(words), "控制在 with 以内, 以下 or 左右", fix)
    return (found[0] if found else "exact"), "".join(hedges)


def _refusal(words: str, text: str) -> PrintedError:
    """Return the error of a form that is not read, with its reason if it is a known one."""
    fix = "give each number of a list or range a row of its own"
    known = ((expected, fix) for form, expected, fix in REFUSED if form.search(text))
    return PrintedError("printed quantity", repr(words), *next(known, (WHAT, fix)))
