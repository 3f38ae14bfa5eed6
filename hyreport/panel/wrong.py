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
    kept, sign = used, None
    while parts := _take_apart(kept, outcome, term, effects, others):
        y, x = parts
        slope = float(x @ y / (x @ x))
        sign = np.sign(slope) if sign is None else sign
        if sign * slope <= FLAT:
            break
        pull = sign * _influence(y, x)
        order = np.argsort(-pull, kind="stable")
        short = int((np.cumsum(pull[order]) < sign * slope).argmin())  # one fewer than it takes
        step = max(1, min(short, len(kept) // STEPS))
        kept = kept.drop(index=kept.index[order[:step]])
    return np.nan if sign is None else 1 - len(kept) / len(used)


def _take_apart(
    rows: pd.DataFrame, outcome: str, term: str, effects: Sequence[str], others: Sequence[str]
) -> tuple[np.ndarray, np.ndarray] | None:
    """Return outcome and term once all else is taken out; None where no row tells the term."""
    left = left_over(rows, [outcome, term, *others], effects)
    own, rest = left[:, :2], left[:, 2:]
    if term not in told_apart(np.column_stack([rest, own[:, 1]]), [*others, term]):
        return None
    if others:
        own = own - rest @ np.linalg.lstsq(rest, own, rcond=None)[0]
    return own[:, 0], own[:, 1]


def _influence(y: np.ndarray, x: np.ndarray) -> np.ndarray:
    """Return by how much each row alone raises a term."""
    size = x @ x
    leverage = np.minimum(x**2 / size, 0.99)
    return x * (y - x * (x @ y / size)) / size / (1 - leverage)
