"""The cross-checks of a report: which of them can fail, and how far apart those that fail are."""

from dataclasses import replace
from decimal import Decimal

import pandas as pd

from hyreport.data.ids import qualify
from hyreport.data.report import Report
from hyreport.numbers.computed import Computed
from hyreport.numbers.rounding import compute

__all__ = ["can_fail", "measure_gaps"]

# Sides that are subtracted and not divided, with the unit of their difference.
SUBTRACTED = {"calendar year": "years", "percent": "percentage points"}
ENDS = (".low", ".high")
SIDES = ("value", "low", "high")


def can_fail(checks: pd.DataFrame) -> pd.Series:
    """Tell the checks that can fail from those that cannot by how they are made.

    Parameters
    ----------
    checks : DataFrame
        As `load_checks` gives it.

    Returns
    -------
    Series of bool
        False for a number that stands in several places (nothing in print tells whether it is
        right for each), for a range, whose lower end is read as such, and for the whole numbers
        that are left when those with a fraction have a row of their own.

    Examples
    --------
    >>> import hyreport as hy
    >>> checks = hy.load_checks()
    >>> len(checks), int(can_fail(checks).sum())
    (58, 43)
    """
    ids = checks["inputs"].str.split()
    of_range = ids.map(lambda names: len(names) == 2 and all(n.endswith(ENDS) for n in names))
    left_over = (checks["kind"] == "count") & checks["left_value"].isna()
    return ~(of_range | left_over | (checks["kind"] == "repeated"))


def measure_gaps(report: Report, checks: pd.DataFrame) -> pd.DataFrame:
    """Measure how far the two sides of each failing check are apart.

    Parameters
    ----------
    report : Report
        The report that the checks are of.
    checks : DataFrame
        As `load_checks` gives it.

    Returns
    -------
    DataFrame, shape (failing checks, 19)
        `value`, `low`, `high`: the left side less the right one in percent of it, in `unit`; of
        rates and calendar years the difference in points or years, and where the right side may
        be 0 that in its own unit. `left` and `right` are the
        sides in `side_unit`. The widest gaps in percent stand first.

    Examples
    --------
    >>> import hyreport as hy
    >>> gaps = measure_gaps(Report("hengyang-2018"), hy.load_checks())
    >>> gaps[["check_id", "value"]].head(2).values.tolist()
    [['revenue_as_local_2019', 58.67], ['revenue_as_local', 55.17]]
    """
    failing = checks[checks["result"] == "fail"]
    made = [_measure(report, row) for row in failing.to_dict("records")]
    gaps = pd.DataFrame(made)
    order = gaps["value"].abs().mask(gaps["unit"] != "percent", -1)
    return gaps.loc[order.sort_values(ascending=False, kind="stable").index].reset_index(drop=True)


def _measure(report: Report, row: dict) -> dict:
    left, right = _read_side(row, "left"), _read_side(row, "right")
    # Nothing is a percentage of a side that may be nought.
    if row["unit"] in SUBTRACTED or row["right_low"] <= 0 <= row["right_high"]:
        gap = compute(
            lambda left, right: left - right,
            left=left,
            right=right,
            unit=SUBTRACTED.get(row["unit"], row["unit"]),
            formula="left side − right side",
        )
    else:
        gap = compute(
            lambda left, right: 100 * left / right - 100,
            left=left,
            right=right,
            unit="percent",
            formula="left side / right side − 1",
            decimals=2,
        )
    gap = replace(gap, inputs=tuple(qualify(name, report.id) for name in row["inputs"].split()))
    labels = {name: row[name] for name in ("check_id", "claim", "left_value", "right_value", "why")}
    labels = {name.removesuffix("_value"): cell for name, cell in labels.items()}
    return gap.as_row(**labels, side_unit=row["unit"], result=f"gap_{row['check_id']}")


def _read_side(row: dict, side: str) -> Computed:
    value, low, high = (Decimal(format(row[f"{side}_{end}"], ".12g")) for end in SIDES)
    decimals = max(0, -int(value.as_tuple().exponent))
    # The words tell equal sides apart, which are still two numbers.
    return Computed(value, low, high, decimals, row["unit"], f"{side} side", ())
