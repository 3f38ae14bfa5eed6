"""The charts of the forecasts: the fan, the scorecard, the paths of the tax share."""

from collections.abc import Iterable
from functools import partial
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from hyreport.data.days import read_year, read_years
from hyreport.errors import IntervalError, UnknownNameError
from hyreport.themes.growth.models import years_in_order
from hyreport.themes.look import ACCENT, GREY, INK, PALE, write_beside, write_number
from hyreport.words.codes import CODES
from hyreport.words.language import heading, label, words

__all__ = [
    "draw_fan",
    "draw_marks",
    "draw_rivals",
    "draw_scores",
    "draw_share_paths",
    "place_year",
    "word_marks",
]


NEAR = 0.45  # points: labels closer than this share a line
CLOSE = 0.045  # the same as a part of a long axis
ACROSS = "across a break"
STRETCH = 4.0  # how much wider apart the years ahead stand than those of the past
DARKER = "#b9c9d3"  # a band inside the pale one
CLEAR = {"boxstyle": "square,pad=0.1", "fc": "white", "lw": 0, "alpha": 0.85}  # lines behind words
OTHERS = {"color": GREY, "lw": 0.8, "zorder": 1}  # the lines of the models without a band


def draw_fan(
    axes: Axes,
    history: pd.DataFrame,
    forecasts: pd.DataFrame,
    *,
    fan: str,
    inner: pd.DataFrame | None = None,
    language: str = "en",
) -> None:
    """Draw a yearly series, the interval of one model ahead of it, and the centres of all.

    Parameters
    ----------
    axes : matplotlib Axes
    history : DataFrame
        `date`, `value`, `obs_status`; an estimate is drawn pale, a gap in the years breaks the
        line.
    forecasts : DataFrame
        As `forecast_growth` gives it, from one origin, for several years ahead.
    fan : str
        The model whose interval is drawn.
    inner : DataFrame, optional
        Forecasts of the same model from another history, whose interval is drawn darker inside.
    language : str
        en or zh, of the labels.

    Raises
    ------
    IntervalError
        For a history without years, or with one twice or out of order.
    UnknownNameError
        Where `fan` has no forecast.
    """
    say = partial(words, language=language)
    years = years_in_order(history)
    if years.empty:
        raise IntervalError("draw_fan", "a history without years", "one year at least")
    forecasts = forecasts.assign(date=read_years(forecasts, "date", "forecasts"))
    forecasts = forecasts.sort_values("date", kind="stable")
    series = history["value"].astype(float).set_axis(years)
    first, last = years.iloc[0], years.iloc[-1]
    _draw_history(axes, series, history["obs_status"])
    forecasts = forecasts.assign(place=[place_year(year, last) for year in forecasts["date"]])
    start = {"place": last, **dict.fromkeys(("value", "low", "high"), series[last])}
    band = pd.concat([pd.DataFrame([start]), _rows_of(forecasts, fan)])
    axes.fill_between(band["place"], band["low"], band["high"], color=PALE, lw=0, zorder=0)
    if inner is not None:
        rows = _rows_of(inner, fan).sort_values("date")
        low, high = ([series[last], *rows[end]] for end in ("low", "high"))
        axes.fill_between(band["place"], low, high, color=DARKER, lw=0, zorder=0.5)
    centres = {}
    for source, rows in forecasts.groupby("source", sort=False):
        style = {"color": ACCENT, "lw": 2.4, "zorder": 2} if source == fan else OTHERS
        axes.plot([last, *rows["place"]], [series[last], *rows["value"]], **style)
        centres[say(source)] = float(rows["value"].iloc[-1])
    right = band["place"].iloc[-1]
    bottom, top = axes.get_ylim()
    for names, value in _share_lines(centres, near=max(NEAR, CLOSE * (top - bottom))):
        color = ACCENT if say(fan) in names.split(", ") else INK
        style = {"size": 9, "color": color, "annotation_clip": False}
        write_beside(axes, names, (right, value), (6, 0), **style)
    axes.set_xlim(first - 0.5, right + 0.1)
    named = [*range(last, first - 1, -3)][::-1] + band["date"].iloc[1:].astype(int).tolist()
    axes.set_xticks([place_year(year, last) for year in named], list(map(str, named)))


def _draw_history(axes: Axes, series: pd.Series, statuses: pd.Series) -> None:
    years = series.index
    axes.plot(series.reindex(range(years[0], years[-1] + 1)), color=GREY, lw=1.5, zorder=2)
    for (year, value), status in zip(series.items(), statuses, strict=True):
        fill = PALE if status == "E" else GREY
        axes.plot(year, value, "o", ms=5.5, mfc=fill, mec=GREY, mew=1.5, zorder=3)


def _rows_of(table: pd.DataFrame, source: str) -> pd.DataFrame:
    rows = table[table["source"] == source]
    if rows.empty:
        names = ", ".join(dict.fromkeys(table["source"])) or "a forecaster; the table is empty"
        raise UnknownNameError("chart", f"no forecaster {source!r}", names)
    return rows


def place_year(year: int, last: int) -> float:
    """Give a year its place on the axis: the years ahead of the last known one stand wider.

    >>> place_year(2016, 2017), place_year(2019, 2017)
    (2016, 2025.0)
    """
    return year if year <= last else last + STRETCH * (year - last)


def word_marks(
    targets: pd.DataFrame, outcomes: pd.DataFrame, dates: Iterable[str], *, language: str = "en"
) -> pd.DataFrame:
    """Word the targets and outcomes of some years.

    Parameters
    ----------
    targets : DataFrame
        As `official_targets` gives it.
    outcomes : DataFrame
        As `growth_outcomes` gives it.
    dates : iterable of str
        The years drawn.
    language : str
        en or zh.

    Returns
    -------
    DataFrame
        As `draw_marks` takes it: `date`, `value`, `kind` (target or outcome), `text`.
    """
    wanted = set(dates)
    aims = targets[targets["date"].isin(wanted)].assign(kind="target")
    texts = []
    for source, bound, value in zip(aims["source"], aims["qualifier"], aims["value"], strict=True):
        said = getattr(CODES["chart_target"][f"{source}, {bound}"], language)
        texts.append(f"{said} {value:g}%")
    came = outcomes[outcomes["date"].isin(wanted)].assign(kind="outcome")
    texts += [f"{value:g}%" for value in came["value"]]
    marks = pd.concat([aims, came], ignore_index=True)
    return marks[["date", "value", "kind"]].assign(text=texts)


def draw_marks(axes: Axes, marks: pd.DataFrame, *, last: int) -> None:
    """Draw targets as hollow diamonds, words to the left, and outcomes as squares.

    Parameters
    ----------
    axes : matplotlib Axes
    marks : DataFrame
        As `word_marks` gives it; an outcome of the kind "across a break" is drawn hollow.
    last : int
        The last year known, from which on years stand wider.
    """
    dates = sorted(set(marks["date"]))
    at_end = dates[-1] if len(dates) > 1 else ""  # right of the last year stand names of models
    for mark in marks.to_dict("records"):
        target = mark["kind"] == "target"
        shape, fill, edge = ("D", "white", ACCENT) if target else ("s", INK, INK)
        fill = "white" if mark["kind"] == ACROSS else fill
        point = place_year(read_year(mark["date"], "marks"), last), mark["value"]
        axes.plot(*point, shape, ms=6, mfc=fill, mec=edge, mew=1.5, zorder=5, clip_on=False)
        beside = {"size": 9.5, "color": edge, "zorder": 6, "bbox": CLEAR}
        if target:
            of_year = marks[(marks["date"] == mark["date"]) & (marks["kind"] == "target")]["value"]
            low = mark["value"] == of_year.min() < of_year.max()
            arrow = {"arrowstyle": "-", "color": edge, "lw": 0.8}
            offset = (-10, -26 if low else 26)
            write_beside(axes, mark["text"], point, offset, arrowprops=arrow, **beside)
        else:
            way = -8 if mark["date"] == at_end else 8
            write_beside(axes, mark["text"], point, (way, -11), weight="bold", **beside)
    low, high = axes.get_ylim()
    room = max(1, 0.15 * (high - low))  # for the words below a mark
    axes.set_ylim(min(low, marks["value"].min() - room), max(high, marks["value"].max() + 1))


def draw_rivals(axes: Axes, judged: pd.DataFrame, *, language: str = "en") -> None:
    """Draw each year's forecasters as hollow marks and its outcomes as filled squares.

    Parameters
    ----------
    axes : matplotlib Axes
    judged : DataFrame
        As `judge` gives it, with `vintage` of the outcome; the years stand side by side, gaps
        between them closed.
    language : str
        en or zh, of the labels.
    """
    dates = sorted(set(judged["date"]))
    marks = [("source", "value", "Do"), ("vintage", "outcome", "ss")]
    for side, (column, number, shapes) in zip((-0.12, 0.12), marks, strict=True):
        once = judged.drop_duplicates([column, "date"])
        for at, (name, rows) in enumerate(once.groupby(column, sort=False)):
            fill = "white" if column == "source" else (GREY, INK)[at]
            edge = (ACCENT, GREY)[at] if column == "source" else fill
            places = [dates.index(date) + side * (1 + at / 2) for date in rows["date"]]
            named = words(name, language=language)
            style: dict[str, Any] = {
                "ms": 7.5,
                "mfc": fill,
                "mec": edge,
                "mew": 1.8,
                "ls": "",
                "clip_on": False,
            }
            axes.plot(places, rows[number], shapes[at], label=named, **style)
    axes.set_xticks(range(len(dates)), dates)
    axes.set_ylim(0, None)
    axes.legend(frameon=False, loc="lower left", ncols=2)


def draw_scores(axes: Axes, card: pd.DataFrame, *, naive: str, language: str = "en") -> None:
    """Draw the mean absolute error of each forecaster, the smallest on top.

    Parameters
    ----------
    axes : matplotlib Axes
    card : DataFrame
        As `scorecard` gives it; errors in points.
    naive : str
        The forecaster that the others are held against; a line marks its error.
    language : str
        en or zh, of the labels.

    Raises
    ------
    UnknownNameError
        Where `naive` is not in the card.
    """
    rows, bars = card[::-1], range(len(card))
    ours = rows["source"] == naive
    drawn = axes.barh(
        bars,
        rows["value"],
        height=0.62,
        color=np.where(ours, ACCENT, PALE),
        edgecolor=np.where(ours, ACCENT, GREY),
    )
    told = f"; {heading('inside', language)} "
    inside = rows["inside"].map(lambda count: told + count if count else "")
    axes.bar_label(drawn, rows["value"].map(partial(write_number, decimals=2)) + inside, padding=5)
    error = _rows_of(card, naive)["value"].iloc[0]
    axes.axvline(error, color=INK, lw=1, ls=(0, (3, 3)))
    axes.set_yticks(bars, label(rows["source"], language))
    axes.set_xlim(0, card["value"].max() * 1.55)


def draw_share_paths(
    axes: Axes, paths: pd.DataFrame, published: pd.DataFrame, *, language: str = "en"
) -> None:
    """Draw scenario paths of a share as lines with their words, and what was published as squares.

    Parameters
    ----------
    axes : matplotlib Axes
    paths : DataFrame
        `date`, `value` in percent and `label`, one line a label.
    published : DataFrame
        `date` and `value` in percent.
    language : str
        en or zh, of the labels.
    """
    styles = ["-", (0, (6, 2)), (0, (2, 2)), "-."]
    for style, (name, rows) in zip(styles, paths.groupby("label", sort=False), strict=False):
        axes.plot(rows["date"].astype(int), rows["value"], color=ACCENT, lw=1.8, ls=style)
        end = int(rows["date"].iloc[-1]), rows["value"].iloc[-1]
        text = f"{words(name, language=language)}: {write_number(end[1], 1)}"
        write_beside(axes, text, end, (8, 0), annotation_clip=False)
    dates = paths["date"].astype(int)
    for date, value in zip(published["date"].astype(int), published["value"], strict=True):
        axes.plot(date, value, "s", ms=7, color=INK, zorder=3)
        # At the last year the labels of the lines stand right and below.
        offset = (-9, 0) if date == dates.max() else (0, -9)
        write_beside(axes, write_number(value, 1), (date, value), offset, weight="bold")
    axes.set_xticks(range(dates.min(), dates.max() + 1))
    axes.set_xlim(dates.min() - 0.15, dates.max() + 0.1)


def _share_lines(ends: dict[str, float], *, near: float = NEAR) -> list[tuple[str, float]]:
    """Join the labels of values that lie too close to be written apart.

    >>> _share_lines({"a": 8.5, "b": 4.0, "c": 8.3})
    [('b', 4.0), ('a, c', 8.4)]
    """
    values = pd.Series(ends).sort_values(kind="stable")
    apart = (values.diff() >= near).cumsum()
    return [
        (", ".join(group.index[::-1]), round(float(group.mean()), 2))
        for _, group in values.groupby(apart)
    ]
