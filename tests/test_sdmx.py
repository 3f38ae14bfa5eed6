"""The SDMX-CSV file: one key a figure, codes of the lists, and the figures again."""

import csv
import re
from decimal import Decimal

import pytest

from hyreport import schema
from hyreport.building.sdmx import (
    bilingual,
    bound_of,
    build_sdmx,
    code_of,
    power_of_ten,
    variant_of,
)
from hyreport.errors import RawDataError
from hyreport.paths import PROCESSED, REPORT_ID

LISTS = {
    "FREQ": "CL_FREQ",
    "REF_AREA": "CL_REF_AREA",
    "AREA": "CL_AREA",
    "INDICATOR": "CL_INDICATOR",
    "TRANSFORMATION": "CL_TRANSFORMATION",
    "OBS_TYPE": "CL_OBS_TYPE",
    "VARIANT": "CL_VARIANT",
    "UNIT_MEASURE": "CL_UNIT_MEASURE",
    "UNIT_MULT": "CL_UNIT_MULT",
    "DECIMALS": "CL_DECIMALS",
    "OBS_STATUS": "CL_OBS_STATUS",
    "BOUND": "CL_BOUND",
    "HEDGE": "CL_HEDGE",
    "BASIS": "CL_BASIS",
}
MAY_BE_BLANK = {"OBS_STATUS", "HEDGE", "BASIS"}
SAME = {
    "OBS_VALUE": "value",
    "OBS_VALUE_LOW": "low",
    "OBS_VALUE_HIGH": "high",
    "DECIMALS": "decimals",
    "OBS_STATUS": "obs_status",
    "COMMENT_OBS": "doubt",
    "PERIOD": "period",
    "AS_PRINTED": "as_printed",
    "SUBJECT_ZH": "subject_zh",
    "REACH": "reach",
    "NOTE": "note",
    "SECTION": "section",
    "PARAGRAPH": "paragraph",
    "START": "start",
    "END": "end",
}
CODED = {"AREA": "area", "INDICATOR": "indicator", "OBS_TYPE": "role", "HEDGE": "hedge"}
CODED |= {"BASIS": "basis", "UNIT_MEASURE": "unit_base"}


def read(name):
    with (PROCESSED / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


ROWS = read(f"{REPORT_ID}/figures.sdmx.csv")
FIGURES = read(f"{REPORT_ID}/figures.csv")
UNITS = read("units.csv")
PAIRS = list(zip(ROWS, FIGURES, strict=True))
CODES: dict[str, list[str]] = {}
for entry in read("codelists.csv"):
    CODES.setdefault(entry["codelist"], []).append(entry["code"])


def test_header_is_that_of_the_standard():
    header = list(ROWS[0])
    assert header[:3] == ["STRUCTURE[;]", "STRUCTURE_ID", "ACTION"]
    dimensions = list(schema.SDMX_FIGURES.key)
    assert header[3 : 3 + len(dimensions)] == dimensions and dimensions[-1] == "TIME_PERIOD"
    assert header[3 + len(dimensions)] == "OBS_VALUE"
    for row in ROWS:
        assert row["STRUCTURE[;]"] == "dataflow"
        assert re.fullmatch(r"[A-Z]+:[A-Z_]+\(\d+\.\d+\.\d+\)", row["STRUCTURE_ID"])


def test_no_two_rows_share_a_key():
    keys = [tuple(row[name] for name in schema.SDMX_FIGURES.key) for row in ROWS]
    assert len(keys) == len(set(keys))
    assert all(all(key) for key in keys)


@pytest.mark.parametrize("column", LISTS)
def test_every_code_is_in_its_list(column):
    found = {row[column] for row in ROWS} - ({""} if column in MAY_BE_BLANK else set())
    assert found and found <= set(CODES[LISTS[column]])


def test_every_list_is_used_and_every_code_has_two_names():
    assert set(CODES) == set(LISTS.values())
    assert all(len(codes) == len(set(codes)) for codes in CODES.values())
    for entry in read("codelists.csv"):
        assert entry["name_en"] and entry["name_zh"] and entry["source"]
        assert re.fullmatch(r"[A-Za-z0-9_@$-]+", entry["code"])


@pytest.mark.parametrize("row, figure", PAIRS, ids=[row["FIGURE_ID"] for row in ROWS])
def test_row_is_its_figure(row, figure):
    assert row["FIGURE_ID"] == figure["figure_id"]
    assert {name: row[name] for name in SAME} == {name: figure[own] for name, own in SAME.items()}
    assert {name: row[name] for name in CODED} == {
        name: code_of(figure[own]) for name, own in CODED.items()
    }
    power = Decimal(10) ** int(row["UNIT_MULT"])
    assert Decimal(row["OBS_VALUE"]) * power == Decimal(figure["value_base"])
    assert row["TITLE[en;zh]"] == f"en:{figure['name_en']};zh:{figure['name_zh']}"


@pytest.mark.parametrize("row", ROWS, ids=[row["FIGURE_ID"] for row in ROWS])
def test_bound_agrees_with_the_interval(row):
    low, high = bool(row["OBS_VALUE_LOW"]), bool(row["OBS_VALUE_HIGH"])
    ends = {"EQ": (True, True), "AROUND": (False, False)}
    ends |= dict.fromkeys(("GE", "GT"), (True, False)) | dict.fromkeys(("LE", "LT"), (False, True))
    assert (low, high) == ends[row["BOUND"]]


@pytest.mark.parametrize("row", ROWS, ids=[row["FIGURE_ID"] for row in ROWS])
def test_time_is_a_year_or_a_range(row):
    first, _, last = row["PERIOD"].rpartition("/")
    if first in ("", ".."):
        assert row["TIME_PERIOD"] == last
    else:
        years = int(last) - int(first) + 1
        assert row["TIME_PERIOD"] == f"{first}-01-01/P{years}Y"


def test_targets_are_apart_by_their_own_dimension():
    growth = [row for row in ROWS if row["INDICATOR"] == "GDP_GROWTH"]
    found = {(row["TIME_PERIOD"], row["OBS_TYPE"], row["BOUND"], row["HEDGE"]) for row in growth}
    assert found == {
        ("2017", "ACTUAL", "EQ", ""),
        ("2018", "TARGET", "GE", ""),
        ("2018", "STRETCH_TARGET", "EQ", "STRIVE"),
    }
    aims = {"TARGET", "STRETCH_TARGET"}
    assert not [row for row in ROWS if row["OBS_TYPE"] in aims and row["OBS_STATUS"]]


def test_a_better_water_class_is_a_smaller_number():
    (row,) = [row for row in ROWS if row["FIGURE_ID"] == "main_stem.water_class.2018"]
    assert (row["BOUND"], row["QUALIFIER_ZH"], row["HEDGE"]) == ("LE", "以上", "ENSURE")


def test_strict_and_wide_bounds():
    assert bound_of({"qualifier": "more_than", "low": "9", "high": ""}) == "GT"
    assert bound_of({"qualifier": "nearly", "low": "", "high": "9"}) == "LT"


def test_two_figures_of_one_key_stop():
    with pytest.raises(RawDataError, match="one key for"):
        build_sdmx([FIGURES[0], FIGURES[0]], UNITS, "430400")


@pytest.mark.parametrize(
    "fault",
    [
        lambda: variant_of({"figure_id": "a.2017.odd", "indicator": "a", "period": "2017"}),
        lambda: power_of_ten("15"),
        lambda: bilingual("a;b", "c"),
    ],
)
def test_what_has_no_code_stops(fault):
    with pytest.raises(RawDataError, match=r"found .* expected"):
        fault()
