"""run.py: from bare Python to the job, or one line that says what to install."""

import ast
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from fresh_clone import copy_clone

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Return run.py as a module that works in an empty folder and records what it would call."""
    spec = importlib.util.spec_from_file_location("run", ROOT / "run.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "VENV", tmp_path / ".venv")
    for name in ("LOCK", "LAB_LOCK", "BENCH_LOCK"):
        lock = tmp_path / getattr(module, name).name
        lock.write_text(f"{name}==1\n", encoding="utf-8")
        monkeypatch.setattr(module, name, lock)
    module.calls, module.status = [], 0

    def call(command, **options):
        module.calls.append((command, options))
        if "venv" in command:
            packages = Path(
                module.sysconfig.get_path("purelib", "venv", {"base": str(module.VENV)})
            )
            packages.mkdir(parents=True)
            module.venv_python().parent.mkdir(exist_ok=True)
            module.venv_python().touch()
        return module.status

    monkeypatch.setattr(module.subprocess, "call", call)
    monkeypatch.setattr(
        module, "shutil", SimpleNamespace(which=lambda _: None, rmtree=shutil.rmtree)
    )
    monkeypatch.setattr(module, "signal", SimpleNamespace(SIGINT=2, signal=lambda *_: None))
    return module


def commands(run):
    """Return the recorded commands without the program's own path."""
    return [command[1:] for command, _ in run.calls]


def stop_line(run, *arguments):
    """Run a verb that must stop, and return the one line it stops with."""
    with pytest.raises(SystemExit) as stop:
        run.main(list(arguments))
    assert "\n" not in stop.value.code
    return stop.value.code


def test_file_parses_on_an_old_python():
    ast.parse((ROOT / "run.py").read_text(encoding="utf-8"), feature_version=(3, 7))


def test_old_python_says_what_to_install(run, monkeypatch):
    monkeypatch.setattr(run, "sys", SimpleNamespace(version_info=(3, 8, 10), exit=sys.exit))
    line = stop_line(run, "render")
    assert "3.11 to 3.14" in line and "this is 3.8" in line and "install" in line
    assert run.calls == []


def test_python_newer_than_the_locked_wheels_says_so(run, monkeypatch):
    monkeypatch.setattr(run, "sys", SimpleNamespace(version_info=(3, 15, 0), exit=sys.exit))
    line = stop_line(run, "render")
    assert "3.11 to 3.14" in line and "this is 3.15" in line
    assert run.calls == []


@pytest.mark.parametrize("absent", ["venv", "ensurepip"])
def test_python_without_venv_says_what_to_install(run, monkeypatch, absent):
    util = SimpleNamespace(find_spec=lambda name: None if name == absent else name)
    monkeypatch.setattr(run, "importlib", SimpleNamespace(util=util))
    assert "install python3-venv" in stop_line(run, "render")
    assert run.calls == []


def test_help_makes_no_environment(run, capsys):
    assert run.main([]) == run.main(["--help"]) == 0
    assert "usage: python run.py VERB" in capsys.readouterr().out
    assert run.calls == []


def test_first_verb_makes_the_environment_and_the_second_finds_it(run, capsys):
    run.main(["build"])
    assert [command[:2] for command in commands(run)] == [
        ["-m", "venv"],
        ["-m", "pip"],
        ["-m", "hyreport"],
    ]
    assert "--require-hashes" in commands(run)[1]
    assert "minutes" in capsys.readouterr().err
    run.calls.clear()
    run.main(["build"])
    assert commands(run) == [["-m", "hyreport", "build"]]


def test_changed_lock_rebuilds_from_nothing(run):
    run.main(["lab"])
    left = run.VENV / "left over"
    left.touch()
    run.LOCK.write_text("other==2\n", encoding="utf-8")
    assert not run.installed(run.LOCK)
    run.make_environment()
    assert run.installed(run.LOCK) and not run.installed(run.LAB_LOCK)
    assert not left.exists()


def test_environment_without_its_python_is_not_taken_as_good(run):
    run.make_environment()
    run.venv_python().unlink()
    assert not run.installed(run.LOCK)


def test_failed_install_is_not_taken_as_good(run):
    run.status = 3
    assert "set-up stopped" in stop_line(run, "build")
    assert not run.installed(run.LOCK)


def test_interrupted_removal_is_not_taken_as_good(run, monkeypatch):
    run.make_environment()

    def interrupted(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(run.shutil, "rmtree", interrupted)
    with pytest.raises(KeyboardInterrupt):
        run.make_environment()
    assert not run.installed(run.LOCK)


def test_uv_is_used_when_found(run, monkeypatch):
    monkeypatch.setattr(run.shutil, "which", lambda _: "uv")
    run.make_environment()
    assert [command[0] for command, _ in run.calls] == ["uv", "uv"]
    assert {"--compile-bytecode", "--require-hashes"} <= set(run.calls[1][0])


def test_project_is_linked_without_a_fixed_path(run):
    run.make_environment()
    (link,) = run.VENV.rglob("hyreport.pth")
    path = link.read_text(encoding="utf-8").strip()
    assert not Path(path).is_absolute() and (link.parent / path).resolve() == ROOT


def test_bench_adds_what_it_compares_with_once(run):
    run.main(["bench"])
    assert str(run.BENCH_LOCK) in commands(run)[2] and len(run.calls) == 4
    run.calls.clear()
    run.main(["bench"])
    assert commands(run) == [["-m", "hyreport", "bench"]]


def test_lab_adds_its_lock_once(run):
    run.main(["lab", "--port", "9"])
    assert str(run.LAB_LOCK) in commands(run)[2]
    assert commands(run)[3] == ["-m", "hyreport", "lab", "--port", "9"]
    run.calls.clear()
    run.main(["lab"])
    assert commands(run) == [["-m", "hyreport", "lab"]]


def test_verbs_and_exit_status_pass_through(run):
    run.make_environment()
    run.calls.clear()
    run.status = 7
    assert run.main(["verify", "--text", "a b.txt"]) == 7
    assert run.main(["test", "--full", "-k", "x"]) == 7
    assert commands(run) == [
        ["-m", "hyreport", "verify", "--text", "a b.txt"],
        ["-m", "pytest", "--full", "-k", "x"],
    ]
    (_, verb), (_, test) = run.calls
    assert "cwd" not in verb and test["cwd"] == str(ROOT)
    assert verb["env"]["PYTHONUTF8"] == test["env"]["PYTHONUTF8"] == "1"


@pytest.mark.full
def test_fresh_clone_in_an_awkward_folder(tmp_path):
    clone = copy_clone(tmp_path / "城市 工作 报告")

    def start(*arguments):
        return subprocess.run(
            [sys.executable, str(clone / "run.py"), *arguments],
            cwd=tmp_path,
            env=os.environ | {"LC_ALL": "C"},
            capture_output=True,
            encoding="utf-8",
        )

    shown = start("--help")
    assert shown.returncode == 0 and "usage" in shown.stdout
    assert not (clone / ".venv").exists()
    first = start("test", "tests/test_run.py", "tests/test_environment.py", "-q")
    assert first.returncode == 0, first.stdout + first.stderr
    assert "setting up" in first.stderr
    again = start("test", "--version")
    assert again.returncode == 0 and "setting up" not in again.stderr
    python = clone / ".venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    where = subprocess.run(
        [str(python), "-X", "utf8", "-c", "import hyreport; print(hyreport.__file__)"],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
    )
    assert Path(where.stdout.strip()) == clone / "hyreport" / "__init__.py", where.stderr
