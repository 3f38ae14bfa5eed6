"""A render is repeatable, incremental and atomic, and says what went wrong in a line or two."""

import errno
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sample_project import (
    CHART_CELLS,
    GROWTH_CELLS,
    REPORT,
    copy_rendered,
    read_artifacts,
    run_render,
    write_notebook,
    write_project,
)
from test_imports import read_imports

from hyreport.errors import RenderError
from hyreport.publish import execute, job, manifest, swap

HEAVY = ("pandas", "numpy", "matplotlib", "nbclient", "nbformat", "jinja2", "bs4", "asyncio")
ABOVE = ("assets", "index.html", ".lock")
CALL = f"""from hyreport.publish.render import render
print(render({REPORT!r}, root=root, build=lambda _: [])[{REPORT!r}])"""
START = "import sys, time; from pathlib import Path; root = Path(sys.argv[1])\n"


@pytest.fixture
def project(tmp_path_factory, tmp_path) -> Path:
    return copy_rendered(tmp_path_factory, tmp_path)


def start_python(code: str, project: Path) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-c", START + code, str(project)],
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env=os.environ | {"PYTHONPATH": str(manifest.LIBRARY.parent), "PYTHONUTF8": "1"},
    )


@pytest.mark.full
def test_the_same_bytes_elsewhere_under_other_settings(project, tmp_path, monkeypatch):
    startup = tmp_path / "startup.py"
    startup.write_text("print('noise')\n", encoding="utf-8")
    (tmp_path / "matplotlibrc").write_text("figure.facecolor: red\n", encoding="utf-8")
    for name, value in {
        "TZ": "Asia/Shanghai",
        "LC_ALL": "C",
        "COLUMNS": "20",
        "PYTHONHASHSEED": "7",
        "PYTHONSTARTUP": str(startup),
        "PYTHONWARNINGS": "error",
        "MATPLOTLIBRC": str(tmp_path / "matplotlibrc"),
        "OMP_NUM_THREADS": "2",
        "PYTHONIOENCODING": "cp1252",
        "PYTHONOPTIMIZE": "2",
    }.items():
        monkeypatch.setenv(name, value)
    other = write_project(tmp_path / "other place 衡阳")
    changed, _ = run_render(other)
    assert read_artifacts(other) == read_artifacts(project)
    assert sorted([*changed, manifest.NAME]) == sorted(read_artifacts(project))


def test_a_notebook_without_a_number_is_a_readers_own(project):
    write_notebook(project / "notebooks" / "Untitled.ipynb", ["# Mine?", ("code", "1 / 0")])
    changed, _ = run_render(project)
    assert changed == [] and not any("Untitled" in name for name in read_artifacts(project))


def test_what_the_artifacts_are(project):
    artifacts = read_artifacts(project)
    told = json.loads(artifacts[manifest.NAME])
    assert {*told["outputs"], manifest.NAME} == {*artifacts}
    assert {"figures/growth_chart.svg", "tables/growth_table.csv", "index.html"} <= {*artifacts}
    assert json.loads(artifacts["results.json"])["target_slack"]["value"] == "0.5"
    assert b"growth_chart" in artifacts["notebooks/02_chart.ipynb"]
    assert f'"version": "{sys.version.split()[0]}"'.encode() not in b"".join(artifacts.values())
    for word in (str(project), str(Path.home()), os.uname().nodename if os.name == "posix" else ""):
        assert not word or len(word) < 6 or word.encode() not in b"".join(artifacts.values())


def test_with_nothing_changed_nothing_runs_and_nothing_heavy_is_imported(project):
    times = {path: path.stat().st_mtime_ns for path in project.rglob("*")}
    code = f"{CALL}\nprint([name for name in {HEAVY} if name in sys.modules])"
    process = start_python(code, project)
    assert process.communicate()[0].splitlines() == ["[]", "[]"]
    assert {path: path.stat().st_mtime_ns for path in project.rglob("*")} == times


def test_only_a_changed_notebook_runs_again(project):
    before = read_artifacts(project)
    cells = [*GROWTH_CELLS, "A new sentence."]
    write_notebook(project / "notebooks" / "01_growth.ipynb", cells)
    changed, lines = run_render(project)
    assert "  01_growth ..." in lines and "  02_chart ..." not in lines
    assert {*changed} - {"index.html"} == {"01_growth.html", "notebooks/01_growth.ipynb"}
    after = read_artifacts(project)
    assert {name for name in after if after[name] != before[name]} == {*changed, manifest.NAME}


@pytest.mark.full
def test_force_runs_all_and_changes_nothing(project):
    before = read_artifacts(project)
    changed, lines = run_render(project, force=True)
    assert {"  01_growth ...", "  02_chart ..."} <= set(lines)
    assert changed == []
    assert read_artifacts(project) == before


def test_changed_raw_data_is_built_again(project):
    facts = project / "data" / "raw" / REPORT / "report.toml"
    facts.write_text(facts.read_text(encoding="utf-8") + "# more\n", encoding="utf-8")
    built = []
    _, lines = run_render(project, build=lambda report_id: built.append(report_id) or [])
    assert built == [REPORT] and "  01_growth ..." not in lines


@pytest.mark.full
@pytest.mark.parametrize(
    "name, damage, runs",
    [
        ("index.html", Path.unlink, False),
        ("index.html", lambda path: path.write_bytes(b"else"), False),
        ("figures/growth_chart.svg", Path.unlink, True),
    ],
)
def test_a_damaged_artifact_is_made_again(project, name, damage, runs):
    before = read_artifacts(project)
    damage(project / "artifacts" / REPORT / name)
    changed, lines = run_render(project)
    assert changed == [name]
    assert ("  02_chart ..." in lines) is runs and "  01_growth ..." not in lines
    assert read_artifacts(project) == before


def test_failing_cells_are_told_in_a_line_and_artifacts_stay(project):
    before = read_artifacts(project)
    failing = [*GROWTH_CELLS, ("code", "numbers = [1]\nnumbers[2]")]
    write_notebook(project / "notebooks" / "01_growth.ipynb", failing)
    noisy = [*CHART_CELLS, ("code", "import warnings\nwarnings.warn('mind the gap')")]
    write_notebook(project / "notebooks" / "02_chart.ipynb", noisy)
    write_notebook(project / "notebooks" / "03_fine.ipynb", ["# Fine?", ("code", "2 + 2")])
    lines = []
    with pytest.raises(RenderError) as raised:
        run_render(project, progress=lines.append)
    assert str(raised.value).startswith(
        "01_growth.ipynb, cell 5, line 2 (numbers[2]): found IndexError: list index out of range"
    )
    other, told = raised.value.__notes__
    assert told == "sample-2018: not rendered, its artifacts are as they were"
    assert other.startswith("02_chart.ipynb, cell 4: found a message on stderr") and (
        "mind the gap" in other
    )
    assert any(line.startswith("  03_fine done") for line in lines)
    assert read_artifacts(project) == before
    assert [path.name for path in (project / "artifacts").glob(".s*")] == []


@pytest.mark.full
def test_a_fault_while_pages_are_made_ready_ends_the_render(project, monkeypatch):
    def fail(notebooks):
        raise RuntimeError("a template that is none")

    monkeypatch.setattr("hyreport.publish.pages.prepare_pages", fail)
    before = read_artifacts(project)
    write_notebook(project / "notebooks" / "03_fine.ipynb", ["# Fine?", ("code", "2 + 2")])
    with pytest.raises(RuntimeError, match="a template that is none"):
        run_render(project)
    assert read_artifacts(project) == before


@pytest.mark.full
@pytest.mark.parametrize(
    "source, words",
    [
        ("x = 1\ny = = 2", ", line 2 (y = = 2): found SyntaxError: invalid syntax, "),
        ("import os\nos._exit(3)", "found a kernel that died"),
    ],
)
def test_other_ends_of_a_cell(tmp_path, source, words):
    project = write_project(tmp_path)
    (project / "notebooks" / "02_chart.ipynb").unlink()
    write_notebook(project / "notebooks" / "01_growth.ipynb", ["# Title", ("code", source)])
    with pytest.raises(RenderError) as raised:
        run_render(project)
    assert str(raised.value).startswith("01_growth.ipynb, cell 2") and words in str(raised.value)


def test_what_is_no_notebook(tmp_path):
    project = write_project(tmp_path)
    (project / "notebooks" / "01_growth.ipynb").write_text("{", encoding="utf-8")
    (project / "notebooks" / "02_chart.ipynb").unlink()
    with pytest.raises(RenderError, match=r"01_growth\.ipynb: found a file that is no notebook"):
        run_render(project)
    (project / "notebooks" / "01_growth.ipynb").unlink()
    with pytest.raises(RenderError, match="no notebook"):
        run_render(project)


def test_one_name_in_two_notebooks():
    entry = {"kept": [{"kind": "table", "name": "rows"}]}
    with pytest.raises(RenderError, match=r"02_b\.ipynb: found the kept name 'rows'"):
        job._check_names({"01_a": entry, "02_b": entry})


@pytest.mark.full
def test_a_killed_render_leaves_the_artifacts_whole(project):
    (project / "artifacts" / REPORT / "index.html").unlink()
    before = read_artifacts(project)
    stop = "import hyreport.publish.job as r\n"
    stop += "r.swap_in = lambda *_: (print('made', flush=True), time.sleep(60))\n"
    process = start_python(stop + CALL, project)
    assert any(line == "made\n" for line in process.stdout)
    process.kill()
    process.wait()
    process.stdout.close()
    leftover = project / "artifacts" / f".{REPORT}.new"
    assert leftover.exists() and read_artifacts(project) == before
    assert run_render(project)[0] == ["index.html"]
    assert not leftover.exists()


WAITS = """
import os, pathlib, time
pathlib.Path("pid").write_text(str(os.getpid()), encoding="utf-8")
time.sleep(60)
"""
STOP = """
from hyreport.publish.console import Stopped, ended_by_signals
try:
    with ended_by_signals():
        render({!r}, root=root, build=lambda _: [])
except Stopped as stop:
    sys.exit(stop.status)
"""


@pytest.mark.full
@pytest.mark.skipif(os.name != "posix", reason="system: its signals only kill")
def test_a_render_told_to_end_takes_its_kernels_and_scratch_files_along(
    project, tmp_path, monkeypatch
):
    before = read_artifacts(project)
    write_notebook(project / "notebooks" / "01_growth.ipynb", ["# Long?", ("code", WAITS)])
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setenv("TMPDIR", str(scratch))
    code = f"from hyreport.publish.render import render\n{STOP.format(REPORT)}"
    process = start_python(code, project)
    note = project / "notebooks" / "pid"
    while not note.exists() or not note.read_text(encoding="utf-8"):
        assert process.poll() is None
        time.sleep(0.1)
    process.terminate()
    process.communicate(timeout=60)
    assert process.returncode == 128 + signal.SIGTERM
    with pytest.raises(ProcessLookupError):
        os.kill(int(note.read_text(encoding="utf-8")), 0)
    assert read_artifacts(project) == before and list(scratch.iterdir()) == []
    assert [path.name for path in (project / "artifacts").glob(f".{REPORT}*")] == []


@pytest.mark.full
@pytest.mark.parametrize(
    "module, name, force", [(execute, "_kernel_manager", True), (job, "write_json", False)]
)
def test_a_full_disk_leaves_the_artifacts_whole(project, monkeypatch, module, name, force):
    (project / "artifacts" / REPORT / "index.html").unlink()
    before, lines, calls = read_artifacts(project), [], []
    work = getattr(module, name)

    def refuse_once(*arguments):
        calls.append(arguments)
        if len(calls) == 1:
            raise OSError(errno.ENOSPC, "No space left on device")
        return work(*arguments)

    monkeypatch.setattr(module, name, refuse_once)
    with pytest.raises(OSError, match="No space left"):
        run_render(project, force=force, progress=lines.append)
    assert any(line.startswith("  02_chart done") for line in lines) is force
    assert read_artifacts(project) == before
    left = {path.name for path in (project / "artifacts").iterdir()}
    assert left == {REPORT, *ABOVE}


@pytest.mark.full
def test_a_render_killed_in_the_middle_of_the_swap_is_mended(project):
    before = read_artifacts(project)
    target = project / "artifacts" / REPORT
    target.rename(target.with_name(f".{REPORT}.old"))
    target.with_name(f".{REPORT}.new").mkdir()
    assert run_render(project) == ([], [])
    assert read_artifacts(project) == before
    assert {path.name for path in target.parent.iterdir()} == {REPORT, *ABOVE}


@pytest.mark.full
def test_two_renders_wait_for_each_other(project):
    (project / "artifacts" / REPORT / "index.html").unlink()
    with swap.one_at_a_time(project / "artifacts", print):
        process = start_python(CALL, project)
        assert process.stdout.readline() == "another render is running: waiting for it to end\n"
        time.sleep(0.5)
        assert process.poll() is None
    rest = process.communicate()[0]
    assert rest.splitlines()[-1] == "['index.html']"


def test_a_kernel_gets_no_setting_that_could_show(tmp_path, monkeypatch):
    ignored = execute.ENVIRONMENT["ignored"]
    for name in ignored:
        monkeypatch.setenv(name, "1")
    assert {"PYTHONOPTIMIZE", "PYTHONIOENCODING", "PYTHONWARNINGS"} <= {*ignored}
    variables = execute.kernel_environment(tmp_path, tmp_path, "01_a", root=tmp_path)
    assert variables.keys().isdisjoint(ignored)


READS = """
from pathlib import Path
import hyreport.text.decoding
Path("../data/processed/sample-2018/figures.csv").read_text(encoding="utf-8")
"""


@pytest.fixture(scope="module")
def reading(tmp_path_factory) -> Path:
    """Return a rendered project whose third notebook loads a module and reads a table."""
    project = copy_rendered(tmp_path_factory, tmp_path_factory.mktemp("reading"))
    write_notebook(project / "notebooks" / "03_reads.ipynb", ["# What?", ("code", READS)])
    (project / "data" / "processed" / REPORT / "goals.csv").write_text("goal\n", encoding="utf-8")
    run_render(project)
    return project


@pytest.mark.full
@pytest.mark.parametrize(
    "name, runs",
    [
        ("hyreport/text/decoding.py", ["03_reads"]),
        ("hyreport/lab/keep.py", ["01_growth", "02_chart"]),
        ("hyreport/assets/fonts/HyreportSansSC-Bold.ttf", ["02_chart"]),
        ("hyreport/assets/fonts/OFL.txt", []),
        ("hyreport/assets/pages/page.html.j2", []),
        ("hyreport/publish/pages.py", []),
        ("hyreport/text/copies.py", None),
        ("hyreport/verify/moved.py", None),
        ("hyreport/themes/growth/models.py", None),
        (f"data/processed/{REPORT}/figures.csv", ["03_reads"]),
        (f"data/processed/{REPORT}/goals.csv", []),
        ("data/processed/other-2020/figures.csv", None),
        ("notebooks/02_chart.ipynb", ["02_chart"]),
        ("notebooks/notes.csv", None),
    ],
)
def test_exactly_what_loaded_a_changed_file_is_made_again(
    name, runs, reading, tmp_path, monkeypatch
):
    """`runs` are the notebooks that must run; None where not even pages are made."""
    project = Path(shutil.copytree(reading, tmp_path / "project"))
    path = project / name
    if name.startswith("hyreport/"):  # the library lies elsewhere, and is not to be touched
        files = manifest.describe_files(project)
        assert name in files
        monkeypatch.setattr(manifest, "describe_files", lambda _: files | {name: "changed"})
    else:
        path.parent.mkdir(exist_ok=True)
        before = path.read_bytes() if path.exists() else b"\n"
        path.write_bytes(before.replace(b"\n", b"\r\n"))
    if name.endswith(".ipynb"):
        write_notebook(path, [*CHART_CELLS, "More."])
    changed, lines = run_render(project, allow_stale=True)
    assert [line.split()[0] for line in lines if line.endswith(" ...")] == (runs or [])
    assert ("pages" in lines) is (runs is not None)
    if runs is None:
        assert (changed, lines) == ([], [])


@pytest.mark.full
def test_what_a_page_is_made_with_lies_where_a_change_is_seen():
    floors = {name.split("/")[1] for name in manifest.MAKES_PAGES if name.startswith("hyreport/")}
    for own, other in read_imports():
        if own in ("build", "publish"):
            assert {other, f"{other}.py"} & floors or (own, other) in {
                ("publish", "console"),  # says what is done
                ("publish", "panel"),  # which `list_inputs` adds for the panel's own pages
                ("publish", "lab"),  # what `keep` writes, which every notebook loads that keeps
            }, (own, other)
