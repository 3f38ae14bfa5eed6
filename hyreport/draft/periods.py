"""Tells which year or years each figure is of."""

from hyreport.draft.facts import Facts, plan_years
from hyreport.draft.rows import Row
from hyreport.draft.scenes import Scene
from hyreport.draft.vocabulary import patterns_of

__all__ = ["Periods"]


P = patterns_of("periods")
NUMERALS = {sign: number for number, sign in enumerate("零一二三四五六七八九十")} | {"两": 2}


class Periods:
    """Reads the periods of a text's figures in their order.

    Parameters
    ----------
    facts : Facts
        The years of the report.
    """

    def __init__(self, facts: Facts):
        self.facts = facts
        self._from, self._paragraph = 0, -1

    def read(self, row: Row, words: str, clause: str, scene: Scene, paragraph: int) -> str:
        """Return the period of a figure: a year, or two with a stroke between.

        Parameters
        ----------
        row : Row
            The figure.
        words, clause : str
            What stands before it since the last full stop or semicolon, and in its clause.
        scene : Scene
            What the section tells.
        paragraph : int
            Where its paragraph begins.
        """
        if paragraph != self._paragraph:
            self._from, self._paragraph = 0, paragraph
        if found := P.from_year.search(clause):
            self._from = int(found[1])
        told = self._told(words, clause, scene)
        if told:
            row.tell("period", "a year named in the sentence", "explicit year")
        first, last = told or (scene.first, scene.last)
        if row.measure == "growth" and not row.part and (own := P.from_own.search(clause)):
            return own[1]
        if (since := self._pair(row, words, clause)) and since < last - 1:
            return span(since, last)
        return self._say(row, (first, last), clause, scene)

    def _pair(self, row: Row, words: str, clause: str) -> int:
        """Return the year that growth is against: 由2015年的3亿元到2020年的5亿元,增长67%."""
        found = P.from_year.search(words)
        is_growth = row.measure == "growth" and not row.part
        # 到2020年增长4% is growth of that year itself.
        is_own = any(one.search(clause) for one in (P.average, P.summed, P.pair_to))
        if not found or not is_growth or is_own:
            return 0
        return int(found[1]) if P.pair_to.search(words, found.end()) else 0

    def _told(self, words: str, clause: str, scene: Scene) -> tuple[int, int] | None:
        """Return the years that the sentence names for a figure, if any."""
        spans = list(P.span.finditer(words))
        years = [one for one in P.at.finditer(words) if "基础上" not in words[one.end() :]]
        if spans and (not years or years[-1].start() <= spans[-1].end()):
            return int(spans[-1][1]), int(spans[-1][2])
        if years:
            return int(years[-1][1]), int(years[-1][1])
        if scene.tells == "future" and scene.is_span and P.this_year.search(words):
            return self.facts.target_year, self.facts.target_year
        if P.last_year.search(clause) and self.facts.target_year:
            return self.facts.base_year, self.facts.base_year
        plan = None if P.of_plan.search(clause) else plan_years(clause)
        if plan and "末" in clause:
            return plan[1], plan[1]
        return plan if plan != (scene.first, scene.last) else None

    def _say(self, row: Row, years: tuple[int, int], clause: str, scene: Scene) -> str:
        first, last = years
        if P.average.search(clause):
            row.basis = "annual_average"
            return self._average(years, scene)
        if row.part in ("from", "to"):
            row.tell("period", "由X到Y: each its own year", f"{row.part} year")
            return str(last if row.part == "to" else self._from_year(row, years, clause, scene))
        for pattern, more in ((P.running, 1), (P.since, 1), (P.ago, 0)):
            if found := pattern.search(clause):
                return span(last - _number(found[1]) + more, last)
        is_growth = row.measure == "growth" or row.is_points
        if is_growth and (base := P.base.search(clause)):
            return span(int(base[1]) if int(base[1]) < last - 1 else last, last)
        if first == last or P.of_plan.search(clause):
            return span(first, last)
        return self._over(row, years, clause, scene)

    def _over(self, row: Row, years: tuple[int, int], clause: str, scene: Scene) -> str:
        """Return the period of a figure in a part that tells of several years."""
        first, last = years
        is_growth = row.measure == "growth" or row.is_points
        before = row.sentence[: row.ahead_of]
        of_year = P.of_year.search(before)
        # The year is said once, for the growth of all that a sentence lists.
        is_told = is_growth and (of_year or P.estimate.search(before))
        is_said = is_told and not P.over_years.search(before.rpartition(";")[2])
        if scene.tells == "past" and is_growth and not (is_said or P.summed.search(clause)):
            row.tell("period", "growth over the years told of, against the one before", "over span")
            return span(first - 1, last)
        if scene.tells == "past" and (of_year or is_said):
            return str(self.facts.base_year)
        if scene.tells == "future":
            rises = row.measure == "growth" and not row.is_negative
            if rises and not P.over_years.search(row.sentence):
                row.tell("period", "growth of no stated years: of the coming one", "growth of year")
                return str(self.facts.target_year)
            if P.each_year.search(clause):
                return str(max(first, self.facts.target_year))
        if is_end_level(row, clause) and not P.each_year.search(clause):
            row.tell("period", "a level, at the end of the years told of", "end of span")
            return str(last)
        row.tell("period", "a sum, a count or a rate over the years told of", "over span")
        return span(first, last)

    def _average(self, years: tuple[int, int], scene: Scene) -> str:
        """Return the years of an average: those told of, or five where only one is named."""
        first, last = years
        if first == last and scene.is_span:
            return span(scene.first, scene.last)
        if first == last and self._from and self._from < last:
            return span(self._from + 1, last)
        if first == last:
            return span(last, last + 4) if scene.tells == "future" else span(last - 4, last)
        return span(first, last)

    def _from_year(self, row: Row, years: tuple[int, int], clause: str, scene: Scene) -> int:
        """Return the year of the level that a change starts from."""
        first, last = years
        if plan_years(clause) and "末" in clause:
            return last
        if self._from:
            return self._from
        # 由X到Y,年均增长: over five years, even in the review of one.
        averages = "年均" in row.sentence[row.ahead_of :]
        is_long = first == last and averages and scene.tells == "past"
        return first - 5 if is_long else first - 1


def _number(words: str) -> int:
    return NUMERALS.get(words) or int(words)


def span(first: int, last: int) -> str:
    """Return a period.

    >>> span(2016, 2020), span(2020, 2020)
    ('2016/2020', '2020')
    """
    return f"{first}/{last}" if first != last else str(first)


def is_end_level(row: Row, clause: str) -> bool:
    """Whether a number in a section on several years is a level at their end."""
    # 是“十一五”末的2.1倍 sets a level against one of an earlier year.
    if row.part == "ratio" or P.compared.match(row.sentence[row.ahead_of + len(row.number) :]):
        return True
    if row.measure in ("change", "growth") or P.total.search(clause) or P.kept.search(clause):
        return False
    if row.unit in ("年", "届", "次"):
        return False
    is_level = bool(P.level.search(row.base)) and not row.verb
    return row.is_percent or is_level or bool(P.reached.search(clause) or P.now.search(clause))
