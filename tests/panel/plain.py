"""The main numbers of the pages once more: plain Python on the panel's file, no pandas, no library.

Exact fractions throughout; what a row is to say stands in the names of its fields.
"""

import csv
from collections import defaultdict
from fractions import Fraction
from pathlib import Path

import duckdb

from hyreport.panel.duck import path_to_read

SQL = """
select area_code_now, level, period, kind, status, certainty, value, qualifier, high
from read_parquet(?) where indicator = ?
"""


def read(path, indicator="gdp.growth", grades="AB"):
    """Return targets and outcomes: by place and year their fields."""
    with duckdb.connect() as connection:
        rows = connection.execute(SQL, [path_to_read(path), indicator]).fetchall()
    found = {"target": {}, "actual": {}}
    for code, level, year, kind, status, grade, value, words, high in rows:
        if status == "found" and grade in grades:
            end = exact(value if high is None or high != high else high)
            found[kind][code, int(year)] = (level, exact(value), words, end)
    return found["target"], found["actual"]


def exact(number):
    return Fraction(repr(float(number)))


def add_ons(targets):
    """Return for each step the add-ons by place and year."""
    found = {"province": {}, "prefecture": {}}
    for (code, year), (level, value, *_) in targets.items():
        upper = {"province": "000000", "prefecture": code[:2] + "0000"}.get(level)
        if upper and (upper, year) in targets:
            found[level][code, year] = value - targets[upper, year][1]
    return found


def delivered_before(path):
    """Return for each level which percent of reports came before that of the tier above."""
    days = {}
    with Path(path).open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row.get("used") == "yes" and row["delivered"]:
                key = row["level"], row["area_code_now"], row["report_year"]
                days[key] = row["delivered"]
    found = {"province": [], "prefecture": []}
    for (level, code, year), day in days.items():
        upper = {
            "province": ("nation", "000000", year),
            "prefecture": ("province", code[:2] + "0000", year),
        }.get(level)
        if upper in days:
            found[level].append(day < days[upper])
    return {level: 100 * mean(rows) for level, rows in found.items() if rows}


def mean(numbers):
    numbers = list(numbers)
    return float(sum(numbers) / len(numbers))


def verdicts(targets, outcomes, tolerance=Fraction(1, 2)):
    """Return strict and lenient verdicts by place and year, of plain outcomes alone."""
    found = {}
    for key, (level, aim, words, _) in targets.items():
        if key not in outcomes:
            continue
        _, came, how, high = outcomes[key]
        if how != "exact" or words in ("at_most", "less_than"):
            continue
        strict = came > aim if words == "more_than" else came >= aim
        reach = high + (tolerance if words == "about" else 0)
        found[key] = (level, strict, reach >= aim)
    return found


def changes(targets, judged, *, equal=False):
    """Return change to the next target and whether the old one was met, by level and year.

    Of equal targets, by their number as well.
    """
    found = defaultdict(list)
    for (code, year), (level, strict, _) in judged.items():
        if (code, year + 1) in targets:
            step = targets[code, year + 1][1] - targets[code, year][1]
            cell = (level, year, targets[code, year][1]) if equal else (level, year)
            found[cell].append((step, int(strict)))
    return found


def levels_by_year(judged):
    """Return strict verdicts in percent and whether the place is a province, by year."""
    found = defaultdict(list)
    for (_, year), (level, strict, _) in judged.items():
        if level != "nation":
            found[year].append((100 * int(strict), int(level == "province")))
    return found


def slope_within(cells):
    """Return hit less miss within level and year: covariance over variance of what cells leave."""
    above = below = Fraction(0)
    for rows in cells.values():
        middle = Fraction(sum(hit for _, hit in rows), len(rows))
        above += sum((hit - middle) * step for step, hit in rows)
        below += sum((hit - middle) ** 2 for _, hit in rows)
    return float(above / below)
