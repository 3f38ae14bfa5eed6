"""Two numbers with their intervals set against each other: the tools of the cross-checks."""

from dataclasses import dataclass
from decimal import Decimal
from types import SimpleNamespace

from hyreport.errors import RawDataError
from hyreport.numbers.rounding import Computed
from hyreport.words.codes import CITY, name_outside


@dataclass(frozen=True)
class Check:
    """One cross-check: two sides, whether they agree, and why."""

    check_id: str
    kind: str
    claim: str
    outcome: str
    why: str
    left: Computed | SimpleNamespace | None = None
    right: Computed | SimpleNamespace | None = None
    unit: str = ""
    inputs: tuple[str, ...] = ()

    def row(self) -> dict[str, str]:
        """Return the check as a row of checks.csv."""
        sides = {
            f"{side}{end}": _plain(getattr(getattr(self, side), name, None))
            for side in ("left", "right")
            for end, name in (("", "value"), ("_low", "low"), ("_high", "high"))
        }
        names = ("check_id", "kind", "claim", "unit", "outcome", "why")
        return {name: getattr(self, name) for name in names} | sides | {"inputs": self._inputs()}

    def _inputs(self) -> str:
        sides = [name for side in (self.left, self.right) if side for name in _names(side)]
        return " ".join(dict.fromkeys([*sides, *self.inputs]))


class Numbers:
    """The printed and published numbers by name, each with value, low, high and figure_id."""

    def __init__(self, figures: list[dict], reference: list[dict]):
        self._figures = {row["figure_id"]: row for row in figures}
        self._reference = reference

    def figure(self, figure_id: str) -> SimpleNamespace:
        """Return a printed figure."""
        if figure_id not in self._figures:
            raise RawDataError(
                "figures.csv",
                f"no figure {figure_id}",
                "it, for the cross-checks",
                "restore the row, or take the check out of hyreport/build/checks.py",
            )
        return _number(self._figures[figure_id], figure_id)

    def published(
        self, series: str, period: str, vintage: str = "yearbook", ref_area: str = CITY
    ) -> SimpleNamespace:
        """Return an outside figure."""
        wanted = (series, period, vintage, ref_area, "actual")
        keys = ("series", "time_period", "vintage", "ref_area", "role")
        rows = [row for row in self._reference if tuple(row[key] for key in keys) == wanted]
        if len(rows) != 1:
            raise RawDataError(
                "reference.csv",
                f"{len(rows)} rows for {', '.join(wanted)}",
                "one, for the cross-checks",
                "restore the row, or take the check out of hyreport/build/checks.py",
            )
        return _number(rows[0], name_outside(rows[0]))

    def all_figures(self) -> list[dict]:
        """Return the rows of the figures table."""
        return list(self._figures.values())


def agree(check_id, kind, claim, left, right, unit, why) -> Check:
    """Pass where the intervals of both sides meet."""
    outcome = "pass" if left.low <= right.high and right.low <= left.high else "fail"
    return Check(check_id, kind, claim, outcome, why, left, right, unit)


def not_above(check_id, kind, claim, left, right, unit, why) -> Check:
    """Pass where the left side can be at most the right one."""
    outcome = "pass" if left.low <= right.high else "fail"
    return Check(check_id, kind, claim, outcome, why, left, right, unit)


def differ(check_id, kind, claim, left, right, unit, why) -> Check:
    """Pass where two numbers that cannot well be equal are not."""
    outcome = "pass" if left.value != right.value else "fail"
    return Check(check_id, kind, claim, outcome, why, left, right, unit)


def _number(row: dict, name: str) -> SimpleNamespace:
    ends = {end: Decimal(row[end]) if row[end] else None for end in ("value", "low", "high")}
    return SimpleNamespace(figure_id=name, **ends)


def stated_only(number: SimpleNamespace) -> SimpleNamespace:
    """Take the stated number alone, where its wording leaves an end open."""
    ends = {"value": number.value, "low": number.value, "high": number.value}
    return SimpleNamespace(figure_id=number.figure_id, **ends)


def exactly(number: int, name: str = "") -> SimpleNamespace:
    """Return a number that is not rounded."""
    return stated_only(SimpleNamespace(figure_id=name, value=Decimal(number)))


def _names(side) -> tuple[str, ...]:
    names = getattr(side, "inputs", None) or (getattr(side, "figure_id", ""),)
    return tuple(filter(None, names))


def _plain(number: Decimal | None) -> str:
    return "" if number is None else format(number, "f")
