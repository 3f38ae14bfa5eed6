"""One growth rate of several areas: the year before, the aim and what came of it."""

from collections.abc import Mapping

import pandas as pd

from hyreport.data.figure import Figure
from hyreport.data.report import FIRST_RELEASE, Report

__all__ = ["AIM", "AIM_ELSEWHERE", "BEFORE", "set_areas_beside"]

BEFORE, AIM, STRETCH, OUTCOME = "before", "aim", "higher aim", "outcome"
AIM_ELSEWHERE = "aim elsewhere"
COLUMNS = ["area", "name", "kind", "year", "value", "qualifier", "printed", "vintage", "id"]


def set_areas_beside(
    report: Report, indicator: str, series: str, areas: Mapping[str, str]
) -> pd.DataFrame:
    """Set a rate of the report beside the same rate of other areas.

    Parameters
    ----------
    report : Report
    indicator : str
        Of the report's codebook, such as gdp.growth.
    series : str
        Of the reference table, which measures the same.
    areas : mapping
        Names by six digits of GB/T 2260; the report's own area is among them.

    Returns
    -------
    DataFrame, shape (numbers, 9)
        In the order of the areas; `kind` is before (the base year), aim, higher aim or outcome.
        The report's own figures stand for its area in the base year and for its aims.

    Notes
    -----
    Of several publications of an outcome the latest stands, as in `Report.outside`.

    Examples
    --------
    >>> areas = {"430400": "Hengyang", "000000": "China"}
    >>> rates = set_areas_beside(Report("hengyang-2018"), "gdp.growth", "gdp_growth_real", areas)
    >>> rates[rates["area"] == "000000"][["kind", "value"]].values.tolist()
    [['before', 6.9], ['aim', 6.5], ['outcome', 6.6]]
    """
    made = []
    for area, name in areas.items():
        rows = _own_rows(report, indicator) if area == report.area else []
        rows += _outside_rows(report, series, area)
        made += [{"area": area, "name": name} | row for row in rows]
    return pd.DataFrame(made, columns=COLUMNS)


def _own_rows(report: Report, indicator: str) -> list[dict]:
    """Return the base year's figure, where there is one of the whole, and the aims."""
    rows = report.figures[report.figures["indicator"] == indicator]
    roles = {"actual": BEFORE, "target": AIM, "stretch_target": STRETCH}
    rows = rows[rows["role"].isin(roles)]
    return [_tell(report.figure(row.figure_id), roles[row.role]) for row in rows.itertuples()]


def _tell(figure: Figure, kind: str) -> dict:
    told = {"kind": kind, "year": int(figure.period), "value": float(figure.value)}
    told |= {"qualifier": figure.qualifier, "printed": figure.as_printed, "id": figure.id}
    return told | {"vintage": FIRST_RELEASE if kind == BEFORE else ""}


def _outside_rows(report: Report, series: str, area: str) -> list[dict]:
    """Return what the reference table has: the outcome, and for other areas all of it."""
    own = area == report.area
    wanted = {OUTCOME: ("actual", report.target_year)}
    if not own:
        wanted = {
            BEFORE: ("actual", report.base_year),
            AIM: ("target", report.target_year),
        } | wanted
    made = []
    for kind, (role, year) in wanted.items():
        rows = report.rows_outside(
            series=series, ref_area=area, role=role, time_period=str(year)
        ).assign(later=lambda table: table["vintage"] != FIRST_RELEASE)
        for row in rows.sort_values(["later", "known_by"]).tail(1).to_dict("records"):
            told = {"kind": kind, "year": year, "printed": row["as_printed"]}
            told |= {name: row[name] for name in ("value", "qualifier", "vintage")}
            made.append(told | {"id": report.name_outside(row)})
    return made
