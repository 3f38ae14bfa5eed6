"""The whole quick suite under a locale of another encoding, with the newest versions allowed."""

import shutil
import subprocess

import pytest
from environments import clean, make_venv
from fresh_clone import copy_clone
from test_environment import ask

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
    gbk = {"LOCPATH": str(tmp_path), "LC_ALL": "zh_CN.GBK", "PYTHONUTF8": "0"}
    # Names of the shelf's files are UTF-8 on the disk: this locale reads them as other names.
    return clean() | gbk | {"HYREPORT_NO_SKIPS": "", "HYREPORT_TEXTS_DIR": ""}


def test_the_suite_passes_under_gbk_from_a_folder_with_a_space_and_chinese(tmp_path, variables):
    clone = copy_clone(tmp_path / "城市 报告")
    python = str(make_venv(tmp_path / "newest", *ask("test")))

    def run(*arguments):
        return subprocess.run(
            [python, *arguments],
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
