"""The charts of the forecasts: the fan, the scorecard, the paths of the tax share."""

import pandas as pd

from hyreport.charts import ACCENT, GREY, INK, PALE

NEAR = 0.45  # points: labels closer than this share a line
# Where words stand from their mark: years to the right, points up; where the fan leaves room.
TARGET_WORDS = {
    "official target": ("target: at least", (-3.6, -2.3)),
    "official stretch target": ("to strive for:", (-1.5, 4.9)),
}
OUTCOME_PLACES = ((-1.0, -4.3), (-0.1, -2.5), (-1.5, -0.6))


def draw_fan(axes, history: pd.DataFrame, forecasts: pd.DataFrame, *, fan: str) -> None:
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
    """
    years = history["date"].astype(int)
    series = history["value"].set_axis(years)
    axes.plot(series.reindex(range(years.min(), years.max() + 1)), color=GREY, lw=1.5, zorder=2)
    for year, value, status in zip(years, history["value"], history["obs_status"], strict=True):
        fill = PALE if status == "E" else GREY
        axes.plot(year, value, "o", ms=5.5, mfc=fill, mec=GREY, mew=1.5, zorder=3)
    start = (int(years.iloc[-1]), float(history["value"].iloc[-1]))
    band = forecasts[forecasts["source"] == fan]
    axes.fill_between(
        [start[0], *band["date"].astype(int)],
        [start[1], *band["low"]],
        [start[1], *band["high"]],
        color=PALE,
        lw=0,
        zorder=0,
    )
    ends = {}
    for source, rows in forecasts.groupby("source", sort=False):
        bold = source == fan
        axes.plot(
            [start[0], *rows["date"].astype(int)],
            [start[1], *rows["value"]],
            color=ACCENT if bold else GREY,
            lw=2 if bold else 0.8,
            zorder=2 if bold else 1,
        )
        ends[source] = float(rows["value"].iloc[-1])
    last = int(forecasts["date"].astype(int).max())
    for words, value in _share_lines(ends):
        axes.annotate(
            words,
            (last, value),
            (6, 0),
            textcoords="offset points",
            va="center",
            size=9,
            color=ACCENT if fan in words.split("\n") else INK,
            annotation_clip=False,
        )
    axes.set_xlim(years.min() - 0.5, last + 0.1)
    axes.set_xticks(range(int(years.min()), last + 1, 3))


def place_marks(targets: pd.DataFrame, outcomes: pd.DataFrame, dates) -> pd.DataFrame:
    """Word the targets and outcomes of some years and give their words a place of their own.

    Parameters
    ----------
    targets : DataFrame
        As `official_targets` gives it.
    outcomes : DataFrame
        As `growth_outcomes` gives it.
    dates : iterable of str
        The years drawn.

    Returns
    -------
    DataFrame
        As `draw_marks` takes it.
    """
    wanted = set(dates)
    rows = []
    for row in targets[targets["date"].isin(wanted)].to_dict("records"):
        words, (right, up) = TARGET_WORDS[row["source"]]
        text = f"{words} {row['value']:g}%"
        rows.append(_mark(row, "target", text, right, up))
    came = outcomes[outcomes["date"].isin(wanted)].to_dict("records")
    for place, row in enumerate(came):
        right, up = OUTCOME_PLACES[place % len(OUTCOME_PLACES)]
        rows.append(_mark(row, "outcome", f"{row['date']}: {row['value']:g}", right, up))
    return pd.DataFrame(rows)


def _mark(row: dict, kind: str, text: str, right: float, up: float) -> dict:
    return {
        "date": row["date"],
        "value": row["value"],
        "kind": kind,
        "text": text,
        "text_date": int(row["date"]) + right,
        "text_value": row["value"] + up,
    }


def draw_marks(axes, marks: pd.DataFrame) -> None:
    """Draw targets as hollow diamonds and outcomes as filled squares, each led to its words.

    Parameters
    ----------
    axes : matplotlib Axes
    marks : DataFrame
        `date`, `value`, `kind` (target or outcome), `text`, and where it stands: `text_date`,
        `text_value`.
    """
    for mark in marks.to_dict("records"):
        target = mark["kind"] == "target"
        fill, edge = ("white", ACCENT) if target else (INK, INK)
        place = (int(mark["date"]), mark["value"])
        axes.plot(*place, "D" if target else "s", ms=6, mfc=fill, mec=edge, mew=1.5, zorder=5)
        axes.annotate(
            mark["text"],
            place,
            (mark["text_date"], mark["text_value"]),
            ha="center",
            va="center",
            size=9.5,
            weight="normal" if target else "bold",
            color=edge,
            zorder=6,
            arrowprops={"arrowstyle": "-", "color": edge, "lw": 0.8, "shrinkA": 2, "shrinkB": 5},
        )
    low, high = axes.get_ylim()
    places = [low, high, *(marks["text_value"] - 1), *(marks["text_value"] + 1)]
    axes.set_ylim(min(places), max(places))


def draw_scores(axes, card: pd.DataFrame, *, naive: str) -> None:
    """Draw the mean absolute error of each forecaster, the smallest on top.

    Parameters
    ----------
    axes : matplotlib Axes
    card : DataFrame
        As `scorecard` gives it; errors in points.
    naive : str
        The forecaster that the others are held against; a line marks its error.
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
        inside = f"; inside {row['inside']}" if row["inside"] else ""
        axes.annotate(
            f"{row['value']:.2f}{inside}",
            (row["value"], place),
            (5, 0),
            textcoords="offset points",
            va="center",
        )
    error = card.loc[card["source"] == naive, "value"].item()
    axes.axvline(error, color=INK, lw=1, ls=(0, (3, 3)))
    axes.set_yticks(range(len(rows)), rows["source"])
    axes.set_xlim(0, card["value"].max() * 1.3)


def draw_share_paths(axes, paths: pd.DataFrame, published: pd.DataFrame) -> None:
    """Draw scenario paths of a share as lines with their words, and what was published as squares.

    Parameters
    ----------
    axes : matplotlib Axes
    paths : DataFrame
        `date`, `value` in percent and `label`, one line a label.
    published : DataFrame
        `date` and `value` in percent.
    """
    styles = ["-", (0, (6, 2)), (0, (2, 2)), "-."]
    for style, (label, rows) in zip(styles, paths.groupby("label", sort=False), strict=False):
        axes.plot(rows["date"].astype(int), rows["value"], color=ACCENT, lw=1.8, ls=style)
        axes.annotate(
            f"{label}: {rows['value'].iloc[-1]:.1f}",
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
    [('b', 4.0), ('c, a', 8.4)]
    """
    groups: list[list[tuple[str, float]]] = []
    for name, value in sorted(ends.items(), key=lambda end: end[1]):
        if groups and value - groups[-1][-1][1] < NEAR:
            groups[-1].append((name, value))
        else:
            groups.append([(name, value)])
    return [
        (", ".join(name for name, _ in group), round(sum(v for _, v in group) / len(group), 2))
        for group in groups
    ]
