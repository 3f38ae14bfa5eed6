"""What one report prints is at hand in another: in formulas, as outcomes, as outside figures."""

import csv
import shutil

import pytest
from made_up import AREA, REPORT, write_made_up

from hyreport.build.build import build_report
from hyreport.data.schema import TYPED
from hyreport.data.tables import format_table
from hyreport.errors import RawDataError
from hyreport.paths import RAW

LATER = "made-up-2021"
HEADER = dict.fromkeys(TYPED["outcomes.csv"].header, "")


def read_rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write_table(path, rows):
    path.write_text(format_table(rows, TYPED[path.name]), encoding="utf-8")


@pytest.fixture
def raw(tmp_path):
    """Return a data/raw with two made-up reports of one city, the later for a year later."""
    raw = shutil.copytree(RAW, tmp_path / "raw")
    write_made_up(raw)
    later = shutil.copytree(raw / REPORT, raw / LATER)
    path = later / "report.toml"
    words = path.read_text(encoding="utf-8").replace(REPORT, LATER).replace("2020-01", "2021-02")
    years = words.replace("base_year = 2019", "base_year = 2020").replace(
        "target_year = 2020", "target_year = 2021"
    )
    path.write_text(years, encoding="utf-8")
    figures = read_rows(later / "figures.csv")
    for row in figures:
        for before, after in (("2020", "2021"), ("2019", "2020")):
            if row["period"] == before:
                row |= {name: row[name].replace(before, after) for name in ("figure_id", "period")}
                break
    write_table(later / "figures.csv", figures)
    for name in ("targets.csv", "checks.csv"):
        write_table(later / name, [])
    targets = [row for row in figures if row["role"] == "target"]
    alone = {"base_id": "", "comparable": "no", "better": "higher", "reason": "unpaired"}
    pairs = [alone | {"target_id": row["figure_id"]} for row in targets]
    write_table(later / "targets.csv", pairs)
    return raw


def build(raw, report_id):
    build_report(raw, raw.parent / "processed", report_id)
    return raw.parent / "processed" / report_id


def add_check(raw, left):
    path = raw / REPORT / "checks.csv"
    check = dict.fromkeys(TYPED["checks.csv"].header, "")
    check |= {"check_id": "same", "kind": "publications", "claim": "c", "left": left}
    check |= {"right": "[gdp.growth.2019]", "relation": "agree", "unit": "percent", "why": "w"}
    write_table(path, [check])


def test_a_formula_names_a_figure_of_another_report(raw):
    add_check(raw, f"[{LATER}:gdp.growth.2020]")
    rows = read_rows(build(raw, REPORT) / "checks.csv")
    (row,) = [row for row in rows if row["check_id"] == "same"]
    assert (row["result"], row["left_value"]) == ("pass", "8.1")
    assert row["inputs"] == f"{LATER}:gdp.growth.2020 gdp.growth.2019"


def test_a_figure_that_the_other_report_does_not_have_is_named(raw):
    add_check(raw, f"[{LATER}:gdp.grwth.2020]")
    with pytest.raises(RawDataError, match=rf"no figure {LATER}:gdp\.grwth\.2020.*did you mean"):
        build(raw, REPORT)


def test_a_target_meets_what_the_next_report_prints(raw):
    pair = {"target_id": "gdp.growth.2020", "outcome_id": f"{LATER}:gdp.growth.2020"}
    write_table(raw / REPORT / "outcomes.csv", [pair | {"comparable": "yes", "reason": "r"}])
    (row,) = read_rows(build(raw, REPORT) / "outcomes.csv")
    assert (row["outcome_value"], row["outcome_printed"], row["vintage"]) == (
        "8.1",
        "8.1%",
        "first release",
    )
    assert row["source"] == "Government work report of Madeup city, 2020"
    assert row["known_by"] == "2021-02-28"


def test_an_outcome_is_no_aim_of_the_other_report(raw):
    pair = {"target_id": "gdp.growth.2020", "outcome_id": f"{LATER}:gdp.growth.2021"}
    write_table(raw / REPORT / "outcomes.csv", [pair | {"comparable": "yes", "reason": "r"}])
    with pytest.raises(RawDataError, match=r"outcome 'made-up-2021:gdp\.growth\.2021'"):
        build(raw, REPORT)


def test_what_a_report_prints_is_an_outside_figure_of_the_others(raw):
    rows = read_rows(build(raw, REPORT) / "reference.csv")
    mine = {
        (row["series"], row["time_period"], row["role"]): row
        for row in rows
        if row["source"].startswith("Government work report of Madeup")
    }
    assert {name[1] for name in mine} == {"2020", "2021"}
    growth = mine["gdp_growth_real", "2020", "actual"]
    assert (growth["value"], growth["as_printed"], growth["ref_area"]) == ("8.1", "8.1%", AREA)
    assert (growth["vintage"], growth["known_by"]) == ("first release", "2021-02-28")
    aim = mine["gdp_growth_real", "2021", "target"]
    assert (aim["qualifier"], aim["basis"]) == ("about", "target of the work report")
    own = [row for row in rows if row["known_by"] == "2020-01-31"]
    assert not [row for row in own if row["source"].startswith("Government work report of Madeup")]


def test_what_a_report_prints_is_not_typed_again(raw):
    built = read_rows(build(raw, REPORT) / "reference.csv")
    row = next(row for row in built if row["ref_area"] == AREA and row["known_by"] == "2021-02-28")
    path = raw / "reference.csv"
    header = read_rows(path)[0]
    with path.open("a", encoding="utf-8", newline="") as file:
        typed = {name: row[name] for name in header} | {"unit": row["unit_zh"], "qualifier": ""}
        csv.DictWriter(file, list(header), lineterminator="\n").writerow(typed)
    with pytest.raises(RawDataError, match=r"a second reference:.*is not typed again"):
        build(raw, REPORT)


def test_the_report_itself_is_built_without_the_others(tmp_path):
    raw = shutil.copytree(RAW, tmp_path / "raw")
    write_made_up(raw)
    alone = read_rows(build(raw, REPORT) / "reference.csv")
    assert {row["ref_area"] for row in alone} <= {AREA, "430000", "000000"}
