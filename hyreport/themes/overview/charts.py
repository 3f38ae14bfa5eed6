"""The charts of any report: how exact its figures are, tax shares, aims beside what was reached."""

import pandas as pd
from matplotlib.axes import Axes

from hyreport.themes.look import ACCENT, GREY, INK, PALE, draw_dumbbells
from hyreport.themes.overview.revenue import SCOPES

__all__ = ["MOST", "draw_aims", "draw_rounding", "draw_shares", "pair_aims", "pair_outcomes"]


MOST = 12  # rows that a chart of pairs has room for


def draw_rounding(axes: Axes, table: pd.DataFrame) -> None:
    """Draw how exact each rounded result is, a dot each, by kind, on a scale of powers of ten.

    Parameters
    ----------
    axes : matplotlib Axes
    table : DataFrame
        As `measure_rounding` gives it.
    """
    import seaborn as sns

    order = table["kind"].value_counts().index
    style = {"color": ACCENT, "size": 5, "alpha": 0.7, "jitter": 0.25}
    sns.stripplot(table, x="half_width", y="kind", order=order, ax=axes, **style)
    axes.set_xscale("log")
    axes.axvline(table["half_width"].median(), color=GREY, lw=1, ls="--")
    axes.set(xlabel="", ylabel="")
    axes.xaxis.set_major_formatter("{x:g}%")


def draw_shares(axes: Axes, shares: pd.DataFrame) -> None:
    """Draw each tax share as a bar that is filled to it, the rest of the revenue pale.

    Parameters
    ----------
    axes : matplotlib Axes
    shares : DataFrame
        As `tax_shares` gives it.
    """
    rows = shares[::-1]
    places = range(len(rows))
    style = {"height": 0.6, "edgecolor": INK}
    bars = axes.barh(places, rows["value"], facecolor=ACCENT, **style)
    axes.barh(places, 100 - rows["value"], left=rows["value"], facecolor=PALE, **style)
    words = [f"{printed} taxes" for printed in rows["as_printed"]]
    axes.bar_label(bars, words, label_type="center", color="white", weight="bold")
    labels = [f"{SCOPES[row.scope]}\n{row.year}".replace(" (", "\n(") for row in rows.itertuples()]
    axes.set_yticks(places, labels)
    axes.set_xlim(0, 100)
    axes.xaxis.set_major_formatter("{x:g}%")


def pair_aims(board: pd.DataFrame) -> pd.DataFrame:
    """Return the pairs in percent of the targets that compare, as `draw_aims` takes them.

    Parameters
    ----------
    board : DataFrame
        As `set_aims_beside` gives it.
    """
    rows = board[(board["base_comparable"] == "yes") & (board["target_unit"] == "percent")]
    names = {"base_value": "start", "target_value": "end"}
    names |= {"base_printed": "start_text", "target_printed": "end_text"}
    return rows.rename(columns={"name_en": "label"} | names)[["label", *names.values()]]


def pair_outcomes(board: pd.DataFrame) -> pd.DataFrame:
    """Return the pairs in percent of targets and what came of them, as `draw_aims` takes them.

    Parameters
    ----------
    board : DataFrame
        As `follow_before` gives it.
    """
    rows = board[(board["outcome_comparable"] == "yes") & (board["target_unit"] == "percent")]
    names = {"target_value": "start", "outcome_value": "end"}
    names |= {"target_printed": "start_text", "outcome_printed": "end_text"}
    return rows.rename(columns={"name_en": "label"} | names)[["label", *names.values()]]


def draw_aims(axes: Axes, pairs: pd.DataFrame, *, before: str, after: str, aims: str) -> None:
    """Draw pairs of numbers in percent, the aims hollow; the widest first, as many as fit.

    Parameters
    ----------
    axes : matplotlib Axes
    pairs : DataFrame
        As `pair_aims` and `pair_outcomes` give them.
    before, after : str
        What the two ends are.
    aims : str
        Which end is the aim: start or end.
    """
    hollow = {"hollow_start": aims == "start", "hollow_end": aims == "end"}
    draw_dumbbells(axes, widest(pairs).assign(**hollow), before=before, after=after)


def widest(pairs: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of a chart of pairs: the widest gaps, as many as fit."""
    size = (pairs["end"].astype(float) - pairs["start"].astype(float)).abs()
    return pairs.loc[size.sort_values(ascending=False, kind="stable").index[:MOST]]
