"""Forecasts set against what came: errors by hand, and what the page says of them."""

from functools import cache
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

import hyreport as hy
from hyreport.errors import HyreportError, IntervalError
from hyreport.numbers.rounding import stated
from hyreport.themes.growth.benchmarks import growth_outcomes, official_targets, replace_year
from hyreport.themes.growth.forecasts import past_forecasts
from hyreport.themes.growth.known import growth_known
from hyreport.themes.growth.models import MODELS
from hyreport.themes.growth.score import judge, score, scorecard, single_errors

REPORT = hy.Report("hengyang-2018")
KNOWN = growth_known(REPORT)
CAME = growth_outcomes(REPORT)
AIMS = official_targets(REPORT, years=["2015", "2018"])


@cache
def past() -> pd.DataFrame:
    return past_forecasts(KNOWN)


@cache
def judged() -> pd.DataFrame:
    return judge(past(), CAME)


def test_outcomes_are_one_a_year_and_2017_is_the_estimate():
    assert not CAME["date"].duplicated().any()
    by_year = CAME.set_index("date")
    assert by_year.loc["2017", "series_id"] == "hengyang-2018:gdp.growth.2017"
    assert by_year.loc["2017", "obs_status"] == "E"
    assert by_year.loc["2018", ["value", "low", "high"]].tolist() == [8.3, 8.25, 8.35]
    assert by_year.loc["2015", ["value", "vintage"]].tolist() == [8.72, "yearbook"]
    assert by_year.loc[["2024", "2025"], "vintage"].tolist() == ["first release"] * 2


def test_targets_stand_as_printed():
    assert AIMS.set_index(["date", "source"])["value"].to_dict() == {
        ("2015", "official target"): 9.0,
        ("2015", "official stretch target"): 9.5,
        ("2018", "official target"): 8.0,
        ("2018", "official stretch target"): 8.5,
    }
    assert (AIMS["vintage_date"].str[:4].astype(int) <= AIMS["date"].astype(int)).all()


def test_the_errors_of_the_last_value_by_hand():
    growth = [15.1, 14.2, 11.8, 10.82, 9.9, 8.72, 7.9, 8.5, 8.3]
    errors = [after - before for before, after in pairwise(growth)]
    results = score(judged())
    assert float(results["mae_last_value"].value) == round(sum(map(abs, errors)) / 8, 2)
    root = (sum(error**2 for error in errors) / 8) ** 0.5
    assert float(results["rmse_last_value"].value) == round(root, 2)
    assert float(results["mean_error_last_value"].value) == round(sum(errors) / 8, 2)
    assert results["skill_last_value"].value == 0


@pytest.mark.full
def test_the_ends_hold_whatever_the_outcomes_were():
    results = score(judged())
    ends = CAME.set_index("date").loc[[str(year) for year in range(2011, 2019)]]
    dice = np.random.default_rng(20180104)
    for _ in range(200):
        drawn = dice.uniform(ends["low"], ends["high"])
        for model in ("last value", "mean"):
            rows = past()[past()["source"] == model].set_index("date").loc[ends.index]
            error = drawn - rows["value"]
            name = model.replace(" ", "_")
            for measure, size in (
                ("mae", error.abs().mean()),
                ("rmse", (error**2).mean() ** 0.5),
                ("mean_error", error.mean()),
            ):
                made = results[f"{measure}_{name}"]
                assert float(made.low) <= size <= float(made.high)


def test_the_ends_are_reached_at_the_corners():
    made = pd.DataFrame(
        {"date": ["2018", "2019"], "source": "last value", "value": [8.3, 8.0], "low": 7.0}
    ).assign(high=9.0, inputs="")
    mae = score(judge(made, CAME))["mae_last_value"]
    # 2018 may have been forecast exactly, 2019 was off by 0.05 to 0.15.
    assert (float(mae.low), float(mae.value), float(mae.high)) == (0.02, 0.05, 0.1)


def made_by(source, values, dates=("2018", "2019")):
    """Forecasts for two years whose outcomes are 8.3 and 8.1, each to half a tenth."""
    made = pd.DataFrame({"date": dates, "source": source, "value": values, "low": float("nan")})
    return made.assign(high=float("nan"), inputs="")


def test_the_ends_of_skill_set_the_best_against_the_worst():
    # Errors of "one" are 0.5 and 0.3, of the last value 1.0 and 0.6, each to half a tenth.
    both = pd.concat([made_by("last value", [7.3, 7.5]), made_by("one", [7.8, 7.8])])
    skill = score(judge(both, CAME))["skill_one"]
    assert skill.value == 50  # 1 - 0.4 / 0.8
    assert skill.low == 40  # 1 - 0.45 / 0.75
    assert skill.high == 59  # 1 - 0.35 / 0.85 = 58.8, upwards


def test_the_ends_are_rounded_outwards():
    results = score(judge(made_by("last value", [8.296, 8.103]), CAME))
    error = results["mean_error_last_value"]
    # (0.004 - 0.003) / 2 = 0.0005, to half a tenth: -0.0495 to 0.0505.
    assert (float(error.low), float(error.value), float(error.high)) == (-0.05, 0.0, 0.06)
    error = score(judge(made_by("last value", [8.304, 8.097]), CAME))["mean_error_last_value"]
    assert (float(error.low), float(error.high)) == (-0.06, 0.05)


def test_skill_against_no_error_has_no_end():
    both = pd.concat([made_by("last value", [8.3, 8.12]), made_by("one", [8.0, 8.0])])
    skill = score(judge(both, CAME))["skill_one"]
    assert skill.low is None and skill.high < 0
    perfect = pd.concat([made_by("last value", [8.3, 8.1]), made_by("one", [8.0, 8.0])])
    judged = judge(perfect, CAME)
    assert "skill_one" not in score(judged)
    assert scorecard(judged)["skill"].tolist() == ["", ""]


def test_forecasters_that_tie_stand_by_their_larger_errors_then_by_name():
    ties = {"last value": [7.3, 7.1], "b": [8.2, 8.0], "c": [8.2, 8.0], "a": [8.3, 7.9]}
    card = scorecard(judge(pd.concat([made_by(*item) for item in ties.items()][::-1]), CAME))
    assert card["value"].tolist() == [0.1, 0.1, 0.1, 1.0]
    assert card["source"].tolist() == ["b", "c", "a", "last value"]


def test_an_outcome_at_either_side_of_the_interval_is_outside():
    made = pd.DataFrame({"date": "2018", "source": ["last value", "a", "b"], "value": 8.3}).assign(
        low=[8.0, 8.31, 8.0], high=[8.6, 8.6, 8.29]
    )
    assert judge(made, CAME)["inside"].tolist() == ["yes", "no", "no"]


@pytest.mark.full
def test_nothing_beats_the_last_value_with_2016_or_without():
    for with_doubtful in (True, False):
        known = growth_known(REPORT, with_doubtful=with_doubtful)
        card = scorecard(judge(past_forecasts(known), CAME))
        assert set(MODELS) < set(card["source"])
        assert card["source"].iloc[0] == "last value"
        # Not by a hair either: no rounding of the outcomes makes another the best.
        assert card["high"].iloc[0] < card["low"].iloc[1]


def test_a_better_forecaster_would_come_first():
    seer = CAME[CAME["date"].between("2011", "2018")]
    perfect = past()[past()["source"] == "drift"].assign(source="seer")
    perfect["value"] = seer.set_index("date").loc[perfect["date"], "value"].to_numpy()
    card = scorecard(judge(pd.concat([past(), perfect]), CAME))
    assert card["source"].iloc[0] == "seer" and card["high"].iloc[0] < card["low"].iloc[1]
    assert card["skill"].iloc[0] == 100


def test_a_forecaster_is_held_against_the_last_value_of_its_own_years():
    results = score(judge(pd.concat([past(), AIMS]), CAME))
    target = (abs(8.72 - 9.0) + abs(8.3 - 8.0)) / 2
    naive = (abs(8.72 - 9.9) + abs(8.3 - 8.5)) / 2
    skill = round(100 * (1 - target / naive))
    assert results["skill_official_target"].value == skill
    with pytest.raises(IntervalError, match="without the last value"):
        score(judge(AIMS, CAME))


def test_the_target_was_nearer_in_2015_and_the_last_value_in_2018():
    table = single_errors(judge(pd.concat([past(), AIMS]), CAME), AIMS["date"])
    size = table.set_index(["date", "source"])["value"].abs()
    assert size["2015", "official target"] < size["2015", "last value"]
    assert size["2018", "official target"] > size["2018", "last value"]
    assert size["2018", "official stretch target"] == size["2018", "last value"]
    assert not table["result"].duplicated().any()


def test_most_forecasts_for_2018_lay_within_a_point():
    errors = judged()[judged()["date"] == "2018"]["error"].abs()
    assert (errors < 1).sum() == 6
    assert len(errors) == 8


def test_outcomes_must_be_one_a_year_and_of_the_same_years():
    with pytest.raises(IntervalError, match="two outcomes"):
        judge(past(), pd.concat([CAME, CAME]))
    with pytest.raises(IntervalError, match="no outcome"):
        judge(past(), CAME[CAME["date"] == "2025"])


def test_what_cannot_be_judged_is_refused():
    holes = {"value": float("nan")}
    for call, words in (
        (lambda: judge(past().assign(**holes), CAME), "no number"),
        (lambda: judge(past(), CAME.assign(**holes)), "no number"),
        (lambda: judge(past().head(0), CAME), "no outcome"),
        (lambda: score(judged().head(0)), "no judged forecast"),
        (lambda: scorecard(pd.concat([judged(), judged()])), "two forecasts of one forecaster"),
        (lambda: single_errors(judged(), ["2030"]), "no judged forecast for 2030"),
        (lambda: replace_year(KNOWN, "2030", stated(8, unit="percent", formula="")), "no year"),
    ):
        with pytest.raises(HyreportError, match=words):
            call()


def test_years_may_be_numbers():
    typed = CAME.assign(date=CAME["date"].astype(int))
    pd.testing.assert_frame_equal(judge(past(), typed), judged())
    assert single_errors(judged(), [2018]).equals(single_errors(judged(), ["2018"]))
    other = stated(10.2, unit="percent", formula="note")
    assert replace_year(KNOWN, 2013, other).equals(replace_year(KNOWN, "2013", other))


@pytest.mark.full
def test_the_other_figure_for_2013_is_in_the_note_and_changes_no_finding():
    known = "series == 'gdp_growth_real' and time_period == '2013' and vintage == 'yearbook'"
    note = REPORT.reference.query(known)["note"].item()
    assert "10.2 " in note
    assert 10.2 not in set(KNOWN["value"]) | set(CAME["value"])
    other = stated(10.2, unit="percent", formula="note")
    tried = replace_year(KNOWN, "2013", other)
    card = scorecard(judge(past_forecasts(tried), replace_year(CAME, "2013", other)))
    assert card["source"].iloc[0] == "last value"
    assert "gdp_growth_real.2013" not in " ".join(card["inputs"])
    assert KNOWN.set_index("date").loc["2013", "value"] == 10.82


def test_outcomes_are_the_later_vintage_or_the_first_release():
    row = REPORT.reference.query("series == 'gdp_growth_real' and vintage == 'yearbook'")
    row = row[row["time_period"] == "2016"]
    first = row.assign(vintage="first release", value=7.7, known_by="2017-01-31")
    reference = pd.concat([row, first], ignore_index=True)
    report = hy.Report.of(REPORT.facts, figures=REPORT.figures, reference=reference)
    for kind, value in ((False, 7.9), (True, 7.7)):
        came = growth_outcomes(report, first=kind).set_index("date")["value"]
        assert came.to_dict() == {"2016": value, "2017": 8.5}


def test_targets_of_some_years_alone_can_be_asked_for():
    assert set(AIMS["date"]) == {"2015", "2018"}
    assert set(AIMS["value"]) <= set(official_targets(REPORT)["value"])


def test_strictly_only_2012_was_known_at_the_end_of_2014():
    then = growth_known(REPORT, origin="2014-12-31")
    assert then["date"].max() == "2012"
    made = hy.growth.forecast_growth(then, vintage_date="2014-12-31", horizon=3)
    error = single_errors(judge(made, CAME), ["2015"], suffix="_strict")
    assert error.set_index("source").loc["last value", "value"] == round(8.72 - 11.8, 2)


def test_a_score_names_each_figure_it_rests_on():
    inputs = scorecard(judged()).set_index("source").loc["drift", "inputs"].split()
    years = {str(year) for year in range(2005, 2019)} - {"2017"}
    named = {f"hengyang-2018:reference:gdp_growth_real.{year}.yearbook" for year in years}
    assert set(inputs) == named | {"hengyang-2018:gdp.growth.2017"}
    assert len(inputs) == len(set(inputs))


def test_drift_came_nearest_in_two_years_and_none_in_the_third():
    made = hy.growth.forecast_growth(KNOWN, vintage_date="2018-01-04", horizon=3)
    size = judge(made, CAME).set_index(["date", "source"])["error"].abs()
    assert size["2018"].idxmin() == size["2019"].idxmin() == "drift"
    assert (size["2020"] > 2).all()
    lows = made[made["source"] == "last value"].set_index("date")["low"]
    assert CAME.set_index("date").loc["2020", "value"] < lows["2020"]
