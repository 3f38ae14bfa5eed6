"""Sentences made from tables: each number in them is a link to its evidence."""

import re
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

import pandas as pd

from hyreport.data.figure import Figure
from hyreport.data.ids import split_id
from hyreport.numbers.computed import round_to
from hyreport.numbers.rounding import stated
from hyreport.numbers.writing import plain
from hyreport.words.phrases import escape

__all__ = [
    "count_rows",
    "join_words",
    "link_figure",
    "link_result",
    "name_result",
    "name_some",
    "say_count",
    "say_figure",
    "say_name",
    "say_unit",
]


NAMES = 3  # so many are named in a sentence, further ones are counted


def say_name(name: str) -> str:
    """Write the name of a figure inside a sentence; with digits as code, as they are no number.

    >>> say_name("Retail sales"), say_name("GDP"), say_name("PM2.5")
    ('retail sales', 'GDP', '`PM2.5`')
    """
    name = name[:1].lower() + name[1:] if name[1:2].islower() else name
    return f"`{name.replace('`', '')}`" if re.search(r"\d", name) else escape(name)


def link_figure(figure: Figure, report_id: str) -> str:
    """Write the printed words of a figure, leading to its row.

    Parameters
    ----------
    figure : Figure
        Of the report on whose page it stands, or of another.
    report_id : str
        The report on whose page it stands.

    Examples
    --------
    >>> import hyreport as hy
    >>> link_figure(hy.figure("gdp.growth.2017"), "hengyang-2018")
    '[8.5%](#gdp.growth.2017)'
    """
    report, name = split_id(figure.id, report_id)
    anchor = name if report == report_id else figure.id
    return f"[{escape(figure.as_printed)}](#{anchor})"


def say_unit(unit: str) -> str:
    """Write a unit so that a sentence holds no number of its own.

    >>> say_unit("100 million yuan")
    'hundred million yuan'
    """
    return unit.replace("100 million", "hundred million").replace("10 thousand", "ten thousand")


def say_figure(figure: Figure, report_id: str) -> str:
    """Write the printed words of a figure as a link, with its unit in English.

    >>> import hyreport as hy
    >>> say_figure(hy.figure("gdp.level.2017"), "hengyang-2018")
    '[3193亿元](#gdp.level.2017) (hundred million yuan)'
    """
    unit = "" if figure.unit == "percent" else f" ({say_unit(figure.unit)})"
    return f"{link_figure(figure, report_id)}{unit}"


def link_result(row: Mapping[str, Any], end: str = "value") -> str:
    """Write a computed number, or an end of its interval, leading to its row.

    Parameters
    ----------
    row : mapping
        As `Computed.as_row` gives it, with the `result` that it is kept under; the end is closed.
    end : str
        value, low or high.

    Examples
    --------
    >>> import hyreport as hy
    >>> row = hy.stated(-4.5, unit="percentage points", formula="a choice").as_row(result="fall")
    >>> link_result(row)
    '[−4.5](#result:fall)'
    """
    number = Fraction(str(row[end]))
    words = plain(round_to(number, int(row["decimals"]))).replace("-", "−")
    return f"[{words}](#result:{row['result']})"


def name_result(*parts: str) -> str:
    """Name a result by what it is of.

    >>> name_result("gap", "gdp.growth.2016-2020")
    'gap_gdp_growth_2016_2020'
    """
    return re.sub(r"\W+", "_", "_".join(parts)).strip("_").lower()


def count_rows(counts: Mapping[str, tuple[int, str]], *, unit: str) -> pd.DataFrame:
    """Make a table of counts, each a result that a sentence can link to.

    Parameters
    ----------
    counts : mapping
        For the name of each result the number, and what was counted in words.
    unit : str
        What of.

    Examples
    --------
    >>> table = count_rows({"count_aims": (3, "rows with role target")}, unit="figures")
    >>> say_count(table, "count_aims", "aim")
    '[3](#result:count_aims) aims'
    """
    return pd.DataFrame(
        stated(number, unit=unit, formula=words).as_row(what=words, result=name)
        for name, (number, words) in counts.items()
    )


def say_count(table: pd.DataFrame, result: str, one: str = "", many: str = "") -> str:
    """Say a count of a table with what it is of; blank where it is nought.

    Parameters
    ----------
    table : DataFrame
        As `count_rows` gives it.
    result : str
        Which of its counts.
    one, many : str
        What is counted, of one and of several; the same with an s by default.
    """
    (row,) = table[table["result"] == result].to_dict("records")
    words = one if row["value"] == 1 or not one else many or f"{one}s"
    return f"{link_result(row)} {words}".strip() if row["value"] else ""


def join_words(words: Iterable[str]) -> str:
    """Join what is not blank to a list in a sentence.

    >>> join_words(["a", "", "b", "c"]), join_words(["a"])
    ('a, b and c', 'a')
    """
    *first, last = [word for word in words if word] or [""]
    return f"{', '.join(first)} and {last}" if first else last


def name_some(names: Iterable[str]) -> str:
    """Name the first few of some things, and say that there are more.

    >>> name_some(["a", "b"]), name_some(["a", "b", "c", "d"])
    ('a and b', 'a, b, c and others')
    """
    names = list(names)
    return join_words([*names[:NAMES], *(["others"] if len(names) > NAMES else [])])
