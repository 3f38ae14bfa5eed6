"""Nothing from the future gets into a forecast, and what would let it in is caught."""

import ast
import tomllib

import pandas as pd
import pytest

import hyreport as hy
from hyreport.errors import LeakError
from hyreport.paths import RAW, REPORT_ID, ROOT
from hyreport.themes.growth.forecasts import forecast_growth, past_forecasts
from hyreport.themes.growth.known import (
    ASSUMED,
    PSEUDO,
    REPORTED,
    SURE,
    as_if_in,
    check_known,
    growth_known,
    origin_in,
)

FIGURES, REFERENCE = hy.load_figures(), hy.load_reference()
KNOWN = growth_known(REFERENCE, FIGURES)


def plant(year, value, known_by, reference=REFERENCE):
    """Put a figure into the reference table in place of the one that is there."""
    of_year = (
        (reference["series"] == "gdp_growth_real")
        & (reference["role"] == "actual")
        & (reference["time_period"] == year)
    )
    assert of_year.sum() == 1
    planted = reference.copy()
    planted.loc[of_year, ["value", "known_by"]] = [value, known_by]
    return planted


def forecasts_from(reference):
    return forecast_growth(growth_known(reference, FIGURES), vintage_date=REPORTED)


def test_the_history_is_what_was_surely_public_and_2016_by_assumption():
    assert KNOWN["date"].tolist() == [str(year) for year in range(2005, 2018)]
    assert KNOWN.loc[KNOWN["grounds"] == ASSUMED, "date"].tolist() == ["2016"]
    sure = KNOWN[KNOWN["grounds"] == SURE]
    assert (sure["known_by"] <= REPORTED).all()
    without = growth_known(REFERENCE, FIGURES, with_2016=False)
    assert without.equals(sure.reset_index(drop=True))


def test_the_last_value_is_the_estimate_of_the_report():
    last = KNOWN.iloc[-1]
    assert (last["value"], last["obs_status"], last["known_by"]) == (8.5, "E", REPORTED)
    report = tomllib.loads((RAW / REPORT_ID / "report.toml").read_text(encoding="utf-8"))
    assert report["reported"].isoformat() == REPORTED


def test_an_earlier_origin_knows_neither_2016_nor_the_report():
    assert growth_known(REFERENCE, FIGURES, origin="2016-06-30")["date"].max() == "2013"
    assert growth_known(REFERENCE, FIGURES, origin="2018-01-03")["date"].max() == "2015"


@pytest.mark.parametrize("year", ["2018", "2019"])
def test_a_figure_of_a_later_year_changes_nothing(year):
    planted = plant(year, 99.0, "2020-12-31")
    assert forecasts_from(planted).equals(forecasts_from(REFERENCE))


@pytest.mark.parametrize("year", ["2018", "2019"])
def test_a_figure_of_a_later_year_is_caught_even_with_an_early_day(year):
    with pytest.raises(LeakError, match="not over"):
        forecasts_from(plant(year, 99.0, REPORTED))


def test_a_later_print_of_an_earlier_year_changes_nothing_and_an_earlier_one_does():
    later = growth_known(plant("2014", 99.0, "2018-01-05"), FIGURES)
    assert 99.0 not in set(later["value"])
    assert not forecasts_from(plant("2014", 99.0, "2018-01-04")).equals(forecasts_from(REFERENCE))


def test_a_figure_without_a_day_stays_out():
    history = growth_known(plant("2010", 99.0, ""), FIGURES)
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
