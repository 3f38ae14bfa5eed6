"""A cell that other cells speak against is a guess, and says why."""

import pandas as pd
import pytest

from hyreport.panel.doubts import mark_doubts
from hyreport.panel.reading import headline_indicators
from hyreport.paths import PACKAGE
from hyreport.words.tables import read_rows


def cells(indicator, *values, kind="actual", area="430400", first=2010):
    rows = [
        {"area_code_now": area, "indicator": indicator, "kind": kind, "period": first + number}
        | {"value": value, "certainty": "A" if value else "", "doubt": ""}
        for number, value in enumerate(values)
    ]
    return pd.DataFrame(rows).astype({"value": "float64"})


def doubts(*columns, **options):
    marked = mark_doubts(cells(*columns, **options))
    assert ((marked["doubt"] != "") == (marked["certainty"] == "C")).all()
    return marked["doubt"].tolist()


def test_a_level_far_from_the_years_around_is_doubted_and_its_neighbours_are_not():
    assert doubts("new_urban_jobs.level", 5, 5, 27, 5, 6) == ["", "", "nearby_years", "", ""]


def test_growth_that_is_steep_but_steady_is_not_doubted():
    assert doubts("gdp.level", 100, 130, 170, 220, 290) == [""] * 5


def test_two_levels_alone_are_doubted_only_where_far_apart():
    assert doubts("gdp.level", 100, 300) == ["", ""]
    assert doubts("gdp.level", 100, 600) == ["nearby_years"] * 2


def test_other_places_and_targets_are_no_neighbours():
    both = pd.concat([cells("gdp.level", 5, 5, 5), cells("gdp.level", 90, 90, area="430100")])
    assert (mark_doubts(both.reset_index(drop=True))["doubt"] == "").all()
    assert doubts("fixed_asset_investment.level", 50, 500, 50, kind="target") == [""] * 3


@pytest.mark.parametrize(("indicator", "value"), [("gdp.growth", 109.8), ("unemployment.rate", 25)])
def test_a_number_that_cannot_be_is_doubted(indicator, value):
    assert doubts(indicator, value, kind="target") == ["range"]


def test_a_cell_without_a_number_has_no_doubt():
    assert doubts("gdp.growth", None) == [""]


def test_what_a_reader_found_wrong_is_doubted_until_the_cell_holds_another_value():
    both = cells("gdp.growth", 10.2, 8, kind="target").assign(report=["000000-1996", "000000-1997"])
    row = {"report": "000000-1996", "indicator": "gdp.growth", "kind": "target", "value": "10.2"}
    audit = pd.DataFrame([row | {"verdict": "wrong"}, row | {"value": "", "verdict": "missed"}])
    assert mark_doubts(both, audit)["doubt"].tolist() == ["audit", ""]
    assert mark_doubts(both.assign(value=8.0), audit)["doubt"].tolist() == ["", ""]


def test_every_indicator_has_a_range():
    rows = read_rows(PACKAGE / "panel" / "ranges.csv")
    assert [row["indicator"] for row in rows] != []
    assert {row["indicator"] for row in rows} == {*headline_indicators()}
