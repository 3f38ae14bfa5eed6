"""One quantity of one place by vintage: accepted reports, publications and the panel."""

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from hyreport.data.ids import FIRST_RELEASE
from hyreport.data.report import Report
from hyreport.errors import IntervalError
from hyreport.numbers.computed import as_float
from hyreport.numbers.units import name_unit
from hyreport.panel.areas import areas
from hyreport.panel.ask import PANEL, ask, check_indicator, find_area
from hyreport.panel.names import indicator_unit
from hyreport.paths import PROCESSED, RAW, list_reports
from hyreport.words.codes import CODES
from hyreport.words.tables import read_rows

__all__ = ["series"]


KEY = ["year", "kind", "unit"]
COLUMNS = [
    *("year", "kind", "vintage", "value", "value_high", "low", "high", "unit", "qualifier"),
    *("as_printed", "certainty", "known_by", "source", "id"),
]
KINDS = ("actual", "target", "stretch_target")
# What a person decided, and what rules read; publications come between under their own names.
REPORT, PANEL_READ = "report", "panel"
# Aims of publications have no vintage.
AIM = "published"
ORDER = (REPORT, PANEL_READ, FIRST_RELEASE, AIM)
# The names of the headline indicators say urban and rural.
OF_THE_INDICATOR = ("whole_area", "urban_residents", "urban", "rural_residents", "rural")
ONE_OUTSIDE = ["series", "ref_area", "time_period", "role", "vintage", "qualifier"]
GUESS = "C"


def series(
    indicator: str, *, area: str, evidence: bool = False, panel: Path = PANEL
) -> pd.DataFrame:
    """Set what accepted reports, publications and the panel say of a quantity side by side.

    Parameters
    ----------
    indicator : str
        A headline indicator of the panel, as gdp.growth.
    area : str
        Full name of a place, Chinese or English, or its code of six digits.
    evidence : bool
        A row a number, with its words, source and id, instead of a row a year.
    panel : Path
        Folder of the panel.

    Returns
    -------
    DataFrame
        `year`, `kind` (actual, target, stretch_target), `unit`, then a column a vintage with its
        number in words, as *at least 8*: `report` (read by a person), `panel` (read by rules;
        (C) is a guess), `first release`, `published` (aims) and what else publications are
        called. With `evidence` instead `vintage, value, value_high, low, high` (in `unit`),
        `qualifier, as_printed, certainty, known_by, source, id`.

    Raises
    ------
    HyreportError
        Where there is no panel, as in an installed copy; it says what to get.
    UnknownNameError
        Where the panel has no such indicator or place.

    Notes
    -----
    Of several numbers of one vintage the first exact one stands in the row of its year; `evidence`
    has all. Total and local revenue stand apart: beside `total_revenue` is what the codebook of
    reports calls budget_revenue, beside `budget_revenue` their local_budget_revenue. The panel
    goes by the printed term: where a report calls the total by the local part's name, its column
    shows a gap to the others.

    Examples
    --------
    >>> rows = series("gdp.growth", area="430400").query("year == 2019 and kind == 'actual'")
    >>> rows[["report", "panel", "yearbook"]].values.tolist()
    [['at least 8', 'at least 8', '8.1']]
    """
    check_indicator(indicator)
    known = _beside()
    code = find_area(area, panel)
    unit = name_unit(indicator_unit(indicator))
    reports = [Report(name) for name in list_reports(RAW) if name in list_reports(PROCESSED)]
    rows = [*_of_reports(reports, known[indicator]["reports"], _codes(code), unit)]
    rows += _of_publications(reports, known[indicator]["series"].split(), _codes(code), unit)
    rows += _of_panel(indicator, code, unit, panel)
    table = pd.DataFrame(rows, columns=COLUMNS)
    numbers = ["value", "value_high", "low", "high"]
    table[numbers] = table[numbers].astype("float64")
    kind = table["kind"].map(KINDS.index)
    vintage = table["vintage"].map(_place_of)
    table = table.assign(_kind=kind, _vintage=vintage, _bound=table["qualifier"] != "exact")
    order = ["year", "_kind", "_vintage", "vintage", "_bound", "known_by"]
    table = table.sort_values(order, kind="stable", ignore_index=True)[COLUMNS]
    return table if evidence else _set_beside(table)


@cache
def _beside() -> dict[str, dict[str, str]]:
    """Return what reports and publications call each headline indicator."""
    rows = read_rows(Path(__file__).with_name("beside.csv"))
    return {row["indicator"]: row for row in rows}


def _codes(code: str) -> set[str]:
    """Return the codes of a place, past and present."""
    return {code, *(area.code for area in areas() if area.now == code)}


def _place_of(vintage: str) -> int:
    return ORDER.index(vintage) if vintage in ORDER else len(ORDER)


def _of_reports(
    reports: Iterable[Report], indicator: str, codes: set[str], unit: str
) -> Iterator[dict[str, Any]]:
    """Yield what accepted reports of the place print."""
    for report in (one for one in reports if one.area in codes):
        rows = report.figures
        rows = rows[(rows["indicator"] == indicator) & rows["role"].isin(KINDS)]
        rows = rows[rows["period"].str.fullmatch(r"\d{4}") & rows["area"].isin(OF_THE_INDICATOR)]
        for row in rows.to_dict("records"):
            figure = report.figure(row["figure_id"])
            own = {"year": int(figure.period), "kind": figure.role, "vintage": REPORT}
            own |= {"qualifier": figure.qualifier, "as_printed": figure.as_printed}
            own |= {"source": report.facts.get("short_en", report.facts["title_en"])}
            own |= {"known_by": str(report.facts.get("reported", "")), "id": figure.id}
            yield own | {"certainty": ""} | _numbers(figure, unit)


def _of_publications(
    reports: list[Report], names: list[str], codes: set[str], unit: str
) -> Iterator[dict[str, Any]]:
    """Yield outside figures of the place, each once, but for those of an accepted report."""
    seen: set[tuple] = set()
    printed = {
        (report.facts["copy"]["sha256"], str(place))
        for report in reports
        for place in report.figures["char_start"]
    }
    for report in reports:
        rows = report.reference
        rows = rows[rows["series"].isin(names) & rows["ref_area"].isin(codes)]
        rows = rows[rows["time_period"].str.fullmatch(r"\d{4}") & rows["role"].isin(KINDS)]
        for row in rows.to_dict("records"):
            key = tuple(row[name] for name in ONE_OUTSIDE)
            if key in seen or (row["copy_sha256"], str(row["char_start"])) in printed:
                continue
            seen.add(key)
            number = report.number(report.name_outside(row))
            own = {"year": int(row["time_period"]), "kind": row["role"], "certainty": ""}
            own |= {"vintage": row["vintage"] or AIM, "id": report.name_outside(row)}
            same = ("qualifier", "as_printed", "known_by", "source")
            yield own | {name: row[name] for name in same} | _numbers(number, unit)


def _numbers(number: Any, unit: str) -> dict[str, Any]:
    """Return value and interval in the unit asked for, or in its own where that cannot be."""
    try:
        number = number.to(unit)
    except IntervalError:
        unit = number.unit
    ends = {name: as_float(getattr(number, name)) for name in ("value", "low", "high")}
    return ends | {"value_high": float("nan"), "unit": unit}


def _of_panel(indicator: str, code: str, unit: str, panel: Path) -> Iterator[dict[str, Any]]:
    """Yield what the panel has of the place, its further aims (争取) too."""
    sql = """
        select h.*, r.path, r.delivered from headline h join reports r using (report)
        where h.area_code_now = ? and h.indicator = ? and h.status = 'found' and r.used = 'yes'
        order by report
    """
    for row in ask(sql, code, indicator, panel=panel).to_dict("records"):
        place = f"characters {row['char_start']} to {row['char_end']} of {row['path']}"
        own = {"year": row["period"], "kind": row["kind"], "vintage": PANEL_READ, "unit": unit}
        own |= {"known_by": row["delivered"] or "", "source": place, "id": row["report"]}
        same = ("qualifier", "as_printed", "certainty", "value", "value_high", "low", "high")
        yield own | {name: row[name] for name in same}
        if pd.notna(row["stretch_value"]):
            further = dict.fromkeys(("value", "low", "high"), row["stretch_value"])
            words = {"kind": "stretch_target", "qualifier": "exact", "value_high": float("nan")}
            yield own | {"as_printed": "", "certainty": row["certainty"]} | further | words


def _set_beside(table: pd.DataFrame) -> pd.DataFrame:
    """Return a row a year, kind and unit, and a column a vintage."""
    words = table.assign(words=[_say(row) for row in table.to_dict("records")])
    first = words.drop_duplicates([*KEY, "vintage"])
    vintages = {REPORT, PANEL_READ, *first["vintage"]}
    wide = first.pivot(index=KEY, columns="vintage", values="words")
    wide = wide.reindex(columns=sorted(vintages, key=lambda one: (_place_of(one), one)))
    wide = wide.fillna("").rename_axis(columns=None).reset_index()
    order = wide["year"] * len(KINDS) + wide["kind"].map(KINDS.index)
    return wide.loc[order.sort_values(kind="stable").index].reset_index(drop=True)


def _say(row: dict[str, Any]) -> str:
    """Say a number with the word that bounds it, and whether it is a guess."""
    said = f"{row['value']:.12g}"
    if pd.notna(row["value_high"]):
        said += f" to {row['value_high']:.12g}"
    if row["qualifier"] != "exact":
        said = f"{CODES['qualifier'][row['qualifier']].short} {said}"
    return f"{said} ({GUESS})" if row["certainty"] == GUESS else said
