"""Gives the numbers of a list after 分别 their subjects in order."""

import re

from hyreport.draft.rows import Row
from hyreport.draft.segment import Page
from hyreport.draft.vocabulary import patterns_of, read_table

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
    count, subjects = len(members), _subjects(noun, len(members))
    follows = not noun and _follows_list(rows, place, count, page)
    is_answer = "分别" in first.left or (count > 1 and (subjects or follows))
    if not is_answer or any(row.part in ("low", "high", "ratio") for row in members):
        return
    rule = "分别" if subjects else "分别 far"
    subjects = subjects or _earlier(rows, place, count, page)
    for row, subject in zip(members, subjects, strict=False):
        row.base, row.measure = subject, first.measure
        row.rules.discard("no term")
        row.tell("term", "分别: the numbers answer the subjects in order", rule)
    for row in members[len(subjects) :]:
        row.base = noun
        row.tell("term", f"分别 with {count} numbers and other subjects", "分别 unmatched")


def _follows_list(rows: list[Row], place: int, count: int, page: Page) -> bool:
    """Whether a list without a subject follows one of as many numbers in its sentence."""
    before = rows[max(0, place - count) : place]
    if len(before) < count or before[0].start < page.sentence(rows[place].start)[0]:
        return False
    chains, bases = ({getattr(row, name) for row in before} for name in ("chain", "base"))
    alike = all(row.unit == before[0].unit and not row.is_percent for row in before)
    return (len(chains) == 1 and 0 not in chains) or (
        len(bases) == count and rows[place].is_percent and alike
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
    for pattern in ("[、,]|以及|和|及|与", "[、,]", "以及|和|及|与"):
        parts = [part for part in re.split(pattern, words) if part]
        if len(parts) == count:
            return _share_tails(parts)
    both = next((one for one in BOTH if one in words), "")
    found = [words.replace(both, one) for one in BOTH.get(both, ())]
    return found if len(found) == count else []


# One word for several subjects.
BOTH = {row["word"]: row["subjects"].split() for row in read_table("both")}


def _share_tails(parts: list[str]) -> list[str]:
    """Give short subjects the tail of the last one, and later ones the head of the first."""
    last = parts[-1]
    if last[0] in "二三" and all(part in "一二三" for part in parts[:-1]):
        return [part + last[1:] for part in parts[:-1]] + [last]
    if last[0] == "总":
        # 商品总销售和总购进: what stands before 总 is said once.
        return [parts[0]] + [parts[0].partition("总")[0] + one for one in parts[1:]]
    head = P.modifier.match(last)
    tail = last[head.end() :] if head else ""
    if tail:
        return [one + tail if P.modifier.fullmatch(one) else one for one in parts[:-1]] + [last]
    if any(one[-1] != last[-1] and not P.general_end.search(one) for one in parts[:-1]):
        tail = _tail_of(parts[0], last)
        return [one if P.general_end.search(one) else one + tail for one in parts[:-1]] + [last]
    return parts


def _tail_of(first: str, last: str) -> str:
    """Return what the last of a list says of the others too: 工业、建筑业增加值占比."""
    # 集中和分散供养标准: two modifiers of one length.
    found = P.general_tail.search(last, 1)
    return found[0] if found else last[len(first) :] if len(first) < 4 else ""


def _earlier(rows: list[Row], place: int, count: int, page: Page) -> list[str]:
    """Return the subjects of the numbers before, the last so many of one sentence."""
    start = page.sentence(rows[place].start)[0]
    bases = [row.base for row in rows[max(0, place - 3 * count) : place] if row.start >= start]
    found = list(dict.fromkeys(one for one in reversed(bases) if one))[:count]
    return found[::-1] if len(found) == count else []
