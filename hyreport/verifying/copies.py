"""Reads a user's copy of the report in any encoding; knows where each character stood."""

import re
import unicodedata
from bisect import bisect_right
from itertools import pairwise
from pathlib import Path

from hyreport.errors import HyreportError

LARGEST = 10_000_000
PLAIN_TEXT = "save the report as plain text in UTF-8 and name that file"
OTHER_FORMATS = {
    b"%PDF": "a PDF file",
    b"PK\x03\x04": "a Word document or another zipped file",
    b"\xd0\xcf\x11\xe0": "an old Word document",
    b"{\\rtf": "a rich text file",
}
MARKS = {
    b"\xef\xbb\xbf": "utf-8-sig",
    b"\xff\xfe\x00\x00": "utf-32",
    b"\x00\x00\xfe\xff": "utf-32",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
}
WEB_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body|div|table|span|p|br)\b[^>]*>", re.I)
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f]")
SENTENCE_END = re.compile(r"[。；;！!？?]|\n\s*\n")
AROUND = 12


class TextError(HyreportError, ValueError):
    """A file that is no copy of the report, or a figure that the copy does not hold."""


class Copy:
    """A text without white space and in unified forms, which knows where each character stood.

    Parameters
    ----------
    text : str
        The copy, line ends untouched.

    Attributes
    ----------
    squeezed : str
        The text in which numbers and words are looked for.
    places : list of int
        Place in the text of each squeezed character.

    Examples
    --------
    >>> copy = Copy("增长\\r\\n ８．５ ％")
    >>> copy.squeezed
    '增长8.5%'
    >>> copy.line_and_character(2)
    (2, 2)
    """

    def __init__(self, text: str):
        self.text = text
        self.squeezed, self.places = squeeze(text)
        self._lines = [0, *(end.end() for end in re.finditer(r"\r\n|\r|\n", text))]

    def line_and_character(self, index: int) -> tuple[int, int]:
        """Return line and character, both from 1, at which a squeezed character stands."""
        place = self.places[index] if index < len(self.places) else len(self.text)
        line = bisect_right(self._lines, place)
        return line, place - self._lines[line - 1] + 1

    def around(self, start: int, end: int) -> str:
        """Return squeezed characters in 【】 with a few on both sides."""
        edges = (max(0, start - AROUND), start, end, end + AROUND)
        ends = [*self.places, len(self.text)]
        cuts = [ends[min(edge, len(self.places))] for edge in edges]
        parts = ("".join(self.text[a:b].split()) for a, b in pairwise(cuts))
        return "…{}【{}】{}…".format(*parts)

    def sentence(self, start: int, end: int) -> str:
        """Return the sentence around squeezed characters, which stand in 【】, without line ends.

        >>> Copy("一是。增长 8.5\\n%；二是").sentence(5, 8)
        '增长 【8.5】%；'
        """
        first, last = self.places[start], self.places[end - 1] + 1
        parts = (self.text[:first], self.text[first:last], self.text[last:])
        before, number, after = (re.sub(r"\r\n?", "\n", part) for part in parts)
        stop = SENTENCE_END.search(after)
        after = after[: stop.end()] if stop else after
        sentence = f"{SENTENCE_END.split(before)[-1]}【{number}】{after}"
        return re.sub(r"\s*\n\s*", "", sentence).strip()


def squeeze(text: str) -> tuple[str, list[int]]:
    """Return the text in NFKC without white space and invisible characters, and their places.

    >>> squeeze("达 ８.5％")
    ('达8.5%', [0, 2, 3, 4, 5])
    """
    forms = {character: _unify(character) for character in set(text)}
    places = [place for place, character in enumerate(text) for _ in forms[character]]
    return "".join(forms[character] for character in text), places


def _unify(character: str) -> str:
    return "".join(
        form
        for form in unicodedata.normalize("NFKC", character)
        if not form.isspace() and unicodedata.category(form) not in ("Cf", "Cc")
    )


def read_copy(path: str | Path) -> tuple[bytes, str]:
    """Read a user's copy of the report.

    Parameters
    ----------
    path : str or Path
        A plain-text file in UTF-8, UTF-16, UTF-32 or GB18030 (which includes GBK, GB2312).

    Returns
    -------
    tuple of bytes and str
        The file as it is, and its text with its own line ends.

    Raises
    ------
    TextError
        Where there is no such file, or it holds no plain text.
    """
    path = Path(path)
    try:
        if path.is_file() and path.stat().st_size > LARGEST:
            found = f"{path.stat().st_size // 1_000_000} MB"
            raise TextError(path.name, found, "one report, about 50 kB of text", PLAIN_TEXT)
        content = path.read_bytes()
    except OSError as error:
        reason = "no such file" if isinstance(error, FileNotFoundError) else "a file not readable"
        reason = "a folder" if path.is_dir() else reason
        raise TextError(str(path), reason, "a text file", "correct the name") from None
    for signature, name in OTHER_FORMATS.items():
        if content.startswith(signature):
            raise TextError(path.name, name, "plain text", PLAIN_TEXT)
    text = decode(content, path.name)
    if page := WEB_PAGE.search(text):
        raise TextError(path.name, f"a web page ({page.group()[:20]})", "plain text", PLAIN_TEXT)
    return content, text


def decode(content: bytes, name: str) -> str:
    """Return the text of a file, its encoding told by its mark or else tried out.

    >>> decode("增长8.5%".encode("gb18030"), "copy.txt"), decode("8%".encode("utf-16-be"), "")
    ('增长8.5%', '8%')
    """
    if not content.strip():
        raise TextError(name, "an empty file", "the report's text", PLAIN_TEXT)
    # A few broken bytes, as at the end of a file cut off, leave the rest readable.
    text = content.decode(_encoding(content), "replace")
    if CONTROL.search(text) or text.count("\ufffd") > len(text) // 100:
        raise TextError(
            name, "no text in a known encoding", "UTF-8, UTF-16 or GB18030 text", PLAIN_TEXT
        )
    return text


def _encoding(content: bytes) -> str:
    for mark, encoding in MARKS.items():
        if content.startswith(mark):
            return encoding
    # A digit in UTF-16 has a zero byte, on the side that tells the order; other text has none.
    zeros = content[0::2].count(0), content[1::2].count(0)
    if any(zeros):
        return "utf-16-be" if zeros[0] > zeros[1] else "utf-16-le"
    text = content.decode("utf-8", "replace")
    return "gb18030" if text.count("\ufffd") > len(text) // 100 else "utf-8"
