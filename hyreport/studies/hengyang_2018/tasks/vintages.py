"""The case study's tasks, part four: prices and vintages."""

from hyreport.numbers.rounding import as_printed, compute
from hyreport.studies.hengyang_2018.tasks.inputs import Tables, wrong
from hyreport.teach.answers import Choice, Number
from hyreport.teach.reading import MONEY, PERCENT


def _levels(tables: Tables) -> dict:
    now = tables.printed("gdp.level.2017")
    return {"before": tables.published("gdp", 2016, vintage="yearbook"), "now": now}


def nominal_growth(tables: Tables) -> Number:
    """Ask for the growth at current prices."""
    levels = _levels(tables)
    return Number(
        compute(
            lambda before, now: 100 * now / before - 100,
            unit=PERCENT,
            formula="level of 2017 / level of 2016 − 1",
            **levels,
        ),
        "Change in percent of the level of 2016.",
        "The change of prices is in it, and whatever lies between two publications.",
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
            "That takes the database's level; the task takes the report's.": wrong(
                lambda before, later: 100 * later / before - 100,
                unit=PERCENT,
                before=levels["before"],
                later=tables.published("gdp", 2017, vintage="revised"),
            ),
        },
        working=f"100 × {levels['now'].value} / {levels['before'].value:.2f} − 100",
    )


def price_change(tables: Tables) -> Number:
    """Ask for the change of prices between nominal and real growth."""
    inputs = _levels(tables) | {"growth": tables.printed("gdp.growth.2017")}
    return Number(
        compute(
            lambda before, now, growth: 100 * (100 * now / before) / (100 + growth) - 100,
            unit=PERCENT,
            formula="(1 + nominal growth) / (1 + real growth) − 1",
            **inputs,
        ),
        "A change of levels is real growth and change of prices, one after the other.",
        "Growth factors are divided, not growth rates subtracted.",
        {
            "That subtracts the two rates; growth factors are divided.": wrong(
                lambda before, now, growth: 100 * now / before - 100 - growth,
                unit=PERCENT,
                **inputs,
            ),
            "That multiplies by real growth; divide by it: what is left is prices.": wrong(
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
        working=(
            f"100 × {inputs['now'].value} / {inputs['before'].value:.2f} / "
            f"{1 + inputs['growth'].value / 100} − 100"
        ),
    )


def real_on_nominal(tables: Tables) -> Choice:
    """Ask what is wrong with real growth applied to a level."""
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
    because = "The product is at the prices of the earlier year, on a level that may be revised."
    return Choice("real growth on a nominal level", options, hints, because)


def revision(tables: Tables) -> Number:
    """Ask how far the later level lies below the report's, in percent."""
    inputs = {
        "report": tables.printed("gdp.level.2017"),
        "later": tables.published("gdp", 2017, vintage="revised"),
    }
    return Number(
        compute(
            lambda report, later: 100 - 100 * later / report,
            unit=PERCENT,
            formula="1 − later level / level of the report",
            decimals=3,
            **inputs,
        ),
        "How large is the gap, in percent of what the report printed?",
        "Nothing we read connects it with the printed growth; steps and cause are not known.",
        {
            "That is in percent of the database's level; the task says of the report's.": wrong(
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
        working=f"100 − 100 × {inputs['later'].value} / {inputs['report'].value}",
    )


def two_vintages(tables: Tables) -> Choice:
    """Ask what a fall between two publications shows."""
    options = {
        "cannot be told": ("cannot tell", "not known", "unknown", "open", "undecided"),
        "vintages": ("mixed vintages", "different vintages", "revision", "vintage"),
        "deflation": ("prices fell", "falling prices"),
        "growth": ("growth is wrong", "growth rate is wrong"),
    }
    hints = {
        "deflation": "Prices would have had to fall by several percent in a year; what else may "
        "differ between the two levels?",
        "growth": "It may be; but does any source say that both levels are of one vintage?",
        "vintages": "It may well be, and is the first thing to look into; does any source say so?",
    }
    because = (
        "The database is undated, so the two levels may be of one vintage or of two: until that is "
        "known, chain them in no sentence."
    )
    return Choice("cannot be told", options, hints, because)


TASKS = {
    function.__name__: function
    for function in (
        nominal_growth,
        price_change,
        real_on_nominal,
        revision,
        two_vintages,
    )
}
