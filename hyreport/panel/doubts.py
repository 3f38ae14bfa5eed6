"""Doubts of a cell: out of range, far from nearby years, found wrong by a reader."""

from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd

from hyreport.words.tables import read_rows

__all__ = ["mark_doubts"]


# Years before and after whose levels a level is set beside, and how many times off is far.
NEARBY, FAR = 3, 2.2
OF_PLACE = ["area_code_now", "indicator"]


def mark_doubts(cells: pd.DataFrame, audit: pd.DataFrame | None = None) -> pd.DataFrame:
    """Mark cells that other cells or a reader speak against: certainty C, and `doubt` says why.

    Parameters
    ----------
    cells : DataFrame
        Rows of headline.parquet; value in the unit of the indicator.
    audit : DataFrame, optional
        Rows of audit.csv. A cell that its reader found wrong, and that still holds that value,
        is marked.

    Returns
    -------
    DataFrame
        The same rows.

    Notes
    -----
    ranges.csv says what each indicator can be: wide bounds that catch a lost decimal point, a
    unit misprinted, growth of many years. A level more than 2.2 times above or below the median
    of the levels printed for at most three years before and after is far from them: a sum of
    years, a part of the place, or another concept of the same name.
    """
    doubt = cells["doubt"].where(cells["doubt"] != "", _far(cells))
    doubt = doubt.where(~_is_out_of_range(cells), "range")
    if audit is not None:
        doubt = doubt.mask(_is_found_wrong(cells, audit), "audit")
    return cells.assign(doubt=doubt, certainty=cells["certainty"].mask(doubt != "", "C"))


def _is_found_wrong(cells: pd.DataFrame, audit: pd.DataFrame) -> pd.Series:
    keys = ["report", "indicator", "kind", "value"]
    wrong = audit.loc[audit["verdict"] == "wrong", keys].astype({"value": "float64"})
    return pd.MultiIndex.from_frame(cells[keys]).isin(pd.MultiIndex.from_frame(wrong))


@cache
def _ranges() -> pd.DataFrame:
    rows = pd.DataFrame(read_rows(Path(__file__).with_name("ranges.csv"))).set_index("indicator")
    return rows.replace("", None).astype("float64")


def _is_out_of_range(cells: pd.DataFrame) -> pd.Series:
    bounds = _ranges().reindex(cells["indicator"])
    value = cells["value"].to_numpy()
    is_out = (value < bounds["low"].to_numpy()) | (value > bounds["high"].to_numpy())
    return pd.Series(is_out, index=cells.index)


def _far(cells: pd.DataFrame) -> pd.Series:
    """Return "nearby_years" for levels far from those of the years around, else nothing."""
    is_level = cells["indicator"].str.contains("level|output", regex=True)
    levels = cells[is_level & (cells["kind"] == "actual") & cells["value"].gt(0)]
    levels = levels[[*OF_PLACE, "period", "value"]].reset_index(names="row")
    pairs = levels.merge(levels, on=OF_PLACE, suffixes=("", "_beside"))
    apart = (pairs["period"] - pairs["period_beside"]).abs()
    beside = pairs[apart.between(1, NEARBY)].groupby("row")["value_beside"].agg(["median", "size"])
    times = np.log(levels.set_index("row")["value"].reindex(beside.index) / beside["median"]).abs()
    # One level alone does not say which of two is off, unless by far.
    far = times > np.log(np.where(beside["size"] > 1, FAR, FAR * FAR))
    is_far = cells.index.isin(beside.index[far])
    return pd.Series("", index=cells.index).mask(is_far, "nearby_years")
