"""Which figures a report prints, how exactly, how doubtful, and which of them a person read."""

from decimal import Decimal

import pandas as pd

from hyreport.data.report import Report
from hyreport.numbers.rounding import stated
from hyreport.numbers.writing import plain
from hyreport.themes.checks import can_fail
from hyreport.themes.overview.wording import count_rows, join_words, link_result, say_count
from hyreport.words.codes import CODES
from hyreport.words.language import label

__all__ = ["count_figures", "count_themes", "measure_rounding", "say_figures", "say_themes"]


AIMS = ("target", "stretch_target")
OF_UNITS = {"percent": "rates and shares", "percentage points": "changes in points", "CNY": "money"}
OTHER = "other measurements"
UNSORTED = "not in the codebook"
KINDS = ("results and context", "targets")


def count_figures(report: Report) -> pd.DataFrame:
    """Count the figures of a report by role, wording, doubt, and by who read them.

    Parameters
    ----------
    report : Report

    Returns
    -------
    DataFrame
        One computed count a row, with what was counted in `what`; last, where any result is
        rounded, the median of `measure_rounding` in percent.

    Examples
    --------
    >>> table = count_figures(Report("hengyang-2018"))
    >>> table.loc[table["result"] == "count_targets", "value"].tolist()
    [35.0]
    """
    rows, checks = report.figures, report.checks
    decided = checks[can_fail(checks) & checks["result"].isin(["pass", "fail"])]
    chosen = {
        "figures": (rows, "printed figures"),
        "actuals": (rows[rows["role"] == "actual"], "figures that say what was reached"),
        "targets": (rows[rows["role"].isin(AIMS)], "figures that are aimed at"),
        "context": (rows[rows["role"] == "context"], "figures that say what others cover"),
        "bounded": (rows[rows["qualifier"] != "exact"], "figures bound by a word"),
        "rounded": (measure_rounding(report), "results whose print is rounded, neither end open"),
        "by_grade": (rows[rows["read_by"] == "grade"], "figures not read one by one"),
        "doubted": (rows[rows["doubt"] != ""], "figures with a doubt"),
        "checks": (decided, "cross-checks that could fail and could be made"),
        "failing": (decided[decided["result"] == "fail"], "cross-checks that fail"),
    }
    counts = {f"count_{name}": (len(found), words) for name, (found, words) in chosen.items()}
    median = median_rounding(report)
    tables = [count_rows(counts, unit="rows"), *([pd.DataFrame([median])] if median else [])]
    return pd.concat(tables, ignore_index=True)


def measure_rounding(report: Report) -> pd.DataFrame:
    """Measure how far rounding lets each printed result lie from its number.

    Parameters
    ----------
    report : Report

    Returns
    -------
    DataFrame
        One row a result whose print has both ends apart: `half_width` is half the interval in
        percent of the number, whose `kind` is money, rates and shares and so on.

    Examples
    --------
    >>> table = measure_rounding(Report("hengyang-2018")).set_index("figure_id")
    >>> table["half_width"].round(3)["gdp.level.2017"].item()
    0.016
    """
    rows = report.figures
    rows = rows[(rows["role"] == "actual") & (rows["low"] < rows["high"]) & (rows["value"] != 0)]
    return rows.assign(
        half_width=50 * (rows["high"] - rows["low"]) / rows["value"].abs(),
        kind=rows["unit_base"].map(OF_UNITS).fillna(OTHER),
    )[["figure_id", "name_en", "as_printed", "decimals", "unit", "kind", "half_width"]]


def median_rounding(report: Report) -> dict | None:
    """Return the half width that half of the rounded results do not exceed, as a result."""
    widths = measure_rounding(report)["half_width"]
    if widths.empty:
        return None
    short = Decimal(plain(Decimal(format(widths.median(), ".2g"))))
    words = "median of half the interval in percent of the number, over all rounded results"
    return stated(short, unit="percent", formula=words).as_row(
        what=words, result="median_half_width"
    )


def say_figures(report: Report) -> str:
    """Say how many figures there are, how exact, how doubtful and by whom they were read.

    Parameters
    ----------
    report : Report

    Returns
    -------
    str
        Markdown whose numbers link to the results of `count_figures`.
    """
    table = count_figures(report)
    if report.figures.empty:
        return "No figure of the report is recorded; rows of `figures.csv` would supply them."
    parts = {
        "count_actuals": ("of what was reached", "of what was reached"),
        "count_targets": ("of what is aimed at", "of what is aimed at"),
        "count_context": ("that says what others cover", "that say what others cover"),
    }
    told = [say_count(table, name, *words) for name, words in parts.items()]
    figures = say_count(table, "count_figures", "figure")
    said = f"The report prints {figures}: {join_words(told)}."
    parts_said = [_say_wording(report, table), _say_reading(report, table), *_say_doubts(table)]
    return " ".join([said, *parts_said])


def _say_wording(report: Report, table: pd.DataFrame) -> str:
    bounded, median = say_count(table, "count_bounded", ""), median_rounding(report)
    rows = report.figures[report.figures["qualifier"] != "exact"]
    if bounded:
        top = rows["qualifier"].value_counts()
        names = [CODES["qualifier"][name].short for name in sorted(top.index[top == top.max()])]
        most = f", most often '{join_words(names)}'" if len(names) == 1 else ""
        words = f"A word bounds {bounded} of them{most}."
    else:
        words = "No word bounds any of them."
    if median is None:
        return f"{words} No result has an interval of rounding to measure."
    rounded = say_count(table, "count_rounded", "rounded result lies", "rounded results, half lie")
    return (
        f"{words} {'The' if 'lies' in rounded else 'Of the'} {rounded} within "
        f"{link_result(median)} percent of what is printed, as far as rounding goes."
    )


def _say_reading(report: Report, table: pd.DataFrame) -> str:
    by_grade = say_count(table, "count_by_grade", "")
    if (report.figures["read_by"] == "each").all():
        return "A person read every one in its sentence."
    if not by_grade:
        return "Who read them is not recorded; a cell `read` of `figures.csv` would say it."
    return (
        f"Of the figures {by_grade} were not read one by one: a person accepted the grade that "
        "rules gave them, and the table says which."
    )


def _say_doubts(table: pd.DataFrame) -> list[str]:
    doubted = say_count(table, "count_doubted", "of them carries a doubt", "of them carry a doubt")
    failing = say_count(table, "count_failing", "fails", "fail")
    made = say_count(
        table, "count_checks", "cross-check that could fail", "cross-checks that could fail"
    )
    if not made:
        checks = (
            "No cross-check that could fail has been made; rows of `checks.csv` would supply it."
        )
    else:
        checks = f"Of {made}, {failing or 'none fails'}."
    return [f"{doubted}." if doubted else "No doubt about a figure is recorded.", checks]


def count_themes(report: Report, language: str = "en") -> pd.DataFrame:
    """Count the figures by theme, results and context apart from targets.

    Parameters
    ----------
    report : Report
    language : str
        en or zh, of the themes.

    Returns
    -------
    DataFrame
        Index of themes; whole numbers in two columns.
    """
    rows = report.figures
    theme = label(rows["theme"], language).str.capitalize()
    if language == "en":
        theme = theme.mask(rows["theme"] == "unsorted", UNSORTED.capitalize())
    kind = rows["role"].isin(AIMS).map({False: KINDS[0], True: KINDS[1]})
    counts = pd.crosstab(theme, kind).reindex(columns=KINDS, fill_value=0)
    return counts.rename_axis(index="theme", columns=None)


def say_themes(counts: pd.DataFrame) -> str:
    """Say which theme has the most figures, as the title of a chart.

    Parameters
    ----------
    counts : DataFrame
        As `count_themes` gives it.

    Examples
    --------
    >>> say_themes(pd.DataFrame({"figures": [3, 3]}, index=["Industry", "Tourism"]))
    'Industry and Tourism have the most figures'
    """
    sizes = counts.sum(axis=1)
    top = sizes.index[sizes == sizes.max()]
    if UNSORTED.capitalize() in top:
        if len(sizes) == 1:
            return "No figure is in the codebook"
        most = "Most figures are" if 2 * sizes.max() > sizes.sum() else "The largest group is"
        return f"{most} not in the codebook"
    if len(sizes) == 1:
        return f"{top[0]} has all figures"
    return f"{join_words(top)} {'has' if len(top) == 1 else 'have'} the most figures"
