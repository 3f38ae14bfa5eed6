"""How figures, computed numbers and loaded tables show themselves in JupyterLab.

Neither they nor what they are made with knows a screen: IPython is told here, by their names, so
that importing the library stays light.
"""

import sys
from contextlib import suppress
from html import escape
from typing import TYPE_CHECKING

from hyreport.errors import UnknownNameError
from hyreport.words.codes import CODES
from hyreport.words.language import in_use
from hyreport.words.phrases import speak

if TYPE_CHECKING:
    from hyreport.data.figure import Figure
    from hyreport.data.frames import Frame
    from hyreport.numbers.computed import Computed

__all__ = ["result_card", "show_cards_in_jupyter"]

# A heading and a text.
Line = tuple[str, str]
# More inputs than these fold into one line.
FEW = 4


def show_cards_in_jupyter() -> None:
    """Tell the kernel that runs this, if any, how our objects look; else do nothing.

    >>> show_cards_in_jupyter()
    """
    shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    if shell:
        look = shell.display_formatter.formatters["text/html"].for_type_by_name
        look("hyreport.data.figure", "Figure", figure_card)
        look("hyreport.numbers.computed", "Computed", result_card)
        look("hyreport.data.frames", "Frame", frame_html)


def figure_card(figure: "Figure") -> str:
    """Return a printed figure as a card: everything that the print says about it.

    Parameters
    ----------
    figure : Figure

    Returns
    -------
    str
        HTML.
    """
    from hyreport.lab.views import is_exploring

    name = f"<code>{escape(figure.figure_id)}</code>"
    if is_exploring():  # a page has the evidence at its foot
        name = f'<a href="#{escape(figure.id)}">{name}</a>'
    caption = f"{escape(speak(figure.name_en))} {name}"
    return _card(caption, [*figure.describe().items(), *_cited(figure)])


def result_card(number: "Computed") -> str | None:
    """Return a computed number as a card: interval, formula, the words behind it, their doubts.

    Parameters
    ----------
    number : Computed

    Returns
    -------
    str or None
        HTML; None for a number without inputs, whose one line of text says all.
    """
    from hyreport.lab.trace import describe_inputs
    from hyreport.numbers.writing import say_interval, with_unit

    if not number.inputs:
        return None
    inputs = describe_inputs(list(number.inputs), language=in_use()).to_dict("records")
    interval = say_interval(number.low, number.high)
    lines = [("Interval", f"{interval}: {CODES['number_kind'][number.kind].en}")]
    lines.append(("Formula", number.formula))
    told = []
    for row in inputs:
        told.append(("Input", f"{row['words']} ({row['id']}; {row['place']})"))
        told += [("Doubt", row["doubt"])] if row["doubt"] else []
    about = "about " if number.low is None and number.high is None else ""
    caption = escape(speak(with_unit(f"{about}{number.value}", number.unit)))
    if len(inputs) <= FEW:
        return _card(caption, lines + told + _cited(number))
    doubtful = sum(term == "Doubt" for term, _ in told)
    return _card(
        caption,
        lines + _cited(number),
        folded=(f"{len(inputs)} inputs{_count(doubtful)}: show", told),
    )


def _count(doubtful: int) -> str:
    return f", {doubtful} with a doubt" if doubtful else ""


def frame_html(frame: "Frame") -> str:
    """Return a loaded table as `hy.show` shows it; one with an index of its own as pandas does.

    Parameters
    ----------
    frame : Frame

    Returns
    -------
    str
        HTML.
    """
    import pandas as pd

    from hyreport.lab.views import show

    own = frame.index.nlevels > 1 or frame.index.name is not None
    if own or not pd.api.types.is_integer_dtype(frame.index) or not len(frame.columns):
        return pd.DataFrame(frame)._repr_html_()
    return show(frame)._repr_html_()


def _cited(number: "Figure | Computed") -> list[tuple[str, str]]:
    """Return the line that cites a number, for those who explore; pages have it in the evidence."""
    from hyreport.lab.cite import cite
    from hyreport.lab.views import is_exploring

    with suppress(UnknownNameError):  # of a report in memory, which nobody else can look up
        return [("Cite", cite(number))] if is_exploring() else []
    return []


def _card(caption: str, lines: list[Line], *, folded: tuple[str, list[Line]] | None = None) -> str:
    """Return a card as HTML: a caption, which is HTML, lines, and lines that fold into one."""
    rows = "".join(_row(speak(term), escape(speak(text))) for term, text in lines)
    if folded:
        words, more = folded
        items = "".join(
            f"<li>{escape(f'{speak(term)}: {speak(text)}')}</li>" for term, text in more
        )
        fold = f"<details><summary>{escape(speak(words))}</summary><ul>{items}</ul></details>"
        rows += _row(speak("Inputs"), fold)
    return f"<table class='figure-card'><caption>{caption}</caption>{rows}</table>"


def _row(term: str, html: str) -> str:
    from hyreport.lab.views import align

    left = f" {align('left')}".rstrip()
    return f"<tr><th scope='row'{left}>{escape(term)}</th><td{left}>{html}</td></tr>"
