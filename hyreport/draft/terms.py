"""Finds the printed term of each number: what it measures, in the words of the text."""

import re
from functools import cache
from typing import NamedTuple

from hyreport.draft.rows import Row
from hyreport.draft.segment import ASIDE, Page
from hyreport.draft.vocabulary import any_of, words_of

__all__ = ["find_terms", "finish_terms", "read_left"]


BRACKETS = re.compile(r"\([^()\n]{7,40}\)|\([^()\n]{0,40}\)(?=$|[为达])")
NAMED = re.compile(r"\(([^()\n]{2,14}(?:率|比重|指数))\)(?:为|达|达到)?$")
OPENING = re.compile(r"[(][^()]*$")
CUT = re.compile(r".*(?:其中|分别为:|目标是|目标为|是:|:)", re.S)
YEAR = r"(?:到|至|由|从|比|较|与|在|自)?(?:19|20)\d\d年?(?:至|-|到|~)?(?:(?:19|20)\d\d)?年?(?:底|末|初|全年|度|上半年|的)?(?:相比|以来|起|期间)?"
SPAN = r"(?:“?十[一二三四五六七]?五”?|“[七八九]五”)(?:期间|时期|末|以来|规划)?"
MONTHS = r"\d{1,2}(?:[-至~]\d{1,2})?月(?:份|底|末)?"
LONGEST_TERM = 30
# What may stand between a number and the noun that it counts.
LINK = re.compile("(?:以上|以下|左右|多|余)?的?")
NO_NOUN = re.compile(
    r"[,。;:、)\n\t!?”》]|$|(?:的|以上|以下|以内|左右|是|为|和|及|与|至|到|且|并|比|较|同比|增|降|达|占|居|位|的目标|目标|水平|大关|台阶|任务|关口|规模|之内|之间|上下)"
)
PERCENT_NOUN = re.compile("(?:以上|左右)?的(?=[\u4e00-\u9fff])")
RIGHT_END = re.compile(
    r"[,。;:、)\n\t!?]|\d(?!A)|\(|分别|同比|比上年|较上年|增长|提高|达到|总投资|完成投资|累计"
)
COUNTED = re.compile("[%‰元美℃度]|点$")


@cache
def _lead() -> re.Pattern[str]:
    return re.compile(f"(?:{YEAR}|{SPAN}|{MONTHS}|{any_of('lead', 'weak_verb')}|[、,])")


@cache
def _tail() -> re.Pattern[str]:
    return re.compile(f"(?:{YEAR}|{SPAN}|{any_of('tail')}|[、,:(])\\Z")


@cache
def _verb() -> re.Pattern[str]:
    return re.compile(f"{any_of('verb')}(?:了|好)?")


class Left(NamedTuple):
    """What stands before a number: its noun, the verb before it, the words about the number."""

    noun: str
    verb: str
    tails: tuple[str, ...]


def read_left(words: str) -> Left:
    """Take apart what stands before a number.

    >>> read_left("全年完成一般公共预算收入")
    Left(noun='一般公共预算收入', verb='', tails=())
    >>> read_left("规模以上工业增加值同比增长").tails
    ('同比增长',)
    """
    if named := NAMED.search(words):
        words = named[1]
    words = BRACKETS.sub("", words)
    words = OPENING.sub("", words) if not words.endswith("(") else words[:-1]
    words = CUT.sub("", words)
    tails: list[str] = []
    while words and (found := _strip_tail(words)):
        tails.append(found)
        words = words[: -len(found)]
    previous = None
    while previous != words:
        previous = words
        if (found := _lead().match(words)) and _may_cut(words, found.end()):
            words = words[found.end() :]
    verb = found[0] if (found := _verb().match(words)) else ""
    return Left(words, verb, tuple(tails))


def _may_cut(words: str, at: int) -> bool:
    """Whether a word at the beginning of a clause is one of its own and no part of the next."""
    rest = len(words) - at
    return rest == 0 or (at > 1 and rest > 1) or rest >= 4


def _strip_tail(words: str) -> str:
    """Return the word about the number that ends these words, "" where there is none."""
    for length in range(min(9, len(words)), 0, -1):
        piece = words[-length:]
        if piece in words_of("tail"):
            return piece
    found = _tail().search(words[-14:])
    return found[0] if found else ""


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
    for place, row in enumerate(rows):
        before = rows[place - 1] if place else None
        _cut(row, before, rows[place + 1] if place + 1 < len(rows) else None, page)
        left = read_left(row.left)
        _measure(row, left)
        _read_fall(row, left)
        if any(rule.startswith("分别") for rule in row.rules):
            pass
        elif row.chain and before is not None and before.chain == row.chain:
            _follow(row, before, left, last)
        elif "分别" in row.left and row.chain:
            pass
        else:
            _own(
                row,
                left,
                last if last and _reaches(last, row, page) else None,
                _clause_before(row, before, page),
            )
        if row.chain and (before is None or before.chain != row.chain):
            _list(rows, place, left, page)
        if row.base:
            last = row


def finish_terms(rows: list[Row]) -> None:
    """Make each term of its subject and what kind of number it is."""
    for row in rows:
        _finish(row)


def _cut(row: Row, before: Row | None, after: Row | None, page: Page) -> None:
    """Note the words of the clause before the number and after it."""
    assert row.around is not None
    text = page.text
    start, end = page.clause(row.start)
    first = row.around.start
    told = [word for word in row.around.before if word.says in ("rise", "fall")]
    if any(word.says == "to" for word in row.around.before):
        told = []
    if before is not None and before.around is not None:
        start = max(start, min(before.around.end, first))
    row.left = text[start:first] + "".join(word.word for word in told)
    if after is not None and after.around is not None:
        end = min(end, max(after.around.start, row.around.end))
    row.right = text[row.around.end : end]
    row.joined = text[start - 1 : start] if start else ""
    if row.left[:1] in ("、", "和", "及", "与") and before is not None:
        row.joined = row.left[:1]


def _clause_before(row: Row, before: Row | None, page: Page) -> str:
    """Return the clause before, where it is of the same sentence and has no number."""
    start = page.clause(row.start)[0]
    first = page.half(row.start)[0]
    if start <= first or page.text[start - 1] != "," or (before and before.start >= start):
        return ""
    words = page.text[page.clause(start - 1)[0] : start - 1]
    has_figure = before is not None and before.start >= start - 1 - len(words)
    return "" if has_figure else words


def _reaches(last: Row, row: Row, page: Page) -> bool:
    """Whether a subject still holds: in one sentence."""
    return page.sentence(last.start)[0] == page.sentence(row.start)[0]


def _measure(row: Row, left: Left) -> None:
    """Tell whether a number is a level, a growth or a change."""
    assert row.around is not None
    says = [word.says for word in row.around.before]
    moved = ("rise" in says or "fall" in says) and "to" not in says
    moved = moved or any(tail in words_of("growth") for tail in left.tails[:2])
    moved = moved and not any(tail.endswith(("到", "至", "为")) for tail in left.tails[:1])
    if row.is_points:
        row.measure = "change"
    elif row.is_percent or row.unit.endswith(("倍", "番")):
        row.measure = "growth" if moved else "level"
    elif moved and not row.right and "新增" not in left.tails:
        row.measure = "change"
    if re.search("(?:增长|增速|增幅|涨幅|降幅|增长率)$", left.noun):
        row.measure = "growth"


def _read_fall(row: Row, left: Left) -> None:
    """Take 减少X and a number as a fall, unless what falls is a burden."""
    fell = re.match("(?:净)?(?:减少|下降|降低)", left.noun)
    if fell and not row.is_negative and not row.right and not _relief().search(left.noun):
        row.is_negative = True
        row.measure = "change"
        row.base = left.noun[fell.end() :]
        row.tell("value", f"{fell[0]} stands before the noun", "fall of noun")


@cache
def _relief() -> re.Pattern[str]:
    return re.compile(any_of("relief"))


def _follow(row: Row, before: Row, left: Left, last: Row | None) -> None:
    """Take from the first of a list what the others share; its noun may follow the last."""
    if left.noun or (row.right and not before.base):
        _own(row, left, last, "")
        if not before.base:
            before.base, before.verb = before.verb + row.base, before.verb
            before.rules.discard("no term")
            before.tell("term", "the noun stands after the last number of the list")
    elif not left.noun:
        row.base, row.measure, row.verb = before.base, before.measure, before.verb
        row.rules |= before.rules & {"inherited", "clause before", "generic"}


def _own(row: Row, left: Left, last: Row | None, before: str) -> None:
    """Take the term from the words beside the number, or from the clause before."""
    noun = _noun_after(row)
    if noun and row.is_percent and row.measure == "level" and not left.tails:
        row.base = f"{noun}占比"
        row.tell("term", "the noun after 的, of which it is a share", "share of")
        return
    is_part = "其中" in row.left
    if last is not None and (
        left.noun in words_of("generic") or (left.noun == left.verb and left.noun and not noun)
    ):
        core = last.base.removeprefix(last.verb)
        row.base = left.noun + core if left.noun == left.verb else _join_generic(core, left.noun)
        row.tell("term", "a general word, with the subject of the clause before", "generic")
        return
    if noun and is_part and not left.noun and last is not None and not COUNTED.search(row.unit):
        row.base = last.base.removeprefix(last.verb) + noun
        row.tell("term", "其中: a part of the number before", "part of")
        return
    if noun and (not left.noun or left.noun == left.verb or not COUNTED.search(row.unit)):
        is_count = not COUNTED.search(row.unit)
        if not left.noun or left.noun == left.verb:
            row.base = left.verb + noun
        elif is_count:
            row.base = left.verb + noun
            row.tell("term", "the noun after the number, not those before", "after despite before")
        row.rules.add("after")
    elif left.noun:
        row.base = row.base or left.noun[-LONGEST_TERM:]
        row.rules.add("before")
    if row.base:
        row.verb = left.verb
        _share_verb(row, last)
    elif before and (earlier := _subject_of(before)):
        row.base = earlier[-LONGEST_TERM:]
        row.tell(
            "term", "the subject stands in the clause before, which has no number", "clause before"
        )
    elif last is not None:
        row.base, row.verb = last.base, last.verb
        row.tell("term", "the subject is that of the number before", "inherited")
    if not row.base:
        row.tell("term", "no words beside the number say what it measures", "no term")


def _subject_of(clause: str) -> str:
    """Return what a clause without a number speaks of: its words before the first predicate."""
    noun = read_left(clause).noun
    found = _predicate().search(noun, 2)
    return noun[: found.start()] if found else noun


@cache
def _predicate() -> re.Pattern[str]:
    return re.compile(any_of("predicate"))


def _join_generic(core: str, word: str) -> str:
    """Put a general word after the subject it belongs to, in the place of one like it."""
    for other in words_of("generic"):
        if core.endswith(other) and len(core) > len(other) + 1:
            core = core.removesuffix(other)
            break
    return core + word


def _share_verb(row: Row, last: Row | None) -> None:
    """Give a number the verb that stands once, before the first of several like it."""
    if last is None or row.verb or not last.verb or not SHARING.search(row.joined):
        return
    if row.joined == "、" or (row.unit == last.unit and not row.is_percent):
        row.base, row.verb = last.verb + row.base, last.verb
        row.tell("term", f"{last.verb} stands once, before the numbers beside it", "shared verb")


SHARING = re.compile("[、,]|^[和及与]")


def _noun_after(row: Row) -> str:
    """Return the noun after a number, if one follows it directly."""
    right = row.right.removeprefix("全部")
    if row.is_percent or row.is_points:
        found = PERCENT_NOUN.match(right)
        right = right[found.end() :] if found else ""
    elif NO_NOUN.match(right):
        link = LINK.match(right)
        right = (
            right[link.end() :]
            if link and link.end() and not NO_NOUN.match(right[link.end() :])
            else ""
        )
    if not right or NO_NOUN.match(right):
        return ""
    hidden = ASIDE.sub(lambda found: "x" * len(found[0]), right)
    end = RIGHT_END.search(hidden)
    return right[: end.start() if end else LONGEST_TERM][:LONGEST_TERM].rstrip("和与及等“(")


def _list(rows: list[Row], place: int, left: Left, page: Page) -> None:
    """Give the members of a list after 分别 their subjects in order."""
    first = rows[place]
    members = [row for row in rows[place : place + 40] if row.chain == first.chain]
    if "分别" not in first.left or any(row.part for row in members):
        return
    subjects = _subjects(left.noun, len(members))
    if not subjects:
        subjects = _earlier(rows, place, len(members), page)
        rule = "分别 far"
    else:
        rule = "分别"
    for row, subject in zip(members, subjects, strict=False):
        row.base, row.measure = subject, first.measure
        row.rules.discard("no term")
        row.why.pop("term", None)
        row.tell("term", "分别: the numbers answer the subjects in order", rule)
    for row in members[len(subjects) :]:
        row.base = left.noun
        row.tell("term", f"分别 with {len(members)} numbers and other subjects", "分别 unmatched")


def _subjects(words: str, count: int) -> list[str]:
    """Return as many subjects as there are numbers, with heads and tails that they share.

    >>> _subjects("城镇和农村居民收入", 2), _subjects("城乡居民收入", 2)
    (['城镇居民收入', '农村居民收入'], ['城镇居民收入', '农村居民收入'])
    """
    if not words:
        return []
    for pattern in ("[、,]|(?:以及|和|及|与)", "[、,]", "和|及|与|以及"):
        parts = [part for part in re.split(pattern, words) if part]
        if len(parts) == count:
            return _share_tails(parts)
    if count == 2 and "城乡" in words:
        return [words.replace("城乡", one) for one in ("城镇", "农村")]
    if count == 2 and "进出口" in words:
        return [words.replace("进出口", one) for one in ("进口", "出口")]
    return []


MODIFIER = re.compile(
    "城镇|农村|城市|乡村|第?[一二三]产业|[一二三]产|进口|出口|内资|外资|国税|地税|省级|市级|县级|国家级|男|女"
)


def _share_tails(parts: list[str]) -> list[str]:
    """Give short subjects the tail of the last one, and later ones the head of the first."""
    last = parts[-1]
    head = MODIFIER.match(last)
    tail = last[head.end() :] if head else ""
    shared = [part + tail if tail and MODIFIER.fullmatch(part) else part for part in parts[:-1]]
    return [*shared, last]


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


def _finish(row: Row) -> None:
    """Make the term of its subject and what kind of number it is."""
    base = row.base.strip("“”,、-·")
    if base.count("“") != base.count("”"):
        base = row.base.strip(",、-·").removesuffix("“").removeprefix("”")
    if (
        row.measure == "growth"
        and base
        and not re.search("(?:增长|增速|增幅|涨幅|降幅|增长率)$", base)
    ):
        average = "年均" if row.basis == "annual_average" else ""
        row.term = f"{base}{average}增长"
    elif row.measure == "change" and base:
        row.term = f"{base}变动"
    else:
        row.term = base
