"""The benchmark measures what is there, on a copy, and says what the numbers refer to."""

import importlib.util
import json
import re
import sys
from pathlib import Path

import pandas as pd
import pytest
from sample_project import write_project

ROOT = Path(__file__).resolve().parent.parent
SPEC = importlib.util.spec_from_file_location("bench", ROOT / "tools" / "bench.py")
bench = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(bench)
MOMENTS = (bench.PANDAS, bench.LIBRARY, bench.TABLES, bench.CARD, bench.FIND)
RENDERS = (bench.SCRIPTS, bench.PAPERMILL, bench.RENDER, bench.BOTH, bench.ALL, bench.NOTHING)
NAMES = (*RENDERS, bench.ONE, bench.STAGE, *MOMENTS)


def make_times(seconds: float) -> dict:
    times = {name: bench.Taken(seconds, 2 * seconds) for name in NAMES}
    return times | {bench.PAPERMILL: bench.Taken(20.0, 20.0)}


def make_project(folder: Path) -> Path:
    project = write_project(folder)
    (project / "notebooks" / "zh").mkdir(exist_ok=True)
    first = min((project / "notebooks").glob("*.ipynb"))
    (project / "notebooks" / bench.EDITED).write_bytes(first.read_bytes())
    return project


def test_the_page_has_medians_shares_machine_and_versions():
    runs = [make_times(seconds) for seconds in (8.0, 1.0, 9.0)]
    lines = bench.report_bench("a machine\npandas 3\n", runs, notebooks=8).splitlines()
    assert lines[:2] == ["- a machine", "- pandas 3"]
    assert f"| {bench.RENDER} | 8.00 | 16.00 | 0.40 |" in lines
    assert any("pages included: 2.00 seconds of the processors (8 notebooks)" in x for x in lines)
    assert "- `import hyreport`, which loads pandas: 1.00 of `import pandas`." in lines
    assert "- hy.find: 8000.0 milliseconds." in lines


def test_each_way_runs_every_notebook_and_is_about_what_it_says(tmp_path):
    project = make_project(tmp_path)
    count, seen = len([*project.glob("notebooks/*.ipynb")]), {}
    before = (project / "notebooks" / bench.EDITED).read_bytes()
    for name, commands in bench.list_ways("python", project):
        edited = (project / "notebooks" / bench.EDITED).read_bytes() != before
        seen[name] = (len(commands), (project / "notebooks" / "zh").exists(), edited)
    assert seen[bench.SCRIPTS][0] == seen[bench.PAPERMILL][0] == count
    assert [name for name in seen if not seen[name][1]] == [bench.RENDER]
    assert [name for name in seen if seen[name][2]] == [bench.ONE]
    scripts = [path.read_text(encoding="utf-8") for path in (project / "out").glob("*.py")]
    assert len(scripts) == count and not any("tax_panel" in script for script in scripts)
    assert any("keep(rows" in script for script in scripts)


@pytest.mark.full
def test_what_is_timed_inside_a_process_runs_and_says_times(tmp_path):
    (tmp_path / "notebooks").mkdir()
    moments = json.loads(bench._run("moments", [sys.executable, "-c", bench.MOMENTS], tmp_path))
    assert sorted(moments) == sorted(MOMENTS) and min(moments.values()) > 0
    about = bench._run("about", [sys.executable, "-c", bench.ABOUT], tmp_path).splitlines()
    assert " cores, Python " in about[0] and f"pandas {pd.__version__}" in about[1]


def test_it_runs_on_a_copy_and_says_what_failed(tmp_path, monkeypatch):
    project = write_project(tmp_path)
    before = sorted(project.rglob("*"))
    commands = [[sys.executable, "-c", "open('made', 'w').close()\nprint('pages')"]]
    monkeypatch.setattr(bench, "list_ways", lambda *_: [(bench.RENDER, commands)])
    monkeypatch.setattr(bench, "MOMENTS", "print('{}')")
    lines = []

    def time_once():
        return bench.time_once(sys.executable, root=project, progress=lines.append)

    times = time_once()
    assert times[bench.STAGE].seconds <= times[bench.RENDER].seconds
    assert lines == [f"{bench.RENDER} ...", "moments ..."]
    assert sorted(project.rglob("*")) == before
    commands[0] = [sys.executable, "-c", "raise SystemExit('no kernel')"]
    with pytest.raises(SystemExit, match=r"found no kernel"):
        time_once()


def test_it_sets_up_what_it_compares_with_once(monkeypatch, tmp_path):
    made, ready = [], set()

    def install(lock):
        made.append(lock)
        ready.add(lock)

    monkeypatch.setattr(bench.run, "installed", ready.__contains__)
    monkeypatch.setattr(bench.run, "make_environment", lambda: install(bench.run.LOCK))
    monkeypatch.setattr(bench.run, "install", install)
    monkeypatch.setattr(bench, "_run", lambda *_: "a machine")
    monkeypatch.setattr(bench, "time_once", lambda python, progress: make_times(8.0))
    for _ in range(2):
        bench.main(["--runs", "2", "--write", str(tmp_path / "speed.md")])
    assert made == [bench.run.LOCK, ROOT / "tools" / "requirements-bench.lock"]
    page = (tmp_path / "speed.md").read_text(encoding="utf-8")
    assert page.startswith(bench.head(2)) and f"| {bench.RENDER} | 8.00 |" in page


def test_the_page_of_the_project_is_one_that_the_benchmark_writes():
    page = (ROOT / "docs" / "speed.md").read_text(encoding="utf-8")
    made = bench.head(3) + bench.report_bench("a\nb", [make_times(8.0)], notebooks=8)

    def without_numbers(text: str) -> str:
        return re.sub(r"\d+(\.\d+)?", "0", text[text.index("| |") :])

    assert without_numbers(page) == without_numbers(made)
