"""The case study's tasks, part three: growth on the same basis, and two readings of 2016."""

from hyreport.studies.hengyang_2018 import revenue as study
from hyreport.studies.hengyang_2018.tasks.inputs import Tables, from_row, rest_of, wrong
from hyreport.teach.answers import Choice, Number
from hyreport.teach.reading import MONEY, PERCENT
from hyreport.themes.revenue import rise as tax_rise
from hyreport.themes.revenue import shares as tax_share
from hyreport.themes.revenue.basis import implied_base

UNEXPLAINED = 1  # percent: a reading whose total of 2016 misses a published number by more


def implied_total(tables: Tables) -> Number:
    """Ask for the total of 2016 that the printed growth implies."""
    level = tables.printed("budget_revenue.level.2017")
    growth = tables.printed("budget_revenue.growth.2017")
    inputs = {"level": level, "growth": growth}
    return Number(
        implied_base(level, growth),
        "Which level, grown by the printed rate, gives that of 2017?",
        "An implied base, if the level is on the growth's basis; nobody published it for 2016.",
        {
            "That takes the percentage off 2017; growth is a percentage of 2016: divide.": wrong(
                lambda level, growth: level * (100 - growth) / 100, unit=MONEY, **inputs
            ),
            "That goes a year forward; the base lies a year back.": wrong(
                lambda level, growth: level * (100 + growth) / 100, unit=MONEY, **inputs
            ),
            "That takes the rate off as an amount; it is a percentage.": wrong(
                lambda level, growth: level - growth, unit=MONEY, **inputs
            ),
            "That is the yearbook's local revenue, on another basis; compute from the rate.": (
                tables.published("local_budget_revenue", 2016)
            ),
            "That starts from the yearbook's local revenue; the task from the printed level.": (
                wrong(
                    lambda local, growth: 100 * local / (100 + growth),
                    unit=MONEY,
                    local=tables.published("local_budget_revenue", 2017),
                    growth=growth,
                )
            ),
            "That is the total published for 2015; the task asks for 2016.": (
                tables.published("total_budget_revenue", 2015)
            ),
        },
        working=f"{level.value} / {1 + growth.value / 100}",
    )


def local_share_2016(tables: Tables) -> Number:
    """Ask for the local tax share of 2016, from the printed change."""
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
        working=f"{share.value} − {change.value}",
    )


def total_2016_by_yearbook(tables: Tables) -> Number:
    """Ask for the total of 2016 that the yearbook's local revenue implies."""
    levels = tax_rise.levels_2016(tables.figures, tables.reference)
    yearbook = tables.published("local_budget_revenue", 2016)
    shares = {name: tables.printed(f"tax_share.{name}.2017") for name in ("total", "local")}
    earlier = {name: tax_share.share_2016(tables.figures, name) for name in shares}
    return Number(
        from_row(levels, "total_revenue_2016_b"),
        "Take both shares of 2016: what they leave is non-tax revenue of either revenue.",
        "That is the raw basis. Set it beside the totals of the years around it.",
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
            "That is non-tax revenue of 2016; one step is left.": wrong(
                lambda yearbook, local: yearbook * (100 - local) / 100,
                unit=MONEY,
                yearbook=yearbook,
                local=earlier["local"],
            ),
            "That takes local revenue for all tax; start from what its tax share leaves.": wrong(
                lambda yearbook, total: 100 * yearbook / total,
                unit=MONEY,
                yearbook=yearbook,
                total=earlier["total"],
            ),
            "That divides by the tax share of the total; divide by what tax leaves of it.": wrong(
                lambda yearbook, total, local: yearbook * (100 - local) / total,
                unit=MONEY,
                yearbook=yearbook,
                **earlier,
            ),
        },
        working=f"{yearbook.value:.2f} × {rest_of(earlier['local'])} / {rest_of(earlier['total'])}",
    )


def proved_reading(tables: Tables) -> Choice:
    """Ask which reading of 2016 the numbers prove."""
    against_a, against_b = (
        table["value"].abs().min()
        for table in (
            study.gap_to_2015(tables.figures, tables.reference).query("reading == 'A'"),
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
        implied_total,
        local_share_2016,
        total_2016_by_yearbook,
        proved_reading,
    )
}
