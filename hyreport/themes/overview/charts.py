"""The charts of any report: how exact its figures are, tax shares, aims beside what was reached."""

import pandas as pd
from matplotlib.axes import Axes

from hyreport.themes.look import ACCENT, GREY, INK, PALE, wrap_label, write_beside
from hyreport.themes.overview.revenue import SCOPES

__all__ = [
    "MOST",
    "draw_gaps",
    "draw_rounding",
    "draw_shares",
    "pair_aims",
    "pair_outcomes",
    "widest",
]


MOST = 12  # rows that a chart of pairs has room for


def draw_rounding(axes: Axes, table: pd.DataFrame) -> None:
    """Draw how exact each rounded result is, a stroke each, by kind, on a scale of powers of ten.

    Parameters
    ----------
    axes : matplotlib Axes
    table : DataFrame
        As `measure_rounding` gives it.
    """
    import seaborn as sns

    order = table["kind"].value_counts().index
    # Without jitter, which is drawn by chance, the same table gives the same picture.
    style = {"color": ACCENT, "marker": "|", "size": 16, "linewidth": 1.4, "jitter": False}
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
    """Return the targets in percent that compare, with their gap, as `draw_gaps` takes them.

    Parameters
    ----------
    board : DataFrame
        As `set_aims_beside` gives it.

    Returns
    -------
    DataFrame
        `label`, `start`, `end`, `gap`, `gap_low`, `gap_high` in percentage points, `text`.
    """
    rows = board[(board["base_comparable"] == "yes") & (board["target_unit"] == "percent")]
    return pd.DataFrame(
        {
            "label": rows["name_en"],
            "start": rows["base_value"].astype(float),
            "end": rows["target_value"].astype(float),
            **{name: rows[name].astype(float) for name in ("gap", "gap_low", "gap_high")},
            "text": rows["base_printed"] + " → " + rows["target_printed"],
        }
    )


def pair_outcomes(board: pd.DataFrame) -> pd.DataFrame:
    """Return the targets in percent that an outcome decides, with its distance from each.

    Parameters
    ----------
    board : DataFrame
        As `follow_before` gives it.

    Returns
    -------
    DataFrame
        As `pair_aims` gives it; the gap is what came less the target.
    """
    rows = board[(board["outcome_comparable"] == "yes") & (board["target_unit"] == "percent")]
    aim = rows["target_value"].astype(float)
    came = {end: rows[f"outcome_{end}"].astype(float) for end in ("value", "low", "high")}
    return pd.DataFrame(
        {
            "label": rows["name_en"],
            "start": aim,
            "end": came["value"],
            "gap": (came["value"] - aim).round(4),
            "gap_low": (came["low"] - aim).round(4),
            "gap_high": (came["high"] - aim).round(4),
            "text": rows["target_printed"] + " → " + rows["outcome_printed"],
        }
    )


def widest(pairs: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that a chart of gaps shows: the widest ones, from above to below."""
    order = pairs["gap"].abs().sort_values(ascending=False, kind="stable").index[:MOST]
    return pairs.loc[order].sort_values("gap", ascending=False, kind="stable")


def draw_gaps(axes: Axes, pairs: pd.DataFrame, *, hollow: bool) -> None:
    """Draw how far one number lies from another, a bar each from zero, with both as printed.

    Parameters
    ----------
    axes : matplotlib Axes
    pairs : DataFrame
        As `pair_aims` and `pair_outcomes` give them; the widest gaps are drawn, with what
        rounding allows as a line.
    hollow : bool
        Whether the later number is a target, which is drawn hollow.
    """
    rows = widest(pairs)[::-1]
    places = range(len(rows))
    fill = "white" if hollow else ACCENT
    axes.barh(places, rows["gap"], height=0.6, facecolor=fill, edgecolor=ACCENT, lw=1.4)
    axes.hlines(places, rows["gap_low"], rows["gap_high"], color=INK, lw=1.4)
    for place, row in zip(places, rows.to_dict("records"), strict=True):
        far = [row[name] for name in ("gap", "gap_low", "gap_high") if pd.notna(row[name])]
        ahead = row["gap"] >= 0
        end = max(*far, 0) if ahead else min(*far, 0)
        number = f"{row['gap']:+g}".replace("-", "−") if row["gap"] else "0"
        said = f"{number}  ({row['text']})"
        write_beside(axes, said, (end, place), (6 if ahead else -6, 0), size=9)
    axes.axvline(0, color=GREY, lw=1)
    axes.set_yticks(places, rows["label"].map(wrap_label))
    low, high = min(rows["gap"].min(), 0), max(rows["gap"].max(), 0)
    room = 0.9 * max(high - low, 1)  # for the words at the ends of bars
    axes.set_xlim(low - room * (low < 0), high + room * bool((rows["gap"] >= 0).any()))
    axes.spines["left"].set_visible(False)
