"""The case study's tasks, part two: which revenue it is."""

from hyreport.numbers.rounding import as_printed
from hyreport.studies.hengyang_2018.tasks.inputs import Tables, from_row, rest_of, wrong
from hyreport.teach.answers import Choice, Number
from hyreport.teach.reading import MONEY
from hyreport.themes.revenue import shares as tax_share
from hyreport.themes.revenue.basis import apply_share

AMOUNT_ASKED = "the task asks for an amount of money."
LEVEL_IS_TOTAL = "That is the printed level, which is very probably total revenue, not local."
LOCAL_OF_TOTAL = "That multiplies a total by the share of local revenue: two revenues are mixed."


def total_tax(tables: Tables) -> Number:
    """Ask for all tax in total revenue."""
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
        working=f"{of['level'].value} × {of['total'].value} / 100",
    )


def non_tax_revenue(tables: Tables) -> Number:
    """Ask for revenue other than tax."""
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
            f"That is a share in percent; {AMOUNT_ASKED}": wrong(
                lambda total: 100 - total, unit=MONEY, total=total
            ),
        },
        working=f"{level.value} × {rest_of(total)} / 100",
    )


def local_revenue(tables: Tables) -> Number:
    """Ask for local revenue, if the printed level is the total."""
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
            "That takes all tax for local; the local share is of local revenue alone.": wrong(
                lambda level, total, local: level * total / local, unit=MONEY, **of
            ),
            f"That is a printed share in percent; {AMOUNT_ASKED}": wrong(
                lambda local: local, unit=MONEY, local=local
            ),
            f"That is a share, as a fraction; {AMOUNT_ASKED}": wrong(
                lambda local: local / 100, unit=MONEY, local=local
            ),
        },
        working=f"{level.value} × {rest_of(total)} / {rest_of(local)}",
    )


def total_if_local(tables: Tables) -> Number:
    """Ask for total revenue, if the printed level is the local one."""
    of = tables.revenue()
    readings = tax_share.read_level(tables.figures, tables.reference)
    return Number(
        from_row(readings, "total_revenue_2017_if_local"),
        "Start from non-tax revenue again, now from the local side.",
        "Then the printed level would be local: set it beside what others publish as local.",
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
            "That is non-tax revenue under this reading; one step is left.": wrong(
                lambda level, local: level * (100 - local) / 100,
                unit=MONEY,
                level=of["level"],
                local=of["local"],
            ),
            "That takes the level for all tax; it is local, and fees are in it.": wrong(
                lambda level, total: 100 * level / total,
                unit=MONEY,
                level=of["level"],
                total=of["total"],
            ),
        },
        working=f"{of['level'].value} × {rest_of(of['local'])} / {rest_of(of['total'])}",
    )


def yearbook_shows(tables: Tables) -> Choice:
    """Ask what the yearbook's number says of the reading."""
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
    because = "Printed later, in another publication, it fits reading and assumption together."
    return Choice("supports" if inside else "contradicts", options, hints, because)


TASKS = {
    function.__name__: function
    for function in (
        total_tax,
        non_tax_revenue,
        local_revenue,
        total_if_local,
        yearbook_shows,
    )
}
