"""The library's own tables: read by one reader, counted as inputs, taken along in a wheel."""

import tomllib

import pytest

from hyreport.data import schema
from hyreport.errors import RawDataError
from hyreport.paths import PACKAGE, REPORT_ID, ROOT
from hyreport.publish.manifest import describe_inputs
from hyreport.words import tables
from hyreport.words.tables import read_rows, read_words

OWN = sorted(
    path.relative_to(PACKAGE)
    for room in ("words", "data")
    for path in [*(PACKAGE / room).glob("*.csv"), *(PACKAGE / room).glob("*.toml")]
)


@pytest.mark.parametrize("path", OWN, ids=str)
def test_every_table_counts_as_an_input_and_travels_in_the_wheel(path):
    assert f"hyreport/{path.as_posix()}" in describe_inputs(ROOT, REPORT_ID)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    patterns = project["tool"]["setuptools"]["package-data"]["hyreport"]
    assert any(path.match(pattern) for pattern in patterns)


@pytest.mark.parametrize(
    "text, said",
    [
        ("", "an empty file"),
        ("a,a\n1,2\n", "a column named twice"),
        ("a,b\n1\n", "row 2: found 1 cells, expected 2 cells"),
        ('a,b\n"1,2\n', "comma-separated values"),
    ],
)
def test_what_is_no_table_is_refused_in_one_line(tmp_path, text, said):
    path = tmp_path / "own.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RawDataError, match=said):
        read_rows(path)


@pytest.mark.parametrize(
    "row, said",
    [
        ("多,before,more_then", "row 3, column says: found 'more_then', expected one of about"),
        ("多,above,about", "row 3, column place: found 'above'"),
        ("约,before,about", "row 3: found word and place .* expected all filled, and each once"),
        (",before,about", "expected all filled, and each once"),
        ("多 ,before,about", "row 3, column word: found '多 ', expected no white space"),
    ],
)
def test_a_row_that_no_rule_knows_is_refused_in_one_line(tmp_path, monkeypatch, row, said):
    monkeypatch.setattr(tables, "WORDS", tmp_path)
    text = f"word,place,says\n约,before,about\n{row}\n"
    (tmp_path / "own.csv").write_text(text, encoding="utf-8")
    with pytest.raises(RawDataError, match=said):
        read_words("own", "word", "place", place=("before", "after"), says=("about", "more_than"))
    with pytest.raises(RawDataError, match="expected a column meaning"):
        read_words("own", "meaning")


def test_every_column_of_the_schema_has_one_meaning_and_every_meaning_a_column():
    used = {(column.name, table) for table, of in schema.TABLES.items() for column in of.columns}
    for row in read_rows(PACKAGE / "data" / "columns.csv"):
        assert row["required"] in ("yes", "no")
        for table in row["tables"].split():
            assert (row["column"], table) in used
        assert row["column"] in {name for name, _ in used}


def test_every_key_and_link_of_the_schema_is_a_column():
    for table in schema.TABLES.values():
        assert set(table.key) <= set(table.header)
        for column, link in table.links:
            other, _, name = link.partition(".")
            assert column in table.header and name in schema.TABLES[other].header
