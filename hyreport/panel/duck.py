"""Files as DuckDB takes them: by names in UTF-8, whatever encoding this machine's have."""

import atexit
import hashlib
import os
import shutil
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

__all__ = ["path_to_read", "path_to_write"]


@cache
def _aside() -> Path:
    folder = TemporaryDirectory(prefix="hyreport-")
    atexit.register(folder.cleanup)
    return Path(folder.name)


def path_to_write(path: Path) -> Path:
    """Return a path that DuckDB can write to: another one where it would not find this name.

    Parameters
    ----------
    path : Path
        A file.

    Returns
    -------
    Path
        The path itself, or one in a temporary folder.

    Examples
    --------
    >>> path_to_write(Path("headline.parquet")).name
    'headline.parquet'
    """
    name = str(path)
    if os.name == "nt" or os.fsencode(name) == name.encode("utf-8", "replace"):
        return path
    return _aside() / f"{hashlib.sha256(os.fsencode(name)).hexdigest()[:16]}{path.suffix}"


def path_to_read(path: Path) -> str:
    """Return a path from which DuckDB can read a file: a copy where it would not find this name."""
    name = path_to_write(path)
    if name != path:
        shutil.copyfile(path, name)
    return str(name)
