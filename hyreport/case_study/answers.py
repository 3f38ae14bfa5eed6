"""Reads an answer as students type it and says whether it is right, wrong or missing, and why.

Nothing here knows a task of the case study; those stand in exercises.py. No verdict ever prints
the solution.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from html import escape
from numbers import Rational, Real
from typing import NamedTuple

from hyreport.errors import HyreportError
from hyreport.rounding import Computed

PERCENT, POINTS, MONEY = "percent", "percentage points", "100 million yuan"
# What may stand after a number: the kind of unit, and its size in the unit of the tasks.
UNITS = {
    "%": (PERCENT, 1),
    "percent": (PERCENT, 1),
    "per cent": (PERCENT, 1),
    "pct": (PERCENT, 1),
    "pp": (POINTS, 1),
    "point": (POINTS, 1),
    "points": (POINTS, 1),
    "percentage point": (POINTS, 1),
    "percentage points": (POINTS, 1),
    "个百分点": (POINTS, 1),
    "百分点": (POINTS, 1),
    "万亿元": (MONEY, Decimal("1e4")),
    "亿元": (MONEY, 1),
    "亿": (MONEY, 1),
    "万元": (MONEY, Decimal("1e-4")),
    "元": (MONEY, Decimal("1e-8")),
    "yuan": (MONEY, Decimal("1e-8")),
    "trillion": (MONEY, Decimal("1e4")),
    "billion": (MONEY, 10),
    "bn": (MONEY, 10),
    "million": (MONEY, Decimal("1e-2")),
    "thousand": (MONEY, Decimal("1e-5")),
}
CURRENCY = re.compile(r"\b(?:yuan|cny|rmb|renminbi)\b|人民币|¥")
HUNDRED_MILLION = re.compile(r"[×x*]?\s*\b(?:100 million|hundred million|1e8|10\^8)\b")
ABOUT = re.compile(r"\b(?:about|around|approximately|approx\.?|circa|ca\.)(?!\w)|[≈~=约]|大约")
FALL = re.compile(r"\b(?:minus|a fall of|fell by)\b|负|下降|减少")
NUMBER = re.compile(
    r"(?P<sign>[-+])?\s*"
    r"(?P<digits>"
    r"[1-9]\d{0,2}(?P<mark>[,. '_])\d{3}(?:(?P=mark)\d{3})*(?!\d)(?:(?!(?P=mark))[.,]\d+)"
    r"|[1-9]\d{0,2}(?:[, '_]\d{3})+(?![\d.,]\d)|\d+(?:[.,]\d+)?|[.,]\d+)(?P<power>e[-+]?\d+)?"
)
MINUS = str.maketrans(dict.fromkeys("−–—\u2012", "-"))
# A task may ask for money in another size: what it asks for, in 100 million yuan.
ASKED = {"billion yuan": (MONEY, 10)}
SLIPS = (10, 100, 1000, 10_000, 100_000_000)  # powers of ten by which units are mistaken
NEAR = Decimal("0.02")


class Unreadable(HyreportError, ValueError):
    """An answer that is no number, or more than one, or has a unit that is none of the known."""


class Typed(NamedTuple):
    """A number as typed, in the task's size of its unit, and the kind of unit typed with it."""

    value: Decimal
    kind: str


@dataclass(frozen=True, repr=False)
class Verdict:
    """What a check says: right, wrong or open, and why. It shows as a line in JupyterLab."""

    state: str
    words: str

    @property
    def right(self) -> bool:
        """True for a right answer alone."""
        return self.state == "right"

    def __repr__(self) -> str:
        return self.words

    def _repr_html_(self) -> str:
        return f'<p class="verdict {self.state}">{escape(self.words)}</p>'


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
        For every other wrong answer.
    because : str
        What a right answer shows.
    sign_is_said : bool
        True where the task puts the sign into words ("by how much lower").
    """

    expected: Computed
    hint: str
    because: str = ""
    mistakes: Mapping[str, Computed] = field(default_factory=dict)
    sign_is_said: bool = False

    @property
    def wanted(self) -> str:
        """What to type, in words."""
        return f"a number in {self.expected.unit}"

    def judge(self, answer) -> Verdict:
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
        if _inside(value, self.expected):
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
        for hint, wrong in self.mistakes.items():
            if _inside(value, wrong) or _rounds_to(value, wrong):
                return hint
        if _inside(-value, right):
            return "The size is right, the sign is not: which of the two is larger?"
        if unit == PERCENT and _inside(value * 100, right):
            return "Is that a fraction? Percent runs from zero to a hundred here."
        if any(_inside(value * slip, right) or _inside(value / slip, right) for slip in SLIPS):
            return f"The digits are right, their size is not: look at the unit, {unit}."
        if _rounds_to(value, right, digits=1):
            return "Rounded too far: give one more digit."
        if right.value and abs(value / right.value - 1) < NEAR:
            return "Very near: keep all digits on the way and round only at the end."
        return self.hint


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
    """

    expected: str
    options: Mapping[str, tuple[str, ...]]
    hints: Mapping[str, str]
    because: str = ""

    wanted = "one of the words that the task lists"

    def judge(self, answer) -> Verdict:
        """Say whether an answer is right, and if not why."""
        typed = _plain(answer)
        for option, others in self.options.items():
            if typed in map(_plain, (option, *others)):
                if option == self.expected:
                    return Verdict("right", f"Right. {self.because}".strip())
                return Verdict("wrong", f"Not yet. {self.hints[option]}")
        return Verdict("wrong", f"Not yet. Type {self.wanted}.")


def is_missing(answer) -> bool:
    """Say whether nothing was answered.

    >>> [is_missing(answer) for answer in (None, "  ", ..., 0)]
    [True, True, True, False]
    """
    return answer is None or answer is ... or (isinstance(answer, str) and not answer.strip())


def read_number(answer, unit: str = "") -> Typed:
    """Read a number in the ways students type one.

    Parameters
    ----------
    answer : str, number, Computed or Figure
        Text may hold full-width digits, any minus sign, spaces, thousands separators, a decimal
        comma and a unit: `"162,3"`, `"1.62e2"`, `"16.23 billion yuan"`, `"１６２．３亿元"`.

    Returns
    -------
    Typed
        Money in 100 million yuan (亿元) where a unit was typed; the kind is "" where none was.

    Raises
    ------
    Unreadable
        With the fix in words a student can use.

    Examples
    --------
    >>> read_number("16.23 billion yuan")
    Typed(value=Decimal('162.30'), kind='100 million yuan')
    >>> read_number("−20,6 %").value
    Decimal('-20.6')
    """
    own_unit = getattr(answer, "unit", "")
    if not isinstance(answer, Real | Decimal | str):
        answer = getattr(answer, "value", answer)
        answer = answer.item() if getattr(answer, "size", 0) == 1 else answer
    if isinstance(answer, bool) or not isinstance(answer, Real | Decimal | str):
        raise _unreadable(answer, "Type one number.")
    if isinstance(answer, str):
        return _read_text(answer.replace(unit, "") if unit not in UNITS else answer)
    if isinstance(answer, Rational) and not isinstance(answer, int):
        answer = float(answer)
    value = Decimal(str(answer))
    if not value.is_finite():
        raise _unreadable(answer, "Type one number; this one is not finite.")
    return Typed(value, own_unit if own_unit in (PERCENT, POINTS, MONEY) else "")


def _read_text(answer: str) -> Typed:
    text = unicodedata.normalize("NFKC", answer).lower().translate(MINUS)
    text = HUNDRED_MILLION.sub("亿", ABOUT.sub(" ", text))
    falls = bool(FALL.search(text))
    text = FALL.sub(" ", text).strip().rstrip(" .。;")
    found = NUMBER.search(text)
    if not found:
        raise _unreadable(answer, "I find no number in it: type digits.")
    before, after = text[: found.start()], text[found.end() :]
    if re.search(r"\d", after):
        raise _unreadable(answer, "I find more than one number: type one.")
    kind, size = _read_unit(CURRENCY.sub(" ", before).strip(), after, answer)
    value = _read_digits(found["digits"], found["mark"], found["power"] or "")
    negative = falls or found["sign"] == "-"
    return Typed((-value if negative else value) * size, kind)


def _read_digits(digits: str, mark: str | None, power: str) -> Decimal:
    """Take the mark of thousands out; the other of point and comma is the decimal one."""
    if mark is None and re.fullmatch(r"[1-9]\d{0,2}(?:[, '_]\d{3})+", digits):
        mark = digits[-4]
    if mark:
        digits = digits.replace(mark, "")
    return Decimal(digits.replace(",", ".") + power)


def _read_unit(before: str, after: str, answer: str) -> tuple[str, Decimal | int]:
    words = re.sub(r"(?<=[\u3400-\u9fff]) (?=[\u3400-\u9fff])", "", " ".join(after.split()))
    if before:
        raise _unreadable(answer, f"I read the number, but not {before!r} before it.")
    if words in UNITS:
        return UNITS[words]
    scale = " ".join(CURRENCY.sub(" ", words).split())
    if not scale:
        return ("", 1) if not words else UNITS["yuan"]
    if scale in UNITS:
        return UNITS[scale]
    raise _unreadable(answer, f"I read the number, but not the unit {words!r}.")


def _unreadable(answer, fix: str) -> Unreadable:
    return Unreadable("the answer", repr(answer), "one number", fix)


def _inside(value: Decimal, expected: Computed) -> bool:
    return expected.low <= value <= expected.high


def _rounds_to(value: Decimal, number: Computed, digits: int = 2) -> bool:
    """Say whether a number, rounded as coarsely as the typed one, is the typed one."""
    coarse = Decimal(1).scaleb(value.as_tuple().exponent)
    enough = len(value.as_tuple().digits) >= digits
    return enough and number.value.quantize(coarse) == value


def _plain(answer) -> str:
    """Write a word so that case, width, spaces and quotes do not matter."""
    text = unicodedata.normalize("NFKC", str(answer)).lower().replace("_", " ")
    return " ".join(text.strip(" .。\"'“”‘’").split())
