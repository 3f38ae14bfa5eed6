"""The charts of the forecasts draw the numbers of their tables, and nothing else."""

import pandas as pd
import pytest
from matplotlib.colors import to_hex

import hyreport as hy
from hyreport.errors import IntervalError, UnknownNameError
from hyreport.studies import hengyang_2018 as study
from hyreport.themes.growth.benchmarks import growth_outcomes, official_targets
from hyreport.themes.growth.charts import (
    draw_fan,
    draw_marks,
    draw_scores,
    draw_share_paths,
    place_year,
    word_marks,
)
from hyreport.themes.growth.forecasts import forecast_growth, past_forecasts
from hyreport.themes.growth.known import growth_known
from hyreport.themes.growth.score import judge, scorecard
from hyreport.themes.look import ACCENT, PALE, start_chart

REPORT = hy.Report("hengyang-2018")
REFERENCE, FIGURES = REPORT.reference, REPORT.figures
KNOWN = growth_known(REPORT)
CAME, AIMS = growth_outcomes(REPORT), official_targets(REPORT, years=["2015", "2018"])


@pytest.fixture
def axes():
    return start_chart("A finding", "percent", "Source: own")[1]


def test_the_fan_is_the_interval_of_the_model_named(axes):
    made = forecast_growth(KNOWN, vintage_date=REPORT.reported, horizon=3)
    draw_fan(axes, KNOWN, made, fan="drift")
    corners = {tuple(point) for point in axes.collections[0].get_paths()[0].vertices}
    for row in made[made["source"] == "drift"].itertuples():
        place = place_year(int(row.date), 2017)
        assert {(place, row.low), (place, row.high)} <= corners
    points = [line for line in axes.lines if line.get_marker() == "o"]
    assert [to_hex(line.get_markerfacecolor()) for line in points].count(PALE) == 1
    assert points[-1].get_ydata() == [8.5]


def test_a_fan_does_not_hang_on_the_order_of_its_rows(axes):
    made = forecast_growth(
        KNOWN, vintage_date=REPORT.reported, horizon=3, models=["last value", "drift"]
    )
    short = made.drop(index=made.index[(made["source"] == "last value")][0])
    draw_fan(axes, KNOWN, short[::-1], fan="drift")
    drift, last = (made[made["source"] == name] for name in ("drift", "last value"))
    drawn = [[*line.get_xydata().tolist()] for line in axes.lines]
    for rows in (drift, last.tail(2)):
        places = [place_year(int(date), 2017) for date in rows["date"]]
        points = [[2017, 8.5], *map(list, zip(places, rows["value"], strict=True))]
        assert points in drawn


def test_a_chart_of_nothing_is_refused(axes):
    made = forecast_growth(KNOWN, vintage_date=REPORT.reported, models=["drift"])
    card = scorecard(judge(past_forecasts(KNOWN, models=["last value"]), CAME))
    for call in (
        lambda: draw_fan(axes, KNOWN.head(0), made, fan="drift"),
        lambda: draw_fan(axes, KNOWN[::-1], made, fan="drift"),
        lambda: draw_fan(axes, KNOWN, made, fan="mean"),
        lambda: draw_fan(axes, KNOWN, made.head(0), fan="drift"),
        lambda: draw_scores(axes, card, naive="mean"),
        lambda: draw_scores(axes, card.head(0), naive="last value"),
    ):
        with pytest.raises((IntervalError, UnknownNameError)):
            call()


def test_a_gap_breaks_the_line_of_the_series(axes):
    history = growth_known(REPORT, with_doubtful=False)
    draw_fan(axes, history, forecast_growth(history, vintage_date=REPORT.reported), fan="drift")
    drawn = pd.Series(axes.lines[0].get_ydata(), index=axes.lines[0].get_xdata())
    assert drawn.isna().pipe(lambda empty: empty[empty]).index.tolist() == [2016]


def test_marks_are_hollow_targets_and_filled_outcomes(axes):
    marks = word_marks(AIMS, CAME, ["2018", "2019", "2020"])
    draw_marks(axes, marks, last=2017)
    words = [text.get_text() for text in axes.texts]
    assert words == [
        "target: at least 8%",
        "to strive for: 8.5%",
        "8.3%",
        "8.1%",
        "4%",
    ]
    fills = [to_hex(line.get_markerfacecolor()) for line in axes.lines]
    assert fills[:2] == ["#ffffff"] * 2
    assert "#ffffff" not in fills[2:]
    low, high = axes.get_ylim()
    assert marks["value"].between(low, high).all()


@pytest.mark.parametrize(
    ("source", "qualifier", "en", "zh"),
    [
        ("official target", "at_least", "target: at least 8%", "目标：不低于 8%"),
        ("official target", "about", "target: about 8%", "目标：约 8%"),
        ("official target", "exact", "target: 8%", "目标： 8%"),
        ("official stretch target", "exact", "to strive for: 8%", "争取： 8%"),
        ("official stretch target", "at_least", "to strive for: at least 8%", "争取：不低于 8%"),
    ],
)
def test_a_target_is_worded_as_it_is_bound(source, qualifier, en, zh):
    aims = AIMS.tail(1).assign(source=source, qualifier=qualifier, value=8.0)
    for language, said in (("en", en), ("zh", zh)):
        assert word_marks(aims, CAME.head(0), ["2018"], language=language)["text"].tolist() == [
            said
        ]


def test_the_lower_of_two_targets_has_its_words_below(axes):
    draw_marks(axes, word_marks(AIMS, CAME, ["2018"]), last=2017)
    floor, stretch, outcome = axes.texts
    assert floor.get_position() == (-10, -26) and stretch.get_position() == (-10, 26)
    assert outcome.get_position() == (8, -11)
    assert {text.xy[0] for text in axes.texts} == {place_year(2018, 2017)}


def test_labels_that_would_overlap_share_a_line(axes):
    made = forecast_growth(KNOWN, vintage_date=REPORT.reported, models=["last value", "drift"])
    draw_fan(axes, KNOWN, made, fan="drift")
    (names,) = axes.texts
    assert names.get_text() == "last value, combination, drift" and names.xy[1] == 8.38
    assert to_hex(names.get_color()) == ACCENT
    assert [tick.get_text() for tick in axes.get_xticklabels()] == [
        *map(str, range(2005, 2018, 3)),
        "2018",
    ]


def test_each_score_is_a_bar_and_the_last_value_stands_out(axes):
    card = scorecard(judge(past_forecasts(KNOWN), CAME))
    draw_scores(axes, card, naive="last value")
    assert [bar.get_width() for bar in axes.patches][::-1] == card["value"].tolist()
    filled = [to_hex(bar.get_facecolor()) == ACCENT for bar in axes.patches]
    assert filled == [source == "last value" for source in card["source"][::-1]]
    assert axes.texts[-1].get_text() == "1.00; inside the interval 8 of 8"


def test_each_path_ends_in_its_label(axes):
    paths = hy.revenue.tax_path(REPORT, tax_growth=5, non_tax_growth=5)
    paths = paths[paths["quantity"] == "tax share"].assign(label="both")
    draw_share_paths(axes, paths, study.shares_published(REPORT))
    assert [text.get_text() for text in axes.texts] == ["both: 55.9", "64.9", "65.6"]
    assert axes.lines[0].get_ydata().tolist() == paths["value"].tolist()
    squares = [(*line.get_xdata(), *line.get_ydata()) for line in axes.lines[1:]]
    assert squares == [(2019, 64.9), (2020, 65.6)]
