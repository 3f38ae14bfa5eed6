"""Reads what a text is: its title, who issued it and when, the years it looks back and ahead to."""

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cache

from hyreport.draft.segment import Page
from hyreport.draft.vocabulary import patterns_of, read_table

__all__ = ["Facts", "plan_years", "read_facts"]


P = patterns_of("facts")
OPENING = 3000


@dataclass(frozen=True)
class Facts:
    """What the text says of itself, each fact with the words it was read from.

    `base_year` is the year it looks back to, `target_year` that of its targets, blank (0) for a
    communique. `odd` are the things about the copy that a reader should know.
    """

    title: str
    issuer: str
    delivered: str
    base_year: int
    target_year: int
    is_communique: bool
    words: dict[str, str] = field(default_factory=dict)
    odd: tuple[str, ...] = ()


def plan_years(words: str) -> tuple[int, int] | None:
    """Return first and last year of the five-year plan that words name, if any.

    >>> plan_years("“十二五”时期"), plan_years("八五计划"), plan_years("五年来")
    ((2011, 2015), (1991, 1995), None)
    """
    found = P.plan.search(words)
    return _plans().get(found[1]) if found else None


@cache
def _plans() -> dict[str, tuple[int, int]]:
    return {row["plan"]: (int(row["first"]), int(row["last"])) for row in read_table("plans")}


def read_facts(page: Page, *, year: int | None = None) -> Facts:
    """Read title, issuer, day and years.

    Parameters
    ----------
    page : Page
        The text.
    year : int, optional
        The year of the report, where the caller knows it; that of the targets, of a communique the
        year it reports on.

    Returns
    -------
    Facts
        `base_year` is 0 where no year could be told.
    """
    opening = page.raw[:200] + "\n" + page.text[:OPENING]
    words: dict[str, str] = {}
    odd = []
    title = _say(P.title.search(opening), words, "title")
    title = re.sub(r"^(?:title)?[:：#\s*-]*", "", title).strip("*# ")
    title = (re.split("[(（]", title)[0] or title).strip()
    issuer = _say(P.issuer.search(opening), words, "issuer")
    is_communique = bool(P.communique.search(opening[:600])) and not issuer
    day = P.day.search(page.text[:600]) or P.day.search(opening)
    delivered = "{}-{:0>2}-{:0>2}".format(*day.groups()) if day else ""
    if day:
        words["delivered"] = day[0]
    if P.county.search(title + "\n" + issuer):
        odd.append("a county or district, for which these rules are not measured")
    told, why = _tell_year(page.text, title, day, is_communique=is_communique)
    words["year"] = why
    target = year or told
    if year and told and year != told:
        odd.append(f"the text reads like one for {told}, the command says {year}")
    if is_communique:
        return Facts(title, issuer, delivered, target, 0, True, words, tuple(odd))
    issuer = _issuer(issuer, title + "\n" + page.text[:400])
    base = target - 1 if target else 0
    return Facts(title, issuer, delivered, base, target, False, words, tuple(odd))


def _say(found: re.Match | None, words: dict[str, str], name: str) -> str:
    if found is None:
        return ""
    words[name] = found[0].strip()
    return found[found.lastindex or 0].strip()


def _issuer(issuer: str, title: str) -> str:
    """Put the name of the place before 市人民政府, which says no place."""
    kind = re.fullmatch("(自治[区州县旗]|[省市县区州盟旗])(?:人民)?政府", issuer)
    if kind:
        # In a title the name follows the year, elsewhere a preposition.
        name = f"(?:[\u4e00-\u9fff]{{1,6}}省)?[\u4e00-\u9fff]{{1,10}}?{kind[1]}"
        found = re.search(f"(?<=[年在\n]){name}", "\n" + title)
        return f"{found[0] if found else kind[1]}人民政府"
    return issuer


def _tell_year(
    text: str, title: str, day: re.Match | None, *, is_communique: bool
) -> tuple[int, str]:
    """Return the year a text is for, and the words that say so; 0 where nothing does."""
    if is_communique:
        found = P.communique_year.search(text[:OPENING])
        return (int(found[1]), found[0]) if found else (0, "")
    votes: Counter[int] = Counter()
    words: dict[int, str] = {}
    if day:
        # What is delivered in the last weeks of a year is for the next.
        late = int(day[2]) > 10
        votes[int(day[1]) + late] += 6
        words[int(day[1]) + late] = day[0]
    if found := re.search(r"((?:19|20)\d\d)年", title):
        votes[int(found[1])] += 5
        words.setdefault(int(found[1]), title)
    for row in read_table("years"):
        named: list[int] = []
        for found in re.finditer(row["pattern"], "\n" + text):
            said = int(found[1]) + int(row["add"])
            words.setdefault(said, found[0].strip())
            if not day or abs(said - int(day[1])) <= 1:
                named.append(said)
        if named:
            votes[Counter(named).most_common(1)[0][0]] += int(row["weight"])
    if not votes:
        years = Counter(int(one) for one in re.findall(r"(?<!\d)((?:19|20)\d\d)年", text[:OPENING]))
        return (years.most_common(1)[0][0], "the year named most") if years else (0, "")
    best = votes.most_common(1)[0][0]
    return best, words.get(best, "")
