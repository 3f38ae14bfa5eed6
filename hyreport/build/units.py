"""The units of a report: those of units.csv, and those that only its unsorted figures have."""

from hyreport.build.raw import Raw, Row, read_printed
from hyreport.errors import RawDataError

__all__ = ["ADD_UNIT", "NO_UNIT", "find_unit", "read_units"]


# What scales a printed unit: how many, and its English words.
SCALES = {
    "万亿": (10**12, "trillion"),
    "亿": (10**8, "100 million"),
    "万": (10**4, "10 thousand"),
    "": (1, ""),
}
NO_UNIT = "无单位"
ADD_UNIT = "correct it, or add the unit to units.csv"


def read_units(raw: Raw) -> dict[str, Row]:
    """Return the units by their print; those of figures without an indicator are made if new."""
    units = {row["unit_zh"]: row for row in raw.shared["units.csv"]}
    for place, row in raw.rows("figures.csv"):
        unit_zh = row["unit"] or read_printed(row["as_printed"], place).unit or NO_UNIT
        if not row["indicator"] and unit_zh not in units:
            units[unit_zh] = _make_unit(unit_zh, units)
    return units


def _make_unit(unit_zh: str, units: dict[str, Row]) -> Row:
    """Make a unit that units.csv does not have: its print, and in what it is counted."""
    scale = next(scale for scale in SCALES if unit_zh.startswith(scale))
    one = unit_zh.removeprefix(scale)
    base = units.get(one, {"unit": one, "multiplier": "1", "unit_base": one})
    if not one:
        scale, base = "", {"unit": unit_zh, "multiplier": "1", "unit_base": unit_zh}
    return {
        "unit_zh": unit_zh,
        "unit": f"{SCALES[scale][1]} {base['unit']}".strip(),
        "multiplier": str(SCALES[scale][0] * int(base["multiplier"])),
        "unit_base": base["unit_base"],
    }


def find_unit(unit_zh: str, units: dict[str, Row], place: str) -> Row:
    """Return the unit of a print."""
    if unit_zh not in units:
        raise RawDataError(place, f"unit {unit_zh!r}", "one of units.csv", ADD_UNIT)
    return units[unit_zh]
