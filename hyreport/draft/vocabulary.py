"""The word lists of drafting, which stand in tables beside this module."""

import re
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import NamedTuple

from hyreport.words.tables import read_rows

__all__ = [
    "UNITS",
    "KindRule",
    "any_of",
    "kind_rules",
    "pattern_of",
    "patterns_of",
    "read_table",
    "words_of",
]


HERE = Path(__file__).parent
LISTS = re.compile(r"\{([a-z_+]+)\}")


def read_table(name: str) -> list[dict[str, str]]:
    """Read a table of drafting, by its name without .csv."""
    return read_rows(HERE / f"{name}.csv")


@cache
def words_of(name: str) -> frozenset[str]:
    """Return the words of one list of words.csv.

    >>> "同比" in words_of("tail")
    True
    """
    return _lists()[name]


@cache
def _lists() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for row in read_table("words"):
        found.setdefault(row["list"], set()).add(row["word"])
    return {name: frozenset(words) for name, words in found.items()}


@cache
def any_of(*names: str) -> str:
    """Return the pattern of any word of the lists, the longest first."""
    words = frozenset().union(*(words_of(name) for name in names))
    return f"(?:{'|'.join(map(re.escape, sorted(words, key=len, reverse=True)))})"


@cache
def patterns_of(module: str) -> SimpleNamespace:
    """Return the patterns of a module, each by its name in patterns.csv.

    >>> patterns_of("periods").this_year.search("今年内")[0]
    '今年'
    """
    return SimpleNamespace(
        **{
            row["name"]: pattern_of(row["pattern"])
            for row in read_table("patterns")
            if row["module"] == module
        }
    )


def pattern_of(words: str) -> re.Pattern[str]:
    """Return a pattern of a table; {one+other} in it stands for any word of these lists."""
    return re.compile(LISTS.sub(lambda found: any_of(*found[1].split("+")), words))


class KindRule(NamedTuple):
    """What stands before, is and stands after a number that is no figure, and why."""

    kind: str
    before: re.Pattern[str] | None
    number: re.Pattern[str]
    after: re.Pattern[str] | None
    reason: str


@cache
def kind_rules() -> tuple[KindRule, ...]:
    """Return the rules of kinds.csv in their order."""
    return tuple(
        KindRule(
            row["kind"],
            re.compile(rf"(?:{row['before']})\Z") if row["before"] else None,
            re.compile(row["number"]),
            re.compile(row["after"]) if row["after"] else None,
            row["reason"],
        )
        for row in read_table("kinds")
    )


UNITS = frozenset(row["unit_zh"] for row in read_rows(HERE.parent / "words/unit_endings.csv")) | {
    row["unit_zh"] for row in read_table("units")
}
