"""What can be said of targets met and missed: its results, its sentences, titles of charts."""

from typing import Any

import pandas as pd

from hyreport.panel.estimates import count, mean_of, sampled, share_of, shares_by, tabulate
from hyreport.panel.hits import READINGS, bound_missing, weigh_errors
from hyreport.panel.sample import name_indicator
from hyreport.panel.words import fill, find, holds

__all__ = [
    "list_results",
    "say_answer",
    "say_errors",
    "say_missing",
    "say_wording",
]


FEW = 20  # targets that the share of a year must rest on to be named
PERCENT = "percent"


def list_results(
    judged: pd.DataFrame,
    *,
    named: pd.DataFrame,
    compared: pd.DataFrame,
    variants: pd.DataFrame,
    choices: dict[str, float],
) -> pd.DataFrame:
    """Collect what the sentences of the page say, a result a row.

    Parameters
    ----------
    judged, named, compared, variants : DataFrame
        As `judge`, `name_missing`, `compare_wordings` and `compare_variants` give them.
    choices : dict
        `wrong`, the share of cells taken to be wrong, `tolerance` in points, and `grid`, the
        percent of targets on whole and half numbers.

    Returns
    -------
    DataFrame
        Computed numbers, with the `year` of those that are of one.
    """
    wrong = choices["wrong"]
    made = [
        count(len(judged), what="pairs", unit="pairs", result="hits_pairs"),
        count(
            judged["area_code_now"].nunique(), what="places", unit="places", result="hits_places"
        ),
        count(
            round(100 * wrong, 6),
            what="a choice of this page",
            unit="percent of cells",
            result="hits_wrong",
        ),
        count(
            choices["tolerance"],
            what="a choice of this page",
            unit="percentage points",
            result="hits_tolerance",
        ),
    ]
    if pd.notna(choices["grid"]):
        ends = {"value": choices["grid"], "low": None, "high": None}
        made.append(
            sampled(
                ends,
                unit=PERCENT,
                formula="targets that are whole or half numbers",
                decimals=0,
                result="hits_grid",
            )
        )
    if judged["strict"].notna().any():
        made += _of_shares(judged) + _of_years(judged)
        made += _of_missing(judged, named) + _of_wording(compared)
    made += _of_sureness(judged, variants, wrong)
    return tabulate(made)


def _of_shares(judged: pd.DataFrame) -> list[dict[str, Any]]:
    made = []
    groups = {"": judged, "_province": judged[judged["level"] == "province"]}
    groups["_city"] = judged[judged["level"] == "prefecture"]
    for reading in READINGS:
        for suffix, rows in groups.items():
            if rows[reading].notna().any():
                share = share_of(rows, reading, cluster="province")
                made.append(
                    sampled(
                        share,
                        unit=PERCENT,
                        formula=f"targets met, {reading} reading",
                        decimals=0,
                        result=f"hits_{reading}{suffix}",
                    )
                )
    rounding = share_of(judged, "by_rounding", cluster="province")
    words = "pairs whose stated target lies within what rounding of the outcome allows"
    made.append(
        sampled(rounding, unit=PERCENT, formula=words, decimals=0, result="hits_by_rounding")
    )
    gap = mean_of(judged, "gap", cluster="province")
    made.append(
        sampled(
            gap, unit="percentage points", formula="mean of outcome less target", result="hits_gap"
        )
    )
    return made


def _of_years(judged: pd.DataFrame) -> list[dict[str, Any]]:
    years = shares_by(judged, "strict", ["year"], cluster="province")
    years = years[years["rows"] >= FEW]
    if years.empty:
        return []
    picked = {
        "best": years.loc[years["value"].idxmax()],
        "worst": years.loc[years["value"].idxmin()],
        "latest": years.iloc[-1],
    }
    made = [
        sampled(
            row.to_dict(),
            unit=PERCENT,
            formula="targets met, strict reading",
            decimals=0,
            result=f"hits_{which}",
            year=row["year"],
        )
        for which, row in picked.items()
    ]
    most = int((years["value"] > 50).sum())
    made.append(
        count(len(years), what=f"years with {FEW} pairs or more", unit="years", result="hits_years")
    )
    made.append(
        count(
            most,
            what="years in which more than half were met, strict reading",
            unit="years",
            result="hits_years_most",
        )
    )
    return made


def _of_missing(judged: pd.DataFrame, named: pd.DataFrame) -> list[dict[str, Any]]:
    if named.empty:
        return []
    gone = share_of(named.assign(one=named["missing"] != ""), "one", cluster="province")
    made = [
        sampled(
            gone,
            unit=PERCENT,
            formula="targets without an outcome",
            decimals=0,
            result="hits_missing",
        )
    ]
    for reading in READINGS:
        low, high = bound_missing(judged, named, reading)
        share = 100 * judged[reading].mean()
        ends = {"value": share, "low": low, "high": high}
        words = f"targets met, {reading} reading, whatever the missing outcomes were"
        made.append(
            sampled(ends, unit=PERCENT, formula=words, decimals=0, result=f"hits_{reading}_any")
        )
    return made


def _of_wording(compared: pd.DataFrame) -> list[dict[str, Any]]:
    made = []
    for reading in READINGS:
        rows = compared[compared["outcome"] == reading].set_index("wording")
        if {"at least", "about"} - set(rows.index):
            continue
        firm, soft = rows.loc["at least"], rows.loc["about"]
        if pd.isna(firm["value"]) or pd.isna(soft["share"]):
            continue
        raw = {"value": firm["share"] - soft["share"], "low": None, "high": None}
        made.append(
            sampled(
                raw,
                unit="percentage points",
                decimals=0,
                formula="share met, at least less about, all years together",
                result=f"hits_firm_raw_{reading}",
            )
        )
        made.append(
            sampled(
                firm.to_dict(),
                unit="percentage points",
                decimals=0,
                formula="the same among targets of one level and year",
                result=f"hits_firm_{reading}",
            )
        )
    return made


def _of_sureness(
    judged: pd.DataFrame, variants: pd.DataFrame, wrong: float
) -> list[dict[str, Any]]:
    made = []
    for row in weigh_errors(judged, wrong).dropna().to_dict("records"):
        words = (
            f"targets met, {row['reading']} reading, if {100 * wrong:g} percent of cells are wrong"
        )
        made.append(
            sampled(
                row, unit=PERCENT, formula=words, decimals=0, result=f"hits_{row['reading']}_wrong"
            )
        )
    kinds = {
        "grade A alone": "grade_a",
        "the same places throughout": "balanced",
        "ranges at their upper end": "upper",
    }
    for row in (
        variants[variants["variant"].isin(list(kinds))].dropna(subset="value").to_dict("records")
    ):
        made.append(
            sampled(
                row,
                unit=PERCENT,
                formula=f"targets met, {row['variant']}",
                decimals=0,
                result=f"hits_{row['reading']}_{kinds[row['variant']]}",
            )
        )
    return made


def say_answer(found: pd.DataFrame, indicator: str) -> str:
    """Say the answer: how many came true by both readings, and how that moved."""
    name = name_indicator(indicator)
    sentences = [
        fill(
            f"Of {{hits_pairs}} targets of {name} whose outcome the next report prints, "
            "{hits_strict} percent were met as stated and {hits_lenient} percent when rounding "
            "and 左右 (about) are allowed for. Provinces met {hits_strict_province} percent, "
            "cities {hits_strict_city} percent.",
            found,
        ),
        fill(
            "It depends on the year: {hits_best} percent in {hits_best.year}, the most, "
            "{hits_worst} percent in {hits_worst.year}, the least; more than half in "
            "{hits_years_most} of {hits_years} years.",
            found,
        ),
        say_wording(found),
    ]
    return " ".join(filter(None, sentences)) or (
        f"The panel holds no targets of {name} whose outcome the next report prints."
    )


def say_wording(found: pd.DataFrame) -> str:
    """Say what wording has to do with it, all years together and within a year."""
    way = {
        1: "higher also among targets of the same level and year",
        -1: "lower among targets of the same level and year",
        0: "not told apart among targets of the same level and year",
    }[holds(found, "hits_firm_strict")]
    raw = find(found, "hits_firm_raw_strict")
    more = "more" if not raw or raw["value"] >= 0 else "less"
    return fill(
        f"Targets worded 以上 (at least) were met {more} often than those with 左右, by "
        "{hits_firm_raw_strict} points over all years; but wording changed with the years. The "
        f"share is {way}: "
        "{hits_firm_strict} points ({hits_firm_strict.low} to {hits_firm_strict.high}), and "
        "{hits_firm_lenient} ({hits_firm_lenient.low} to {hits_firm_lenient.high}) by the lenient "
        "reading.",
        found,
    )


def say_missing(found: pd.DataFrame) -> str:
    """Say what the missing outcomes could do."""
    return fill(
        "For {hits_missing} percent of targets no outcome was read. Whatever these were, between "
        "{hits_strict_any.low} and {hits_strict_any.high} percent of all targets were met as "
        "stated.",
        found,
    )


def say_errors(found: pd.DataFrame) -> str:
    """Say what wrong cells, and other choices, could do."""
    sentences = [
        fill(
            "If {hits_wrong} percent of cells are wrong, wherever they lie, between "
            "{hits_strict_wrong.low} and {hits_strict_wrong.high} percent were met as stated, and "
            "between {hits_lenient_wrong.low} and {hits_lenient_wrong.high} percent by the lenient "
            "reading.",
            found,
        ),
        fill(
            "With cells of grade A alone {hits_strict_grade_a} percent were met as stated, with "
            "the same places throughout {hits_strict_balanced} percent, with the upper end of "
            "ranges {hits_strict_upper} percent.",
            found,
        ),
        fill(
            "In {hits_by_rounding} percent of pairs rounding of the outcome alone could turn the "
            "verdict.",
            found,
        ),
        fill(
            "{hits_grid} percent of targets are whole or half numbers, so that a reach of "
            "{hits_tolerance} points for 左右 ends where the next number in use begins.",
            found,
        ),
    ]
    return " ".join(filter(None, sentences))
