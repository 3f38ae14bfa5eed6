"""Runs notebooks in clean kernels, three at once, so that only their inputs decide the outcome."""

import asyncio
import os
import platform
import re
import shutil
import tempfile
import time
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hyreport.errors import RenderError, together
from hyreport.lab.keep import STAGING
from hyreport.paths import ASSETS, PACKAGE
from hyreport.publish.console import Progress
from hyreport.publish.editions import METADATA, is_for_lab
from hyreport.words.phrases import PHRASES

__all__ = ["execute_notebooks"]


if TYPE_CHECKING:  # a render with nothing to do imports none of them
    from jupyter_client.manager import AsyncKernelManager
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError

# One more than the cores of a small machine: while a kernel starts or stops, the others work.
AT_ONCE = 3
# A longer path does not fit the socket addresses of all systems.
SOCKET_PATH_LIMIT = 80
# matplotlib says this once on a new machine; it is about the machine, not about the notebook.
HARMLESS = re.compile(r"Matplotlib is building the font cache; this may take a moment\.\n?")
ENVIRONMENT = tomllib.loads((ASSETS / "kernel.toml").read_text(encoding="utf-8"))


def execute_notebooks(
    notebooks: dict[Path, dict],
    scratch: Path,
    *,
    root: Path,
    settings: dict[str, str],
    progress: Progress,
) -> dict[str, str]:
    """Run notebooks in clean kernels; a failing one does not keep the others from finishing.

    Parameters
    ----------
    notebooks : dict of dict
        Each by the path that it is to run at.
    scratch : Path
        An empty folder: `scratch/kept/<name>` receives what a notebook keeps, `scratch/opened`
        the files of the project that it opened, modules of the library among them.
    root : Path
        The project.
    settings : dict of str
        What the kernels' environment says besides, such as the report, as `keep` reads it; of
        PHRASES the folder.
    progress : callable
        Called with a line when a notebook starts and when it ends.

    Returns
    -------
    dict of str
        Each executed notebook as text by its name, nothing in it but its outcome.

    Raises
    ------
    RenderError
        Where notebooks failed: the first of them, the others in its notes.
    OSError
        Where a kernel's files cannot be written.
    """
    (scratch / "opened").mkdir()

    async def run_one(path: Path, turn: asyncio.Semaphore) -> str | RenderError | OSError:
        async with turn:
            progress(f"  {path.stem} ...")
            start = time.monotonic()
            home = Path(tempfile.mkdtemp(dir=scratch))
            environment = kernel_environment(home, scratch, path.stem, root=root) | settings
            if folder := settings.get(PHRASES):
                environment[PHRASES] = str(Path(folder, f"{path.stem}.csv"))
            outcome: str | RenderError | OSError
            try:
                outcome = await _execute(path, notebooks[path], home, environment)
            except (RenderError, OSError) as error:
                outcome = error
            state = "done" if isinstance(outcome, str) else "failed"
            progress(f"  {path.stem} {state} after {time.monotonic() - start:.1f} s")
            return outcome

    async def run_all() -> list[str | RenderError | OSError]:
        turn = asyncio.Semaphore(AT_ONCE)
        return await asyncio.gather(*(run_one(path, turn) for path in notebooks))

    with asyncio.Runner(loop_factory=_new_loop) as runner:
        outcomes = runner.run(run_all())
    for kind in (OSError, RenderError):
        if faults := [outcome for outcome in outcomes if isinstance(outcome, kind)]:
            raise together(faults)
    return {path.stem: str(text) for path, text in zip(notebooks, outcomes, strict=True)}


def _new_loop() -> asyncio.AbstractEventLoop:
    # The selector loop is what the kernels' messages need on Windows; elsewhere it is the default.
    loop = asyncio.SelectorEventLoop()
    loop.set_exception_handler(_report)
    return loop


def _report(loop: asyncio.AbstractEventLoop, context: dict) -> None:
    """Leave out that a task was stopped: whoever stopped it knows."""
    if not isinstance(context.get("exception"), KeyboardInterrupt):
        loop.default_exception_handler(context)


async def _execute(path: Path, source: dict, home: Path, environment: dict[str, str]) -> str:
    """Run one notebook in a kernel of its own and return it with its outputs, as text."""
    import nbformat
    from nbclient import NotebookClient

    notebook = nbformat.from_dict(source)
    manager = _kernel_manager(home)
    client = NotebookClient(
        notebook,
        km=manager,
        timeout=None,
        iopub_timeout=60,
        raise_on_iopub_timeout=True,
        record_timing=False,
        coalesce_streams=True,
    )
    with (home / "log").open("wb") as log:
        options = {"env": environment, "cwd": str(path.parent), "stdout": log, "stderr": log}
        try:
            await client.async_start_new_kernel(**options)
            await client.async_start_new_kernel_client()
            for index, cell in enumerate(notebook.cells):
                if not is_for_lab(cell):
                    await _execute_cell(client, path, index)
        except RuntimeError as error:
            raise _kernel_error(path, log.name, error) from error
        finally:
            await _stop(client, manager)
    notebook.metadata = METADATA  # without the version of Python that ran it
    return nbformat.writes(notebook) + "\n"


def _kernel_manager(home: Path) -> "AsyncKernelManager":
    """Return the manager of this Python's own kernel, whatever kernels the user has installed."""
    from jupyter_client.kernelspec import KernelSpecManager
    from jupyter_client.manager import AsyncKernelManager

    manager = AsyncKernelManager(kernel_name="python3")
    manager.kernel_spec_manager = KernelSpecManager(kernel_dirs=[])
    manager.connection_file = str(home / "connection.json")
    if os.name == "posix" and len(str(home)) < SOCKET_PATH_LIMIT:
        manager.transport, manager.ip = "ipc", str(home / "k")
    return manager


async def _stop(client: "NotebookClient", manager: "AsyncKernelManager") -> None:
    if client.kc is not None:
        client.kc.stop_channels()
    if manager.has_kernel:
        await manager.shutdown_kernel(now=True)
    manager.cleanup_connection_file()


async def _execute_cell(client: "NotebookClient", path: Path, index: int) -> None:
    from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

    cell = client.nb.cells[index]
    place = f"{path.name}, cell {index + 1}"
    count = client.code_cells_executed + 1
    try:
        await client.async_execute_cell(cell, index, execution_count=count)
    except CellExecutionError as error:
        raise _cell_error(place, cell, error) from error
    except DeadKernelError as error:
        raise RenderError(place, "a kernel that died", "the cell to run to its end") from error
    except CellTimeoutError as error:
        raise RenderError(place, "a kernel that went silent", "its outputs") from error
    for output in cell.get("outputs", []):
        if output.get("name") == "stderr":
            output["text"] = HARMLESS.sub("", output["text"])
            if output["text"].strip():
                first = output["text"].strip().splitlines()[0]
                raise RenderError(place, f"a message on stderr: {first}", "none", "mend its cause")
    if "outputs" in cell:
        cell.outputs = [output for output in cell.outputs if output.get("text") != ""]


def _cell_error(place: str, cell: Any, error: "CellExecutionError") -> RenderError:
    """Say in one line which line of which cell failed and how."""
    plain = re.sub(r"\x1b\[[0-9;]*m", "", error.traceback)
    lines = re.findall(r"Cell In ?\[\d+\],? line:? (\d+)", plain)
    source = cell.source.splitlines()
    if lines and int(lines[0]) <= len(source):
        place += f", line {lines[0]} ({source[int(lines[0]) - 1].strip()})"
    reason = re.sub(r" \(\d+\.py, line \d+\)$", "", " ".join(str(error.evalue).split()))
    return RenderError(place, f"{error.ename}: {reason}", "the cell to run to its end")


def _kernel_error(path: Path, log: str, error: Exception) -> RenderError:
    last = Path(log).read_text(encoding="utf-8", errors="replace").strip().splitlines()[-1:]
    reason = " ".join([str(error), *last])
    return RenderError(path.name, f"a kernel that did not start: {reason}", "a Python kernel")


def kernel_environment(home: Path, scratch: Path, stem: str, *, root: Path) -> dict[str, str]:
    """Return the variables of a kernel's environment: the user's, but without what would show.

    Parameters
    ----------
    home : Path
        An empty folder for the settings of Jupyter, IPython and matplotlib.
    scratch : Path
        Where the notebook puts what it keeps, and the names of the files that it opens.
    stem : str
        Its name.
    root : Path
        The project.
    """
    (home / "matplotlibrc").touch()
    startup = home / "ipython" / "profile_default" / "startup"
    startup.mkdir(parents=True)
    shutil.copy(PACKAGE / "publish" / "recorder.py", startup)
    ignored = ENVIRONMENT["ignored"]
    variables = {name: value for name, value in os.environ.items() if name not in ignored}
    library = filter(None, [str(PACKAGE.parent), variables.get("PYTHONPATH")])
    opened = (scratch / "opened" / stem, root, PACKAGE)
    variables |= ENVIRONMENT["fixed"] | {
        STAGING: str(scratch / "kept" / stem),
        "HYREPORT_OPENED": os.pathsep.join(map(str, opened)),
        "PYTHONPATH": os.pathsep.join(library),
        "MATPLOTLIBRC": str(home),
        "IPYTHONDIR": str(home / "ipython"),
        "JUPYTER_CONFIG_DIR": str(home / "jupyter"),
    }
    if platform.machine().lower() in ("x86_64", "amd64"):
        # One set of kernels on every x86 processor; else last digits of linear algebra differ.
        variables.setdefault("OPENBLAS_CORETYPE", "Haswell")
    return variables
