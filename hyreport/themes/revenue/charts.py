"""The charts of the tax share: what moved it, and the levels behind it."""

from functools import partial

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.container import BarContainer

from hyreport.themes.look import ACCENT, GREY, INK, PALE, write_beside, write_number
from hyreport.words.language import words

__all__ = ["draw_contributions", "draw_levels"]

PART_COLOURS = {"more tax": ACCENT, "less non-tax revenue": PALE}
LEVEL_COLOURS = {"local tax": (ACCENT, "white"), "non-tax revenue": (PALE, INK)}
NARROW = 1.5  # percentage points: no number fits into a bar that is shorter


def draw_contributions(axes: Axes, table: pd.DataFrame, *, year: int, language: str = "en") -> None:
    """Draw a bar for each share and reading, split into the parts that make up the rise.

    Parameters
    ----------
    axes : matplotlib Axes
    table : DataFrame
        `revenue`, `reading`, `part` and `value` in percentage points, as `decompose_rise` gives
        them; a share's readings stand together.
    year : int
        The year before, of which A and B are readings.
    language : str
        en or zh, of the labels.
    """
    say = partial(words, language=language)
    readings = {"A": f"A: {year} on basis of growth", "B": f"B: {year} as in yearbook"}
    wide = table.pivot(index=["revenue", "reading"], columns="part", values="value")
    wide = wide.sort_index(level="revenue", ascending=False, sort_remaining=False)
    groups = wide.index.get_level_values("revenue")
    places = [-(place + 0.7 * groups.unique().get_loc(name)) for place, name in enumerate(groups)]
    start = pd.Series(0.0, index=wide.index)
    for part, colour in PART_COLOURS.items():
        bars = axes.barh(
            places, wide[part], left=start, height=0.72, facecolor=colour, edgecolor=INK
        )
        _write_values(axes, bars, "white" if colour == ACCENT else INK)
        middle = start.iloc[0] + wide[part].iloc[0] / 2
        write_beside(axes, say(part), (middle, places[0]), (0, 17), size=9.5)
        start = start + wide[part]
    axes.bar_label(bars, [write_number(total, 1, sign="+") for total in start], padding=4)
    labels = [f"{say(f'{name} revenue')}\n{say(readings[which])}" for name, which in wide.index]
    axes.set_yticks(places, labels, size=9.5)
    axes.set_ylim(min(places) - 0.55, max(places) + 0.95)
    axes.set_xticks(range(0, int(start.max()) + 1, 5))
    axes.set_xlim(-1.6, start.max() * 1.16)
    axes.spines["bottom"].set_bounds(0, start.max())
    axes.spines["left"].set_visible(False)


def _write_values(axes: Axes, bars: BarContainer, colour: str) -> None:
    """Write each bar's value into it, left of it where it is too narrow."""
    for bar in bars:
        start, value = bar.get_x(), bar.get_width()
        narrow = value < NARROW
        point = (start if narrow else start + value / 2, bar.get_y() + bar.get_height() / 2)
        style = {"va": "center", "weight": "bold", "color": INK if narrow else colour}
        write_beside(axes, write_number(value, 1), point, (-4 if narrow else 0, 0), **style)


def draw_levels(axes: Axes, table: pd.DataFrame, *, last: int, language: str = "en") -> None:
    """Draw tax and non-tax revenue stacked, a column a year, each with the share of tax above it.

    Parameters
    ----------
    axes : matplotlib Axes
    table : DataFrame
        `year`, `quantity` (local tax, non-tax revenue) and `value`; missing years stay free.
    last : int
        The last year before a break of the series, which a dashed line marks.
    language : str
        en or zh, of the labels.
    """
    say = partial(words, language=language)
    wide = table.pivot(index="year", columns="quantity", values="value")
    start = pd.Series(0.0, index=wide.index)
    style = {"width": 0.8, "edgecolor": INK}
    for quantity, (colour, ink) in LEVEL_COLOURS.items():
        bars = axes.bar(wide.index, wide[quantity], bottom=start, facecolor=colour, **style)
        numbers = [write_number(value, 1) for value in wide[quantity]]
        axes.bar_label(bars, numbers, label_type="center", color=ink, size=9)
        middle = start.iloc[-1] + wide[quantity].iloc[-1] / 2
        write_beside(axes, say(quantity), (wide.index[-1] + 0.4, middle), (5, 0), size=9.5)
        start = start + wide[quantity]
    shares = 100 * wide["local tax"] / start
    axes.bar_label(
        bars, [f"{write_number(share, 1)}%" for share in shares], padding=3, weight="bold"
    )
    top = 1.2 * start.max()
    axes.plot([last + 0.5] * 2, [0, top], "--", color=GREY, lw=1)
    write_beside(axes, say("break"), (last + 0.5, top), (4, -5), size=9, color=GREY)
    axes.set_ylim(0, top)
    axes.set_xticks(wide.index)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
