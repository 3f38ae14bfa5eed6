"""Names of figures: which report a figure is of, and what it is called there.

`hengyang-2018:gdp.growth.2017` is a printed figure, `hengyang-2018:reference:gdp.2017.yearbook` an
outside one as that report uses it. In a report's own tables and pages its name is left off.
"""

import re
from collections.abc import Mapping
from typing import TypeVar

OUTSIDE = "reference:"
# The vintage of what a report says of the year that has just ended.
FIRST_RELEASE = "first release"
NAMED_BY = ["series", "ref_area", "time_period", "role", "qualifier", "vintage"]
# What stands before a colon and is no report.
RESERVED = ("reference", "result", "panel")
Own = TypeVar("Own", str, str | None)
_WITH_REPORT = re.compile(rf"(?!(?:{'|'.join(RESERVED)}):)([a-z0-9][a-z0-9_.-]*):(?=[a-z])(.+)")

__all__ = [
    "FIRST_RELEASE",
    "NAMED_BY",
    "OUTSIDE",
    "RESERVED",
    "name_outside",
    "qualify",
    "shorten",
    "split_id",
]


def qualify(name: str, report_id: str) -> str:
    """Put the report before the name of a figure, unless one stands there or there is none.

    >>> qualify("gdp.growth.2017", "hengyang-2018"), qualify("a-2020:gdp.growth.2017", "b-2018")
    ('hengyang-2018:gdp.growth.2017', 'a-2020:gdp.growth.2017')
    """
    return name if not report_id or _WITH_REPORT.fullmatch(name) else f"{report_id}:{name}"


def split_id(name: str, report_id: Own) -> tuple[str | Own, str]:
    """Split the name of a figure into report and name; without a report it is of `report_id`.

    >>> split_id("hengyang-2018:reference:gdp.2017.yearbook", None)
    ('hengyang-2018', 'reference:gdp.2017.yearbook')
    >>> split_id("reference:gdp.2017.yearbook", "hengyang-2018")
    ('hengyang-2018', 'reference:gdp.2017.yearbook')
    """
    found = _WITH_REPORT.fullmatch(name) if isinstance(name, str) else None
    return (found[1], found[2]) if found else (report_id, name)


def shorten(text: str, report_id: str) -> str:
    """Leave a report's name off the ids in a text, as its own tables and pages do.

    >>> shorten("a-2020:gdp.growth.2017 b-2018:gdp.growth.2017", "b-2018")
    'a-2020:gdp.growth.2017 gdp.growth.2017'
    """
    return re.sub(rf"(?<!\S){re.escape(report_id)}:(?=\S)", "", text) if report_id else text


def name_outside(row: Mapping[str, str], area: str) -> str:
    """Name an outside figure: series, area if not the report's own, period, and vintage.

    An aim has no vintage; its role and qualifier stand instead.

    >>> row = {"series": "gdp", "ref_area": "430400", "time_period": "2017", "role": "actual"}
    >>> name_outside(row | {"vintage": "first release"}, "430400")
    'reference:gdp.2017.first-release'
    >>> name_outside(row | {"vintage": "first release"}, "430000")
    'reference:gdp.430400.2017.first-release'
    """
    place = "" if row["ref_area"] == area else f".{row['ref_area']}"
    last = row["vintage"] if row["role"] == "actual" else f"{row['role']}.{row['qualifier']}"
    return f"{OUTSIDE}{row['series']}{place}.{row['time_period']}.{last.replace(' ', '-')}"
