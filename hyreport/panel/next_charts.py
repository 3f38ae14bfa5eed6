"""The charts of the next target after a hit or a miss."""

from collections.abc import Sequence

import pandas as pd
from matplotlib.axes import Axes

from hyreport.panel.next_target import MOVES
from hyreport.panel.plots import DARKER, draw_dots, draw_legend, draw_line, mark_zero
from hyreport.themes.look import ACCENT, GREY, PALE

__all__ = ["draw_bins", "draw_by_year", "draw_differences", "draw_moves"]


COLORS = {"lowered": GREY, "kept": DARKER, "raised": ACCENT}
INSIDE = 6  # percent of a bar that has room for its number


def draw_moves(axes: Axes, shares: pd.DataFrame) -> None:
    """Draw how often the next target is lowered, kept and raised, a bar a row.

    Parameters
    ----------
    axes : matplotlib Axes
    shares : DataFrame
        As `shares_after` gives it, with the `label` of each bar; the first is drawn on top.
    """
    labels = list(dict.fromkeys(shares["label"]))[::-1]
    left = pd.Series(0.0, index=labels)
    for move in MOVES:
        values = shares[shares["move"] == move].set_index("label")["value"].reindex(labels)
        dark = move != "kept"
        bars = axes.barh(labels, values, left=left, color=COLORS[move], height=0.65, label=move)
        words = [f"{value:.0f}%" if value >= INSIDE else "" for value in values]
        axes.bar_label(bars, words, label_type="center", color="white" if dark else "black", size=9)
        left = left + values.fillna(0)
    axes.set_xlim(0, 100)
    axes.xaxis.set_visible(False)
    axes.spines["bottom"].set_visible(False)
    draw_legend([axes], loc="upper left", ncols=len(MOVES), bbox_to_anchor=(0, 0.02))


def draw_differences(axes: Axes, found: pd.DataFrame, placebo: pd.DataFrame) -> None:
    """Draw the difference between hit and miss, and hollow what shows without one's own outcome.

    Parameters
    ----------
    axes : matplotlib Axes
    found, placebo : DataFrame
        `label`, `value`, `low`, `high`.
    """
    both = pd.concat([found, placebo], ignore_index=True)
    draw_dots(axes, both)
    order = list(dict.fromkeys(both["label"]))
    places = [len(order) - 1 - order.index(name) for name in placebo["label"]]
    axes.plot(placebo["value"], places, "o", ms=6, mfc="white", mec=GREY, mew=1.5)
    mark_zero(axes, across=False)
    axes.xaxis.set_major_formatter("{x:+g}")


def draw_bins(axes: Axes, bins: pd.DataFrame) -> None:
    """Draw the mean change of the target by how far the outcome lay from it.

    Parameters
    ----------
    axes : matplotlib Axes
    bins : DataFrame
        As `bin_gaps` gives it.
    """
    mark_zero(axes)
    axes.axvline(0, color=GREY, lw=0.8, ls="--")
    axes.vlines(bins["middle"], bins["low"], bins["high"], color=ACCENT, lw=1.6)
    axes.plot(bins["middle"], bins["value"], "o-", color=ACCENT, ms=6, lw=1)
    axes.yaxis.set_major_formatter("{x:+g}")
    axes.xaxis.set_major_formatter("{x:+g}")
    axes.grid(axis="y", color=PALE, lw=0.5)
    axes.set_axisbelow(True)


def draw_by_year(panels: Sequence[Axes], means: pd.DataFrame, *, few: int = 5) -> None:
    """Draw the mean change of the target after a hit and after a miss, by year, a panel a level.

    Parameters
    ----------
    panels : sequence of matplotlib Axes
    means : DataFrame
        `level`, `year`, `after` (hit, miss), `value`, `low`, `high`, `rows`.
    few : int
        Means of fewer rows are left out.
    """
    for axes, level in zip(panels, ("province", "prefecture"), strict=True):
        rows = means[(means["level"] == level) & (means["rows"] >= few)]
        mark_zero(axes)
        for after, color, hollow in (("miss", GREY, True), ("hit", ACCENT, False)):
            of_kind = rows[rows["after"] == after]
            draw_line(axes, of_kind, label=f"after a {after}", color=color, hollow=hollow)
        axes.yaxis.set_major_formatter("{x:+g}")
    draw_legend(panels, loc="best")
