"""What the other reports of data/raw give to one: their figures by id, and as outside figures."""

from calendar import monthrange
from collections.abc import Iterator

from hyreport.build.raw import Raw, Row, read_printed
from hyreport.data.ids import FIRST_RELEASE, qualify
from hyreport.numbers.writing import plain

__all__ = ["list_outside", "name_others", "order_outside"]


STRETCH = "stretch_target"
OF_A_TARGET = "target of the work report"
COUNTS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
# What a yearly average adds to the Chinese name of a growth.
AVERAGE = ("增长", "年均增长")


def name_others(raw: Raw, figures: dict[str, list[Row]]) -> dict[str, Row]:
    """Return the built figures of the other reports by report and id.

    Parameters
    ----------
    raw : Raw
        The report that is built, with the others.
    figures : dict
        The built figures of each other report.
    """
    named = {}
    for report_id, rows in figures.items():
        facts = raw.others[report_id].report
        told = {
            "vintage": FIRST_RELEASE,
            "known_by": _end_of_month(facts),
            "source": _name_source(facts),
        }
        for row in rows:
            named[qualify(row["figure_id"], report_id)] = row | told
    return named


def list_outside(raw: Raw) -> Iterator[tuple[str, Row]]:
    """Yield the outside figures that the other reports print, each after its place.

    Of each series.csv names, what a report says of the year before it or aims at for its own; of
    several prints of one quantity the one without a variant in its id.
    """
    series = {(row["indicator"], row["area"]): row for row in raw.shared["series.csv"]}
    for report_id, other in raw.others.items():
        years = {"actual": other.report["base_year"], "target": other.report["target_year"]}
        for place, figure in other.rows("figures.csv"):
            row = series.get((figure["indicator"], figure["area"]))
            year = years.get(figure["role"].removeprefix("stretch_"))
            if row and year and figure["period"].endswith(str(year)) and _is_plain(figure):
                yield f"{report_id}/{place}", _make_row(row, figure, other.report, place)


def order_outside(row: Row) -> tuple:
    """Return what sorts outside figures: series, own area before those above, period."""
    period = row["time_period"]
    return row["series"], -int(row["ref_area"]), period[:4], "-S" not in period, period


def _is_plain(figure: Row) -> bool:
    stem = f"{figure['indicator']}.{figure['period'].replace('/', '-')}"
    own = f"{stem}.stretch" if figure["role"] == STRETCH else stem
    return figure["figure_id"] == own


def _make_row(series: Row, figure: Row, facts: dict, place: str) -> Row:
    printed = read_printed(figure["as_printed"], place)
    unit = figure["unit"] or printed.unit
    return {
        "series": series["series"],
        "name_en": series["name_en"],
        "name_zh": series["name_zh"].replace(*AVERAGE)
        if figure["basis"] == "annual_average"
        else series["name_zh"],
        "ref_area": facts["ref_area"],
        "time_period": figure["period"],
        "value": plain(printed.value),
        "unit": unit,
        "qualifier": figure["qualifier"],
        "role": figure["role"],
        "obs_status": figure["obs_status"],
        "vintage": FIRST_RELEASE if figure["role"] == "actual" else "",
        "basis": _tell_basis(series, figure, unit),
        "known_by": _end_of_month(facts),
        "source": _name_source(facts),
        "copy_sha256": facts["copy"]["sha256"],
        "char_start": figure["start"],
        "char_end": figure["end"],
        "as_printed": figure["as_printed"],
        "confidence": "high",
        "note": figure["note"],
    }


def _name_source(facts: dict) -> str:
    return facts.get("short_en", facts["title_en"])


def _tell_basis(series: Row, figure: Row, unit: str) -> str:
    first, _, last = figure["period"].partition("/")
    if figure["role"] != "actual":
        return OF_A_TARGET
    if not last:
        return series["basis"]
    if figure["basis"] != "annual_average":
        return f"{last} {'less' if unit.endswith('百分点') else 'on'} {first}"
    years = int(last) - int(first) + 1
    return f"annual average over {COUNTS[years] if years < len(COUNTS) else years} years"


def _end_of_month(facts: dict) -> str:
    """Return the day by which a report was surely public: the end of the month of its own date."""
    day = str(facts.get("reported", ""))
    if not day:
        return ""
    year, month = int(day[:4]), int(day[5:7])
    return f"{day[:7]}-{monthrange(year, month)[1]}"
