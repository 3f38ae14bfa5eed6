"""Tells for each place of a text whether it looks back or ahead, and over which years."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from hyreport.draft.facts import Facts, plan_years
from hyreport.draft.segment import Page
from hyreport.draft.vocabulary import patterns_of

__all__ = ["Scene", "Scenes", "read_scenes"]


P = patterns_of("scenes")
NUMERALS = "零一二三四五六七八九"
LONGEST_HEADING, LEAD, OPENING = 42, 40, 1500
GLOSS, AFTER = "a gloss", ("glossary", "annex")


class Scene(NamedTuple):
    """What a stretch of text tells: past, future, glossary, annex; of which years; where it is."""

    start: int
    tells: str
    first: int
    last: int
    section: str
    annex: str

    @property
    def is_span(self) -> bool:
        """Whether it tells of several years."""
        return self.first != self.last


class Scenes:
    """The scenes of a text in order, and the headings of its sections as printed."""

    def __init__(self, scenes: list[Scene], titles: dict[str, str]):
        self._scenes, self.titles = scenes, titles
        self._starts = [scene.start for scene in scenes]

    def at(self, place: int) -> Scene:
        """Return the scene at a place."""
        return self._scenes[max(0, bisect_right(self._starts, place) - 1)]

    def __iter__(self) -> Iterator[Scene]:
        """Go through the scenes in order."""
        return iter(self._scenes)


def count_of(numeral: str) -> int:
    """Return a number below a hundred.

    >>> count_of("十二"), count_of("三"), count_of("二十")
    (12, 3, 20)
    """
    tens, ten, ones = numeral.rpartition("十")
    return 10 * bool(ten) * (NUMERALS.find(tens or "一")) + NUMERALS.find(ones or "零")


def _early(pattern: re.Pattern[str], words: str, reach: int) -> bool:
    """Whether words say something within their first characters."""
    found = pattern.search(words)
    return found is not None and found.start() < reach


class _Reader:
    """Goes through the paragraphs and keeps where it is."""

    def __init__(self, facts: Facts):
        self.facts, self.ahead = facts, facts.target_year
        self.scenes: list[Scene] = []
        self.tells, self.years, self.section = "past", self._one("past"), [0, 0]
        self.has_future = self.locked = False
        self.part = self.passed = self.starts = 0
        self.annex, self.titles = "", {"0": facts.title}
        # Where the heading of the year ahead stands; whether the first part is said to look back.
        self.opens, self.reviewed = 0, False

    def _one(self, tells: str) -> tuple[int, int]:
        year = self.facts.base_year if tells == "past" else self.ahead
        return (year, year)

    def _many(self, words: str, tells: str) -> tuple[int, int]:
        plan = plan_years(words)
        if plan:
            return plan
        length = next((n for n, sign in ((2, "三年"), (3, "四年")) if sign in words), 4)
        base, target = self.facts.base_year, self.ahead
        return (target, target + length) if tells == "future" else (base - length, base)

    def _name(self) -> str:
        return ".".join(str(one) for one in self.section if one) or "0"

    def add(self, start: int) -> None:
        """Note a scene where it differs from the last."""
        # Years that have passed are looked back to, whatever the heading says.
        has_passed = self.tells == "future" and self.years[1] < self.ahead
        tells = "past" if has_passed else self.tells
        scene = Scene(start, tells, *self.years, self._name(), self.annex)
        if not self.scenes or self.scenes[-1][1:5] != scene[1:5]:
            self.scenes.append(scene)

    def heading(self, start: int, words: str) -> None:
        """Read a heading."""
        is_first, is_marked = bool(P.first_rank.match(words)), bool(P.mark.match(words))
        is_over = self.tells in AFTER
        if is_marked:
            self._count(start, words, is_part=is_first and not is_over)
        past, future = self._told(start, words, is_first=is_first, is_marked=is_marked)
        named, many = self._years(words), bool(P.many_heading.search(words))
        if not is_marked and P.glossary_heading.search(words):
            self.tells, self.years = "glossary", self._one("past")
        elif self.has_future and not is_marked and P.annex_heading.search(words):
            has_passed = P.annex_done.search(words) or max(named, default=9999) < self.ahead
            self.tells = "past" if has_passed else "annex"
            self.years, self.annex = self._one(self.tells), (self.annex + words)[-40:]
        elif is_over or not (past or future):
            if self.tells == "future" and is_first:
                self.years = self._one("future")
        elif past and (is_first or not self.has_future):
            self.tells, self.locked = "past", len(set(named)) > 0 and not many
            self.years = self._many(words, "past") if many else self._one("past")
        elif future and (is_first or not is_marked or self.tells == "future"):
            self._turn(words, is_first=is_first)
        if self.tells in AFTER and not is_over:
            self.section = [max(int(name.split(".")[0]) for name in self.titles) + 1, 0]
        if is_marked or self.section[0] > self.part:
            self.titles.setdefault(self._name(), words)
        self.add(start)

    def _count(self, start: int, words: str, *, is_part: bool) -> None:
        """Count a part or what it holds; numbers that begin again after a part go on from it."""
        number = count_of(P.numeral.search(words)[0])
        if not is_part:
            self.section[1] = number
            return
        if number <= self.part and start - self.starts > OPENING:
            self.passed = self.section[0]
        self.starts = start if number == 1 else self.starts
        self.part, self.section = number, [self.passed + number, 0]

    def _turn(self, words: str, *, is_first: bool) -> None:
        """Turn to the year ahead, or to the years of a plan."""
        has_passed, names_year = self.years[1] < self.ahead, self._tells_of_year(words)
        self.tells, self.has_future = "future", True
        self.locked = names_year or (self.locked and not is_first)
        is_plan = P.plan_heading.search(words) and str(self.ahead) not in words
        if is_first or is_plan or has_passed or names_year:
            self.years = self._many(words, "future") if is_plan else self._one("future")

    @staticmethod
    def _years(words: str) -> list[int]:
        return [int(one) for one in P.year.findall(words)]

    def _told(
        self, start: int, words: str, *, is_first: bool, is_marked: bool
    ) -> tuple[bool, bool]:
        """Return whether a heading says that what follows looks back, and ahead."""
        past, future = bool(P.past_heading.search(words)), bool(P.future_heading.search(words))
        named, plan = self._years(words), plan_years(words)
        ahead = self._tells_of_year(words) or P.ahead.search(words) or self._is_ahead(words)
        if named and max(named) <= self.facts.base_year and not plan:
            past, future = past or is_first, False
        elif not is_marked and P.done.search(words):
            future = False
        elif start < self.opens and not self.has_future:
            # A heading further on names the year ahead: until there it is looked back.
            future = future and bool(ahead)
        elif is_first and self.reviewed and not past and not P.problems.search(words):
            future = True
        if is_first and self.part == 1:
            self.reviewed = past and bool(P.review.search(words))
            if not self.has_future and start < OPENING and not ahead:
                return True, False
        future = future or (is_first and not past and str(self.ahead) in words)
        if is_first and plan:
            # A plan that has ended is looked back to, one to come ahead.
            past = past or plan[1] <= self.facts.base_year
            future = (future or self._is_ahead(words)) and plan[1] > self.facts.base_year
        return past, future

    def paragraph(self, start: int, words: str) -> None:
        """Read how each sentence of a paragraph begins."""
        place, is_gloss = start, self.tells == "glossary"
        lists_tasks = is_gloss and P.gloss_of_tasks.match(words)
        for number, sentence in enumerate(words.split("。")):
            if is_gloss:
                self.gloss(place, is_aim=bool(lists_tasks) or self._is_aim(sentence))
            else:
                self.sentence(place, sentence, is_first=number == 0)
            place += len(sentence) + 1

    def gloss(self, start: int, *, is_aim: bool) -> None:
        """Read a sentence of a gloss; only one that sets aims holds targets."""
        if is_aim:
            self.tells, self.years, self.annex = "annex", self._one("future"), GLOSS
        self.add(start)
        self.tells, self.years = "glossary", self._one("past")

    def _is_aim(self, sentence: str) -> bool:
        """Whether a sentence of a gloss says what is aimed at."""
        years = [int(one) for one in P.gloss_year.findall(sentence)]
        is_ahead = max(years, default=0) >= self.ahead
        return is_ahead or bool(P.gloss_of_aim.search(sentence))

    def sentence(self, start: int, words: str, *, is_first: bool) -> None:
        """Read how a sentence begins; the first of a paragraph may be led up to."""
        lead = words[:LEAD].lstrip("-—").removeprefix("各位代表").lstrip(",:!、\n")
        far, near = (24, 16) if is_first else (8, 2)
        years = self._opens(words, lead, is_first=is_first) if self.tells == "past" else None
        if years:
            self.tells, self.has_future, self.locked, self.years = "future", True, False, years
        elif self.locked:
            return
        elif self.tells == "past":
            named = set(self._years(lead[: max(near, 6)]))
            is_base = lead.startswith(f"{self.facts.base_year}年")
            if not is_base and _early(P.past_many, lead, far):
                self.years = self._many(lead, "past")
            # Another year is one that the sentence names, not what the section tells of.
            elif _early(P.past_one, lead, near) and named <= {self.facts.base_year}:
                self.years = self._one("past")
        elif _early(P.plan_one, lead, near) and self._names_target(lead):
            self.years = self._one("future")
        elif _early(P.plan_many, lead, far):
            self.years = self._many(lead, "future")
        self.add(start)

    def _opens(self, words: str, lead: str, *, is_first: bool) -> tuple[int, int] | None:
        """Return the years ahead to which a sentence turns from the past, if it does."""
        if found := P.turn.search(words[:120]):
            named = self._years(found[0])
            # What is delivered before the year begins says 今年 of the year it looks back to.
            early = self.facts.delivered.startswith(str(self.facts.base_year))
            if self.ahead in named or (not named and not early):
                return self._one("future")
        is_ahead = P.ahead.match(lead) or self._is_ahead(lead[:12])
        return self._many(lead, "future") if is_first and is_ahead else None

    def _is_ahead(self, words: str) -> bool:
        """Whether words name a plan whose years have not begun."""
        plan = plan_years(words)
        return plan is not None and plan[0] >= self.ahead

    def _tells_of_year(self, words: str) -> bool:
        """Whether a heading names the year of the targets."""
        return str(self.ahead) in words or "今年" in words

    def _names_target(self, lead: str) -> bool:
        years = P.year.findall(lead[:16])
        return not years or str(self.ahead) in years


def read_scenes(page: Page, facts: Facts) -> Scenes:
    """Return the scenes of a text.

    Parameters
    ----------
    page : Page
        The text.
    facts : Facts
        Its years.

    Returns
    -------
    Scenes
    """
    reader, text, start = _Reader(facts), page.text, 0
    year = f"(?m)^[^\n。;,]{{0,6}}(?:{facts.target_year}年|今年)[^\n。;,]{{0,24}}$"
    for found in re.finditer(year, text):
        if P.future_heading.search(found[0]) and not P.past_heading.search(found[0]):
            reader.opens = found.start()
            break
    reader.add(0)
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        first = P.heading_end.search(text, start, min(end, start + LONGEST_HEADING) + 1)
        words = text[start : first.start() if first else start + LONGEST_HEADING].strip("-—#* ")
        is_short = (
            first is not None and end - start <= LONGEST_HEADING and not re.search("[。;,]", words)
        )
        if facts.is_communique:
            pass
        elif P.mark.match(words) or (
            is_short and not (reader.tells == "glossary" and ":" in words)
        ):
            reader.heading(start, words)
            last = first.end() if first else end
            reader.paragraph(last, text[last:end])
        else:
            reader.paragraph(start, text[start:end])
        start = end + 1
    return Scenes(reader.scenes, reader.titles)
