"""What a report aims at beside what was reached, and what became of the aims before."""

from decimal import Decimal
from typing import Any

import pandas as pd

from hyreport.data.figure import Figure
from hyreport.data.report import Report
from hyreport.errors import UnknownNameError
from hyreport.numbers.computed import Computed, read_decimal
from hyreport.numbers.rounding import stated
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
from hyreport.themes.targets.scoreboard import MET, MISSED, UNDECIDABLE, give_verdict, scoreboard

__all__ = [
    "count_aims",
    "count_verdicts",
    "follow_before",
    "measure_gaps",
    "say_aims",
    "say_before",
    "say_pairs",
    "say_verdicts",
    "set_aims_beside",
]


AIMS = ("target", "stretch_target")
POINTS = "percentage points"
SIDES = ("below", "not told apart", "above")
GROWTH = "gdp.growth"
FOLLOWED = [
    *("target_id", "name_en", "name_zh", "target_printed", "target_value", "target_unit"),
    *("qualifier", "hedge", "better", "outcome_id", "outcome_printed", "outcome_value"),
    *("outcome_low", "outcome_high", "outcome_qualifier", "outcome_comparable", "outcome_reason"),
    *("strict", "lenient"),
]


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
    board = scoreboard(report)
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
            f"targets for {report.target_year}, {side} the figure of {report.base_year}",
        )
        for side in SIDES
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
    aims = say_count(table, "aims_of_year", "number")
    if not aims:
        said = [f"The report sets no number to aim at for {year}, as its figures are read."]
    else:
        said = [f"For {year} the report sets {aims} as aims."]
        said += [_say_sides(report, table), _say_growth(report), _say_widest(report)]
        firm = (
            say_count(table, "aims_strive", "to be striven for", "to be striven for"),
            say_count(table, "aims_ensure", "to be ensured", "to be ensured"),
        )
        hedged = join_words(firm)
        said.append(f"Of the numbers, {hedged}." if hedged else "No word hedges any of them.")
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
        say_count(table, "aims_above", "above it", "above it"),
        say_count(table, "aims_below", "below it", "below it"),
        say_count(table, "aims_not_told_apart", "not told apart from it", "not told apart from it"),
    )
    return (
        f"A figure of {report.base_year} that measures the same is printed for {comparable} of "
        f"them: {join_words(parts)}, as far as print and rounding tell."
    )


def _say_growth(report: Report) -> str:
    """Say the target for growth of GDP after the base year's, where both are printed once."""
    try:
        aim = report.target(GROWTH)
    except UnknownNameError:
        return f"One target for growth of GDP in {report.target_year} is not among them."
    said = f"Growth of GDP is to be {link_figure(aim, report.id)}"
    try:
        reached = report.actual(GROWTH)
    except UnknownNameError:
        return f"{said}; what it was in {report.base_year} is not printed as one figure."
    return f"{said}, after {link_figure(reached, report.id)} in {report.base_year}."


def _say_widest(report: Report) -> str:
    gaps = measure_gaps(report)
    gaps = gaps[gaps["unit"] == POINTS] if len(gaps) else gaps
    widest = gaps[gaps["value"].abs() == gaps["value"].abs().max()] if len(gaps) else gaps
    if widest.empty or not widest["value"].iloc[0]:
        return ""
    names = name_some(say_name(name) for name in widest["name_en"])
    rows = widest.drop_duplicates("value").to_dict("records")
    steps = " and ".join(link_result(row) for row in rows)
    return f"The widest gap is {steps} points, of: {names}."


def follow_before(report: Report, *, tolerance: float = 0.5) -> pd.DataFrame:
    """Set the targets that the report before set for the base year beside what came of them.

    Parameters
    ----------
    report : Report
    tolerance : float
        Percentage points read into 左右 (about) on either side: in an outcome always, in a target
        by the lenient reading. Of other units 左右 has no ends, and leaves a verdict open.

    Returns
    -------
    DataFrame
        One row a target number, empty where no report before is at hand. `outcome_comparable` is
        yes where this report prints the same indicator or term, in the same unit, of the same
        area and basis; `strict` and `lenient` are the verdicts: met, missed or undecidable.
    """
    before = report.before
    if before is None:
        return pd.DataFrame(columns=FOLLOWED)
    better = before.targets.drop_duplicates("target_id").set_index("target_id")["better"]
    rows = []
    aims = before.figures[before.figures["role"].isin(AIMS)]
    for name in aims.loc[aims["period"] == str(report.base_year), "figure_id"]:
        aim = before.figure(name)
        row = _tell_aim(aim) | {"better": better.get(name, "higher")} | _find_outcome(report, aim)
        points = row["target_unit"] == "percent"
        if row["outcome_qualifier"] == "about" and not points:
            row["outcome_comparable"] = "partly" if row["outcome_id"] else ""
            row["outcome_reason"] = "Printed with 左右 (about): how far off is not said."
        slack = tolerance if points and row["qualifier"] == "about" else 0
        for reading, room in (("strict", 0), ("lenient", slack)):
            row[reading] = give_verdict(row, room, tolerance)
        rows.append(row)
    return pd.DataFrame(rows, columns=FOLLOWED)


def _tell_aim(aim: Figure) -> dict:
    told: dict[str, Any] = {
        "target_id": aim.id,
        "target_printed": aim.as_printed,
        "target_unit": aim.unit,
    }
    told |= {"name_en": aim.name_en, "name_zh": aim.name_zh, "target_value": float(aim.value)}
    return told | {"qualifier": aim.qualifier, "hedge": aim.hedge}


def _find_outcome(report: Report, aim: Figure) -> dict:
    """Return the one figure of the base year that measures what a target does, or say why none."""
    rows = report.figures
    term = "indicator" if aim.indicator else "subject_zh"
    rows = rows[(rows["role"] == "actual") & (rows["period"] == str(report.base_year))]
    rows = rows[rows[term] == getattr(aim, term)]
    same = rows[(rows["unit"] == aim.unit) & (rows["area"] == aim.area)]
    exact = same[same["qualifier"] == "exact"]
    same = exact if len(exact) else same
    names = ("id", "printed", "value", "low", "high", "qualifier")
    blank: dict[str, Any] = dict.fromkeys((f"outcome_{name}" for name in names), "")
    blank |= {"outcome_comparable": ""}
    if len(same) != 1:
        why = (
            "Not printed." if rows.empty else "Printed in another unit, of another area, or twice."
        )
        return (
            blank
            | {"outcome_reason": why}
            | dict.fromkeys(("outcome_value", "outcome_low", "outcome_high"), float("nan"))
        )
    row = same.iloc[0]
    alike = row["basis"] == aim.basis
    return {
        "outcome_id": f"{report.id}:{row['figure_id']}",
        "outcome_printed": row["as_printed"],
        **{f"outcome_{name}": row[name] for name in ("value", "low", "high", "qualifier")},
        "outcome_comparable": "yes" if alike else "partly",
        "outcome_reason": "The same term, unit and area." if alike else "On another basis.",
    }


def count_verdicts(report: Report, *, tolerance: float = 0.5) -> pd.DataFrame:
    """Count what became of the targets of the report before.

    Parameters
    ----------
    report : Report
    tolerance : float
        As `follow_before` takes it.

    Returns
    -------
    DataFrame
        One computed count a row, by the strict and by the lenient reading.
    """
    board = follow_before(report, tolerance=tolerance)
    printed = int((board["outcome_comparable"] == "yes").sum())
    counts = {
        "before_aims": (len(board), f"targets of the report before for {report.base_year}"),
        "before_printed": (printed, "of these, with a figure of the same printed here"),
    }
    for reading in ("strict", "lenient"):
        for verdict in (MET, MISSED, UNDECIDABLE):
            found = (board[reading] == verdict) & (board["outcome_comparable"] == "yes")
            words = f"of these, {verdict} by the {reading} reading, {tolerance} points for 左右"
            counts[f"before_{verdict}_{reading}"] = (int(found.sum()), words)
    words = "points read into 左右 (about) on either side by the lenient reading"
    choice = stated(tolerance, unit=POINTS, formula=words)
    row = choice.as_row(what=words, result="before_tolerance")
    return pd.concat([count_rows(counts, unit="targets"), pd.DataFrame([row])], ignore_index=True)


def say_before(report: Report, *, tolerance: float = 0.5) -> str:
    """Say what became of the targets that the report before set for the base year.

    Parameters
    ----------
    report : Report
    tolerance : float
        As `follow_before` takes it.

    Returns
    -------
    str
        Markdown; where no such report is at hand, what would supply it.
    """
    year = report.base_year
    if report.before is None:
        return (
            f"What became of the targets for {year} is not said here: the report of the same area "
            f"that set them, delivered at the beginning of {year}, would supply them once accepted."
        )
    table = count_verdicts(report, tolerance=tolerance)
    aims = say_count(table, "before_aims", "number")
    if not aims:
        return f"The report before set no number to aim at for {year}, as its figures are read."
    printed = say_count(table, "before_printed", "")
    said = f"The report before aimed at {aims} for {year}; "
    if not printed:
        return f"{said}this one prints the same of none, so that no verdict is possible."
    counts = {
        reading: join_words(
            say_count(table, f"before_{verdict}_{reading}", verdict, verdict)
            for verdict in (MET, MISSED, UNDECIDABLE)
        )
        for reading in ("strict", "lenient")
    }
    said += f"this one prints what came of {printed}: {counts['strict']}"
    if counts["strict"] == counts["lenient"].replace("_lenient", "_strict"):
        return f"{said}."
    room = say_count(table, "before_tolerance", "")
    return f"{said}; with {room} points for 左右 (about) on either side {counts['lenient']}."


def say_pairs(pairs: pd.DataFrame, year: int) -> str:
    """Say on which side of the base year aims lie, as the title of a chart.

    Parameters
    ----------
    pairs : DataFrame
        `start`, what was reached, and `end`, what is aimed at.
    year : int
        The base year.

    Examples
    --------
    >>> say_pairs(pd.DataFrame({"start": [8.5, 9.0, 4.0], "end": [8.0, 9.5, 4.0]}), 2019)
    'Of 3 aims, 1 lies above what was reached in 2019, 1 below, 1 at it'
    """
    apart = pairs["end"].astype(float) - pairs["start"].astype(float)
    counts = {"above": apart > 0, "below": apart < 0, "at it": apart == 0}
    sizes = {words: int(found.sum()) for words, found in counts.items() if found.any()}
    reached = f"what was reached in {year}"
    if len(sizes) == 1:
        (words,) = sizes
        all_of = "The one aim lies" if len(pairs) == 1 else f"All {len(pairs)} aims lie"
        return f"{all_of} {words.replace(' it', '')} {reached}"
    (first, size), *rest = sizes.items()
    lies = "lies" if size == 1 else "lie"
    tail = "".join(f", {number} {words}" for words, number in rest)
    return f"Of {len(pairs)} aims, {size} {lies} {first} {reached}{tail}"


def say_verdicts(board: pd.DataFrame, year: int) -> str:
    """Say how many aims were met, as the title of a chart.

    Parameters
    ----------
    board : DataFrame
        Rows of `follow_before`.
    year : int
        The year aimed at.

    Examples
    --------
    >>> say_verdicts(pd.DataFrame({"strict": ["met", "missed", "missed"]}), 2019)
    'Of 3 aims for 2019, 1 was met and 2 missed'
    """
    counts = board["strict"].value_counts()
    words = {MET: "met", MISSED: "missed", UNDECIDABLE: "left open by rounding or wording"}
    parts = [(int(counts[one]), said) for one, said in words.items() if counts.get(one, 0)]
    were = "was" if parts[0][0] == 1 else "were"
    if len(parts) == 1:
        all_of = "The one aim" if len(board) == 1 else f"All {len(board)} aims"
        return f"{all_of} for {year} {were} {parts[0][1]}"
    (number, said), *rest = parts
    first = f"{number} {were} {said}"
    return f"Of {len(board)} aims for {year}, {join_words([first, *(f'{n} {w}' for n, w in rest)])}"
