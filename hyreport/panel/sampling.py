"""How far chance lets a number be off: exact binomial intervals, resampling of whole clusters."""

from collections.abc import Callable, Hashable, Sequence
from fractions import Fraction
from math import exp, lgamma, log

import numpy as np
import pandas as pd

from hyreport.numbers.computed import Computed, round_outwards

__all__ = ["binomial_interval", "bootstrap_interval", "sampled", "share"]


LEVEL = 0.95
STEPS = 60  # halvings, beyond what a float can tell apart
TIMES, SEED = 1000, 1


def binomial_interval(hits: int, n: int, *, level: float = LEVEL) -> tuple[float, float]:
    """Return the exact interval of a share (Clopper and Pearson), 0 to 1.

    Parameters
    ----------
    hits : int
        Cases that hold.
    n : int
        All cases; with none the interval is 0 to 1.
    level : float
        How often such intervals hold the true share, at least.

    Notes
    -----
    Cases are taken as independent; cells of one report are not quite, so the true interval is a
    little wider.

    Examples
    --------
    >>> [round(end, 4) for end in binomial_interval(9, 10)]
    [0.555, 0.9975]
    >>> binomial_interval(0, 0)
    (0.0, 1.0)
    """
    if 2 * hits > n:  # the shorter sum
        low, high = binomial_interval(n - hits, n, level=level)
        return 1 - high, 1 - low
    tail = (1 - level) / 2
    low = _halve(lambda p: 1 - _at_most(hits - 1, n, p) < tail) if hits else 0.0
    high = _halve(lambda p: _at_most(hits, n, p) >= tail) if hits < n else 1.0
    return low, high


def _at_most(hits: int, n: int, p: float) -> float:
    """Return the probability of at most so many hits."""
    if p in (0.0, 1.0):
        return 1.0 if p == 0.0 or hits >= n else 0.0
    ways = lgamma(n + 1)
    return sum(
        exp(ways - lgamma(k + 1) - lgamma(n - k + 1) + k * log(p) + (n - k) * log(1 - p))
        for k in range(hits + 1)
    )


def _halve(holds: Callable[[float], bool]) -> float:
    """Return where a condition that holds from 0 on ends to hold."""
    low, high = 0.0, 1.0
    for _ in range(STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if holds(middle) else (low, middle)
    return low


def share(hits: int, n: int, *, of: str, decimals: int = 1) -> Computed:
    """Return a share in percent with its exact interval, as a computed number.

    Parameters
    ----------
    hits, n : int
        Cases that hold, of all; at least one.
    of : str
        What was counted, in words.
    decimals : int
        Digits to show.

    Examples
    --------
    >>> print(share(9, 10, of="cells found"))
    90.0 [55.4, 99.8] percent = cells found: 9 of 10, exact binomial interval, 95 percent
    """
    low, high = binomial_interval(hits, n)
    words = f"{of}: {hits} of {n}, exact binomial interval, 95 percent"
    ends = (Fraction(100 * hits, n), Fraction(100 * low), Fraction(100 * high))
    return _made(ends, "percent", words, decimals)


def sampled(
    value: float, low: float, high: float, *, unit: str, formula: str, decimals: int = 1
) -> Computed:
    """Return an estimate with the interval that resampling gives, as a computed number.

    >>> print(sampled(1.94, 1.61, 2.3, unit="", formula="above over below"))
    1.9 [1.6, 2.3] = above over below
    """
    ends = tuple(Fraction(str(round(float(end), 9))) for end in (value, low, high))
    return _made(ends, unit, formula, decimals)


def _made(ends: tuple[Fraction, ...], unit: str, formula: str, decimals: int) -> Computed:
    value, low, high = round_outwards(ends, decimals)
    return Computed(value, low, high, decimals, unit, formula, (), "sampled", ends)


def bootstrap_interval(
    table: pd.DataFrame,
    clusters: Sequence[Hashable],
    statistic: Callable[[np.ndarray], np.ndarray],
    *,
    times: int = TIMES,
) -> tuple[float, float]:
    """Return the 95 percent interval of a statistic of sums, drawing whole clusters.

    Parameters
    ----------
    table : DataFrame
        Numbers, a row a case; they are added up within each cluster.
    clusters : sequence
        Whose each row is, such as the place.
    statistic : callable
        Takes sums, a row a draw and a column each as in the table, and gives a number a row.
    times : int
        Draws. They begin from a fixed seed, so that the interval is the same each time.

    Returns
    -------
    low, high : float
        Percentiles 2.5 and 97.5; draws in which the statistic has no value are left out.

    Examples
    --------
    >>> table = pd.DataFrame({"hit": [1.0, 0, 1, 1], "all": 1.0})
    >>> low, high = bootstrap_interval(table, list("abcd"), lambda sums: sums[:, 0] / sums[:, 1])
    >>> low, high
    (0.25, 1.0)
    """
    sums = table.astype(float).groupby(np.asarray(clusters, dtype=object)).sum().to_numpy()
    draws = np.random.default_rng(SEED).integers(len(sums), size=(times, len(sums)))
    weights = np.stack([np.bincount(draw, minlength=len(sums)) for draw in draws])
    with np.errstate(divide="ignore", invalid="ignore"):
        found = statistic(weights @ sums)
    found = found[np.isfinite(found)]
    if not len(found):
        return float("nan"), float("nan")
    low, high = np.percentile(found, [2.5, 97.5])
    return float(low), float(high)
