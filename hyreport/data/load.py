"""Loads the processed tables; one figure with everything the print says about it."""

import io
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

import pandas as pd

from hyreport.data.frames import Frame
from hyreport.errors import HyreportError, UnknownNameError, nearest
from hyreport.numbers.computed import Computed, say_interval, with_unit
from hyreport.paths import PROCESSED, REPORT_ID, find_report
from hyreport.words.codes import CITY, name_outside

NUMBERS = (
    "value",
    "low",
    "high",
    "value_base",
    "target_value",
    "actual_value",
    "actual_low",
    "actual_high",
    "gap",
    "gap_low",
    "gap_high",
    "left",
    "left_low",
    "left_high",
    "right",
    "right_low",
    "right_high",
    "outcome_value",
    "outcome_low",
    "outcome_high",
)
KEPT_TABLES = 16  # more than there are
WHOLE_NUMBERS = ("decimals", "paragraph", "start", "end")
STATUS_WORDS = {"A": "normal", "B": "break in the series", "E": "estimated", "P": "provisional"}
QUALIFIER_WORDS = {
    "exact": "as stated",
    "about": "about (左右)",
    "at_least": "at least",
    "at_most": "at most",
    "more_than": "more than",
    "less_than": "less than",
    "nearly": "nearly",
}
BUILD = "type `python run.py build`"
REACH_WORDS = "that words printed elsewhere (预计数, a unit, 以上, 力争) hold for this figure"
HEDGE_WORDS = {"": "", "ensure": "to be ensured (确保)", "strive": "to be striven for (力争, 争取)"}


def load_figures(report_id: str = REPORT_ID) -> pd.DataFrame:
    """Load all printed figures of the report, one row each, in the order of the text.

    Parameters
    ----------
    report_id : str
        Folder of the report in data/processed.

    Returns
    -------
    DataFrame, shape (figures, 31)
        `value`, `low`, `high` are in the printed unit named in `unit` (percent is 0 to 100);
        `value_base` is in `unit_base`. An open end of an interval is NaN; blank text is "".

    Raises
    ------
    UnknownNameError
        Where no report has this id.

    Examples
    --------
    >>> load_figures().query("indicator == 'gdp.growth'")["as_printed"].tolist()
    ['8.5%', '8%以上', '争取达到 8.5%']
    """
    return load_table(report_folder(report_id) / "figures.csv")


def load_targets(report_id: str = REPORT_ID) -> pd.DataFrame:
    """Load the targets of 2018, each with the 2017 figure that it answers.

    Parameters
    ----------
    report_id : str
        Folder of the report in data/processed.

    Returns
    -------
    DataFrame, shape (pairs, 23)
        `target_value` in `target_unit`, `actual_value` in `actual_unit`; `gap` is target less
        actual in `gap_unit` and filled only where `comparable` is yes.

    Raises
    ------
    UnknownNameError
        Where no report has this id.

    Examples
    --------
    >>> load_targets().loc[0, ["target_printed", "actual_printed", "gap_unit"]].tolist()
    ['8%以上', '8.5%', 'percentage points']
    """
    return load_table(report_folder(report_id) / "targets.csv")


def load_reference() -> pd.DataFrame:
    """Load outside figures for Hengyang: yearbooks, other reports, later outcomes.

    Returns
    -------
    DataFrame, shape (figures, 22)
        `value`, `low`, `high` in `unit`; `vintage`, `obs_status` and `source` say which
        publication a figure is from; `known_by` the day by which it was surely public.

    Notes
    -----
    Yearbook values were read from public copies of the yearbooks, which are cited.

    Examples
    --------
    >>> load_reference().query("series == 'gdp' and time_period == '2017'")["value"].tolist()
    [2921.52]
    """
    return load_table(PROCESSED / "reference.csv")


def load_goals(report_id: str = REPORT_ID) -> pd.DataFrame:
    """Load the aims of 2018 that print no number: something countable is to be complete or gone.

    Parameters
    ----------
    report_id : str
        Folder of the report in data/processed.

    Returns
    -------
    DataFrame, shape (aims, 13)
        `as_printed` holds the words of completeness, `subject_zh` what they are said of;
        `actual_id` the 2017 figure nearest to it, if any, with `comparable` and `reason`. They
        have no number and so no unit.

    Raises
    ------
    UnknownNameError
        Where no report has this id.

    Examples
    --------
    >>> load_goals().query("goal_id == 'coal_boilers'")["as_printed"].item()
    '全面淘汰'
    """
    return load_table(report_folder(report_id) / "goals.csv")


def load_outcomes() -> pd.DataFrame:
    """Load the later figures that bear on targets, and whether they can decide them.

    Returns
    -------
    DataFrame, shape (pairs, 15)
        `outcome_value`, `outcome_low`, `outcome_high` in `outcome_unit`; `vintage`, `basis`,
        `known_by` and `source` say which publication it is from. Only a row whose `comparable`
        is yes can decide its target; a target without a row has no later figure.

    Examples
    --------
    >>> load_outcomes().query("target_id == 'gdp.growth.2018'")["outcome_value"].item()
    8.3
    """
    return load_table(PROCESSED / "outcomes.csv")


def load_checks() -> pd.DataFrame:
    """Load every cross-check that the figures allow, with its outcome.

    Returns
    -------
    DataFrame, shape (checks, 13)
        `left` and `right` with their intervals in `unit`; `outcome` is pass, fail or
        not_testable; `inputs` names the figures behind both sides.

    Examples
    --------
    >>> load_checks().query("check_id == 'revenue_as_total'")["outcome"].item()
    'pass'
    """
    return load_table(PROCESSED / "checks.csv")


@dataclass(frozen=True, repr=False)
class Figure:
    """One printed figure; every attribute but the last is a column of the figures table.

    `value`, `low` and `high` are exact decimals in the printed unit, None where an end is open.
    `sentence` is from the reader's own copy of the report, where one was given.
    """

    figure_id: str
    name_en: str
    name_zh: str
    subject_zh: str
    as_printed: str
    value: Decimal
    low: Decimal | None
    high: Decimal | None
    decimals: int
    unit: str
    unit_zh: str
    unit_base: str
    value_base: Decimal
    qualifier: str
    hedge: str
    period: str
    role: str
    obs_status: str
    basis: str
    area: str
    section: str
    paragraph: int
    start: int
    end: int
    indicator: str
    theme: str
    measure: str
    group: str
    reach: str
    note: str
    doubt: str
    sentence: str = ""

    @property
    def interval(self) -> str:
        """What the print allows, in words and in the printed unit."""
        return say_interval(self.low, self.high)

    def describe(self) -> dict[str, str]:
        """Return the lines of the card: heading and text, without those that say nothing."""
        wording = [QUALIFIER_WORDS[self.qualifier], HEDGE_WORDS[self.hedge]]
        status = STATUS_WORDS.get(self.obs_status, self.obs_status)
        lines = {
            "Printed": f"{self.subject_zh} {self.as_printed}",
            "Value": with_unit(str(self.value), self.unit),
            "Print allows": self.interval,
            "Wording": ", ".join(filter(None, wording)),
            "Period, area": f"{self.period}, {self.area.replace('_', ' ')}",
            "Role": self.role.replace("_", " "),
            "Status": f"{status} ({self.obs_status})" if status else "",
            "Basis": self.basis.replace("_", " "),
            "Reach": f"{self.reach}: {REACH_WORDS}" if self.reach else "",
            "Place": f"section {self.section}, paragraph {self.paragraph}, "
            f"characters {self.start} to {self.end}",
            "Note": self.note,
            "Doubt": self.doubt,
            "In your copy": self.sentence,
        }
        return {heading: text for heading, text in lines.items() if text}

    def __str__(self) -> str:
        lines = [f"{heading}: {text}" for heading, text in self.describe().items()]
        return "\n".join([f"{self.name_en} ({self.figure_id})", *lines])

    __repr__ = __str__


def figure(figure_id: str, report_id: str = REPORT_ID, *, text: str | Path | None = None) -> Figure:
    """Return one printed figure with its words, interval, place and doubts.

    Parameters
    ----------
    figure_id : str
        Identifier as in the figures table.
    report_id : str
        Folder of the report in data/processed.
    text : str or Path, optional
        Your own copy of the report, a plain-text file; the card then shows the sentence of that
        copy, the number in 【】.

    Returns
    -------
    Figure
        `value`, `low`, `high` in the printed unit, with the place in the report they are from; a
        card in JupyterLab, text elsewhere.

    Raises
    ------
    UnknownNameError
        Where no figure has this id; the message names the nearest ones.
    TextError
        Where the file is no copy of the report, or does not print the figure so.

    Examples
    --------
    >>> figure("tax_share.total.2017").interval
    'from 71.55 to 71.65'
    """
    found = pick(load_figures(report_id), figure_id)
    if text is None:
        return found
    from hyreport.text.compare import find_sentence

    return replace(found, sentence=find_sentence(text, figure_id, report_id))


def pick(figures: pd.DataFrame, figure_id: str) -> Figure:
    """Return one row of a figures table as a Figure; the theme modules read their inputs so.

    Parameters
    ----------
    figures : DataFrame
        As `load_figures` gives it, or rows of it.
    figure_id : str
        Identifier as in the table.

    Returns
    -------
    Figure

    Raises
    ------
    UnknownNameError
        Where the table has no such row; the message names the nearest ones.

    Examples
    --------
    >>> pick(load_figures(), "gdp.growth.2017").value
    Decimal('8.5')
    """
    rows = figures[figures["figure_id"] == str(figure_id)]
    if rows.empty:
        raise UnknownNameError(
            "figure",
            repr(figure_id),
            "one of load_figures().figure_id",
            nearest(str(figure_id), figures["figure_id"]),
        )
    row = rows.iloc[0]
    typed = {field.name: row[field.name] for field in fields(Figure) if field.name in row}
    for name in ("value", "low", "high", "value_base"):
        typed[name] = None if pd.isna(row[name]) else Decimal(format(row[name], ".15g"))
    return Figure(**typed)


def published(reference: pd.DataFrame, series: str, time_period: str, **choices: str) -> Computed:
    """Return one outside figure with the interval of its print and its publication.

    Parameters
    ----------
    reference : DataFrame
        As `load_reference` gives it.
    series, time_period : str
        Which figure; actuals only.
    **choices : str
        Further columns and what they must hold, such as `vintage="yearbook"`; `ref_area` is the
        city's unless another is named.

    Returns
    -------
    Computed
        In the unit of the series; `formula` names the publication.

    Raises
    ------
    UnknownNameError
        Where not exactly one figure answers.

    Examples
    --------
    >>> print(published(load_reference(), "local_budget_revenue", "2017").formula)
    published: China City Statistical Yearbook 2018, whole-city table
    """
    of_city = {"series": series, "time_period": time_period, "role": "actual", "ref_area": CITY}
    choices = of_city | choices
    rows = reference
    for column, wanted in choices.items():
        rows = rows[rows[column] == wanted]
    if len(rows) != 1:
        raise UnknownNameError(
            "reference",
            f"{len(rows)} figures for {series} {time_period}",
            "exactly one",
            nearest(series, reference["series"].unique()),
        )
    row = rows.iloc[0]
    value, low, high = (
        None if pd.isna(row[name]) else Decimal(format(row[name], ".15g"))
        for name in ("value", "low", "high")
    )
    formula = f"published: {row['source']}"
    inputs = (name_outside(row),)
    return Computed(
        value, low, high, int(row["decimals"]), row["unit"], formula, inputs, "published"
    )


def report_folder(report_id: str) -> Path:
    """Return the folder of a report's processed tables, or raise UnknownNameError."""
    if not any(path.is_dir() for path in PROCESSED.glob("*")):
        raise HyreportError("data/processed", "no report", "the processed tables", BUILD)
    return find_report(report_id, PROCESSED)


def load_table(path: Path) -> pd.DataFrame:
    """Load one processed table: numbers as numbers, all else as text, blanks as empty text."""
    if not path.is_file():
        raise HyreportError(path.name, "no such file", "a processed table", BUILD)
    return _parse_table(path.read_bytes()).copy()


@lru_cache(maxsize=KEPT_TABLES)
def _parse_table(content: bytes) -> Frame:
    """Parse a table once for each content, so that a changed file never gives an old answer."""
    text = io.BytesIO(content)
    table = Frame(pd.read_csv(text, dtype=str, keep_default_na=False, encoding="utf-8"))
    for name in table.columns.intersection(NUMBERS):
        table[name] = pd.to_numeric(table[name])
    for name in table.columns.intersection(WHOLE_NUMBERS):
        table[name] = table[name].astype("int64")
    return table
