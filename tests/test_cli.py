"""The verbs, their exit status, and errors told in one line."""

import subprocess
import sys

import pytest
from study import REPORT_ID

from hyreport import __version__, cli
from hyreport.errors import HyreportError, RenderError
from hyreport.paths import default_report


@pytest.fixture(autouse=True)
def reports(monkeypatch):
    monkeypatch.setattr(cli, "list_reports", lambda _: ["a-2018", "b-2020"])


def test_build_says_what_changed(monkeypatch, capsys):
    build = "hyreport.build.build.build_report"
    monkeypatch.setattr(build, lambda report_id: [f"{report_id}/figures.csv", "b/targets.csv"])
    assert cli.main(["build"]) == 0
    out = "data/processed: None/figures.csv, b/targets.csv\n"
    assert capsys.readouterr().out == out
    monkeypatch.setattr(build, lambda report_id: [])
    assert cli.main(["build"]) == 0
    assert capsys.readouterr().out == "data/processed: nothing changed\n"


def test_render_says_how_much_changed(monkeypatch, capsys):
    asked = []

    def pretend(*report_ids, force, allow_stale):
        asked.append((report_ids, force))
        return {report_id: ["index.html"] if force else [] for report_id in report_ids}

    monkeypatch.setattr("hyreport.publish.render.render", pretend)
    monkeypatch.setattr(cli, "has_panel", lambda: False)
    assert cli.main(["render", "--force"]) == 0
    first, second = capsys.readouterr().out.splitlines()
    assert (first, second) == tuple(
        f"artifacts/{report_id}/index.html: 1 files changed" for report_id in ("a-2018", "b-2020")
    )
    assert cli.main(["render", "--report", REPORT_ID]) == 0
    assert "up to date; `render --force`" in capsys.readouterr().out
    monkeypatch.setattr(cli, "has_panel", lambda: True)
    assert cli.main(["render"]) == 0
    assert cli.main(["render", "--report", "many_reports"]) == 0
    assert asked[:2] == [(("a-2018", "b-2020"), True), ((REPORT_ID,), False)]
    assert asked[2:] == [(("a-2018", "b-2020", "many_reports"), False), (("many_reports",), False)]


@pytest.mark.parametrize("verb, status", [("build", 1), ("render", 1), ("verify", 2)])
def test_an_unknown_report_is_told_in_one_line(verb, status, capsys):
    assert cli.main([verb, "--report", "nowhere-2018"]) == status
    (line,) = capsys.readouterr().err.splitlines()
    assert "report: found 'nowhere-2018', expected hengyang-2018" in line


def test_lab_takes_its_report_and_passes_on_the_rest(monkeypatch):
    asked = []
    monkeypatch.setattr(
        "hyreport.lab.launch.open_lab",
        lambda *words, **more: asked.append([*words, more["student"]]),
    )
    assert cli.main(["lab", "--no-browser", "--report", "b-2020", "--port=9"]) == 0
    # --st is none of ours: JupyterLab may know it.
    assert cli.main(["lab", "--student", "--st"]) == cli.main(["lab"]) == 0
    assert cli.main(["lab", "--student", "zh", "--port=9"]) == 0
    own = default_report()
    assert asked == [
        [["--no-browser", "--port=9"], "b-2020", None],
        [["--st"], own, "en"],
        [[], own, None],
        [["--port=9"], own, "zh"],
    ]


def test_an_error_is_one_line_and_status_one(monkeypatch, capsys):
    def fail(*_, **__):
        error = RenderError("02.ipynb, cell 3", "KeyError: 'x'", "the cell to run to its end")
        error.add_note("03.ipynb, cell 1: found another")
        raise error

    monkeypatch.setattr("hyreport.publish.render.render", fail)
    assert cli.main(["render"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.splitlines() == [
        "hyreport: error: 02.ipynb, cell 3: found KeyError: 'x', "
        "expected the cell to run to its end.",
        "hyreport: error: 03.ipynb, cell 1: found another",
    ]


def test_stopped_by_the_user(monkeypatch, capsys):
    def stop(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("hyreport.publish.render.render", stop)
    assert cli.main(["render"]) == 130
    assert "stopped" in capsys.readouterr().err


@pytest.mark.parametrize("verb, status", [("build", 1), ("render", 1), ("verify", 2)])
def test_a_folder_that_may_only_be_read_is_told_in_one_line(monkeypatch, capsys, verb, status):
    def refuse(*_, **__):
        raise PermissionError(13, "Permission denied", "data/processed/figures.csv")

    monkeypatch.setattr(cli, "need_clone", refuse)
    assert cli.main([verb]) == status
    (line,) = capsys.readouterr().err.splitlines()
    assert "data/processed/figures.csv: found" in line and "copy the project" in line


BOTH = ["verify", "--text", "a.txt", "--since", "v1"]


@pytest.mark.parametrize("arguments", [[], ["nonsense"], ["render", "--nonsense"], BOTH])
def test_wrong_arguments(arguments, capsys):
    with pytest.raises(SystemExit) as raised:
        cli.main(arguments)
    assert raised.value.code == 2
    assert "usage: hyreport" in capsys.readouterr().err


def test_version_and_the_options_of_jupyterlab_are_told(capsys):
    for arguments, words in ((["--version"], __version__), (["lab", "--help"], "--no-browser")):
        with pytest.raises(SystemExit) as raised:
            cli.main(arguments)
        assert raised.value.code == 0 and words in capsys.readouterr().out


def test_as_a_module():
    done = subprocess.run(
        [sys.executable, "-m", "hyreport", "--help"], capture_output=True, text=True
    )
    assert done.returncode == 0 and "render" in done.stdout


def test_errors_of_the_library_share_one_base():
    assert issubclass(RenderError, HyreportError)
