"""The Excel workbook: the tables cell by cell, its notes, and the same bytes each time."""

import csv
import io
import re
import zipfile
from decimal import Decimal
from xml.etree import ElementTree

import pytest
from study import REPORT_ID

from hyreport import __version__
from hyreport.build.workbook import build_workbook
from hyreport.data import schema
from hyreport.data.facts import read_report
from hyreport.paths import PROCESSED, RAW

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
FOLDER = PROCESSED / REPORT_ID
TABLES = schema.PROCESSED
BOOK = zipfile.ZipFile(FOLDER / f"{REPORT_ID}.xlsx")


def read(path):
    with (FOLDER / path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def part(name):
    return ElementTree.fromstring(BOOK.read(name))


def shared():
    return ["".join(item.itertext()) for item in part("xl/sharedStrings.xml")]


def sheets():
    """Return the part of each sheet by its name."""
    targets = {link.get("Id"): link.get("Target") for link in part("xl/_rels/workbook.xml.rels")}
    listed = part("xl/workbook.xml").find(f"{MAIN}sheets")
    return {sheet.get("name"): f"xl/{targets[sheet.get(LINK)]}" for sheet in listed}


def cells(name):
    """Return the cells of a sheet as rows of (kind, text); kind is text, number or none."""
    texts, rows = shared(), []
    for row in part(sheets()[name]).iter(f"{MAIN}row"):
        line = {}
        for cell in row:
            value = cell.find(f"{MAIN}v")
            if value is None:
                continue
            place = re.match("[A-Z]+", cell.get("r"))[0]
            is_text = cell.get("t") == "s"
            kind = "text" if is_text else "number"
            line[place] = (kind, texts[int(value.text)] if is_text else value.text)
        rows.append(line)
    return rows


def letters(number):
    return (chr(64 + number // 26) if number >= 26 else "") + chr(65 + number % 26)


def test_sheets_are_notes_tables_and_fields():
    assert list(sheets()) == ["notes", *(table.name for table in TABLES.values()), "fields"]


@pytest.mark.parametrize("path", TABLES)
def test_sheet_is_its_table(path):
    table = TABLES[path]
    rows = read(path)
    head, *body = cells(table.name)
    places = [(column, letters(number)) for number, column in enumerate(table.columns)]
    assert [head[place] for _, place in places] == [("text", n) for n in table.header]
    assert len(body) == len(rows)
    for row, line in zip(rows, body, strict=True):
        for column, place in places:
            kind, found = line.get(place, ("none", ""))
            if column.type in ("integer", "decimal") and row[column.name]:
                assert kind == "number" and Decimal(found) == Decimal(row[column.name])
            else:
                assert kind in ("text", "none") and found == row[column.name]


@pytest.mark.parametrize("path", TABLES)
def test_header_and_first_column_stay_in_view(path):
    sheet = part(sheets()[TABLES[path].name])
    pane = next(sheet.iter(f"{MAIN}pane"))
    assert (pane.get("state"), pane.get("topLeftCell")) == ("frozen", "B2")
    assert sheet.find(f"{MAIN}autoFilter") is not None


def test_notes_say_what_a_reader_needs():
    text = "\n".join(words for line in cells("notes") for _, words in line.values())
    for words in ("CC-BY-4.0", __version__, "亿", "Intervals", "Doubts"):
        assert words in text
    assert "estimated value (预计数)" in text and "Cite as" in text


def test_fields_cover_every_column():
    found = [(line["A"][1], line["B"][1]) for line in cells("fields")[1:]]
    assert found == [(t.name, c.name) for t in TABLES.values() for c in t.columns]


@pytest.mark.full
def test_same_bytes_each_time_and_no_clock():
    tables = {path: read(path) for path in TABLES}
    report = read_report(RAW / REPORT_ID / "report.toml")
    first, second = (build_workbook(tables, report) for _ in range(2))
    assert first == second == (FOLDER / f"{REPORT_ID}.xlsx").read_bytes()
    with zipfile.ZipFile(io.BytesIO(first)) as book:
        for item in book.infolist():
            assert item.date_time == (1980, 1, 1, 0, 0, 0)
            assert item.compress_type == zipfile.ZIP_STORED and item.create_system == 0
    times = re.findall(r"<dcterms:\w+[^>]*>([^<]+)<", BOOK.read("docProps/core.xml").decode())
    assert set(times) == {"1980-01-01T00:00:00Z"}


def test_text_that_looks_like_a_formula_or_link_stays_text():
    assert not [name for name in BOOK.namelist() if "hyperlink" in name.lower()]
    for name in sheets().values():
        assert b"<f>" not in BOOK.read(name)
