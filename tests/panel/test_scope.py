"""Numbers of several years, of a part of the year or of a zone fill no cell."""

import pytest

from hyreport.panel.scope import is_of_one_year, is_of_whole_place

OTHER_YEARS = [
    "全市地区生产总值由2015年的90亿元增加到170亿元，增长79%",
    "收入分别比“十二五”末增长67%",
    "2020年生产总值达2624亿元，比2015年增长72%；工业总产值512亿元，增长79%",
    "到2020年底，城镇居民人均可支配收入达到6100元，5年增长59%",
    "五年来，人民生活明显改善。城镇居民人均可支配收入增长58%",
    "固定资产投资由上年下降40%",
    "前三季度，地区生产总值增长6%",
]
ONE_YEAR = [
    "地区生产总值增长8%",
    "五年来，我们坚持发展。2020年，地区生产总值增长8%",
    "比2015年增长72%，同比增长8%",
    "连续三年增长8%",
    "生产总值增长14%，比2019年增长9%；工业增加值增长8%",
    "增速达到四年来的峰值，生产总值增长8%",
    "收入比2015年翻了一番；地区生产总值增长8%",
    "4年里，实现了大的跨越。地区生产总值增长8%".join(("全市各行业都在发展。" * 5, "")),
    "比上年增长8%",
    "前三季度增长6%，全年增长8%",
]


def last_number(text):
    return max(text.rfind(sign) for sign in "0123456789") - 1


@pytest.mark.parametrize("text", OTHER_YEARS)
def test_growth_of_other_years_is_none_of_the_year(text):
    assert not is_of_one_year(text, last_number(text), 2020, is_growth=True)


@pytest.mark.parametrize("text", ONE_YEAR)
def test_growth_of_the_year_stays(text):
    assert is_of_one_year(text, text.rindex("8"), 2020, is_growth=True)


def test_a_level_set_beside_an_earlier_year_stays():
    text = "五年来，居民收入由2015年的3万元增加到4万元"
    assert is_of_one_year(text, text.index("4万"), 2020, is_growth=False)


@pytest.mark.parametrize("text", ["五年完成固定资产投资5250亿元", "三年累计完成投资52亿元"])
def test_a_sum_of_years_is_no_level_of_one(text):
    assert not is_of_one_year(text, text.index("52"), 2020, is_growth=False)


@pytest.mark.parametrize(
    ("text", "is_whole"),
    [
        ("经开区生产总值增长23%", False),
        ("高新区升格为国家高新区，全市生产总值增长23%", True),
        ("产业园区建成运营，生产总值增长23%", True),
        ("高新区升格。生产总值增长23%", True),
        ("自治区生产总值增长23%", True),
    ],
)
def test_a_number_of_a_zone_is_none_of_the_place(text, is_whole):
    assert is_of_whole_place(text, text.index("23")) is is_whole
