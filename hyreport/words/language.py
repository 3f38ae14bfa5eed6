"""English or Chinese: the headings of tables, the words for codes and units, the labels of charts.

The words stand in headings.csv, labels.csv and codes.csv. Names of indicators stand in both
languages in the tables of data: `name_en` and `name_zh`.
What people wrote in sentences (doubts, notes, reasons, formulas, titles) is not translated.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from hyreport.errors import UnknownNameError
from hyreport.words.codes import CODES, say_code
from hyreport.words.tables import read_words

__all__ = [
    "LABELS",
    "LANGUAGES",
    "YEAR",
    "check_language",
    "flat_name",
    "heading",
    "in_use",
    "label",
    "speaking",
    "translate",
    "use_language",
    "words",
]


if TYPE_CHECKING:
    import pandas as pd

LANGUAGES = ("en", "zh")
# Headings that are not the column's own name in words.
HEADINGS = {row["column"]: row for row in read_words("headings", "column")}
# Words that the library's own tables and charts use, and units that the report does not print.
LABELS = {row["en"]: row for row in read_words("labels", "en")}
# A column whose codes stand in a list of another name.
LISTS = {"read_by": "read"}
YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
SENTENCES = ("doubt", "note", "reason", "why", "formula", "claim", "source")


def check_language(language: str) -> None:
    """Raise UnknownNameError unless a language is one of LANGUAGES.

    >>> check_language("zh")
    """
    if language not in LANGUAGES:
        expected = " or ".join(map(repr, LANGUAGES))
        raise UnknownNameError("language", repr(language), expected, "correct the parameter")


_chosen = ["en"]


def use_language(language: str) -> None:
    """Say in which language tables, charts and cards are shown from here on.

    Parameters
    ----------
    language : str
        en or zh; a function's own `language=` stands above it for one call.

    Raises
    ------
    UnknownNameError
        For another language.

    Notes
    -----
    Code, tables and what is kept of them stay as they are: only what is shown changes, units
    (亿元 for 100 million yuan) included; words that a report prints are never translated. The
    sentences of a notebook's charts are in Chinese where `zh/` beside it has them.

    Examples
    --------
    >>> use_language("zh")
    >>> in_use()
    'zh'
    >>> use_language("en")
    """
    check_language(language)
    _chosen[-1] = language


def in_use() -> str:
    """Return the language that `use_language` chose, en where it did not."""
    return _chosen[-1]


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Use a language within a block."""
    check_language(language)
    _chosen.append(language)
    try:
        yield
    finally:
        _chosen.pop()


def heading(column: str, language: str = "en") -> str:
    """Return the heading of a table's column in a language.

    Parameters
    ----------
    column : str
        Name of a column of the library's tables.
    language : str
        en or zh.

    Returns
    -------
    str
        An unknown column keeps its own name, in words.

    Raises
    ------
    UnknownNameError
        For another language.

    Examples
    --------
    >>> heading("as_printed"), heading("as_printed", "zh"), heading("my_own", "zh")
    ('as printed', '原文', 'my own')
    """
    check_language(language)
    return _find(HEADINGS, column, language) or column.replace("_", " ")


def words(code: str, column: str = "", language: str = "en") -> str:
    """Return a code, a unit or a word of the library's tables in a language.

    Parameters
    ----------
    code : str
        What the table holds, such as public_finance or percentage points.
    column : str
        The column it stands in, which says what kind of code it is.
    language : str
        en or zh.

    Returns
    -------
    str
        In English the code as a table says it, in Chinese the name that it has in codes; what is
        neither stays as it is.

    Raises
    ------
    UnknownNameError
        For another language.

    Examples
    --------
    >>> words("public_finance", "theme"), words("public_finance", "theme", "zh")
    ('public finance', '财政')
    >>> words("percentage points", language="zh"), words("above 2017", language="zh")
    ('个百分点', '高于2017年')
    """
    check_language(language)
    column = LISTS.get(column, column)
    if code in CODES.get(column, {}):
        return say_code(code, column) if language == "en" else CODES[column][code].zh
    return _find(LABELS, code, language) or code


def _find(table: dict[str, dict[str, str]], name: str, language: str) -> str:
    """Return the words for a name; a row with {year} in its name stands for any year."""
    year = YEAR.search(name)
    if name in table or not year:
        return table.get(name, {}).get(language, "")
    row = table.get(YEAR.sub("{year}", name, count=1), {})
    return row.get(language, "").replace("{year}", year[0])


def label(column: "pd.Series", language: str = "en") -> "pd.Series":
    """Return a column of codes as labels in a language.

    Parameters
    ----------
    column : Series
        A column of a loaded table, such as `figures["theme"]`; its name says which codes it holds.
    language : str
        en or zh.

    Returns
    -------
    Series

    Raises
    ------
    UnknownNameError
        For another language.

    Examples
    --------
    >>> import hyreport as hy
    >>> label(hy.load_figures()["theme"], "zh").iloc[0]
    '宏观经济'
    """
    check_language(language)
    return column.map(lambda code: words(code, column.name, language))


def translate(table: "pd.DataFrame", language: str = "en") -> "pd.DataFrame":
    """Return a table with its headings, codes and units in a language.

    Parameters
    ----------
    table : DataFrame
        Any table of the library, or rows and columns of one.
    language : str
        en or zh; sentences and printed words stay as they are.

    Returns
    -------
    DataFrame
        Of the same shape; where two columns get one heading, the second keeps its own name.

    Raises
    ------
    UnknownNameError
        For another language.

    Examples
    --------
    >>> import hyreport as hy
    >>> rows = hy.load_figures()[["as_printed", "unit", "role"]].head(1)
    >>> translate(rows, "zh").to_dict("records")
    [{'原文': '突破3000亿元', '单位': '亿元', '性质': '实际值'}]
    """
    check_language(language)
    shown = table.copy()
    for place, column in enumerate(table.columns):
        if column not in SENTENCES and not _is_number(table.iloc[:, place]):
            cells = [_say(cell, column, language) for cell in table.iloc[:, place]]
            shown.isetitem(place, cells)
    names: list[str] = []
    for column in map(flat_name, table.columns):
        own = heading(column, language)
        names.append(column if own in names else own)
    return shown.set_axis(names, axis="columns")


def _is_number(column: "pd.Series") -> bool:
    return column.dtype.kind in "iufc"


def _say(cell: object, column: str, language: str) -> object:
    if type(cell).__name__ in ("bool", "bool_"):
        return words("yes" if cell else "no", language=language)
    return words(cell, column, language) if isinstance(cell, str) else cell


def flat_name(column: object) -> str:
    """Name a column in one text, also where a pivot gave it several levels."""
    return " ".join(map(str, column)) if isinstance(column, tuple) else str(column)
