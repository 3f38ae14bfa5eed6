"""Takes a text apart: what is read, where it stands in the file, its sentences and clauses."""

import re
from bisect import bisect_right
from functools import cached_property

from hyreport.draft.vocabulary import patterns_of
from hyreport.text.copies import SINGLE_DASH, squeeze
from hyreport.text.markup import take_out_marks

__all__ = ["ASIDE", "TOKEN", "Page"]


P = patterns_of("segment")
# What stands in the text read for the end of a line and for that of a cell of a table.
LINE, CELL = "\n", "\t"
STAND_INS = {ord("\n"): "\ue000", 0x1F: "\ue001"}
# The sign of a ratio has two forms.
BACK = {0xE000: LINE, 0xE001: CELL, 0x2236: ":"}
HIDDEN = ("script", "style", "head", "noscript")
SHORTEST_BROKEN, LONGEST_HEADING = 25, 64
TOKEN = re.compile(r"\d+(?:\.\d+)?")
# In unified forms, as the text is read: no full-width comma, colon, semicolon or bracket is left.
STOPS, CLAUSES, STRONG = "。!?\n\t", ",;:", ";"
# A short remark in brackets parts no clause.
ASIDE = re.compile(r"\([^()\n\t0-9]{1,16}\)")


class Page:
    r"""A text as it is read: without marks and white space, in unified forms.

    Parameters
    ----------
    raw : str
        The decoded file as it stands.

    Attributes
    ----------
    text : str
        What is read; a line ends with a line feed, a cell of a table with a tab.
    places : list of int
        Place in the file of each of its characters.

    Examples
    --------
    >>> page = Page("# 标题\n增长８．５ ％。\n| 水稻 | 3 |\n")
    >>> page.text
    '标题\n增长8.5%。\n\t水稻\t3\t\n'
    >>> page.span(5, 8), page.sentence(5)
    ((7, 10), (3, 9))
    """

    def __init__(self, raw: str):
        self.raw = raw
        left = take_out_marks(_hide(raw), pages=True)
        self.marks = left.marks
        text, at = squeeze(left.text.translate(STAND_INS))
        text = SINGLE_DASH.sub("-", text).translate(BACK)
        self.text, self.places = _join(text, [left.places[place] for place in at])
        # Brackets as the file prints them, for words that are taken from it.
        self.brackets = str.maketrans("()", "（）") if "（" in raw else {}

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return start and end in the file of what stands here in the text."""
        return self.places[start], self.places[end - 1] + 1

    @cached_property
    def _paragraphs(self) -> list[int]:
        return [found.start() for found in re.finditer(r"(?m)^[^\r\n]*\S", self.raw)]

    def paragraph(self, place: int) -> int:
        """Return the number, from 1, of the paragraph of the file at a place of the text."""
        return bisect_right(self._paragraphs, self.places[place])

    @cached_property
    def tokens(self) -> list[tuple[int, int]]:
        """Start and end in the text of each Arabic number."""
        return [found.span() for found in TOKEN.finditer(self.text)]

    @cached_property
    def passed_over(self) -> list[tuple[int, int]]:
        """Start and end in the file of the numbers in marks; those of addresses are none."""
        known = set(self.places)
        known.update(*(range(*found.span()) for found in P.address.finditer(self.raw)))
        found = (token.span() for token in TOKEN.finditer(self.raw))
        return [span for span in found if span[0] not in known]

    @cached_property
    def _ends(self) -> dict[str, list[int]]:
        text = ASIDE.sub(lambda found: "(" * len(found[0]), self.text)
        return {
            signs: [found.start() for found in re.finditer(f"[{re.escape(signs)}]", text)]
            for signs in (STOPS, STOPS + STRONG, STOPS + CLAUSES)
        }

    def _between(self, place: int, signs: str, reach: int) -> tuple[int, int]:
        ends = self._ends[signs]
        near = bisect_right(ends, place - 1)
        start = ends[near - 1] + 1 if near else 0
        end = ends[near] if near < len(ends) else len(self.text)
        # What is longer is no sentence; a bound keeps reading linear.
        return max(start, place - reach), min(end, place + reach)

    def sentence(self, place: int) -> tuple[int, int]:
        """Return start and end of the sentence around a place."""
        return self._between(place, STOPS, 600)

    def half(self, place: int) -> tuple[int, int]:
        """Return start and end of what stands between full stops or semicolons."""
        return self._between(place, STOPS + STRONG, 400)

    def clause(self, place: int) -> tuple[int, int]:
        """Return start and end of the clause around a place."""
        return self._between(place, STOPS + CLAUSES, 120)


def _hide(raw: str) -> str:
    """Return the text with cells and lines of HTML and tables marked; no character moves."""
    text = raw
    if "<" in raw:
        for name in HIDDEN:
            text = _blank(text, name)
        text = P.cell_end.sub(lambda found: "\x1f" + "\0" * (len(found[0]) - 1), text)
        text = P.line_end.sub(_line_end, text)
    text = P.bar.sub("\x1f", text)
    return "\n".join(
        # In prose white space breaks a number; in a list it parts the numbers of a table.
        line if P.prose.search(line) else P.between.sub("\x1f", line)
        for line in text.split("\n")
    )


def _line_end(found: re.Match[str]) -> str:
    """Return a line feed for an end of a line, unless it stands in the row of a table."""
    line = found.string.rfind("\n", 0, found.start()) + 1
    is_row = found.string.find("|", line, found.start()) >= 0
    return "\0" * len(found[0]) if is_row else "\n" + "\0" * (len(found[0]) - 1)


def _blank(text: str, name: str) -> str:
    """Return the text with what is in an element of HTML left out, of the same length."""
    parts, last, lower = [], 0, text.lower()
    while (start := lower.find(f"<{name}", last)) >= 0:
        end = lower.find(f"</{name}", start)
        if end < 0 or not re.match(r"[\s>]", text[start + len(name) + 1 : start + len(name) + 2]):
            break
        parts += [text[last:start], "\0" * (end - start)]
        last = end
    return "".join([*parts, text[last:]])


def _join(text: str, places: list[int]) -> tuple[str, list[int]]:
    """Put together lines that break within a sentence."""
    parts, at, last = [], [], 0
    for found in P.broken.finditer(text):
        line = text.rfind("\n", 0, found.start()) + 1
        # A heading ends with its line, as long as it is no sentence.
        heads = P.numbered.match(text, line) and found.start() - line <= LONGEST_HEADING
        is_long = found.start() - line >= SHORTEST_BROKEN and not heads
        if is_long and not P.heading.match(text, found.end()):
            parts.append(text[last : found.start()])
            at += places[last : found.start()]
            last = found.end()
    return "".join([*parts, text[last:]]), [*at, *places[last:]]
