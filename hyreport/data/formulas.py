"""Formulas over figures, as people type them in tables: read, checked and computed with proof."""

import ast
import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from math import inf
from typing import Any

from hyreport.errors import HyreportError
from hyreport.numbers.computed import Computed
from hyreport.numbers.rounding import as_printed, compute, stated

__all__ = ["NAME", "evaluate", "evaluate_row", "list_names"]


NAME = re.compile(r"\[([^][{}\s]+)\]|\{([^][{}\s]+)\}")
# One figure in brackets, or its stated number alone.
INPUT = re.compile(rf"(?:stated\(\s*(?:{NAME.pattern})\s*\))|(?:{NAME.pattern})")
WORD = re.compile(r"(?<![\w.])[^\W\d]\w*")
OPERATORS = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
MOST_PARTS = 300
HIGHEST_POWER = 20
EXPECTED = "[figures], {outside figures}, numbers, + - * / **, parentheses, stated() or growth(,)"


def evaluate(
    formula: str,
    numbers: Callable[[str], Any],
    *,
    unit: str,
    formula_words: str = "",
    decimals: int | None = None,
) -> Computed:
    """Compute a typed formula over figures, with its exact interval.

    Parameters
    ----------
    formula : str
        `[figure]` and `{outside figure}` by their ids, numbers, + - * / ** and parentheses. A
        power is a whole number up to 20. `stated([figure])` is the stated number alone, where
        the wording leaves an end open or the number is not rounded; `growth(before, after)` is
        the change in percent.
    numbers : callable
        Takes an id, of an outside figure with `reference:` before it, and returns a figure or a
        computed number.
    unit : str
        Unit of the outcome.
    formula_words : str, optional
        What the outcome calls the formula; by default the formula itself.
    decimals : int, optional
        Digits to show, as for `compute`.

    Returns
    -------
    Computed
        A formula that is one figure gives that figure in its own unit; one that is one number
        gives that number, which is exact.

    Raises
    ------
    HyreportError
        For anything else in the formula.
    IntervalError
        For what `compute` refuses, such as an open end.

    Examples
    --------
    >>> import hyreport as hy
    >>> print(evaluate("[budget_revenue.level.2017] * [tax_share.total.2017] / 100", hy.figure,
    ...                unit="100 million yuan", formula_words="total revenue × tax share"))
    180.4 [180.3, 180.6] × 100 million yuan = total revenue × tax share
    """
    tree, names = _parse(formula)
    inputs = {words: _find(words, numbers) for words in names}
    words = formula_words or formula
    if isinstance(tree, ast.Name):
        return next(iter(inputs.values()))

    def calculate(**values: Any) -> Any:
        return _calculate(tree, {names[words]: value for words, value in values.items()}, formula)

    if isinstance(tree, ast.Constant):
        calculate()  # refuses what is no number
        return stated(Decimal(repr(tree.value)), unit=unit, formula=words)
    return compute(calculate, unit=unit, formula=words, decimals=decimals, **inputs)


def evaluate_row(row: Mapping[str, str], numbers: Callable[[str], Any]) -> Computed:
    """Compute the number that a row of a table of formulas asks for.

    Parameters
    ----------
    row : mapping
        `formula`, `unit`, `words`, which the outcome calls the formula, and `decimals`, the digits
        to show; words and decimals may be blank.
    numbers : callable
        As for `evaluate`.

    Examples
    --------
    >>> import hyreport as hy
    >>> row = {"formula": "100 + [gdp.growth.2017]", "unit": "2016 = 100", "words": "index"}
    >>> print(evaluate_row(row | {"decimals": "1"}, hy.figure))
    108.5 [108.4, 108.6] × 2016 = 100 = index
    """
    return evaluate(
        row["formula"],
        numbers,
        unit=row["unit"],
        formula_words=row["words"],
        decimals=int(row["decimals"]) if row["decimals"] else None,
    )


def list_names(formula: str) -> list[str]:
    """Return the ids that a formula names, each once, as `evaluate` asks for them.

    >>> list_names("[gdp.level.2017] / {gdp.2016.yearbook}")
    ['gdp.level.2017', 'reference:gdp.2016.yearbook']
    """
    found = (figure or f"reference:{outside}" for figure, outside in NAME.findall(formula))
    return list(dict.fromkeys(found))


def _find(words: str, numbers: Callable[[str], Any]) -> Computed:
    number = numbers(*list_names(words))
    number = number if isinstance(number, Computed) else as_printed(number)
    if words.startswith("stated"):
        return replace(number, low=number.value, high=number.value, kind="stated")
    return number


def _parse(formula: str) -> tuple[ast.expr, dict[str, str]]:
    """Return the formula with a plain name for each input, and these names by its words."""
    names: dict[str, str] = {}

    def name(match: re.Match) -> str:
        return f" {names.setdefault(match[0], f'input_{len(names)}')} "

    text = INPUT.sub(name, formula).strip()
    for word in WORD.findall(INPUT.sub(" ", formula)):
        if word != "growth":
            raise _refuse(formula, f"the word {word}")
    try:
        tree = ast.parse(text, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise _refuse(formula, "no formula") from None
    if (parts := sum(1 for _ in ast.walk(tree))) > MOST_PARTS:
        raise _refuse(formula, f"{parts} parts", f"at most {MOST_PARTS}")
    return tree, names


def _refuse(formula: str, found: str, expected: str = EXPECTED) -> HyreportError:
    return HyreportError(f"formula {formula!r}", found, expected)


def _calculate(part: ast.expr, values: dict[str, Any], formula: str) -> Any:
    """Compute arithmetic and nothing else."""
    match part:
        case ast.Name() if part.id in values:
            return values[part.id]
        case ast.Constant(value=int() | float() as number) if number < inf:
            return Fraction(repr(number))
        case ast.UnaryOp(op=ast.UAdd() | ast.USub()):
            number = _calculate(part.operand, values, formula)
            return number if isinstance(part.op, ast.UAdd) else -number
        case ast.BinOp(op=ast.Pow()):
            return _calculate(part.left, values, formula) ** _read_power(part, formula)
        case ast.BinOp() if type(part.op) in OPERATORS:
            left, right = (_calculate(side, values, formula) for side in (part.left, part.right))
            return OPERATORS[type(part.op)](left, right)
        case ast.Call(func=ast.Name(id="growth"), args=[before, after], keywords=[]):
            before, after = (_calculate(level, values, formula) for level in (before, after))
            return 100 * (after / before - 1)
    raise _refuse(formula, f"the part {ast.unparse(part)}")


def _read_power(part: ast.BinOp, formula: str) -> int:
    """Return the power, or refuse one that grows beyond measure."""
    power = getattr(part.right, "value", None)
    nested = any(isinstance(below, ast.Pow) for below in ast.walk(part.left))
    if nested or not isinstance(power, int) or power > HIGHEST_POWER:
        found = f"the power {ast.unparse(part)}"
        raise _refuse(formula, found, f"a whole number up to {HIGHEST_POWER}, and no power of one")
    return power
