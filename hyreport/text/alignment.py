"""Aligns the printed Arabic numbers with those of a copy: which is where, missing or extra.

The numbers of print and copy are aligned at the least cost. The table of costs is small (171
numbers against as many) and does what `difflib` cannot: glue a numeral that white space has
broken, tell a changed number from one missing beside one extra, and choose among equal numbers
(1-2 个 is printed three times) by the unit beside them and the distance to their neighbours.
"""

import re
from dataclasses import dataclass
from itertools import pairwise

from hyreport.text.copies import Copy

__all__ = ["Expected", "align", "find_pieces"]


NUMBER = re.compile(r"\d+(?:\.\d+)?")
# One step of the alignment: a number missing or extra; one changed, dearer by lack of evidence.
STEP, CHANGED, UNLIKE = 10, 10, 4
# A number broken into more pieces than this is not glued.
MOST_PIECES = 9
NEVER = 10**9
# The steps that leave a number out, by the cost they started from.
MISSING, EXTRA = ((("missing", 0), ("missing", 1)), (("extra", 0), ("extra", 1)))


@dataclass(frozen=True)
class Expected:
    """One number of the print: its place there, its own words without white space, what it is."""

    start: int
    end: int
    before: str
    number: str
    after: str
    arabic: bool
    hedge: str
    figure_id: str
    subject: str
    unit: str

    @property
    def words(self) -> str:
        """The number with the words before and after it."""
        return self.before + self.number + self.after


@dataclass(frozen=True)
class Group:
    """Pieces of a copy's digits read as one number; the gaps reach to the numbers beside it."""

    number: str
    start: int
    end: int
    pieces: int
    gap_before: int
    gap_after: int


def find_pieces(copy: Copy) -> list[tuple[int, int]]:
    r"""Return start and end of each numeral of the copy, broken wherever white space breaks it.

    >>> find_pieces(Copy("20\n468家，增长8.5%"))
    [(0, 2), (2, 5), (9, 12)]
    """
    pieces = []
    for run in re.finditer(r"[\d.]+", copy.squeezed):
        inside = range(run.start() + 1, run.end())
        breaks = [at for at in inside if copy.places[at] - copy.places[at - 1] > 1]
        for start, end in pairwise([run.start(), *breaks, run.end()]):
            pieces += [found.span() for found in NUMBER.finditer(copy.squeezed, start, end)]
    return pieces


def glue_pieces(copy: Copy, pieces: list[tuple[int, int]]) -> list[list[Group]]:
    """Return, for each piece, the numbers that may end with it: alone, or glued to those before."""
    groups: list[list[Group]] = []
    edges = [(0, 0), *pieces, (len(copy.squeezed), len(copy.squeezed))]
    for last in range(1, len(pieces) + 1):
        found = []
        for first in range(last, max(0, last - MOST_PIECES), -1):
            start, end = edges[first][0], edges[last][1]
            # Only white space, or a point at the break, may stand between glued pieces.
            if not NUMBER.fullmatch(copy.squeezed, start, end):
                break
            gaps = start - edges[first - 1][1], edges[last + 1][0] - end
            number = copy.squeezed[start:end]
            found.append(Group(number, start, end, last - first + 1, *gaps))
        groups.append(found)
    return groups


def align(expected: list[Expected], copy: Copy) -> tuple[dict[int, Group], list[tuple[int, int]]]:
    """Align the Arabic numbers of the print with those of a copy.

    Parameters
    ----------
    expected : list of Expected
        Arabic numbers only, in order.
    copy : Copy
        The copy to look in.

    Returns
    -------
    tuple of dict and list
        Where each number stands, by its place in the list; and the copy's extra numbers.
        A changed number stands where its replacement does.
    """
    pieces = find_pieces(copy)
    groups = glue_pieces(copy, pieces)
    costs = [(0, NEVER), *((NEVER, STEP * count) for count in range(1, len(pieces) + 1))]
    steps = [[((), ("extra", min(place, 2) - 1)) for place in range(len(pieces) + 1)]]
    for one, gap in zip(expected, _printed_gaps(expected), strict=True):
        costs, row = _next_row(one, gap, copy, groups, costs)
        steps.append(row)
    return _walk_back(steps, pieces, _cheaper(costs[-1]))


def _printed_gaps(expected: list[Expected]) -> list[tuple[int, int | None]]:
    """Return the distance of each printed number to the one before and the one after."""
    ends = [0, *(one.end for one in expected[:-1])]
    starts = [*(one.start for one in expected[1:]), None]
    return [
        (one.start - end, None if start is None else start - one.end)
        for one, end, start in zip(expected, ends, starts, strict=True)
    ]


def _next_row(
    one: Expected, gap: tuple, copy: Copy, groups: list[list[Group]], above: list[tuple]
) -> tuple[list[tuple], list[tuple]]:
    """Return the least costs once one more number is aligned, and the steps that give them.

    Each cell holds two: for the number found where the copy's last one is, and for one of them
    left over. A step says what was done, and which of the two costs it started from.
    """
    # This loop is nearly all the time of a comparison: it computes nothing twice.
    least = [first if first <= second else second for first, second in above]
    last = least[0] + STEP
    costs, steps = [(NEVER, last)], [((), MISSING[_cheaper(above[0])])]
    for place, candidates in enumerate(groups, start=1):
        if last < least[place]:
            skipped, step = last + STEP, EXTRA[_cheaper(costs[-1])]
        else:
            skipped, step = least[place] + STEP, MISSING[_cheaper(above[place])]
        matched = NEVER
        match: tuple = ()
        for group in candidates:
            fewest = least[place - group.pieces] + (0 if group.number == one.number else CHANGED)
            # What costs more than this would never be part of the cheapest way.
            if fewest < skipped + UNLIKE:
                before = above[place - group.pieces]
                for came, cost in enumerate(_cost(one, gap, copy.squeezed, group)):
                    if before[came] + cost < matched:
                        matched, match = before[came] + cost, (group, came)
        costs.append((matched, skipped))
        steps.append((match, step))
        last = matched if matched < skipped else skipped
    return costs, steps


def _cheaper(cell: tuple[int, int]) -> int:
    return 0 if cell[0] <= cell[1] else 1


def _cost(one: Expected, gap: tuple, squeezed: str, group: Group) -> tuple[int, int]:
    """Weigh a printed number against one of the copy: its digits, its words, its neighbours.

    The distance to the number before is evidence only where that one was found as well; the
    second cost is for where it was not.
    """
    unlike = 3 - _alike(gap[1], group.gap_after)
    if one.words != one.number:
        same_before = squeezed.endswith(one.before, 0, group.start)
        unlike += -1 if same_before and squeezed.startswith(one.after, group.end) else 1
    weights = unlike - _alike(gap[0], group.gap_before), unlike
    if group.number == one.number:
        return weights
    changed = CHANGED + (group.pieces > 1)
    return changed + UNLIKE * weights[0], changed + UNLIKE * weights[1]


def _alike(printed: int | None, found: int) -> bool:
    """Say whether two distances agree, white space in print apart."""
    return printed is not None and abs(printed - found) <= 3 + printed // 20


def _walk_back(steps: list, pieces: list, state: int) -> tuple[dict, list]:
    """Follow the cheapest steps from the end to the beginning."""
    places: dict[int, Group] = {}
    extra = []
    row, place = len(steps) - 1, len(pieces)
    while row or place:
        step, state = steps[row][place][state]
        if step == "missing":
            row -= 1
        elif step == "extra":
            place -= 1
            extra.append(pieces[place])
        else:
            row -= 1
            place -= step.pieces
            places[row] = step
    return places, extra[::-1]
