"""Which cells an analysis takes, which are missing, and whether those differ."""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from hyreport.errors import HyreportError, UnknownNameError, nearest
from hyreport.panel.ask import PANEL, ask
from hyreport.panel.estimates import PLACE, mean_of
from hyreport.panel.reading import headline_indicators

__all__ = [
    "FEW",
    "LEVELS",
    "PERIOD",
    "THROUGHOUT",
    "balance",
    "compare_missing",
    "count_status",
    "every",
    "last_year",
    "load_cells",
    "name_indicator",
    "say_source",
    "span",
    "take_grades",
    "word",
]


LEVELS = {"nation": "nation", "province": "provinces", "prefecture": "cities"}
STATUS = ("found", "absent", "not_found")
PERIOD = 5  # years that a table takes together
FEW = 5
THROUGHOUT = "the same places throughout"
# Of a ceiling the lower number is the better one.
CEILINGS = (
    "consumer_prices.growth",
    "unemployment.rate",
    "unemployment.surveyed",
    "energy_intensity.gdp",
)
NAMES = {
    "gdp.growth": "GDP growth",
    "industrial_value_added.growth": "industrial growth",
    "fixed_asset_investment.growth": "investment growth",
    "retail_sales.growth": "retail growth",
    "budget_revenue.growth": "budget revenue growth",
    "total_revenue.growth": "total revenue growth",
    "trade.growth": "trade growth",
    "resident_income.growth": "income growth",
    "urban_income.growth": "urban income growth",
    "rural_income.growth": "rural income growth",
    "consumer_prices.growth": "consumer price growth",
    "unemployment.rate": "registered unemployment",
    "unemployment.surveyed": "surveyed unemployment",
}


def name_indicator(indicator: str) -> str:
    """Return a short name of an indicator for a sentence.

    >>> name_indicator("gdp.growth"), name_indicator("grain.output")
    ('GDP growth', 'grain output')
    """
    return NAMES.get(indicator, indicator.replace(".", " ").replace("_", " "))


def load_cells(
    indicator: str = "gdp.growth", kind: str = "target", *, panel: Path = PANEL
) -> pd.DataFrame:
    """Return all cells of an indicator and kind, those that were not found included.

    Parameters
    ----------
    indicator : str
        A headline indicator.
    kind : str
        target or actual.
    panel : Path
        Folder of the panel.

    Returns
    -------
    DataFrame
        The columns of `headline`, `year` (the year the cell is of) and `province` (today's code
        of the province a place lies in, its own for a province).

    Raises
    ------
    UnknownNameError
        For an indicator that the panel does not hold.
    HyreportError
        For a level: places of all sizes compare by growth, rates and shares alone.
    """
    known = headline_indicators()
    if indicator not in known:
        raise UnknownNameError("panel", repr(indicator), nearest(indicator, known))
    sql = "select * from headline where indicator = ? and kind = ? order by report"
    cells = ask(sql, indicator, kind, panel=panel)
    units = set(cells.loc[cells["status"] == "found", "unit"]) - {"%"}
    if units:
        expected = "an indicator in percent"
        raise HyreportError(indicator, f"in {', '.join(sorted(units))}", expected, "choose one")
    return prepare(cells)


def prepare(cells: pd.DataFrame) -> pd.DataFrame:
    """Add year and province to rows of `headline`."""
    year = pd.to_numeric(cells["period"]).astype(int)
    return cells.assign(year=year, province=cells[PLACE].str[:2] + "0000")


def take_grades(cells: pd.DataFrame, grades: str = "AB") -> pd.DataFrame:
    """Return the cells that were found and read with one of some grades.

    Parameters
    ----------
    cells : DataFrame
        As `load_cells` gives them.
    grades : str
        Of A (plain), B (by a rule that can err) and C (a guess).
    """
    taken = (cells["status"] == "found") & cells["certainty"].isin(list(grades))
    return cells[taken].reset_index(drop=True)


def say_source(grades: str = "AB") -> str:
    """Return the line below a chart that says where its cells come from.

    >>> say_source("A")[-53:]
    'grade A; outcomes as first reported. Own calculation.'
    """
    one = f"grade {grades}" if len(grades) == 1 else f"grades {', '.join(grades)}"
    return (
        "Source: government work reports of the nation, provinces and cities, as collected in "
        f"github.com/lawtext/gov and read by rules, {one}; outcomes as first reported. Own "
        "calculation."
    )


def word(cells: pd.DataFrame, prefix: str = "") -> pd.Series:
    """Say how each number is worded: at least, about, bare, a range, or otherwise.

    Parameters
    ----------
    cells : DataFrame
        With `qualifier` and `value_high`, both perhaps after a prefix.
    prefix : str
        Before the names of these columns.
    """
    kinds = {"at_least": "at least", "more_than": "at least", "about": "about", "exact": "bare"}
    worded = cells[f"{prefix}qualifier"].map(kinds).fillna("other").astype(object)
    return worded.mask(cells[f"{prefix}value_high"].notna(), "range")


def every(years: pd.Series, size: int = PERIOD) -> pd.Series:
    """Name the period of each year, so many years long, but the first and last as far as they go.

    >>> every(pd.Series([2003, 2010, 2016]), 5).tolist()
    ['2003-2004', '2010-2014', '2015-2016']
    >>> every(pd.Series([2014, 2015]), 5).tolist()
    ['2014', '2015']
    """
    first = years // size * size
    start, end = first.clip(lower=years.min()), (first + size - 1).clip(upper=years.max())
    return start.astype(str) + ("-" + end.astype(str)).where(start != end, "")


def span(years: pd.Series) -> str:
    """Name the first and the last of some years.

    >>> span(pd.Series([2012, 2009])), span(pd.Series([2009]))
    ('2009-2012', '2009')
    """
    if years.empty:
        return ""
    first, last = int(years.min()), int(years.max())
    return f"{first}-{last}" if first < last else str(first)


def last_year(cells: pd.DataFrame, few: int = FEW) -> int:
    """Return the last year that the shelf holds a fair number of reports of; 0 for none.

    A single text that stands far ahead of all others is misdated, and no end of the shelf.

    Parameters
    ----------
    cells : DataFrame
        All cells of one indicator and kind, as `load_cells` gives them.
    few : int
        So many reports at least.
    """
    reports = cells.groupby("year").size()
    return int(max(reports[reports >= few].index, default=0))


def balance(rows: pd.DataFrame, *, place: str = PLACE) -> pd.DataFrame:
    """Return the rows of the places that have one in each year of a run of years.

    The run is the one that leaves most rows: the same places throughout, so that no change can
    come from places that enter or leave.

    Parameters
    ----------
    rows : DataFrame
        With `year`, one row a place and year.
    place : str
        The column that names the place.

    Examples
    --------
    >>> rows = pd.DataFrame({"area_code_now": list("aaabb"), "year": [1, 2, 3, 2, 3]})
    >>> balance(rows)["year"].tolist()
    [2, 3, 2, 3]
    """
    years = sorted(rows["year"].unique())
    seen = {code: set(group) for code, group in rows.groupby(place)["year"]}
    best: tuple[int, set[int], list[str]] = (0, set(), [])
    for first in years:
        for last in (year for year in years if year > first):
            run = {year for year in years if first <= year <= last}
            whole = [code for code, own in seen.items() if run <= own]
            best = max(best, (len(whole) * len(run), run, whole), key=lambda found: found[0])
    _, run, whole = best
    return rows[rows[place].isin(whole) & rows["year"].isin(run)].reset_index(drop=True)


def count_status(cells: pd.DataFrame, *, grades: str = "AB") -> pd.DataFrame:
    """Count cells by level and period: found, left out for their grade, absent, not found.

    Parameters
    ----------
    cells : DataFrame
        As `load_cells` gives them.
    grades : str
        Those that are taken.

    Returns
    -------
    DataFrame
        `level`, `period`, `reports`, `taken`, `left_out`, `absent`, `not_found` and
        `taken_share` in percent.
    """
    kind = cells["status"].mask(cells["status"] == "found", "left_out")
    kind = kind.mask((cells["status"] == "found") & cells["certainty"].isin(list(grades)), "taken")
    level = cells["level"].map(LEVELS)
    made = cells.assign(level=level, period=every(cells["year"]), kind=kind)
    counts = made.groupby(["level", "period", "kind"]).size().unstack("kind", fill_value=0)
    counts = counts.reindex(columns=["taken", "left_out", "absent", "not_found"], fill_value=0)
    counts.insert(0, "reports", counts.sum(axis=1))
    counts["taken_share"] = (100 * counts["taken"] / counts["reports"]).round(1)
    return counts.rename_axis(columns=None).reset_index()


def compare_missing(
    rows: pd.DataFrame,
    value: str,
    *,
    missing: str,
    within: Sequence[str] = ("level", "year"),
    cluster: str = PLACE,
) -> pd.DataFrame:
    """Compare a value between rows that lack something and the others of their level and year.

    Parameters
    ----------
    rows : DataFrame
    value : str
        A column that both kinds of rows have.
    missing : str
        A column that names what is missing, blank where nothing is.
    within : sequence of str
        Columns; each row is set against the mean of the rows that agree with it in these.
    cluster : str
        As `mean_of` takes it.

    Returns
    -------
    DataFrame
        `missing`, and of `value` less that mean `value`, `low`, `high`, `rows`, `clusters`.
    """
    whole = rows[rows[missing] == ""].groupby(list(within))[value].mean().rename("usual")
    joined = rows.merge(whole.reset_index(), on=list(within), how="inner")
    joined["apart"] = joined[value] - joined["usual"]
    kinds = [kind for kind in sorted(joined[missing].unique()) if kind]
    made = [
        {missing: kind} | mean_of(joined[joined[missing] == kind], "apart", cluster=cluster)
        for kind in kinds
    ]
    return pd.DataFrame(made, columns=[missing, "value", "low", "high", "rows", "clusters"])
