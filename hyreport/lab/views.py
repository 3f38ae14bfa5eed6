"""How tables and computed numbers look: plain on pages, to be searched and sorted in JupyterLab."""

import importlib.util
import os
import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from html import escape
from math import ceil
from numbers import Number
from typing import TYPE_CHECKING

from hyreport.data.schema import PROCESSED
from hyreport.errors import HyreportError
from hyreport.numbers.computed import ENDS, UNROUNDED, read_decimal
from hyreport.numbers.writing import plain
from hyreport.words.codes import CODES
from hyreport.words.language import LANGUAGES, flat_name, heading, in_use, translate
from hyreport.words.phrases import open_phrases

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "STAGING",
    "View",
    "align",
    "exact",
    "format_cell",
    "has_results",
    "is_exploring",
    "lay_out",
    "read_cells",
    "show",
    "unrounded_columns",
]


# While rendering, the folder where `keep` puts what it keeps.
STAGING = "HYREPORT_KEEP"
RESULT_FIELDS = (*ENDS, "unit", "formula", "inputs", "decimals", "kind", "result")
# Columns of a table of computed numbers that a page shows in its evidence instead.
NOT_SHOWN = ("decimals", "kind", "formula", "inputs")
CELL_DIGITS = 10
# What to write where something else is to be shown.
INSTEAD = {"Series": "write hy.show(series.to_frame())"}
INSTEAD |= dict.fromkeys(
    ("Figure", "Computed"), "write it alone in the last line of a cell: it shows itself as a card"
)
# Columns of ids, whose words are typed and have no language.
IDS = re.compile(r"(?:^|_)(?:id|ids|indicator|inputs|name|result|series)$|_zh$|^name_en$")
# Longer tables can be searched and sorted in JupyterLab; wider ones are cut to what is above.
LONG, WIDE = 20, 12
# A narrower table shows names in both languages: whoever took them wants them.
NARROW = 5
# In JupyterLab a sentence is cut to its first line: pointing shows the rest, a click unfolds it.
SENTENCE = 40
CUT = "max-width: 24em; overflow: hidden; text-overflow: ellipsis; "
ONE_LINE = "white-space: nowrap"
# Shorter cells keep their line or get this much room, in em: a Chinese character is one wide, a
# letter about half.
ROOM, LETTER = 12, 0.6
# Chinese words are not broken, and what is too wide scrolls.
COLUMNS = (
    ".dt-container td { word-break: keep-all; } .dt-layout-table { overflow-x: auto; } "
    f".dt-container td.cut {{ {CUT}{ONE_LINE}; }} td.cut:focus {{ white-space: normal; }}"
)
UNFOLD = "function (cell) { cell.title = cell.textContent; cell.tabIndex = 0; }"


@dataclass(frozen=True)
class View:
    """A table as `show` shows it: HTML in JupyterLab and on pages, text elsewhere.

    `doubts` stand below it; a column of the table holds their numbers. `names` are what to type
    for each column.
    """

    table: "pd.DataFrame"
    caption: str
    language: str
    doubts: tuple[str, ...] = ()
    names: tuple[str, ...] = ()

    def _repr_html_(self) -> str:
        doubts = "".join(f"<li>{escape(doubt)}</li>" for doubt in self.doubts)
        below = f"<p>{heading('doubt', self.language)}</p><ol>{doubts}</ol>" if doubts else ""
        if len(self.table) > LONG and is_exploring() and importlib.util.find_spec("itables"):
            return _searchable_html(self) + below
        return _plain_html(self) + below

    def __repr__(self) -> str:
        """Return the table as text, its doubts below."""
        header, rows = read_cells(self.table)
        text = type(self.table)(rows, columns=header).to_string(index=False)
        doubts = [f"{number}. {doubt}" for number, doubt in enumerate(self.doubts, start=1)]
        return "\n".join([text, *doubts])


def show(table: "pd.DataFrame", *, caption: str = "", language: str | None = None) -> View:
    """Show a table with its units, intervals, printed words and doubts.

    Parameters
    ----------
    table : DataFrame
        Any table of the library, or rows of one. A whole table is cut to its main columns; a
        table of computed numbers (`Computed.as_row`) gets the printed words behind each number,
        and the doubts about them stand below it.
    caption : str
        Stands above the table.
    language : str
        en or zh, else the one in use: of headings, codes, units, and of sentences that have a
        translation. Ids and printed words stay as they are.

    Returns
    -------
    View
        In JupyterLab a table of more than twenty rows can be searched and sorted; on a rendered
        page it is a plain table, elsewhere text. Each number is in the unit of its row.

    Raises
    ------
    HyreportError
        For what is no table.
    UnknownNameError
        For another language.

    Examples
    --------
    >>> import hyreport as hy
    >>> print(show(hy.load_figures().query("indicator == 'gdp.growth'")[["as_printed", "unit"]]))
    as printed    unit
          8.5% percent
         8%以上 percent
    争取达到 8.5% percent
    """
    if not all(hasattr(table, name) for name in ("columns", "itertuples")):
        found, fix = type(table).__name__, INSTEAD.get(type(table).__name__, "")
        raise HyreportError("show(...)", f"an object of type {found}", "a pandas DataFrame", fix)
    doubts: list[str] = []
    language = language or in_use()
    if has_results(table):
        table, doubts = _add_evidence(table, language)
    elif len(table.columns) > WIDE and (main := _main_columns(table)):
        names = [name.format(language) for name in main]
        table = table[[name for name in names if name in table]]
    view = _view(table, caption, language, doubts)
    return view if language == "en" else _say_sentences(view)


def _say_sentences(view: View) -> View:
    """Return a table with its sentences in Chinese, as far as they are."""
    if not (phrases := open_phrases()):
        return view
    table = view.table.copy()
    for place, name in enumerate(view.names):
        if not (_is_numeric(table.iloc[:, place]) or IDS.search(name)):
            cells = table.iloc[:, place]
            said = [phrases.tell(cell) if isinstance(cell, str) else cell for cell in cells]
            table.isetitem(place, said)
    doubts = tuple(map(phrases.tell, view.doubts))
    return replace(view, table=table, caption=phrases.tell(view.caption), doubts=doubts)


def _view(df: "pd.DataFrame", caption: str, language: str, doubts: Iterable[str] = ()) -> View:
    df = df.drop(columns=[*unrounded_columns(df), *_other_names(df, language)])
    names = tuple(map(flat_name, df.columns))
    return View(translate(df, language), caption, language, tuple(doubts), names)


def _other_names(df: "pd.DataFrame", language: str) -> list[str]:
    """Return the columns that name in another language what one names in this language."""
    if len(df.columns) <= NARROW:
        return []
    ends = [f"_{other}" for other in LANGUAGES if other != language]
    return [
        name
        for name in map(str, df.columns)
        if name.endswith(tuple(ends)) and f"{name[:-3]}_{language}" in df
    ]


def _main_columns(table: "pd.DataFrame") -> tuple[str, ...]:
    """Return the columns that matter most of a whole table; none for a table of one's own."""
    whole = (known.main for known in PROCESSED.values() if {*known.key} <= {*table.columns})
    return next(filter(None, whole), ())


def lay_out(df: "pd.DataFrame", caption: str, language: str) -> View:
    """Show a table as a page does: computed numbers with their digits, empty columns gone."""
    if has_results(df):
        df = _drop_empty(exact(df).drop(columns=["result", *NOT_SHOWN]))
    if f"name_{language}" in df:  # a page has no use for the code beside it
        df = df.drop(columns=["series"], errors="ignore")
    return _view(df, caption, language)


def _drop_empty(df: "pd.DataFrame") -> "pd.DataFrame":
    return df.loc[:, [bool(df[column].astype(str).any()) for column in df]]


def is_exploring() -> bool:
    """Say whether someone works in a notebook, which is not being rendered."""
    kernel = sys.modules.get("ipykernel.kernelapp")
    running = kernel is not None and kernel.IPKernelApp.initialized()
    return running and not os.environ.get(STAGING)


def format_cell(value: object) -> str:
    """Write one cell of a table: floats with ten digits at most, a missing value as blank.

    >>> [format_cell(value) for value in (0.1 + 0.2, 3193e8, float("nan"), None, True, -0.0)]
    ['0.3', '319300000000', '', '', 'True', '0']
    """
    missing = value is None or type(value).__name__ in ("NAType", "NaTType")
    if missing or (isinstance(value, float | Decimal) and value != value):
        return ""
    if isinstance(value, float):
        short = format(value + 0.0, f".{CELL_DIGITS}g")
        return short if "e-" in short or "inf" in short else plain(Decimal(short))
    return plain(value) if isinstance(value, Decimal) else str(value)


def has_results(df: "pd.DataFrame") -> bool:
    """Say whether a table holds computed numbers, as `Computed.as_row` gives them."""
    return set(RESULT_FIELDS) <= set(df.columns)


def unrounded_columns(df: "pd.DataFrame") -> list[str]:
    """Return the columns that keep numbers as they were before they were rounded."""
    return [name for name in df.columns if str(name).startswith(UNROUNDED)]


def exact(df: "pd.DataFrame") -> "pd.DataFrame":
    """Return computed numbers with the digits that each carries, without rounding any away."""
    shown = df.astype(object)
    for end in ENDS:
        numbers = zip(map(read_decimal, df[end]), df["decimals"], strict=True)
        shown[end] = [
            None if number is None else _pad(number, digits) for number, digits in numbers
        ]
    return shown


def _pad(number: Decimal, digits: int) -> Decimal:
    """Write a number with so many digits after the point at least."""
    least = Decimal(1).scaleb(-digits)
    return number.quantize(least) if int(number.as_tuple().exponent) > -digits else number


def read_cells(df: "pd.DataFrame") -> tuple[list[str], list[list[str]]]:
    """Return the header and the cells of a table as text."""
    rows = [[format_cell(value) for value in row] for row in df.itertuples(index=False)]
    return [flat_name(column) for column in df.columns], rows


def _add_evidence(df: "pd.DataFrame", language: str) -> tuple["pd.DataFrame", list[str]]:
    """Put the words behind each computed number beside it; return the table and the doubts."""
    from hyreport.lab.trace import describe_inputs

    shown, names = exact(df), [inputs.split() for inputs in df["inputs"]]
    ids = list({name: None for row in names for name in row})
    known = describe_inputs(ids, language=language).set_index("id")
    doubts = [doubt for doubt in known["doubt"].unique() if doubt]
    shown["printed"] = ["; ".join(known.loc[row, "words"]) for row in names]
    shown["doubt"] = [
        ", ".join(str(doubts.index(doubt) + 1) for doubt in known.loc[row, "doubt"] if doubt)
        for row in names
    ]
    return _drop_empty(shown.drop(columns=["decimals", "kind", "inputs"])), doubts


def _plain_html(view: View) -> str:
    header, rows = read_cells(view.table)
    numeric = [_is_numeric(view.table.iloc[:, index]) for index in range(len(header))]
    sides = ["right" if right else "left" for right in numeric]
    heads = "".join(
        f'<th scope="col"{_tell(name, word)} {align(side)}>{_give_room(word, column)}</th>'
        for word, name, side, column in zip(
            header, view.names, sides, _columns(view.table, rows), strict=True
        )
    )
    html = [f"<table>\n<caption>{escape(view.caption)}</caption>", "<thead>"]
    html += [f"<tr>{heads}</tr>", "</thead>", "<tbody>"]
    html += [f"<tr>{''.join(map(_write_cell, row, sides))}</tr>" for row in rows]
    return re.sub(" +>", ">", "\n".join([*html, "</tbody>", "</table>"]))


def _tell(name: str, word: str) -> str:
    """Let the head of a column tell what to type for it, where that is another word."""
    return "" if name == word else f' title="{escape(name)}"'


def _columns(table: "pd.DataFrame", rows: list[list[str]]) -> list[list[str]]:
    return [[row[place] for row in rows] for place in range(len(table.columns))]


def _give_room(word: str, column: Iterable[str]) -> str:
    """Write the head of a column; in JupyterLab it is so wide that short cells keep their line."""
    if not is_exploring():
        return escape(word)
    widths = (sum(LETTER if sign < "\u2e80" else 1 for sign in cell) for cell in column)
    wide = max(widths, default=0)
    room = f"display: inline-block; min-width: {min(ceil(wide), ROOM)}em"
    return f'<span style="{room}">{escape(word)}</span>'


def _write_cell(text: str, side: str) -> str:
    if len(text) <= SENTENCE or not is_exploring():
        return f"<td {align(side)}>{escape(text)}</td>"
    cut = f'class="cut" tabindex="0" title="{escape(text)}" style="text-align: left; {CUT}'
    return f'<td {cut}{ONE_LINE}">{escape(text)}</td>'


def align(side: str) -> str:
    """Return the style of a cell; a page sets text left by itself, JupyterLab does not."""
    return f'style="text-align: {side}"' if side == "right" or is_exploring() else ""


def _is_numeric(column: "pd.Series") -> bool:
    """Say whether every cell that is not missing is a number."""
    present = [value for value in column if format_cell(value)]
    return bool(present) and all(
        isinstance(value, Number | Decimal) and not isinstance(value, bool) for value in present
    )


def _searchable_html(view: View) -> str:
    """Return the table for itables, with the script it needs: nothing is fetched."""
    import pandas as pd
    from itables import JavascriptFunction, options, to_html_datatable
    from itables.javascript import generate_init_offline_itables_html

    header, rows = read_cells(view.table)
    words = [place for place in range(len(header)) if not _is_numeric(view.table.iloc[:, place])]
    controls = {code: named.zh for code, named in CODES["control"].items()}
    sentences = [place for place in words if max(len(row[place]) for row in rows) > SENTENCE]
    heads = [
        f"<span{_tell(name, word)}>{_give_room(word, column)}</span>"
        for word, name, column in zip(header, view.names, _columns(view.table, rows), strict=True)
    ]
    cells = [list(map(escape, row)) for row in rows]
    return generate_init_offline_itables_html(options.dt_bundle) + to_html_datatable(
        pd.DataFrame(cells, columns=heads),
        escape(view.caption),
        allow_html=True,  # each cell is escaped above
        connected=False,
        classes="display compact",
        style="table-layout:auto;width:100%;caption-side:top;text-align:left",
        css=COLUMNS,
        columnDefs=[
            {"className": "dt-left", "targets": words},
            {
                "className": "dt-left cut",
                "targets": sentences,
                "createdCell": JavascriptFunction(UNFOLD),
            },
        ],
        maxBytes=0,
        display_logo_when_loading=False,
        language={} if view.language == "en" else controls,
    )
