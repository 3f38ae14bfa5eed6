"""Two reports side by side: each whole in its folders, and none touches the other."""

import csv
import json
import re
import shutil
import subprocess
import sys
from decimal import Decimal

import pytest
from made_up import AREA, FIGURES, OUTSIDE, REPORT, TEXT, write_made_up

from hyreport.build.build import build_report
from hyreport.data import load, schema
from hyreport.data.tables import format_table
from hyreport.errors import RawDataError
from hyreport.paths import PROCESSED, RAW, ROOT, list_reports
from hyreport.text.compare import verify_copy

REAL = "hengyang-2018"
SHIPPED = list_reports(RAW)
EMPTY = ("goals", "doubts", "exclusions", "outcomes")


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """Return a folder with data/raw and data/processed of both reports."""
    folder = tmp_path_factory.mktemp("both")
    raw = shutil.copytree(RAW, folder / "raw")
    write_made_up(raw)
    build_report(raw, folder / "processed")
    return folder


@pytest.fixture
def raw(tmp_path):
    """Return a folder with data/raw of the made-up report alone."""
    raw = shutil.copytree(RAW, tmp_path / "raw", ignore=shutil.ignore_patterns(*SHIPPED))
    write_made_up(raw)
    return raw


@pytest.fixture
def both(tmp_path):
    """Return a folder with data/raw of the made-up report beside the real ones."""
    raw = shutil.copytree(RAW, tmp_path / "raw")
    write_made_up(raw)
    return raw


def read(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.full
def test_the_real_report_is_built_as_if_it_were_alone(built):
    alone = {path.name: path.read_bytes() for path in (PROCESSED / REAL).iterdir()}
    beside = {path.name: path.read_bytes() for path in (built / "processed" / REAL).iterdir()}
    assert beside == alone


def test_processed_holds_folders_of_reports_alone(built):
    assert {path.name for path in (built / "processed").iterdir()} == {*SHIPPED, REPORT}
    made = {path.name for path in (built / "processed" / REPORT).iterdir()}
    assert made == {*schema.PROCESSED, f"{REPORT}.xlsx", "datapackage.json", "DICTIONARY.md"}


def test_nothing_of_the_real_report_stands_in_the_other(built):
    for path in (built / "processed" / REPORT).iterdir():  # the workbook's parts are stored plain
        found = re.findall(
            "Hengyang|衡阳|hengyang|430400", path.read_bytes().decode(errors="ignore")
        )
        assert not found, path.name


def test_one_report_is_built_alone(both, tmp_path):
    changed = build_report(both, tmp_path / "processed", REPORT)
    assert {name.partition("/")[0] for name in changed} == {REPORT}


def test_figures_say_what_their_own_report_prints(built, monkeypatch):
    monkeypatch.setattr(load, "PROCESSED", built / "processed")
    here, there = load.load_figures(REPORT), load.load_figures(REAL)
    shared = set(here["figure_id"]) & set(there["figure_id"])
    assert shared == {"gdp.growth.2017"}
    words = [
        figures.set_index("figure_id").loc["gdp.growth.2017", "as_printed"]
        for figures in (here, there)
    ]
    assert words == ["9.7%", "8.5%"]
    assert here["as_printed"].tolist() == [print_ for _, print_, *_ in FIGURES]


def test_outside_figures_are_those_of_the_area_and_above_it(built):
    rows = read(built / "processed" / REPORT / "reference.csv")
    assert {row["ref_area"] for row in rows} == {AREA, "430000", "000000"}
    own = {row["time_period"]: row["value"] for row in rows if row["ref_area"] == AREA}
    assert own == {year: value for year, (value, _) in OUTSIDE.items()}
    assert AREA not in {
        row["ref_area"] for row in read(built / "processed" / REAL / "reference.csv")
    }


def test_a_check_may_name_an_outside_figure_of_another_area(raw, tmp_path):
    path = raw / REPORT / "checks.csv"
    text = path.read_text(encoding="utf-8").replace(
        "{gdp.2019.yearbook}", "{gdp.430400.2014.yearbook}"
    )
    path.write_text(text, encoding="utf-8")
    build_report(raw, tmp_path / "processed", REPORT)
    rows = read(tmp_path / "processed" / REPORT / "reference.csv")
    assert [row["time_period"] for row in rows if row["ref_area"] == "430400"] == ["2014"]
    check = read(tmp_path / "processed" / REPORT / "checks.csv")[0]
    assert (check["result"], check["right_value"]) == ("fail", "2396.5488")


def test_its_check_and_gap_by_hand(built):
    folder = built / "processed" / REPORT
    checks = {row["check_id"]: row for row in read(folder / "checks.csv")}
    assert set(checks) == {"gdp_level_in_yearbook", "whole_numbers"}
    check = checks["gdp_level_in_yearbook"]
    assert check["result"] == "pass"
    assert check["inputs"] == "gdp.level.2019 reference:gdp.2019.yearbook"
    growth, retail = read(folder / "targets.csv")
    assert (growth["gap"], growth["gap_low"], growth["gap_high"]) == ("-0.1", "-0.15", "-0.05")
    assert (retail["base_id"], retail["gap"], retail["target_printed"]) == ("", "", "10%以上")


def test_codebook_units_and_terms_are_those_it_uses(built):
    folder = built / "processed" / REPORT
    indicators = {row["indicator"] for row in read(folder / "indicators.csv")}
    assert indicators == {name.rpartition(".")[0] for name, *_ in FIGURES}
    units = {row["unit_zh"] for row in read(folder / "units.csv")}
    assert units == {"万亿元", "亿元", "十亿元", "%", "个百分点", "家"}
    assert {row["term_zh"] for row in read(folder / "terms.csv")} == {"左右", "以上"}


@pytest.mark.parametrize("name", EMPTY)
def test_an_empty_table_is_loaded_with_its_columns(name, built):
    table = load.load_table(built / "processed" / REPORT / f"{name}.csv")
    assert len(table) == 0
    assert list(table) == schema.PROCESSED[f"{name}.csv"].header


@pytest.mark.parametrize("report", [REAL, REPORT])
def test_a_package_is_whole_and_its_tables_are_what_it_says(report, built):
    folder = built / "processed" / report
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    assert package["name"] == {REAL: "hyreport-hengyang", REPORT: f"hyreport-{REPORT}"}[report]
    rows = {one["name"]: read(folder / one["path"]) for one in package["resources"]}
    assert {one["path"] for one in package["resources"]} == {p.name for p in folder.glob("*.csv")}
    for resource in package["resources"]:
        for row in rows[resource["name"]]:
            for field in resource["schema"]["fields"]:
                check_cell(row[field["name"]], field)
        for link in resource["schema"].get("foreignKeys", []):
            target, (name,) = link["reference"]["resource"], link["reference"]["fields"]
            there = {row[name] for row in rows[target]}
            here = {row[link["fields"][0]] for row in rows[resource["name"]]}
            assert here - {""} <= there, resource["name"]
        key = resource["schema"].get("primaryKey") or resource["schema"]["uniqueKeys"][0]
        keys = [tuple(row[name] for name in key) for row in rows[resource["name"]]]
        assert len(keys) == len(set(keys))


def check_cell(cell, field):
    limits = field.get("constraints", {})
    assert cell or not limits.get("required"), field["name"]
    if cell:
        assert cell in limits.get("enum", [cell])
        assert re.fullmatch(limits.get("pattern", ".*"), cell, re.ASCII)
        if field["type"] in ("integer", "number"):
            Decimal(cell)


def test_a_copy_of_the_text_is_compared_with_its_own_report(built, tmp_path):
    (tmp_path / "copy.txt").write_text(TEXT, encoding="utf-8", newline="")
    outcome = verify_copy(tmp_path / "copy.txt", REPORT, raw=built / "raw")
    assert (outcome.figures, outcome.others, outcome.differences) == (len(FIGURES), 0, ())


@pytest.mark.full
def test_the_command_builds_all_reports_or_one(tmp_path):
    for name in ("data", "hyreport"):
        ignored = shutil.ignore_patterns("__pycache__", "processed")
        shutil.copytree(ROOT / name, tmp_path / name, ignore=ignored)
    write_made_up(tmp_path / "data" / "raw")
    command = [sys.executable, "-m", "hyreport", "build"]
    options = {"cwd": tmp_path, "capture_output": True, "encoding": "utf-8", "check": True}
    one = subprocess.run([*command, "--report", REPORT], **options).stdout
    assert REAL not in one and f"{REPORT}/figures.csv" in one
    rest = subprocess.run(command, **options).stdout
    assert f"{REAL}/figures.csv" in rest and REPORT not in rest


def assert_stops(raw, tmp_path, message):
    processed = tmp_path / "processed"
    with pytest.raises(RawDataError, match=message):
        build_report(raw, processed)
    assert not processed.exists()


@pytest.mark.parametrize("name", ["report.toml", *schema.TYPED])
def test_a_half_made_report_is_named_with_what_is_missing(name, raw, tmp_path):
    (raw / REPORT / name).unlink()
    assert_stops(
        raw, tmp_path, f"^data/raw/{REPORT}: found no {re.escape(name)}, expected the whole"
    )


def test_a_folder_that_is_no_report_is_named_and_what_is_hidden_is_not(raw, tmp_path):
    (raw / ".ipynb_checkpoints").mkdir()
    (raw / ".DS_Store").touch()
    assert list_reports(raw) == [REPORT]
    (raw / "notes").mkdir()
    (raw / "notes" / "figures.csv").touch()
    assert_stops(raw, tmp_path, r"^data/raw/notes: found no report\.toml, doubts\.csv")


@pytest.mark.full
@pytest.mark.parametrize("name", schema.TYPED)
def test_tables_may_be_empty_but_for_the_figures(name, raw, tmp_path):
    path = raw / REPORT / name
    path.write_text(path.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    found = {
        "figures.csv": rf"^{REPORT}/figures\.csv: found an empty table",
        "tokens.csv": rf"^{REPORT}/figures\.csv, row 2: found 1250\.5 at .* no number",
        "targets.csv": rf"^{REPORT}/targets\.csv: found no row for gdp\.growth\.2020, retail",
    }
    if name in found:
        assert_stops(raw, tmp_path, found[name])
    else:
        assert build_report(raw, tmp_path / "processed")


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        (f'id = "{REPORT}"', 'id = "hengyang-2018"', "id 'hengyang-2018', expected the folder's"),
        (f'ref_area = "{AREA}"', 'ref_area = "4301"', "ref_area '4301', expected six digits"),
        ('area_en = "Madeup city"\n', "", "no area_en"),
        (f"characters = {len(TEXT)}\n", "", "no copy.characters"),
    ],
)
def test_a_faulty_fact_is_named_by_its_report(old, new, found, raw, tmp_path):
    path = raw / REPORT / "report.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    assert_stops(raw, tmp_path, f"^{REPORT}/report.toml: found {found}")


@pytest.mark.parametrize("name", ["reference", "Made-Up 2020"])
def test_a_folder_whose_name_cannot_stand_before_an_id(name, raw, tmp_path):
    folder = (raw / REPORT).rename(raw / name)
    path = folder / "report.toml"
    path.write_text(path.read_text(encoding="utf-8").replace(f'"{REPORT}"', f'"{name}"'), "utf-8")
    assert_stops(raw, tmp_path, f"^{name}/report.toml: found id '{name}', expected a-z")


def test_an_outside_figure_that_could_be_two_is_named(both, tmp_path):
    path = both / "reference.csv"
    last = path.read_text(encoding="utf-8").splitlines()[-1]
    assert ",亿元,,actual," in last
    with path.open("a", encoding="utf-8") as file:
        file.write(last.replace("1250.46", "1251").replace(",,actual,", ",about,actual,") + "\n")
    message = r"^reference\.csv, row \d+: found a second reference:gdp\.430100\.2019\.yearbook"
    assert_stops(both, tmp_path, message)


def change_figure(raw, **cells):
    """Change the cells of the made-up report's last typed actual, and return the new row."""
    path = raw / REPORT / "figures.csv"
    rows = read(path)
    row = next(row for row in rows if row["as_printed"] == "31家") | cells
    rows = [row if other["start"] == row["start"] else other for other in rows]
    path.write_text(format_table(rows, schema.TYPED["figures.csv"]), "utf-8", newline="")
    return row


@pytest.mark.parametrize(
    ("unit", "said", "base"),
    [
        ("", ("家", "number"), "31"),
        ("家次", ("家次", "家次"), "31"),
    ],
)
def test_a_figure_without_an_indicator_is_unsorted(unit, said, base, raw, tmp_path):
    change_figure(raw, figure_id="n007", indicator="", unit=unit, read="grade")
    build_report(raw, tmp_path / "processed", REPORT)
    built = read(tmp_path / "processed" / REPORT / "figures.csv")
    row = next(row for row in built if row["figure_id"] == "n007")
    names = ("name_zh", "name_en", "theme", "measure", "read_by")
    assert [row[name] for name in names] == ["高新技术企业"] * 2 + ["unsorted", "", "grade"]
    assert (row["unit_zh"], row["unit_base"], row["value_base"]) == (*said, base)
    units = read(tmp_path / "processed" / REPORT / "units.csv")
    assert said[0] in {row["unit_zh"] for row in units}


@pytest.mark.parametrize(
    ("printed", "ends"), [("31户", ("31", "31")), ("31公里", ("30.5", "31.5"))]
)
def test_what_is_counted_one_by_one_is_not_rounded_without_an_indicator(
    printed, ends, raw, tmp_path
):
    change_figure(raw, figure_id="n007", indicator="", unit="", as_printed=printed)
    build_report(raw, tmp_path / "processed", REPORT)
    built = read(tmp_path / "processed" / REPORT / "figures.csv")
    row = next(row for row in built if row["figure_id"] == "n007")
    assert (row["low"], row["high"]) == ends


def test_a_new_unit_of_万_is_counted_in_its_ones(raw, tmp_path):
    change_figure(raw, figure_id="n007", indicator="", as_printed="31万匹")
    build_report(raw, tmp_path / "processed", REPORT)
    built = read(tmp_path / "processed" / REPORT / "figures.csv")
    row = next(row for row in built if row["figure_id"] == "n007")
    assert (row["value_base"], row["unit_base"], row["unit"]) == ("310000", "匹", "10 thousand 匹")


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ({"indicator": ""}, "figure_id .*, expected n or c and digits"),
        ({"period": "2020", "figure_id": "high_tech_firms.added.2020"}, "one ending 2019 or befo"),
        ({"indicator": "", "figure_id": "n007", "read": ""}, "column read: found nothing"),
    ],
)
def test_names_and_years_of_figures_are_kept(cells, message, raw, tmp_path):
    change_figure(raw, **cells)
    assert_stops(raw, tmp_path, message)
