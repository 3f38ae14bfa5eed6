"""How objects show themselves: plain, searchable and as text."""

import json
import re
import subprocess
import sys
from html import escape

import pandas as pd
import pytest

import hyreport as hy
from hyreport.errors import HyreportError
from hyreport.lab import views
from hyreport.lab.cards import frame_html, result_card
from hyreport.studies import hengyang_2018 as study
from hyreport.words.codes import CODES

FIGURES, REFERENCE = hy.load_figures(), hy.load_reference()


@pytest.fixture
def exploring(monkeypatch):
    monkeypatch.setattr(views, "is_exploring", lambda: True)


def test_outcomes_show_what_came_and_where_it_is_printed():
    shown = set(hy.show(hy.load_outcomes()).table.columns)
    assert {"later figure as printed", "unit of later figure", "source"} <= shown


def test_a_loaded_table_shows_itself_whole_and_one_with_an_index_as_pandas_does():
    rows = hy.trace("local_revenue_2017")
    formula = rows["words"].iloc[0]
    assert len(formula) > 50 and formula in frame_html(rows)
    counts = FIGURES.groupby("theme")[["value"]].count()
    assert "<th>theme</th>" in frame_html(counts)


def test_a_whole_table_is_cut_to_what_matters():
    view = hy.show(FIGURES)
    assert list(view.table.columns)[:3] == ["figure", "name", "as printed"]
    assert {"low", "high", "unit", "doubt", "figure"} <= set(view.table.columns)
    assert "paragraph" not in view.table and len(view.table) == len(FIGURES)
    targets = hy.show(hy.load_targets()).table
    assert {"target as printed", "base year as printed", "gap low", "doubt"} <= set(targets.columns)
    for table in (REFERENCE, hy.load_checks()):
        assert {"unit"} <= set(hy.show(table).table.columns)


def test_computed_numbers_come_with_words_and_doubts():
    view = hy.show(study.tax_shares(hy.Report("hengyang-2018")))
    row = view.table.set_index("result").loc["tax_share_total_2016"]
    assert (str(row["value"]), row["unit"]) == ("58.0", "percent")
    assert "财政总收入税收占比 71.6%" in row["printed words"]
    numbers = [int(number) for number in row["doubt"].split(", ")]
    assert any("two different ratios" in view.doubts[number - 1] for number in numbers)
    assert all(doubt in repr(view) for doubt in view.doubts)


def test_outside_figures_go_by_their_name_in_the_language_of_the_table():
    report = hy.Report("hengyang-2018")
    row = report.outside("gdp", 2016, vintage="yearbook").as_row(item="GDP")
    rows = pd.DataFrame([row])
    for language, name in (("en", "Regional gross domestic product "), ("zh", "地区生产总值 ")):
        assert hy.show(rows, language=language).table.iloc[0].astype(str).str.startswith(name).any()


def test_a_row_of_one_list_is_not_cut():
    rows = FIGURES[["figure_id", "section"]].head(2)
    assert list(hy.show(rows).table.columns) == ["figure", "section"]


def test_html_is_escaped():
    rows = pd.DataFrame({"note": ["<script>alert(1)</script>"]})
    html = hy.show(rows, caption="<b>x</b>")._repr_html_()
    assert "<script>" not in html and "<b>" not in html


def test_a_page_gets_a_plain_table():
    assert "<script" not in hy.show(FIGURES)._repr_html_()


def test_a_table_without_rows_shows_its_heads(exploring):
    assert ">figure</span></th>" in hy.show(FIGURES[["figure_id", "value"]].head(0))._repr_html_()


def test_an_explorer_can_search_a_long_table(exploring):
    pytest.importorskip("itables", reason="itables comes with `python run.py lab`")
    html = hy.show(FIGURES, caption="<i>All</i>", language="zh")._repr_html_()
    search = json.dumps(CODES["control"]["search"].zh)
    assert "<script" in html and search in html and "<i>All" not in html
    assert not re.search(r"""(src|from|import\()\s*=?\s*['"]https?:""", html)
    short = hy.show(FIGURES.head(3))._repr_html_()
    assert "<script" not in short and "text-align: left" in short


def test_heads_tell_what_to_type(exploring):
    pytest.importorskip("itables", reason="itables comes with `python run.py lab`")
    rows = FIGURES[["as_printed", "subject_zh", "value"]]
    html = hy.show(rows.head(3))._repr_html_()
    assert 'title="as_printed"' in html and 'title="subject_zh"' in html
    assert 'title="value"' not in html
    assert 'title=\\"as_printed\\"' in hy.show(rows)._repr_html_()


def test_a_sentence_is_one_line_in_jupyterlab_and_whole_on_a_page(monkeypatch):
    rows = FIGURES[FIGURES["doubt"].str.len() > views.SENTENCE][["figure_id", "doubt"]].head(2)
    doubt = escape(rows["doubt"].iloc[0])
    page = hy.show(rows)._repr_html_()
    assert "nowrap" not in page and doubt in page
    monkeypatch.setattr(views, "is_exploring", lambda: True)
    html = hy.show(rows)._repr_html_()
    assert html.count('class="cut" tabindex="0"') == 2
    assert html.count(doubt) == 2 and f'title="{doubt}"' in html


@pytest.mark.parametrize("language, other", [("en", "zh"), ("zh", "en")])
def test_a_wide_table_names_in_one_language(language, other):
    columns = ["figure_id", "name_en", "name_zh", "value", "unit", "doubt", "role"]
    shown = hy.show(FIGURES[columns], language=language)
    assert f"name_{language}" in shown.names and f"name_{other}" not in shown.names
    assert "name_zh" in hy.show(FIGURES[["figure_id", "name_en", "name_zh"]]).names


def test_english_shows_words_and_no_codes():
    rows = FIGURES[["qualifier", "obs_status", "measure", "theme", "role"]]
    shown = hy.show(rows).table
    assert {"at least", "exact"} <= set(shown["qualifier"])
    assert "estimated" in set(shown["status"]) and "change in points" in set(shown["measure"])
    assert not any("_" in cell for cell in shown.to_numpy().ravel())
    flags = hy.show(pd.DataFrame({"read_as_aim": [True, False]})).table
    assert flags.iloc[:, 0].tolist() == ["yes", "no"]


def test_an_explorer_without_itables_gets_a_plain_table(exploring, monkeypatch):
    monkeypatch.setattr(views.importlib.util, "find_spec", lambda name: None)
    assert "<script" not in hy.show(FIGURES)._repr_html_()


def test_while_rendering_nobody_explores(monkeypatch):
    monkeypatch.setenv(views.STAGING, "somewhere")
    assert not views.is_exploring()


def test_a_computed_number_shows_a_card():
    total, share = hy.figure("budget_revenue.level.2017"), hy.figure("tax_share.total.2017")
    tax = hy.compute(
        lambda total, share: total * share / 100,
        total=total,
        share=share,
        unit="100 million yuan",
        formula="revenue <b>× share",
    )
    card = result_card(tax)
    for words in ("180.4 × 100 million yuan", "180.3 to 180.6", "71.6%", "252.01亿元", "Doubt"):
        assert words in card
    assert "<b>" not in card
    assert "180.3 or more" in result_card(tax.at_least())
    assert result_card(hy.stated(3, unit="figures", formula="counted")) is None


@pytest.mark.parametrize("count, folded", [(4, False), (5, True)])
def test_many_inputs_fold_into_one_line(count, folded):
    ids = FIGURES[FIGURES["unit"] == "percent"]["figure_id"].head(count)
    figures = {f"f{place}": hy.figure(name) for place, name in enumerate(ids)}
    total = hy.compute(lambda **all_: sum(all_.values()), unit="percent", formula="sum", **figures)
    card = result_card(total)
    assert (f"<summary>{count} inputs" in card) is folded
    assert all(name in card for name in ids)


def test_what_is_no_table_is_refused():
    with pytest.raises(HyreportError, match="type list"):
        hy.show([1, 2])


@pytest.mark.full
def test_a_kernel_shows_figures_numbers_and_tables_as_cards():
    code = """
from IPython.core.interactiveshell import InteractiveShell
shell = InteractiveShell.instance()
shell.run_cell("import hyreport as hy, pandas as pd")
for said in ("hy.figure('gdp.growth.2017')", "hy.load_targets()", "hy.trace('local_revenue_2017')",
             "hy.revenue.share_before(hy.Report(), 'local')", "pd.DataFrame({'a': [1]})",
             "hy.stated(3, unit='figures', formula='counted')"):
    item = shell.run_cell(said).result
    html = shell.display_formatter.format(item)[0].get("text/html", "")
    print("figure-card" in html, "<caption>" in html, "as printed" in html, "dataframe" in html)
"""
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-W", "error", "-c", code],
        capture_output=True,
        encoding="utf-8",
    )
    lines = [line for line in done.stdout.splitlines() if line.startswith(("True ", "False "))]
    assert lines == [
        "True True False False",
        "False True True False",
        "False True False False",
        "True True False False",
        "False False False True",
        "False False False False",
    ], done.stderr
