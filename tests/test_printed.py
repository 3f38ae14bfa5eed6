"""parse_printed: one example for each trap, and properties over all quantities of its grammar."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyreport.printed import PrintedError, parse_printed

EXAMPLES = [
    # words, value, decimals, unit, qualifier, hedge, numeral
    ("252.01亿元", "252.01", 2, "亿元", "exact", "", "arabic"),
    ("8%以上", "8", 0, "%", "at_least", "", "arabic"),
    ("争取达到 8.5%", "8.5", 1, "%", "exact", "strive", "arabic"),
    ("4.5% 以内", "4.5", 1, "%", "at_most", "", "arabic"),
    ("4.1%左右", "4.1", 1, "%", "about", "", "arabic"),
    ("突破3000亿元", "3000", 0, "亿元", "at_least", "", "arabic"),
    ("逾130亿元", "130", 0, "亿元", "more_than", "", "arabic"),
    ("近6000家", "6000", 0, "家", "nearly", "", "arabic"),
    ("9万多", "9", 0, "万", "more_than", "", "arabic"),
    ("5.62万余人", "5.62", 2, "万人", "more_than", "", "arabic"),
    ("140多个", "140", 0, "个", "more_than", "", "arabic"),
    ("过1000万元", "1000", 0, "万元", "more_than", "", "arabic"),
    ("10蒸吨及以下", "10", 0, "蒸吨", "at_most", "", "arabic"),
    ("前 30 强", "30", 0, "强", "at_most", "", "arabic"),
    ("13.6个", "13.6", 1, "个", "exact", "", "arabic"),
    ("12.9个百分点", "12.9", 1, "个百分点", "exact", "", "arabic"),
    ("12.21 万", "12.21", 2, "万", "exact", "", "arabic"),
    ("下降4.5%", "-4.5", 1, "%", "exact", "", "arabic"),
    ("-12.96%", "-12.96", 2, "%", "exact", "", "arabic"),
    ("下降4.5%以上", "-4.5", 1, "%", "at_most", "", "arabic"),
    ("５０％", "50", 0, "%", "exact", "", "arabic"),
    ("十三连调", "13", 0, "连调", "exact", "", "chinese"),
    ("第一", "1", 0, "第", "exact", "", "chinese"),
    ("六大", "6", 0, "大", "exact", "", "chinese"),
    ("两家", "2", 0, "家", "exact", "", "chinese"),
    ("二十一个", "21", 0, "个", "exact", "", "chinese"),
    ("II 类", "2", 0, "类", "exact", "", "chinese"),
    ("Ⅱ类标准以上", "2", 0, "类标准", "at_least", "", "chinese"),
]


@pytest.mark.parametrize(
    ("words", "value", "decimals", "unit", "qualifier", "hedge", "numeral"), EXAMPLES
)
def test_reads_each_form_of_print(words, value, decimals, unit, qualifier, hedge, numeral):
    printed = parse_printed(words)
    assert printed.value == Decimal(value)
    assert (printed.decimals, printed.unit, printed.numeral) == (decimals, unit, numeral)
    assert (printed.qualifier, printed.hedge) == (qualifier, hedge)


@pytest.mark.parametrize(
    "words",
    [
        "减负35亿元",  # not a minus sign
        "340亿元，分别",  # a word after the unit is not the coin 分
        "1-2 个",  # two numbers, not a date
        "13.6个、12.9个百分点",  # two numbers with one unit
        "县级以上",  # a level of government, not a bound
        "增长8.5%",  # a verb, not a qualifier
        "近6000家左右",  # two qualifiers
        "十十个",
        "8.5.1%",
        "",
        "%",
    ],
)
def test_refuses_what_is_not_one_quantity(words):
    with pytest.raises(PrintedError, match="expected"):
        parse_printed(words)


def test_a_counted_person_is_not_split_from_the_classifier():
    assert parse_printed("5个人").unit == "个人"


def test_number_is_kept_as_it_stands_in_print():
    assert parse_printed("Ⅱ类标准以上").number == "Ⅱ"
    assert parse_printed("５.5%").number == "５.5"


numbers = st.decimals(min_value=0, max_value=10**6, places=2, allow_nan=False)
befores = st.sampled_from(["", "突破", "逾", "近"])
units = st.sampled_from(["%", "个", "万人次", "亿元", "公里", "个百分点"])
afters = st.sampled_from(["", "以上", "以内", "左右", "及以下"])
spaces = st.sampled_from(["", " ", "  "])


@given(number=numbers, unit=units, after=afters, space=spaces)
def test_number_unit_and_qualifier_survive(number, unit, after, space):
    printed = parse_printed(f"{number}{space}{unit}{space}{after}")
    assert printed.value == number
    assert printed.decimals == 2
    assert printed.unit == unit
    assert (printed.qualifier == "exact") == (after == "")


@given(number=numbers, unit=units, before=befores)
def test_a_fall_is_the_mirror_of_a_rise(number, unit, before):
    assert parse_printed(f"{before}下降{number}{unit}").value == -number


@given(st.text(max_size=12))
def test_any_text_gives_a_quantity_or_a_clear_error(text):
    try:
        printed = parse_printed(text)
    except PrintedError as error:
        assert error.expected
    else:
        assert printed.value.is_finite()
        assert printed.number in text
