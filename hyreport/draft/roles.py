"""Tells what each figure is for: an outcome, an aim, a higher aim, or what another one covers."""

import re
from functools import cache

from hyreport.draft.lefts import read_left
from hyreport.draft.rows import Row
from hyreport.draft.scenes import Scene
from hyreport.draft.segment import Page
from hyreport.draft.vocabulary import pattern_of, patterns_of, read_table

__all__ = ["read_area", "read_role"]


P = patterns_of("roles")
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
    if scene.tells in ("glossary", "annex"):
        is_plain = scene.tells == "annex" and P.tasks.search(scene.annex)
        rule = "annex of tasks" if is_plain else scene.tells
        row.tell("role", f"stands in the {scene.tells}", rule)
    end, bound = row.around.end, "".join(word.word for word in row.around.after)
    places = {
        "around": f"{clause}\u3016{row.unit}|{bound}\u3017{page.text[end : end + 50]}",
        "left": row.left,
        "told": row.sentence[: row.ahead_of],
    }
    last = row.period.split("/")[-1]
    known = {
        "sized": "sized" in row.rules or _is_age(row),
        "from": row.part == "from",
        "past year": bool(row.period) and last < str(scene.first),
        "future year": last > str(scene.last),
        "stretch": _is_stretch(row, before, page),
    }
    for one, pattern in _rules():
        if one["was"] in ("", row.role) and (
            pattern.search(places[one["where"]]) and _holds(one["only"], row)
            if pattern
            else known[one["rule"]]
        ):
            row.role = one["role"]
            if row.role == "stretch_target" and before is not None:
                row.measure = before.measure
            row.tell("role", one["says"], one["rule"])
            return


@cache
def _rules() -> list[tuple[dict[str, str], re.Pattern[str] | None]]:
    rows = read_table("roles")
    return [(row, pattern_of(row["pattern"]) if row["pattern"] else None) for row in rows]


def _holds(only: str, row: Row) -> bool:
    """Whether a figure is one that a rule is for."""
    is_level = row.measure == "level" and not row.is_percent and not row.is_points
    is_count = is_level and not row.unit.endswith("元")
    if only == "alone":
        noun = read_left(row.left.rstrip("及和等")).noun
        is_last = row.left.endswith("等")
        return is_count and (not noun or is_last or bool(row.verb and row.joined == "、"))
    return {
        "": True,
        "bare": not row.around.before and not row.verb.startswith("新增"),
        "count": is_count,
        "no percent": not row.is_percent,
        "no hedge": not row.hedge,
        "count no hedge": is_count and not (row.hedge or row.part),
    }[only]


def _is_age(row: Row) -> bool:
    return row.unit.endswith("岁") and bool(row.part or row.qualifier != "exact")


def _is_stretch(row: Row, before: Row | None, page: Page) -> bool:
    if before is None or row.hedge != "strive" or before.role not in ("target", "stretch_target"):
        return False
    gap = page.text[before.end : row.start]
    same = row.unit == before.unit and row.base == before.base
    return same and len(gap) < 22 and "。" not in gap and bool(P.stretch.search(gap))


def read_area(row: Row, clause: str) -> None:
    """Give a figure the area that the words beside it limit it to."""
    words = clause + row.base
    if P.nation.search(clause):
        row.area = "named_place"
        row.tell("area", "the nation, not the place of the report")
        return
    if "listed" in row.rules:
        row.area = "named_place"
    elif found := P.city.search(clause):
        row.area = AREAS.get(found[0], "named_place")
        row.tell("area", f"{found[0]} stands before the number")
    elif P.rural.search(row.base) or ("农村居民" in words and "城镇" not in row.base):
        row.area = "rural"
    elif P.urban.search(row.base):
        row.area = "urban_residents"
    else:
        row.area = "whole_area"
