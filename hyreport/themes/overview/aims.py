"""What a report aims at, beside what was reached in the base year."""

from decimal import Decimal

import pandas as pd

from hyreport.data.figure import Figure
from hyreport.data.report import Report
from hyreport.errors import UnknownNameError
from hyreport.numbers.computed import Computed, read_decimal
from hyreport.themes.overview.wording import (
    count_rows,
    join_words,
    link_figure,
    link_result,
    name_result,
    name_some,
    say_count,
    say_name,
)
from hyreport.themes.targets.scoreboard import scoreboard

__all__ = [
    "AIMS",
    "NO_AIM",
    "POINTS",
    "count_aims",
    "find_growth",
    "measure_gaps",
    "say_aims",
    "say_pairs",
    "set_aims_beside",
]


AIMS = ("target", "stretch_target")
POINTS = "percentage points"
SIDES = {"above": "above", "below": "below", "not told apart": "not told apart from"}
GROWTH = "gdp.growth"
NO_AIM = "a figure of that year with role target would be one"


def set_aims_beside(report: Report) -> pd.DataFrame:
    """Set each number aimed at for the target year beside the base year's figure.

    Parameters
    ----------
    report : Report

    Returns
    -------
    DataFrame
        Rows of `scoreboard`; `side` says where the target lies: below or above the figure of the
        base year, not told apart by what rounding allows, or blank where nothing compares.
    """
    # Without outcomes, of which there may be several: here the base year alone counts.
    tables = {"figures": report.figures, "targets": report.targets}
    board = scoreboard(Report.of(report.facts, **tables, outcomes=report.outcomes.iloc[:0]))
    period = report.figures.set_index("figure_id")["period"]
    board = board[board["target_id"].map(period) == str(report.target_year)]
    side = board["ambition_strict"].str.replace(f" {report.base_year}", "")
    return board.assign(side=side).reset_index(drop=True)


def measure_gaps(report: Report) -> pd.DataFrame:
    """Measure target less base year for each pair that compares.

    Parameters
    ----------
    report : Report

    Returns
    -------
    DataFrame
        One computed number a row, an end open where the print leaves it so: percentage points for
        rates and shares, else in the unit of the target.
    """
    rows = []
    for pair in report.targets[report.targets["comparable"] == "yes"].to_dict("records"):
        value, low, high = (read_decimal(pair[end]) for end in ("gap", "gap_low", "gap_high"))
        if value is None:
            continue
        ids = tuple(f"{report.id}:{pair[end]}" for end in ("target_id", "base_id"))
        carried = max(0, -int(Decimal(value).as_tuple().exponent))
        gap = Computed(value, low, high, carried, pair["gap_unit"], "target − base year", ids)
        names = ("target_id", "name_en", "name_zh", "base_printed", "target_printed", "hedge")
        labels = {name: pair[name] for name in names}
        rows.append(gap.as_row(**labels, result=name_result("gap", pair["target_id"])))
    return pd.DataFrame(rows)


def count_aims(report: Report) -> pd.DataFrame:
    """Count what is aimed at: by year, by what it can be set beside, by hedge, without a number.

    Parameters
    ----------
    report : Report

    Returns
    -------
    DataFrame
        One computed count a row.
    """
    board, aims = set_aims_beside(report), report.figures[report.figures["role"].isin(AIMS)]
    sides = {
        f"aims_{side.replace(' ', '_')}": (
            int((board["side"] == side).sum()),
            f"targets for {report.target_year} {words} the figure of {report.base_year}",
        )
        for side, words in SIDES.items()
    }
    year = f"numbers aimed at for {report.target_year}"
    comparable = int((board["base_comparable"] == "yes").sum())
    firm = {
        f"aims_{hedge}": (int((board["hedge"] == hedge).sum()), f"{year}, {words}")
        for hedge, words in (("strive", "to be striven for"), ("ensure", "to be ensured"))
    }
    counts = {
        "aims_of_year": (len(board), year),
        "aims_comparable": (comparable, f"{year} beside a figure of {report.base_year}"),
        "aims_later": (len(aims) - len(board), "numbers aimed at for other years"),
        "aims_without_number": (len(report.goals), "aims that print no number"),
    }
    return count_rows(counts | sides | firm, unit="aims")


def say_aims(report: Report) -> str:
    """Say what the report aims at and how far that lies from what was reached.

    Parameters
    ----------
    report : Report

    Returns
    -------
    str
        Markdown whose numbers link to figures and to the results of `count_aims` and
        `measure_gaps`.
    """
    table, year = count_aims(report), report.target_year
    aims = say_count(table, "aims_of_year", "number as an aim", "numbers as aims")
    if not aims:
        said = [f"The report sets no number to aim at for {year}; {NO_AIM}."]
    else:
        said = [f"For {year} the report sets {aims}; {_say_growth(report)}."]
        said += [_say_sides(report, table), _say_widest(report)]
        firm = (
            say_count(table, "aims_strive", "is to be striven for", "are to be striven for"),
            say_count(table, "aims_ensure", "is to be ensured", "are to be ensured"),
        )
        hedged = join_words(firm)
        said.append(f"Of the numbers {hedged}." if hedged else "No word hedges any of them.")
    later = say_count(
        table, "aims_later", "number is for another year", "numbers are for other years"
    )
    goals = say_count(table, "aims_without_number", "aim prints no number", "aims print no number")
    said += [f"A further {later}." if later else "", f"{goals}." if goals else ""]
    return " ".join(filter(None, said))


def _say_sides(report: Report, table: pd.DataFrame) -> str:
    comparable = say_count(table, "aims_comparable", "")
    if not comparable:
        return (
            f"None can be set beside a figure of {report.base_year}: a pair in `targets.csv` with "
            "comparable yes would supply one."
        )
    parts = (
        say_count(table, "aims_above", "lies above it", "lie above it"),
        say_count(table, "aims_below", "lies below it", "lie below it"),
        say_count(
            table, "aims_not_told_apart", "is not told apart from it", "are not told apart from it"
        ),
    )
    return (
        f"A figure of {report.base_year} that measures the same is printed for {comparable} of "
        f"them; {join_words(parts)}, as far as print and rounding tell."
    )


def find_growth(report: Report, role: str) -> Figure | None:
    """Return the one figure for growth of GDP of the base year, or aimed at for the target year.

    Parameters
    ----------
    report : Report
    role : str
        actual or target.

    Returns
    -------
    Figure or None
        Of that very year: an average over a term is not growth in its last year.
    """
    year = report.base_year if role == "actual" else report.target_year
    try:
        found = report.actual(GROWTH) if role == "actual" else report.target(GROWTH)
    except UnknownNameError:
        return None
    return found if found.period == str(year) else None


def _say_growth(report: Report) -> str:
    """Say the target for growth of GDP after the base year's, where both are printed once."""
    aim, reached = (find_growth(report, role) for role in ("target", "actual"))
    if aim is None:
        return "one target for growth of GDP is not among them"
    said = f"growth of GDP is to be {link_figure(aim, report.id)}"
    if reached is None:
        return f"{said}; what it was in {report.base_year} is not printed as one figure"
    return f"{said}, after {link_figure(reached, report.id)} in {report.base_year}"


def _say_widest(report: Report) -> str:
    gaps, of_year = measure_gaps(report), set_aims_beside(report)["target_id"]
    if gaps.empty:
        return ""
    gaps = gaps[(gaps["unit"] == POINTS) & gaps["target_id"].isin(of_year)]
    widest = gaps[gaps["value"].abs() == gaps["value"].abs().max()]
    if widest.empty or not widest["value"].iloc[0]:
        return ""
    names = name_some(say_name(name) for name in widest["name_en"])
    rows = widest.drop_duplicates("value").to_dict("records")
    steps = " and ".join(link_result(row) for row in rows)
    # An end that the print leaves open may make a gap smaller than its numbers say.
    return f"By the printed numbers, the widest gap, {steps} points, is that of {names}."


def say_pairs(pairs: pd.DataFrame, year: int) -> str:
    """Say on which side of the base year aims in percent lie, as the title of a chart.

    Parameters
    ----------
    pairs : DataFrame
        `start`, what was reached, and `end`, what is aimed at.
    year : int
        The base year.

    Examples
    --------
    >>> say_pairs(pd.DataFrame({"start": [8.5, 9.0, 4.0], "end": [8.0, 9.5, 4.0]}), 2019)
    'As stated, 1 of 3 aims in percent lies above what was reached in 2019, 1 below, 1 at it'
    """
    apart = pairs["end"].astype(float) - pairs["start"].astype(float)
    counts = {"above": apart > 0, "below": apart < 0, "at it": apart == 0}
    sizes = {words: int(found.sum()) for words, found in counts.items() if found.any()}
    reached = f"what was reached in {year}"
    if len(sizes) == 1:
        (words,) = sizes
        all_of = (
            "the one aim in percent lies"
            if len(pairs) == 1
            else f"all {len(pairs)} aims in percent lie"
        )
        return f"As stated, {all_of} {words.replace(' it', '')} {reached}"
    (first, size), *rest = sizes.items()
    lies = "lies" if size == 1 else "lie"
    tail = "".join(f", {number} {words}" for words, number in rest)
    return f"As stated, {size} of {len(pairs)} aims in percent {lies} {first} {reached}{tail}"
