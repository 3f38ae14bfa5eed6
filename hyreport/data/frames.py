"""The tables that the library loads: DataFrames that answer a mistyped column with the nearest."""

from typing import Any

import pandas as pd

from hyreport.errors import HyreportError, UnknownNameError, nearest

__all__ = ["Frame"]


OLDEST_PANDAS = (2, 2)

if tuple(map(int, pd.__version__.split(".")[:2])) < OLDEST_PANDAS:
    raise HyreportError(
        "pandas",
        f"version {pd.__version__}",
        f"{'.'.join(map(str, OLDEST_PANDAS))} or newer",
        "start with `python run.py lab`, or install the versions of pyproject.toml",
    )


class Frame(pd.DataFrame):
    """A DataFrame in all but one thing: a column that it has not is answered with a suggestion.

    Examples
    --------
    >>> Frame({"as_printed": ["8.5%"]})["as_printd"]
    Traceback (most recent call last):
    hyreport.errors.UnknownNameError: table: found no column 'as_printd', expected one of its
    columns. To fix: did you mean as_printed?
    """

    _metadata = ("report",)  # pandas hands it on to rows and columns taken from the table
    report = ""

    @property
    def _constructor(self) -> type:
        return Frame

    def __getitem__(self, key: Any) -> Any:
        """Return a column or rows; a column that is absent is told with those that are there."""
        try:
            return super().__getitem__(key)
        except KeyError:
            asked = key if isinstance(key, list) else [key]
            absent = [name for name in asked if isinstance(name, str) and name not in self.columns]
            if not absent:
                raise
        names = ", ".join(map(repr, absent))
        fix = nearest(absent[0], map(str, self.columns), otherwise="look at table.columns")
        raise UnknownNameError("table", f"no column {names}", "one of its columns", fix) from None
