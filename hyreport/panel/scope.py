"""Whether a number is of the whole place and of one whole year, by the words before it."""

import re

__all__ = ["is_of_one_year", "is_of_whole_place"]


PARAGRAPH, SENTENCE = re.compile("\n"), re.compile("[。\n]")
HALF, CLAUSE = re.compile("[。；;\n]"), re.compile("[。；;\n，,：:]")
# Growth of a part of the year is none of the year.
PARTLY = re.compile(
    r"(?:前(?:\d+|[一二三四五六七八九十]+)个?月|1月?[-—－~～至到]\d+月|(?:前[一二三]|[一二三]|首)季度|[上下]半年)"
    r"(?!.*(?:全年|年底))"
)
# 比2015年增长, 由2015年的…增加到…, 比“十二五”末提高: growth since then.
SINCE = re.compile(
    r"(?:比|较|由|从)[“\"]?(?:[一二三四五六七八九十]{1,2}五[”\"]?(?:计划|规划)?(?:期?末|时期|期间|初期|前)?"
    r"|((?:19|20)\d\d)年)"
)
# 比2003年增长72%，…；工业产值增长88%: what a sentence lists has one base.
GROWN_SINCE = re.compile(
    "^(?:(?!增长).)*" + SINCE.pattern + r"(?:累计)?(?:增长|提高|增加)[\d.]+[%％]"
)
YEARS = r"(?:[二两三四五]|(?<!\d)[2-5])年"
# 5年增长59.6%, 五年完成投资5250亿元: a sum or growth of years.
OVER_YEARS = re.compile(
    rf"(?<!连续)(?<!近)(?<!第){YEARS}(?:来|间|内|中|共)?(?:累计|共|全[省市州区社])?"
    r"(?:实际|分别)?(?:增长$|完成|新增|实现|城镇|投入|安排|固定)"
)
# 五年来，…: what follows is of these years until another is named.
LEAD = 30
HEAD = re.compile(rf"(?:{YEARS}(?:来|间|里)(?!的)|过去的?五年)[^%％]{{0,8}}[，,、：:]")
ANEW = re.compile(r"(?:19|20)\d\d年|同比|[比较]上年|[比较]去年|去年|上年|今年|全年|预计")
# 由上年下降40.3%收窄为下降3.9%: the first is the year before.
BEFORE = re.compile(r"[由从](?:上年|去年)的?(?:增长|下降)?$")
PART = re.compile(
    r"(?:开发区|经开区|高新区|新片区|示范区|园区|自贸区|自贸试验区|保税区|新区|产业园|经济区|核心区|集聚区)"
    r"(?!.*(?:全[市省州区盟国]|[我本][市省州区]))"
)


def is_of_one_year(text: str, place: int, year: int, *, is_growth: bool) -> bool:
    """Say whether the words before a number let it be of one whole year.

    Parameters
    ----------
    text : str
        The decoded report.
    place : int
        Where the number begins.
    year : int
        The year it would be of.
    is_growth : bool
        Whether it is a rate of growth, whose base may be another year than the one before.

    Returns
    -------
    bool

    Examples
    --------
    >>> text = "地区生产总值由2015年的94.9亿元增加到170亿元，增长79.1%"
    >>> is_of_one_year(text, text.index("79.1"), 2020, is_growth=True)
    False
    >>> is_of_one_year(text, text.index("79.1"), 2016, is_growth=True)
    True
    """
    half, sentence = _before(HALF, text, place), _before(SENTENCE, text, place)
    paragraph = _before(PARAGRAPH, text, place)
    if PARTLY.search(half) or OVER_YEARS.search(_before(CLAUSE, text, place)):
        return False
    if not is_growth:
        return True
    # A level told of years is the one they ended with.
    opens = HEAD.search(paragraph[:LEAD])
    if opens and not ANEW.search(paragraph[opens.end() :]):
        return False
    if any(not ANEW.search(sentence[head.end() :]) for head in HEAD.finditer(sentence)):
        return False
    is_since = _is_since(half, SINCE, year) or _is_since(sentence, GROWN_SINCE, year)
    return not (is_since or BEFORE.search(half))


def is_of_whole_place(text: str, place: int) -> bool:
    """Say whether the clause of a number names no zone that it would be of.

    Parameters
    ----------
    text : str
        The decoded report.
    place : int
        Where the number begins.

    Examples
    --------
    >>> text = "新片区固定资产投资增长62%；全市固定资产投资增长8%"
    >>> [is_of_whole_place(text, text.index(number)) for number in ("62", "8%")]
    [False, True]
    """
    return not PART.search(_before(CLAUSE, text, place))


def _is_since(words: str, since: re.Pattern[str], year: int) -> bool:
    """Say whether growth is since an earlier year than the one before."""
    return any(
        (not base[1] or int(base[1]) < year - 1) and not ANEW.search(words[base.end() :])
        for base in since.finditer(words)
    )


def _before(end: re.Pattern[str], text: str, place: int) -> str:
    """Return what stands before a place since the last mark that ends a sentence."""
    return end.split(text[max(0, place - 300) : place])[-1]
