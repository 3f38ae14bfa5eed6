"""The oldest versions that pyproject.toml allows, run with the quick tests; test_locale the newest.

None has to be set aside: no quick test asks for last digits or bytes that other versions change.
"""

import re
import subprocess
import sys

import pytest
from environments import clean, make_venv
from packaging.requirements import Requirement
from test_environment import OLDEST, ROOT, ask

# Not ours to bound: of a newer one the oldest matplotlib warns, and here no warning may pass.
BESIDE = ["pyparsing<3.3"]
# A kernel's client that an older jupyter-client leaves to be cleaned up; it is cleaned up.
UNTIDY = ["-W", "ignore:Unclosed context:ResourceWarning"]


def oldest() -> list[str]:
    """Return each package that tests need, at the lower end of its bounds."""
    needs = map(Requirement, ask("test"))
    ends = {need.name: re.search(r">=([\d.]+)", str(need.specifier))[1] for need in needs}
    return [f"{name}=={version}" for name, version in sorted(ends.items())]


def run_quick_tests(python):
    """Run the quick tests of this clone with the packages of another environment."""
    done = subprocess.run(
        [str(python), "-m", "pytest", "-q", "-p", "no:cacheprovider", "--tb=short", *UNTIDY],
        cwd=ROOT,
        env={**clean(), "PYTHONPATH": str(ROOT), "HYREPORT_NO_SKIPS": ""},
        capture_output=True,
        encoding="utf-8",
        timeout=3600,
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-1000:]
    assert re.search(r"\d{4,} passed", done.stdout)


def test_every_package_has_a_lower_end():
    assert {"pandas==2.2.2", "statsmodels==0.14.2"} <= {*oldest()}


@pytest.mark.full
def test_quick_tests_pass_with_the_oldest_versions(tmp_path):
    if sys.version_info[:2] != OLDEST:
        pytest.skip("system: the oldest versions come ready-made for the oldest Python alone")
    run_quick_tests(make_venv(tmp_path / "oldest", *oldest(), *BESIDE))
