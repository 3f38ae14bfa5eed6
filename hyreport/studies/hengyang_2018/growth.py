"""Forecasts of this report's series, what they hang on, and targets as forecasters.

The formulas stand in growth.csv, over `[printed]` and `{outside}` figures.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

import pandas as pd

from hyreport.data.formulas import evaluate_row
from hyreport.data.report import FIRST_RELEASE, Report
from hyreport.numbers.computed import ENDS, Computed
from hyreport.numbers.rounding import as_printed, stated
from hyreport.themes import growth
from hyreport.words.tables import read_rows

__all__ = [
    "BREAKING",
    "LOCAL",
    "TOTAL",
    "first_and_later_level",
    "growth_by_levels",
    "growth_of_2013_in_a_note",
    "growth_of_levels",
    "implied_growth_2017",
    "revenue_told",
    "sensitivity",
    "target_errors",
    "target_record",
    "tax_share_changes",
]

# Series that break off before the target year, so that they get scenarios and no forecast.
BREAKING = ("local_budget_revenue", "retail_sales", "fixed_asset_investment")
# As `growth_known` and `growth_outcomes` take them. That the report's growth is of the total is a
# reading, as page 02 shows.
LOCAL = {"series": "local_budget_revenue"}
TOTAL = {"series": "total_budget_revenue_growth", "indicator": "budget_revenue.growth"}
SAME = ("date", "vintage_date", "variable", "frequency", "forecast_horizon", "metric")
SCORED = range(2015, 2019)  # years that every variant of the series can forecast
PANDEMIC = ((), ("2020",), ("2020", "2021"))  # years left out, by turns
LABELS = ("date", "levels", "basis", "quantity")
ROWS = {row["result"]: row for row in read_rows(Path(__file__).with_suffix(".csv"))}


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
    A database without a date has another level of 2017; how and why is not established. A level
    may be divided only by one of its own vintage, and no two here are known to be of one.

    Examples
    --------
    >>> table = growth_by_levels(Report("hengyang-2018"))
    >>> table.query("quantity == 'change of levels'")["value"].tolist()
    [11.9, 2.4, 4.3, -4.6]
    """
    made = []
    for result, row in ROWS.items():
        if row["levels"]:
            labels = {name: row[name] for name in LABELS}
            made.append(evaluate_row(row, report.number).as_row(**labels, result=result))
    return pd.DataFrame(made)


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
    8.3
    """
    return evaluate_row(ROWS["growth_2017_left"], report.number)


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
    return evaluate_row(ROWS["gdp_2014_revision"], report.number)


def growth_of_2013_in_a_note() -> Computed:
    """Return the other growth of 2013, which stands in a note of our table alone.

    >>> print(growth_of_2013_in_a_note().value)
    10.2
    """
    words = "in our note on 2013: a page quoting the communique, no publication to cite"
    return stated(10.2, unit="percent", formula=words)


def revenue_told(report: Report) -> dict[str, Computed]:
    """Compute what came of total revenue, by result name.

    Parameters
    ----------
    report : Report

    Returns
    -------
    dict
        In percent: from 2017 to 2019, if the reports of 2018 and 2020 are on one basis, and in
        2019 had 2018 grown as aimed at.

    Examples
    --------
    >>> [str(number.value) for number in revenue_told(Report("hengyang-2018")).values()]
    ['7.2', '2.1']
    """
    told = [name for name, row in ROWS.items() if row["quantity"] == "total revenue"]
    return {name: evaluate_row(ROWS[name], report.number) for name in told}


def growth_of_levels(report: Report, series: str, name: str) -> pd.DataFrame:
    """Tabulate yearly growth from the yearbooks' levels, as results to link to.

    Parameters
    ----------
    report : Report
    series : str
        Levels of the reference table; a rate into a break is never formed.
    name : str
        With which the results begin, such as local_growth_2016 for local.

    Returns
    -------
    DataFrame
        One row a year, in percent; growth of 2017 by the report where no yearbook has it.

    Examples
    --------
    >>> growth_of_levels(Report("hengyang-2018"), "retail_sales", "retail")["date"].tolist()[-5:]
    ['2018', '2020', '2021', '2022', '2023']
    """
    rows = []
    for row in growth.growth_outcomes(report, series=series).to_dict("records"):
        ids = row["series_id"].split()
        made = growth.growth_between(report, *ids) if len(ids) > 1 else report.number(*ids)
        made = made if isinstance(made, Computed) else as_printed(made)
        labels = {"date": row["date"], "vintage": row["vintage"]}
        rows.append(made.as_row(**labels, result=f"{name}_growth_{row['date']}"))
    return pd.DataFrame(rows)


def sensitivity(
    report: Report,
    *,
    origin: str | date | None = None,
    models: Sequence[str] = ("last value", "drift", "mean"),
    confidence: float = 0.80,
) -> tuple[pd.DataFrame, dict[str, Computed]]:
    """Forecast GDP growth of 2018 from other choices of years, each scored on the same years.

    Parameters
    ----------
    report : Report
    origin : str or date, optional
        Day of the forecast, by default the day of the report.
    models : sequence of str
        Formulas alone: the shortest series leaves four years before the first year scored.
    confidence : float
        As in `forecast_growth`.

    Returns
    -------
    table : DataFrame
        One row a choice and model: `years`, `source`, the forecast of 2018 with its interval,
        `mae`, the mean absolute error in points over 2015 to 2018, one year ahead.
    scores : dict
        The same errors as results, such as mae_drift_2015_to_2018_from_2009.

    Notes
    -----
    Four errors are all that the shortest series allows. Those of the last value hang on its start
    by nothing: a start moves drift, mean and the width of intervals.

    Examples
    --------
    >>> table, _ = sensitivity(Report("hengyang-2018"), models=["drift"])
    >>> table["value"].tolist()
    [8.25, 7.74, 7.55, 8.25, 8.25]
    """
    day = report.reported if origin is None else origin
    tables: list[pd.DataFrame] = []
    scores: dict[str, Computed] = {}
    for (years, suffix), (history, outcomes) in _choices_of_years(report, day).items():
        made = growth.forecast_growth(
            history, vintage_date=day, models=models, confidence=confidence
        )
        made = made[made["source"].isin(models)]
        scored = _score_lately(history, outcomes, models, suffix=f"_2015_to_2018{suffix}")
        errors = [scored[f"mae_{growth.name_of(name)}_2015_to_2018{suffix}"] for name in models]
        table = growth.as_results(made, confidence=confidence, suffix=suffix)
        tables.append(table.assign(years=years, mae=[float(error.value) for error in errors]))
        scores |= scored
    table = pd.concat(tables, ignore_index=True)
    first = ["years", "source", *ENDS, "mae"]
    return table[first + [name for name in table if name not in {*first, *SAME}]], scores


def _choices_of_years(report: Report, day: str | date) -> dict[tuple[str, str], tuple]:
    """Give history and outcomes by what is chosen, in words and as a suffix."""
    known, came = growth.growth_known(report, origin=day), growth.growth_outcomes(report)
    other = growth_of_2013_in_a_note()
    tried = growth.replace_year(known, "2013", other), growth.replace_year(came, "2013", other)
    return {
        ("from 2005", "_from_2005"): (known, came),
        ("from 2009", "_from_2009"): (known[known["date"] >= "2009"], came),
        ("from 2011", "_from_2011"): (known[known["date"] >= "2011"], came),
        ("without 2016", "_without_2016"): (known[known["date"] != "2016"], came),
        ("2013 as 10.2", "_other_2013"): tried,
    }


def _score_lately(
    history: pd.DataFrame, outcomes: pd.DataFrame, models: Iterable[str], *, suffix: str
) -> dict[str, Computed]:
    """Score one-year-ahead forecasts of the years that every choice of years can forecast."""
    wanted = list(dict.fromkeys(["last value", *models]))  # against which skill is told
    window = int((history["date"] < str(SCORED[0])).sum())
    past = growth.past_forecasts(
        history, window=window, fewest=window + 1, until=SCORED[-1], models=wanted
    )
    judged = growth.judge(past[past["source"].isin(wanted)], outcomes)
    return growth.score(judged, suffix=suffix)


def target_errors(report: Report) -> pd.DataFrame:
    """Set each year's target and the growth last reported before it against what came.

    Parameters
    ----------
    report : Report
        Its outside figures hold the targets that the city's other reports print.

    Returns
    -------
    DataFrame
        As `judge` gives it, with `vintage` of the outcome: first release or yearbook. `source` is
        official target, or last value: growth of the year before as first reported; as the
        yearbook has it where no first report is at hand (2014).

    Notes
    -----
    A target is no forecast: 以上 makes it a floor, and those who set it also work towards it.

    Examples
    --------
    >>> judged = target_errors(Report("hengyang-2018"))
    >>> judged.query("vintage == 'yearbook' and source == 'official target'")["date"].tolist()
    ['2015', '2016', '2018', '2020', '2021', '2023']
    """
    aims = growth.official_targets(report)
    aims = aims[aims["source"] == "official target"]
    before = growth.growth_outcomes(report, first=True)
    before = before.assign(
        date=(before["date"].astype(int) + 1).astype(str),
        source="last value",
        inputs=before["series_id"],
        low=float("nan"),
        high=float("nan"),
    )
    rivals = pd.concat([aims, before[before["date"].isin(aims["date"])]], ignore_index=True)
    judged = []
    for kind in (FIRST_RELEASE, "yearbook"):
        came = growth.growth_outcomes(report, first=kind == FIRST_RELEASE)
        made = growth.judge(rivals, came[came["vintage"] == kind]).assign(vintage=kind)
        judged.append(made.sort_values(["date", "source"], ascending=[True, False]))
    return pd.concat(judged, ignore_index=True)


def target_record(report: Report) -> pd.DataFrame:
    """Tabulate the errors of targets and of the last value, by outcomes and by choice of years.

    Parameters
    ----------
    report : Report

    Returns
    -------
    DataFrame
        One row a `vintage` of the outcomes, choice of `years` and `source`; as `value`, `low`,
        `high` the mean absolute error in points.

    Notes
    -----
    Without 2020 the last value for 2021 still is growth in 2020: the third choice leaves out both.

    Examples
    --------
    >>> record = target_record(Report("hengyang-2018"))
    >>> record.query("vintage == 'yearbook'")[["source", "value"]].values.tolist()[:2]
    [['official target', 1.46], ['last value', 1.76]]
    """
    rows: dict[tuple[str, ...], dict] = {}
    for vintage, judged in target_errors(report).groupby("vintage", sort=False):
        for without in PANDEMIC:
            chosen = judged[~judged["date"].isin(without)]
            years = ", ".join(sorted(set(chosen["date"])))
            end = f"_by_{vintage}".replace(" ", "_") + "_without_" * bool(without)
            end += "_and_".join(without)
            scores = growth.score(chosen, suffix=end)
            for source in ("official target", "last value"):
                name = f"mae_{source.replace(' ', '_')}{end}"
                labels = {"vintage": vintage, "years": years, "source": source}
                # Where the years left out are none of these, the same row stands already.
                rows.setdefault((*labels.values(),), scores[name].as_row(**labels, result=name))
    return pd.DataFrame(rows.values())


def tax_share_changes(report: Report) -> pd.DataFrame:
    """Tabulate the yearly changes of the local tax share that can be formed from reports.

    Parameters
    ----------
    report : Report

    Returns
    -------
    DataFrame
        One row a year or, where a year is missing, two years, in points a year. In January 2018
        that of 2017 alone was printed.

    Examples
    --------
    >>> tax_share_changes(Report("hengyang-2018"))["value"].tolist()
    [-6.4, 12.9, 4.5, 0.7]
    """
    made = [
        evaluate_row(row, report.number).as_row(date=row["date"], result=result)
        for result, row in ROWS.items()
        if row["quantity"] == "change of tax share"
    ]
    return pd.DataFrame(made)
