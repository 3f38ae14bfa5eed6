"""Pairs targets with the figures of the year before, and doubts what arithmetic contradicts."""

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from hyreport.draft.facts import Facts
from hyreport.draft.rows import Row
from hyreport.draft.segment import Page

__all__ = ["pair_targets", "raise_doubts"]


Made = list[tuple[Row, dict[str, str]]]
Doubt = tuple[tuple[str, str], str]
LOWER = re.compile(
    "失业率|能耗|排放|污染|事故|死亡|价格|物价|发病率|负债|债务|PM|浓度|贫困发生率|自然增长率"
)
TARGETS = ("target", "stretch_target")
# A printed average and the one of the printed ends may differ by this much, in points.
SLACK = Decimal("0.6")


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
    actuals: dict[str, list[tuple[Row, dict[str, str]]]] = defaultdict(list)
    base = str(facts.base_year)
    for row, cells in made:
        if row.role == "actual" and row.period == base:
            actuals[_subject(row)].append((row, cells))
    found = []
    for row, cells in made:
        if row.role not in TARGETS or row.period != str(facts.target_year):
            continue
        same = [one for one in actuals[_subject(row)] if one[0].measure == row.measure]
        other = [one for one in actuals[_subject(row)] if one[0].measure != row.measure]
        near = [] if same or other else _near(row, actuals)
        found.append({"target_id": cells["figure_id"], **_pair(row, same or near, other)})
    return found


def _near(row: Row, actuals: dict[str, Made]) -> Made:
    """Return figures of the year before whose subject holds the target's, or the other way."""
    own = _subject(row)
    return [
        one
        for subject, members in actuals.items()
        if min(len(own), len(subject)) > 2 and (own in subject or subject in own)
        for one in members
        if (one[0].unit, one[0].measure) == (row.unit, row.measure)
    ]


def _subject(row: Row) -> str:
    return row.indicator.split(".")[0] or row.base.removeprefix(row.verb)


def _pair(row: Row, same: Made, other: Made) -> dict[str, str]:
    better = "lower" if LOWER.search(row.base) else "higher"
    if not same and not other:
        reason = "No figure of the year before with this term is printed."
        return {"base_id": "", "comparable": "no", "better": better, "reason": reason}
    base, cells = (same or other)[0]
    if not same:
        comparable, reason = (
            "no",
            f"The target is a {row.measure}, the figure before a {base.measure}.",
        )
    elif base.unit == row.unit and base.area == row.area and base.term == row.term:
        comparable, reason = "yes", "Same term and unit."
    else:
        comparable, reason = "partly", "The same subject; term, unit or area differ."
    return {
        "base_id": cells["figure_id"],
        "comparable": comparable,
        "better": better,
        "reason": reason,
    }


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
    found: dict[tuple[str, str], str] = {}
    printed: dict[tuple, tuple[Row, dict[str, str]]] = {}
    for row, cells in made:
        key = (row.term, row.unit, row.period, row.role, row.area, row.measure, row.basis)
        earlier = printed.setdefault(key, (row, cells))
        if (
            row.indicator
            and row.qualifier == "exact" == earlier[0].qualifier
            and earlier[0].value != row.value
        ):
            other = earlier[1]
            words = f"{other['as_printed']} is printed for the same ({other['figure_id']})."
            found[cells["figure_id"], "contradicted"] = words
        if (
            row.is_percent
            and row.measure == "level"
            and row.value > 100
            and re.search("率$|占比$|比重$", row.base)
        ):
            found[cells["figure_id"], "implausible"] = "A rate or share above 100 percent."
        if row.is_percent and row.measure == "growth" and row.value > 1000:
            found[cells["figure_id"], "implausible"] = "Growth of more than 1000 percent."
    for pair, doubt in _averages(made, page):
        found[pair] = doubt
    for pair, doubt in _ratios(made):
        found[pair] = doubt
    by_id = {cells["figure_id"]: cells for _, cells in made}
    return [
        {"figure_id": name, "expected": by_id[name]["as_printed"], "kind": kind, "doubt": doubt}
        for (name, kind), doubt in found.items()
    ]


def _averages(made: Made, page: Page) -> Iterator[Doubt]:
    """Compare 由X增加到Y with the yearly growth that the same sentence prints."""
    for (one, _), (two, _), (three, cells) in zip(made, made[1:], made[2:], strict=False):
        if (one.part, two.part, three.basis) != ("from", "to", "annual_average"):
            continue
        years = three.period.split("/")
        if (
            len(years) < 2
            or not one.value
            or one.unit != two.unit
            or page.sentence(one.start) != page.sentence(three.start)
        ):
            continue
        span = int(years[1]) - int(years[0])
        if any(
            abs((float(two.value / one.value) ** (1 / length) - 1) * 100 - float(three.value))
            <= SLACK
            for length in (span, span + 1)
            if length
        ):
            continue
        ends = f"From {one.value} to {two.value} {two.unit}"
        words = f"{ends} is no yearly growth of {three.value}%, at current prices."
        yield (cells["figure_id"], "contradicted"), words


def _ratios(made: Made) -> Iterator[Doubt]:
    """Doubt shares printed as a ratio that do not add up to 100."""
    chains: dict[int, Made] = defaultdict(list)
    for row, cells in made:
        if row.part == "ratio":
            chains[row.chain].append((row, cells))
    for members in chains.values():
        total = sum((row.value for row, _ in members), Decimal(0))
        if len(members) == 3 and abs(total - 100) > Decimal("0.3"):
            yield (members[0][1]["figure_id"], "implausible"), f"The shares add up to {total}."
