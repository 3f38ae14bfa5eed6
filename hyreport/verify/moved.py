"""What moved between two sets of artifacts, in a researcher's words."""

import base64
import difflib
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from html import unescape
from itertools import zip_longest
from pathlib import Path
from typing import Any

from hyreport.data.versions import hash_bytes
from hyreport.errors import RawDataError
from hyreport.numbers.computed import ENDS
from hyreport.numbers.writing import say_number
from hyreport.publish.manifest import NAME, read_json
from hyreport.publish.stamp import stamp
from hyreport.words.tables import read_rows

__all__ = ["Moved", "list_moved"]


NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
LINES_SHOWN = 3
ROWS_SHOWN = 10
WORDS_SHOWN = 60
RESULTS = "results.json"
Row = dict[str, str]
Compare = Callable[[Path, Path, Decimal], Iterator[str]]
# What a page says of the version, of the data's hash and of file sizes follows from other changes.
FOLLOWS = re.compile(r"\b[0-9a-f]{64}\b|\b[0-9a-f]{12}\b|Version \d[\w.]*\w|[\d.]+ kB")


@dataclass(frozen=True)
class Moved:
    """One thing that moved: a result, a table's row, a chart, a page, a notebook, a file.

    `report` is blank where only one is compared.
    """

    item: str
    name: str
    words: str
    report: str = ""

    def __str__(self) -> str:
        """Say it in one line."""
        report = f"{self.report}: " if self.report else ""
        return f"{report}{self.item} {self.name}: {self.words}"


def list_moved(
    before: Path,
    after: Path,
    *,
    tolerance: Decimal = Decimal(0),
    files: str = "**/*",
    report: str = "",
) -> list[Moved]:
    """List what differs between two artifacts folders.

    Parameters
    ----------
    before, after : Path
        Two folders as `render` makes them.
    tolerance : Decimal
        Numbers this close, relative to their size, count as equal. Above zero the bytes of
        pictures do not count: other versions draw the same numbers a little differently.
    files : str
        Pattern of the files that count beside those of which more can be said.
    report : str
        Its id, where more than one is compared.

    Returns
    -------
    list of Moved
        Results first, then data, tables, charts, pages, notebooks, other files; empty where
        nothing moved.

    Examples
    --------
    >>> from hyreport.paths import ARTIFACTS
    >>> list_moved(ARTIFACTS / "hengyang-2018", ARTIFACTS / "hengyang-2018")
    []
    """
    results = _results(before, after, tolerance)
    moved = [Moved("result", name, words, report) for name, words in results]
    seen, told = {RESULTS, NAME}, set()
    for item, pattern, compare in (*KINDS, ("file", files, _say_file)):
        names = {
            path.relative_to(folder).as_posix()
            for folder in (before, after)
            for path in folder.glob(pattern)
            if path.is_file()
        } - seen
        seen |= names
        for name in sorted(names) if not (tolerance and compare in EXACT) else ():
            whole = item in ("page", "file")
            label = name if whole else name.partition("/")[2].rpartition(".")[0]
            if (item, label) in told:  # a chart is told once: by its data, or as it is drawn
                continue
            for words in _compare(before / name, after / name, compare, tolerance):
                told.add((item, label))
                moved.append(Moved(item, label, words, report))
    return moved


def _compare(was: Path, now: Path, compare: Compare, tolerance: Decimal) -> Iterator[str]:
    if not was.exists():
        yield "is new"
    elif not now.exists():
        yield "is gone"
    elif was.read_bytes() != now.read_bytes():
        yield from compare(was, now, tolerance)


def _results(before: Path, after: Path, tolerance: Decimal) -> Iterator[tuple[str, str]]:
    was, now = (read_json(folder / RESULTS) for folder in (before, after))
    for name in sorted(was.keys() | now):
        if name not in now:
            yield name, f"gone; was {_say_result(was[name])}"
        elif name not in was:
            yield name, f"new: {_say_result(now[name])}"
        elif words := _say_moved(was[name], now[name], tolerance):
            yield name, words


def _say_moved(was: dict, now: dict, tolerance: Decimal) -> str:
    """Say what of a result moved: its number as shown, only digits not shown, or what it is."""
    if not _same_ends(was, now, tolerance):
        return f"moved from {_say_result(was)} to {_say_result(now)}"
    if any(was.get(key) != now.get(key) for key in ("unit", "formula", "inputs")):
        return "same number, but its unit, formula or inputs changed"
    before, after = (entry | entry.get("unrounded", {}) for entry in (was, now))
    if "unrounded" in was.keys() & now and not _same_ends(before, after, tolerance):
        words = f"{_say_result(before)} to {_say_result(after)}"
        return f"shown as before, moved before rounding from {words}"
    return ""


def _same_ends(was: dict, now: dict, tolerance: Decimal) -> bool:
    return all(same_number(was[end], now[end], tolerance) for end in ENDS)


def _say_result(entry: dict) -> str:
    return say_number(*(entry[end] for end in ENDS), unit=entry["unit"])


def _say_table(was: Path, now: Path, tolerance: Decimal) -> Iterator[str]:
    lines = list(compare_tables(was, now, tolerance))
    yield from lines[:ROWS_SHOWN]
    if len(lines) > ROWS_SHOWN:
        yield f"and {len(lines) - ROWS_SHOWN} more rows"
    if not lines and not tolerance:
        yield "same cells, other order or writing"


def _say_chart(was: Path, now: Path, tolerance: Decimal) -> Iterator[str]:
    for words in _say_table(was, now, tolerance):
        yield f"is drawn from other data: {words}"


def _say_picture(was: Path, now: Path, tolerance: Decimal) -> Iterator[str]:
    if stamp(was.read_bytes()) != stamp(now.read_bytes()):
        yield "is drawn differently from the same data"


def _say_page(was: Path, now: Path, tolerance: Decimal) -> Iterator[str]:
    texts = [FOLLOWS.sub("…", path.read_text(encoding="utf-8")) for path in (was, now)]
    pages = [unescape(re.sub("<[^>]+>", "\n", text)).splitlines() for text in texts]
    first, second = ([" ".join(line.split()) for line in page if line.strip()] for page in pages)
    lines = _changed_lines(first, second, tolerance)
    if lines:
        more = len(lines) - LINES_SHOWN
        shown = [f"{a or 'nothing'!r} → {b or 'nothing'!r}" for a, b in lines[:LINES_SHOWN]]
        yield "; ".join([*shown, f"and {more} more lines"] if more > 0 else shown)
    elif not tolerance and texts[0] != texts[1]:
        yield "same text, other markup"


def _say_notebook(was: Path, now: Path, tolerance: Decimal) -> Iterator[str]:
    before, after = (_read_cells(path, not tolerance) for path in (was, now))
    numbers = [
        str(number)
        for number, (first, second) in enumerate(zip(before, after, strict=False), start=1)
        if _changed_lines(first, second, tolerance)
    ]
    if numbers or len(before) != len(after):
        yield f"cells changed: {', '.join(numbers) or 'added or dropped'}"


def _say_file(was: Path, now: Path, tolerance: Decimal) -> Iterator[str]:
    yield "changed"


KINDS = (
    ("data", "data/**/*.csv", _say_table),
    ("table", "tables/*.csv", _say_table),
    ("chart", "figures/*.csv", _say_chart),
    ("chart", "figures/*.[ps]*g", _say_picture),
    ("page", "*.html", _say_page),
    ("notebook", "notebooks/*.ipynb", _say_notebook),
)
# Not compared where the numbers have a tolerance.
EXACT = (_say_picture, _say_file)


def _changed_lines(was: list[str], now: list[str], tolerance: Decimal) -> list[tuple[str, str]]:
    """Pair the lines that differ; numbers within the tolerance do not."""
    pairs = [(old or "", new or "") for _, old, new in pair_changed(was, now)]
    return [pair for pair in pairs if not _alike(*pair, tolerance)]


def _alike(was: str, now: str, tolerance: Decimal) -> bool:
    if NUMBER.sub("#", was) != NUMBER.sub("#", now):
        return False
    numbers = zip(NUMBER.findall(was), NUMBER.findall(now), strict=True)
    return all(same_number(*pair, tolerance) for pair in numbers)


def _read_cells(path: Path, pictures: bool) -> list[list[str]]:
    """Return the lines of each cell; a picture counts as one line or not at all."""
    cells = read_json(path)["cells"]
    for cell in cells:
        for output in cell.get("outputs", []):
            drawn = output.get("data", {}).pop("image/png", None)
            if drawn and pictures:
                output["picture"] = hash_bytes(stamp(base64.b64decode(drawn)))
    return [json.dumps(cell, ensure_ascii=False, indent=0).splitlines() for cell in cells]


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
