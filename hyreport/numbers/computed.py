"""A number computed from printed figures, and how it and its interval are rounded and worded."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal
from fractions import Fraction
from typing import Any, Protocol

from hyreport.errors import IntervalError
from hyreport.numbers.operators import Interval
from hyreport.numbers.units import conversion_factor, name_unit
from hyreport.numbers.writing import plain, read_number, say_interval, say_number
from hyreport.words.phrases import speak

__all__ = [
    "ENDS",
    "UNROUNDED",
    "Computed",
    "PrintedQuantity",
    "Quantity",
    "as_float",
    "digits_before",
    "read_decimal",
    "round_outwards",
    "round_to",
]


ENDS = ("value", "low", "high")
OUTWARDS = (ROUND_HALF_EVEN, ROUND_FLOOR, ROUND_CEILING)
# How the number shown can come from the exact one; a bound shows the end as its value.
WAYS = (OUTWARDS, (ROUND_FLOOR,), (ROUND_CEILING,))
UNROUNDED = "unrounded_"  # before the name of a column that keeps what another shows rounded
# Kept beside what is shown; a printed number carries fewer, a float about 15.
KEPT_DIGITS = 12
FLOAT_DIGITS = 15


class Quantity(Protocol):
    """What has a value and an interval: a printed figure, or a number computed from such."""

    @property
    def value(self) -> Decimal:
        """The number, in its own unit."""

    @property
    def low(self) -> Decimal | None:
        """The lowest number allowed, None where that end is open."""

    @property
    def high(self) -> Decimal | None:
        """The highest number allowed, None where that end is open."""


class PrintedQuantity(Quantity, Protocol):
    """A printed figure, as far as computing with it goes."""

    @property
    def decimals(self) -> int:
        """The digits printed after the point."""

    @property
    def unit(self) -> str:
        """The unit of value and interval."""

    @property
    def as_printed(self) -> str:
        """The number with its own unit and qualifying words."""


@dataclass(frozen=True, eq=False)
class Computed(Interval):
    """A number computed from printed figures, with the interval that their rounding allows.

    Attributes
    ----------
    value, low, high : Decimal
        As they are shown: rounded to `decimals`, the ends outwards. An end is None where it is
        open.
    decimals : int
        Digits after the point that the number can carry.
    unit : str
        Unit of all three.
    formula : str
        How it was computed, in words or symbols.
    inputs : tuple of str
        Identifiers of the figures it was computed from.
    kind : str
        What the ends mean: computed (rounding of the inputs), searched (the same, but searched
        for a turn and not proved), published (rounding of a publication's print), forecast (a
        forecast interval), sampled (what chance allows, 95 percent), stated (exact by nature),
        printed.
    unrounded : tuple of Fraction or None
        `value`, `low` and `high` before rounding, with which `compute` goes on; what is given as
        `value`, `low` or `high` where it is no rounding of these.
    """

    value: Decimal
    low: Decimal | None
    high: Decimal | None
    decimals: int
    unit: str
    formula: str
    inputs: tuple[str, ...]
    kind: str = "computed"
    unrounded: tuple[Fraction | None, ...] = field(default=(None, None, None), repr=False)

    def __post_init__(self) -> None:
        """Take a number shown for the exact one where the latter does not round to it."""
        shown = (self.value, self.low, self.high)
        kept = tuple(
            exact if _is_shown(one, exact, self.decimals, ways) else read_number(one)
            for one, exact, ways in zip(shown, self.unrounded, WAYS, strict=True)
        )
        object.__setattr__(self, "unrounded", kept)

    def __str__(self) -> str:
        """Say number, interval, unit and formula in the language in use."""
        number = say_number(self.value, self.low, self.high, unit=self.unit)
        return f"{speak(number)} = {speak(self.formula)}"

    def as_row(self, *, reading: str = "", result: str = "", **labels: object) -> dict[str, Any]:
        """Return the number as a row of a tidy table, its labels first.

        Parameters
        ----------
        reading : str
            What the number rests on, where the print leaves more than one reading.
        result : str
            Name under which `keep` makes the number a result that prose can link to.
        **labels
            Columns that tell the row from the others.

        Returns
        -------
        dict
            `value`, `low`, `high` as they are shown and, as `unrounded_value`, `unrounded_low`,
            `unrounded_high`, with the twelve digits that are kept, the ends rounded outwards: all
            floats, NaN for an open end. `inputs` in one text.

        Examples
        --------
        >>> import hyreport as hy
        >>> row = hy.stated(36, unit="targets", formula="counted").as_row(which="all")
        >>> row["which"], row["value"], row["unit"]
        ('all', 36.0, 'targets')
        """
        kept = zip(ENDS, self.keep(), strict=True)
        return {
            **labels,
            **{name: as_float(getattr(self, name)) for name in ENDS},
            "decimals": self.decimals,
            "unit": self.unit,
            "reading": reading,
            "kind": self.kind,
            "formula": self.formula,
            "inputs": " ".join(self.inputs),
            "result": result,
            **{UNROUNDED + name: as_float(end) for name, end in kept},
        }

    def keep(self) -> tuple[Decimal | None, ...]:
        """Return value and ends with the twelve digits that are kept, the ends outwards.

        >>> import hyreport as hy
        >>> third = hy.compute(lambda a: a / 3, unit="", formula="a / 3",
        ...                    a=hy.stated(100, unit="", formula="a choice"))
        >>> third.keep()
        (Decimal('33.3333333333'), Decimal('33.3333333333'), Decimal('33.3333333334'))
        """
        return tuple(
            None if number is None else _keep_digits(number, self.decimals, way)
            for number, way in zip(self.unrounded, OUTWARDS, strict=True)
        )

    def to(self, unit: str) -> "Computed":
        """Return the same number in another unit, exactly, with its interval.

        Parameters
        ----------
        unit : str
            In English or Chinese, such as billion yuan, 万元 or million persons.

        Raises
        ------
        IntervalError
            Where the unit measures something else, as percentage points beside percent.

        Examples
        --------
        >>> import hyreport as hy
        >>> hy.Report("hengyang-2018").outside("gdp", 2016).to("billion yuan").value
        Decimal('285.30158')
        """
        factor, name = conversion_factor(self.unit, unit), name_unit(unit)
        exact = tuple(None if end is None else end * factor for end in self.unrounded)
        decimals = _shift(self.decimals, factor)
        shown = (self.value, self.low, self.high)
        value, low, high = (
            None if new is None else _write_out(new, decimals, way, exactly=one == before)
            for one, before, new, way in zip(shown, self.unrounded, exact, OUTWARDS, strict=True)
        )
        ends: dict[str, Any] = {"value": value, "low": low, "high": high, "unrounded": exact}
        return replace(self, unit=name, decimals=decimals, **ends)

    def at_least(self) -> "Computed":
        """Keep the lower end alone, for a number of which no upper bound is known."""
        low, exact = self._end(self.low, 1)
        return replace(self, value=low, high=None, unrounded=(exact, exact, None))

    def at_most(self) -> "Computed":
        """Keep the upper end alone, for a number of which no lower bound is known."""
        high, exact = self._end(self.high, 2)
        return replace(self, value=high, low=None, unrounded=(exact, None, exact))

    def _end(self, shown: Decimal | None, place: int) -> tuple[Decimal, Fraction]:
        exact = self.unrounded[place]
        if shown is None or exact is None:
            interval = say_interval(self.low, self.high)
            raise IntervalError(self.formula, interval, f"a number with a {ENDS[place]} end")
        return shown, exact


def _is_shown(
    shown: Decimal | None, exact: Fraction | None, decimals: int, ways: Iterable[str]
) -> bool:
    """Say whether the number shown is the exact one, or rounded from it."""
    if shown is None or exact is None:
        return shown is exact
    return shown == exact or any(shown == round_to(exact, decimals, way) for way in ways)


def _write_out(number: Fraction, decimals: int, way: str, *, exactly: bool) -> Decimal:
    """Write an end with its digits; what was not rounded before with all, where they do end."""
    if exactly:
        longer = range(decimals, decimals + KEPT_DIGITS)
        decimals = next((d for d in longer if 10**d % number.denominator == 0), decimals)
    return round_to(number, decimals, way)


def _shift(decimals: int, factor: Fraction) -> int:
    """Return the digits after the point that a number keeps in another unit."""
    power = digits_before(factor) - 1
    return max(0, decimals - power + (factor != Fraction(10) ** power))


def _keep_digits(number: Fraction, decimals: int, way: str) -> Decimal:
    """Round a number to the digits that are kept, without zeros at its end."""
    after = max(decimals, KEPT_DIGITS - digits_before(number)) if number else 0
    text = plain(round_to(number, after, way))
    return Decimal(text.rstrip("0").rstrip(".") if "." in text else text)


def read_decimal(number: float | None) -> Decimal | None:
    """Return a float with the digits that it carries; None where it is missing.

    >>> read_decimal(8.5), read_decimal(float("nan"))
    (Decimal('8.5'), None)
    """
    if number is None or number != number:
        return None
    return Decimal(format(number + 0.0, f".{FLOAT_DIGITS}g"))


def as_float(number: Decimal | None) -> float:
    """Return an end as tables hold it: NaN where it is open."""
    return float("nan") if number is None else float(number)


def round_to(number: Fraction, decimals: int, rounding: str = ROUND_HALF_EVEN) -> Decimal:
    """Round an exact fraction to a number of digits after the point.

    >>> round_to(Fraction(2, 3), 2)
    Decimal('0.67')
    """
    scaled = number * 10**decimals
    floor = scaled.numerator // scaled.denominator
    rest = scaled - floor
    up = {
        ROUND_FLOOR: False,
        ROUND_CEILING: rest > 0,
        ROUND_HALF_EVEN: rest > Fraction(1, 2) or (rest == Fraction(1, 2) and floor % 2 == 1),
    }[rounding]
    return Decimal(f"{floor + up}E-{decimals}")


def digits_before(number: Fraction) -> int:
    """Return how many digits a number has before the point, or minus its zeros after it.

    >>> digits_before(Fraction(252)), digits_before(Fraction(1, 2)), digits_before(Fraction(1, 40))
    (3, 0, -1)
    """
    return (Decimal(number.numerator) / number.denominator).adjusted() + 1


def round_outwards(numbers: Iterable[Fraction | None], decimals: int) -> tuple[Any, ...]:
    """Round value, low and high to a number of digits after the point, the ends outwards.

    >>> round_outwards((Fraction(1, 3), Fraction(1, 4), None), 1)
    (Decimal('0.3'), Decimal('0.2'), None)
    """
    return tuple(
        None if number is None else round_to(number, decimals, way)
        for number, way in zip(numbers, OUTWARDS, strict=True)
    )
