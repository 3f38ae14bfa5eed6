"""What a number measures, in the words of the text."""

import pytest
from made_up_reports import make_report

from hyreport.draft.draft import draft_text


def terms(words: str, **options) -> list[str]:
    table = draft_text(make_report(words, **options), "made-up").tables["figures.csv"]
    return [row["subject_zh"] for row in table]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("全年完成税收收入52亿元，同比增长8%。", ["税收收入", "税收收入增长"]),
        ("170个贫困村出列。", ["贫困村出列"]),
        ("建成10条高速公路。", ["建成高速公路"]),
        ("新建5G基站1400个。", ["新建5G基站"]),
        ("常住人口500万人，比上年末增加6万人。", ["常住人口", "常住人口变动"]),
        ("粮食、蔬菜产量分别达到30万吨、50万吨。", ["粮食产量", "蔬菜产量"]),
        ("酿酒业、物流业增加值占比分别达6%、7%。", ["酿酒业增加值占比", "物流业增加值占比"]),
        ("小学、中学分别新增学位3000个、5000个。", ["小学新增学位", "中学新增学位"]),
        ("资产、净资产、营业收入分别增长2%、3%、4%。", ["资产增长", "净资产增长", "营业收入增长"]),
        ("普通高中招生3万人，在校生8万人。", ["普通高中招生", "普通高中在校生"]),
        ("科技基金共资助40个课题。", ["科技基金资助课题"]),
        ("产值3亿元，占全国的5%、全省的20%。", ["产值", "产值占全国比重", "产值占全省比重"]),
        ("采购额6亿元，比预算少支出，比上年减少2%。", ["采购额", "采购额增长"]),
        ("全市80%以上行政村达到标准。", ["行政村达到标准占比"]),
        ("完成河道治理30公里。", ["完成河道治理"]),
        ("查处违法行为50起。", ["查处违法行为"]),
        ("城镇和农村居民收入分别增长8%和9%。", ["城镇居民收入增长", "农村居民收入增长"]),
        (
            "接待游客48万人次，旅游收入3亿元，分别增长5%、6%。",
            ["接待游客", "旅游收入", "接待游客增长", "旅游收入增长"],
        ),
        ("新建学校3所、医院2所，公园4个。", ["新建学校", "新建医院", "公园"]),
        ("修建公路27公里，其中新建13公里。", ["修建公路", "新建公路"]),
        ("35%的农民参加了合作医疗。", ["农民参加了合作医疗占比"]),
        ("空气优良天数逐年增加，达到281天。", ["空气优良天数"]),
        ("机床产量38万台，占全国的5%。", ["机床产量", "机床产量占全国比重"]),
        (
            "新开工投资5亿元以上项目30个。",
            ["新开工投资", "新开工投资5亿元以上项目"],
        ),
        ("投资3亿元建设学校5所。", ["投资建设学校", "建设学校"]),
        ("为300名儿童提供午餐。", ["为儿童提供午餐"]),
        ("完成投资6亿元，是上年的2倍。", ["完成投资", "完成投资为上年倍数"]),
        ("单位能耗下降3%。", ["单位能耗变动"]),
        ("甲公园建成3条步道。", ["建成步道"]),
        ("惠及5万多人口。", ["惠及人口"]),
        ("垃圾处理率达到：甲县85%，乙县80%。", ["垃圾处理率", "垃圾处理率"]),
        ("20户以上自然村通光纤。", ["自然村户数"]),
        ("建成区绿地率达40%。", ["绿地率"]),
        ("商品总销售和总购进分别增长5%、6%。", ["商品总销售增长", "商品总购进增长"]),
        ("累计建设实验室4个。", ["累计建设实验室"]),
        ("打造1-2个特色品牌。", ["打造特色品牌", "打造特色品牌"]),
        ("城镇化率由55%提高到62%。", ["城镇化率", "城镇化率"]),
        ("公路里程新增71公里。", ["新增公路里程"]),
    ],
)
def test_a_term_is_read(words, expected):
    found = terms(words)
    assert [a if b is not None else None for a, b in zip(found, expected, strict=True)] == expected


def test_an_average_says_so():
    table = draft_text(make_report("过去五年，出口年均增长9%。"), "made-up").tables["figures.csv"]
    (row,) = table
    assert (row["subject_zh"], row["basis"]) == ("出口年均增长", "annual_average")
    assert row["period"] == "2026/2030"


def test_a_list_with_other_subjects_is_a_guess():
    table = draft_text(make_report("甲、乙、丙分别增长5%、6%。"), "made-up").tables["figures.csv"]
    assert {row["certainty"] for row in table} == {"C"}
    assert all("分别" in row["why"] for row in table)


def test_codes_of_the_codebook():
    words = "地区生产总值3193亿元，增长8.5%；社会消费品零售总额增长11%；城镇登记失业率4.1%。"
    table = draft_text(make_report(words), "made-up").tables["figures.csv"]
    assert [row["figure_id"] for row in table] == [
        "gdp.level.2030",
        "gdp.growth.2030",
        "retail_sales.growth.2030",
        "unemployment.rate.2030",
    ]
