"""Compares what stands around one number of a copy with its own words in print.

Of signs, bounding words and units more than the printed words is compared: one put before or
after them, or a unit that goes on (万人次 for 万人), says another quantity.
"""

import re

from hyreport.numbers.printed import Around, leading, read_around
from hyreport.numbers.wording import Word
from hyreport.text.alignment import Expected
from hyreport.words.codes import CODES
from hyreport.words.tables import read_words

__all__ = ["read_found"]


UNITS = frozenset(row["unit_zh"] for row in read_words("unit_endings", "unit_zh"))
# What no noun begins with, so that after a number or its unit it belongs to them.
GOES_ON = re.compile(r"(?:[%‰\u2031°℃\u00bc-\u00be\u2150-\u215e]|/\w{0,2})*")
NOUN = re.compile(r"[\w%]*")
RANK_OR_SHARE = ("ordinal", "percent", "permille")


def read_found(one: Expected, text: str, start: int, end: int) -> str:
    """Return what a copy has in place of a number and its words; these, where it has the same.

    Parameters
    ----------
    one : Expected
        The number in print.
    text : str
        The squeezed copy.
    start, end : int
        Place of the number in it.

    Returns
    -------
    str
        `one.words` where digits, sign, bounding words and unit are as printed.

    Examples
    --------
    >>> own = dict(before="", number="5.94", after="万人", unit="万人", hedge="")
    >>> one = Expected(2, 6, arabic=True, figure_id="jobs", subject="就业", **own)
    >>> read_found(one, "就业5.94万人。", 2, 6), read_found(one, "就业-5.94万人次以上。", 3, 7)
    ('5.94万人', '-5.94万人次以上')
    """
    around, told, begin = _read(one, text, start, end)
    printed, own, _ = _read(one, one.words, len(one.before), len(one.before) + len(one.number))
    first, last = max(0, start - len(one.before)), end + len(one.after)
    on = _goes_on(text, max(last, around.end))
    same = (told, around.unit) == (own, printed.unit) and on <= last
    if same and text[first:last] == one.words:
        return one.words
    before, *_ = re.findall(r"[\w%]*$", text[first:start])
    after = leading(NOUN, text[end:last])
    on = _goes_on(text, max(end + len(after), around.end))
    return text[min(start - len(before), begin) : on]


def _goes_on(text: str, at: int) -> int:
    """Return where what goes on with a number or its unit ends."""
    return at + len(leading(GOES_ON, text, at))


def _read(one: Expected, text: str, start: int, end: int) -> tuple[Around, list[str], int]:
    """Return what stands around a number, which words of it tell, and where the first stands."""
    units = UNITS | {one.unit} if one.figure_id else ()
    around = read_around(text, start, end, units)
    told = [word for word in (*around.before, *around.after) if _tells(word, around, one)]
    begin = around.start
    for word in around.before:
        if word in told:
            break
        begin += len(word.word)
    return around, [word.word for word in told], begin


def _tells(word: Word, around: Around, one: Expected) -> bool:
    """Say whether a word changes the quantity; a hedge that the print has for it does not."""
    if word.says in CODES["hedge"]:
        return one.hedge not in (word.says, "any")
    # The 降 of 降至 makes no number negative, but a level that fell to it is no 8.5% as it stands.
    return word in around.telling or word.says == "fall" or word.says in RANK_OR_SHARE
