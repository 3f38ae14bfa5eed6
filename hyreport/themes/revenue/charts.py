"""The charts of the tax share: what moved it, and its path over the years."""

from functools import partial

import pandas as pd

from hyreport.themes.look import ACCENT, GREY, INK, PALE
from hyreport.words.language import words

SHORT = {"A": "A: 2016 on basis of growth", "B": "B: 2016 as in yearbook"}
PART_COLOURS = {"more tax": ACCENT, "less non-tax revenue": PALE}


def add_panel(axes, subtitle: str, *, left: float, right: float):
    """Add a second panel beside one that `start_chart` made, of the same height.

    Parameters
    ----------
    axes : matplotlib Axes
        The first panel.
    subtitle : str
        Measure and unit of the second; stands beside those of the first.
    left, right : float
        Where the new one begins and ends, as parts of the chart's width.

    Returns
    -------
    matplotlib Axes
    """
    place = axes.get_position()
    first = axes.figure.texts[1]
    axes.figure.text(left, first.get_position()[1], subtitle, size=9.5, color=GREY, va="bottom")
    return axes.figure.add_axes((left, place.y0, right - left, place.height))


def draw_contributions(axes, table: pd.DataFrame, *, language: str = "en") -> None:
    """Draw a bar for each share and reading, split into the parts that make up the rise.

    Parameters
    ----------
    axes : matplotlib Axes
    table : DataFrame
        `revenue`, `reading`, `part` and `value` in percentage points, as `decompose_rise` gives
        them; a share's readings stand together.
    language : str
        en or zh, of the labels.
    """
    say = partial(words, language=language)
    wide = table.pivot(index=["revenue", "reading"], columns="part", values="value")
    wide = wide.sort_index(level="revenue", ascending=False, sort_remaining=False)
    group = wide.index.get_level_values("revenue")
    places = [-(place + 0.7 * group.unique().get_loc(name)) for place, name in enumerate(group)]
    start = pd.Series(0.0, index=wide.index)
    for part, colour in PART_COLOURS.items():
        axes.barh(places, wide[part], left=start, height=0.72, facecolor=colour, edgecolor=INK)
        for place, low, value in zip(places, start, wide[part], strict=True):
            inside = "white" if colour == ACCENT else INK
            narrow = value < 1.5
            axes.annotate(
                f"{value:.1f}",
                (low if narrow else low + value / 2, place),
                (-4 if narrow else 0, 0),
                textcoords="offset points",
                ha="right" if narrow else "center",
                va="center",
                weight="bold",
                color=INK if narrow else inside,
            )
        axes.annotate(
            say(part),
            (start.iloc[0] + wide[part].iloc[0] / 2, places[0]),
            (0, 17),
            textcoords="offset points",
            ha="center",
            size=9.5,
        )
        start = start + wide[part]
    for place, total in zip(places, start, strict=True):
        axes.annotate(
            f"+{total:.1f}", (total, place), (4, 0), textcoords="offset points", va="center"
        )
    labels = [f"{say(f'{name} revenue')}\n{say(SHORT[reading])}" for name, reading in wide.index]
    axes.set_yticks(places, labels, size=9.5)
    axes.set_ylim(min(places) - 0.55, max(places) + 0.95)
    axes.set_xticks(range(0, int(start.max()) + 1, 5))
    axes.set_xlim(-1.6, start.max() * 1.16)
    axes.spines["bottom"].set_bounds(0, start.max())
    axes.spines["left"].set_visible(False)


def draw_path(axes, path: pd.DataFrame) -> None:
    """Draw a yearly share as points, filled where printed and pale where derived.

    Parameters
    ----------
    axes : matplotlib Axes
    path : DataFrame
        `year`, `value` in percent and `origin`; the line breaks where a year is missing and is
        dashed beside a derived point, whose basis may be another.
    """
    series = path.set_index("year")["value"]
    printed = path.set_index("year")["origin"] == "printed"
    for year in series.index.intersection(series.index - 1):
        ends = [year, year + 1]
        style = "-" if printed[ends].all() else "--"
        axes.plot(ends, series[ends], style, color=GREY, lw=1.5, zorder=1)
    for year, value, origin in zip(path["year"], path["value"], path["origin"], strict=True):
        fill = ACCENT if origin == "printed" else PALE
        axes.plot(year, value, "o", ms=8, mfc=fill, mec=ACCENT, mew=1.5, zorder=2)
        lowest = value == series.min()
        axes.annotate(
            f"{value:.1f}",
            (year, value),
            (0, -16 if lowest else 9),
            textcoords="offset points",
            ha="center",
            weight="bold" if origin == "printed" else "normal",
        )
    axes.set_xticks(path["year"])
    axes.set_xlim(series.index.min() - 0.5, series.index.max() + 0.5)
    low, high = series.min(), series.max()
    axes.set_ylim(low - 0.45 * (high - low), high + 0.25 * (high - low))
    axes.set_yticks([])
