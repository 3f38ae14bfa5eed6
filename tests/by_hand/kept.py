"""What artifacts keep, what of it is new since the frozen copy, and all of that recomputed."""

import csv
import json
import tomllib
from functools import cache

from by_hand import growth, others, revenue
from by_hand.printed import ROOT

FROZEN = ROOT / "tests" / "frozen"
KEPT = ROOT / "artifacts" / "hengyang-2018"
RESULTS = json.loads((KEPT / "results.json").read_text(encoding="utf-8"))
MONEY, POINTS = "100 million yuan", "percentage points"
# The unit of a result on revenue by a word of its name; percent where there is none of these.
UNITS = {"level": MONEY, "by_growth": MONEY, "over": "ratio", "share": POINTS}


def read_rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def read_table(name):
    return read_rows(KEPT / "tables" / f"{name}.csv")


def read_chart(name):
    """Return what a chart shows."""
    return read_rows(KEPT / "figures" / f"{name}.csv")


def list_new_tables():
    """Return the kept tables that the frozen copy does not have."""
    then = {path.name for path in (FROZEN / "artifacts" / "tables").glob("*.csv")}
    return sorted(path.stem for path in KEPT.glob("tables/*.csv") if path.name not in then)


def list_new_results():
    """Return the results that the frozen copy has under no name."""
    renamed = tomllib.loads((FROZEN / "renamed.toml").read_text(encoding="utf-8"))["results"]
    then = {renamed.get(row["name"], row["name"]) for row in read_rows(FROZEN / "results.csv")}
    return sorted(set(RESULTS) - then)


@cache
def recompute():
    """Return unit, value, low and high by the name of the result."""
    made = {}
    for name, numbers in revenue.results().items():
        found = [unit for word, unit in UNITS.items() if f"_{word}_" in f"_{name}_"]
        made[name] = (*(found or ["percent"])[:1], *numbers)
    return made | growth.results() | others.results()
