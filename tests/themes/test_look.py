"""The shapes that all charts share draw the numbers of their tables, each with its words."""

from decimal import Decimal

import pandas as pd
import pytest
from matplotlib.colors import to_hex

import hyreport as hy
from hyreport.errors import IntervalError
from hyreport.themes.look import (
    ACCENT,
    GREY,
    draw_bars,
    draw_dumbbells,
    draw_stacked_counts,
    start_chart,
    write_beside,
    write_number,
)

WHITE = "#ffffff"
BARS = pd.DataFrame(
    {
        "label": ["one", "two", "three"],
        "value": [3.0, 1.5, 2.0],
        "text": ["3%", "1.5%以上", "2%"],
        "obs_status": ["E", "A", ""],
    }
)
ENDS = pd.DataFrame(
    {
        "label": ["up", "down"],
        "start": [1.0, 5.0],
        "end": [2.0, 3.0],
        "start_text": ["1", "5"],
        "end_text": ["2", "3"],
        "hollow_end": [True, False],
    }
)


@pytest.fixture
def chart():
    return start_chart("A finding", "percent", "Source: own")


@pytest.fixture
def axes(chart):
    return chart[1]


def words(axes) -> list[str]:
    return [text.get_text() for text in axes.texts]


def labels(axes) -> list[str]:
    return [label.get_text() for label in axes.get_yticklabels()]


def test_a_chart_opens_with_its_three_texts_and_the_axes_between_them(chart):
    figure, axes = chart
    assert words(figure) == ["A finding", "percent", "Source: own"]
    title, subtitle, source = (text.get_position()[1] for text in figure.texts)
    assert title > subtitle > axes.get_position().y1 > axes.get_position().y0 > source > 0


def test_long_texts_take_room_from_the_axes():
    short = start_chart("A finding", "percent", "Source: own")[1].get_position()
    long = start_chart("A finding " * 20, "percent", "Source: own " * 30)[1].get_position()
    assert long.y0 > short.y0 and long.y1 < short.y1


def test_bars_stand_from_the_top_in_the_order_of_the_rows(axes):
    draw_bars(axes, BARS)
    bars = sorted(axes.patches, key=lambda bar: bar.get_y(), reverse=True)
    assert [bar.get_width() for bar in bars] == BARS["value"].tolist()
    assert {bar.get_x() for bar in bars} == {0}
    assert labels(axes)[::-1] == BARS["label"].tolist()
    assert words(axes)[::-1] == BARS["text"].tolist()
    assert axes.get_xlim()[1] > 3


def test_only_what_is_estimated_is_hatched(axes):
    draw_bars(axes, BARS)
    hatched = {bar.get_width(): bool(bar.get_hatch()) for bar in axes.patches}
    assert hatched == {3.0: True, 1.5: False, 2.0: False}
    fills = {bar.get_width(): to_hex(bar.get_facecolor()) for bar in axes.patches}
    assert fills == {3.0: WHITE, 1.5: ACCENT, 2.0: ACCENT}


def test_words_stand_at_the_end_of_their_bar(axes):
    draw_bars(axes, BARS)
    for text, bar in zip(axes.texts, axes.patches, strict=True):
        assert text.xy == pytest.approx((bar.get_width(), bar.get_y() + bar.get_height() / 2))
        assert text.get_position() == (5, 0)


def test_a_gap_sets_the_panels_apart(axes):
    draw_bars(axes, BARS.assign(panel=["x", "x", "y"]))
    places = sorted(bar.get_y() for bar in axes.patches)
    near, far = places[2] - places[1], places[1] - places[0]
    assert near == pytest.approx(1) and far == pytest.approx(1.6)


def test_counts_are_stacked_the_longest_on_top(axes):
    table = pd.DataFrame({"done": [3, 1, 0], "aims": [0, 2, 5]}, index=["a", "b", "c"])
    draw_stacked_counts(axes, table, filled="done", hollow="aims")
    assert labels(axes) == ["a", "b", "c"] and words(axes) == ["3", "1 + 2", "0 + 5"]
    done, aims = axes.containers
    assert [bar.get_width() for bar in done] == [3, 1, 0]
    assert [(bar.get_x(), bar.get_width()) for bar in aims] == [(3, 0), (1, 2), (0, 5)]
    assert {to_hex(bar.get_facecolor()) for bar in aims} == {WHITE}
    named = axes.get_legend()
    assert [text.get_text() for text in named.get_texts()] == ["done", "aims"]
    assert [to_hex(patch.get_facecolor()) for patch in named.get_patches()] == [ACCENT, WHITE]
    assert all(tick == int(tick) for tick in axes.get_xticks())


def test_a_dumbbell_leads_from_start_to_end_and_a_target_is_hollow(axes):
    draw_dumbbells(axes, ENDS, before="2017", after="2018")
    lines, points = axes.lines[::3], [axes.lines[1::3], axes.lines[2::3]]
    assert [line.get_xdata().tolist() for line in lines] == [[5, 3], [1, 2]]
    for line, first, second in zip(lines, *points, strict=True):
        assert [*first.get_xdata(), *second.get_xdata()] == line.get_xdata().tolist()
    assert [to_hex(line.get_markerfacecolor()) for line in points[1]] == [ACCENT, WHITE]
    assert {to_hex(line.get_markerfacecolor()) for line in points[0]} == {GREY}
    assert labels(axes) == ["down", "up"]


def test_the_words_of_a_dumbbell_stand_outside_it(axes):
    draw_dumbbells(axes, ENDS, before="2017", after="2018")
    sides = {text.get_text(): text.get_ha() for text in axes.texts}
    assert sides == {
        "1": "right",
        "2": "left",
        "5": "left",
        "3": "right",
        "2017": "center",
        "2018": "center",
    }
    above = {text.get_text(): text.xy for text in axes.texts[-2:]}
    assert above == {"2017": (1.0, 1), "2018": (2.0, 1)}


@pytest.mark.parametrize(
    ("offset", "style", "side"),
    [
        ((5, 0), {}, ("left", "center")),
        ((-5, 3), {}, ("right", "center")),
        ((0, 5), {}, ("center", "baseline")),
        ((0, -5), {}, ("center", "top")),
        ((-5, 3), {"ha": "center"}, ("center", "center")),
    ],
)
def test_a_text_leads_away_from_its_point(axes, offset, style, side):
    write_beside(axes, "words", (1, 2), offset, **style)
    (text,) = axes.texts
    assert (text.xy, text.get_position()) == ((1, 2), offset)
    assert (text.get_ha(), text.get_va()) == side


def test_ticks_below_zero_have_a_true_minus(chart):
    figure, axes = chart
    axes.set_xlim(-5, 5)
    figure.draw_without_rendering()
    ticks = [label.get_text() for label in axes.get_xticklabels()]
    assert any(tick.startswith("−") for tick in ticks)
    assert not any("-" in tick for tick in ticks)


def test_a_number_is_rounded_as_tables_are_and_not_by_its_binary_half():
    assert f"{2.675:.2f}" == "2.67"  # what Python makes of it
    assert [write_number(value, 2) for value in (2.675, Decimal("2.675"))] == ["2.68", "2.68"]
    assert [write_number(value, 1) for value in (0.05, 0.15, -0.25, 7)] == [
        "0.0",
        "0.2",
        "−0.2",
        "7.0",
    ]
    with pytest.raises(IntervalError):
        write_number(float("nan"), 1)


def test_a_computed_number_is_rounded_once():
    levels = (f"reference:local_budget_revenue.{year}.yearbook" for year in (2018, 2017))
    made = hy.growth.growth_between(hy.Report("hengyang-2018"), *levels)
    assert str(made.value) == "-0.65"
    assert write_number(made, 1) == "−0.7"  # of what is shown it would be −0.6
