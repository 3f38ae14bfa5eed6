"""Every target number in one row: what it aims at, what it answers, what came, and the verdict.

A verdict is given only where a later figure measures what the target does. The rule is the
project's own, as we have read no published one that says how far 左右 (about) reaches: a target is
a floor, or a ceiling where lower is better; the strict reading takes its stated number, the
lenient one allows 左右 a tolerance. What rounding leaves open stays undecidable.
"""

from collections.abc import Iterable
from decimal import Decimal

import pandas as pd

from hyreport.data.ids import name_outside
from hyreport.data.report import Report
from hyreport.errors import IntervalError, UnknownNameError

__all__ = [
    "GRADES",
    "HEADLINE",
    "MET",
    "MISSED",
    "READINGS",
    "UNDECIDABLE",
    "VERDICTS",
    "find_stem",
    "follow_targets",
    "give_verdict",
    "label_verdicts",
    "scoreboard",
]


# The indicators of the one sentence that names the main expected goals, with short names.
HEADLINE = {
    "gdp": "GDP (real)",
    "budget_revenue": "General public budget revenue",
    "fixed_asset_investment": "Investment in fixed assets",
    "retail_sales": "Retail sales",
    "trade": "Imports and exports",
    "industrial_value_added": "Industrial value added (real)",
    "resident_income": "Income of all residents",
}
# Series of outside figures whose targets are ceilings; of any other the higher number is aimed at.
CEILINGS = ("consumer_prices_growth", "registered_urban_unemployment_rate")
# How far a figure of the base year can be set beside a target, by `base_comparable`.
GRADES = {
    "yes": "comparable with a {year} figure",
    "partly": "partly comparable",
    "no": "{year} figure of another kind",
    "": "no {year} figure printed",
}
SIDES = {-1: "below {year}", 0: "not told apart", 1: "above {year}"}
READINGS = ("strict", "lenient")
MET, MISSED, UNDECIDABLE = "met", "missed", "undecidable"
# What a count of verdicts tells apart, in its order; the last three are undecidable.
VERDICTS = (
    MET,
    MISSED,
    "undecidable: within rounding",
    "undecidable: figure of another kind",
    "undecidable: no later figure found",
)
COLUMNS = [
    *("target_id", "name_en", "name_zh", "theme", "target_printed", "target_value", "target_unit"),
    *("qualifier", "hedge", "better", "headline"),
    *("base_id", "base_printed", "base_value", "base_low", "base_high", "base_unit"),
    *("base_comparable", "base_reason", "grade", "gap", "gap_low", "gap_high", "gap_unit"),
    *("ambition_strict", "ambition_lenient", "outcome_id", "outcome_printed", "outcome_value"),
    *("outcome_low", "outcome_high", "outcome_unit", "outcome_qualifier", "outcome_vintage"),
    *("outcome_basis", "outcome_comparable", "outcome_reason", *READINGS),
]
PRINTED = {"as_printed": "target_printed", "value": "target_value", "unit": "target_unit"}
# How the cells of several answers to one target are joined, where not by a semicolon.
JOINTS = {"base_id": " ", "outcome_id": " ", "reason": " "}
NUMBERS = ("value", "low", "high", "gap")


def scoreboard(report: Report, *, year: int | None = None, tolerance: float = 0.5) -> pd.DataFrame:
    """Set each target number beside the base year's figure and the outcome, and judge it.

    Parameters
    ----------
    report : Report
    year : int, optional
        The year that the targets are for: the report's target year, or an earlier one for which
        the reference table has targets of other publications.
    tolerance : float
        Points read into 左右 (about) on either side: in an outcome always, in a target by the
        lenient reading.

    Returns
    -------
    DataFrame, shape (target numbers, 39)
        `target_*` in `target_unit`, `base_*` in `base_unit`, `outcome_*` in `outcome_unit`, each
        joined in one text where several figures bear on the target: then it has no value. `gap` is
        target less base in `gap_unit`; `ambition_strict` and `ambition_lenient` say on which side
        of the base year it lies, both blank unless `base_comparable` is yes. `strict` and
        `lenient` are the verdicts: met, missed or undecidable. Targets of an earlier year are set
        beside outcomes alone.

    Raises
    ------
    IntervalError
        Where two figures measure what a target does.

    Notes
    -----
    Each end of a range and each part of a list is a number of its own. The stated number of the
    target is compared: one printed with 以上 is a floor, and the hope may lie above it.

    Examples
    --------
    >>> board = scoreboard(Report("hengyang-2018")).set_index("target_id")
    >>> board.loc["gdp.growth.2018", ["target_printed", "base_printed", "outcome_printed"]].tolist()
    ['8%以上', '8.5%', '8.3']
    >>> board.loc["gdp.growth.2018", ["ambition_strict", "strict"]].tolist()
    ['below 2017', 'met']
    """
    own = year is None or year == report.target_year
    aims = _own_aims(report) if year is None or own else _earlier_aims(report, year)
    aims = aims[aims["role"].isin(["target", "stretch_target"])].rename(columns=PRINTED)
    bases, outcomes = _group(report.targets), _group(report.outcomes)
    rows = []
    for aim in aims.to_dict("records"):
        row = aim | _answer(bases.get(aim["target_id"], []), report.targets, "base")
        row |= _answer(outcomes.get(aim["target_id"], []), report.outcomes, "outcome")
        row["headline"] = find_stem(row["target_id"]) in HEADLINE
        row["grade"] = GRADES[row["base_comparable"]].format(year=report.base_year) if own else ""
        for reading, room in zip(READINGS, (0, tolerance), strict=True):
            slack = room if row["qualifier"] == "about" else 0
            row[f"ambition_{reading}"] = _say_side(row, slack).format(year=report.base_year)
            row[reading] = give_verdict(row, slack, tolerance)
        rows.append(row)
    return pd.DataFrame(rows, columns=COLUMNS)


def follow_targets(report: Report, *, tolerance: float = 0.5) -> pd.DataFrame:
    """Judge the targets that other publications print for other years.

    Parameters
    ----------
    report : Report
    tolerance : float
        As `scoreboard` takes it.

    Returns
    -------
    DataFrame, shape (target numbers, 40)
        As `scoreboard` gives them, with their `year` first; by year.

    Examples
    --------
    >>> followed = follow_targets(Report("hengyang-2018"))
    >>> followed.query("year == 2016 and outcome_printed != ''")["strict"].tolist()
    ['missed']
    """
    years = sorted(
        set(report.rows_outside(role="target")["time_period"]) - {str(report.target_year)}
    )
    boards = [scoreboard(report, year=int(year), tolerance=tolerance) for year in years]
    return pd.concat(boards, keys=map(int, years), names=["year"]).reset_index("year")


def label_verdicts(board: pd.DataFrame, *, reading: str = "strict") -> pd.Series:
    """Name for each target number its verdict and, where there is none, what is missing.

    Parameters
    ----------
    board : DataFrame
        As `scoreboard` gives it.
    reading : str
        strict or lenient.

    Returns
    -------
    Series
        One of `VERDICTS` each.

    Raises
    ------
    UnknownNameError
        For another reading.

    Examples
    --------
    >>> label_verdicts(scoreboard(Report("hengyang-2018"))).iloc[2]
    'undecidable: figure of another kind'
    """
    if reading not in READINGS:
        raise UnknownNameError("reading", repr(reading), " or ".join(READINGS), "choose one")
    missing = dict(zip(("yes", "partly", "no", ""), (*VERDICTS[2:4], *VERDICTS[3:]), strict=True))
    undecided = board[reading] == UNDECIDABLE
    return board[reading].mask(undecided, board["outcome_comparable"].map(missing))


def _own_aims(report: Report) -> pd.DataFrame:
    better = report.targets.drop_duplicates("target_id").set_index("target_id")["better"]
    figures = report.figures.rename(columns={"figure_id": "target_id"})
    return figures.assign(better=figures["target_id"].map(better))


def _earlier_aims(report: Report, year: int) -> pd.DataFrame:
    """Collect what other publications print for an earlier year."""
    rows = report.rows_outside(time_period=str(year))
    return rows.assign(
        target_id=[name_outside(row, report.area) for row in rows.to_dict("records")],
        theme="",
        hedge="",
        better=rows["series"].isin(CEILINGS).map({True: "lower", False: "higher"}),
    )


def _group(table: pd.DataFrame) -> dict[str, list[dict]]:
    """Return the rows that bear on each target."""
    rows: dict[str, list[dict]] = {}
    for row in table.to_dict("records"):
        rows.setdefault(row["target_id"], []).append(row)
    return rows


def _answer(rows: list[dict], columns: Iterable[str], part: str) -> dict:
    """Join the figures that bear on a target: the one that measures the same, or else all."""
    same = [row for row in rows if row["comparable"] == "yes"]
    if len(same) > 1:
        found = f"two figures of the same kind: {', '.join(row[f'{part}_id'] for row in same)}"
        place = f"target {same[0]['target_id']}"
        raise IntervalError(place, found, f"one {part} to set it beside")
    rows = same or rows
    joined = {}
    for column in columns:
        cells = [row[column] for row in rows]
        name = column if column.startswith((part, "gap")) else f"{part}_{column}"
        if column.endswith(NUMBERS):
            joined[name] = cells[0] if len(cells) == 1 else float("nan")
        else:
            joined[name] = JOINTS.get(column, "; ").join(dict.fromkeys(filter(None, cells)))
    grades = [grade for grade in GRADES if any(row["comparable"] == grade for row in rows)]
    joined[f"{part}_comparable"] = grades[0] if joined[f"{part}_id"] else ""
    return joined


def find_stem(figure_id: str) -> str:
    """Return what a figure is about, the first part of its id.

    >>> find_stem("gdp.growth.2018.stretch")
    'gdp'
    """
    return figure_id.partition(".")[0]


def _say_side(row: dict, slack: float) -> str:
    """Name the side of the base year; an open or straddling interval is not told apart."""
    if row["base_comparable"] != "yes":
        return ""
    return SIDES[int(row["gap_low"] - slack > 0) - int(row["gap_high"] + slack < 0)]


def give_verdict(row: dict, slack: float, tolerance: float) -> str:
    """Judge one target by the figure of the same kind, if there is one.

    Parameters
    ----------
    row : dict
        `outcome_comparable`, `outcome_low`, `outcome_high`, `outcome_value`, `outcome_qualifier`,
        `target_value`, `qualifier` and `better`, as `scoreboard` has them.
    slack : float
        How far below its stated number the target may be met, in its unit.
    tolerance : float
        How far an outcome printed with 左右 (about) may lie from its number.

    Returns
    -------
    str
        met, missed or undecidable.
    """
    if row["outcome_comparable"] != "yes":
        return UNDECIDABLE
    low, high = row["outcome_low"], row["outcome_high"]
    if row["outcome_qualifier"] == "about":
        low, high = row["outcome_value"] - tolerance, row["outcome_value"] + tolerance
    low, high = _exact(low, "-Infinity"), _exact(high, "Infinity")
    goal = _exact(row["target_value"])
    if row["better"] == "lower":
        low, high, goal = -high, -low, -goal
    goal -= _exact(slack)
    if low > goal or (low == goal and row["qualifier"] not in ("more_than", "less_than")):
        return MET
    return MISSED if high < goal else UNDECIDABLE


def _exact(number: float, if_open: str = "NaN") -> Decimal:
    """Return a number with the digits that it prints; an open end is infinite."""
    return Decimal(if_open) if pd.isna(number) else Decimal(format(number, ".12g"))
