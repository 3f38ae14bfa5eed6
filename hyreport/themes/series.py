"""Every yearly series of the outside figures as one picture of small charts."""

import textwrap
from collections.abc import Mapping

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from hyreport.data.report import FIRST_RELEASE, Report
from hyreport.themes.look import ACCENT, GREY, INK, WIDTH, use_style, write_texts
from hyreport.words.language import words

__all__ = ["draw_series", "yearly_series"]

SERIES, BREAK, REPORTED, TARGET = "published", "break", "this report", "its next target"
TARGET_COLOR = "#b3541e"
FILLS = {SERIES: INK, BREAK: "white", REPORTED: ACCENT, TARGET: TARGET_COLOR}
MARKERS = {SERIES: "o", BREAK: "o", REPORTED: "s", TARGET: "D"}
PANEL_HEIGHT, PANEL_LETTERS, HEAD_AND_FOOT = 1.6, 40, 1.9
ROLES = {"actual": REPORTED, "target": TARGET, "stretch_target": TARGET}


def yearly_series(report: Report, indicators: Mapping[str, str], *, least: int = 3) -> pd.DataFrame:
    """Collect every yearly series of the report's area, with what the report itself prints.

    Parameters
    ----------
    report : Report
    indicators : mapping
        For a series of the reference table the indicator of the report that measures the same;
        its unit must be that of the series.
    least : int
        Years that a series needs, in one unit.

    Returns
    -------
    DataFrame, shape (numbers, 7)
        `series`, `unit`, `year`, `value`, `kind` (published, break, this report, its next
        target), `stretch`, which numbers the runs of years without a gap or a break, and `id`.
        The longest series stand first.

    Notes
    -----
    Of several publications for a year the latest stands, and a first release behind any other, as
    in `Report.outside`.

    Examples
    --------
    >>> table = yearly_series(Report("hengyang-2018"), {"gdp_growth_real": "gdp.growth"})
    >>> table.query("kind == 'this report'")[["series", "year", "value"]].values.tolist()
    [['gdp_growth_real', 2017, 8.5]]
    """
    rows = report.rows_outside(role="actual")
    rows = rows[rows["time_period"].str.fullmatch(r"\d{4}")]
    rows = rows.assign(
        year=rows["time_period"].astype(int),
        kind=rows["obs_status"].map({"B": BREAK}).fillna(SERIES),
        id=[report.name_outside(row) for row in rows.to_dict("records")],
        first=rows["vintage"] == FIRST_RELEASE,
    )
    rows = rows.sort_values(["first", "known_by"], ascending=[False, True], kind="stable")
    rows = rows.drop_duplicates(["series", "unit", "year"], keep="last")
    rows["years"] = rows.groupby(["series", "unit"])["year"].transform("count")
    rows = rows[rows["years"] >= least]
    rows = rows.sort_values(["years", "series", "year"], ascending=[False, True, True])
    new_run = rows.groupby(["series", "unit"])["year"].diff().ne(1) | rows["kind"].eq(BREAK)
    rows = rows.assign(stretch=new_run.cumsum())
    columns = ["series", "unit", "year", "value", "kind", "stretch", "id"]
    own = [
        _own_figures(report, series, indicators.get(series)) for series in rows["series"].unique()
    ]
    return pd.concat([rows[columns], *own], ignore_index=True)


def _own_figures(report: Report, series: str, indicator: str | None) -> pd.DataFrame:
    """Return what the report prints of a series: the base year's figure and the targets."""
    rows = report.figures[report.figures["indicator"] == indicator]
    aims = rows[rows["role"].isin(ROLES) & (rows["role"] != "actual")]
    if (rows["role"] == "actual").any():
        actual = report.actual(str(indicator)).id.rpartition(":")[2]
        rows = pd.concat([rows[rows["figure_id"] == actual], aims])
    else:
        rows = aims
    return pd.DataFrame(
        {
            "series": series,
            "unit": rows["unit"],
            "year": rows["period"].astype(int),
            "value": rows["value"],
            "kind": rows["role"].map(ROLES),
            "stretch": 0,
            "id": report.id + ":" + rows["figure_id"],
        }
    )


def draw_series(
    table: pd.DataFrame,
    title: str,
    subtitle: str,
    source: str,
    *,
    labels: Mapping[str, str],
    language: str = "en",
    across: int = 3,
) -> Figure:
    """Draw a small chart for each series, each with a scale of its own.

    Parameters
    ----------
    table : DataFrame
        As `yearly_series` gives it.
    title, subtitle, source : str
        As `start_chart` takes them.
    labels : mapping
        What stands above the chart of a series; the series in words by default.
    language : str
        en or zh, of units and of the kinds of numbers.
    across : int
        Small charts in a row.

    Returns
    -------
    matplotlib Figure
        Scales of rates are fitted to their values, all others begin at zero.
    """
    use_style()
    rows = table.assign(
        panel=[
            f"{textwrap.fill(labels.get(name, name.replace('_', ' ')), PANEL_LETTERS)}\n"
            f"{words(unit, language=language)}"
            for name, unit in zip(table["series"], table["unit"], strict=True)
        ]
    )
    named = {kind: words(kind, language=language) for kind in FILLS}
    panels = [(panel, part) for panel, part in rows.groupby("panel", sort=False)]
    deep = -(-len(panels) // across)
    figure = Figure(figsize=(WIDTH, deep * PANEL_HEIGHT + HEAD_AND_FOOT))
    figure.subplots(deep, across, sharex=True)
    for axes, (panel, part) in zip(figure.axes, panels, strict=False):
        for _, line in part[part["stretch"] > 0].groupby("stretch"):
            axes.plot(line["year"], line["value"], color=GREY, lw=1)
        for kind, points in part.groupby("kind", sort=False):
            look = {"marker": MARKERS[kind], "color": FILLS[kind], "edgecolor": INK}
            axes.scatter(points["year"], points["value"], s=22, lw=0.8, zorder=3, **look)
        axes.set_title(panel, size=8)
        axes.tick_params(labelbottom=False)
        axes.spines["left"].set_visible(True)
        if part["unit"].ne("percent").all():
            axes.set_ylim(0, 1.1 * part["value"].max())
    for axes in figure.axes[len(panels) :]:
        axes.remove()
    for axes in figure.axes[-across:]:
        axes.tick_params(labelbottom=True)
    return _arrange(figure, named, title, subtitle, source)


def _arrange(
    figure: Figure, named: Mapping[str, str], title: str, subtitle: str, source: str
) -> Figure:
    """Put the three texts and the key around the small charts."""
    low, high = write_texts(figure, title, subtitle, source)
    key = 0.3 / figure.get_figheight()
    handles = [
        Line2D([], [], ls="", marker=MARKERS[kind], mfc=FILLS[kind], mec=INK, mew=0.8, label=name)
        for kind, name in named.items()
    ]
    figure.legend(
        handles=handles,
        ncols=len(handles),
        loc="upper left",
        bbox_to_anchor=(0, high),
        frameon=False,
    )
    # Room in inches, not measured: to measure it would draw each chart once more.
    wide, tall = figure.get_size_inches()
    figure.subplots_adjust(
        left=0.5 / wide,
        right=1 - 0.16 / wide,
        bottom=low,
        top=high - key - 0.45 / tall,
        wspace=0.25,
        hspace=0.75,
    )
    return figure
