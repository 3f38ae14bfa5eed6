"""Gives the numbers of a list after 分别 their subjects in order."""

import re

from hyreport.draft.rows import Row
from hyreport.draft.segment import Page
from hyreport.draft.vocabulary import patterns_of

__all__ = ["answer_list"]


P = patterns_of("lists")


def answer_list(rows: list[Row], place: int, noun: str, page: Page) -> None:
    """Give the members of a list after 分别 their subjects in order.

    Parameters
    ----------
    rows : list of Row
        The figures in the order of the text.
    place : int
        Which of them is the first of the list.
    noun : str
        What stands before it, without the words about the number.
    page : Page
        The text.
    """
    first = rows[place]
    members = [row for row in rows[place : place + 40] if row.chain == first.chain]
    count = len(members)
    is_answer = count > 1 and (
        len(_subjects(noun, count)) == count if noun else _follows_list(rows, place, count, page)
    )
    if ("分别" not in first.left and not is_answer) or any(
        row.part in ("low", "high", "ratio") for row in members
    ):
        return
    subjects = _subjects(noun, count)
    if not subjects:
        subjects = _earlier(rows, place, count, page)
        rule = "分别 far"
    else:
        rule = "分别"
    for row, subject in zip(members, subjects, strict=False):
        row.base, row.measure = subject, first.measure
        row.rules.discard("no term")
        row.why.pop("term", None)
        row.tell("term", "分别: the numbers answer the subjects in order", rule)
    for row in members[len(subjects) :]:
        row.base = noun
        row.tell("term", f"分别 with {len(members)} numbers and other subjects", "分别 unmatched")


def _follows_list(rows: list[Row], place: int, count: int, page: Page) -> bool:
    """Whether a list without a subject follows one of as many numbers in its sentence."""
    before = rows[max(0, place - count) : place]
    start = page.sentence(rows[place].start)[0]
    chains = {row.chain for row in before}
    distinct = len({row.base for row in before}) == count == len(before)
    if distinct and rows[place].is_percent and before[0].start >= start:
        return all(row.unit == before[0].unit and not row.is_percent for row in before)
    return (
        len(before) == count and len(chains) == 1 and 0 not in chains and before[0].start >= start
    )


def _subjects(words: str, count: int) -> list[str]:
    """Return as many subjects as there are numbers, with heads and tails that they share.

    >>> _subjects("城镇和农村居民收入", 2), _subjects("城乡居民收入", 2)
    (['城镇居民收入', '农村居民收入'], ['城镇居民收入', '农村居民收入'])
    """
    if not words:
        return []
    if "分别" in words:
        # 中小学、幼儿园分别新增学位: what is said of each follows.
        head, _, tail = words.partition("分别")
        return [one + tail for one in _subjects(head, count)]
    for pattern in ("[、,]|(?:以及|和|及|与)", "[、,]", "和|及|与|以及"):
        parts = [part for part in re.split(pattern, words) if part]
        if len(parts) == count:
            return _share_tails(parts)
    both = next((one for one in BOTH if one in words), "")
    found = [words.replace(both, one) for one in BOTH.get(both, ())]
    return found if len(found) == count else []


# One word for several subjects.
BOTH: dict[str, tuple[str, ...]] = {
    "城乡": ("城镇", "农村"),
    "进出口": ("进口", "出口"),
    "存贷款": ("存款", "贷款"),
    "一二三产业": ("第一产业", "第二产业", "第三产业"),
}


def _share_tails(parts: list[str]) -> list[str]:
    """Give short subjects the tail of the last one, and later ones the head of the first."""
    last = parts[-1]
    if last[0] in "二三" and all(part in "一二三" for part in parts[:-1]):
        return [part + last[1:] for part in parts[:-1]] + [last]
    head = P.modifier.match(last)
    tail = last[head.end() :] if head else ""
    if not tail and any(P.general_end.search(part) is None for part in parts[:-1]):
        tail = _tail_of(parts[0], last)
        return [one if P.general_end.search(one) else one + tail for one in parts[:-1]] + [last]
    shared = [part + tail if tail and P.modifier.fullmatch(part) else part for part in parts[:-1]]
    return [*shared, last]


def _tail_of(first: str, last: str) -> str:
    """Return what the last of a list says of the others too: 工业、建筑业增加值占比."""
    same = last.find(first[-1], 1) + 1
    found = P.general_tail.search(last, 1)
    if 1 < same < len(last) - 1:
        return last[same:]
    # 集中和分散供养标准: two modifiers of one length.
    return found[0] if found else last[len(first) :] if len(first) < 4 else ""


def _earlier(rows: list[Row], place: int, count: int, page: Page) -> list[str]:
    """Return the subjects of the numbers before, the last so many of one sentence."""
    start = page.sentence(rows[place].start)[0]
    found: list[str] = []
    for row in reversed(rows[max(0, place - 3 * count) : place]):
        if row.start < start or len(found) == count:
            break
        if row.base and row.base not in found:
            found.insert(0, row.base)
    return found if len(found) == count else []
