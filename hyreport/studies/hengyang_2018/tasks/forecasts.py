"""The case study's tasks, part six: forecasts from almost no data."""

from dataclasses import replace

from hyreport.data.days import read_day, read_days, read_years
from hyreport.numbers.rounding import Computed, compute, exactly, stated
from hyreport.studies.hengyang_2018.tasks.inputs import Tables, wrong
from hyreport.teach.answers import Choice, Number
from hyreport.teach.reading import PERCENT, POINTS, YEAR
from hyreport.themes.growth.known import REPORTED, yearly_growth

KNOWN = (2014, 2015)  # yearbook growth that our sources show public before the report


def not_yet_public(tables: Tables) -> Number:
    """Ask which year's growth was not safely public on the day of the report."""
    rows = yearly_growth(tables.reference)
    rows = rows[read_years(rows, "date", "reference") < 2017]
    late = rows[read_days(rows, "known_by", "reference") > read_day(REPORTED, "REPORTED")]

    def year(number) -> Computed:
        return stated(int(number), unit=YEAR, formula="known_by")

    return Number(
        year(late["date"].item()),
        "Compare the column known_by with the day of the report.",
        "With a number of which this cannot be shown, hindsight could slip in.",
        {
            **{f"The known_by of {y} is before the day of the report.": year(y) for y in KNOWN},
            "The report itself prints that one, as an estimate.": year(2017),
            "That year was still to come; look at the rows of the table.": year(2018),
        },
        working=f"known_by after {REPORTED}",
    )


def _history(tables: Tables) -> dict:
    rates = {f"y{year}": tables.published("gdp_growth_real", year) for year in KNOWN}
    return rates | {"y2017": tables.printed("gdp.growth.2017")}


NOT_YET_PUBLIC = "That is the growth of 2016, by the rule not safely public on that day."
TARGET_IS_NO_FORECAST = "That is the target. An aim is no forecast: it says what is wanted."


def last_value(tables: Tables) -> Number:
    """Ask for the forecast of growth that is the last value known."""
    history = _history(tables)
    return Number(
        exactly(history["y2017"]),
        "The last value is the newest one known.",
        "The simplest forecast, and often hard to beat.",
        {
            TARGET_IS_NO_FORECAST: exactly(tables.printed("gdp.growth.2018")),
            "That is the last of the yearbook; a newer one was printed in the report.": (
                history["y2015"]
            ),
            NOT_YET_PUBLIC: tables.published("gdp_growth_real", 2016),
        },
        working="as printed for 2017",
    )


def mean_growth(tables: Tables) -> Number:
    """Ask for the forecast of growth that is the mean of those known."""
    history = _history(tables)
    late = tables.published("gdp_growth_real", 2016)
    return Number(
        compute(
            lambda **years: sum(years.values()) / len(years),
            unit=PERCENT,
            formula="mean of the growth rates known",
            **history,
        ),
        "Add the three rates and divide by their number.",
        "Three numbers carry a mean, but hardly say how far it may be off.",
        {
            "That has the value of 2016 in it; by the rule not safely public.": wrong(
                lambda **years: sum(years.values()) / len(years),
                unit=PERCENT,
                y2016=late,
                **history,
            ),
            "That leaves the report's own estimate out.": wrong(
                lambda first, second: (first + second) / 2,
                unit=PERCENT,
                first=history["y2014"],
                second=history["y2015"],
            ),
            "That is the mean of the table's rows: the report's own number is missing.": (
                wrong(
                    lambda first, second, late: (first + second + late) / 3,
                    unit=PERCENT,
                    first=history["y2014"],
                    second=history["y2015"],
                    late=late,
                )
            ),
            TARGET_IS_NO_FORECAST: exactly(tables.printed("gdp.growth.2018")),
        },
        working=f"({' + '.join(str(rate.value) for rate in history.values())}) / {len(history)}",
    )


def drift(tables: Tables) -> Number:
    """Ask for the forecast of growth that goes on as from the first value to the last."""
    history = _history(tables)
    first, last = history["y2014"], history["y2017"]
    ends = {"first": first, "last": last}
    by_rows = wrong(lambda first, last: last + (last - first) / 2, unit=PERCENT, **ends)
    return Number(
        compute(
            lambda first, last: last + (last - first) / 3,
            unit=PERCENT,
            formula="last value + its change a year since the first",
            **ends,
        ),
        "Go on by as much as growth changed a year, on average, from the first to the last.",
        "The line goes through two points alone; what lies between them plays no part.",
        {
            # Without its interval, which would reach the growth of 2016.
            "That counts rows, not years: one year is missing from the list.": replace(
                by_rows, low=by_rows.value, high=by_rows.value
            ),
            NOT_YET_PUBLIC: tables.published("gdp_growth_real", 2016),
            "That turns the fall into a rise.": wrong(
                lambda first, last: last - (last - first) / 3, unit=PERCENT, **ends
            ),
            "That takes the whole change for one year's.": wrong(
                lambda first, last: last + (last - first), unit=PERCENT, **ends
            ),
        },
        working=f"{last.value} − {first.value - last.value} / 3",
    )


def two_point_interval(tables: Tables) -> Choice:
    """Ask how wide the interval of a line through two points is."""
    options = {
        "cannot be estimated": ("cannot be said", "unknown", "none", "cannot be known"),
        "zero": ("none wide", "width zero", "certain"),
        "wide": ("large", "very wide"),
    }
    hints = {
        "zero": "A line through two points fits them whatever they are: that is no certainty.",
        "wide": "From what would you measure it? Nothing is left over to size it by.",
    }
    because = "The line leaves no residual; some programs then print zero, others no number."
    return Choice("cannot be estimated", options, hints, because)


def forecast_error(tables: Tables) -> Number:
    """Ask for the error of the last value, in percentage points."""
    inputs = {
        "forecast": exactly(tables.printed("gdp.growth.2017")),  # the number said, not rounded
        "outcome": tables.published("gdp_growth_real", 2018),
    }
    return Number(
        compute(
            lambda forecast, outcome: outcome - forecast,
            unit=POINTS,
            formula="outcome − forecast",
            decimals=2,
            **inputs,
        ),
        "Outcome less forecast, both in percent.",
        "One error says nothing about a method: with another year another might win.",
        {
            "That is a percentage of the forecast; the task asks for points.": wrong(
                lambda forecast, outcome: 100 * outcome / forecast - 100,
                unit=PERCENT,
                **inputs,
            ),
        },
        working=f"{inputs['outcome'].value} − {inputs['forecast'].value}",
    )


TASKS = {
    function.__name__: function
    for function in (
        not_yet_public,
        last_value,
        mean_growth,
        drift,
        two_point_interval,
        forecast_error,
    )
}
