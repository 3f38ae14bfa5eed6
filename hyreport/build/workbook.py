"""One Excel workbook of all tables, the codebook and a sheet of notes; the same bytes each time."""

import io
import unicodedata
import zipfile
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from hyreport import __version__
from hyreport.build.describe import LICENCE, sentence
from hyreport.data.schema import PROCESSED, Column, Table
from hyreport.words.codes import CODES
from hyreport.words.tables import read_rows

NUMERIC = ("integer", "decimal")
WIDEST, NARROWEST, LINE_HEIGHT = 60, 8, 15
MOST_ON_A_PAGE = 10
NO_TIME = datetime(1980, 1, 1)
FIELDS_HEADING = ("sheet", "field", "meaning", "allowed values")


def build_workbook(texts: dict[str, str], report: dict) -> bytes:
    """Return the workbook as the bytes of an .xlsx file.

    Parameters
    ----------
    texts : dict of str
        The CSV text of each processed table by its path.
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
    import xlsxwriter

    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_numbers": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(stream, options)
    book.set_properties({"title": _title(report), "author": "hyreport authors", "created": NO_TIME})
    styles = _Styles(book)
    _write_notes(book, styles, note_lines(report, list(PROCESSED.values())))
    for path, table in PROCESSED.items():
        _write_table(book, styles, table, read_rows(texts[path]))
    _write_fields(book, styles, list(PROCESSED.values()))
    book.close()
    return store_plainly(stream.getvalue())


def _title(report: dict) -> str:
    return f"{report.get('title_en', report['id'])}: figures, targets, checks"


def note_lines(report: dict, tables: list[Table]) -> list[tuple[str, str]]:
    """Return the lines of the first sheet: a heading or nothing, and text."""
    title = f"{report.get('title_en', '')} {report.get('title_zh', '')}".strip()
    return [
        (_title(report), ""),
        ("Report", title),
        ("Issued by", f"{report.get('issuer_en', '')} {report.get('issuer_zh', '')}".strip()),
        ("Made by", f"hyreport {__version__}; the CSV files beside it hold the same data."),
        (
            "Cite as",
            f"hyreport authors: hyreport, version {__version__}, tables on {title}. For a single "
            "figure cite the report and its figure_id.",
        ),
        ("Licence", f"{LICENCE['title']} ({LICENCE['name']}), {LICENCE['path']}"),
        (
            "",
            "The report belongs to the city government; only its figures are here, not its text.",
        ),
        ("Sheets", ""),
        *((sheet_name(table), table.meaning) for table in tables),
        ("fields", "Every field of every sheet: meaning, unit, allowed values."),
        ("How to read it", ""),
        (
            "Units",
            "value is in the printed unit, named in unit; value_base is the same number in "
            "unit_base (万 is 10 thousand, 亿 is 100 million). Percent is 0 to 100; percentage "
            "points are another unit.",
        ),
        (
            "Intervals",
            "low and high are the lowest and highest number that the print allows: half a unit of "
            "the last digit for a measurement, the number itself for a whole-number count or an "
            "aim. A blank end is open. With 左右 (about) both are blank.",
        ),
        (
            "Doubts",
            "A misprint or unclear figure stays as printed; doubt says what is wrong or unclear. "
            "Read it before using a figure.",
        ),
        (
            "Targets",
            "An aim is a row with role target or stretch_target, never an outcome.",
        ),
        *(
            line
            for name, listed in (
                ("role", "role"),
                ("obs_status (SDMX CL_OBS_STATUS 2.2)", "obs_status"),
                ("qualifier", "qualifier"),
                ("hedge", "hedge"),
            )
            for line in [
                (name, ""),
                *((code, f"{said.en} · {said.zh}") for code, said in CODES[listed].items()),
            ]
        ),
    ]


def sheet_name(table: Table) -> str:
    """Return the name of a table's sheet.

    >>> sheet_name(Table("figures", (), ()))
    'figures'
    """
    return table.name[:31]


class _Styles:
    """The few cell formats, each made once; numbers get one for each count of digits."""

    def __init__(self, book):
        top = {"valign": "top"}
        self.book, self.numbers = book, {}
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.head = book.add_format(
            {"bold": True, "bg_color": "#E6E6E6", "bottom": 1, "text_wrap": True, "valign": "top"}
        )
        self.strong = book.add_format({"bold": True, **top})
        self.plain = book.add_format(top)
        self.wrapped = book.add_format({"text_wrap": True, **top})

    def number(self, cell: str, column: Column):
        """Return the format that shows a number with as many digits as the CSV has."""
        digits = len(cell.partition(".")[2])
        shape = "0" if column.type == "integer" else "#,##0"
        shape += "." + "0" * digits if digits else ""
        if shape not in self.numbers:
            self.numbers[shape] = self.book.add_format({"num_format": shape, "valign": "top"})
        return self.numbers[shape]


def _write_notes(book, styles: _Styles, lines: list[tuple[str, str]]) -> None:
    sheet = book.add_worksheet("notes")
    sheet.hide_gridlines(2)
    widths = (16, 100)
    for place, width in enumerate(widths):
        sheet.set_column(place, place, width)
    for number, line in enumerate(lines):
        if number and line[1]:
            sheet.set_row(number, row_height(line, widths))
        sheet.write_string(number, 0, line[0], styles.strong if number else styles.title)
        if line[1]:
            sheet.write_string(number, 1, line[1], styles.wrapped)
    _set_page(sheet, one_page_wide=True)


def _write_table(book, styles: _Styles, table: Table, rows: list[dict[str, str]]) -> None:
    sheet = book.add_worksheet(sheet_name(table))
    widths = [column_width(name, rows) for name in table.header]
    for line, row in enumerate(rows, start=1):
        sheet.set_row(line, row_height(row.values(), widths))
    for place, column in enumerate(table.columns):
        cells = [row[column.name] for row in rows]
        sheet.set_column(place, place, widths[place])
        sheet.write_string(0, place, column.name, styles.head)
        text = styles.wrapped if widths[place] == WIDEST else styles.plain
        for line, cell in enumerate(cells, start=1):
            if cell and column.type in NUMERIC:
                # A Decimal keeps the digits of the CSV; a float would write 71.59999999999999.
                sheet.write_number(line, place, Decimal(cell), styles.number(cell, column))
            elif cell:
                sheet.write_string(line, place, cell, text)
    _finish(sheet, len(rows), len(table.columns))


def _write_fields(book, styles: _Styles, tables: list[Table]) -> None:
    sheet = book.add_worksheet("fields")
    lines = [
        (
            sheet_name(table),
            column.name,
            sentence(column),
            "; ".join(f"{v}: {m}" if m else v for v, m in column.labels.items()),
        )
        for table in tables
        for column in table.columns
    ]
    widths = (14, 20, WIDEST, WIDEST)
    for place, heading in enumerate(FIELDS_HEADING):
        sheet.set_column(place, place, widths[place])
        sheet.write_string(0, place, heading, styles.head)
    for number, line in enumerate(lines, start=1):
        sheet.set_row(number, row_height(line, widths))
        for place, cell in enumerate(line):
            sheet.write_string(number, place, cell, styles.wrapped)
    _finish(sheet, len(lines), len(FIELDS_HEADING))


def column_width(name: str, rows: list[dict[str, str]]) -> int:
    """Return the width of a column in characters: as wide as its cells, within bounds.

    >>> column_width("unit", [{"unit": "100 million yuan"}])
    20
    """
    widest = max(map(display_width, [name, *(row[name] for row in rows)])) + 4
    return max(NARROWEST, min(widest, WIDEST))


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


def _set_page(sheet, *, one_page_wide: bool = False) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)
    if one_page_wide:
        sheet.fit_to_pages(1, 0)


def _finish(sheet, rows: int, columns: int) -> None:
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
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def store_plainly(content: bytes) -> bytes:
    """Return a zip file with the same parts, stored, without times or marks of the machine."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as made, zipfile.ZipFile(stream, "w") as plain:
        for name in made.namelist():
            part = zipfile.ZipInfo(name, NO_TIME.timetuple()[:6])
            part.create_system = 0
            plain.writestr(part, made.read(name), zipfile.ZIP_STORED)
    return stream.getvalue()
