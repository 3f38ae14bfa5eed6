"""Formulas over figures, as people type them in tables: read, checked and computed with proof."""

import ast
import operator
import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hyreport.errors import HyreportError
from hyreport.numbers.computed import Computed
from hyreport.numbers.rounding import as_printed, compute, stated

NAME = re.compile(r"\[([^][{}\s]+)\]|\{([^][{}\s]+)\}")
# One figure in brackets, or its stated number alone.
INPUT = re.compile(rf"(?:stated\(\s*(?:{NAME.pattern})\s*\))|(?:{NAME.pattern})")
WORD = re.compile(r"(?<![\w.])[^\W\d]\w*")
OPERATORS = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.UAdd: operator.pos,
    ast.USub: operator.neg,
}
PARTS = (ast.BinOp, ast.UnaryOp, ast.Name, ast.Constant, ast.Load, ast.Pow, *OPERATORS)
MOST_PARTS = 300
HIGHEST_POWER = 20
EXPECTED = "[figures], {outside figures} and numbers with + - * / ** and parentheses"


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
        the wording leaves an end open or the number is not rounded.
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
    if isinstance(tree, ast.Constant):
        return stated(Decimal(repr(tree.value)), unit=unit, formula=words)

    def calculate(**values):
        return _calculate(tree, {names[words]: value for words, value in values.items()})

    return compute(calculate, unit=unit, formula=words, decimals=decimals, **inputs)


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
        raise _refuse(formula, f"the word {word}")
    try:
        tree = ast.parse(text, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise _refuse(formula, "no formula") from None
    _check_parts(list(ast.walk(tree)), formula)
    return tree, names


def _check_parts(parts: list[ast.AST], formula: str) -> None:
    """Let only arithmetic pass, and no power that grows beyond measure."""
    if len(parts) > MOST_PARTS:
        raise _refuse(formula, f"{len(parts)} parts", f"at most {MOST_PARTS}")
    for part in parts:
        number = isinstance(part, ast.Constant)
        if not isinstance(part, PARTS) or (number and type(part.value) not in (int, float)):
            raise _refuse(formula, f"the part {ast.unparse(part) or type(part).__name__}")
        if number and not Decimal(repr(part.value)).is_finite():
            raise _refuse(formula, "a number too large")
        if isinstance(part, ast.BinOp) and isinstance(part.op, ast.Pow):
            _check_power(part, formula)


def _check_power(part: ast.BinOp, formula: str) -> None:
    power = getattr(part.right, "value", None)
    nested = any(isinstance(below, ast.Pow) for below in ast.walk(part.left))
    if nested or not isinstance(power, int) or power > HIGHEST_POWER:
        found = f"the power {ast.unparse(part)}"
        raise _refuse(formula, found, f"a whole number up to {HIGHEST_POWER}, and no power of one")


def _refuse(formula: str, found: str, expected: str = EXPECTED) -> HyreportError:
    return HyreportError(f"formula {formula!r}", found, expected)


def _calculate(part: ast.expr, values: dict[str, Any]) -> Any:
    match part:
        case ast.Name():
            return values[part.id]
        case ast.Constant():
            return Fraction(repr(part.value))
        case ast.UnaryOp():
            return OPERATORS[type(part.op)](_calculate(part.operand, values))
        case ast.BinOp(op=ast.Pow()):
            return _calculate(part.left, values) ** part.right.value
        case ast.BinOp():
            left, right = (_calculate(side, values) for side in (part.left, part.right))
            return OPERATORS[type(part.op)](left, right)
