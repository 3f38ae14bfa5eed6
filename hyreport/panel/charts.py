"""The charts of the panel: what it holds, how right it is, what is just met, one place."""

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from hyreport.panel.bunching import OTHERS, OWN
from hyreport.panel.names import name_indicator
from hyreport.themes.look import ACCENT, GREY, INK, PALE, write_beside

__all__ = [
    "draw_bounds",
    "draw_composition",
    "draw_found",
    "draw_heaps",
    "draw_place",
    "draw_places",
    "draw_rates",
    "draw_spread",
    "draw_variants",
]


LINES = {"nation": ":", "province": "-", "prefecture": "-"}
COLOURS = {"nation": GREY, "province": INK, "prefecture": ACCENT}
PLURAL = {"nation": "nation", "province": "provinces", "prefecture": "prefectures"}


def draw_places(axes: Axes, counts: pd.DataFrame) -> None:
    """Draw which part of the places of a level has a report, by year.

    Parameters
    ----------
    axes : matplotlib Axes
    counts : DataFrame
        As `count_places` gives it.
    """
    for level, rows in counts.groupby("level", sort=False):
        years = range(int(rows["year"].min()), int(rows["year"].max()) + 1)
        shares = rows.set_index("year")["share"].reindex(years, fill_value=0)
        style = {"color": COLOURS[str(level)], "ls": LINES[str(level)]}
        axes.plot(shares.index, shares, lw=1.8, **style)
        last = rows.iloc[-1]
        words = f"{PLURAL[str(level)]} ({last['reports']})"
        up = {"nation": 12, "province": 0}.get(str(level), 0)
        write_beside(axes, words, (last["year"], last["share"]), (6, up), color=style["color"])
    axes.set_ylim(0, 106)
    axes.yaxis.set_major_formatter("{x:g}%")


def draw_rates(axes: Axes, table: pd.DataFrame, labels: pd.Series) -> None:
    """Draw rates of an audit with their intervals, found hollow and right filled, a row a group.

    Parameters
    ----------
    axes : matplotlib Axes
    table : DataFrame
        As `rates` gives it.
    labels : Series
        What each row is called.
    """
    rows = table.reset_index(drop=True)[::-1]
    for name, shift, fill in (("found", 0.14, "white"), ("right", -0.14, ACCENT)):
        places = np.arange(len(rows)) + shift
        axes.hlines(places, rows[f"{name}_low"], rows[f"{name}_high"], color=ACCENT, lw=1.2)
        style: dict[str, Any] = {"ms": 6, "mfc": fill, "mec": ACCENT, "mew": 1.4}
        axes.plot(rows[f"{name}_rate"], places, "o", clip_on=False, zorder=3, **style)
    axes.set_yticks(range(len(rows)), labels.reset_index(drop=True)[::-1])
    axes.set_ylim(-0.6, len(rows) - 0.4)
    axes.set_xlim(right=100)
    axes.xaxis.set_major_formatter("{x:g}%")


def draw_found(axes: Axes, counts: pd.DataFrame, language: str = "en") -> None:
    """Draw how many cells of each indicator are found, by five years of reports.

    Parameters
    ----------
    axes : matplotlib Axes
    counts : DataFrame
        `indicator`, `years` and `share`, as `count_cells` gives them.
    language : str
        en or zh: of the indicators' names.
    """
    import seaborn as sns

    if counts.empty:
        return
    table = counts.pivot(index="indicator", columns="years", values="share")
    table = table.loc[table.mean(axis=1).sort_values(ascending=False, kind="stable").index]
    table.index = [name_indicator(str(name), language) for name in table.index]
    table.columns = [f"{year}–" for year in table.columns]
    palette = sns.light_palette(ACCENT, as_cmap=True)
    style: dict[str, Any] = {"vmin": 0, "vmax": 100, "cmap": palette, "linewidths": 0.5}
    style |= {"annot": True, "fmt": ".0f", "annot_kws": {"size": 8}}
    sns.heatmap(table, ax=axes, cbar=False, **style)
    axes.set(xlabel="", ylabel="")
    axes.tick_params(length=0)


def draw_bounds(axes: Axes, bounds: pd.DataFrame) -> None:
    """Draw the share of targets met and what the missing outcomes could make of it, by five years.

    Parameters
    ----------
    axes : matplotlib Axes
    bounds : DataFrame
        As `bound_attainment` gives it.
    """
    rows = bounds[bounds["with_outcome"] > 0]
    places = range(len(rows))
    axes.bar(places, rows["highest"] - rows["lowest"], bottom=rows["lowest"], width=0.5, color=PALE)
    axes.plot(places, rows["share"], "D", color=ACCENT, ms=7)
    for place, row in zip(places, rows.to_dict("records"), strict=True):
        words = f"{row['share']:.0f}%"
        write_beside(axes, words, (place, row["share"]), (9, 0), color=ACCENT, size=9)
        known = f"{row['with_outcome']:.0f} of\n{row['targets']:.0f}"
        write_beside(axes, known, (place, row["lowest"]), (0, -9), color=GREY, size=8)
    axes.set_xticks(places, [f"{year:.0f}–" for year in rows["years"]])
    axes.set_ylim(-12, 104)
    axes.set_yticks(range(0, 101, 25))
    axes.yaxis.set_major_formatter("{x:g}%")


def draw_composition(axes: Axes, table: pd.DataFrame) -> None:
    """Draw the mean target of all prefectures beside that of those with most years.

    Parameters
    ----------
    axes : matplotlib Axes
    table : DataFrame
        As `compare_composition` gives it.
    """
    names = {"all_mean": ("all with a target", ACCENT, 9), "steady_mean": ("steady", INK, -5)}
    for column, (words, colour, up) in names.items():
        axes.plot(table["year"], table[column], color=colour, lw=1.8)
        last = table.dropna(subset=[column]).iloc[-1]
        write_beside(axes, words, (last["year"], last[column]), (6, up), color=colour, size=9)
    axes.yaxis.set_major_formatter("{x:g}%")
    axes.margins(y=0.12)


def draw_spread(axes: Axes, spread: pd.DataFrame) -> None:
    """Draw outcomes by their distance from the target, beside what others' outcomes would give.

    Parameters
    ----------
    axes : matplotlib Axes
    spread : DataFrame
        As `spread_gaps` gives it.
    """
    step = float(spread["distance"].diff().median())
    above = spread["distance"] >= -1e-9
    fill = np.where(above, ACCENT, PALE)
    middle = spread["distance"] + step / 2
    axes.bar(middle, spread["pairs"], width=0.86 * step, color=fill, edgecolor=ACCENT, lw=0.5)
    axes.step(spread["distance"], spread["others"], where="post", color=INK, lw=1.4)
    axes.axvline(0, color=GREY, lw=1, ls="--")
    top = float(spread[["pairs", "others"]].max().max())
    left = float(spread["distance"].min())
    write_beside(axes, "bars: own outcomes", (left, 0.95 * top), (6, 0), color=ACCENT, size=9)
    write_beside(axes, "line: other places' outcomes", (left, 0.88 * top), (6, 0), size=9)
    axes.set_xlabel("outcome less target, points: 0 is the target met exactly")
    axes.set_ylabel("targets")


def draw_variants(axes: Axes, table: pd.DataFrame, labels: pd.Series) -> None:
    """Draw shares of own (filled) and others' outcomes (hollow) with intervals, a row a variant.

    Parameters
    ----------
    axes : matplotlib Axes
    table : DataFrame
        `variant`, `what` (own outcomes, other places' outcomes), `value`, `low`, `high`.
    labels : Series
        What each variant is called, by variant.
    """
    order = list(dict.fromkeys(table["variant"]))[::-1]
    for what, shift, fill in ((OWN, 0.14, ACCENT), (OTHERS, -0.14, "white")):
        rows = table[table["what"] == what].set_index("variant").loc[order]
        places = np.arange(len(order)) + shift
        axes.hlines(places, rows["low"], rows["high"], color=ACCENT, lw=1.2)
        style: dict[str, Any] = {"ms": 6, "mfc": fill, "mec": ACCENT, "mew": 1.4}
        axes.plot(
            rows["value"], places, "o", label=f"with {what}" if what == OTHERS else what, **style
        )
    axes.axvline(50, color=GREY, lw=1, ls="--")
    axes.set_yticks(range(len(order)), [labels[name] for name in order])
    axes.xaxis.set_major_formatter("{x:g}%")


def draw_heaps(axes: Axes, heaps: pd.DataFrame) -> None:
    """Draw how many targets and outcomes show each first decimal.

    Parameters
    ----------
    axes : matplotlib Axes
    heaps : DataFrame
        As `count_heaps` gives it.
    """
    looks = {"target": (-0.2, "white", "targets"), "actual": (0.2, ACCENT, "outcomes")}
    for kind, (shift, fill, words) in looks.items():
        rows = heaps[heaps["kind"] == kind]
        axes.bar(
            rows["tenth"] + shift, rows["share"], width=0.38, color=fill, edgecolor=ACCENT,
            label=words,
        )  # fmt: skip
    axes.axhline(10, color=GREY, lw=1, ls="--")
    axes.set_xticks(range(10), [f".{digit}" for digit in range(10)])
    axes.yaxis.set_major_formatter("{x:g}%")
    axes.legend(frameon=False)


def draw_place(axes: Axes, beside: pd.DataFrame, kind: str) -> None:
    """Draw a place's targets or outcomes by year, over the span of its peers and their median.

    Parameters
    ----------
    axes : matplotlib Axes
    beside : DataFrame
        As `stand_among_peers` gives it.
    kind : str
        target (drawn hollow) or actual (filled).
    """
    rows = beside[beside["kind"] == kind]
    if rows.empty:
        return
    years = range(int(rows["year"].min()), int(rows["year"].max()) + 1)
    table = rows.set_index("year").reindex(years)
    axes.vlines(table.index, table["lowest"], table["highest"], color=PALE, lw=7)
    style: dict[str, Any] = {"color": GREY, "ms": 9, "mew": 2}
    axes.plot(table.index, table["median"], "_", label="median of its peers", **style)
    fill = "white" if kind == "target" else ACCENT
    style = {"mfc": fill, "mec": ACCENT, "mew": 1.6, "ms": 6}
    axes.plot(table.index, table["own"], "D" if kind == "target" else "o", **style)
    axes.yaxis.set_major_formatter("{x:g}%")
