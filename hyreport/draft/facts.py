"""Reads what a text is: its title, who issued it and when, the years it looks back and ahead to."""

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cache

from hyreport.draft.segment import Page
from hyreport.draft.vocabulary import patterns_of, read_table

__all__ = ["Facts", "plan_years", "read_facts"]


P = patterns_of("facts")
OPENING, OPENING_LINES = 3000, 400
MOST, UNSURE = "the year named most", "nothing says plainly what year it is for"
NUMERALS = "零一二三四五六七八九"
NOUGHTS = dict.fromkeys("〇○Ｏ0", "零")
# The eighth congresses of the provinces met first in this year.
CONGRESS = 1993


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
    lines = opening[: 200 + OPENING_LINES]
    title = _say(P.title.search(opening), words, "title")
    title = re.sub(r"^(?:title)?[:：#\s*-]*", "", title).strip("*# ")
    title = (re.split("[(（]", title)[0] or title).strip()
    issuer = _say(P.issuer.search(opening), words, "issuer")
    is_communique = bool(P.communique.search(opening[:600])) and not issuer
    day = _say_day(page.text[:600], words) or _say_day(opening, words)
    delivered = "{}-{:0>2}-{:0>2}".format(*day) if day else ""
    if P.county.search(title + "\n" + issuer):
        odd.append("a county or district, for which these rules are not measured")
    told, why = _tell_year(page.text, lines, day, is_communique=is_communique)
    words["year"] = words.get("delivered", why) if why == "the day of delivery" else why
    target = year or told
    if not year and why in ("", MOST):
        odd.append(UNSURE)
    if year and told and year != told:
        odd.append(f"the text reads like one for {told}, the command says {year}")
    if is_communique:
        return Facts(title, issuer, delivered, target, 0, True, words, tuple(odd))
    issuer = _issuer(issuer, title + "\n" + page.text[:400])
    base = target - 1 if target else 0
    return Facts(title, issuer, delivered, base, target, False, words, tuple(odd))


def _say_day(opening: str, words: dict[str, str]) -> tuple[int, int, int] | None:
    """Return year, month and day of delivery, in signs or in words, and note the words."""
    for pattern, read in ((P.day, int), (P.day_in_words, _number)):
        if found := pattern.search(opening):
            words["delivered"] = found[0]
            year, month, day = map(read, found.groups())
            return year, month, day
    return None


def _number(words: str) -> int:
    """Return a year read sign by sign, or a number below a hundred.

    >>> _number("二〇〇八"), _number("十六"), _number("二十一")
    (2008, 16, 21)
    """
    signs = [NUMERALS.find(NOUGHTS.get(sign, sign)) for sign in words]
    if len(signs) == 4:
        return int("".join(map(str, signs)))
    tens, ten, ones = words.rpartition("十")
    return 10 * bool(ten) * NUMERALS.find(tens or "一") + NUMERALS.find(ones or "零")


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
    text: str, opening: str, day: tuple[int, int, int] | None, *, is_communique: bool
) -> tuple[int, str]:
    """Return the year a text is for, and the words that say so; 0 where nothing does."""
    if is_communique:
        found = P.communique_year.search(text[:OPENING])
        return (int(found[1]), found[0]) if found else (0, "")
    votes, words = _votes(text, opening, day)
    if not votes:
        years = Counter(int(one) for one in re.findall(r"(?<!\d)((?:19|20)\d\d)年", text[:OPENING]))
        return (years.most_common(1)[0][0], MOST) if years else (0, "")
    best = votes.most_common(1)[0][0]
    return best, words.get(best, "")


def _votes(
    text: str, opening: str, day: tuple[int, int, int] | None
) -> tuple[Counter[int], dict[int, str]]:
    """Return how much speaks for each year, and the words that do."""
    votes: Counter[int] = Counter()
    words: dict[int, str] = {}
    if day:
        # What is delivered in the last weeks of a year is for the next.
        year = day[0] + (day[1] > 10)
        votes[year] += 6
        words[year] = "the day of delivery"
    if found := P.title_year.search(opening):
        votes[int(found[1] or found[2])] += 5
        words.setdefault(int(found[1] or found[2]), found[0].strip())
    if found := P.session.search(opening):
        met = CONGRESS + 5 * (_number(found[1]) - 8) + _number(found[2]) - 1
        votes[met] += 4
        words.setdefault(met, found[0])
    for row in read_table("years"):
        named: list[int] = []
        for found in re.finditer(row["pattern"], "\n" + text):
            said = int(found[1]) + int(row["add"])
            words.setdefault(said, found[0].strip())
            # The year before is named in any report; of a far aim's it is not.
            if abs(said - day[0]) <= 1 if day else str(said - 1) in text:
                named.append(said)
        if named:
            votes[Counter(named).most_common(1)[0][0]] += int(row["weight"])
    return votes, words
