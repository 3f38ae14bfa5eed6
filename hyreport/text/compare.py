"""Compares a user's copy of the report with the figures: says what differs, and where.

White space, line ends, encodings, full-width forms, mark-up, page and line numbers make no
difference; digits, signs, units and bounding words do. The copy is only read, never kept.
"""

import hashlib
from bisect import bisect_left
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, runtime_checkable

from hyreport.data.facts import read_report
from hyreport.data.ids import split_id
from hyreport.data.schema import TYPED
from hyreport.data.tables import read_table
from hyreport.errors import UnknownNameError
from hyreport.paths import RAW, find_report
from hyreport.text.alignment import Expected
from hyreport.text.copies import read_copy, read_ways
from hyreport.text.decoding import PLAIN_TEXT, TextError
from hyreport.text.matching import Match, match_numbers, read_expected
from hyreport.text.words import read_found

__all__ = ["Comparison", "Difference", "compare_text", "quote", "verify_copy"]


# So many extra numbers at the beginning of lines, as in 1. or L1:, count them or items of a list.
MANY_STARTS, LATEST_START = 10, 6
# More extra numbers than this share of the print's come from more than the report.
MOST_EXTRA = 1 / 3
PLAINER = f"where a difference comes from that, {PLAIN_TEXT}"


@dataclass(frozen=True)
class Difference:
    """One number, unit or qualifying word in which a copy differs from the print.

    Attributes
    ----------
    line, character : int
        Place in the copy, both from 1; of a missing number, where it would stand.
    found, expected : str
        Words of the copy and of the print without white space; empty where there are none.
    figure_id : str
        Figure concerned; empty for an exclusion or an extra number.
    concerns : str
        Figure or exclusion concerned, and the neighbours of an extra or missing number.
    around : str
        The few characters around the place; the number, if any, in 【】.
    """

    line: int
    character: int
    found: str
    expected: str
    figure_id: str
    concerns: str
    around: str

    def __str__(self) -> str:
        """Say place, what was found, what was expected, and the words around."""
        near = "" if self.found else "near "
        return (
            f"{near}line {self.line}, character {self.character}: "
            f"found {self.found or 'nothing'}, expected {self.expected or 'no number'} "
            f"({self.concerns}) in {self.around}"
        )


@dataclass(frozen=True)
class Comparison:
    """What comparing one copy gave; as text, a summary line and one line for each difference.

    A last line says which marks, such as those of Markdown, were passed over in the copy.
    """

    name: str
    figures: int
    others: int
    by_position: bool
    differences: tuple[Difference, ...]
    marks: str = ""

    def __str__(self) -> str:
        """Say a summary, then each difference in a line, then what marks were passed over."""
        how = f"by {'position' if self.by_position else 'order'}"
        summary = f"all {self.figures} figures and {self.others} other numbers found, {how}"
        if count := len(self.differences):
            wrong = {one.figure_id for one in self.differences if one.figure_id}
            others = [one for one in self.differences if one.expected and not one.figure_id]
            summary = (
                f"{count} difference{'' if count == 1 else 's'}; as printed: "
                f"{self.figures - len(wrong)} of {self.figures} figures, "
                f"{self.others - len(others)} of {self.others} other numbers, {how}"
            )
        lines = [f"{self.name}: {summary}", *map(str, self.differences)]
        if self.marks:
            lines.append(f"in this copy: {self.marks}{f'; {PLAINER}' if count else ''}")
        return "\n".join(lines)


def verify_copy(path: str | Path, report_id: str, *, raw: Path = RAW) -> Comparison:
    """Compare a user's copy of the report with all typed figures and exclusions.

    Parameters
    ----------
    path : str or Path
        The copy, a plain-text file.
    report_id : str
        Folder of the report in data/raw.
    raw : Path
        Folder of what was typed.

    Returns
    -------
    Comparison

    Raises
    ------
    TextError
        Where the file cannot be read, or is another text.
    UnknownNameError
        Where no report has this id.

    Notes
    -----
    By position where the file is, byte for byte, the copy that the positions refer to; else by
    the order of the numbers. Compared are the digits and the words in `as_printed`, and the words
    of sign and bound (number_words.csv in words/) and the units (unit_endings.csv) that stand
    beside them in the copy. Words printed once for several numbers, and all other text, are not
    compared.
    """
    return _compare_copy(path, report_id, raw)[0]


def _compare_copy(path: str | Path, report_id: str | None, raw: Path) -> tuple[Comparison, Match]:
    folder = find_report(report_id, raw)
    content, text = read_copy(path)
    figures = read_table(folder / "figures.csv", TYPED["figures.csv"])
    exclusions = read_table(folder / "exclusions.csv", TYPED["exclusions.csv"], empty=True)
    facts = read_report(folder / "report.toml")
    by_position = hashlib.sha256(content).hexdigest() == facts["copy"]["sha256"]
    name, expected = Path(path).name, read_expected(figures, exclusions)
    match, found = _compare(text, expected, by_position=by_position, name=name)
    marks = match.copy.describe_marks(), _describe_extra(found, len(expected))
    summary = name, len(figures), len(exclusions), by_position, tuple(found)
    return Comparison(*summary, ", ".join(filter(None, marks))), match


def _describe_extra(differences: list[Difference], printed: int) -> str:
    """Say what many numbers that the print does not have may come from."""
    extra = [one for one in differences if not one.expected]
    starts = {one.line: one for one in reversed(extra) if one.character <= LATEST_START}
    if len(starts) >= max(MANY_STARTS, len(extra) / 2):
        return f"numbers that begin lines ({len(starts)}, the first in line {min(starts)})"
    if len(extra) > MOST_EXTRA * printed:
        more = f"numbers that the print has not ({len(extra)}, the first in line {extra[0].line})"
        return f"{more}, as in a file with the text twice or with other texts"
    return ""


def compare_text(
    text: str,
    figures: list[dict],
    exclusions: list[dict],
    *,
    by_position: bool = False,
    name: str = "copy",
) -> list[Difference]:
    r"""Compare a text with the numbers that should stand in it.

    Parameters
    ----------
    text : str
        The copy.
    figures, exclusions : list of dict
        Rows of figures.csv and exclusions.csv as text.
    by_position : bool
        Look at the typed positions instead of aligning the numbers.
    name : str
        What an error calls the text.

    Returns
    -------
    list of Difference
        In the order of the copy; empty where every number stands as printed.

    Raises
    ------
    TextError
        Where too few of the numbers are found in order.

    Examples
    --------
    >>> row = {"figure_id": "gdp.growth.2017", "subject_zh": "地区生产总值"}
    >>> row |= {"start": "8", "end": "11", "as_printed": "8.5%"}
    >>> compare_text("地区生产总值增长\n８.５ %。", [row], [])
    []
    >>> print(*compare_text("地区生产总值增长8.5%左右。", [row], []))
    line 1, character 9: found 8.5%左右, expected 8.5% (gdp.growth.2017, 地区生产总值)
    in …地区生产总值增长【8.5】%左右。…
    """
    expected = read_expected(figures, exclusions)
    return _compare(text, expected, by_position=by_position, name=name)[1]


def _compare(
    text: str, expected: list[Expected], *, by_position: bool, name: str
) -> tuple[Match, list[Difference]]:
    """Compare a text as it stands, and without page numbers; return what differs least."""

    def differ(reading: tuple[Match, list[Difference]]) -> tuple[int, int]:
        return len(reading[1]), sum(bool(one.expected) for one in reading[1])

    readings, errors = [], []
    for copy in read_ways(text):
        try:
            match = match_numbers(copy, expected, by_position=by_position, name=name)
        except TextError as error:
            errors.append(error)
        else:
            readings.append((match, _check_all(match)))
    if not readings:
        raise errors[0]
    return min(readings, key=differ)


def _check_all(match: Match) -> list[Difference]:
    checked = (_check_number(index, match) for index in range(len(match.expected)))
    differences = [difference for difference in checked if difference]
    differences += [_extra_number(span, match) for span in match.extra]
    differences += [_lone_number(span, match) for span in match.copy.lone_numbers]
    return sorted(differences, key=lambda one: (one.line, one.character))


@runtime_checkable
class Quotable(Protocol):
    """What knows its own place in a text, as a cell of the panel does."""

    def quote(self, path: str | Path) -> str:
        """Return its sentence from a copy."""


def quote(
    figure_id: str | Quotable, path: str | Path, report_id: str | None = None, *, raw: Path = RAW
) -> str:
    """Return the sentence of your own copy of the report that prints a figure, its number in 【】.

    Parameters
    ----------
    figure_id : str or Cell
        Identifier as in the figures table; `report:figure` names a report too. The number is in
        the unit that the copy prints. Or a cell, as `hy.panel.cell` gives it.
    path : str or Path
        The copy, a plain-text file; for a cell also the folder of the collection.
    report_id : str, optional
        Folder of the report in data/raw; the suite's default report by default.
    raw : Path
        Folder of what was typed.

    Returns
    -------
    str
        The sentence as the copy prints it.

    Raises
    ------
    TextError
        Where the file is no copy of the report, or the copy does not print this figure so; for
        a cell also where the file is not byte for byte the text that was read.
    """
    if isinstance(figure_id, Quotable):
        return figure_id.quote(path)
    report_id, figure_id = split_id(figure_id, report_id)
    outcome, match = _compare_copy(path, report_id, raw)
    ids = [one.figure_id for one in match.expected]
    if figure_id not in ids:
        raise UnknownNameError("figure", repr(figure_id), "one of figures.csv", "correct the id")
    if difference := _check_number(ids.index(figure_id), match):
        raise TextError(
            f"{outcome.name}, line {difference.line}, character {difference.character}",
            f"{difference.found or 'nothing'} in {difference.around}",
            f"{difference.expected} ({difference.concerns})",
            "compare this place with another copy of the report",
        )
    return match.copy.sentence(*match.spans[ids.index(figure_id)])


def _check_number(index: int, match: Match) -> Difference | None:
    """Compare one number and the words beside it; None where they stand as printed."""
    one, copy = match.expected[index], match.copy
    concerns = ", ".join(filter(None, (one.figure_id, one.subject)))
    if index not in match.spans:
        start = end = match.likely_place(index)
        found, concerns = "", f"{concerns}; {_neighbours(index - 1, index + 1, match)}"
    else:
        start, end = match.spans[index]
        found = read_found(one, copy.squeezed, start, end)
    if found == one.words:
        return None
    place = copy.line_and_character(start)
    return Difference(*place, found, one.words, one.figure_id, concerns, copy.around(start, end))


def _extra_number(span: tuple[int, int], match: Match) -> Difference:
    """Describe a number of the copy that the print does not have."""
    found, copy = match.copy.squeezed[slice(*span)], match.copy
    place = copy.line_and_character(span[0])
    return Difference(*place, found, "", "", _sides(span[0], match), copy.around(*span))


def _lone_number(span: tuple[int, int], match: Match) -> Difference:
    """Describe a number alone in its line, at a place in the text, that counts no pages."""
    copy, index = match.copy, bisect_left(match.copy.places, span[0])
    around = copy.around(index, index, span)
    place, found = copy.locate(span[0]), copy.text[slice(*span)]
    return Difference(*place, found, "", "", _sides(index, match), around)


def _sides(index: int, match: Match) -> str:
    """Name the numbers of the print on both sides of a squeezed character."""
    before = max((at for at, (start, _) in match.spans.items() if start < index), default=-1)
    after = min((at for at, (_, end) in match.spans.items() if end > index), default=None)
    return _neighbours(before, len(match.expected) if after is None else after, match)


def _neighbours(before: int, after: int, match: Match) -> str:
    """Name the numbers of the print on both sides of a place."""
    names = [
        f"{side} {one.words} ({one.figure_id or 'no figure'})"
        for side, at in (("after", before), ("before", after))
        if 0 <= at < len(match.expected) and (one := match.expected[at])
    ]
    return ", ".join(names)
