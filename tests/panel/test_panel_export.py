"""What stands beside the panel: the same bytes, nothing lost, described column by column."""

import csv
import hashlib
import io
import json
import re
import zipfile
from xml.etree import ElementTree

import pytest
from panels import growth, make_panel, read_cell

from hyreport.panel.ask import ask
from hyreport.panel.export import CITATION, DICTIONARY, EXCEL, PACKAGE, ZIPPED, export_panel

CITY = "430400"


@pytest.fixture
def panel(tmp_path):
    reports = {(CITY, 2018): (growth(8, as_printed="8%以上"), growth("8.5"))}
    return make_panel(tmp_path / "panel", reports, [read_cell(f"{CITY}-2018", "right")])


def test_it_is_written_once_and_the_same_each_time(panel):
    assert set(export_panel(panel)) == {ZIPPED, EXCEL, PACKAGE, DICTIONARY, CITATION}
    first = {path.name: path.read_bytes() for path in panel.iterdir()}
    assert export_panel(panel) == []
    for name in (ZIPPED, EXCEL):
        (panel / name).unlink()
    export_panel(panel)
    assert {path.name: path.read_bytes() for path in panel.iterdir()} == first


def test_the_csv_holds_every_row_and_no_digit_more(panel):
    export_panel(panel)
    with zipfile.ZipFile(panel / ZIPPED) as pack:
        text = pack.read("headline.csv").decode("utf-8")
        assert pack.namelist() == ["headline.csv", "reports.csv", "audit.csv"]
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == ask("select count(*) as n from headline", panel=panel).n.item()
    assert {row["value"] for row in rows} == {"8", "8.5"}


MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def read_sheet(path, number):
    """Return the cells of a sheet by row and column, as text."""
    with zipfile.ZipFile(path) as book:
        shared = ElementTree.fromstring(book.read("xl/sharedStrings.xml"))
        sheet = ElementTree.fromstring(book.read(f"xl/worksheets/sheet{number}.xml"))
    texts = ["".join(item.itertext()) for item in shared]
    rows = []
    for row in sheet.iter(f"{MAIN}row"):
        cells = {re.match("[A-Z]+", cell.get("r"))[0]: cell for cell in row if len(cell)}
        rows.append(
            {
                place: texts[int(cell[0].text)] if cell.get("t") == "s" else cell[0].text
                for place, cell in cells.items()
            }
        )
    return rows


def test_the_workbook_has_words_beside_numbers(panel):
    export_panel(panel)
    head, *rows = read_sheet(panel / EXCEL, 2)
    row = {head[place]: text for place, text in rows[1].items()}
    assert (row["place"], row["name"], row["year"]) == ("衡阳市", "Hengyang", "2018")
    assert (row["GDP growth, target"], row["GDP growth, target as printed"]) == ("8", "8%以上")
    assert len(read_sheet(panel / EXCEL, 4)) == 1


def test_the_package_names_every_column_and_the_files_as_they_are(panel):
    export_panel(panel)
    package = json.loads((panel / PACKAGE).read_text(encoding="utf-8"))
    for resource in package["resources"]:
        content = (panel / resource["path"]).read_bytes()
        assert resource["bytes"] == len(content)
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
    for resource in package["resources"][:3]:
        columns = list(ask(f"select * from {resource['name']}", panel=panel).columns)
        assert [field["name"] for field in resource["schema"]["fields"]] == columns
    assert package["sources"][0]["version"]


def test_dictionary_and_citation_say_what_and_from_where(panel):
    export_panel(panel)
    text = (panel / DICTIONARY).read_text(encoding="utf-8")
    assert "| `gdp.growth` | 地区生产总值增长 | % |" in text
    citation = (panel / CITATION).read_text(encoding="utf-8")
    assert "type: dataset" in citation
    assert "commit:" in citation


def test_an_empty_panel_is_exported_too(tmp_path):
    panel = make_panel(tmp_path / "panel", {})
    export_panel(panel)
    assert len(read_sheet(panel / EXCEL, 2)) == 1
