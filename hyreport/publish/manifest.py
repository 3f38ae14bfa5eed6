"""Fingerprints: what an artifact was made from, and whether anything of it has changed.

Nothing heavy is imported here: a render with nothing to do ends after these comparisons.
"""

import json
import platform
import re
import tomllib
from collections.abc import Iterable
from importlib import metadata
from pathlib import Path

from hyreport.data.versions import find_data, hash_bytes, hash_files
from hyreport.paths import ANY_REPORT, MANY
from hyreport.paths import PACKAGE as LIBRARY

__all__ = [
    "NAME",
    "changed_outputs",
    "check_packages",
    "describe_files",
    "describe_platform",
    "describe_project",
    "is_current",
    "list_inputs",
    "list_neighbours",
    "list_sources",
    "read_facts",
    "read_json",
    "read_manifest",
    "write_json",
    "write_whole",
]


NAME = "manifest.json"
# What a render itself is made with. What notebooks are made with, each of them tells by loading it.
MAKES_PAGES = (
    "hyreport/assets/fonts/",
    "hyreport/assets/pages/",
    "hyreport/build/",
    "hyreport/data/",
    "hyreport/errors.py",
    "hyreport/numbers/",
    "hyreport/paths.py",
    "hyreport/publish/",
    "hyreport/themes/checks.py",
    "hyreport/words/",
    "pyproject.toml",
)
# Numbered notebooks are the suite; one without a number is a reader's own and never rendered.
SOURCE = re.compile(r"[0-9][0-9]_[^/]*\.ipynb|[^/]*\.md")
# An extra that takes another one in, as pyproject.toml writes it.
OWN_EXTRAS = re.compile(r"hyreport\[([\w,]+)\]")
SAME_PROCESSOR = {"amd64": "x86_64", "aarch64": "arm64"}


def describe_files(root: Path) -> dict[str, str]:
    """Return the SHA-256 of every file that a render could depend on.

    Paths are relative to the project, the library's begin with `hyreport/` wherever it lies.
    """
    files = hash_files(root, "data/**/*", "notebooks/**/*", "pyproject.toml")
    return files | {f"hyreport/{name}": code for name, code in hash_files(LIBRARY).items()}


def read_facts(root: Path, report_id: str) -> dict:
    """Return report.toml, which may name the folder of the report's own study; empty without.

    The panel of many reports has facts of the same kind.
    """
    name = f"{MANY}.toml" if report_id == MANY else f"{report_id}/report.toml"
    path = root / "data" / "raw" / name
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def list_sources(files: Iterable[str], facts: dict) -> list[str]:
    """Return the notebooks and documents of a report: of its own study, else those for any report.

    >>> files = ["notebooks/01_a.ipynb", "notebooks/any_report/01_b.ipynb", "notebooks/own.ipynb"]
    >>> list_sources(files, {"study": "notebooks"}), list_sources(files, {})
    (['notebooks/01_a.ipynb'], ['notebooks/any_report/01_b.ipynb'])
    """
    folder = facts.get("study", ANY_REPORT)
    parts = (name.rpartition("/") for name in sorted(files))
    return [f"{place}/{name}" for place, _, name in parts if place == folder and SOURCE.match(name)]


def list_inputs(files: Iterable[str], report_id: str, facts: dict) -> set[str]:
    """Return what a render of this report depends on, but for what its notebooks load."""
    folder = facts.get("study", ANY_REPORT)
    beside = [f"{place}/zh/" for place in (folder, folder.rpartition("/")[0]) if place]
    own = [f"data/raw/{report_id}/", find_data(report_id), *beside]
    if report_id == MANY:  # its exports and the pages of its places
        own.append("hyreport/panel/")
    shared = re.compile(r"data/raw/[^/]*")
    sources = list_sources(files, facts)
    return {
        name
        for name in files
        if name in sources or name.startswith((*own, *MAKES_PAGES)) or shared.fullmatch(name)
    }


def list_neighbours(root: Path, report_id: str) -> list[str]:
    """Return the other reports of a report's area: one more may change what its notebooks say."""
    area = read_facts(root, report_id).get("ref_area")
    folders = (path.parent.name for path in (root / "data" / "raw").glob("[!.]*/report.toml"))
    others = sorted(set(folders) - {report_id})
    return [name for name in others if area and read_facts(root, name).get("ref_area") == area]


def describe_project(root: Path) -> tuple[str, dict[str, str]]:
    """Return the project's version and the installed version of each package it depends on."""
    project = _read_project(root)
    return project.get("version", ""), {name: _installed(name) for name in list_packages(root)}


def list_packages(root: Path) -> list[str]:
    """Return the packages that a render needs, by name: the project's own, those of its extra.

    >>> {"pandas", "statsmodels", "nbclient"} <= {*list_packages(LIBRARY.parent)}
    True
    """
    project = _read_project(root)
    extras = project.get("optional-dependencies", {})
    names, lines = set(), [*project.get("dependencies", []), *extras.get("render", [])]
    while lines:
        line = lines.pop()
        if own := OWN_EXTRAS.fullmatch(line):
            lines += [each for extra in own[1].split(",") for each in extras[extra]]
        else:
            names.add(re.split(r"[^\w.-]", line)[0])
    return sorted(names)


def check_packages(root: Path) -> None:
    """Find each package that a render needs.

    Raises
    ------
    ModuleNotFoundError
        For the first that is not installed.

    Examples
    --------
    >>> check_packages(LIBRARY.parent)
    """
    for name in list_packages(root):
        metadata.version(name)


def _read_project(root: Path) -> dict:
    path = root / "pyproject.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))["project"] if path.exists() else {}


def describe_platform() -> str:
    """Return system and kind of processor: only among equals of both are the bytes promised.

    It names no machine: all of one kind give the same words.

    >>> len(describe_platform().split())
    2
    """
    machine = platform.machine().lower()
    return f"{platform.system()} {SAME_PROCESSOR.get(machine, machine)}"


def _installed(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "missing"


def read_json(path: Path) -> dict:
    """Return the content of a file; empty where there is none."""
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def write_json(path: Path, content: dict) -> None:
    """Write a file, the same bytes for the same content."""
    text = json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")


def write_whole(path: Path, content: bytes) -> None:
    """Write a file whole or not at all: what stops half-way leaves the file that was there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f".{path.name}.new")
    try:
        new.write_bytes(content)
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)


def read_manifest(folder: Path) -> dict:
    """Return the manifest of an artifacts folder; empty where there is none that can be read."""
    try:
        manifest = read_json(folder / NAME)
    except (OSError, ValueError):
        return {}
    return manifest if isinstance(manifest, dict) and "outputs" in manifest else {}


def is_current(root: Path, report_id: str, files: dict[str, str]) -> bool:
    """Say whether the artifacts were made from these very files and are all still as made."""
    folder = root / "artifacts" / report_id
    manifest = read_manifest(folder)
    recorded = manifest.get("inputs", {})
    names = recorded.keys() | list_inputs(files, report_id, read_facts(root, report_id))
    return (
        recorded == {name: files[name] for name in names if name in files}
        and (manifest.get("version"), manifest.get("packages")) == describe_project(root)
        and manifest.get("neighbours", []) == list_neighbours(root, report_id)
        and not changed_outputs(folder, manifest)
    )


def changed_outputs(folder: Path, manifest: dict) -> set[str]:
    """Return the recorded files that are missing or no longer as they were made."""
    return {
        name
        for name, code in manifest.get("outputs", {}).items()
        if not (folder / name).is_file() or hash_bytes((folder / name).read_bytes()) != code
    }
