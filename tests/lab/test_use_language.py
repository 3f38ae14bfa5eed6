"""`hy.use_language("zh")`: tables, charts, cards and verdicts are shown in Chinese, data stay."""

import re

import pandas as pd
import pytest

import hyreport as hy
from hyreport.errors import UnknownNameError
from hyreport.lab.cards import figure_card, result_card
from hyreport.lab.edition import wrap
from hyreport.panel.chooser import tell_chosen
from hyreport.panel.place import follow_place
from hyreport.themes.revenue.sliders import path_html
from hyreport.words.phrases import is_english

TITLE = "From 2015 to 2017 tax fell by 5.6 percent and its share rose by 6.5 points"


@pytest.fixture
def chinese():
    hy.use_language("zh")
    yield
    hy.use_language("en")


def test_tables_and_numbers_are_shown_in_chinese(chinese, capsys):
    assert "原文" in repr(hy.show(hy.load_figures().head(1)))
    rows = hy.load_figures()[["name_en", "as_printed", "unit"]].head(1)
    hy.keep(rows, "some_figures", alt="Figures on revenue as printed")
    said = capsys.readouterr().out
    assert "地区生产总值" in said and not is_english(said)
    hy.keep(hy.stated(8, unit="cross-checks", formula="cross-checks: fail"), "checks_fail")
    assert capsys.readouterr().out == "8 项核对 = 交叉核对：不通过\n"


def test_what_code_says_is_said_in_chinese(chinese, capsys):
    hy.say("## The answer", "[8.5 percent](#gdp.growth.2017)", "Right. My own words stay.")
    assert capsys.readouterr().out == "## 结论\n\n8.5%\n\n正确。My own words stay.\n"


def test_what_is_said_of_any_report_is_said_in_chinese(chinese, capsys):
    report = hy.Report("hengyang-2021")
    overview = hy.overview
    sayings = (overview.say_figures, overview.say_revenue, overview.say_aims)
    sayings += (overview.say_before, overview.say_outlook)
    hy.say("## The answer", *(say(report) for say in sayings))
    counts = overview.count_themes(report, "zh")
    chart, axes = hy.charts.start_chart(overview.say_themes(counts), "figures", "Source: my own")
    hy.charts.draw_stacked_counts(axes, counts, filled=counts.columns[0], hollow=counts.columns[1])
    hy.keep(chart, "themes", alt="Verdicts counted", data=counts)
    said = capsys.readouterr().out
    assert said.startswith("## 结论\n\n报告共载159个数据：") and not is_english(said)
    texts = [text.get_text() for text in (chart.texts[0], *axes.get_legend().get_texts())]
    assert texts == ["未归类的数据最多", "实际值与背景值", "目标"]


def test_language_of_a_call_stands_above_the_one_in_use(chinese):
    figures = hy.load_figures().head(1)
    assert "as printed" in repr(hy.show(figures, language="en"))
    hy.use_language("en")
    assert "原文" in repr(hy.show(figures, language="zh"))


def test_a_chart_is_drawn_again_with_other_words(chinese, capsys):
    chart, axes = hy.charts.start_chart(TITLE, "percent of GDP", "Source: of my own")
    axes.barh(["Retail sales", "Hunan"], [8, 9])
    hy.keep(chart, "some_chart", alt="Tax and non-tax revenue by year", data=pd.DataFrame())
    assert capsys.readouterr().out == "各年税收与非税收入\n"
    texts = [text.get_text() for text in chart.texts]
    assert texts == [
        "2015年至2017年，税收下降5.6%，占比上升6.5个百分点",
        "占地区生产总值%",
        "Source: of my own",  # a reader's own words stay
    ]
    assert [label.get_text() for label in axes.get_yticklabels()] == ["社会消费品零售总额", "湖南"]


def test_cards_are_shown_in_chinese(chinese):
    figure = hy.figure("gdp.growth.2017")
    assert "地区生产总值增长率" in figure_card(figure) and "8.45至8.55" in figure_card(figure)
    double = hy.compute(lambda a: 2 * a, a=figure, unit="percent", formula="2 × a", decimals=1)
    assert "所用数据" in result_card(double) and "区间" in result_card(double)


def test_another_language_is_refused():
    with pytest.raises(UnknownNameError, match="'fr'"):
        hy.use_language("fr")


@pytest.mark.parametrize("width", [8, 13, 20])
def test_lines_never_begin_with_a_closing_sign_nor_break_a_number(width):
    text = "税收下降12345.6%，占比上升。非税收入（现价，同口径）增长。"
    lines = wrap(text, width).splitlines()
    assert "".join(lines) == text
    assert not [
        line for line in lines if line[0] in "，。）%" or (line[0].isdigit() and "1" not in line)
    ]


@pytest.mark.parametrize("load", ["figures", "targets", "outcomes", "doubts", "reference", "terms"])
def test_loaded_tables_are_shown_in_chinese(chinese, load):
    view = hy.show(getattr(hy, f"load_{load}")())
    assert not [head for head in view.table.columns if is_english(head)]
    assert "2017" in repr(view)


def test_what_is_found_traced_and_used_is_shown_in_chinese(chinese):
    found = hy.show(hy.find("gdp growth target"))
    assert set(found.table["命中处"][:2]) == {"编号；性质：目标值", "编号；性质：争取目标"}
    assert found.table["出处"][0] == "本报告，第2部分，第27段"
    traced = hy.show(hy.trace("local_revenue_2017"))
    assert not [text for text in traced.table["出处"] if is_english(text)]
    used = hy.show(hy.uses("tax_share.local.2017")).table["内容"]
    assert any(text.startswith("162.3 [161.8, 162.8]亿元 = ") for text in used)


def test_ids_and_printed_words_are_not_translated(chinese):
    figures = hy.load_figures()[["figure_id", "indicator", "as_printed"]].head(3)
    assert [*hy.show(figures).table.iloc[0]] == [*figures.iloc[0]]


@pytest.mark.full
def test_every_card_and_figure_is_said_in_chinese(chinese):
    for figure_id in hy.load_figures()["figure_id"]:
        figure = hy.figure(figure_id)
        said = str(figure).replace(figure_id, "")
        said += re.sub("<[^>]*>", " ", figure_card(figure)).replace(figure_id, "")
        assert not is_english(said), said


def test_numbers_are_said_in_chinese(chinese):
    level = hy.figure("gdp.level.2017")
    assert str(level.to("billion yuan")) == "319.3 [319.25, 319.35] 十亿元 = 3193亿元"
    assert str(level).startswith("地区生产总值 (gdp.level.2017)\n原文：")
    share = hy.stated(8, unit="percent", formula="target − actual")
    assert str(share) == "8% = 目标值−实际值"


def test_a_citation_is_chinese_unless_a_style_is_named(chinese):
    assert hy.cite("gdp.growth.2017") == hy.cite("gdp.growth.2017", style="gbt")
    assert hy.cite("gdp.growth.2017", style="text").startswith("Hengyang Municipal")


def test_scenarios_of_the_sliders_are_shown_in_chinese(chinese):
    path = hy.revenue.tax_path(hy.Report(), tax_growth=10, non_tax_growth=-5.5)
    said = re.sub("<[^>]*>", " ", path_html(path))
    assert "自2017年起，税收每年+10%，非税收入每年-5.5%" in said and not is_english(said)


def test_the_table_of_a_chosen_place_is_shown_in_chinese(chinese):
    chosen = tell_chosen(follow_place("430400", "gdp.growth"))
    heads = re.findall("<th>([^<]*)", chosen)
    assert len(heads) == 5 and not [head for head in heads if is_english(head)]
