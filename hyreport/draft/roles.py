"""Tells what each figure is for: an outcome, an aim, a higher aim, or what another one covers."""

import re

from hyreport.draft.lefts import last_verb, read_left
from hyreport.draft.rows import Row
from hyreport.draft.scenes import Scene
from hyreport.draft.segment import Page
from hyreport.draft.vocabulary import patterns_of

__all__ = ["read_area", "read_role"]


P = patterns_of("roles")
CONDITIONS = ("元", "户", "米", "吨", "亩", "岁", "级", "千瓦", "床")
AREAS = {"市区": "urban_area", "城区": "urban_area", "建成区": "built_up_area"}
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
    is_plain = scene.tells == "annex" and P.tasks.search(scene.words)
    if scene.tells in ("glossary", "annex"):
        rule = "annex of tasks" if is_plain else scene.tells
        row.tell("role", f"stands in a {scene.tells}", rule)
    is_target = row.role == "target"
    ended = row.period.split("/")[-1] < str(scene.first) if row.period else False
    for is_so, role, words, rule in (
        (_is_threshold(row, page), "context", "a threshold of what is counted", "threshold"),
        (_is_described(row, clause, page), "context", "what is described, not done", "described"),
        (_is_planned(row, clause), "context", "size or planned money of a project", "planned"),
        (is_target and row.part == "from", "actual", "the level where the aim starts", "from"),
        (is_target and ended, "actual", "a year that has passed", "past year"),
        (
            row.role == "actual" and row.period[-4:] > str(scene.last),
            "target",
            "a year still to come",
            "future year",
        ),
        (
            is_target and not row.hedge and (P.present.search(clause) or _is_early(row)),
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
    is_count = row.measure == "level" and not row.is_percent and not row.unit.endswith("元")
    if is_target and is_count and not row.hedge and P.going_on.search(clause):
        row.role = "context"
        row.tell("role", "what goes on is a fixed list rather than an aim", "going on")


def _is_threshold(row: Row, page: Page) -> bool:
    """Whether a number is a condition for what is counted: 500万元以上的项目."""
    end = row.around.end
    rest = page.text[end : end + 8]
    if "sized" in row.rules:
        return True
    if row.unit.endswith("岁") and (row.part or row.qualifier != "exact"):
        return True
    bound = next((word.word for word in row.around.after if word.word.endswith(("上", "下"))), "")
    if bound and P.threshold.match(bound + rest) and row.unit.endswith(CONDITIONS):
        return True
    return bool(P.of_size.match(rest)) and row.unit.endswith(("元", "亩", "人", "吨"))


def _is_described(row: Row, clause: str, page: Page) -> bool:
    """Whether a count is of things that are described: 12条河流水质比例为, 全国74个城市中."""
    rest = page.text[row.around.end : row.around.end + 30]
    if P.by_standard.search(clause) and "标准" in rest.partition(",")[0]:
        return True
    if row.is_percent or row.is_points or row.unit.endswith("元"):
        return False
    if P.nation.search(clause) or P.among.match(rest):
        return True
    noun = re.match(rf"([^,。;、\d]{{3,14}})\d[\d.]*{re.escape(row.unit)}", rest)
    alone = not read_left(row.left.rstrip("及和等")).noun or bool(row.verb and row.joined == "、")
    return bool(alone and P.stative.match(rest)) or bool(noun and last_verb(noun[1]))


def _is_planned(row: Row, clause: str) -> bool:
    """Whether a number is the size of a project, or what a plant can do."""
    can = not row.around.before and P.capacity.search(row.left)
    return bool(can) or (not row.is_percent and bool(P.planned.search(clause)))


def _is_early(row: Row) -> bool:
    """Whether a sentence tells of the first months of the year ahead, up to the number."""
    return bool(P.early.search(row.sentence[: row.ahead_of]))


def _is_stretch(row: Row, before: Row | None, page: Page) -> bool:
    if before is None or row.hedge != "strive" or before.role not in ("target", "stretch_target"):
        return False
    gap = page.text[before.end : row.start]
    same = row.unit == before.unit and row.base == before.base
    return same and len(gap) < 22 and "。" not in gap and bool(P.stretch.search(gap))


def _counts_those_of(row: Row, page: Page) -> bool:
    """Whether a count is followed by the share of what it counts: 3个断面达标率9%."""
    end = page.clause(row.start)[1]
    rest = page.text[row.around.end : min(end, row.around.end + 30)]
    return not row.is_percent and bool(re.match(r"[\u4e00-\u9fff]+率[^\d]{0,6}\d[\d.]*%", rest))


def read_area(row: Row, clause: str) -> None:
    """Give a figure the area that the words beside it limit it to."""
    words = clause + row.base
    if P.nation.search(clause):
        row.area = "named_place"
        row.tell("area", "the nation, not the place of the report")
        return
    if found := P.city.search(clause):
        row.area = AREAS.get(found[0], "named_place")
        row.tell("area", f"{found[0]} stands before the number")
    elif P.rural.search(row.base) or ("农村居民" in words and "城镇" not in row.base):
        row.area = "rural"
    elif P.urban.search(row.base):
        row.area = "urban_residents"
    else:
        row.area = "whole_city"
