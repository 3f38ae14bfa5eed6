"""What the case study's tasks are computed from, and how a mistake is computed."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

import pandas as pd

from hyreport.data.figure import Figure, pick
from hyreport.data.report import published
from hyreport.numbers.rounding import Computed, compute, stated


@dataclass(frozen=True)
class Tables:
    """What the tasks are computed from: the printed figures, outside figures, target pairs."""

    figures: pd.DataFrame
    reference: pd.DataFrame
    targets: pd.DataFrame

    def printed(self, figure_id: str) -> Figure:
        """Return a printed figure."""
        return pick(self.figures, figure_id)

    def published(self, series: str, year: int, **choices: str) -> Computed:
        """Return an outside figure."""
        return published(self.reference, series, str(year), **choices)

    def revenue(self) -> dict[str, Figure]:
        """Return the printed level and both tax shares of 2017."""
        names = {"level": "budget_revenue.level", "total": "tax_share.total"}
        names["local"] = "tax_share.local"
        return {name: self.printed(f"{part}.2017") for name, part in names.items()}


def wrong(function: Callable, *, unit: str, **inputs) -> Computed:
    """Compute what a mistake leads to, with the interval that rounding allows."""
    return compute(function, unit=unit, formula="a mistake", **inputs)


def from_row(table: pd.DataFrame, result: str) -> Computed:
    """Return one row of a table of computed numbers as a computed number."""
    row = table.set_index("result").loc[result]
    ends = [_end(row[end], row["decimals"]) for end in ("value", "low", "high")]
    inputs = tuple(row["inputs"].split())
    return Computed(*ends, row["decimals"], row["unit"], row["formula"], inputs)


def _end(number: float, decimals: int) -> Decimal:
    """Return an end of an interval with the digits it carries."""
    return stated(round(number, decimals), unit="", formula="").value


def rest_of(share) -> Decimal:
    """Return what a share in percent leaves, as the working shows it."""
    return 100 - share.value
