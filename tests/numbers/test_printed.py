"""parse_printed: each form of print is read or refused with a reason; 20,000 known quantities."""

import csv
import random
import time
from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyreport.numbers.numerals import NUMBER
from hyreport.numbers.printed import PrintedError, parse_printed, read_around
from hyreport.numbers.wording import SAYS, SIDES, TURNED, WORDS, word_at, word_before
from hyreport.paths import RAW

# words | value, decimals, unit, qualifier, hedge, numeral; the last two where not "", arabic
READ = """
252.01亿元 | 252.01 2 亿元 exact
8%以上 | 8 0 % at_least
争取达到 8.5% | 8.5 1 % exact strive
4.5% 以内 | 4.5 1 % at_most
4.1%左右 | 4.1 1 % about
突破3000亿元 | 3000 0 亿元 at_least
逾130亿元 | 130 0 亿元 more_than
近6000家 | 6000 0 家 nearly
9万多 | 9 0 万 more_than
5.62万余人 | 5.62 2 万人 more_than
140多个 | 140 0 个 more_than
过1000万元 | 1000 0 万元 more_than
10蒸吨及以下 | 10 0 蒸吨 at_most
10蒸吨以下 | 10 0 蒸吨 at_most
35千伏及以上 | 35 0 千伏 at_least
5万元以下 | 5 0 万元 at_most
3000元上下 | 3000 0 元 about
3倍多 | 3 0 倍 more_than
20来个 | 20 0 个 about
20余万元 | 20 0 万元 more_than
1.3万多亿元 | 1.3 1 万亿元 more_than
前 30 强 | 30 0 强 at_most
≥8.5% | 8.5 1 % at_least
8.5%+ | 8.5 1 % at_least
▲8.5% | -8.5 1 % exact
降幅为8.5% | -8.5 1 % exact
下降幅度为8.5% | -8.5 1 % exact
减收34.2亿元 | -34.2 1 亿元 exact
5元封顶 | 5 0 元 at_most
5亿元及其以上 | 5 0 亿元 at_least
13.6个 | 13.6 1 个 exact
12.9个百分点 | 12.9 1 个百分点 exact
12.21 万 | 12.21 2 万 exact
1.2万亿 | 1.2 1 万亿 exact
3.19千亿 | 3.19 2 千亿 exact
5百万千瓦时 | 5 0 百万千瓦时 exact
1,234.5亿元 | 1234.5 1 亿元 exact
５０％ | 50 0 % exact
5‰ | 5 0 ‰ exact
32微克/立方米 | 32 0 微克/立方米 exact
0.6人/百亿元以下 | 0.6 1 人/百亿元 at_most
113平方千米 | 113 0 平方千米 exact
不低于7% | 7 0 % at_least
不少于1亿元 | 1 0 亿元 at_least
至少新增2个以上 | 2 0 个 at_least
超10% | 10 0 % at_least
超过30多个 | 30 0 个 more_than
高于8% | 8 0 % more_than
不超过3% | 3 0 % at_most
不高于4.5% | 4.5 1 % at_most
控制在4.2%以内 | 4.2 1 % at_most
低于5% | 5 0 % less_than
不到5% | 5 0 % less_than
接近三成 | 3 0 成 nearly - chinese
约3000元左右 | 3000 0 元 about
达1200亿元 | 1200 0 亿元 exact
力争突破5000亿元 | 5000 0 亿元 at_least strive
努力实现10%左右 | 10 0 % about strive
下降4.5% | -4.5 1 % exact
-12.96% | -12.96 2 % exact
负0.3% | -0.3 1 % exact
负增长0.3% | -0.3 1 % exact
增长-39.7% | -39.7 1 % exact
下滑2.1个百分点 | -2.1 1 个百分点 exact
减少约5.94万人次 | -5.94 2 万人次 about
压减了50%以上 | -50 0 % at_most
收窄超1.2个百分点 | -1.2 1 个百分点 at_most
下降4.5%以上 | -4.5 1 % at_most
下降不到5% | -5 0 % more_than
下降近5% | -5 0 % more_than
下降9万多 | -9 0 万 less_than
逾下降9万 | -9 0 万 less_than
-3.2%以上 | -3.2 1 % at_least
不低于-3.2% | -3.2 1 % at_least
降至3%以下 | 3 0 % at_most
回落到-3% | -3 0 % exact
减少到3990个 | 3990 0 个 exact
增长2倍 | 2 0 倍 exact
2倍 | 2 0 倍 exact
增长8.5% | 8.5 1 % exact
提高到30%以上 | 30 0 % at_least
翻一番 | 1 0 番 exact - chinese
翻了两番多 | 2 0 番 more_than - chinese
百分之八点五 | 8.5 1 % exact - chinese
百分之百 | 100 0 % exact - chinese
下降千分之五点一 | -5.1 1 ‰ exact - chinese
八个百分点 | 8 0 个百分点 exact - chinese
零点五个百分点 | 0.5 1 个百分点 exact - chinese
一百二十个 | 120 0 个 exact - chinese
一百二十个百分点 | 120 0 个百分点 exact - chinese
两百 | 200 0 - exact - chinese
一千二百家 | 1200 0 家 exact - chinese
两千零八家 | 2008 0 家 exact - chinese
一万二千 | 12000 0 - exact - chinese
十六万三千余人 | 163000 0 人 more_than - chinese
三百万元 | 300 0 万元 exact - chinese
一亿二千万元 | 120000000 0 元 exact - chinese
两百万千瓦 | 200 0 万千瓦 exact - chinese
十三连调 | 13 0 连调 exact - chinese
十三连增 | 13 0 连增 exact - chinese
第一 | 1 0 第 exact - chinese
第3位 | 3 0 第 exact
六大 | 6 0 大 exact - chinese
两家 | 2 0 家 exact - chinese
二十一个 | 21 0 个 exact - chinese
II 类 | 2 0 类 exact - chinese
Ⅱ类标准以上 | 2 0 类标准 at_least - chinese
"""
# Words that are refused | what the error expects.
REFUSED = """
6.5%—7% | not a range
8-9% | not a range
8%至9% | not a range
8%到9% | not a range
8%～9% | not a range
由5%降至3% | not the two of a change
从240元提高到450元 | not the two of a change
1-2 个 | not a range
不增长11% | a change that came about
三分之一 | no fraction
万分之三 | no fraction
超千亿 | a number before
过百亿元 | a number before
近百家 | a number before
逾万人次 | a number before
突破亿元 | a number before
百万元以上 | a number before
8千伏、千瓦时 | one number
十几个 | whole number or decimals
两位数 | whole number or decimals
3个半月 | whole number or decimals
两万五 | every place said
一百二 | every place said
二〇一八年 | every place said
十十个 | every place said
3亿5千万元 | every place said
第十三届 | a place in an order
第5万 | a place in an order
—7% | a minus sign
8.5²% | plain digits
96.88万㎡ | plain digits
控制在3% | after 控制在
将突破3000亿元 | no 将
近5年 | before a time
前三年 | before a time
近-5% | no minus sign after 近
近6000家左右 | of one side
不超过3%以上 | of one side
近30余家 | of one side
确保力争3% | one hedge
下降-3% | one word of fall
降幅收窄3个百分点 | one word of fall
增长下降3% | a fall or a rise
百分之8% | one unit
减负35亿元 | one number
节约35亿元 | one number
10个多功能厅 | one number
340亿元，分别 | one number
13.6个、12.9个百分点 | one number
至9% | one number
县级以上 | one number
上百家 | a number before
8.5.1% | one number
1,23亿元 | one number
% | one number
"""


def rows(table: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]


@pytest.mark.parametrize(("words", "meaning"), rows(READ))
def test_reads_each_form_of_print(words, meaning):
    value, decimals, unit, qualifier, hedge, numeral = (*meaning.split(), "-", "arabic")[:6]
    if len(meaning.split()) == 5:
        hedge, numeral = meaning.split()[4], "arabic"
    printed = parse_printed(words)
    assert printed.value == Decimal(value)
    assert (printed.decimals, printed.unit or "-") == (int(decimals), unit)
    assert (printed.qualifier, printed.hedge or "-", printed.numeral) == (qualifier, hedge, numeral)


@pytest.mark.parametrize(("words", "expected"), [*rows(REFUSED), ["", "one number"]])
def test_refuses_with_the_reason_what_is_not_one_quantity(words, expected):
    with pytest.raises(PrintedError) as error:
        parse_printed(words)
    assert expected in error.value.expected
    assert error.value.fix


def test_a_counted_person_is_not_split_from_the_classifier():
    assert parse_printed("5个人").unit == "个人"


@pytest.mark.parametrize(
    ("words", "number"),
    [("Ⅱ类标准以上", "Ⅱ"), ("５.5%", "５.5"), ("1，234家", "1，234"), ("百分之八点五", "八点五")],
)
def test_number_is_kept_as_it_stands_in_print(words, number):
    assert parse_printed(words).number == number


def test_digits_are_never_rounded():
    digits = "1234567890" * 5
    assert parse_printed(f"下降{digits}元").value == Decimal(f"-{digits}")
    assert str(parse_printed("下降0%").value) == "0"


# The generator's own words and numerals: nothing here is read from the table it tests.
BOUNDS = {
    "exact": [("", "", ""), ("达", "", ""), ("达到", "", "")],
    "about": [("约", "", ""), ("", "", "左右"), ("", "", "上下"), ("约", "", "左右")],
    "at_least": [("不低于", "", ""), ("至少", "", ""), ("突破", "", ""), ("", "", "以上")],
    "at_most": [("不超过", "", ""), ("", "", "以内"), ("", "", "及以下"), ("控制在", "", "以内")],
    "more_than": [("逾", "", ""), ("过", "", ""), ("", "多", ""), ("", "余", ""), ("高于", "", "")],
    "less_than": [("不到", "", ""), ("不足", "", ""), ("低于", "", "")],
    "nearly": [("近", "", ""), ("接近", "", ""), ("将近", "", "")],
}
# What is said of a number that lies below zero, said of the size of the fall.
OF_THE_FALL = {
    "exact": ["exact"],
    "about": ["about"],
    "at_least": ["at_most"],
    "at_most": ["at_least"],
    "more_than": ["less_than", "nearly"],
    "less_than": ["more_than"],
}
FALLS = ("下降", "下滑", "回落", "减少", "降低", "收窄", "压减", "缩减", "负增长", "降", "减少了")
LEVELS = ("降至", "下降到", "回落至", "减少到", "提高到", "增至")
HEDGE_WORDS = {"": [""], "strive": ["力争", "争取", "努力"], "ensure": ["确保", "保证", "必须"]}
UNITS = ["%", "‰", "个百分点", "元", "亿元", "万元", "万人次", "家", "千伏", "万千瓦时"]
UNITS += ["蒸吨", "倍"]


def in_chinese(number: int) -> str:
    """Write a whole number below 100 million as Chinese texts do, by groups of four places."""
    if 10 <= number < 20 or 100_000 <= number < 200_000:
        return in_groups(number).removeprefix("一")
    return in_groups(number)


def in_groups(number: int) -> str:
    if number >= 10_000:
        high, low = divmod(number, 10_000)
        zero = "零" if 0 < low < 1000 else ""
        return write_group(high) + "万" + zero + write_group(low)
    return write_group(number) or "零"


def write_group(number: int) -> str:
    text, gap = "", False
    for size, place in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, size)
        if digit:
            text += ("零" if gap and text else "") + "零一二三四五六七八九"[digit] + place
            gap = False
        else:
            gap = True
    return text


def write_number(value: Decimal, chance: random.Random) -> str:
    style = chance.choice(["plain", "plain", "full width", "separated", "chinese"])
    whole, _, decimals = str(value).partition(".")
    if style == "chinese":
        point = "点" + "".join("零一二三四五六七八九"[int(digit)] for digit in decimals)
        return in_chinese(int(whole)) + (point if decimals else "")
    if style == "separated":
        return f"{value:,}"
    full = str.maketrans("0123456789.", "０１２３４５６７８９．")
    return str(value).translate(full) if style == "full width" else str(value)


def write_quantity(chance: random.Random) -> tuple[str, tuple]:
    """Draw a quantity, then find words that print it; return both."""
    decimals = chance.choice([0, 0, 1, 2])
    size = Decimal(chance.randrange(1, 10 ** chance.randrange(1, 9))).scaleb(-decimals)
    sign = chance.choice(["", "", "fall", "minus", "level"])
    says = chance.choice(list(OF_THE_FALL if sign in ("fall", "minus") else BOUNDS))
    hedge, unit = chance.choice(["", "", *HEDGE_WORDS]), chance.choice(UNITS)
    said = chance.choice(OF_THE_FALL[says]) if sign == "fall" else says
    before, inside, after = chance.choice(BOUNDS[said])
    # 千 after a Chinese numeral may be a place of it: 三千伏 is 3 kV and 3000 V alike.
    number = write_number(size, chance) if unit[0] not in "千万亿" else str(size)
    minus = ["-", "负", "－", "−"] if number[0] in "0123456789０１２３４５６７８９" else ["负"]
    marks = {"": [""], "fall": FALLS, "minus": minus, "level": LEVELS}[sign]
    first = [chance.choice(HEDGE_WORDS[hedge]), before]
    mark = chance.choice(marks)
    place = chance.randrange(3) if sign in ("fall", "minus") else 0
    first.insert(place, mark)
    scale = unit[0] if unit[0] in "万亿" else ""
    parts = [*first, number, scale, inside, unit[len(scale) :], after]
    words = chance.choice(["", " "]).join(part for part in parts if part)
    value = -size if sign in ("fall", "minus") else size
    return words, (value, decimals, unit, says, hedge)


@pytest.mark.full
def test_20_000_quantities_say_what_they_were_made_from():
    chance = random.Random(2018)
    for _ in range(20_000):
        words, truth = write_quantity(chance)
        read = parse_printed(words)
        assert (read.value, read.decimals, read.unit, read.qualifier, read.hedge) == truth, words


@given(st.integers(min_value=0, max_value=10**8 - 1))
def test_any_chinese_numeral_is_read(number):
    assert (
        parse_printed(in_chinese(number) + "个").value
        * (10**4 if in_chinese(number).endswith("万") else 1)
        == number
    )


def test_no_number_is_cut_out_of_a_longer_one():
    text = "1,2345家，8.5.1节，3,193亿元、4.1%和12,500人"
    assert NUMBER.findall(text) == ["3,193", "4.1", "12,500"]


@given(st.text(max_size=12))
def test_any_text_gives_a_quantity_or_a_clear_error(text):
    try:
        printed = parse_printed(text)
    except PrintedError as error:
        assert error.expected
    else:
        assert printed.value.is_finite()
        assert printed.number in text


characters = "0123456789..,%‰一二十百千万亿零点几-—个元年家 "
grammar_words = st.sampled_from([*characters, *(row.word for row in WORDS)])


@given(st.lists(grammar_words, max_size=8).map("".join))
def test_no_unit_holds_a_numeral_or_a_bounding_word(text):
    bounding = [row.word for row in WORDS if any(row.says in side for side in SIDES)]
    try:
        unit = parse_printed(text).unit.replace("百分点", "")
    except PrintedError:
        return
    assert not set(unit.lstrip("百千万亿")) & set("零〇一二三四五六七八九十两百万亿几半0123456789")
    assert not [word for word in bounding if word in unit]


PIECES = ["1", "1.", "1,", "1-", "下降", "-", "约", "一", "十", "一千", "亿", "以上", "元", "多"]


@pytest.mark.full
@pytest.mark.parametrize("piece", [*PIECES, "分之", "a"])
def test_reading_takes_time_in_proportion(piece):
    """One nested quantifier once cost 10 seconds on one page."""
    for words in (piece * 20_000, f"5{piece * 20_000}", f"{piece * 20_000}5%"):
        begun = time.process_time()
        with suppress(PrintedError):
            parse_printed(words)
        assert time.process_time() - begun < 2


UNITS_ZH = [
    row["unit_zh"]
    for row in csv.DictReader((RAW / "units.csv").read_text(encoding="utf-8").splitlines())
]
# text with the number in 【】 | unit | telling words | negative or not
AROUND = """
就业【5.94】万人次，增长 | 万人次 | | no
就业【5.94】万人，增长 | 万人 | | no
受益【8565】户次 | 户次 | | no
价格【30】元/吨 | 元/吨 | | no
标准由【145】元/月提升至 | 元/月 | | no
两轴-【两】个圈层 | 个 | | no
同比增长-【8.5】%。 | % | - | yes
能耗下降了约【4.5】%左右， | % | 下降 约 左右 | yes
增长【7】%—【8】% | % | | no
增长7%-【8】% | % | | no
贫困发生率降至【0.28】%以下 | % | 以下 | no
力争新增【20】家以上企业 | 家 | 力争 以上 | no
签约【55】个多功能项目 | 个 | | no
企业减负【35】亿元 | 亿元 | | no
疫苗GV-【971】获批 | | | no
总值将突破【3000】亿元大关 | 亿元 | 将突破 | no
"""


@pytest.mark.parametrize(("marked", "unit", "telling", "negative"), rows(AROUND))
def test_reads_what_stands_around_a_number_in_a_text(marked, unit, telling, negative):
    before, _, rest = marked.rpartition("【")
    number, _, after = rest.partition("】")
    before, text = before.replace("【", "").replace("】", ""), None
    text = before + number + after
    around = read_around(text, len(before), len(before) + len(number), units=UNITS_ZH)
    assert around.unit == unit
    assert [word.word for word in around.telling] == telling.split()
    assert around.is_negative == (negative == "yes")


def test_each_word_of_the_table_is_read_as_the_table_says():
    for row in WORDS:
        read = None if row.says == "apart" else row
        if row.place == "before":
            assert word_before(f"，{row.word}", len(row.word) + 1) == read, row
            assert row.says == "apart" or not NUMBER.search(row.word), row
        else:
            assert word_at(f"8{row.word}，", 1, row.place) == read, row


def test_the_table_uses_each_of_its_meanings_and_turning_twice_loses_closeness_alone():
    assert {row.says for row in WORDS} == set(SAYS)
    sides = {bound: number for number, side in enumerate(SIDES) for bound in side}
    for bound, turned in TURNED.items():
        assert sides[bound] != sides[turned]
        assert TURNED[turned] == bound or bound == "nearly"
