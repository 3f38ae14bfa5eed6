"""Versions of the data: fingerprints of files, and how they are said."""

import hashlib
import json
import re
from pathlib import Path

from hyreport.paths import MANY

__all__ = [
    "HASH_SHOWN",
    "data_hash",
    "find_data",
    "hash_bytes",
    "hash_files",
    "hash_json",
    "say_version",
]


HASH_SHOWN = 12


def hash_bytes(content: bytes) -> str:
    """Return the SHA-256 of some bytes.

    >>> hash_bytes(b"")[:12]
    'e3b0c44298fc'
    """
    return hashlib.sha256(content).hexdigest()


def hash_json(content: dict) -> str:
    """Return the SHA-256 of a notebook or a table of hashes, in the order that it has."""
    return hash_bytes(json.dumps(content).encode())


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


def find_data(report_id: str) -> str:
    """Return the folder of a report's data in the project, with a slash; of many reports the panel.

    >>> find_data("place-2018"), find_data("many_reports")
    ('data/processed/place-2018/', 'data/panel/')
    """
    return "data/panel/" if report_id == MANY else f"data/processed/{report_id}/"


def data_hash(files: dict[str, str], report_id: str) -> str:
    """Return one hash for the report's part of data/processed: the version of its data."""
    place = find_data(report_id)
    processed = {name: code for name, code in files.items() if name.startswith(place)}
    return hash_json(processed)


def say_version(record: dict) -> str:
    """Return the words that name version and data in each picture.

    >>> say_version({"version": "0.1.0", "data": "e3b0c44298fc1c149afbf4c8996fb924"})
    'hyreport 0.1.0, data e3b0c44298fc'
    """
    return f"hyreport {record['version']}, data {record['data'][:HASH_SHOWN]}"
