"""What wrong cells could do to a finding: the worst that a share of them allows."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from hyreport.errors import IntervalError
from hyreport.panel.estimates import left_over, told_apart

__all__ = ["bound_share", "drop_to_turn", "wrong_pairs"]


def wrong_pairs(wrong: float, *, cells: int = 2) -> float:
    """Return the share of pairs with a wrong cell, where each cell is wrong by itself.

    Parameters
    ----------
    wrong : float
        Share of cells that are wrong, 0 to 1.
    cells : int
        How many cells make a pair.

    Raises
    ------
    IntervalError
        For no share.

    Examples
    --------
    >>> round(wrong_pairs(0.01), 4)
    0.0199
    """
    if not 0 <= wrong <= 1:
        raise IntervalError("wrong_pairs", f"{wrong!r}", "a share of wrong cells from 0 to 1")
    return 1 - (1 - wrong) ** cells


def bound_share(share: float, wrong: float, *, cells: int = 2) -> tuple[float, float]:
    """Return between which ends a share lies, however the wrong cells had fallen.

    Parameters
    ----------
    share : float
        Percent, as read.
    wrong : float
        Share of cells that are wrong, 0 to 1.
    cells : int
        As `wrong_pairs` takes it.

    Returns
    -------
    low, high : float
        Percent: all wrong pairs counted with the one side, or with the other.

    Examples
    --------
    >>> low, high = bound_share(60, 0.01)
    >>> round(low, 2), round(high, 2)
    (58.01, 61.99)
    """
    moved = 100 * wrong_pairs(wrong, cells=cells)
    return max(0.0, share - moved), min(100.0, share + moved)


def drop_to_turn(
    rows: pd.DataFrame,
    outcome: str,
    term: str,
    *,
    effects: Sequence[str] = (),
    others: Sequence[str] = (),
) -> float:
    """Return the smallest share of rows found whose loss would turn the sign of a term.

    Parameters
    ----------
    rows : DataFrame
    outcome, term : str
        As `fit_terms` takes them.
    effects, others : sequence of str
        Effects, and further terms, that are held.

    Returns
    -------
    float
        0 to 1; NaN where the rows cannot tell a sign.

    Notes
    -----
    The rows that speak most for the sign are dropped first, by their influence on the fit with
    all rows; the share is checked by a fit without them and raised until the sign has turned. A
    finding that hangs on fewer rows than may be wrong is not sure.

    Examples
    --------
    >>> rows = pd.DataFrame({"x": [0, 0, 0, 1, 1, 1], "y": [0, 0, 0, -1, -1, 9]})
    >>> round(drop_to_turn(rows, "y", "x"), 3)
    0.167
    """
    used = rows.dropna(subset=[outcome, term, *others]).reset_index(drop=True)
    if term not in told_apart(used, [*others, term], effects):
        return np.nan
    sign, influence = _influence(used, outcome, term, effects, others)
    order = np.argsort(-influence, kind="stable")
    total = abs(_slope(used, outcome, term, effects, others))
    number = int(np.searchsorted(np.cumsum(influence[order]), total)) + 1
    while number < len(used):
        left = used.drop(index=order[:number]).reset_index(drop=True)
        if term not in told_apart(left, [*others, term], effects):
            return number / len(used)
        if sign * _slope(left, outcome, term, effects, others) <= 0:
            return number / len(used)
        number += max(1, number // 20)
    return 1.0


def _parts(
    rows: pd.DataFrame, outcome: str, term: str, effects: Sequence[str], others: Sequence[str]
) -> tuple[np.ndarray, np.ndarray]:
    """Return outcome and term once all else is taken out."""
    left = left_over(rows, [outcome, term, *others], effects)
    rest = left[:, 2:]
    both = left[:, :2]
    if others:
        both = both - rest @ np.linalg.lstsq(rest, both, rcond=None)[0]
    return both[:, 0], both[:, 1]


def _slope(rows: pd.DataFrame, outcome: str, term: str, *held: Sequence[str]) -> float:
    y, x = _parts(rows, outcome, term, *held)
    return float(x @ y / (x @ x))


def _influence(
    rows: pd.DataFrame, outcome: str, term: str, *held: Sequence[str]
) -> tuple[float, np.ndarray]:
    """Return the sign of a term, and how far each row alone pulls it that way."""
    y, x = _parts(rows, outcome, term, *held)
    slope = x @ y / (x @ x)
    leverage = np.minimum(x**2 / (x @ x), 0.99)
    return np.sign(slope), np.sign(slope) * x * (y - slope * x) / (x @ x) / (1 - leverage)
