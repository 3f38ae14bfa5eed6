"""Says whether an answer is right, wrong or missing, and why.

Nothing here knows a task: those stand with the study of a report. No verdict ever prints the
solution.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from html import escape

from hyreport.numbers.rounding import Computed
from hyreport.teach.reading import (
    COUNT,
    MONEY,
    PERCENT,
    POINTS,
    YEAR,
    Unreadable,
    plain_word,
    read_number,
)
from hyreport.words.phrases import speak

__all__ = ["ASKED_UNITS", "Choice", "Number", "Verdict"]


# A task may ask for money in another size: what it asks for, in 100 million yuan.
ASKED = {"billion yuan": (MONEY, 10)}
ASKED_UNITS = (PERCENT, POINTS, MONEY, COUNT, YEAR, *ASKED)
SLIPS = (
    10,
    100,
    1000,
    10_000,
    1_000_000,
    100_000_000,
    1_000_000_000,
)  # powers of ten by which units are mistaken
NEAR = Decimal("0.02")
VERY_NEAR = "Very near: keep all digits on the way and round only at the end."


@dataclass(frozen=True, repr=False)
class Verdict:
    """What a check says: right, wrong or open, and why. It shows as a line in JupyterLab.

    `task` is the kind of task, number or choice.
    """

    state: str
    words: str
    task: str = ""

    @property
    def right(self) -> bool:
        """True for a right answer alone."""
        return self.state == "right"

    def __repr__(self) -> str:
        """Return the words alone."""
        return speak(self.words)

    def _repr_html_(self) -> str:
        kinds = " ".join(filter(None, ["verdict", self.state, self.task]))
        return f'<p class="{kinds}">{escape(speak(self.words))}</p>'


@dataclass(frozen=True)
class Number:
    """A task whose answer is a number.

    Attributes
    ----------
    expected : Computed
        From the tables; any number inside its interval is right.
    mistakes : dict
        Hint: the number, as Computed, that this mistake leads to.
    hint : str
        For every other wrong answer, and for whoever asks.
    because : str
        What a right answer shows.
    sign_is_said : bool
        True where the task puts the sign into words ("by how much lower").
    below, above : str
        What is said of an answer close by, on that side.
    working : str
        The arithmetic in printed digits, for the instructor's table alone.
    """

    expected: Computed
    hint: str
    because: str = ""
    mistakes: Mapping[str, Computed] = field(default_factory=dict)
    sign_is_said: bool = False
    below: str = VERY_NEAR
    above: str = VERY_NEAR
    working: str = ""

    @property
    def wanted(self) -> str:
        """What to type, in words."""
        return f"a number in {self.expected.unit}"

    def judge(self, answer: object) -> Verdict:
        """Say whether an answer is right, and if not why."""
        kind, size = ASKED.get(self.expected.unit, (self.expected.unit, 1))
        try:
            typed = read_number(answer, self.expected.unit)
        except Unreadable as error:
            return Verdict("wrong", f"Not yet. {error.fix}")
        if typed.kind and typed.kind != kind:
            return Verdict("wrong", f"Not yet. {self._say_unit(typed.kind)}")
        value = typed.value / (size if typed.kind else 1)
        value = abs(value) if self.sign_is_said else value
        if _inside(value, self.expected) or _rounds_to(value, self.expected, places=1):
            return Verdict("right", f"Right. {self.because}".strip())
        return Verdict("wrong", f"Not yet. {self._explain(value)}")

    def _say_unit(self, kind: str) -> str:
        words = f"You typed a number in {kind}; the task asks for {self.expected.unit}."
        if {kind, self.expected.unit} == {PERCENT, POINTS}:
            words += (
                " A difference of two percentages is in points, a part or a growth in percent: "
                "two units, even where the digits agree."
            )
        return words

    def _explain(self, value: Decimal) -> str:
        right, unit = self.expected, self.expected.unit
        if hint := self._find_mistake(value, _inside):
            return hint
        if _rounds_to(value, right, digits=1):
            return "Rounded too far: give one more digit."
        if hint := self._find_mistake(value, _rounds_to):
            return hint
        if _inside(-value, right) or _rounds_to(-value, right, places=1):
            return "The size is right, the sign is not: which of the two is larger?"
        if unit == PERCENT and _inside(value * 100, right):
            return "Is that a fraction? Percent runs from zero to a hundred here."
        if any(_inside(value * slip, right) or _inside(value / slip, right) for slip in SLIPS):
            return f"The digits are right, their size is not: look at the unit, {unit}."
        if unit not in (COUNT, YEAR) and abs(value - right.value) < NEAR * abs(right.value):
            return self.above if value > right.value else self.below
        return self.hint

    def _find_mistake(self, value: Decimal, fits: Callable[[Decimal, Computed], bool]) -> str:
        """Return the hint for the mistake that comes closest, of those that fit."""
        hints = [hint for hint, wrong in self.mistakes.items() if fits(value, wrong)]
        return min(hints, key=lambda hint: abs(value - self.mistakes[hint].value), default="")


@dataclass(frozen=True)
class Choice:
    """A task whose answer is one of several words.

    Attributes
    ----------
    expected : str
        The option that is right.
    options : dict
        Option: the further ways to write it.
    hints : dict
        Wrong option: why it is wrong.
    because : str
        What a right answer shows.
    hint : str
        For whoever asks.
    wanted : str
        What to type, in words.
    """

    expected: str
    options: Mapping[str, tuple[str, ...]]
    hints: Mapping[str, str]
    because: str = ""
    hint: str = ""
    wanted: str = "one of the words that the task lists"

    def judge(self, answer: object) -> Verdict:
        """Say whether an answer is right, and if not why."""
        typed = plain_word(answer)
        for option, others in self.options.items():
            if typed in map(plain_word, (option, *others)):
                if option == self.expected:
                    return Verdict("right", f"Right. {self.because}".strip())
                return Verdict("wrong", f"Not yet. {self.hints[option]}")
        return Verdict("wrong", f"Not yet. Type {self.wanted}.")


def _inside(value: Decimal, expected: Computed) -> bool:
    low, high = expected.low, expected.high
    return low is not None and high is not None and low <= value <= high


def _rounds_to(value: Decimal, number: Computed, *, digits: int = 2, places: int = 0) -> bool:
    """Say whether a number, rounded as coarsely as the typed one, is the typed one."""
    _, typed, exponent = value.as_tuple()
    enough = isinstance(exponent, int) and len(typed) >= digits and -exponent >= places
    return enough and number.value.quantize(value) == value
