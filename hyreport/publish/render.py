"""Renders reports: incremental, atomic, the same bytes each time."""

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

from hyreport.errors import RenderError, StaleTextError, together
from hyreport.paths import MANY, ROOT, find_report
from hyreport.publish import manifest
from hyreport.publish.console import Progress, say
from hyreport.publish.job import Job
from hyreport.publish.suite import describe_suite, write_suite
from hyreport.publish.swap import one_at_a_time, recover

__all__ = ["render"]


def render(
    *report_ids: str,
    root: Path = ROOT,
    force: bool = False,
    build: Callable[[str], list[str]] | None = None,
    progress: Progress = say,
    allow_stale: bool = False,
) -> dict[str, list[str]]:
    """Build the data, run the notebooks that need it, and write the artifacts of reports.

    Parameters
    ----------
    *report_ids : str
        The reports; their artifacts are `artifacts/<report_id>` in the project.
    root : Path
        The project: data, notebooks, artifacts and pyproject.toml lie in it.
    force : bool
        Run all notebooks, also those whose inputs did not change.
    build : callable, optional
        Makes a report's data/processed; `hyreport.build.build.build_report` by default.
    progress : callable, optional
        Called with each line of progress.
    allow_stale : bool
        Only tell of numbers in the text that differ from the data, do not raise.

    Returns
    -------
    dict of list of str
        The artifacts of each report that changed; empty where everything was as it should be.

    Raises
    ------
    UnknownNameError
        Where no report has this id.
    RenderError
        Where a notebook fails, writes to stderr or links to evidence that does not exist; the
        other notebooks still run, the report's previous artifacts stay, and other reports are
        rendered. What else failed is in its notes.
    StaleTextError
        Where a number in the text is not what its evidence says; the artifacts are written, and
        mark it. So it is each time, until the text or the data are mended.
    """
    artifacts = root / "artifacts"
    raw = root / "data" / "raw"
    changed: dict[str, list[str]] = {
        name if name == MANY else find_report(name, raw).name: [] for name in report_ids
    }
    if force or _list_due(root, report_ids) or describe_suite(artifacts):
        with one_at_a_time(artifacts, progress):
            for report_id in report_ids:
                recover(artifacts / report_id)
            for report_id in report_ids if force else _list_due(root, report_ids):
                if report_id == MANY:  # `hyreport panel` makes its data
                    continue
                if built := (build or _build)(report_id):
                    progress(f"{report_id}: data built, {len(built)} files changed")
            # A report may rest on figures of another, which has just been built.
            due = report_ids if force else _list_due(root, report_ids)
            faults = _render_each(due, root, force, progress, changed)
            write_suite(artifacts, progress)
        if faults:
            raise together(faults)
    _tell_stale(report_ids, artifacts, progress, allow_stale)
    return changed


def _list_due(root: Path, report_ids: Sequence[str]) -> list[str]:
    files = manifest.describe_files(root)
    return [name for name in report_ids if not manifest.is_current(root, name, files)]


def _build(report_id: str) -> list[str]:
    from hyreport.build.build import build_report

    return build_report(report_id=report_id)


def _render_each(
    due: Sequence[str], root: Path, force: bool, progress: Progress, changed: dict[str, list[str]]
) -> list[RenderError]:
    """Render reports and note what of each changed; return the errors of those that failed."""
    faults = []
    for report_id in due:
        job = Job(root, report_id, progress)
        try:
            changed[report_id] = job.render(force)
        except RenderError as fault:
            fault.add_note(f"{report_id}: not rendered, its artifacts are as they were")
            faults.append(fault)
        finally:
            shutil.rmtree(job.new, ignore_errors=True)
    return faults


def _tell_stale(
    report_ids: Sequence[str], artifacts: Path, progress: Progress, allow_stale: bool
) -> None:
    """Name the numbers in the text that differ from the data, also where nothing was to do."""
    older = {
        f"{report_id}/{name}": lines
        for report_id in report_ids
        for name, lines in manifest.read_manifest(artifacts / report_id).get("older", {}).items()
    }
    for name, lines in older.items():
        for line in lines:
            progress(f"  translate again: {name}, {line}")
    stale = {
        f"{report_id}/{name}" if len(report_ids) > 1 else name: lines
        for report_id in report_ids
        for name, lines in manifest.read_manifest(artifacts / report_id).get("stale", {}).items()
    }
    if older and not allow_stale:
        raise StaleTextError(
            "translation",
            f"parts made from an earlier English text ({', '.join(older)})",
            "each part as its English says now",
            "read both, mend the Chinese, then write the mark that is named before the part",
        )
    if not stale:
        return
    from hyreport.publish.stale import sum_up

    for name, lines in stale.items():
        for line in lines:
            progress(f"  check the text: {name}, {line}")
    if not allow_stale:
        raise sum_up(stale)
    progress(str(sum_up(stale)))
