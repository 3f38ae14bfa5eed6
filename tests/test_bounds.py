"""The quick tests with the oldest versions that pyproject.toml allows, where text is GBK.

The newest, where the lock holds older ones, run those of what leans on packages most, in the
usual encoding. No test has to be set aside: none asks for last digits or bytes that other versions
change.
"""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from environments import clean, make_venv, run_pip
from fresh_clone import copy_clone
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from test_environment import LOCKS, OLDEST, ask, bounds, read_lock

# Not ours to bound: of a newer one the oldest matplotlib warns, and here no warning may pass.
BESIDE = ["pyparsing<3.3"]
# A kernel's client that an older jupyter-client leaves to be cleaned up; it is cleaned up.
UNTIDY = ["-W", "ignore:Unclosed context:ResourceWarning"]
LEAN_ON_PACKAGES = ["tests/themes", "tests/lab", "tests/publish"]
PREFERRED = "import locale; print(locale.getpreferredencoding(False))"


def oldest() -> list[str]:
    """Return each package that tests need, at the lower end of its bounds."""
    needs = map(Requirement, ask("test"))
    ends = {need.name: re.search(r">=([\d.]+)", str(need.specifier))[1] for need in needs}
    return [f"{name}=={version}" for name, version in sorted(ends.items())]


def newest() -> dict[str, str]:
    """Return the newest version of each package that the library imports, within its bounds."""
    options = ["--dry-run", "--ignore-installed", "--quiet", "--only-binary=:all:", "--report", "-"]
    found = json.loads(run_pip("install", *options, *ask("render")))["install"]
    versions = {canonicalize_name(one["metadata"]["name"]): one["metadata"] for one in found}
    return {name: versions[name]["version"] for name in bounds(ask("render"))}


@pytest.fixture
def gbk(tmp_path) -> dict[str, str]:
    """Make the locale zh_CN.GBK and return what switches it on; nothing where it cannot be made."""
    if not shutil.which("localedef"):
        return {}
    made = ["localedef", "-i", "zh_CN", "-f", "GBK", str(tmp_path / "zh_CN.GBK")]
    if subprocess.run(made, capture_output=True).returncode > 1:
        return {}
    # Names of the shelf's files are UTF-8 on the disk: this locale reads them as other names.
    switched = {"LOCPATH": str(tmp_path), "LC_ALL": "zh_CN.GBK", "PYTHONUTF8": "0"}
    return switched | {"HYREPORT_TEXTS_DIR": ""}


def run(python: Path, clone: Path, *arguments: str, encoding: str = "utf-8", **variables: str):
    """Run Python in a clone, with the packages of another environment."""
    return subprocess.run(
        [str(python), *arguments],
        cwd=clone,
        env={**clean(), "PYTHONPATH": str(clone), "HYREPORT_NO_SKIPS": "", **variables},
        capture_output=True,
        encoding=encoding,
        errors="replace",
        timeout=3600,
    )


def test_every_package_has_a_lower_end():
    assert {"pandas==2.2.2", "statsmodels==0.14.2"} <= {*oldest()}


@pytest.mark.full
def test_quick_tests_pass_with_the_oldest_versions_under_gbk(tmp_path, gbk):
    if sys.version_info[:2] != OLDEST:
        pytest.skip("system: the oldest versions come ready-made for the oldest Python alone")
    clone = copy_clone(tmp_path / "城市 报告")
    python = make_venv(tmp_path / "oldest", *oldest(), *BESIDE)
    encoding = "gbk" if gbk else "utf-8"
    preferred = run(python, clone, "-c", PREFERRED, encoding=encoding, **gbk).stdout.strip()
    assert preferred.lower() == encoding
    quick = ["-m", "pytest", "-q", "-p", "no:cacheprovider", "--tb=short", *UNTIDY]
    done = run(python, clone, *quick, encoding=encoding, **gbk)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-1000:]
    assert re.search(r"\d{4,} passed", done.stdout)
    if not gbk:
        pytest.skip("system: zh_CN.GBK cannot be made here; the oldest versions passed in UTF-8")


@pytest.mark.full
def test_what_leans_on_packages_passes_with_the_newest(tmp_path):
    locked = read_lock(LOCKS[0])
    if all(locked[name][0] == version for name, version in newest().items()):
        return  # all other tests ran with them
    clone = copy_clone(tmp_path / "clone")
    python = make_venv(tmp_path / "newest", *ask("test"))
    quick = ["-m", "pytest", "-q", "-p", "no:cacheprovider", "--tb=short", *LEAN_ON_PACKAGES]
    done = run(python, clone, *quick)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-1000:]
    assert re.search(r"\d{4,} passed", done.stdout)
