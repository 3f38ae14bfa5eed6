"""The charts of the targets: headline aims beside the base year, and tiles that count by kind."""

import textwrap
from collections.abc import Callable
from functools import partial

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from matplotlib.ticker import MultipleLocator

from hyreport.themes.look import ACCENT, GREY, INK, PALE, wrap_label, write_beside
from hyreport.themes.targets.scoreboard import GRADES, HEADLINE, VERDICTS, find_stem
from hyreport.words.language import YEAR, label, words

__all__ = ["draw_areas", "draw_headline", "draw_tiles", "mark_qualifier", "name_tiles", "wrap_wide"]


Point = tuple[float, float]
Say = Callable[[str], str]
BELOW = 0.13  # how far the base year stands below the line of its row, and the aim above it
MARKS = {"at_least": "≥{}", "about": "≈{}", "at_most": "≤{}"}
MARKS |= {"more_than": ">{}", "less_than": "<{}"}
# In units of one tile: the space right of a cell, a line of names; letters that fit a unit.
GAP, NAME_LINE, NAME_WIDTH, HEAD_WIDTH = 1.6, 0.72, 3.4, 2.8
# The dots of `draw_areas` and their words, in the order from top to bottom.
HOLLOW_DOT = {"marker": "D", "ms": 6, "mfc": "white", "mec": ACCENT, "mew": 1.6}
DOTS = {
    "before": {"marker": "o", "ms": 7, "mfc": GREY, "mec": GREY},
    "aim": HOLLOW_DOT,
    "higher aim": HOLLOW_DOT,
    "aim elsewhere": HOLLOW_DOT | {"mec": GREY},
    "outcome": {"marker": "o", "ms": 8, "mfc": ACCENT, "mec": ACCENT},
}
SAID = {"before": "{year}", "aim": "target", "higher aim": "to strive for", "outcome": "{year}"}
# How tiles are filled; tells apart without colour.
FIRM = {"facecolor": ACCENT, "edgecolor": ACCENT}
HALF = {"facecolor": PALE, "edgecolor": INK}
CROSSED = {"facecolor": "white", "edgecolor": INK, "hatch": "xxxx"}
DOTTED = {"facecolor": "white", "edgecolor": INK, "hatch": "...."}
HATCHED = {"facecolor": "white", "edgecolor": GREY, "hatch": "////"}
HOLLOW = {"facecolor": "white", "edgecolor": GREY}
FILLS = dict(zip(GRADES.values(), (FIRM, HALF, HATCHED, HOLLOW), strict=True))
FILLS |= dict(zip(VERDICTS, (FIRM, CROSSED, DOTTED, HATCHED, HOLLOW), strict=True))


def mark_qualifier(number: float, qualifier: str) -> str:
    """Write a growth rate with the sign of its qualifier.

    >>> mark_qualifier(8.0, "at_least"), mark_qualifier(14.0, "about")
    ('≥8%', '≈14%')
    """
    return MARKS.get(qualifier, "{}").format(f"{number:g}%")


def draw_headline(
    axes: Axes, pairs: pd.DataFrame, *, tolerance: float, language: str = "en"
) -> None:
    """Draw a row for each headline indicator: the aims above the line, the base year below it.

    Parameters
    ----------
    axes : matplotlib Axes
    pairs : DataFrame
        As `headline_targets` gives them: rows of the targets table with `label`, the indicator's
        name, `part`, which tells two figures of the base year apart, and `grade`; percent.
    tolerance : float
        Points read into 左右 (about); drawn as a whisker.
    language : str
        en or zh, of the labels.
    """
    say = partial(words, language=language)
    labels = list(dict.fromkeys(pairs["label"]))[::-1]
    for place, name in enumerate(labels):
        rows = pairs[pairs["label"] == name]
        alike = (rows["comparable"] == "yes").all()
        _draw_rates(axes, place, rows[rows["base_unit"] == "percent"], say, alike=alike)
        aims = rows.drop_duplicates("target_id").sort_values("target_value").to_dict("records")
        for number, aim in enumerate(aims):
            hedge = f" {say('to strive for')}" if aim["hedge"] else ""
            _draw_aim(axes, place + BELOW, aim | {"words": hedge}, tolerance, right=number > 0)
        beside = {"xycoords": ("axes fraction", "data"), "ha": "left", "annotation_clip": False}
        style = {"va": "center", "size": 9, "color": INK if alike else GREY}
        write_beside(axes, say(rows["grade"].iloc[0]), (1.01, place), (0, 0), **beside, **style)
    axes.set_yticks(range(len(labels)), [wrap_label(say(name)) for name in labels])
    axes.set_ylim(-0.6, len(labels) - 0.4)
    axes.set_xlim(pairs["target_value"].min() - 1.5, pairs["target_value"].max() + 1)
    axes.xaxis.set_major_locator(MultipleLocator(5))
    axes.set_axisbelow(True)


def _draw_rates(axes: Axes, place: float, rates: pd.DataFrame, say: Say, *, alike: bool) -> None:
    """Draw the rates of the base year, each with its line to the aim."""
    line = {"lw": 2} if alike else {"lw": 1, "ls": ":"}
    for ends in rates[["base_value", "target_value"]].to_numpy():
        axes.plot(ends, [place - BELOW, place + BELOW], color=GREY, zorder=1, **line)
    style = {"color": GREY, "size": 9}
    for rate in rates.drop_duplicates("base_id").to_dict("records"):
        point = (rate["base_value"], place - BELOW)
        axes.plot(*point, "o", ms=6, mfc=GREY if alike else "white", mec=GREY, mew=1.3, zorder=2)
        text = f"{rate['base_value']:g}% {say(rate['part'])}".strip()
        right = rate["base_value"] >= rates["target_value"].min()
        write_beside(axes, text, point, (7 if right else -7, -1), **style)


def _draw_aim(axes: Axes, place: float, aim: dict, tolerance: float, *, right: bool) -> None:
    point = (aim["target_value"], place)
    if aim["qualifier"] == "about":
        axes.errorbar(*point, xerr=tolerance, color=ACCENT, lw=1, capsize=3, zorder=2)
    axes.plot(*point, "D", ms=6, mfc="white", mec=ACCENT, mew=1.6, zorder=3)
    text = mark_qualifier(aim["target_value"], aim["qualifier"]) + aim["words"]
    style = {"ha": "left" if right else "right", "va": "baseline", "weight": "bold"}
    write_beside(axes, text, point, (0 if right else 2, 6), color=ACCENT, **style)


def draw_areas(axes: Axes, rates: pd.DataFrame, *, by: str = "name", language: str = "en") -> None:
    """Draw rates as dots, a group a row: below each other the year before, aims and the outcome.

    Parameters
    ----------
    axes : matplotlib Axes
    rates : DataFrame
        As `set_areas_beside` gives them; aims are hollow diamonds, outcomes filled circles.
    by : str
        Column that names the rows, the first on top; where it is not `name`, each dot says whose
        it is instead of what.
    language : str
        en or zh, of the words.
    """
    say = partial(words, language=language)
    names = list(dict.fromkeys(rates[by]))
    spread = rates["value"].max() - rates["value"].min()
    for place, name in enumerate(reversed(names)):
        rows = rates[rates[by] == name]
        kinds = [kind for kind in DOTS if kind in set(rows["kind"])]
        lines = dict(zip(kinds, _spread_lines(len(kinds)), strict=True))
        axes.axhline(place - 0.5, color=PALE, lw=0.8, zorder=0)
        for dot in rows.to_dict("records"):
            point = (dot["value"], place + lines[dot["kind"]])
            axes.plot(*point, ls="", zorder=3, **DOTS[dot["kind"]])
            text = mark_qualifier(dot["value"], dot["qualifier"])
            about = SAID[dot["kind"]].format(year=dot["year"]) if by == "name" else dot["name"]
            color = DOTS[dot["kind"]]["mec"]
            text = f"{text} {say(about)}"
            write_beside(axes, text, point, (7, 0), color=color, size=9)
    axes.set_yticks(range(len(names)), [wrap_label(say(name)) for name in reversed(names)])
    axes.set_ylim(-0.5, len(names) - 0.5)
    axes.set_xlim(rates["value"].min() - 0.08 * spread, rates["value"].max() + 0.8 * spread)


def _spread_lines(count: int) -> list[float]:
    """Return how far above its row each of some lines stands, the first on top."""
    return [0.25 * ((count - 1) / 2 - number) for number in range(count)]


def name_tiles(
    board: pd.DataFrame, group: pd.Series, kind: pd.Series, *, most: int = 6, language: str = "en"
) -> pd.DataFrame:
    """Name the targets of each group and kind, where they are few enough to be named.

    Parameters
    ----------
    board : DataFrame
        As `scoreboard` gives it.
    group, kind : Series
        The row and the column of the tiles that each target belongs to.
    most : int
        Cells with more targets than that stay blank.
    language : str
        en or zh.

    Returns
    -------
    DataFrame, shape (groups, kinds)
        Short names with the numbers aimed at, in one text a cell.
    """
    short = board["target_id"].map(find_stem).map(HEADLINE).str.removesuffix(" (real)")
    short = label(short.fillna(board[f"name_{language}"]), language)
    hedge = words("to strive for", language=language)
    numbers = [_say_aim(aim, hedge) for aim in board.to_dict("records")]
    names = short + numbers
    joined = names.groupby([group.rename(None), kind.rename(None)]).agg(
        lambda cell: ", ".join(cell) if len(cell) <= most else ""
    )
    return joined.unstack(fill_value="")


def wrap_wide(text: str, width: int) -> list[str]:
    """Break a text into lines; a Chinese character takes the room of two letters.

    >>> wrap_wide("投资增速, 零售总额", 10)
    ['投资增速,', '零售总额']
    """
    lines = [""]
    for word in text.split():
        joined = f"{lines[-1]} {word}".strip()
        room = sum(2 if character > "\u2e80" else 1 for character in joined)
        lines = [*lines[:-1], joined] if room <= width or not lines[-1] else [*lines, word]
    return [line for line in lines if line]


def _say_aim(aim: dict, words: str) -> str:
    if aim["target_unit"] != "percent":
        return ""
    hedge = f", {words}" if aim["hedge"] == "strive" else ""
    return f" {mark_qualifier(aim['target_value'], aim['qualifier'])}{hedge}"


def draw_tiles(
    axes: Axes,
    counts: pd.DataFrame,
    *,
    names: pd.DataFrame | None = None,
    across: int = 5,
    language: str = "en",
) -> None:
    """Draw counts as tiles: a row a group, a column a kind, a tile each thing counted.

    Parameters
    ----------
    axes : matplotlib Axes
    counts : DataFrame
        Whole numbers; the index labels the rows, the first on top; the columns, each a grade or
        a verdict that `FILLS` knows, head the tiles.
    names : DataFrame, optional
        Of the same shape: what stands below the tiles of a cell; blank for nothing.
    across : int
        Tiles in a line before the next one begins.
    language : str
        en or zh, of the headings and rows.
    """
    names = counts.map(lambda _: "") if names is None else names
    below = names.map(lambda text: wrap_wide(text, int(NAME_WIDTH * (across + GAP))))
    lines = counts.map(lambda count: max(1, -(-int(count) // across)))
    heights = (lines + below.map(len) * NAME_LINE).max(axis=1) + 0.5
    tops = -heights.cumsum() + heights
    for number, kind in enumerate(counts):
        left = number * (across + GAP)
        heading = textwrap.fill(words(kind, language=language), int(HEAD_WIDTH * (across + GAP)))
        axes.text(left, 1.3, heading, va="bottom", size=9.5, linespacing=1.15)
        for group, top in tops.items():
            count = int(counts.loc[group, kind])
            fill = FILLS[YEAR.sub("{year}", kind)]
            _draw_cell(axes, (left, top), count, fill, across)
            under = top + 0.75 - lines.loc[group, kind]
            text = "\n".join(below.loc[group, kind])
            axes.text(left, under, text, va="top", size=8, color=GREY, linespacing=1.2)
    rows = [wrap_label(words(group, language=language)) for group in counts.index]
    axes.set_yticks(tops + 0.4, rows)
    axes.set_xlim(-0.1, len(counts.columns) * (across + GAP) - 0.4)
    axes.set_ylim(tops.iloc[-1] - heights.iloc[-1] + 1, 3.2)
    axes.set_aspect("equal", anchor="NW")
    axes.set_xticks([])
    axes.spines["bottom"].set_visible(False)


def _draw_cell(axes: Axes, corner: Point, count: int, style: dict, across: int) -> None:
    left, top = corner
    for tile in range(count):
        place = (left + tile % across, top - tile // across)
        axes.add_patch(Rectangle(place, 0.82, 0.82, lw=1, **style))
    axes.text(
        left + min(count, across) + 0.15 * bool(count),
        top + 0.4,
        f"{count}",
        va="center",
        weight="bold" if count else "normal",
        color=INK if count else GREY,
    )
