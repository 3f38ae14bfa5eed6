"""Pairs targets with the figures of the year before, and doubts what arithmetic contradicts."""

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from functools import cache, lru_cache

from hyreport.draft.certainty import find_concept
from hyreport.draft.facts import Facts
from hyreport.draft.rows import Row
from hyreport.draft.segment import Page
from hyreport.draft.vocabulary import patterns_of, read_table

__all__ = ["answer_goals", "pair_targets", "raise_doubts"]


P = patterns_of("pairs")
Made = list[tuple[Row, dict[str, str]]]
Doubt = tuple[dict[str, str], str, str]
LOWER = re.compile(
    "失业率|能耗|排放|污染|事故|死亡|价格|物价|发病率|负债|债务|PM|浓度|贫困发生率|自然增长率"
)
TARGETS = ("target", "stretch_target")
# A printed average and the one of the printed ends may differ by this much, in points.
SLACK = 0.6
BOTH = ("urban income", "rural income")
# Units of one kind differ by this.
SCALE = re.compile("^[百千万亿]+(?=.)")
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
    actuals: dict[str, Made] = defaultdict(list)
    for one in _of_base_year(made, facts):
        if subject := _subject(one[0]):
            actuals[subject].append(one)
    found = []
    for row, cells in made:
        if row.role in TARGETS and row.period == str(facts.target_year):
            found.append({"target_id": cells["figure_id"], **_pair(row, _bases(row, actuals))})
    return found


def answer_goals(goals: list[dict[str, str]], made: Made, facts: Facts) -> list[dict[str, str]]:
    """Return the goals, each with the figure of the year before that it answers, if any."""
    by_words = {_words(one[0]): one for one in reversed(_of_base_year(made, facts))}
    for goal in goals:
        own = _plain(goal["subject_zh"])
        if len(own) > 2 and own in by_words:
            goal |= {"base_id": by_words[own][1]["figure_id"], "comparable": "partly"}
    return goals


def _of_base_year(made: Made, facts: Facts) -> Made:
    """Return the outcomes of the year before, without those of a part of it."""
    kind = "actual", str(facts.base_year)
    return [one for one in made if (one[0].role, one[0].period) == kind and not one[0].months]


def _subject(row: Row) -> str:
    """Return what a figure is of in the codebook or else its words; "" for what tells nothing."""
    words = _words(row)
    is_told = len(words) > 1 and not P.any_subject.fullmatch(words)
    return find_concept(row) or (words if is_told else "")


def _bases(row: Row, actuals: dict[str, Made]) -> Made:
    """Return the figures of a target's subject, measure and unit, the nearest first.

    A target for town and country is answered by both, growth by a level where no growth is printed.
    """
    own = actuals.get(_subject(row), [])
    same = [one for one in own if _is_same(row, one[0])]
    if not same and (find_concept(row) == "income" or P.both.search(row.base)):
        both = [one for concept in BOTH for one in actuals.get(concept, [])]
        same = [one for one in both if (one[0].measure, one[0].unit) == (row.measure, "%")]
    if not same and row.measure == "growth":
        same = [one for one in own if one[0].measure == "level"]
    return sorted(same, key=lambda one: (one[0].area != row.area, one[0].base != row.base))


def _is_same(one: Row, other: Row) -> bool:
    """Whether two figures of a subject are in one measure and unit, whatever its scale."""
    if SCALE.sub("", one.unit) != SCALE.sub("", other.unit) or _spans(one) != _spans(other):
        return False
    if one.indicator and other.indicator:
        return one.indicator == other.indicator
    is_one_kind = bool(one.verb) == bool(other.verb) or bool(find_concept(one))
    return one.measure == other.measure and is_one_kind


def _spans(row: Row) -> str:
    return row.basis.replace("same_basis", "")


def _words(row: Row) -> str:
    return _plain(row.base.removeprefix(row.verb))


@lru_cache(maxsize=4096)
def _plain(words: str) -> str:
    """Return a term without what says no more than where, and in one of two spellings."""
    for pattern, plain in _spellings():
        words = pattern.sub(plain, words)
    return words


@cache
def _spellings() -> list[tuple[re.Pattern[str], str]]:
    return [(re.compile(row["words"]), row["plain"]) for row in read_table("spellings")]


def _pair(row: Row, bases: Made) -> dict[str, str]:
    """Say how the first of these figures compares with a target, and name the others."""
    found, comparable = "", "no"
    reason = "No figure of the year before with this subject, measure and unit is printed."
    for base, cells in bases[:1]:
        found, comparable = cells["figure_id"], "partly"
        reason = "The same subject; term, unit or area differ."
        if base.measure != row.measure and base.indicator != row.indicator:
            comparable = "no"
            reason = f"The target is a {row.measure}, the figure before a {base.measure}."
        elif (base.unit, base.area, base.term) == (row.unit, row.area, row.term):
            comparable, reason = "yes", "Same term and unit."
        elif (base.unit, base.area, base.indicator or "-") == (row.unit, row.area, row.indicator):
            comparable, reason = "yes", "One indicator under two names; same unit."
        if others := [cells["figure_id"] for _, cells in bases[1:]]:
            comparable = min(comparable, "partly")
            reason += f" Beside it: {', '.join(others)}."
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
