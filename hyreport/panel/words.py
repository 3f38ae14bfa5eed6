"""Sentences about the panel: each number in them is a result, kept in a table of the page."""

import re

import pandas as pd

from hyreport.themes.overview.wording import link_result

__all__ = ["fill", "find", "holds"]


SLOT = re.compile(r"\{(\w+)(?:\.(low|high|year))?\}")


def find(found: pd.DataFrame, result: str) -> dict:
    """Return the row of a result, or an empty one."""
    rows = found[found["result"] == result].to_dict("records") if len(found) else []
    return rows[0] if rows else {}


def fill(template: str, found: pd.DataFrame) -> str:
    """Write a sentence with its results; blank where one of them is missing or open.

    Parameters
    ----------
    template : str
        Names of results in braces, perhaps with `.low`, `.high` or `.year`.
    found : DataFrame
        Rows of results, as `sampled` and `count` give them.

    Examples
    --------
    >>> from hyreport.panel.estimates import count
    >>> found = pd.DataFrame([count(3, what="counted", unit="years", result="years_above")])
    >>> fill("in {years_above} years", found), fill("in {years_below} years", found)
    ('in [3](#result:years_above) years', '')
    """
    rows = {result: find(found, result) for result, _ in SLOT.findall(template)}
    if not all(
        row and not pd.isna(row.get(end or "value")) and row.get(end or "value") != ""
        for (result, end) in SLOT.findall(template)
        for row in [rows[result]]
    ):
        return ""

    def write(match: re.Match[str]) -> str:
        row, end = rows[match[1]], match[2] or "value"
        return str(int(row["year"])) if end == "year" else link_result(row, end)

    return SLOT.sub(write, template)


def holds(found: pd.DataFrame, result: str) -> int:
    """Return 1 where a result's whole interval lies above nought, -1 below it, 0 where neither."""
    row = find(found, result)
    if not row or pd.isna(row["low"]) or pd.isna(row["high"]):
        return 0
    return int(row["low"] > 0) - int(row["high"] < 0)
