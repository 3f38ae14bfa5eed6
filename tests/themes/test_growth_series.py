"""Growth of other series: what is known when, gaps at breaks, and a second computation."""

import csv
import itertools
import math
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from scipy import stats

import hyreport as hy
from hyreport.errors import IntervalError, UnknownNameError
from hyreport.paths import RAW
from hyreport.studies import hengyang_2018 as study
from hyreport.themes.growth.charts import draw_fan, draw_marks, draw_rivals
from hyreport.themes.look import start_chart

REPORT = hy.Report("hengyang-2018")
DAY = "2018-01-04"
FORMULAS = ["last value", "drift", "mean"]


def read_levels(series):
    """Read yearbook levels with csv alone: value and whether the basis broke, by year."""
    with (RAW / "reference.csv").open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["ref_area"] == "430400"]
    rows = [row for row in rows if row["series"] == series and row["vintage"] == "yearbook"]
    return {int(row["time_period"]): (Decimal(row["value"]), row["obs_status"]) for row in rows}


def second_rates(series, skip=()):
    levels = read_levels(series)
    return {
        year: float(100 * levels[year][0] / levels[year - 1][0] - 100)
        for year in levels
        if year - 1 in levels and levels[year][1] != "B" and year not in skip
    }


def interval(values, model, ahead, confidence=0.8):
    """Return centre and ends of a formula for years without a gap, by numpy and scipy."""
    y = np.array(values)
    n, changes = len(y), np.diff(y)
    if model == "last value":
        centre, df = y[-1], n - 1
        spread = math.sqrt((changes**2).mean()) * math.sqrt(ahead)
    elif model == "mean":
        centre, df = y.mean(), n - 1
        spread = y.std(ddof=1) * math.sqrt(1 + 1 / n)
    else:
        slope, df = (y[-1] - y[0]) / (n - 1), n - 2
        centre = y[-1] + ahead * slope
        spread = math.sqrt(((changes - slope) ** 2).sum() / df * ahead * (1 + ahead / (n - 1)))
    half = stats.t.ppf((1 + confidence) / 2, df) * spread
    return centre, centre - half, centre + half


@pytest.mark.parametrize(
    ("series", "skip"),
    [
        ("local_budget_revenue", ()),
        ("retail_sales", (2006, 2007)),  # the levels of 2005 and 2006 are one number: doubted
        ("fixed_asset_investment", ()),
    ],
)
def test_growth_from_levels_is_that_of_neighbours_on_one_basis(series, skip):
    came = hy.growth.growth_outcomes(REPORT, series=series)
    came = came[came["vintage"] == "yearbook"].set_index("date")["value"]
    expected = second_rates(series, skip)
    assert list(map(int, came.index)) == sorted(expected)
    assert came.to_numpy() == pytest.approx(
        [expected[year] for year in sorted(expected)], abs=0.005
    )


def test_a_known_history_holds_no_later_level_and_no_break():
    known = hy.growth.growth_known(REPORT, series="local_budget_revenue", with_doubtful=False)
    assert known["date"].tolist()[-1] == "2015" and "2010" not in set(known["date"])
    assert known["breaks"].tolist() == [0] * 4 + [1] * 5
    assert hy.growth.since_break(known)["date"].tolist() == ["2011", "2012", "2013", "2014", "2015"]
    earlier = hy.growth.growth_known(REPORT, series="local_budget_revenue", origin="2014-12-31")
    assert earlier["date"].iloc[-1] == "2012" and set(earlier["grounds"]) == {"surely known"}
    retail = hy.growth.since_break(hy.growth.growth_known(REPORT, series="retail_sales"))
    assert retail["vintage"].tolist() == ["yearbook", "first release"]
    with pytest.raises(UnknownNameError, match="no yearly"):
        hy.growth.growth_known(REPORT, series="local_tax_share_change")
    with pytest.raises(UnknownNameError):
        hy.growth.growth_known(REPORT, series="retail_sales", indicator="no.such")


def test_intervals_of_growth_hold_what_rounding_allows():
    levels = read_levels("local_budget_revenue")
    half = Decimal("0.00005")
    made = hy.growth.growth_outcomes(REPORT, series="local_budget_revenue").set_index("date")
    after, before = levels[2016][0], levels[2015][0]
    assert made.loc["2016", "low"] <= float(100 * (after - half) / (before + half) - 100)
    assert made.loc["2016", "high"] >= float(100 * (after + half) / (before - half) - 100)


def test_two_rates_and_a_single_change_are_too_few():
    retail = hy.growth.since_break(hy.growth.growth_known(REPORT, series="retail_sales"))
    with pytest.raises(IntervalError, match="scenarios"):
        hy.growth.forecast_growth(retail, vintage_date=DAY)
    total = hy.growth.growth_known(REPORT, **study.TOTAL)
    assert list(hy.growth.fit_models(total)) == ["mean"]


def test_forecasts_of_revenue_a_second_way():
    rates = second_rates("local_budget_revenue")
    local = hy.growth.since_break(hy.growth.growth_known(REPORT, **study.LOCAL))
    made = hy.growth.forecast_growth(local, vintage_date=DAY, horizon=2, models=FORMULAS)
    values = [round(rates[year], 2) for year in range(2011, 2017)]
    for row in made[made["source"].isin(FORMULAS)].itertuples():
        expected = interval(values, row.source, row.forecast_horizon)
        assert (row.value, row.low, row.high) == pytest.approx(expected, abs=0.006)
    # None of the intervals of 2017 holds the change across the break, all hold that of 2018.
    levels = read_levels("local_budget_revenue")
    across = float(100 * levels[2017][0] / levels[2016][0] - 100)
    of_2017, of_2018 = (made[made["date"] == year] for year in ("2017", "2018"))
    assert round(across, 1) == -20.6 and (of_2017["low"] > across).all()
    assert of_2018["low"].lt(rates[2018]).all() and of_2018["high"].gt(rates[2018]).all()
    total = hy.growth.growth_known(REPORT, **study.TOTAL)
    made = hy.growth.forecast_growth(total, vintage_date=DAY).iloc[0]
    expected = interval([11.2, 11.1, 8.2], "mean", 1)
    assert (made["value"], made["low"], made["high"]) == pytest.approx(expected, abs=0.006)
    told = study.revenue_told(REPORT)
    assert float(told["total_growth_2017_to_2019"].value) == round(100 * (270.06 / 252.01 - 1), 1)
    rest = 100 * (270.06 / (252.01 * 1.05) - 1)
    assert float(told["total_growth_2019_on_target"].value) == round(rest, 1)


GDP = [11.5, 12.3, 15.3, 12, 14.56, 15.1, 14.2, 11.8, 10.82, 9.9, 8.72, 7.9, 8.5]
CAME = {2015: 8.72, 2016: 7.9, 2017: 8.5, 2018: 8.3}


def second_mae(values, model, first):
    errors = []
    for year, outcome in CAME.items():
        y = values[: year - first]
        slope = (y[-1] - y[0]) / (len(y) - 1)
        centre = {"last value": y[-1], "mean": np.mean(y), "drift": y[-1] + slope}[model]
        errors.append(abs(outcome - round(float(centre), 2)))
    return np.mean(errors)


@pytest.mark.full
def test_the_sensitivity_table_a_second_way():
    table, scores = study.sensitivity(REPORT)
    assert len(table) == 15
    for years, first, values in (
        ("from 2005", 2005, GDP),
        ("from 2009", 2009, GDP[4:]),
        ("from 2011", 2011, GDP[6:]),
        ("2013 as 10.2", 2005, [*GDP[:8], 10.2, *GDP[9:]]),
    ):
        for row in table[table["years"] == years].itertuples():
            expected = interval(values, row.source, 1)
            assert (row.value, row.low, row.high) == pytest.approx(expected, abs=0.006)
            assert row.mae == pytest.approx(second_mae(values, row.source, first), abs=0.006)
    # Without 2016 the last change but one and the last are no changes: ten are left.
    gapped = table[table["years"] == "without 2016"].set_index("source")
    changes = np.diff(GDP[:11])
    half = stats.t.ppf(0.9, 10) * math.sqrt((changes**2).mean())
    assert gapped.loc["last value", "high"] == pytest.approx(8.5 + half, abs=0.006)
    errors = [8.72 - 9.9, 7.9 - 8.72, 8.5 - 8.72, 8.3 - 8.5]
    assert gapped.loc["last value", "mae"] == pytest.approx(np.abs(errors).mean(), abs=0.006)
    best = {years: of_one["mae"].idxmin() for years, of_one in table.groupby("years")}
    leads = {years: table.loc[row, "source"] for years, row in best.items()}
    assert leads["from 2011"] == "last value" and leads["from 2005"] == "drift"
    assert str(scores["mae_drift_2015_to_2018_from_2011"].value) == "0.85"


TARGETS = {2015: 9, 2016: 9, 2018: 8, 2020: 8.5, 2021: 8.5, 2023: 7.5, 2025: 6}
BEFORE = {2015: 9.9, 2016: 8.8, 2018: 8.5, 2020: 8, 2021: 4, 2023: 5.5, 2025: 5.4}
FIRST = {2015: 8.8, 2020: 4.0, 2025: 5.2}
YEARBOOK = {2015: 8.72, 2016: 7.9, 2018: 8.3, 2020: 4, 2021: 8.1, 2023: 5.3}


@pytest.mark.full
def test_targets_as_forecasters_a_second_way():
    judged = study.target_errors(REPORT)
    for vintage, came in (("first release", FIRST), ("yearbook", YEARBOOK)):
        for source, said in (("official target", TARGETS), ("last value", BEFORE)):
            rows = judged[(judged["vintage"] == vintage) & (judged["source"] == source)]
            found = dict(zip(rows["date"].astype(int), rows["error"], strict=True))
            assert found == pytest.approx({year: came[year] - said[year] for year in came})
    record = study.target_record(REPORT)
    assert len(record) == 10
    for row in record.itertuples():
        came = FIRST if row.vintage == "first release" else YEARBOOK
        said = TARGETS if row.source == "official target" else BEFORE
        errors = [abs(came[int(year)] - said[int(year)]) for year in row.years.split(", ")]
        assert row.value == pytest.approx(np.mean(errors), abs=0.0051)
    without = record[record["years"] == "2015, 2016, 2018, 2023"].set_index("source")["value"]
    assert without["last value"] < without["official target"]


@pytest.mark.full
def test_how_likely_a_coverage_is_a_second_way():
    known = hy.growth.growth_known(REPORT)
    past = hy.growth.past_forecasts(known, models=FORMULAS)
    judged = hy.growth.judge(past, hy.growth.growth_outcomes(REPORT))
    found = hy.growth.coverage(judged).set_index("source")
    chance = dict.fromkeys(range(9), 0.0)
    for held in itertools.product((True, False), repeat=8):
        chance[sum(held)] += math.prod(0.8 if one else 0.2 for one in held)
    assert found.loc["last value", "value"] == round(100 * chance[8], 1)
    at_most_three = sum(chance[count] for count in range(4))
    assert found.loc["mean", "value"] == round(100 * at_most_three, 1)
    assert found.loc[["last value", "mean"], "inside"].tolist() == ["8 of 8", "3 of 8"]
    aims = judged.assign(inside="")
    assert hy.growth.coverage(aims).empty


def test_changes_of_the_tax_share_a_second_way():
    share = {2015: 65.6 - 16.2, 2016: 55.9 - 12.9, 2017: 55.9, 2019: 64.9, 2020: 65.6}
    expected = [
        share[2016] - share[2015],
        12.9,
        (share[2019] - share[2017]) / 2,
        share[2020] - share[2019],
    ]
    assert study.tax_share_changes(REPORT)["value"].tolist() == pytest.approx(expected)


def test_the_inner_band_is_drawn_on_the_outer_one():
    known = hy.growth.growth_known(REPORT)
    chosen = {"vintage_date": DAY, "horizon": 3, "models": ["last value"]}
    wide = hy.growth.forecast_growth(known, **chosen)
    narrow = hy.growth.forecast_growth(known[known["date"] >= "2009"], **chosen)
    _, axes = start_chart("A finding", "percent", "Source: own")
    draw_fan(axes, known, wide, fan="last value", inner=narrow)
    outer, inner = (band.get_paths()[0].vertices[:, 1] for band in axes.collections)
    assert inner.max() == narrow["high"].max() < outer.max() == wide["high"].max()
    assert inner.min() == narrow["low"].min() > outer.min() == wide["low"].min()


def test_an_outcome_across_a_break_is_hollow():
    _, axes = start_chart("A finding", "percent", "Source: own")
    axes.set_ylim(-30, 30)
    kinds = ["outcome", "across a break"]
    marks = pd.DataFrame({"date": ["2018", "2017"], "value": [-0.7, -20.6], "kind": kinds})
    draw_marks(axes, marks.assign(text="x"), last=2016)
    assert [line.get_markerfacecolor() != "white" for line in axes.lines] == [True, False]


def test_rivals_are_drawn_at_their_numbers():
    judged = study.target_errors(REPORT)
    _, axes = start_chart("A finding", "percent", "Source: own")
    draw_rivals(axes, judged)
    drawn = [sorted(line.get_ydata()) for line in axes.lines]
    assert drawn == [
        sorted(TARGETS.values()),
        sorted(BEFORE.values()),
        sorted(FIRST.values()),
        sorted(YEARBOOK.values()),
    ]
    names = [text.get_text() for text in axes.get_legend().get_texts()]
    assert names == ["official target", "last value", "first release", "yearbook"]
