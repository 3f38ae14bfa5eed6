"""From what people typed (data/raw) to checked tables (data/processed); the only writer of data."""

from decimal import Decimal
from pathlib import Path

from hyreport.build.checks import make_checks
from hyreport.build.files import publish
from hyreport.build.pairing import build_outcomes, build_targets, check_goals
from hyreport.build.raw import (
    check_doubts,
    check_identity,
    check_tokens,
    merge_unit,
    merge_word,
    read_printed,
)
from hyreport.data import schema
from hyreport.data.facts import read_report
from hyreport.data.tables import format_table, read_table
from hyreport.errors import RawDataError, nearest
from hyreport.numbers.printed import Printed
from hyreport.numbers.rounding import plain, printed_interval
from hyreport.numbers.wording import TURNED
from hyreport.paths import PROCESSED, RAW, REPORT_ID, find_report
from hyreport.words.codes import name_outside

LIMITS = {
    "share": (Decimal(0), Decimal(100)),
    "growth": (Decimal(-100), None),
    "level": (Decimal(0), None),
    "count": (Decimal(0), None),
    "rank": (Decimal(1), None),
    "change_pp": (Decimal(-100), Decimal(100)),
}
# 以上 of a water class means a better one, and better classes have smaller numbers.
DESCENDING_UNITS = {"class"}
ADD_UNIT = "correct it, or add the unit to units.csv"


def build_report(
    raw: Path = RAW, processed: Path = PROCESSED, report_id: str = REPORT_ID
) -> list[str]:
    """Build the processed tables from the raw ones.

    Parameters
    ----------
    raw, processed : Path
        Folders of what is typed and of what is made.
    report_id : str
        Folder of the report inside both.

    Returns
    -------
    list of str
        Names of the files that changed; empty where all were up to date.

    Raises
    ------
    RawDataError
        For any fault in raw; nothing is written then.
    UnknownNameError
        Where raw has no report of this id.
    """
    folder = find_report(report_id, raw)
    report = read_report(folder / "report.toml")
    units = {row["unit_zh"]: row for row in read_table(raw / "units.csv", schema.UNITS)}
    indicators = {
        row["indicator"]: row for row in read_table(raw / "indicators.csv", schema.INDICATORS)
    }
    printed = read_table(folder / "figures.csv", schema.RAW_FIGURES)
    exclusions = read_table(folder / "exclusions.csv", schema.RAW_EXCLUSIONS)
    tokens = read_table(folder / "tokens.csv", schema.RAW_TOKENS)
    check_tokens(printed, exclusions, tokens)
    doubts = check_doubts(read_table(folder / "doubts.csv", schema.RAW_DOUBTS), printed)
    figures = [
        build_figure(row, f"figures.csv, row {number}", report, units, indicators, doubts)
        for number, row in enumerate(printed, start=2)
    ]
    pairs = read_table(folder / "targets.csv", schema.RAW_TARGETS)
    targets = build_targets(pairs, figures)
    check_goals(read_table(folder / "goals.csv", schema.GOALS), printed, report)
    reference = [
        build_reference(row, f"reference.csv, row {number}", units)
        for number, row in enumerate(
            read_table(raw / "reference.csv", schema.RAW_REFERENCE), start=2
        )
    ]
    typed = read_table(folder / "checks.csv", schema.TYPED["checks.csv"])
    places = [f"{report_id}/checks.csv, row {number}" for number in range(2, len(typed) + 2)]
    outside = {name_outside(row): row for row in reference}
    checks = make_checks(zip(places, typed, strict=True), figures, outside)
    outcomes = build_outcomes(
        read_table(folder / "outcomes.csv", schema.RAW_OUTCOMES), figures, reference
    )
    tables = {
        "figures.csv": format_table(figures, schema.FIGURES),
        "targets.csv": format_table(targets, schema.TARGETS),
        "reference.csv": format_table(reference, schema.REFERENCE),
        "outcomes.csv": format_table(outcomes, schema.OUTCOMES),
        "checks.csv": format_table(checks, schema.CHECKS),
    }
    made = publish(tables, raw=raw, report_id=report_id, report=report)
    return write_changed(processed, {f"{report_id}/{name}": made[name] for name in made})


def build_figure(
    row: dict, place: str, report: dict, units: dict, indicators: dict, doubts: dict
) -> dict[str, str]:
    """Turn one typed figure into its processed row."""
    indicator = indicators.get(row["indicator"])
    if indicator is None:
        raise RawDataError(
            place,
            f"indicator {row['indicator']!r}",
            "one of indicators.csv",
            nearest(row["indicator"], indicators),
        )
    check_identity(row, place, report)
    printed = read_printed(row["as_printed"], place)
    if printed.numeral != row["numeral"]:
        raise RawDataError(place, f"numeral {row['numeral']}", printed.numeral)
    unit = find_unit(merge_unit(printed.unit, row["unit"], place), units, indicator, place)
    qualifier = merge_word(printed.qualifier, row["qualifier"], "exact", place)
    low, high = figure_interval(row["role"], printed, qualifier, unit, indicator["measure"], place)
    return {
        **{name: row[name] for name in schema.FIGURES.header if name in row},
        **{name: indicator[name] for name in ("name_en", "name_zh", "theme", "measure")},
        **quantity_columns(printed, low, high, unit),
        "qualifier": qualifier,
        "hedge": merge_word(printed.hedge, row["hedge"], "", place),
        "doubt": doubts.get(row["figure_id"], ""),
    }


def find_unit(unit_zh: str, units: dict, indicator: dict, place: str) -> dict:
    """Return the unit of a print, which must measure what its indicator measures."""
    unit = units.get(unit_zh)
    if unit is None:
        raise RawDataError(place, f"unit {unit_zh!r}", "one of units.csv", ADD_UNIT)
    if unit["unit_base"] != indicator["unit"]:
        raise RawDataError(
            place,
            f"unit {unit_zh} ({unit['unit_base']})",
            f"{indicator['unit']}, the unit of {indicator['indicator']}",
            "correct as_printed or unit here, or the indicator's unit in indicators.csv",
        )
    return unit


def figure_interval(
    role: str, printed: Printed, qualifier: str, unit: dict, measure: str, place: str
) -> tuple[Decimal | None, Decimal | None]:
    """Return what the print allows, for a value that its measure allows at all."""
    lowest, highest = LIMITS[measure]
    if (lowest is not None and printed.value < lowest) or (
        highest is not None and printed.value > highest
    ):
        raise RawDataError(
            place,
            f"{printed.value}",
            f"a {measure} within its range",
            "correct as_printed here, or the indicator's measure in indicators.csv",
        )
    counted = measure in ("count", "rank") and printed.decimals == 0 and unit["multiplier"] == "1"
    if unit["unit_base"] in DESCENDING_UNITS:
        qualifier = TURNED.get(qualifier, qualifier)
    return printed_interval(
        printed.value,
        decimals=printed.decimals,
        qualifier=qualifier,
        exact=counted or role != "actual",
        limits=(lowest, highest),
    )


def quantity_columns(
    printed: Printed, low: Decimal | None, high: Decimal | None, unit: dict
) -> dict[str, str]:
    """Return the columns that say how much: value, interval, digits, units."""
    base = (printed.value * Decimal(unit["multiplier"])).normalize()
    return {
        "value": plain(printed.value),
        "low": "" if low is None else plain(low),
        "high": "" if high is None else plain(high),
        "decimals": str(printed.decimals),
        "unit": unit["unit"],
        "unit_zh": unit["unit_zh"],
        "value_base": plain(base),
        "unit_base": unit["unit_base"],
    }


def build_reference(row: dict, place: str, units: dict) -> dict[str, str]:
    """Turn one outside figure into its processed row, checked against its own print."""
    unit = units.get(row["unit"])
    if unit is None:
        raise RawDataError(place, f"unit {row['unit']!r}", "one of units.csv", ADD_UNIT)
    printed = read_printed(row["as_printed"], place)
    printed_unit = units.get(printed.unit) if printed.unit else unit
    if printed_unit is None or printed_unit["unit_base"] != unit["unit_base"]:
        raise RawDataError(
            place, f"printed unit {printed.unit!r}", f"one of {unit['unit_base']}", ADD_UNIT
        )
    scale = Decimal(printed_unit["multiplier"]) / Decimal(unit["multiplier"])
    if printed.value * scale != Decimal(row["value"]):
        raise RawDataError(
            place,
            f"value {row['value']}",
            f"{printed.value * scale} as printed",
            "value repeats as_printed in the row's own unit: correct the one that is wrong",
        )
    qualifier = merge_word(printed.qualifier, row["qualifier"], "exact", place)
    ends = printed_interval(
        printed.value,
        decimals=printed.decimals,
        qualifier=qualifier,
        exact=row["role"] != "actual" or unit["unit_base"] == "calendar year",
    )
    low, high = (end if end is None else (end * scale).normalize() for end in ends)
    return {
        **row,
        **quantity_columns(printed, low, high, unit),
        "value": row["value"],
        "decimals": str(len(row["value"].partition(".")[2])),
        "value_base": plain((Decimal(row["value"]) * Decimal(unit["multiplier"])).normalize()),
        "qualifier": qualifier,
    }


def write_changed(folder: Path, contents: dict[str, str | bytes]) -> list[str]:
    """Write each text or file content that differs: all of them, or on a full disk none."""
    written: dict[str, Path] = {}
    try:
        for name, content in contents.items():
            path = folder / name
            content = content.encode("utf-8") if isinstance(content, str) else content
            if path.is_file() and path.read_bytes() == content:
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            written[name] = path.with_name(path.name + ".tmp")
            written[name].write_bytes(content)
        for name, temporary in written.items():
            temporary.replace(folder / name)
    finally:
        for temporary in written.values():
            temporary.unlink(missing_ok=True)
    return list(written)
