"""The word lists of drafting, which stand in tables beside this module."""

import re
from functools import cache, lru_cache
from pathlib import Path
from types import SimpleNamespace

from hyreport.words.tables import read_rows

__all__ = ["UNITS", "kind_rules", "pattern_of", "patterns_of", "read_table", "words_of"]


HERE = Path(__file__).parent
LISTS = re.compile(r"\{([a-z_+]+)\}")


@cache
def read_table(name: str) -> list[dict[str, str]]:
    """Read a table of drafting, by its name without .csv."""
    return read_rows(HERE / f"{name}.csv")


@cache
def words_of(name: str) -> frozenset[str]:
    """Return the words of one list of words.csv.

    >>> "同比" in words_of("tail")
    True
    """
    return frozenset(row["word"] for row in read_table("words") if row["list"] == name)


def _any_of(lists: re.Match[str]) -> str:
    """Return the pattern of any word of the lists, the longest first."""
    words = {word for name in lists[1].split("+") for word in words_of(name)}
    return f"(?:{'|'.join(map(re.escape, sorted(words, key=lambda one: (-len(one), one))))})"


@cache
def patterns_of(module: str) -> SimpleNamespace:
    """Return the patterns of a module, each by its name in patterns.csv.

    >>> patterns_of("periods").this_year.search("今年内")[0]
    '今年'
    """
    rows = [row for row in read_table("patterns") if row["module"] == module]
    return SimpleNamespace(**{row["name"]: pattern_of(row["pattern"]) for row in rows})


def pattern_of(words: str) -> re.Pattern[str]:
    """Return a pattern of a table; {one+other} in it stands for any word of these lists."""
    return re.compile(LISTS.sub(_any_of, words))


@cache
def _kind_rules() -> list[tuple[str, str, re.Pattern[str], re.Pattern[str]]]:
    """Return kind, reason, the pattern of the number, and that of it with what stands around."""
    pattern = "(?:{before})\u3016(?:{number})\u3017(?:{after})"
    return [
        (row["kind"], row["reason"], re.compile(row["number"]), re.compile(pattern.format(**row)))
        for row in read_table("kinds")
    ]


@lru_cache(maxsize=1000)
def kind_rules(number: str) -> list[tuple[str, str, re.Pattern[str]]]:
    """Return kind, reason and pattern by which a number may be no figure.

    >>> [[kind for kind, _, _ in kind_rules(one)].count("year") > 0 for one in ("2018", "8.5")]
    [True, False]
    """
    rules = _kind_rules()
    return [(kind, reason, whole) for kind, reason, own, whole in rules if own.fullmatch(number)]


UNITS = frozenset(row["unit_zh"] for row in read_rows(HERE.parent / "words/unit_endings.csv")) | {
    row["unit_zh"] for row in read_table("units")
}
