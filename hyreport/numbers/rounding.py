"""Intervals: what a printed figure allows, and what anything computed from such figures allows."""

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

from hyreport.errors import IntervalError
from hyreport.numbers.computed import (
    Computed,
    PrintedQuantity,
    Quantity,
    digits_before,
    round_outwards,
)
from hyreport.numbers.extremes import find_extremes
from hyreport.numbers.writing import plain, read_number, say_interval
from hyreport.words.codes import CODES

__all__ = ["as_printed", "compute", "exactly", "name_input", "printed_interval", "stated"]


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
        Ends of the unit's range (a share lies in 0 to 100): what rounding allows is clipped to
        them. An end that the wording leaves open stays open: no print says it.

    Returns
    -------
    low, high : Decimal or None
        None where the wording leaves that end open; both None for about (左右).

    Raises
    ------
    IntervalError
        For an unknown qualifier, a value that is no exact number or outside the limits, limits
        that are not two exact numbers or None, digits that are no whole number.

    Examples
    --------
    >>> printed_interval(Decimal("252.01"), decimals=2)
    (Decimal('252.005'), Decimal('252.015'))
    >>> printed_interval(Decimal("100"), decimals=0, limits=(Decimal(0), Decimal(100)))
    (Decimal('99.5'), Decimal('100'))
    >>> printed_interval(Decimal("8"), decimals=0, qualifier="at_least")
    (Decimal('8'), None)
    """
    _check_print(value, decimals, qualifier, limits)
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


def _check_print(value: Decimal, decimals: int, qualifier: str, limits: tuple) -> None:
    place = f"printed_interval({value!r})"
    if not _is_exact(value):
        raise IntervalError(place, repr(value), "an exact number", "pass a Decimal")
    _check_digits(place, decimals)
    if not (isinstance(limits, tuple) and len(limits) == 2 and all(map(_is_limit, limits))):
        raise IntervalError(place, f"limits {limits!r}", "two Decimals, None for none")
    known = CODES["qualifier"]
    if qualifier not in known:
        raise IntervalError(place, f"qualifier {qualifier!r}", f"one of {', '.join(known)}")
    lowest, highest = limits
    if (lowest is not None and value < lowest) or (highest is not None and value > highest):
        ends = say_interval(lowest, highest)
        raise IntervalError(place, f"{value}", f"a value within the limits, {ends}")


def _is_exact(number: object) -> bool:
    return not isinstance(number, float) and read_number(number) is not None


def _is_limit(number: object) -> bool:
    return number is None or _is_exact(number)


def _check_digits(place: str, decimals: object) -> None:
    if not isinstance(decimals, int) or isinstance(decimals, bool) or decimals < 0:
        raise IntervalError(place, f"decimals {decimals!r}", "a whole number from 0 on")


def compute(
    function: Callable,
    *unnamed: object,
    unit: str | None = None,
    formula: str | None = None,
    decimals: int | None = None,
    **inputs: Quantity,
) -> Computed:
    """Compute a number from figures, with its exact interval over all that rounding allows.

    Parameters
    ----------
    function : callable
        Takes the inputs by keyword as exact fractions and returns one number. Over the box of
        their intervals it must be highest and lowest at corners, as it is where it is monotone
        in each input, in either direction. Floats in it count by the digits they print: 0.1 is
        one tenth.
    *unnamed
        Nothing: an input without a name is an error.
    unit : str
        Unit of the outcome.
    formula : str
        The formula in words, kept with the outcome.
    decimals : int, optional
        Digits to show; by default as many as the first digit of the interval's half width.
    **inputs : figures or computed numbers
        Anything with `value`, `low`, `high`; the same figure under two names counts once.

    Returns
    -------
    Computed
        Of kind searched where the interval could be searched and not proved.

    Raises
    ------
    IntervalError
        For an input with an open end or without an interval, two computed inputs that share a
        figure, a function that rises and falls, or gives no number somewhere in the box, digits
        that are no whole number.

    Notes
    -----
    For arithmetic, interval arithmetic with slopes proves that no point of the box has a value
    beyond those of its corners, so the corners give the exact interval
    (`hyreport.numbers.slopes`). For any other function lines through the box are searched for a
    turn (`hyreport.numbers.extremes`).
    A computed input goes in as it was before it was rounded.
    An input that the outcome does not depend on is not among the `inputs` of the outcome.

    Examples
    --------
    >>> import hyreport as hy
    >>> total, share = hy.figure("budget_revenue.level.2017"), hy.figure("tax_share.total.2017")
    >>> print(compute(lambda total, share: total * share / 100, total=total, share=share,
    ...               unit="100 million yuan", formula="total revenue × tax share"))
    180.4 [180.3, 180.6] × 100 million yuan = total revenue × tax share
    """
    if not callable(function) or unnamed or unit is None or formula is None:
        raise _explain(function, unnamed, unit=unit, formula=formula)
    if decimals is not None:
        _check_digits(formula, decimals)
    names, boxes = _group_inputs(inputs)
    found = find_extremes(function, names, boxes, formula=formula)
    idle = {name for place in found.idle for name in names[place]}
    used = [item for name, item in inputs.items() if name not in idle]
    ids = tuple(dict.fromkeys(key for item in used for key in _figures_of(item)))
    proved = found.proved and all(getattr(item, "kind", "") != "searched" for item in used)
    exact = (found.value, found.low, found.high)
    kind = "computed" if proved else "searched"
    for item in used:
        if hasattr(item, "decimals") and _ends(item) == exact:
            # The outcome is one of the inputs: it keeps the digits and ends of its print.
            shown, ids = (item.value, item.low, item.high), _figures_of(item)
            return Computed(*shown, item.decimals, unit, formula, ids, kind, exact)
    decimals = _digits_carried(found.low, found.high) if decimals is None else decimals
    value, low, high = round_outwards(exact, decimals)
    return Computed(value, low, high, decimals, unit, formula, ids, kind, exact)


def _explain(function: object, unnamed: tuple, **words: str | None) -> IntervalError:
    """Return the error for a call that lacks something, with one that does not."""
    lacking = " and ".join(name for name, word in words.items() if word is None)
    if not callable(function):
        found = f"{function!r:.40}" if isinstance(function, str) else type(function).__name__
        found += " in place of a function"
    else:
        found = f"{len(unnamed)} inputs without a name" if unnamed else f"no {lacking}"
    return IntervalError(
        "compute(...)",
        found,
        "a function, its inputs by name, unit and formula",
        "write hy.compute(lambda a, b: 100 * a / b, a=figure, b=other, unit='percent', "
        "formula='a in percent of b')",
    )


def stated(number: float | Decimal, *, unit: str, formula: str) -> Computed:
    """Return a number that is exact by nature, a count or a choice, as a computed number.

    Parameters
    ----------
    number : int, float or Decimal
        The number; all its own digits are kept, of a float those that it prints.
    unit : str
        What of.
    formula : str
        How it was counted, or whose choice it is.

    Returns
    -------
    Computed
        With both ends equal to the number and no inputs.

    Raises
    ------
    IntervalError
        For what is no finite number.

    Examples
    --------
    >>> print(stated(36, unit="targets", formula="rows with role target"))
    36 targets = rows with role target
    """
    if read_number(number) is None or isinstance(number, Fraction):
        raise IntervalError(
            f"stated({number!r})", "no number with its digits", "a finite int, float or Decimal"
        )
    of_float = isinstance(number, float)
    exact = Decimal(repr(float(number))).normalize() if of_float else Decimal(str(number))
    exact = Decimal(plain(exact))
    exact = exact if exact else exact.copy_abs()  # no minus before a zero
    digits = len(plain(exact).partition(".")[2])
    return Computed(exact, exact, exact, digits, unit, formula, (), "stated")


def as_printed(figure: PrintedQuantity) -> Computed:
    """Return a printed figure as a computed number, so that both can stand in one table.

    >>> import hyreport as hy
    >>> print(as_printed(hy.figure("gdp.growth.2017")))
    8.5 [8.45, 8.55] percent = as printed
    """
    ends, ids = (figure.value, figure.low, figure.high), (name_input(figure),)
    return Computed(*ends, figure.decimals, figure.unit, "as printed", ids, "printed")


def exactly(figure: PrintedQuantity) -> Computed:
    """Take the stated number of a figure alone, where its wording leaves an end open.

    >>> import hyreport as hy
    >>> print(exactly(hy.figure("large_taxpayers_doubling.threshold.2017")))
    1000 × 10 thousand yuan = the number stated in 过1000万元
    """
    number, words = figure.value, f"the number stated in {figure.as_printed}"
    return Computed(
        number, number, number, figure.decimals, figure.unit, words, (name_input(figure),), "stated"
    )


def name_input(item: Quantity) -> str:
    """Return the id under which an input is kept: with its report, where it has one.

    >>> import hyreport as hy
    >>> name_input(hy.figure("gdp.growth.2017"))
    'hengyang-2018:gdp.growth.2017'
    """
    return getattr(item, "id", "") or getattr(item, "figure_id", "")


def _figures_of(item: Quantity) -> tuple[str, ...]:
    return item.inputs if isinstance(item, Computed) else (name_input(item),)


def _group_inputs(
    inputs: dict[str, Quantity],
) -> tuple[list[list[str]], list[tuple[Fraction, ...]]]:
    """Give each figure one place in the box, however many names it goes by."""
    groups: dict[object, tuple[list[str], Quantity]] = {}
    owner: dict[str, object] = {}
    for name, item in inputs.items():
        _check_input(name, item)
        # Numbers that say no figure they rest on are one only if they are the same object.
        key = name_input(item) or (item if getattr(item, "inputs", ()) else id(item))
        groups.setdefault(key, ([], item))[0].append(name)
        for figure_id in filter(None, _figures_of(item)):
            if owner.setdefault(figure_id, key) != key:
                raise IntervalError(
                    f"input {name}",
                    f"figure {figure_id}, which another input was computed from",
                    "each figure once",
                    "compute in one step from the figures themselves",
                )
    boxes = [_read_box(names[0], item) for names, item in groups.values()]
    return [names for names, _ in groups.values()], boxes


def _check_input(name: str, item: object) -> None:
    value = getattr(item, "value", None)
    if read_number(value) is None:
        stated_so = f"write hy.stated({item!r}, unit=..., formula=...)"
        raise IntervalError(
            f"input {name}",
            f"{item!r:.60}" if value is None else f"a {type(item).__name__} without one number",
            "a figure or a computed number",
            "" if read_number(item) is None else stated_so,
        )


def _read_box(name: str, item: Quantity) -> tuple[Fraction, ...]:
    """Return low, value and high of an input as exact fractions."""
    place = f"input {name}"
    value, low, high = _ends(item)
    if value is None or low is None or high is None:
        raise IntervalError(
            place,
            f"an open end ({getattr(item, 'as_printed', item.value)})",
            "a figure with both ends",
            "state the end you assume and pass value, low and high",
        )
    if not low <= value <= high:
        ends = say_interval(item.low, item.high)
        raise IntervalError(place, f"{item.value}, outside its interval {ends}", "a value in it")
    return low, value, high


def _ends(item: Quantity) -> tuple[Fraction | None, ...]:
    """Return value, low and high of a figure or computed number as they are before rounding."""
    if isinstance(item, Computed):
        return item.unrounded
    return tuple(read_number(end) for end in (item.value, item.low, item.high))


def _digits_carried(low: Fraction, high: Fraction) -> int:
    """Return the digits after the point up to the first of the interval's half width."""
    return max(0, 1 - digits_before((high - low) / 2)) if low < high else 2
