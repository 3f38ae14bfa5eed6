"""The results of the page on the next target, and the titles of its charts."""

import pandas as pd

from hyreport.panel.estimates import PLACE, share_of
from hyreport.panel.next_near import MORE, measure_nought, measure_step
from hyreport.panel.next_target import (
    CLUSTER,
    EQUAL,
    LINE,
    MOVES,
    shares_after,
    weigh_dropping,
)
from hyreport.panel.words import Results, find, say
from hyreport.panel.wrong import wrong_pairs

__all__ = [
    "list_results",
    "say_errors",
    "title_bins",
    "title_differences",
    "title_moves",
    "title_years",
]


CELLS = 3  # target, outcome and next target
NAMES = {
    "as it stands": "raw",
    "same level and year": "year",
    LINE: "target",
    EQUAL: "equal",
    "same place, level and year": "place",
    "the change before, same level and year": "before",
}
TERMS = {"surplus": "surplus", "shortfall": "shortfall", MORE: "more"}
VARIANTS = {
    "grade A alone": "grade_a",
    "provinces": "provinces",
    "cities": "cities",
    "within half a point of the target": "near",
    "lenient reading": "lenient",
    "not decided by rounding": "sure",
}


def list_results(
    rows: pd.DataFrame,
    after: pd.DataFrame,
    lent: pd.DataFrame,
    slopes: pd.DataFrame,
    variants: pd.DataFrame,
    *,
    wrong: float,
) -> pd.DataFrame:
    """Collect what the sentences of the page say, a result a row.

    Parameters
    ----------
    rows : DataFrame
        As `follow` gives it.
    after, lent, slopes, variants : DataFrame
        What `measure_after`, `place_others`, `measure_slopes` and `compare_variants` make of them.
    wrong : float
        Share of cells taken to be wrong.

    Returns
    -------
    DataFrame
        Computed numbers; none but the choices where no target has a verdict and a next one.
    """
    results = Results("next")
    known = rows.dropna(subset=["change", "strict"])
    results.count("pairs", len(known), "judged targets with a next one", unit="targets")
    results.count("places", known[PLACE].nunique(), "places", unit="places")
    percent = results.wrong(wrong)
    triples = round(100 * wrong_pairs(percent / 100, cells=CELLS), 6)
    words = "target, outcome and next target, one of them wrong, at most"
    results.count("wrong_triples", triples, words, unit="percent")
    if len(known):
        _add_moves(results, rows)
        _add_differences(results, rows, after, variants)
        _add_slopes(results, slopes)
        _add_placebo(results, lent)
        _add_sureness(results, rows)
    return results.table()


def _add_moves(results: Results, rows: pd.DataFrame) -> None:
    for row in shares_after(rows).to_dict("records"):
        words = f"next targets {row['move']} after a {row['after']}"
        results.percent(f"{row['after']}_{row['move']}", row, words)


def _add_differences(
    results: Results, rows: pd.DataFrame, after: pd.DataFrame, variants: pd.DataFrame
) -> None:
    for row in after.to_dict("records"):
        words = f"change of the target after a hit less after a miss, {row['specification']}"
        results.add(f"diff_{NAMES[row['specification']]}", row, words)
    for row in variants.to_dict("records"):
        if row["variant"] in VARIANTS:
            words = f"hit less miss within level and year, {row['variant']}"
            results.add(f"only_{VARIANTS[row['variant']]}", row, words)
    words = (
        "change after a hit less after a miss, outcomes within half a point of the target, the "
        "distance held by a line, same level and year"
    )
    results.add("at_nought", measure_nought(rows), words)
    words = "change after a miss by up to half a point less after one by half to one point"
    results.add("step", measure_step(rows), words)


def _add_slopes(results: Results, slopes: pd.DataFrame) -> None:
    for row in slopes.to_dict("records"):
        if row["held"] in (LINE, EQUAL):
            name = f"slope_{TERMS[row['term']]}{'_equal' if row['held'] == EQUAL else ''}"
            words = f"change of the next target by each point of {row['term']}, {row['held']}"
            results.add(name, row, words, unit="points a point")


def _add_placebo(results: Results, lent: pd.DataFrame) -> None:
    for row in lent.to_dict("records"):
        held = row["specification"]
        words = (
            f"hit less miss with outcomes of {row['turns']} other places of level and year in "
            f"turn, {held}; the ends are the least and the greatest"
        )
        results.add(f"lent_{NAMES[held]}", row, words)


def _add_sureness(results: Results, rows: pd.DataFrame) -> None:
    for row in weigh_dropping(rows).to_dict("records"):
        words = f"rows whose loss turns hit less miss, {row['specification']}"
        name = f"turn_{NAMES[row['specification']]}"
        results.add(name, row["to_turn"], words, unit="percent", decimals=1)
    judged = rows.dropna(subset=["strict"])
    gone = share_of(judged.assign(one=judged["change"].isna()), "one", cluster=CLUSTER)
    results.add("missing", gone, "judged targets without a next one", unit="percent", decimals=1)


def say_errors(found: pd.DataFrame) -> str:
    """Say what wrong cells could do, and whether as many as are taken to be wrong are enough."""
    turn, may = find(found, "next_turn_equal"), find(found, "next_wrong_triples")
    holds = bool(turn) and turn["value"] > may["value"]
    return say("next.errors", found, verdict="fewer than it takes" if holds else "enough")


def title_moves(found: pd.DataFrame) -> str:
    """Return the title of the chart of moves."""
    miss, hit = find(found, f"next_miss_{MOVES[0]}"), find(found, f"next_hit_{MOVES[0]}")
    if not miss or not hit:
        return "Too few targets with an outcome and a next target to compare"
    return (
        f"{miss['value']:.0f}% of missed targets were followed by a lower one, {hit['value']:.0f}% "
        "of those met"
    )


def title_differences(found: pd.DataFrame) -> str:
    """Return the title of the chart of differences."""
    own, lent = find(found, "next_diff_year"), find(found, "next_lent_year")
    if not own or not lent:
        return "Too few targets with an outcome and a next target to compare"
    return (
        f"Hit less miss: {own['value']:+.2f} points within level and year, {lent['value']:+.2f} "
        "with another place's outcome"
    ).replace("-", "−")


def title_bins(bins: pd.DataFrame) -> str:
    """Return the title of the chart of changes by the distance from the target."""
    if len(bins) < 2:
        return "Too few targets with an outcome and a next target to compare"
    first, last = bins.iloc[0], bins.iloc[-1]
    return (
        f"The next target moved {first['value']:+.2f} points against its peers after the widest "
        f"misses, {last['value']:+.2f} after the widest hits"
    ).replace("-", "−")


def title_years(means: pd.DataFrame, *, few: int = 5) -> str:
    """Return the title of the chart of changes by year."""
    rows = means[means["rows"] >= few]
    wide = rows.pivot(index=["level", "year"], columns="after", values="value")
    if not {"hit", "miss"} <= set(wide):
        return "Too few targets with an outcome and a next target to compare"
    both = wide.dropna()
    more = int((both["hit"] > both["miss"]).sum())
    return (
        f"In {more} of {len(both)} years of a level the next target moved further up, or less far "
        "down, after a hit than after a miss"
    )
