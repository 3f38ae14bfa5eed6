"""Reads what words further off say of a figure: how final it is, what part of a year, whose."""

from hyreport.draft.rows import Row
from hyreport.draft.scenes import Scenes
from hyreport.draft.segment import Page
from hyreport.draft.vocabulary import patterns_of

__all__ = ["Estimates", "name_owner", "read_months"]


P = patterns_of("asides")
# How far an owner may stand behind what is invested in it.
REACH = 60


class Estimates:
    """Tells which outcomes are estimates: 预计 reaches to the end of its sentence.

    Parameters
    ----------
    page : Page
        The text.
    scenes : Scenes
        What it tells where; 下同 reaches to the end of a part.
    """

    def __init__(self, page: Page, scenes: Scenes):
        self._page, self._scenes = page, scenes
        # A remark in brackets is of the number before it, too.
        self._marks = [found.start() for found in P.same_below.finditer(page.text)]

    def _part(self, place: int) -> str:
        return self._scenes.at(place).section.split(".")[0]

    def read(self, row: Row) -> str:
        """Return E for an outcome that is an estimate, A for one counted one by one, P for another.

        Levels, shares and rates of the year just ended are provisional; "" for what is no outcome.
        """
        if row.role != "actual":
            return ""
        before = P.remark.sub("", row.sentence[: row.ahead_of])
        behind = P.remark.match(self._page.text, row.around.end)
        below = any(
            mark < row.start and self._part(mark) == self._part(row.start) for mark in self._marks
        )
        if not (behind or below or P.estimated.search(before)):
            is_whole = row.value == row.value.to_integral_value()
            return "A" if is_whole and not P.measured.search(row.unit) else "P"
        if not P.estimated.search(row.left) and not behind:
            row.tell(
                "obs_status", "预计 stands before, in the sentence or with 下同", "far estimate"
            )
        return "E"


def read_months(row: Row, half: str) -> str:
    """Return the words that limit an outcome to a part of its year, "" for a whole one."""
    found = list(P.months.finditer(half)) if row.role == "actual" else []
    if not found or P.whole_year.search(half, found[-1].end()):
        return ""
    row.tell("period", f"{found[-1][0]}: a part of the year", "part of year")
    return found[-1][0]


def name_owner(row: Row, page: Page) -> None:
    """Name what an investment is of, 总投资3亿元的电厂, and what a percent is above: 超计划5%."""
    if row.is_percent and (over := P.over_plan.search(page.text, max(0, row.start - 8), row.start)):
        row.term += over[0]
        row.tell("term", "by how much a plan was surpassed")
        return
    lead = P.invested.search(page.text, max(0, row.start - 20), row.around.start)
    behind = P.owner.match(page.text, row.around.end, row.around.end + REACH)
    if lead is None or behind is None or not row.unit.endswith("元"):
        return
    owner = (behind["kind"] or P.owner_ends.split(behind["name"])[0]).partition("等")[0]
    if len(owner) > 1:
        row.verb, row.base, row.term = "", owner + lead[1], owner + lead[1]
        row.rules -= {"clause before", "inherited", "verb alone", "cut noun", "after verb"}
        row.why.pop("term", None)
        row.tell("term", "what it is invested in stands after the number", "owner after")
