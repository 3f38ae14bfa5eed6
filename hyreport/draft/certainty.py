"""Grades each figure by how it was read, and gives it its code.

grades.csv says by rule how many figures of keys made by reading it was used on, how many erred.
"""

import re
from functools import cache, lru_cache

from hyreport.draft.rows import Row
from hyreport.draft.vocabulary import read_table

__all__ = ["find_code", "find_concept", "grade", "say_accuracy"]


# Words of investment that do not say whose.
BARE = ("总投资", "投资", "投资额", "总投资额", "投资总额", "计划总投资", "计划投资")
# What is in percent whatever it is of, by the end of its code.
RATES = ("growth", "share", "rate")
PLACE = re.compile("^(?:全国|全市|全省|全区|全县|全州|我市|我省)")
TOTAL = "财政总收入|预算总收入|全部财政收入|全口径"
NO_LOCAL = "财政收入: not said whether local or in total, so no code"


@cache
def _codes() -> tuple[tuple[re.Pattern[str], dict[str, str]], ...]:
    return tuple((re.compile(row["term"]), row) for row in read_table("codes"))


@lru_cache(maxsize=4096)
def _concept(base: str) -> dict[str, str]:
    """Return the row of codes.csv for a figure's term, empty where it has none."""
    base = PLACE.sub("", base).replace("年均", "").strip("“”")
    return next((one for pattern, one in _codes() if pattern.search(base)), {})


def find_concept(row: Row) -> str:
    """Return what of the codebook a figure is of, in whatever measure; "" where it has none."""
    return "" if re.search(TOTAL, row.left[-16:]) else _concept(row.base).get("code", "")


def find_code(row: Row) -> str:
    """Return the code of the codebook for a figure's term, measure and unit, "" for none."""
    one = _concept(row.base)
    if re.search("(?<![预算公共地方])财政收入$", row.base) and "地方" not in row.base:
        row.tell("indicator", NO_LOCAL)
    code = one.get(row.measure, "") if row.measure in ("level", "growth") else ""
    is_rate = code.rpartition(".")[2] in RATES
    if not code or not find_concept(row) or (is_rate and not row.is_percent):
        return ""
    # Growth over several years is none of a year, unless it is their average.
    if row.measure == "growth" and "/" in row.period and row.basis != "annual_average":
        return ""
    return code if is_rate or re.search(one["unit"], row.unit) else ""


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
        "bare": row.base in BARE,
    }
    return {name for name, holds in signs.items() if holds}


def say_accuracy() -> str:
    """Say how often rows of each grade were right in texts that the rules had not seen.

    Notes
    -----
    accuracy.csv has each field too, by kind of text, with exact binomial intervals (Clopper and
    Pearson): keys by two readers apart, compared by tools/score_draft.py. A row is right where all
    is, but for the letter of its term and its area.

    Examples
    --------
    >>> print(say_accuracy().partition(":")[0])
    right in texts that the rules had not seen
    """
    rates = [
        f"{row['field'].removeprefix('grade ')} {row['right']} of {row['n']}"
        for row in read_table("accuracy")
        if row["passage"] == "all" and row["field"].startswith("grade ")
    ]
    return f"right in texts that the rules had not seen: {', '.join(rates)}"
