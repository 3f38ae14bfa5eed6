"""Which version of the project has which data and which results: artifacts/versions.csv."""

import re
from pathlib import Path

from hyreport.words.tables import format_rows, read_rows

NAME = "versions.csv"
COLUMNS = ("version", "data", "results")
RESULTS = "results.json"
HASH_SHOWN = 12
RELEASED = r"^## \[{}\]"


def say_version(record: dict) -> str:
    """Return the words that name version and data in each figure.

    >>> say_version({"version": "0.1.0", "data": "e3b0c44298fc1c149afbf4c8996fb924"})
    'hyreport 0.1.0, data e3b0c44298fc'
    """
    return f"hyreport {record['version']}, data {record['data'][:HASH_SHOWN]}"


def read_versions(artifacts: Path) -> dict[str, dict[str, str]]:
    """Return the rows of versions.csv by their version, oldest first; empty where there is none.

    Parameters
    ----------
    artifacts : Path
        The folder that holds versions.csv.
    """
    path = artifacts / NAME
    if not path.exists():
        return {}
    return {row["version"]: row for row in read_rows(path)}


def is_recorded(artifacts: Path, manifest: dict) -> bool:
    """Say whether versions.csv need not be written: it has this row, or an immutable one.

    Parameters
    ----------
    artifacts : Path
        The folder that holds versions.csv.
    manifest : dict
        The manifest of the artifacts in it.
    """
    version = manifest.get("version")
    found = read_versions(artifacts).get(version)
    if not version or found == _row(manifest):
        return True
    return found is not None and _is_released(artifacts, version)


def record_version(artifacts: Path, manifest: dict, progress) -> None:
    """Write the row of the version that has just been rendered.

    Parameters
    ----------
    artifacts : Path
        The folder that holds versions.csv; the changelog lies beside it.
    manifest : dict
        The manifest of the artifacts in it.
    progress : callable
        Called with a line where a released version has other data or results than it had.

    Notes
    -----
    A version is released once CHANGELOG.md has a heading for it: from then on its row stays, and
    a change of data or results needs a new version. Rows of earlier versions stay as well.
    """
    version = manifest.get("version")
    rows = read_versions(artifacts)
    if not version or rows.get(version) == _row(manifest):
        return
    if version in rows and _is_released(artifacts, version):
        progress(f"version {version} is released with other data or results: raise the version")
        return
    rows[version] = _row(manifest)
    new = artifacts / f".{NAME}.new"
    try:
        new.write_text(format_rows(rows.values(), COLUMNS), encoding="utf-8", newline="\n")
        new.replace(artifacts / NAME)
    finally:
        new.unlink(missing_ok=True)


def _row(manifest: dict) -> dict[str, str]:
    values = (manifest["version"], manifest["data"], manifest["outputs"][RESULTS])
    return dict(zip(COLUMNS, values, strict=True))


def _is_released(artifacts: Path, version: str) -> bool:
    changelog = artifacts.parent / "CHANGELOG.md"
    text = changelog.read_text(encoding="utf-8") if changelog.exists() else ""
    return bool(re.search(RELEASED.format(re.escape(version)), text, flags=re.MULTILINE))
