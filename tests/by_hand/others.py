"""Numbers of other areas, gaps of failing checks and counts a second way, from the raw tables."""

from collections import Counter
from fractions import Fraction
from itertools import product
from math import ceil, floor

from by_hand.printed import CITY, NATION, PROVINCE, ends, find, grow, outside, own, read, say

FIRST = {"vintage": "first release"}
OFFICIAL = {"vintage": "official"}
RATES = {
    "gdp_growth": "gdp_growth_real",
    "industrial_value_added_growth": "industrial_value_added_growth",
    "fixed_asset_investment_growth": "fixed_asset_investment_growth",
    "retail_sales_growth": "retail_sales_growth",
    "resident_income_growth": "resident_disposable_income_growth",
    "trade_growth": "trade_growth",
}
HUNAN, CHINA = FIRST | {"area": PROVINCE}, FIRST | {"area": NATION}
# Percent; the row of the raw table behind each result.
PUBLISHED = {
    "budget_revenue_growth_2017_china": find("budget_revenue_growth", 2017, **CHINA),
    "budget_revenue_growth_2017_hunan": find("total_budget_revenue_growth", 2017, **HUNAN),
    "gdp_growth_2017_hunan": find("gdp_growth_real", 2017, **HUNAN),
    "gdp_growth_2018_hunan": find("gdp_growth_real", 2018, **HUNAN),
    "gdp_growth_2018_china": find("gdp_growth_real", 2018, **CHINA),
    "gdp_growth_target_2018_china": find("gdp_growth_real", 2018, area=NATION, role="target"),
    "growth_2019_reported": find("gdp_growth_real", 2019, **FIRST),
}
PUBLISHED |= {
    f"{name}_2017_china": find(RATES[name], 2017, **CHINA) for name in list(RATES)[:4]
} | {
    f"{name}_target_2018_hunan": find(series, 2018, area=PROVINCE, role="target")
    for name, series in RATES.items()
}


def rise(left, right):
    return 100 * left / right - 100


def less(left, right):
    return left - right


def rounded(numbers, decimals):
    """Round a value to its digits, and its ends outwards, as the sides of a check are shown."""
    value, low, high = (number * 10**decimals for number in numbers)
    return [Fraction(number, 10**decimals) for number in (round(value), floor(low), ceil(high))]


# How the sides of each failing check compare, and both sides with their ends.
LEVEL = own("budget_revenue.level.2017")
LEVELS_2022 = [outside("local_budget_revenue", year) for year in (2021, 2022)]
GAPS = {
    "revenue_as_local": (rise, LEVEL, outside("local_budget_revenue", 2017)),
    "revenue_as_local_2019": (
        rise,
        outside("total_budget_revenue", 2019, **FIRST),
        outside("local_budget_revenue", 2019),
    ),
    "gdp_level_revised": (rise, own("gdp.level.2017"), outside("gdp", 2017, vintage="revised")),
    "publications_gdp_2014": (rise, outside("gdp", 2014, **FIRST), outside("gdp", 2014)),
    "publications_retail_2005": (
        rise,
        outside("retail_sales", 2005),
        outside("retail_sales", 2006),
    ),
    "whole_number_inspection_letters_count": (
        rise,
        own("inspection_letters.count.2017"),
        (Fraction(512), Fraction(512)),  # the whole number next to it
    ),
    "gdp_first_above_3000": (less, (Fraction(2017),) * 2, (Fraction(2018),) * 2),
    "publications_local_growth_2022": (
        less,
        outside("local_budget_revenue_growth", 2022, **FIRST),
        rounded(ends(grow, LEVELS_2022), 2),
    ),
}


def side(numbers):
    """Return value and ends of one side; a printed number is the middle of its box."""
    return numbers if len(numbers) == 3 else (sum(numbers) / 2, *numbers)


def gap_results():
    made = {}
    for name, (function, left, right) in GAPS.items():
        (value, *lefts), (other, *rights) = side(left), side(right)
        corners = [function(*corner) for corner in product(lefts, rights)]
        unit = "percent" if function is rise else "percentage points"
        unit = "years" if name == "gdp_first_above_3000" else unit
        made[f"gap_{name}"] = (unit, function(value, other), min(corners), max(corners))
    return made


def judge(aim, outcome, slack=Fraction(0)):
    """Judge a floor by value and ends of its outcome; 左右 of an outcome reaches half a point."""
    value, low, high = outcome
    if low is None and high is None:
        low, high = value - Fraction(1, 2), value + Fraction(1, 2)
    aim -= slack
    met = low is not None and low >= aim
    return "met" if met else "missed" if high is not None and high < aim else "undecidable"


def name_row(row):
    end = row["vintage"].replace(" ", "-")
    if row["role"] != "actual":
        end = f"{row['role']}.{qualifier(row)}"
    return f"reference:{row['series']}.{row['time_period']}.{end}"


def qualifier(row):
    words = {"以上": "at_least", "左右": "about", "以内": "at_most"}
    found = [code for word, code in words.items() if word in row["as_printed"]]
    return row["qualifier"] or (found[0] if found else "exact")


OF_CITY = {name_row(row): row for row in read("reference.csv") if row["ref_area"] == CITY}
OTHER_AIMS = {name: row for name, row in OF_CITY.items() if row["role"] != "actual"}
OUTCOMES = read("hengyang-2018/outcomes.csv")
FIGURES = read("hengyang-2018/figures.csv")
THEMES = {row["indicator"]: row["theme"] for row in read("indicators.csv")}


def verdicts():
    """Return the strict and the lenient verdict on each target that has an outcome of its kind."""
    made = {}
    for row in OUTCOMES:
        aim = OTHER_AIMS.get(row["target_id"])
        if aim and row["comparable"] == "yes":
            came = say(OF_CITY[row["outcome_id"]])
            about = Fraction(1, 2) if qualifier(aim) == "about" else Fraction(0)
            goal = Fraction(aim["value"])
            made[row["target_id"]] = (judge(goal, came), judge(goal, came, about))
    return made


def count_idle_checks():
    """Count the numbers printed for several figures, the ranges, and one row for whole numbers."""
    found = Counter(
        (row["value"], row["unit"])
        for row in read("../processed/hengyang-2018/figures.csv")
        if len(row["value"].replace(".", "").strip("0")) > 1  # round numbers are left out
    )
    ranges = [row for row in FIGURES if row["figure_id"].endswith(".low")]
    return sum(count > 1 for count in found.values()) + len(ranges) + 1


def count_doubts():
    """Count the doubts by theme and kind."""
    themes = {row["figure_id"]: THEMES[row["indicator"]] for row in FIGURES}
    return Counter(
        (themes[row["figure_id"]], row["kind"]) for row in read("hengyang-2018/doubts.csv")
    )


def count_doubted(theme):
    """Count the figures of a theme, and those of them that carry a doubt."""
    doubted = {row["figure_id"] for row in read("hengyang-2018/doubts.csv")}
    ids = {row["figure_id"] for row in FIGURES if THEMES[row["indicator"]] == theme}
    return len(ids), len(ids & doubted)


def count_results():
    given = verdicts()
    growth = [
        pair for name, pair in given.items() if "gdp_growth_real" in name and "stretch" not in name
    ]
    growth.append((judge(Fraction(8), say(find("gdp_growth_real", 2018))),) * 2)
    counts = {
        "targets_other_years": len(OTHER_AIMS),
        "targets_answered": len(given),
        "targets_answered_met": [strict for strict, _ in given.values()].count("met"),
        "gdp_target_years": len(growth),
        "gdp_target_years_met": [strict for strict, _ in growth].count("met"),
        "gdp_target_years_met_lenient": [lenient for _, lenient in growth].count("met"),
    }
    made = {name: ("numbers", *[Fraction(count)] * 3) for name, count in counts.items()}
    made["checks_that_cannot_fail"] = ("cross-checks", *[Fraction(count_idle_checks())] * 3)
    names = ("figures_public_finance", "figures_doubtful_public_finance")
    for name, count in zip(names, count_doubted("public_finance"), strict=True):
        made[name] = ("figures", *[Fraction(count)] * 3)
    made |= {
        f"deflator_{name}": ("percent", *[Fraction(rate)] * 3)
        for name, rate in (("low", 1), ("high", 4))
    }
    return made


def set_beside(row):
    """Return target less base in points, or target over base, of one pair of the same kind."""
    target, base = (
        next(figure for figure in FIGURES if figure["figure_id"] == row[name])
        for name in ("target_id", "base_id")
    )
    (goal, _), (low, high) = own(target["figure_id"]), own(base["figure_id"])
    middle = (low + high) / 2
    if "%" in base["as_printed"]:
        return "percentage points", goal - middle, goal - high, goal - low
    if "多" in base["as_printed"]:  # more than its number, without an end
        return "ratio", goal / middle, None, goal / middle
    return "ratio", goal / middle, goal / high, goal / low


PAIRS = [row for row in read("hengyang-2018/targets.csv") if row["comparable"] == "yes"]


def name_pair(row):
    return f"ambition_{row['target_id'].replace('.', '_')}"


def pair_results():
    return {name_pair(row): set_beside(row) for row in PAIRS}


def say_side(pair, slack=Fraction(0)):
    """Name the side of 2017 on which a target lies."""
    unit, _, low, high = pair
    level = 0 if unit == "percentage points" else 1
    if high < level - slack:
        return "below 2017"
    return "above 2017" if low is not None and low > level + slack else "not told apart"


def sides():
    """Return the side of 2017 of each comparable target: strict, lenient, whether a floor."""
    made = {}
    for row in PAIRS:
        (target,) = [figure for figure in FIGURES if figure["figure_id"] == row["target_id"]]
        word = qualifier(target)
        about = Fraction(1, 2) if word == "about" else Fraction(0)
        pair = set_beside(row)
        made[name_pair(row)] = (say_side(pair), say_side(pair, about), word == "at_least")
    return made


def growth_of_the_city():
    """Return the highest and the latest yearly growth, by later publications than first ones."""
    rows = [
        row
        for row in OF_CITY.values()
        if (row["series"], row["role"]) == ("gdp_growth_real", "actual")
        and len(row["time_period"]) == 4
    ]
    books = [row for row in rows if row["vintage"] == "yearbook"]
    return {
        "gdp_growth_highest": max(books, key=lambda row: Fraction(row["value"])),
        "gdp_growth_latest": max(rows, key=lambda row: row["time_period"]),
    }


def results():
    """Return unit, value, low and high of each result on other things, by the result's name."""
    made = {
        name: ("percent", *say(row)) for name, row in (PUBLISHED | growth_of_the_city()).items()
    }
    for part, year in product(("total", "local"), (2013, 2019)):
        row = find(f"{part}_budget_revenue", year, **HUNAN)
        made[f"province_{part}_budget_revenue_{year}"] = ("100 million yuan", *say(row))
    retail = ends(grow, [outside("retail_sales", year) for year in (2016, 2017)])
    made["retail_2017_by_levels"] = ("percent", *retail)
    return made | gap_results() | count_results() | pair_results()
