"""run.py: from bare Python to the job, or one line that says what to install."""

import ast
import errno
import hashlib
import importlib.util
import json
import os
import shutil
import signal
import subprocess
import sys
import venv
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
    for name in ("LOCK", "LAB_LOCK"):
        lock = tmp_path / getattr(module, name).name
        lock.write_text(f"{name}==1\n", encoding="utf-8")
        monkeypatch.setattr(module, name, lock)
    module.calls, module.status = [], 0
    monkeypatch.chdir(tmp_path)

    def become(command, variables):
        module.calls.append((command, {"env": variables, "cwd": str(Path.cwd())}))
        return module.status

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

    monkeypatch.setattr(module, "become", become)
    monkeypatch.setattr(module.subprocess, "call", call)
    monkeypatch.setattr(
        module, "shutil", SimpleNamespace(which=lambda _: None, rmtree=shutil.rmtree)
    )
    return module


def commands(run):
    """Return the recorded commands without the program's own path and -P, which all have."""
    assert all(command[1] == "-P" for command, _ in run.calls)
    return [command[2:] for command, _ in run.calls]


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


def test_help_of_a_verb_installs_nothing(run):
    run.main(["lab", "--help"])
    assert commands(run) == [["-m", "hyreport", "lab", "--help"]]
    assert run.calls[0][0][0] == sys.executable
    run.main(["build"])
    run.calls.clear()
    run.main(["lab", "-h"])
    assert commands(run) == [["-m", "hyreport", "lab", "-h"]]
    assert run.calls[0][0][0] == str(run.venv_python())


def test_the_command_line_tells_of_itself_without_a_package():
    command = [sys.executable, "-S", "-m", "hyreport", "lab", "--help"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    for option in ("--student", "--report", "--no-browser", "--port", "--browser", "--help-all"):
        assert option in done.stdout


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


def test_full_tests_add_the_lock_of_the_lab(run):
    run.main(["test", "tests/test_run.py", "--full"])
    assert len(commands(run)) == 4
    assert commands(run)[2][-1].endswith("requirements-lab.lock")


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
    assert run.main(["test", "-k", "x"]) == 7
    assert commands(run) == [
        ["-m", "hyreport", "verify", "--text", "a b.txt"],
        ["-m", "pytest", *run.ON_ALL_CORES, "-k", "x"],
    ]
    (_, verb), (_, test) = run.calls
    assert verb["cwd"] == str(run.VENV.parent) and test["cwd"] == str(ROOT)
    assert verb["env"]["PYTHONUTF8"] == test["env"]["PYTHONUTF8"] == "1"


def test_tests_keep_their_assertions(run, monkeypatch):
    run.make_environment()
    run.calls.clear()
    monkeypatch.setenv("PYTHONOPTIMIZE", "2")
    run.main(["build"])
    run.main(["test"])
    (_, verb), (_, test) = run.calls
    assert verb["env"]["PYTHONOPTIMIZE"] == "2" and "PYTHONOPTIMIZE" not in test["env"]


@pytest.mark.parametrize("verb, status", [("render", 1), ("verify", 2), ("lab", 1)])
def test_a_folder_that_cannot_be_written_is_told_in_one_line(
    run, monkeypatch, capsys, verb, status
):
    def refuse(path, *_, **__):
        raise OSError(errno.EROFS, "Read-only file system", str(path))

    monkeypatch.setattr(run.Path, "mkdir", refuse)
    monkeypatch.setattr(run.signal, "signal", lambda *_: None)
    assert run.start([verb]) == status
    *_, line = capsys.readouterr().err.splitlines()
    assert ".venv: found Read-only file system, expected a folder" in line and "To fix: " in line
    assert run.calls == []


@pytest.mark.parametrize("lock", ["LOCK", "LAB_LOCK"])
def test_a_stamp_that_cannot_be_written_stops_before_anything_is_installed(
    run, monkeypatch, capsys, lock
):
    run.make_environment()
    if lock == "LOCK":
        run.stamp(run.LOCK).unlink()
    run.calls.clear()

    def refuse(path, *_, **__):
        raise OSError(errno.ENOSPC, "No space left on device", str(path))

    monkeypatch.setattr(run.Path, "write_text", refuse)
    with pytest.raises(OSError, match="No space left"):
        run.install(getattr(run, lock))
    assert run.calls == [] and not run.installed(getattr(run, lock))


@pytest.mark.parametrize("verb, status", [("render", 1), ("verify", 2)])
def test_a_failed_set_up_has_the_status_of_the_verb(run, monkeypatch, capsys, verb, status):
    monkeypatch.setattr(run.signal, "signal", lambda *_: None)
    run.status = 3
    assert run.start([verb]) == status
    assert "set-up stopped" in capsys.readouterr().err


STUB = """
import json, os, sys, time
print(json.dumps([__file__, os.getcwd(), sys.argv[1:], os.getpid()]), flush=True)
if "wait" in sys.argv:
    time.sleep(60)
sys.exit(5)
"""


@pytest.fixture(scope="module")
def clone(tmp_path_factory):
    """Return a folder with run.py, a finished .venv, and a library that says where it is."""
    folder = tmp_path_factory.mktemp("clone") / "城市 a"
    (folder / "hyreport").mkdir(parents=True)
    (folder / "hyreport" / "__main__.py").write_text(STUB, encoding="utf-8")
    for name in ("run.py", "requirements.lock"):
        shutil.copyfile(ROOT / name, folder / name)
    venv.create(folder / ".venv")
    lock = (folder / "requirements.lock").read_bytes()
    stamp = folder / ".venv" / "requirements.lock.sha256"
    stamp.write_text(hashlib.sha256(lock).hexdigest(), encoding="utf-8")
    return folder


@pytest.fixture
def elsewhere(tmp_path):
    """Return the root of another clone, with modules that take the names of others."""
    (tmp_path / "hyreport").mkdir()
    for name in ("hyreport/__init__", "hyreport/__main__", "json", "pandas", "runpy"):
        taken = "raise SystemExit(f'taken: {__file__}')\n"
        (tmp_path / f"{name}.py").write_text(taken, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("how", ["plain", "PYTHONPATH", "empty PYTHONPATH", "symbolic link"])
def test_from_any_folder_it_runs_its_own_clone(clone, elsewhere, how):
    variables = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    if "PYTHONPATH" in how:
        variables["PYTHONPATH"] = os.pathsep.join(["" if "empty" in how else str(elsewhere), ""])
    script = clone / "run.py"
    if how == "symbolic link":
        script = elsewhere / "link.py"
        try:
            script.symlink_to(clone / "run.py")
        except OSError:
            pytest.skip("system: no symbolic links")
    done = subprocess.run(
        [sys.executable, "-X", "utf8", str(script), "verify", "--text", "a.txt"],
        cwd=elsewhere,
        env=variables,
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 5, done.stdout + done.stderr
    code, folder, arguments, _ = json.loads(done.stdout)
    # The locale of the tests may write the clone's name in other bytes than UTF-8.
    own = os.fsencode(clone / "hyreport" / "__main__.py")
    assert code.encode("utf-8", "surrogateescape") == own
    assert Path(folder).samefile(elsewhere) and arguments == ["verify", "--text", "a.txt"]


@pytest.mark.skipif(os.name != "posix", reason="system: its signals only kill")
def test_sigterm_reaches_the_verb(clone):
    command = [sys.executable, str(clone / "run.py"), "lab", "wait"]
    shutil.copyfile(ROOT / "requirements-lab.lock", clone / "requirements-lab.lock")
    stamp = clone / ".venv" / "requirements-lab.lock.sha256"
    lock = (clone / "requirements-lab.lock").read_bytes()
    stamp.write_text(hashlib.sha256(lock).hexdigest(), encoding="utf-8")
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert json.loads(process.stdout.readline())[-1] == process.pid
        process.terminate()
        assert process.wait(timeout=20) == -signal.SIGTERM


@pytest.mark.full
def test_fresh_clone_in_an_awkward_folder(tmp_path):
    clone = copy_clone(tmp_path / "城市 工作 报告")
    for name in ("venv", "ensurepip", "pip", "pytest", "hyreport", "json"):
        decoy = f"raise SystemExit('taken: {name}')\n"
        (tmp_path / f"{name}.py").write_text(decoy, encoding="utf-8")

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
        [str(python), "-P", "-X", "utf8", "-c", "import hyreport; print(hyreport.__file__)"],
        cwd=tmp_path,
        env={name: value for name, value in os.environ.items() if name != "PYTHONPATH"},
        capture_output=True,
        encoding="utf-8",
    )
    assert Path(where.stdout.strip()) == clone / "hyreport" / "__init__.py", where.stderr
