"""Environments that a test makes with pip, from the reader's own package index."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

# What pip says where no index can be reached: nothing here could help against that.
NO_NETWORK = ("NewConnectionError", "ConnectTimeoutError", "NameResolutionError", "ProxyError")


def clean() -> dict[str, str]:
    """Return the variables without those that lead Python to other packages, or slow it down."""
    named = {"PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "PYTHONDONTWRITEBYTECODE"}
    return {name: text for name, text in os.environ.items() if name not in named} | {
        "PYTHONUTF8": "1"
    }


def run_pip(python: Path, *arguments: str) -> subprocess.CompletedProcess:
    """Run pip in an environment."""
    return subprocess.run(
        [str(python), "-m", "pip", "--disable-pip-version-check", "--retries", "1", *arguments],
        env=clean(),
        capture_output=True,
        encoding="utf-8",
        timeout=900,
    )


def make_venv(folder: Path, *wanted: str) -> Path:
    """Make an environment with some packages and what they ask for; return its Python."""
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True, env=clean())
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    done = run_pip(python, "install", "--quiet", "--only-binary=:all:", *wanted)
    if any(words in done.stderr for words in NO_NETWORK):
        pytest.skip("network: no package index can be reached")
    assert done.returncode == 0, done.stderr[-1000:]
    return python
