"""Which rows of a table moved, and what of each."""

import difflib
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from itertools import zip_longest
from pathlib import Path
from typing import Any

from hyreport.errors import RawDataError
from hyreport.words.tables import read_rows

WORDS_SHOWN = 60
Row = dict[str, str]


def same_number(was: str | None, now: str | None, tolerance: Decimal) -> bool:
    """Say whether two cells hold the same text, or numbers within the tolerance.

    >>> same_number("8.50", "8.5000001", Decimal("0.0001")), same_number("8.5", "8.6", Decimal(0))
    (True, False)
    """
    if was == now:
        return True
    try:
        first, second = Decimal(was or ""), Decimal(now or "")
    except InvalidOperation:
        return False
    size = max(abs(first), abs(second), Decimal(1))
    return bool(tolerance) and abs(first - second) <= tolerance * size


def compare_tables(before: Path, after: Path, tolerance: Decimal) -> Iterator[str]:
    """Say for each row of a CSV table what of it moved.

    Parameters
    ----------
    before, after : Path
        The two files.
    tolerance : Decimal
        Numbers this close, relative to their size, count as equal.
    """
    try:
        rows = read_rows(before), read_rows(after)
    except RawDataError as error:
        yield f"cannot be compared by rows: {error}"
        return
    for name, was, now in _pair_rows(*rows):
        if was is None or now is None:
            yield f"row {name} is {'new' if was is None else 'gone'}"
            continue
        cells = [
            f"{column} {_short(was.get(column))} → {_short(now.get(column))}"
            for column in [*was, *(column for column in now if column not in was)]
            if not same_number(was.get(column), now.get(column), tolerance)
        ]
        if cells:
            yield f"row {name}: {', '.join(cells)}"


def _pair_rows(was: list[Row], now: list[Row]) -> Iterator[tuple[str, Row | None, Row | None]]:
    """Pair rows by their first cell where it tells them apart, else by what stayed around them."""
    old, new = ({next(iter(row.values())): row for row in rows} for rows in (was, now))
    if len(old) == len(was) and len(new) == len(now):
        for key in [*old, *(key for key in new if key not in old)]:
            yield _short(key), old.get(key), new.get(key)
        return
    cells = ([tuple(row.items()) for row in rows] for rows in (was, now))
    for place, before, after in pair_changed(*cells):
        name = (after or before)[0][1]
        yield f"{place + 1} ({_short(name)})", before and dict(before), after and dict(after)


def pair_changed(was: list, now: list) -> Iterator[tuple[int, Any, Any]]:
    """Pair what differs in two lists, by what stayed around it; None has no partner.

    >>> list(pair_changed(["a", "b", "c"], ["a", "x", "y", "c"]))
    [(1, 'b', 'x'), (2, None, 'y')]
    """
    matcher = difflib.SequenceMatcher(None, was, now, autojunk=False)
    for tag, first, first_end, second, second_end in matcher.get_opcodes():
        if tag != "equal":
            pairs = zip_longest(was[first:first_end], now[second:second_end])
            for place, (old, new) in enumerate(pairs):
                yield (second if old is None else first) + place, old, new


def _short(words: str | None) -> str:
    words = " ".join((words or "").split()) or "blank"
    return words if len(words) <= WORDS_SHOWN else words[: WORDS_SHOWN - 1] + "…"
