"""Grades each figure by how it was read, and gives it its code."""

import re
from functools import cache

from hyreport.draft.rows import Row
from hyreport.draft.vocabulary import read_table

__all__ = ["find_code", "grade"]


@cache
def _codes() -> tuple[tuple[re.Pattern[str], str, str], ...]:
    return tuple(
        (re.compile(row["term"]), row["level"], row["growth"]) for row in read_table("codes")
    )


def find_code(row: Row) -> str:
    """Return the code of the codebook for a figure's term and kind, "" where it has none."""
    base = re.sub("^(?:全国|全市|全省|全区|全县|全州|我市|我省)", "", row.base)
    base = base.replace("年均", "").strip("“”")
    for pattern, level, growth in _codes():
        if pattern.search(base):
            if row.measure == "growth":
                return growth
            return level if row.measure == "level" else ""
    return ""


@cache
def _grades() -> dict[str, tuple[str, str]]:
    return {row["rule"]: (row["grade"], row["why"]) for row in read_table("grades")}


def grade(row: Row) -> tuple[str, str]:
    """Return a figure's certainty and why its fields are not plain.

    Returns
    -------
    tuple of str
        A, B or C, the worst of the rules used; and words for each field that is not plain.
    """
    found, said = "A", [f"{name}: {words}" for name, words in row.why.items()]
    for rule in sorted(row.rules):
        letter, words = _grades().get(rule, ("A", ""))
        found = max(found, letter)
        if words:
            said.append(words)
    return found, "; ".join(said)
