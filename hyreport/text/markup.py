"""Takes out of a copy what a converter or an editor put in: mark-up, page and line numbers.

What is left keeps the place at which it stood. A number that a mark breaks is put together by the
alignment, like one that a line end breaks.
"""

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

__all__ = ["take_out_marks"]


LINE = re.compile(r"[^\r\n\f]*(?:\r\n|[\r\n\f]|\Z)")
# Words of a line, with the years and days of a date.
# Atomic, not possessive: Python before 3.11.5 matches possessive groups with branches too early.
HEAD = r"(?>(?:\D|(?<!\d)(?:19|20)\d\d(?!\d)|(?<!\d)\d{1,2}(?=[月日]))*)"
# A line with one number more, or with a second one as in 7/30, may be the head or foot of a page.
PAGE = re.compile(
    rf"({HEAD})(\d{{1,3}})({HEAD}|\s*[/／]\s*\d{{1,3}}{HEAD}|\s*页\D*共\s*\d{{1,3}}{HEAD})"
)
NO_WORDS = re.compile(r"[\s\d第页共/／.·~—–()（）\[\]<>|-]*")
LONGEST_PAGE = 40
# Fewer lines of the same words, their numbers going up by one, may count no pages; without words
# one less is enough.
FEWEST_PAGES = 3
# Fewer numbered lines than this may be a list.
FEWEST_NUMBERED = 5

# Code points, for few fonts have these digits.
RAISED = r"\u00b9\u00b2\u00b3\u2070\u2074-\u2079"
# What a raised mark of a note holds; a raised sign or word is none.
NOTE = r"\s\d*\u2020\u2021§,;()（）\[\]［］注"
# The mark of a list, unless it may be the sign of a percentage.
ITEM = r"[-+*•]\s+(?!\d[\d.]*\s*[%％‰])"
CIRCLED = r"\u2460-\u24ff\u2776-\u2793\u3251-\u325f\u32b1-\u32bf"


def _beside_one_number(mark: str) -> str:
    """Return the pattern of a mark that stands before or after a number, but not inside it."""
    return rf"(?<!\d)(?:{mark})|(?:{mark})(?!\d)"


# In this order: the kinds of marks, characters of which each has one (none: any may), and what they
# look like; the group `kept`, if any, is text.
MARKS = (
    ("control characters", "", r"[\x00-\x08\x0e-\x1b\x7f]"),
    ("front matter", "-", r"\A\s*---[ \t]*\r?\n(?:[\w-]+:.*\r?\n)+---[ \t]*(?=[\r\n])"),
    ("HTML", "<", _beside_one_number(rf"(?<![A-Za-z])<sup\b[^<>]*>[{NOTE}]{{0,8}}</sup>")),
    ("HTML", "<", r"<!--.{0,1000}?-->|</?[A-Za-z][^<>]*>"),
    ("Markdown", "]", r"\[(?P<kept>[^\[\]\n]*)\]\((?:[^()\n]|\([^()\n]*\))*\)"),
    ("footnote marks", "[［", _beside_one_number(r"\\?[\[［]\^?\d{1,3}\\?[\]］]")),
    ("web addresses", "/", r"https?://[!-~]+"),
    ("$1 and $2 in place of digits", "$", r"(?P<kept>\$\d\.?\$\d)"),
    ("LaTeX", "\\", r"\\[,;:! ()]"),
    ("LaTeX", "\\", r"\\(?:text|math)[a-z]*(?=\s*\{)|\\(?:q?quad|left|right|rm|bf)(?![A-Za-z])"),
    ("LaTeX", "^", _beside_one_number(rf"(?<![A-Za-z])\^(?:\{{[{NOTE}]{{1,8}}\}}|\d)")),
    ("LaTeX", "$", r"(?<!\$\d)(?<!\$\d\.)\$(?!\d\.?\$\d)(?P<kept>[^$\n]{1,200})\$"),
    ("LaTeX", "{}", r"[{}]"),
    ("Markdown", "\\", r"\\(?=[!-/:-@\[-`{-~])"),
    ("footnote marks", "", _beside_one_number(rf"(?<![A-Za-z])[{RAISED}]+|[{CIRCLED}]")),
    ("Markdown", "#", rf"(?m)^(?P<kept>#+ [^\n]*\n){ITEM}"),
    ("Markdown", "-+*•", rf"(?:\A|(?<=[\n。：；:;]\n)|(?<=[\n。：；:;]\r\n)){ITEM}"),
    ("Markdown", "-:|#", r"(?m)^[ \t]*+(?:[-:|][-:| ]{2,}+(?=\r?$)|#++(?= ))"),
    ("Markdown", "*~`_|｜", r"\*+|~~+|`+|_+|[|｜]"),
    (
        "thousands separators",
        ",，'’",
        r"[,，'’](?<=\d.)(?<!\d{4}.)(?=\d{3}(?:[,，'’]\d{3}){0,4}(?!\d))",
    ),
)
PATTERNS = tuple((kind, signs, re.compile(pattern)) for kind, signs, pattern in MARKS)
ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z]{2,8}\d{0,2});")


class Line(NamedTuple):
    """A line that may be of a page and no text: its place, its number's place and value."""

    span: tuple[int, int]
    number: tuple[int, int]
    value: int


@dataclass
class Unmarked:
    """A text from which marks are taken out.

    Attributes
    ----------
    text : str
        What is left.
    places : list of int
        Place in the copy of each character left.
    marks : dict
        Places in the copy of the marks of each kind.
    lone_numbers : list of tuple
        Start and end in the copy of numbers taken out though nothing shows that they count pages.
    """

    text: str
    places: list[int]
    marks: dict[str, list[int]] = field(default_factory=dict)
    lone_numbers: list[tuple[int, int]] = field(default_factory=list)

    def replace(self, kind: str, cuts: Iterable[tuple[int, int, str, list[int]]]) -> None:
        """Put other text with its places between each start and end, in order."""
        parts: list[str] = []
        places: list[int] = []
        last = 0
        for start, end, text, at in cuts:
            parts += self.text[last:start], text
            places += [*self.places[last:start], *at]
            last = end
            self.marks.setdefault(kind, []).append(self.places[start])
        self.text = "".join([*parts, self.text[last:]])
        self.places = [*places, *self.places[last:]]

    def take_out(self, kind: str, pattern: re.Pattern) -> None:
        """Take out what a pattern finds, apart from its group `kept`."""
        cuts = []
        for found in pattern.finditer(self.text):
            kept = slice(*found.span("kept")) if "kept" in pattern.groupindex else slice(0)
            cuts.append((*found.span(), self.text[kept], self.places[kept]))
        if cuts:
            self.replace(kind, cuts)


def take_out_marks(text: str, *, pages: bool = False) -> Unmarked:
    """Return a text without mark-up and line numbers.

    Parameters
    ----------
    text : str
        A copy as it was read.
    pages : bool
        Take out the lines of `find_page_lines`.

    Returns
    -------
    Unmarked

    Examples
    --------
    >>> left = take_out_marks("**3,193**亿元[12]，增长<b>8.5&#37;</b>")
    >>> left.text, left.places[:5], left.marks["Markdown"]
    ('3193亿元，增长8.5%', [2, 4, 5, 6, 9], [0, 7])
    """
    left = Unmarked(re.sub(r"\r(?!\n)", "\n", text), list(range(len(text))))
    left.replace("line numbers", [(*span, "", []) for span in find_line_numbers(left.text)])
    if pages:
        counted, lone = find_page_lines(left.text)
        for line in lone:
            start, end = line.number
            left.lone_numbers.append((left.places[start], left.places[end - 1] + 1))
        lines = sorted([*counted, *lone])
        left.replace("page numbers", [(*line.span, "", []) for line in lines])
    entities = [
        (*found.span(), sign, [left.places[found.start()]] * len(sign))
        for found in ENTITY.finditer(left.text)
        if (sign := html.unescape(found[0])) != found[0]
    ]
    left.replace("HTML", entities)
    for kind, signs, pattern in PATTERNS:
        if not signs or any(sign in left.text for sign in signs):
            left.take_out(kind, pattern)
    return left


def find_page_lines(text: str) -> tuple[list[Line], list[Line]]:
    r"""Return the heads and feet of pages, and other lines that hold a number alone.

    The numbers of pages go up by one. The other lines are none where their numbers don't rise: a
    copy in narrow columns has many.

    >>> text = "报告 1\n能耗下降\n报告 2\n- 7 -\n4.5%\n报告 3\n"
    >>> [[text[slice(*line.number)] for line in lines] for lines in find_page_lines(text)]
    [['1', '2', '3'], ['7']]
    """
    pages, lone = [], []
    for words, lines in _group_page_lines(text).items():
        counts = all(b.value - a.value == 1 for a, b in pairwise(lines))
        has_words = not NO_WORDS.fullmatch(words)
        if counts and len(lines) >= FEWEST_PAGES - (not has_words):
            pages += lines
        elif not has_words:
            lone += lines
    lone.sort()
    rise = all(a.value < b.value for a, b in pairwise(lone))
    return pages, lone if rise else []


def _group_page_lines(text: str) -> dict[str, list[Line]]:
    """Return the short lines with a number, by what else stands in them."""
    groups: dict[str, list[Line]] = {}
    for found in LINE.finditer(text):
        words, indent = found[0].strip(), len(found[0]) - len(found[0].lstrip())
        if len(words) <= LONGEST_PAGE and (page := PAGE.fullmatch(words)):
            start, end = (found.start() + indent + at for at in page.span(2))
            line = Line(found.span(), (start, end), int(page[2]))
            groups.setdefault(f"{page[1]}\n{page[3]}", []).append(line)
    return groups


def find_line_numbers(text: str) -> list[tuple[int, int]]:
    r"""Return start and end of the line numbers, where each line begins with one.

    They go on from line to line, or begin again at 1; blank lines may count without showing it.

    >>> find_line_numbers("1一\n22018年\n\n 4\t四\n5五\n6六")
    [(0, 1), (3, 4), (12, 13), (16, 17), (19, 20)]
    """
    spans, last, blank = [], 0, 0
    for line in LINE.finditer(text):
        words = line[0].lstrip()
        if not words:
            blank += 1
            continue
        fitting = [one for one in (last + 1, last + 1 + blank, 1) if words.startswith(str(one))]
        if not fitting:
            return []
        start = line.end() - len(words)
        last, blank = fitting[0], 0
        spans.append((start, start + len(str(last))))
    return spans if len(spans) >= FEWEST_NUMBERED else []
