"""The charts of the forecasts: the fan, the scorecard, the paths of the tax share."""

from functools import partial

import pandas as pd

from hyreport.data.days import read_year, read_years
from hyreport.errors import IntervalError, UnknownNameError
from hyreport.themes.growth.models import years_in_order
from hyreport.themes.look import ACCENT, GREY, INK, PALE
from hyreport.words.codes import CODES
from hyreport.words.language import heading, label, words

NEAR = 0.45  # points: labels closer than this share a line
STRETCH = 4.0  # how much wider apart the years ahead stand than those of the past


def draw_fan(
    axes, history: pd.DataFrame, forecasts: pd.DataFrame, *, fan: str, language: str = "en"
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
    band = _rows_of(forecasts, fan)
    series = history["value"].set_axis(years)
    axes.plot(series.reindex(range(years.min(), years.max() + 1)), color=GREY, lw=1.5, zorder=2)
    for year, value, status in zip(years, history["value"], history["obs_status"], strict=True):
        fill = PALE if status == "E" else GREY
        axes.plot(year, value, "o", ms=5.5, mfc=fill, mec=GREY, mew=1.5, zorder=3)
    last = int(years.iloc[-1])
    start = (last, float(history["value"].iloc[-1]))
    ahead = [last, *(place_year(date, last) for date in band["date"])]
    ends = [[start[1], *band[end]] for end in ("low", "high")]
    axes.fill_between(ahead, *ends, color=PALE, lw=0, zorder=0)
    centres = {}
    for source, rows in forecasts.groupby("source", sort=False):
        bold = source == fan
        axes.plot(
            [last, *(place_year(date, last) for date in rows["date"])],
            [start[1], *rows["value"]],
            color=ACCENT if bold else GREY,
            lw=2.4 if bold else 0.8,
            zorder=2 if bold else 1,
        )
        centres[say(source)] = float(rows["value"].iloc[-1])
    below = (band["low"].iloc[-1] + min(centres.values())) / 2
    band_words = say("band: interval of the {}").format(say(fan)) + " "
    axes.text(ahead[-1], below, band_words, ha="right", va="center", size=9, color=ACCENT)
    for names, value in _share_lines(centres):
        axes.annotate(
            names,
            (ahead[-1], value),
            (6, 0),
            textcoords="offset points",
            va="center",
            size=9,
            color=ACCENT if say(fan) in names.split(", ") else INK,
            annotation_clip=False,
        )
    axes.set_xlim(years.min() - 0.5, ahead[-1] + 0.1)
    past = range(last % 3 + (years.min() // 3) * 3, last + 1, 3)
    past = [year for year in past if year >= years.min()]
    named = [*past, *band["date"]]
    axes.set_xticks([place_year(year, last) for year in named], [str(year) for year in named])


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
    targets: pd.DataFrame, outcomes: pd.DataFrame, dates, *, language: str = "en"
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
    rows = []
    for row in targets[targets["date"].isin(wanted)].to_dict("records"):
        said = getattr(CODES["chart_target"][row["source"]], language)
        text = f"{said} {row['value']:g}%"
        rows.append({"date": row["date"], "value": row["value"], "kind": "target", "text": text})
    for row in outcomes[outcomes["date"].isin(wanted)].to_dict("records"):
        text = f"{row['value']:g}%"
        rows.append({"date": row["date"], "value": row["value"], "kind": "outcome", "text": text})
    return pd.DataFrame(rows)


def draw_marks(axes, marks: pd.DataFrame, *, last: int) -> None:
    """Draw targets as hollow diamonds, words to the left, and outcomes as filled squares.

    Parameters
    ----------
    axes : matplotlib Axes
    marks : DataFrame
        As `word_marks` gives it.
    last : int
        The last year known, from which on years stand wider.
    """
    for mark in marks.to_dict("records"):
        target = mark["kind"] == "target"
        fill, edge = ("white", ACCENT) if target else (INK, INK)
        place = place_year(read_year(mark["date"], "marks"), last)
        axes.plot(
            place,
            mark["value"],
            "D" if target else "s",
            ms=6,
            mfc=fill,
            mec=edge,
            mew=1.5,
            zorder=5,
            clip_on=False,
        )
        aside = marks[(marks["date"] == mark["date"]) & (marks["kind"] == "target")]["value"]
        low = target and mark["value"] == aside.min() < aside.max()
        axes.annotate(
            mark["text"],
            (place, mark["value"]),
            (-10, -26 if low else 26) if target else (8, -11),
            textcoords="offset points",
            ha="right" if target else "left",
            va="center",
            size=9.5,
            weight="normal" if target else "bold",
            color=edge,
            zorder=6,
            arrowprops={"arrowstyle": "-", "color": edge, "lw": 0.8} if target else None,
        )
    low, high = axes.get_ylim()
    axes.set_ylim(min(low, marks["value"].min() - 1), max(high, marks["value"].max() + 1))


def draw_scores(axes, card: pd.DataFrame, *, naive: str, language: str = "en") -> None:
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
    rows = card[::-1].reset_index(drop=True)
    for place, row in rows.iterrows():
        ours = row["source"] == naive
        axes.barh(
            place,
            row["value"],
            height=0.62,
            facecolor=ACCENT if ours else PALE,
            edgecolor=ACCENT if ours else GREY,
        )
        inside = f"; {heading('inside', language)} {row['inside']}" if row["inside"] else ""
        axes.annotate(
            f"{row['value']:.2f}{inside}",
            (row["value"], place),
            (5, 0),
            textcoords="offset points",
            va="center",
        )
    error = _rows_of(card, naive)["value"].iloc[0]
    axes.axvline(error, color=INK, lw=1, ls=(0, (3, 3)))
    axes.set_yticks(range(len(rows)), label(rows["source"], language))
    axes.set_xlim(0, card["value"].max() * 1.55)


def draw_share_paths(
    axes, paths: pd.DataFrame, published: pd.DataFrame, *, language: str = "en"
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
        axes.annotate(
            f"{words(name, language=language)}: {rows['value'].iloc[-1]:.1f}",
            (int(rows["date"].iloc[-1]), rows["value"].iloc[-1]),
            (8, 0),
            textcoords="offset points",
            va="center",
            annotation_clip=False,
        )
    dates = paths["date"].astype(int)
    for date, value in zip(published["date"].astype(int), published["value"], strict=True):
        last = date == dates.max()  # where the labels of the lines stand right and below
        axes.plot(date, value, "s", ms=7, color=INK, zorder=3)
        axes.annotate(
            f"{value:.1f}",
            (date, value),
            (-9, 0) if last else (0, -9),
            textcoords="offset points",
            ha="right" if last else "center",
            va="center" if last else "top",
            weight="bold",
        )
    axes.set_xticks(range(dates.min(), dates.max() + 1))
    axes.set_xlim(dates.min() - 0.15, dates.max() + 0.1)


def _share_lines(ends: dict[str, float]) -> list[tuple[str, float]]:
    """Join the labels of values that lie too close to be written apart.

    >>> _share_lines({"a": 8.5, "b": 4.0, "c": 8.3})
    [('b', 4.0), ('a, c', 8.4)]
    """
    groups: list[list[tuple[str, float]]] = []
    for name, value in sorted(ends.items(), key=lambda end: end[1]):
        if groups and value - groups[-1][-1][1] < NEAR:
            groups[-1].append((name, value))
        else:
            groups.append([(name, value)])
    return [
        (
            ", ".join(name for name, _ in reversed(group)),
            round(sum(v for _, v in group) / len(group), 2),
        )
        for group in groups
    ]
