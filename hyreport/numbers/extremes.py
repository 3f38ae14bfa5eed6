"""The lowest and highest value of a function over a box: proved where it can be, else searched."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from itertools import product

from hyreport.errors import HyreportError, IntervalError
from hyreport.numbers.slopes import TurnError, find_ends, find_idle, value_at
from hyreport.numbers.spans import UndecidedError
from hyreport.numbers.writing import read_number

__all__ = ["find_extremes"]


# Where a line through the box is looked at: in eighths, and ever closer to both ends.
CLOSEST = 16
STEPS = {Fraction(part, 8) for part in range(9)}
STEPS |= {Fraction(1, 2**power) for power in range(4, CLOSEST)}
STEPS |= {1 - step for step in STEPS}
# With more inputs the lines are too many: then those along edges and through the middle.
FEW_INPUTS = 3
# A float's last digits are noise, and differ between machines.
FLOAT_DIGITS = 12
# A float that agrees with the exact number to so many digits of the highest is the same.
NOISE_DIGITS = 9
Point = tuple[Fraction, ...]


@dataclass(frozen=True)
class Extremes:
    """What a function is over a box: at the middle, at its lowest and at its highest.

    `idle` are the places of inputs that it does not depend on; `proved` is False where no value
    beyond the ends was found by looking, which is no proof.
    """

    value: Fraction
    low: Fraction
    high: Fraction
    idle: frozenset[int]
    proved: bool


def find_extremes(
    function: Callable, names: list[list[str]], boxes: list[Point], *, formula: str
) -> Extremes:
    """Find the lowest and highest value of a function over a box.

    Parameters
    ----------
    function : callable
        Takes the inputs by keyword and returns one number.
    names : list of list of str
        The names of each input.
    boxes : list of triples of Fraction
        Lowest, middle and highest value of each input.
    formula : str
        What errors call the function.

    Returns
    -------
    Extremes

    Raises
    ------
    IntervalError
        For a function that goes beyond its corners inside the box, or gives no number somewhere.

    Notes
    -----
    For arithmetic the ends are proved (`slopes`). For any other function they are those of the
    corners, and lines through the box are searched for a turn, in eighths and ever closer to both
    ends: a single turn is seen unless it lies within 1/32,768 of the line from its end.

    Examples
    --------
    >>> box = [(Fraction(1), Fraction(2), Fraction(3))]
    >>> found = find_extremes(lambda a: 1 / (1 + a), [["a"]], box, formula="1 / (1 + a)")
    >>> found.low, found.high, found.proved
    (Fraction(1, 4), Fraction(1, 2), True)
    """
    evaluate = _explained(function, names, formula)
    middle = tuple(box[1] for box in boxes)
    evaluate(*middle)
    try:
        found = _prove(_by_place(function, names), boxes)
    except TurnError as turn:
        raise _turns(names[turn.index][0]) from None
    except ZeroDivisionError:
        raise _divides_by_zero(formula) from None
    except UndecidedError:  # What is wrong with the function, if anything, the search says.
        found = None
    if found and _agrees(found, evaluate, boxes):
        return found
    return _search(evaluate, names, list(boxes))


def _prove(function: Callable, boxes: list[Point]) -> Extremes | None:
    try:
        flat = find_idle(function, tuple((low, high) for low, _, high in boxes))
    except UndecidedError:
        flat = set()
    idle = frozenset(place for place in flat if boxes[place][0] < boxes[place][2])
    middle = tuple(box[1] for box in boxes)
    held = tuple(
        (middle[place],) * 2 if place in idle else (low, high)
        for place, (low, _, high) in enumerate(boxes)
    )
    ends = find_ends(function, held)
    return ends and Extremes(value_at(function, middle), *ends, idle, proved=True)


def _agrees(found: Extremes, evaluate: Callable, boxes: list[Point]) -> bool:
    """Say whether a proof fits the function's own numbers, at the middle and out from it."""
    noise = Fraction(1, 10**NOISE_DIGITS) * max(abs(found.low), abs(found.high))
    middle = tuple(box[1] for box in boxes)
    if abs(evaluate(*middle) - found.value) > noise:
        return False
    for place, (low, _, high) in enumerate(boxes):
        lowest, highest = (found.value,) * 2 if place in found.idle else (found.low, found.high)
        for end in (low, high):
            number = evaluate(*middle[:place], end, *middle[place + 1 :])
            if not lowest - noise <= number <= highest + noise:
                return False
    return True


def _search(evaluate: Callable, names: list[list[str]], boxes: list[Point]) -> Extremes:
    middle = tuple(box[1] for box in boxes)
    idle = frozenset(place for place in range(len(boxes)) if _is_idle(evaluate, boxes, place))
    for place in idle:
        boxes[place] = (middle[place],) * 3
    for place in range(len(boxes)):
        _check_lines(evaluate, boxes, place, names[place][0])
    corners = [evaluate(*point) for point in product(*({low, high} for low, _, high in boxes))]
    return Extremes(evaluate(*middle), min(corners), max(corners), idle, proved=False)


def _is_idle(evaluate: Callable, boxes: list[Point], place: int) -> bool:
    """Say whether no step along an edge of the box changes the outcome."""
    ends = boxes[place]
    corners = product(*({low, high} for low, _, high in boxes[:place] + boxes[place + 1 :]))
    edges = ({evaluate(*rest[:place], end, *rest[place:]) for end in ends} for rest in corners)
    return ends[0] < ends[2] and all(len(edge) == 1 for edge in edges)


def _check_lines(evaluate: Callable, boxes: list[Point], place: int, name: str) -> None:
    low, middle, high = boxes[place]
    steps = sorted({low + (high - low) * step for step in STEPS} | {middle})
    for rest in _rests(boxes[:place] + boxes[place + 1 :]):
        line = [evaluate(*rest[:place], step, *rest[place:]) for step in steps]
        if line not in (sorted(line), sorted(line, reverse=True)):
            raise _turns(name)


def _rests(boxes: list[Point]) -> Iterator[Point]:
    """Yield where the other inputs stand along each line that is looked at."""
    if sum(low < high for low, _, high in boxes) < FEW_INPUTS:
        return product(*(set(box) for box in boxes))
    corners = set(product(*({low, high} for low, _, high in boxes)))
    return iter(corners | {tuple(middle for _, middle, _ in boxes)})


def _by_place(function: Callable, names: list[list[str]]) -> Callable:
    """Let a function be called by the places of its inputs."""

    def placed(*point: Fraction) -> object:
        return function(**{name: point[place] for place, of in enumerate(names) for name in of})

    return placed


def _explained(function: Callable, names: list[list[str]], formula: str) -> Callable:
    """Let a function give an exact number at a point, or say what it gives instead."""
    placed, expected = _by_place(function, names), "a number everywhere in the box"

    def say_place(point: Point) -> str:
        places = (f"{of[0]} = {float(number):g}" for of, number in zip(names, point, strict=True))
        return f" at {', '.join(places)}" if point else ""

    @cache
    def evaluate(*point: Fraction) -> Fraction:
        try:
            result = placed(*point)
        except HyreportError:
            raise
        except ZeroDivisionError:
            raise _divides_by_zero(formula) from None
        except (ArithmeticError, AttributeError, TypeError, ValueError) as error:
            found = f"{type(error).__name__} ({error}){say_place(point)}"
            fix = "mend the function, or narrow its inputs"
            raise IntervalError(formula, found, expected, fix) from error
        number = read_number(result)
        if number is None:
            raise IntervalError(
                formula, f"{result!r}{say_place(point)}", expected, "let the function return one"
            )
        noisy = isinstance(result, float)
        return Fraction(format(result, f".{FLOAT_DIGITS}g")) if noisy else number

    return evaluate


def _divides_by_zero(formula: str) -> IntervalError:
    return IntervalError(
        formula, "a division by zero", "a value everywhere in the box", "narrow the inputs"
    )


def _turns(name: str) -> IntervalError:
    return IntervalError(
        f"input {name}",
        "a function that rises and falls in it",
        "one direction over the interval",
        "split the interval at the turning point",
    )
