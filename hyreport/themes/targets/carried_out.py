"""Scenarios: what the target year would be if its targets came true. No forecasts.

Nothing here says how likely a rate is. The intervals are those of rounding, not of the future.
"""

from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from hyreport.data.figure import Figure
from hyreport.data.formulas import evaluate_row, list_names
from hyreport.data.report import Report
from hyreport.numbers.rounding import Computed, exactly
from hyreport.themes.revenue.basis import read_about
from hyreport.themes.tabulate import in_money
from hyreport.words.tables import read_rows

__all__ = ["carry_out_targets", "read_aim"]


ROWS = read_rows(Path(__file__).with_name("scenarios.csv"))
RATE = "rate"  # what a formula calls the growth that it carries out; the rest is the base year's


def read_aim(aim: Figure, tolerance: float) -> Figure | Computed:
    """Give an aim the ends that a tolerance reads into 左右 (about), or take its stated number.

    Parameters
    ----------
    aim : Figure
        As the report prints it.
    tolerance : float
        In the unit of the aim, on either side of a number printed with 左右.

    Returns
    -------
    Figure or Computed
        The figure itself where its print has both ends.

    Examples
    --------
    >>> report = Report("hengyang-2018")
    >>> print(read_aim(report.target("gdp.growth"), 0.5).high)
    8
    >>> print(read_aim(report.target("budget_revenue.growth"), 0.5).high)
    5.5
    """
    if aim.qualifier == "about":
        return read_about(aim, tolerance)
    return exactly(aim) if None in (aim.low, aim.high) else aim


def carry_out_targets(report: Report, *, tolerance: float = 0.5) -> pd.DataFrame:
    """Work out the target year if the targets came true, and if growth simply went on.

    Parameters
    ----------
    report : Report
    tolerance : float
        Points read into a target printed with 左右 (about), on either side.

    Returns
    -------
    DataFrame, shape (variables × scenarios, 17)
        One row a `variable` and `scenario` (floor or target, stretch, the base year's pace), with
        the `growth` as printed that it carries out: amounts in 100 million yuan (亿元) or an index
        with the base year at 100; real for GDP, nominal for the others. A variable whose base the
        report does not print is left out.

    Notes
    -----
    GDP is at the prices of the base year, since its growth is real. Revenue of the base year grew
    on the same basis (同口径); here that rate goes on, on the basis of the base year. Local
    revenue stands in the same proportion to total revenue as in the base year, which assumes that
    neither tax share moves and that all non-tax revenue is local.

    Examples
    --------
    >>> carry_out_targets(Report("hengyang-2018")).query("variable == 'GDP'")["value"].tolist()
    [3448.4, 3464.4, 3464.0]
    """
    made = []
    for cells in ROWS:
        row = {name: cell.format(base_year=report.base_year) for name, cell in cells.items()}
        parts = [name for name in list_names(row["formula"]) if name != RATE]
        if not all(_prints(report, part, "actual") for part in parts):
            continue
        base = {part: in_money(report.actual(part)) for part in parts}
        for scenario, words, rate in _rates(report, row):
            numbers = base | {RATE: read_aim(rate, tolerance)}
            number = evaluate_row(row | {"words": words}, numbers.__getitem__)
            labels = {"variable": row["variable"], "scenario": scenario, "growth": rate.as_printed}
            labels["date"] = str(report.target_year)
            name = f"scenario_{row['variable']}_{scenario}_{report.target_year}".lower()
            result = name.replace(" ", "_").replace("'s", "")
            made.append(number.as_row(**labels, result=result))
    return pd.DataFrame(made)


def _rates(report: Report, row: dict[str, str]) -> Iterator[tuple[str, str, Figure]]:
    """Yield the scenarios of a variable: their names, the words of their formulas, the rates."""
    indicator = row["growth"]
    if _prints(report, indicator, "target"):
        aim = report.target(indicator)
        yield "floor" if aim.qualifier == "at_least" else "target", row["words"], aim
    if _prints(report, indicator, "stretch_target"):
        yield "stretch", row["words"], report.target(indicator, role="stretch_target")
    if _prints(report, indicator, "actual"):
        yield f"{report.base_year}'s pace", row["words_of_pace"], report.actual(indicator)


def _prints(report: Report, indicator: str, role: str) -> bool:
    year = report.base_year if role == "actual" else report.target_year
    found = report.figures[report.figures["period"].str.endswith(str(year))]
    return bool(((found["indicator"] == indicator) & (found["role"] == role)).any())
