"""Environments that a test makes with pip, from the reader's own package index."""

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

import pytest

# What pip says where no index can be reached: nothing here could help against that.
NO_NETWORK = ("NewConnectionError", "ConnectTimeoutError", "NameResolutionError", "ProxyError")
# The one that Python brings may be years old, and takes twice the time.
PIP = "pip>=26,<28"


def clean() -> dict[str, str]:
    """Return the variables without those that lead Python to other packages, or slow it down."""
    named = {"PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "PYTHONDONTWRITEBYTECODE"}
    return {name: text for name, text in os.environ.items() if name not in named} | {
        "PYTHONUTF8": "1"
    }


def run_pip(*arguments: str, python: Path | None = None) -> str:
    """Run pip, for another environment where one is named; return what it prints."""
    named = ["--python", str(python)] if python else []
    done = _run(_make_pip(), *named, *arguments)
    assert done.returncode == 0, done.stderr[-1000:]
    return done.stdout


def make_venv(folder: Path, *wanted: str) -> Path:
    """Make an environment with some packages and what they ask for; return its Python."""
    python = _make_bare(folder, "--without-pip")
    # Most modules of most packages are never imported: those that are get compiled then.
    options = ["--quiet", "--no-compile", "--only-binary=:all:"]
    run_pip("install", *options, *wanted, python=python)
    return python


@cache
def _make_pip() -> Path:
    """Return the Python of an environment that holds a new pip and nothing else."""
    folder = Path(tempfile.mkdtemp(prefix="pip-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    python = _make_bare(folder)
    done = _run(python, "install", "--quiet", PIP)
    assert done.returncode == 0, done.stderr[-1000:]
    return python


def _make_bare(folder: Path, *options: str) -> Path:
    subprocess.run([sys.executable, "-m", "venv", *options, str(folder)], check=True, env=clean())
    return folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def _run(python: Path, *arguments: str) -> subprocess.CompletedProcess:
    """Run an environment's pip; skip the test where no index can be reached."""
    done = subprocess.run(
        [str(python), "-m", "pip", "--disable-pip-version-check", "--retries", "1", *arguments],
        env=clean(),
        capture_output=True,
        encoding="utf-8",
        timeout=900,
    )
    if any(words in done.stderr for words in NO_NETWORK):
        pytest.skip("network: no package index can be reached")
    return done
