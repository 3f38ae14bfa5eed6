"""Answers are read in the formats that students type; a verdict says right, wrong or missing."""

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import hyreport as hy
from hyreport.numbers.rounding import Computed, stated
from hyreport.teach.answers import Choice, Number, Verdict
from hyreport.teach.reading import (
    COUNT,
    MONEY,
    PERCENT,
    POINTS,
    YEAR,
    Typed,
    Unreadable,
    is_missing,
    read_number,
)


def computed(value: str, half: str, unit: str) -> Computed:
    number, half = Decimal(value), Decimal(half)
    return Computed(number, number - half, number + half, 1, unit, "made up", ())


AMOUNT = Number(
    computed("162.3", "0.5", MONEY),
    "the general hint",
    mistakes={"the level": stated(252.01, unit=MONEY, formula="")},
)
SHARE = Number(computed("55.9", "0.05", PERCENT), "the general hint")
CHANGE = Number(computed("-12.9", "0.05", POINTS), "the general hint")


@pytest.mark.parametrize(
    "text, value, kind",
    [
        ("162.3", "162.3", ""),
        ("162,3", "162.3", ""),
        ("  162.3  ", "162.3", ""),
        ("162.3亿", "162.3", MONEY),
        ("162.3 亿 元", "162.3", MONEY),
        ("16.23 billion", "162.3", MONEY),
        ("CNY 16.23 bn", "162.3", MONEY),
        ("¥16.23 billion yuan", "162.3", MONEY),
        ("1623000万元", "162.3", MONEY),
        ("0.01623 trillion yuan", "162.3", MONEY),
        ("16230 million", "162.3", MONEY),
        ("16,230,000,000 yuan", "162.3", MONEY),
        ("162.3 × 100 million yuan", "162.3", MONEY),
        ("１６２．３亿元", "162.3", MONEY),
        ("162.3\u202f亿元", "162.3", MONEY),
        ("about 162.3", "162.3", ""),
        ("约162.3亿元", "162.3", MONEY),
        ("≈ 162.3", "162.3", ""),
        ("1.623e2", "162.3", ""),
        ("55.9%", "55.9", PERCENT),
        ("５５．９％", "55.9", PERCENT),
        ("55.9 per cent.", "55.9", PERCENT),
        (".559", "0.559", ""),
        ("0,559", "0.559", ""),
        ("12.9个百分点", "12.9", POINTS),
        ("12.9 pp", "12.9", POINTS),
        ("+12.9 percentage points", "12.9", POINTS),
        ("-12.9", "-12.9", ""),
        ("−12.9", "-12.9", ""),
        ("– 12,9 %", "-12.9", PERCENT),
        ("－１２．９", "-12.9", ""),
        ("minus 12.9", "-12.9", ""),
        ("下降12.9%", "-12.9", PERCENT),
        ("1,234", "1234", ""),
        ("1 234.5", "1234.5", ""),
        ("1\u00a0234,5", "1234.5", ""),
        ("1.234,5", "1234.5", ""),
        ("1'234.5", "1234.5", ""),
        ("1,234,567.8", "1234567.8", ""),
        ("16.23B", "162.3", MONEY),
        ("162.3億元", "162.3", MONEY),
        ("(162.3)", "162.3", ""),
        ("down 20.6%", "-20.6", PERCENT),
        ("decrease of 20.6%", "-20.6", PERCENT),
        ("20.6% lower", "-20.6", PERCENT),
        ("fell by 20.6 %", "-20.6", PERCENT),
        ("2016年", "2016", YEAR),
        ("in the year 2016", "2016", ""),
        ("6 numbers", "6", COUNT),
    ],
)
def test_ways_to_type_a_number(text, value, kind):
    assert read_number(text) == Typed(Decimal(value), kind)


@pytest.mark.parametrize(
    "answer",
    [
        162.3,
        Decimal("162.3"),
        Fraction(1623, 10),
        np.float64(162.3),
        pd.Series([162.3]),
        pd.DataFrame({"value": [162.3]}),
    ],
)
def test_numbers_that_a_cell_computes(answer):
    assert read_number(answer) == Typed(Decimal("162.3"), "")


def test_what_the_library_computes_brings_its_unit():
    assert read_number(hy.figure("tax_share.local.2017")) == Typed(Decimal("55.9"), PERCENT)
    assert AMOUNT.judge(AMOUNT.expected).right


@pytest.mark.parametrize(
    "answer, words",
    [
        ("a lot", "no number"),
        ("162.3 [161.8, 162.8]", "more than one"),
        ("161.8-162.8", "more than one"),
        ("162.3 apples", "not the unit 'apples'"),
        ("x = 162.3 y", "before it"),
        (True, "one number"),
        ([162.3], "one number"),
        (pd.Series([1, 2]), "one number"),
        (float("nan"), "not finite"),
        (1j, "one number"),
        (pd.NaT, "one number"),
        (pd.NA, "one number"),
        (pd.DataFrame({"value": [1], "unit": ["percent"]}), "one number"),
    ],
)
def test_what_cannot_be_read_is_said(answer, words):
    with pytest.raises(Unreadable) as raised:
        read_number(answer)
    assert words in raised.value.fix
    verdict = AMOUNT.judge(answer)
    assert verdict.state == "wrong" and words in verdict.words


@given(
    st.decimals(min_value=-(10**9), max_value=10**9, places=3),
    st.sampled_from(["{:f}", "{:,f}", " {:f} %", "{:+f}"]),
)
def test_any_number_is_read_back(number, form):
    assert read_number(form.format(number)).value == number


@pytest.mark.parametrize("answer", [None, "", "  ", ..., "\u3000"])
def test_no_answer(answer):
    assert is_missing(answer)


def test_zero_is_an_answer():
    assert not is_missing(0) and not is_missing("0") and not is_missing(False)


@pytest.mark.parametrize(
    "number, answer, words",
    [
        (AMOUNT, "252.01", "the level"),
        (AMOUNT, "252.0", "the level"),
        (AMOUNT, "16.23", "their size is not"),
        (AMOUNT, "16230000000", "their size is not"),
        (AMOUNT, "-162.3", "the sign is not"),
        (AMOUNT, "164", "Very near"),
        (AMOUNT, "90", "the general hint"),
        (AMOUNT, "162.3%", "a number in percent; the task asks for 100 million yuan"),
        (SHARE, "0.559", "Is that a fraction?"),
        (SHARE, "56", "Rounded too far"),
        (SHARE, "55.9 points", "two units"),
        (CHANGE, "-12.9%", "two units"),
        (CHANGE, "12.9", "the sign is not"),
    ],
)
def test_a_wrong_number_is_told_why(number, answer, words):
    verdict = number.judge(answer)
    assert verdict.state == "wrong" and not verdict.right and words in verdict.words


@pytest.mark.parametrize("answer", ["161.8", "162.8", 162, "162.31 亿元", "1.62e10 yuan"])
def test_any_number_inside_the_interval_is_right(answer):
    assert AMOUNT.judge(answer).right


@pytest.mark.parametrize("answer", ["161.79", "162.81"])
def test_a_number_just_outside_is_not(answer):
    assert not AMOUNT.judge(answer).right


def test_a_sign_that_the_task_says_in_words():
    lower = Number(computed("8.5", "0.1", PERCENT), "hint", sign_is_said=True)
    assert lower.judge("-8.5%").right and lower.judge("8.5").right


def test_money_asked_in_billions():
    asked = Number(computed("319.3", "0.05", "billion yuan"), "hint")
    for answer in ("319.3", "319.3 billion yuan", "3193亿元", 319.3):
        assert asked.judge(answer).right
    assert not asked.judge("3193").right


WORD = Choice(
    "at_least",
    {"at_least": ("floor", "≥"), "at_most": ("ceiling",)},
    {"at_most": "it opens the other side"},
)


@pytest.mark.parametrize(
    "answer",
    ["at_least", " At least ", "at-least", "`at_least`", "FLOOR", "“floor”.", "≥", "ｆｌｏｏｒ"],
)
def test_ways_to_type_a_word(answer):
    assert WORD.judge(answer).right


def test_other_words_are_not_right():
    assert WORD.judge("ceiling").words == "Not yet. it opens the other side"
    assert WORD.judge("banana").words == f"Not yet. Type {WORD.wanted}."
    assert WORD.judge(3).state == "wrong"


def test_a_point_is_right_as_rounded_and_not_beside_it():
    """An exact number has no interval to spare: its digits must be those of the answer."""
    point = Number(computed("82.192", "0.001", PERCENT), "the general hint")
    assert point.judge("82.2").right and point.judge("82.19").right
    assert "Rounded too far" in point.judge("82").words
    assert not point.judge("82.1").right and not point.judge("82.10").right


def test_counts_and_years_have_no_near():
    count = Number(stated(6, unit=COUNT, formula=""), "count again")
    assert count.judge(5.95).words == "Not yet. count again"
    year = Number(stated(2016, unit=YEAR, formula=""), "look again")
    assert year.judge(2015).words == "Not yet. look again"


def test_the_closest_of_two_mistakes_is_named():
    wide = Computed(Decimal(60), Decimal(50), Decimal(70), 0, MONEY, "", ())
    close = Computed(Decimal(66), Decimal(65), Decimal(67), 0, MONEY, "", ())
    number = Number(
        computed("162.3", "0.5", MONEY), "hint", mistakes={"wide": wide, "close": close}
    )
    assert number.judge("66.2").words == "Not yet. close"
    assert number.judge("58").words == "Not yet. wide"


def test_a_verdict_shows_as_text():
    html = Verdict("wrong", "Not yet. <b>1</b>")._repr_html_()
    assert html == '<p class="verdict wrong">Not yet. &lt;b&gt;1&lt;/b&gt;</p>'


@pytest.mark.parametrize(
    "typed, value, kind",
    [
        ("一百六十二点三亿元", "162.3", "100 million yuan"),
        ("百分之八", "8", "percent"),
        ("下降百分之二十点六", "-20.6", "percent"),
        ("十二点九个百分点", "12.9", "percentage points"),
        ("二〇一六年", "2016", "calendar year"),
        ("二零一六", "2016", ""),
        ("三百一十九点三十亿元", "3193", "100 million yuan"),
        ("六项", "6", "targets"),
        ("约三千一百九十三亿", "3193", "100 million yuan"),
    ],
)
def test_numbers_in_chinese_numerals_are_read(typed, value, kind):
    assert read_number(typed) == (Decimal(value), kind)


@pytest.mark.parametrize("typed", ["一六二", "一百零五〇三年"])
def test_digits_in_a_row_are_read_as_a_year_alone(typed):
    with pytest.raises(Unreadable):
        read_number(typed)
