"""The Chinese edition of what a notebook shows: the same charts, tables and numbers in Chinese.

Nothing is computed twice: a chart that is drawn gets other words and is drawn again.
"""

import unicodedata
from typing import TYPE_CHECKING

from hyreport.lab.views import RESULT_FIELDS, View, format_cell, has_results
from hyreport.numbers.writing import say_number
from hyreport.words.language import heading, words
from hyreport.words.phrases import Phrases, is_english

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from matplotlib.text import Text
    from pandas import DataFrame

    from hyreport.numbers.computed import Computed

__all__ = ["put_cells", "say_in_chinese", "translate_chart", "translate_view"]


TITLE_SIZE, LINE = 13, 0.27  # points, inches, as charts are headed
# What people typed of a report in sentences: where nobody put it into Chinese, as they typed it.
TYPED = ("base_reason", "claim", "doubt", "name_en", "note", "outcome_reason", "reason", "why")
WIDEST = 30  # letters of a label beside an axis
NOT_FIRST = "，。；：、！？）》”’%年月日"


def put_cells(table: "DataFrame", phrases: Phrases) -> "DataFrame":
    """Return a table with the words that its notebook's own table has, before the library's."""
    put, kept = table.copy(), RESULT_FIELDS if has_results(table) else ()
    for place, name in enumerate(table.columns):
        cells = table.iloc[:, place]
        if cells.dtype.kind not in "iufc" and name not in kept:
            said = (phrases.put(cell) if isinstance(cell, str) else None for cell in cells)
            put.isetitem(place, [new or old for new, old in zip(said, cells, strict=True)])
    return put


def translate_view(view: View, phrases: Phrases) -> View:
    """Return a table that is laid out in Chinese with the words that only its notebook uses."""
    table = view.table.copy()
    for place in range(len(table.columns)):
        cells = table.iloc[:, place]
        if cells.dtype.kind in "iufc":
            continue
        say = phrases.tell if view.names[place] in TYPED else phrases.need
        said = [say(cell) if isinstance(cell, str) else cell for cell in cells]
        table.isetitem(place, said)
    heads = [
        heading("name_zh", "zh")
        if name == "name_en"
        else phrases.put(str(name)) or phrases.need(str(head))
        for name, head in zip(view.names, table.columns, strict=True)
    ]
    caption = phrases.need(view.caption)
    return View(table.set_axis(heads, axis="columns"), caption, "zh", view.doubts, view.names)


def say_in_chinese(number: "Computed", phrases: Phrases) -> str:
    """Say number, interval, unit and formula."""
    unit = words(number.unit, "unit", "zh")
    ends = (format_cell(end) for end in (number.value, number.low, number.high))
    return f"{phrases.need(say_number(*ends, unit=unit))} = {phrases.need(number.formula)}"


def translate_chart(figure: "Figure", phrases: Phrases) -> None:
    """Give the texts of a chart other words, broken into lines as wide as they were."""
    from matplotlib.text import Text

    for axes in figure.axes:
        for axis in (axes.xaxis, axes.yaxis):
            texts = [label.get_text() for label in axis.get_ticklabels()]
            if any(map(is_english, texts)):
                said = [_say(text, phrases, most=WIDEST) for text in texts]
                axis.set_ticks(axis.get_ticklocs(), said)
    for text in figure.findobj(Text):
        if is_english(before := text.get_text()):
            text.set_text(_say(before, phrases))
            _hold_together(figure, text, before)


def _say(text: str, phrases: Phrases, *, most: int = 0) -> str:
    if not is_english(text):
        return text
    lines = text.splitlines()
    width = most or max(32, *map(_measure, lines))
    # Lines that had to be broken have no room left, and two letters are narrower than a character.
    said = phrases.need(text)
    if said == " ".join(text.split()):  # nobody put it into Chinese: its lines stay
        return text
    return wrap(said, width * 9 // 10 if len(lines) > 1 and not most else width)


def _hold_together(figure: "Figure", text: "Text", before: str) -> None:
    """Keep a title that needs fewer lines as near to what stands below it as it was."""
    if text in figure.texts and text.get_fontsize() == TITLE_SIZE:
        lines = before.count("\n") - text.get_text().count("\n")
        text.set_y(text.get_position()[1] - lines * LINE / figure.get_figheight())


def wrap(text: str, width: int) -> str:
    r"""Break a Chinese text into lines of about so many letters; a character is two letters wide.

    >>> wrap("税收下降5.6%，占比上升。", 13)
    '税收下降5.6%，\n占比上升。'
    """
    lines, room = [""], 0
    for sign in text:
        size = _measure(sign)
        alone = sign.isascii() and lines[-1][-1:].isascii() and sign != " "
        if room + size > width and sign not in NOT_FIRST and not alone:
            whole, bracket, rest = lines[-1].rpartition("（")
            if "）" in rest or len(rest) > len(whole):  # break before what a bracket opens
                whole, bracket, rest = lines[-1], "", ""
            lines = [*lines[:-1], whole, bracket + rest]
            room = _measure(lines[-1])
        lines[-1] += sign
        room += size
    return "\n".join(line.strip() for line in lines)


def _measure(text: str) -> int:
    return sum(1 + (unicodedata.east_asian_width(sign) in "WFA") for sign in text)
