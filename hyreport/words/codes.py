"""What every code in the tables means, in English and Chinese; the table is codes.csv."""

from pathlib import Path
from typing import NamedTuple

from hyreport.words.tables import read_rows

CITY, PROVINCE = "430400", "430000"  # Hengyang and Hunan in GB/T 2260


class Code(NamedTuple):
    """What one code means: in English, and its Chinese name."""

    en: str
    zh: str


def _read_codes() -> dict[str, dict[str, Code]]:
    found: dict[str, dict[str, Code]] = {}
    for row in read_rows(Path(__file__).with_name("codes.csv")):
        found.setdefault(row["list"], {})[row["code"]] = Code(row["en"], row["zh"])
    return found


# The lists of codes by name, each as the table has it.
CODES = _read_codes()


def name_outside(row) -> str:
    """Name an outside figure: series, area if not the city's, period, and vintage.

    An aim has no vintage; its role and qualifier stand instead.

    >>> row = {"series": "gdp", "ref_area": CITY, "time_period": "2017", "role": "actual"}
    >>> name_outside(row | {"vintage": "first release"})
    'reference:gdp.2017.first-release'
    """
    area = "" if row["ref_area"] == CITY else f".{row['ref_area']}"
    last = row["vintage"] if row["role"] == "actual" else f"{row['role']}.{row['qualifier']}"
    return f"reference:{row['series']}{area}.{row['time_period']}.{last.replace(' ', '-')}"
