"""Finds the texts of a folder, and tells which of them are reports of their own."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from hyreport.errors import RawDataError
from hyreport.panel.areas import areas
from hyreport.words.tables import read_rows

__all__ = ["ShelfText", "find_texts", "rule_out"]


LISTED = "texts.csv"
# Folders of the public collection, by the level of government whose reports lie in them.
LAYOUT = {
    "政府工作报告-国务院": "nation",
    "政府工作报告-省自治区": "province",
    "政府工作报告-主要城市": "prefecture",
    "政府工作报告-其他地市": "prefecture",
}
ENOUGH = 6


@dataclass(frozen=True)
class ShelfText:
    """A text of a shelf: its path below the folder, whose report it is, and of which year."""

    path: str
    area: str
    year: int | None = None
    code: str = ""


def find_texts(folder: Path) -> list[ShelfText]:
    """List the texts of a folder, in the order of their paths.

    Parameters
    ----------
    folder : Path
        The public collection in its own layout, or any folder with a texts.csv
        (path, area_code, level, year).

    Raises
    ------
    RawDataError
        Where the folder is neither.
    """
    if (folder / LISTED).is_file():
        return sorted(_listed(folder), key=lambda text: text.path)
    found = []
    for name in LAYOUT:
        for path in sorted((folder / name).rglob("*.md")):
            below = path.relative_to(folder)
            area = "全国" if len(below.parts) == 2 else below.parts[1]
            year = re.search(r"(?:19|20)\d\d", path.stem)
            found.append(ShelfText(below.as_posix(), area, int(year[0]) if year else None))
    if not found:
        expected = f"a texts.csv, or the folders {', '.join(LAYOUT)}"
        raise RawDataError(str(folder), "no texts", expected, "name the folder that holds them")
    return found


def _listed(folder: Path) -> Iterable[ShelfText]:
    """Yield the rows of texts.csv."""
    names = {area.code: area.name for area in areas()}
    for number, row in enumerate(read_rows(folder / LISTED), start=2):
        place = f"{LISTED}, line {number}"
        if {"path", "area_code", "year"} - set(row):
            raise RawDataError(place, ", ".join(row), "path, area_code, level, year")
        if row["area_code"] not in names:
            expected = "a code of areas.csv"
            raise RawDataError(place, repr(row["area_code"]), expected, "correct the code")
        if row["year"] and not re.fullmatch(r"(?:19|20)\d\d", row["year"]):
            raise RawDataError(place, repr(row["year"]), "a year or nothing", "correct the year")
        year = int(row["year"]) if row["year"] else None
        yield ShelfText(row["path"], names[row["area_code"]], year, row["area_code"])


def rule_out(reports: list[dict[str, str]], cells: dict[str, dict[tuple, str]]) -> None:
    """Mark the reports that are left out, each with its reason: doubles, misfiled, a second text.

    Parameters
    ----------
    reports : list of dict
        Rows of reports.csv; `used` and `why_not` are filled here.
    cells : dict
        By path, the values found: (indicator, kind) to value.
    """
    by_figures: dict[tuple, list[dict[str, str]]] = defaultdict(list)
    by_place: dict[tuple, list[dict[str, str]]] = defaultdict(list)
    for row in reports:
        if row["used"] != "yes":
            continue
        found = tuple(sorted(cells[row["path"]].items()))
        if len(found) >= ENOUGH:
            by_figures[found].append(row)
    for group in by_figures.values():
        _keep_best(group, "the same figures as")
    for row in reports:
        if row["used"] == "yes":
            by_place[row["area_code_now"], row["report_year"]].append(row)
    for group in by_place.values():
        _keep_best(group, "another text of this place and year is used:")


def _keep_best(group: list[dict[str, str]], why: str) -> None:
    """Keep the text that names its place most and lies under its own year."""
    best, *others = sorted(
        group,
        key=lambda row: (
            -int(row["named"]),
            row["file_year"] != row["report_year"],
            -int(row["found"]),
            row["path"],
        ),
    )
    for row in others:
        row |= {"used": "no", "why_not": f"{why} {best['path']}"}
