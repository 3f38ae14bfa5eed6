"""Seven models of a yearly series without state spaces: formulas, and least squares over all years.

Each takes the years known (gaps allowed), their values and how many years ahead; it returns the
centre, the standard deviation of the error and its degrees of freedom.
"""

from itertools import product

import numpy as np
from scipy import stats

FORMULAS = ("last value", "mean", "drift")
DAMPING = 0.9
STEPS = [step / 10 for step in range(1, 10)]
SHARES = [step / 20 for step in range(21)]
PULLS = [step / 50 for step in range(50)]


def changes(years, values):
    """Return the changes between neighbouring years."""
    return np.diff(values)[np.diff(years) == 1]


def last_value(years, values, ahead):
    moved = changes(years, values)
    return values[-1], (moved @ moved / len(moved) * ahead) ** 0.5, len(moved)


def mean(years, values, ahead):
    count = len(values)
    return np.mean(values), np.std(values, ddof=1) * (1 + 1 / count) ** 0.5, count - 1


def drift(years, values, ahead):
    span = years[-1] - years[0]
    slope = (values[-1] - values[0]) / span
    errors = changes(years, values) - slope
    freedom = len(errors) - 1
    spread = (errors @ errors / freedom * ahead * (1 + ahead / span)) ** 0.5
    return values[-1] + ahead * slope, spread, freedom


def krige(years, values, ahead, covariance, noise):
    """Predict by generalised least squares with an unknown mean; the likelihood comes last."""
    places = np.asarray(years, dtype=float)
    values, count = np.asarray(values), len(values)
    inner = covariance(places[:, None], places[None, :]) + noise * np.eye(count)
    solve, ones = np.linalg.inv(inner), np.ones(count)
    weight = ones @ solve @ ones
    middle = ones @ solve @ values / weight
    rest = values - middle
    squares = rest @ solve @ rest
    target = places[-1] + ahead
    outer = covariance(places, target)
    left = 1 - ones @ solve @ outer
    variance = covariance(target, target) + noise - outer @ solve @ outer + left**2 / weight
    likelihood = -((count - 1) * np.log(squares) + np.linalg.slogdet(inner)[1] + np.log(weight))
    spread = (squares / (count - 2) * variance) ** 0.5
    return middle + outer @ solve @ rest, spread, count - 2, likelihood


def walk(share):
    start = 2000.0
    return lambda one, other: share * (np.minimum(one, other) - start)


def pull(value):
    return lambda one, other: value ** np.abs(one - other) / (1 - value**2)


def damped(years, values, ahead, *, alpha, beta):
    """Predict a damped trend as a weighted sum of errors, all years at once."""
    seen = np.asarray(years) - years[0]
    count = seen[-1] + 1 + ahead
    reach = np.cumsum(DAMPING ** np.arange(1, count + 1))
    middle = values[0] + (values[1] - values[0]) * reach
    weights = np.eye(count)
    for later, earlier in product(range(count), repeat=2):
        if later > earlier:
            weights[later, earlier] = alpha + beta * reach[later - earlier - 1]
    covariance = weights @ weights.T
    inner, outer = covariance[np.ix_(seen, seen)], covariance[seen, -1]
    rest, solve = values - middle[seen], np.linalg.inv(inner)
    squares = rest @ solve @ rest
    variance = covariance[-1, -1] - outer @ solve @ outer
    freedom = len(values) - 4
    likelihood = -(len(values) * np.log(squares) + np.linalg.slogdet(inner)[1])
    centre = middle[-1] + outer @ solve @ rest
    return centre, (squares / freedom * variance) ** 0.5, freedom, likelihood


def likeliest(made):
    """Return the place of the likeliest, the first of those that are alike."""
    return max(range(len(made)), key=lambda place: round(made[place][-1], 9))


def damped_trend(years, values, ahead):
    grid = [(alpha, beta) for alpha, beta in product(STEPS, STEPS) if beta <= alpha]
    made = [damped(years, values, ahead, alpha=alpha, beta=beta) for alpha, beta in grid]
    return made[likeliest(made)][:3]


def local_level(years, values, ahead):
    made = [krige(years, values, ahead, walk(share), 1 - share) for share in SHARES]
    return made[likeliest(made)][:3]


def autoregression(years, values, ahead):
    made = [krige(years, values, ahead, pull(value), 0.0) for value in PULLS]
    return made[likeliest(made)][:3]


def smooth(values, alpha):
    """Return the level after each value, begun at the first, and each value less the level."""
    level, errors = values[0], []
    for value in values:
        errors.append(value - level)
        level += alpha * errors[-1]
    return level, np.array(errors)


def theta(years, values, ahead):
    """Smooth with the step of least squares and add half the long slope."""
    best = min(np.linspace(0, 1, 201), key=lambda alpha: (smooth(values, alpha)[1] ** 2).sum())
    low, high = max(best - 0.005, 1e-8), min(best + 0.005, 1.0)
    for _ in range(40):
        third = (high - low) / 3
        sums = [(smooth(values, alpha)[1] ** 2).sum() for alpha in (low + third, high - third)]
        low, high = (low, high - third) if sums[0] <= sums[1] else (low + third, high)
    alpha, count = (low + high) / 2, len(values)
    slope = np.polyfit(np.arange(count), values, 1)[0]
    level, errors = smooth(values, alpha)
    errors -= slope / 2 * (1 - (1 - alpha) ** np.arange(count)) / alpha
    freedom = count - 3
    spread = (errors @ errors / freedom * (1 + (ahead - 1) * alpha**2)) ** 0.5
    return level + slope / 2 * (ahead - 1 + (1 - (1 - alpha) ** count) / alpha), spread, freedom


MODELS = {
    "last value": last_value,
    "mean": mean,
    "drift": drift,
    "damped trend": damped_trend,
    "Theta": theta,
    "local level": local_level,
    "first-order autoregression": autoregression,
}


def forecast(known, year, models=MODELS, confidence=0.8):
    """Return value, low and high by model, and of the mean of them all: the combination."""
    years, values = np.array(sorted(known)), np.array([known[year] for year in sorted(known)])
    ahead, made = year - years[-1], {}
    for name in models:
        centre, spread, freedom = MODELS[name](years, values, ahead)
        half = stats.t.ppf((1 + confidence) / 2, freedom) * spread
        made[name] = np.array([centre, centre - half, centre + half])
    return made | {"combination": np.mean(list(made.values()), axis=0)}
