"""What is a figure; its value, sign, unit, bounds and hedge."""

import re
from decimal import Decimal

import pytest

from hyreport.draft.quantities import read_quantities
from hyreport.draft.segment import Page
from hyreport.draft.vocabulary import read_table


def read(words: str) -> list:
    return [row for row in read_quantities(Page(words)) if row.is_figure]


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("2031年，", "year"),
        ("2026—2030年", "year"),
        ("截至11月底", "date"),
        ("3月18日起", "date"),
        ("排名第3位", "ordinal"),
        ("5G基站", "name"),
        ("国家4A级景区", "name"),
        ("实施“1234”工程", "name"),
        ("推行“1+6+N”模式", "name"),
        ("建国80周年", "anniversary"),
        ("改建208国道", "road"),
        ("修建208、311国道", "road"),
        ("引进世界500强", "ranking"),
        ("开通12345热线", "hotline"),
        ("落实3.0版方案", "version"),
        ("21世纪", "century"),
        ("80年代", "decade"),
        ("15分钟生活圈", "name"),
        ("实施3年行动计划", "plan name"),
        ("近5年来", "time"),
        ("抓好8个方面", "list"),
        ("220千伏变电站", "grade"),
        ("占2/5", "fraction"),
        ("附件1", "table number"),
        ("出台〔2031〕5号文", "document"),
        ("\n1．做好工作", "list number"),
    ],
)
def test_a_number_that_is_no_figure_has_its_kind(words, kind):
    rows = read_quantities(Page("开头，" + words + "等。"))
    assert kind in {row.kind for row in rows}, [(row.number, row.kind) for row in rows]


@pytest.mark.parametrize(
    ("words", "value", "unit"),
    [
        ("收入1,234.5亿元", "1234.5", "亿元"),
        ("收入１２．５亿元", "12.5", "亿元"),
        ("出生率12.07‰", "12.07", "‰"),
        ("占比提高1.2个百分点", "1.2", "个百分点"),
        ("接待1200万人次", "1200", "万人次"),
        ("装机98万千瓦", "98", "万千瓦"),
        ("绿地12平方公里", "12", "平方公里"),
        ("利用资金5亿元人民币", "5", "亿元人民币"),
        ("惠及5万多家庭", "5", "万"),
        ("规模1.2万亿元", "1.2", "万亿元"),
        ("投资3.19千亿元", "3.19", "千亿元"),
        ("改造1.9万套", "1.9", "万套"),
        ("覆盖8县（区）", "8", "县（区）"),
        ("是上年的2倍", "2", "倍"),
        ("增长百分之八点五", "8.5", "%"),
        ("提高三个百分点", "3", "个百分点"),
    ],
)
def test_a_figure_has_value_and_unit(words, value, unit):
    (row,) = read(words)
    assert (row.value, row.unit) == (Decimal(value), unit)


@pytest.mark.parametrize(
    ("words", "negative"),
    [
        ("能耗下降4.5%", True),
        ("时间缩短50%", True),
        ("甲、乙面积净减少1万、3万平方公里", True),
        ("增速-3.2%", True),
        ("出口负增长2%", True),
        ("增速回落1.2个百分点", True),
        ("负债率降至35%", False),
        ("时间由30天压缩到5天", False),
        ("为企业减负35亿元", False),
        ("6—8个", False),
    ],
)
def test_a_sign_is_that_of_the_meaning(words, negative):
    assert read(words)[-1].is_negative is negative


@pytest.mark.parametrize(
    ("words", "qualifiers"),
    [
        ("增长8%以上", ["at_least"]),
        ("超过8%", ["at_least"]),
        ("控制在3%以内", ["at_most"]),
        ("控制在3%左右", ["about"]),
        ("控制在3%", ["at_most"]),
        ("近50家", ["nearly"]),
        ("50多家", ["more_than"]),
        ("下降3.5%以上", ["at_least"]),
        ("甲、乙分别增长5%、6%以上", ["at_least", "at_least"]),
        ("甲、乙分别超过5亿元、6亿元", ["at_least", "at_least"]),
        ("增长6.5%—7%", ["at_least", "at_most"]),
        ("改造项目134个、3万多户", ["exact", "more_than"]),
        ("由5%提高到6%", ["exact", "exact"]),
    ],
)
def test_a_bound_reaches_what_grammar_lets_it_reach(words, qualifiers):
    assert [row.qualifier for row in read(words)] == qualifiers


def test_a_unit_printed_once_reaches_the_whole_list():
    assert [row.unit for row in read("分别提高13.6个、12.9个百分点")] == ["个百分点"] * 2
    assert [row.unit for row in read("建设1-2个集镇")] == ["个", "个"]


@pytest.mark.parametrize(
    ("words", "hedges"),
    [
        ("力争增长8%，出口增长5%", ["strive", "strive"]),
        ("确保新增就业5万人；出口增长5%", ["ensure", ""]),
        ("增长8%以上、争取达到9%，收入增长5%", ["", "strive", ""]),
        ("努力抓好各项工作，建成10条道路", [""]),
        ("加倍努力地工作，服务40万人", [""]),
        ("保证金5亿元", [""]),
    ],
)
def test_a_hedge_reaches_along_commas(words, hedges):
    assert [row.hedge for row in read(words)] == hedges


def test_the_number_of_a_rule_stands_for_itself():
    # The rules that may fit are chosen by it, before anyone looks at what stands around.
    for row in read_table("kinds"):
        assert not re.search(r"\(\?<?[=!]|\(\?P=|\\[1-9AbBZ]|[\^$]", row["number"]), row
