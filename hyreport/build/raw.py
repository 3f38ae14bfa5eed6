"""Reads what people typed and stops at the first fault: identity, wording, tokens, doubts."""

from hyreport.errors import RawDataError, nearest
from hyreport.numbers.printed import Printed, PrintedError, parse_printed

ADD_SECTION = "correct it, or name the section in report.toml under [sections]"


def check_tokens(figures: list[dict], exclusions: list[dict], tokens: list[dict]) -> None:
    """Check that every Arabic number of the copy is a figure or an exclusion, and only one."""
    listed = {row["start"]: row["number"] for row in tokens}
    taken: dict[tuple[int, int], str] = {}
    for file, rows in (("figures.csv", figures), ("exclusions.csv", exclusions)):
        for number, row in enumerate(rows, start=2):
            place = f"{file}, row {number}"
            words = read_printed(row["as_printed"], place).number
            span = _free_span(row, words, taken, place)
            taken[span] = place
            there = listed.get(row["start"], "no number")
            if row.get("numeral", "arabic") == "arabic" and there != words:
                raise RawDataError(
                    place,
                    f"{words} at position {span[0]}",
                    f"what tokens.csv has there: {there}",
                    "tokens.csv lists the numbers of the copy by their positions: correct this "
                    f"row, or tokens.csv too if the copy really prints {words} there",
                )
    for row in tokens:
        if (int(row["start"]), int(row["end"])) not in taken:
            raise RawDataError(
                f"tokens.csv, position {row['start']}",
                f"{row['number']} in neither list",
                "a row of figures.csv or exclusions.csv for each number",
                "add the row; a number that is no figure goes to exclusions.csv, with the reason",
            )


def _free_span(row: dict, words: str, taken: dict, place: str) -> tuple[int, int]:
    """Return the places of a number, which must be as many as it has and not taken already."""
    start, end = int(row["start"]), int(row["end"])
    if end - start != len(words):
        raise RawDataError(
            place,
            f"positions {start} to {end}",
            f"{len(words)} places for {words}",
            "positions count the copy's characters from 0, end exclusive: correct end or the words",
        )
    for (other_start, other_end), owner in taken.items():
        if start < other_end and other_start < end:
            raise RawDataError(
                place,
                f"position {start}",
                f"one not in {owner} too",
                "each number of the copy stands in one row: correct the position, or remove a row",
            )
    return start, end


def check_doubts(doubts: list[dict], figures: list[dict]) -> dict[str, str]:
    """Return the doubts of each figure in one text; stop where a figure no longer reads so."""
    printed = {row["figure_id"]: row["as_printed"] for row in figures}
    joined: dict[str, str] = {}
    for number, row in enumerate(doubts, start=2):
        figure_id, place = row["figure_id"], f"doubts.csv, row {number}"
        if figure_id not in printed:
            raise RawDataError(
                place,
                f"figure {figure_id!r}",
                "a figure of figures.csv",
                nearest(figure_id, printed),
            )
        if printed[figure_id] != row["expected"]:
            raise RawDataError(
                place,
                f"{row['expected']!r} for {figure_id}",
                f"{printed[figure_id]!r}, as figures.csv has it",
                "read the doubt again, then correct or remove it",
            )
        joined[figure_id] = f"{joined.get(figure_id, '')} {row['doubt']}".strip()
    return joined


def read_printed(words: str, place: str) -> Printed:
    """Parse printed words, naming the row where they cannot be read."""
    try:
        return parse_printed(words)
    except PrintedError as error:
        raise RawDataError(place, error.found, error.expected, error.fix) from None


def check_identity(row: dict, place: str, report: dict) -> None:
    """Check that identifier, period, role and status of a figure agree with each other."""
    period = row["period"].replace("../", "to-").replace("/", "-")
    stem = f"{row['indicator']}.{period}"
    if row["figure_id"] != stem and not row["figure_id"].startswith(f"{stem}."):
        raise RawDataError(
            place,
            f"figure_id {row['figure_id']!r}",
            f"one that begins {stem!r}",
            "figure_id is indicator, period and perhaps a variant: correct the one that is wrong",
        )
    _check_place(row, place, report)
    year = {"actual": report["base_year"], "context": None}.get(row["role"], report["target_year"])
    if year is not None and not row["period"].endswith(str(year)):
        raise RawDataError(
            place,
            f"period {row['period']} of a {row['role']}",
            f"one ending {year}",
            "correct period or role; base_year and target_year stand in report.toml",
        )
    if (row["role"] == "actual") != bool(row["obs_status"]):
        raise RawDataError(
            place,
            f"obs_status {row['obs_status']!r} of a {row['role']}",
            "a status for actuals only",
            "an actual needs one of A, E, P and B; any other role leaves the column blank",
        )


def _check_place(row: dict, place: str, report: dict) -> None:
    characters = report["copy"]["characters"]
    if row["section"] not in report["sections"]:
        raise RawDataError(place, f"section {row['section']!r}", "one of report.toml", ADD_SECTION)
    if int(row["end"]) > characters:
        raise RawDataError(
            place,
            f"position {row['end']}",
            "one inside the copy",
            f"correct it; the copy has {characters} characters (report.toml, [copy])",
        )


def merge_unit(printed: str, typed: str, place: str) -> str:
    """Return the typed unit where the print holds only part of it (9万多: 万人)."""
    if typed and (typed == printed or not typed.startswith(printed)):
        raise RawDataError(
            place,
            f"typed unit {typed!r} beside printed {printed!r}",
            "blank, or the longer unit",
            "clear the column unit where as_printed holds the whole unit",
        )
    return typed or printed


def merge_word(printed: str, typed: str, neutral: str, place: str) -> str:
    """Return a qualifier or hedge that either the print or the typed column holds, not both."""
    if typed and printed != neutral:
        raise RawDataError(
            place,
            f"{typed!r} typed beside printed {printed!r}",
            "one of them",
            "clear the typed word: as_printed says it already",
        )
    return typed or printed
