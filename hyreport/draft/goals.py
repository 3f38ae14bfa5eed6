"""Finds the aims that print no number."""

import re
from functools import cache

from hyreport.draft.scenes import Scenes
from hyreport.draft.segment import Page
from hyreport.draft.terms import read_left
from hyreport.draft.vocabulary import patterns_of, read_table

__all__ = ["GOALS", "find_goals"]


GOALS = (
    "goal_id section paragraph start end as_printed subject_zh name_en theme hedge base_id "
    "comparable reason"
)
P = patterns_of("goals")
LONGEST = 60
HEDGES = {"确保": "ensure", "必须": "ensure", "力争": "strive", "争取": "strive", "努力": "strive"}


@cache
def _patterns() -> tuple[re.Pattern[str], list[str]]:
    rows = read_table("goals")
    pattern = "|".join(f"(?P<g{place}>{row['pattern']})" for place, row in enumerate(rows))
    return re.compile(pattern), [row["reason"] for row in rows]


def find_goals(page: Page, scenes: Scenes) -> list[dict[str, str]]:
    """Return the aims without a number in the parts that look ahead.

    Parameters
    ----------
    page : Page
        The text.
    scenes : Scenes
        What it tells where.

    Returns
    -------
    list of dict
        Rows of goals.csv.
    """
    pattern, reasons = _patterns()
    found: list[dict[str, str]] = []
    for match in pattern.finditer(page.text):
        scene = scenes.at(match.start())
        start, end = page.clause(match.start())
        clause = page.text[start:end]
        left = page.text[start : match.start()]
        # “四清零”: a word in a name sets no aim, and 是基本实现...的时期 tells what a time is.
        is_named = left.count("“") > left.count("”") or P.tells_of.search(left)
        if scene.tells != "future" or re.search(r"\d", clause) or is_named:
            continue
        subject = _subject(page, start, left) or clause[match.end() - start :]
        hedge = next((HEDGES[word] for word in HEDGES if word in clause), "")
        where = scene.section, page.paragraph(match.start()), *page.span(*match.span())
        cells = (f"goal{len(found) + 1:02d}", *map(str, where), match[0], subject[-LONGEST:])
        cells += ("", "", hedge, "", "no", reasons[int((match.lastgroup or "g0")[1:])])
        found.append(dict(zip(GOALS.split(), cells, strict=True)))
    return found


def _subject(page: Page, start: int, left: str) -> str:
    """Return what an aim is for; one that says only how far is led by the clause before."""
    subject = P.leads.sub("", P.state.sub("", read_left(left).noun))
    if P.reach.match(subject) and page.text[start - 1 : start] == ",":
        first = page.clause(start - 2)[0]
        subject = P.leads.sub("", P.campaign.sub("", page.text[first : start - 1])) + subject
    return subject
