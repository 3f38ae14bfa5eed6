"""The charts of the tax share: small tables in, bars, points and words out."""

from itertools import combinations

import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex

import hyreport as hy
from hyreport.themes.look import ACCENT, PALE, start_chart
from hyreport.themes.revenue.charts import draw_contributions, draw_levels

PARTS = ("more tax", "less non-tax revenue")
VALUES = {("total", "A"): (6, 7), ("total", "B"): (1, 12), ("local", "A"): (4, 8)}
RISE = pd.DataFrame(
    [
        {"revenue": revenue, "reading": reading, "part": part, "value": float(value)}
        for (revenue, reading), values in VALUES.items()
        for part, value in zip(PARTS, values, strict=True)
    ]
)


@pytest.fixture
def axes():
    return start_chart("A finding", "points", "Source: own", height=3.9, left=0.28, right=0.66)[1]


def texts_of(axes):
    return [text for text in axes.texts if text.get_text()]


def words_of(axes):
    return [text.get_text() for text in axes.texts]


def assert_no_overlap(axes):
    renderer = FigureCanvasAgg(axes.figure).get_renderer()
    boxes = {text: text.get_window_extent(renderer) for text in texts_of(axes)}
    for (one, first), (other, second) in combinations(boxes.items(), 2):
        assert not first.overlaps(second), (one.get_text(), other.get_text())


def test_each_bar_is_as_long_as_its_part_and_begins_where_the_one_before_ends(axes):
    draw_contributions(axes, RISE, year=2016)
    more_tax, less_non_tax = axes.patches[:3], axes.patches[3:]
    assert [bar.get_width() for bar in more_tax] == [6, 1, 4]
    assert [bar.get_x() for bar in more_tax] == [0, 0, 0]
    assert [bar.get_width() for bar in less_non_tax] == [7, 12, 8]
    assert [bar.get_x() for bar in less_non_tax] == [6, 1, 4]
    assert {to_hex(bar.get_facecolor()) for bar in more_tax} == {ACCENT}
    assert {to_hex(bar.get_facecolor()) for bar in less_non_tax} == {PALE}


def test_bars_of_one_share_stand_together(axes):
    draw_contributions(axes, RISE, year=2016)
    total_a, total_b, local_a = (bar.get_y() for bar in axes.patches[:3])
    assert total_a - total_b < total_b - local_a


@pytest.mark.parametrize(
    ("language", "first", "part"),
    [
        ("en", "total revenue\nA: 2016 on basis of growth", "more tax"),
        ("zh", "总收入\nA：2016年按增速口径", "税收增加"),
    ],
)
def test_bars_say_share_reading_parts_and_sums(axes, language, first, part):
    draw_contributions(axes, RISE, year=2016, language=language)
    assert axes.get_yticklabels()[0].get_text() == first
    words = words_of(axes)
    assert words[:4] == ["6.0", "1.0", "4.0", part]
    assert words[-3:] == ["+13.0", "+13.0", "+12.0"]


def test_the_readings_are_of_the_year_before_whichever_it_is(axes):
    draw_contributions(axes, RISE, year=2020)
    labels = [label.get_text() for label in axes.get_yticklabels()]
    assert [label.split("\n")[1][:7] for label in labels] == ["A: 2020", "B: 2020", "A: 2020"]


def test_the_number_of_a_narrow_bar_stands_left_of_it(axes):
    draw_contributions(axes, RISE, year=2016)
    wide, narrow = texts_of(axes)[:2]
    assert (wide.get_ha(), wide.xy[0]) == ("center", 3)
    assert (narrow.get_ha(), narrow.xy[0]) == ("right", 0)
    assert axes.get_xlim()[0] < 0


@pytest.mark.full
@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_words_of_the_bars_overlap(axes, language):
    draw_contributions(axes, hy.revenue.decompose_rise(hy.Report()), year=2016, language=language)
    assert_no_overlap(axes)
    low, high = axes.get_xlim()
    assert low < min(text.xy[0] for text in axes.texts)
    assert max(bar.get_x() + bar.get_width() for bar in axes.patches) < high


LEVELS = pd.DataFrame(
    [
        (2016, "local tax", 40.0),
        (2016, "non-tax revenue", 60.0),
        (2017, "local tax", 117.55),
        (2017, "non-tax revenue", 50.0),
        (2020, "local tax", 90.0),
        (2020, "non-tax revenue", 30.0),
    ],
    columns=["year", "quantity", "value"],
)


@pytest.mark.parametrize(
    ("language", "labels"),
    [("en", ["local tax", "non-tax revenue"]), ("zh", ["地方税收", "非税收入"])],
)
def test_levels_stand_on_each_other_with_the_share_of_tax_above(axes, language, labels):
    draw_levels(axes, LEVELS, last=2016, language=language)
    tax, rest = axes.patches[:3], axes.patches[3:]
    assert [bar.get_height() for bar in tax] == [40, 117.55, 90]
    assert [bar.get_y() for bar in rest] == [40, 117.55, 90]
    assert {to_hex(bar.get_facecolor()) for bar in tax} == {ACCENT}
    found = words_of(axes)
    assert [word for word in found if word.endswith("%")] == ["40.0%", "70.2%", "75.0%"]
    assert "117.6" in found and set(labels) <= set(found)
    assert list(axes.get_xticks()) == [2016, 2017, 2020]
    assert_no_overlap(axes)


def test_the_break_of_levels_stands_after_its_last_year(axes):
    draw_levels(axes, LEVELS, last=2016)
    (line,) = axes.lines
    assert (set(line.get_xdata()), line.get_linestyle()) == ({2016.5}, "--")
    assert "break" in words_of(axes)
