"""Questions to a panel: answered from the files as they are now, and from no other file."""

import shutil

import duckdb
import numpy as np
import pytest
from panels import growth, make_panel, read_cell

from hyreport.errors import DayError, HyreportError, UnknownNameError
from hyreport.panel.ask import area_names, ask, cell, find_area, outcomes, targets
from hyreport.panel.place import follow_place, list_peers, stand_among_peers
from hyreport.panel.vintages import series

CITY = "430400"


def write(folder, target, **more):
    return make_panel(folder, {(CITY, 2018): (growth(target), growth("8.5"))}, **more)


def test_a_panel_that_is_made_again_is_read_again(tmp_path):
    panel = write(tmp_path / "panel", 8)
    assert targets(area=CITY, panel=panel)["value"].tolist() == [8]
    size = (panel / "headline.parquet").stat().st_size
    write(panel, 9)
    assert (panel / "headline.parquet").stat().st_size == size
    assert targets(area=CITY, panel=panel)["value"].tolist() == [9]


def test_a_panel_that_is_made_again_with_another_column_is_read_again(tmp_path):
    panel = write(tmp_path / "panel", 8)
    path = panel / "headline.parquet"
    table = ask("select *, 1 as more from headline", panel=panel)
    with duckdb.connect() as connection:
        connection.register("cells", table)
        connection.execute("copy cells to $path (format parquet)", {"path": str(path)})
    assert targets(area=CITY, panel=panel)["more"].tolist() == [1]


def test_an_audit_that_comes_later_can_be_asked(tmp_path):
    panel = write(tmp_path / "panel", 8)
    (panel / "audit.csv").unlink()
    with pytest.raises(HyreportError, match="audit"):
        ask("select * from audit", panel=panel)
    write(panel, 8, audit=[read_cell(f"{CITY}-2018", "right")])
    assert len(ask("select * from audit", panel=panel)) == 1


def test_a_panel_that_is_gone_answers_no_more(tmp_path):
    panel = write(tmp_path / "panel", 8)
    targets(panel=panel)
    shutil.rmtree(panel)
    with pytest.raises(HyreportError, match=r"no headline\.parquet.*get a clone"):
        targets(panel=panel)


def test_a_path_without_its_beginning_means_the_folder_one_is_in(tmp_path, monkeypatch):
    for name, target in (("one", 8), ("two", 9)):
        write(tmp_path / name / "panel", target)
        monkeypatch.chdir(tmp_path / name)
        assert targets(panel="panel")["value"].tolist() == [target]


@pytest.mark.parametrize(
    ("sql", "words"),
    [
        ("select 1; select 2", "2 statements"),
        ("create table mine as select 1", "no SELECT"),
        ("select * from read_csv('/etc/passwd')", "file system operations are disabled"),
        ("select nothing from headline", "nothing"),
    ],
)
def test_nothing_but_one_question_about_the_panel_is_taken(tmp_path, sql, words):
    panel = write(tmp_path / "panel", 8)
    with pytest.raises(HyreportError, match=words):
        ask(sql, panel=panel)


@pytest.mark.parametrize("sql", [5, None, ["select 1"]])
def test_a_question_that_is_no_text_is_refused(tmp_path, sql):
    panel = write(tmp_path / "panel", 8)
    with pytest.raises(HyreportError, match=r"^ask: found .*, expected one SELECT, as text\."):
        ask(sql, panel=panel)


def test_a_panel_that_is_no_path_is_refused():
    with pytest.raises(HyreportError, match="found an object of type NoneType, expected the fold"):
        targets(panel=None)


@pytest.fixture(scope="module")
def some_years(tmp_path_factory):
    years = (2016, 2020, 2021, 2023)
    reports = {(CITY, year): (growth(8), growth("8.5")) for year in years}
    reports |= {(code, 2019): (growth(8), growth("8.5")) for code in ("320500", "341300", "430000")}
    return make_panel(tmp_path_factory.mktemp("years") / "panel", reports)


@pytest.mark.parametrize("kind", ["outcome", "actul", None, ["actual"]])
def test_a_kind_that_there_is_not_is_named(some_years, kind):
    fix = "did you mean actual" if kind and kind != "outcome" else "write kind='actual'"
    words = rf"panel, kind: found .*, expected 'target' or 'actual'\. To fix: {fix}"
    with pytest.raises(UnknownNameError, match=words):
        cell(CITY, 2020, kind=kind, panel=some_years)


ALL = {
    "targets": lambda panel, **more: targets(panel=panel, **{"area": CITY} | more),
    "outcomes": lambda panel, **more: outcomes(panel=panel, **{"area": CITY} | more),
    "cell": lambda panel, **more: cell(panel=panel, **{"area": CITY, "year": 2020} | more),
    "series": lambda panel, **more: series(
        panel=panel, **{"indicator": "gdp.growth", "area": CITY} | more
    ),
    "follow_place": lambda panel, **more: follow_place(panel=panel, **{"area": CITY} | more),
    "stand_among_peers": lambda panel, **more: stand_among_peers(
        panel=panel, **{"area": CITY} | more
    ),
}
OF_A_PLACE = ALL | {
    "list_peers": lambda panel, area: list_peers(area, panel=panel),
    "find_area": lambda panel, area: find_area(area, panel),
}
OF_A_YEAR = {name: ALL[name] for name in ("targets", "outcomes", "cell")}


@pytest.mark.parametrize("call", ALL.values(), ids=ALL)
@pytest.mark.parametrize(
    ("indicator", "fix"),
    [
        ("gdp.growht", "did you mean gdp.growth "),
        ("gdp", "did you mean gdp.level or gdp.growth"),
        (None, "choose one of gdp.level, gdp.growth, "),
        (["gdp.growth"], "did you mean gdp.growth "),
    ],
)
def test_an_indicator_that_there_is_not_is_named(some_years, call, indicator, fix):
    words = rf"^panel, indicator: found .*, expected a headline indicator, .*\. To fix: {fix}"
    with pytest.raises(UnknownNameError, match=words):
        call(some_years, indicator=indicator)


@pytest.mark.parametrize("call", OF_A_PLACE.values(), ids=OF_A_PLACE)
@pytest.mark.parametrize(
    ("area", "fix"),
    [
        ("衡阳", r"did you mean 衡阳市\?"),
        ("Hengyag", "did you mean Hengyang"),
        ("Suzhou", r"did you mean Suzhou \(Anhui\) or Suzhou \(Jiangsu\)\?"),
        ("", "choose one of hy.panel.list_places"),
        (999999, "choose one of hy.panel.list_places"),
        (["衡阳市"], "choose one of hy.panel.list_places"),
    ],
)
def test_a_place_that_there_is_not_is_named(some_years, call, area, fix):
    words = (
        rf"^panel, area: found .*, expected the full Chinese or English name of .*\. To fix: {fix}"
    )
    with pytest.raises(UnknownNameError, match=words):
        call(some_years, area=area)


def test_a_cell_is_of_one_place_and_one_year(some_years):
    with pytest.raises(UnknownNameError, match="panel, area: found an object of type NoneType"):
        cell(None, 2020, panel=some_years)
    with pytest.raises(DayError, match="panel, year: found None, expected a year"):
        cell(CITY, None, panel=some_years)


@pytest.mark.parametrize("area", ["衡阳市", "Hengyang", "hengyang", CITY, 430400, np.int64(430400)])
def test_a_place_goes_by_any_of_its_names_and_codes(some_years, area):
    assert find_area(area, some_years) == CITY
    assert cell(area, 2020, panel=some_years).row["area"] == "衡阳市"


def test_no_two_places_have_one_english_name():
    names = [name.casefold() for _, name in area_names().values()]
    assert len(set(names)) == len(names) > 300


@pytest.mark.parametrize("call", OF_A_YEAR.values(), ids=OF_A_YEAR)
@pytest.mark.parametrize("year", ["abc", "", 2020.5, 20, ["2020"]])
def test_a_year_that_is_none_is_named(some_years, call, year):
    with pytest.raises(DayError, match=r"^panel, year: found .*, expected a year, as YYYY\."):
        call(some_years, year=year)


@pytest.mark.parametrize(
    ("name", "year", "words"),
    [
        ("cell", 2018, "targets of 2018, expected one of the years 2016, 2020 to 2021, 2023"),
        ("targets", 2018, "targets of 2018, expected one of the years 2016, 2020 to 2021, 2023"),
        ("outcomes", 2021, "outcomes of 2021, expected one of the years 2015, 2019 to 2020, 2022"),
    ],
)
def test_a_year_without_a_report_is_told_with_those_there_are(some_years, name, year, words):
    with pytest.raises(UnknownNameError, match=f"found no report of 衡阳市 with {words}"):
        ALL[name](some_years, year=year)


def test_a_year_without_any_report_is_no_empty_table(some_years):
    words = "no report with targets of 1850, expected one of the years 2016, 2019 to 2021, 2023"
    with pytest.raises(UnknownNameError, match=words):
        targets(year=1850, panel=some_years)
    for year in (2020, "2020", np.int64(2020)):
        assert len(targets(year=year, panel=some_years)) == 1
