"""Sentences about the panel: each number in them is a result, kept in a table of the page."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from math import ceil
from pathlib import Path
from typing import Any

import pandas as pd

from hyreport.numbers.computed import ENDS
from hyreport.panel.estimates import count, sampled
from hyreport.themes.overview.wording import link_result

__all__ = ["POINTS", "Results", "fill", "find", "say"]


POINTS = "percentage points"
WRONG = (
    "share of cells taken to be wrong, rounded up: the upper end of the audit's interval, unless "
    "the first cell of the page says another"
)
SLOT = re.compile(r"\{(\w+)(?:\.(low|high|year)|\?([^|{}]*)\|([^|{}]*)\|([^|{}]*))?\}")


class Results:
    """Collects the results of a page; what has no number is left out.

    Parameters
    ----------
    prefix : str
        Before the name of each.

    Examples
    --------
    >>> results = Results("tiers")
    >>> results.count("years", 3, "years with a pair", unit="years")
    >>> results.add("mean", float("nan"), "mean add-on")
    >>> results.table()["result"].tolist()
    ['tiers_years']
    """

    def __init__(self, prefix: str):
        self.prefix = prefix
        self.rows: list[dict[str, Any]] = []

    def add(
        self,
        name: str,
        made: Mapping[str, Any] | float,
        formula: str,
        *,
        unit: str = POINTS,
        decimals: int = 2,
    ) -> None:
        """Add an estimate: `value`, `low`, `high` and perhaps its `year` or years, or a number."""
        row = dict(made) if isinstance(made, Mapping) else {"value": made}
        row = dict.fromkeys(ENDS) | row
        if pd.notna(row["value"]):
            year = row.get("year", "")
            year = year if isinstance(year, str) else "" if pd.isna(year) else str(int(year))
            result, labels = f"{self.prefix}_{name}", {"what": formula, "year": year}
            self.rows.append(
                sampled(row, unit=unit, formula=formula, result=result, decimals=decimals, **labels)
            )

    def percent(self, name: str, made: Mapping[str, Any] | float, formula: str) -> None:
        """Add a share in percent, without decimals."""
        self.add(name, made, formula, unit="percent", decimals=0)

    def count(self, name: str, number: float, what: str, *, unit: str) -> None:
        """Add a count or a choice."""
        result, labels = f"{self.prefix}_{name}", {"what": what, "year": ""}
        self.rows.append(count(number, unit=unit, formula=what, result=result, **labels))

    def wrong(self, share: float) -> float:
        """Add the share of cells taken to be wrong, and return it in percent.

        >>> Results("tiers").wrong(0.0097)
        1.0
        """
        percent = ceil(round(1000 * share, 6)) / 10
        self.count("wrong", percent, WRONG, unit="percent of cells")
        return percent

    def table(self) -> pd.DataFrame:
        """Return all as a tidy table."""
        return pd.DataFrame(self.rows)


@cache
def _sentences() -> dict[str, Any]:
    path = Path(__file__).with_name("sentences.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


def say(part: str, found: pd.DataFrame, **names: str) -> str:
    """Write the sentences of a part of a page; where none can be, what the page says of nothing.

    Parameters
    ----------
    part : str
        Page and part as sentences.toml names them, such as tiers.answer.
    found : DataFrame
        As `Results.table` gives it.
    **names : str
        What stands in braces besides results.
    """
    page, _, name = part.partition(".")
    sentences = [fill(template, found, **names) for template in _sentences()[page][name]]
    nothing = _sentences()[page]["nothing"].format(**names) if name == "answer" else ""
    return " ".join(filter(None, sentences)) or nothing


def fill(template: str, found: pd.DataFrame, **names: str) -> str:
    """Write a sentence with its results; blank where one of them is missing or open.

    Parameters
    ----------
    template : str
        As sentences.toml explains it.
    found : DataFrame
        As `Results.table` gives it.
    **names : str
        What stands in braces besides results.

    Examples
    --------
    >>> results = Results("years")
    >>> results.count("above", 3, "counted", unit="years")
    >>> found = results.table()
    >>> fill("{years_above?more|less|none}: {years_above} years", found)
    'more: [3](#result:years_above) years'
    >>> fill("in {years_below} years", found)
    ''
    """
    rows = {match[1]: find(found, match[1]) for match in SLOT.finditer(template)}
    for match in SLOT.finditer(template):
        told = rows[match[1]].get(match[2] or "value", "")
        if match[1] not in names and (told == "" or pd.isna(told)):
            return ""

    def write(match: re.Match[str]) -> str:
        name, end, above, below, neither = match.groups()
        if name in names:
            return names[name]
        row = rows[name]
        if above is not None:
            return above if row["low"] > 0 else below if row["high"] < 0 else neither
        return row["year"] if end == "year" else link_result(row, end or "value")

    return SLOT.sub(write, template)


def find(found: pd.DataFrame, result: str) -> dict[str, Any]:
    """Return the row of a result, or an empty one."""
    rows = found[found["result"] == result].to_dict("records") if len(found) else []
    return rows[0] if rows else {}
