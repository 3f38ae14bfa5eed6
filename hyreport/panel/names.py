"""Names and meanings of the headline indicators, for charts, pages and the dictionary."""

from functools import cache
from pathlib import Path

from hyreport.words.tables import read_rows

__all__ = ["indicator_unit", "meaning", "name_indicator"]


@cache
def _rows() -> dict[str, dict[str, str]]:
    rows = read_rows(Path(__file__).with_name("names.csv"))
    return {row["indicator"]: row for row in rows}


@cache
def _units() -> dict[str, str]:
    rows = read_rows(Path(__file__).with_name("headline.csv"))
    return {row["indicator"]: row["unit"] for row in rows}


def name_indicator(indicator: str, language: str = "en") -> str:
    """Return the short name of a headline indicator, in English or Chinese.

    >>> name_indicator("gdp.growth"), name_indicator("gdp.growth", "zh")
    ('GDP growth', '地区生产总值增长')
    """
    return _rows()[indicator][f"short_{language}"]


def meaning(indicator: str) -> str:
    """Return what a headline indicator measures."""
    return _rows()[indicator]["meaning"]


def indicator_unit(indicator: str) -> str:
    """Return the unit that all cells of an indicator are in, as it is printed.

    >>> indicator_unit("gdp.level")
    '亿元'
    """
    return _units()[indicator]
