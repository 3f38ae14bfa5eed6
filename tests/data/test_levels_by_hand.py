"""Levels, shares and growth of later publications a second way: plain fractions over the tables.

Nothing of the library is used but where its files lie: the numbers are read from raw tables as
typed, and every expected number was worked out by hand from print.
"""

import csv
from fractions import Fraction
from pathlib import Path

import pytest
from outside_rows import read_outside

ROOT = Path(__file__).parents[2]
CITY, PROVINCE, NATION = "430400", "430000", "000000"


def read(path: str) -> list[dict[str, str]]:
    with (ROOT / "data" / path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


OUTSIDE = {
    (row["series"], row["ref_area"], row["time_period"], row["vintage"]): Fraction(row["value"])
    for row in read_outside()
    if row["role"] == "actual"
}
AIMS = {
    (row["series"], row["ref_area"], row["time_period"]): row["as_printed"]
    for row in read_outside()
    if row["role"] == "target"
}
CHECKS = {row["check_id"]: row for row in read("processed/hengyang-2018/checks.csv")}


def number(series, period, vintage="first release", area=CITY) -> Fraction:
    return OUTSIDE[series, area, period, vintage]


def near(value, decimals=1) -> float:
    return round(float(value), decimals)


# What the city kept, in 亿元: local revenue, and tax in it by the print that each year allows.
LOCAL = {year: number("local_budget_revenue", str(year), "yearbook") for year in range(2015, 2024)}
LOCAL |= {
    2024: number("local_budget_revenue", "2024"),
    2025: number("local_budget_revenue", "2025", "official"),
}
SHARE_2015 = number("local_tax_share", "2020") - number("local_tax_share_change", "2015/2020")
TAX = {
    2015: LOCAL[2015] * SHARE_2015 / 100,
    2016: LOCAL[2016] * (Fraction("55.9") - Fraction("12.9")) / 100,
    2017: LOCAL[2017] * Fraction("55.9") / 100,
    2019: LOCAL[2019] * number("local_tax_share", "2019") / 100,
    2020: number("local_tax_revenue", "2020"),
    2023: number("local_tax_revenue", "2023", "official"),
    2024: number("local_tax_revenue", "2024"),
    2025: number("local_tax_revenue", "2025", "official"),
}


@pytest.mark.parametrize(
    ("year", "tax", "other", "share"),
    [
        (2015, 96.2, 98.5, 49.4),
        (2016, 88.0, 116.7, 43.0),
        (2017, 90.8, 71.6, 55.9),
        (2019, 110.5, 59.7, 64.9),
        (2020, 113.9, 59.6, 65.6),
        (2023, 134.6, 61.1, 68.8),
        (2024, 129.5, 66.5, 66.1),
        (2025, 117.6, 68.8, 63.1),
    ],
)
def test_tax_and_non_tax_add_up_and_give_the_share(year, tax, other, share):
    assert float(TAX[year]) == pytest.approx(tax, abs=0.05001)
    assert float(LOCAL[year] - TAX[year]) == pytest.approx(other, abs=0.05001)
    assert near(100 * TAX[year] / LOCAL[year]) == share


def test_non_tax_revenue_is_printed_as_what_is_left():
    for year in (2023, 2025):
        left = LOCAL[year] - TAX[year]
        assert near(left, 2) == near(number("local_non_tax_revenue", str(year), "official"), 2)


def test_the_share_of_2015_three_ways():
    assert float(SHARE_2015) == 49.4
    growth = number("local_tax_revenue_growth", "2015/2020")
    by_growth = number("local_tax_revenue", "2020") / (1 + growth / 100)
    assert near(by_growth, 2) == 96.17
    assert near(100 * by_growth / LOCAL[2015]) == 49.4
    check = CHECKS["publications_tax_2015"]
    assert (check["left_value"], check["right_value"], check["result"]) == (
        "96.17",
        "96.15",
        "pass",
    )


def test_the_rise_of_the_share_split_into_tax_and_non_tax():
    """Both orders of letting one part move before the other, and their mean."""

    def share(tax, other):
        return 100 * tax / (tax + other)

    def split(first, last):
        taxes, others = zip(*((TAX[y], LOCAL[y] - TAX[y]) for y in (first, last)), strict=True)
        by_tax = [share(taxes[1], other) - share(taxes[0], other) for other in others]
        whole = share(taxes[1], others[1]) - share(taxes[0], others[0])
        return near(sum(by_tax) / 2), near(whole - sum(by_tax) / 2)

    assert split(2015, 2017) == (-1.4, 7.9)
    assert split(2017, 2019) == (4.7, 4.3)
    assert split(2019, 2023) == (4.4, -0.5)


def test_the_total_stands_to_the_local_part_in_2019_as_in_2017():
    total = number("total_budget_revenue", "2019")
    assert near(total / LOCAL[2019], 2) == 1.59
    assert near(Fraction("252.01") / LOCAL[2017], 2) == 1.55
    assert CHECKS["revenue_as_local_2019"]["result"] == "fail"


def test_growth_that_levels_give():
    total = {year: number("total_budget_revenue", str(year)) for year in (2014, 2015)}
    assert near(100 * total[2015] / total[2014] - 100, 2) == 11.12
    assert near(100 * LOCAL[2024] / LOCAL[2023] - 100, 2) == 0.19
    assert near(100 * LOCAL[2022] / LOCAL[2021] - 100, 2) == 3.90
    found = {year: CHECKS[f"publications_local_growth_{year}"]["result"] for year in (2022, 2024)}
    assert found == {2022: "fail", 2024: "pass"}
    assert CHECKS["publications_total_growth_2015"]["right_value"] == "11.12"


def test_the_yearbooks_trade_is_not_the_reports():
    for year, printed in (("2019", "348.6"), ("2022", "436")):
        assert number("trade", year) == Fraction(printed)
        parts = [number(f"goods_{way}", year, "yearbook") for way in ("exports", "imports")]
        assert sum(parts) > number("trade", year) * Fraction("1.05")


@pytest.mark.parametrize(
    ("area", "before", "aim", "came"),
    [(PROVINCE, "8", "8%左右", "7.8"), (NATION, "6.9", "6.5%左右", "6.6")],
)
def test_growth_of_the_three_tiers(area, before, aim, came):
    """The one rate that all three print; Hengyang: 8.5, 8%以上, 8.3."""
    assert number("gdp_growth_real", "2017", area=area) == Fraction(before)
    assert AIMS["gdp_growth_real", area, "2018"] == aim
    assert number("gdp_growth_real", "2018", area=area) == Fraction(came)
    assert number("gdp_growth_real", "2018", "yearbook") == Fraction("8.3")


def test_tax_growth_of_the_nation_beside_its_levels():
    """Levels of two communiques, each of its own vintage, give about what is printed."""
    levels = {year: number("tax_revenue", year, area=NATION) for year in ("2017", "2018")}
    by_levels = 100 * levels["2018"] / levels["2017"] - 100
    assert near(by_levels) == float(number("tax_revenue_growth", "2018", area=NATION))
    gdp = {year: number("gdp", year, area=NATION) for year in ("2016", "2017")}
    assert near(100 * gdp["2017"] / gdp["2016"] - 100) == 11.2


@pytest.mark.parametrize(
    ("year", "aim", "first", "yearbook"),
    [
        ("2016", "9%以上", None, "7.9"),
        ("2020", "8.5%左右", "4", "4"),
        ("2021", "8.5%左右", None, "8.1"),
        ("2023", "7.5%左右", None, "5.3"),
        ("2025", "6%左右", "5.2", None),
    ],
)
def test_growth_targets_of_the_city_and_what_came(year, aim, first, yearbook):
    assert AIMS["gdp_growth_real", CITY, year] == aim
    for vintage, value in (("first release", first), ("yearbook", yearbook)):
        found = OUTSIDE.get(("gdp_growth_real", CITY, year, vintage))
        assert found == (None if value is None else Fraction(value))


def test_growth_as_first_reported_and_in_the_yearbook():
    years = ("2015", "2019", "2020", "2022")  # where both are printed
    first = [float(number("gdp_growth_real", year)) for year in years]
    later = [float(number("gdp_growth_real", year, "yearbook")) for year in years]
    assert first == [8.8, 8, 4, 5.5]  # 8 of 2019 is a bound, 8%以上
    assert later == [8.72, 8.1, 4, 5.2]
