"""Theme 3: a small panel for JupyterLab that moves the growth of tax and non-tax revenue.

It shows what `tax_path` gives, and works out nothing itself. Only `tax_panel` needs ipywidgets,
which the `lab` extra brings, and matplotlib.
"""

import io
from html import escape
from typing import Any

import pandas as pd

from hyreport.data.report import Report
from hyreport.numbers.writing import say_number
from hyreport.paths import need_extra
from hyreport.themes.revenue.paths import tax_path
from hyreport.words.phrases import speak

__all__ = ["tax_panel"]

LOWEST, HIGHEST, STEP = -30.0, 30.0, 0.5
# Pixels: as wide as the charts of the notebooks, drawn for screens of twice as many.
WIDTH, DPI = 720, 192
CELL = 'style="padding: 2px 0.9em; text-align: right"'


def tax_panel(report: Report, *, years: int = 3, revenue: str = "local") -> Any:
    """Open a panel with two sliders, and the tax share and revenue that follow from them.

    Parameters
    ----------
    report : Report
        As for `tax_path`.
    years : int
        Years after the base year.
    revenue : str
        local or total.

    Returns
    -------
    ipywidgets.VBox
        Two sliders, growth of tax and of non-tax revenue in percent a year, a chart and a table.

    Raises
    ------
    HyreportError
        Where ipywidgets is not installed.

    Notes
    -----
    For exploring only: a widget has no place in a kept page, which shows `tax_grid` instead.
    """
    with need_extra("lab", "tax_panel"):
        import ipywidgets

    tax, non_tax = (
        ipywidgets.FloatSlider(
            value=value,
            min=LOWEST,
            max=HIGHEST,
            step=STEP,
            description=words,
            readout_format=".1f",
            continuous_update=False,
            style={"description_width": "14em"},
            layout={"width": "36em"},
        )
        for words, value in (
            (speak("tax, percent a year"), 10.0),
            (speak("non-tax, percent a year"), 0.0),
        )
    )
    chart, table = ipywidgets.Image(format="png", width=WIDTH), ipywidgets.HTML()

    def show(_: Any = None) -> None:
        rates = {"tax_growth": tax.value, "non_tax_growth": non_tax.value}
        path = tax_path(report, **rates, years=years, revenue=revenue)
        chart.value, table.value = draw_path(path, revenue), path_html(path)

    for slider in (tax, non_tax):
        slider.observe(show, names="value")
    show()
    return ipywidgets.VBox([tax, non_tax, chart, table])


def draw_path(path: pd.DataFrame, revenue: str) -> bytes:
    """Draw the tax share of a path as a line with its numbers.

    Parameters
    ----------
    path : DataFrame
        As `tax_path` gives it.
    revenue : str
        Whose share it is, local or total.

    Returns
    -------
    bytes
        PNG.
    """
    from hyreport.themes.look import ACCENT, start_chart

    share = path[path["quantity"] == "tax share"]
    years, first, last = share["date"].astype(int), share.iloc[0], share.iloc[-1]
    finding = f"Scenario: tax would be {last['value']:.1f} percent of {revenue} revenue"
    chart, axes = start_chart(
        speak(f"{finding} in {last['date']}"),
        speak(f"Tax in {revenue} revenue, percent; {path['scenario'].iloc[0]}; no forecast"),
        speak("Source: government work report, first year; own calculation."),
        height=3.2,
        left=0.05,
    )
    axes.plot(
        years, share["value"], "o-", color=ACCENT, lw=1.8, mfc="white", mew=1.8, clip_on=False
    )
    axes.plot(years.iloc[0], first["value"], "o", color=ACCENT)
    for year, value in zip(years, share["value"], strict=True):
        axes.annotate(
            f"{value:.1f}", (year, value), (0, 8), textcoords="offset points", ha="center"
        )
    # One scale for all rates, so that moving a slider moves the line.
    axes.set_ylim(0, 100)
    axes.set_xticks(years)
    png = io.BytesIO()
    chart.savefig(png, format="png", dpi=DPI)
    return png.getvalue()


def path_html(path: pd.DataFrame) -> str:
    """Write a path of the tax share and revenue as a small HTML table.

    Parameters
    ----------
    path : DataFrame
        As `tax_path` gives it.

    Returns
    -------
    str
        One row a year: share in percent and revenue in its unit, with what rounding allows.
    """
    names = path["quantity"] + ", " + path["unit"]
    heads = "".join(
        f"<th scope='col' {CELL}>{escape(speak(name))}</th>" for name in ["year", *names.unique()]
    )
    lines = []
    for date, rows in path.groupby("date"):
        cells = (
            f"<td {CELL}>{_write(row.value, row.low, row.high)}</td>" for row in rows.itertuples()
        )
        lines.append(f"<tr><th scope='row' {CELL}>{escape(date)}</th>{''.join(cells)}</tr>")
    caption = speak(f"Scenario, no forecast: {path['scenario'].iloc[0]}")
    return f"<table><caption>{escape(caption)}</caption><tr>{heads}</tr>{''.join(lines)}</table>"


def _write(value: float, low: float, high: float) -> str:
    return speak(say_number(f"{value:.1f}", f"{low:g}", f"{high:g}"))
