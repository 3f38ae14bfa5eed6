"""What moved between two sets of artifacts, in a researcher's words."""

import base64
import difflib
import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from hyreport.numbers.computed import ENDS, say_number
from hyreport.verify.rows import compare_tables, same_number

NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
LINES_SHOWN = 3
ROWS_SHOWN = 10
TOLD = re.compile(
    r"(tables|figures|notebooks)/|data/.*\.csv$|[^/]*\.html$|(results|manifest)\.json$"
)
DRAWN = (".svg", ".png")
PNG = b"\x89PNG\r\n\x1a\n"
# What a page says of the version, of the data's hash and of file sizes follows from other changes.
FOLLOWS = re.compile(r"\b[0-9a-f]{64}\b|\b[0-9a-f]{12}\b|Version \d[\w.]*\w|[\d.]+ kB")
# The version's line in a picture is no change of the picture.
VERSION_IN_SVG = re.compile(rb"<dc:source>.*?</dc:source>\s*", re.DOTALL)


@dataclass(frozen=True)
class Moved:
    """One thing that moved: a result, a table's row, a chart, a page, a notebook, a file."""

    item: str
    name: str
    words: str

    def __str__(self) -> str:
        """Say it in one line."""
        return f"{self.item} {self.name}: {self.words}"


def list_moved(before: Path, after: Path, *, tolerance: Decimal = Decimal(0)) -> list[Moved]:
    """List what differs between two artifacts folders.

    Parameters
    ----------
    before, after : Path
        Two folders as `render` makes them.
    tolerance : Decimal
        Numbers this close, relative to their size, count as equal. Above zero the bytes of
        pictures do not count: other versions draw the same numbers a little differently.

    Returns
    -------
    list of Moved
        Results first, then data, tables, charts, pages, notebooks, other files; empty where
        nothing moved.

    Examples
    --------
    >>> from hyreport.paths import ARTIFACTS, REPORT_ID
    >>> list_moved(ARTIFACTS / REPORT_ID, ARTIFACTS / REPORT_ID)
    []
    """
    moved = [*_results(before, after, tolerance)]
    for folder, item in (("data", "data"), ("tables", "table"), ("figures", "chart")):
        moved += _tables(before, after, folder, item, tolerance)
    drawn = {entry.name for entry in moved if entry.item == "chart"}
    if not tolerance:
        moved += _pictures(before, after, drawn)
    moved += _pages(before, after, tolerance)
    moved += _notebooks(before, after, tolerance)
    return moved if tolerance else [*moved, *_others(before, after)]


def _results(before: Path, after: Path, tolerance: Decimal) -> Iterator[Moved]:
    was, now = (_read_json(folder / "results.json") for folder in (before, after))
    for name in sorted(was.keys() | now):
        if name not in now:
            yield Moved("result", name, f"gone; was {_say_result(was[name])}")
        elif name not in was:
            yield Moved("result", name, f"new: {_say_result(now[name])}")
        else:
            yield from _moved_result(name, was[name], now[name], tolerance)


def _moved_result(name: str, was: dict, now: dict, tolerance: Decimal) -> Iterator[Moved]:
    """Say what of a result moved: its number as shown, only digits not shown, or what it is."""
    if not _same_ends(was, now, tolerance):
        yield Moved("result", name, f"moved from {_say_result(was)} to {_say_result(now)}")
    elif any(was.get(key) != now.get(key) for key in ("unit", "formula", "inputs")):
        yield Moved("result", name, "same number, but its unit, formula or inputs changed")
    elif "unrounded" in was.keys() & now and not _same_ends(
        was["unrounded"], now["unrounded"], tolerance
    ):
        words = " to ".join(_say_result(each | each["unrounded"]) for each in (was, now))
        yield Moved("result", name, f"shown as before, moved before rounding from {words}")


def _same_ends(was: dict, now: dict, tolerance: Decimal) -> bool:
    return all(same_number(was[end], now[end], tolerance) for end in ENDS)


def _say_result(entry: dict) -> str:
    return say_number(*(entry[end] for end in ENDS), unit=entry["unit"])


def _tables(before: Path, after: Path, folder: str, item: str, tolerance) -> Iterator[Moved]:
    for name in _names(before, after, f"{folder}/**/*.csv"):
        label = name.removeprefix(f"{folder}/").removesuffix(".csv")
        gone = _only_one(before / name, after / name)
        if gone:
            yield Moved(item, label, gone)
        elif _differs(before, after, name):
            lines = list(compare_tables(before / name, after / name, tolerance))
            why = "is drawn from other data: " if item == "chart" else ""
            for words in lines[:ROWS_SHOWN]:
                yield Moved(item, label, f"{why}{words}")
            if len(lines) > ROWS_SHOWN:
                yield Moved(item, label, f"and {len(lines) - ROWS_SHOWN} more rows")
            if not lines and not tolerance:
                yield Moved(item, label, "same cells, other order or writing")


def _pictures(before: Path, after: Path, drawn: set[str]) -> Iterator[Moved]:
    names = {Path(name).stem for name in _names(before, after, "figures/*.svg", "figures/*.png")}
    for name in sorted(names - drawn):
        pairs = [[root / f"figures/{name}{end}" for root in (before, after)] for end in DRAWN]
        if gone := [words for pair in pairs if (words := _only_one(*pair))]:
            yield Moved("chart", name, gone[0])
        elif any(_picture(was) != _picture(now) for was, now in pairs):
            yield Moved("chart", name, "is drawn differently from the same data")


def _picture(source: Path | bytes) -> bytes:
    """Return a picture's bytes without the note of the version that drew it."""
    content = source if isinstance(source, bytes) else source.read_bytes()
    if not content.startswith(PNG):
        return VERSION_IN_SVG.sub(b"", content)
    chunks, start = [], len(PNG)
    while start < len(content):
        end = start + 12 + int.from_bytes(content[start : start + 4], "big")
        if content[start + 4 : start + 8] != b"tEXt":
            chunks.append(content[start:end])
        start = end
    return b"".join(chunks)


def _pages(before: Path, after: Path, tolerance: Decimal) -> Iterator[Moved]:
    for name in _names(before, after, "*.html"):
        gone = _only_one(before / name, after / name)
        if gone:
            yield Moved("page", name, gone)
        elif _differs(before, after, name):
            was, now = (_read_page(root / name) for root in (before, after))
            lines = _changed_lines(*map(_lines_of, (was, now)), tolerance)
            if lines:
                yield Moved("page", name, _say_lines(lines))
            elif not tolerance and str(was) != str(now):
                yield Moved("page", name, "same text, other markup")


def _notebooks(before: Path, after: Path, tolerance: Decimal) -> Iterator[Moved]:
    for name in _names(before, after, "notebooks/*.ipynb"):
        gone = _only_one(before / name, after / name)
        if gone:
            yield Moved("notebook", name, gone)
        elif _differs(before, after, name):
            was, now = (_read_cells(root / name, not tolerance) for root in (before, after))
            numbers = [
                number
                for number, (first, second) in enumerate(zip(was, now, strict=False), start=1)
                if _changed_lines(first, second, tolerance)
            ]
            if numbers or len(was) != len(now):
                cells = ", ".join(map(str, numbers)) or "added or dropped"
                yield Moved("notebook", Path(name).stem, f"cells changed: {cells}")


def _others(before: Path, after: Path) -> Iterator[Moved]:
    for name in _names(before, after, "**/*"):
        if TOLD.match(name):
            continue
        gone = _only_one(before / name, after / name)
        if gone or _differs(before, after, name):
            yield Moved("file", name, gone or "changed")


def _changed_lines(was: list[str], now: list[str], tolerance: Decimal) -> list[tuple[str, str]]:
    """Pair the lines that differ; numbers within the tolerance do not."""
    pairs = []
    matcher = difflib.SequenceMatcher(None, was, now, autojunk=False)
    for tag, first, first_end, second, second_end in matcher.get_opcodes():
        if tag == "equal":
            continue
        old, new = was[first:first_end], now[second:second_end]
        width = max(len(old), len(new))
        old += [""] * (width - len(old))
        new += [""] * (width - len(new))
        pairs += [pair for pair in zip(old, new, strict=True) if not _alike(*pair, tolerance)]
    return pairs


def _alike(was: str, now: str, tolerance: Decimal) -> bool:
    if NUMBER.sub("#", was) != NUMBER.sub("#", now):
        return False
    numbers = zip(NUMBER.findall(was), NUMBER.findall(now), strict=True)
    return all(same_number(*pair, tolerance) for pair in numbers)


def _say_lines(lines: list[tuple[str, str]]) -> str:
    shown = "; ".join(
        f"{was or 'nothing'!r} → {now or 'nothing'!r}" for was, now in lines[:LINES_SHOWN]
    )
    more = len(lines) - LINES_SHOWN
    return f"{shown}; and {more} more lines" if more > 0 else shown


def _read_page(path: Path):
    """Return a page without what only follows: version, hash of the data, sizes of files."""
    from bs4 import BeautifulSoup

    return BeautifulSoup(FOLLOWS.sub("…", path.read_text(encoding="utf-8")), "html.parser")


def _lines_of(page) -> list[str]:
    lines = page.get_text("\n").splitlines()
    return [" ".join(line.split()) for line in lines if line.strip()]


def _read_cells(path: Path, pictures: bool) -> list[list[str]]:
    """Return the lines of each cell; a picture counts as one line or not at all."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    for cell in cells:
        for output in cell.get("outputs", []):
            drawn = output.get("data", {}).pop("image/png", None)
            if drawn and pictures:
                content = _picture(base64.b64decode(drawn))
                output["picture"] = hashlib.sha256(content).hexdigest()
    return [json.dumps(cell, ensure_ascii=False, indent=0).splitlines() for cell in cells]


def _names(before: Path, after: Path, *patterns: str) -> list[str]:
    found = {
        path.relative_to(root).as_posix()
        for root in (before, after)
        for pattern in patterns
        for path in root.glob(pattern)
        if path.is_file()
    }
    return sorted(found)


def _only_one(was: Path, now: Path) -> str:
    if not was.exists():
        return "is new"
    return "" if now.exists() else "is gone"


def _differs(before: Path, after: Path, name: str) -> bool:
    was, now = before / name, after / name
    return was.exists() and now.exists() and was.read_bytes() != now.read_bytes()


def _read_json(path: Path) -> dict:
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
