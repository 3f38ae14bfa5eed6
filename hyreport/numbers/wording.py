"""The words that stand around a printed number, and what each says; the table is number_words.csv.

One table serves reading a number (printed.py) and comparing a copy with the print (verify.py).
Whoever meets a new word adds a row to words/number_words.csv and no code.
"""

from typing import NamedTuple

from hyreport.data.schema import Column, Table
from hyreport.data.tables import read_table
from hyreport.paths import PACKAGE
from hyreport.words.codes import CODES, Code

PLACES = {
    "before": Code("before the number, other words of the table between or not", "数前"),
    "inside": Code("between the number or its 万, 亿 and the unit", "数中"),
    "after": Code("after the unit", "数后"),
}
SAYS = (
    {code: name for code, name in CODES["qualifier"].items() if code != "exact"}
    | CODES["hedge"]
    | {
        "fall": Code("a fall: the number is negative, and a bound turns round", "下降"),
        "minus": Code("a minus sign: the number is negative, and nothing turns", "负号"),
        "to": Code("after a word of fall or rise: the number is a level, not a change", "至"),
        "rise": Code("a rise: nothing about the number, whose indicator says that it grew", "上升"),
        "percent": Code("percent, its unit said before the number", "百分之"),
        "permille": Code("per mille, its unit said before the number", "千分之"),
        "ordinal": Code("a place in an order", "第"),
        "frame": Code("nothing alone: a bounding word must follow (控制在3%以内)", "控制在"),
        "filler": Code("nothing about the number", "达"),
        "unread": Code("what no column holds: not yet reached", "将达"),
        "denied": Code("what no column holds: a change that did not come about", "未增长"),
        "apart": Code("another word, which only ends or begins like one of the table", "节约"),
    }
)
# Bounds from the loosest to the strictest of one side: two words of one side say the stricter.
SIDES = (("at_least", "more_than"), ("at_most", "nearly", "less_than"), ("about",))
# What a bound on a fall of so much says about the negative number.
TURNED = {
    "at_least": "at_most",
    "at_most": "at_least",
    "more_than": "less_than",
    "less_than": "more_than",
    "nearly": "more_than",
}
BOUNDS = frozenset(bound for side in SIDES for bound in side)
# What changes the sign, the bound or the certainty of a number that it stands beside.
TELLING = BOUNDS | set(CODES["hedge"]) | {"fall", "minus", "unread", "denied"}


class Word(NamedTuple):
    """One word of the table: where it stands, and what it says there (one of `SAYS`)."""

    word: str
    place: str
    says: str


TABLE = Table(
    "words",
    (
        Column("word", "text", "The word in unified forms (half-width)"),
        Column("place", "text", "Where it stands", allowed=PLACES),
        Column("says", "text", "What it says there", allowed=SAYS),
    ),
    ("word", "place"),
    "Every word that stands beside a number and is no part of its unit.",
)
WORDS = tuple(Word(**row) for row in read_table(PACKAGE / "words" / "number_words.csv", TABLE))
_BY_PLACE = {place: {row.word: row for row in WORDS if row.place == place} for place in PLACES}
_LONGEST = max(len(row.word) for row in WORDS)


def word_before(text: str, end: int) -> Word | None:
    """Return the longest word before a number that ends at a place of a text.

    >>> word_before("不超过3%", 3).says, word_before("签约3个", 2)
    ('at_most', None)
    """
    lengths = range(min(_LONGEST, end), 0, -1)
    return _first((text[end - length : end] for length in lengths), "before")


def word_at(text: str, start: int, place: str) -> Word | None:
    """Return the longest word, of those inside or after a number, that begins at a place.

    >>> word_at("35千伏及以上", 4, "after").says, word_at("10个多功能厅", 3, "after")
    ('at_least', None)
    """
    lengths = range(_LONGEST, 0, -1)
    return _first((text[start : start + length] for length in lengths), place)


def _first(pieces, place: str) -> Word | None:
    words = _BY_PLACE[place]
    found = next((words[piece] for piece in pieces if piece in words), None)
    return None if found is None or found.says == "apart" else found
