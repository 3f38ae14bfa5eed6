"""What `export` writes: the same cells as the tables, labelled, and the same bytes each time."""

import re
import struct
from datetime import datetime

import pandas as pd
import pytest
from study import REPORT_ID

from hyreport import cli
from hyreport.data.load import load_table
from hyreport.data.report import Report
from hyreport.data.schema import PROCESSED as SCHEMAS
from hyreport.data.schema import Column, Table
from hyreport.errors import HyreportError
from hyreport.paths import PROCESSED
from hyreport.publish.export import export_tables
from hyreport.publish.stata import write_stata

PARTS = (
    *("stata_dta", "map", "variable_types", "varnames", "sortlist", "formats"),
    *("value_label_names", "variable_labels", "characteristics", "data", "strls", "value_labels"),
    "/stata_dta",
)


@pytest.fixture(scope="module")
def stata(tmp_path_factory):
    folder = tmp_path_factory.mktemp("dta")
    export_tables(Report(REPORT_ID), "dta", folder)
    return folder


def read_map(content: bytes) -> tuple[int, ...]:
    return struct.unpack_from("<14Q", content, content.index(b"<map>") + 5)


def read_notes(content: bytes) -> dict[tuple[str, str], str]:
    """Read the characteristics by the lengths that the file states."""
    places = read_map(content)
    part, notes, at = content[places[8] : places[9]], {}, len("<characteristics>")
    while part[at : at + 4] == b"<ch>":
        (length,) = struct.unpack_from("<I", part, at + 4)
        body = part[at + 8 : at + 8 + length]
        owner, name = (body[start : start + 129].rstrip(b"\0").decode() for start in (0, 129))
        assert body.endswith(b"\0") and part[at + 8 + length :].startswith(b"</ch>")
        notes[owner, name] = body[258:-1].decode()
        at += 8 + length + len("</ch>")
    assert part[at:] == b"</characteristics>"
    return notes


@pytest.mark.full
@pytest.mark.parametrize("name", SCHEMAS)
def test_stata_has_every_cell_of_the_table(stata, name):
    table = load_table(PROCESSED / REPORT_ID / name)
    made = pd.read_stata(stata / name.replace(".csv", ".dta"))
    assert list(made.columns) == list(table.columns)
    for column in SCHEMAS[name].columns:
        cells, kept = table[column.name], made[column.name]
        if column.type == "date":
            kept = kept.dt.strftime("%Y-%m-%d").fillna("")
        elif column.type in ("integer", "decimal"):
            cells, kept = pd.to_numeric(cells).astype(float), kept.astype(float)
        elif column.allowed:
            assert kept.dtype == "category"
            kept = kept.astype(object).fillna("")
        kept, cells = (["?" if pd.isna(cell) else cell for cell in side] for side in (kept, cells))
        assert kept == cells, column.name


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_map_leads_to_every_part(stata, name):
    content = (stata / name.replace(".csv", ".dta")).read_bytes()
    *places, end = read_map(content)
    for place, part in zip(places, PARTS, strict=True):
        assert content[place:].startswith(f"<{part}>".encode()), part
    assert end == len(content)


def test_stata_says_what_columns_and_codes_mean(stata):
    path = stata / "figures.dta"
    with pd.read_stata(path, iterator=True) as reader:
        labels, values, label = reader.variable_labels(), reader.value_labels(), reader.data_label
        assert reader.time_stamp == "01 Jan 2018 00:00"
    assert labels["as_printed"] == "as printed" and labels["value"] == "value (as in unit)"
    assert "at_least" in values["qualifier"].values()
    assert label.startswith(f"{REPORT_ID} figures, hyreport ")
    notes = read_notes(path.read_bytes())
    assert notes["_dta", "note0"] == "3" and notes["_dta", "note2"].startswith("衡阳市人民政府")
    assert notes["qualifier", "note0"] == "1" and "at_least: " in notes["qualifier", "note1"]
    assert {owner for owner, _ in notes} == {"_dta", *labels}


def test_words_longer_than_stata_holds_in_a_cell_are_kept():
    table = Table("t", (Column("words", "text", "Words"),), ("words",))
    rows = pd.DataFrame({"words": ["超" * 1000, "short"]}, dtype="str")
    content = write_stata(rows, table, label="t" * 90, day=datetime(2018, 1, 1))
    assert b"GSO" in content
    assert read_notes(content)["words", "note1"].startswith("Words")


@pytest.mark.full
@pytest.mark.parametrize("form", ["dta", "csv", "xlsx"])
def test_the_same_tables_give_the_same_bytes(form, tmp_path):
    once, again = (
        export_tables(Report(REPORT_ID), form, tmp_path / name) for name in ("once", "again")
    )
    assert [path.read_bytes() for path in once] == [path.read_bytes() for path in again]
    there = sorted((tmp_path / "once").iterdir())
    assert sorted(once) == there


def test_csv_begins_with_the_mark_that_excel_wants(tmp_path):
    for path in export_tables(Report(REPORT_ID), "csv", tmp_path):
        own = (PROCESSED / REPORT_ID / path.name).read_bytes()
        assert path.read_bytes() == "\ufeff".encode() + own


def test_the_verb_says_what_it_wrote(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert cli.main(["export"]) == 0
    assert re.fullmatch(rf"{REPORT_ID}-xlsx.{REPORT_ID}\.xlsx\n", capsys.readouterr().out)
    assert cli.main(["export", "--format", "dta", "--to", "here"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == len(SCHEMAS)
    assert (tmp_path / "here" / "figures.dta").is_file()


def test_another_format_is_refused_before_anything_is_made(tmp_path, capsys):
    assert cli.main(["export", "--format", "stata", "--to", str(tmp_path / "x")]) == 1
    assert "did you mean dta?" in capsys.readouterr().err
    assert not (tmp_path / "x").exists()
    with pytest.raises(HyreportError, match="one of dta, xlsx, csv"):
        export_tables(Report(REPORT_ID), "spss", tmp_path)


def test_a_file_in_the_way_of_the_folder_is_told_in_one_line(tmp_path, capsys):
    (tmp_path / "taken").write_text("", encoding="utf-8")
    assert cli.main(["export", "--to", str(tmp_path / "taken")]) == 1
    assert len(capsys.readouterr().err.splitlines()) == 1
