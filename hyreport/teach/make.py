"""A task of a study for one report: what is right and wrong computed, its words filled.

Both are formulas over the report's figures, so they follow the tables: nothing right is typed.
"""

import operator
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from importlib import import_module
from itertools import compress
from typing import Any

from hyreport.data.formulas import evaluate, list_names
from hyreport.data.report import Report
from hyreport.errors import HyreportError, nearest
from hyreport.numbers.computed import Computed
from hyreport.teach.answers import Choice, Number
from hyreport.teach.tasks import TypedTask

__all__ = ["make_task"]


# Keys of words alone, handed on with their placeholders filled.
WORDS = ("hint", "because", "working", "below", "above", "options", "hints", "wanted")
# A figure by its id, or a word: a short name, a column of its figure, or something counted.
WORD = re.compile(r"\[[^]]*\]|\{[^}]*\}|(?<![\w.])[^\W\d]\w*(?:\.\w+)?")
PLACEHOLDER = re.compile(r"\{([^{}:]*)(?::([^{}]*))?\}")
RELATION = re.compile("(<=|>=|<|>)")
RELATIONS = {"<=": operator.le, ">=": operator.ge, "<": operator.lt, ">": operator.gt}


def make_task(typed: TypedTask, report: Report) -> Number | Choice:
    """Compute what is right and what each mistake leads to, and fill the words.

    Parameters
    ----------
    typed : TypedTask
        As `read_parts` gives it.
    report : Report
        Whose figures its formulas name.

    Raises
    ------
    HyreportError
        For a formula or placeholder that cannot be computed, and an option without a hint.

    Examples
    --------
    >>> from hyreport.teach.tasks import read_parts
    >>> typed = read_parts("hengyang-2018")["two"]["local_revenue"]
    >>> make_task(typed, Report("hengyang-2018")).working
    '252.01 × 28.4 / 44.1'
    """
    make = _make_number if typed.keys["kind"] == "number" else _make_choice
    words = {key: typed.keys[key] for key in WORDS if key in typed.keys}
    try:
        names = Names(report, typed.names)
        return make(typed.keys, names, {key: names.fill(value) for key, value in words.items()})
    except HyreportError as error:
        found = f"{error.found} in {error.place}"
        raise HyreportError(typed.place, found, error.expected, error.fix) from None


def _make_number(keys: Mapping[str, Any], names: "Names", words: dict[str, Any]) -> Number:
    unit = keys["unit"]
    right = names.compute(keys["right"], unit=unit, decimals=keys.get("decimals"))
    mistakes: dict[str, Computed] = {}
    for mistake in keys["mistakes"]:
        says, decimals = names.fill(mistake["says"]), mistake.get("decimals")
        if says in mistakes:
            raise HyreportError("mistakes", f"{says!r} twice", "words of its own for each")
        mistakes[says] = names.compute(mistake["formula"], unit=unit, decimals=decimals)
    sign_is_said = keys.get("sign_is_said", False)
    return Number(right, mistakes=mistakes, sign_is_said=sign_is_said, **words)


def _make_choice(keys: Mapping[str, Any], names: "Names", words: dict[str, Any]) -> Choice:
    right, options, hints = keys["right"], words["options"], words["hints"]
    cases = [{"option": right}] if isinstance(right, str) else right
    named = [names.fill(case["option"]) for case in cases]
    for option in [*named, *hints]:
        if option not in options:
            raise HyreportError("right and hints", repr(option), f"one of {', '.join(options)}")
    holds = ("when" not in case or names.holds(case["when"]) for case in cases)
    expected = next(compress(named, holds), None)
    if expected is None:
        raise HyreportError("right", "no case that holds", "one without `when` at the end")
    for option in options:
        if option not in (expected, *hints):
            raise HyreportError("hints", f"none for {option!r}", "one for each wrong option")
    return Choice(expected, **words)


@dataclass(frozen=True)
class Names:
    """What formulas and words may name: figures by short names, and what a study counts."""

    report: Report
    names: Mapping[str, str]

    def compute(self, formula: str, *, unit: str, decimals: int | None = None) -> Computed:
        """Compute a formula over short names."""
        spelled = WORD.sub(lambda found: self._spell(found[0]), formula)
        number = evaluate(spelled, self.report.number, unit=unit, decimals=decimals)
        if None in number.unrounded:
            raise HyreportError(
                formula, "an open end", "both ends", "write stated(name) or its end"
            )
        return replace(number, unit=unit)

    def holds(self, condition: str) -> bool:
        """Say whether `a < b <= c` holds wherever rounding lets the numbers lie."""
        parts = RELATION.split(condition)
        if len(parts) < 3:
            raise HyreportError(f"when = {condition!r}", "no < or >", "formulas with one between")
        for left, relation, right in zip(parts[::2], parts[1::2], parts[2::2], strict=False):
            _, *ends = self._exact(f"({left}) - ({right})")
            if not all(RELATIONS[relation](end, 0) for end in ends):
                return False
        return True

    def fill(self, words: Any) -> Any:
        """Fill the placeholders of words, of lists and of tables of words."""
        if isinstance(words, dict):
            return {self.fill(word): self.fill(rest) for word, rest in words.items()}
        if isinstance(words, list):
            return tuple(self.fill(word) for word in words)
        return PLACEHOLDER.sub(self._show, words)

    def _exact(self, formula: str) -> list[Fraction]:
        """Return value and ends of a formula as they are before rounding."""
        return [end for end in self.compute(formula, unit="").unrounded if end is not None]

    def _show(self, found: re.Match) -> str:
        name, _, column = found[1].partition(".")
        if name in self.names and column.isidentifier():
            value = self._read_column(name, column)
        else:
            exact, *_ = self._exact(found[1])
            value = Decimal(exact.numerator) / exact.denominator
        try:
            return format(value, found[2] or "")
        except ValueError as error:
            raise HyreportError(found[0], str(error), "a format such as :.2f") from None

    def _spell(self, word: str) -> str:
        name, _, column = word.partition(".")
        if word[0] in "[{" or word == "stated":
            return word
        if name not in self.names:
            return str(self._count(name))
        return f"({self._read_column(name, column)})" if column else self.names[name]

    def _read_column(self, name: str, column: str) -> Any:
        (figure_id,) = list_names(self.names[name])
        value = getattr(self.report.number(figure_id), column, None)
        if value is None:
            raise HyreportError(f"{name}.{column}", "nothing", f"a filled column of {figure_id}")
        return value

    def _count(self, word: str) -> int:
        study = import_module(f"hyreport.studies.{self.report.id.replace('-', '_')}.tasks")
        own = getattr(study, "__all__", [])
        if word not in own:
            fix = nearest(word, [*self.names, *own])
            raise HyreportError("a formula", f"the word {word}", "a short name", fix)
        return getattr(study, word)(self.report)
