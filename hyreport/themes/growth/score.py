"""Theme 3: forecasts set against what came, by the errors that a few years allow."""

from collections.abc import Iterable
from fractions import Fraction
from math import comb

import numpy as np
import pandas as pd

from hyreport.data.days import read_year, read_years
from hyreport.errors import IntervalError
from hyreport.numbers.computed import Computed, round_outwards
from hyreport.themes.growth.forecasts import name_of

__all__ = ["coverage", "judge", "score", "scorecard", "single_errors"]


NAIVE = "last value"
POINTS = "percentage points"
DIGITS = 2
ERRORS = ["error", "error_low", "error_high"]


def judge(forecasts: pd.DataFrame, outcomes: pd.DataFrame) -> pd.DataFrame:
    """Set each forecast against the outcome of its year.

    Parameters
    ----------
    forecasts : DataFrame
        As `forecast_growth`, `past_forecasts` or `official_targets` gives it.
    outcomes : DataFrame
        `date`, `value`, `low`, `high`, `series_id`: what was published, with the interval that
        its rounding and wording allow; an end is missing where the wording leaves it open.

    Returns
    -------
    DataFrame
        The forecasts of years with an outcome, with `outcome`, `error` (outcome less forecast,
        as the Bank of England counts it), `error_low`, `error_high` from the outcome's rounding,
        in points, and `inside`: whether the outcome lies in the interval, blank without one.

    Raises
    ------
    IntervalError
        Where two outcomes stand for one year, an outcome or forecast is no number, or no outcome
        fits any forecast.
    DayError
        For a `date` that is no year.
    """
    forecasts = _with_years(forecasts, "forecasts")
    names = {end: f"outcome_{end}" for end in ("low", "high")}
    names |= {"value": "outcome", "series_id": "outcome_id"}
    came = _with_years(outcomes, "outcomes")[["date", *names]].rename(columns=names)
    if came["date"].duplicated().any():
        raise IntervalError("judge", "two outcomes for one year", "one vintage of outcomes")
    ends = came[["outcome_low", "outcome_high"]].fillna(0.0)  # missing where wording leaves it open
    for numbers in (came["outcome"], ends, forecasts["value"]):
        if not np.isfinite(numbers.astype(float)).all(axis=None):
            raise IntervalError("judge", "an outcome or forecast that is no number", "numbers")
    judged = forecasts.merge(came, on="date")
    if judged.empty:
        raise IntervalError("judge", "no outcome for any forecast", "outcomes of the same years")
    for end in ("", "_low", "_high"):
        judged[f"error{end}"] = (judged[f"outcome{end}"] - judged["value"]).round(4)
    inside = judged["outcome"].between(judged["low"], judged["high"])
    judged["inside"] = inside.map({True: "yes", False: "no"}).mask(judged["low"].isna(), "")
    return judged.drop(columns=["outcome_low", "outcome_high"])


def score(
    judged: pd.DataFrame, *, confidence: float = 0.80, suffix: str = ""
) -> dict[str, Computed]:
    """Compute each forecaster's errors, as named results.

    Parameters
    ----------
    judged : DataFrame
        As `judge` gives it; each forecaster is set against the last value in the same years.
    confidence : float
        That of the intervals, which the formula of a count names.
    suffix : str
        Added to each name, to tell two sets apart.

    Returns
    -------
    dict
        Such as `mae_drift`, `rmse_drift`, `mean_error_drift` in points, `skill_drift` in percent
        and `inside_drift`, a count. The ends are what the rounding of the outcomes allows, with
        the forecasts as they were made; those of skill are safe, not sharp. Skill is left out where
        the last value made no error, and its low end is open where rounding lets that be so.

    Raises
    ------
    IntervalError
        Where the last value is not among the forecasters of a year, a forecaster has two
        forecasts for one, or there is nothing to judge.

    Notes
    -----
    Mean absolute error, root mean squared error, and mean error, which is bias: too high and too
    low cancel in it, so it ranks nobody. Skill is 1 − MAE over the MAE of the last value: above
    zero is better than assuming no change.
    """
    results = {}
    if judged.empty:
        raise IntervalError("score", "no judged forecast", "one at least", "make them with judge")
    if judged.duplicated(["source", "date"]).any():
        found = "two forecasts of one forecaster for a year"
        raise IntervalError("score", found, "one each", "score each set on its own")
    naive = judged[judged["source"] == NAIVE]
    for source, rows in judged.groupby("source", sort=False):
        same = naive[naive["date"].isin(rows["date"])]
        if len(same) != len(rows):
            raise IntervalError(f"score of {source}", "a year without the last value", "one each")
        years = f"{source}, {len(rows)} years from {rows['date'].min()} to {rows['date'].max()}"
        mae, base = _mean_size(rows), _mean_size(same)
        # The worst of its own errors against the best of the last value's, and back.
        skill = [_skill(mae[i], base[j]) for i, j in ((0, 0), (2, 1), (1, 2))]
        in_points = {
            "mae": (mae, "mean absolute error"),
            "rmse": (_mean_size(rows, power=2), "root mean squared error"),
            "mean_error": (rows[ERRORS].mean(skipna=False), "mean of outcome − forecast"),
        }
        name, ids = name_of(source) + suffix, _inputs(rows)
        for measure, (ends, words) in in_points.items():
            made = _rounded(ends, POINTS, f"{words}: {years}", ids, DIGITS)
            results[f"{measure}_{name}"] = made
        if skill[0] is not None:
            words = f"1 − mean absolute error / that of the {NAIVE} in the same years: {years}"
            results[f"skill_{name}"] = _rounded(skill, "percent", words, ids, 0)
        if (rows["inside"] != "").any():
            count = int((rows["inside"] == "yes").sum())
            words = f"outcomes inside the {confidence:.0%} interval, of {len(rows)}: {years}"
            results[f"inside_{name}"] = _rounded([count] * 3, "years", words, ids, 0)
    return results


def scorecard(judged: pd.DataFrame, *, suffix: str = "") -> pd.DataFrame:
    """Tabulate the errors of each forecaster, the smallest mean absolute error first.

    Parameters
    ----------
    judged : DataFrame
        As `judge` gives it.
    suffix : str
        As in `score`.

    Returns
    -------
    DataFrame
        One row a `source`: `years`, `rmse` and `mean_error` in points, `skill` in percent (blank
        where the last value made no error), `inside` (k of n), and as `value`, `low`, `high` the
        mean absolute error in points, which is a result to link to. Few years carry no statement
        of significance.
    """
    results = score(judged, suffix=suffix)
    rows = []
    for source, of_one in judged.groupby("source", sort=False):
        name = name_of(source) + suffix
        inside, skill = (results.get(f"{measure}_{name}") for measure in ("inside", "skill"))
        labels = {
            "source": source,
            "years": len(of_one),
            "rmse": float(results[f"rmse_{name}"].value),
            "mean_error": float(results[f"mean_error_{name}"].value),
            "skill": int(skill.value) if skill else "",
            "inside": f"{inside.value} of {len(of_one)}" if inside else "",
            "metric": "MAE",
        }
        rows.append(results[f"mae_{name}"].as_row(**labels, result=f"mae_{name}"))
    return pd.DataFrame(rows).sort_values(["value", "rmse", "source"], ignore_index=True)


def coverage(judged: pd.DataFrame, *, confidence: float = 0.80, suffix: str = "") -> pd.DataFrame:
    """Tell how likely the number of outcomes inside each forecaster's intervals would be.

    Parameters
    ----------
    judged : DataFrame
        As `judge` gives it; forecasts without an interval are left out.
    confidence : float
        Part of outcomes that the intervals were made to hold.
    suffix : str
        Added to the name of each result.

    Returns
    -------
    DataFrame
        One row a `source`: `inside` (k of n), and as `value` the chance in percent of a count at
        least so far from the expected one on its side, if the intervals held what they were made
        for and each year stood for itself.

    Notes
    -----
    Errors of neighbouring years are seldom independent, so that odd counts come more often.

    Examples
    --------
    >>> rows = {"date": ["2016", "2017"], "source": "drift", "inside": "yes"}
    >>> coverage(pd.DataFrame(rows).assign(inputs="", outcome_id=""))["value"].tolist()
    [64.0]
    """
    rows = []
    for source, of_one in judged[judged["inside"] != ""].groupby("source", sort=False):
        held, tries = int((of_one["inside"] == "yes").sum()), len(of_one)
        above = held >= tries * confidence
        counts = range(held, tries + 1) if above else range(held + 1)
        part = Fraction(str(confidence))
        chance = sum(comb(tries, k) * part**k * (1 - part) ** (tries - k) for k in counts)
        words = f"chance of {'at least' if above else 'at most'} {held} of {tries} at {confidence}"
        made = _rounded([100 * chance] * 3, "percent", f"{words}: {source}", _inputs(of_one), 1)
        labels = {"source": source, "inside": f"{held} of {tries}"}
        rows.append(made.as_row(**labels, result=f"coverage_chance_{name_of(source)}{suffix}"))
    return pd.DataFrame(rows)


def single_errors(judged: pd.DataFrame, dates: Iterable[str], *, suffix: str = "") -> pd.DataFrame:
    """List the errors of single years, as results to link to.

    Parameters
    ----------
    judged : DataFrame
        As `judge` gives it.
    dates : iterable of str
        The years wanted.
    suffix : str
        Added to the name of each result.

    Returns
    -------
    DataFrame
        One row a year and forecaster: `date`, `source`, `forecast`, and the error in points with
        the interval of the outcome's rounding.

    Raises
    ------
    IntervalError
        Where no forecast of these years was judged.
    """
    rows = []
    asked = {f"{read_year(date, 'single_errors, dates'):04}" for date in dates}
    wanted = judged[judged["date"].isin(asked)].sort_values("date", kind="stable")
    if wanted.empty:
        found = f"no judged forecast for {', '.join(sorted(asked)) or 'no year'}"
        raise IntervalError("single_errors", found, "one at least")
    for row in wanted.to_dict("records"):
        name = name_of(row["source"])
        words = f"outcome {row['outcome']:g} − {row['source']} {row['value']:g}"
        ids = (*row["inputs"].split(), *row["outcome_id"].split())
        made = _rounded([row[end] for end in ERRORS], POINTS, words, ids, DIGITS)
        labels = {"date": row["date"], "source": row["source"], "forecast": row["value"]}
        rows.append(made.as_row(**labels, result=f"error_{name}_{row['date']}{suffix}"))
    return pd.DataFrame(rows)


def _skill(error: float, base: float) -> float | None:
    """Return skill in percent; against no error at all it has no end."""
    return 100 * (1 - error / base) if base else None


def _with_years(table: pd.DataFrame, place: str) -> pd.DataFrame:
    """Write the years of a reader's table as ours are, so that both can be matched."""
    return table.assign(date=read_years(table, "date", place).map("{:04}".format).astype(str))


def _mean_size(rows: pd.DataFrame, *, power: int = 1) -> list[float]:
    """Give value and ends of the mean size of errors, each free to lie in its own interval."""
    error, low, high = (rows[name].to_numpy() for name in ERRORS)
    nearest = np.where(low * high > 0, np.minimum(abs(low), abs(high)), 0.0)
    sizes = (abs(error), nearest, np.maximum(abs(low), abs(high)))
    return [float((size**power).mean() ** (1 / power)) for size in sizes]


def _rounded(
    ends: Iterable, unit: str, formula: str, ids: tuple[str, ...], digits: int
) -> Computed:
    exact = [None if pd.isna(end) else Fraction(f"{float(end):.9f}") for end in ends]
    value, low, high = round_outwards(exact, digits)
    return Computed(value, low, high, digits, unit, formula, ids)


def _inputs(rows: pd.DataFrame) -> tuple[str, ...]:
    """Name each figure behind some judged forecasts once: what they used, and what came."""
    used = " ".join([*rows["inputs"], *rows["outcome_id"]]).split()
    return tuple(dict.fromkeys(used))
