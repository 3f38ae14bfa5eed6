"""The words that stand around a printed number, and what each says; the table is number_words.csv.

One table serves reading a number (printed.py) and comparing a copy with the print (verify.py).
Whoever meets a new word adds a row to words/number_words.csv and no code.
"""

from collections.abc import Iterable
from typing import NamedTuple

from hyreport.words.codes import CODES
from hyreport.words.tables import read_words

__all__ = ["BOUNDS", "SIDES", "TELLING", "TURNED", "WORDS", "Word", "word_at", "word_before"]


PLACES = CODES["wording_place"]
# What a word can say: a bound, a hedge, or something of its own.
SAYS = {
    **{code: named for code, named in CODES["qualifier"].items() if code != "exact"},
    **CODES["hedge"],
    **CODES["wording"],
}
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


WORDS = tuple(
    Word(**row) for row in read_words("number_words", "word", "place", place=PLACES, says=SAYS)
)
_BY_PLACE = {place: {row.word: row for row in WORDS if row.place == place} for place in PLACES}
# The longest first.
_LENGTHS = {
    place: sorted({len(word) for word in words}, reverse=True) for place, words in _BY_PLACE.items()
}


def word_before(text: str, end: int) -> Word | None:
    """Return the longest word before a number that ends at a place of a text.

    >>> word_before("不超过3%", 3).says, word_before("签约3个", 2)
    ('at_most', None)
    """
    lengths = (length for length in _LENGTHS["before"] if length <= end)
    return _first((text[end - length : end] for length in lengths), "before")


def word_at(text: str, start: int, place: str) -> Word | None:
    """Return the longest word, of those inside or after a number, that begins at a place.

    >>> word_at("35千伏及以上", 4, "after").says, word_at("10个多功能厅", 3, "after")
    ('at_least', None)
    """
    return _first((text[start : start + length] for length in _LENGTHS[place]), place)


def _first(pieces: Iterable[str], place: str) -> Word | None:
    words = _BY_PLACE[place]
    found = next((words[piece] for piece in pieces if piece in words), None)
    return None if found is None or found.says == "apart" else found
