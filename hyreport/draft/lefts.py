"""Takes apart what stands before a number: noun, verb, and the words about the number."""

from functools import lru_cache
from typing import NamedTuple

from hyreport.draft.vocabulary import patterns_of, words_of

__all__ = ["Left", "last_verb", "read_left", "subject_of"]


P = patterns_of("lefts")


class Left(NamedTuple):
    """What stands before a number: its noun, the verb before it, the words about the number."""

    noun: str
    verb: str
    tails: tuple[str, ...]


@lru_cache(maxsize=10_000)  # of most numbers it is asked twice
def read_left(words: str) -> Left:
    """Take apart what stands before a number.

    >>> read_left("全年完成一般公共预算收入")
    Left(noun='一般公共预算收入', verb='', tails=())
    >>> read_left("规模以上工业增加值同比增长").tails
    ('同比增长',)
    """
    if named := P.named.search(words) or P.aimed.search(words):
        words = named[1]
    for marks in (P.brackets, P.leading, P.opening, P.based, P.cut):
        words = marks.sub("", words)
    tails: list[str] = []
    while words and (found := P.tail.search(words[-14:])):
        tails.append(found[0])
        words = words[: -len(found[0])]
    words = P.stepped.sub("", words)
    previous = None
    while previous != words and words not in words_of("generic"):
        previous, lead = words, P.lead.match(words)
        if lead and _may_cut(words, lead.end()):
            words = P.leading.sub("", words[lead.end() :])
    if P.compared.match(words):
        words = ""
    found = P.verbs.match(words) if words not in words_of("generic") else None
    verb = found[1] if found else ""
    words = verb + words[found.end() :] if found else words
    if words == verb and "新增" in tails:
        return Left("新增", "新增", ())
    return Left(words, verb, tuple(tails))


def last_verb(words: str) -> str:
    """Return the verb that ends words, as of 全国建立了.

    >>> last_verb("国家安排资金改造和新建"), last_verb("全国建立了"), last_verb("收入")
    ('新建', '建立', '')
    """
    found = P.last_verb.search(words[-8:])
    return found[1] if found else ""


def _may_cut(words: str, at: int) -> bool:
    """Whether a word at the beginning of a clause is one of its own and no part of the next."""
    rest = len(words) - at
    if P.not_lead.match(words):
        return False
    if P.verbs.fullmatch(words, at):
        return True
    return words[0] in "、," or rest == 0 or (at > 1 and rest > 1) or rest >= 4


def subject_of(clause: str) -> str:
    """Return what a clause without a number speaks of: its words before the first predicate."""
    noun = "" if P.adjunct.match(clause) else read_left(clause).noun
    found = None if P.ends_noun.search(noun) else P.predicate.search(noun, 2)
    return noun[: found.start()] if found else noun
