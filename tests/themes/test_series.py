"""Every yearly series as one picture, against the table read anew by the csv module."""

import csv
from collections import defaultdict

import pytest
from matplotlib.colors import to_hex

from hyreport.data.report import Report
from hyreport.paths import PROCESSED
from hyreport.studies import hengyang_2018 as study
from hyreport.themes.look import ACCENT, draw_bars, draw_marks, start_chart
from hyreport.themes.series import BREAK, REPORTED, SERIES, TARGET, draw_series, yearly_series

REPORT = Report("hengyang-2018")
TABLE = yearly_series(REPORT, study.SERIES)
with (PROCESSED / "hengyang-2018" / "reference.csv").open(encoding="utf-8", newline="") as stream:
    OUTSIDE = list(csv.DictReader(stream))


def read_again() -> dict[tuple[str, str], dict[int, float]]:
    """Take the last publication of each year, a first release behind any other."""
    found = defaultdict(dict)
    for row in sorted(
        OUTSIDE, key=lambda row: (row["vintage"] != "first release", row["known_by"])
    ):
        year = row["time_period"]
        if row["ref_area"] == "430400" and row["role"] == "actual" and len(year) == 4:
            found[row["series"], row["unit"]][int(year)] = float(row["value"])
    return {key: years for key, years in found.items() if len(years) >= 3}


def test_every_series_of_three_years_or_more_is_there_with_every_year():
    outside = TABLE[TABLE["kind"].isin([SERIES, BREAK])]
    found = {
        key: dict(zip(rows["year"], rows["value"], strict=True))
        for key, rows in outside.groupby(["series", "unit"])
    }
    assert found == read_again() and len(found) == 15


def test_breaks_are_those_marked_and_runs_end_at_breaks_and_gaps():
    marked = {
        (row["series"], int(row["time_period"]))
        for row in OUTSIDE
        if row["obs_status"] == "B" and row["ref_area"] == "430400"
    }
    breaks = TABLE[TABLE["kind"] == BREAK]
    assert set(zip(breaks["series"], breaks["year"], strict=True)) == marked
    runs = TABLE[TABLE["stretch"] > 0].groupby("stretch")
    for _, run in runs:
        assert run["year"].diff().dropna().eq(1).all()
        assert (run["kind"].iloc[1:] == SERIES).all() and run["series"].nunique() == 1


def test_what_the_report_prints_stands_at_its_years():
    own = TABLE[TABLE["kind"].isin([REPORTED, TARGET])]
    found = defaultdict(list)
    for row in own.to_dict("records"):
        found[row["series"], row["kind"]].append((row["year"], row["value"]))
    assert found["gdp", REPORTED] == [(2017, 3193.0)]
    assert found["gdp_growth_real", TARGET] == [(2018, 8.0), (2018, 8.5)]
    assert found["total_budget_revenue", REPORTED] == [(2017, 252.01)]
    assert found["trade_growth", TARGET] == [(2018, 20.0)]
    units = TABLE.groupby("series")["unit"].nunique()
    assert (units == 1).all(), units[units > 1]


def test_each_chart_draws_its_series_with_hollow_breaks_and_the_report_in_colour():
    labels = {"gdp": "Output"}
    figure = draw_series(TABLE, "A finding", "sub", "Source: own", labels=labels)
    assert len(figure.axes) == TABLE["series"].nunique()
    titles = [axes.get_title("left") for axes in figure.axes]
    assert titles[0] == "Output\n100 million yuan"
    growth = figure.axes[[title.startswith("gdp growth") for title in titles].index(True)]
    drawn = _list_marks(growth)
    rows = TABLE[TABLE["series"] == "gdp_growth_real"]
    points = sorted((year, value) for year, value, _ in drawn)
    assert points == sorted(zip(rows["year"], rows["value"], strict=True))
    lines = [line for line in growth.lines if len(line.get_xdata()) > 1]
    assert [len(line.get_xdata()) for line in lines] == [12, 8]
    revenue = figure.axes[[title.startswith("local budget") for title in titles].index(True)]
    assert [fill for _, _, fill in _list_marks(revenue)].count("#ffffff") == 2
    assert ACCENT in [fill for _, _, fill in drawn]
    assert revenue.get_ylim()[0] == 0 < growth.get_ylim()[0]
    assert [text.get_text() for text in figure.texts] == ["A finding", "sub", "Source: own"]


def _list_marks(axes):
    """Return year, value and fill of each mark."""
    return [
        (*point, to_hex(marks.get_facecolors()[0]))
        for marks in axes.collections
        for point in marks.get_offsets().tolist()
    ]


def test_rates_fall_and_the_level_stands_apart_as_the_page_says():
    growth = read_again()["gdp_growth_real", "percent"]
    assert max(growth.values()) == growth[2007] == 15.3
    level = read_again()["gdp", "100 million yuan"]
    assert 3193 > level[2018] > level[2017]
    revenue = read_again()["local_budget_revenue", "100 million yuan"]
    assert 1 - revenue[2017] / revenue[2016] == pytest.approx(0.2, abs=0.01)


def test_marks_stand_on_the_bar_of_their_row():
    axes = start_chart("A finding", "percent", "Source: own")[1]
    bars = study.opening_rates(REPORT).drop_duplicates("indicator")
    bars = bars.assign(text="own", obs_status="", value=9.0)[
        ["label", "value", "text", "obs_status"]
    ]
    draw_bars(axes, bars)
    marks = study.opening_rates(REPORT).rename(columns={"value": "value_beside"}).assign(value=9.0)
    draw_marks(axes, marks)
    found = sorted((line.get_xdata()[0], line.get_marker()) for line in axes.lines)
    assert [x for x, _ in found] == sorted(marks["value_beside"])
    assert {marker for _, marker in found} == {"D", "^"}
    assert "Hunan 8%, China 6.9%" in [text.get_text() for text in axes.texts]
