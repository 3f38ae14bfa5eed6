"""Takes apart what stands before a number: noun, verb, and the words about the number."""

import re
from functools import cache
from typing import NamedTuple

from hyreport.draft.vocabulary import any_of, patterns_of, words_of

__all__ = ["Left", "last_verb", "read_left", "subject_of"]


P = patterns_of("lefts")
# The whole nation, where it does not begin a title: 全国文明城市.
NATION = (
    "全国(?!文明|重点|卫生|示范|先进|民族|双拥|首|五一|百|第|农业|乡村|科普|工业|一流|人大"
    "|[一二三四五])"
)
YEAR = (
    r"(?:到|至|由|从|比|较|与|在|自)?(?:19|20)\d\d年?(?:至|-|到|~)?(?:(?:19|20)\d\d)?年?"
    "(?:底|末|初|全年|度|上半年|的)?(?:相比|以来|起|期间)?"
)
SPAN = r"(?:“?十[一二三四五六七]?五”?|“[七八九]五”)(?:期间|时期|末|以来|规划)?"
MONTHS = r"\d{1,2}(?:[-至~]\d{1,2})?月(?:份|底|末)?"


@cache
def _lead() -> re.Pattern[str]:
    return re.compile(f"(?:{YEAR}|{SPAN}|{MONTHS}|{NATION}|{any_of('lead', 'weak_verb')}|[、,])")


@cache
def _tail() -> re.Pattern[str]:
    return re.compile(f"(?:{YEAR}|[比较]?{SPAN}|{any_of('tail')}|[、,:(])\\Z")


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
    if named := P.named.search(words):
        words = named[1]
    words = P.brackets.sub("", P.leading.sub("", words))
    words = P.opening.sub("", words) if not words.endswith("(") else words[:-1]
    words = P.cut.sub("", P.based.sub("", words))
    if words.endswith("新增"):
        left = read_left(words[:-2])
        is_verb = not left.noun or left.noun == left.verb
        return Left("新增", "新增", ()) if is_verb else left._replace(tails=("新增", *left.tails))
    tails: list[str] = []
    while words and (found := _strip_tail(words)):
        tails.append(found)
        words = words[: -len(found)]
    previous = None
    while previous != words and words not in words_of("generic"):
        previous = words
        lead = _lead().match(words)
        if lead and _may_cut(words, lead.end()):
            words = P.leading.sub("", words[lead.end() :])
    if P.compared.match(words):
        words = ""
    verb = "" if words in words_of("generic") else _find_verb(words)
    if verb.endswith("了"):
        words, verb = verb[:-1] + words[len(verb) :], verb[:-1]
    return Left(words, verb, tuple(tails))


def _find_verb(words: str) -> str:
    """Return the verb that opens words, or the verbs that they are."""
    if (found := _verbs().fullmatch(words)) or (found := _verb().match(words)):
        return found[0]
    return ""


@cache
def _verbs() -> re.Pattern[str]:
    verb = any_of("verb")
    return re.compile(f"{verb}(?:[、和并]?{verb}){{0,3}}(?:了|好)?")


@cache
def _last_verb() -> re.Pattern[str]:
    return re.compile(f"({any_of('verb')})(?:了|好)?\\Z")


def last_verb(words: str) -> str:
    """Return the verb that ends words, as of 全国建立了.

    >>> last_verb("国家安排资金改造和新建"), last_verb("全国建立了"), last_verb("收入")
    ('新建', '建立', '')
    """
    found = _last_verb().search(words[-8:])
    return found[1] if found else ""


def _may_cut(words: str, at: int) -> bool:
    """Whether a word at the beginning of a clause is one of its own and no part of the next."""
    rest = len(words) - at
    if P.not_lead.match(words):
        return False
    if _verbs().fullmatch(words, at):
        return True
    return words[0] in "、," or rest == 0 or (at > 1 and rest > 1) or rest >= 4


def _strip_tail(words: str) -> str:
    """Return the word about the number that ends these words, "" where there is none."""
    if words.endswith("行为"):
        return ""
    for length in range(min(9, len(words)), 0, -1):
        piece = words[-length:]
        if piece in words_of("tail"):
            return piece
    found = _tail().search(words[-14:])
    return found[0] if found else ""


def subject_of(clause: str) -> str:
    """Return what a clause without a number speaks of: its words before the first predicate."""
    noun = "" if P.adjunct.match(clause) else read_left(clause).noun
    found = None if P.ends_noun.search(noun) else _predicate().search(noun, 2)
    return noun[: found.start()] if found else noun


@cache
def _predicate() -> re.Pattern[str]:
    return re.compile(f"{any_of('predicate')}(?!总值)")
