"""The benchmark measures what is there, on a copy, and says what the numbers refer to."""

import importlib.util
import sys
from pathlib import Path

import pandas as pd
import pytest
from sample_project import write_project

ROOT = Path(__file__).resolve().parent.parent
SPEC = importlib.util.spec_from_file_location("bench", ROOT / "tools" / "bench.py")
bench = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(bench)
SECONDS = {bench.PAPERMILL: 20.0, bench.RENDER: 8.0}


def test_report_names_machine_versions_and_ratios():
    lines = bench.report_bench("a machine\npandas 3\n", SECONDS).splitlines()
    assert lines[:2] == ["a machine", "pandas 3"]
    assert any(line.split() == ["8.00", "0.40", "1.00", "full", "render"] for line in lines)
    assert lines[-1].endswith("of papermill's bare execution: 0.40")


def test_imports_and_loading_are_told_apart():
    seconds = {bench.PANDAS: 0.5, bench.LIBRARY: 0.52, bench.TABLES: 0.0061}
    lines = bench.report_bench("", seconds).splitlines()
    assert "importing hyreport with all its names, of importing pandas: 1.04" in lines
    assert "loading all tables: 6.1 milliseconds" in lines


def test_each_way_runs_every_notebook(tmp_path):
    ways = bench._ways("python", write_project(tmp_path))
    scripts = ways["plain scripts, one after the other"]
    execute = ways["jupyter nbconvert --execute, one after the other"]
    assert len(scripts) == len(execute) == len(ways[bench.PAPERMILL]) == 2
    assert "keep(rows" in Path(scripts[1][1]).read_text(encoding="utf-8")


def test_what_is_timed_inside_a_process_runs_and_says_a_time(tmp_path):
    (tmp_path / "notebooks").mkdir()
    assert float(bench._run("loading", [sys.executable, "-c", bench.LOADING], tmp_path)) > 0
    assert bench._run("names", [sys.executable, "-c", bench.NAMES], tmp_path) == ""
    about = bench._run("about", [sys.executable, "-c", bench.ABOUT], tmp_path).splitlines()
    assert " cores, Python " in about[0] and f"pandas {pd.__version__}" in about[1]


def test_it_runs_on_a_copy_and_says_what_failed(tmp_path, monkeypatch):
    project = write_project(tmp_path)
    before = sorted(project.rglob("*"))
    ways = {"one": [[sys.executable, "-c", "open('made', 'w').close()"]]}
    monkeypatch.setattr(bench, "_ways", lambda *_: ways)
    monkeypatch.setattr(bench, "ABOUT", "print('a machine')")
    monkeypatch.setattr(bench, "LOADING", "print(0.25)")
    lines = []

    def run_bench():
        return bench.run_bench(sys.executable, root=project, progress=lines.append)

    about, seconds = run_bench()
    assert about.strip() == "a machine" and list(seconds) == ["one", bench.TABLES]
    assert seconds[bench.TABLES] == 0.25 and lines == ["one ...", "load all tables ..."]
    assert sorted(project.rglob("*")) == before
    ways["one"] = [[sys.executable, "-c", "raise SystemExit('no kernel')"]]
    with pytest.raises(SystemExit, match=r"one: found no kernel"):
        run_bench()


def test_it_sets_up_what_it_compares_with_once(monkeypatch, capsys):
    made, ready = [], set()

    def install(lock):
        made.append(lock)
        ready.add(lock)

    monkeypatch.setattr(bench.run, "installed", ready.__contains__)
    monkeypatch.setattr(bench.run, "make_environment", lambda: install(bench.run.LOCK))
    monkeypatch.setattr(bench.run, "install", install)
    monkeypatch.setattr(bench, "run_bench", lambda python, progress: ("a machine", SECONDS))
    bench.main()
    bench.main()
    assert made == [bench.run.LOCK, ROOT / "tools" / "requirements-bench.lock"]
    assert capsys.readouterr().out.splitlines()[-1].endswith("0.40")
