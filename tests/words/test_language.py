"""English or Chinese: headings, codes, units and chart labels, and no character without a glyph."""

import json
import re
from pathlib import Path

import pandas as pd
import pytest

import hyreport as hy
from hyreport.errors import UnknownNameError
from hyreport.lab.keep import keep
from hyreport.paths import NOTEBOOKS, ROOT
from hyreport.publish.editions import read_notebook
from hyreport.publish.execute import execute_notebooks
from hyreport.themes.look import start_chart
from hyreport.words import codes, language

LOADED = ("figures", "targets", "goals", "outcomes", "reference", "checks")
TABLES = tuple(getattr(hy, f"load_{name}")() for name in LOADED)
CHOICE = re.compile(r'language = \\"en\\"')
CHINESE = re.compile(r"[\u4e00-\u9fff]")


@pytest.mark.parametrize("table", TABLES, ids=LOADED)
def test_every_column_has_a_heading_in_both_languages(table):
    for column in table.columns:
        assert CHINESE.search(language.heading(column, "zh")), column
        assert language.heading(column, "en").isascii(), column


@pytest.mark.parametrize("place", [0, 1], ids=language.LANGUAGES)
def test_headings_of_one_table_differ(place):
    for table in TABLES:
        names = list(language.translate(table, language.LANGUAGES[place]).columns)
        assert len(set(names)) == len(names)


def test_every_code_and_unit_of_the_loaded_tables_has_a_chinese_word():
    for table in TABLES:
        for column in table.columns.intersection([*language.CODES, "unit", "target_unit"]):
            for code in set(table[column]) - {""}:
                if column == "basis" and code not in codes.CODES["basis"]:
                    continue  # a publication's own words
                said = language.words(code, column, "zh")
                assert CHINESE.search(said) or said == "%", (column, code)


def test_the_units_are_those_that_the_report_prints():
    figures = hy.load_figures()
    money = figures[figures["unit"].str.contains("yuan|dollars|percent")]
    for unit, printed in set(zip(money["unit"], money["unit_zh"], strict=True)):
        assert language.words(unit, "unit", "zh") == printed


def test_sentences_and_printed_words_stay_as_they_are():
    figures = hy.load_figures()
    shown = language.translate(figures, "zh")
    assert shown["原文"].tolist() == figures["as_printed"].tolist()
    assert shown["疑点"].tolist() == figures["doubt"].tolist()
    assert shown["数值"].tolist() == figures["value"].tolist()


def test_translating_changes_no_table():
    figures = hy.load_figures()
    before = figures.copy()
    language.translate(figures, "zh")
    pd.testing.assert_frame_equal(figures, before)


def test_labels_of_codes_are_those_of_the_code_lists():
    themes = pd.Series(list(codes.CODES["theme"]), name="theme")
    assert language.label(themes, "zh").tolist() == [
        code.zh for code in codes.CODES["theme"].values()
    ]
    assert language.label(themes).iloc[1] == "public finance"


@pytest.mark.parametrize("ask", [language.heading, language.words, language.translate])
def test_another_language_is_refused(ask):
    given = TABLES[0] if ask is language.translate else "value"
    with pytest.raises(UnknownNameError, match="expected 'en' or 'zh'"):
        ask(given, language="fr")


def test_what_is_kept_stays_in_the_names_of_the_data(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("HYREPORT_KEEP", str(tmp_path))
    rows = TABLES[0][["as_printed", "role"]].head(2)
    keep(rows, "rows", language="zh")
    shown = capsys.readouterr().out
    assert "原文" in shown and "实际值" in shown
    kept = (tmp_path / "tables" / "rows.csv").read_text(encoding="utf-8")
    assert kept.startswith("as_printed,role\n") and "actual" in kept


def test_a_long_chinese_title_is_broken_at_half_the_letters():
    chart, _ = start_chart("衡" * 60, "亿元", "来源：政府工作报告")
    assert chart.texts[0].get_text().splitlines() == ["衡" * 42, "衡" * 18]


@pytest.mark.full
def test_notebooks_with_the_choice_run_in_chinese_with_every_glyph(tmp_path):
    """A missing glyph is a warning, a warning goes to stderr, and that fails a notebook."""
    sources = {
        path.name: path.read_text(encoding="utf-8") for path in NOTEBOOKS.glob("[0-9][0-9]_*.ipynb")
    }
    chosen = {name: text for name, text in sources.items() if CHOICE.search(text)}
    assert len(chosen) >= 5
    for name, text in chosen.items():
        (tmp_path / name).write_text(CHOICE.sub(r'language = \\"zh\\"', text), encoding="utf-8")
    notebooks = {path: read_notebook(path) for path in sorted(tmp_path.glob("*.ipynb"))}
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    options = {"root": ROOT, "settings": {}, "progress": lambda _: None}
    executed = execute_notebooks(notebooks, scratch, **options)
    assert len(executed) == len(chosen)
    for text in executed.values():
        tables = [html for html in list_html(json.loads(text)) if "<thead>" in html]
        assert tables
        for html in tables:
            head = re.search(r"<thead>.*?</thead>", html, re.DOTALL)[0]
            assert CHINESE.search(head), head
    assert [*Path(scratch).rglob("*.svg")]


def list_html(notebook) -> list[str]:
    outputs = [output for cell in notebook["cells"] for output in cell.get("outputs", ())]
    html = [output.get("data", {}).get("text/html", "") for output in outputs]
    return ["".join(text) for text in html if text]
