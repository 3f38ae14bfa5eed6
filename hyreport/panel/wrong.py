"""What wrong cells could do to a finding: the worst that a share of them allows."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from hyreport.errors import IntervalError
from hyreport.panel.estimates import FLAT, left_over, told_apart

__all__ = ["bound_share", "drop_to_turn", "wrong_pairs"]


STEPS = 40  # a round drops at most so small a part of the rows


def wrong_pairs(wrong: float, *, cells: int = 2) -> float:
    """Return the share of pairs with a wrong cell at most: each wrong cell in a pair of its own.

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
    >>> wrong_pairs(0.01), wrong_pairs(0.6)
    (0.02, 1.0)
    """
    if not 0 <= wrong <= 1:
        raise IntervalError("wrong_pairs", f"{wrong!r}", "a share of wrong cells from 0 to 1")
    return min(1.0, cells * wrong)


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
    (58.0, 62.0)
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
    The rows that speak most for the sign are dropped first, a few at a time, each time by their
    influence on the fit to what is left, until the sign has turned: no smaller share is proved
    impossible. A finding that hangs on fewer rows than may be wrong is not sure.

    Examples
    --------
    >>> rows = pd.DataFrame({"x": [0, 0, 0, 1, 1, 1], "y": [0, 0, 0, -1, -1, 9]})
    >>> round(drop_to_turn(rows, "y", "x"), 3)
    0.167
    """
    used = rows.dropna(subset=[outcome, term, *others]).reset_index(drop=True)
    if term not in told_apart(used, [*others, term], effects):
        return np.nan
    held = effects, others
    left = used
    sign = np.sign(_slope(used, outcome, term, *held))
    while len(left) and term in told_apart(left, [*others, term], effects):
        slope = sign * _slope(left, outcome, term, *held)
        if slope <= FLAT:
            break
        pull = sign * _influence(left, outcome, term, *held)
        order = np.argsort(-pull, kind="stable")
        short = int((np.cumsum(pull[order]) < slope).argmin())  # one fewer than it takes
        step = max(1, min(short, len(left) // STEPS))
        left = left.drop(index=left.index[order[:step]])
    return 1 - len(left) / len(used)


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


def _influence(rows: pd.DataFrame, outcome: str, term: str, *held: Sequence[str]) -> np.ndarray:
    """Return by how much each row alone raises a term."""
    y, x = _parts(rows, outcome, term, *held)
    size = x @ x
    leverage = np.minimum(x**2 / size, 0.99)
    return x * (y - x * (x @ y / size)) / size / (1 - leverage)
