"""What the panel holds: reports, places, cells, and the texts left out."""

from pathlib import Path

import pandas as pd

from hyreport.numbers.rounding import stated
from hyreport.panel.areas import areas
from hyreport.panel.ask import PANEL, ask
from hyreport.themes.overview.wording import link_result

__all__ = [
    "count_cells",
    "count_held",
    "count_places",
    "list_left_out",
    "say_held",
]


LEVELS = ("nation", "province", "prefecture")
COUNTED = {
    "texts": ("select count(*) from reports", "texts of the collection"),
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
    "cells_grade_c": (
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
        f"texts are left out, each with its reason."
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
        The columns of `by`, `cells`, `found`, `absent`, `not_found`, `grade_c`, and `share`,
        the found of all in percent. Cells of indicators that nobody printed yet in a year count
        as absent or not found as any other.
    """
    names = ", ".join(by)
    sql = f"""
        select {names or "'all' as which"}, count(*) as cells,
            count(*) filter (status = 'found') as found,
            count(*) filter (status = 'absent') as absent,
            count(*) filter (status = 'not_found') as not_found,
            count(*) filter (status = 'found' and certainty = 'C') as grade_c
        from (select *, report_year // 5 * 5 as years from headline)
        group by all order by all
    """
    counts = ask(sql, panel=panel)
    return counts.assign(share=(100 * counts["found"] / counts["cells"]).round(1))


def list_left_out(panel: Path = PANEL) -> pd.DataFrame:
    """List the texts that are left out, each with its reason."""
    sql = (
        "select path, area, report_year, why_not from reports where used <> 'yes' "
        "order by why_not, path"
    )
    return ask(sql, panel=panel)
