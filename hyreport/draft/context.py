"""Tells of each figure its role, its period, its basis and its area."""

import re

from hyreport.draft.facts import Facts, plan_years
from hyreport.draft.rows import Row
from hyreport.draft.scenes import Scene, Scenes
from hyreport.draft.segment import Page
from hyreport.draft.vocabulary import any_of

__all__ = ["read_contexts"]


YEAR = r"(?:19|20)\d\d"
SPAN_OF_YEARS = re.compile(rf"({YEAR})年?(?:-|至|到|~)({YEAR})年?")
BASE = re.compile(rf"(?:比|较|与|是|为|相当于|相比)({YEAR})年")
AT = re.compile(rf"({YEAR})年")
TO_YEAR = re.compile(rf"(?:到|至|力争|截至)({YEAR})年")
LAST_YEAR = re.compile("(?<!比)(?<!较)(?<!比上)(?:去年|上年|上一年)(?!同期|末|初|底|度)")
PRESENT = re.compile(
    "目前|现有|已有|已建成|已达|截至|去年(?!同)|上年度|现已|原有|近年来|一年来|过去"
)
THRESHOLD = re.compile(
    r"(?:及?以上|以下|以内)(?:的)?(?=[\u4e00-\u9fff])(?!的?(?:目标|水平|增长|速度|和|及|、|为|，))"
)
THRESHOLD_BEFORE = re.compile(
    r"(?:规模|投资|产值|收入|税收|纳税|营收|年销售额|面积|人口|资金|价值|单体|库容|入库税收|产值过|收入过|投资过|超|过|突破)(?:在)?(?:过|超|超过|达|突破)?$"
)
PLANNED = re.compile(
    "(?:总投资|计划投资|概算投资|计划总投资|投资总额|估算投资|概算|总概算|设计能力|设计年产|年产能|产能|可容纳|可提供|可实现|达产后|建成后|投产后|总建筑面积|规划面积|占地|占地面积|规划总面积)[^,。;]{0,6}$"
)
GOING_ON = re.compile(
    "(?:加快推进|推进|加快|抓好|续建|在建|继续推进|实施好|管好|用好|建好|办好)[^,。;]{0,16}$"
)
STRETCH = re.compile("力争|争取|努力|奋力|冲刺")
AVERAGE = re.compile("年均|年平均|平均每年|年递增")
EACH_YEAR = re.compile("每年|年年|逐年|历年")
TOTAL = re.compile("累计|合计|总计|五年共|三年共|共(?:完成|实现|建成|投入|引进)|五年")
LEVEL_TAIL = (
    "达",
    "达到",
    "为",
    "是",
    "突破",
    "到",
    "至",
    "稳定在",
    "保持在",
    "有",
    "共有",
    "拥有",
    "超过",
    "控制在",
    "占",
    "已达",
    "达标",
)
SAME_BASIS = re.compile("同口径|可比口径|同比口径")
RURAL = re.compile(
    "农村(?:居民|人口|人均|劳动力|贫困|低保|户|常住)|农民|农牧民|乡村(?:居民|人口)|建制村|行政村|村级"
)
URBAN = re.compile(
    "城镇(?:居民|人口|登记|调查|新增|就业|常住|失业|职工|单位|零就业)|城市居民|新增城镇就业|市民人均"
)
CITY = re.compile("市区|城区|主城区|中心城区|建成区|市本级|省本级|州本级|县城")
AREAS = {
    "市区": "urban_area",
    "城区": "urban_area",
    "主城区": "urban_area",
    "中心城区": "urban_area",
    "建成区": "built_up_area",
}
FALLBACK = {"past": "actual", "future": "target", "annex": "target", "glossary": "context"}


def read_contexts(rows: list[Row], page: Page, scenes: Scenes, facts: Facts) -> None:
    """Give each figure role, period, basis and area.

    Parameters
    ----------
    rows : list of Row
        The figures in the order of the text, their quantities and left and right words read.
    page : Page
        The text.
    scenes : Scenes
        What it tells where.
    facts : Facts
        Its years.
    """
    before: Row | None = None
    for row in rows:
        scene = scenes.at(row.start)
        start = page.sentence(row.start)[0]
        words = page.text[start : row.start]
        clause = page.text[page.clause(row.start)[0] : row.start]
        _read_period(row, words, clause, scene, facts)
        _read_role(row, words, clause, scene, before, page)
        _read_area(row, clause)
        if (
            SAME_BASIS.search(page.text[page.half(row.start)[0] : row.start])
            and row.measure == "growth"
        ):
            row.basis = row.basis or "same_basis"
        before = row


def _read_role(
    row: Row, words: str, clause: str, scene: Scene, before: Row | None, page: Page
) -> None:
    assert row.around is not None
    row.role = FALLBACK[scene.tells]
    after = page.text[row.around.end - 2 : row.around.end + 8]
    if scene.tells == "glossary":
        row.tell("role", "stands in a glossary", "glossary")
    elif scene.tells == "annex":
        row.tell("role", "stands in an annex", "annex")
    if _is_threshold(row, page):
        row.role = "context"
        row.tell("role", "a threshold of what is counted", "threshold")
    elif PLANNED.search(clause):
        row.role = "context"
        row.tell("role", "the size or the planned money of a project", "planned")
    elif row.role == "target" and not row.hedge and PRESENT.search(clause):
        row.role = "actual" if scene.tells == "future" else row.role
        row.tell("role", "the clause tells of the present or the past", "present")
    elif (
        row.role == "target"
        and row.period
        and row.period.split("/")[-1] < str(scene.first)
        and row.part != "to"
    ):
        row.role = "actual"
        row.tell("role", "a year that has passed", "past year")
    elif row.role == "target" and row.part == "from":
        row.role = "actual"
        row.tell("role", "the level from which the aim starts", "from")
    elif row.role == "target" and _is_stretch(row, before, page):
        row.role = "stretch_target"
        row.tell("role", "a higher aim beside the target before", "stretch")
    elif (
        row.role == "target"
        and row.measure == "level"
        and GOING_ON.search(clause)
        and not row.is_percent
    ):
        row.rules.add("going on")
    del after, words


def _is_threshold(row: Row, page: Page) -> bool:
    """Whether a bound is a condition for what is counted: 500万元以上的项目."""
    assert row.around is not None
    end = row.around.end
    for word in row.around.after:
        if word.word in ("以上", "及以上", "以下", "及以下"):
            rest = page.text[end - len(word.word) : end + 6]
            if THRESHOLD.match(rest) and row.unit not in ("%", "‰"):
                return bool(
                    row.unit.endswith(
                        ("元", "户", "米", "吨", "亩", "岁", "人", "级", "千瓦", "床")
                    )
                )
    rest = page.text[end : end + 8]
    return bool(
        re.match("的(?:企业|项目|产业|园区|乡镇|街道|单位|大户|村|镇|县|工程|集群|商品|品牌)", rest)
        and row.unit.endswith(("元", "亩", "人", "吨"))
    )


def _is_stretch(row: Row, before: Row | None, page: Page) -> bool:
    if before is None or row.hedge != "strive" or before.role not in ("target", "stretch_target"):
        return False
    gap = page.text[before.end : row.start]
    return (
        len(gap) < 22
        and bool(STRETCH.search(gap))
        and row.unit == before.unit
        and row.base == before.base
        and "。" not in gap
    )


def _read_period(row: Row, words: str, clause: str, scene: Scene, facts: Facts) -> None:
    """Read the period from years in the sentence, else from what the section tells of."""
    first, last = scene.first, scene.last
    spans = list(SPAN_OF_YEARS.finditer(words))
    years = [
        found for found in AT.finditer(words) if not BASE.match(words, max(0, found.start() - 1))
    ]
    plan = plan_years(clause)
    is_explicit = True
    if spans and (not years or years[-1].start() <= spans[-1].end()):
        first, last = int(spans[-1][1]), int(spans[-1][2])
    elif years and _holds(years[-1], words, row):
        first = last = int(years[-1][1])
    elif LAST_YEAR.search(clause) and facts.target_year:
        first = last = facts.base_year
    elif plan and (clause.find("末") >= 0 or plan != (scene.first, scene.last)):
        first, last = (plan[1], plan[1]) if "末" in clause else plan
    else:
        is_explicit = False
    if not first:
        return
    row.period = _say(row, first, last, clause, words, scene, is_explicit=is_explicit)
    if is_explicit:
        row.tell("period", "a year in the sentence", "explicit year")


def _holds(year: re.Match, words: str, row: Row) -> bool:
    """Whether a year in the sentence still holds: it does unless the sentence is long past it."""
    return len(words) - year.end() < 160 or row.part == "to"


def _say(
    row: Row, first: int, last: int, clause: str, words: str, scene: Scene, *, is_explicit: bool
) -> str:
    base = BASE.search(clause)
    is_average = bool(AVERAGE.search(clause))
    if is_average:
        row.basis = "annual_average"
        if first == last and scene.is_span:
            first, last = scene.first, scene.last
        return _span(first, last)
    if row.part in ("from", "to") and not (is_explicit and first == last):
        return _ends(row, first, last, scene)
    if base and row.measure in ("growth", "change"):
        return _span(int(base[1]), last)
    if first == last:
        return str(first)
    if scene.tells == "future" and EACH_YEAR.search(clause):
        return str(first)
    if _is_end_level(row, clause):
        row.tell("period", "a level, at the end of the years told of", "end of span")
        return str(last)
    row.tell("period", "a sum or a count over the years told of", "over span")
    return _span(first, last)


def _span(first: int, last: int) -> str:
    return f"{first}/{last}" if first != last else str(first)


def _ends(row: Row, first: int, last: int, scene: Scene) -> str:
    """Return the year of one end of a change: 由X到Y."""
    row.tell("period", "由X到Y: each its own year", f"{row.part} year")
    if row.part == "to":
        return str(last)
    if first != last:
        # The level before the years of a plan; of the years of a term the first.
        return str(first - 1 if plan_years(scene.words) else first)
    return str(first - 1)


def _is_end_level(row: Row, clause: str) -> bool:
    """Whether a number in a section on several years is a level at their end."""
    if row.measure == "change":
        return False
    if row.measure == "growth":
        return False
    if TOTAL.search(clause):
        return False
    if row.is_percent or re.search(f"{any_of('level_word')}\\Z", row.base):
        return True
    tails = clause[-6:]
    return bool(
        re.search(
            "(?:达到|达|突破|超过|增加到|提高到|增至|升至|拥有|总数|稳定在|保持在|控制在|跃升至)[^\\d]{0,4}$",
            tails,
        )
    )


def _read_area(row: Row, clause: str) -> None:
    """Read the area that the words beside the number limit it to."""
    words = clause + row.base
    if CITY.search(clause) and (found := CITY.search(clause)):
        row.area = AREAS.get(found[0], "named_place")
        row.tell("area", f"{found[0]} stands before the number")
    elif RURAL.search(row.base) or ("农村居民" in words and "城镇" not in row.base):
        row.area = "rural"
    elif URBAN.search(row.base):
        row.area = "urban_residents"
    else:
        row.area = "whole_city"
