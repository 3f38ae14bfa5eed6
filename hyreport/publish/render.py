"""Runs the notebooks and keeps what they render: incremental, atomic, the same bytes each time.

Everything is made in a sibling folder and swapped in at the end by renaming, so that a render
that fails or is killed leaves the previous artifacts whole.
"""

import json
import os
import shutil
import tempfile
import time
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path

from hyreport.console import say
from hyreport.errors import RenderError
from hyreport.lab.keep import REPORT, VERSION
from hyreport.paths import REPORT_ID, ROOT
from hyreport.publish import manifest
from hyreport.publish.editions import base_of, write_editions
from hyreport.publish.versions import is_recorded, record_version, say_version

WAIT = 0.2


def render(
    report_id: str = REPORT_ID,
    *,
    root: Path = ROOT,
    force: bool = False,
    build: Callable[[], list[str]] | None = None,
    progress: Callable[[str], None] = say,
    allow_stale: bool = False,
) -> list[str]:
    """Build the data, run the notebooks that need it, and write the artifacts of a report.

    Parameters
    ----------
    report_id : str
        The report; its artifacts are `artifacts/<report_id>` in the project.
    root : Path
        The project: data, notebooks, artifacts and pyproject.toml lie in it.
    force : bool
        Run all notebooks, also those whose inputs did not change.
    build : callable, optional
        Makes data/processed; `hyreport.build.build.build_report` by default.
    progress : callable, optional
        Called with each line of progress.
    allow_stale : bool
        Only tell of numbers in the text that differ from the data, do not raise.

    Returns
    -------
    list of str
        The artifacts that changed; empty where everything was as it should be.

    Raises
    ------
    RenderError
        Where a notebook fails, writes to stderr or links to evidence that does not exist; the
        other notebooks still run, the previous artifacts stay. What else failed is in its notes.
    StaleTextError
        Where a number in the text is not what its evidence says; the artifacts are written, and
        mark it. So it is each time, until the text or the data are mended.
    """
    target = root / "artifacts" / report_id
    if not force and _is_current(root, report_id, target):
        _tell_stale(target, progress, allow_stale)
        return []
    with _one_at_a_time(target.parent, progress):
        _recover(target)
        changed = []
        if force or not manifest.is_current(root, report_id, target):
            changed = _render(report_id, root, target, build or _build, progress, force)
        record_version(target.parent, manifest.read_manifest(target), progress)
    _tell_stale(target, progress, allow_stale)
    return changed


def _tell_stale(target: Path, progress, allow_stale: bool) -> None:
    """Name the numbers in the text that differ from the data, also where nothing was to do."""
    stale = manifest.read_manifest(target).get("stale")
    if not stale:
        return
    from hyreport.publish.stale import sum_up

    for name, lines in stale.items():
        for line in lines:
            progress(f"  check the text: {name}, {line}")
    if not allow_stale:
        raise sum_up(stale)
    progress(str(sum_up(stale)))


def _is_current(root: Path, report_id: str, target: Path) -> bool:
    current = manifest.is_current(root, report_id, target)
    return current and is_recorded(target.parent, manifest.read_manifest(target))


def _build() -> list[str]:
    from hyreport.build.build import build_report

    return build_report()


def _render(report_id: str, root: Path, target: Path, build, progress, force: bool) -> list[str]:
    if not manifest.is_built(root, report_id, manifest.read_manifest(target)):
        progress(f"built data/processed: {len(build())} files changed")
    inputs = manifest.describe_inputs(root, report_id)
    version, packages = manifest.describe_project(root)
    system = manifest.describe_platform()
    # The version stands in each figure; what another kind of machine made is not mixed in.
    settings = packages | {"hyreport": version, "platform": system}
    record = {
        "report": report_id,
        "version": version,
        "data": manifest.data_hash(inputs),
        "inputs": inputs,
        "packages": packages,
        "platform": system,
    }
    new = target.with_name(f".{target.name}.new")
    try:
        sources = _list_sources(root, new)
        keys = {
            path.stem: manifest.notebook_key(path.read_bytes(), inputs, settings)
            for path in sources
        }
        reused = {} if force else _find_reusable(target, keys)
        words = {VERSION: say_version(record), REPORT: report_id}
        notebooks = _run(sources, keys, reused, target, new, words, progress)
        record["stale"] = _write_rest(root, new, report_id, record, progress)
        outputs = manifest.hash_files(new)
        _write_json(new / manifest.NAME, record | {"notebooks": notebooks, "outputs": outputs})
        return _swap_in(new, target, outputs)
    finally:
        shutil.rmtree(new, ignore_errors=True)


def _list_sources(root: Path, new: Path) -> list[Path]:
    """Return the notebooks to run; a case study is run in each of its editions."""
    sources = sorted(root.glob(manifest.NOTEBOOKS[0]))
    if not sources:
        raise RenderError("notebooks", "no notebook", "at least one such as 01_name.ipynb")
    return write_editions(sources, new)


def _find_reusable(target: Path, keys: dict[str, str]) -> dict[str, list[dict]]:
    """Return what each notebook kept whose inputs and outputs are all as they were."""
    previous = manifest.read_manifest(target)
    changed = manifest.changed_outputs(target, previous)
    return {
        stem: entry["kept"]
        for stem, entry in previous.get("notebooks", {}).items()
        if keys.get(stem) == entry["key"] and changed.isdisjoint(_files(stem, entry["kept"]))
    }


def _files(stem: str, kept: list[dict]) -> list[str]:
    """Return the artifacts of one notebook, by their path in the artifacts folder."""
    ends = {"figure": ("svg", "png", "csv"), "table": ("csv",), "result": ()}
    files = [f"{item['kind']}s/{item['name']}.{end}" for item in kept for end in ends[item["kind"]]]
    results = ["results.json"] if any(item["kind"] == "result" for item in kept) else []
    return [f"notebooks/{stem}.ipynb", *files, *results]


def _run(sources, keys, reused, target: Path, new: Path, words, progress) -> dict[str, dict]:
    """Fill the new folder with what the notebooks show and keep; return the record of each."""
    from hyreport.publish.stale import unmark_notebook

    due = [path for path in sources if path.stem not in reused]
    progress(f"notebooks: {len(due)} to run, {len(reused)} unchanged")
    # The system's own folder for this has the short path that the kernels' sockets need.
    with tempfile.TemporaryDirectory(prefix=".hy-", ignore_cleanup_errors=True) as folder:
        scratch = Path(folder)
        executed = _execute(due, scratch, words, progress) if due else {}
        old = _read_json(target / "results.json")
        kept, results = {}, {}
        for path in sources:
            stem = path.stem
            if stem in reused:
                kept[stem] = reused[stem]
                _copy(_files(stem, kept[stem]), target, new)
                unmark_notebook(new / "notebooks" / f"{stem}.ipynb")
                found = {item["name"]: old.get(item["name"]) for item in kept[stem]}
            else:
                kept[stem], found = _collect(scratch / "kept" / stem, stem, executed[stem], new)
            results |= {name: entry for name, entry in found.items() if entry}
    _check_names(kept)
    _write_json(new / "results.json", results)
    return {stem: {"key": keys[stem], "kept": kept[stem]} for stem in kept}


def _execute(due: list[Path], scratch: Path, words: dict[str, str], progress) -> dict[str, str]:
    from hyreport.publish.execute import execute_notebooks

    library = manifest.LIBRARY.parent
    executed, errors = execute_notebooks(
        due, scratch, progress=progress, library=library, settings=words
    )
    if errors:
        for other in errors[1:]:
            errors[0].add_note(str(other))
        raise errors[0]
    return executed


def _collect(staging: Path, stem: str, text: str, new: Path) -> tuple[list[dict], dict]:
    """Take over what a notebook has just kept; return its names and its results."""
    from hyreport.lab.keep import read_kept

    path = new / "notebooks" / f"{stem}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
    lines = read_kept(staging)
    kept = [{"kind": line["kind"], "name": line["name"]} for line in lines]
    staged = [name for name in _files(stem, kept) if name.startswith(("figures/", "tables/"))]
    _copy(staged, staging, new)
    return kept, {line["name"]: line["entry"] for line in lines if "entry" in line}


def _check_names(kept: dict[str, list[dict]]) -> None:
    owner: dict[str, str] = {}
    for stem, items in kept.items():
        for item in items:
            first = owner.setdefault(item["name"], base_of(stem))
            if first != base_of(stem):
                raise RenderError(
                    f"{stem}.ipynb",
                    f"the kept name {item['name']!r}, which {first}.ipynb uses too",
                    "a name used once in all notebooks",
                )


def _write_rest(root: Path, new: Path, report_id: str, record: dict, progress) -> dict:
    """Add data to download, texts to hand out and pages; return what in the text is stale."""
    from hyreport.publish.handouts import write_handouts
    from hyreport.publish.pages import write_pages
    from hyreport.publish.stale import list_stale

    names = [name for name in record["inputs"] if name.startswith("data/processed/")]
    for name in names:
        path = new / "data" / Path(name).relative_to("data/processed")
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(root / name, path)
    facts = root / "data" / "raw" / report_id / "report.toml"
    progress("pages")
    documents = sorted((root / "notebooks").glob("*.md"))
    write_handouts(new, documents, report_id=report_id, record=record)
    options = {"report_id": report_id, "facts": facts, "record": record, "documents": documents}
    return list_stale(write_pages(new, progress=progress, **options))


def _copy(names: list[str], source: Path, new: Path) -> None:
    for name in names:
        if name != "results.json":
            (new / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source / name, new / name)


def _read_json(path: Path) -> dict:
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def _write_json(path: Path, content: dict) -> None:
    text = json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")


def _siblings(target: Path) -> tuple[Path, Path]:
    return target.with_name(f".{target.name}.new"), target.with_name(f".{target.name}.old")


def _swap_in(new: Path, target: Path, outputs: dict[str, str]) -> list[str]:
    """Put the new folder in the place of the old one; return the names of what differs."""
    previous = manifest.read_manifest(target).get("outputs", {})
    damaged = manifest.changed_outputs(target, {"outputs": previous})
    names = {*outputs, *previous}
    changed = {name for name in names if outputs.get(name) != previous.get(name)} | damaged
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
