"""Types hold where pyproject.toml has them checked, and nothing is silenced without a reason."""

import re
import subprocess
import sys

import pytest

from hyreport.paths import PACKAGE, ROOT


@pytest.mark.full
def test_mypy_finds_nothing():
    mypy = [sys.executable, "-m", "mypy", "--no-error-summary"]
    done = subprocess.run(mypy, cwd=ROOT, capture_output=True, encoding="utf-8")
    assert (done.returncode, done.stdout) == (0, ""), done.stdout + done.stderr


def test_an_ignored_type_says_which_fault_and_why():
    for path in PACKAGE.rglob("*.py"):
        for line in path.read_text(encoding="utf-8").splitlines():
            if "type: ignore" in line:
                assert re.search(r"# type: ignore\[[a-z-]+\]  # \w+", line), f"{path.name}: {line}"
