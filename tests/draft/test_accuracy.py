"""The published rates: their intervals computed another way, and told as they are."""

import re
from math import comb
from pathlib import Path

import pytest

from hyreport.draft.certainty import say_accuracy
from hyreport.draft.vocabulary import read_table
from hyreport.paths import ROOT

ROWS = read_table("accuracy")
PAGE = ROOT / "docs" / "drafting.md"


def tail(n, right, p):
    """Return the chance of so many right or more."""
    return sum(comb(n, k) * p**k * (1 - p) ** (n - k) for k in range(right, n + 1))


def halve(rises):
    """Return where a rising function of a share passes nought."""
    low, high = 0.0, 1.0
    for _ in range(20):
        middle = (low + high) / 2
        low, high = (middle, high) if rises(middle) < 0 else (low, middle)
    return low


def find_interval(right, n):
    low = halve(lambda p: tail(n, right, p) - 0.025) if right else 0.0
    high = halve(lambda p: tail(n, right + 1, p) - 0.975) if right < n else 1.0
    return low, high


@pytest.mark.parametrize("row", ROWS[::7], ids=lambda row: f"{row['passage']} {row['field']}")
def test_intervals_are_exact(row):
    right, n = int(row["right"]), int(row["n"])
    low, high = find_interval(right, n) if n else (0.0, 1.0)
    assert float(row["low"]) == pytest.approx(low, abs=6e-4)
    assert float(row["high"]) == pytest.approx(high, abs=6e-4)


def test_the_whole_is_the_sum_of_its_passages():
    whole = {row["field"]: row for row in ROWS if row["passage"] == "all"}
    for field, row in whole.items():
        parts = [one for one in ROWS if one["field"] == field and one["passage"] != "all"]
        for name in ("right", "n"):
            assert int(row[name]) == sum(int(part[name]) for part in parts)


def test_there_are_passages_enough():
    passages = {row["passage"] for row in ROWS} - {"all"}
    assert len(passages) >= 6
    assert sum(int(row["n"]) for row in ROWS if row["field"] == "grade A") > 400


def test_every_grade_is_told_as_measured():
    assert re.fullmatch(r"right in .* A \d+ of \d+, B \d+ of \d+, C \d+ of \d+", say_accuracy())


def test_the_page_on_drafting_says_what_was_measured():
    text = Path(PAGE).read_text(encoding="utf-8")
    told = re.findall(
        r"^\| ([a-zA-Z ,]+?) \| (\d+) of (\d+) \| ([\d.]+) to ([\d.]+) \|", text, re.M
    )
    measured = {
        row["field"]: tuple(row[name] for name in ("right", "n", "low", "high"))
        for row in ROWS
        if row["passage"] == "all"
    }
    assert {field: tuple(rest) for field, *rest in told} == measured
