"""Reads the file of a report and writes what was drafted of it, all or nothing."""

import hashlib
import re
import shutil
from collections.abc import Mapping
from pathlib import Path

from hyreport.draft.draft import COLUMNS, Draft, draft_text
from hyreport.draft.drafted import to_toml
from hyreport.draft.swap import recover, swap_in
from hyreport.errors import HyreportError, RawDataError
from hyreport.text.copies import read_file
from hyreport.words.tables import format_rows

__all__ = ["draft_file", "write_draft"]


def draft_file(
    path: str | Path,
    report_id: str,
    *,
    year: int | None = None,
    area: str = "",
    to: Path = Path("drafts"),
) -> tuple[Path, Draft]:
    """Draft a report from its file and write the tables.

    Parameters
    ----------
    path : str or Path
        Markdown, plain text or HTML, in any encoding that `verify` reads.
    report_id : str
        Id of the report: a-z, 0-9, as in place-2018; the tables are written to a folder of this
        name.
    year : int, optional
        The year of its targets, where it is known.
    area : str
        Code of the area by GB/T 2260, six digits; the nation is 000000.
    to : Path
        Folder for the drafts.

    Returns
    -------
    tuple of Path and Draft
        The folder that was written, and what was drafted.

    Raises
    ------
    TextError
        Where the file is no report.
    RawDataError
        Where the id or the code of the area is none.
    """
    if not re.fullmatch("[a-z0-9][a-z0-9_-]*", report_id):
        signs = "an id: a-z, 0-9, - and _"
        raise RawDataError("--report", repr(report_id), signs, "correct the id")
    if report_id in ("reference", "result", "panel"):
        raise RawDataError("--report", repr(report_id), "another id; this one is taken")
    if area and not (area.isascii() and area.isdigit() and len(area) == 6):
        raise RawDataError("--area", repr(area), "six digits of GB/T 2260", "correct the code")
    content, text = read_file(path)
    draft = draft_text(text, report_id, year=year, name=Path(path).name)
    return write_draft(draft, Path(to), content, area=area, file=path), draft


def write_draft(
    draft: Draft, to: Path, content: bytes, *, area: str = "", file: str | Path = ""
) -> Path:
    """Write the tables of a draft into a folder of its own, all of them or none.

    What else lies in the folder, as the decisions, stays as it is. Killed at any moment it leaves
    the old draft or the new one, whole.
    """
    folder = to / draft.report_id
    contents = {
        name: format_rows(draft.tables[name], columns.split()) for name, columns in COLUMNS.items()
    }
    contents["report.toml"] = _describe(draft, content, area, str(Path(file).resolve()))
    if folder.exists() and not folder.is_dir():
        raise HyreportError(str(folder), "a file", "a folder or nothing", "name another with --to")
    temporary = to / f".{draft.report_id}.tmp"
    recover(folder)
    try:
        shutil.rmtree(temporary, ignore_errors=True)
        temporary.mkdir(parents=True)
        for name, words in contents.items():
            (temporary / name).write_bytes(words.encode("utf-8"))
        for path in folder.iterdir() if folder.exists() else ():
            # What a person put there, as decisions.csv and the tables of `added`, goes along.
            if path.name not in contents:
                copy = shutil.copytree if path.is_dir() else shutil.copyfile
                copy(path, temporary / path.name)
        swap_in(temporary, folder)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
        recover(folder)
    return folder


def _describe(draft: Draft, content: bytes, area: str, file: str) -> str:
    """Return report.toml."""
    facts = draft.facts
    own: dict[str, str | int] = {
        "id": draft.report_id,
        "title_zh": facts.title,
        "issuer_zh": facts.issuer,
        "ref_area": area,
        "base_year": facts.base_year,
        "target_year": facts.target_year,
        "delivered": facts.delivered,
        "language": "zh",
    }
    copy: dict[str, str | int] = {
        "sha256": hashlib.sha256(content).hexdigest(),
        "bytes": len(content),
        "characters": draft.characters,
        "arabic_numbers": draft.numbers,
        "note": "; ".join(draft.odd),
        "file": file,
    }
    lines = ["# Drafted by rules; each fact with the words it was read from in [read_from]."]
    lines += to_toml({name: fact for name, fact in own.items() if fact != 0})
    parts: dict[str, Mapping] = {"copy": copy, "sections": draft.sections, "read_from": facts.words}
    for name, part in parts.items():
        lines += ["", f"[{name}]", *to_toml(part)]
    return "\n".join(lines) + "\n"
