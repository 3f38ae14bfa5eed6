"""Whose report a text is: names of areas and their codes by GB/T 2260, year by year."""

from functools import cache
from pathlib import Path
from typing import NamedTuple

from hyreport.paths import RAW
from hyreport.words.tables import read_rows

__all__ = ["AREAS", "Area", "area_in", "areas"]


AREAS = RAW / "areas.csv"


class Area(NamedTuple):
    """A name and code of an area and the years in which both were in force; 0 for no end."""

    code: str
    name: str
    level: str
    first: int
    last: int
    now: str


@cache
def areas(path: Path = AREAS) -> tuple[Area, ...]:
    """Return all rows of areas.csv."""
    return tuple(
        Area(
            row["area_code"],
            row["area"],
            row["level"],
            int(row["first_year"] or 0),
            int(row["last_year"] or 0),
            row["area_code_now"],
        )
        for row in read_rows(path)
    )


@cache
def _by_name() -> dict[str, str]:
    return {area.name: area.now for area in areas()}


@cache
def _by_now() -> dict[str, tuple[Area, ...]]:
    found: dict[str, list[Area]] = {}
    for area in areas():
        found.setdefault(area.now, []).append(area)
    return {now: tuple(rows) for now, rows in found.items()}


def area_in(name: str, year: int) -> Area | None:
    """Return the area of a name, past or present, as it was called and coded in a year.

    >>> area_in("襄阳市", 2009).name
    '襄樊市'
    """
    now = _by_name().get(name)
    if now is None:
        return None
    rows = _by_now()[now]
    fitting = [row for row in rows if row.first <= year and (not row.last or year <= row.last)]
    return fitting[-1] if fitting else rows[0]
