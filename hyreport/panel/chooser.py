"""For JupyterLab: choose any place of the panel and see it among its peers."""

import io
from html import escape
from pathlib import Path
from typing import Any

import pandas as pd

from hyreport.lab.edition import translate_chart
from hyreport.panel.ask import PANEL, find_area
from hyreport.panel.names import name_indicator
from hyreport.panel.place import follow_place, list_places, name_place, stand_among_peers
from hyreport.panel.reading import headline_indicators
from hyreport.paths import need_extra
from hyreport.words.language import in_use
from hyreport.words.phrases import open_phrases, speak

__all__ = ["choose_place"]


# Pixels: as wide as the charts of the notebooks, drawn for screens of twice as many.
WIDTH, DPI = 720, 192
SHOWN = {
    "year": "year",
    "target_printed": "target as printed",
    "outcome_printed": "outcome as first printed",
    "target_path": "text of the target",
    "outcome_path": "text of the outcome",
}


def choose_place(area: str, indicator: str = "gdp.growth", *, panel: Path = PANEL) -> Any:
    """Open a chooser of places, with a chart and the printed words of the one chosen.

    Parameters
    ----------
    area : str
        The place to begin with: full Chinese name, or code.
    indicator : str
        The headline indicator to begin with.
    panel : Path
        Folder of the panel.

    Returns
    -------
    ipywidgets.VBox
        A field that finds a place by Chinese or English name as one types, a list of indicators,
        a chart and a table.

    Raises
    ------
    HyreportError
        Where ipywidgets is not installed.

    Notes
    -----
    For exploring only: a widget has no place in a kept page. It speaks the language in use.
    """
    with need_extra("lab", "choose_place"):
        import ipywidgets

    options = list_options(panel)
    labels = {code: label for label, code in options.items()}
    place = ipywidgets.Combobox(
        value=labels[find_area(area, panel)],
        options=list(options),
        ensure_option=True,
        description=_label("place"),
        layout={"width": "30em"},
    )
    growth = [(name_indicator(name, in_use()), name) for name in headline_indicators()]
    measure = ipywidgets.Dropdown(options=growth, value=indicator, description=_label("measure"))
    chart, table = ipywidgets.Image(format="png", width=WIDTH), ipywidgets.HTML()

    def show(_: Any = None) -> None:
        if place.value not in options:
            return
        code = options[place.value]
        followed = follow_place(code, measure.value, panel=panel)
        chart.value = draw_chosen(code, measure.value, panel)
        table.value = tell_chosen(followed)

    for choice in (place, measure):
        choice.observe(show, names="value")
    show()
    return ipywidgets.VBox([place, measure, chart, table])


def _label(word: str) -> str:
    """Return what stands before a field; alone a word may mean another thing in Chinese."""
    return word if in_use() == "en" else speak(f"choose a {word}")


def list_options(panel: Path = PANEL) -> dict[str, str]:
    """Return what the chooser offers: name in Chinese and English of each place, to its code."""
    places = list_places(panel)
    return {f"{row.area} {row.name_en}": row.area_code_now for row in places.itertuples()}


def draw_chosen(code: str, indicator: str, panel: Path = PANEL) -> bytes:
    """Return the charts of a place among its peers, targets above outcomes, as PNG."""
    from hyreport.panel.charts import draw_place
    from hyreport.panel.titles import SOURCE, say_place_chart
    from hyreport.themes.look import start_chart

    beside = stand_among_peers(code, indicator, panel=panel)
    name = name_indicator(indicator, in_use())
    figure, axes = start_chart(
        say_place_chart(name_place(code), beside),
        f"{name}: targets above, first-reported outcomes below; grey: peers",
        SOURCE,
        height=5.4,
        left=0.1,
    )
    room = axes.get_position()
    half = room.height / 2
    axes.set_position((room.x0, room.y0 + half + 0.03, room.width, half - 0.03))
    below = figure.add_axes((room.x0, room.y0, room.width, half - 0.03), sharex=axes)
    draw_place(axes, beside, "target")
    draw_place(below, beside, "actual")
    axes.tick_params(labelbottom=False)
    if in_use() == "zh" and (phrases := open_phrases()):
        translate_chart(figure, phrases)
    stream = io.BytesIO()
    figure.savefig(stream, format="png", dpi=DPI)
    return stream.getvalue()


def tell_chosen(followed: pd.DataFrame) -> str:
    """Return the printed words of a place by year as a table in HTML, escaped."""
    rows = followed[list(SHOWN)].rename(columns=SHOWN).fillna("")
    head = "".join(f"<th>{escape(speak(name))}</th>" for name in rows.columns)
    lines = "".join(
        "<tr>" + "".join(f"<td>{escape(str(cell))}</td>" for cell in line) + "</tr>"
        for line in rows.to_numpy()
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{lines}</tbody></table>"
