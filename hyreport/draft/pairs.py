"""Pairs targets with the figures of the year before, and doubts what arithmetic contradicts."""

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from hyreport.draft.facts import Facts
from hyreport.draft.rows import Row
from hyreport.draft.segment import Page

__all__ = ["answer_goals", "pair_targets", "raise_doubts"]


Made = list[tuple[Row, dict[str, str]]]
Doubt = tuple[dict[str, str], str, str]
LOWER = re.compile(
    "失业率|能耗|排放|污染|事故|死亡|价格|物价|发病率|负债|债务|PM|浓度|贫困发生率|自然增长率"
)
TARGETS = ("target", "stretch_target")
# A printed average and the one of the printed ends may differ by this much, in points.
SLACK = 0.6
RATE = re.compile("率$|占比$|比重$")


def pair_targets(made: Made, facts: Facts) -> list[dict[str, str]]:
    """Return for each target the figure of the year before that it answers.

    Parameters
    ----------
    made : list of tuple
        The figures and their cells.
    facts : Facts
        The years of the report.

    Returns
    -------
    list of dict
        Rows of targets.csv.
    """
    actuals, found = _actuals(made, facts), []
    for row, cells in made:
        if row.role not in TARGETS or row.period != str(facts.target_year):
            continue
        same = [
            one
            for one in _near(_words(row), actuals)
            if (one[0].unit, one[0].measure) == (row.unit, row.measure)
        ]
        one = actuals.get(_subject(row)) or same
        one = sorted(one, key=lambda other: other[0].measure != row.measure)
        found.append({"target_id": cells["figure_id"], **_pair(row, one)})
    return found


def answer_goals(goals: list[dict[str, str]], made: Made, facts: Facts) -> list[dict[str, str]]:
    """Return the goals, each with the figure of the year before that it answers, if any."""
    actuals = _actuals(made, facts)
    for goal in goals:
        for _, cells in _near(goal["subject_zh"], actuals)[:1]:
            goal |= {"base_id": cells["figure_id"], "comparable": "partly"}
    return goals


def _actuals(made: Made, facts: Facts) -> dict[str, Made]:
    """Return the figures of the year before by their subjects."""
    found: dict[str, Made] = defaultdict(list)
    for row, cells in made:
        if row.role == "actual" and row.period == str(facts.base_year):
            found[_subject(row)].append((row, cells))
    return found


def _near(own: str, actuals: dict[str, Made]) -> Made:
    """Return the figures of the year before whose subject holds another one, or is held by it."""
    return [
        one
        for members in actuals.values()
        for one in members
        if min(len(own), len(_words(one[0]))) > 2
        and (own in _words(one[0]) or _words(one[0]) in own)
    ]


def _subject(row: Row) -> str:
    return row.indicator.split(".")[0] or _words(row)


def _words(row: Row) -> str:
    return row.base.removeprefix(row.verb)


def _pair(row: Row, bases: Made) -> dict[str, str]:
    """Say how the first of these figures compares with a target."""
    found, comparable = "", "no"
    reason = "No figure of the year before with this term is printed."
    for base, cells in bases[:1]:
        found, comparable = cells["figure_id"], "partly"
        reason = "The same subject; term, unit or area differ."
        if base.measure != row.measure:
            comparable = "no"
            reason = f"The target is a {row.measure}, the figure before a {base.measure}."
        elif (base.unit, base.area, base.term) == (row.unit, row.area, row.term):
            comparable, reason = "yes", "Same term and unit."
    better = "lower" if LOWER.search(row.base) else "higher"
    return {"base_id": found, "comparable": comparable, "better": better, "reason": reason}


def raise_doubts(made: Made, page: Page) -> list[dict[str, str]]:
    """Return the doubts that arithmetic raises.

    Parameters
    ----------
    made : list of tuple
        The figures and their cells.
    page : Page
        The text.

    Returns
    -------
    list of dict
        Rows of doubts.csv.
    """
    doubts = [*_twice(made), *_large(made), *_averages(made, page), *_ratios(made)]
    return [
        {
            "figure_id": cells["figure_id"],
            "expected": cells["as_printed"],
            "kind": kind,
            "doubt": doubt,
        }
        for cells, kind, doubt in doubts
    ]


def _twice(made: Made) -> Iterator[Doubt]:
    """Doubt an exact figure that is printed with two values."""
    printed: dict[tuple, tuple[Row, dict[str, str]]] = {}
    for row, cells in made:
        key = (row.term, row.unit, row.period, row.role, row.area, row.measure, row.basis)
        first, other = printed.setdefault(key, (row, cells))
        is_exact = row.qualifier == "exact" == first.qualifier
        if row.indicator and is_exact and first.value != row.value:
            words = f"{other['as_printed']} is printed for the same ({other['figure_id']})."
            yield cells, "contradicted", words


def _large(made: Made) -> Iterator[Doubt]:
    """Doubt shares and growth that are too large."""
    for row, cells in made:
        if row.is_percent and row.measure == "level" and row.value > 100 and RATE.search(row.base):
            yield cells, "implausible", "A rate or share above 100 percent."
        if row.is_percent and row.measure == "growth" and row.value > 1000:
            yield cells, "implausible", "Growth of more than 1000 percent."


def _averages(made: Made, page: Page) -> Iterator[Doubt]:
    """Compare 由X增加到Y with the yearly growth that the same sentence prints."""
    for (one, _), (two, _), (three, cells) in zip(made, made[1:], made[2:], strict=False):
        if (one.part, two.part, three.basis) != ("from", "to", "annual_average"):
            continue
        years = three.period.split("/")
        same = page.sentence(one.start) == page.sentence(three.start)
        if len(years) < 2 or not one.value or one.unit != two.unit or not same:
            continue
        span, ratio = int(years[1]) - int(years[0]), float(two.value / one.value)
        growths = [(ratio ** (1 / length) - 1) * 100 for length in (span, span + 1) if length]
        if all(abs(growth - float(three.value)) > SLACK for growth in growths):
            words = f"From {one.value} to {two.value} {two.unit} is no yearly growth of "
            yield cells, "contradicted", f"{words}{three.value}%, at current prices."


def _ratios(made: Made) -> Iterator[Doubt]:
    """Doubt shares printed as a ratio that do not add up to 100."""
    chains: dict[int, Made] = defaultdict(list)
    for row, cells in made:
        if row.part == "ratio":
            chains[row.chain].append((row, cells))
    for members in chains.values():
        total = sum((row.value for row, _ in members), Decimal(0))
        if len(members) == 3 and abs(total - 100) > Decimal("0.3"):
            yield members[0][1], "implausible", f"The shares add up to {total}."
