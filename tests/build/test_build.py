"""The build: the same bytes each time, and one clear stop for each fault planted in raw."""

import csv
import errno
import shutil
from pathlib import Path

import pytest
from study import REPORT_ID

from hyreport.build.build import build_report, make_figure
from hyreport.build.files import write_changed
from hyreport.build.raw import read_raw
from hyreport.build.units import read_units
from hyreport.cli import main
from hyreport.errors import RawDataError
from hyreport.paths import PROCESSED, RAW

REPORT = f"{REPORT_ID}/"


@pytest.fixture
def raw(tmp_path):
    return shutil.copytree(RAW, tmp_path / "raw")


def read(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(path, rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def change(raw, file, key, column, to):
    """Change one cell; key names the row by the first column's text."""
    rows = read(raw / file)
    (row,) = [row for row in rows if next(iter(row.values())) == key]
    row[column] = to
    write(raw / file, rows)


def files(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_committed_tables_are_what_the_build_makes(raw, tmp_path):
    processed = tmp_path / "processed"
    assert sorted(build_report(raw, processed)) == sorted(files(processed))
    assert {
        name: content for name, content in files(PROCESSED).items() if name in files(processed)
    } == (files(processed))


@pytest.mark.full
def test_a_second_build_changes_nothing(raw, tmp_path):
    build_report(raw, tmp_path / "processed", REPORT_ID)
    before = files(tmp_path / "processed")
    assert build_report(raw, tmp_path / "processed", REPORT_ID) == []
    assert files(tmp_path / "processed") == before


FIGURES = REPORT + "figures.csv"
GROWTH = "gdp.growth.2017"
CELL_FAULTS = {
    "unknown indicator": (FIGURES, GROWTH, "indicator", "gdp.grwth", "indicator 'gdp.grwth'"),
    "unknown unit": (FIGURES, GROWTH, "as_printed", "8.5亿园", "unit '亿园'"),
    "unit of another indicator": (
        FIGURES,
        GROWTH,
        "as_printed",
        "8.5个百分点",
        "unit of gdp.growth",
    ),
    "unparsable print": (FIGURES, GROWTH, "as_printed", "约莫8.5%", "one number with its own unit"),
    "two numbers in one print": (FIGURES, GROWTH, "as_printed", "8.5%、9%", "a row of its own"),
    "impossible share": (FIGURES, "forest.share.2017", "as_printed", "147.6%", "positions"),
    "position without its number": (FIGURES, GROWTH, "start", "293", "positions 293 to 297"),
    "position of another number": (FIGURES, GROWTH, "as_printed", "8.6%", "has there: 8.5"),
    "position outside the copy": (FIGURES, "industrial_clusters.count.2017", "end", "x", "integer"),
    "period that is no year": (FIGURES, GROWTH, "period", "17", "period"),
    "role unknown": (FIGURES, GROWTH, "role", "goal", "one of actual, target"),
    "target for the base year": (FIGURES, GROWTH, "role", "target", "one ending 2018"),
    "status missing": (FIGURES, GROWTH, "obs_status", "", "a status for actuals only"),
    "status unknown": (FIGURES, GROWTH, "obs_status", "X", "one of A"),
    "qualifier typed and printed": (
        FIGURES,
        "gdp.growth.2018",
        "qualifier",
        "about",
        "one of them",
    ),
    "typed unit that is not longer": (FIGURES, GROWTH, "unit", "%", "blank, or the longer unit"),
    "section unknown": (FIGURES, GROWTH, "section", "9", "one of report.toml"),
    "area unknown": (FIGURES, GROWTH, "area", "everywhere", "one of whole_area"),
    "numeral wrong": (FIGURES, GROWTH, "numeral", "chinese", "numeral chinese"),
    "identifier of another figure": (FIGURES, GROWTH, "figure_id", "gdp.level.2017.x", "begins"),
    "blank cell": (FIGURES, GROWTH, "subject_zh", "", "found nothing"),
    "white space": (FIGURES, GROWTH, "subject_zh", " 地区生产总值", "no white space"),
    "hedge typed and printed": (
        FIGURES,
        "gdp.growth.2018.stretch",
        "hedge",
        "ensure",
        "one of them",
    ),
    "hedge unknown": (FIGURES, "forest.share.2018", "hedge", "hope", "one of ensure, strive"),
    "reach unknown": (FIGURES, GROWTH, "reach", "sure", "one of certain, reading"),
    "basis unknown": (FIGURES, GROWTH, "basis", "raw", "one of same_basis"),
    "position that is no number": (FIGURES, GROWTH, "start", "about 294", "integer"),
    "paragraph left out": (FIGURES, GROWTH, "paragraph", "", "found nothing"),
    "actual of the target year": (FIGURES, GROWTH, "period", "2018", "begins"),
    "unit named twice": ("units.csv", "万人", "unit_zh", "亿元", "already in row"),
    "indicator named twice": ("indicators.csv", "gdp.level", "indicator", "gdp.growth", "already"),
    "theme unknown": ("indicators.csv", "gdp.growth", "theme", "weather", "one of macroeconomy"),
    "source of a definition left out": (
        "indicators.csv",
        "gdp.growth",
        "definition_source",
        "",
        "found nothing",
    ),
    "kind of doubt unknown": (
        REPORT + "doubts.csv",
        "trade.level.2017",
        "kind",
        "odd",
        "one of misprint",
    ),
    "comparability without a figure": (
        REPORT + "targets.csv",
        "farm_processing_output.growth.2018",
        "comparable",
        "yes",
        "expected no",
    ),
    "measure unknown": ("indicators.csv", "gdp.growth", "measure", "speed", "one of level"),
    "multiplier not whole": ("units.csv", "亿元", "multiplier", "1e8", "integer"),
    "doubt whose figure changed": (
        REPORT + "doubts.csv",
        "gdp.level.2017",
        "expected",
        "3194亿元",
        "'3193亿元', as figures.csv has it",
    ),
    "doubt without figure": (
        REPORT + "doubts.csv",
        "gdp.level.2017",
        "figure_id",
        "gdp.level.2016",
        "a figure of figures.csv",
    ),
    "target unknown": (
        REPORT + "targets.csv",
        "trade.growth.2018",
        "target_id",
        "trade.growth.2019",
        "a figure with role target",
    ),
    "actual unknown": (
        REPORT + "targets.csv",
        "trade.growth.2018",
        "base_id",
        "trade.growth.2018",
        "a figure with role actual",
    ),
    "direction unknown": (
        REPORT + "targets.csv",
        "trade.growth.2018",
        "better",
        "more",
        "one of higher, lower",
    ),
    "term without a meaning": (
        REPORT + "terms.csv",
        "左右",
        "term_zh",
        "右左",
        "one of data/raw/terms.csv",
    ),
    "outcome of no target": (
        REPORT + "outcomes.csv",
        "tourists.growth.2018",
        "target_id",
        "retail_sales.growth.2017",
        "a figure with role target",
    ),
    "outcome unknown": (
        REPORT + "outcomes.csv",
        "tourists.growth.2018",
        "outcome_id",
        "reference:retail_sales.2018.revised",
        "an outside actual",
    ),
    "outcome of another unit called comparable": (
        REPORT + "outcomes.csv",
        "tourists.growth.2018",
        "comparable",
        "yes",
        "one unit where comparable is yes",
    ),
    "aim without a number, section unknown": (
        REPORT + "goals.csv",
        "coal_boilers",
        "section",
        "9",
        "one of report.toml",
    ),
    "aim without a number, words elsewhere": (
        REPORT + "goals.csv",
        "coal_boilers",
        "end",
        "12803",
        "4 places",
    ),
    "aim without a number, actual unknown": (
        REPORT + "goals.csv",
        "coal_boilers",
        "base_id",
        "coal_boilers.threshold.2018",
        "a figure with role actual",
    ),
    "aim without a number, compared with nothing": (
        REPORT + "goals.csv",
        "coal_boilers",
        "comparable",
        "partly",
        "expected no",
    ),
    "level against growth called comparable": (
        REPORT + "targets.csv",
        "trade.growth.2018",
        "comparable",
        "yes",
        "one unit where comparable is yes",
    ),
}


@pytest.mark.parametrize("fault", CELL_FAULTS)
def test_a_faulty_cell_stops_the_build(fault, raw, tmp_path):
    file, key, column, to, expected = CELL_FAULTS[fault]
    change(raw, file, key, column, to)
    assert_stops(raw, tmp_path, file, expected)


def assert_stops(raw, tmp_path, file, expected):
    """The build names file, what it found and expected, and writes nothing."""
    with pytest.raises(RawDataError) as stopped:
        build_report(raw, tmp_path / "processed")
    message = str(stopped.value)
    assert file.rpartition("/")[2].split(".")[0] in message
    assert "found" in message
    assert expected in message
    assert "\n" not in message
    assert not (tmp_path / "processed").exists()


def test_the_first_fence_of_a_changed_number_says_how_to_mend(raw, tmp_path):
    change(raw, FIGURES, "tax_share.local.2017", "as_printed", "56.9%")
    mend = "expected what tokens.csv has there: 55.9. To fix: tokens.csv lists the numbers"
    assert_stops(raw, tmp_path, FIGURES, mend)


@pytest.mark.parametrize(
    ("file", "key", "column", "to", "fix"),
    [
        (FIGURES, "gdp.growth.2017", "indicator", "gdp.grwth", "did you mean gdp.growth"),
        (FIGURES, "gdp.growth.2017", "section", "9", "name the section in report.toml"),
        (FIGURES, "gdp.growth.2017", "end", "313", "end exclusive"),
        (REPORT + "targets.csv", "gdp.growth.2018", "base_id", "gdp.growth.17", "did you mean"),
        (REPORT + "targets.csv", "gdp.growth.2018", "base_id", "", "or set comparable to no"),
        (
            REPORT + "outcomes.csv",
            "gdp.growth.2018",
            "outcome_id",
            "reference:gdp_growth",
            "did you mean reference:",
        ),
    ],
)
def test_other_fences_say_it_too(file, key, column, to, fix, raw, tmp_path):
    change(raw, file, key, column, to)
    assert_stops(raw, tmp_path, file, fix)


@pytest.mark.parametrize("measure", ["share", "rank", "count", "level"])
def test_a_value_outside_its_range_stops_the_build(measure, raw, tmp_path):
    change(raw, "indicators.csv", "energy_intensity.growth", "measure", measure)
    assert_stops(raw, tmp_path, FIGURES, f"found -4.5, expected a {measure} within its range")


# print of a fall | qualifier, low, high; an open end may be cut at what growth can be.
FALLS = {
    "下降4.5%以上": ("at_most", None, "-4.5"),
    "下降4.5多%": ("less_than", None, "-4.5"),
    "逾下降4.5%": ("less_than", None, "-4.5"),
    "下降近4.5%": ("more_than", "-4.5", None),
    "下降不到4.5%": ("more_than", "-4.5", None),
    "下降4.5%以内": ("at_least", "-4.5", None),
    "-4.5%以上": ("at_least", "-4.5", None),
    "-4.5%以内": ("at_most", None, "-4.5"),
}


def test_the_bound_of_a_fall_is_turned():
    typed = read_raw(RAW, REPORT_ID)
    units, indicators = read_units(typed), typed.shared["indicators.csv"]
    indicators = {row["indicator"]: row for row in indicators}
    figure_id = "energy_intensity.growth.2017"
    ((place, row),) = [
        (place, row) for place, row in typed.rows("figures.csv") if row["figure_id"] == figure_id
    ]
    for words, (qualifier, low, high) in FALLS.items():
        figure = make_figure(row | {"as_printed": words}, place, units, indicators)
        assert (figure["value"], figure["qualifier"]) == ("-4.5", qualifier), words
        assert figure["low"] == low if low else figure["low"] in ("", "-100"), words
        assert figure["high"] == (high or ""), words


def test_a_duplicate_figure_stops_the_build(raw, tmp_path):
    rows = read(raw / FIGURES)
    write(raw / FIGURES, [*rows, rows[0]])
    assert_stops(raw, tmp_path, FIGURES, "already in row 2")


def test_a_number_in_both_lists_stops_the_build(raw, tmp_path):
    path = raw / REPORT / "exclusions.csv"
    rows = read(path)
    figure = next(row for row in read(raw / FIGURES) if row["figure_id"] == GROWTH)
    twice = rows[0] | {"start": figure["start"], "end": figure["end"], "as_printed": "8.5"}
    write(path, [*rows, twice])
    assert_stops(raw, tmp_path, "exclusions.csv", "figures.csv, row")


def test_a_number_in_neither_list_stops_the_build(raw, tmp_path):
    path = raw / REPORT / "exclusions.csv"
    write(path, read(path)[1:])
    assert_stops(raw, tmp_path, "tokens.csv", "2018 in neither list")


def test_a_target_without_a_pair_stops_the_build(raw, tmp_path):
    path = raw / REPORT / "targets.csv"
    write(path, [row for row in read(path) if row["target_id"] != "forest.share.2018"])
    assert_stops(raw, tmp_path, "targets.csv", "a row for each target")


def test_a_missing_column_stops_the_build(raw, tmp_path):
    rows = [{k: v for k, v in row.items() if k != "role"} for row in read(raw / FIGURES)]
    write(raw / FIGURES, rows)
    assert_stops(raw, tmp_path, FIGURES, "missing: role")


def test_another_encoding_stops_the_build(raw, tmp_path):
    path = raw / FIGURES
    path.write_bytes(path.read_text(encoding="utf-8").encode("gb18030"))
    assert_stops(raw, tmp_path, FIGURES, "UTF-8")


@pytest.mark.parametrize("content", ["", "figure_id\n"])
def test_an_empty_file_stops_the_build(content, raw, tmp_path):
    (raw / FIGURES).write_text(content, encoding="utf-8")
    assert_stops(raw, tmp_path, FIGURES, "")


def test_a_missing_file_stops_the_build(raw, tmp_path):
    (raw / "units.csv").unlink()
    assert_stops(raw, tmp_path, "units.csv", "no such file")


def test_a_torn_row_stops_the_build(raw, tmp_path):
    path = raw / FIGURES
    path.write_text(path.read_text(encoding="utf-8") + "gdp.x.2017,1\n", encoding="utf-8")
    assert_stops(raw, tmp_path, FIGURES, "2 cells")


def test_a_broken_report_toml_stops_the_build(raw, tmp_path):
    (raw / REPORT / "report.toml").write_text("title = ", encoding="utf-8")
    assert_stops(raw, tmp_path, "report.toml", "valid TOML")


def test_a_reference_value_that_is_not_its_print_stops_the_build(raw, tmp_path):
    rows = read(raw / "reference.csv")
    rows[0]["value"] = "162.0747"
    write(raw / "reference.csv", rows)
    assert_stops(raw, tmp_path, "reference.csv", "as printed")


def test_a_reference_unit_that_is_unknown_stops_the_build(raw, tmp_path):
    rows = read(raw / "reference.csv")
    rows[0]["unit"] = "亿园"
    write(raw / "reference.csv", rows)
    assert_stops(raw, tmp_path, "reference.csv", "one of units.csv")


def test_a_reference_date_that_is_none_stops_the_build(raw, tmp_path):
    rows = read(raw / "reference.csv")
    rows[0]["known_by"] = "end of 2007"
    write(raw / "reference.csv", rows)
    assert_stops(raw, tmp_path, "reference.csv", "date")


def test_an_outside_figure_without_an_english_name_stops_the_build(raw, tmp_path):
    rows = read(raw / "reference.csv")
    rows[0]["name_en"] = ""
    write(raw / "reference.csv", rows)
    assert_stops(raw, tmp_path, "reference.csv", "name_en")


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        (("f" * 64, "7", ""), "found no char_end"),
        (("", "7", "9"), "found no copy_sha256"),
        (("f" * 63, "7", "9"), "sha256"),
        (("f" * 64, "7", "12"), "places for"),
    ],
)
def test_a_place_in_a_text_is_whole_and_fits_its_number(raw, tmp_path, cells, words):
    rows = read(raw / "reference.csv")
    rows[0] |= dict(zip(("copy_sha256", "char_start", "char_end"), cells, strict=True))
    write(raw / "reference.csv", rows)
    assert_stops(raw, tmp_path, "reference.csv", words)


def test_columns_in_another_order_stop_the_build(raw, tmp_path):
    rows = [dict(reversed(row.items())) for row in read(raw / FIGURES)]
    write(raw / FIGURES, rows)
    assert_stops(raw, tmp_path, FIGURES, "another order")


def test_an_unknown_column_stops_the_build(raw, tmp_path):
    write(raw / FIGURES, [row | {"colour": "red"} for row in read(raw / FIGURES)])
    assert_stops(raw, tmp_path, FIGURES, "unknown: colour")


def test_a_quote_that_does_not_end_stops_the_build(raw, tmp_path):
    path = raw / FIGURES
    path.write_text(path.read_text(encoding="utf-8") + '"gdp.x.2017,1\n', encoding="utf-8")
    assert_stops(raw, tmp_path, FIGURES, "comma-separated values")


def test_the_command_says_one_line_and_fails(monkeypatch, capsys):
    def stop(report_id):
        raise RawDataError("figures.csv, row 7", "unit '亿园'", "one of units.csv")

    monkeypatch.setattr("hyreport.build.build.build_report", stop)
    assert main(["build"]) == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_a_full_disk_changes_no_table(tmp_path, monkeypatch):
    (tmp_path / "a.csv").write_bytes(b"old")
    write = Path.write_bytes

    def refuse(path, content):
        write(path, content[:1])
        if path.name.startswith("b"):
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", refuse)
    with pytest.raises(OSError, match="No space left"):
        write_changed(tmp_path, {"a.csv": "new", "b.csv": "new"})
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a.csv": b"old"}
    monkeypatch.undo()
    assert write_changed(tmp_path, {"a.csv": "new", "b.csv": "new"}) == ["a.csv", "b.csv"]
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        "a.csv": b"new",
        "b.csv": b"new",
    }
