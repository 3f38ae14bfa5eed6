"""Times the render on this machine, beside the usual ways to run the same notebooks.

    python tools/bench.py

This is a stopwatch and needs nothing but Python: all it times runs in .venv, which it makes as
run.py does and adds the packages of requirements-bench.lock beside this file to.
"""

import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = Path(__file__).resolve().with_name("requirements-bench.lock")
SPEC = importlib.util.spec_from_file_location("run", ROOT / "run.py")
run = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(run)

PANDAS, LIBRARY, TABLES = "import pandas", "import hyreport, all names", "load all tables"
PAPERMILL, RENDER = "papermill, one after the other", "full render"
NAMES = "import hyreport; [getattr(hyreport, name) for name in hyreport.FUNCTIONS]"
# What the numbers refer to: the machine and the versions.
ABOUT = """
import os, platform
from importlib.util import find_spec
from hyreport.paths import ROOT
from hyreport.publish.manifest import describe_project
cores, version = os.cpu_count(), platform.python_version()
print(f"{platform.system()} {platform.machine()}, {cores} cores, Python {version}")
print(", ".join(f"{name} {version}" for name, version in describe_project(ROOT)[1].items()))
if find_spec("jupyterlab"):
    print("JupyterLab is installed here: it slows whatever starts notebooks, all alike")
"""
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


def run_bench(
    python: str, *, root: Path = ROOT, progress: Callable[[str], None]
) -> tuple[str, dict[str, float]]:
    """Time the render and what it is compared with, in fresh processes.

    Parameters
    ----------
    python : str
        The Python of the environment that is measured.
    root : Path
        The project; everything runs on a copy of it.
    progress : callable
        Called with a line before each measurement.

    Returns
    -------
    about : str
        The machine and the versions, in lines.
    seconds : dict of str to float
        How many seconds each took; imports and loading are the least of nine.
    """
    seconds = {}
    with tempfile.TemporaryDirectory(prefix=".hy-", ignore_cleanup_errors=True) as folder:
        copy = Path(folder) / "project"
        ignored = shutil.ignore_patterns(".*", "__pycache__", "artifacts")
        shutil.copytree(root, copy, ignore=ignored)
        about = _run("the versions", [python, "-c", ABOUT], copy)
        for name, commands in _ways(python, copy).items():
            progress(f"{name} ...")
            times = TIMES if name in SHORT else 1
            seconds[name] = min(_time(name, commands, copy) for _ in range(times))
        progress(f"{TABLES} ...")
        loading = [python, "-c", LOADING]
        seconds[TABLES] = min(float(_run(TABLES, loading, copy)) for _ in range(TIMES))
    return about, seconds


def _time(name: str, commands: list[list[str]], copy: Path) -> float:
    start = time.perf_counter()
    for command in commands:
        _run(name, command, copy)
    return time.perf_counter() - start


def report_bench(about: str, seconds: dict[str, float]) -> str:
    """Say seconds and ratios in lines, under the machine and the versions.

    >>> report_bench("", {"papermill, one after the other": 20, "full render": 8}).split()[-1]
    '0.40'
    """
    lines = [*about.splitlines(), f"{'seconds':>9}  of papermill  of the full render"]
    for name, taken in seconds.items():
        ratios = [
            f"{taken / seconds[base]:.2f}" if base in seconds else ""
            for base in (PAPERMILL, RENDER)
        ]
        lines.append(f"{taken:9.2f}  {ratios[0]:>12}  {ratios[1]:>18}  {name}")
    if PANDAS in seconds and LIBRARY in seconds:
        ratio = seconds[LIBRARY] / seconds[PANDAS]
        lines.append(f"importing hyreport with all its names, of importing pandas: {ratio:.2f}")
    if TABLES in seconds:
        lines.append(f"loading all tables: {1000 * seconds[TABLES]:.1f} milliseconds")
    if PAPERMILL in seconds and RENDER in seconds:
        ratio = seconds[RENDER] / seconds[PAPERMILL]
        lines.append(f"full render, pages included, of papermill's bare execution: {ratio:.2f}")
    return "\n".join(lines)


def _ways(python: str, copy: Path) -> dict[str, list[list[str]]]:
    """Return the commands of each measurement."""
    notebooks, out = sorted(copy.glob("notebooks/*.ipynb")), copy / "out"
    out.mkdir()
    render = [python, "-m", "hyreport", "render", "--allow-stale"]
    execute = [python, "-m", "nbconvert", "--to", "notebook", "--execute", "--output-dir", str(out)]
    papermill = [python, "-m", "papermill"]
    return {
        PANDAS: [[python, "-c", "import pandas"]],
        LIBRARY: [[python, "-c", NAMES]],
        RENDER: [[*render, "--force"]],
        "render with nothing changed": [render],
        PAPERMILL: [[*papermill, str(path), str(out / path.name)] for path in notebooks],
        "jupyter nbconvert --execute, one after the other": [
            [*execute, str(path)] for path in notebooks
        ],
        "plain scripts, one after the other": [
            [python, str(_write_script(path, out))] for path in notebooks
        ],
    }


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
        cwd=copy / "notebooks",
        env={**os.environ, "MPLBACKEND": "agg", **changes},
        capture_output=True,
    )
    if done.returncode:
        last = done.stderr.decode("utf-8", "replace").strip().splitlines()[-1:]
        found = "".join(last) or "a failure"
        sys.exit(f"bench: {name}: found {found}, expected a run that ends. To fix: see above")
    return done.stdout.decode("utf-8", "replace")


def main() -> None:
    """Set up the environment where needed, time in it, print the report."""
    if problem := run.problem():
        sys.exit(problem)
    if not run.installed(run.LOCK):
        run.make_environment()
    if not run.installed(LOCK):
        run.say("adding papermill to .venv, to compare with ...")
        run.install(LOCK)
    print(report_bench(*run_bench(str(run.venv_python()), progress=run.say)))


if __name__ == "__main__":
    main()
