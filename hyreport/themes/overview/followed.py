"""What became of the aims that the report before set for the base year."""

from typing import Any

import pandas as pd

from hyreport.data.figure import Figure
from hyreport.data.report import Report
from hyreport.numbers.rounding import stated
from hyreport.themes.overview.aims import AIMS, NO_AIM, POINTS
from hyreport.themes.overview.wording import count_rows, join_words, say_count
from hyreport.themes.targets.scoreboard import MET, MISSED, UNDECIDABLE, give_verdict

__all__ = ["count_verdicts", "follow_before", "say_before", "say_verdicts"]


FOLLOWED = [
    *("target_id", "name_en", "name_zh", "target_printed", "target_value", "target_unit"),
    *("qualifier", "hedge", "better", "outcome_id", "outcome_printed", "outcome_value"),
    *("outcome_low", "outcome_high", "outcome_qualifier", "outcome_comparable", "outcome_reason"),
    *("strict", "lenient"),
]

NO_OUTCOME: dict[str, Any] = {
    **dict.fromkeys(("outcome_id", "outcome_printed", "outcome_qualifier"), ""),
    **dict.fromkeys(("outcome_value", "outcome_low", "outcome_high"), float("nan")),
    "outcome_comparable": "",
}


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
        what a person typed in the outcomes of the report before, where any of them is of this
        report; else yes where this report prints the same indicator or term, in the same unit, of
        the same area and basis. `strict` and `lenient` are the verdicts: met, missed or
        undecidable.
    """
    before = report.before
    if before is None:
        return pd.DataFrame(columns=FOLLOWED)
    typed = before.outcomes[before.outcomes["outcome_id"].str.startswith(f"{report.id}:")]
    better = before.targets.drop_duplicates("target_id").set_index("target_id")["better"]
    rows = []
    aims = before.figures[before.figures["role"].isin(AIMS)]
    for name in aims.loc[aims["period"] == str(report.base_year), "figure_id"]:
        aim = before.figure(name)
        came = _find_outcome(report, aim) if typed.empty else _read_outcome(typed, name)
        row = _tell_aim(aim) | {"better": better.get(name, "higher")} | came
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


def _read_outcome(typed: pd.DataFrame, target_id: str) -> dict:
    """Return the outcome that a person paired with a target: the one that measures the same."""
    rows = typed[typed["target_id"] == target_id]
    same = rows[rows["comparable"] == "yes"]
    rows = same if len(same) == 1 else rows
    if rows.empty:
        return NO_OUTCOME | {"outcome_reason": "No figure here bears on it."}
    joined = {name: "; ".join(rows[f"outcome_{name}"]) for name in ("id", "printed")}
    told = {f"outcome_{name}": cell for name, cell in joined.items()}
    near = len(same) > 1 or "partly" in set(rows["comparable"])
    told["outcome_comparable"] = "yes" if len(same) == 1 else "partly" if near else "no"
    told["outcome_reason"] = " ".join(dict.fromkeys(rows["reason"]))
    if len(rows) > 1:
        return NO_OUTCOME | told
    row = rows.iloc[0]
    ends = {f"outcome_{end}": row[f"outcome_{end}"] for end in ("value", "low", "high")}
    return told | ends | {"outcome_qualifier": row["qualifier"]}


def _find_outcome(report: Report, aim: Figure) -> dict:
    """Return the one figure of the base year that measures what a target does, or say why none."""
    rows = report.figures
    term = "indicator" if aim.indicator else "subject_zh"
    rows = rows[(rows["role"] == "actual") & (rows["period"] == str(report.base_year))]
    rows = rows[rows[term] == getattr(aim, term)]
    same = rows[(rows["unit"] == aim.unit) & (rows["area"] == aim.area)]
    exact = same[same["qualifier"] == "exact"]
    same = exact if len(exact) else same
    if len(same) != 1:
        why = "Printed in another unit, of another area, or twice."
        return NO_OUTCOME | {"outcome_reason": "Not printed." if rows.empty else why}
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
        return f"The report before set no number to aim at for {year}; {NO_AIM}."
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
    return f"{said}; with {room} points for 左右 (about) on either side, {counts['lenient']}."


def say_verdicts(board: pd.DataFrame, year: int) -> str:
    """Say how many aims in percent were met, as the title of a chart.

    Parameters
    ----------
    board : DataFrame
        Rows of `follow_before`.
    year : int
        The year aimed at.

    Examples
    --------
    >>> say_verdicts(pd.DataFrame({"strict": ["met", "missed", "missed"]}), 2019)
    'Of 3 aims in percent for 2019, 1 was met and 2 missed'
    """
    counts = board["strict"].value_counts()
    words = {MET: "met", MISSED: "missed", UNDECIDABLE: "left open by rounding or wording"}
    parts = [(int(counts[one]), said) for one, said in words.items() if counts.get(one, 0)]
    were = "was" if parts[0][0] == 1 else "were"
    if len(parts) == 1:
        all_of = (
            "The one aim in percent" if len(board) == 1 else f"All {len(board)} aims in percent"
        )
        return f"{all_of} for {year} {were} {parts[0][1]}"
    (number, said), *rest = parts
    parts_said = join_words([f"{number} {were} {said}", *(f"{n} {w}" for n, w in rest)])
    return f"Of {len(board)} aims in percent for {year}, {parts_said}"
