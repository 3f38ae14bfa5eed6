"""What the panel holds, what is missing, and what the gaps can do to a finding."""

from pathlib import Path

import pandas as pd

from hyreport.numbers.rounding import stated
from hyreport.panel.areas import areas
from hyreport.panel.ask import PANEL, ask
from hyreport.panel.hits import judge, pair_cells
from hyreport.panel.sample import load_cells, take_grades
from hyreport.panel.sampling import share
from hyreport.themes.overview.wording import link_result

__all__ = [
    "bound_attainment",
    "compare_composition",
    "count_cells",
    "count_held",
    "count_places",
    "leave_out_grade",
    "list_left_out",
    "say_bounds",
    "say_composition",
    "say_held",
]


LEVELS = ("nation", "province", "prefecture")
COUNTED = {
    "texts": ("select count(*) from reports", "texts of the shelf"),
    "reports": ("select count(*) from reports where used = 'yes'", "reports used"),
    "left_out": ("select count(*) from reports where used <> 'yes'", "texts left out"),
    "places": (
        "select count(distinct area_code_now) from reports where used = 'yes'",
        "places with a report",
    ),
    "first_year": (
        "select min(report_year::int) from reports where used = 'yes'",
        "first year of a report",
    ),
    "last_year": (
        "select max(report_year::int) from reports where used = 'yes'",
        "last year of a report",
    ),
    "cells": ("select count(*) from headline where status = 'found'", "cells with a value"),
    "cells_guessed": (
        "select count(*) from headline where status = 'found' and certainty = 'C'",
        "cells with a value of grade C, left out of analyses",
    ),
    "targets": (
        "select count(*) from headline where status = 'found' and indicator = 'gdp.growth' "
        "and kind = 'target'",
        "targets of GDP growth",
    ),
    "pairs": (
        "select count(*) from pairs where indicator = 'gdp.growth'",
        "targets of GDP growth beside a first-reported outcome",
    ),
}


def count_held(panel: Path = PANEL) -> pd.DataFrame:
    """Count reports, places and cells, each a result that a sentence can link to.

    Parameters
    ----------
    panel : Path
        Folder of the panel.

    Returns
    -------
    DataFrame
        One number a row; `what` says of what.
    """
    rows = []
    for name, (sql, words) in COUNTED.items():
        found = ask(sql, panel=panel).iloc[0, 0]
        number = 0 if pd.isna(found) else int(found)
        unit = "year" if name.endswith("_year") else "number"
        rows.append(
            stated(number, unit=unit, formula=words).as_row(what=words, result=f"held_{name}")
        )
    return pd.DataFrame(rows)


def say_held(held: pd.DataFrame) -> str:
    """Say what the panel holds.

    Parameters
    ----------
    held : DataFrame
        As `count_held` gives it.
    """
    row = {row["result"].removeprefix("held_"): row for row in held.to_dict("records")}
    if not row["reports"]["value"]:
        return "The panel holds no report."
    link = {name: link_result(found) for name, found in row.items()}
    return (
        f"The panel holds {link['reports']} reports of {link['places']} places, "
        f"{link['first_year']} to {link['last_year']}, with {link['cells']} printed values, each "
        f"with its place in the text. {link['targets']} targets of GDP growth are among them; for "
        f"{link['pairs']} the outcome stands in the report of the year after. {link['left_out']} "
        f"texts are left out, each with why."
    )


def count_places(panel: Path = PANEL) -> pd.DataFrame:
    """Count the places that have a report, of those there were, by level and year.

    Returns
    -------
    DataFrame
        `level, year, reports, places` and `share` in percent. Places are the areas whose code was
        in force in that year; years without any report of the level are left out.
    """
    sql = (
        "select level, report_year::int as year, count(distinct area_code_now) as reports "
        "from reports where used = 'yes' group by all order by level, year"
    )
    counts = ask(sql, panel=panel).astype({"reports": int})
    there = [_places(level, year) for level, year in zip(counts.level, counts.year, strict=True)]
    counts["places"] = there
    share_of = 100 * counts["reports"] / counts[["places", "reports"]].max(axis=1)
    counts["share"] = share_of.round(1)
    return counts


def _places(level: str, year: int) -> int:
    return len(
        {
            area.now
            for area in areas()
            if area.level == level
            and (not area.first or area.first <= year)
            and (not area.last or year <= area.last)
        }
    )


def count_cells(*by: str, panel: Path = PANEL) -> pd.DataFrame:
    """Count cells by what became of them: found, absent, not found, and of the found grade C.

    Parameters
    ----------
    *by : str
        Columns of `headline` to split by, and `years`, the five years a report falls into.
    panel : Path
        Folder of the panel.

    Returns
    -------
    DataFrame
        The columns of `by`, `cells`, `found`, `absent`, `not_found`, `guessed`, and `share`,
        the found of all in percent. Cells of indicators that nobody printed yet in a year count
        as absent or not found as any other.
    """
    names = ", ".join(by)
    sql = f"""
        select {names or "'all' as which"}, count(*) as cells,
            count(*) filter (status = 'found') as found,
            count(*) filter (status = 'absent') as absent,
            count(*) filter (status = 'not_found') as not_found,
            count(*) filter (status = 'found' and certainty = 'C') as guessed
        from (select *, report_year // 5 * 5 as years from headline)
        group by all order by all
    """
    counts = ask(sql, panel=panel)
    return counts.assign(share=(100 * counts["found"] / counts["cells"]).round(1))


def list_left_out(panel: Path = PANEL) -> pd.DataFrame:
    """List the texts that are left out, each with why."""
    sql = (
        "select path, area, report_year, why_not from reports where used <> 'yes' "
        "order by why_not, path"
    )
    return ask(sql, panel=panel)


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
        `years` (the first of five), `targets`, `with_outcome` (that tells whether they were met),
        `met` (by the strict reading of `judge`), `share` of those with an outcome, and `lowest`,
        `highest`: were all targets without an outcome missed, or all met; in percent. Grade C is
        left out, and so is the last year, whose outcomes are not reported yet.
    """
    targets, judged = _judge(indicator, "AB", panel)
    verdict = judged.set_index("report")["strict"]
    verdict = targets["report"].map(verdict)[targets["year"] < targets["year"].max()]
    years = (targets["year"] // 5 * 5).loc[verdict.index].rename("years")
    grouped = verdict.groupby(years)
    table = grouped.agg(targets="size", with_outcome="count", met="sum").reset_index()
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
    words = {
        "bound_known": (known, "targets with an outcome that tells whether they were met"),
        "bound_lowest": (met, "targets met, were all without an outcome missed"),
        "bound_highest": (met + targets - known, "targets met, were all without an outcome met"),
    }
    rows = [
        share(hits, targets, of=what).as_row(what=what, result=name)
        for name, (hits, what) in words.items()
    ]
    of_known = share(met, known, of="targets met, of those with an outcome")
    rows.append(of_known.as_row(what="met of those known", result="bound_met"))
    known_share, lowest, highest, of_those = map(link_result, rows)
    said = (
        f"For {known_share}% of GDP growth targets the panel has an outcome that tells whether "
        f"they were met, and {of_those}% of those were met as stated. Were every other one a miss, "
        f"the share would be {lowest}%, were every one a hit, {highest}%."
    )
    return pd.DataFrame(rows), said


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
    """Say how far the mean of all prefectures and of the steady ones lie apart.

    Parameters
    ----------
    table : DataFrame
        As `compare_composition` gives it.
    least : int
        Steady places that a year must have to count.

    Returns
    -------
    table, sentence
    """
    rows = table[table["steady_places"] >= least]
    if rows.empty:
        return pd.DataFrame(), "Too few prefectures have reports of many years to compare."
    gaps = rows["all_mean"] - rows["steady_mean"]
    numbers = {
        "composition_mean": (gaps.abs().mean(), "mean distance of the two means, absolute"),
        "composition_widest": (gaps.abs().max(), "widest distance of the two means, absolute"),
    }
    found = [
        stated(round(float(value), 2), unit="percentage points", formula=words)
        for value, words in numbers.values()
    ]
    made = [
        number.as_row(what=number.formula, result=name)
        for name, number in zip(numbers, found, strict=True)
    ]
    mean, widest = map(link_result, made)
    said = (
        "Which prefectures have a report differs from year to year. The mean target of all lies "
        f"on average {mean} points from that of the quarter with most years, at most {widest}; a "
        "change of the mean that is smaller may be a change of who is in it."
    )
    return pd.DataFrame(made), said


def leave_out_grade(indicator: str = "gdp.growth", *, panel: Path = PANEL) -> pd.DataFrame:
    """Measure what leaving out grade C does to the mean target and the share met.

    Returns
    -------
    DataFrame
        One computed number a row: with and without grade C; the share met with its exact interval.
    """
    rows = []
    for words, grades in (("without grade C", "AB"), ("with grade C", "ABC")):
        judged = _judge(indicator, grades, panel)[1].dropna(subset="strict")
        if judged.empty:
            continue
        name = words.replace(" ", "_").lower()
        met = share(int(judged["strict"].sum()), len(judged), of=f"targets met, {words}")
        rows.append(met.as_row(what=f"targets met, {words}", result=f"met_{name}"))
        mean = round(float(judged["value"].mean()), 2)
        number = stated(mean, unit="percent", formula=f"mean target, {words}")
        rows.append(number.as_row(what=number.formula, result=f"mean_target_{name}"))
    return pd.DataFrame(rows)
