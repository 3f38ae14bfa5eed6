"""Finds where each number of the print stands in a copy: by position, or by order."""

import re
from bisect import bisect_left
from dataclasses import dataclass, replace

from hyreport.numbers.printed import parse_printed
from hyreport.text.alignment import Expected, align, find_pieces
from hyreport.text.copies import Copy, squeeze
from hyreport.text.decoding import PLAIN_TEXT, TextError

__all__ = ["Match", "match_numbers", "read_expected"]


# Less than this share of the numbers found in order: another text.
LEAST_SHARE = 0.5
# More numbers than any one report has would only make the alignment slow.
MOST_NUMBERS = 4000
CHINESE_DIGITS = "零〇一二三四五六七八九十百千两IVX"
# The same words this many characters from where they should stand are other words.
FARTHEST = 40


@dataclass(frozen=True)
class Match:
    """Where each number of the print stands in a copy.

    Attributes
    ----------
    copy : Copy
        The copy.
    expected : list of Expected
        All numbers of the print, in order.
    spans : dict
        Start and end in the squeezed copy of those found, by their place in `expected`; a
        changed number counts as found.
    extra : list of tuple
        Start and end of the copy's numbers that the print does not have.
    """

    copy: Copy
    expected: list[Expected]
    spans: dict[int, tuple[int, int]]
    extra: list[tuple[int, int]]

    def sides(self, index: int) -> tuple[int | None, int | None]:
        """Return the nearest numbers found before and after one of the print."""
        before = max((other for other in self.spans if other < index), default=None)
        after = min((other for other in self.spans if other > index), default=None)
        return before, after

    def likely_place(self, index: int) -> int:
        """Return where in the squeezed copy a missing number would stand, between its sides."""
        one, places = self.expected[index], self.copy.places
        before, after = self.sides(index)
        start = 0 if before is None else self.expected[before].end
        place = 0 if before is None else places[self.spans[before][1] - 1] + 1
        offset = one.start - start
        if after is not None:
            room = self.expected[after].start - start - len(one.number)
            offset = round(offset * (places[self.spans[after][0]] - place) / max(room, 1))
        return min(bisect_left(places, place + offset), len(places))


def read_expected(figures: list[dict], exclusions: list[dict]) -> list[Expected]:
    """Return all numbers of the print in order of position.

    Parameters
    ----------
    figures, exclusions : list of dict
        Rows of figures.csv and exclusions.csv as text.

    Returns
    -------
    list of Expected
    """
    expected = []
    for row in (*figures, *exclusions):
        words = squeeze(row["as_printed"])[0]
        printed = parse_printed(row["as_printed"])
        number = squeeze(printed.number)[0]
        before, _, after = words.partition(number)
        expected.append(
            Expected(
                start=int(row["start"]),
                end=int(row["end"]),
                before=before,
                number=number,
                after=after,
                arabic=printed.numeral == "arabic",
                # A hedge before a number that is context (确保13个水源地) belongs to another one.
                hedge="any" if row.get("role") == "context" else row.get("hedge", ""),
                figure_id=row.get("figure_id", ""),
                unit=printed.unit,
                subject=row.get("subject_zh") or f"no figure: {row.get('reason', '')}",
            )
        )
    return sorted(expected, key=lambda one: one.start)


def match_numbers(copy: Copy, expected: list[Expected], *, by_position: bool, name: str) -> Match:
    """Find the numbers of the print in a copy.

    Parameters
    ----------
    copy : Copy
        The copy to look in.
    expected : list of Expected
        All numbers of the print, in order.
    by_position : bool
        Look at the typed positions instead of aligning the numbers.
    name : str
        What an error calls the text.

    Returns
    -------
    Match

    Raises
    ------
    TextError
        Where too few of the numbers are found in order.
    """
    if by_position:
        spans = {
            index: (bisect_left(copy.places, one.start), bisect_left(copy.places, one.end))
            for index, one in enumerate(expected)
        }
        extra = [span for span in find_pieces(copy) if span not in spans.values()]
        return Match(copy, expected, spans, extra)
    arabic = [index for index, one in enumerate(expected) if one.arabic]
    if (count := len(find_pieces(copy))) > MOST_NUMBERS:
        fix = f"{PLAIN_TEXT}, with nothing else in it"
        raise TextError(name, f"{count} numbers", f"about {len(arabic)}", fix)
    groups, extra = align([expected[index] for index in arabic], copy)
    spans = {arabic[row]: (group.start, group.end) for row, group in groups.items()}
    same = sum(copy.squeezed[slice(*span)] == expected[at].number for at, span in spans.items())
    if same < LEAST_SHARE * len(arabic):
        raise TextError(
            name,
            f"{same} of the report's {len(arabic)} numbers in order ({same / len(arabic):.0%})",
            f"at least {LEAST_SHARE:.0%} of them in a copy of it",
            "check that the file holds the whole text of this report, of this city and year",
        )
    match = Match(copy, expected, spans, extra)
    return replace(match, spans=spans | _locate_words(match))


def _locate_words(match: Match) -> dict[int, tuple[int, int]]:
    """Find the numbers in Chinese or Roman numerals between the Arabic ones already found.

    Of equal words the nearest to where they should stand win, each once; the nearest wins even
    with another numeral in it, for that is a change.
    """
    offers = []
    for index, one in enumerate(match.expected):
        if one.arabic:
            continue
        left, right, guesses = _guess(index, match)
        pattern = f"{re.escape(one.before)}([{CHINESE_DIGITS}]+){re.escape(one.after)}"
        for found in re.finditer(pattern, match.copy.squeezed[left:right]):
            start, end = (left + at for at in found.span(1))
            offers.append((min(abs(start - guess) for guess in guesses), index, (start, end)))
    located: dict[int, tuple[int, int]] = {}
    for distance, index, span in sorted(offers):
        if distance <= FARTHEST and index not in located and span not in located.values():
            located[index] = span
    return located


def _guess(index: int, match: Match) -> tuple[int, int, list[int]]:
    """Return between which places a number must stand, and where its two sides put it."""
    one, (before, after) = match.expected[index], match.sides(index)
    left, right, guesses = 0, len(match.copy.squeezed), []
    if before is not None:
        left = match.spans[before][1]
        guesses.append(left + one.start - match.expected[before].end)
    if after is not None:
        right = match.spans[after][0]
        guesses.append(right + one.start - match.expected[after].start)
    return left, right, guesses or [one.start]
