"""Every other number of the tables made since the frozen copy: years, counts, scores, prints."""

import re
from fractions import Fraction

import pytest
from by_hand import growth, others
from by_hand.kept import list_new_tables, read_chart, read_table
from by_hand.models import forecast
from by_hand.printed import NATION, PROVINCE, read

# What stands in the columns that results fill, which test_results_by_hand looks at.
OF_RESULTS = {"value", "low", "high", "decimals", "result", "formula", "inputs", "reading"}
OF_RESULTS |= {"unrounded_value", "unrounded_low", "unrounded_high"}
# A cell that is a number, several years or a count.
NUMBER = re.compile(r"[-+]?[0-9][0-9.]*%?|[0-9]+ of [0-9]+|[0-9]{4}([/, ]+[0-9]{4})*|.*[0-9]%.*")
YEAR = re.compile("20[0-9]{2}")


def years(row):
    return YEAR.findall(row["result"])


def first_year(row):
    return years(row)[0]


def horizon(row):
    """Return how far the forecast year lies from the last year known."""
    (found,) = {
        year - max(history)
        for suffix, history, year, *_ in growth.FORECASTS
        if row["result"] == f"forecast_{growth.tidy(row['source'])}_{year}{suffix}"
    }
    return str(found)


def suffix(row):
    return row["result"].partition("_2018_")[2]


def choice_of_years(row):
    return {"other_2013": "2013 as 10.2"}.get(suffix(row), suffix(row).replace("_", " "))


def name_deflator(row):
    rate = re.search(r"_deflator_([0-9])|$", row["result"])[1]
    assumed = "assumed" if row["quantity"] == "deflator" else ""
    return f"deflator +{rate}%" if rate else assumed


def side_of_gap(part):
    def find(row):
        side = others.GAPS[row["result"].removeprefix("gap_")][part]
        return f"{float(others.side(side)[0]):.10g}"

    return find


def years_scored(row):
    skip = re.search("_without.*|$", row["result"])[0]
    errors = growth.errors_by(row["vintage"], row["source"])
    return ", ".join(str(year) for year in sorted(errors) if year not in growth.LEFT_OUT[skip])


def count_side(reading):
    return lambda row: str([side[reading] for side in others.sides().values()].count(row["side"]))


def count_floors(row):
    return str(sum(floor and side == row["side"] for side, _, floor in others.sides().values()))


def printed_in_pair(part):
    """Return what a target, or the figure of 2017 beside it, is printed as."""

    def find(row):
        (pair,) = [pair for pair in others.PAIRS if others.name_pair(pair) == row["result"]]
        (figure,) = [one for one in others.FIGURES if one["figure_id"] == pair[part]]
        return figure["as_printed"]

    return find


def indicator(row):
    (found,) = [line for line in read("indicators.csv") if line["name_en"] == row["name_en"]]
    return found["indicator"]


def printed_in_2017(row):
    (figure,) = [one for one in others.FIGURES if one["figure_id"] == f"{indicator(row)}.2017"]
    return figure["as_printed"]


def printed_elsewhere(area):
    """Return what province or nation first printed of the rate of a row."""

    def find(row):
        series = others.RATES.get(indicator(row).replace(".", "_"), "budget_revenue_growth")
        if series == "budget_revenue_growth" and area == PROVINCE:
            series = "total_budget_revenue_growth"
        rows = [
            line["as_printed"]
            for line in read("reference.csv")
            if (line["series"], line["ref_area"], line["time_period"]) == (series, area, "2017")
            and (line["role"], line["vintage"]) == ("actual", "first release")
        ]
        return "".join(rows)

    return find


GROWTH = {"date": first_year}
FORECAST = {"date": lambda row: YEAR.search(row["result"])[0], "forecast_horizon": horizon}
AREAS = {"year": first_year}
PAIR = {
    "base_printed": printed_in_pair("base_id"),
    "target_printed": printed_in_pair("target_id"),
    "strict": lambda row: others.sides()[row["result"]][0],
    "lenient": lambda row: others.sides()[row["result"]][1],
    "differs": lambda row: str(len(set(others.sides()[row["result"]][:2])) > 1),
}
COLUMNS = {
    "check_gaps": {"left": side_of_gap(1), "right": side_of_gap(2)},
    "coverage": {"inside": lambda row: f"{growth.count_inside()[row['source']]} of 8"},
    "forecasts_investment": FORECAST,
    "forecasts_local_revenue": FORECAST,
    "forecasts_local_revenue_all": FORECAST
    | {"years": lambda row: row["result"].partition("_revenue_")[2].replace("_", " ")},
    "forecasts_retail_before_break": FORECAST,
    "forecasts_total_revenue": FORECAST,
    "investment_growth": GROWTH,
    "level_changes": {"period": lambda row: "/".join(years(row))},
    "local_growth": GROWTH,
    "local_revenue_parts": {"year": first_year},
    "opening_rates": {
        "as_printed": printed_in_2017,
        "Hunan": printed_elsewhere(PROVINCE),
        "China": printed_elsewhere(NATION),
    },
    "rates_elsewhere": AREAS,
    "rates_of_hunan_and_china": AREAS,
    "retail_growth": GROWTH,
    "sensitivity": {
        "years": choice_of_years,
        "mae": lambda row: growth.recent_errors(suffix(row), row["source"]),
    },
    "signs_of_total": {"year": lambda row: years(row)[-1]},
    "target_errors": {
        "date": first_year,
        "forecast": lambda row: growth.SAID[row["source"]][int(first_year(row))],
    },
    "target_record": {"years": years_scored},
    "targets_by_side": {
        "strict": count_side(0),
        "floors": count_floors,
        "lenient": count_side(1),
    },
    "targets_compared_in_points": PAIR,
    "targets_compared_in_ratios": PAIR,
    "tax_beside_growth": {"scenario": name_deflator},
    "tax_share_changes": {"date": lambda row: " and ".join(years(row))},
}


def numbers(rows):
    """Return the columns in which any cell is a number."""
    return {column for row in rows for column, cell in row.items() if NUMBER.fullmatch(cell)}


def test_each_cell_is_what_it_should_be():
    assert set(COLUMNS) <= set(list_new_tables())
    for table, columns in COLUMNS.items():
        for row in read_table(table):
            for column, find in columns.items():
                expected, cell, place = find(row), row[column], (table, column, row)
                if isinstance(expected, str):
                    assert cell == expected, place
                else:
                    assert abs(Fraction(cell) - Fraction(expected)) <= Fraction(1, 200), place


def test_no_number_is_left_out():
    for table in set(list_new_tables()) - {"verdicts_of_other_years"}:
        rows = read_table(table)
        assert rows and numbers(rows) <= OF_RESULTS | set(COLUMNS.get(table, {})), table


def test_the_verdicts_of_other_years():
    """One row for each target with an outcome of its kind, or partly so, which decides nothing."""
    given, partly = others.verdicts(), []
    for row in others.OUTCOMES:
        if row["target_id"] in others.OTHER_AIMS and row["comparable"] == "partly":
            partly.append(row["target_id"])
    expected = []
    for name in (*given, *partly):
        aim = others.OTHER_AIMS[name]
        came = [row for row in others.OUTCOMES if row["target_id"] == name]
        if name in given:
            came = [row for row in came if row["comparable"] == "yes"]
        printed = "; ".join(others.OF_CITY[row["outcome_id"]]["as_printed"] for row in came)
        verdict = given.get(name, ("undecidable", "undecidable"))
        expected.append((aim["time_period"], aim["as_printed"], printed, *verdict))
    columns = ("year", "target_printed", "outcome_printed", "strict", "lenient")
    found = [
        tuple(row[column] for column in columns) for row in read_table("verdicts_of_other_years")
    ]
    assert sorted(found) == sorted(expected)
    assert numbers(read_table("verdicts_of_other_years")) <= set(columns)


@pytest.mark.parametrize("chart", ["growth_forecast_bands", "local_revenue_forecasts"])
def test_the_bands_of_a_chart(chart):
    for row in read_chart(chart):
        history = growth.LOCAL if "local" in chart else growth.CHOICES[tidy_choice(row)]
        made = forecast(history, int(row["date"]), [row["source"]])[row["source"]]
        shown = [float(row[end]) for end in ("value", "low", "high")]
        assert shown == pytest.approx(made.tolist(), abs=0.0051)
        assert int(row["forecast_horizon"]) == int(row["date"]) - max(history)


def tidy_choice(row):
    return row["years"].replace(" ", "_")


def test_targets_and_outcomes_as_drawn():
    rows = read_chart("targets_and_outcomes")
    assert len(rows) == len(read_table("target_errors"))
    for row in rows:
        year = int(row["date"])
        expected = [
            growth.SAID[row["source"]][year],
            growth.VINTAGES[row["vintage"]][year][0],
            *growth.errors_by(row["vintage"], row["source"])[year],
        ]
        shown = [row[name] for name in ("value", "outcome", "error", "error_low", "error_high")]
        assert list(map(Fraction, shown)) == expected


def test_rates_and_gaps_as_drawn():
    for row in read_chart("growth_of_three_areas"):
        assert Fraction(re.search("[0-9.]+", row["printed"])[0]) == Fraction(row["value"])
    for row in read_chart("checks_that_fail"):
        unit, value, *_ = others.gap_results()[f"gap_{row['check_id']}"]
        assert row["unit"] == unit
        assert abs(Fraction(row["value"]) - value) <= Fraction(1, 200)
    columns = ("result", "value", "low", "high")
    drawn, table = (
        [[row[column] for column in columns] for row in rows]
        for rows in (read_chart("revenue_levels"), read_table("local_revenue_parts"))
    )
    assert drawn and all(row in table for row in drawn)


def test_doubts_as_drawn():
    drawn = {
        (row["theme"].lower().replace(" ", "_"), kind): int(count)
        for row in read_chart("doubts_by_theme")
        for kind, count in row.items()
        if kind != "theme" and count != "0"
    }
    assert drawn == others.count_doubts()
