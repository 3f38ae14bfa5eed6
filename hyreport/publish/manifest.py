"""Fingerprints: what an artifact was made from, and whether anything of it has changed.

Nothing heavy is imported here: a render with nothing to do ends after these comparisons.
"""

import hashlib
import json
import platform
import re
from importlib import metadata
from pathlib import Path

from hyreport.paths import PACKAGE as LIBRARY

NAME = "manifest.json"
# What turns executed notebooks into pages, or starts the work, cannot change what a notebook shows.
NOT_SEEN_BY_NOTEBOOKS = (
    "data/raw/",
    "hyreport/__main__.py",
    "hyreport/assets/pages/",
    "hyreport/build/",
    "hyreport/cli.py",
    "hyreport/console.py",
    "hyreport/lab/launch.py",
    "hyreport/publish/",
    "hyreport/text/",
    "hyreport/verify/",
    "notebooks/",
    "pyproject.toml",
)
SAME_PROCESSOR = {"amd64": "x86_64", "aarch64": "arm64"}
BUILD_INPUTS = ("data/", "hyreport/")
# Numbered notebooks are the suite; one without a number is a reader's own and never rendered.
NOTEBOOKS = ("notebooks/[0-9][0-9]_*.ipynb", "notebooks/*.md")


def hash_bytes(content: bytes) -> str:
    """Return the SHA-256 of some bytes.

    >>> hash_bytes(b"")[:12]
    'e3b0c44298fc'
    """
    return hashlib.sha256(content).hexdigest()


def hash_files(folder: Path, *patterns: str) -> dict[str, str]:
    """Return the SHA-256 of each file below a folder, by its relative path with slashes.

    Hidden files and byte code are left out; without patterns every file counts.
    """
    found = {path for pattern in patterns or ("**/*",) for path in folder.glob(pattern)}
    names = {path.relative_to(folder).as_posix(): path for path in found if path.is_file()}
    return {
        name: hash_bytes(names[name].read_bytes())
        for name in sorted(names)
        if not re.search(r"(^|/)(\.|__pycache__/)", name)
    }


def describe_inputs(root: Path, report_id: str) -> dict[str, str]:
    """Return the SHA-256 of everything that a render of this report depends on.

    Paths are relative to the project, the library's begin with `hyreport/` wherever it lies.
    """
    data = [f"data/{stage}" for stage in ("raw", "processed")]
    data = [f"{folder}/{files}" for folder in data for files in ("*", f"{report_id}/**/*")]
    own = hash_files(root, *data, *NOTEBOOKS, "requirements.lock", "pyproject.toml")
    library = hash_files(LIBRARY, "**/*.py", "**/*.csv", "**/*.toml", "assets/**/*")
    own |= {f"hyreport/{name}": code for name, code in library.items()}
    return dict(sorted(own.items()))


def describe_project(root: Path) -> tuple[str, dict[str, str]]:
    """Return the project's version and the installed version of each package it depends on."""
    import tomllib

    path = root / "pyproject.toml"
    project = tomllib.loads(path.read_text(encoding="utf-8"))["project"] if path.exists() else {}
    names = [re.match(r"[\w.-]+", line)[0] for line in project.get("dependencies", [])]
    return project.get("version", ""), {name: _installed(name) for name in sorted(names)}


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


def data_hash(inputs: dict[str, str]) -> str:
    """Return one hash for all of data/processed: the version of the data."""
    processed = {name: code for name, code in inputs.items() if name.startswith("data/processed/")}
    return hash_bytes(json.dumps(processed).encode())


def notebook_key(source: bytes, inputs: dict[str, str], packages: dict[str, str]) -> str:
    """Return one hash of all that the outcome of a notebook depends on."""
    seen = {
        name: code for name, code in inputs.items() if not name.startswith(NOT_SEEN_BY_NOTEBOOKS)
    }
    return hash_bytes(json.dumps([hash_bytes(source), seen, packages]).encode())


def read_manifest(folder: Path) -> dict:
    """Return the manifest of an artifacts folder; empty where there is none that can be read."""
    try:
        manifest = json.loads((folder / NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return manifest if isinstance(manifest, dict) and "outputs" in manifest else {}


def is_current(root: Path, report_id: str, folder: Path) -> bool:
    """Say whether the artifacts were made from these very inputs and are all still as made."""
    manifest = read_manifest(folder)
    if not manifest or manifest.get("inputs") != describe_inputs(root, report_id):
        return False
    if (manifest.get("version"), manifest.get("packages")) != describe_project(root):
        return False
    return not changed_outputs(folder, manifest)


def is_built(root: Path, report_id: str, manifest: dict) -> bool:
    """Say whether data/processed is what the build made of this data/raw with this code."""

    def of_build(inputs: dict[str, str]) -> dict[str, str]:
        return {name: code for name, code in inputs.items() if name.startswith(BUILD_INPUTS)}

    recorded = of_build(manifest.get("inputs", {}))
    return bool(recorded) and recorded == of_build(describe_inputs(root, report_id))


def changed_outputs(folder: Path, manifest: dict) -> set[str]:
    """Return the recorded files that are missing or no longer as they were made."""
    return {
        name
        for name, code in manifest.get("outputs", {}).items()
        if not (folder / name).is_file() or hash_bytes((folder / name).read_bytes()) != code
    }
