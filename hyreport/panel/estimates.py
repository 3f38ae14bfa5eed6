"""Means, shares and regressions over many places, each with how sure it is.

Intervals are for ninety-five percent and clustered: places that answer for one another (the cities
of a province, the years of a place) count as one. They say how far another draw of such places
could move a number, not whether its cells were read rightly; that is what the bounds for wrong
cells are for.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd

from hyreport.errors import IntervalError
from hyreport.numbers.computed import ENDS, Computed
from hyreport.numbers.rounding import stated
from hyreport.paths import need_extra

__all__ = [
    "FLAT",
    "PLACE",
    "count",
    "fit_terms",
    "left_over",
    "mean_of",
    "means_by",
    "sampled",
    "share_of",
    "shares_by",
    "told_apart",
]


PLACE = "area_code_now"
FITTED = ["term", *ENDS, "rows", "clusters"]
Z = 1.959963984540054  # half the width of such an interval of a normal distribution
FLAT = 1e-9  # what is left of a term once the effects are taken out, at least
DIGITS = 6  # the same on any machine


def fit_terms(
    rows: pd.DataFrame,
    outcome: str,
    terms: Sequence[str],
    *,
    effects: Sequence[str] = (),
    cluster: str = PLACE,
) -> pd.DataFrame:
    """Regress an outcome on terms, with effects and errors clustered.

    Parameters
    ----------
    rows : DataFrame
        Rows that lack the outcome or a term are left out.
    outcome : str
        A column of numbers.
    terms : sequence of str
        Columns of numbers or of truth values.
    effects : sequence of str
        Columns each value of which has a level of its own, such as the year.
    cluster : str
        Rows of one value of it may err together.

    Returns
    -------
    DataFrame
        A row a term: `value`, the ends `low` and `high` of its interval for ninety-five percent,
        `rows` and `clusters`. NaN where the rows cannot tell: a term that the effects explain,
        or, for the ends, fewer than two clusters.

    Examples
    --------
    >>> rows = pd.DataFrame({"x": [0, 1, 0, 1], "y": [1, 3, 2, 4], "year": [1, 1, 2, 2]})
    >>> fit_terms(rows.assign(place=list("abcd")), "y", ["x"], effects=["year"],
    ...           cluster="place")[["term", "value", "rows", "clusters"]].values.tolist()
    [['x', 2.0, 4, 4]]
    """
    used = rows.dropna(subset=[outcome, *terms]).reset_index(drop=True)
    clusters = used[cluster].nunique()
    sizes = {"rows": len(used), "clusters": clusters}
    left = left_over(used, [outcome, *terms], effects)
    told = told_apart(left[:, 1:], terms)
    own = left[:, 1:][:, [term in told for term in terms]]
    found = _fit(used, left[:, 0], own, told, effects, cluster) if told else {}
    rows_of = [
        {"term": term} | dict(zip(ENDS, found.get(term, (np.nan,) * 3), strict=True)) | sizes
        for term in terms
    ]
    return pd.DataFrame(rows_of, columns=FITTED).round(dict.fromkeys(ENDS, DIGITS))


def _fit(
    rows: pd.DataFrame,
    outcome: np.ndarray,
    left: np.ndarray,
    terms: list[str],
    effects: Sequence[str],
    cluster: str,
) -> dict[str, tuple[float, float, float]]:
    """Fit what the effects leave of the outcome to what they leave of the terms."""
    with need_extra("forecast", "a regression"):
        from scipy.special import stdtrit
        from statsmodels.regression.linear_model import OLS
    model = OLS(outcome, left)
    codes = pd.factorize(rows[cluster])[0]
    clusters, free = codes.max() + 1, len(rows) - len(terms)
    # An effect whose values lie within clusters costs no freedom: its rows err together anyway.
    spent = [name for name in effects if rows.groupby(name)[cluster].nunique().max() > 1]
    spare = free - _rank(rows, spent)
    if clusters < 2 or spare < 1:
        return {
            term: (value, np.nan, np.nan)
            for term, value in zip(terms, model.fit().params, strict=True)
        }
    fitted = model.fit(cov_type="cluster", cov_kwds={"groups": codes})
    # Where the fit is exact, rounding may leave a variance a hair below nought.
    errors = np.sqrt(np.maximum(np.diag(fitted.cov_params()), 0))
    half = stdtrit(clusters - 1, 0.975) * errors * np.sqrt(free / spare)
    ends = zip(fitted.params, fitted.params - half, fitted.params + half, strict=True)
    return dict(zip(terms, ends, strict=True))


def _rank(rows: pd.DataFrame, effects: Sequence[str]) -> int:
    """Return how many levels effects fit, the constant among them."""
    if not effects:
        return 1
    most, dummies = _absorb(rows, effects)
    return rows[most].nunique() + (int(np.linalg.matrix_rank(dummies)) if dummies.size else 0)


def _absorb(rows: pd.DataFrame, effects: Sequence[str]) -> tuple[str, np.ndarray]:
    """Return the effect with most values, and what its means leave of those of the others."""
    most, *others = sorted(effects, key=lambda effect: rows[effect].nunique(), reverse=True)
    columns = [pd.get_dummies(rows[effect], drop_first=True, dtype=float) for effect in others]
    dummies = np.column_stack(columns) if columns else np.empty((len(rows), 0))
    return most, _less_means(dummies, rows[most])


def _less_means(values: np.ndarray, groups: pd.Series) -> np.ndarray:
    frame = pd.DataFrame(values)
    return (frame - frame.groupby(groups.to_numpy()).transform("mean")).to_numpy()


def left_over(rows: pd.DataFrame, columns: Sequence[str], effects: Sequence[str]) -> np.ndarray:
    """Return what the effects leave of some columns.

    The means of one effect are taken out first, so that the others alone are fitted (Frisch and
    Waugh): a place has hundreds of values, a year few.
    """
    values = rows[list(columns)].astype(float).to_numpy()
    if rows.empty:
        return values
    if not effects:
        return values - values.mean(axis=0)
    most, dummies = _absorb(rows, effects)
    values = _less_means(values, rows[most])
    if not dummies.size:
        return values
    return values - dummies @ np.linalg.lstsq(dummies, values, rcond=None)[0]


def told_apart(left: np.ndarray, terms: Sequence[str]) -> list[str]:
    """Return the terms that differ once the terms before them are taken out.

    Parameters
    ----------
    left : ndarray
        A column a term: what `left_over` gives of it.
    """
    told: list[str] = []
    for place, term in enumerate(terms if len(left) else ()):
        kept = left[:, [terms.index(other) for other in told]]
        own = left[:, place]
        own = own - kept @ np.linalg.lstsq(kept, own, rcond=None)[0] if told else own
        if np.abs(own).max() > FLAT:
            told.append(term)
    return told


def mean_of(rows: pd.DataFrame, column: str, *, cluster: str = PLACE) -> dict[str, float]:
    """Return the mean of a column with its interval, and how many rows and clusters it is of.

    Parameters
    ----------
    rows : DataFrame
    column : str
        Numbers or truth values.
    cluster : str
        As `fit_terms` takes it.

    Examples
    --------
    >>> rows = pd.DataFrame({"gap": [1.0, 2.0, 3.0], "area_code_now": list("abc")})
    >>> {name: round(number, 2) for name, number in mean_of(rows, "gap").items()}
    {'value': 2.0, 'low': -0.48, 'high': 4.48, 'rows': 3, 'clusters': 3}
    """
    used = rows.dropna(subset=[column])
    if used.empty:
        return dict.fromkeys(ENDS, np.nan) | {"rows": 0, "clusters": 0}
    values, codes = used[column].astype(float).to_numpy(), pd.factorize(used[cluster])[0]
    mean, clusters = values.mean(), codes.max() + 1
    low = high = np.nan
    if clusters > 1:
        with need_extra("forecast", "an interval"):
            from scipy.special import stdtrit
        sums = np.bincount(codes, weights=values - mean)
        scale = clusters / (clusters - 1)
        half = stdtrit(clusters - 1, 0.975) * np.sqrt(scale * (sums**2).sum()) / len(values)
        low, high = mean - half, mean + half
    ends = (round(float(end), DIGITS) for end in (mean, low, high))
    return dict(zip(ENDS, ends, strict=True)) | {"rows": len(used), "clusters": int(clusters)}


def share_of(rows: pd.DataFrame, column: str, *, cluster: str = PLACE) -> dict[str, float]:
    """Return the share of true values in percent, with the wider of two intervals.

    Wilson's takes each row for itself, and holds where all or none are true; that of `mean_of`
    lets the rows of a cluster go together.

    >>> rows = pd.DataFrame({"met": [True, True, True], "area_code_now": list("abc")})
    >>> {name: round(number, 1) for name, number in share_of(rows, "met").items()}
    {'value': 100.0, 'low': 43.9, 'high': 100.0, 'rows': 3, 'clusters': 3}
    """
    made = mean_of(rows, column, cluster=cluster)
    n, share = made["rows"], made["value"]
    if not n:
        return made
    middle, spread = share + Z**2 / (2 * n), Z * np.sqrt(share * (1 - share) / n + (Z / n) ** 2 / 4)
    low, high = ((middle + sign * spread) / (1 + Z**2 / n) for sign in (-1, 1))
    low = float(np.fmax(np.fmin(low, made["low"]), 0))
    high = float(np.fmin(np.fmax(high, made["high"]), 1))
    shown = (round(100 * number, 4) for number in (share, low, high))
    return made | dict(zip(ENDS, shown, strict=True))


def means_by(
    rows: pd.DataFrame, column: str, by: Sequence[str], *, cluster: str = PLACE
) -> pd.DataFrame:
    """Return `mean_of` for each value of some columns.

    >>> rows = pd.DataFrame({"gap": [1.0, 3.0], "year": [1, 1], "area_code_now": list("ab")})
    >>> means_by(rows, "gap", ["year"])[["year", "value", "rows"]].values.tolist()
    [[1.0, 2.0, 2.0]]
    """
    return _each(rows, column, by, cluster, mean_of)


def shares_by(
    rows: pd.DataFrame, column: str, by: Sequence[str], *, cluster: str = PLACE
) -> pd.DataFrame:
    """Return `share_of`, in percent, for each value of some columns."""
    return _each(rows, column, by, cluster, share_of)


def _each(
    rows: pd.DataFrame, column: str, by: Sequence[str], cluster: str, measure: Any
) -> pd.DataFrame:
    columns = [*by, *ENDS, "rows", "clusters"]
    groups = rows.dropna(subset=[column]).groupby(list(by), sort=True, observed=True)
    made = [
        dict(zip(by, key, strict=True)) | measure(group, column, cluster=cluster)
        for key, group in groups
    ]
    return pd.DataFrame(made, columns=columns)


def sampled(
    made: dict[str, Any], *, unit: str, formula: str, result: str, decimals: int = 2, **labels: Any
) -> dict[str, Any]:
    """Return an estimate as a row of a tidy table, which prose can link to by its result.

    Parameters
    ----------
    made : dict
        `value`, `low`, `high`, as `mean_of` gives them; an end that is NaN is open.
    unit, formula : str
        As `Computed` holds them.
    result : str
        Name of the result.
    decimals : int
        Digits to show.
    **labels
        Further columns.

    Examples
    --------
    >>> row = sampled({"value": 1.234, "low": 1.1, "high": float("nan")}, unit="percentage points",
    ...               formula="mean", result="mean_gap")
    >>> row["value"], row["low"], row["kind"]
    (1.23, 1.1, 'sampled')
    """
    number, low, high = (
        None if pd.isna(made[end]) else Decimal(f"{made[end]:.{decimals}f}") for end in ENDS
    )
    if number is None:
        raise IntervalError(f"result {result}", "no number", "an estimate", "leave the row out")
    words = formula if pd.isna(made.get("rows", np.nan)) else f"{formula}; {int(made['rows'])} rows"
    computed = Computed(number, low, high, decimals, unit, words, (), "sampled")
    return computed.as_row(**labels, result=result)


def count(number: float, *, unit: str, formula: str, result: str, **labels: Any) -> dict[str, Any]:
    """Return a count or a choice as a row of the same table.

    >>> count(3, unit="years", formula="years with a pair", result="years")["value"]
    3.0
    """
    return stated(number, unit=unit, formula=formula).as_row(**labels, result=result)
