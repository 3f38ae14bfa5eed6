"""Breaks, levels of different prints, and what later publications leave for 2017."""

import pandas as pd
import pytest

import hyreport as hy
from hyreport.errors import IntervalError
from hyreport.paths import ARTIFACTS
from hyreport.studies.hengyang_2018 import (
    BREAKING,
    first_and_later_level,
    growth_by_levels,
    implied_growth_2017,
)
from hyreport.themes.growth.known import growth_known, since_break
from hyreport.themes.growth.vintages import series_breaks, usable_years
from hyreport.words.tables import read_rows

REPORT = hy.Report("hengyang-2018")
REFERENCE = REPORT.reference


def with_reference(reference):
    return hy.Report.of(REPORT.facts, figures=REPORT.figures, reference=reference)


def test_every_flagged_break_of_the_three_series_is_listed():
    flagged = REFERENCE[
        REFERENCE["series"].isin(BREAKING)
        & (REFERENCE["ref_area"] == "430400")
        & (REFERENCE["obs_status"] == "B")
    ]
    made = series_breaks(REPORT, BREAKING)
    listed = set(zip(made["series"].str.replace(" ", "_"), made["date"], strict=True))
    assert set(zip(flagged["series"], flagged["time_period"], strict=True)) <= listed
    assert ("retail_sales", "2006") in listed


def test_changes_at_breaks_are_those_of_the_levels():
    made = series_breaks(REPORT, BREAKING).set_index(["series", "date"])["change_pct"]
    assert made["local budget revenue", "2017"] == round(100 * 162.4102 / 204.6698 - 100, 1)
    assert made["fixed asset investment", "2013"] == round(100 * 1437.2975 / 891.7744 - 100, 1)


def test_only_breaks_public_on_the_day_count_as_known():
    made = series_breaks(REPORT, BREAKING).set_index(["series", "date"])["known"]
    assert made["local budget revenue", "2010"] == "yes"
    assert made["local budget revenue", "2017"] == "no"
    later = series_breaks(REPORT, BREAKING, origin="2019-12-31").set_index(["series", "date"])[
        "known"
    ]
    assert later["local budget revenue", "2017"] == "yes"


def test_usable_years_stop_at_the_day_and_start_at_the_break():
    made = usable_years(REPORT, BREAKING).set_index("series")
    assert made["growth_rates"].to_dict() == {
        "local budget revenue": 5,
        "retail sales": 0,
        "fixed asset investment": 2,
    }
    assert set(made["last_known"]) == {"2015"} and set(made["years_to_target"]) == {3}


def test_the_rates_that_forecasts_use_are_the_usable_ones_and_two_more():
    made = usable_years(REPORT, BREAKING).set_index("series")["growth_rates"]
    for name in BREAKING:
        known = since_break(growth_known(REPORT, series=name))
        assumed = known["grounds"] == "let in by assumption"
        own = ~known["series_id"].str.contains("reference:")
        words = name.replace("_", " ")
        assert made[words] == len(known) - assumed.sum() - own.sum()
        table = ARTIFACTS / REPORT.id / "tables" / "usable_years.csv"
        kept = {row["series"]: row["rates_used"] for row in read_rows(table)}
        assert int(kept[words]) == len(known)


def test_levels_that_are_none_or_stand_twice_are_refused():
    with pytest.raises(IntervalError, match="no level of local_budget_revenue public"):
        usable_years(REPORT, BREAKING, origin="2000-01-01")
    twice = with_reference(pd.concat([REFERENCE, REFERENCE], ignore_index=True))
    for call in (series_breaks, usable_years):
        with pytest.raises(IntervalError, match="two for one year"):
            call(twice, BREAKING)
    none = series_breaks(with_reference(REFERENCE.head(0)), BREAKING)
    assert none.empty and list(none) == list(series_breaks(REPORT, BREAKING))


def test_levels_divided_by_hand():
    table = growth_by_levels(REPORT).set_index(["levels", "quantity"])
    pairs = {
        "2016 yearbook → 2017 report": (3193 / 2853.0158, 8.5),
        "2016 yearbook → 2017 database": (2921.52 / 2853.0158, 8.5),
        "2017 database → 2018 yearbook": (3046.0279 / 2921.52, 8.3),
        "2017 report → 2018 yearbook": (3046.0279 / 3193, 8.3),
    }
    for levels, (ratio, growth) in pairs.items():
        change = table.loc[(levels, "change of levels")]
        assert change["value"] == pytest.approx(100 * ratio - 100, abs=0.05)
        prices = table.loc[(levels, "prices this implies")]
        assert prices["value"] == pytest.approx(100 * ratio / (1 + growth / 100) - 100, abs=0.05)
        assert prices["low"] <= prices["value"] <= prices["high"]
    words = " ".join([*table["basis"], *table.index.get_level_values("levels")])
    assert "undated" in words and "revis" not in words  # the database gives no date
    mixed = table.xs("change of levels", level="quantity").loc["2017 report → 2018 yearbook"]
    assert mixed["high"] < 0


def test_the_average_of_five_years_leaves_room_for_the_estimate():
    made = implied_growth_2017(REPORT)
    rest = 1.079 * 1.083 * 1.081 * 1.04
    assert float(made.value) == pytest.approx(100 * 1.073**5 / rest - 100, abs=0.05)
    assert made.low < pd.Series(hy.figure("gdp.growth.2017").value).item() < made.high


def test_the_level_of_2014_moved_little():
    made = first_and_later_level(REPORT)
    assert float(made.value) == round(100 * 2396.5488 / 2395.56 - 100, 3)
