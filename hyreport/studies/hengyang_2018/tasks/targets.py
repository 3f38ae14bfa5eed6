"""The case study's tasks, part five: the words of targets."""

from hyreport.numbers.rounding import Computed, as_printed, compute, exactly, stated
from hyreport.studies.hengyang_2018.tasks.claims import QUALIFIERS
from hyreport.studies.hengyang_2018.tasks.inputs import Tables, wrong
from hyreport.teach.answers import Choice, Number
from hyreport.teach.reading import COUNT, PERCENT
from hyreport.themes.targets.ambition import compare_targets

DAYS_IN_2018 = 365
ABOUT = 0.5  # points read into 左右 on either side, the case study's choice
DIRECTIONS = {
    "below 2017": ("below", "lower"),
    "not told apart": ("cannot tell", "cannot be told", "not told", "undecided"),
    "above 2017": ("above", "higher"),
}


def floor_word(tables: Tables) -> Choice:
    """Ask for the bound that the word of a floor sets."""
    return _word(tables, "gdp.growth.2018")


def ceiling_word(tables: Tables) -> Choice:
    """Ask for the bound that the word of a ceiling sets."""
    return _word(tables, "unemployment.rate.2018")


def _word(tables: Tables, figure_id: str) -> Choice:
    hints = {
        "exact": "There is a word after the number: it opens one side.",
        "about": "About is 左右; another word stands here.",
        "at_least": "Would a lower outcome miss this target?",
        "at_most": "Would a higher outcome miss this target?",
        "more_than": "Would an outcome equal to the number miss the target?",
        "less_than": "Would a higher outcome miss this target?",
        "nearly": "Nearly is 近; another word stands here.",
    }
    because = "The word opens one side: an outcome there meets the target."
    return Choice(tables.printed(figure_id).qualifier, QUALIFIERS, hints, because)


def count_about(tables: Tables) -> Number:
    """Ask how many numbers of the sentence of targets are said to be about."""
    first = tables.printed("gdp.growth.2018")
    sentence = tables.figures[tables.figures["paragraph"] == first.paragraph]
    about = (sentence["qualifier"] == "about").sum()

    def count(number) -> Computed:
        return stated(int(number), unit=COUNT, formula="counted")

    return Number(
        count(about),
        "Count the numbers that 左右 stands after.",
        "Soft words are the rule in this sentence.",
        {
            "That counts every number of the sentence; some have another word or none.": count(
                len(sentence)
            ),
            "That counts the indicators; one of them has a floor and an aim instead.": count(
                sentence["indicator"].nunique()
            ),
        },
        working="rows with 左右",
    )


def investment_strict(tables: Tables) -> Choice:
    """Ask how a target compares with the year before, read strictly."""
    return _direction(tables, "fixed_asset_investment.growth.2018", "strict")


def investment_lenient(tables: Tables) -> Choice:
    """Ask how a target compares with the year before, read with room."""
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
    """Ask for the share of the year that the target's days are."""
    days = exactly(tables.printed("air_quality.days.2018"))

    def part(of: int) -> Computed:
        return compute(
            lambda days: 100 * days / of,
            unit=PERCENT,
            formula=f"days / {of}",
            decimals=3,
            days=days,
        )

    return Number(
        part(DAYS_IN_2018),
        "Days of the target in percent of all days of 2018.",
        "Now target and outcome are in one unit; whether in one definition is not said.",
        {
            "That takes 2018 for a leap year.": part(DAYS_IN_2018 + 1),
            "That takes a year of twelve times thirty days; it is longer.": part(12 * 30),
            "That is the share printed for 2017.": as_printed(
                tables.printed("air_quality.share.2017")
            ),
            "That is the number of days; the task asks for percent of the year.": days,
            "That is what is left of the year.": wrong(
                lambda days: 100 - 100 * days / DAYS_IN_2018, unit=PERCENT, decimals=1, days=days
            ),
        },
        working=f"100 × {days.value} / {DAYS_IN_2018}",
    )


def growth_outcome(tables: Tables) -> Choice:
    """Ask which of the two printed aims the outcome met."""
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


TASKS = {
    function.__name__: function
    for function in (
        floor_word,
        ceiling_word,
        count_about,
        investment_strict,
        investment_lenient,
        good_air_days,
        growth_outcome,
    )
}
