"""The benchmark measures what is there, on a copy, and says what the numbers refer to."""

import sys
from pathlib import Path

import pytest
from sample_project import write_project

from hyreport import bench, cli
from hyreport.errors import HyreportError

SECONDS = [("papermill, one after the other", 20.0), ("full render", 8.0)]


def test_report_names_machine_versions_and_ratios():
    lines = bench.report_bench(SECONDS).splitlines()
    assert " cores, Python " in lines[0] and "pandas 3" in lines[1]
    assert any(line.split() == ["8.00", "0.40", "1.00", "full", "render"] for line in lines)
    assert lines[-1].endswith("of papermill's bare execution: 0.40")


def test_without_papermill_it_says_how_to_get_it():
    report = bench.report_bench(SECONDS[1:])
    assert "`python run.py bench` adds it" in report and "bare execution" not in report


def test_each_way_runs_every_notebook(tmp_path, monkeypatch):
    project = write_project(tmp_path)
    notebooks = sorted(project.glob("notebooks/*.ipynb"))
    monkeypatch.setattr(bench.importlib.util, "find_spec", lambda name: None)
    ways = bench._ways(project, notebooks)
    assert not any("papermill" in name for name in ways)
    scripts = ways["plain scripts, one after the other"]
    assert len(scripts) == len(ways["jupyter nbconvert --execute, one after the other"]) == 2
    assert "keep(rows" in Path(scripts[1][1]).read_text(encoding="utf-8")


def test_imports_and_loading_are_told_apart():
    seconds = [(bench.PANDAS, 0.5), (bench.LIBRARY, 0.52), (bench.TABLES, 0.0061)]
    lines = bench.report_bench(seconds).splitlines()
    assert "importing hyreport with all its names, of importing pandas: 1.04" in lines
    assert "loading all tables: 6.1 milliseconds" in lines


def test_what_is_timed_inside_a_process_runs_and_says_a_time(tmp_path):
    (tmp_path / "notebooks").mkdir()
    assert float(bench._run("loading", [sys.executable, "-c", bench.LOADING], tmp_path)) > 0
    assert bench._run("names", [sys.executable, "-c", bench.NAMES], tmp_path) == ""


def test_it_runs_on_a_copy_and_says_what_failed(tmp_path, monkeypatch):
    project = write_project(tmp_path)
    before = sorted(project.rglob("*"))
    ways = {"one": [[sys.executable, "-c", "open('made', 'w').close()"]]}
    monkeypatch.setattr(bench, "_ways", lambda *_: ways)
    lines = []
    monkeypatch.setattr(bench, "LOADING", "print(0.25)")
    entry, loading = bench.run_bench(root=project, progress=lines.append)
    assert loading == (bench.TABLES, 0.25)
    assert (
        entry[0] == "one"
        and lines == ["one ...", "load all tables ..."]
        and sorted(project.rglob("*")) == before
    )
    ways["one"] = [[sys.executable, "-c", "raise SystemExit('no kernel')"]]
    with pytest.raises(HyreportError, match=r"one: found no kernel"):
        bench.run_bench(root=project, progress=lines.append)


def test_the_verb(monkeypatch, capsys):
    monkeypatch.setattr(bench, "run_bench", lambda progress: SECONDS)
    assert cli.main(["bench"]) == 0
    assert "0.40" in capsys.readouterr().out
