"""What printing and a common year alone would give: the outcomes of others, printed as the own."""

import numpy as np
import pandas as pd

__all__ = ["draw_placebo"]


def draw_placebo(gaps: pd.DataFrame, edges: np.ndarray) -> np.ndarray:
    """Return how likely each gap falls between edges, were the outcome that of another place.

    Parameters
    ----------
    gaps : DataFrame
        As `load_gaps` gives it.
    edges : array
        Rising edges of bins, in hundredths of a point from the target; a bin holds its lower edge.

    Returns
    -------
    array
        A row a pair, a column a bin. A pair without another place of its level and year has NaN.

    Notes
    -----
    The outcome of every other place of the same level and year is printed again with the decimals
    of the own outcome: it may lie anywhere in its own print's interval, and is rounded from there.
    The probabilities are exact, nothing is drawn.
    """
    found = np.full((len(gaps), len(edges) - 1), np.nan)
    for _, rows in gaps.groupby(["level", "year"]):
        if len(rows) < 2:
            continue
        aim, outcome, digits = (rows[name].to_numpy() for name in ("aim", "outcome", "digits"))
        unit = 10.0 ** (2 - digits)  # of the last digit, in hundredths
        below = np.stack(
            [_below(aim + edge, unit, outcome, unit).sum(axis=1) for edge in edges], axis=1
        )
        own = np.stack([np.diag(_below(aim + edge, unit, outcome, unit)) for edge in edges], axis=1)
        found[rows.index] = np.diff((below - own) / (len(rows) - 1), axis=1)
    return found


def _below(
    limit: np.ndarray, unit: np.ndarray, others: np.ndarray, width: np.ndarray
) -> np.ndarray:
    """Return how likely another outcome, printed to the own unit, lies below a limit.

    A row an own pair, a column another outcome. It is printed below the limit where it lies below
    the middle between the last number that is and the next.
    """
    cut = np.ceil(np.round(limit / unit, 9)) * unit - unit / 2
    start = others - width / 2
    return np.clip((cut[:, None] - start[None, :]) / width[None, :], 0, 1)
