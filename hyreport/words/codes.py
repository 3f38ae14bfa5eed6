"""What every code in the tables means, in English and Chinese; the table is codes.csv."""

from pathlib import Path
from typing import NamedTuple

from hyreport.words.tables import read_rows


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
