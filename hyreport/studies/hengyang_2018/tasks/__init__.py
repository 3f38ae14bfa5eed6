"""The tasks of its case study, a file a part; here is what no formula over figures can count."""

import pandas as pd

from hyreport.data.days import read_day, read_days
from hyreport.data.report import Report

__all__ = ["main_indicators", "main_targets", "soft_targets", "year_not_yet_public"]


def soft_targets(report: Report) -> int:
    """Count the numbers with 左右 in the sentence of the main targets."""
    return int((_main_sentence(report)["qualifier"] == "about").sum())


def main_targets(report: Report) -> int:
    """Count the numbers of the sentence of the main targets."""
    return len(_main_sentence(report))


def main_indicators(report: Report) -> int:
    """Count the indicators of the sentence of the main targets."""
    return _main_sentence(report)["indicator"].nunique()


def year_not_yet_public(report: Report) -> int:
    """Return the year whose growth was, by our sources, not surely public before the report."""
    growth = report.reference.query("series == 'gdp_growth_real' and role == 'actual'")
    is_year = growth["time_period"].str.fullmatch(r"\d{4}")
    growth = growth[is_year & (growth["ref_area"] == report.area)]
    growth = growth[growth["time_period"].astype(int) < report.base_year]
    late = read_days(growth, "known_by", "reference") > read_day(report.reported, "reported")
    return int(growth.loc[late, "time_period"].item())


def _main_sentence(report: Report) -> pd.DataFrame:
    first = report.target("gdp.growth")
    return report.figures[report.figures["paragraph"] == first.paragraph]
