"""Loads the processed tables of a report as DataFrames."""

import io
from functools import lru_cache
from pathlib import Path

import pandas as pd

from hyreport.data.frames import Frame
from hyreport.data.schema import PROCESSED as SCHEMAS
from hyreport.errors import HyreportError
from hyreport.paths import PROCESSED, find_report, list_reports

__all__ = [
    "load_checks",
    "load_doubts",
    "load_figures",
    "load_goals",
    "load_indicators",
    "load_outcomes",
    "load_reference",
    "load_table",
    "load_targets",
    "load_terms",
    "load_units",
]


TABLES = {Path(path).stem: table for path, table in SCHEMAS.items()}
KEPT_TABLES = 64  # a few reports
BUILD = "type `python run.py build`"


def load_figures(report_id: str | None = None) -> pd.DataFrame:
    """Load all printed figures of the report, one row each, in the order of the text.

    Parameters
    ----------
    report_id : str, optional
        Folder of the report in data/processed; the suite's default report by default.

    Returns
    -------
    DataFrame, shape (figures, 32)
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
    return _load("figures", report_id)


def load_targets(report_id: str | None = None) -> pd.DataFrame:
    """Load the targets, each with the figure of the base year that it answers.

    Parameters
    ----------
    report_id : str, optional
        Folder of the report in data/processed; the suite's default report by default.

    Returns
    -------
    DataFrame, shape (pairs, 23)
        `target_value` in `target_unit`, `base_value`, that of the year before, in `base_unit`;
        `gap` is target less base in `gap_unit` and filled only where `comparable` is yes.

    Raises
    ------
    UnknownNameError
        Where no report has this id.

    Examples
    --------
    >>> load_targets().loc[0, ["target_printed", "base_printed", "gap_unit"]].tolist()
    ['8%以上', '8.5%', 'percentage points']
    """
    return _load("targets", report_id)


def load_reference(report_id: str | None = None) -> pd.DataFrame:
    """Load the outside figures of a report: yearbooks, other reports, later outcomes.

    Parameters
    ----------
    report_id : str, optional
        Folder of the report in data/processed; the suite's default report by default.

    Returns
    -------
    DataFrame, shape (figures, 26)
        `value`, `low`, `high` in `unit`; `vintage`, `obs_status` and `source` say which
        publication a figure is from; `known_by` the day by which it was surely public;
        `copy_sha256`, `char_start`, `char_end` where its number stands in a text, blank where the
        publication is no text we hold.

    Notes
    -----
    Yearbook values were read from public copies of the yearbooks, which are cited.

    Examples
    --------
    >>> of_2017 = load_reference().query("ref_area == '430400' and time_period == '2017'")
    >>> of_2017.query("series == 'gdp'")["value"].tolist()
    [2921.52]
    """
    return _load("reference", report_id)


def load_goals(report_id: str | None = None) -> pd.DataFrame:
    """Load the aims that print no number: something countable is to be complete or gone.

    Parameters
    ----------
    report_id : str, optional
        Folder of the report in data/processed; the suite's default report by default.

    Returns
    -------
    DataFrame, shape (aims, 13)
        `as_printed` holds the words of completeness, `subject_zh` what they are said of;
        `base_id` the figure of the base year nearest to it, if any, with `comparable` and
        `reason`. They have no number and so no unit.

    Raises
    ------
    UnknownNameError
        Where no report has this id.

    Examples
    --------
    >>> load_goals().query("goal_id == 'coal_boilers'")["as_printed"].item()
    '全面淘汰'
    """
    return _load("goals", report_id)


def load_outcomes(report_id: str | None = None) -> pd.DataFrame:
    """Load the later figures that bear on targets, and whether they can decide them.

    Parameters
    ----------
    report_id : str, optional
        Folder of the report in data/processed; the suite's default report by default.

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
    return _load("outcomes", report_id)


def load_checks(report_id: str | None = None) -> pd.DataFrame:
    """Load every cross-check that the figures allow, with its result.

    Parameters
    ----------
    report_id : str, optional
        Folder of the report in data/processed; the suite's default report by default.

    Returns
    -------
    DataFrame, shape (checks, 13)
        `left` and `right` with their intervals in `unit`; `result` is pass, fail or
        not_testable; `inputs` names the figures behind both sides.

    Examples
    --------
    >>> load_checks().query("check_id == 'revenue_as_total'")["result"].item()
    'pass'
    """
    return _load("checks", report_id)


def load_doubts(report_id: str | None = None) -> pd.DataFrame:
    """Load what looks wrong or unclear in print, one row a doubt.

    Parameters
    ----------
    report_id : str, optional
        Folder of the report in data/processed; the suite's default report by default.

    Returns
    -------
    DataFrame, shape (doubts, 4)
        `figure_id`, `expected` (as printed, with its unit), `kind` and the doubt in words.

    Examples
    --------
    >>> load_doubts().query("kind == 'misprint'")["expected"].tolist()[0]
    '353 所'
    """
    return _load("doubts", report_id)


def load_indicators(report_id: str | None = None) -> pd.DataFrame:
    """Load the codebook: what each indicator of the report measures, its names, their sources.

    Parameters
    ----------
    report_id : str, optional
        Folder of the report in data/processed; the suite's default report by default.

    Returns
    -------
    DataFrame, shape (indicators, 9)
        `unit` is the base unit of the indicator's numbers.

    Examples
    --------
    >>> load_indicators().query("indicator == 'gdp.growth'")["real_or_nominal"].item()
    'real'
    """
    return _load("indicators", report_id)


def load_units(report_id: str | None = None) -> pd.DataFrame:
    """Load every printed unit, in English words and in its base unit.

    Parameters
    ----------
    report_id : str, optional
        Folder of the report in data/processed; the suite's default report by default.

    Returns
    -------
    DataFrame, shape (units, 4)
        `multiplier` is the number of base units in one printed unit.

    Examples
    --------
    >>> load_units().query("unit_zh == '亿元'")["multiplier"].item()
    100000000
    """
    return _load("units", report_id)


def load_terms(report_id: str | None = None) -> pd.DataFrame:
    """Load the glossary: Chinese terms of the report in English, with meaning and source.

    Parameters
    ----------
    report_id : str, optional
        Folder of the report in data/processed; the suite's default report by default.

    Returns
    -------
    DataFrame, shape (terms, 7)
        `paragraphs` names where the report prints a term; no numbers with a unit.

    Examples
    --------
    >>> load_terms().query("term_zh == '左右'")["name_en"].item()
    'About'
    """
    return _load("terms", report_id)


def load_table(path: Path, report_id: str = "") -> Frame:
    """Load one processed table: numbers as numbers, all else as text, blanks as empty text."""
    if not path.is_file():
        raise HyreportError(path.name, "no such file", "a processed table", BUILD)
    table = _parse_table(path.read_bytes(), path.stem).copy()
    table.report = report_id
    return table


def _load(name: str, report_id: str | None) -> Frame:
    if not list_reports(PROCESSED):
        raise HyreportError("data/processed", "no report", "the processed tables", BUILD)
    folder = find_report(report_id, PROCESSED)
    return load_table(folder / f"{name}.csv", folder.name)


@lru_cache(maxsize=KEPT_TABLES)
def _parse_table(content: bytes, name: str) -> Frame:
    """Parse a table once for each content, so that a changed file never gives an old answer."""
    text = io.BytesIO(content)
    table = Frame(pd.read_csv(text, dtype=str, keep_default_na=False, encoding="utf-8"))
    types = {column.name: column.type for column in TABLES[name].columns} if name in TABLES else {}
    for column in table:
        if types.get(column) == "decimal":
            table[column] = pd.to_numeric(table[column])
        elif types.get(column) == "integer" and table[column].ne("").all():
            table[column] = table[column].astype("int64")
    return table
