"""Hengyang beside Hunan and China: which rates of the three measure the same, a row each."""

from pathlib import Path
from typing import cast

import pandas as pd

from hyreport.data.report import Report
from hyreport.numbers.computed import Computed
from hyreport.themes.targets.areas import AIM, AIM_ELSEWHERE, BEFORE, set_areas_beside
from hyreport.themes.targets.scoreboard import HEADLINE, find_stem
from hyreport.words.tables import read_rows

__all__ = ["AREAS", "SERIES", "compare_aims", "compare_growth", "opening_rates", "tell_rates"]
ROWS = read_rows(Path(__file__).with_name("neighbours.csv"))
AREAS = {
    "430400": {"en": "Hengyang", "zh": "衡阳"},
    "430000": {"en": "Hunan", "zh": "湖南"},
    "000000": {"en": "China", "zh": "全国"},
}
# What the report itself prints of the yearly series of the city.
SERIES = {
    "gdp": "gdp.level",
    "gdp_growth_real": "gdp.growth",
    "total_budget_revenue": "budget_revenue.level",
    "retail_sales_growth": "retail_sales.growth",
    "fixed_asset_investment_growth": "fixed_asset_investment.growth",
    "industrial_value_added_growth": "industrial_value_added.growth",
    "trade_growth": "trade.growth",
    "urban_disposable_income_growth": "urban_income.growth",
    "rural_disposable_income_growth": "rural_income.growth",
}


def compare_growth(report: Report, language: str = "en") -> pd.DataFrame:
    """Set GDP growth of 2017, the aims for 2018 and growth of 2018 of the three beside each other.

    Parameters
    ----------
    report : Report
    language : str
        en or zh, of the names of the areas.

    Returns
    -------
    DataFrame, shape (10, 12)
        As `set_areas_beside` gives them, with a short `label`; percent, real.

    Examples
    --------
    >>> rates = compare_growth(Report("hengyang-2018"))
    >>> rates[rates["kind"] == "outcome"][["name", "value"]].values.tolist()
    [['Hengyang', 8.3], ['Hunan', 7.8], ['China', 6.6]]
    """
    return _collect(report, "growth", language)


def compare_aims(report: Report, language: str = "en") -> pd.DataFrame:
    """Set the other aims for growth in 2018 that city and province both print beside each other.

    Parameters
    ----------
    report : Report
    language : str
        en or zh, of the names of the areas.

    Returns
    -------
    DataFrame, shape (10, 12)
        As `set_areas_beside` gives them, with a short `label`; percent.

    Notes
    -----
    Aims for revenue are left out: the two reports name different revenues.

    Examples
    --------
    >>> compare_aims(Report("hengyang-2018"))["value"].head(4).tolist()
    [7.5, 7.5, 11.0, 10.5]
    """
    rates = _collect(report, "aims", language)
    rates = rates[rates["kind"] == AIM].reset_index(drop=True)
    return rates.assign(kind=rates["kind"].mask(rates["area"] != report.area, AIM_ELSEWHERE))


def opening_rates(report: Report, language: str = "en") -> pd.DataFrame:
    """Collect what province and nation reported for the five rates that open the report.

    Parameters
    ----------
    report : Report
    language : str
        en or zh, of the names of the areas.

    Returns
    -------
    DataFrame, shape (7, 12)
        As `set_areas_beside` gives them, with the `indicator` of the report they stand beside and
        `basis`, where another is named; percent, 2017.

    Examples
    --------
    >>> opening_rates(Report("hengyang-2018"))[["name", "value"]].head(2).values.tolist()
    [['Hunan', 8.0], ['China', 6.9]]
    """
    rates = _collect(report, "opening", language)
    return rates[rates["kind"] == BEFORE].reset_index(drop=True)


def _collect(report: Report, table: str, language: str) -> pd.DataFrame:
    made = []
    for row in ROWS:
        if row["table"] == table:
            area = {row["area"]: AREAS[row["area"]][language]}
            rates = set_areas_beside(report, row["indicator"], row["series"], area)
            label = HEADLINE[find_stem(row["indicator"])]
            made.append(rates.assign(label=label, **{n: row[n] for n in ("indicator", "basis")}))
    return pd.concat(made, ignore_index=True)


def tell_rates(report: Report, rates: pd.DataFrame) -> pd.DataFrame:
    """Return the numbers of the other areas with their evidence, each as a result.

    Parameters
    ----------
    report : Report
    rates : DataFrame
        As the functions of this module give them.

    Returns
    -------
    DataFrame, shape (numbers of other areas, 15)
        One row a number, in percent; `result` names what it is, its year and its area.

    Examples
    --------
    >>> report = Report("hengyang-2018")
    >>> tell_rates(report, compare_growth(report))["result"].head(2).tolist()
    ['gdp_growth_2017_hunan', 'gdp_growth_target_2018_hunan']
    """
    rows = []
    for rate in rates[rates["area"] != report.area].to_dict("records"):
        aim = "target_" if rate["kind"] in (AIM, AIM_ELSEWHERE) else ""
        what = rate["indicator"].replace(".", "_")
        result = f"{what}_{aim}{rate['year']}_{AREAS[rate['area']]['en'].lower()}"
        labels = {name: rate[name] for name in ("name", "label", "year")} | {"part": rate["kind"]}
        number = cast("Computed", report.number(rate["id"]))  # of another area, so from outside
        rows.append(number.as_row(**labels, result=result))
    return pd.DataFrame(rows)
