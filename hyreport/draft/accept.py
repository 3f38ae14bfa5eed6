"""Takes a reviewed draft into data/raw: all of it or nothing; the only door."""

import difflib
import shutil
from collections.abc import Mapping
from pathlib import Path

from hyreport.build.build import make_tables
from hyreport.build.raw import read_raw
from hyreport.data.facts import read_report
from hyreport.data.schema import SHARED, TYPED
from hyreport.data.tables import format_table
from hyreport.draft.added import is_added
from hyreport.draft.drafted import Drafted, name_number, read_decisions, read_draft
from hyreport.draft.faults import find_faults
from hyreport.draft.swap import recover, swap_in
from hyreport.draft.typed import describe_report, make_typed
from hyreport.errors import HyreportError, together
from hyreport.paths import RAW

__all__ = ["accept_draft"]


MANY = 5
# What people add to a report by hand, of which a draft knows nothing.
ADDED = ("report.toml", "checks.csv", "outcomes.csv", "terms.csv")


def accept_draft(
    report_id: str,
    decisions: str | Path,
    *,
    drafts: Path = Path("drafts"),
    raw: Path = RAW,
    replace: bool = False,
) -> list[str]:
    """Write a reviewed draft into data/raw, all of it or nothing.

    Parameters
    ----------
    report_id : str
        The draft, and its folder in `raw`.
    decisions : str or Path
        The decisions.csv of its review.
    drafts, raw : Path
        Folders of what is drafted and of what is typed.
    replace : bool
        Whether to take the place of the same text's report that stands there; its report.toml,
        checks, outcomes and terms stay.

    Returns
    -------
    list of str
        Lines that differ from what stood there; empty where there was no such report.

    Raises
    ------
    HyreportError
        Where there is no draft, a number is undecided, the build would refuse a row, or a report
        of this id stands there; `raw` is untouched then. Differences are notes of the error.
    """
    draft = read_draft(report_id, drafts)
    decided = _read_decided(Path(decisions), draft)
    target, new = raw / draft.report_id, raw / f".{draft.report_id}.new"
    recover(target)
    _check_text(draft, target)
    if faults := list(find_faults(draft, decided, raw=raw).values()):
        raise together(faults)
    try:
        _write(draft, decided, new, raw)
        made = new / draft.report_id
        differences = find_differences(target, made) if target.exists() else []
        if differences and not replace:
            raise _differ(target, differences)
        if differences or not target.exists():
            swap_in(made, target)
        return differences
    finally:
        shutil.rmtree(new, ignore_errors=True)
        recover(target)


def _read_decided(path: Path, draft: Drafted) -> dict[str, dict[str, str]]:
    """Read what was decided of a draft; stop where a number is undecided, and name which."""
    if not path.is_file():
        fix = f"open `hyreport review {draft.report_id}` and download it"
        raise HyreportError(str(path), "no such file", "the decisions.csv of a review", fix)
    decided = read_decisions(path, draft)
    left = [row for start, row in draft.numbers.items() if start not in decided]
    if left:
        named = ", ".join(map(name_number, left[:MANY]))
        named += f" and {len(left) - MANY} more" if len(left) > MANY else ""
        found = f"{len(left)} of {len(draft.numbers)} numbers undecided: {named}"
        fix = f"decide them in `hyreport review {draft.report_id}`"
        raise HyreportError(draft.report_id, found, "a decision on each", fix)
    return decided


def _check_text(draft: Drafted, target: Path) -> None:
    """Stop where the report that stands there is of another text."""
    if not draft.facts.get("ref_area"):
        fix = f"draft again with --area CODE, or add ref_area to {draft.folder}/report.toml"
        raise HyreportError(draft.report_id, "no area", "six digits of GB/T 2260", fix)
    if target.exists():
        there = read_report(target / "report.toml")["copy"].get("sha256", "")
        if there != draft.sha256:
            found = f"a report of another text ({there[:12]})"
            expected = f"one of the text {draft.sha256[:12]}, or none"
            raise HyreportError(str(target), found, expected, "draft this text under another id")


def _differ(target: Path, differences: list[str]) -> HyreportError:
    """Return the error that shows how a report that stands there differs."""
    found = f"this report, different in {len(differences)} lines"
    error = HyreportError(str(target), found, "none, or the same", "take them with --replace")
    for line in differences:
        error.add_note(line)
    return error


def _write(draft: Drafted, decided: Mapping, new: Path, raw: Path) -> None:
    """Write the report beside the others' shared tables, and check that all of it can be built."""
    shutil.rmtree(new, ignore_errors=True)
    made, there = new / draft.report_id, raw / draft.report_id
    made.mkdir(parents=True)
    for name in SHARED:
        shutil.copyfile(raw / name, new / name)
    tables = make_typed(draft, decided)
    contents = {name: format_table(tables[name], table) for name, table in TYPED.items()}
    contents["report.toml"] = describe_report(draft, tables)
    for name, words in contents.items():
        kept = name in ADDED and (there / name).is_file()
        if kept and not is_added(draft.folder, name):
            shutil.copyfile(there / name, made / name)
        else:
            (made / name).write_bytes(words.encode("utf-8"))
    make_tables(read_raw(new, draft.report_id, beside=raw))


def find_differences(old: Path, new: Path) -> list[str]:
    """Return the lines in which the tables of two folders differ, each after - or +."""
    found = []
    for name in ("report.toml", *TYPED):
        before, after = (
            path.read_text(encoding="utf-8", errors="replace").splitlines()
            if path.is_file()
            else []
            for path in (old / name, new / name)
        )
        lines = list(difflib.unified_diff(before, after, n=0, lineterm=""))[2:]
        found += [f"{name}: {line}" for line in lines if line[0] in "+-"]
    return found
