"""The whole quick suite under a Chinese locale of another encoding, from an awkward folder."""

import os
import shutil
import subprocess
import sys

import pytest
from fresh_clone import copy_clone

PREFERRED = "import locale; print(locale.getpreferredencoding(False))"
pytestmark = pytest.mark.full


@pytest.fixture
def variables(tmp_path):
    """Make the locale zh_CN.GBK, which few machines have, and return what switches it on."""
    if not shutil.which("localedef"):
        pytest.skip("system: localedef, which makes the locale, is not on this machine")
    made = ["localedef", "-i", "zh_CN", "-f", "GBK", str(tmp_path / "zh_CN.GBK")]
    if subprocess.run(made, capture_output=True).returncode > 1:
        pytest.skip("system: the sources of the locale are not on this machine")
    rest = {name: value for name, value in os.environ.items() if name != "PYTHONUTF8"}
    return rest | {"LOCPATH": str(tmp_path), "LC_ALL": "zh_CN.GBK", "PYTHONUTF8": "0"}


def test_the_suite_passes_under_gbk_from_a_folder_with_a_space_and_chinese(tmp_path, variables):
    clone = copy_clone(tmp_path / "城市 报告")

    def run(*arguments):
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=clone,
            env=variables | {"PYTHONPATH": str(clone)},
            capture_output=True,
            encoding="gbk",
            errors="replace",
        )

    assert run("-c", PREFERRED).stdout.strip() == "GBK"
    done = run("-m", "pytest", "-q", "-p", "no:cacheprovider")
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]
    assert " passed" in done.stdout.splitlines()[-1]
