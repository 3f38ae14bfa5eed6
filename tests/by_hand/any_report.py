"""What the notebooks for any report compute, a second way: processed tables by csv, plain Python.

Unit, value, low and high by the name of a result.
"""

import csv
import tomllib
from fractions import Fraction
from itertools import product
from statistics import median

from by_hand.models import forecast

POINTS = "percentage points"
AIMS = ("target", "stretch_target")
RULES = ("last value", "mean", "drift")


class Tables:
    """The tables of one report, and its facts."""

    def __init__(self, data, name):
        self.name, self.data = name, data
        facts = (data / "raw" / name / "report.toml").read_text(encoding="utf-8")
        self.facts = tomllib.loads(facts)
        self.base, self.target = self.facts["base_year"], self.facts["target_year"]
        self.figures, self.targets, self.goals, self.checks, self.reference = (
            self.read(table) for table in ("figures", "targets", "goals", "checks", "reference")
        )
        self.by_id = {row["figure_id"]: row for row in self.figures}

    def read(self, table):
        path = self.data / "processed" / self.name / f"{table}.csv"
        with path.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def neighbours(self):
        """Return the other reports of the area."""
        names = sorted(path.parent.name for path in (self.data / "raw").glob("*/report.toml"))
        others = [Tables(self.data, name) for name in names if name != self.name]
        return [one for one in others if one.facts["ref_area"] == self.facts["ref_area"]]

    def one(self, **wanted):
        """Return the figures whose cells are these."""
        return [
            row for row in self.figures if all(row[key] == cell for key, cell in wanted.items())
        ]


def number(text):
    return Fraction(text) if text else None


def same(count):
    return (Fraction(count),) * 3


def figures(tables):
    rows = tables.figures
    ranges = [row for row in tables.checks if is_decided(row)]
    counted = {
        "figures": rows,
        "actuals": [row for row in rows if row["role"] == "actual"],
        "targets": [row for row in rows if row["role"] in AIMS],
        "context": [row for row in rows if row["role"] == "context"],
        "bounded": [row for row in rows if row["qualifier"] != "exact"],
        "rounded": (widths := list(half_widths(rows))),
        "by_grade": [row for row in rows if row["read_by"] == "grade"],
        "doubted": [row for row in rows if row["doubt"]],
        "checks": ranges,
        "failing": [row for row in ranges if row["result"] == "fail"],
    }
    made = {f"count_{name}": ("rows", *same(len(found))) for name, found in counted.items()}
    if widths:
        made["median_half_width"] = ("percent", *same(format(median(widths), ".2g")))
    return made


def half_widths(rows):
    for row in rows:
        low, high, value = number(row["low"]), number(row["high"]), number(row["value"])
        if row["role"] == "actual" and low is not None is not high and low < high and value:
            yield float(50 * (high - low) / abs(value))


def is_decided(row):
    names = row["inputs"].split()
    of_range = len(names) == 2 and all(name.endswith((".low", ".high")) for name in names)
    left_over = row["kind"] == "count" and not row["left_value"]
    idle = row["kind"] == "repeated" or of_range or left_over
    return row["result"] in ("pass", "fail") and not idle


def gap(tables, row):
    """Return the gap of a pair with its ends: the target as stated, the base year as rounded."""
    aim, base = tables.by_id[row["target_id"]], tables.by_id[row["base_id"]]
    ends = (number(base[end]) for end in ("value", "high", "low"))
    return [None if end is None else number(aim["value"]) - end for end in ends]


def aims(tables):
    made, of_year = {}, [row for row in tables.figures if row["role"] in AIMS]
    later = [row for row in of_year if row["period"] != str(tables.target)]
    of_year = [row for row in of_year if row["period"] == str(tables.target)]
    pairs = {row["target_id"]: row for row in tables.targets if row["comparable"] == "yes"}
    sides = []
    for name, row in pairs.items():
        value, low, high = gap(tables, row)
        aim = tables.by_id[name]
        unit = POINTS if aim["unit"] == "percent" else aim["unit"]
        result = "gap_" + "".join(c if c.isalnum() else "_" for c in name)
        made[result] = (unit, value, low, high)
        if name in {row["figure_id"] for row in of_year}:
            above, below = low is not None and low > 0, high is not None and high < 0
            sides.append("above" if above else "below" if below else "not_told_apart")
    counts = {
        "of_year": len(of_year),
        "comparable": len(sides),
        "later": len(later),
        "without_number": len(tables.goals),
        **{side: sides.count(side) for side in ("above", "below", "not_told_apart")},
        **{hedge: sum(row["hedge"] == hedge for row in of_year) for hedge in ("strive", "ensure")},
    }
    return made | {f"aims_{name}": ("aims", *same(count)) for name, count in counts.items()}


def followed(tables, tolerance=Fraction(1, 2)):
    """Judge the targets of the report before by what this one prints."""
    found = [one for one in tables.neighbours() if one.target == tables.base]
    if not found:
        return {}
    before = found[0]
    better = {row["target_id"]: row["better"] for row in before.targets}
    aimed = [row for row in before.figures if row["role"] in AIMS]
    aimed = [row for row in aimed if row["period"] == str(tables.base)]
    verdicts = {"strict": [], "lenient": []}
    typed = [row for row in before.read("outcomes") if of_report(row, tables.name)]
    for aim in aimed:
        row = read_outcome(typed, tables, aim) if typed else outcome(tables, aim)
        if row is None:
            continue
        for reading, found_so in verdicts.items():
            slack = tolerance if reading == "lenient" and aim["qualifier"] == "about" else 0
            slack = slack if aim["unit"] == "percent" else 0
            found_so.append(judge(aim, row, better.get(aim["figure_id"]), slack, tolerance))
    if not aimed:
        return {"before_aims": ("targets", *same(0))}
    made = {"before_aims": len(aimed), "before_printed": len(verdicts["strict"])}
    for reading, found_so in verdicts.items():
        for verdict in ("met", "missed", "undecidable"):
            made[f"before_{verdict}_{reading}"] = found_so.count(verdict)
    results = {name: ("targets", *same(count)) for name, count in made.items()}
    return results | {"before_tolerance": (POINTS, *same(tolerance))}


def of_report(row, name):
    return row["outcome_id"].startswith(f"{name}:")


def read_outcome(typed, tables, aim):
    """Return the figure that a person set beside a target as measuring the same."""
    rows = [row for row in typed if row["target_id"] == aim["figure_id"]]
    rows = [row for row in rows if row["comparable"] == "yes"]
    if len(rows) != 1:
        return None
    row = tables.by_id[rows[0]["outcome_id"].rpartition(":")[2]]
    return None if is_vague(row) else row


def is_vague(row):
    return row["qualifier"] == "about" and row["unit"] != "percent"


def outcome(tables, aim):
    """Return the one figure that measures what a target does."""
    term = "indicator" if aim["indicator"] else "subject_zh"
    keys = (term, "unit", "area")
    rows = tables.one(role="actual", period=str(tables.base), **{key: aim[key] for key in keys})
    rows = [row for row in rows if row["qualifier"] == "exact"] or rows
    if len(rows) != 1 or rows[0]["basis"] != aim["basis"]:
        return None
    return None if is_vague(rows[0]) else rows[0]


def judge(aim, row, better, slack, tolerance):
    low, high, goal = number(row["low"]), number(row["high"]), number(aim["value"])
    if row["qualifier"] == "about":
        low, high = number(row["value"]) - tolerance, number(row["value"]) + tolerance
    if better == "lower":
        low, high, goal = (None if end is None else -end for end in (high, low, goal))
    goal -= slack
    open_goal = aim["qualifier"] in ("more_than", "less_than")
    if low is not None and (low > goal or (low == goal and not open_goal)):
        return "met"
    return "missed" if high is not None and high < goal else "undecidable"


def derived(tables, entry, name):
    """Recompute a revenue that follows from two figures, whose terms must be of that revenue."""
    rows = [find(tables, figure) for figure in entry["inputs"]]
    scope = {"local": "地方", "total": "总收入"}
    boxes = {
        ("share" if row["unit"] == "percent" else "level"): (
            number(row["low"]),
            number(row["high"]),
        )
        for row in rows
    }
    if name.startswith("growth_of"):
        boxes = dict(zip(("now", "then"), levels_by_year(rows), strict=True))
        return "percent", *corners(lambda now, then: 100 * now / then - 100, boxes)
    first = name.partition("_")[0]
    assert all(scope[first] in row["subject_zh"] + row["name_zh"] for row in rows)
    assert {row["period"] for row in rows} == {str(tables.base)}
    unit = next(row["unit"] for row in rows if row["unit"] != "percent")
    if "_tax_" in name:
        return unit, *corners(lambda level, share: level * share / 100, boxes)
    return unit, *corners(lambda level, share: 100 * level / share, boxes)


def levels_by_year(rows):
    rows = sorted(rows, key=lambda row: row["period"], reverse=True)
    assert int(rows[0]["period"]) == int(rows[1]["period"]) + 1
    return [(number(row["low"]), number(row["high"])) for row in rows]


def find(tables, figure):
    report, _, name = figure.rpartition(":")
    return (Tables(tables.data, report) if report else tables).by_id[name]


def corners(rule, boxes):
    """Return what a rule makes of the middles of its inputs and, over their corners, its ends."""
    values = [rule(*corner) for corner in product(*(boxes[key] for key in sorted(boxes)))]
    ordered = (sum(boxes[key]) / 2 for key in sorted(boxes))
    return rule(*ordered), min(values), max(values)


def known(tables):
    """Return growth by year as it was public on the day of the report."""
    own = first(tables)
    if own is None or "reported" not in tables.facts:
        return {}
    day = str(tables.facts["reported"])
    area, series = tables.facts["ref_area"], "gdp_growth_real"
    rows = [row for row in tables.reference if (row["series"], row["ref_area"]) == (series, area)]
    rows = [row for row in rows if row["role"] == "actual" and len(row["time_period"]) == 4]
    sure = [row for row in rows if row["known_by"] and row["known_by"] <= day]
    sure.sort(key=lambda row: row["known_by"])
    made = {int(row["time_period"]): float(row["value"]) for row in sure}
    made.setdefault(tables.base, own)
    for row in rows:  # let in by assumption
        if row["known_by"] > day and row["time_period"] == str(tables.base - 1):
            made.setdefault(tables.base - 1, float(row["value"]))
    for other in tables.neighbours():
        value = first(other)
        if value is not None and str(other.facts["reported"]) < day:
            made.setdefault(other.base, value)
    return dict(sorted(made.items()))


def first(tables):
    """Return growth of the base year as the report prints it once, an exact one before a bound."""
    rows = tables.one(indicator="gdp.growth", role="actual", period=str(tables.base))
    rows = [row for row in rows if row["qualifier"] == "exact"] or rows
    return float(rows[0]["value"]) if len(rows) == 1 else None


def outlook(tables, confidence=0.8):
    history = known(tables)
    made = {
        "years_known": ("years", *same(len(history))),
        "confidence_asked": ("percent", *same(round(100 * confidence))),
    }
    moves = len(set(history.values())) > 1
    if len(history) < 3 or not moves or max(history) != tables.base:
        return made
    for rule, ends in forecast(history, tables.target, RULES, confidence).items():
        name = f"forecast_{rule.replace(' ', '_')}_{tables.target}"
        made[name] = ("percent", *(Fraction(float(end)) for end in ends))
    return made


def came(tables):
    """Return growth in the target year: the next report's figure, or an outside one."""
    for other in tables.neighbours():
        if other.base == tables.target and (value := first(other)) is not None:
            (row,) = [
                row
                for row in other.one(indicator="gdp.growth", role="actual", period=str(other.base))
                if float(row["value"]) == value
            ]
            return "percent", *(number(row[end]) for end in ("value", "low", "high"))
    rows = [row for row in tables.reference if row["ref_area"] == tables.facts["ref_area"]]
    rows = [row for row in rows if (row["series"], row["role"]) == ("gdp_growth_real", "actual")]
    rows = [row for row in rows if row["time_period"] == str(tables.target)]
    if len(rows) > 1:
        rows = [row for row in rows if row["vintage"] != "first release"]
    (row,) = rows
    return row["unit"], *(number(row[end]) for end in ("value", "low", "high"))


def recompute(tables, results):
    """Recompute each result of a report that is known here, by name."""
    made = figures(tables) | aims(tables) | followed(tables) | outlook(tables)
    for name, entry in results.items():
        if name.startswith("growth_came_"):
            made[name] = came(tables)
        elif name.startswith(("local_", "total_", "growth_of_")):
            made[name] = derived(tables, entry, name)
    return made
