"""Any console, full and read-only disks, signals, optimised Python: the promised exit status."""

import errno
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from study import REPORT_ID

from hyreport import cli
from hyreport.paths import ROOT
from hyreport.publish import console

# In escapes, since under some of these settings the command line itself is not UTF-8.
CHINESE = r"""
import sys
import hyreport.build.build, hyreport.cli
hyreport.build.build.build_report = lambda report_id: ["\u8861\u9633.csv"]
sys.exit(hyreport.cli.main(["build"]))
"""
CONSOLES = {
    "cp1252": {"PYTHONIOENCODING": "cp1252"},
    "latin-1": {"PYTHONIOENCODING": "latin-1"},
    "cp437, user's own way": {"PYTHONIOENCODING": "cp437:replace"},
    "C": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
}
FULL = Path("/dev/full")
LEFT_OUT = ("PYTHONUTF8", "PYTHONIOENCODING", "PYTHONUNBUFFERED")


def run_python(*arguments, variables=None, **options) -> subprocess.CompletedProcess:
    rest = {name: value for name, value in os.environ.items() if name not in LEFT_OUT}
    options = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | options
    environment = rest | {"PYTHONPATH": str(ROOT)} | (variables or {})
    return subprocess.run([sys.executable, *arguments], env=environment, **options)


@pytest.mark.full
@pytest.mark.parametrize("name", CONSOLES)
def test_a_console_without_chinese_shows_escapes(name):
    done = run_python("-c", CHINESE, variables=CONSOLES[name])
    shown = b"??.csv" if "replace" in str(CONSOLES[name]) else rb"\u8861\u9633.csv"
    assert (done.returncode, done.stdout.split()[-1], done.stderr) == (0, shown, b"")


@pytest.mark.full
@pytest.mark.parametrize("name", CONSOLES)
@pytest.mark.parametrize("change, status", [((), 0), (("8.5%", "8.6%"), 1)])
def test_a_console_without_chinese_changes_no_exit_status(
    tmp_path, source_text, name, change, status
):
    text = source_text.replace(*change) if change else source_text
    (tmp_path / "衡阳.txt").write_text(text, encoding="utf-8", newline="")
    verify = ("-m", "hyreport", "verify", "--text")
    done = run_python(*verify, "衡阳.txt", variables=CONSOLES[name], cwd=tmp_path)
    assert (done.returncode, done.stderr) == (status, b"")


@pytest.mark.full
@pytest.mark.skipif(not FULL.exists(), reason="system: no /dev/full")
@pytest.mark.parametrize("buffered", ["", "1"])
@pytest.mark.parametrize("verb, status", [("build", 1), ("verify", 2)])
def test_output_to_a_full_disk_is_one_line(tmp_path, verb, status, buffered):
    code = f"import sys, hyreport.cli as c; c.{verb} = lambda _: c.say('x'); sys.exit(c.main())"
    variables = {"PYTHONUNBUFFERED": buffered}
    with FULL.open("wb") as full:
        done = run_python("-c", code, verb, stdout=full, variables=variables)
        lost = run_python("-c", code, verb, stderr=full, variables=variables)
        nowhere = run_python(
            "-m", "hyreport", "verify", "--text", "no", stderr=full, variables=variables
        )
    (line,) = done.stderr.decode().splitlines()
    assert done.returncode == status and "standard output: found no room left" in line
    assert (lost.returncode, nowhere.returncode) == (0, 2)


def test_nobody_reads_or_no_stream_at_all():
    code = "import os, sys, hyreport.cli as c; c.build = lambda _: c.say('x' * 99)\n{}\n"
    code += "sys.exit(c.main(['build']))"
    read, write = os.pipe()
    os.close(read)
    done = run_python("-c", code.format(""), stdout=write)
    os.close(write)
    assert (done.returncode, done.stderr) == (cli.NOBODY_READS, b"")
    done = run_python("-c", code.format("sys.stdout = sys.stderr = None"))
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


REFUSED = "may not read or write"
NO_ROOM = "no room left on the disk"


@pytest.mark.parametrize(
    "error, place, found",
    [
        (OSError(errno.EROFS, "Read-only file system", "a.csv"), "a.csv", REFUSED),
        (OSError(errno.EPERM, "Operation not permitted", "a.csv"), "a.csv", REFUSED),
        (OSError(errno.ENOSPC, "No space left"), str(ROOT), NO_ROOM),
        (OSError(errno.ENOSPC, "No space left", "from", None, "to"), "to", NO_ROOM),
        (OSError(errno.EFBIG, "File too large", "a.csv"), "a.csv", NO_ROOM),
        (OSError(errno.EIO, "Input/output error", "a.csv"), "a.csv", "Input/output error"),
        (OSError(errno.EMFILE, "Too many open files"), str(ROOT), "Too many open files"),
        (OSError("no number at all"), str(ROOT), "no number at all"),
        (FileNotFoundError(errno.ENOENT, "No usable folder"), "temporary files", "No usable"),
        (FileNotFoundError(errno.ENOENT, "No such file", "a.csv"), "a.csv", "no such file"),
        (shutil.Error([("a", "b.csv", "[Errno 28] No space left")]), "b.csv", NO_ROOM),
        (shutil.Error([("a", "b.csv", "[Errno 30] Read-only")]), "b.csv", REFUSED),
        (shutil.Error([("a", "b.csv", "odd")]), str(ROOT), "odd"),
    ],
)
@pytest.mark.parametrize("verb, status", [("build", 1), ("render", 1), ("verify", 2)])
def test_what_the_system_refuses_is_one_line(
    monkeypatch, capsys, error, place, found, verb, status
):
    def refuse(*_):
        raise error

    monkeypatch.setattr(cli, "need_clone", refuse)
    assert cli.main([verb]) == status
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(f"hyreport: error: {place}") and found in line and "To fix: " in line


@pytest.mark.parametrize("name, status", [("SIGTERM", 143), ("SIGHUP", 129)])
def test_a_signal_ends_a_verb_in_order(monkeypatch, capsys, name, status):
    number = getattr(console.signal, name, None)
    if number is None:
        pytest.skip("system: no such signal")
    monkeypatch.setattr(cli, "need_clone", lambda _: console.signal.raise_signal(number))
    before = console.signal.getsignal(number)
    console.signal.signal(number, console.signal.SIG_DFL)
    assert cli.main(["build"]) == status
    assert capsys.readouterr().err == "hyreport: stopped\n"
    assert console.signal.getsignal(number) == console.signal.SIG_DFL
    console.signal.signal(number, before)


def test_nohup_is_heeded():
    hup = getattr(console.signal, "SIGHUP", None)
    if hup is None:
        pytest.skip("system: no such signal")
    before = console.signal.signal(hup, console.signal.SIG_IGN)
    with console.ended_by_signals():
        console.signal.raise_signal(hup)
    assert console.signal.signal(hup, before) == console.signal.SIG_IGN


@pytest.mark.full
@pytest.mark.parametrize("level", ["-O", "-OO"])
@pytest.mark.parametrize(
    "arguments, status",
    [
        (["--help"], 0),
        (["render", "--help"], 0),
        (["verify", "--text", "no.txt"], 2),
    ],
)
def test_optimised_python_runs_the_verbs(level, arguments, status, tmp_path):
    done = run_python(level, "-m", "hyreport", *arguments, cwd=tmp_path)
    assert done.returncode == status and b"Traceback" not in done.stderr


@pytest.mark.full
def test_optimised_python_builds_the_same(tmp_path):
    code = "import pathlib, sys, hyreport.build.build as b; "
    code += f"b.build_report(b.RAW, pathlib.Path('new'), {REPORT_ID!r})"
    for folder, level in (("plain", ()), ("optimised", ("-OO",))):
        (tmp_path / folder).mkdir()
        done = run_python(*level, "-c", code, cwd=tmp_path / folder)
        assert done.returncode == 0, done.stderr
    plain, optimised = (
        {path.name: path.read_bytes() for path in (tmp_path / folder).rglob("*.*")}
        for folder in ("plain", "optimised")
    )
    assert plain == optimised and f"{REPORT_ID}.xlsx" in plain
