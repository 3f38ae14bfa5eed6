"""Runs the notebooks and keeps what they render: incremental, atomic, the same bytes each time.

Everything of a report is made in a sibling folder and swapped in at the end by renaming, so that a
render that fails or is killed leaves the previous artifacts whole.
"""

import json
import os
import re
import shutil
import tempfile
import time
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path

from hyreport.errors import RenderError
from hyreport.paths import ANY_REPORT, PACKAGE, ROOT, find_report
from hyreport.publish import manifest
from hyreport.publish.console import say
from hyreport.publish.editions import base_of, write_editions
from hyreport.publish.manifest import read_json, read_manifest, write_json
from hyreport.publish.stamp import say_version, stamp
from hyreport.publish.suite import describe_suite, write_suite

WAIT = 0.2
ENDS = {"figure": ("svg", "png", "csv"), "table": ("csv",), "result": ()}


def render(
    *report_ids: str,
    root: Path = ROOT,
    force: bool = False,
    build: Callable[[str], list[str]] | None = None,
    progress: Callable[[str], None] = say,
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
    changed: dict[str, list[str]] = {find_report(name, raw).name: [] for name in report_ids}
    if force or _list_due(root, report_ids) or describe_suite(artifacts):
        with _one_at_a_time(artifacts, progress):
            for report_id in report_ids:
                _recover(artifacts / report_id)
            for report_id in report_ids if force else _list_due(root, report_ids):
                if built := (build or _build)(report_id):
                    progress(f"{report_id}: data built, {len(built)} files changed")
            # A report may rest on figures of another, which has just been built.
            due = report_ids if force else _list_due(root, report_ids)
            faults = _render_each(due, root, force, progress, changed)
            write_suite(artifacts, progress)
        if faults:
            from hyreport.publish.execute import together

            raise together(faults)
    _tell_stale(report_ids, artifacts, progress, allow_stale)
    return changed


def _list_due(root: Path, report_ids) -> list[str]:
    files = manifest.describe_files(root)
    return [name for name in report_ids if not manifest.is_current(root, name, files)]


def _build(report_id: str) -> list[str]:
    from hyreport.build.build import build_report

    return build_report(report_id=report_id)


def _render_each(due, root: Path, force: bool, progress, changed: dict) -> list[RenderError]:
    """Render reports and note what of each changed; return the errors of those that failed."""
    faults = []
    for report_id in due:
        job = _Job(root, report_id, progress)
        try:
            changed[report_id] = job.render(force)
        except RenderError as fault:
            fault.add_note(f"{report_id}: not rendered, its artifacts are as they were")
            faults.append(fault)
        finally:
            shutil.rmtree(job.new, ignore_errors=True)
    return faults


def _tell_stale(report_ids, artifacts: Path, progress, allow_stale: bool) -> None:
    """Name the numbers in the text that differ from the data, also where nothing was to do."""
    stale = {
        f"{report_id}/{name}" if len(report_ids) > 1 else name: lines
        for report_id in report_ids
        for name, lines in read_manifest(artifacts / report_id).get("stale", {}).items()
    }
    if not stale:
        return
    from hyreport.publish.stale import sum_up

    for name, lines in stale.items():
        for line in lines:
            progress(f"  check the text: {name}, {line}")
    if not allow_stale:
        raise sum_up(stale)
    progress(str(sum_up(stale)))


class _Job:
    """The render of one report: what it is made from, and where it grows."""

    def __init__(self, root: Path, report_id: str, progress):
        self.root, self.report_id, self.progress = root, report_id, progress
        self.target = root / "artifacts" / report_id
        self.new = _siblings(self.target)[0]
        self.files = manifest.describe_files(root)
        self.facts = manifest.read_facts(root, report_id)
        self.previous = read_manifest(self.target)
        self.results: dict[str, dict] = {}
        version, packages = manifest.describe_project(root)
        self.record = {
            "report": report_id,
            "title_en": self.facts.get("title_en", report_id),
            "title_zh": self.facts.get("title_zh", ""),
            "version": version,
            "data": manifest.data_hash(self.files, report_id),
            "packages": packages,
            "platform": manifest.describe_platform(),
        }

    def render(self, force: bool) -> list[str]:
        """Make the artifacts and put them in their place; return the names of what changed."""
        sources = [self.root / name for name in manifest.list_sources(self.files, self.facts)]
        documents = [path for path in sources if path.suffix == ".md"]
        sources = [path for path in sources if path.suffix == ".ipynb"]
        if not sources:
            raise RenderError("notebooks", "no notebook", "at least one such as 01_name.ipynb")
        notebooks = write_editions(sources, self.new, self.report_id)
        entries = self._run(notebooks, {} if force else self._find_reusable(notebooks))
        _check_names(entries)
        write_json(self.new / "results.json", self.results)
        self._copy_data()
        self.progress("pages")
        read = self._write_pages([path.stem for path in notebooks], documents)
        loaded = {name for entry in entries.values() for name in entry["loaded"]} | read
        names = manifest.list_inputs(self.files, self.report_id, self.facts) | loaded
        self.record["inputs"] = {n: self.files[n] for n in sorted(names) if n in self.files}
        self.record["outputs"] = manifest.hash_files(self.new)
        write_json(self.new / manifest.NAME, self.record | {"notebooks": entries})
        return _swap_in(self.new, self.target, self.record["outputs"])

    def _find_reusable(self, notebooks: dict[Path, dict]) -> dict[str, dict]:
        """Return what is known of each notebook that would give what it gave before.

        Its source, all that it loaded, packages and kind of machine are as they were, and so are
        its artifacts.
        """
        alike = ("packages", "platform")
        if any(self.previous.get(name) != self.record[name] for name in alike):
            return {}
        inputs, known = self.previous["inputs"], self.previous["notebooks"]
        changed = manifest.changed_outputs(self.target, self.previous)
        return {
            path.stem: entry
            for path, notebook in notebooks.items()
            if (entry := known.get(path.stem))
            and entry.get("source") == _hash(notebook)
            and all(self.files.get(name) == inputs[name] for name in entry["loaded"])
            and changed.isdisjoint(_files(path.stem, entry["kept"]))
        }

    def _run(self, notebooks: dict[Path, dict], reused: dict[str, dict]) -> dict[str, dict]:
        """Fill the new folder with what the notebooks show and keep; return what each loaded."""
        due = {path: notebook for path, notebook in notebooks.items() if path.stem not in reused}
        words = f"{len(due)} notebooks to run, {len(reused)} unchanged"
        self.progress(f"{self.report_id}: {words}")
        for stem, entry in reused.items():
            self._reuse(stem, entry["kept"])
        return reused | (self._execute(due) if due else {})

    def _execute(self, due: dict[Path, dict]) -> dict[str, dict]:
        from hyreport.lab.keep import REPORT
        from hyreport.publish.execute import execute_notebooks

        options = {"settings": {REPORT: self.report_id}, "progress": self.progress}
        # The system's own folder for this has the short path that the kernels' sockets need.
        with tempfile.TemporaryDirectory(prefix=".hy-", ignore_cleanup_errors=True) as folder:
            executed = execute_notebooks(due, Path(folder), root=self.root, **options)
            return {
                path.stem: {
                    "kept": self._collect(Path(folder, "kept", path.stem), executed[path.stem]),
                    "loaded": self._list_loaded(Path(folder, "opened", path.stem)),
                    "source": _hash(notebook),
                }
                for path, notebook in due.items()
            }

    def _reuse(self, stem: str, kept: list[dict]) -> None:
        """Take over what a notebook kept before."""
        from hyreport.publish.stale import unmark_notebook

        path = self._notebook(stem)
        write_json(path, unmark_notebook(read_json(self.target / path.relative_to(self.new))))
        self._take(kept, self.target)
        results = read_json(self.target / "results.json")
        names = [item["name"] for item in kept if item["kind"] == "result"]
        self.results |= {name: results[name] for name in names}

    def _collect(self, staging: Path, text: str) -> list[dict]:
        """Take over what a notebook has just kept; return kind and name of each."""
        from hyreport.lab.keep import read_kept

        path = self._notebook(staging.name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
        lines = read_kept(staging)
        kept = [{"kind": line["kind"], "name": line["name"]} for line in lines]
        self._take(kept, staging)
        self.results |= {line["name"]: line["entry"] for line in lines if "entry" in line}
        return kept

    def _take(self, kept: list[dict], source: Path) -> None:
        """Copy charts and tables; each picture names version and data."""
        words = say_version(self.record)
        for name in _list_kept(kept):
            content = (source / name).read_bytes()
            path = self.new / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if name.endswith(".csv") else stamp(content, words))

    def _notebook(self, stem: str) -> Path:
        return self.new / "notebooks" / f"{stem}.ipynb"

    def _list_loaded(self, opened: Path) -> list[str]:
        """Return the files of the project that a kernel opened; of byte code its source."""
        text = opened.read_text(encoding="utf-8").replace(os.sep, "/")
        text = re.sub(r"__pycache__/(\w+)\..*", r"\1.py", text)
        homes = [folder.resolve().as_posix() for folder in (self.root, PACKAGE.parent)]
        lines = text.splitlines()
        names = {line.removeprefix(f"{home}/") for line in lines for home in homes}
        return sorted(names & self.files.keys())

    def _copy_data(self) -> None:
        """Copy the processed tables, to be downloaded."""
        (self.new / "data").mkdir(parents=True)
        for name in manifest.list_inputs(self.files, self.report_id, self.facts):
            if name.startswith("data/processed/"):
                shutil.copyfile(self.root / name, self.new / "data" / Path(name).name)

    def _write_pages(self, stems: list[str], documents: list[Path]) -> set[str]:
        """Write the pages, and what in their text is stale; return what they read of others."""
        from hyreport.publish.markdown import read_document
        from hyreport.publish.pages import write_pages
        from hyreport.publish.programs import write_programs
        from hyreport.publish.prose import read_evidence
        from hyreport.publish.stale import list_stale, mark_notebooks

        figures = self.root / "data" / "processed" / self.report_id / "figures.csv"
        evidence = read_evidence(figures, self.new / "results.json")
        texts = {f"{stem}.ipynb": read_json(self._notebook(stem)) for stem in stems}
        write_programs(self.new, texts, self.facts.get("study", ANY_REPORT))
        texts |= {path.name: read_document(path) for path in documents}
        options = {"facts": self.facts, "record": self.record, "progress": self.progress}
        stale = write_pages(self.new, texts, evidence=evidence, **options)
        mark_notebooks(self.new, stale, evidence)
        self.record["stale"] = list_stale(stale)
        return {f"data/processed/{other}/figures.csv" for other in evidence.others}


def _hash(notebook: dict) -> str:
    return manifest.hash_bytes(json.dumps(notebook).encode())


def _list_kept(kept: list[dict]) -> list[str]:
    """Return the paths of charts and tables."""
    return [f"{item['kind']}s/{item['name']}.{end}" for item in kept for end in ENDS[item["kind"]]]


def _files(stem: str, kept: list[dict]) -> list[str]:
    """Return the artifacts of one notebook, by their path in the artifacts folder."""
    results = ["results.json"] if any(item["kind"] == "result" for item in kept) else []
    return [f"notebooks/{stem}.ipynb", *_list_kept(kept), *results]


def _check_names(entries: dict[str, dict]) -> None:
    """Raise RenderError where two notebooks keep something by the same name."""
    owner: dict[str, str] = {}
    for stem in sorted(entries):
        for item in entries[stem]["kept"]:
            first = owner.setdefault(item["name"], base_of(stem))
            if first != base_of(stem):
                raise RenderError(
                    f"{stem}.ipynb",
                    f"the kept name {item['name']!r}, which {first}.ipynb uses too",
                    "a name used once in all notebooks",
                )


def _siblings(target: Path) -> tuple[Path, Path]:
    return target.with_name(f".{target.name}.new"), target.with_name(f".{target.name}.old")


def _swap_in(new: Path, target: Path, outputs: dict[str, str]) -> list[str]:
    """Put the new folder in the place of the old one; return the names of what differs."""
    previous = read_manifest(target)
    before, damaged = previous.get("outputs", {}), manifest.changed_outputs(target, previous)
    names = outputs.keys() | before
    changed = {name for name in names if outputs.get(name) != before.get(name)} | damaged
    old = _siblings(target)[1]
    if target.exists():
        target.rename(old)
    try:
        new.rename(target)
    except OSError:
        if old.exists():
            old.rename(target)
        raise
    shutil.rmtree(old, ignore_errors=True)
    return sorted(changed)


def _recover(target: Path) -> None:
    """Mend what a killed render left: the old artifacts moved away, or a half-made folder."""
    new, old = _siblings(target)
    if old.exists() and not target.exists():
        old.rename(target)
    for leftover in (new, old):
        shutil.rmtree(leftover, ignore_errors=True)


@contextmanager
def _one_at_a_time(artifacts: Path, progress):
    """Wait until no other render works here; the system frees the lock of a killed one."""
    artifacts.mkdir(parents=True, exist_ok=True)
    with (artifacts / ".lock").open("a+b") as stream:
        if not _try_lock(stream):
            progress("another render is running: waiting for it to end")
            while not _try_lock(stream):
                time.sleep(WAIT)
        yield


def _try_lock(stream) -> bool:
    try:
        if os.name == "nt":
            import msvcrt

            stream.seek(0)
            msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True
