"""The library's own tables: read by one reader, counted as inputs, taken along in a wheel."""

import re
import tomllib

import pytest

from hyreport.data import schema
from hyreport.errors import RawDataError
from hyreport.paths import PACKAGE, ROOT
from hyreport.publish.manifest import describe_files
from hyreport.words import tables
from hyreport.words.codes import CODES
from hyreport.words.language import words
from hyreport.words.tables import read_rows, read_words

OWN = sorted(
    path.relative_to(PACKAGE) for path in [*PACKAGE.rglob("*.csv"), *PACKAGE.rglob("*.toml")]
)


def test_every_table_counts_as_an_input_and_travels_in_the_wheel():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    patterns = project["tool"]["setuptools"]["package-data"]["hyreport"]
    assert {f"hyreport/{path.as_posix()}" for path in OWN} - describe_files(ROOT).keys() == set()
    left = [path for path in OWN if not any(path.match(pattern) for pattern in patterns)]
    assert left == []


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


# The years of the national five-year plans belong to every report; decades name what was measured.
YEARS_OF_ALL = ("plans.csv", "accuracy.csv")


def test_no_table_names_a_year_or_a_city():
    for path in OWN:
        if path.parts[0] == "studies" or path.name in YEARS_OF_ALL:
            continue
        text = (PACKAGE / path).read_text(encoding="utf-8")
        text = text.replace("GFSM 2014", "")  # the manual's name
        found = re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)|Hengyang|Hunan|衡阳|湖南", text)
        manuals = text.count("Government Finance Statistics Manual 2014")
        assert found == ["2014"] * manuals, str(path)


@pytest.mark.parametrize("name, key", [("headings", "column"), ("labels", "en")])
def test_every_word_has_both_languages_and_its_year_in_both(name, key):
    for row in read_words(name, key):
        assert all(row.values()), row
        assert len({"{year}" in words for words in row.values()}) == 1, row


def test_every_code_has_a_chinese_name():
    assert all(named.zh for codes in CODES.values() for named in codes.values())


@pytest.mark.parametrize(
    "code, zh",
    [
        ("above 2017", "高于2017年"),
        ("above 2021", "高于2021年"),
        ("2021's pace", "按2021年增速"),
        ("A: 2020 on basis of growth", "A：2020年按增速口径"),
        ("100 million yuan at 2021 prices", "亿元（2021年价格）"),
        ("above 20175", "above 20175"),
        ("my own 2017", "my own 2017"),
    ],
)
def test_a_word_with_a_year_is_known_for_every_year(code, zh):
    assert words(code, language="zh") == zh and words(code) == code


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
