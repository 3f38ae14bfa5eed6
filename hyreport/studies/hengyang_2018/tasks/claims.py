"""The case study's tasks, part one: what a number claims."""

from hyreport.numbers.rounding import stated
from hyreport.studies.hengyang_2018.tasks.inputs import Tables, wrong
from hyreport.teach.answers import Choice, Number
from hyreport.teach.reading import MONEY

QUALIFIERS = {
    "exact": ("as stated", "equal"),
    "about": ("approximately", "around", "左右", "neither"),
    "at_least": ("floor", "lower bound", "or more", "以上", ">=", "≥"),
    "at_most": ("ceiling", "upper bound", "or less", "以内", "<=", "≤"),
    "more_than": ("more", ">"),
    "less_than": ("less", "<"),
    "nearly": ("almost",),
}
STATUSES = {
    "E": ("estimated", "estimate", "预计数"),
    "P": ("provisional", "preliminary", "初步核算"),
    "A": ("normal", "final", "actual"),
    "F": ("forecast", "predicted", "target"),
}


def quoted_words(tables: Tables) -> Choice:
    """Ask for the words of a figure, as printed."""
    figure = tables.printed("poor_people_lifted.level.2017")
    words, number = figure.as_printed, str(figure.value)
    size = str(figure.value_base)
    unbound = number + figure.unit_zh.removesuffix("人")
    hints = {
        unbound: "The number is there; the word that bounds it belongs to the quotation.",
        number: "The digits alone are no quotation: the words round them are printed too.",
        size: "That is a translation. Quote what is printed, character by character.",
    }
    options = {
        words: (f"{words}人", figure.subject_zh + words),
        unbound: (f"{unbound}人", figure.subject_zh + unbound),
        number: (),
        size: tuple(
            before + amount + after
            for before in ("", "over ", "more than ")
            for amount in (size, f"{figure.value_base:,}", f"{int(size) // 1000} thousand")
            for after in ("", " people")
            if before + amount + after != size
        ),
    }
    because = "A quotation holds the word that bounds the number, not the digits alone."
    return Choice(words, options, hints, because, wanted="the words as the table prints them")


def gdp_in_billion(tables: Tables) -> Number:
    """Ask for the gross domestic product in billion yuan."""
    level = tables.printed("gdp.level.2017")
    return Number(
        wrong(lambda level: level / 10, unit="billion yuan", level=level),
        "亿 is a hundred million: how many of them make a billion?",
        "亿 is a hundred million, so ten of them make a billion.",
        {
            "That takes 亿 for a billion; it is a hundred million.": wrong(
                lambda level: level, unit="billion yuan", level=level
            ),
            "That takes 亿 for ten million; it is a hundred million.": wrong(
                lambda level: level / 100, unit="billion yuan", level=level
            ),
        },
        working=f"{level.value} / 10",
    )


def lowest_gdp(tables: Tables) -> Number:
    """Ask for the lowest level that would be printed as it is."""
    level = tables.printed("gdp.level.2017")
    low = stated(level.low, unit=MONEY, formula="half a unit of the last digit below")
    whole = stated(level.value - 1, unit=MONEY, formula="a whole unit below")
    return Number(
        low,
        "Which numbers would be rounded to what is printed?",
        "Rounding to the printed digit allows half a unit of it on either side.",
        {
            "That is the printed number itself; smaller ones round to it too.": stated(
                level.value, unit=MONEY, formula="as printed"
            ),
            "That goes a whole unit down; such a number would be printed as the next lower.": whole,
            "That is the upper end.": stated(level.high, unit=MONEY, formula="upper end"),
        },
        sides=(
            "A number that low would be printed as a smaller one.",
            "A still smaller number would be printed like this too.",
        ),
        working=f"{level.value} − half a unit",
    )


def passed_word(tables: Tables) -> Choice:
    """Ask what the word before a number says of its bound."""
    hints = {
        "exact": "Then the print would not need the word before the number.",
        "about": "About would be 左右, and would leave both sides open.",
        "at_most": "Passed means that the economy lies beyond the number: on which side?",
        "less_than": "Passed means that the economy lies beyond the number: on which side?",
        "nearly": "Nearly would be 近: not there yet.",
    }
    expected = tables.printed("gdp.level.2017.passed").qualifier
    # 突破 means more than; that the data code it as at least is a reading, so both are right.
    options = {word: others for word, others in QUALIFIERS.items() if word != "more_than"}
    options[expected] += ("more_than", *QUALIFIERS["more_than"])
    because = "The word opens one side; the level itself is printed after it."
    return Choice(expected, options, hints, because)


def gdp_status(tables: Tables) -> Choice:
    """Ask whether the printed level is final, provisional or estimated."""
    hints = {
        "P": "Provisional is 初步核算 or 快报; look for the word in brackets after the number.",
        "A": "The report was delivered days after the year's end: look for the word in brackets.",
        "F": "The year was over: nothing of it was still to be aimed at.",
    }
    expected = tables.printed("gdp.level.2017").obs_status
    because = "下同 (likewise below) extends it to what follows; how far is a reading."
    return Choice(expected, STATUSES, hints, because)


def share_of_spending(tables: Tables) -> Choice:
    """Ask which figure of one printed value is a share of spending."""
    total = tables.printed("tax_share.total.2017")
    same = tables.figures["as_printed"] == total.as_printed
    same = tables.figures.loc[same, "figure_id"].tolist()
    expected = next(name for name in same if "spending" in name)
    hints = dict.fromkeys(same, "That one is a share of revenue: read its printed term.")
    because = "One value, two ratios: an id tells them apart, the number does not."
    return Choice(expected, dict.fromkeys(same, ()), hints, because)


TASKS = {
    function.__name__: function
    for function in (
        quoted_words,
        gdp_in_billion,
        lowest_gdp,
        passed_word,
        gdp_status,
        share_of_spending,
    )
}
