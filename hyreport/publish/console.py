"""What a verb owes its surroundings: lines any console shows, orderly ends, faults in one line."""

import errno
import os
import re
import shutil
import signal
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from hyreport.errors import HyreportError
from hyreport.paths import ASSETS, ROOT
from hyreport.words.tables import read_rows

__all__ = [
    "Progress",
    "drop_output",
    "ended_by_signals",
    "explain",
    "prepare_output",
    "say",
    "tell",
]


# What is called with each line that a verb reports.
Progress = Callable[[str], None]
# As a shell says it: a process that a signal ended has 128 and the number of the signal.
BY_SIGNAL = 128
ENDING = ("SIGTERM", "SIGHUP")
# What the system can refuse, by its names for it; the last row is for all else.
REFUSALS = read_rows(ASSETS / "refusals.csv")


class Stopped(KeyboardInterrupt):
    """A signal that asks the process to end; `status` is the exit status for it."""

    def __init__(self, number: int):
        super().__init__(number)
        self.status = BY_SIGNAL + number


def prepare_output() -> None:
    """Let each line be shown on any console: what it has no sign for is escaped.

    Where a stream is closed, nothing shows and nothing fails.
    """
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115
        elif getattr(stream, "errors", None) in ("strict", "surrogateescape"):
            stream.reconfigure(errors="backslashreplace")


def say(line: str) -> None:
    """Print a line of what a verb reports, at once; a disk that is full names the stream."""
    try:
        print(line, flush=True)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OSError(error.errno, error.strerror, "standard output") from None


def tell(line: str) -> None:
    """Print a line where it does not mix with what a verb reports; a lost one changes nothing."""
    with suppress(OSError):
        print(line, file=sys.stderr, flush=True)


def drop_output() -> None:
    """Stop writing to each stream that fails, or Python fails once more at its end."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


@contextmanager
def ended_by_signals() -> Iterator[None]:
    """Let SIGTERM and SIGHUP raise `Stopped`, so that all is put in order as after Ctrl-C."""

    def stop(number: int, _: object) -> None:
        # Some programs send it twice; the second must not disturb the putting in order.
        signal.signal(number, signal.SIG_IGN)
        raise Stopped(number)

    numbers = [getattr(signal, name) for name in ENDING if hasattr(signal, name)]
    if threading.current_thread() is not threading.main_thread():
        numbers = []
    before = {number: signal.getsignal(number) for number in numbers}
    # nohup has SIGHUP ignored, and means it.
    before = {number: known for number, known in before.items() if known != signal.SIG_IGN}
    for number in before:
        signal.signal(number, stop)
    try:
        yield
    finally:
        for number, known in before.items():
            signal.signal(number, known)


def explain(error: OSError) -> HyreportError:
    """Say in the library's words what the system refused.

    Parameters
    ----------
    error : OSError
        As the system raised it, or `shutil.Error` with several of them.

    Examples
    --------
    >>> print(explain(OSError(errno.EROFS, "Read-only file system", "data/figures.csv")))
    data/figures.csv: found a file or folder that this user may not read or write, expected one
    that may be written. To fix: copy the project to a folder of your own, or close the program
    that holds the file
    """
    error = _first(error)
    name, reason = errno.errorcode.get(error.errno or 0, ""), error.strerror or str(error)
    if name == "ENOENT" and not error.filename:
        fix = "set TMPDIR to a folder that may be written and has room"
        return HyreportError("temporary files", reason, "a folder for them", fix)
    row = next((row for row in REFUSALS if name in row["errors"].split()), REFUSALS[-1])
    # Of two names, as in copying, the second is what was to be written where there is no room.
    target = error.filename2 if "room" in row["expected"] else None
    place = str(target or error.filename or f"{ROOT} or {_temporary()}")
    return HyreportError(place, row["found"] or reason, row["expected"], row["fix"])


def _first(error: OSError) -> OSError:
    """Return the first of the faults that copying a folder collects, or the fault itself."""
    if not isinstance(error, shutil.Error):
        return error
    _, target, reason = error.args[0][0]
    number = re.match(r"\[Errno (\d+)\]", reason)
    return OSError(int(number[1]), reason, target) if number else OSError(reason)


def _temporary() -> str:
    with suppress(OSError):
        return tempfile.gettempdir()
    return "the folder for temporary files"
