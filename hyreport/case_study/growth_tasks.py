"""The case study's tasks, parts four to six: prices and vintages, words of targets, forecasts."""

from hyreport.case_study.answers import MONEY, PERCENT, POINTS, Choice, Number
from hyreport.case_study.revenue_tasks import QUALIFIERS, Tables, wrong
from hyreport.rounding import Computed, as_printed, compute, exactly, stated
from hyreport.targets import compare_targets

DAYS_IN_2018 = 365
ABOUT = 0.5  # points read into 左右 on either side, the case study's choice
DIRECTIONS = {
    "below 2017": ("below", "lower"),
    "not told apart": ("cannot tell", "cannot be told", "not told", "undecided"),
    "above 2017": ("above", "higher"),
}
KNOWN = (2014, 2015)  # yearbook growth that was public before the report


def _levels(tables: Tables) -> dict:
    now = tables.printed("gdp.level.2017")
    return {"before": tables.published("gdp", 2016, vintage="yearbook"), "now": now}


def nominal_growth(tables: Tables) -> Number:
    levels = _levels(tables)
    return Number(
        compute(
            lambda before, now: 100 * now / before - 100,
            unit=PERCENT,
            formula="level of 2017 / level of 2016 − 1",
            decimals=1,
            **levels,
        ),
        "Change in percent of the level of 2016.",
        "Both levels are at current prices, so their growth has the change of prices in it.",
        {
            "That is the printed growth; it is real, the levels are at current prices.": as_printed(
                tables.printed("gdp.growth.2017")
            ),
            "That divides by the later level; growth is a percentage of the earlier.": wrong(
                lambda before, now: 100 - 100 * before / now, unit=PERCENT, decimals=1, **levels
            ),
            "That is the difference in 亿元; the task asks for percent.": wrong(
                lambda before, now: now - before, unit=PERCENT, **levels
            ),
            "That is the ratio of the levels; growth is what it has above one, in percent.": wrong(
                lambda before, now: now / before, unit=PERCENT, **levels
            ),
        },
    )


def price_change(tables: Tables) -> Number:
    inputs = _levels(tables) | {"growth": tables.printed("gdp.growth.2017")}
    return Number(
        compute(
            lambda before, now, growth: 100 * (100 * now / before) / (100 + growth) - 100,
            unit=PERCENT,
            formula="(1 + nominal growth) / (1 + real growth) − 1",
            **inputs,
        ),
        "Nominal growth is real growth and price change, one after the other.",
        "Growth factors are divided, not growth rates subtracted.",
        {
            "That subtracts the two rates; growth factors are divided.": wrong(
                lambda before, now, growth: 100 * now / before - 100 - growth,
                unit=PERCENT,
                **inputs,
            ),
            "That multiplies nominal by real growth: price change is counted twice over.": wrong(
                lambda before, now, growth: now / before * (100 + growth) - 100,
                unit=PERCENT,
                **inputs,
            ),
            "That divides real by nominal; turn the ratio round.": wrong(
                lambda before, now, growth: before / now * (100 + growth) - 100,
                unit=PERCENT,
                **inputs,
            ),
        },
    )


def real_on_nominal(tables: Tables) -> Choice:
    options = {
        "real growth on a nominal level": ("real on nominal", "prices", "real", "deflator"),
        "total on local": ("area", "territory"),
        "points on percent": ("points", "units"),
        "nothing": ("nothing is wrong", "none"),
    }
    hints = {
        "total on local": "GDP has no such division: look at the prices behind both numbers.",
        "points on percent": "A growth in percent goes with a level: look at prices instead.",
        "nothing": "The level is at current prices. At whose prices is the growth?",
    }
    because = "The product is at the prices of the earlier year and is nobody's GDP."
    return Choice("real growth on a nominal level", options, hints, because)


def revision(tables: Tables) -> Number:
    inputs = {
        "report": tables.printed("gdp.level.2017"),
        "later": tables.published("gdp", 2017, vintage="revised"),
    }
    return Number(
        compute(
            lambda report, later: 100 - 100 * later / report,
            unit=PERCENT,
            formula="1 − later level / level of the report",
            decimals=1,
            **inputs,
        ),
        "How large is the gap, in percent of what the report printed?",
        "The digits are those of the printed growth by chance; steps and cause are not known.",
        {
            "That is in percent of the later level; the task says of the report's.": wrong(
                lambda report, later: 100 * report / later - 100,
                unit=PERCENT,
                decimals=1,
                **inputs,
            ),
            "That is the gap in 亿元; the task asks for percent.": wrong(
                lambda report, later: report - later, unit=MONEY, **inputs
            ),
        },
        sign_is_said=True,
    )


def two_vintages(tables: Tables) -> Choice:
    options = {
        "vintages": ("mixed vintages", "different vintages", "revision", "vintage"),
        "deflation": ("prices fell", "falling prices"),
        "growth": ("growth is wrong", "growth rate is wrong"),
    }
    hints = {
        "deflation": "Prices would have had to fall by several percent in a year; what else "
        "differs between the two levels?",
        "growth": "Nothing shows that; look at where the two levels come from.",
    }
    because = "Levels of different publications must not be chained, whatever the ratio says."
    return Choice("vintages", options, hints, because)


def floor_word(tables: Tables) -> Choice:
    return _word(tables, "gdp.growth.2018")


def ceiling_word(tables: Tables) -> Choice:
    return _word(tables, "unemployment.rate.2018")


def _word(tables: Tables, figure_id: str) -> Choice:
    hints = {
        "exact": "There is a word after the number: it opens one side.",
        "about": "About is 左右; another word stands here.",
        "at_least": "Would a lower outcome miss this target?",
        "at_most": "Would a higher outcome miss this target?",
        "more_than": "Would an outcome equal to the number miss the target?",
        "nearly": "Nearly is 近; another word stands here.",
    }
    because = "The word opens one side: an outcome there meets the target."
    return Choice(tables.printed(figure_id).qualifier, QUALIFIERS, hints, because)


def count_about(tables: Tables) -> Number:
    first = tables.printed("gdp.growth.2018")
    sentence = tables.figures[tables.figures["paragraph"] == first.paragraph]
    about = (sentence["qualifier"] == "about").sum()

    def count(number) -> Computed:
        return stated(int(number), unit="targets", formula="counted")

    return Number(
        count(about),
        "Count the numbers that 左右 stands after.",
        "Soft words are the rule in this sentence, and only growth of GDP has a floor.",
        {
            "That counts every number of the sentence; some have another word or none.": count(
                len(sentence)
            ),
            "That counts the indicators; one of them has a floor and an aim instead.": count(
                sentence["indicator"].nunique()
            ),
        },
    )


def investment_strict(tables: Tables) -> Choice:
    return _direction(tables, "fixed_asset_investment.growth.2018", "strict")


def investment_lenient(tables: Tables) -> Choice:
    return _direction(tables, "fixed_asset_investment.growth.2018", "lenient")


def _direction(tables: Tables, target_id: str, reading: str) -> Choice:
    compared = compare_targets(tables.targets, tables.figures, tolerance=ABOUT).set_index(
        "target_id"
    )
    hints = {
        "strict": {
            "not told apart": "In this reading 左右 counts for nothing: do rounding and the stated "
            "number alone leave it open?",
            "above 2017": "Compare the stated number with the printed one.",
            "below 2017": "Compare the stated number with the printed one.",
        },
        "lenient": {
            "below 2017": "That takes the stated number alone; half a point either way is allowed.",
            "above 2017": "The stated number itself is not higher.",
            "not told apart": "Does the gap outlast half a point and rounding?",
        },
    }
    because = {
        "strict": "The stated number is lower by more than rounding allows.",
        "lenient": "The same words, read with room, decide nothing: the tolerance is a choice.",
    }
    expected = compared.loc[target_id, reading]
    return Choice(expected, DIRECTIONS, hints[reading], because[reading])


def good_air_days(tables: Tables) -> Number:
    days = exactly(tables.printed("air_quality.days.2018"))

    def part(of: int) -> Computed:
        return compute(
            lambda days: 100 * days / of,
            unit=PERCENT,
            formula=f"days / {of}",
            decimals=1,
            days=days,
        )

    return Number(
        part(DAYS_IN_2018),
        "Days of the target in percent of all days of 2018.",
        "Now target and outcome are in one unit; whether in one definition is not said.",
        {
            "That takes 2018 for a leap year.": part(DAYS_IN_2018 + 1),
            "That is the share printed for 2017.": as_printed(
                tables.printed("air_quality.share.2017")
            ),
            "That is the number of days; the task asks for percent of the year.": days,
            "That is what is left of the year.": wrong(
                lambda days: 100 - 100 * days / DAYS_IN_2018, unit=PERCENT, decimals=1, days=days
            ),
        },
    )


def growth_outcome(tables: Tables) -> Choice:
    outcome = tables.published("gdp_growth_real", 2018)
    met = [
        outcome.low >= tables.printed(name).value
        for name in ("gdp.growth.2018", "gdp.growth.2018.stretch")
    ]
    options = {
        "both met": ("both", "met both", "met"),
        "floor only": ("floor", "only the floor", "floor met, aim missed", "met the floor"),
        "both missed": ("neither", "missed both", "missed"),
    }
    hints = {
        "both met": "Two numbers are printed: compare the outcome with the higher one too.",
        "floor only": "Compare the outcome with both numbers once more.",
        "both missed": "Compare the outcome with the number that has 以上 after it.",
    }
    expected = {(True, True): "both met", (True, False): "floor only"}.get(
        tuple(met), "both missed"
    )
    because = "Met or missed depends on which of the two numbers is called the target."
    return Choice(expected, options, hints, because)


def not_yet_public(tables: Tables) -> Number:
    rows = tables.reference.query("series == 'gdp_growth_real' and role == 'actual'")
    late = rows[(rows["known_by"] > "2018-01-04") & (rows["time_period"] < "2017")]

    def year(number) -> Computed:
        return stated(int(number), unit="calendar year", formula="known_by")

    return Number(
        year(late["time_period"].min()),
        "Compare the column known_by with the day of the report.",
        "A forecaster of the day did not have this vintage; hindsight would slip in.",
        {
            "The report itself prints that one, as an estimate.": year(2017),
        },
    )


def _history(tables: Tables) -> dict:
    rates = {f"y{year}": tables.published("gdp_growth_real", year) for year in KNOWN}
    return rates | {"y2017": tables.printed("gdp.growth.2017")}


TARGET_IS_NO_FORECAST = "That is the target. An aim is no forecast: it says what is wanted."


def last_value(tables: Tables) -> Number:
    history = _history(tables)
    return Number(
        as_printed(history["y2017"]),
        "The last value is the newest one known.",
        "The simplest forecast, and often hard to beat.",
        {
            TARGET_IS_NO_FORECAST: exactly(tables.printed("gdp.growth.2018")),
            "That is the last of the yearbook; a newer one was printed in the report.": (
                history["y2015"]
            ),
        },
    )


def mean_growth(tables: Tables) -> Number:
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
            "That has the value of 2016 in it, which was not yet public.": wrong(
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
            TARGET_IS_NO_FORECAST: exactly(tables.printed("gdp.growth.2018")),
        },
    )


def drift(tables: Tables) -> Number:
    history = _history(tables)
    ends = {"first": history["y2014"], "last": history["y2017"]}
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
            "That counts rows, not years: one year is missing from the list.": wrong(
                lambda first, last: last + (last - first) / 2, unit=PERCENT, **ends
            ),
            "That turns the fall into a rise.": wrong(
                lambda first, last: last - (last - first) / 3, unit=PERCENT, **ends
            ),
            "That takes the whole change for one year's.": wrong(
                lambda first, last: last + (last - first), unit=PERCENT, **ends
            ),
        },
    )


def two_point_interval(tables: Tables) -> Choice:
    options = {
        "cannot be estimated": ("cannot be said", "unknown", "none", "cannot be known"),
        "zero": ("none wide", "width zero", "certain"),
        "wide": ("large", "very wide"),
    }
    hints = {
        "zero": "A line through two points fits them whatever they are: that is no certainty.",
        "wide": "From what would you measure it? Nothing is left over to size it by.",
    }
    because = "A line through two points leaves no residual, and programs then print certainty."
    return Choice("cannot be estimated", options, hints, because)


def forecast_error(tables: Tables) -> Number:
    inputs = {
        "forecast": tables.printed("gdp.growth.2017"),
        "outcome": tables.published("gdp_growth_real", 2018),
    }
    return Number(
        compute(
            lambda forecast, outcome: outcome - forecast,
            unit=POINTS,
            formula="outcome − forecast",
            decimals=1,
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
    )


TASKS = {
    function.__name__: function
    for function in (
        nominal_growth,
        price_change,
        real_on_nominal,
        revision,
        two_vintages,
        floor_word,
        ceiling_word,
        count_about,
        investment_strict,
        investment_lenient,
        good_air_days,
        growth_outcome,
        not_yet_public,
        last_value,
        mean_growth,
        drift,
        two_point_interval,
        forecast_error,
    )
}
