"""Makes the panel of a shelf: reads every text once, remembers what was read, writes the tables."""

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any

from hyreport.draft.facts import UNSURE
from hyreport.errors import HyreportError, RawDataError
from hyreport.panel.areas import AREAS, Area, area_in
from hyreport.panel.keep import write_panel
from hyreport.panel.reading import read_cells
from hyreport.panel.shelf import ShelfText, find_texts, rule_out
from hyreport.paths import PACKAGE
from hyreport.text.copies import read_file

__all__ = ["RECORD", "Made", "describe_panel", "hash_rules", "make_panel", "read_one"]


READINGS, RECORD = ".readings.jsonl", ".made.json"
# All that the panel of the same texts depends on.
RULES = (
    *("draft", "numbers", "text", "words"),
    *("panel/reading.py", "panel/scope.py", "panel/headline.csv"),
    *("panel/make.py", "panel/areas.py"),
    *("panel/shelf.py", "panel/doubts.py", "panel/keep.py"),
)
STEPS, NATION = 20, "全国"
# Before it other indicators were the headline: 工农业总产值, 国民收入.
FIRST_YEAR = 1990
Mapping = Callable[..., Iterable[dict[str, Any]]]


@dataclass(frozen=True)
class Made:
    """How many texts were found and used, cells found, and texts read in this run."""

    texts: int
    used: int
    found: int
    read_now: int


def make_panel(
    folder: Path,
    to: Path,
    *,
    workers: int | None = None,
    map_by: Mapping | None = None,
    say: Callable[[str], object] = print,
) -> Made:
    """Make headline.parquet and reports.csv of a folder of texts.

    Parameters
    ----------
    folder : Path
        The public collection in its own layout, or any folder with a texts.csv.
    to : Path
        Folder for the tables. What was read of each text is remembered there; a run that was
        stopped goes on where it was.
    workers : int, optional
        Processes that read; as many as the machine has cores by default.
    map_by : callable, optional
        Maps `read_one` over paths, areas and years in their order, as Python's map does; for a
        cluster (docs/scale.md), instead of processes of this machine.
    say : callable
        Told of the progress, a line at a time.

    Returns
    -------
    Made

    Raises
    ------
    RawDataError
        Where the folder holds no texts, or changes while it is read.
    """
    texts = find_texts(folder)
    hashes = {text.path: _hash(folder / text.path) for text in texts}
    to.mkdir(parents=True, exist_ok=True)
    known = _remembered(to / READINGS)
    new = [text for text in texts if _key(text, hashes) not in known]
    for text, reading in _read(folder, new, to / READINGS, _mapping(workers, map_by), say):
        if reading["sha256"] != hashes[text.path]:
            expected = "a file that stays as it is while the shelf is read"
            raise RawDataError(text.path, "another content", expected, "run it again")
        known[_key(text, hashes)] = reading
    readings = {text.path: known[_key(text, hashes)] for text in texts}
    reports = [_report(text, readings[text.path]) for text in texts]
    rule_out(reports, {path: _values(reading) for path, reading in readings.items()})
    found = write_panel(reports, readings, to)
    made = json.dumps(describe_panel(to), indent=1) + "\n"
    (to / RECORD).write_text(made, encoding="utf-8", newline="\n")
    used = sum(row["used"] == "yes" for row in reports)
    return Made(len(texts), used, found, len(new))


def read_one(path: Path, area: str = "", year: int = 0) -> dict[str, Any]:
    """Read one text of a shelf.

    Parameters
    ----------
    path : Path
        The file.
    area : str
        Full name of the place, to count how often the text names it.
    year : int
        That of the file's name, for a text in which nothing says it plainly.

    Returns
    -------
    dict
        The file's `sha256`, and either `why_not` or the fields of a `Reading`, with `named`, how
        often the text names its place, and `is_other`, whether it is that of another place. It
        can be written as JSON, and depends on the file and the rules alone.
    """
    content = path.read_bytes()
    made: dict[str, Any] = {"sha256": hashlib.sha256(content).hexdigest()}
    try:
        _, text = read_file(path)
        reading = read_cells(text, name=path.name, year=year, place=area)
    except HyreportError as error:
        return made | {"why_not": f"{error.found}; expected {error.expected}"}
    place = area_in(area, reading.year)
    name = place.name if place else area
    # 云南省 is named as 云南 too; 襄阳市 was 襄樊市 before 2011.
    named = text.count(name[:2]) if name != NATION else 1
    is_other = name != area and area in text and name not in text
    return made | vars(reading) | {"named": named, "is_other": is_other}


def _read(
    folder: Path,
    texts: list[ShelfText],
    memory: Path,
    mapping: AbstractContextManager[Mapping],
    say: Callable[[str], object],
) -> Iterator[tuple[ShelfText, dict[str, Any]]]:
    """Read texts side by side, remembering each as it comes."""
    if not texts:
        return
    paths, areas = [folder / text.path for text in texts], [text.area for text in texts]
    years = [text.year or 0 for text in texts]
    step = max(1, len(texts) // STEPS)
    with memory.open("a", encoding="utf-8", newline="\n") as file, mapping as map_by:
        # Ends a line that an earlier run was stopped in.
        file.write("\n")
        done = map_by(read_one, paths, areas, years)
        for number, (text, reading) in enumerate(zip(texts, done, strict=True), start=1):
            key = [hash_rules(), reading["sha256"], text.area, text.year or 0]
            file.write(json.dumps([key, reading], ensure_ascii=False) + "\n")
            if number % step == 0 or number == len(texts):
                file.flush()
                say(f"read {number} of {len(texts)} texts")
            yield text, reading


@contextmanager
def _mapping(workers: int | None, map_by: Mapping | None) -> Iterator[Mapping]:
    """Give what maps: the caller's way, or processes of this machine."""
    if map_by:
        yield map_by
        return
    with ProcessPoolExecutor(workers or os.cpu_count()) as pool:
        yield partial(pool.map, chunksize=4)


def _remembered(path: Path) -> dict[tuple[str, str, int], dict[str, Any]]:
    """Return what earlier runs read by the same rules; a line cut short is read again."""
    known = {}
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    for line in lines:
        try:
            (rules, *key), reading = json.loads(line)
            content, area, year = key
        except ValueError:
            continue
        if rules == hash_rules():
            known[content, area, year] = reading
    return known


def _key(text: ShelfText, hashes: dict[str, str]) -> tuple[str, str, int]:
    return hashes[text.path], text.area, text.year or 0


def describe_panel(folder: Path) -> dict[str, str]:
    """Return what tells whether a panel is as these rules made it: their hash and its tables'.

    As long as this is what `.made.json` beside the tables says, neither rules nor tables have
    changed since; reports.csv has the hash of each text.
    """
    tables = {name: folder / name for name in ("audit.csv", "headline.parquet", "reports.csv")}
    hashes = {name: _hash(path) for name, path in tables.items() if path.is_file()}
    return {"rules": hash_rules(), **hashes}


@cache
def hash_rules() -> str:
    """Return the hash of all code and words by which texts are read, the same on any machine.

    >>> len(hash_rules())
    16
    """
    found = hashlib.sha256()
    for name in RULES:
        for path in sorted((PACKAGE / name).rglob("*")) or [PACKAGE / name]:
            if path.suffix in (".py", ".csv", ".toml"):
                found.update(path.read_bytes())
    found.update(AREAS.read_bytes())
    return found.hexdigest()[:16]


def _hash(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        expected = "a text that is listed"
        raise RawDataError(str(path), "no file", expected, "restore it or unlist it") from None


def _values(reading: dict[str, Any]) -> dict[tuple[str, str], str]:
    cells = reading.get("cells", ())
    return {
        (cell["indicator"], cell["kind"]): cell["value"]
        for cell in cells
        if cell["status"] == "found"
    }


def _why_not(text: ShelfText, reading: dict[str, Any], area: Area | None, year: int) -> str:
    """Say why a text cannot be used, if it cannot."""
    if why := reading.get("why_not", ""):
        return why
    if area is None:
        return f"no area {text.area} in areas.csv"
    if destroyed := [one for one in reading["odd"] if "destroyed" in one]:
        return destroyed[0]
    if not reading["named"]:
        return f"the text does not name {area.name}"
    if reading["is_other"]:
        return f"a report of {text.area}, when the area was {area.name}"
    return f"a report for {year}, before {FIRST_YEAR}" if year < FIRST_YEAR else ""


def _report(text: ShelfText, reading: dict[str, Any]) -> dict[str, str]:
    """Return the row of reports.csv for a text, before doubles are ruled out."""
    year = (text.code and text.year) or reading.get("year", 0)
    area = area_in(text.area, year)
    why = _why_not(text, reading, area, year)
    file_year = text.year or 0
    note = f"the file's name says {file_year}" if file_year != year else ""
    if UNSURE in reading.get("odd", ()):
        note = f"{UNSURE}; the file's name says {file_year}"
    return {
        "report": f"{area.now}-{year}" if area and year else "",
        "path": text.path,
        "sha256": reading["sha256"],
        "area": area.name if area else text.area,
        "area_code": area.code if area else "",
        "area_code_now": area.now if area else "",
        "level": area.level if area else "",
        "report_year": str(year or ""),
        "delivered": reading.get("delivered", ""),
        "used": "no" if why else "yes",
        "why_not": why,
        "note": "" if why or not file_year else note,
        "file_year": str(file_year or ""),
        "named": str(reading.get("named", 0)),
        "found": str(len(_values(reading))),
    }
