"""Intervals: what a printed figure allows, and what anything computed from such figures allows."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal
from fractions import Fraction
from functools import cache
from itertools import product

from hyreport.errors import IntervalError

OPEN_END = dict.fromkeys(("at_least", "more_than"), "high")
OPEN_END |= dict.fromkeys(("at_most", "less_than", "nearly"), "low")


def printed_interval(
    value: Decimal,
    *,
    decimals: int,
    qualifier: str = "exact",
    exact: bool = False,
    limits: tuple[Decimal | None, Decimal | None] = (None, None),
) -> tuple[Decimal | None, Decimal | None]:
    """Return the lowest and highest number that the print allows.

    Parameters
    ----------
    value : Decimal
        The printed number, in its printed unit.
    decimals : int
        Digits printed after the point; a measurement may lie half a unit of the last one off.
    qualifier : str
        exact, about, at_least, at_most, more_than, less_than or nearly.
    exact : bool
        True for whole-number counts, targets and thresholds, which are not rounded.
    limits : tuple of Decimal or None
        Ends of the unit's range (a share lies in 0 to 100); the interval is clipped to them.

    Returns
    -------
    low, high : Decimal or None
        None where the wording leaves that end open; both None for about (左右).

    Examples
    --------
    >>> printed_interval(Decimal("252.01"), decimals=2)
    (Decimal('252.005'), Decimal('252.015'))
    >>> printed_interval(Decimal("100"), decimals=0, limits=(Decimal(0), Decimal(100)))
    (Decimal('99.5'), Decimal('100'))
    >>> printed_interval(Decimal("8"), decimals=0, qualifier="at_least")
    (Decimal('8'), None)
    """
    if qualifier == "about":
        return None, None
    if qualifier in OPEN_END:
        return (value, None) if OPEN_END[qualifier] == "high" else (None, value)
    half = Decimal(0) if exact else Decimal(1).scaleb(-decimals) / 2
    low, high = value - half, value + half
    lowest, highest = limits
    return (
        low if lowest is None else max(low, lowest),
        high if highest is None else min(high, highest),
    )


@dataclass(frozen=True)
class Computed:
    """A number computed from printed figures, with the interval that their rounding allows.

    Attributes
    ----------
    value, low, high : Decimal
        Rounded to `decimals`; the ends are rounded outwards, so the interval stays a guarantee.
        An end is None where it is open.
    decimals : int
        Digits after the point that the number can carry.
    unit : str
        Unit of all three.
    formula : str
        How it was computed, in words or symbols.
    inputs : tuple of str
        Identifiers of the figures it was computed from.
    kind : str
        What the ends mean: computed (rounding of the inputs), published (rounding of a
        publication's print), forecast (a forecast interval), stated (exact by nature), printed.
    """

    value: Decimal
    low: Decimal | None
    high: Decimal | None
    decimals: int
    unit: str
    formula: str
    inputs: tuple[str, ...]
    kind: str = "computed"

    def __str__(self) -> str:
        interval = "" if self.low == self.high else f" [{self.low}, {self.high}]"
        if self.high is None or self.low is None:
            interval = " or more" if self.high is None else " or less"
        number = f"{self.value}{interval}"
        return f"{with_unit(number, self.unit)} = {self.formula}"

    def _repr_html_(self) -> str | None:
        # Only a notebook asks for this; the card looks up the words of the inputs.
        from hyreport.views import result_card

        return result_card(self)

    def as_row(self, *, reading: str = "", result: str = "", **labels) -> dict:
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
            `value`, `low`, `high` as floats (NaN for an open end), `inputs` in one text.

        Examples
        --------
        >>> row = stated(36, unit="targets", formula="counted").as_row(which="all")
        >>> row["which"], row["value"], row["unit"]
        ('all', 36.0, 'targets')
        """
        ends = {
            name: float("nan") if end is None else float(end)
            for name, end in (("value", self.value), ("low", self.low), ("high", self.high))
        }
        return {
            **labels,
            **ends,
            "decimals": self.decimals,
            "unit": self.unit,
            "reading": reading,
            "kind": self.kind,
            "formula": self.formula,
            "inputs": " ".join(self.inputs),
            "result": result,
        }

    def at_least(self) -> "Computed":
        """Keep the lower end alone, for a number of which no upper bound is known."""
        return replace(self, value=self.low, high=None)

    def at_most(self) -> "Computed":
        """Keep the upper end alone, for a number of which no lower bound is known."""
        return replace(self, value=self.high, low=None)


def compute(
    function: Callable, *, unit: str, formula: str, decimals: int | None = None, **inputs
) -> Computed:
    """Compute a number from figures, with its exact interval over all that rounding allows.

    Parameters
    ----------
    function : callable
        Takes the inputs by keyword as exact fractions and returns one number. It must be
        monotone in each input, in either direction, over the box of their intervals.
    unit : str
        Unit of the outcome.
    formula : str
        The formula in words, kept with the outcome.
    decimals : int, optional
        Digits to keep; by default as many as the first digit of the interval's half width.
    **inputs : figures or computed numbers
        Anything with `value`, `low`, `high`; the same figure under two names counts once.

    Returns
    -------
    Computed

    Raises
    ------
    IntervalError
        For an input with an open end, two computed inputs that share a figure, a function that
        is not monotone or not defined somewhere in the box.

    Notes
    -----
    A function that is monotone in each argument takes its extremes over a box at corners, so the
    corners give the exact interval. Monotony is checked along a grid of lines through the box.
    An input that the outcome does not depend on is not among the `inputs` of the outcome.

    Examples
    --------
    >>> import hyreport as hy
    >>> total, share = hy.figure("budget_revenue.level.2017"), hy.figure("tax_share.total.2017")
    >>> print(compute(lambda total, share: total * share / 100, total=total, share=share,
    ...               unit="100 million yuan", formula="total revenue × tax share"))
    180.4 [180.3, 180.6] × 100 million yuan = total revenue × tax share
    """
    names, boxes = _group_inputs(inputs)

    @cache
    def evaluate(*point):
        arguments = {name: point[index] for index, group in enumerate(names) for name in group}
        try:
            return Fraction(function(**arguments))
        except ZeroDivisionError:
            raise IntervalError(
                formula, "a division by zero", "a value everywhere in the box"
            ) from None

    idle = _set_idle_aside(evaluate, names, boxes)
    for index in range(len(boxes)):
        _check_monotone(evaluate, boxes, index, names[index][0])
    corners = [evaluate(*point) for point in product(*((low, high) for low, _, high in boxes))]
    used = [item for name, item in inputs.items() if name not in idle]
    value = evaluate(*(middle for _, middle, _ in boxes))
    low, high = min(corners), max(corners)
    for item in (item for item in used if hasattr(item, "decimals")):
        if (low, value, high) == (item.low, item.value, item.high):
            # The outcome is one of the inputs: it keeps the digits and ends of its print.
            return Computed(
                item.value, item.low, item.high, item.decimals, unit, formula, _figures_of(item)
            )
    if decimals is None:
        decimals = _digits_carried(low, high)
    return Computed(
        value=round_to(value, decimals),
        low=round_to(low, decimals, ROUND_FLOOR),
        high=round_to(high, decimals, ROUND_CEILING),
        decimals=decimals,
        unit=unit,
        formula=formula,
        inputs=tuple(dict.fromkeys(key for item in used for key in _figures_of(item))),
    )


def stated(number, *, unit: str, formula: str) -> Computed:
    """Return a number that is exact by nature, a count or a choice, as a computed number.

    Parameters
    ----------
    number : int or float
        The number; its own digits are kept.
    unit : str
        What of.
    formula : str
        How it was counted, or whose choice it is.

    Returns
    -------
    Computed
        With both ends equal to the number and no inputs.

    Examples
    --------
    >>> print(stated(36, unit="targets", formula="rows with role target"))
    36 targets = rows with role target
    """
    exact = Decimal(format(number, ".12g"))
    return Computed(
        exact, exact, exact, max(0, -exact.as_tuple().exponent), unit, formula, (), "stated"
    )


def as_printed(figure) -> Computed:
    """Return a printed figure as a computed number, so that both can stand in one table.

    >>> import hyreport as hy
    >>> print(as_printed(hy.figure("gdp.growth.2017")))
    8.5 [8.45, 8.55] percent = as printed
    """
    return Computed(
        figure.value,
        figure.low,
        figure.high,
        figure.decimals,
        figure.unit,
        "as printed",
        (figure.figure_id,),
        "printed",
    )


def exactly(figure) -> Computed:
    """Take the stated number of a figure alone, where its wording leaves an end open.

    >>> import hyreport as hy
    >>> print(exactly(hy.figure("large_taxpayers_doubling.threshold.2017")))
    1000 × 10 thousand yuan = the number stated in 过1000万元
    """
    number, words = figure.value, f"the number stated in {figure.as_printed}"
    return Computed(number, number, number, 0, figure.unit, words, (figure.figure_id,), "stated")


def with_unit(number: str, unit: str) -> str:
    """Write a number with its unit so that a unit of millions is not read as digits.

    >>> with_unit("252.01", "100 million yuan")
    '252.01 × 100 million yuan'
    """
    return f"{number} × {unit}" if unit[:1].isdigit() else f"{number} {unit}"


def plain(number: Decimal) -> str:
    """Write a decimal without exponent."""
    return format(number, "f")


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
    return Decimal(floor + up).scaleb(-decimals)


def _figures_of(item) -> tuple[str, ...]:
    return item.inputs if isinstance(item, Computed) else (getattr(item, "figure_id", ""),)


def _group_inputs(inputs: dict) -> tuple[list[list[str]], list[tuple[Fraction, ...]]]:
    """Give each figure one place in the box, however many names it goes by."""
    groups: dict = {}
    owner: dict[str, object] = {}
    for name, item in inputs.items():
        key = getattr(item, "figure_id", None) or (item if isinstance(item, Computed) else name)
        groups.setdefault(key, ([], item))[0].append(name)
        for figure_id in filter(None, _figures_of(item)):
            if owner.setdefault(figure_id, key) != key:
                raise IntervalError(
                    f"input {name}",
                    f"figure {figure_id}, which another input was computed from",
                    "each figure once",
                    "compute in one step from the figures themselves",
                )
    names, boxes = [], []
    for group, item in groups.values():
        if item.low is None or item.high is None:
            raise IntervalError(
                f"input {group[0]}",
                f"an open end ({getattr(item, 'as_printed', item.value)})",
                "a figure with both ends",
                "state the end you assume and pass value, low and high",
            )
        names.append(group)
        boxes.append((Fraction(item.low), Fraction(item.value), Fraction(item.high)))
    return names, boxes


def _set_idle_aside(evaluate: Callable, names: list, boxes: list) -> set[str]:
    """Hold inputs still along which no corner moves the outcome, and return their names."""
    idle = set()
    for index, ends in enumerate(boxes):
        corners = product(*((low, high) for low, _, high in boxes[:index] + boxes[index + 1 :]))
        lines = ({evaluate(*rest[:index], end, *rest[index:]) for end in ends} for rest in corners)
        if ends[0] < ends[2] and all(len(line) == 1 for line in lines):
            boxes[index] = (ends[1],) * 3
            idle.update(names[index])
    return idle


def _check_monotone(evaluate: Callable, boxes: list, index: int, name: str) -> None:
    low, middle, high = boxes[index]
    # With many inputs the lines are many: three points on each will do.
    parts = 8 if sum(low < high for low, _, high in boxes) <= 3 else 2
    steps = {low + (high - low) * Fraction(step, parts) for step in range(parts + 1)}
    steps = sorted(steps | {middle})
    for others in product(*(set(box) for box in boxes[:index] + boxes[index + 1 :])):
        line = [evaluate(*others[:index], step, *others[index:]) for step in steps]
        if line not in (sorted(line), sorted(line, reverse=True)):
            raise IntervalError(
                f"input {name}",
                "a function that rises and falls in it",
                "one direction over the interval",
                "split the interval at the turning point",
            )


def _digits_carried(low: Fraction, high: Fraction) -> int:
    half = (high - low) / 2
    if half == 0:
        return 2
    return max(0, -Decimal(half.numerator / half.denominator).adjusted())
