"""Reads a draft back: its numbers, its facts, and what a person has decided of them."""

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from hyreport.data.schema import TYPED
from hyreport.data.tables import read_table
from hyreport.draft.draft import COLUMNS
from hyreport.draft.swap import recover
from hyreport.errors import HyreportError
from hyreport.words.tables import read_rows, read_text

__all__ = [
    "DECISIONS",
    "FIELDS",
    "GOAL",
    "OF_GOAL",
    "Drafted",
    "name_number",
    "read_decisions",
    "read_draft",
    "read_fields",
    "to_toml",
]


Row = dict[str, str]
DECISIONS = "decisions.csv"
# What a person decides of a figure; unit, qualifier and hedge are said in whole.
FIELDS = tuple(TYPED[DECISIONS].header[6:-2])
GOAL, OF_GOAL = "goal", ("subject_zh", "hedge")
READ = {"unit": "unit_read", "qualifier": "qualifier_read", "hedge": "hedge_read"}


@dataclass(frozen=True)
class Drafted:
    """A draft as it lies in its folder.

    Attributes
    ----------
    report_id : str
    folder : Path
    facts : dict
        What report.toml says.
    tables : dict
        The rows of each table by its file.
    """

    report_id: str
    folder: Path
    facts: dict[str, Any]
    tables: dict[str, list[Row]]

    @property
    def sha256(self) -> str:
        """SHA-256 of the text that was drafted."""
        return self.facts["copy"]["sha256"]

    @cached_property
    def numbers(self) -> dict[str, Row]:
        """All that a person decides, by where it starts, in the order of the text.

        A figure and a goal have a certainty, another number a kind; the kind of a goal is goal.
        """
        goals = [
            row
            | {
                "kind": GOAL,
                "certainty": "B",
                "why": f"a goal without a number: {row['reason'].replace(';', ',')}",
            }
            for row in self.tables["goals.csv"]
        ]
        rows = [*goals, *self.tables["figures.csv"], *self.tables["exclusions.csv"]]
        return {row["start"]: row for row in sorted(rows, key=lambda row: int(row["start"]))}


def read_draft(report_id: str, drafts: Path = Path("drafts")) -> Drafted:
    """Read the draft of a report.

    Parameters
    ----------
    report_id : str
        Its folder in `drafts`.
    drafts : Path
        Where `hyreport draft` wrote it.

    Raises
    ------
    HyreportError
        Where there is no draft of this name, or not a whole one.
    """
    folder = Path(drafts) / Path(report_id).name
    if not folder.exists():
        recover(folder)
    missing = [name for name in ("report.toml", *COLUMNS) if not (folder / name).is_file()]
    if missing:
        found = f"no {', '.join(missing)}" if folder.is_dir() else "no such draft"
        fix = f"type `hyreport draft --text FILE --report {report_id}` first"
        raise HyreportError(str(folder), found, "the whole draft of a report", fix)
    try:
        facts = tomllib.loads(read_text(folder / "report.toml"))
    except tomllib.TOMLDecodeError as error:
        raise HyreportError(f"{folder}/report.toml", str(error), "valid TOML") from None
    tables = {name: read_rows(folder / name) for name in COLUMNS}
    return Drafted(folder.name, folder, facts, tables)


def read_decisions(path: Path, draft: Drafted, *, strict: bool = True) -> dict[str, Row]:
    """Read what was decided of a draft's numbers, by where they start.

    Parameters
    ----------
    path : Path
        A decisions.csv.
    draft : Drafted
        The draft; only decisions on its text count.
    strict : bool
        Whether a decision on another text, or on no number of the draft, is an error; else it is
        left out.

    Raises
    ------
    HyreportError
        Where the table is none, or for such a decision.
    """
    numbers, decided = draft.numbers, {}
    for row in read_table(Path(path), TYPED[DECISIONS], empty=True):
        place = f"{Path(path).name}, position {row['start']}"
        own = row["sha256"] == draft.sha256
        if own and row["start"] in numbers:
            decided[row["start"]] = row
        elif strict:
            found = "no number of the draft" if own else f"text {row['sha256'][:12]}"
            expected = f"decisions on the text {draft.sha256[:12]} that was drafted"
            fix = f"open `hyreport review {draft.report_id}` and download them again"
            raise HyreportError(place, found, expected, fix)
    return decided


def read_fields(row: Row) -> Row:
    """Return the fields of a drafted figure as a person decides them, blank for another number."""
    if not row.get("certainty"):
        return dict.fromkeys(FIELDS, "")
    if row.get("kind") == GOAL:
        return dict.fromkeys(FIELDS, "") | {name: row[name] for name in OF_GOAL}
    return {name: row[READ.get(name, name)] for name in FIELDS}


def name_number(row: Row) -> str:
    """Name a number for a message: its position and its print.

    >>> name_number({"start": "91", "as_printed": "8%"})
    '8% at 91'
    """
    return f"{row['as_printed']} at {row['start']}"


def to_toml(facts: Mapping[str, Any]) -> list[str]:
    """Return facts as TOML writes them, which for keys, text and numbers is what JSON does."""
    return [
        f"{name if re.fullmatch('[a-z0-9_]+', name) else json.dumps(name)} = "
        + json.dumps(fact, ensure_ascii=False).replace("\x7f", "")
        for name, fact in facts.items()
    ]
