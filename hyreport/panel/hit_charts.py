"""The charts of targets met and missed."""

from collections.abc import Sequence

import pandas as pd
from matplotlib.axes import Axes

from hyreport.panel.hits import WORDINGS
from hyreport.panel.plots import (
    BETWEEN,
    DARKER,
    draw_dots,
    draw_legend,
    draw_line,
    draw_shares,
    mark_zero,
)
from hyreport.panel.sample import FEW, LEVELS, name_indicator
from hyreport.themes.look import ACCENT, GREY, INK, PALE

__all__ = [
    "draw_gaps",
    "draw_heat",
    "draw_indicators",
    "draw_met",
    "draw_mix",
    "draw_wordings",
]


DRAWN = ("province", "prefecture")
COLORS = {
    "at least": ACCENT,
    "bare": BETWEEN,
    "range": DARKER,
    "about": "#e0b36a",
    "other": PALE,
}


def draw_met(panels: Sequence[Axes], shares: pd.DataFrame, *, few: int = FEW) -> None:
    """Draw the percent of targets met by year, a panel a level, by both readings.

    Parameters
    ----------
    panels : sequence of matplotlib Axes
    shares : DataFrame
        As `shares_by_year` gives it.
    few : int
        Years with fewer targets are left out.
    """
    for axes, level in zip(panels, DRAWN, strict=True):
        rows = shares[(shares["level"] == level) & (shares["rows"] >= few)]
        for reading, color, hollow in (("lenient", GREY, True), ("strict", ACCENT, False)):
            draw_line(
                axes, rows[rows["reading"] == reading], label=reading, color=color, hollow=hollow
            )
        axes.set_ylim(-2, 102)
        axes.yaxis.set_major_formatter("{x:g}%")
        axes.grid(axis="y", color=PALE, lw=0.5)
        axes.set_axisbelow(True)
    draw_legend(panels, loc="lower left")


def draw_mix(panels: Sequence[Axes], mix: pd.DataFrame) -> None:
    """Draw how targets are worded by year, a panel a level.

    Parameters
    ----------
    panels : sequence of matplotlib Axes
    mix : DataFrame
        As `mix_by_year` gives it.
    """
    for axes, level in zip(panels, DRAWN, strict=True):
        draw_shares(axes, mix[(mix["level"] == level) & (mix["rows"] >= FEW)], COLORS)
    handles, labels = panels[-1].get_legend_handles_labels()
    panels[-1].legend(
        handles[::-1],
        labels[::-1],
        loc="upper left",
        bbox_to_anchor=(1.0, 1.0),
        frameon=False,
        fontsize=9,
    )


def draw_heat(axes: Axes, shares: pd.DataFrame, *, reading: str = "strict", few: int = FEW) -> None:
    """Draw the percent met by wording and period as a heat map, how many targets below it.

    Parameters
    ----------
    axes : matplotlib Axes
    shares : DataFrame
        As `shares_by_wording` gives it.
    reading : str
        strict or lenient.
    few : int
        Cells of fewer targets stay empty.
    """
    import seaborn as sns

    rows = shares[(shares["reading"] == reading) & (shares["rows"] >= few)]
    if rows.empty:
        axes.set_axis_off()
        return
    order = [name for name in WORDINGS if name in set(rows["wording"])]
    wide = {
        name: rows.pivot(index="wording", columns="period", values=name).reindex(order)
        for name in ("value", "rows")
    }
    words = wide["value"].map("{:.0f}%".format) + "\n" + wide["rows"].map("({:.0f})".format)
    sns.heatmap(
        wide["value"],
        annot=words.where(wide["value"].notna(), ""),
        fmt="",
        vmin=0,
        vmax=100,
        cmap=sns.light_palette(ACCENT, as_cmap=True),
        cbar=False,
        linewidths=1.5,
        annot_kws={"size": 9},
        ax=axes,
    )
    axes.set(xlabel="", ylabel="")
    axes.tick_params(length=0, labelrotation=0)


def draw_wordings(axes: Axes, compared: pd.DataFrame, *, outcome: str = "strict") -> None:
    """Draw how wordings differ: hollow over all years, filled within level and year.

    Parameters
    ----------
    axes : matplotlib Axes
    compared : DataFrame
        As `compare_wordings` gives it.
    outcome : str
        strict, lenient or gap.
    """
    rows = compared[(compared["outcome"] == outcome) & (compared["of"] >= 4 * FEW)]
    base = rows.loc[rows["value"].eq(0) & rows["low"].isna(), "share"].max()
    rows = rows[rows["low"].notna()]
    names = {"ensure": "to be ensured (确保)", "strive": "to be striven for (力争)"}
    label = rows["wording"].replace(names)
    raw = rows.assign(label=label, value=rows["share"] - base, low=float("nan"), high=float("nan"))
    raw = raw[~raw["wording"].isin(list(names))]
    within = rows.assign(label=label)
    draw_dots(axes, within, label="within level and year, with interval")
    places = {tick.get_text(): place for place, tick in enumerate(axes.get_yticklabels())}
    axes.plot(
        raw["value"],
        [places[name] for name in raw["label"]],
        "o",
        mfc="white",
        mec=GREY,
        mew=1.5,
        ms=6,
        label="all years together",
    )
    mark_zero(axes, across=False)
    axes.xaxis.set_major_formatter("{x:+g}")
    axes.set_ylim(top=axes.get_ylim()[1] + 0.6)  # room for the legend above the first interval
    draw_legend([axes], loc="upper right", ncols=2)


def draw_gaps(panels: Sequence[Axes], judged: pd.DataFrame, *, widest: float = 6.0) -> None:
    """Draw how far outcomes lay from their targets, by period, a panel a level.

    Parameters
    ----------
    panels : sequence of matplotlib Axes
    judged : DataFrame
        As `judge` gives it.
    widest : float
        Points to either side that are shown.
    """
    import seaborn as sns

    for axes, level in zip(panels, DRAWN, strict=True):
        rows = judged[judged["level"] == level].sort_values("period")
        if len(rows):
            sns.boxenplot(
                rows, x="gap", y="period", color=BETWEEN, showfliers=False, width=0.7, ax=axes
            )
        axes.axvline(0, color=INK, lw=0.8)
        axes.set(xlabel="", ylabel="", xlim=(-widest, widest))
        axes.xaxis.set_major_formatter("{x:+g}")


def draw_indicators(panels: Sequence[Axes], found: pd.DataFrame) -> None:
    """Draw the percent met by indicator, a panel a level, by both readings.

    Parameters
    ----------
    panels : sequence of matplotlib Axes
    found : DataFrame
        As `compare_indicators` gives it.
    """
    order = found.drop_duplicates("indicator")["indicator"]
    for axes, level in zip(panels, DRAWN, strict=True):
        rows = found[found["level"] == level].set_index("indicator")
        for reading, color, shift in (("strict", ACCENT, 0.12), ("lenient", GREY, -0.12)):
            of_reading = rows[rows["reading"] == reading].reindex(order).reset_index()
            of_reading["label"] = of_reading["indicator"].map(name_indicator)
            hollow = reading == "lenient"
            draw_dots(axes, of_reading, color=color, shift=shift, hollow=hollow, label=reading)
        axes.set_xlim(-2, 102)
        axes.xaxis.set_major_formatter("{x:g}%")
    draw_legend(panels, loc="lower left")


def name_level(level: str) -> str:
    """Return a level as a chart names it.

    >>> name_level("prefecture")
    'Cities'
    """
    return LEVELS[level].capitalize()
