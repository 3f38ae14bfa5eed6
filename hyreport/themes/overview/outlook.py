"""What a plain forecaster could say of a rate in the target year, from what was public by then."""

import pandas as pd

from hyreport.data.report import Report
from hyreport.errors import HyreportError, UnknownNameError
from hyreport.themes.growth.forecasts import as_results, forecast_growth
from hyreport.themes.growth.known import PRINTED, SERIES, first_release, growth_known
from hyreport.themes.overview.wording import count_rows, link_figure, link_result, say_count

__all__ = [
    "FEWEST",
    "RULES",
    "count_years",
    "foresee_growth",
    "know_growth",
    "mark_aims",
    "say_outlook",
    "say_spread",
]


# Three formulas that assume nothing of the economy, and their mean.
RULES = ("last value", "mean", "drift")
MEAN = "combination"
FEWEST = 3  # years without which no rule has an error to be measured by
INDICATOR = PRINTED[SERIES]
AIMS = ("target", "stretch_target")


def know_growth(report: Report) -> pd.DataFrame:
    """Collect growth of GDP as it was public on the day of the report.

    Parameters
    ----------
    report : Report

    Returns
    -------
    DataFrame
        As `growth_known` gives it, from outside figures and the report itself; a year that these
        lack is taken from the accepted report of the area that accounts for it, if that one was
        delivered before. Empty where the day of the report is not known, or growth not printed.
    """
    try:
        day, own = report.reported, first_release(report)
    except HyreportError:
        return pd.DataFrame(columns=["date", "value"])
    try:
        known = growth_known(report)
    except UnknownNameError:
        known = own.assign(breaks=0, variable="real GDP growth")
    parts = [known]
    for other in report.neighbours:
        try:
            earlier = first_release(other)
        except HyreportError:
            continue
        if earlier["known_by"].item() < day and str(other.base_year) not in set(known["date"]):
            parts.append(earlier.assign(breaks=0, variable="real GDP growth"))
    return pd.concat(parts).sort_values("date", ignore_index=True)


def foresee_growth(report: Report, *, confidence: float = 0.80) -> pd.DataFrame:
    """Forecast growth of GDP in the target year by plain rules.

    Parameters
    ----------
    report : Report
    confidence : float
        Part of outcomes that an interval should hold, if errors stay as they were.

    Returns
    -------
    DataFrame
        One computed number a rule and one for their mean, in percent; empty where fewer than
        three years are known, the last of them is not the base year, or growth never moves.
    """
    known = know_growth(report)
    moves = len(set(known["value"])) > 1
    if len(known) < FEWEST or not moves or known["date"].iloc[-1] != str(report.base_year):
        return pd.DataFrame()
    day, ahead = report.reported, report.target_year - report.base_year
    made = forecast_growth(
        known, vintage_date=day, horizon=ahead, models=RULES, confidence=confidence
    )
    of_year = made[made["date"] == str(report.target_year)]
    return as_results(of_year, confidence=confidence)


def mark_aims(report: Report) -> pd.DataFrame:
    """Return the targets for growth of GDP in the target year, as `draw_marks` takes them.

    Parameters
    ----------
    report : Report
    """
    rows = report.figures
    rows = rows[(rows["indicator"] == INDICATOR) & (rows["period"] == str(report.target_year))]
    rows = rows[rows["role"].isin(AIMS)]
    marks = rows[["period", "value"]].rename(columns={"period": "date"})
    return marks.assign(kind="target", text="target: " + rows["as_printed"])


def count_years(report: Report) -> pd.DataFrame:
    """Count the years of growth that a forecaster had."""
    words = "years of growth of GDP that were public on the day of the report"
    return count_rows({"years_known": (len(know_growth(report)), words)}, unit="years")


def say_outlook(report: Report, *, confidence: float = 0.80) -> str:
    """Say what plain rules make of growth in the target year, or what would let them.

    Parameters
    ----------
    report : Report
    confidence : float
        As `foresee_growth` takes it.

    Returns
    -------
    str
        Markdown whose numbers link to the results of `foresee_growth` and to figures.
    """
    made, year = foresee_growth(report, confidence=confidence), report.target_year
    if made.empty:
        return _say_why_not(report)
    rules = made[made["source"] != MEAN]
    lowest, highest = rules.loc[rules["value"].idxmin()], rules.loc[rules["value"].idxmax()]
    (mean,) = made[made["source"] == MEAN].to_dict("records")
    years = say_count(count_years(report), "years_known", "year")
    said = (
        f"From {years} of growth that were public by {report.reported}, plain rules put growth of "
        f"GDP in {year} between {link_result(lowest)} and {link_result(highest)} percent. Their "
        f"mean is {link_result(mean)} percent, with an interval from {link_result(mean, 'low')} to "
        f"{link_result(mean, 'high')}, which holds if errors stay as they were."
    )
    return f"{said} {_say_target(report, mean)}"


def _say_target(report: Report, mean: dict) -> str:
    try:
        aim = report.target(INDICATOR)
    except UnknownNameError:
        return "The report prints no single target for it to be set beside."
    value = float(aim.value)
    side = "above" if value > mean["high"] else "below" if value < mean["low"] else "inside"
    return f"The number that the report aims at, {link_figure(aim, report.id)}, lies {side} it."


def _say_why_not(report: Report) -> str:
    supply = (
        "earlier reports of the area once accepted, or rows of `data/raw/reference.csv`, would "
        "supply them."
    )
    try:
        report.actual(INDICATOR)
    except UnknownNameError:
        return (
            f"Nothing is forecast: the report prints no single figure for growth of GDP in "
            f"{report.base_year}; the statistical communique for that year would supply it."
        )
    if "reported" not in report.facts:
        return (
            "Nothing is forecast: on which day the report was public is not known; `reported` in "
            "its `report.toml` would say what a forecaster could have known."
        )
    known = know_growth(report)
    years = say_count(count_years(report), "years_known", "year")
    if len(known) >= FEWEST:
        return "Nothing is forecast: growth is the same in each year known, so that no error shows."
    return (
        f"Nothing is forecast: growth of GDP is known for {years} alone, which is too few; {supply}"
    )


def say_spread(made: pd.DataFrame, year: int) -> str:
    """Say how far the plain rules lie apart, as the title of a chart.

    Parameters
    ----------
    made : DataFrame
        As `foresee_growth` gives it.
    year : int
        The target year.
    """
    rules = made[made["source"] != MEAN]["value"]
    if rules.min() == rules.max():
        return f"Plain rules agree on {rules.min():g}% for {year}"
    return f"Plain rules put growth in {year} between {rules.min():g}% and {rules.max():g}%"
