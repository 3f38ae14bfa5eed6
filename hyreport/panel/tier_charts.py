"""The charts of targets down the tiers."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from hyreport.panel.plots import (
    BETWEEN,
    DARKER,
    draw_dots,
    draw_legend,
    draw_line,
    draw_shares,
    mark_zero,
)
from hyreport.panel.sample import FEW, name_indicator
from hyreport.panel.tiers import STEPS
from hyreport.themes.look import ACCENT, GREY, INK, PALE, write_beside, write_number

__all__ = ["draw_add_ons", "draw_indicators", "draw_sides", "draw_split", "draw_spread"]


COLORS = {"above": ACCENT, "equal": DARKER, "below": GREY}


def draw_add_ons(panels: Sequence[Axes], steps: pd.DataFrame, by_year: pd.DataFrame) -> None:
    """Draw the mean add-on by year and its interval over the middle four fifths of places.

    Parameters
    ----------
    panels : sequence of matplotlib Axes
        One for each step.
    steps, by_year : DataFrame
        As `stack_tiers` and `add_ons_by_year` give them; years of few provinces are left out.
    """
    for axes, step in zip(panels, STEPS.values(), strict=True):
        means = by_year[(by_year["step"] == step) & (by_year["clusters"] >= FEW)]
        rows = steps[(steps["step"] == step) & steps["year"].isin(means["year"])]
        if len(rows):
            ends = rows.groupby("year")["add_on"].quantile([0.1, 0.9]).unstack()
            ends = ends.reindex(range(ends.index.min(), ends.index.max() + 1))
            axes.fill_between(ends.index, ends[0.1], ends[0.9], color=PALE, lw=0, alpha=0.6)
        mark_zero(axes)
        draw_line(axes, means, label=step)
        axes.yaxis.set_major_formatter("{x:+g}")
        axes.spines["left"].set_visible(False)


def draw_sides(panels: Sequence[Axes], shares: pd.DataFrame) -> None:
    """Draw the percent of places above, at and below the tier over them, by year.

    Parameters
    ----------
    panels : sequence of matplotlib Axes
    shares : DataFrame
        As `shares_by_year` gives it.
    """
    for axes, step in zip(panels, STEPS.values(), strict=True):
        rows = shares[(shares["step"] == step) & (shares["clusters"] >= FEW)]
        wide = rows.pivot(index="year", columns="side", values="value").reset_index()
        if len(wide):
            draw_shares(axes, wide, COLORS)
    names = {"above": "above", "equal": "the same", "below": "below"}
    handles, labels = panels[-1].get_legend_handles_labels()
    panels[-1].legend(
        handles[::-1],
        [names[label] for label in labels[::-1]],
        loc="upper left",
        bbox_to_anchor=(1.0, 1.0),
        frameon=False,
        fontsize=9,
    )


def draw_split(axes: Axes, split: pd.DataFrame) -> None:
    """Draw what provinces and what cities add to the nation's target, by year.

    Parameters
    ----------
    axes : matplotlib Axes
    split : DataFrame
        As `split_by_year` gives it.
    """
    style: dict[str, Any] = {"width": 0.8, "edgecolor": "white", "lw": 0.5}
    axes.bar(split["year"], split["by_province"], color=DARKER, label="added by provinces", **style)
    base = split["by_province"].where(split["by_city"] * split["by_province"] >= 0, 0)
    axes.bar(
        split["year"], split["by_city"], bottom=base, color=ACCENT, label="added by cities", **style
    )
    top = split[["by_province", "total"]].max(axis=1)
    for year, height, total in zip(split["year"], top, split["total"], strict=True):
        write_beside(axes, write_number(round(total, 1), 1), (year, height), (0, 3), size=7.5)
    mark_zero(axes)
    axes.yaxis.set_major_formatter("{x:+g}")
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    draw_legend([axes], loc="upper right")


def draw_spread(panels: Sequence[Axes], steps: pd.DataFrame, *, widest: float = 5.0) -> None:
    """Draw how the add-ons of cities spread, a panel a period, in half points.

    Parameters
    ----------
    panels : sequence of matplotlib Axes
        One for each period that `steps` names in `period`.
    steps : DataFrame
        As `stack_tiers` gives it, with `period`.
    widest : float
        Points; what lies beyond is counted at the ends.
    """
    import seaborn as sns

    for axes, (_, rows) in zip(panels, steps.groupby("period"), strict=True):
        sns.histplot(
            x=rows["add_on"].clip(-widest, widest),
            binwidth=0.5,
            binrange=(-widest - 0.25, widest + 0.25),
            stat="percent",
            color=ACCENT,
            edgecolor="white",
            alpha=1,
            ax=axes,
        )
        axes.axvline(0, color=INK, lw=0.8, zorder=0)
        axes.set(xlabel="", ylabel="")
        axes.xaxis.set_major_formatter("{x:+g}")
        axes.tick_params(labelsize=8)
    panels[0].yaxis.set_major_formatter("{x:g}%")


def draw_indicators(axes: Axes, found: pd.DataFrame) -> None:
    """Draw the mean add-ons of several indicators, both steps on a line.

    Parameters
    ----------
    axes : matplotlib Axes
    found : DataFrame
        As `compare_indicators` gives it.
    """
    order = found.drop_duplicates("indicator")["indicator"]
    for step, color, shift in zip(STEPS.values(), (BETWEEN, ACCENT), (0.14, -0.14), strict=True):
        rows = found[found["step"] == step].set_index("indicator").reindex(order).reset_index()
        rows["label"] = rows["indicator"].map(name_indicator)
        draw_dots(axes, rows, color=color, shift=shift, label=step)
    mark_zero(axes, across=False)
    axes.xaxis.set_major_formatter("{x:+g}")
    draw_legend([axes], loc="lower right")
