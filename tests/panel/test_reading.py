"""Cells of made-up reports: found where printed, absent where not, the right one of several."""

import pytest
from made_up_reports import make_report

from hyreport.draft.facts import UNSURE
from hyreport.panel.reading import headline_indicators, read_cells

REVIEW = (
    "2030年，全市地区生产总值3193.2亿元，增长8.5%；一般公共预算收入162.3亿元，增长6.2%；"
    "规模以上工业增加值增长7.1%；社会消费品零售总额增长10.4%。城镇登记失业率3.2%。"
)
TASKS = (
    "今年经济社会发展的主要预期目标是：地区生产总值增长8%以上，争取达到8.5%；"
    "一般公共预算收入增长6%—7%；固定资产投资增长12%左右；城镇登记失业率控制在4.5%以内。"
)


def read(review=REVIEW, tasks=TASKS, **options):
    reading = read_cells(make_report(review, tasks, **options))
    return reading, {(cell["indicator"], cell["kind"]): cell for cell in reading.cells}


def test_every_indicator_has_a_cell_of_each_kind_and_its_year():
    reading, cells = read()
    assert reading.year == 2031
    assert len(cells) == len(reading.cells) == 2 * len(headline_indicators())
    assert {cell["period"] for cell in reading.cells if cell["kind"] == "target"} == {"2031"}
    assert {cell["period"] for cell in reading.cells if cell["kind"] == "actual"} == {"2030"}


@pytest.mark.parametrize(
    ("indicator", "kind", "value", "qualifier", "low", "high"),
    [
        ("gdp.level", "actual", "3193.2", "exact", "3193.15", "3193.25"),
        ("gdp.growth", "actual", "8.5", "exact", "8.45", "8.55"),
        ("gdp.growth", "target", "8", "at_least", "8", ""),
        ("budget_revenue.growth", "actual", "6.2", "exact", "6.15", "6.25"),
        ("fixed_asset_investment.growth", "target", "12", "about", "", ""),
        ("unemployment.rate", "target", "4.5", "at_most", "", "4.5"),
        ("unemployment.rate", "actual", "3.2", "exact", "3.15", "3.25"),
    ],
)
def test_a_printed_number_fills_its_cell(indicator, kind, value, qualifier, low, high):
    cell = read()[1][indicator, kind]
    told = [cell[name] for name in ("status", "value", "qualifier", "low", "high")]
    assert told == ["found", value, qualifier, low, high]


def test_a_range_has_both_ends_and_a_stretch_its_own_column():
    cells = read()[1]
    revenue, gdp = cells["budget_revenue.growth", "target"], cells["gdp.growth", "target"]
    assert [revenue[name] for name in ("value", "value_high", "low", "high")] == [
        "6",
        "7",
        "6",
        "7",
    ]
    assert gdp["stretch_value"] == "8.5"


def test_offsets_point_at_the_number():
    text = make_report(REVIEW, TASKS)
    for cell in read_cells(text).cells:
        if cell["status"] == "found" and not cell["value_high"]:
            printed = text[int(cell["char_start"]) : int(cell["char_end"])]
            assert printed in cell["as_printed"]


def test_what_a_list_leaves_out_is_absent_and_without_a_list_it_is_not_found():
    assert read()[1]["retail_sales.growth", "target"]["status"] == "absent"
    alone = read(tasks="建成公路10公里。")[1]
    assert alone["gdp.growth", "target"]["status"] == "not_found"


def test_an_average_of_years_is_no_outcome_of_one():
    review = REVIEW.replace("增长8.5%", "五年年均增长8.5%", 1)
    assert read(review)[1]["gdp.growth", "actual"]["status"] != "found"


def test_total_and_local_revenue_are_never_one():
    cells = read(REVIEW + "财政总收入252.01亿元，增长5.3%。")[1]
    assert cells["total_revenue.growth", "actual"]["value"] == "5.3"
    assert cells["budget_revenue.growth", "actual"]["value"] == "6.2"


def test_revenue_that_does_not_say_whose_it_is_stands_last_and_unsure():
    cells = read(REVIEW.replace("一般公共预算收入", "财政收入"))[1]
    assert cells["budget_revenue.growth", "actual"]["certainty"] == "C"


def test_levels_come_in_one_unit():
    cells = read(REVIEW.replace("3193.2亿元", "1.2万亿元"))[1]
    level = cells["gdp.level", "actual"]
    assert [level[name] for name in ("value", "low", "high", "unit")] == [
        "12000",
        "11500",
        "12500",
        "亿元",
    ]


def test_another_value_of_the_same_makes_a_cell_less_sure_and_a_runner_up():
    reading, cells = read(REVIEW + "全年地区生产总值增长8.6%。")
    assert cells["gdp.growth", "actual"]["value"] == "8.5"
    assert cells["gdp.growth", "actual"]["certainty"] != "A"
    assert "8.6" in {one["value"] for one in reading.runners_up}


@pytest.mark.parametrize(
    ("sentence", "indicator", "value"),
    [
        ("预计（下同）全市地区生产总值同比（下同）增长4.5%。", "gdp.growth", "4.5"),
        ("地区生产总值960亿元，按可比价计算比上年增长12.3%。", "gdp.growth", "12.3"),
        ("地区生产总值再上新台阶，达到4015亿元，增长5.8%。", "gdp.growth", "5.8"),
        ("地区生产总值突破1900亿元、达到1905.45亿元，增长4.3%。", "gdp.growth", "4.3"),
        ("地区生产总值突破1900亿元、达到1905.45亿元，增长4.3%。", "gdp.level", "1905.45"),
        ("地区生产总值1763亿元、三年前移2位，增长6.7%。", "gdp.growth", "6.7"),
        ("地区生产总值比四年前增长19.1%，增长5%。", "gdp.growth", "5"),
        ("地区生产总值由一季度下降10.3%到全年增长2.9%。", "gdp.growth", "2.9"),
        ("上半年生产总值下降0.8%，预计下半年增长8%，全年增长4%左右。", "gdp.growth", "4"),
        ("地区生产总值由2028年下降9.5%、2029年下降9.7%，到2030年增长4%。", "gdp.growth", "4"),
        ("本市生产总值增长6.1%。", "gdp.growth", "6.1"),
        ("地区生产总值增速高于全省1个百分点、达到7%。", "gdp.growth", "7"),
        ("社会消费品零售总额恢复至2028年的105.3%，增长10.8%。", "retail_sales.growth", "10.8"),
        ("一般公共预算收入扣除留抵退税因素完成40亿元，增长5.7%。", "budget_revenue.growth", "5.7"),
        ("规模以上固定资产投资增长9%。", "fixed_asset_investment.growth", "9"),
        ("失业率3.5%。", "unemployment.rate", "3.5"),
    ],
)
def test_an_outcome_is_found_however_it_is_led_up_to(sentence, indicator, value):
    assert read(review=sentence)[1][indicator, "actual"]["value"] == value


def test_a_number_for_a_list_is_that_of_each_indicator():
    _, cells = read(tasks="地区生产总值、固定资产投资、社会消费品零售总额均增长8%左右。")
    for name in ("gdp", "fixed_asset_investment", "retail_sales"):
        cell = cells[f"{name}.growth", "target"]
        assert (cell["value"], cell["qualifier"]) == ("8", "about")


def test_an_aim_is_read_where_it_is_named_before_the_number():
    _, cells = read(tasks="今年经济增长预期目标为6%—6.5%。")
    cell = cells["gdp.growth", "target"]
    assert (cell["value"], cell["value_high"]) == ("6", "6.5")


@pytest.mark.parametrize("part", ["前三季度", "1—11月", "前11个月", "上半年"])
def test_growth_of_a_part_of_the_year_is_not_that_of_the_year(part):
    _, cells = read(review=f"{part}，地区生产总值增长9.1%。全年社会消费品零售总额增长7%。")
    assert cells["gdp.growth", "actual"]["status"] != "found"
    assert cells["retail_sales.growth", "actual"]["value"] == "7"


def test_the_year_of_the_file_is_taken_only_where_the_text_has_none():
    text = make_report(REVIEW, TASKS)
    assert read_cells(text, year=2040).year == 2031
    plain = text.replace("2031年", "").replace("2030年", "")
    reading = read_cells(plain, year=2031)
    assert reading.year == 2031 and UNSURE in reading.odd


def test_a_list_of_aims_comes_before_a_number_told_where_the_year_ahead_begins():
    before = "过去一年，全面完成了预期目标和任务，地区生产总值增长9.3%。\n" + TASKS
    cell = read(tasks=before)[1]["gdp.growth", "target"]
    assert (cell["value"], cell["stretch_value"]) == ("8", "8.5")


def test_a_report_that_does_not_say_whose_it_is_is_told_its_place():
    text = make_report(REVIEW.replace("全市地区", "衡阳市"), TASKS)
    text = text.replace("市人民政府", "政府")
    cells = read_cells(text, place="衡阳市").cells
    found = {cell["indicator"]: cell["value"] for cell in cells if cell["kind"] == "actual"}
    assert found["gdp.growth"] == "8.5"


@pytest.mark.parametrize(
    ("printed", "whole"),
    [
        ("地区生产总值增长6%—7%", "6%—7%"),
        ("地区生产总值增长6-7%", "6-7%"),
        ("地区生产总值增长6%至7%左右", "6%至7%左右"),
    ],
)
def test_a_range_is_printed_with_both_its_ends(printed, whole):
    text = make_report(REVIEW, TASKS.replace("地区生产总值增长8%以上，争取达到8.5%", printed))
    cells = {(one["indicator"], one["kind"]): one for one in read_cells(text).cells}
    cell = cells["gdp.growth", "target"]
    assert cell["as_printed"] == whole
    assert text[int(cell["char_start"]) : int(cell["char_end"])] in whole
    assert (cell["value"], cell["value_high"]) == ("6", "7")
