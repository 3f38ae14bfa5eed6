"""What every code in the tables means, in English and Chinese."""

from typing import NamedTuple

CITY, PROVINCE = "430400", "430000"  # Hengyang and Hunan in GB/T 2260


class Code(NamedTuple):
    """What one code means: in English, and its Chinese name."""

    en: str
    zh: str


def name_outside(row) -> str:
    """Name an outside figure: series, area if not the city's, period, and vintage.

    An aim has no vintage; its role and qualifier stand instead.

    >>> row = {"series": "gdp", "ref_area": CITY, "time_period": "2017", "role": "actual"}
    >>> name_outside(row | {"vintage": "first release"})
    'reference:gdp.2017.first-release'
    """
    area = "" if row["ref_area"] == CITY else f".{row['ref_area']}"
    last = row["vintage"] if row["role"] == "actual" else f"{row['role']}.{row['qualifier']}"
    return f"reference:{row['series']}{area}.{row['time_period']}.{last.replace(' ', '-')}"


MEASURES = {
    "level": Code("an amount in the year or at its end", "水平值"),
    "growth": Code("change over the year before, in percent of it", "增长率"),
    "share": Code("a part of a whole, in percent", "比重"),
    "change_pp": Code("change of a share, in percentage points", "比重变化"),
    "count": Code("a whole number of things done, reached or planned", "个数"),
    "rank": Code("a place in an order, or a class; smaller is better", "位次"),
}
QUALIFIERS = {
    "exact": Code("as stated, without a qualifying word", "无限定词"),
    "about": Code("about (左右); how far off is not said", "左右"),
    "at_least": Code("at least (以上, 不低于, 突破, 超过)", "以上"),
    "at_most": Code("at most (以内, 及以下, 前)", "以内"),
    "more_than": Code("more than (多, 余, 逾, 过)", "多"),
    "less_than": Code("less than (不到, 不足, 低于)", "不到"),
    "nearly": Code("nearly, not quite (近)", "近"),
}
HEDGES = {
    "ensure": Code("to be ensured (确保)", "确保"),
    "strive": Code("to be striven for (力争, 争取)", "力争"),
}
ROLES = {
    "actual": Code("an outcome that the document reports", "实际值"),
    "target": Code("an aim for the target year", "目标值"),
    "stretch_target": Code("a higher aim beside the target (争取)", "争取目标"),
    "context": Code(
        "a number that says what another figure covers or from where it counts", "背景值"
    ),
}
# SDMX cross-domain code list CL_OBS_STATUS 2.2; it has no code for a target.
OBS_STATUSES = {
    "A": Code("normal value", "正常值"),
    "B": Code("time series break", "序列中断"),
    "D": Code("definition differs", "定义不同"),
    "E": Code("estimated value (预计数)", "估计值"),
    "F": Code("forecast value", "预测值"),
    "I": Code("imputed value", "插补值"),
    "L": Code("missing: data exist but were not collected", "缺失：未收集"),
    "M": Code("missing: data cannot exist", "缺失：不存在"),
    "N": Code("not significant", "不显著"),
    "O": Code("missing, without a reason", "缺失"),
    "P": Code("provisional value (初步核算, 快报)", "初步值"),
    "Q": Code("missing: suppressed", "缺失：不公布"),
    "U": Code("low reliability", "可靠性低"),
    "V": Code("unvalidated value", "未经核实"),
    "W": Code("includes data from another category", "含其他类别"),
}
AREAS = {
    "whole_city": Code("the prefecture-level city with its counties (全市)", "全市"),
    "urban_area": Code("the urban area of the city proper (城区)", "城区"),
    "built_up_area": Code("the built-up area (建成区)", "建成区"),
    "counties": Code("the counties and county-level cities (县市)", "县市"),
    "county_seats_and_above": Code("county seats and the city proper (县级以上)", "县级以上"),
    "rural": Code("villages and their residents (农村)", "农村"),
    "urban_residents": Code("residents of cities and towns (城镇居民)", "城镇居民"),
    "named_place": Code("one place or body named in the print", "具体地点"),
}
BASES = {"same_basis": Code("compared on the same basis (同口径)", "同口径")}
REACHES = {
    "certain": Code("the sentence leaves no doubt", "确定"),
    "reading": Code("a reading; another is possible", "解读"),
}
NUMERALS = {
    "arabic": Code("Arabic numeral", "阿拉伯数字"),
    "chinese": Code("Chinese or Roman numeral", "汉字或罗马数字"),
}
THEMES = {
    "macroeconomy": Code("the economy as a whole", "宏观经济"),
    "public_finance": Code("revenue, taxes and spending", "财政"),
    "industry": Code("industry", "工业"),
    "agriculture": Code("agriculture and villages", "农业农村"),
    "tourism": Code("tourism", "旅游"),
    "openness": Code("trade, foreign and domestic capital", "开放"),
    "innovation_and_enterprise": Code("innovation and enterprise", "创新创业"),
    "infrastructure": Code("transport, building and housing", "基础设施"),
    "environment": Code("environment", "环境"),
    "livelihood": Code("income, jobs, schools, health", "民生"),
    "poverty": Code("poverty relief", "脱贫"),
    "governance": Code("the government's own work", "政府自身建设"),
}
PRICES = {
    "real": Code("comparable prices", "可比价格"),
    "nominal": Code("current prices, where the print says nothing else", "现价"),
    "not_stated": Code("either is possible", "未说明"),
    "not_applicable": Code("no prices in it", "不适用"),
}
DOUBT_KINDS = {
    "misprint": Code("very probably misprinted", "误印"),
    "repeated": Code("the same number is printed for something else", "重复"),
    "definition": Code("what exactly is measured is not said", "定义不明"),
    "basis": Code("on which basis it is compared is not said", "口径不明"),
    "period": Code("which time it covers is not said", "时期不明"),
    "implausible": Code("hard to believe as printed", "可疑"),
    "revised": Code("later publications give another number", "已修订"),
    "contradicted": Code("another publication says otherwise", "相矛盾"),
}
COMPARABLE = {
    "yes": Code("both measure the same", "可比"),
    "partly": Code("near, but not the same; the reason says why", "部分可比"),
    "no": Code("not the same, or there is nothing to compare with", "不可比"),
}
BETTER = {
    "higher": Code("a higher number is aimed at", "越高越好"),
    "lower": Code("a lower number is aimed at", "越低越好"),
}
CONFIDENCES = {
    "high": Code("nothing speaks against it", "高"),
    "medium": Code("with a reservation; see the note or the basis", "中"),
    "low": Code("suspect; see the note", "低"),
}
TERM_KINDS = {
    "revenue": Code("revenue, taxes and spending", "财政"),
    "basis": Code("basis and prices of a comparison", "口径"),
    "status": Code("how final a number is", "状态"),
    "wording": Code("words that bound, hedge, size or order a number", "用语"),
    "document": Code("the document itself", "文件"),
    "place": Code("what part of the city", "地域"),
    "programme": Code("programmes and labels", "项目"),
}
