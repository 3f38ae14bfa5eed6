"""Nothing from the future gets into a forecast, and what would let it in is caught."""

import ast
import tomllib

import pandas as pd
import pytest
from study import REPORT_ID

import hyreport as hy
from hyreport.errors import LeakError, UnknownNameError
from hyreport.paths import RAW, ROOT
from hyreport.themes.growth.benchmarks import growth_outcomes
from hyreport.themes.growth.forecasts import forecast_growth, past_forecasts
from hyreport.themes.growth.known import (
    ASSUMED,
    PSEUDO,
    SURE,
    as_if_in,
    check_known,
    growth_known,
    origin_in,
)
from hyreport.themes.growth.score import judge, score

REPORT = hy.Report("hengyang-2018")
REPORTED, FIGURES, REFERENCE = REPORT.reported, REPORT.figures, REPORT.reference
KNOWN = growth_known(REPORT)


def with_tables(reference=REFERENCE, figures=FIGURES, **facts):
    """Make a report like ours with other tables or other facts."""
    return hy.Report.of(REPORT.facts | facts, figures=figures, reference=reference)


def plant(year, value, known_by):
    """Put a figure into the reference table in place of the one that is there."""
    of_year = (
        (REFERENCE["series"] == "gdp_growth_real")
        & (REFERENCE["vintage"] == "yearbook")
        & (REFERENCE["time_period"] == year)
    )
    assert of_year.sum() == 1
    planted = REFERENCE.copy()
    planted.loc[of_year, ["value", "known_by"]] = [value, known_by]
    return with_tables(planted)


def forecasts_from(report):
    return forecast_growth(growth_known(report), vintage_date=REPORTED)


def test_the_history_is_what_was_surely_public_and_2016_by_assumption():
    assert KNOWN["date"].tolist() == [str(year) for year in range(2005, 2018)]
    assert KNOWN.loc[KNOWN["grounds"] == ASSUMED, "date"].tolist() == ["2016"]
    sure = KNOWN[KNOWN["grounds"] == SURE]
    assert (sure["known_by"] <= REPORTED).all()
    without = growth_known(REPORT, with_doubtful=False)
    assert without.equals(sure.reset_index(drop=True))


def test_the_last_value_is_the_estimate_of_the_report():
    last = KNOWN.iloc[-1]
    assert (last["value"], last["obs_status"], last["known_by"]) == (8.5, "E", REPORTED)
    report = tomllib.loads((RAW / REPORT_ID / "report.toml").read_text(encoding="utf-8"))
    assert report["reported"].isoformat() == REPORTED


def test_what_is_in_doubt_follows_from_the_base_year():
    """The same outside figures, one year on: 2016 is sure by then, and 2017 is not there."""
    later = {"base_year": 2018, "target_year": 2019, "reported": "2019-01-09"}
    figures = FIGURES.assign(period=FIGURES["period"].replace("2017", "2018"))
    known = growth_known(with_tables(plant("2018", 8.3, "2021-12-31").reference, figures, **later))
    assert set(known["grounds"]) == {SURE}
    assert known["date"].tolist()[-2:] == ["2016", "2018"]
    rows = REFERENCE["series"].eq("gdp_growth_real") & REFERENCE["time_period"].eq("2016")
    doubtful = REFERENCE[rows].assign(time_period="2017", known_by="2019-12-31")
    report = with_tables(pd.concat([REFERENCE, doubtful]), figures, **later)
    grounds = growth_known(report).set_index("date")["grounds"]
    assert grounds[grounds == ASSUMED].index.tolist() == ["2017"]
    assert "2017" not in set(growth_known(report, with_doubtful=False)["date"])


def test_a_report_read_in_december_prints_its_own_year():
    report = with_tables(reported="2017-12-28")
    known = growth_known(report).set_index("date")
    assert known.loc[["2016", "2017"], "used_from"].tolist() == ["2017-12-28"] * 2
    made = forecast_growth(known.reset_index(), vintage_date="2017-12-28", models=["last value"])
    assert made[["date", "value"]].to_numpy().tolist() == [["2018", 8.5]]
    with pytest.raises(LeakError, match="2017: found a year that is not over"):
        growth_known(with_tables(reported="2017-11-30"), with_doubtful=False)


def test_a_report_whose_area_has_no_series_is_refused_by_name():
    for report in (with_tables(REFERENCE.head(0)), with_tables(ref_area="430100")):
        with pytest.raises(UnknownNameError, match=r"no yearly gdp_growth_real of area 430[14]00"):
            growth_known(report)
        with pytest.raises(UnknownNameError, match=r"To fix: add rows to data/raw/reference\.csv"):
            growth_outcomes(report)


def test_a_report_without_growth_is_refused_by_name():
    figures = FIGURES[FIGURES["indicator"] != "gdp.growth"]
    with pytest.raises(UnknownNameError, match=r"actual of gdp\.growth for 2017: found no figure"):
        growth_known(with_tables(figures=figures))


def test_growth_that_is_only_about_known_has_no_ends():
    """As 增长8.5%左右: it enters history and outcomes, and leaves the ends of errors open."""
    ours = FIGURES["figure_id"] == "gdp.growth.2017"
    figures = FIGURES.assign(
        qualifier=FIGURES["qualifier"].mask(ours, "about"),
        low=FIGURES["low"].mask(ours),
        high=FIGURES["high"].mask(ours),
    )
    report = with_tables(figures=figures)
    known = growth_known(report)
    assert known.iloc[-1][["value", "low", "high"]].isna().tolist() == [False, True, True]
    past, came = past_forecasts(known, models=["last value"]), growth_outcomes(report)
    error = score(judge(past, came))["mae_last_value"]
    assert error.low is not None and error.high is None
    assert score(judge(past, came))["mean_error_last_value"].low is None
    assert score(judge(past[past["date"] < "2017"], came))["mae_last_value"].high is not None


def test_of_two_vintages_the_one_known_last_stands():
    rows = REFERENCE["series"].eq("gdp_growth_real") & REFERENCE["time_period"].eq("2014")
    rows &= REFERENCE["ref_area"] == REPORT.area
    first = REFERENCE[rows].assign(value=9.2, vintage="first release", known_by="2015-03-31")
    report = with_tables(pd.concat([first, REFERENCE]))
    for origin, value in (("2016-12-30", 9.2), ("2016-12-31", 9.9)):
        known = growth_known(report, origin=origin).set_index("date")
        assert known.loc["2014", "value"] == value
    with pytest.raises(LeakError, match="2014: found a year that stands twice"):
        growth_known(with_tables(pd.concat([REFERENCE[rows], REFERENCE])))


def test_the_source_is_named_by_the_reports_facts():
    assert KNOWN["source"].iloc[-1] == "Hengyang government work report 2018"
    facts = {name: value for name, value in REPORT.facts.items() if name != "short_en"}
    report = hy.Report.of(facts, figures=FIGURES, reference=REFERENCE)
    assert growth_known(report)["source"].iloc[-1] == REPORT.facts["title_en"]


def test_an_earlier_origin_knows_neither_2016_nor_the_report():
    then = growth_known(REPORT, origin="2016-06-30").set_index("date")
    assert then.index[-2:].tolist() == ["2013", "2015"]
    assert then.loc["2015", ["value", "vintage"]].tolist() == [8.8, "first release"]
    later = growth_known(REPORT, origin="2018-01-03").set_index("date")
    assert later.index.max() == "2015"
    assert later.loc["2015", ["value", "vintage"]].tolist() == [8.72, "yearbook"]


@pytest.mark.parametrize("year", ["2018", "2019"])
def test_a_figure_of_a_later_year_changes_nothing(year):
    planted = plant(year, 99.0, "2020-12-31")
    assert forecasts_from(planted).equals(forecasts_from(REPORT))


@pytest.mark.parametrize("year", ["2018", "2019"])
def test_a_figure_of_a_later_year_is_caught_even_with_an_early_day(year):
    with pytest.raises(LeakError, match="not over"):
        forecasts_from(plant(year, 99.0, REPORTED))


def test_a_later_print_of_an_earlier_year_changes_nothing_and_an_earlier_one_does():
    later = growth_known(plant("2014", 99.0, "2018-01-05"))
    assert 99.0 not in set(later["value"])
    assert not forecasts_from(plant("2014", 99.0, "2018-01-04")).equals(forecasts_from(REPORT))


def test_a_figure_without_a_day_stays_out():
    history = growth_known(plant("2010", 99.0, ""))
    assert "2010" not in set(history["date"])


def broken(**changes):
    """A history as a faulty loader would make it: one more row, or one changed."""
    row = KNOWN.iloc[[-1]].assign(**changes)
    kept = KNOWN[~KNOWN["date"].isin(row["date"])]
    return pd.concat([kept, row], ignore_index=True).sort_values("date", ignore_index=True)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"date": "2018", "known_by": "2020-12-31", "used_from": "2020-12-31"}, "not over"),
        ({"known_by": "2020-12-31", "used_from": "2020-12-31"}, "used only later"),
        ({"known_by": "2020-12-31"}, "before it was surely public"),
        ({"known_by": "2020-12-31", "grounds": ASSUMED}, "not in doubt"),
        ({"grounds": PSEUDO, "used_from": "2017-12-31"}, "before its year was over"),
        ({"known_by": ""}, "no day"),
        ({"grounds": "trust me"}, "unknown grounds"),
        ({"value": float("nan")}, "no number"),
    ],
)
def test_a_broken_loader_is_caught(changes, words):
    with pytest.raises(LeakError, match=words):
        forecast_growth(broken(**changes), vintage_date=REPORTED)


def test_a_year_that_stands_twice_or_out_of_order_is_caught():
    for history in (pd.concat([KNOWN, KNOWN.tail(1)], ignore_index=True), KNOWN[::-1]):
        with pytest.raises(LeakError, match="twice or out of order"):
            check_known(history.reset_index(drop=True), REPORTED)


def test_a_past_origin_sees_only_the_years_before_it():
    for year in range(2011, 2018):
        seen = as_if_in(KNOWN, year)
        assert seen["date"].max() == str(year - 1)
        check_known(seen, origin_in(year))
        with pytest.raises(LeakError):
            check_known(as_if_in(KNOWN, year + 1), origin_in(year))


def test_past_forecasts_do_not_move_with_what_came_after_them():
    changed = KNOWN.assign(value=KNOWN["value"].mask(KNOWN["date"] >= "2014", 20.0))
    until = past_forecasts(KNOWN, until=2014)
    assert past_forecasts(changed, until=2014).equals(until)
    assert not past_forecasts(changed, until=2015).equals(past_forecasts(KNOWN, until=2015))


def test_no_forecasting_module_can_reach_the_outcomes():
    seen, waiting = set(), ["themes.growth.forecasts"]
    while waiting:
        name = waiting.pop()
        seen.add(name)
        path = ROOT.joinpath("hyreport", *name.split("."))
        path = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
        tree = ast.parse(path.read_text(encoding="utf-8"))
        found = {
            node.module.removeprefix("hyreport.")
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom) and node.module.startswith("hyreport.")
        }
        waiting += sorted(found - seen)
    growth = {name.removeprefix("themes.growth.") for name in seen}
    assert {"models", "known"} <= growth
    assert not growth & {"benchmarks", "score", "vintages"}


def test_only_the_real_time_module_reads_the_tables_for_forecasts():
    for name in ("forecasts", "models"):
        text = (ROOT / "hyreport" / "themes" / "growth" / f"{name}.py").read_text(encoding="utf-8")
        code = "\n".join(line for line in text.splitlines() if line.startswith(("import", "from")))
        assert "hyreport.data.load" not in code
