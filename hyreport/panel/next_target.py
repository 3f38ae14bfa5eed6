"""The next target after a hit or a miss, with what would show anyway.

A target that was set high, for whatever reason, is missed more often and followed by a lower one
more often: both lean on the same number, so that hits and rises go together even where no place
ever looked back (regression to the mean). What shows that is measured beside each finding: the
change among equal targets, and the same comparison with the outcome of another place of the same
level and year in place of one's own. Intervals take the rows of a province as one: its places may
err together.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from hyreport.panel.estimates import PLACE, fit_terms, means_by, share_of
from hyreport.panel.hits import judge
from hyreport.panel.wrong import drop_to_turn

__all__ = [
    "MOVES",
    "SPECIFICATIONS",
    "compare_variants",
    "follow",
    "known_rows",
    "means_by_year",
    "measure_after",
    "name_missing",
    "place_others",
    "shares_after",
    "telling_rows",
    "weigh_dropping",
]


MOVES = ("lowered", "kept", "raised")
CLUSTER = "province"
EQUAL = "equal targets, same level and year"
LINE = "same level and year, target held by a line"
# What is held, by the name of the comparison: effects, and further terms.
SPECIFICATIONS: dict[str, tuple[list[str], list[str]]] = {
    "as it stands": ([], []),
    "same level and year": (["cell"], []),
    LINE: (["cell"], ["value"]),
    EQUAL: (["equal"], []),
    "same place, level and year": (["cell", PLACE], []),
}
LENT = ("same level and year", LINE, EQUAL)  # what is held where outcomes are lent
TURNS = 40  # other places that each place borrows its outcome from, at most
NEAR = 0.5  # points


def follow(judged: pd.DataFrame, targets: pd.DataFrame) -> pd.DataFrame:
    """Add to each judged target the one that the same place set for the year after.

    Parameters
    ----------
    judged : DataFrame
        As `judge` gives it.
    targets : DataFrame
        Targets of the same indicator that are taken, as `take_grades` gives them.

    Returns
    -------
    DataFrame
        All judged targets but those of the last year; `next` the stated number of the year after,
        `change` in points, `move` (lowered, kept, raised), NaN and blank where it is missing,
        `before` the change that led to the target itself, `cell` its level and year, `equal` these
        and the stated number.

    Examples
    --------
    >>> judged = pd.DataFrame({"area_code_now": "430000", "level": "province", "year": [1, 2],
    ...                        "value": [9.0, 8.5]})
    >>> follow(judged, judged)[["next", "change", "move"]].values.tolist()
    [[8.5, -0.5, 'lowered']]
    """
    own = targets[[PLACE, "year", "value"]]
    after = own.assign(year=own["year"] - 1).rename(columns={"value": "next"})
    ahead = own.assign(year=own["year"] + 1).rename(columns={"value": "previous"})
    rows = judged[judged["year"] < targets["year"].max()]
    rows = rows.merge(after, on=[PLACE, "year"], how="left")
    rows = rows.merge(ahead, on=[PLACE, "year"], how="left")
    change = (rows["next"] - rows["value"]).astype(float).round(6)
    names = np.array(MOVES, dtype=object)[1 + np.sign(change.fillna(0)).astype(int)]
    move = pd.Series(names, index=rows.index, dtype=object).where(change.notna(), "")
    before = (rows["value"] - rows["previous"]).astype(float).round(6)
    cell = rows["level"] + rows["year"].astype(str)
    equal = cell + " " + rows["value"].astype(str)
    return rows.assign(change=change, move=move, before=before, cell=cell, equal=equal)


def known_rows(rows: pd.DataFrame, reading: str = "strict") -> pd.DataFrame:
    """Return the rows that have a verdict and a next target."""
    return rows.dropna(subset=["change", reading]).reset_index(drop=True)


def telling_rows(rows: pd.DataFrame, term: str, effects: Sequence[str]) -> pd.DataFrame:
    """Return the rows of equal targets among which a term differs; with other effects, all."""
    if list(effects) != SPECIFICATIONS[EQUAL][0]:
        return rows
    differ = rows.groupby(list(effects))[term].transform("nunique") > 1
    return rows[differ].reset_index(drop=True)


def shares_after(rows: pd.DataFrame, *, reading: str = "strict") -> pd.DataFrame:
    """Return the percent of next targets raised, kept and lowered, after a hit and a miss.

    Returns
    -------
    DataFrame
        `after` (hit, miss), `move`, percent with its interval, `rows` of that kind.
    """
    known = known_rows(rows, reading)
    made = []
    for after, met in (("hit", 1), ("miss", 0)):
        kind = known[known[reading] == met]
        for move in MOVES:
            share = share_of(kind.assign(one=kind["move"] == move), "one", cluster=CLUSTER)
            made.append({"after": after, "move": move} | share)
    return pd.DataFrame(made)


def measure_after(rows: pd.DataFrame, *, reading: str = "strict") -> pd.DataFrame:
    """Measure the change of the target after a hit, less that after a miss.

    Parameters
    ----------
    rows : DataFrame
        As `follow` gives it.
    reading : str
        strict or lenient.

    Returns
    -------
    DataFrame
        `specification` (what is held), the difference in points with its interval, `rows`; of equal
        targets those alone of which some were met and some missed; last the change that led up to
        the target, which no outcome of its year can have caused.
    """
    known = known_rows(rows, reading)
    made = [
        fit_terms(
            telling_rows(known, reading, effects),
            "change",
            [reading, *others],
            effects=effects,
            cluster=CLUSTER,
        )
        .iloc[:1]
        .assign(specification=name)
        for name, (effects, others) in SPECIFICATIONS.items()
    ]
    before = fit_terms(known, "before", [reading], effects=["cell"], cluster=CLUSTER)
    made.append(before.assign(specification="the change before, same level and year"))
    found = pd.concat(made, ignore_index=True)
    return found[["specification", *found.columns.drop(["specification", "term"])]]


def place_others(rows: pd.DataFrame, *, tolerance: float = 0.5, turns: int = TURNS) -> pd.DataFrame:
    """Measure the same difference with outcomes of other places of the same level and year.

    Parameters
    ----------
    rows : DataFrame
        As `follow` gives it.
    tolerance : float
        As `judge` takes it.
    turns : int
        How many other places lend each place their outcome, one after another in the order of
        codes.

    Returns
    -------
    DataFrame
        `specification` (what is held, those of `LENT`); `value`, the mean difference in points over
        the turns; `low` and `high`, the least and the greatest; `rows`; `turns`. What is left of
        the difference with borrowed outcomes comes from the target alone.
    """
    known = known_rows(rows).sort_values(["cell", PLACE], ignore_index=True)
    lent = ["outcome", "outcome_low", "outcome_high", "outcome_qualifier"]
    size = known.groupby("cell")["cell"].transform("size")
    known = known[size > 1].reset_index(drop=True)
    size, place = size[size > 1].to_numpy(), known.groupby("cell").cumcount().to_numpy()
    first = np.arange(len(known)) - place
    found: dict[str, list[float]] = {name: [] for name in LENT}
    for turn in range(1, min(turns, size.max(initial=1) - 1) + 1):
        source = first + (place - turn) % size
        borrowed = known.assign(**{name: known[name].to_numpy()[source] for name in lent})
        borrowed = judge(borrowed[source != np.arange(len(known))], tolerance=tolerance)
        for name in LENT:
            effects, others = SPECIFICATIONS[name]
            verdict = telling_rows(borrowed, "strict", effects)
            fitted = fit_terms(verdict, "change", ["strict", *others], effects=effects)
            found[name].append(fitted["value"].iloc[0])
    made = []
    for name, values in found.items():
        told = pd.Series(values, dtype=float).dropna()
        sizes = {"rows": len(known), "turns": len(values)} if len(told) else {"rows": 0, "turns": 0}
        ends = {"value": told.mean(), "low": told.min(), "high": told.max()}
        made.append({"specification": name} | ends | sizes)
    return pd.DataFrame(made).round(dict.fromkeys(("value", "low", "high"), 6))


def compare_variants(rows: pd.DataFrame) -> pd.DataFrame:
    """Measure the difference within level and year again for parts of the rows.

    Returns
    -------
    DataFrame
        `variant`, difference in points with its interval, `rows`.
    """
    rows = rows.assign(stated=rows["wording"].isin(("at least", "bare")))
    parts = {
        "all pairs": rows,
        "grade A alone": rows[(rows["certainty"] == "A") & (rows["outcome_certainty"] == "A")],
        "provinces": rows[rows["level"] == "province"],
        "cities": rows[rows["level"] == "prefecture"],
        "bare or at least": rows[rows["stated"]],
        "not decided by rounding": rows[~rows["by_rounding"].astype(bool)],
        "within half a point of the target": rows[rows["gap"].abs() <= NEAR],
    }
    halves = _halve(rows)
    made = [_within(part).assign(variant=name) for name, part in (parts | halves).items()]
    lenient = _within(rows, "lenient")
    found = pd.concat([*made, lenient.assign(variant="lenient reading")], ignore_index=True)
    return found[["variant", *found.columns.drop(["variant", "term"])]]


def _within(rows: pd.DataFrame, reading: str = "strict") -> pd.DataFrame:
    """Return the difference within level and year."""
    known = known_rows(rows, reading)
    return fit_terms(known, "change", [reading], effects=["cell"], cluster=CLUSTER)


def _halve(rows: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return the earlier and the later half of the rows, by their years."""
    if rows.empty:
        return {}
    middle = int(rows["year"].median())
    return {
        f"to {middle}": rows[rows["year"] <= middle],
        f"after {middle}": rows[rows["year"] > middle],
    }


def means_by_year(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the mean change of the target after a hit and after a miss, by level and year."""
    known = known_rows(rows)
    known["after"] = np.where(known["strict"] == 1, "hit", "miss")
    return means_by(known, "change", ["level", "year", "after"], cluster=CLUSTER)


def name_missing(rows: pd.DataFrame) -> pd.DataFrame:
    """Say of each judged target whether the next one is missing."""
    return rows.assign(missing=np.where(rows["change"].isna(), "no next target read", ""))


def weigh_dropping(rows: pd.DataFrame, *, reading: str = "strict") -> pd.DataFrame:
    """Return what percent of rows would turn the sign of each difference if they were lost.

    Returns
    -------
    DataFrame
        `specification` and `to_turn` in percent of all rows, those included that cannot tell.
    """
    known = known_rows(rows, reading)
    made = []
    for name, (effects, others) in SPECIFICATIONS.items():
        if PLACE in effects:
            continue
        telling = telling_rows(known, reading, effects)
        lost = drop_to_turn(telling, "change", reading, effects=effects, others=others)
        of_all = 100 * lost * len(telling) / max(1, len(known))
        made.append({"specification": name, "to_turn": round(of_all, 4)})
    return pd.DataFrame(made)
