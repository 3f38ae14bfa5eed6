"""A process that dies before its nth step in the file system."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

from hyreport.draft import swap

STEPS = (
    (Path, "write_bytes"),
    (Path, "mkdir"),
    (Path, "rename"),
    (shutil, "copyfile"),
    (shutil, "rmtree"),
    (swap, "_exchange"),
)


def list_files(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder, hidden ones too."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def killed_at(step: int, run: Callable[[], object], *, exchanges: bool = True) -> bool:
    """Run in a process that dies as by SIGKILL before its step; return whether it did."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
    left = [step]

    def dying(run):
        def count(*arguments, **options):
            left[0] -= 1
            if left[0] < 0:
                os._exit(9)
            return run(*arguments, **options)

        return count

    try:
        if not exchanges:
            swap._exchange = lambda *_: False
        for owner, name in STEPS:
            setattr(owner, name, dying(getattr(owner, name)))
        run()
        os._exit(0)
    except BaseException:
        os._exit(1)
