"""Grades each figure by how it was read, and gives it its code.

grades.csv says by rule how many figures of keys made by reading it was used on, how many erred.
"""

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
def _grades() -> list[tuple[frozenset[str], str, str]]:
    return [
        (frozenset(row["rule"].split("+")), row["grade"], row["why"])
        for row in read_table("grades")
    ]


def grade(row: Row) -> tuple[str, str]:
    """Return a figure's certainty and why its fields are not plain.

    Returns
    -------
    tuple of str
        A, B or C, the worst of the rules used; and words for each field that is not plain.
    """
    found, said = "A", [f"{name}: {words}" for name, words in row.why.items()]
    rules = row.rules | _signs(row)
    for needed, letter, words in _grades():
        if needed <= rules:
            found = max(found, letter)
            said += [words] if words else []
    return found, "; ".join(said)


def _signs(row: Row) -> set[str]:
    """Return what else about a figure tells how often its reading errs."""
    signs = {
        "short": len(row.base) < 3,
        "three signs": len(row.base) == 3,
        "no verb": not row.verb,
        "ratio": row.part == "ratio",
        "span": "/" in row.period,
    }
    return {name for name, holds in signs.items() if holds}
