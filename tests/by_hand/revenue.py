"""Tax and non-tax revenue from 2015 to 2025, from boxes typed from the publications."""

from fractions import Fraction
from itertools import permutations

from by_hand.printed import box, ends, grow

# 亿元 and percent, as printed.
REVENUE = {
    2015: box("194.6416"),
    2016: box("204.6698"),
    2017: box("162.4102"),
    2019: box("170.2028"),
    2020: box("173.4698"),
}
LOCAL, LOCAL_RISE = box("55.9"), box("12.9")
TOTAL, TOTAL_RISE = box("71.6"), box("13.6")
LEVEL, GROWTH = box("252.01"), box("8.2")
SHARE_2019, SHARE_2020, RISE_2020 = box("64.9"), box("65.6"), box("16.2")
REPORTED_2024, TAX_2024 = box("195.98"), box("129.49")


def tax(revenue, share, change=0):
    return revenue * (share - change) / 100


def rest(revenue, share, change=0):
    return revenue - tax(revenue, share, change)


def keep(level):
    return level


# How each level comes about, and from what.
TAX = {
    2015: (tax, (REVENUE[2015], SHARE_2020, RISE_2020)),
    2016: (tax, (REVENUE[2016], LOCAL, LOCAL_RISE)),
    2017: (tax, (REVENUE[2017], LOCAL)),
    2019: (tax, (REVENUE[2019], SHARE_2019)),
    2020: (keep, (box("113.87"),)),
    2023: (keep, (box("134.55"),)),
    2024: (keep, (TAX_2024,)),
    2025: (keep, (box("117.55"),)),
}
REST = {year: (rest, TAX[year][1]) for year in (2015, 2016, 2017, 2019)} | {
    2020: (lambda tax, revenue: revenue - tax, (*TAX[2020][1], REVENUE[2020])),
    2023: (keep, (box("61.06"),)),
    2024: (lambda tax, revenue: revenue - tax, (TAX_2024, REPORTED_2024)),
    2025: (keep, (box("68.8"),)),
}
# Where both parts follow from the same two or three numbers, they move together.
TOGETHER = (2015, 2016, 2017, 2019)


def both(year):
    """Return a function of the year's numbers that gives tax and non-tax revenue, and its boxes."""
    (to_tax, boxes), (to_rest, more) = TAX[year], REST[year]
    if year in TOGETHER:
        return (lambda *given: (to_tax(*given), to_rest(*given))), boxes
    cut = len(boxes)
    return (lambda *given: (to_tax(*given[:cut]), to_rest(*given[cut:]))), boxes + more


def shapley(before, after):
    """Average what each part does to the share over both orders in which the parts can move."""
    effects = {0: [], 1: []}
    for order in permutations((0, 1)):
        now = list(before)
        for part in order:
            share = now[0] / sum(now)
            now[part] = after[part]
            effects[part].append(100 * (now[0] / sum(now) - share))
    return {part: sum(values) / 2 for part, values in effects.items()}


MEASURES = {
    "local_tax_change_{}": lambda old, new: 100 * (new[0] - old[0]) / old[0],
    "non_tax_change_{}": lambda old, new: 100 * (new[1] - old[1]) / old[1],
    "tax_share_rise_{}": lambda old, new: 100 * (new[0] / sum(new) - old[0] / sum(old)),
    "tax_share_rise_{}_more_tax": lambda old, new: shapley(old, new)[0],
    "tax_share_rise_{}_less_non_tax": lambda old, new: shapley(old, new)[1],
}
SPANS = ((2015, 2017), (2017, 2019), (2019, 2023), (2023, 2025))
DEFLATORS = (1, 4)  # percent, assumed

REAL = {"": box("8.5"), "province": box("8")}
PROVINCE = (box("4565.7"), box("7.4"), box("99"), box("12.96", scale=-1))


def total_tax_a(growth, share, rise):
    """On the basis of the growth: 2016 is 100, 2017 is 100 and the growth."""
    return 100 * ((100 + growth) * share / (100 * (share - rise)) - 1)


def total_tax_b(level, share, rise, local, local_rise, yearbook):
    non_tax = yearbook * (1 - (local - local_rise) / 100)
    tax_before = non_tax / (1 - (share - rise) / 100) - non_tax
    return 100 * (level * share / 100 / tax_before - 1)


def total_tax_of_province(total, growth, non_tax_in_billions, non_tax_growth):
    before = total / (1 + growth / 100), 10 * non_tax_in_billions / (1 + non_tax_growth / 100)
    return 100 * ((total - 10 * non_tax_in_billions) / (before[0] - before[1]) - 1)


READINGS = {
    "a": (total_tax_a, (GROWTH, TOTAL, TOTAL_RISE), ""),
    "b": (total_tax_b, (LEVEL, TOTAL, TOTAL_RISE, LOCAL, LOCAL_RISE, REVENUE[2016]), ""),
    "province": (total_tax_of_province, PROVINCE, "province"),
}


def nominal(real, deflator):
    return real + deflator + real * deflator / 100


def grow_from_local(level, total, local, after):
    return grow(level * (1 - local / 100) / (1 - total / 100), after)


def divide(total, local):
    return total / local


TOTAL_2019 = box("270.06")
SIGNS = {
    "total_over_local_2015": (divide, (box("261.86"), REVENUE[2015])),
    "total_over_local_2017": (divide, (LEVEL, REVENUE[2017])),
    "total_over_local_2019": (divide, (TOTAL_2019, REVENUE[2019])),
    "total_revenue_growth_2017_2019": (grow, (LEVEL, TOTAL_2019)),
    "local_revenue_growth_2017_2019": (grow, (REVENUE[2017], REVENUE[2019])),
    "local_revenue_growth_2017_2019_if_local": (grow, (LEVEL, REVENUE[2019])),
    "total_revenue_growth_2017_2019_if_local": (grow_from_local, (LEVEL, TOTAL, LOCAL, TOTAL_2019)),
}
# What stands by itself: levels a second way, what came of the total, changes of the share.
SINGLE = {
    "local_tax_2015_by_growth": (
        lambda tax, rate: tax / (1 + rate / 100),
        (box("113.87"), box("18.4")),
    ),
    "total_growth_2017_to_2019": (grow, (LEVEL, TOTAL_2019)),
    "total_growth_2019_on_target": (
        lambda before, after: grow(before * Fraction(105, 100), after),
        (LEVEL, TOTAL_2019),
    ),
    "gdp_levels_of_two_vintages_2017": (grow, (box("2853.0158"), box("3193"))),
    "province_total_tax_growth_2017": (total_tax_of_province, PROVINCE),
    "tax_share_change_2016": (
        lambda local, rise, later, since: local - rise - (later - since),
        (LOCAL, LOCAL_RISE, SHARE_2020, RISE_2020),
    ),
    "tax_share_change_2017": (keep, (LOCAL_RISE,)),
    "tax_share_change_2018_and_2019": (
        lambda later, local: (later - local) / 2,
        (SHARE_2019, LOCAL),
    ),
    "tax_share_change_2020": (lambda later, earlier: later - earlier, (SHARE_2020, SHARE_2019)),
}


def change(span, measure):
    """Return what a measure makes of the two parts in both years, and the boxes behind them."""
    (first, boxes), (second, more) = map(both, span)
    cut = len(boxes)
    return (lambda *given: measure(first(*given[:cut]), second(*given[cut:]))), boxes + more


def over_nominal(reading, deflator):
    """Return growth of all tax as a multiple of nominal growth; both are printed on their own."""
    function, boxes, place = READINGS[reading]
    return (lambda *given: function(*given[:-1]) / nominal(given[-1], deflator)), (
        *boxes,
        REAL[place],
    )


def formulas():
    """Return the function and the boxes behind each result on revenue, by the result's name."""
    made = SIGNS | SINGLE
    made |= {f"local_tax_level_{year}": level for year, level in TAX.items()}
    made |= {f"non_tax_level_{year}": level for year, level in REST.items()}
    for span in SPANS:
        for name, measure in MEASURES.items():
            made[name.format("_".join(map(str, span)))] = change(span, measure)
    for rate in DEFLATORS:
        for place, real in REAL.items():
            name = f"{place}_nominal_growth_2017_deflator_{rate}".lstrip("_")
            made[name] = (lambda growth, rate=rate: nominal(growth, rate)), (real,)
        for reading in READINGS:
            name = f"tax_over_nominal_growth_{reading}_deflator_{rate}"
            made[name] = over_nominal(reading, rate)
    return made


def results():
    return {name: ends(*formula) for name, formula in formulas().items()}
