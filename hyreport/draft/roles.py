"""Tells what each figure is for: an outcome, an aim, a higher aim, or what another one covers."""

import re

from hyreport.draft.rows import Row
from hyreport.draft.scenes import Scene
from hyreport.draft.segment import Page

__all__ = ["read_area", "read_role"]


PRESENT = re.compile(
    "目前|现有|已有|已建成|已达|截至|去年(?!同)|上年度|现已|原有|近年来|一年来|过去"
)
THRESHOLD = re.compile(
    r"及?(?:以上|以下|以内)的?(?=[\u4e00-\u9fff])(?!的?(?:目标|水平|增长|速度|和|及|为|比例|幅度))"
)
CONDITIONS = ("元", "户", "米", "吨", "亩", "岁", "级", "千瓦", "床")
OF_SIZE = re.compile("的(?:企业|项目|产业|园区|乡镇|街道|单位|大户|村|镇|县|工程|集群|商品|品牌)")
PLANNED = re.compile(
    "(?:总投资|计划投资|概算投资|计划总投资|(?<!资产)投资总额|估算投资|概算|总概算|设计能力|设计年产|年产能|"
    "可容纳|可提供|可实现|达产后|投产后|占地|占地面积|规划面积|规划总面积)[^,。;]{0,6}$"
)
GOING_ON = re.compile(
    "(?:加快推进|推进|加快|抓好|续建|在建|继续推进|实施好|管好|用好|建好|办好|及|等)[^,。;]{0,10}$"
)
STRETCH = re.compile("力争|争取|努力|冲刺")
RURAL = re.compile(
    "农村(?:居民|人口|人均|劳动力|贫困|低保|户|常住)|农民(?!工)|农牧民|乡村(?:居民|人口)"
)
URBAN = re.compile("城镇(?:居民|人口|登记|调查|新增|就业|常住|失业|职工|单位)|城市居民|市民人均")
CITY = re.compile("市区|城区|主城区|中心城区|建成区|市本级|省本级|州本级")
AREAS = {"市本级": "named_place", "省本级": "named_place", "州本级": "named_place"}
AREAS["建成区"] = "built_up_area"
ROLES = {"past": "actual", "future": "target", "annex": "target", "glossary": "context"}


def read_role(row: Row, clause: str, scene: Scene, before: Row | None, page: Page) -> None:
    """Give a figure its role, by the section it stands in and the words of its clause.

    Parameters
    ----------
    row : Row
        The figure, its period read.
    clause : str
        Its clause up to it.
    scene : Scene
        What the section tells.
    before : Row or None
        The figure before.
    page : Page
        The text.
    """
    row.role = ROLES[scene.tells]
    if scene.tells in ("glossary", "annex"):
        row.tell("role", f"stands in a {scene.tells}", scene.tells)
    is_target = row.role == "target"
    ended = row.period.split("/")[-1] < str(scene.first) if row.period else False
    for is_so, role, words, rule in (
        (_is_threshold(row, page), "context", "a threshold of what is counted", "threshold"),
        (PLANNED.search(clause), "context", "size or planned money of a project", "planned"),
        (is_target and row.part == "from", "actual", "the level where the aim starts", "from"),
        (is_target and ended, "actual", "a year that has passed", "past year"),
        (
            row.role == "actual" and row.period[-4:] > str(scene.last),
            "target",
            "a year still to come",
            "future year",
        ),
        (
            is_target and not row.hedge and PRESENT.search(clause),
            "actual",
            "the clause tells of the present or the past",
            "present",
        ),
        (
            is_target and _is_stretch(row, before, page),
            "stretch_target",
            "a higher aim beside the target before",
            "stretch",
        ),
        (
            is_target and _counts_those_of(row, page),
            "context",
            "counts those of which the next number is a share",
            "counts those of",
        ),
    ):
        if is_so:
            row.role = role
            if rule == "stretch" and before is not None:
                row.measure = before.measure
            row.tell("role", words, rule)
            return
    if is_target and row.measure == "level" and not row.is_percent and GOING_ON.search(clause):
        row.tell("role", "what goes on may be an aim or a fixed list", "going on")


def _is_threshold(row: Row, page: Page) -> bool:
    """Whether a number is a condition for what is counted: 500万元以上的项目."""
    assert row.around is not None
    end = row.around.end
    rest = page.text[end : end + 8]
    if "sized" in row.rules:
        return True
    if row.unit.endswith("岁") and (row.part or row.qualifier != "exact"):
        return True
    bound = next((word.word for word in row.around.after if word.word.endswith(("上", "下"))), "")
    if bound and THRESHOLD.match(bound + rest) and row.unit.endswith(CONDITIONS):
        return True
    return bool(OF_SIZE.match(rest)) and row.unit.endswith(("元", "亩", "人", "吨"))


def _is_stretch(row: Row, before: Row | None, page: Page) -> bool:
    if before is None or row.hedge != "strive" or before.role not in ("target", "stretch_target"):
        return False
    gap = page.text[before.end : row.start]
    same = row.unit == before.unit and row.base == before.base
    return same and len(gap) < 22 and "。" not in gap and bool(STRETCH.search(gap))


def _counts_those_of(row: Row, page: Page) -> bool:
    """Whether a count is followed by the share of what it counts: 3个断面达标率9%."""
    assert row.around is not None
    end = page.clause(row.start)[1]
    rest = page.text[row.around.end : min(end, row.around.end + 30)]
    return not row.is_percent and bool(re.match(r"[\u4e00-\u9fff]+率[^\d]{0,6}\d[\d.]*%", rest))


def read_area(row: Row, clause: str) -> None:
    """Give a figure the area that the words beside it limit it to."""
    words = clause + row.base
    if found := CITY.search(clause):
        row.area = AREAS.get(found[0], "urban_area")
        row.tell("area", f"{found[0]} stands before the number")
    elif RURAL.search(row.base) or ("农村居民" in words and "城镇" not in row.base):
        row.area = "rural"
    elif URBAN.search(row.base):
        row.area = "urban_residents"
    else:
        row.area = "whole_city"
