"""Pairs targets with what they answer: figures of the base year, and what came later."""

from collections.abc import Iterable
from decimal import Decimal

from hyreport.build.raw import Raw, Row, check_positions, check_section, find_row
from hyreport.errors import RawDataError
from hyreport.numbers.writing import plain

__all__ = ["check_goals", "make_outcomes", "make_targets"]


# The cells of a target that a row of targets.csv takes over.
TAKEN = ("name_en", "name_zh", "theme", "qualifier", "hedge")
QUANTITY = ("value", "low", "high", "unit")
# The cells of an outside figure that a row of outcomes.csv takes over.
COPIED = ("qualifier", "obs_status", "vintage", "basis", "known_by", "source")


def make_targets(raw: Raw, figures: list[Row]) -> list[Row]:
    """Join each target with the figure that it answers; a gap only where they are comparable."""
    wanted, actuals = _with_role(figures, "target"), _with_role(figures, "actual")
    rows = []
    for place, pair in raw.rows("targets.csv"):
        target = _find(pair["target_id"], wanted, place, "target")
        actual = _find_actual(pair, actuals, place)
        doubts = (target["doubt"], actual.get("doubt", ""))
        rows.append(
            {
                **pair,
                **{name: target[name] for name in TAKEN},
                **{f"target_{name}": target[name] for name in ("value", "unit")},
                **{f"base_{name}": actual.get(name, "") for name in QUANTITY},
                "target_printed": target["as_printed"],
                "base_printed": actual.get("as_printed", ""),
                **_gap_columns(pair, target, actual, place),
                "doubt": " ".join(dict.fromkeys(filter(None, doubts))),
            }
        )
    if missing := set(wanted) - {row["target_id"] for row in rows}:
        raise RawDataError(
            f"{raw.report['id']}/targets.csv",
            f"no row for {', '.join(sorted(missing))}",
            "a row for each target",
            "add it; a target that answers no figure has no base_id and comparable no",
        )
    return rows


def _gap_columns(pair: Row, target: Row, actual: Row, place: str) -> Row:
    """Return target less actual with its interval: the stated target is exact, the actual not."""
    if pair["comparable"] != "yes":
        return {}
    _check_units(target, actual, place)
    ends = (("gap", "value"), ("gap_low", "high"), ("gap_high", "low"))
    stated = Decimal(target["value"])
    gaps = {gap: plain(stated - Decimal(actual[end])) for gap, end in ends if actual[end]}
    points = target["unit_base"] == "percent"
    return gaps | {"gap_unit": "percentage points" if points else target["unit"]}


def make_outcomes(raw: Raw, figures: list[Row], outside: dict[str, Row]) -> list[Row]:
    """Join each target, of the report or from outside, with a later figure that bears on it."""
    aims = _with_role(figures, "target") | {
        name: row for name, row in outside.items() if "target" in row["role"]
    }
    actuals = {name: row for name, row in outside.items() if row["role"] == "actual"}
    rows = []
    for place, pair in raw.rows("outcomes.csv"):
        target = _find(pair["target_id"], aims, place, "target")
        outcome = _find(pair["outcome_id"], actuals, place, "outcome")
        if pair["comparable"] == "yes":
            _check_units(target, outcome, place)
        rows.append(
            {
                **pair,
                **{name: outcome[name] for name in COPIED},
                **{f"outcome_{name}": outcome[name] for name in QUANTITY},
                "outcome_printed": outcome["as_printed"],
            }
        )
    return rows


def check_goals(raw: Raw, figures: list[Row]) -> None:
    """Check that each aim without a number has its words in place and a figure that exists."""
    actuals = _with_role(figures, "actual")
    for place, row in raw.rows("goals.csv"):
        check_section(row, place, raw.report)
        # White space may stand within the words.
        if int(row["end"]) - int(row["start"]) < len(row["as_printed"]):
            check_positions(row, row["as_printed"], place)
        _find_actual(row, actuals, place)


def _with_role(figures: Iterable[Row], role: str) -> dict[str, Row]:
    return {row["figure_id"]: row for row in figures if role in row["role"]}


def _find_actual(pair: Row, actuals: dict[str, Row], place: str) -> Row:
    if pair["base_id"]:
        return _find(pair["base_id"], actuals, place, "actual")
    if pair["comparable"] != "no":
        found = f"comparable {pair['comparable']} without a figure"
        fix = "name the figure in base_id, or set comparable to no"
        raise RawDataError(place, found, "no", fix)
    return {}


def _find(name: str, rows: dict[str, Row], place: str, role: str) -> Row:
    expected = "an outside actual" if role == "outcome" else f"a figure with role {role}"
    return find_row(name, rows, place, role, expected)


def _check_units(target: Row, other: Row, place: str) -> None:
    if target["unit"] != other["unit"]:
        found = f"{target['unit']} against {other['unit']}"
        fix = "set comparable to partly or no, with the reason, or name another figure"
        raise RawDataError(place, found, "one unit where comparable is yes", fix)
