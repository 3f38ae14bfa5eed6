"""Growth, forecasts and their record a second way, from the raw tables."""

from fractions import Fraction
from functools import cache
from math import comb

from by_hand.models import FORMULAS, MODELS, forecast
from by_hand.printed import box, ends, find, grow, outside, own, read, say

DAY, BASE, TARGET = "2018-01-04", 2017, 2018
ALL = tuple(MODELS)
# Names in results, the series of levels and the report's own growth of 2017, where it prints one.
LEVELS = {
    "local": ("local_budget_revenue", None),
    "retail": ("retail_sales", "retail_sales.growth.2017"),
    "investment": ("fixed_asset_investment", "fixed_asset_investment.growth.2017"),
}


def tidy(name):
    return name.lower().replace(" ", "_").replace("-", "_")


def middle(ends):
    return sum(ends) / 2


def rates(series):
    """Return growth between neighbouring yearbook levels of one basis, neither of them doubted."""
    rows = {
        int(row["time_period"]): row
        for row in read("reference.csv")
        if (row["series"], row["ref_area"]) == (series, "430400") and row["vintage"] == "yearbook"
    }
    return {
        year: ends(grow, [outside(series, year - 1), outside(series, year)])
        for year, row in rows.items()
        if year - 1 in rows and row["obs_status"] != "B"
        if "low" not in (row["confidence"], rows[year - 1]["confidence"])
    }


def growth_results():
    made = {}
    for name, (series, figure) in LEVELS.items():
        found = rates(series)
        if figure and BASE not in found:
            found[BASE] = (middle(own(figure)), *own(figure))
        made |= {f"{name}_growth_{year}": ("percent", *rate) for year, rate in found.items()}
    return made


def of_city(vintage):
    """Return the city's yearly real growth of one vintage, with ends, by year."""
    return {
        int(row["time_period"]): say(row)
        for row in read("reference.csv")
        if (row["series"], row["ref_area"]) == ("gdp_growth_real", "430400")
        if (row["role"], row["vintage"]) == ("actual", vintage) and len(row["time_period"]) == 4
    }


OWN = own("gdp.growth.2017")
FIRST = of_city("first release") | {BASE: (middle(OWN), *OWN)}
BOOKS = of_city("yearbook")
# What was public on the day, 2016 by assumption, and the report's own.
GDP = {
    year: float(value)
    for year, (value, *_) in BOOKS.items()
    if find("gdp_growth_real", year)["known_by"] <= DAY or year == BASE - 1
} | {BASE: float(middle(OWN))}
CAME = {BASE: FIRST[BASE]} | BOOKS


def shown(series, years):
    """Return rates as they are shown, with two digits, of which forecasts are made."""
    return {year: round(float(rate[0]), 2) for year, rate in rates(series).items() if year in years}


def since(start, skip=(), **other):
    history = {year: rate for year, rate in GDP.items() if year >= start and year not in skip}
    return history | {int(year.strip("_")): rate for year, rate in other.items()}


CHOICES = {
    "from_2005": GDP,
    "from_2009": since(2009),
    "from_2011": since(2011),
    "without_2016": since(2005, skip=(2016,)),
    "other_2013": since(2005, _2013=10.2),
}
LOCAL = shown("local_budget_revenue", range(2011, 2017))  # from the break of 2010 on
WITHOUT = {year: rate for year, rate in LOCAL.items() if year < 2016}
RETAIL = shown("retail_sales", range(2008, 2015))  # to the break of 2015
INVESTMENT = shown("fixed_asset_investment", range(2014, 2017))  # from the break of 2013 on
INVESTMENT[BASE] = float(middle(own("fixed_asset_investment.growth.2017")))
TOTAL = {
    2014: float(find("total_budget_revenue_growth", 2014, vintage="first release")["value"]),
    2015: float(find("total_budget_revenue_growth", 2015, vintage="first release")["value"]),
    BASE: float(middle(own("budget_revenue.growth.2017"))),
}
# Suffix of the names, history, year, models and whether their mean stands among the results.
FORECASTS = [
    *((f"_{name}", history, TARGET, FORMULAS, False) for name, history in CHOICES.items()),
    ("_local_revenue", LOCAL, 2017, FORMULAS, False),
    ("_local_revenue", LOCAL, TARGET, FORMULAS, False),
    ("_local_revenue_with_2016", LOCAL, TARGET, ALL, True),
    ("_local_revenue_without_2016", WITHOUT, TARGET, FORMULAS, True),
    ("_retail_before_break", RETAIL, TARGET, ALL, True),
    ("_investment", INVESTMENT, TARGET, FORMULAS, True),
    ("_total_revenue", TOTAL, TARGET, ("mean",), False),
]


def forecast_results():
    made = {}
    for suffix, history, year, models, with_mean in FORECASTS:
        for name, numbers in forecast(history, year, models).items():
            if name in models or with_mean:
                made[f"forecast_{tidy(name)}_{year}{suffix}"] = ("percent", *numbers)
    return made


def score(history, model, years):
    """Return the errors of one-year-ahead forecasts, with the ends of the outcome's rounding."""
    errors = {}
    for year in years:
        known = {past: rate for past, rate in history.items() if past < year}
        made = Fraction(f"{forecast(known, year, [model])[model][0]:.2f}")
        errors[year] = [end - made for end in CAME[year]]
    return errors


def mean_size(errors):
    """Return the mean size of errors and its ends, each error free to lie in its interval."""
    sizes = [
        (abs(error), 0 if low < 0 < high else min(abs(low), abs(high)), max(abs(low), abs(high)))
        for error, low, high in errors
    ]
    return [Fraction(sum(column)) / len(sizes) for column in zip(*sizes, strict=True)]


def score_results():
    made = {}
    for years in ("from_2005", "from_2011"):
        for model in ("last value", "drift"):
            errors = score(CHOICES[years], model, range(2015, 2019)).values()
            name = f"mae_{tidy(model)}_2015_to_2018_{years}"
            made[name] = ("percentage points", *mean_size(errors))
    return made


def recent_errors(years, model):
    """Return the mean error size over 2015 to 2018 of one choice of years, for the table."""
    history = CHOICES[years]
    came = CAME | ({2013: [Fraction("10.2")] * 3} if years == "other_2013" else {})
    errors = []
    for year in range(2015, 2019):
        known = {past: rate for past, rate in history.items() if past < year}
        made = forecast(known, year, [model])[model][0]
        errors.append(abs(float(came[year][0]) - round(float(made), 2)))
    return sum(errors) / len(errors)


@cache
def count_inside():
    """Count by model the outcomes of 2011 to 2018 in the interval made in their year's January."""
    held = dict.fromkeys((*ALL, "combination"), 0)
    for year in range(2011, 2019):
        known = {past: rate for past, rate in GDP.items() if past < year}
        for model, numbers in forecast(known, year).items():
            _, low, high = numbers.round(2)
            held[model] += bool(low <= float(CAME[year][0]) <= high)
    return held


def chance(held, tries=8, part=Fraction(4, 5)):
    """Return the chance of a count so far from the expected one on its side."""
    counts = range(held, tries + 1) if held >= tries * part else range(held + 1)
    return sum(comb(tries, count) * part**count * (1 - part) ** (tries - count) for count in counts)


def coverage_results():
    return {
        f"coverage_chance_{tidy(model)}": ("percent", *[100 * chance(held)] * 3)
        for model, held in count_inside().items()
    }


# Targets and growth last reported, as forecasts of the city's growth.
AIMS = {
    int(row["time_period"]): Fraction(row["value"])
    for row in read("reference.csv")
    if (row["series"], row["ref_area"], row["role"]) == ("gdp_growth_real", "430400", "target")
} | {TARGET: box("8%以上", exact=True)[0]}
REPORTED = {year: (FIRST.get(year - 1) or BOOKS[year - 1])[0] for year in AIMS}
SAID = {"official target": AIMS, "last value": REPORTED}
VINTAGES = {"first release": FIRST, "yearbook": BOOKS}
LEFT_OUT = {"": (), "_without_2020": (2020,), "_without_2020_and_2021": (2020, 2021)}


def errors_by(vintage, source):
    came = VINTAGES[vintage]
    return {
        year: [end - said for end in came[year]]
        for year, said in SAID[source].items()
        if year in came
    }


def target_results():
    made = {}
    for vintage in VINTAGES:
        for source in SAID:
            errors = errors_by(vintage, source)
            for year, error in errors.items():
                name = f"error_{tidy(source)}_{year}_by_{tidy(vintage)}"
                made[name] = ("percentage points", *error)
            told = set()
            for words, years in LEFT_OUT.items():
                kept = {year: error for year, error in errors.items() if year not in years}
                if tuple(kept) not in told:
                    name = f"mae_{tidy(source)}_by_{tidy(vintage)}{words}"
                    made[name] = ("percentage points", *mean_size(kept.values()))
                told.add(tuple(kept))
    return made


def results():
    """Return unit, value, low and high of each result on growth, by the result's name."""
    made = growth_results() | forecast_results() | score_results()
    return made | coverage_results() | target_results()
