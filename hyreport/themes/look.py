"""One look for every chart: finding on top, measure below it, source at the foot.

Actual figures are filled, estimated ones hatched, targets hollow; numbers are printed as the
report prints them. Every function takes a table and draws it on axes of matplotlib; none knows a
file but the style and the font that travel with the package.
"""

import textwrap
import unicodedata
from typing import Any

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from hyreport.errors import IntervalError
from hyreport.numbers.computed import Computed, read_number, round_to
from hyreport.paths import ASSETS
from hyreport.themes.fonts import add_fonts, legible, show_chinese

__all__ = [
    "ACCENT",
    "GREY",
    "INK",
    "PALE",
    "WIDTH",
    "draw_bars",
    "draw_dumbbells",
    "draw_marks",
    "draw_stacked_counts",
    "start_chart",
    "use_style",
    "wrap_label",
    "write_beside",
    "write_number",
    "write_texts",
]


STYLE = mpl.rc_params_from_file(ASSETS / "look.mplstyle", use_default_template=False)
INK, GREY = STYLE["text.color"], STYLE["axes.edgecolor"]
PALE, ACCENT = "#d9d9d9", "#0b5c8c"
WIDTH, LEFT_INCH = 8.0, 0.15
MARKS = ("D", "^", "s", "v")
Point = tuple[float, float]


def use_style() -> None:
    """Give charts of your own this look, and Chinese to every chart from here on.

    In Jupyter `import hyreport` alone lets any chart show Chinese; a script calls this once. A
    style chosen afterwards, as by `seaborn.set_theme()`, changes the look and keeps the Chinese.

    Raises
    ------
    HyreportError
        Where a file of the font is missing.

    Notes
    -----
    The font has GB 2312 whole and what reports print besides. What you draw
    says no unit and no source by itself: name both, as our charts do at head and foot.

    Examples
    --------
    >>> use_style()
    >>> Figure().add_subplot(title="地区生产总值").title.get_fontname()
    'Hyreport Sans SC'
    """
    add_fonts()
    show_chinese()
    mpl.rcParams.update(STYLE)


def start_chart(
    title: str,
    subtitle: str,
    source: str,
    *,
    height: float = 4.0,
    left: float = 0.3,
    right: float = 0.97,
) -> tuple[Figure, Axes]:
    """Open a chart with its three texts in place.

    Parameters
    ----------
    title : str
        The finding, as a sentence without a full stop.
    subtitle : str
        Measure, unit, period, area.
    source : str
        Report, section and figure ids, and "own calculation" where it is.
    height : float
        Inches.
    left : float
        Part of the width left of the axes, for labels.
    right : float
        Part of the width where the axes end.

    Returns
    -------
    figure, axes : matplotlib objects
    """
    add_fonts()
    mpl.rcParams.update(STYLE)
    figure = Figure(figsize=(WIDTH, height))
    low, high = write_texts(figure, title, subtitle, source)
    return figure, figure.add_axes((left, low, right - left, high - low))


def write_texts(figure: Figure, title: str, subtitle: str, source: str) -> tuple[float, float]:
    """Write the three texts of a chart and return between which heights there is room to draw.

    Parameters
    ----------
    figure : matplotlib Figure
    title, subtitle, source : str
        As `start_chart` takes them.

    Returns
    -------
    low, high : float
        Parts of the figure's height.
    """
    height = figure.get_figheight()
    title, subtitle, source = map(legible, (title, subtitle, source))
    title, source = _fill(title, 84), _fill(source, 125)
    head = 0.3 + 0.27 * (title.count("\n") + 1) + 0.3 * bool(subtitle)
    foot = 0.55 + 0.16 * (source.count("\n") + 1)
    start = LEFT_INCH / WIDTH
    figure.text(start, 1 - 0.12 / height, title, size=13, weight="bold", va="top", linespacing=1.25)
    figure.text(start, 1 - (head - 0.2) / height, subtitle, size=9.5, color=GREY, va="bottom")
    figure.text(start, 0.08 / height, source, size=7.5, color=GREY, va="bottom", linespacing=1.3)
    return foot / height, 1 - head / height


def wrap_label(words: str) -> str:
    r"""Break a long label into lines of about thirty characters, keeping breaks that are there.

    >>> wrap_label("Value added of industrial enterprises above designated size")
    'Value added of industrial\nenterprises above designated\nsize'
    >>> wrap_label("规模以上工业企业增加值增长率（按可比价格）")
    '规模以上工业企业增加值增长率（按\n可比价格）'
    """
    return "\n".join(_fill(line, 32) for line in legible(words).splitlines())


def _fill(words: str, width: int) -> str:
    """Break a text into lines; Chinese characters are twice as wide as Latin letters."""
    chinese = sum(unicodedata.east_asian_width(char) in "WF" for char in words)
    return textwrap.fill(words, width // 2 if 2 * chinese > len(words) else width)


def draw_bars(axes: Axes, table: pd.DataFrame) -> None:
    """Draw horizontal bars from zero with their printed words, in the order given.

    Parameters
    ----------
    axes : matplotlib Axes
    table : DataFrame
        `label`, `value`, `text` (as printed) and `obs_status`; the first row is drawn on top,
        estimated bars are hatched. Where `panel` changes, a gap sets the bars apart.
    """
    rows = table[::-1].reset_index(drop=True)
    panel = rows["panel"].ne(rows["panel"].shift()).cumsum() if "panel" in rows else 1
    places = rows.index + 0.6 * (panel - 1)
    estimated = rows["obs_status"] == "E"
    bars = axes.barh(
        places,
        rows["value"],
        height=0.62,
        color=np.where(estimated, "white", ACCENT),
        edgecolor=ACCENT,
        hatch=np.where(estimated, "//////", ""),
    )
    axes.bar_label(bars, rows["text"], padding=5)
    axes.set_yticks(places, rows["label"].map(wrap_label))
    axes.set_xlim(0, rows["value"].max() * 1.22)


def draw_marks(axes: Axes, table: pd.DataFrame) -> None:
    """Mark on bars that `draw_bars` drew what is printed for others, and tell it beside the bar.

    Parameters
    ----------
    axes : matplotlib Axes
    table : DataFrame
        A row a mark: `label` and `value` of the bar, `name`, `value_beside`, `printed`.
    """
    ticks = zip(axes.get_yticklabels(), axes.get_yticks(), strict=True)
    places = {tick.get_text(): place for tick, place in ticks}
    for label, marks in table.groupby("label", sort=False):
        place = places[wrap_label(label)]
        for mark in marks.to_dict("records"):
            shape = MARKS[list(dict.fromkeys(table["name"])).index(mark["name"])]
            axes.plot(mark["value_beside"], place, shape, ms=7, mfc="white", mec=INK, mew=1.4)
        told = ", ".join(marks["name"] + " " + marks["printed"])
        bar = marks["value"].iloc[0]
        write_beside(axes, told, (bar, place), (50, 0), color=GREY, size=9)
    axes.set_xlim(0, table["value"].max() * 1.75)


def draw_stacked_counts(axes: Axes, table: pd.DataFrame, *, filled: str, hollow: str) -> None:
    """Draw two counts a row as one bar: filled for what was counted, hollow for what is aimed at.

    Parameters
    ----------
    axes : matplotlib Axes
    table : DataFrame
        Index of labels; the columns named by `filled` and `hollow` hold whole numbers.
    filled, hollow : str
        Columns, in the order drawn.
    """
    rows = table.loc[table.sum(axis=1).sort_values(kind="stable").index]
    places = range(len(rows))
    style: dict[str, Any] = {"height": 0.62, "edgecolor": ACCENT}
    axes.barh(places, rows[filled], facecolor=ACCENT, label=filled, **style)
    aims = axes.barh(
        places, rows[hollow], left=rows[filled], facecolor="white", label=hollow, **style
    )
    texts = [
        f"{first} + {second}" if second else f"{first}"
        for first, second in zip(rows[filled], rows[hollow], strict=True)
    ]
    axes.bar_label(aims, texts, padding=5, size=9)
    axes.set_yticks(places, rows.index)
    axes.set_xlim(0, rows.sum(axis=1).max() * 1.12)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.legend(loc="lower right", frameon=False)


def draw_dumbbells(axes: Axes, table: pd.DataFrame, *, before: str, after: str) -> None:
    """Draw a line a row from an earlier to a later value, each with its words.

    Parameters
    ----------
    axes : matplotlib Axes
    table : DataFrame
        `label, start, end, start_text, end_text` and `hollow_end` (True for a target); perhaps
        `hollow_start`, where the target comes first.
    before, after : str
        What the two ends are; stands above them in the first row.
    """
    for place, row in enumerate(table[::-1].to_dict("records")):
        axes.plot([row["start"], row["end"]], [place, place], color=PALE, lw=4, zorder=1)
        start = "white" if row.get("hollow_start") else GREY
        axes.plot(row["start"], place, "o", ms=9, mfc=start, mec=GREY, mew=2, zorder=2)
        fill = "white" if row["hollow_end"] else ACCENT
        axes.plot(row["end"], place, "o", ms=11, mfc=fill, mec=ACCENT, mew=2, zorder=3)
        way = 10 if row["end"] >= row["start"] else -10
        point = row["start"], place
        write_beside(axes, row["start_text"], point, (-way, 0), color=GREY)
        point = row["end"], place
        write_beside(axes, row["end_text"], point, (way, 0), color=ACCENT, weight="bold")
    axes.set_yticks(range(len(table)), table["label"][::-1].map(wrap_label))
    axes.set_ylim(-0.6, len(table) - 0.1)
    axes.margins(x=0.15)
    first, top = table.iloc[0], len(table) - 1
    write_beside(axes, before, (first["start"], top), (0, 15), color=GREY, size=9)
    write_beside(axes, after, (first["end"], top), (0, 15), color=ACCENT, size=9)


def write_beside(axes: Axes, text: str, point: Point, offset: Point, **style: Any) -> None:
    """Write a text beside a point, or above or below it, on the side that the offset leads to.

    Parameters
    ----------
    axes : matplotlib Axes
    text : str
    point : tuple
        Place in the units of the axes.
    offset : tuple
        How far to the right and up from there, in points.
    **style
        As matplotlib's `annotate` takes it.
    """
    right, up = offset
    if right:
        placed = {"ha": "left" if right > 0 else "right", "va": "center"}
    else:
        placed = {"ha": "center", "va": "baseline" if up > 0 else "top"}
    axes.annotate(legible(text), point, offset, textcoords="offset points", **placed | style)


def write_number(number: object, decimals: int, *, sign: str = "") -> str:
    """Write a number with some digits after the point, rounded as the tables are.

    Parameters
    ----------
    number : float, Decimal or Computed
        A float is taken by the digits that it prints, a computed number before its rounding.
    decimals : int
    sign : str
        "+" to write a plus before what is above zero.

    Returns
    -------
    str
        With a true minus.

    Raises
    ------
    IntervalError
        For what is no finite number.

    Examples
    --------
    >>> write_number(2.675, 2), write_number(-4.6, 1), write_number(11.9, 1, sign="+")
    ('2.68', '−4.6', '+11.9')
    """
    exact = number.unrounded[0] if isinstance(number, Computed) else read_number(number)
    if exact is None:
        raise IntervalError("write_number", f"{number!r}", "a finite number")
    return format(round_to(exact, decimals), f"{sign}f").replace("-", "−")
