"""Printed numbers and what rounding lets them be: raw tables by the csv module, exact fractions."""

import csv
import re
from fractions import Fraction
from functools import cache
from itertools import product
from pathlib import Path

from outside_rows import read_outside

ROOT = Path(__file__).parents[2]
RAW = ROOT / "data" / "raw"
DIGITS = re.compile(r"[0-9]+(?:\.([0-9]+))?")
CITY, PROVINCE, NATION = "430400", "430000", "000000"
# Which side of a number its word leaves open; 左右 leaves both.
OPEN = {"以上": "high", "突破": "high", "超过": "high", "以内": "low", "左右": "both"}
OPEN |= {"at_least": "high", "more_than": "high", "at_most": "low", "about": "both"}


@cache
def read(path):
    if path == "reference.csv":  # with what other reports print
        return read_outside()
    with (RAW / path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def box(printed, *, scale=1, exact=False):
    """Return the ends of what is printed: half a unit of its last digit on either side."""
    digits = DIGITS.search(printed)
    half = 0 if exact else Fraction(1, 2 * 10 ** len(digits[1] or ""))
    number = Fraction(digits[0])
    low, high = sorted((scale * (number - half), scale * (number + half)))
    return low, high


def find(series, period, *, vintage="yearbook", area=CITY, role="actual"):
    """Return the one row of an outside figure; a target is found by its role alone."""
    rows = [
        row
        for row in read("reference.csv")
        if (row["series"], row["time_period"]) == (series, str(period))
        and (row["ref_area"], row["role"]) == (area, role)
        and (role != "actual" or row["vintage"] == vintage)
    ]
    (row,) = rows
    return row


def say(row):
    """Return the value of a row and its ends, None where its word leaves one open."""
    value = Fraction(row["value"])
    scale = value / Fraction(DIGITS.search(row["as_printed"])[0])  # yearbooks print 万元
    low, high = box(row["as_printed"], scale=scale, exact=row["role"] != "actual")
    words = [word for word in OPEN if word in row["as_printed"] or word == row["qualifier"]]
    if words:
        side = OPEN[words[0]]
        low = {"high": value, "low": None, "both": None}[side]
        high = {"high": None, "low": value, "both": None}[side]
    return value, low, high


def outside(series, period, **choices):
    """Return the ends of an outside figure, in the unit of its table."""
    _, low, high = say(find(series, period, **choices))
    return low, high


def own(figure_id):
    """Return the ends of a figure of the report, in the unit it prints."""
    (row,) = [row for row in read("hengyang-2018/figures.csv") if row["figure_id"] == figure_id]
    counted = row["indicator"].endswith((".count", ".added")) and "." not in row["as_printed"]
    open_end = "多" in row["as_printed"]  # the number itself is its lower end
    exact = row["role"] != "actual" or counted or open_end
    return box(row["as_printed"], exact=exact)


def ends(function, boxes):
    """Return what a function makes of the middles of boxes, and its ends over their corners."""
    values = [function(*corner) for corner in product(*boxes)]
    return function(*((low + high) / 2 for low, high in boxes)), min(values), max(values)


def grow(before, after):
    return 100 * (after / before - 1)
