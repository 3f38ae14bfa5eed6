"""A day is read or refused in one line that says where; nothing compares days as text."""

from datetime import date, datetime

import numpy as np
import pandas as pd
import pytest
from study import REPORT_ID

import hyreport as hy
from hyreport.data.days import has_day, read_day, read_days, read_year, read_years
from hyreport.data.facts import read_report
from hyreport.data.schema import Column
from hyreport.data.tables import check_cell
from hyreport.errors import DayError, LeakError, RawDataError
from hyreport.paths import PROCESSED, RAW
from hyreport.themes.growth.forecasts import forecast_growth, past_forecasts
from hyreport.themes.growth.known import as_if_in, growth_known, origin_in
from hyreport.themes.growth.vintages import series_breaks, usable_years

REPORT = hy.Report("hengyang-2018")
REPORTED, REFERENCE = REPORT.reported, REPORT.reference
KNOWN = growth_known(REPORT)
DAYS = ["2018-01-03", date(2018, 1, 3), datetime(2018, 1, 3), pd.Timestamp("2018-01-03")]
DAYS += [np.datetime64("2018-01-03"), np.datetime64("2018-01-03", "ns"), np.str_("2018-01-03")]
NO_DAYS = [
    "2018-1-3",
    "2018/01/03",
    "2018-02-30",
    "2018-13-01",
    "0000-01-01",
    "2018",
    "20180103",
    "2018-W01-3",
    "２０１８-01-03",
    "2018年1月3日",
    "2018-01-03 ",
    "2018-01-03T00:00:00",
    20180103,
    2018.0,
    True,
    datetime(2018, 1, 3, 12),
    pd.Timestamp("2018-01-03", tz="UTC"),
    np.datetime64("2018-01"),
    np.datetime64("2018-01-03T12"),
    np.int64(20180103),
]
BLANKS = ["", None, float("nan"), pd.NaT, pd.NA, np.datetime64("NaT")]


def with_reference(reference, figures=REPORT.figures):
    return hy.Report.of(REPORT.facts, figures=figures, reference=reference)


def changed_in_2010(column, cell):
    return with_reference(put(REFERENCE, column, "2010", cell))


def put(table, column, year, cell):
    """Return the table with one cell of one year changed, whatever its kind."""
    rows = table["date" if "date" in table else "time_period"] == year
    return table.assign(**{column: table[column].astype(object).mask(rows, cell)})


@pytest.mark.parametrize("cell", DAYS, ids=repr)
def test_the_same_day_in_whatever_kind_is_read(cell):
    assert read_day(cell, "") == date(2018, 1, 3)
    with pytest.raises(LeakError, match="2016, 2017"):
        forecast_growth(KNOWN, vintage_date=cell)
    assert growth_known(REPORT, origin=cell)["date"].max() == "2015"
    later = put(REFERENCE, "known_by", "2010", cell)
    history = growth_known(with_reference(later)).set_index("date")
    assert history.loc["2010", ["known_by", "used_from"]].tolist() == ["2018-01-03"] * 2
    with pytest.raises(LeakError, match="2010, 2016, 2017: found a figure used only"):
        forecast_growth(put(KNOWN, "used_from", "2010", cell), vintage_date="2018-01-02")


@pytest.mark.parametrize("cell", [*NO_DAYS, *BLANKS], ids=repr)
def test_what_is_no_day_is_refused_wherever_a_day_is_asked_for(cell):
    calls = [lambda: forecast_growth(KNOWN, vintage_date=cell, models=["last value"])]
    if cell is not None:  # which stands for the day of the report
        calls += [
            lambda: growth_known(REPORT, origin=cell),
            lambda: series_breaks(REPORT, ["retail_sales"], origin=cell),
            lambda: usable_years(REPORT, ["retail_sales"], origin=cell),
        ]
    for call in calls:
        with pytest.raises(DayError) as caught:
            call()
        assert "\n" not in str(caught.value)
        assert caught.value.place.endswith(("origin", "vintage_date"))


@pytest.mark.parametrize("cell", NO_DAYS, ids=repr)
def test_a_readers_table_is_refused_by_row_and_column(cell):
    for column in ("known_by", "used_from"):
        with pytest.raises(DayError, match=f"2018-01-04, row 5, column {column}: found"):
            forecast_growth(put(KNOWN, column, "2010", cell), vintage_date=REPORTED)
    with pytest.raises(DayError, match=r"reference, row \d+, column known_by: found"):
        growth_known(changed_in_2010("known_by", cell))


@pytest.mark.parametrize("cell", BLANKS, ids=repr)
def test_a_blank_day_is_never_let_in(cell):
    assert "2010" not in set(growth_known(changed_in_2010("known_by", cell))["date"])
    breaks = series_breaks(changed_in_2010("known_by", cell), ["local_budget_revenue"])
    breaks = breaks.set_index(["series", "date"])
    assert breaks.loc[("local budget revenue", "2010"), "known"] == "no"
    for column in ("known_by", "used_from"):
        with pytest.raises(LeakError, match="2010: found no day"):
            forecast_growth(put(KNOWN, column, "2010", cell), vintage_date=REPORTED)


def test_days_are_compared_as_days():
    for last in ("9999-12-31", date(2018, 1, 5), pd.Timestamp("2018-01-05")):
        history = growth_known(changed_in_2010("known_by", last))
        assert "2010" not in set(history["date"])
    typed = KNOWN.assign(**{n: pd.to_datetime(KNOWN[n]) for n in ("known_by", "used_from")})
    typed["date"] = typed["date"].astype(int)
    pd.testing.assert_frame_equal(past_forecasts(typed), past_forecasts(KNOWN))


def test_a_table_read_without_care_gives_the_same_history():
    careless = pd.read_csv(PROCESSED / REPORT_ID / "reference.csv", encoding="utf-8")
    figures = pd.read_csv(PROCESSED / REPORT_ID / "figures.csv", encoding="utf-8")
    history = growth_known(with_reference(careless, figures))
    assert history["known_by"].tolist() == KNOWN["known_by"].tolist()
    assert history["value"].tolist() == KNOWN["value"].tolist()


@pytest.mark.parametrize("cell", ["２０１０", " 2010", "10", "2010-01", 2010.0, None, "", True])
def test_what_is_no_year_is_refused(cell):
    with pytest.raises(DayError, match="row 5, column date"):
        forecast_growth(put(KNOWN, "date", "2010", cell), vintage_date=REPORTED)
    with pytest.raises(DayError, match="as_if_in, year"):
        as_if_in(KNOWN, cell)


def test_years_and_columns():
    table = pd.DataFrame({"date": ["2016", 2017]}, index=[7, 7])
    assert read_years(table, "date", "").tolist() == [2016, 2017]
    assert read_year("0999", "") == 999 and origin_in(999) == "0999-01-31"
    with pytest.raises(DayError, match="mine: found no column known_by"):
        read_days(table, "known_by", "mine")
    assert has_day(table, "date", "").tolist() == [True, True]


@pytest.mark.parametrize("cell", ["2018-02-30", "2018-1-3", "２０１８-01-03", "2017-02-29"])
def test_a_typed_table_holds_real_days(cell, tmp_path):
    column = Column("known_by", "date", "Day")
    check_cell("2016-02-29", column, "row 2")
    with pytest.raises(RawDataError, match="row 2, column known_by"):
        check_cell(cell, column, "row 2")
    facts = (RAW / REPORT_ID / "report.toml").read_text(encoding="utf-8")
    path = tmp_path / "report.toml"
    path.write_text(facts.replace("= 2018-01-04", f'= "{cell}"'), encoding="utf-8")
    with pytest.raises(RawDataError, match=r"report\.toml, reported"):
        read_report(path)
