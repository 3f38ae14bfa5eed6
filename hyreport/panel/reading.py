"""Reads one text into the cells of the panel: headline indicators, aimed at and reached."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import NamedTuple

from hyreport.draft.draft import Draft, draft_text
from hyreport.draft.facts import UNSURE
from hyreport.numbers.rounding import printed_interval
from hyreport.panel.scope import is_of_one_year, is_of_whole_place
from hyreport.text.decoding import TextError
from hyreport.words.tables import read_rows

__all__ = ["CELL", "Reading", "headline_indicators", "in_unit", "read_cells"]


CELL = [
    "indicator",
    "kind",
    "period",
    "status",
    "value",
    "value_high",
    "low",
    "high",
    "qualifier",
    "hedge",
    "stretch_value",
    "unit",
    "char_start",
    "char_end",
    "as_printed",
    "subject_zh",
    "certainty",
    "doubt",
]
PLACE = re.compile(
    r"^(?:[我全本][国省市区州盟县疆]|建议|带动|同口径|域内|奋力|努力|确保|[省市州]内|全年|年度|当年|今年|预计|预期|力争|计划|安排|综合考虑"
    r"|初步|中央提出|实现|完成|[省市州](?=生产总值|(?:财政)?一般(?:公共)?预算))*"
)
RATE = re.compile(r"(?:增速|增幅|(?<!自然)增长率)$")
SCALES = {"": 0, "百": 2, "千": 3, "万": 4, "百万": 6, "千万": 7, "亿": 8, "百亿": 10, "千亿": 11}
SCALES |= {"万亿": 12}
UNIT = re.compile(r"([百千万亿]*)(元|人|吨|公斤|斤|个|人次)$")
REACH = 400
AIM = re.compile(r"目标[^。\n，,]{0,10}[是为:：][^。\n]*$")
# A paragraph that holds so many headline numbers of a kind is the one that lists them.
LISTED = 3
# Terms that leave open which of two indicators is meant.
LOOSE = {("budget_revenue.level", 2), ("budget_revenue.growth", 2), ("unemployment.rate", 3)}


class Term(NamedTuple):
    """How a headline indicator is printed; of several terms the first rank is preferred."""

    indicator: str
    measure: str
    unit: str
    rank: int
    pattern: re.Pattern[str]


@dataclass(frozen=True)
class Reading:
    """What one text gives: its year and day, its cells, and what else might have filled them."""

    year: int
    delivered: str
    title: str
    odd: tuple[str, ...]
    cells: tuple[dict[str, str], ...]
    runners_up: tuple[dict[str, str], ...]


@cache
def _terms() -> tuple[Term, ...]:
    return tuple(
        Term(
            row["indicator"], row["measure"], row["unit"], int(row["rank"]), re.compile(row["term"])
        )
        for row in read_rows(Path(__file__).with_name("headline.csv"))
    )


def headline_indicators() -> tuple[str, ...]:
    """Return the codes of the headline indicators, in the order of their table."""
    return tuple(dict.fromkeys(term.indicator for term in _terms()))


def read_cells(text: str, *, name: str = "text", year: int = 0, place: str = "") -> Reading:
    """Read a report into the cells of its targets and of the outcomes of the year before.

    Parameters
    ----------
    text : str
        The decoded file; offsets are places in it.
    name : str
        What an error calls the text.
    year : int
        The year of its targets, for a text in which nothing says it plainly.
    place : str
        Full name of the place, for a text that does not say whose report it is.

    Returns
    -------
    Reading
        A cell for each headline indicator, once as target of the report's year and once as
        actual of the year before, found or not.

    Raises
    ------
    TextError
        Where the text cannot be a report.
    """
    try:
        draft = draft_text(text, "panel", name=name)
        is_plain = UNSURE not in draft.facts.odd
    except TextError:
        if not year:
            raise
        is_plain = False
    if year and not is_plain:
        draft = draft_text(text, "panel", name=name, year=year)
        draft = replace(draft, odd=(*draft.odd, UNSURE))
    return _read_draft(draft, text, place)


def _read_draft(draft: Draft, text: str, place: str) -> Reading:
    """Choose among the rows of a draft."""
    facts = draft.facts
    candidates = list(_candidates(draft, text, place))
    cells, others = [], []
    for kind, year in (("target", facts.target_year), ("actual", facts.base_year)):
        of_kind = [one for one in candidates if one["kind"] == kind and one["period"] == str(year)]
        listed = Counter(one["paragraph"] for one in of_kind)
        has_list = any(count >= LISTED for count in listed.values())
        for indicator in headline_indicators():
            fitting = [one for one in of_kind if one["indicator"] == indicator]
            fitting.sort(key=lambda one: _order(one, listed))
            if not fitting:
                status = "absent" if has_list else "not_found"
                blank = dict.fromkeys(CELL, "")
                cells.append(
                    blank
                    | {"indicator": indicator, "kind": kind, "period": str(year), "status": status}
                )
                continue
            cells.append(_cell(fitting, text))
            others += [{key: one[key] for key in CELL} for one in fitting[1:]]
    return Reading(
        facts.target_year or facts.base_year,
        facts.delivered,
        facts.title,
        draft.odd,
        tuple(cells),
        tuple(others),
    )


def _order(one: dict[str, str], listed: Counter[str]) -> tuple:
    """Say which of several numbers comes first: the term, the list it stands in, the place."""
    is_stretch = one["role"] == "stretch_target"
    in_list = min(listed[one["paragraph"]], LISTED)
    # 突破1900亿元、达到1905亿元: the level is the second.
    is_passed = one["kind"] == "actual" and one["unit"] != "%" and one["low"] and not one["high"]
    place = int(one["char_start"])
    return (
        is_stretch,
        int(one["rank"]),
        not one["aims"],
        -in_list,
        bool(is_passed),
        one["certainty"],
        place,
    )


def _candidates(draft: Draft, text: str, place: str) -> Iterable[dict[str, str]]:
    """Yield the rows that can fill a cell."""
    place = place or draft.facts.issuer.removesuffix("人民政府")
    for row in draft.tables["figures.csv"]:
        kind = {"actual": "actual", "target": "target", "stretch_target": "target"}.get(row["role"])
        if not kind or row["basis"] in ("annual_average", "over_span"):
            continue
        # The names of these indicators say urban and rural.
        if row["area"] not in (
            "whole_area",
            "urban_residents",
            "rural_residents",
            "rural",
            "urban",
        ):
            continue
        subject, measure = _subject(row, place)
        terms = _named(subject, measure, is_answer="分别" in row["why"])
        begin, year = int(row["start"]), int(row["period"][:4] or 0)
        is_growth = measure in ("growth", "change")
        if not (
            terms
            and is_of_whole_place(text, begin)
            and is_of_one_year(text, begin, year, is_growth=is_growth)
        ):
            continue
        for term in terms:
            value = in_unit(row, term.unit)
            if value is not None:
                aims = kind == "target" and AIM.search(text, max(0, begin - REACH), begin)
                yield _candidate(row, term, kind, value) | {"aims": "yes" if aims else ""}


def _named(subject: str, measure: str, *, is_answer: bool) -> list[Term]:
    """Return the headline term of a subject, or those of a list that shares one number.

    A、B和C增长5% says the number of each; of numbers after 分别 each has its own subject.
    """
    if one := _term_of(subject, measure):
        return [one]
    parts = [] if is_answer else re.split("、|以及|[和及与]", subject)
    found = [_term_of(PLACE.sub("", part), measure) for part in parts]
    terms = [term for term in found if term]
    return terms if len(terms) > 1 else []


def _term_of(subject: str, measure: str) -> Term | None:
    fitting = (one for one in _terms() if one.measure == measure and one.pattern.search(subject))
    return next(fitting, None)


def _subject(row: dict[str, str], place: str) -> tuple[str, str]:
    """Return the term without the report's own place and measure, and the measure."""
    subject = row["subject_zh"].replace("“", "").replace("”", "")
    subject = PLACE.sub("", subject)
    if place and subject.startswith(place[:2]):
        subject = subject.removeprefix(place).removeprefix(place[:-1]).removeprefix(place[:2])
    for tail, measure in (("增长", "growth"), ("占比", "share"), ("变动", "change")):
        if subject.endswith(tail):
            return PLACE.sub("", subject.removesuffix(tail)), measure
    subject = PLACE.sub("", subject)
    is_rate = row["unit_read"] == "%"
    if is_rate and (rate := RATE.search(subject)):
        return subject[: rate.start()], "growth"
    if is_rate and subject.endswith("涨幅"):
        return subject, "growth"
    return subject, "share" if is_rate else "level"


def in_unit(row: dict[str, str], unit: str) -> tuple[Decimal, int] | None:
    """Return a value in the unit of its indicator, and the decimals it was printed with."""
    printed, value = row["unit_read"], Decimal(row["value"])
    decimals = max(0, -int(value.as_tuple().exponent))
    if printed == unit:
        return value, decimals
    of_printed, of_unit = UNIT.match(printed), UNIT.match(unit)
    if not of_printed or not of_unit or of_printed[1] not in SCALES:
        return None
    shift = SCALES[of_printed[1]] - SCALES[of_unit[1]]
    same = {"个": "人", "人次": "人"}
    if same.get(of_printed[2], of_printed[2]) == of_unit[2]:
        return value.scaleb(shift), decimals - shift
    if (of_printed[2], of_unit[2]) in (("斤", "吨"), ("公斤", "吨")):
        return value * (1 if of_printed[2] == "公斤" else Decimal("0.5")) * Decimal(10) ** (
            shift - 3
        ), max(decimals - shift + 3, 0)
    return None


def _candidate(
    row: dict[str, str], term: Term, kind: str, value: tuple[Decimal, int]
) -> dict[str, str]:
    number, decimals = value
    qualifier = row["qualifier_read"]
    low, high = _interval(number, decimals, qualifier, is_exact=kind == "target")
    # Revenue may be total or local, unemployment registered or surveyed.
    is_loose = (term.indicator, term.rank) in LOOSE
    return {
        "indicator": term.indicator,
        "kind": kind,
        "period": row["period"],
        "status": "found",
        "value": _plain(number),
        "value_high": "",
        "low": low,
        "high": high,
        "qualifier": qualifier,
        "hedge": row["hedge_read"],
        "stretch_value": "",
        "unit": term.unit,
        "char_start": row["start"],
        "char_end": row["end"],
        "as_printed": row["as_printed"],
        "subject_zh": row["subject_zh"],
        "certainty": "C" if is_loose else row["certainty"],
        "doubt": "term" if is_loose else "",
        "rank": str(term.rank),
        "paragraph": row["paragraph"],
        "group": row["group"],
        "role": row["role"],
    }


def _interval(number: Decimal, decimals: int, qualifier: str, *, is_exact: bool) -> tuple[str, str]:
    if is_exact or decimals >= 0:
        low, high = printed_interval(
            number, decimals=max(decimals, 0), qualifier=qualifier, exact=is_exact
        )
    else:
        half = Decimal(1).scaleb(-decimals) / 2
        low, high = number - half, number + half
    return ("" if low is None else _plain(low), "" if high is None else _plain(high))


def _plain(number: Decimal) -> str:
    return format(number.normalize() if number else Decimal(0), "f")


def _cell(fitting: list[dict[str, str]], text: str) -> dict[str, str]:
    """Make a cell of the first of several numbers, with the other end and the stretch of it."""
    first = dict(fitting[0])
    ends = [one for one in fitting if one["group"] and one["group"] == first["group"]]
    if len(ends) == 2 and ends[0]["qualifier"] != ends[1]["qualifier"]:
        low, high = sorted(ends, key=lambda one: Decimal(one["value"]))
        first |= {key: low[key] for key in ("value", "low")}
        first |= {"value_high": high["value"], "high": high["high"]}
        first |= _print_range(ends, text)
        first["qualifier"] = "exact"
    stretch = [one for one in fitting if one["role"] == "stretch_target"]
    if stretch and stretch[0] is not fitting[0]:
        first["stretch_value"] = stretch[0]["value"]
    values = {one["value"] for one in fitting if one["rank"] == first["rank"]} - {
        first["value"],
        first["value_high"],
        first["stretch_value"],
    }
    if values and first["certainty"] == "A":
        first["certainty"] = "B"
    return {key: first[key] for key in CELL}


def _print_range(ends: list[dict[str, str]], text: str) -> dict[str, str]:
    """Return where a range stands, and how it is printed: 下降5%—6%左右."""
    one, two = sorted(ends, key=lambda end: int(end["char_start"]))
    first, second = int(one["char_start"]), int(two["char_start"])
    number, last = text[first : int(one["char_end"])], text[second : int(two["char_end"])]
    words = one["as_printed"].partition(number)[0] + text[first:second]
    after = two["as_printed"][max(0, two["as_printed"].find(last)) :]
    printed = " ".join((words + after).split())
    return {"char_start": str(first), "char_end": two["char_end"], "as_printed": printed}
