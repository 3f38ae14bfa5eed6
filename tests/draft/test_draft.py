"""The whole of a draft: every number once, tables, doubts, pairs, files and what is refused."""

import csv
import os
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from killing import killed_at
from made_up_reports import FILLER, make_report

from hyreport.cli import main
from hyreport.draft.draft import COLUMNS, draft_text
from hyreport.draft.drafted import read_draft
from hyreport.draft.files import write_draft
from hyreport.draft.segment import Page
from hyreport.numbers.printed import PrintedError, parse_printed

REVIEW = (
    "地区生产总值3193亿元，增长8.5%；实施“3311”工程。城镇登记失业率4.1%左右。"
    "产量由5万吨增加到9万吨，年均增长3%。三次产业比为12:40:42。"
)
TASKS = "地区生产总值增长8%以上，争取达到8.5%。居民收入增长与经济增长同步。建成10条公路。"


@pytest.fixture(scope="module")
def draft():
    return draft_text(make_report(REVIEW, TASKS), "made-up")


def test_every_arabic_number_is_a_figure_or_an_exclusion_once(draft):
    tokens = [(row["start"], row["end"]) for row in draft.tables["tokens.csv"]]
    rows = [*draft.tables["figures.csv"], *draft.tables["exclusions.csv"]]
    assert sorted(tokens) == sorted((row["start"], row["end"]) for row in rows)
    assert all(row["kind"] and row["reason"] for row in draft.tables["exclusions.csv"])


def test_offsets_are_places_in_the_text_as_it_stands():
    text = make_report("**收入**１，２３４亿元[12]，<b>增长</b> 8.5 ％。").replace("\n", "\r\n")
    rows = draft_text(text, "made-up").tables["figures.csv"]
    found = [text[int(row["start"]) : int(row["end"])] for row in rows]
    assert found == ["１，２３４", "8.5"]
    assert [row["value"] for row in rows] == ["1234", "8.5"]


def test_what_is_printed_reads_as_what_was_read(draft):
    for row in draft.tables["figures.csv"]:
        try:
            printed = parse_printed(row["as_printed"])
        except PrintedError:
            continue
        assert format(printed.value, "f") == row["value"]
        assert (row["unit"] or printed.unit) == row["unit_read"]
        assert (row["qualifier"] or printed.qualifier) == row["qualifier_read"]


def test_a_bound_on_a_fall_is_said_of_the_signed_value():
    (row,) = draft_text(make_report("能耗下降3.5%以上。"), "made-up").tables["figures.csv"]
    assert (row["value"], row["qualifier_read"], row["qualifier"]) == ("-3.5", "at_most", "")


def test_ids_are_unique_and_say_place_or_code(draft):
    ids = [row["figure_id"] for row in draft.tables["figures.csv"]]
    assert len(set(ids)) == len(ids)
    assert "gdp.growth.2031.stretch" in ids
    tokens = draft.tables["tokens.csv"]
    for row in draft.tables["figures.csv"]:
        if row["figure_id"].startswith("n"):
            assert tokens[int(row["figure_id"][1:]) - 1]["start"] == row["start"]


def test_targets_are_paired_with_the_year_before(draft):
    pairs = {row["target_id"]: row for row in draft.tables["targets.csv"]}
    assert pairs["gdp.growth.2031"]["base_id"] == "gdp.growth.2030"
    assert pairs["gdp.growth.2031"]["comparable"] == "yes"
    assert pairs["gdp.growth.2031"]["better"] == "higher"


def test_an_aim_without_a_number_is_a_goal(draft):
    (goal,) = draft.tables["goals.csv"]
    assert (goal["subject_zh"], goal["as_printed"]) == ("居民收入", "与经济增长同步")
    assert (goal["base_id"], goal["comparable"]) == ("", "no")


def test_a_goal_names_the_figure_of_the_year_before():
    text = make_report("居民收入增长7%。", "居民收入增长与经济增长同步。")
    tables = draft_text(text, "made-up").tables
    (goal,), (figure,) = tables["goals.csv"], tables["figures.csv"]
    assert (goal["base_id"], goal["comparable"]) == (figure["figure_id"], "partly")


def test_arithmetic_raises_doubts(draft):
    doubts = {row["doubt"] for row in draft.tables["doubts.csv"]}
    assert any("no yearly growth of 3%" in doubt for doubt in doubts)
    assert any("add up to 94" in doubt for doubt in doubts)


def test_terms_without_a_code_are_listed(draft):
    new = {row["term_zh"] for row in draft.tables["terms.new.csv"]}
    assert "建成公路" in new and "地区生产总值" not in new


def test_tables_have_their_columns(draft):
    for name, columns in COLUMNS.items():
        for row in draft.tables[name]:
            assert list(sorted(row)) == sorted(columns.split()), name


def test_a_table_gives_terms_and_units():
    table = "| 指标 | 产量（万吨） | 比上年增长（%） |\n| --- | --- | --- |\n| 水稻 | 30 | -2.5 |\n"
    rows = draft_text(make_report(FILLER + "\n\n" + table), "made-up").tables["figures.csv"]
    assert [(row["subject_zh"], row["value"], row["unit_read"]) for row in rows] == [
        ("水稻产量", "30", "万吨"),
        ("水稻增长", "-2.5", "%"),
    ]


def test_html_is_read():
    body = "".join(f"<p>{line}</p>" for line in make_report(REVIEW, TASKS).split("\n") if line)
    page = f"<html><head><style>p {{ margin: 3px }}</style></head><body>{body}</body></html>"
    plain = draft_text(make_report(REVIEW, TASKS), "made-up").tables["figures.csv"]
    rows = draft_text(page, "made-up").tables["figures.csv"]
    assert [row["value"] for row in rows] == [row["value"] for row in plain]
    assert [row["role"] for row in rows] == [row["role"] for row in plain]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_a_draft_is_written(tmp_path, encoding, capsys):
    text = make_report(REVIEW, TASKS)
    (tmp_path / "report.txt").write_bytes(text.encode(encoding))
    options = ["--report", "yunxi-2031", "--area", "430400", "--to", str(tmp_path / "out")]
    assert main(["draft", "--text", str(tmp_path / "report.txt"), *options]) == 0
    folder = tmp_path / "out" / "yunxi-2031"
    assert {path.name for path in folder.iterdir()} == {*COLUMNS, "report.toml"}
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["yunxi-2031"]
    facts = tomllib.loads((folder / "report.toml").read_text(encoding="utf-8"))
    assert (facts["id"], facts["base_year"], facts["ref_area"]) == ("yunxi-2031", 2030, "430400")
    assert facts["read_from"]["delivered"] == "2031年1月8日"
    with (folder / "figures.csv").open(encoding="utf-8", newline="") as file:
        assert next(csv.reader(file)) == COLUMNS["figures.csv"].split()
    assert "figures" in capsys.readouterr().out


def test_drafting_again_keeps_decisions(tmp_path):
    (tmp_path / "report.txt").write_text(make_report(REVIEW, TASKS), encoding="utf-8")
    command = ["draft", "--text", str(tmp_path / "report.txt"), "--report", "a", "--to"]
    assert main([*command, str(tmp_path)]) == 0
    (tmp_path / "a" / "decisions.csv").write_text("kept", encoding="utf-8")
    assert main([*command, str(tmp_path)]) == 0
    assert (tmp_path / "a" / "decisions.csv").read_text(encoding="utf-8") == "kept"


@pytest.mark.full
@pytest.mark.skipif(not hasattr(os, "fork"), reason="system: a process cannot be doubled")
@pytest.mark.parametrize("exchanges", [True, False])
def test_killed_at_any_moment_a_draft_is_whole(exchanges, tmp_path):
    old, new = (draft_text(make_report(REVIEW, words), "a") for words in (TASKS, "建成9条公路。"))
    write_draft(old, tmp_path, b"text")
    (tmp_path / "a" / "decisions.csv").write_text("kept", encoding="utf-8")
    step = 0
    while killed_at(step, lambda: write_draft(new, tmp_path, b"text"), exchanges=exchanges):
        step += 1
        tables = read_draft("a", tmp_path).tables
        assert tables in (old.tables, new.tables)
        assert (tmp_path / "a" / "decisions.csv").read_text(encoding="utf-8") == "kept"
    assert step > 12
    assert read_draft("a", tmp_path).tables == new.tables
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_nothing_is_written_where_one_file_cannot_be(tmp_path, monkeypatch, capsys):
    (tmp_path / "report.txt").write_text(make_report(REVIEW, TASKS), encoding="utf-8")
    real = Path.write_bytes

    def write_bytes(path, content):
        if path.name == "report.toml":
            raise OSError(28, "No space left on device")
        return real(path, content)

    monkeypatch.setattr(Path, "write_bytes", write_bytes)
    command = ["draft", "--text", str(tmp_path / "report.txt"), "--report", "a", "--to"]
    assert main([*command, str(tmp_path / "out")]) == 1
    assert list((tmp_path / "out").iterdir()) == []
    assert capsys.readouterr().err.count("\n") == 1


WORDS = (
    "增长",
    "下降",
    "5",
    "1.2",
    "%",
    "、",
    "，",
    "。",
    "分别",
    "由",
    "到",
    "（",
    "）",
    "“",
    "亿元",
    "个",
    "2030年",
    "新增",
    "就业",
    "力争",
    "以上",
    "\n",
    " ",
    "|",
    "百分之",
    "-",
    "的",
    "<b>",
)


@given(st.lists(st.sampled_from(WORDS), max_size=60))
def test_any_words_are_read_and_every_number_stands_once(words):
    text = make_report("".join(words))
    draft = draft_text(text, "made-up")
    rows = [*draft.tables["figures.csv"], *draft.tables["exclusions.csv"]]
    arabic = [row for row in rows if row.get("numeral", "arabic") == "arabic"]
    tokens = {(row["start"], row["end"]) for row in draft.tables["tokens.csv"]}
    assert {(row["start"], row["end"]) for row in arabic} == tokens
    assert len(arabic) == len(tokens)
    for row in arabic:
        assert any(sign.isdigit() for sign in text[int(row["start"]) : int(row["end"])])


@given(st.text(st.sampled_from("增长5%、，。（“|<- \n\t由到分"), max_size=200))
def test_places_of_a_page_are_places_in_the_file(words):
    page = Page(words)
    assert len(page.text) == len(page.places)
    assert page.places == sorted(page.places)
