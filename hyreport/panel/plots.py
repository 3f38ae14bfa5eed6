"""Pieces that the charts of the panel share: axes side by side, means with their intervals."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from hyreport.themes.look import ACCENT, GREY, INK, PALE, wrap_label

__all__ = [
    "BETWEEN",
    "DARKER",
    "draw_dots",
    "draw_legend",
    "draw_line",
    "draw_shares",
    "mark_zero",
    "split_axes",
]


DARKER = "#b9c9d3"  # a band inside a pale one
BETWEEN = "#6f9ab5"


def split_axes(
    chart: Figure, axes: Axes, titles: Sequence[str], *, gap: float = 0.05, share: bool = True
) -> list[Axes]:
    """Put several axes side by side where one was.

    Parameters
    ----------
    chart, axes : matplotlib Figure and Axes
        As `start_chart` gives them.
    titles : sequence of str
        One for each.
    gap : float
        Part of the chart's width between two.
    share : bool
        Whether all have the scale of the first, which alone tells it.
    """
    room = axes.get_position()
    width = (room.width - gap * (len(titles) - 1)) / len(titles)
    height = room.height - 0.25 / chart.get_figheight()
    axes.remove()
    made: list[Axes] = []
    for place, title in enumerate(titles):
        first = made[0] if made and share else None
        box = (room.x0 + place * (width + gap), room.y0, width, height)
        one = chart.add_axes(box, sharey=first)
        one.set_title(title, size=9.5)
        if first is not None:
            one.tick_params(labelleft=False)
        made.append(one)
    return made


def draw_legend(panels: Sequence[Axes], **look: Any) -> None:
    """Name what is drawn, on the last of the axes that has any; where nothing is, say nothing.

    Parameters
    ----------
    panels : sequence of matplotlib Axes
    **look
        As `Axes.legend` takes it.
    """
    drawn = [axes for axes in panels if axes.get_legend_handles_labels()[1]]
    if drawn:
        drawn[-1].legend(frameon=False, fontsize=9, **look)


def draw_line(
    axes: Axes, rows: pd.DataFrame, *, label: str, color: str = ACCENT, hollow: bool = False
) -> None:
    """Draw a number by year with the band of its interval; a year without it breaks the line.

    Parameters
    ----------
    axes : matplotlib Axes
    rows : DataFrame
        `year`, `value`, `low`, `high`.
    label : str
        For the legend.
    color : str
    hollow : bool
        Draw hollow marks and a dashed line.
    """
    if rows.empty:
        return
    rows = rows.set_index("year")
    rows = rows.reindex(range(rows.index.min(), rows.index.max() + 1))
    ends = rows["low"].astype(float), rows["high"].astype(float)
    axes.fill_between(rows.index, *ends, color=color, alpha=0.15, lw=0)
    style: dict[str, Any] = {"mfc": "white" if hollow else color, "ls": "--" if hollow else "-"}
    axes.plot(rows.index, rows["value"], "o", ms=4, color=color, lw=1.4, label=label, **style)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=6))


def draw_shares(axes: Axes, rows: pd.DataFrame, colors: Mapping[str, str]) -> None:
    """Draw parts of a whole by year as stacked columns.

    Parameters
    ----------
    axes : matplotlib Axes
    rows : DataFrame
        `year` and a column of percent for each part.
    colors : mapping
        A color for each part, from the bottom to the top.
    """
    bottom = np.zeros(len(rows))
    for part, color in colors.items():
        values = rows[part].to_numpy(dtype=float)
        axes.bar(rows["year"], values, bottom=bottom, width=0.85, color=color, label=part)
        bottom = bottom + values
    axes.set_ylim(0, 100)
    axes.yaxis.set_major_formatter("{x:g}%")
    axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=6))


def draw_dots(
    axes: Axes,
    rows: pd.DataFrame,
    *,
    color: str = ACCENT,
    shift: float = 0.0,
    hollow: bool = False,
    label: str = "",
) -> None:
    """Draw a number a row with its interval, the first row on top.

    Parameters
    ----------
    axes : matplotlib Axes
    rows : DataFrame
        `label`, `value`, `low`, `high`; rows of one label share a line.
    color : str
    shift : float
        How far above its line a dot stands, in lines.
    hollow : bool
    label : str
        For the legend.
    """
    order = list(dict.fromkeys(rows["label"]))
    places = np.array([len(order) - 1 - order.index(name) for name in rows["label"]]) + shift
    axes.hlines(places, rows["low"].astype(float), rows["high"].astype(float), color=color, lw=1.6)
    fill = "white" if hollow else color
    axes.plot(rows["value"], places, "o", ms=6, mfc=fill, mec=color, mew=1.5, label=label or None)
    axes.set_yticks(range(len(order)), [wrap_label(name) for name in reversed(order)])
    axes.set_ylim(-0.6, len(order) - 0.4)
    axes.grid(axis="x", color=PALE, lw=0.5)
    axes.set_axisbelow(True)


def mark_zero(axes: Axes, *, across: bool = True) -> None:
    """Draw the line of nought: across the chart, or upright."""
    draw = axes.axhline if across else axes.axvline
    draw(0, color=INK if across else GREY, lw=0.8, zorder=1)
