"""Pairs targets with what they answer: the 2017 figures of the report, and what came later."""

from decimal import Decimal

from hyreport.build.raw import ADD_SECTION
from hyreport.errors import RawDataError, nearest
from hyreport.numbers.computed import plain
from hyreport.words.codes import name_outside


def build_targets(pairs: list[dict], figures: list[dict]) -> list[dict[str, str]]:
    """Join each target with the 2017 figure it answers; a gap only where they are comparable."""
    by_id = {row["figure_id"]: row for row in figures}
    wanted = {row["figure_id"] for row in figures if row["role"] in ("target", "stretch_target")}
    actuals = [row["figure_id"] for row in figures if row["role"] == "actual"]
    rows = []
    for number, pair in enumerate(pairs, start=2):
        place = f"targets.csv, row {number}"
        target = by_id.get(pair["target_id"])
        if target is None or pair["target_id"] not in wanted:
            raise _unknown(place, "target", pair["target_id"], wanted)
        actual = by_id.get(pair["actual_id"]) if pair["actual_id"] else {}
        if actual is None or actual.get("role", "actual") != "actual":
            raise _unknown(place, "actual", pair["actual_id"], actuals)
        _check_comparable(pair, place)
        rows.append(
            {
                **pair,
                **{name: target[name] for name in ("name_en", "name_zh", "theme")},
                **{name: target[name] for name in ("qualifier", "hedge")},
                "target_printed": target["as_printed"],
                "target_value": target["value"],
                "target_unit": target["unit"],
                "actual_printed": actual.get("as_printed", ""),
                **{f"actual_{name}": actual.get(name, "") for name in ("value", "low", "high")},
                "actual_unit": actual.get("unit", ""),
                **gap_columns(target, actual, pair["comparable"], place),
                "doubt": " ".join(
                    dict.fromkeys(filter(None, (target["doubt"], actual.get("doubt"))))
                ),
            }
        )
    missing = wanted - {pair["target_id"] for pair in pairs}
    if missing:
        raise RawDataError(
            "targets.csv",
            f"no row for {', '.join(sorted(missing))}",
            "a row for each target",
            "add it; a target that answers no figure has no actual_id and comparable no",
        )
    return rows


def gap_columns(target: dict, actual: dict, comparable: str, place: str) -> dict[str, str]:
    """Return target less actual with its interval: the stated target is exact, the actual not."""
    if comparable != "yes":
        return {}
    if target["unit"] != actual["unit"]:
        raise RawDataError(
            place,
            f"{target['unit']} against {actual['unit']}",
            "one unit where comparable is yes",
            "set comparable to partly or no, with the reason, or name another figure",
        )
    stated = Decimal(target["value"])

    def less(end: str) -> str:
        return plain(stated - Decimal(actual[end])) if actual[end] else ""

    points = target["unit_base"] == "percent"
    return {
        "gap": less("value"),
        "gap_low": less("high"),
        "gap_high": less("low"),
        "gap_unit": "percentage points" if points else target["unit"],
    }


def build_outcomes(
    pairs: list[dict], figures: list[dict], reference: list[dict]
) -> list[dict[str, str]]:
    """Join each target, of the report or from outside, with a later figure that bears on it."""
    outside = {name_outside(row): row for row in reference}
    aims = {row["figure_id"]: row for row in figures if "target" in row["role"]}
    aims |= {name: row for name, row in outside.items() if "target" in row["role"]}
    rows = []
    for number, pair in enumerate(pairs, start=2):
        place = f"outcomes.csv, row {number}"
        target, outcome = aims.get(pair["target_id"]), outside.get(pair["outcome_id"])
        if target is None:
            raise _unknown(place, "target", pair["target_id"], aims)
        if outcome is None or outcome["role"] != "actual":
            raise _unknown(place, "outcome", pair["outcome_id"], outside)
        if pair["comparable"] == "yes" and target["unit"] != outcome["unit"]:
            raise RawDataError(
                place,
                f"{target['unit']} against {outcome['unit']}",
                "one unit where comparable is yes",
                "set comparable to partly or no, with the reason, or name another figure",
            )
        copied = ("qualifier", "obs_status", "vintage", "basis", "known_by", "source")
        rows.append(
            {
                **pair,
                **{name: outcome[name] for name in copied},
                **{f"outcome_{name}": outcome[name] for name in ("value", "low", "high", "unit")},
                "outcome_printed": outcome["as_printed"],
            }
        )
    return rows


def check_goals(goals: list[dict], figures: list[dict], report: dict) -> None:
    """Check that each aim without a number has its words in place and a 2017 figure that exists."""
    actuals = {row["figure_id"] for row in figures if row["role"] == "actual"}
    for number, row in enumerate(goals, start=2):
        place = f"goals.csv, row {number}"
        if row["section"] not in report["sections"]:
            raise RawDataError(
                place, f"section {row['section']!r}", "one of report.toml", ADD_SECTION
            )
        if int(row["end"]) - int(row["start"]) != len(row["as_printed"]):
            raise RawDataError(
                place,
                f"positions {row['start']} to {row['end']}",
                f"{len(row['as_printed'])} places",
                "positions count the copy's characters from 0, end exclusive",
            )
        if row["actual_id"] and row["actual_id"] not in actuals:
            raise _unknown(place, "actual", row["actual_id"], actuals)
        _check_comparable(row, place)


def _check_comparable(row: dict, place: str) -> None:
    if row["comparable"] != "no" and not row["actual_id"]:
        raise RawDataError(
            place,
            f"comparable {row['comparable']} without a figure",
            "no",
            "name the figure in actual_id, or set comparable to no",
        )


def _unknown(place: str, role: str, name: str, names) -> RawDataError:
    expected = "an outside actual" if role == "outcome" else f"a figure with role {role}"
    return RawDataError(place, f"{role} {name!r}", expected, nearest(name, names))
