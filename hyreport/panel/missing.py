"""What missing reports and outcomes can do to a finding: bounds, who is in a mean, grade C."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd

from hyreport.numbers.rounding import stated
from hyreport.panel.ask import PANEL, ask
from hyreport.panel.hits import judge, pair_cells
from hyreport.panel.sample import load_cells, take_grades
from hyreport.themes.overview.wording import link_result

__all__ = [
    "bound_attainment",
    "compare_composition",
    "leave_out_grade",
    "say_bounds",
    "say_composition",
]


def bound_attainment(indicator: str = "gdp.growth", *, panel: Path = PANEL) -> pd.DataFrame:
    """Bound the share of targets met, whatever the missing outcomes were, by five years.

    Parameters
    ----------
    indicator : str
        A headline indicator of which more is better.
    panel : Path
        Folder of the panel.

    Returns
    -------
    DataFrame
        `years` (the first of five), `last_year` (of these with targets), `targets`,
        `with_outcome` (that tells whether they were met), `met` (by the strict reading of
        `judge`), `share` of those with an outcome, and `lowest`, `highest`: were all targets
        without an outcome missed, or all met; in percent. Grade C is left out, and so is the last
        year, whose outcomes are not reported yet.
    """
    targets, judged = _judge(indicator, "AB", panel)
    verdict = judged.set_index("report")["strict"]
    verdict = targets["report"].map(verdict)[targets["year"] < targets["year"].max()]
    year = targets.loc[verdict.index, "year"].astype(int)
    judged = pd.DataFrame({"years": year // 5 * 5, "year": year, "verdict": verdict})
    table = judged.groupby("years", as_index=False).agg(
        last_year=("year", "max"),
        targets=("verdict", "size"),
        with_outcome=("verdict", "count"),
        met=("verdict", "sum"),
    )
    table = table.astype({"met": int})
    gaps = table["targets"] - table["with_outcome"]
    return table.assign(
        share=100 * table["met"] / table["with_outcome"],
        lowest=100 * table["met"] / table["targets"],
        highest=100 * (table["met"] + gaps) / table["targets"],
    )


def _judge(indicator: str, grades: str, panel: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the targets of these grades, and those beside an outcome with whether it met them."""
    targets, outcomes = (
        take_grades(load_cells(indicator, kind, panel=panel), grades)
        for kind in ("target", "actual")
    )
    return targets, judge(pair_cells(targets, outcomes))


def say_bounds(bounds: pd.DataFrame) -> tuple[pd.DataFrame, str]:
    """Say what the missing outcomes can do to the share of targets met.

    Parameters
    ----------
    bounds : DataFrame
        As `bound_attainment` gives it.

    Returns
    -------
    table, sentence
    """
    if bounds.empty or not bounds["with_outcome"].sum():
        return pd.DataFrame(), "No target stands beside an outcome."
    targets, known = int(bounds["targets"].sum()), int(bounds["with_outcome"].sum())
    met = int(bounds["met"].sum())
    last = int(bounds["last_year"].max())
    words = {
        "bound_known": (known, "targets with an outcome that tells whether they were met"),
        "bound_lowest": (met, "targets met, were all without an outcome missed"),
        "bound_highest": (met + targets - known, "targets met, were all without an outcome met"),
    }
    rows = [_part(hits, targets, what, name) for name, (hits, what) in words.items()]
    rows.append(_part(met, known, "targets met, of those with an outcome", "bound_met"))
    counts = {
        "bound_targets": (
            targets,
            "number",
            f"targets of GDP growth up to {last}, without grade C",
        ),
        "bound_last_year": (last, "year", "last year whose outcomes can be in the panel"),
    }
    for name, (number, unit, what) in counts.items():
        rows.append(stated(number, unit=unit, formula=what).as_row(what=what, result=name))
    known_share, lowest, highest, of_those, all_, until = map(link_result, rows)
    said = (
        f"For {known_share}% of the {all_} targets of GDP growth up to {until} the panel has an "
        f"outcome that tells whether they were met, and {of_those}% of those were met as stated. "
        f"Were every other one a miss, the share would be {lowest}%, were every one a hit, "
        f"{highest}%."
    )
    return pd.DataFrame(rows), said


def _part(hits: int, n: int, what: str, name: str) -> dict[str, Any]:
    """Return a share of what the panel holds: a count, with no interval."""
    part = Decimal(f"{100 * hits / n:.1f}")
    number = stated(part, unit="percent", formula=f"{what}: {hits} of {n}")
    return number.as_row(what=what, result=name)


def compare_composition(indicator: str = "gdp.growth", *, panel: Path = PANEL) -> pd.DataFrame:
    """Set the mean target of all prefectures beside that of those which have nearly every year.

    Parameters
    ----------
    indicator : str
        A headline indicator.
    panel : Path
        Folder of the panel.

    Returns
    -------
    DataFrame
        `year`, `all_mean`, `all_places`, `steady_mean`, `steady_places`: means in the unit of the
        indicator. Steady places are the quarter with most years. Grade C is left out.
    """
    sql = """
        with targets as (
            select area_code_now, period as year, value from headline
            where indicator = ? and kind = 'target' and status = 'found' and certainty <> 'C'
              and level = 'prefecture'
        ), ranked as (
            select area_code_now, ntile(4) over (order by count(*) desc, area_code_now) as quarter
            from targets group by area_code_now
        )
        select year::int as year, avg(value) as all_mean, count(*) as all_places,
            avg(value) filter (quarter = 1) as steady_mean,
            count(*) filter (quarter = 1) as steady_places
        from targets join ranked using (area_code_now) group by year order by year
    """
    return ask(sql, indicator, panel=panel)


def say_composition(table: pd.DataFrame, *, least: int = 20) -> tuple[pd.DataFrame, str]:
    """Say how far yearly changes of the mean of all and of the steady prefectures lie apart.

    Parameters
    ----------
    table : DataFrame
        As `compare_composition` gives it.
    least : int
        Steady places that a year and the one before must have to count.

    Returns
    -------
    table, sentence

    Notes
    -----
    A change is of one year to the next. Where the steady ones are all that have a target, in both
    years, the two changes are the same by construction; such years do not count.
    """
    gaps = _compare_changes(table, least)
    if gaps.empty:
        return pd.DataFrame(), "Too few prefectures have reports of many years to compare."
    numbers = {
        "composition_mean": (gaps.mean(), "mean distance of the two yearly changes, absolute"),
        "composition_widest": (gaps.max(), "widest distance of the two yearly changes, absolute"),
    }
    found = [
        stated(round(float(value), 2), unit="percentage points", formula=words)
        for value, words in numbers.values()
    ]
    made = [
        number.as_row(what=number.formula, result=name)
        for name, number in zip(numbers, found, strict=True)
    ]
    number = stated(len(gaps), unit="years", formula="years whose change is compared")
    made.append(number.as_row(what=number.formula, result="composition_years"))
    mean, widest, years = map(link_result, made)
    said = (
        "Which prefectures have a report differs from year to year. Year on year "
        f"the change of the mean target of all differs from that of the quarter with most years by "
        f"{mean} points on average, by {widest} at most ({years} years in which others have a "
        "target too); a smaller change of the mean may be a change of who is in it."
    )
    return pd.DataFrame(made), said


def _compare_changes(table: pd.DataFrame, least: int) -> pd.Series:
    """Return how far the yearly changes of the two means lie apart, where the sets differ."""
    rows = table[table["steady_places"] >= least].set_index("year")
    differ = rows["all_places"] > rows["steady_places"]
    before = rows.index - 1
    counts = pd.Series(before.isin(rows.index), index=rows.index)
    counts &= differ | differ.reindex(before, fill_value=False).to_numpy()
    gaps = rows["all_mean"] - rows["steady_mean"]
    return (gaps - gaps.reindex(before).to_numpy())[counts].abs()


def leave_out_grade(indicator: str = "gdp.growth", *, panel: Path = PANEL) -> pd.DataFrame:
    """Measure what leaving out grade C does to the mean target and the share met.

    Returns
    -------
    DataFrame
        One computed number a row, with and without grade C; the share met has no interval, as it is
        of those known.
    """
    rows = []
    for words, grades in (("without grade C", "AB"), ("with grade C", "ABC")):
        judged = _judge(indicator, grades, panel)[1].dropna(subset="strict")
        if judged.empty:
            continue
        name = words.replace(" ", "_").lower()
        met = int(judged["strict"].sum())
        rows.append(_part(met, len(judged), f"targets met, {words}", f"met_{name}"))
        mean = round(float(judged["value"].mean()), 2)
        number = stated(mean, unit="percent", formula=f"mean target, {words}")
        rows.append(number.as_row(what=number.formula, result=f"mean_target_{name}"))
    return pd.DataFrame(rows)
