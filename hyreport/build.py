"""From what people typed (data/raw) to checked tables (data/processed); the only writer of data."""

import tomllib
from decimal import Decimal
from pathlib import Path

from hyreport import schema
from hyreport.errors import RawDataError
from hyreport.paths import PROCESSED, RAW, REPORT_ID
from hyreport.printed import Printed, PrintedError, parse_printed
from hyreport.rounding import printed_interval
from hyreport.tables import format_table, read_table, read_text

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
TURNED = {"at_least": "at_most", "at_most": "at_least"}


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
    """
    folder = raw / report_id
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
    reference = [
        build_reference(row, f"reference.csv, row {number}", units)
        for number, row in enumerate(
            read_table(raw / "reference.csv", schema.RAW_REFERENCE), start=2
        )
    ]
    return write_changed(
        processed,
        {
            f"{report_id}/figures.csv": format_table(figures, schema.FIGURES),
            f"{report_id}/targets.csv": format_table(targets, schema.TARGETS),
            "reference.csv": format_table(reference, schema.REFERENCE),
        },
    )


def read_report(path: Path) -> dict:
    """Read report.toml: what the document is, and which copy the positions refer to."""
    try:
        report = tomllib.loads(read_text(path))
    except tomllib.TOMLDecodeError as error:
        raise RawDataError(path.name, str(error), "valid TOML") from None
    for name in ("base_year", "target_year", "copy", "sections"):
        if name not in report:
            raise RawDataError(path.name, f"no {name}", "title, years, copy and sections")
    return report


def check_tokens(figures: list[dict], exclusions: list[dict], tokens: list[dict]) -> None:
    """Check that every Arabic number of the copy is a figure or an exclusion, and only one."""
    listed = {int(row["start"]): row for row in tokens}
    taken: dict[tuple[int, int], str] = {}
    for file, rows in (("figures.csv", figures), ("exclusions.csv", exclusions)):
        for number, row in enumerate(rows, start=2):
            place = f"{file}, row {number}"
            span = (int(row["start"]), int(row["end"]))
            words = read_printed(row["as_printed"], place).number
            if span[1] - span[0] != len(words):
                raise RawDataError(
                    place, f"positions {span[0]} to {span[1]}", f"{len(words)} places for {words}"
                )
            for other, owner in taken.items():
                if span[0] < other[1] and other[0] < span[1]:
                    raise RawDataError(place, f"position {span[0]}", f"one not in {owner} too")
            taken[span] = place
            if row.get("numeral", "arabic") == "arabic":
                token = listed.get(span[0], {"number": "no number"})
                if token["number"] != words:
                    raise RawDataError(
                        place,
                        f"{words} at position {span[0]}",
                        f"what tokens.csv has there: {token['number']}",
                    )
    for row in tokens:
        if (int(row["start"]), int(row["end"])) not in taken:
            raise RawDataError(
                f"tokens.csv, position {row['start']}",
                f"{row['number']} in neither list",
                "a row of figures.csv or exclusions.csv for each number",
            )


def check_doubts(doubts: list[dict], figures: list[dict]) -> dict[str, str]:
    """Return the doubts of each figure in one text; stop where a figure no longer reads so."""
    printed = {row["figure_id"]: row["as_printed"] for row in figures}
    joined: dict[str, str] = {}
    for number, row in enumerate(doubts, start=2):
        figure_id, place = row["figure_id"], f"doubts.csv, row {number}"
        if figure_id not in printed:
            raise RawDataError(place, f"figure {figure_id!r}", "a figure of figures.csv")
        if printed[figure_id] != row["expected"]:
            raise RawDataError(
                place,
                f"{row['expected']!r} for {figure_id}",
                f"{printed[figure_id]!r}, as figures.csv has it",
                "read the doubt again, then correct or remove it",
            )
        joined[figure_id] = f"{joined.get(figure_id, '')} {row['doubt']}".strip()
    return joined


def read_printed(words: str, place: str) -> Printed:
    """Parse printed words, naming the row where they cannot be read."""
    try:
        return parse_printed(words)
    except PrintedError as error:
        raise RawDataError(place, error.found, error.expected, error.fix) from None


def build_figure(
    row: dict, place: str, report: dict, units: dict, indicators: dict, doubts: dict
) -> dict[str, str]:
    """Turn one typed figure into its processed row."""
    indicator = indicators.get(row["indicator"])
    if indicator is None:
        raise RawDataError(place, f"indicator {row['indicator']!r}", "one of indicators.csv")
    check_identity(row, place, report)
    printed = read_printed(row["as_printed"], place)
    if printed.numeral != row["numeral"]:
        raise RawDataError(place, f"numeral {row['numeral']}", printed.numeral)
    unit = units.get(unit_zh := merge_unit(printed.unit, row["unit"], place))
    if unit is None:
        raise RawDataError(place, f"unit {unit_zh!r}", "one of units.csv")
    if unit["unit_base"] != indicator["unit"]:
        raise RawDataError(
            place,
            f"unit {unit_zh} ({unit['unit_base']})",
            f"{indicator['unit']}, the unit of {row['indicator']}",
        )
    qualifier = merge_word(printed.qualifier, row["qualifier"], "exact", place)
    hedge = merge_word(printed.hedge, row["hedge"], "", place)
    measure = indicator["measure"]
    limits = LIMITS[measure]
    if any(
        end is not None and sign * printed.value < sign * end
        for end, sign in zip(limits, (1, -1), strict=True)
    ):
        raise RawDataError(place, f"{printed.value}", f"a {measure} within its range")
    exact = row["role"] != "actual" or (
        measure in ("count", "rank") and printed.decimals == 0 and unit["multiplier"] == "1"
    )
    bound = TURNED.get(qualifier, qualifier) if unit["unit_base"] in DESCENDING_UNITS else qualifier
    low, high = printed_interval(
        printed.value, decimals=printed.decimals, qualifier=bound, exact=exact, limits=limits
    )
    return {
        **{name: row[name] for name in schema.FIGURES.header if name in row},
        **{name: indicator[name] for name in ("name_en", "name_zh", "theme", "measure")},
        **quantity_columns(printed, low, high, unit),
        "qualifier": qualifier,
        "hedge": hedge,
        "doubt": doubts.get(row["figure_id"], ""),
    }


def check_identity(row: dict, place: str, report: dict) -> None:
    """Check that identifier, period, role and status of a figure agree with each other."""
    period = row["period"].replace("../", "to-").replace("/", "-")
    stem = f"{row['indicator']}.{period}"
    if row["figure_id"] != stem and not row["figure_id"].startswith(f"{stem}."):
        raise RawDataError(place, f"figure_id {row['figure_id']!r}", f"one that begins {stem!r}")
    if row["section"] not in report["sections"]:
        raise RawDataError(place, f"section {row['section']!r}", "one of report.toml")
    if int(row["end"]) > report["copy"]["characters"]:
        raise RawDataError(place, f"position {row['end']}", "one inside the copy")
    year = {"actual": report["base_year"], "context": None}.get(row["role"], report["target_year"])
    if year is not None and not row["period"].endswith(str(year)):
        raise RawDataError(
            place, f"period {row['period']} of a {row['role']}", f"one ending {year}"
        )
    if (row["role"] == "actual") != bool(row["obs_status"]):
        raise RawDataError(
            place,
            f"obs_status {row['obs_status']!r} of a {row['role']}",
            "a status for actuals only",
        )


def merge_unit(printed: str, typed: str, place: str) -> str:
    """Return the typed unit where the print holds only part of it (9万多: 万人)."""
    if typed and (typed == printed or not typed.startswith(printed)):
        raise RawDataError(
            place, f"typed unit {typed!r} beside printed {printed!r}", "blank, or the longer unit"
        )
    return typed or printed


def merge_word(printed: str, typed: str, neutral: str, place: str) -> str:
    """Return a qualifier or hedge that either the print or the typed column holds, not both."""
    if typed and printed != neutral:
        raise RawDataError(place, f"{typed!r} typed beside printed {printed!r}", "one of them")
    return typed or printed


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


def plain(number: Decimal) -> str:
    """Write a decimal without exponent."""
    return format(number, "f")


def build_targets(pairs: list[dict], figures: list[dict]) -> list[dict[str, str]]:
    """Join each target with the 2017 figure it answers; a gap only where they are comparable."""
    by_id = {row["figure_id"]: row for row in figures}
    wanted = {row["figure_id"] for row in figures if row["role"] in ("target", "stretch_target")}
    rows = []
    for number, pair in enumerate(pairs, start=2):
        place = f"targets.csv, row {number}"
        target = by_id.get(pair["target_id"])
        if target is None or pair["target_id"] not in wanted:
            raise RawDataError(place, f"target {pair['target_id']!r}", "a figure with role target")
        actual = by_id.get(pair["actual_id"]) if pair["actual_id"] else {}
        if actual is None or actual.get("role", "actual") != "actual":
            raise RawDataError(place, f"actual {pair['actual_id']!r}", "a figure with role actual")
        if pair["comparable"] != "no" and not actual:
            raise RawDataError(place, f"comparable {pair['comparable']} without a figure", "no")
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
            "targets.csv", f"no row for {', '.join(sorted(missing))}", "a row for each target"
        )
    return rows


def gap_columns(target: dict, actual: dict, comparable: str, place: str) -> dict[str, str]:
    """Return target less actual with its interval: the stated target is exact, the actual not."""
    if comparable != "yes":
        return {}
    if target["unit"] != actual["unit"]:
        raise RawDataError(
            place, f"{target['unit']} against {actual['unit']}", "one unit where comparable is yes"
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


def build_reference(row: dict, place: str, units: dict) -> dict[str, str]:
    """Turn one outside figure into its processed row, checked against its own print."""
    unit = units.get(row["unit"])
    if unit is None:
        raise RawDataError(place, f"unit {row['unit']!r}", "one of units.csv")
    printed = read_printed(row["as_printed"], place)
    printed_unit = units.get(printed.unit) if printed.unit else unit
    if printed_unit is None or printed_unit["unit_base"] != unit["unit_base"]:
        raise RawDataError(place, f"printed unit {printed.unit!r}", f"one of {unit['unit_base']}")
    scale = Decimal(printed_unit["multiplier"]) / Decimal(unit["multiplier"])
    if printed.value * scale != Decimal(row["value"]):
        raise RawDataError(place, f"value {row['value']}", f"{printed.value * scale} as printed")
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


def write_changed(folder: Path, texts: dict[str, str]) -> list[str]:
    """Write each text whose file differs, through a temporary file beside it."""
    changed = []
    for name, text in texts.items():
        path, content = folder / name, text.encode("utf-8")
        if path.is_file() and path.read_bytes() == content:
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_name(path.name + ".tmp")
        temporary.write_bytes(content)
        temporary.replace(path)
        changed.append(name)
    return changed
