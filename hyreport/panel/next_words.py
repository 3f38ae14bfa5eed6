"""What can be said of the next target after a hit or a miss: results, sentences, titles."""

from typing import Any

import pandas as pd

from hyreport.panel.estimates import count, sampled, share_of, tabulate
from hyreport.panel.next_target import (
    MOVES,
    compare_variants,
    measure_after,
    measure_slopes,
    measure_step,
    place_others,
    shares_after,
    weigh_dropping,
)
from hyreport.panel.sample import name_indicator
from hyreport.panel.words import fill, find, holds
from hyreport.panel.wrong import wrong_pairs

__all__ = [
    "list_results",
    "say_answer",
    "say_errors",
    "say_near",
    "say_placebo",
    "say_slopes",
    "title_bins",
    "title_differences",
    "title_moves",
    "title_years",
]


POINTS = "percentage points"
NAMES = {
    "as it stands": "raw",
    "same level and year": "year",
    "same level, year and target": "target",
    "same place, level and year": "place",
    "the change before, same level and year": "before",
}
VARIANTS = {
    "grade A alone": "grade_a",
    "provinces": "provinces",
    "cities": "cities",
    "within half a point of the target": "near",
    "lenient reading": "lenient",
    "not decided by rounding": "sure",
}


def list_results(rows: pd.DataFrame, *, wrong: float, tolerance: float) -> pd.DataFrame:
    """Collect what the sentences of the page say, a result a row.

    Parameters
    ----------
    rows : DataFrame
        As `follow` gives it.
    wrong : float
        Share of cells taken to be wrong.
    tolerance : float
        As `judge` takes it.

    Returns
    -------
    DataFrame
        Computed numbers; none but the choices where no target has a verdict and a next one.
    """
    known = rows.dropna(subset=["change", "strict"])
    made = [
        count(
            len(known), what="judged targets with a next one", unit="targets", result="next_pairs"
        ),
        count(known["area_code_now"].nunique(), what="places", unit="places", result="next_places"),
        count(
            round(100 * wrong_pairs(wrong, cells=3), 1),
            what="triples of cells with a wrong one",
            unit="percent",
            result="next_wrong_triples",
        ),
        count(
            round(100 * wrong, 6),
            what="a choice of this page",
            unit="percent of cells",
            result="next_wrong",
        ),
    ]
    if len(known):
        made += _of_moves(rows) + _of_differences(rows)
        made += _of_placebo(rows, tolerance) + _of_sureness(rows)
    return tabulate(made)


def _of_moves(rows: pd.DataFrame) -> list[dict[str, Any]]:
    made = []
    for row in shares_after(rows).dropna(subset="value").to_dict("records"):
        words = f"next targets {row['move']} after a {row['after']}"
        made.append(
            sampled(
                row,
                unit="percent",
                formula=words,
                decimals=0,
                result=f"next_{row['after']}_{row['move']}",
            )
        )
    return made


def _of_differences(rows: pd.DataFrame) -> list[dict[str, Any]]:
    made = []
    for row in measure_after(rows).dropna(subset="value").to_dict("records"):
        words = f"change of the target after a hit less after a miss, {row['specification']}"
        made.append(
            sampled(
                row, unit=POINTS, formula=words, result=f"next_diff_{NAMES[row['specification']]}"
            )
        )
    for row in compare_variants(rows).dropna(subset="value").to_dict("records"):
        if row["variant"] in VARIANTS:
            words = f"the same within level and year, {row['variant']}"
            made.append(
                sampled(
                    row, unit=POINTS, formula=words, result=f"next_only_{VARIANTS[row['variant']]}"
                )
            )
    step = measure_step(rows)
    if pd.notna(step["value"]):
        words = "change after a miss by up to half a point less after one by half to one point"
        made.append(sampled(step, unit=POINTS, formula=words, result="next_step"))
    slopes = measure_slopes(rows)
    for row in slopes.dropna(subset="value").to_dict("records"):
        if row["held"] == "same level, year and target":
            words = f"change of the next target by each point of {row['term']}, {row['held']}"
            made.append(
                sampled(
                    row, unit="points a point", formula=words, result=f"next_slope_{row['term']}"
                )
            )
    return made


def _of_placebo(rows: pd.DataFrame, tolerance: float) -> list[dict[str, Any]]:
    made = []
    for name, others in (("year", []), ("target", ["value"])):
        lent = place_others(rows, others=others, tolerance=tolerance)
        if pd.notna(lent["value"]):
            words = (
                f"the same with outcomes of {lent['turns']} other places of the level and year in "
                "turn; the ends are the least and the greatest of these"
            )
            words += ", target held" if others else ""
            made.append(sampled(lent, unit=POINTS, formula=words, result=f"next_lent_{name}"))
    return made


def _of_sureness(rows: pd.DataFrame) -> list[dict[str, Any]]:
    made = []
    for row in weigh_dropping(rows).dropna(subset="to_turn").to_dict("records"):
        ends = {"value": row["to_turn"], "low": None, "high": None}
        words = f"rows whose loss turns the difference, {row['specification']}"
        made.append(
            sampled(
                ends,
                unit="percent",
                formula=words,
                decimals=1,
                result=f"next_turn_{NAMES[row['specification']]}",
            )
        )
    judged = rows.dropna(subset=["strict"])
    gone = share_of(judged.assign(one=judged["change"].isna()), "one")
    made.append(
        sampled(
            gone,
            unit="percent",
            formula="judged targets without a next one",
            decimals=1,
            result="next_missing",
        )
    )
    return made


def say_answer(found: pd.DataFrame, indicator: str) -> str:
    """Say the answer: what follows a hit and a miss, and how much of it the target alone gives."""
    name = name_indicator(indicator)
    way = {
        1: "higher after a hit than after a miss",
        -1: "lower after a hit than after a miss",
        0: "not told apart after a hit and after a miss",
    }[holds(found, "next_diff_year")]
    sentences = [
        fill(
            f"After a missed target of {name} the next one was lowered in {{next_miss_lowered}} "
            "percent of cases, kept in {next_miss_kept} and raised in {next_miss_raised}; after a "
            "hit it was lowered in {next_hit_lowered} percent, kept in {next_hit_kept} and raised "
            "in {next_hit_raised}.",
            found,
        ),
        fill(
            f"Among places of the same level and year the step to the next target is {way}: "
            "{next_diff_year} points ({next_diff_year.low} to {next_diff_year.high}).",
            found,
        ),
        say_placebo(found),
    ]
    return " ".join(filter(None, sentences)) or (
        f"The panel holds no targets of {name} with an outcome and a next target."
    )


def say_placebo(found: pd.DataFrame) -> str:
    """Say how much shows with the outcomes of other places, and what is left of the rest."""
    left = {
        1: "a difference stays",
        -1: "the difference turns",
        0: "no clear difference stays",
    }[holds(found, "next_diff_target")]
    sentences = [
        fill(
            "Part of that is no answer to the outcome: with the outcome of another place of the "
            "same level and year in place of one's own, {next_lent_year} points show as well: a "
            "high target is missed more often and followed by a lower one anyway.",
            found,
        ),
        fill(
            f"Among equal targets of the same level and year {left}: "
            "{next_diff_target} points ({next_diff_target.low} to {next_diff_target.high}), and "
            "with borrowed outcomes {next_lent_target}.",
            found,
        ),
    ]
    return " ".join(filter(None, sentences))


def say_near(found: pd.DataFrame) -> str:
    """Say whether crossing the target itself makes a difference."""
    way = {
        1: "makes a difference",
        -1: "goes with a lower next target",
        0: "makes no clear difference",
    }[holds(found, "next_only_near")]
    near = fill(
        f"Just reaching the number or just missing it {way}: among outcomes within half a point of "
        "the target the next one moves by {next_only_near} points more after a hit "
        "({next_only_near.low} to {next_only_near.high}).",
        found,
    )
    step = fill(
        "A miss by up to half a point is followed by {next_step} points more than one by half a "
        "point to a point ({next_step.low} to {next_step.high}).",
        found,
    )
    return " ".join(filter(None, [near, step]))


def say_slopes(found: pd.DataFrame) -> str:
    """Say how the next target moves with each point of surplus and shortfall."""
    way = {
        1: "Targets follow a surplus more closely than a shortfall",
        -1: "Targets follow a shortfall more closely than a surplus",
        0: "Whether targets follow a surplus or a shortfall more closely is not told apart",
    }[holds(found, "next_slope_more")]
    return fill(
        f"{way}: among equal targets of a level and year each point above the target goes with "
        "{next_slope_surplus} points more in the next, each point below it with "
        "{next_slope_shortfall} less; the difference is {next_slope_more} ({next_slope_more.low} "
        "to {next_slope_more.high}).",
        found,
    )


def say_errors(found: pd.DataFrame) -> str:
    """Say what wrong cells could do."""
    turn = find(found, "next_turn_target")
    may = find(found, "next_wrong_triples")
    if not turn or not may:
        return ""
    holds_up = turn["value"] > may["value"]
    verdict = "fewer than it takes" if holds_up else "enough"
    sentences = [
        fill(
            "The loss of {next_turn_year} percent of rows, those that speak most for it, would "
            "turn the difference within level and year, of {next_turn_target} percent that among "
            "equal targets. If {next_wrong} percent of cells are wrong, {next_wrong_triples} "
            f"percent of rows hold a wrong one: {verdict} to turn the latter.",
            found,
        ),
        fill(
            "With cells of grade A alone the difference within level and year is "
            "{next_only_grade_a} points, of provinces {next_only_provinces}, of cities "
            "{next_only_cities}, by the lenient reading {next_only_lenient}.",
            found,
        ),
        fill("For {next_missing} percent of judged targets no next one was read.", found),
    ]
    return " ".join(filter(None, sentences))


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
        "down, after a hit"
    )
