"""Tables of numbers that are formulas over figures, and nothing else: the formulas stand in CSV."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import pandas as pd

from hyreport.data.figure import Figure
from hyreport.data.formulas import evaluate_row
from hyreport.errors import BasisError
from hyreport.numbers.computed import Computed
from hyreport.words.tables import read_rows

__all__ = ["MONEY", "in_money", "tabulate"]

MONEY = "100 million yuan"
Number = TypeVar("Number", Figure, Computed)

BOUNDS = {"at_least": Computed.at_least, "at_most": Computed.at_most}


def tabulate(
    path: Path, table: str, numbers: Callable, labels: tuple[str, ...], **names: Any
) -> pd.DataFrame:
    """Compute the formulas of a table, a row each.

    Parameters
    ----------
    path : Path
        A CSV of formulas. `tables`: where a row stands. `formula`: over `[figures]` and `{outside
        figures}`, with its `unit`, the `decimals` to show (blank for what the number can carry)
        and its `words`. `end`: at_least or at_most for a bound alone, else blank. `reading` and
        `result`: as `Computed.as_row` takes them.
    table : str
        Which of its tables.
    numbers : callable
        Takes an id and returns a figure or a computed number, as for `evaluate`.
    labels : tuple of str
        The columns that tell a row from the others.
    **names
        What is filled into `reading` and `result` where they hold such a name in braces.

    Returns
    -------
    DataFrame
        One computed number a row, its labels first.
    """
    made = []
    for row in read_rows(path):
        if table in row["tables"].split():
            number = evaluate_row(row, numbers)
            if row["end"]:
                number = BOUNDS[row["end"]](number)
            cells = {name: row[name] for name in labels}
            cells |= {name: row[name].format(**names) for name in ("reading", "result")}
            made.append(number.as_row(**cells))
    return pd.DataFrame(made)


def in_money(number: Number) -> Number:
    """Return a number as it is, and refuse money in another unit than the themes' formulas.

    Parameters
    ----------
    number : Figure or Computed
        Of any unit; money must be in 100 million yuan (亿元).

    Raises
    ------
    BasisError
        For money in another unit, which a formula would label wrongly.

    Examples
    --------
    >>> import hyreport as hy
    >>> in_money(hy.figure("gdp.level.2017")).unit
    '100 million yuan'
    """
    if "yuan" in number.unit and number.unit != MONEY:
        name = number.formula if isinstance(number, Computed) else number.id
        raise BasisError(name, f"money in {number.unit}", MONEY, "compute with hy.compute instead")
    return number
