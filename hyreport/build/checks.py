"""The cross-checks of a report with their results: those people typed, and rules for any report.

A check compares two numbers with their intervals. It passes where rounding lets them agree, fails
where it does not, and is not testable where a number is missing or of another kind; all three are
kept and shown.
"""

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal

from hyreport.data.formulas import evaluate
from hyreport.errors import HyreportError, RawDataError, nearest
from hyreport.numbers.computed import ENDS, Computed
from hyreport.numbers.writing import write
from hyreport.words.codes import CODES

__all__ = ["make_checks"]


KINDS = list(CODES["check_kind"])
KEPT = ("check_id", "kind", "claim", "unit", "why")
MEND = "write stated([figure]) for the number alone"
Row = dict[str, str]


def make_checks(
    typed: Iterable[tuple[str, Row]], figures: list[Row], outside: dict[str, Row]
) -> list[Row]:
    """Return the rows of checks.csv.

    Parameters
    ----------
    typed : iterable of pairs
        The rows that a person typed, each with its place.
    figures : list of dict
        Rows of the processed figures, every cell as text.
    outside : dict
        Rows of the processed outside figures by name.

    Returns
    -------
    list of dict
        One row a check: the typed ones in their order; the checks of a rule stand before the
        first typed one of a later kind.

    Raises
    ------
    RawDataError
        For a formula that cannot be read or computed, and a side that cannot be compared.
    """
    numbers = {row["figure_id"]: row for row in figures} | outside

    def find(name: str) -> Computed:
        if name not in numbers:
            place = "figures.csv and reference.csv"
            raise HyreportError(place, f"no figure {name}", "one of them", nearest(name, numbers))
        return _read_number(numbers[name], name)

    rows = [_make_check(row, place, find) for place, row in typed]
    for rule in (check_counts, list_repeated):
        for ruled in rule(figures):
            made = _make_check(ruled, ruled["check_id"], find)
            later = (n for n, row in enumerate(rows) if _rank(row) > _rank(ruled))
            rows.insert(next(later, len(rows)), made)
    return rows


def check_counts(figures: list[Row]) -> Iterator[Row]:
    """Check that what is counted one by one is a whole number."""
    counted = [
        row
        for row in figures
        if row["measure"] in ("count", "rank") and row["unit_zh"][0] not in "万亿"
    ]
    broken = [row for row in counted if Decimal(row["value"]) % 1]
    for row in broken:
        yield _rule(
            f"whole_number_{row['indicator'].replace('.', '_')}",
            "count",
            claim=f"{row['name_en']}: a whole number",
            relation="agree",
            left=f"[{row['figure_id']}]",
            right=str(round(Decimal(row["value"]))),
            unit=row["unit"],
            why="What is counted one by one has no half; see the doubt about this figure.",
        )
    if whole := [row["figure_id"] for row in counted if row not in broken]:
        others = "other " if broken else ""
        yield _rule(
            "whole_numbers",
            "count",
            claim="Counts and ranks are whole numbers",
            why=f"All {others}{len(whole)} counts, ranks and classes printed without 万 or 亿.",
            result="pass",
            inputs=" ".join(whole),
        )


def list_repeated(figures: list[Row]) -> Iterator[Row]:
    """List numbers printed more than once for quantities of one unit: nothing proves a slip."""
    found: dict[tuple[str, str], list[str]] = {}
    for row in figures:
        if len(row["value"].replace(".", "").strip("0")) > 1:
            found.setdefault((row["value"], row["unit"]), []).append(row["figure_id"])
    for (value, unit), names in found.items():
        if len(names) > 1:
            yield _rule(
                f"repeated_{value.replace('.', '_')}_{unit.replace(' ', '_')}",
                "repeated",
                claim=f"{value} ({unit}) is the right value of each of these figures",
                unit=unit,
                why="The same number may be right for each; nothing in print tells. Round numbers "
                "are left out.",
                inputs=" ".join(names),
            )


def _rule(check_id: str, kind: str, **cells: str) -> Row:
    """Return a check of a rule as if a person had typed it."""
    blank = dict.fromkeys(("left", "right", "unit", "decimals", "inputs"), "")
    return {"check_id": check_id, "kind": kind, **blank, "relation": "not_testable", **cells}


def _rank(check: Row) -> int:
    return KINDS.index(check["kind"])


def _make_check(check: Row, place: str, find: Callable[[str], Computed]) -> Row:
    """Compute both sides of a check and judge it."""
    try:
        left, right = (_compute(check, side, find) for side in ("left", "right"))
        result = check.get("result") or _judge(check["relation"], left, right)
        named = [name for name in check["inputs"].split() if find(name)]
    except HyreportError as error:
        found = f"{error.found} in {error.place}"
        raise RawDataError(place, found, error.expected, error.fix) from None
    sides = {"left": left, "right": right}
    ends = {
        f"{side}_{end}": write(getattr(number, end, None))
        for side, number in sides.items()
        for end in ENDS
    }
    named += [name for number in sides.values() if number for name in number.inputs]
    made = {"result": result, "inputs": " ".join(dict.fromkeys(named))}
    return {name: check[name] for name in KEPT} | ends | made


def _compute(check: Row, side: str, find: Callable[[str], Computed]) -> Computed | None:
    if not check[side]:
        return None
    decimals = int(check["decimals"]) if check["decimals"] else None
    number = evaluate(check[side], find, unit=check["unit"], decimals=decimals)
    if check["unit"] not in ("", number.unit):
        raise HyreportError(f"the {side} side", f"{number.unit}", f"the check's {check['unit']}")
    return number


def _judge(relation: str, left: Computed | None, right: Computed | None) -> str:
    if relation == "not_testable":
        return relation
    if left is None or right is None:
        raise HyreportError("the sides", "only one", f"two for {relation}")
    if relation == "differ":
        return "pass" if left.value != right.value else "fail"
    ends = [(left.low, right.high), (right.low, left.high)][: 1 if relation == "not_above" else 2]
    for low, high in ends:
        if low is None or high is None:
            raise HyreportError("a side", "an open end", "both ends", MEND)
        if low > high:
            return "fail"
    return "pass"


def _read_number(row: Row, name: str) -> Computed:
    low, high = (Decimal(row[end]) if row[end] else None for end in ("low", "high"))
    value, decimals = Decimal(row["value"]), int(row["decimals"])
    return Computed(value, low, high, decimals, row["unit"], "as printed", (name,), "printed")
