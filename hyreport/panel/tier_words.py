"""What can be said of targets down the tiers: its results, its sentences, the titles of charts."""

from typing import Any

import pandas as pd

from hyreport.panel.estimates import count, fit_terms, mean_of, sampled, share_of, tabulate
from hyreport.panel.sample import name_indicator
from hyreport.panel.tiers import (
    SIDES,
    STEPS,
    add_ons_by_year,
    pass_on,
    range_of_upper,
    split_by_year,
    weigh_errors,
)
from hyreport.panel.words import fill, find, holds
from hyreport.themes.look import write_number

__all__ = [
    "list_results",
    "say_answer",
    "say_errors",
    "title_add_ons",
    "title_indicators",
    "title_sides",
    "title_split",
    "title_spread",
]


SHORT = {"province": "province", "prefecture": "city"}
POINTS = "percentage points"
FEW = 5  # clusters that a mean of a year must rest on to be counted


def list_results(
    steps: pd.DataFrame, variants: pd.DataFrame, *, wrong: float, grades: str = "AB"
) -> pd.DataFrame:
    """Collect what the sentences of the page say, a result a row.

    Parameters
    ----------
    steps, variants : DataFrame
        As `stack_tiers` and `compare_variants` give them.
    wrong : float
        Share of cells taken to be wrong.
    grades : str
        That `steps` are of.

    Returns
    -------
    DataFrame
        Computed numbers, with the `year` of those that are of one.
    """
    made = [
        count(
            round(100 * wrong, 6),
            what="a choice of this page",
            unit="percent of cells",
            result="tiers_wrong",
        )
    ]
    for level, step in STEPS.items():
        rows = steps[steps["step"] == step]
        if len(rows):
            made += _of_step(rows, f"tiers_{SHORT[level]}", step)
            made += _of_years(rows, f"tiers_{SHORT[level]}", step)
    made += _of_sureness(steps, variants, wrong)
    split = split_by_year(steps)
    split = split[split["cities"] >= 2 * FEW]
    for name, row in (("first", split.head(1)), ("last", split.tail(1))):
        for part in ("by_province", "by_city", "total"):
            for line in row.to_dict("records"):
                ends = {"value": line[part], "low": None, "high": None}
                words = f"mean over {line['cities']} cities, {part.replace('_', ' ')}"
                made.append(
                    sampled(
                        ends,
                        unit=POINTS,
                        formula=words,
                        year=line["year"],
                        result=f"tiers_{name}_{part}",
                    )
                )
    return tabulate(made)


def _of_step(rows: pd.DataFrame, name: str, step: str) -> list[dict[str, Any]]:
    mean = mean_of(rows, "add_on", cluster="province")
    made = [sampled(mean, unit=POINTS, formula=f"mean of {step}", result=f"{name}_mean")]
    for side in SIDES:
        share = share_of(rows.assign(one=rows["side"] == side), "one", cluster="province")
        words = f"targets {side} that of the tier above"
        made.append(
            sampled(share, unit="percent", formula=words, decimals=0, result=f"{name}_{side}")
        )
    places = rows["area_code_now"].nunique()
    made.append(count(places, what="places", unit="places", result=f"{name}_places"))
    made.append(count(len(rows), what="pairs", unit="pairs", result=f"{name}_pairs"))
    decades = rows.assign(decade=(rows["year"] - rows["year"].min()) / 10)
    slope = fit_terms(decades, "add_on", ["decade"], effects=["area_code_now"], cluster="province")
    if slope["value"].notna().all():
        words = f"change of {step} in ten years, each place against itself"
        made.append(
            sampled(slope.iloc[0].to_dict(), unit=POINTS, formula=words, result=f"{name}_trend")
        )
    return made


def _of_years(rows: pd.DataFrame, name: str, step: str) -> list[dict[str, Any]]:
    years = add_ons_by_year(rows)
    years = years[years["clusters"] >= FEW]
    if years.empty:
        return []
    what = f"years with {FEW} provinces or more"
    made = [
        count(len(years), what=what, unit="years", result=f"{name}_years"),
        count(
            int((years["low"] > 0).sum()),
            what=f"{what}, interval above nought",
            unit="years",
            result=f"{name}_years_above",
        ),
        count(
            int((years["high"] < 0).sum()),
            what=f"{what}, interval below nought",
            unit="years",
            result=f"{name}_years_below",
        ),
    ]
    ends = {
        "most": years.loc[years["value"].idxmax()],
        "least": years.loc[years["value"].idxmin()],
        "latest": years.iloc[-1],
    }
    for which, row in ends.items():
        words = f"mean of {step} in {int(row['year'])}"
        made.append(
            sampled(
                row.to_dict(),
                unit=POINTS,
                formula=words,
                year=row["year"],
                result=f"{name}_{which}",
            )
        )
    return made


def _of_sureness(steps: pd.DataFrame, variants: pd.DataFrame, wrong: float) -> list[dict[str, Any]]:
    names = {step: f"tiers_{SHORT[level]}" for level, step in STEPS.items()}
    made = []
    for row in weigh_errors(steps, wrong).to_dict("records"):
        ends = {"value": row["above"], "low": row["above_low"], "high": row["above_high"]}
        name = names[row["step"]]
        words = (
            f"targets above that of the tier above, if {100 * wrong:g} percent of cells are wrong"
        )
        made.append(
            sampled(ends, unit="percent", formula=words, decimals=0, result=f"{name}_above_bounds")
        )
        made.append(
            count(
                round(row["to_turn"]),
                what="pairs to drop, the widest first, until the mean is no longer above nought",
                unit="percent",
                result=f"{name}_to_turn",
            )
        )
    for row in range_of_upper(steps).to_dict("records"):
        words = "mean without all pairs of one target of the tier above, whichever that is"
        made.append(sampled(row, unit=POINTS, formula=words, result=f"{names[row['step']]}_upper"))
    kinds = {"grade A alone": "grade_a", "the same places throughout": "balanced"}
    kinds |= {"both worded alike": "alike"}
    for row in variants[variants["variant"].isin(list(kinds))].to_dict("records"):
        if pd.notna(row["value"]):
            made.append(
                sampled(
                    row,
                    unit=POINTS,
                    formula=f"mean of {row['step']}, {row['variant']}",
                    result=f"{names[row['step']]}_{kinds[row['variant']]}",
                )
            )
    for row in pass_on(steps).to_dict("records"):
        if pd.notna(row["value"]):
            words = "change of a target by each point of change of the one above"
            made.append(
                sampled(
                    row,
                    unit="points a point",
                    formula=words,
                    result=f"{names[row['step']]}_pass_on",
                )
            )
    return made


def say_answer(found: pd.DataFrame, indicator: str) -> str:
    """Say the answer: which tiers add, how often, and whether that changed."""
    name = name_indicator(indicator)
    sentences = [
        fill(
            f"{_say_how(found, name)} A province aimed higher than the nation by "
            "{tiers_province_mean} points on average ({tiers_province_mean.low} to "
            "{tiers_province_mean.high}), a city higher than its own province by {tiers_city_mean} "
            "({tiers_city_mean.low} to {tiers_city_mean.high}).",
            found,
        ),
        fill(
            "The interval of a year lies above nought in {tiers_province_years_above} of "
            "{tiers_province_years} years for provinces and in {tiers_city_years_above} of "
            "{tiers_city_years} for cities.",
            found,
        ),
        fill(
            "Not each place adds: of city targets {tiers_city_above} percent lay above that of the "
            "province, {tiers_city_equal} percent were the same, {tiers_city_below} percent below "
            "it.",
            found,
        ),
    ]
    return " ".join(filter(None, [*sentences, _say_trend(found), _say_total(found)])) or (
        f"The panel holds no targets of {name} of two tiers in one year."
    )


def _say_how(found: pd.DataFrame, name: str) -> str:
    """Say whether both steps add, by their means over all years."""
    ways = [holds(found, f"tiers_{who}_mean") for who in SHORT.values()]
    if ways == [1, 1]:
        return f"Yes: targets of {name} grew at both steps."
    if 1 in ways:
        step = ("from the nation to provinces", "from provinces to cities")[ways.index(1)]
        return f"In part: targets of {name} grew {step}, at the other step not surely."
    return f"No: at neither step did targets of {name} surely grow."


def _say_trend(found: pd.DataFrame) -> str:
    ways = {
        1: "grew with the years, each place against itself",
        -1: "shrank with the years, each place against itself",
        0: "has no clear trend",
    }
    least, latest = (
        find(found, f"tiers_city_{which}").get("year") for which in ("least", "latest")
    )
    last = ", {tiers_city_latest} in {tiers_city_latest.year}, the last year"
    return fill(
        f"What cities add {ways[holds(found, 'tiers_city_trend')]}: "
        "{tiers_city_most} points in {tiers_city_most.year}, the most, {tiers_city_least} in "
        f"{{tiers_city_least.year}}, the least{'' if least == latest else last}.",
        found,
    )


def _say_total(found: pd.DataFrame) -> str:
    return fill(
        "From the nation to the cities that is {tiers_first_total} points in "
        "{tiers_first_total.year} and {tiers_last_total} in {tiers_last_total.year}.",
        found,
    )


def say_errors(found: pd.DataFrame) -> str:
    """Say what wrong cells could do."""
    sentences = [
        fill(
            "If {tiers_wrong} percent of cells are wrong, wherever they lie, the share of cities "
            "above their province lies between {tiers_city_above_bounds.low} and "
            "{tiers_city_above_bounds.high} percent, that of provinces above the nation between "
            "{tiers_province_above_bounds.low} and {tiers_province_above_bounds.high}.",
            found,
        ),
        fill(
            "The widest {tiers_city_to_turn} percent of the city pairs would have to be wrong "
            "before their mean were nought, and {tiers_province_to_turn} percent of those of "
            "provinces.",
            found,
        ),
        fill(
            "One wrong target of the nation is wrong in each pair of its year: without any one of "
            "them the mean of provinces lies between {tiers_province_upper.low} and "
            "{tiers_province_upper.high} points.",
            found,
        ),
        fill(
            "With cells of grade A alone the means are {tiers_province_grade_a} and "
            "{tiers_city_grade_a} points, with the same places throughout "
            "{tiers_province_balanced} and {tiers_city_balanced}, with both targets worded alike "
            "{tiers_province_alike} and {tiers_city_alike}.",
            found,
        ),
    ]
    return " ".join(filter(None, sentences))


def title_add_ons(found: pd.DataFrame, indicator: str) -> str:
    """Return the title of the chart of add-ons by year."""
    rows = found.set_index("result")["value"]
    need = [f"tiers_{who}_{what}" for who in ("province", "city") for what in ("most", "latest")]
    if not set(need) <= set(rows.index):
        return f"Too few targets of {name_indicator(indicator)} of two tiers to compare"
    years = found.set_index("result")["year"]
    said = [
        f"{who} {write_number(rows[f'tiers_{name}_latest'], 1, sign='+')} points in "
        f"{int(years[f'tiers_{name}_latest'])}, at most "
        f"{write_number(rows[f'tiers_{name}_most'], 1, sign='+')} in "
        f"{int(years[f'tiers_{name}_most'])}"
        for name, who in (("province", "provinces on the nation"), ("city", "cities on provinces"))
    ]
    return f"What each tier adds: {said[0]}; {said[1]}"


def title_sides(found: pd.DataFrame) -> str:
    """Return the title of the chart of sides."""
    rows = found.set_index("result")["value"]
    if not {"tiers_city_above", "tiers_city_below"} <= set(rows.index):
        return "Too few targets of cities and their provinces to compare"
    return (
        f"{rows['tiers_city_above']:.0f}% of city targets lie above that of the province, "
        f"{rows['tiers_city_equal']:.0f}% are the same, {rows['tiers_city_below']:.0f}% lie below"
    )


def title_split(split: pd.DataFrame) -> str:
    """Return the title of the chart that splits the way from the nation to the cities."""
    if split.empty:
        return "Too few years in which all three tiers print a target"
    more = int((split["by_city"] > split["by_province"]).sum())
    return (
        f"In {more} of {len(split)} years cities added more to their province's target than "
        "provinces to the nation's"
    )


def title_spread(steps: pd.DataFrame) -> str:
    """Return the title of the chart of the spread of city add-ons, by period."""
    if steps.empty:
        return "Too few targets of cities and their provinces to compare"
    same = steps.assign(same=steps["side"] == "equal").groupby("period")["same"].mean() * 100
    first, last = same.index[0], same.index[-1]
    return (
        f"{same[first]:.0f}% of cities took their province's very number in {first}, "
        f"{same[last]:.0f}% in {last}"
    )


def title_indicators(compared: pd.DataFrame) -> str:
    """Return the title of the chart of several indicators."""
    if compared.empty:
        return "Too few targets of two tiers to compare"
    above = int((compared["low"] > 0).sum())
    return f"Of {len(compared)} means {above} lie above nought with their whole interval"
