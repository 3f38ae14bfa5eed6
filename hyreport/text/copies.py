"""Reads a user's copy of the report; knows where each character stood."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path

from hyreport.text.decoding import PLAIN_TEXT, TextError, decode
from hyreport.text.markup import take_out_marks
from hyreport.words.tables import read_words

__all__ = [
    "SINGLE_DASH",
    "Copy",
    "read_copy",
    "read_file",
    "read_ways",
    "sentence_at",
    "squeeze",
]


LARGEST = 10_000_000
OTHER_FORMATS = {
    b"%PDF": "a PDF file",
    b"PK\x03\x04": "a Word document or another zipped file",
    b"\xd0\xcf\x11\xe0": "an old Word document",
    b"{\\rtf": "a rich text file",
}
WEB_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body|script|style)\b[^>]*>", re.I)
SENTENCE_END = re.compile(r"[。；;！!？?]|\n\s*\n")
# Typed for a minus sign or between two numbers; a double one parts clauses.
SINGLE_DASH = re.compile(r"(?<!—)—(?!—)|[\u2010\u2012\u2013\u2015\u2212\u2500]")
AROUND = 12
# Categories of what shows nothing of its own: formats, controls, accents, variation selectors.
INVISIBLE = ("Cf", "Cc", "Mn", "Me")
# Squared units and radicals that NFKC makes digits of, leaves alone or makes traditional.
SAME = {row["character"]: row["stands_for"] for row in read_words("characters", "character")}


class Copy:
    r"""A text without mark-up and white space, in unified forms; knows where each character stood.

    Parameters
    ----------
    text : str
        The copy, line ends untouched.
    pages : bool
        Pass over the heads and feet of pages, and numbers alone in their lines.

    Attributes
    ----------
    squeezed : str
        The text in which numbers and words are looked for.
    places : list of int
        Place in the text of each squeezed character.
    marks : dict
        Places in the text of the mark-up and other marks passed over, by their kind.
    lone_numbers : list of tuple
        Start and end in the text of numbers passed over that don't count pages.

    Examples
    --------
    >>> copy = Copy("增长\r\n ８．５ ％")
    >>> copy.squeezed
    '增长8.5%'
    >>> copy.line_and_character(2)
    (2, 2)
    """

    def __init__(self, text: str, *, pages: bool = False):
        left = take_out_marks(text, pages=pages)
        self.text, self.marks, self.lone_numbers = text, left.marks, left.lone_numbers
        squeezed, places = squeeze(left.text)
        self.squeezed = SINGLE_DASH.sub("-", squeezed)
        self.places = [left.places[place] for place in places]
        self._lines = [0, *(end.end() for end in re.finditer(r"\r\n|\r|\n", text))]

    def line_and_character(self, index: int) -> tuple[int, int]:
        """Return line and character, both from 1, at which a squeezed character stands."""
        return self.locate(self.places[index] if index < len(self.places) else len(self.text))

    def locate(self, place: int) -> tuple[int, int]:
        """Return line and character, both from 1, of a place in the text."""
        line = bisect_right(self._lines, place)
        return line, place - self._lines[line - 1] + 1

    def describe_marks(self) -> str:
        r"""Say which marks were passed over, how many, and where the first stands.

        >>> Copy("增长\n**8.5%**").describe_marks()
        'Markdown (2, the first in line 2)'
        """
        return ", ".join(
            f"{kind} ({len(places)}, the first in line {self.locate(min(places))[0]})"
            for kind, places in self.marks.items()
        )

    def around(self, start: int, end: int, inside: tuple[int, int] | None = None) -> str:
        """Return squeezed characters, or a part of the text, in 【】 with a few on both sides."""
        edges = (max(0, start - AROUND), start, end, end + AROUND)
        ends = [*self.places, len(self.text)]
        cuts = [ends[min(edge, len(self.places))] for edge in edges]
        cuts[1:3] = inside or cuts[1:3]
        parts = ("".join(self.text[a:b].split()) for a, b in pairwise(cuts))
        return "…{}【{}】{}…".format(*parts)

    def sentence(self, start: int, end: int) -> str:
        r"""Return the sentence around squeezed characters, which stand in 【】, without line ends.

        >>> Copy("一是。增长 8.5\n%；二是").sentence(5, 8)
        '增长 【8.5】%；'
        """
        return sentence_at(self.text, self.places[start], self.places[end - 1] + 1)


def sentence_at(text: str, start: int, end: int) -> str:
    r"""Return the sentence around a place of a text, which stands in 【】, without line ends.

    >>> sentence_at("一是。增长 8.5\n%；二是", 6, 9)
    '增长 【8.5】%；'
    """
    parts = (text[:start], text[start:end], text[end:])
    before, number, after = (re.sub(r"\r\n?", "\n", part) for part in parts)
    stop = SENTENCE_END.search(after)
    after = after[: stop.end()] if stop else after
    sentence = f"{SENTENCE_END.split(before)[-1]}【{number}】{after}"
    return re.sub(r"\s*\n\s*", "", sentence).strip()


def read_ways(text: str) -> Iterator[Copy]:
    """Read a text as it stands and, where lines look like page numbers, without those lines."""
    with_pages, without = Copy(text), Copy(text, pages=True)
    yield with_pages
    if without.squeezed != with_pages.squeezed:
        yield without


def squeeze(text: str) -> tuple[str, list[int]]:
    """Return the text in NFKC without white space and invisible characters, and their places.

    >>> squeeze("达 ８.5％")
    ('达8.5%', [0, 2, 3, 4, 5])
    """
    forms = [*map(_unify, text)]
    return "".join(forms), [place for place, form in enumerate(forms) for _ in form]


@cache
def _unify(character: str) -> str:
    forms = unicodedata.normalize("NFKC", SAME.get(character, character))
    # NFKC would make digits of ½ and other signs that are no part of a number.
    if not character.isdecimal() and any(form.isdecimal() for form in forms):
        return character
    return "".join(
        form for form in forms if not form.isspace() and unicodedata.category(form) not in INVISIBLE
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
    content, text = read_file(path)
    name = Path(path).name
    if page := WEB_PAGE.search(text):
        raise TextError(name, f"a web page ({page.group()[:20]})", "plain text", PLAIN_TEXT)
    return content, text


def read_file(path: str | Path) -> tuple[bytes, str]:
    """Read a text file as `read_copy` does, a web page too."""
    if not isinstance(path, str | Path):
        raise TextError(repr(path), "no name of a file", "a text file", "give its path")
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
    return content, decode(content, path.name)
