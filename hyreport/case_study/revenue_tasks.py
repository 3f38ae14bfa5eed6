"""The case study's tasks, parts one to three: what a number claims, which revenue, which basis."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

import pandas as pd

from hyreport import tax_rise, tax_share
from hyreport.case_study.answers import MONEY, PERCENT, Choice, Number
from hyreport.data import Figure, pick, published
from hyreport.revenue import apply_share, implied_base
from hyreport.rounding import Computed, as_printed, compute, stated

UNEXPLAINED = 1  # percent: a reading whose total of 2016 misses a published number by more
QUALIFIERS = {
    "exact": ("as stated", "equal"),
    "about": ("approximately", "around", "左右", "neither"),
    "at_least": ("floor", "lower bound", "or more", "以上", ">=", "≥"),
    "at_most": ("ceiling", "upper bound", "or less", "以内", "<=", "≤"),
    "more_than": ("more", ">"),
    "nearly": ("almost", "<"),
}
STATUSES = {
    "E": ("estimated", "estimate", "预计数"),
    "P": ("provisional", "preliminary", "初步核算"),
    "A": ("normal", "final", "actual"),
    "F": ("forecast", "predicted", "target"),
}


@dataclass(frozen=True)
class Tables:
    """What the tasks are computed from: the printed figures, outside figures, target pairs."""

    figures: pd.DataFrame
    reference: pd.DataFrame
    targets: pd.DataFrame

    def printed(self, figure_id: str) -> Figure:
        """Return a printed figure."""
        return pick(self.figures, figure_id)

    def published(self, series: str, year: int, **choices: str) -> Computed:
        """Return an outside figure."""
        return published(self.reference, series, str(year), **choices)

    def revenue(self) -> dict[str, Figure]:
        """Return the printed level and both tax shares of 2017."""
        names = {"level": "budget_revenue.level", "total": "tax_share.total"}
        names["local"] = "tax_share.local"
        return {name: self.printed(f"{part}.2017") for name, part in names.items()}


def wrong(function: Callable, *, unit: str, **inputs) -> Computed:
    """Compute what a mistake leads to, with the interval that rounding allows."""
    return compute(function, unit=unit, formula="a mistake", **inputs)


def from_row(table: pd.DataFrame, result: str) -> Computed:
    """Return one row of a table of computed numbers as a computed number."""
    row = table.set_index("result").loc[result]
    ends = [_end(row[end], row["decimals"]) for end in ("value", "low", "high")]
    inputs = tuple(row["inputs"].split())
    return Computed(*ends, row["decimals"], row["unit"], row["formula"], inputs)


def _end(number: float, decimals: int) -> Decimal:
    """Return an end of an interval with the digits it carries."""
    return stated(round(number, decimals), unit="", formula="").value


def gdp_in_billion(tables: Tables) -> Number:
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
    )


def lowest_gdp(tables: Tables) -> Number:
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
    )


def passed_word(tables: Tables) -> Choice:
    hints = {
        "exact": "Then the print would not need the word before the number.",
        "about": "About would be 左右, and would leave both sides open.",
        "at_most": "Passed means that the economy lies beyond the number: on which side?",
        "more_than": "Near, but a threshold that is just reached is passed too.",
        "nearly": "Nearly would be 近: not there yet.",
    }
    expected = tables.printed("gdp.level.2017.passed").qualifier
    because = "The number is a floor; the level itself is printed after it."
    return Choice(expected, QUALIFIERS, hints, because)


def gdp_status(tables: Tables) -> Choice:
    hints = {
        "P": "Provisional is 初步核算 or 快报; look for the word in brackets after the number.",
        "A": "The report was delivered days after the year's end: look for the word in brackets.",
        "F": "The year was over: nothing of it was still to be aimed at.",
    }
    expected = tables.printed("gdp.level.2017").obs_status
    because = "下同 (likewise below) extends it to what follows; how far is a reading."
    return Choice(expected, STATUSES, hints, because)


def share_of_spending(tables: Tables) -> Choice:
    total = tables.printed("tax_share.total.2017")
    same = tables.figures["as_printed"] == total.as_printed
    same = tables.figures.loc[same, "figure_id"].tolist()
    expected = next(name for name in same if "spending" in name)
    hints = dict.fromkeys(same, "That one is a share of revenue: read its printed term.")
    because = "One value, two ratios: an id tells them apart, the number does not."
    return Choice(expected, dict.fromkeys(same, ()), hints, because)


LEVEL_IS_TOTAL = "That is the printed level, which is very probably total revenue, not local."
LOCAL_OF_TOTAL = "That multiplies a total by the share of local revenue: two revenues are mixed."


def total_tax(tables: Tables) -> Number:
    of = tables.revenue()
    return Number(
        apply_share(of["level"], of["total"]),
        "Multiply the level by the tax share that belongs to it.",
        "Level and share are of one revenue, so they may be multiplied.",
        {
            LOCAL_OF_TOTAL: wrong(
                lambda level, local: level * local / 100,
                unit=MONEY,
                level=of["level"],
                local=of["local"],
            ),
            "That is what is left without tax: non-tax revenue.": wrong(
                lambda level, total: level * (100 - total) / 100,
                unit=MONEY,
                level=of["level"],
                total=of["total"],
            ),
        },
    )


def non_tax_revenue(tables: Tables) -> Number:
    of = tables.revenue()
    level, total, local = of["level"], of["total"], of["local"]
    readings = tax_share.read_level(tables.figures, tables.reference)
    return Number(
        from_row(readings, "non_tax_revenue_2017"),
        "It is what the tax share leaves of the total.",
        "It has nearly the digits of a printed share, and is an amount of money all the same.",
        {
            "That is tax; the task asks for the rest.": wrong(
                lambda level, total: level * total / 100, unit=MONEY, level=level, total=total
            ),
            "That takes what the local share leaves, but of the total.": wrong(
                lambda level, local: level * (100 - local) / 100,
                unit=MONEY,
                level=level,
                local=local,
            ),
            "That is a share in percent; the task asks for an amount.": wrong(
                lambda total: 100 - total, unit=MONEY, total=total
            ),
        },
    )


def local_revenue(tables: Tables) -> Number:
    of = tables.revenue()
    level, total, local = of["level"], of["total"], of["local"]
    readings = tax_share.read_level(tables.figures, tables.reference)
    return Number(
        from_row(readings, "local_revenue_2017"),
        "Non-tax revenue is a part of both revenues: which part of local revenue is it?",
        "It rests on two readings: the level is the total, and all non-tax revenue is local.",
        {
            LEVEL_IS_TOTAL: as_printed(level),
            LOCAL_OF_TOTAL: wrong(
                lambda level, local: level * local / 100, unit=MONEY, level=level, local=local
            ),
            "That is all tax in total revenue; part of it is passed up, and fees are not in it.": (
                wrong(
                    lambda level, total: level * total / 100, unit=MONEY, level=level, total=total
                )
            ),
            "That divides non-tax revenue by the tax share; divide by what tax leaves.": wrong(
                lambda level, total, local: level * (100 - total) / local,
                unit=MONEY,
                **of,
            ),
            "That takes what the local share leaves, but of the total.": wrong(
                lambda level, local: level * (100 - local) / 100,
                unit=MONEY,
                level=level,
                local=local,
            ),
            "That is non-tax revenue alone: local tax is missing.": wrong(
                lambda level, total: level * (100 - total) / 100,
                unit=MONEY,
                level=level,
                total=total,
            ),
        },
    )


def total_if_local(tables: Tables) -> Number:
    of = tables.revenue()
    readings = tax_share.read_level(tables.figures, tables.reference)
    return Number(
        from_row(readings, "total_revenue_2017_if_local"),
        "Start from non-tax revenue again, now from the local side.",
        "Set beside GDP it is large; size, usage and the yearbook speak for the other reading.",
        {
            "That is local revenue if the level is the total: the other way round.": from_row(
                readings, "local_revenue_2017"
            ),
            "That is the level itself; as local revenue it is a part of the total.": as_printed(
                of["level"]
            ),
            "That divides by the tax share of the total; divide by what tax leaves of it.": wrong(
                lambda level, total, local: level * (100 - local) / total, unit=MONEY, **of
            ),
        },
    )


def yearbook_shows(tables: Tables) -> Choice:
    readings = tax_share.read_level(tables.figures, tables.reference).set_index("result")
    ours, theirs = (
        readings.loc[name] for name in ("local_revenue_2017", "local_revenue_2017_yearbook")
    )
    inside = ours["low"] <= theirs["value"] <= ours["high"]
    options = {"supports": ("support",), "proves": ("prove", "proof"), "contradicts": ()}
    hints = {
        "supports": "Is the yearbook's number inside the interval?",
        "proves": "Two wrong assumptions could still meet at one number.",
        "contradicts": "Is the yearbook's number outside the interval? Compare once more.",
    }
    because = "It comes from elsewhere and fits both assumptions together; neither is proved."
    return Choice("supports" if inside else "contradicts", options, hints, because)


def implied_total(tables: Tables) -> Number:
    level = tables.printed("budget_revenue.level.2017")
    growth = tables.printed("budget_revenue.growth.2017")
    inputs = {"level": level, "growth": growth}
    return Number(
        implied_base(level, growth),
        "Which level, grown by the printed rate, gives that of 2017?",
        "An implied base on 2017's basis; it is printed nowhere and is no level of 2016.",
        {
            "That takes the percentage off 2017; growth is a percentage of 2016: divide.": wrong(
                lambda level, growth: level * (100 - growth) / 100, unit=MONEY, **inputs
            ),
            "That goes a year forward; the base lies a year back.": wrong(
                lambda level, growth: level * (100 + growth) / 100, unit=MONEY, **inputs
            ),
        },
    )


def raw_growth(tables: Tables) -> Number:
    years = {
        name: tables.published("local_budget_revenue", year)
        for name, year in (("before", 2016), ("after", 2017))
    }
    growth = tables.printed("budget_revenue.growth.2017")
    return Number(
        wrong(lambda before, after: 100 * after / before - 100, unit=PERCENT, decimals=1, **years),
        "Change in percent of the earlier level.",
        "The raw series falls while same-basis growth is printed: two different questions.",
        {
            "That is the printed same-basis growth; the task asks for the yearbook's levels.": (
                as_printed(growth)
            ),
            "That divides by the later level; growth is a percentage of the earlier.": wrong(
                lambda before, after: 100 * after / before - 100,
                unit=PERCENT,
                decimals=1,
                before=years["after"],
                after=years["before"],
            ),
            "That divides by the later level; growth is a percentage of the earlier one.": wrong(
                lambda before, after: 100 - 100 * before / after, unit=PERCENT, decimals=1, **years
            ),
            "That is the difference in 亿元; the task asks for percent.": wrong(
                lambda before, after: after - before, unit=PERCENT, decimals=1, **years
            ),
        },
    )


def local_share_2016(tables: Tables) -> Number:
    share = tables.printed("tax_share.local.2017")
    change = tables.printed("tax_share_change.local.2017")
    inputs = {"share": share, "change": change}
    return Number(
        tax_share.share_2016(tables.figures, "local"),
        "A change in percentage points is a difference of two shares.",
        "Points are subtracted. Whether the two shares are on one basis is not said.",
        {
            "That treats points as a growth rate; a difference of shares is subtracted.": wrong(
                lambda share, change: 100 * share / (100 + change), unit=PERCENT, **inputs
            ),
            "That takes a percentage off; points are subtracted as they are.": wrong(
                lambda share, change: share * (100 - change) / 100, unit=PERCENT, **inputs
            ),
            "That adds the change; the share rose, so the earlier one is lower.": wrong(
                lambda share, change: share + change, unit=PERCENT, **inputs
            ),
            "That is the share of total revenue; the task asks for local.": (
                tax_share.share_2016(tables.figures, "total")
            ),
        },
    )


def total_2016_by_yearbook(tables: Tables) -> Number:
    levels = tax_rise.levels_2016(tables.figures, tables.reference)
    yearbook = tables.published("local_budget_revenue", 2016)
    shares = {name: tables.printed(f"tax_share.{name}.2017") for name in ("total", "local")}
    return Number(
        from_row(levels, "total_revenue_2016_b"),
        "Take both shares of 2016: what they leave is non-tax revenue of either revenue.",
        "On the raw basis the total of 2016 lies above that of 2017.",
        {
            "That is the base implied by the growth: the other reading.": from_row(
                levels, "total_revenue_2016_a"
            ),
            "That is the yearbook's local revenue; the total is larger.": yearbook,
            "That uses the shares of 2017 for a level of 2016.": wrong(
                lambda yearbook, total, local: yearbook * (100 - local) / (100 - total),
                unit=MONEY,
                yearbook=yearbook,
                **shares,
            ),
        },
    )


def proved_reading(tables: Tables) -> Choice:
    against_a, against_b = (
        table["value"].abs().min()
        for table in (
            tax_rise.gap_to_2015(tables.figures, tables.reference).query("reading == 'A'"),
            tax_rise.growth_2017(tables.figures, tables.reference).query(
                "reading == 'B' and quantity == 'total revenue'"
            ),
        )
    )
    options = {
        "a": ("reading a", "same basis"),
        "b": ("reading b", "raw", "raw basis"),
        "neither": ("none", "cannot be known", "not known"),
    }
    hints = {
        "a": "Set its total of 2016 beside the total published for 2015.",
        "b": "Set its total of 2016 beside the printed level and growth of 2017.",
        "neither": "One of them fits every other number without a break.",
    }
    fits = [name for name, gap in (("a", against_a), ("b", against_b)) if gap < UNEXPLAINED]
    because = "Each leaves a break that the print does not explain, so both must be shown."
    return Choice(fits[0] if fits else "neither", options, hints, because)


TASKS = {
    function.__name__: function
    for function in (
        gdp_in_billion,
        lowest_gdp,
        passed_word,
        gdp_status,
        share_of_spending,
        total_tax,
        non_tax_revenue,
        local_revenue,
        total_if_local,
        yearbook_shows,
        implied_total,
        raw_growth,
        local_share_2016,
        total_2016_by_yearbook,
        proved_reading,
    )
}
