"""What the targets of 2018 imply, and what later levels hint at: formulas of this report alone.

They stand in targets.csv, a row a number. Nominal growth is applied to nominal levels only. The
target for GDP is real: it gives a level at 2017 prices, and one at the prices of 2018 only with a
price change that the caller states.
"""

from dataclasses import replace
from pathlib import Path

import pandas as pd

from hyreport.data.figure import Figure
from hyreport.data.formulas import evaluate_row, list_names
from hyreport.data.report import Report
from hyreport.numbers.rounding import Computed, stated
from hyreport.themes.targets.carried_out import read_aim
from hyreport.words.tables import read_rows

__all__ = [
    "convert_air_quality",
    "gdp_revision",
    "implied_levels",
    "later_hints",
    "targets_against_each_other",
]
ROWS = read_rows(Path(__file__).with_name("targets.csv"))
DAYS = 365


def implied_levels(
    report: Report, *, tolerance: float = 0.5, price_change: float | None = None
) -> pd.DataFrame:
    """Carry the levels printed for 2017 forward by the growth aimed at for 2018.

    Parameters
    ----------
    report : Report
    tolerance : float
        Points read into a growth printed with 左右 (about), on either side.
    price_change : float, optional
        Assumed price change of GDP in percent; without it no level of GDP at 2018 prices is given.

    Returns
    -------
    DataFrame, shape (7, 14) or (9, 14)
        One row a quantity, `reading` names what it rests on. `high` is NaN for targets that are
        floors (以上).

    Notes
    -----
    GDP growth is at comparable prices (real), the level at current prices; the National Bureau of
    Statistics says so of both. The level is the report's estimate, since revised.

    Examples
    --------
    >>> levels = implied_levels(Report("hengyang-2018"))
    >>> levels.query("quantity == 'imports and exports'")["value"].item()
    340.0
    """
    given = {}
    if price_change is not None:
        words = "price change of GDP in 2018, assumed by the reader; the report has none"
        given["price_change"] = stated(price_change, unit="percent", formula=words)
    return _work_out(report, "implied levels", tolerance, **given)


def targets_against_each_other(report: Report, *, tolerance: float = 0.5) -> pd.DataFrame:
    """Work out what pairs of targets say of one another.

    Parameters
    ----------
    report : Report
    tolerance : float
        Points read into a growth printed with 左右 (about), on either side.

    Returns
    -------
    DataFrame, shape (3, 14)
        In percent. For revenue and for income the price change at which the target keeps pace
        with real GDP at its floor: with prices rising faster, revenue falls as a part of GDP, and
        income (if its target is nominal) grows less than GDP in real terms. For tourism the
        growth of spending a visit if both floors are just met.

    Notes
    -----
    The number of residents and differences between prices of GDP and of consumption are left
    out; the report prints neither.

    Examples
    --------
    >>> targets_against_each_other(Report("hengyang-2018"))["value"].tolist()
    [-2.8, 0.5, 7.8]
    """
    made = _work_out(report, "pairs of targets", tolerance)
    return made.rename(columns={"quantity": "pair"})


def convert_air_quality(report: Report, *, days: int = DAYS) -> pd.DataFrame:
    """Bring the share of good days in 2017 and the number of good days aimed at to one unit.

    Parameters
    ----------
    report : Report
    days : int
        Days of the year; days without a valid measurement would make it fewer.

    Returns
    -------
    DataFrame, shape (4, 14)
        The days of the year, the share of 2017 in days, the target in percent, and their
        distance in points.

    Examples
    --------
    >>> convert_air_quality(Report("hengyang-2018"))["value"].tolist()
    [365.0, 289.1, 82.2, 3.0]
    """
    year = stated(days, unit="days", formula="days of the year")
    return _work_out(report, "air quality", days=year)


def later_hints(report: Report) -> pd.DataFrame:
    """Work out from published levels what they hint at where no growth was found: no verdicts.

    Parameters
    ----------
    report : Report

    Returns
    -------
    DataFrame, shape (7, 15)
        One row a series and year: growth in percent, and exports and imports of 2018 together in
        100 million yuan, all nominal; `reading` says why it decides nothing.

    Notes
    -----
    Official growth need not equal the ratio of levels: a level may be revised, or its coverage
    changed, before the next one is printed.

    Examples
    --------
    >>> later_hints(Report("hengyang-2018")).query("year == 2018")["value"].tolist()
    [6.3, -0.7, 278.4739]
    """
    return _work_out(report, "later hints")


def gdp_revision(report: Report) -> pd.DataFrame:
    """Set the level of GDP that the report prints for 2017 against what was printed later.

    Parameters
    ----------
    report : Report

    Returns
    -------
    DataFrame, shape (4, 15)
        Levels in 100 million yuan at current prices, and the size of the revision in percent.
        Levels of different vintages are set side by side; no growth is taken across them.

    Examples
    --------
    >>> gdp_revision(Report("hengyang-2018"))["value"].tolist()
    [3193.0, 2921.52, 3046.0279, -8.5]
    """
    return _work_out(report, "GDP revision")


def _work_out(report: Report, table: str, tolerance: float = 0, **given: Computed) -> pd.DataFrame:
    """Compute the rows of one table; one that needs a choice which is not given is left out."""

    def find(name: str) -> Figure | Computed:
        number = given[name] if name in given else report.number(name)
        return read_aim(number, tolerance) if isinstance(number, Figure) else number

    made = []
    choices = {name: number.value for name, number in given.items()}
    for row in ROWS:
        needed = {name for name in list_names(row["formula"]) if "." not in name}
        if row["table"] != table or not needed <= set(given):
            continue
        number = evaluate_row(row, find)
        number = replace(number, high=None) if row["open"] == "high" else number
        labels: dict[str, str | int] = {"quantity": row["quantity"]}
        labels |= {"year": int(row["year"])} if row["year"] else {}
        reading = row["reading"].format(**choices)
        made.append(number.as_row(**labels, reading=reading, result=row["result"]))
    return pd.DataFrame(made)
