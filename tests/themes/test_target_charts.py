"""The charts of the targets draw the numbers of their tables, each as its wording asks."""

import pandas as pd
import pytest
from matplotlib.collections import LineCollection
from matplotlib.colors import to_hex
from matplotlib.patches import Rectangle

from hyreport.themes.look import ACCENT, GREY, start_chart
from hyreport.themes.targets.charts import (
    FILLS,
    draw_headline,
    draw_tiles,
    mark_qualifier,
    name_tiles,
    wrap_wide,
)

COLUMNS = "target_id base_id label target_value qualifier hedge base_value base_unit comparable"
PAIRS = pd.DataFrame(
    [
        ("a.2", "a.1", "GDP (real)", 8.0, "at_least", "", 8.5, "percent", "yes"),
        ("a.2.more", "a.1", "GDP (real)", 8.5, "exact", "strive", 8.5, "percent", "yes"),
        ("b.2", "b.1", "Retail sales", 11.0, "about", "", 12.0, "percent", "partly"),
        ("c.2", "c.1", "Imports and exports", 20.0, "about", "", 283.0, "100 million yuan", "no"),
    ],
    columns=COLUMNS.split(),
).assign(part=["", "", "urban", ""])
GRADED = {"yes": "like with like", "partly": "only partly", "no": "no 2020 rate"}
PAIRS = PAIRS.assign(grade=PAIRS["comparable"].map(GRADED))


@pytest.fixture
def axes():
    return start_chart("A finding", "percent", "Source: own")[1]


def points(axes, marker):
    """Return the places of all points of a kind, the topmost row first."""
    drawn = [line.get_xydata()[0] for line in axes.lines if line.get_marker() == marker]
    return sorted((tuple(float(number) for number in point) for point in drawn), reverse=True)


def texts(axes):
    return [text.get_text() for text in axes.texts]


@pytest.mark.parametrize(
    ("qualifier", "text"),
    [
        ("at_least", "≥7.5%"),
        ("about", "≈7.5%"),
        ("at_most", "≤7.5%"),
        ("more_than", ">7.5%"),
        ("less_than", "<7.5%"),
        ("exact", "7.5%"),
    ],
)
def test_a_rate_shows_the_sign_of_its_qualifier(qualifier, text):
    assert mark_qualifier(7.5, qualifier) == text


def test_each_aim_is_a_hollow_diamond_above_its_line_and_each_rate_a_circle_below(axes):
    draw_headline(axes, PAIRS, tolerance=0.5)
    assert [label.get_text() for label in axes.get_yticklabels()][::-1] == [
        "GDP (real)",
        "Retail sales",
        "Imports and exports",
    ]
    aims, rates = points(axes, "D"), points(axes, "o")
    assert [round(x, 1) for x, _ in aims] == [20.0, 11.0, 8.5, 8.0]
    # Two aims with one rate draw it once; a level is no rate.
    assert [round(x, 1) for x, _ in rates] == [12.0, 8.5]
    assert dict(aims)[8.5] > 2 > dict(rates)[8.5]
    assert all(line.get_mfc() == "white" for line in axes.lines if line.get_marker() == "D")


def test_what_compares_is_filled_and_joined_and_what_does_not_hollow_and_dotted(axes):
    draw_headline(axes, PAIRS, tolerance=0.5)
    fills = {line.get_xdata()[0]: line.get_mfc() for line in axes.lines if line.get_marker() == "o"}
    assert fills == {8.5: GREY, 12.0: "white"}
    joined = {
        tuple(line.get_xdata()): line.get_linestyle()
        for line in axes.lines
        if len(line.get_xdata()) == 2 and line.get_color() == GREY
    }
    assert joined == {(8.5, 8.0): "-", (8.5, 8.5): "-", (12.0, 11.0): ":"}
    shown = texts(axes)
    for words in ("≥8%", "8.5% to strive for", "≈11%", "8.5%", "12% urban", *GRADED.values()):
        assert words in shown


def test_only_what_is_printed_with_about_has_the_whiskers_of_the_tolerance(axes):
    draw_headline(axes, PAIRS, tolerance=0.7)
    whiskers = [
        segment[:, 0].round(1).tolist()
        for collection in axes.collections
        if isinstance(collection, LineCollection)
        for segment in collection.get_segments()
    ]
    assert whiskers == [[19.3, 20.7], [10.3, 11.7]]


def test_the_labels_are_in_the_language_asked_for(axes):
    draw_headline(axes, PAIRS, tolerance=0.5, language="zh")
    assert axes.get_yticklabels()[0].get_text() == "进出口总额"
    assert "可比" in texts(axes) and "8.5% 争取" in texts(axes)


COUNTS = pd.DataFrame(
    {"comparable with a 2020 figure": [7, 0], "met": [2, 1]}, index=["headline", "sectoral"]
)


def tiles_of(axes):
    return [patch for patch in axes.patches if isinstance(patch, Rectangle)]


def test_each_thing_counted_is_a_tile_filled_by_its_kind_whatever_the_year(axes):
    draw_tiles(axes, COUNTS, across=5)
    tiles = tiles_of(axes)
    assert len(tiles) == COUNTS.to_numpy().sum()
    first = [tile for tile in tiles if tile.get_x() < 5]
    assert len(first) == 7 and len({tile.get_y() for tile in first}) == 2
    assert {to_hex(tile.get_facecolor()) for tile in tiles} == {ACCENT}
    assert [text for text in texts(axes) if text.isdigit()] == ["7", "0", "2", "1"]


@pytest.mark.parametrize("kind", FILLS)
def test_every_grade_and_verdict_has_a_fill(axes, kind):
    draw_tiles(axes, pd.DataFrame({kind.format(year=1999): [1]}, index=["headline"]))
    (tile,) = tiles_of(axes)
    assert to_hex(tile.get_facecolor()) == to_hex(FILLS[kind]["facecolor"])
    assert tile.get_hatch() == FILLS[kind].get("hatch")


def test_names_stand_below_the_tiles_of_their_cell(axes):
    names = COUNTS.astype(str).where(COUNTS == 1, "").replace("1", "Retail sales")
    draw_tiles(axes, COUNTS, names=names)
    (below,) = [text for text in axes.texts if text.get_text() == "Retail sales"]
    lowest = min(tile.get_y() for tile in tiles_of(axes))
    assert below.get_position()[1] < lowest + 0.82


def test_few_targets_are_named_with_their_numbers_and_many_are_not():
    board = pd.DataFrame(
        {
            "target_id": ["gdp.growth.2", "retail_sales.growth.2", "brands.count.2"],
            "name_en": ["x", "y", "Brands"],
            "target_value": [8.0, 11.0, 2.0],
            "target_unit": ["percent", "percent", "number"],
            "qualifier": ["at_least", "about", "exact"],
            "hedge": ["strive", "", ""],
        }
    )
    group, kind = pd.Series(["a", "a", "b"]), pd.Series(["met", "met", "missed"])
    names = name_tiles(board, group, kind)
    assert names.loc["a", "met"] == "GDP ≥8%, to strive for, Retail sales ≈11%"
    assert names.loc["b"].to_dict() == {"met": "", "missed": "Brands"}
    assert name_tiles(board, group, kind, most=1).loc["a", "met"] == ""


def test_lines_are_broken_by_width_and_chinese_counts_twice():
    assert wrap_wide("GDP ≥8%, Retail sales", 10) == ["GDP ≥8%,", "Retail", "sales"]
    assert wrap_wide("投资增速 零售", 8) == ["投资增速", "零售"]
    assert wrap_wide("", 8) == []
