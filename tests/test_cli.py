"""The verbs, their exit status, and errors told in one line."""

import subprocess
import sys

import pytest

from hyreport import cli
from hyreport.errors import HyreportError, RenderError


def test_build_says_what_changed(monkeypatch, capsys):
    monkeypatch.setattr("hyreport.build.build_report", lambda: ["figures.csv", "targets.csv"])
    assert cli.main(["build"]) == 0
    assert capsys.readouterr().out == "data/processed: figures.csv, targets.csv\n"
    monkeypatch.setattr("hyreport.build.build_report", list)
    assert cli.main(["build"]) == 0
    assert capsys.readouterr().out == "data/processed: nothing changed\n"


def test_render_says_how_much_changed(monkeypatch, capsys):
    forced = []

    def pretend(force):
        forced.append(force)
        return ["index.html"] if force else []

    monkeypatch.setattr("hyreport.render.render", pretend)
    assert cli.main(["render", "--force"]) == 0
    assert capsys.readouterr().out.endswith(": 1 files changed\n")
    assert cli.main(["render"]) == 0
    assert "up to date; `render --force`" in capsys.readouterr().out
    assert forced == [True, False]


def test_an_error_is_one_line_and_status_one(monkeypatch, capsys):
    def fail(force):
        error = RenderError("02.ipynb, cell 3", "KeyError: 'x'", "the cell to run to its end")
        error.add_note("03.ipynb, cell 1: found another")
        raise error

    monkeypatch.setattr("hyreport.render.render", fail)
    assert cli.main(["render"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.splitlines() == [
        "hyreport: error: 02.ipynb, cell 3: found KeyError: 'x', "
        "expected the cell to run to its end.",
        "hyreport: error: 03.ipynb, cell 1: found another",
    ]


def test_stopped_by_the_user(monkeypatch, capsys):
    def stop(force):
        raise KeyboardInterrupt

    monkeypatch.setattr("hyreport.render.render", stop)
    assert cli.main(["render"]) == 130
    assert "stopped" in capsys.readouterr().err


def test_lab_without_jupyterlab_names_the_command(monkeypatch, capsys):
    monkeypatch.setattr(cli.importlib.util, "find_spec", lambda name: None)
    assert cli.main(["lab"]) == 1
    assert "python run.py lab" in capsys.readouterr().err


def test_lab_listens_on_this_machine_only(monkeypatch):
    calls = []
    monkeypatch.setattr(cli.importlib.util, "find_spec", lambda name: name)
    monkeypatch.setattr(cli.subprocess, "call", lambda command: calls.append(command) or 0)
    assert cli.main(["lab", "--no-browser"]) == 0
    (command,) = calls
    assert "--ServerApp.ip=127.0.0.1" in command and "--no-browser" in command
    assert not any("token" in part for part in command)


BOTH = ["verify", "--text", "a.txt", "--since", "v1"]


@pytest.mark.parametrize("arguments", [[], ["nonsense"], ["render", "--nonsense"], BOTH])
def test_wrong_arguments(arguments, capsys):
    with pytest.raises(SystemExit) as raised:
        cli.main(arguments)
    assert raised.value.code == 2
    assert "usage: hyreport" in capsys.readouterr().err


def test_as_a_module():
    done = subprocess.run(
        [sys.executable, "-m", "hyreport", "--help"], capture_output=True, text=True
    )
    assert done.returncode == 0 and "render" in done.stdout


def test_errors_of_the_library_share_one_base():
    assert issubclass(RenderError, HyreportError)
