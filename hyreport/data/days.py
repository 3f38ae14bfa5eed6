"""Days and years as people type them: read here alone, and never compared as text."""

import re
from collections.abc import Callable
from datetime import date
from numbers import Integral
from textwrap import shorten
from typing import TYPE_CHECKING, Any

from hyreport.errors import DayError

__all__ = ["has_day", "read_day", "read_days", "read_year", "read_years"]


if TYPE_CHECKING:
    import pandas as pd  # the build reads days too, and needs no pandas

DAY, YEAR = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}"), re.compile("[0-9]{4}")
MIDNIGHT = re.compile(r"[ T]00:00:00(\.0+)?$")  # what a timestamp without an hour adds to its day


def read_day(cell: Any, place: str) -> date:
    """Read one day, or refuse it in a line that names the place.

    Parameters
    ----------
    cell : str or date
        YYYY-MM-DD, or a date, or a timestamp at midnight without a time zone, of numpy as well.
    place : str
        Where it stands, for the message.

    Returns
    -------
    date

    Raises
    ------
    DayError
        For another form and for a day that does not exist.

    Examples
    --------
    >>> read_day("2018-01-04", "origin")
    datetime.date(2018, 1, 4)
    >>> read_day("2018-1-4", "origin")
    Traceback (most recent call last):
        ...
    hyreport.errors.DayError: origin: found '2018-1-4', expected a day that exists, as YYYY-MM-DD.
    """
    typed = isinstance(cell, date) or hasattr(cell, "dtype")  # as numpy's datetime64
    text = MIDNIGHT.sub("", str(cell)) if typed and not isinstance(cell, str) else cell
    if isinstance(text, str) and DAY.fullmatch(text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            pass  # as 2018-02-30
    raise DayError(place, _shown(cell), "a day that exists, as YYYY-MM-DD")


def read_days(table: "pd.DataFrame", column: str, place: str) -> "pd.Series":
    """Read a column of days; a fault is named by row and column.

    Parameters
    ----------
    table : DataFrame
        Any with the column.
    column : str
        Its name; every cell must hold a day, as `read_day` takes it.
    place : str
        What the table is, for the message.

    Returns
    -------
    Series of date
        With the table's index.

    Raises
    ------
    DayError
        For a cell that is no day, also a blank one, and where the column is missing.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"known_by": ["2017-12-31", "2018"]})
    >>> read_days(table, "known_by", "my table")
    Traceback (most recent call last):
        ...
    hyreport.errors.DayError: my table, row 1, column known_by: found '2018', expected a day that
    exists, as YYYY-MM-DD.
    """
    return _read_column(table, column, place, read_day)


def has_day(table: "pd.DataFrame", column: str, place: str) -> "pd.Series":
    """Say of each row whether its day is filled in at all, well or badly.

    >>> import pandas as pd
    >>> has_day(pd.DataFrame({"known_by": ["2017-12-31", "", None]}), "known_by", "").tolist()
    [True, False, False]
    """
    cells = _column(table, column, place)
    return cells.notna() & cells.astype(object).ne("")


def read_year(cell: Any, place: str) -> int:
    """Read one year: four digits, or a whole number.

    >>> read_year("2018", "date"), read_year(2018, "date")
    (2018, 2018)
    """
    text = str(cell) if isinstance(cell, Integral) else cell
    if isinstance(text, str) and YEAR.fullmatch(text):
        return int(text)
    raise DayError(place, _shown(cell), "a year, as YYYY")


def read_years(table: "pd.DataFrame", column: str, place: str) -> "pd.Series":
    """Read a column of years as whole numbers; a fault is named as by `read_days`."""
    return _read_column(table, column, place, read_year).astype("int64")


def _read_column(table: "pd.DataFrame", column: str, place: str, read: Callable) -> "pd.Series":
    cells = _column(table, column, place)
    found = [read(cell, f"{place}, row {row}, column {column}") for row, cell in cells.items()]
    return type(cells)(found, index=cells.index, name=column, dtype=object)


def _column(table: "pd.DataFrame", column: str, place: str) -> "pd.Series":
    if column not in table:
        raise DayError(place, f"no column {column}", "a table with it")
    return table[column]


def _shown(cell: Any) -> str:
    return shorten(repr(cell), 60)
