"""Finds the printed term of each number: what it measures, in the words of the text."""

import re
from itertools import zip_longest

from hyreport.draft.lefts import Left, last_verb, read_left, subject_of
from hyreport.draft.lists import answer_list
from hyreport.draft.rows import Row
from hyreport.draft.segment import ASIDE, Page
from hyreport.draft.vocabulary import patterns_of, words_of

__all__ = ["find_terms", "finish_terms"]


P = patterns_of("terms")
LONGEST_TERM = 30


def find_terms(rows: list[Row], page: Page) -> None:
    """Give each figure its term: from before it, after it, a list, or the clause before.

    Parameters
    ----------
    rows : list of Row
        The figures in the order of the text, their quantities read.
    page : Page
        The text.
    """
    last: Row | None = None
    before: Row | None = None
    for place, (row, after) in enumerate(zip_longest(rows, rows[1:])):
        _cut(row, before, after, page)
        left = read_left(row.left)
        is_first = row.chain and (before is None or before.chain != row.chain)
        if not any(rule.startswith("分别") for rule in row.rules):
            earlier = _clause_before(row, before, page)
            near = last if last and page.sentence(last.start)[1] > row.start else None
            _measure(row, left)
            _read_fall(row, left)
            if _is_listed(row, before, page):
                is_first = False
            elif before and row.chain and not is_first:
                _follow(row, before, left, near)
            elif not (row.chain and "分别" in row.left):
                _own(row, left, near, earlier)
            if is_first:
                answer_list(rows, place, left.noun or subject_of(earlier), page)
        last, before = row if row.base else last, row


def finish_terms(rows: list[Row]) -> None:
    """Make each term of its subject and what kind of number it is."""
    for row in rows:
        _finish(row)


def _cut(row: Row, before: Row | None, after: Row | None, page: Page) -> None:
    """Note the words of the clause before the number and after it."""
    text = page.text
    start, end = page.clause(row.start)
    first = row.around.start
    told = [word for word in row.around.before if word.says in ("rise", "fall")]
    if any(word.says == "to" for word in row.around.before):
        told = []
    if before is not None and before.around.end >= start:
        noun = text[before.around.end : first]
        is_bound = before.qualifier != "exact" or noun[:1] == "的"
        is_bound = is_bound and before.unit.endswith("元") and P.sized.fullmatch(noun)
        if is_bound and not read_left(noun).verb:
            # 投资5亿元以上项目3个: the number before is part of what is counted.
            before.rules.add("sized")
            start = before.left_start
        else:
            # The words of a number follow the noun of the number before.
            start = min(before.around.end, first) + noun.rfind("、") + 1
            start = first if noun.endswith(("和", "及", "与")) else start
    row.left_start = start
    row.left = text[start:first] + "".join(word.word for word in told)
    row.joined = text[start - 1 : start] if start else ""
    row.rest = text[row.around.end : end]
    end = min(end, max(after.around.start, row.around.end)) if after else end
    row.right = text[row.around.end : end]


def _clause_before(row: Row, before: Row | None, page: Page) -> str:
    """Return the clause before, where it is of the same sentence and has no number."""
    start = page.clause(row.start)[0]
    if start <= page.half(row.start)[0] or page.text[start - 1] != ",":
        return ""
    first = page.clause(start - 1)[0]
    return "" if before and before.start >= first else page.text[first : start - 1]


def _is_listed(row: Row, before: Row | None, page: Page) -> bool:
    """Take what stands before a colon for each name after it: 处理率达到:甲市85%,乙市80%."""
    start = page.clause(row.start)[0]
    head = page.text[page.clause(start - 1)[0] : start - 1]
    if not (row.is_percent and P.name.fullmatch(row.left)):
        return False
    if page.text[start - 1] == ":" and head.endswith(("到", "达", "至", "为")):
        row.base = read_left(head).noun
    elif before and "listed" in before.rules and before.unit == row.unit:
        row.base, row.measure = before.base, before.measure
    row.rules |= {"listed"} if row.base else set()
    return bool(row.base)


def _measure(row: Row, left: Left) -> None:
    """Tell whether a number is a level, a growth or a change."""
    says = [word.says for word in row.around.before]
    moved = ("rise" in says or "fall" in says) and "to" not in says
    moved = moved or any(tail in words_of("growth") for tail in left.tails[:2])
    moved = moved and not any(tail.endswith(("到", "至", "为")) for tail in left.tails[:1])
    if row.is_points:
        row.measure = "change"
    elif row.is_percent or row.unit.endswith(("倍", "番")):
        row.measure = "growth" if moved else "level"
    elif moved and not _noun_after(row) and not {"新增", "增"} & {left.verb, *left.tails}:
        row.measure = "change"
    if P.growth_end.search(left.noun):
        row.measure = "growth"


def _read_fall(row: Row, left: Left) -> None:
    """Take 减少X and a number as a fall, unless what falls is a burden."""
    fell = re.match("(?:净)?(?:减少|下降|降低)", left.noun)
    is_relief = P.relief.search(left.noun[-3:])
    if row.is_negative and row.unit.endswith("元") and is_relief:
        row.is_negative, row.measure = False, "level"
        row.base = f"{left.noun}减少"
        row.tell("value", "an amount relieved", "fall of noun")
    elif fell and not (row.is_negative or row.right or is_relief):
        row.is_negative, row.measure = True, "change"
        row.base = left.noun[fell.end() :]
        row.tell("value", f"{fell[0]} stands before the noun", "fall of noun")


def _follow(row: Row, before: Row, left: Left, last: Row | None) -> None:
    """Take from the first of a list what the others share; its noun may follow the last."""
    if left.noun or (row.right and before.base in ("", before.verb)):
        _own(row, left, last, "")
        if before.base in ("", before.verb):
            row.base = before.base = before.verb + row.base.removeprefix(before.verb)
            before.rules.discard("no term")
    else:
        row.base, row.measure, row.verb = before.base, before.measure, before.verb
        row.rules |= before.rules & RISKS


def _own(row: Row, left: Left, last: Row | None, before: str) -> None:
    """Take the term from the words beside the number, or from the clause before."""
    noun = _noun_after(row)
    if _join_two(row, left, noun, last, before):
        return
    reaches = bool(left.tails) and P.reaches.search(left.tails[0]) is not None
    row.verb = _take_beside(row, left, "" if reaches and left.noun else noun)
    done = row.left.rpartition("完成")
    is_own = row.base.startswith(done[2][:4]) if done[2] else bool(row.rules & AFTER)
    if done[1] and (is_own or P.examples.search(done[2])) and not P.rate.search(row.base):
        row.verb, row.base = "完成", "完成" + row.base.removeprefix("完成")
    if not row.base:
        _inherit(row, last, before)
        return
    alike = last and row.unit == last.unit and not row.is_percent and row.joined in ",和及与"
    if last and last.verb and not (row.verb or reaches) and (row.joined == "、" or alike):
        # 新建学校3所、医院2所: the verb stands once, before the first of several.
        row.base, row.verb = last.verb + row.base, last.verb
        row.rules.add("shared verb")


def _take_beside(row: Row, left: Left, noun: str) -> str:
    """Take the term from after the number or from before it; return its verb."""
    if noun and left.noun in ("", left.verb):
        to = P.to_whom.search(row.left)
        row.base = (to[0] if to else "") + left.verb + noun
        row.rules.add("after")
    elif noun:
        verb = last_verb(left.noun)
        # 发展计划安排9个项目: who does it, where it is neither a place nor a list.
        doer = left.noun.removesuffix(verb).removesuffix("共")
        doer = "" if P.no_doer.search(f"{row.left}|{left.noun}") else doer
        row.base = doer + (verb if doer else verb or left.verb) + noun
        row.rules.add("after verb" if verb else "after despite before")
        return verb or left.verb
    elif left.noun:
        row.base = row.base or P.led.sub("", left.noun[-LONGEST_TERM:])
        row.rules.add("before")
    return left.verb


def _join_two(row: Row, left: Left, noun: str, last: Row | None, before: str) -> bool:
    """Put a term together from two places, where one does not say it; return whether it is so."""
    is_verb = bool(left.noun) and left.noun == left.verb and not noun
    is_general = left.noun in words_of("generic")
    subject = subject_of(before) if is_general else ""
    whole, core = (last.base, last.base.removeprefix(last.verb)) if last else ("", "")
    is_rate = not row.is_percent or row.measure != "level" or P.rate.search(left.noun)
    of_share = bool(noun) and not is_rate and set(left.tails) <= words_of("sharing")
    times = P.times.search(row.left) if row.unit.endswith("倍") else None
    shared = "" if left.noun in (left.verb, "占") else left.noun.removeprefix("的")
    other = f"{whole.split('占')[0]}占{row.left.rstrip('的')}"
    aim = P.counted_off.sub("", ASIDE.sub("", row.rest))
    is_spent = row.unit.endswith("元") and P.money.search(left.noun) and read_left(aim).verb
    general = P.generic.sub("", subject or core) + left.noun
    for is_so, base, rule in (
        (is_spent, left.noun + aim, "money for"),
        (of_share, f"{shared}{noun}占比", "share of"),
        (whole and times, whole, "times"),
        (is_general and subject, general, "generic before"),
        (is_general and core, general, "generic"),
        ("占" in whole and P.whole.fullmatch(row.left), other, "inherited"),
        (core and P.relates.match(left.noun), whole + left.noun, "inherited"),
        (core and is_verb, left.noun + P.generic.sub("", core), "verb alone"),
    ):
        if is_so:
            row.base, row.verb = base, left.verb if is_verb else row.verb
            row.rules.add(rule)
            return True
    return False


def _inherit(row: Row, last: Row | None, before: str) -> None:
    """Take the subject of the clause before, or of the number before."""
    if earlier := subject_of(before):
        row.base = earlier[-LONGEST_TERM:]
        row.rules.add("clause before")
    elif last is not None:
        row.base, row.verb = last.base, last.verb
        row.rules |= last.rules & RISKS | {"inherited"}
        is_other = not row.is_percent and not row.is_points and not row.unit.endswith(("倍", "番"))
        if is_other and row.unit != last.unit and row.part != "to":
            row.rules.add("other unit")
    if not row.base:
        row.rules.add("no term")


AFTER = {"after", "after verb", "after despite before"}
# What may be wrong of a term is so where it is inherited too.
RISKS = {"generic", "generic before", "clause before", "after despite before", "cut noun"}


def _noun_after(row: Row) -> str:
    """Return the noun after a number, if one follows it directly."""
    right = row.right.removeprefix("全部")
    if row.is_percent or row.is_points:
        found = P.percent_noun.match(right)
        right = right[found.end() :] if found else ""
    elif P.no_noun.match(right):
        right = P.link.sub("", right, count=1)
    if not right or P.no_noun.match(right):
        return ""
    hidden = P.hidden.sub(lambda found: "x" * len(found[0]), right)
    is_share = row.is_percent and row.measure == "level"
    end = (P.share_end if is_share else P.right_end).search(hidden)
    noun = right[: end.start() if end else LONGEST_TERM][:LONGEST_TERM]
    return P.adverb.sub("", P.of_counted.sub("", P.trailing.sub("", noun)))


def _flag(row: Row) -> None:
    """Note what may be wrong of a term."""
    is_vague = len(row.base.removeprefix(row.verb)) < 3 and P.counts.search(row.unit)
    if is_vague or not 1 < len(row.base) < 26 or P.odd.search(row.base) or row.base == row.verb:
        row.rules.add("odd term")
    if not (row.unit or row.part or P.unitless.search(row.base)):
        row.rules.add("no unit")
    is_cut = P.cut_off.search(row.right) or row.base.endswith(row.right[-2:] or "-")
    if row.rules & AFTER and is_cut and len(row.right) < len(row.rest):
        row.rules.add("cut noun")
    if "连续" in row.left[-6:]:
        row.rules.add("running")


def _finish(row: Row) -> None:
    """Make the term of its subject and what kind of number it is."""
    _flag(row)
    row.base = P.area.sub("", row.base)
    left = read_left(row.left)
    is_size = bool(row.rules & {"threshold", "sized"})
    if row.rules & {"described", "going on"}:
        row.base = P.scene_cut.sub("", P.scene_lead.sub("", row.base)) or row.base
    if is_size and row.unit.endswith("岁"):
        row.base += "年龄"
    elif is_size and row.unit == "户" and (found := P.village.search(row.base)):
        row.base = found[0] + "户数"
    elif is_size and row.unit.endswith("元"):
        size = row.number + row.unit + "".join(one.word for one in row.around.after)
        noun = _noun_after(row) or row.base.removeprefix(row.verb)
        is_own = len(left.noun) < 15 and P.statistic.search(left.noun)
        row.base = left.noun if is_own else row.verb + size + noun
    base = row.base.strip(",、-·")
    if base.count("“") != base.count("”"):
        base = base.removesuffix("“").removeprefix("”")
    base = ("新增" if "新增" in left.tails and row.measure == "level" else "") + base
    if "times" in row.rules:
        base += P.times.sub(r"为\1倍数", row.left)
    row.term = base and base + _ending(row, base)


def _ending(row: Row, base: str) -> str:
    """Return the word that says what kind of number a term is of."""
    if row.measure == "growth" and not P.growth_end.search(base):
        if row.is_negative and P.burden.search(base):
            return "变动"
        printed = "涨幅" if "涨幅" in row.left else "增长"
        return "年均增长" if row.basis == "annual_average" else printed
    is_part = row.is_percent and row.measure != "change" and P.part_of.search(base)
    return "比重" if is_part else "变动" if row.measure == "change" else ""
