"""Times the render on this machine, beside the usual ways to run the same notebooks."""

import importlib.util
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from hyreport.errors import HyreportError
from hyreport.paths import NOTEBOOKS, ROOT
from hyreport.publish import manifest

PANDAS, LIBRARY, TABLES = "import pandas", "import hyreport, all names", "load all tables"
NAMES = "import hyreport; [getattr(hyreport, name) for name in hyreport.FUNCTIONS]"
# Said by the process itself: starting Python and importing pandas would hide it.
LOADING = """
import time
import hyreport as hy
loaders = [hy.load_figures, hy.load_targets, hy.load_reference, hy.load_checks]
start = time.perf_counter()
tables = [load() for load in loaders]
print(time.perf_counter() - start)
"""
# So short that other work on the machine shows: the least of several counts.
SHORT = (PANDAS, LIBRARY)
TIMES = 9


def run_bench(*, root: Path = ROOT, progress: Callable[[str], None]) -> list[tuple[str, float]]:
    """Time the render and what it is compared with, in fresh processes.

    Parameters
    ----------
    root : Path
        The project; everything runs on a copy of it.
    progress : callable
        Called with a line before each measurement.

    Returns
    -------
    list of (str, float)
        What ran, and how many seconds it took; imports and loading are the least of nine.
    """
    seconds = []
    with tempfile.TemporaryDirectory(prefix=".hy-", ignore_cleanup_errors=True) as folder:
        copy = Path(folder) / "project"
        ignored = shutil.ignore_patterns(".*", "__pycache__", "artifacts")
        shutil.copytree(root, copy, ignore=ignored)
        for name, commands in _ways(copy, sorted(copy.glob("notebooks/*.ipynb"))).items():
            progress(f"{name} ...")
            times = TIMES if name in SHORT else 1
            seconds.append((name, min(_time(name, commands, copy) for _ in range(times))))
        progress(f"{TABLES} ...")
        loading = [sys.executable, "-c", LOADING]
        seconds.append((TABLES, min(float(_run(TABLES, loading, copy)) for _ in range(TIMES))))
    return seconds


def _time(name: str, commands: list[list[str]], copy: Path) -> float:
    start = time.perf_counter()
    for command in commands:
        _run(name, command, copy)
    return time.perf_counter() - start


def report_bench(seconds: list[tuple[str, float]]) -> str:
    """Say seconds and ratios in lines, with the machine and the versions.

    >>> seconds = [("papermill, one after the other", 20.0), ("full render", 8.0)]
    >>> report_bench(seconds).split()[-1]
    '0.40'
    """
    times = dict(seconds)
    base = times.get("papermill, one after the other")
    full = times.get("full render")
    lines = [f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python "]
    lines[0] += platform.python_version()
    packages = manifest.describe_project(ROOT)[1]
    lines.append(", ".join(f"{name} {version}" for name, version in packages.items()))
    if importlib.util.find_spec("jupyterlab"):
        lines.append("JupyterLab is installed here: it slows whatever starts notebooks, all alike")
    if not base:
        lines.append("papermill is not installed here: `python run.py bench` adds it")
    lines.append(f"{'seconds':>9}  of papermill  of the full render")
    for name, taken in seconds:
        ratios = [f"{taken / part:.2f}" if part else "" for part in (base, full)]
        lines.append(f"{taken:9.2f}  {ratios[0]:>12}  {ratios[1]:>18}  {name}")
    if PANDAS in times and LIBRARY in times:
        lines.append(
            f"importing hyreport with all its names, of importing pandas: "
            f"{times[LIBRARY] / times[PANDAS]:.2f}"
        )
    if TABLES in times:
        lines.append(f"loading all tables: {1000 * times[TABLES]:.1f} milliseconds")
    if base and full:
        lines.append(
            f"full render, pages included, of papermill's bare execution: {full / base:.2f}"
        )
    return "\n".join(lines)


def _ways(copy: Path, notebooks: list[Path]) -> dict[str, list[list[str]]]:
    """Return the commands of each measurement; a tool that is not installed is left out."""
    python, out = sys.executable, copy / "out"
    out.mkdir()
    render = [python, "-m", "hyreport", "render", "--allow-stale"]
    ways = {
        PANDAS: [[python, "-c", "import pandas"]],
        LIBRARY: [[python, "-c", NAMES]],
        "full render": [[*render, "--force"]],
        "render with nothing changed": [render],
    }
    if importlib.util.find_spec("papermill"):
        ways["papermill, one after the other"] = [
            [python, "-m", "papermill", str(path), str(out / path.name)] for path in notebooks
        ]
    execute = [python, "-m", "nbconvert", "--to", "notebook", "--execute"]
    ways["jupyter nbconvert --execute, one after the other"] = [
        [*execute, "--output-dir", str(out), str(path)] for path in notebooks
    ]
    ways["plain scripts, one after the other"] = [
        [python, str(_write_script(path, out))] for path in notebooks
    ]
    return ways


def _write_script(notebook: Path, folder: Path) -> Path:
    """Write the code of a notebook as a script: the least that must run."""
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    path = folder / f"{notebook.stem}.py"
    path.write_text("\n\n".join(code) + "\n", encoding="utf-8")
    return path


def _run(name: str, command: list[str], copy: Path) -> str:
    """Run a command in the copy and return what it prints."""
    paths = [str(copy), os.environ.get("PYTHONPATH", "")]
    changes = {"PYTHONPATH": os.pathsep.join(filter(None, paths)), "PYTHONUTF8": "1"}
    done = subprocess.run(
        command,
        cwd=copy / NOTEBOOKS.name,
        env={**os.environ, "MPLBACKEND": "agg", **changes},
        capture_output=True,
    )
    if done.returncode:
        last = done.stderr.decode("utf-8", "replace").strip().splitlines()[-1:]
        raise HyreportError(name, *last or ["a failure"], "a run that ends", "see its own messages")
    return done.stdout.decode("utf-8", "replace")
