"""One quantity of one place by vintage: reports in hand, publications and a panel side by side."""

import subprocess
import sys
from types import ModuleType

import pytest
from panels import absent, growth, make_panel

import hyreport as hy
from hyreport.errors import HyreportError, UnknownNameError
from hyreport.panel.reading import headline_indicators
from hyreport.panel.vintages import series
from hyreport.paths import PACKAGE, RAW
from hyreport.words.tables import read_rows

PLACE, OTHER = "430400", "430200"


@pytest.fixture(scope="module")
def panel(tmp_path_factory):
    reports = {
        (PLACE, 2020): (growth("8.5", qualifier="about"), growth(8, qualifier="at_least")),
        (PLACE, 2022): (growth(6, value_high="6.5", stretch_value="7"), growth("8.2")),
        (PLACE, 2023): (absent(), growth("5.5", certainty="C")),
        (OTHER, 2020): (absent(), absent()),
    }
    return make_panel(tmp_path_factory.mktemp("panel"), reports)


def row_of(table, year, kind):
    (row,) = table[(table["year"] == year) & (table["kind"] == kind)].to_dict("records")
    return row


def test_report_panel_and_yearbook_stand_in_one_row(panel):
    table = series("gdp.growth", area=PLACE, panel=panel)
    assert list(table.columns[:5]) == ["year", "kind", "unit", "report", "panel"]
    row = row_of(table, 2019, "actual")
    assert (row["report"], row["panel"], row["yearbook"]) == ("at least 8", "at least 8", "8.1")
    assert row_of(table, 2021, "actual")["panel"] == "8.2"
    assert not table.duplicated(["year", "kind", "unit"]).any()
    kinds = table[table["year"] == 2018]["kind"].tolist()
    assert kinds == ["actual", "target", "stretch_target"]


def test_spans_further_aims_and_guesses_are_said(panel):
    table = series("gdp.growth", area="衡阳市", panel=panel)
    assert row_of(table, 2022, "target")["panel"] == "6 to 6.5"
    assert row_of(table, 2022, "stretch_target")["panel"] == "7"
    assert row_of(table, 2022, "actual")["panel"] == "5.5 (C)"


def test_a_figure_of_a_report_in_hand_is_no_publication_besides(panel):
    rows = series("gdp.growth", area=PLACE, evidence=True, panel=panel)
    of_2020 = rows[(rows["year"] == 2020) & (rows["kind"] == "actual")]
    assert of_2020["vintage"].tolist() == ["report", "yearbook"]
    assert not rows.duplicated(["year", "kind", "vintage", "qualifier"]).any()


@pytest.mark.full
@pytest.mark.parametrize("indicator", ["gdp.growth", "gdp.level", "new_urban_jobs.level"])
def test_each_number_leads_back_to_its_evidence(panel, indicator):
    rows = series(indicator, area=PLACE, evidence=True, panel=panel)
    outside = rows[rows["vintage"] != "panel"]
    assert set(outside["vintage"]) >= {"report", "first release"}
    for row in outside.to_dict("records"):
        assert float(hy.Report().number(row["id"]).to(row["unit"]).value) == row["value"]
        assert row["as_printed"] and row["source"]


def test_a_place_of_which_only_the_panel_knows_has_empty_columns(panel):
    table = series("gdp.growth", area=OTHER, panel=panel)
    assert table.empty and list(table) == ["year", "kind", "unit", "report", "panel"]


def test_total_and_local_revenue_are_not_mixed(panel):
    rows = series("budget_revenue.level", area=PLACE, evidence=True, panel=panel)
    names = set(rows["id"].str.extract(r"reference:(\w+)\.")[0].dropna())
    assert names == {"local_budget_revenue"}
    rows = series("total_revenue.level", area=PLACE, evidence=True, panel=panel)
    assert {"hengyang-2018:budget_revenue.level.2017"} <= set(rows["id"])
    assert not rows["id"].str.contains("local").any()


def test_hy_series_answers_and_keeps_its_charts(panel):
    assert isinstance(hy.series, ModuleType) and callable(hy.series.draw_series)
    asked = hy.series("gdp.growth", area=PLACE, panel=panel)
    assert asked.equals(hy.panel.series("gdp.growth", area=PLACE, panel=panel))


@pytest.mark.full
def test_charts_of_a_series_do_not_load_the_panel():
    code = (
        "import sys, hyreport as hy; hy.series.draw_series; print('hyreport.panel' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stdout.strip() == "False", done.stderr


def test_what_is_not_there_is_named(panel, tmp_path):
    with pytest.raises(UnknownNameError, match=r"gdp\.growth"):
        hy.series("gdp.grwth", area=PLACE, panel=panel)
    with pytest.raises(UnknownNameError, match="did you mean 衡阳市"):
        hy.series("gdp.growth", area="衡阳", panel=panel)
    with pytest.raises(HyreportError, match="get a clone of the project, or make one"):
        hy.series("gdp.growth", area=PLACE, panel=tmp_path)


def test_the_table_of_names_knows_each_indicator_and_agrees_with_the_reports():
    rows = read_rows(PACKAGE / "panel" / "beside.csv")
    assert [row["indicator"] for row in rows] == list(headline_indicators())
    by_series = {name: row["reports"] for row in rows for name in row["series"].split()}
    known = set(hy.load_reference()["series"])
    assert set(by_series) <= known
    for row in read_rows(RAW / "series.csv"):
        assert by_series.get(row["series"], row["indicator"]) == row["indicator"]
