"""Tells a text's encoding, and whether what comes out is Chinese in simplified characters."""

import re
import unicodedata
from collections import Counter
from functools import cache

from hyreport.errors import HyreportError

__all__ = ["PLAIN_TEXT", "TextError", "decode"]


PLAIN_TEXT = "save the report as plain text in UTF-8 and name that file"
MARKS = {
    b"\xef\xbb\xbf": "utf-8-sig",
    b"\xff\xfe\x00\x00": "utf-32",
    b"\x00\x00\xfe\xff": "utf-32",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
}
# Of equals the first is taken. Big5 is tried to be named, not to be read.
ENCODINGS = ("utf-8", "gb18030", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be", "cp950")
# Bytes enough to tell an encoding by, from where they are no ASCII.
SAMPLE = 100_000
HIGH = re.compile(rb"[\x80-\xff]")
# A text with more of its letters strange than this is no text, or in traditional characters.
MOST_STRANGE = 0.1
# Categories of what is no character: control, unassigned, private, half of a pair.
NOTHING = ("Cc", "Cn", "Co", "Cs")


class TextError(HyreportError, ValueError):
    """A file that is no copy of the report, or a figure that the copy does not hold."""


def _everyday() -> re.Pattern[str]:
    """Find ASCII, and of GB 2312 the signs and the characters ordered by their frequency."""
    pairs = (bytes([row, cell]) for row in range(0xA1, 0xD8) for cell in range(0xA1, 0xFF))
    signs = "".join(pair.decode("gb2312", "ignore") for pair in pairs)
    return re.compile(f"[{re.escape(signs)}\t\n\r\x20-\x7e]+")


EVERYDAY = _everyday()


def decode(content: bytes, name: str) -> str:
    r"""Return the text of a file, its encoding told by its mark or else by what makes sense.

    Parameters
    ----------
    content : bytes
        The file as it is.
    name : str
        What an error calls it.

    Returns
    -------
    str
        The text with its own line ends.

    Raises
    ------
    TextError
        Where the file is empty, holds no text, or one in traditional characters.

    Examples
    --------
    >>> decode("增长8.5%".encode("gb18030"), "copy.txt"), decode("8%".encode("utf-16-be"), "")
    ('增长8.5%', '8%')
    >>> words = "\u5730\u5340\u751f\u7522\u7e3d\u503c\u589e\u9577"  # GDP grew
    >>> decode(words.encode("cp950"), "copy.txt")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    hyreport.text.decoding.TextError: copy.txt: found traditional characters in Big5, ...
    """
    if not content.strip(b"\0 \t\r\n"):
        raise TextError(name, "an empty file", "the report's text", PLAIN_TEXT)
    encoding = _encoding(content)
    # A few broken bytes, as at the end of a file cut off, leave the rest readable.
    text = content.decode(encoding, "replace")
    letters, strange = _count_letters(text)
    if strange.total() > MOST_STRANGE * letters:
        traditional = sum(
            count for sign, count in strange.items() if sign.isalpha() and _fits(sign, "cp950")
        )
        if traditional > (1 - MOST_STRANGE) * strange.total():
            found = f"traditional characters in {'Big5' if encoding == 'cp950' else encoding}"
            fix = "convert it to simplified characters and save it as plain text in UTF-8"
            raise TextError(name, found, "the report in simplified characters", fix)
        expected = "Chinese in UTF-8, UTF-16 or GB18030"
        raise TextError(name, "no text in a known encoding", expected, PLAIN_TEXT)
    return text


def _encoding(content: bytes) -> str:
    for mark, encoding in MARKS.items():
        if content.startswith(mark):
            return encoding
    high = HIGH.search(content)
    start = high.start() // 4 * 4 if high else 0  # whole characters of any encoding
    sample, shares = content[start : start + SAMPLE], {}
    for encoding in ENCODINGS:
        if encoding.startswith("utf-32") and b"\0" not in sample:
            continue  # which each of its characters has
        text = sample.decode(encoding, "replace")
        shares[encoding] = (len(text) - len(EVERYDAY.sub("", text))) / len(text)
    return max(shares, key=shares.__getitem__)


def _count_letters(text: str) -> tuple[int, Counter[str]]:
    """Count letters, digits and what is no character; and those no simplified text is made of."""
    signs = Counter(unicodedata.normalize("NFKC", text))
    letters = sum(count for sign, count in signs.items() if _is_letter(sign))
    return letters, Counter({sign: n for sign, n in signs.items() if _is_strange(sign)})


@cache
def _is_letter(sign: str) -> bool:
    """Whether it is a letter, a digit or no character."""
    return unicodedata.category(sign)[0] in "LN" or _is_nothing(sign)


@cache
def _is_strange(sign: str) -> bool:
    """Whether it is no character, or a letter that no simplified text is made of."""
    return _is_nothing(sign) or (_is_letter(sign) and not _fits(sign, "gb2312"))


def _is_nothing(sign: str) -> bool:
    is_none = unicodedata.category(sign) in NOTHING and not sign.isspace()
    return is_none or sign == "\ufffd"


def _fits(sign: str, encoding: str) -> bool:
    return bool(sign.encode(encoding, "ignore"))
