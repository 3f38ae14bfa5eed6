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
        return self._say(row, (first, last), clause, scene)

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
            if first == last and scene.is_span:
                first, last = scene.first, scene.last
            elif first == last and self._from and self._from < last:
                first = self._from + 1
            elif first == last:
                first, last = self._term(last, scene)
            return span(first, last)
        if row.part in ("from", "to"):
            row.tell("period", "由X到Y: each its own year", f"{row.part} year")
            if row.part == "to":
                return str(last)
            if plan_years(clause) and "末" in clause:
                return str(last)
            if self._from:
                return str(self._from)
            # 由X到Y,年均增长: over five years, even in the review of one.
            averages = "年均" in row.sentence[row.ahead_of :]
            is_long = first == last and averages and scene.tells == "past"
            return str(first - 5 if is_long else first - 1)
        if found := P.running.search(clause):
            return span(last - _number(found[1]) + 1, last)
        if since := P.since.search(clause):
            return span(last - _number(since[1]) + 1, last)
        if ago := P.ago.search(clause):
            return span(last - _number(ago[1]), last)
        if (base := P.base.search(clause)) and (row.measure == "growth" or row.is_points):
            return span(int(base[1]) if int(base[1]) < last - 1 else last, last)
        if first == last:
            return str(first)
        if P.of_plan.search(clause):
            return span(first, last)
        if (
            scene.tells == "past"
            and (row.measure == "growth" or row.is_points)
            and not P.summed.search(clause)
        ):
            row.tell("period", "growth over the years told of, against the one before", "over span")
            return span(first - 1, last)
        if scene.tells == "past" and P.of_year.search(row.sentence[: row.ahead_of]):
            row.tell("period", "against the year before: the year looked back to", "of year")
            return str(self.facts.base_year)
        rises = row.measure == "growth" and not row.is_negative and scene.tells == "future"
        if rises and not P.over_years.search(row.sentence):
            row.tell("period", "growth of no stated years: of the coming one", "growth of year")
            return str(self.facts.target_year)
        if scene.tells == "future" and P.each_year.search(clause):
            return str(max(first, self.facts.target_year))
        if is_end_level(row, clause) and not P.each_year.search(clause):
            row.tell("period", "a level, at the end of the years told of", "end of span")
            return str(last)
        row.tell("period", "a sum, a count or a rate over the years told of", "over span")
        return span(first, last)

    def _term(self, year: int, scene: Scene) -> tuple[int, int]:
        """Return the five years that an average without years is probably of."""
        return (year, year + 4) if scene.tells == "future" else (year - 4, year)


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
    if row.part == "ratio":
        return True
    if row.measure in ("change", "growth") or P.total.search(clause) or P.kept.search(clause):
        return False
    if row.unit in ("年", "届", "次"):
        return False
    is_level = bool(P.level.search(row.base)) and not row.verb
    return row.is_percent or is_level or bool(P.reached.search(clause) or P.now.search(clause))
