"""From what people typed (data/raw) to checked tables (data/processed); the only writer of data."""

from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

from hyreport.build.checks import make_checks
from hyreport.build.files import export, write_changed
from hyreport.build.others import list_outside, name_others, order_outside
from hyreport.build.pairing import check_goals, make_outcomes, make_targets
from hyreport.build.raw import (
    Raw,
    Row,
    check_identity,
    check_positions,
    find_row,
    read_printed,
    read_raw,
)
from hyreport.build.units import ADD_UNIT, NO_UNIT, find_unit, read_units
from hyreport.data.formulas import list_names
from hyreport.data.ids import name_outside
from hyreport.data.schema import PROCESSED as TABLES
from hyreport.errors import RawDataError
from hyreport.numbers.printed import Printed
from hyreport.numbers.rounding import printed_interval
from hyreport.numbers.wording import TURNED
from hyreport.numbers.writing import plain, write
from hyreport.paths import PROCESSED, RAW, list_reports

__all__ = ["build_report"]


LIMITS: dict[str, tuple[Decimal | None, Decimal | None]] = {
    "share": (Decimal(0), Decimal(100)),
    "growth": (Decimal(-100), None),
    "level": (Decimal(0), None),
    "count": (Decimal(0), None),
    "rank": (Decimal(1), None),
    "change_pp": (Decimal(-100), Decimal(100)),
    "": (None, None),
}
# 以上 of a water class means a better one, and better classes have smaller numbers.
DESCENDING_UNITS = {"class"}


def build_report(
    raw: Path = RAW, processed: Path = PROCESSED, report_id: str | None = None
) -> list[str]:
    """Build the processed tables from the raw ones.

    Parameters
    ----------
    raw, processed : Path
        Folders of what is typed and of what is made.
    report_id : str, optional
        Folder of the report inside both; all reports by default.

    Returns
    -------
    list of str
        Paths of the files that changed; empty where all were up to date.

    Raises
    ------
    RawDataError
        For any fault in raw; nothing is written then.
    UnknownNameError
        Where raw has no report of this id.
    """
    contents: dict[str, str | bytes] = {}
    for name in list_reports(raw) if report_id is None else [report_id]:
        typed = read_raw(raw, name)
        made = export(make_tables(typed), typed.report)
        contents |= {f"{name}/{file}": content for file, content in made.items()}
    return write_changed(processed, contents)


def make_tables(raw: Raw) -> dict[str, list[Row]]:
    """Make the processed tables of a report from its raw ones; nothing is read or written.

    Parameters
    ----------
    raw : Raw
        As `read_raw` gives it.

    Returns
    -------
    dict
        The rows of each table by file, every cell as text. Codebook, units, terms and outside
        figures are those that the report uses.

    Raises
    ------
    RawDataError
        For any fault.
    """
    units = read_units(raw)
    indicators = {row["indicator"]: row for row in raw.shared["indicators.csv"]}
    figures = make_figures(raw, units, indicators)
    others = name_others(
        raw,
        {
            name: make_figures(other, read_units(other), indicators)
            for name, other in raw.others.items()
        },
    )
    doubts = join_doubts(raw)  # after the figures: a fault of theirs is told as theirs
    figures = [figure | {"doubt": doubts.get(figure["figure_id"], "")} for figure in figures]
    outside = name_all_outside(raw, units)
    check_goals(raw, figures)
    used = list(choose_outside(raw, outside))
    return {
        "figures.csv": figures,
        "targets.csv": make_targets(raw, figures),
        "goals.csv": [rename_typed(row) for row in raw.own["goals.csv"]],
        "doubts.csv": raw.own["doubts.csv"],
        "exclusions.csv": [rename_typed(row) for row in raw.own["exclusions.csv"]],
        "reference.csv": used,
        "outcomes.csv": make_outcomes(raw, figures, outside | others),
        "checks.csv": make_checks(raw.rows("checks.csv"), figures, outside | others),
        "indicators.csv": _used(indicators, "indicator", figures),
        "units.csv": _used(units, "unit_zh", [*figures, *used]),
        "terms.csv": join_terms(raw),
    }


def _used(rows: dict[str, Row], column: str, by: Iterable[Row]) -> list[Row]:
    """Return the rows whose name stands in a column of others."""
    used = {row[column] for row in by}
    return [row for name, row in rows.items() if name in used]


def make_figures(raw: Raw, units: dict, indicators: dict) -> list[Row]:
    """Turn the typed figures of a report into processed rows, but for their doubts."""
    figures = []
    for place, row in raw.rows("figures.csv"):
        figures.append(make_figure(row, place, units, indicators))
        check_identity(row, place, raw.report)
    return figures


def make_figure(row: Row, place: str, units: dict, indicators: dict) -> Row:
    """Turn one typed figure into its processed row, but for its doubt."""
    printed = read_printed(row["as_printed"], place)
    if printed.numeral != row["numeral"]:
        raise RawDataError(place, f"numeral {row['numeral']}", printed.numeral)
    unit_zh = merge_unit(printed.unit, row["unit"], place)
    unit = find_unit(unit_zh if unit_zh or row["indicator"] else NO_UNIT, units, place)
    if row["indicator"]:
        expected = "one of indicators.csv"
        indicator = find_row(row["indicator"], indicators, place, "indicator", expected)
    else:
        names = dict.fromkeys(("name_en", "name_zh"), row["subject_zh"])
        indicator = names | {"theme": "unsorted", "measure": "", "unit": unit["unit_base"]}
    _check_measure(printed, unit, indicator, place)
    qualifier = merge_word(printed.qualifier, row["qualifier"], "exact", place)
    bound = TURNED.get(qualifier, qualifier) if unit["unit_base"] in DESCENDING_UNITS else qualifier
    counted = indicator["measure"] in ("count", "rank") and unit["multiplier"] == "1"
    low, high = printed_interval(
        printed.value,
        decimals=printed.decimals,
        qualifier=bound,
        exact=row["role"] != "actual" or (counted and printed.decimals == 0),
        limits=LIMITS[indicator["measure"]],
    )
    return {
        **{
            name: cell
            for name, cell in rename_typed(row).items()
            if name in TABLES["figures.csv"].header
        },
        **{name: indicator[name] for name in ("name_en", "name_zh", "theme", "measure")},
        **_quantity(printed.value, low, high, unit),
        "decimals": str(printed.decimals),
        "qualifier": qualifier,
        "hedge": merge_word(printed.hedge, row["hedge"], "", place),
    }


def rename_typed(row: Row) -> Row:
    """Return a typed row with the names that its cells have in processed tables.

    There no name is a word that Stata, R or a database keeps for itself.
    """
    names = {"start": "char_start", "end": "char_end", "group": "group_id", "read": "read_by"}
    return {names.get(name, name): cell for name, cell in row.items()}


def _check_measure(printed: Printed, unit: Row, indicator: Row, place: str) -> None:
    """Check that unit and value are possible for what the indicator measures."""
    if unit["unit_base"] != indicator["unit"]:
        raise RawDataError(
            place,
            f"unit {unit['unit_zh']} ({unit['unit_base']})",
            f"{indicator['unit']}, the unit of {indicator['indicator']}",
            "correct as_printed or unit here, or the indicator's unit in indicators.csv",
        )
    lowest, highest = LIMITS[indicator["measure"]]
    if (lowest is not None and printed.value < lowest) or (
        highest is not None and printed.value > highest
    ):
        raise RawDataError(
            place,
            f"{printed.value}",
            f"a {indicator['measure']} within its range",
            "correct as_printed here, or the indicator's measure in indicators.csv",
        )


def merge_unit(printed: str, typed: str, place: str) -> str:
    """Return the typed unit where the print holds only part of it (9万多: 万人)."""
    if typed and (typed == printed or not typed.startswith(printed)):
        raise RawDataError(
            place,
            f"typed unit {typed!r} beside printed {printed!r}",
            "blank, or the longer unit",
            "clear the column unit where as_printed holds the whole unit",
        )
    return typed or printed


def merge_word(printed: str, typed: str, neutral: str, place: str) -> str:
    """Return a qualifier or hedge that either the print or the typed column holds, not both."""
    if typed and printed != neutral:
        raise RawDataError(
            place,
            f"{typed!r} typed beside printed {printed!r}",
            "one of them",
            "clear the typed word: as_printed says it already",
        )
    return typed or printed


def _quantity(value: Decimal, low: Decimal | None, high: Decimal | None, unit: Row) -> Row:
    """Return the columns that say how much: value, interval, units."""
    return {
        "value": plain(value),
        "low": write(low),
        "high": write(high),
        "unit": unit["unit"],
        "unit_zh": unit["unit_zh"],
        "value_base": plain((value * Decimal(unit["multiplier"])).normalize()),
        "unit_base": unit["unit_base"],
    }


def make_outside(row: Row, place: str, units: dict[str, Row]) -> Row:
    """Turn one outside figure into its processed row, checked against its own print."""
    unit, printed = find_unit(row["unit"], units, place), read_printed(row["as_printed"], place)
    _check_text(row, printed.number, place)
    printed_unit = units.get(printed.unit) if printed.unit else unit
    if printed_unit is None or printed_unit["unit_base"] != unit["unit_base"]:
        raise RawDataError(
            place, f"printed unit {printed.unit!r}", f"one of {unit['unit_base']}", ADD_UNIT
        )
    value = Decimal(row["value"])
    scale = Decimal(printed_unit["multiplier"]) / Decimal(unit["multiplier"])
    if printed.value * scale != value:
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
    decimals = str(len(row["value"].partition(".")[2]))
    return row | _quantity(value, low, high, unit) | {"decimals": decimals, "qualifier": qualifier}


def _check_text(row: Row, number: str, place: str) -> None:
    """Check that text and place are both said or both blank, and that the place fits the number."""
    cells = {name: row[name] for name in ("copy_sha256", "char_start", "char_end")}
    if any(cells.values()):
        if missing := [name for name, cell in cells.items() if not cell]:
            raise RawDataError(
                place,
                f"no {', '.join(missing)}",
                "the SHA-256 of the text and both positions, or none of the three",
                "add what is missing",
            )
        check_positions({"start": cells["char_start"], "end": cells["char_end"]}, number, place)


def name_all_outside(raw: Raw, units: dict[str, Row]) -> dict[str, Row]:
    """Return all outside figures, typed or of other reports, by the name they have in a report."""
    named: dict[str, Row] = {}
    for place, row in (*raw.rows("reference.csv", shared=True), *list_outside(raw)):
        made = make_outside(row, place, units)
        name = name_outside(made, raw.report["ref_area"])
        if name in named:
            fix = "tell them apart by vintage; what a report of data/raw prints is not typed again"
            raise RawDataError(place, f"a second {name}", "one", fix)
        named[name] = made
    return dict(sorted(named.items(), key=lambda item: order_outside(item[1])))


def choose_outside(raw: Raw, outside: dict[str, Row]) -> Iterable[Row]:
    """Return the outside figures of the report's area, those above it, and any that it names."""
    area = raw.report["ref_area"]
    areas = {area, f"{area[:4]}00", f"{area[:2]}0000", "000000"}
    named = {row[end] for row in raw.own["outcomes.csv"] for end in ("target_id", "outcome_id")}
    for row in raw.own["checks.csv"]:
        named |= {*list_names(row["left"]), *list_names(row["right"]), *row["inputs"].split()}
    return (row for name, row in outside.items() if row["ref_area"] in areas or name in named)


def join_doubts(raw: Raw) -> dict[str, str]:
    """Return the doubts of each figure in one text; stop where a figure no longer reads so."""
    printed = {row["figure_id"]: row["as_printed"] for row in raw.own["figures.csv"]}
    joined: dict[str, str] = {}
    for place, row in raw.rows("doubts.csv"):
        figure_id = row["figure_id"]
        there = find_row(figure_id, printed, place, "figure", "a figure of figures.csv")
        if there != row["expected"]:
            raise RawDataError(
                place,
                f"{row['expected']!r} for {figure_id}",
                f"{there!r}, as figures.csv has it",
                "read the doubt again, then correct or remove it",
            )
        joined[figure_id] = f"{joined.get(figure_id, '')} {row['doubt']}".strip()
    return joined


def join_terms(raw: Raw) -> list[Row]:
    """Return the terms of the glossary that the report uses, with the places where it does."""
    terms = {row["term_zh"]: row for row in raw.shared["terms.csv"]}
    used = {}
    for place, row in raw.rows("terms.csv"):
        find_row(row["term_zh"], terms, place, "term", "one of data/raw/terms.csv")
        used[row["term_zh"]] = row
    return [row | used[term] for term, row in terms.items() if term in used]
