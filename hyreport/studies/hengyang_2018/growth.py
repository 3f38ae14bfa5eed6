"""How the story of growth changes with the vintage by which it is told."""

import pandas as pd

from hyreport.data.formulas import evaluate
from hyreport.data.report import Report
from hyreport.numbers.computed import Computed

__all__ = ["BREAKING", "first_and_later_level", "growth_by_levels", "implied_growth_2017"]

# Series that break off before the target year, so that they get scenarios and no forecast.
BREAKING = ("local_budget_revenue", "retail_sales", "fixed_asset_investment")
LEVELS = {
    "2016 yearbook": "{gdp.2016.yearbook}",
    "2017 report": "[gdp.level.2017]",
    "2017 revised": "{gdp.2017.revised}",
    "2018 yearbook": "{gdp.2018.yearbook}",
}
GROWTH = {"2017": "[gdp.growth.2017]", "2018": "{gdp_growth_real.2018.yearbook}"}
PAIRS = (
    ("2016 yearbook", "2017 report", "both from before the revision"),
    ("2016 yearbook", "2017 revised", "before and after the revision"),
    ("2017 revised", "2018 yearbook", "not known to be of one vintage"),
    ("2017 report", "2018 yearbook", "before and after the revision"),
)


def growth_by_levels(report: Report) -> pd.DataFrame:
    """Divide GDP levels of different vintages, to show what becomes of growth.

    Parameters
    ----------
    report : Report

    Returns
    -------
    DataFrame
        One row a pair of levels: nominal change in percent, the real growth printed for the year,
        and the change of prices that both together would mean, each with what rounding allows.

    Notes
    -----
    The report's level of 2017 was later revised; how and why is not established. A level may be
    divided only by one of its own vintage, and no two here are known to be.

    Examples
    --------
    >>> table = growth_by_levels(Report("hengyang-2018"))
    >>> table.query("quantity == 'change of levels'")["value"].tolist()
    [11.9, 2.4, 4.3, -4.6]
    """
    rows = []
    for before, after, basis in PAIRS:
        year = after[:4]
        ratio = f"100 / {LEVELS[before]} * {LEVELS[after]}"
        made = {
            ("change of levels", "level_change"): (
                f"{ratio} - 100",
                f"GDP {after} / GDP {before} − 1, current prices",
            ),
            ("prices this implies", "prices"): (
                f"{ratio} / (1 + {GROWTH[year]} / 100) - 100",
                f"(GDP {after} / GDP {before}) / (1 + printed real growth) − 1",
            ),
        }
        for (quantity, name), (formula, words) in made.items():
            number = _percent(report, formula, words)
            labels = {"date": year, "levels": f"{before} → {after}", "basis": basis}
            result = f"{name}_{before}_{after}".replace(" ", "_")
            rows.append(number.as_row(**labels, quantity=quantity, result=result))
    return pd.DataFrame(rows)


def implied_growth_2017(report: Report) -> Computed:
    """Compute which growth in 2017 the average of five years, printed in 2021, leaves.

    Parameters
    ----------
    report : Report

    Returns
    -------
    Computed
        In percent, if the average and the other four years are on one basis.

    Notes
    -----
    The fifth power of (1 + average) over the product of (1 + growth) in 2016, 2018, 2019 and 2020.

    Examples
    --------
    >>> print(implied_growth_2017(Report("hengyang-2018")).value)
    8.8
    """
    factors = [
        f"(1 + {{gdp_growth_real.{year}.yearbook}} / 100)" for year in (2016, 2018, 2019, 2020)
    ]
    average = "(1 + {gdp_growth_real.2016/2020.first-release} / 100) ** 5"
    words = "(1 + average of 2016 to 2020)^5 / the product of the other four years − 1"
    return _percent(report, f"100 * {average} / ({' * '.join(factors)}) - 100", words)


def first_and_later_level(report: Report) -> Computed:
    """Compute by how much the GDP level of 2014 moved from its first release to the yearbook.

    Parameters
    ----------
    report : Report

    Returns
    -------
    Computed
        In percent of the first release.

    Examples
    --------
    >>> print(first_and_later_level(Report("hengyang-2018")).value)
    0.041
    """
    formula = "100 / {gdp.2014.first-release} * {gdp.2014.yearbook} - 100"
    words = "GDP 2014 in the yearbook / in its first release − 1"
    return _percent(report, formula, words, decimals=3)


def _percent(report: Report, formula: str, words: str, *, decimals: int = 1) -> Computed:
    return evaluate(formula, report.number, unit="percent", formula_words=words, decimals=decimals)
