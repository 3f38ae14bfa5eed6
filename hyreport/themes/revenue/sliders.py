"""Theme 3: a small panel for JupyterLab that moves the growth of tax and non-tax revenue.

It shows what `tax_scenarios.tax_path` gives, and works out nothing itself. Only `tax_panel`
needs ipywidgets, which the `lab` extra brings.
"""

from html import escape

import pandas as pd

from hyreport.errors import HyreportError
from hyreport.numbers.computed import say_number
from hyreport.themes.revenue.paths import tax_path

LOWEST, HIGHEST, STEP = -30.0, 30.0, 0.5


def tax_panel(figures: pd.DataFrame, *, years: int = 3, revenue: str = "local"):
    """Open a panel with two sliders, and the tax share and revenue that follow from them.

    Parameters
    ----------
    figures : DataFrame
        As `load_figures` gives it.
    years : int
        Years after 2017.
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
    sliders = [
        ipywidgets.FloatSlider(
            value=value, min=LOWEST, max=HIGHEST, step=STEP, description=words, readout_format=".1f"
        )
        for words, value in (("tax, %", 10.0), ("non-tax, %", 0.0))
    ]
    shown = ipywidgets.HTML()

    def show(_=None) -> None:
        tax, non_tax = (slider.value for slider in sliders)
        shown.value = path_html(
            tax_path(figures, tax_growth=tax, non_tax_growth=non_tax, years=years, revenue=revenue)
        )

    for slider in sliders:
        slider.observe(show, names="value")
    show()
    return ipywidgets.VBox([*sliders, shown])


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
    quantities = list(dict.fromkeys(path["quantity"]))
    units = path.groupby("quantity")["unit"].first()
    names = ["year", *(f"{name}, {units[name]}" for name in quantities)]
    heads = "".join(f"<th scope='col'>{escape(name)}</th>" for name in names)
    lines = []
    for date, rows in path.groupby("date"):
        by_name = rows.set_index("quantity")
        cells = (
            f"<td>{say_number(f'{row.value:.1f}', f'{row.low:g}', f'{row.high:g}')}</td>"
            for row in (by_name.loc[name] for name in quantities)
        )
        lines.append(f"<tr><th scope='row'>{escape(date)}</th>{''.join(cells)}</tr>")
    caption = f"<caption>Scenario, no forecast: {escape(path['scenario'].iloc[0])}</caption>"
    return f"<table>{caption}<tr>{heads}</tr>{''.join(lines)}</table>"
