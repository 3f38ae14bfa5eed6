"""Times the render on this machine, beside the usual ways to run the same notebooks.

    python tools/bench.py [--runs 3] [--write docs/speed.md]

This is a stopwatch and needs nothing but Python: all it times runs in .venv, which it makes as
run.py does and adds the packages of requirements-bench.lock beside this file to. Each time is the
median of the runs. Other work on the machine shows in it: let there be none.
"""

import argparse
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
LOCK = Path(__file__).resolve().with_name("requirements-bench.lock")
SPEC = importlib.util.spec_from_file_location("run", ROOT / "run.py")
run = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(run)

STUDY = "hengyang-2018"
EDITED, STYLE = "02_tax_share.ipynb", "hyreport/assets/pages/pages.css"
PAGES = "pages"  # the line of progress with which pages begin
PAPERMILL = "papermill, a notebook after the other"
SCRIPTS = "the same code as plain scripts"
RENDER = "render of the study in English, pages included"
STAGE = "its pages alone, after the last notebook"
BOTH = "render of the study in English and Chinese"
ALL = "render of all reports, languages and the panel"
ONE, NOTHING = "render of all, one notebook edited", "render of all, nothing changed"
PANDAS, LIBRARY = "import pandas", "import hyreport"
TABLES, CARD, FIND = "the tables of a report", "a card", "hy.find"
# What the numbers refer to.
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
# Said by the process itself, since starting Python would hide it; of several times the least.
MOMENTS = f"""
import json, sys, time
def take(work, times):
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return min(taken)
start = time.perf_counter()
import pandas
middle = time.perf_counter()
import hyreport as hy
library = time.perf_counter() - start
found = {{{PANDAS!r}: middle - start, {LIBRARY!r}: library}}
load = [hy.load_figures, hy.load_targets, hy.load_reference, hy.load_checks]
found[{TABLES!r}] = take(lambda: [each() for each in load], 9)
from hyreport.lab.cards import result_card, figure_card
figure = hy.figure("tax_share.local.2017")
found[{CARD!r}] = take(lambda: figure_card(figure), 9)
found[{FIND!r}] = take(lambda: hy.find("tax share"), 9)
print(json.dumps(found))
"""


class Taken(NamedTuple):
    """How long something took, and how much of the processors."""

    seconds: float
    cpu: float


Times = dict[str, Taken]


def time_once(python: str, *, root: Path = ROOT, progress: Callable[[str], None]) -> Times:
    """Time everything once, on a copy of the project.

    Parameters
    ----------
    python : str
        The Python of the environment that is measured.
    root : Path
        The project.
    progress : callable
        Called with a line before each measurement.
    """
    times = {}
    with tempfile.TemporaryDirectory(prefix=".hy-", ignore_cleanup_errors=True) as folder:
        copy = Path(folder) / "project"
        ignored = shutil.ignore_patterns(".*", "__pycache__", "artifacts")
        shutil.copytree(root, copy, ignore=ignored)
        for name, commands in list_ways(python, copy):
            progress(f"{name} ...")
            times[name], stage = _time(name, commands, copy)
            if name == RENDER:
                times[STAGE] = Taken(stage, stage)
        progress("moments ...")
        moments = json.loads(_run("moments", [python, "-c", MOMENTS], copy))
        times |= {name: Taken(taken, taken) for name, taken in moments.items()}
    return times


def list_ways(python: str, copy: Path) -> Iterator[tuple[str, list[list[str]]]]:
    """Yield what is timed and its commands; before each, the copy is made what it is about."""
    notebooks, out = sorted((copy / "notebooks").glob("*.ipynb")), copy / "out"
    out.mkdir()
    sources = [write_source(path, out) for path in notebooks]
    yield SCRIPTS, [[python, str(path.with_suffix(".py"))] for path in sources]
    papermill = [python, "-m", "papermill"]
    yield PAPERMILL, [[*papermill, str(path), f"{path}.out.ipynb"] for path in sources]
    render = [python, "-m", "hyreport", "render"]
    chinese = copy / "notebooks" / "zh"
    chinese.rename(copy / "zh")
    yield RENDER, [[*render, "--force", "--report", STUDY]]
    (copy / "zh").rename(chinese)
    yield BOTH, [[*render, "--force", "--report", STUDY]]
    yield ALL, [[*render, "--force"]]
    yield NOTHING, [render]
    path = copy / "notebooks" / EDITED
    notebook = json.loads(path.read_text(encoding="utf-8"))
    cell = next(cell for cell in notebook["cells"] if cell["cell_type"] == "code")
    cell["source"] = "".join(cell["source"]) + "\n# more"
    path.write_text(json.dumps(notebook), encoding="utf-8")
    yield ONE, [render]


def write_source(notebook: Path, folder: Path) -> Path:
    """Write a notebook without what serves in JupyterLab alone, and its code as a script."""
    source = json.loads(notebook.read_text(encoding="utf-8"))
    cells = [cell for cell in source["cells"] if "lab" not in cell["metadata"].get("tags", ())]
    path = folder / notebook.name
    path.write_text(json.dumps(source | {"cells": cells}), encoding="utf-8")
    code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    path.with_suffix(".py").write_text("\n\n".join(code) + "\n", encoding="utf-8")
    return path


def _time(name: str, commands: list[list[str]], copy: Path) -> tuple[Taken, float]:
    """Return what commands took, and how long after its line of progress the last one ended."""
    start, before = time.perf_counter(), os.times()
    pages = start
    for command in commands:
        pages = _follow(name, command, copy)
    end, after = time.perf_counter(), os.times()
    cpu = sum(after[2:4]) - sum(before[2:4])
    return Taken(end - start, cpu), end - pages


def _follow(name: str, command: list[str], copy: Path) -> float:
    """Run a command; return when it told of pages."""
    told, lines = time.perf_counter(), []
    with _start(command, copy, stderr=subprocess.STDOUT) as process:
        for line in process.stdout:
            lines.append(line)
            if line.strip() == PAGES:
                told = time.perf_counter()
    _check(name, process, lines)
    return told


def _run(name: str, command: list[str], copy: Path) -> str:
    """Run a command in the copy and return what it prints."""
    with _start(command, copy, stderr=subprocess.PIPE) as process:
        out, err = process.communicate()
    _check(name, process, err.splitlines())
    return out


def _start(command: list[str], copy: Path, stderr: int) -> subprocess.Popen:
    paths = [str(copy), os.environ.get("PYTHONPATH", "")]
    changes = {"PYTHONPATH": os.pathsep.join(filter(None, paths)), "PYTHONUTF8": "1"}
    return subprocess.Popen(
        command,
        cwd=copy / "notebooks",
        env={**os.environ, "MPLBACKEND": "agg", **changes},
        stdout=subprocess.PIPE,
        stderr=stderr,
        encoding="utf-8",
        errors="replace",
    )


def _check(name: str, process: subprocess.Popen, lines: list[str]) -> None:
    if process.returncode:
        found = "".join(lines[-1:]).strip() or "a failure"
        sys.exit(f"bench: {name}: found {found}, expected a run that ends. To fix: see above")


def report_bench(about: str, runs: list[Times], notebooks: int) -> str:
    """Return the medians of runs as a page in Markdown, under the machine and the versions.

    Parameters
    ----------
    about : str
        The machine and the versions, in lines.
    runs : list of dict
        As `time_once` gives them.
    notebooks : int
        How many notebooks the render of the study runs.
    """
    times = {name: [one[name].seconds for one in runs] for name in runs[0]}
    taken = {name: median(seconds) for name, seconds in times.items()}
    cpu = {name: median(one[name].cpu for one in runs) for name in runs[0]}
    lines = [f"- {line}" for line in about.splitlines()]
    lines += ["", "| | seconds | of the processors | of papermill |", "|---|---|---|---|"]
    for name in (SCRIPTS, PAPERMILL, RENDER, BOTH, ALL, ONE, NOTHING):
        share = f"{taken[name] / taken[PAPERMILL]:.2f}" if name in (SCRIPTS, RENDER, BOTH) else ""
        lines.append(f"| {name} | {taken[name]:.2f} | {cpu[name]:.2f} | {share} |")
    lines.append(f"| {STAGE} | {taken[STAGE]:.2f} | | |")
    more = taken[LIBRARY] / taken[PANDAS]
    lines += [
        "",
        f"- A notebook of the study, pages included: {cpu[RENDER] / notebooks:.2f} seconds of the "
        f"processors ({notebooks} notebooks).",
        f"- One notebook edited: {taken[ONE] / taken[ALL]:.3f} of rendering all; nothing changed: "
        f"{taken[NOTHING] / taken[ALL]:.4f}.",
        f"- `{LIBRARY}`, which loads pandas: {more:.2f} of `{PANDAS}`.",
        *(f"- {name}: {1000 * taken[name]:.1f} milliseconds." for name in (TABLES, CARD, FIND)),
    ]
    return "\n".join(lines) + "\n"


def head(runs: int) -> str:
    """Return how the page begins."""
    how = "one run" if runs == 1 else f"the median of {runs} runs, each"
    return (
        "# Speed\n\n"
        f"Made by `python tools/bench.py --write docs/speed.md`: {how} on a copy of the project. "
        "Another machine has other numbers.\n\n"
    )


def main(arguments: list[str] | None = None) -> None:
    """Set up the environment where needed, time in it, print or write the report."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--write", type=Path)
    chosen = parser.parse_args(arguments)
    if problem := run.problem():
        sys.exit(problem)
    if not run.installed(run.LOCK):
        run.make_environment()
    if not run.installed(LOCK):
        run.say("adding papermill to .venv, to compare with ...")
        run.install(LOCK)
    python = str(run.venv_python())
    about = _run("the versions", [python, "-c", ABOUT], ROOT)
    runs = [time_once(python, progress=run.say) for _ in range(chosen.runs)]
    notebooks = len([*(ROOT / "notebooks").glob("*.ipynb")]) + 1  # one in two editions
    page = head(chosen.runs) + report_bench(about, runs, notebooks)
    if chosen.write:
        chosen.write.write_text(page, encoding="utf-8", newline="\n")
    else:
        print(page, end="")


if __name__ == "__main__":
    main()
