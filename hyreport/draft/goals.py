"""Finds the aims that print no number."""

import re
from functools import cache

from hyreport.draft.scenes import Scenes
from hyreport.draft.segment import Page
from hyreport.draft.terms import read_left
from hyreport.draft.vocabulary import read_table

__all__ = ["GOALS", "find_goals"]


GOALS = (
    "goal_id section paragraph start end as_printed subject_zh name_en theme hedge base_id "
    "comparable reason"
)
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
        if scene.tells != "future" or re.search(r"\d", clause):
            continue
        subject = read_left(page.text[start : match.start()]).noun or clause[match.end() - start :]
        hedge = next((HEDGES[word] for word in HEDGES if word in clause), "")
        where = scene.section, page.paragraph(match.start()), *page.span(*match.span())
        cells = (f"goal{len(found) + 1:02d}", *map(str, where), match[0], subject[-30:])
        cells += ("", "", hedge, "", "no", reasons[int((match.lastgroup or "g0")[1:])])
        found.append(dict(zip(GOALS.split(), cells, strict=True)))
    return found
