"""Verify says what is wrong with the installation, and compares with any earlier version."""

import json
import shutil
import subprocess

import pytest

from hyreport import cli
from hyreport.errors import HyreportError
from hyreport.publish import manifest
from hyreport.verify import reproduce
from hyreport.verify.moved import Moved

REPORT = "sample-2018"


def test_this_installation_is_that_of_the_lock():
    locked = reproduce.read_lock(reproduce.ROOT / "requirements.lock")
    assert {"pandas", "numpy", "jupyter-client"} <= locked.keys()


def test_a_fault_of_the_installation_comes_with_the_command_that_mends_it(tmp_path):
    needs = '[project]\ndependencies = ["numpy>=2", "no-such-package"]\n'
    (tmp_path / "pyproject.toml").write_text(needs, encoding="utf-8")
    lock = "numpy==0.0.1 \\\n    --hash=sha256:0\nno-such-package==1.0 ; os_name == 'nt'\n"
    (tmp_path / "requirements.lock").write_text(lock, encoding="utf-8")
    first, second = reproduce.check_installation(tmp_path)
    assert first.startswith("no-such-package missing, the lock has 1.0: delete .venv, then type ")
    assert second.startswith("numpy ") and "the lock has 0.0.1: delete .venv" in second


def test_without_artifacts_nothing_can_be_told(tmp_path):
    with pytest.raises(HyreportError, match=r"no artifacts.*run: python run.py render"):
        reproduce.verify_artifacts(REPORT, root=tmp_path, progress=print)


def git(folder, *arguments):
    who = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.mark.skipif(not shutil.which("git"), reason="no git on the path")
def test_since_lists_what_moved_between_two_versions(tmp_path):
    folder = tmp_path / "artifacts" / REPORT
    folder.mkdir(parents=True)
    result = {"value": "1", "low": "1", "high": "1", "unit": "percent"}
    (folder / "results.json").write_text(json.dumps({"slack": result}), encoding="utf-8")
    (folder / "manifest.json").write_text('{"outputs": {}}', encoding="utf-8")
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-q", "-m", "One")
    assert reproduce.verify_since("HEAD", REPORT, root=tmp_path) == []
    changed = json.dumps({"slack": result | {"value": "2"}})
    (folder / "results.json").write_text(changed, encoding="utf-8")
    (moved,) = reproduce.verify_since("HEAD", REPORT, root=tmp_path)
    assert str(moved) == "result slack: moved from 1 percent to 2 percent"
    for revision in ("no-such-tag", "--output=else"):
        with pytest.raises(HyreportError, match="git log --oneline"):
            reproduce.verify_since(revision, REPORT, root=tmp_path)
    shutil.copytree(folder, folder.with_name("other-2020"))
    moved = reproduce.verify_since("HEAD", REPORT, "other-2020", root=tmp_path)
    assert [str(entry) for entry in moved] == [
        "sample-2018: result slack: moved from 1 percent to 2 percent",
        "other-2020: report other-2020: is new",
    ]
    shutil.rmtree(folder)
    with pytest.raises(HyreportError, match="no artifacts"):
        reproduce.verify_since("HEAD", REPORT, root=tmp_path)


@pytest.mark.parametrize(
    "moved, status, last",
    [([], 0, "nothing moved"), ([Moved("table", "a", "is new")], 1, "moved: 1 table")],
)
def test_exit_status_of_verify(moved, status, last, monkeypatch, capsys):
    monkeypatch.setattr(reproduce, "check_installation", lambda: ["numpy is old: mend it"])
    monkeypatch.setattr(reproduce, "verify_artifacts", lambda *_, **__: moved)
    monkeypatch.setattr(reproduce, "verify_since", lambda *_, **__: moved)
    assert cli.main(["verify"]) == status
    lines = capsys.readouterr().out.splitlines()
    assert (lines[0], lines[-1]) == ("installation: numpy is old: mend it", last)
    assert cli.main(["verify", "--since", "v1"]) == status
    assert capsys.readouterr().out.splitlines()[-1] == last


def test_verify_that_cannot_tell_has_status_two(monkeypatch, capsys):
    def fail(*_, **__):
        raise HyreportError("verify", "a render that failed", "one that ends")

    monkeypatch.setattr(reproduce, "check_installation", list)
    monkeypatch.setattr(reproduce, "verify_artifacts", fail)
    assert cli.main(["verify"]) == 2
    assert capsys.readouterr().err.startswith("hyreport: error: verify: found a render")


def test_the_platform_names_no_machine(monkeypatch):
    names = {"AMD64": "x86_64", "x86_64": "x86_64", "aarch64": "arm64", "riscv64": "riscv64"}
    monkeypatch.setattr(manifest.platform, "system", lambda: "Linux")
    for machine, told in names.items():
        monkeypatch.setattr(manifest.platform, "machine", lambda machine=machine: machine)
        assert manifest.describe_platform() == f"Linux {told}"
