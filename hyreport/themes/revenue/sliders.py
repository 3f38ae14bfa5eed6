"""Theme 3: a small panel for JupyterLab that moves the growth of tax and non-tax revenue.

It shows what `tax_path` gives, and works out nothing itself. Only `tax_panel` needs ipywidgets,
which the `lab` extra brings.
"""

from html import escape
from typing import Any

import pandas as pd

from hyreport.data.report import Report
from hyreport.errors import HyreportError
from hyreport.numbers.writing import say_number
from hyreport.themes.revenue.paths import tax_path

__all__ = ["tax_panel"]

LOWEST, HIGHEST, STEP = -30.0, 30.0, 0.5


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
        Two sliders, growth of tax and of non-tax revenue in percent a year, and a table.

    Raises
    ------
    HyreportError
        Where ipywidgets is not installed.

    Notes
    -----
    For exploring only: a widget has no place in a kept page, which shows `tax_grid` instead.
    """
    try:
        import ipywidgets
    except ImportError:
        raise HyreportError(
            "tax_panel", "no ipywidgets", "the packages of JupyterLab", "run: python run.py lab"
        ) from None
    tax, non_tax = (
        ipywidgets.FloatSlider(
            value=value, min=LOWEST, max=HIGHEST, step=STEP, description=words, readout_format=".1f"
        )
        for words, value in (("tax, %", 10.0), ("non-tax, %", 0.0))
    )
    shown = ipywidgets.HTML()

    def show(_: Any = None) -> None:
        rates = {"tax_growth": tax.value, "non_tax_growth": non_tax.value}
        shown.value = path_html(tax_path(report, **rates, years=years, revenue=revenue))

    for slider in (tax, non_tax):
        slider.observe(show, names="value")
    show()
    return ipywidgets.VBox([tax, non_tax, shown])


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
    heads = "".join(f"<th scope='col'>{escape(name)}</th>" for name in ["year", *names.unique()])
    lines = []
    for date, rows in path.groupby("date"):
        cells = (
            f"<td>{say_number(f'{row.value:.1f}', f'{row.low:g}', f'{row.high:g}')}</td>"
            for row in rows.itertuples()
        )
        lines.append(f"<tr><th scope='row'>{escape(date)}</th>{''.join(cells)}</tr>")
    caption = f"<caption>Scenario, no forecast: {escape(path['scenario'].iloc[0])}</caption>"
    return f"<table>{caption}<tr>{heads}</tr>{''.join(lines)}</table>"
