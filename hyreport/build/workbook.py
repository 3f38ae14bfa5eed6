"""One Excel workbook of all tables, the codebook and a sheet of notes; the same bytes each time."""

import io
import unicodedata
import zipfile
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from functools import cache
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from hyreport import __version__
from hyreport.build.describe import WORDS, sentence
from hyreport.data.schema import PROCESSED, Table
from hyreport.words.codes import CODES

__all__ = ["build_workbook"]


NUMERIC = ("integer", "decimal")
WIDEST, NARROWEST, LINE_HEIGHT = 60, 8, 15
NOTES_WIDTHS = (16, 100)
MOST_ON_A_PAGE = 10
NO_TIME = datetime(1980, 1, 1)
FIELDS = {"sheet": 14, "field": 20, "meaning": WIDEST, "allowed values": WIDEST}
TOP = {"valign": "top"}
STYLES = {
    "title": {"bold": True, "font_size": 14},
    "head": {"bold": True, "bg_color": "#E6E6E6", "bottom": 1, "text_wrap": True, **TOP},
    "strong": {"bold": True, **TOP},
    "plain": TOP,
    "wrapped": {"text_wrap": True, **TOP},
}


def build_workbook(tables: dict[str, list[dict]], report: dict[str, Any]) -> bytes:
    """Return the workbook as the bytes of an .xlsx file.

    Parameters
    ----------
    tables : dict
        The rows of each processed table by its file, every cell as text.
    report : dict
        Facts of report.toml.

    Returns
    -------
    bytes
        Notes, one sheet a table, and the fields. Numbers are numbers, shown with the digits of
        the CSV; identifiers, periods and dates stay text.

    Notes
    -----
    The file holds no clock time, and its parts are stored, not compressed: compression
    libraries of different machines give different bytes.
    """
    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_numbers": False, "strings_to_urls": False}
    book = Workbook(stream, options)
    title, *lines = note_lines(report)
    book.set_properties({"title": title[0], "author": "hyreport authors", "created": NO_TIME})
    style = {name: book.add_format(look) for name, look in STYLES.items()}
    style["number"] = cache(lambda shape: book.add_format({"num_format": shape, **TOP}))
    _write_notes(book, style, title[0], lines)
    for path, table in PROCESSED.items():
        _write_table(book, style, table, tables[path])
    _write_fields(book, style)
    book.close()
    return store_plainly(stream.getvalue())


def note_lines(report: dict[str, Any]) -> list[tuple[str, str]]:
    """Return the lines of the first sheet: a heading or nothing, and text."""
    words = WORDS["workbook"]
    facts = {**report, "version": __version__, "licence": WORDS["licence"]}
    facts["title"] = f"{report['title_en']} {report['title_zh']}"
    lines = [[words["title"], ""], *words["before"], ["Sheets", ""]]
    lines += [[table.name, table.meaning] for table in PROCESSED.values()] + words["after"]
    for name, heading in words["codes"].items():
        codes = CODES[name].items()
        lines += [[heading, ""], *([code, f"{said.en} · {said.zh}"] for code, said in codes)]
    return [(heading.format_map(facts), text.format_map(facts)) for heading, text in lines]


def _write_notes(book: Workbook, style: dict, title: str, lines: list[tuple[str, str]]) -> None:
    sheet = book.add_worksheet("notes")
    sheet.hide_gridlines(2)
    for place, width in enumerate(NOTES_WIDTHS):
        sheet.set_column(place, place, width)
    sheet.write_string(0, 0, title, style["title"])
    for number, (heading, text) in enumerate(lines, start=1):
        sheet.write_string(number, 0, heading, style["strong"])
        if text:
            sheet.set_row(number, row_height((heading, text), NOTES_WIDTHS))
            sheet.write_string(number, 1, text, style["wrapped"])
    _set_page(sheet, one_page_wide=True)


def _write_table(book: Workbook, style: dict, table: Table, rows: list[dict[str, str]]) -> None:
    lines = [[row.get(name, "") for name in table.header] for row in rows]
    widths = [column_width(cells) for cells in zip(table.header, *lines, strict=True)]
    sheet = _open_sheet(book, style, table.name, table.header, widths)
    for number, line in enumerate(lines, start=1):
        sheet.set_row(number, row_height(line, widths))
        for place, (cell, column) in enumerate(zip(line, table.columns, strict=True)):
            if cell and column.type in NUMERIC:
                # A Decimal keeps the digits of the CSV; a float would write 71.59999999999999.
                digits = len(cell.partition(".")[2])
                shape = "0" if column.type == "integer" else "#,##0"
                shape += "." + "0" * digits if digits else ""
                sheet.write_number(number, place, Decimal(cell), style["number"](shape))
            elif cell:
                text = style["wrapped" if widths[place] == WIDEST else "plain"]
                sheet.write_string(number, place, cell, text)
    _finish(sheet, len(rows), len(table.columns))


def _write_fields(book: Workbook, style: dict) -> None:
    lines = [
        (
            table.name,
            column.name,
            sentence(column),
            "; ".join(f"{v}: {m}" if m else v for v, m in column.labels.items()),
        )
        for table in PROCESSED.values()
        for column in table.columns
    ]
    sheet = _open_sheet(book, style, "fields", FIELDS, FIELDS.values())
    for number, line in enumerate(lines, start=1):
        sheet.set_row(number, row_height(line, FIELDS.values()))
        for place, cell in enumerate(line):
            sheet.write_string(number, place, cell, style["wrapped"])
    _finish(sheet, len(lines), len(FIELDS))


def _open_sheet(
    book: Workbook, style: dict, name: str, header: Iterable[str], widths: Iterable[int]
) -> Worksheet:
    sheet = book.add_worksheet(name)
    for place, (heading, width) in enumerate(zip(header, widths, strict=True)):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, heading, style["head"])
    return sheet


def column_width(cells: Iterable[str]) -> int:
    """Return the width of a column in characters: as wide as its cells, within bounds.

    >>> column_width(["unit", "100 million yuan"])
    20
    """
    return max(NARROWEST, min(max(map(display_width, cells)) + 4, WIDEST))


def row_height(cells: Iterable[str], widths: Iterable[int]) -> int:
    """Return the height of a row in points, so that wrapped text shows in every program.

    >>> row_height(["short", "x" * 130], [10, 60])
    45
    """
    return LINE_HEIGHT * max(map(_count_lines, cells, widths))


def _count_lines(cell: str, width: int) -> int:
    """Return the lines a cell takes; a line breaks between words, hence holds a little less."""
    taken = display_width(cell)
    return 1 if taken <= width - 2 else -(-taken // (width - 4))


def _set_page(sheet: Worksheet, *, one_page_wide: bool) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)
    if one_page_wide:
        sheet.fit_to_pages(1, 0)


def _finish(sheet: Worksheet, rows: int, columns: int) -> None:
    """Freeze header and first column, offer filters, and keep text that looks like a number."""
    _set_page(sheet, one_page_wide=columns <= MOST_ON_A_PAGE)
    sheet.repeat_rows(0)
    sheet.repeat_columns(0)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, rows, columns - 1)
    sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})


def display_width(text: str) -> int:
    """Return how many columns a text takes: a Chinese character takes two.

    >>> display_width("GDP"), display_width("亿元")
    (3, 4)
    """
    return len(text) if text.isascii() else sum(map(_character_width, text))


@cache
def _character_width(character: str) -> int:
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def store_plainly(content: bytes) -> bytes:
    """Return a zip file with the same parts, stored, without times or marks of the machine."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as made, zipfile.ZipFile(stream, "w") as plain:
        for name in made.namelist():
            part = zipfile.ZipInfo(name, NO_TIME.timetuple()[:6])
            part.create_system = 0
            plain.writestr(part, made.read(name), zipfile.ZIP_STORED)
    return stream.getvalue()
