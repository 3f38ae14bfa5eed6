"""Puts a new folder in the place of an old one, whole or not at all; one render at a time.

A render that fails or is killed leaves the previous artifacts as they were.
"""

import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from hyreport.publish.console import Progress
from hyreport.publish.manifest import changed_outputs, read_manifest

__all__ = ["one_at_a_time", "recover", "siblings", "swap_in"]


WAIT = 0.2  # seconds


def siblings(target: Path) -> tuple[Path, Path]:
    """Return where a folder grows anew, and where the old one waits to be removed."""
    return target.with_name(f".{target.name}.new"), target.with_name(f".{target.name}.old")


def swap_in(new: Path, target: Path, outputs: dict[str, str]) -> list[str]:
    """Put the new folder in the place of the old one; return the names of what differs."""
    previous = read_manifest(target)
    before, damaged = previous.get("outputs", {}), changed_outputs(target, previous)
    names = outputs.keys() | before
    changed = {name for name in names if outputs.get(name) != before.get(name)} | damaged
    old = siblings(target)[1]
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


def recover(target: Path) -> None:
    """Mend what a killed render left: the old artifacts moved away, or a half-made folder."""
    new, old = siblings(target)
    if old.exists() and not target.exists():
        old.rename(target)
    for leftover in (new, old):
        shutil.rmtree(leftover, ignore_errors=True)


@contextmanager
def one_at_a_time(artifacts: Path, progress: Progress) -> Iterator[None]:
    """Wait until no other render works here; the system frees the lock of a killed one."""
    artifacts.mkdir(parents=True, exist_ok=True)
    with (artifacts / ".lock").open("a+b") as stream:
        if not _try_lock(stream):
            progress("another render is running: waiting for it to end")
            while not _try_lock(stream):
                time.sleep(WAIT)
        yield


def _try_lock(stream: IO[bytes]) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            stream.seek(0)
            msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True
