"""Puts a folder in the place of another; killed at any moment, one of both is whole."""

import ctypes
import os
import shutil
import sys
from pathlib import Path

__all__ = ["recover", "swap_in"]


def swap_in(made: Path, target: Path) -> None:
    """Put a folder in its place: at once where the system can, else in two steps."""
    if target.exists() and not _exchange(made, target):
        target.rename(_old(target))
    if made.exists() and not target.exists():
        made.rename(target)


def recover(target: Path) -> None:
    """Put back what a killed swap had moved away."""
    if _old(target).exists() and not target.exists():
        _old(target).rename(target)
    shutil.rmtree(_old(target), ignore_errors=True)


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one step; False where the system cannot."""
    if sys.platform != "linux" or not hasattr(ctypes.CDLL(None), "renameat2"):
        return False
    here, exchange = -100, 2  # AT_FDCWD, RENAME_EXCHANGE
    paths = (here, os.fsencode(one), here, os.fsencode(other))
    return ctypes.CDLL(None).renameat2(*paths, exchange) == 0


def _old(target: Path) -> Path:
    return target.with_name(f".{target.name}.old")
