"""The oldest versions that pyproject.toml allows, run with the quick tests; test_locale the newest.

No test of the other folders has to be set aside: none asks for last digits or bytes that other
versions change. Those of drafting and comparing read texts with Python alone.
"""

import ast
import re
import subprocess
import sys

import pytest
from environments import clean, make_venv
from packaging.requirements import Requirement
from test_environment import OLDEST, ROOT, ask

from hyreport.paths import PACKAGE

# Not ours to bound: of a newer one the oldest matplotlib warns, and here no warning may pass.
BESIDE = ["pyparsing<3.3"]
# A kernel's client that an older jupyter-client leaves to be cleaned up; it is cleaned up.
UNTIDY = ["-W", "ignore:Unclosed context:ResourceWarning"]
# Folders whose library needs no package but those that write pages, which publish and lab use too.
ALONE, PAGES = ("draft", "text"), {"IPython", "jinja2", "markupsafe"}


def oldest() -> list[str]:
    """Return each package that tests need, at the lower end of its bounds."""
    needs = map(Requirement, ask("test"))
    ends = {need.name: re.search(r">=([\d.]+)", str(need.specifier))[1] for need in needs}
    return [f"{name}=={version}" for name, version in sorted(ends.items())]


def run_quick_tests(python):
    """Run the quick tests of this clone with the packages of another environment."""
    options = ["-q", "-p", "no:cacheprovider", "--tb=short", *UNTIDY]
    options += [f"--ignore=tests/{folder}" for folder in ALONE]
    done = subprocess.run(
        [str(python), "-m", "pytest", *options],
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


def test_what_is_left_out_needs_no_package():
    for path in (path for folder in ALONE for path in (PACKAGE / folder).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            known = {"hyreport", *sys.stdlib_module_names, *PAGES}
            assert {name.partition(".")[0] for name in names} <= known, path.name


@pytest.mark.full
def test_quick_tests_pass_with_the_oldest_versions(tmp_path):
    if sys.version_info[:2] != OLDEST:
        pytest.skip("system: the oldest versions come ready-made for the oldest Python alone")
    run_quick_tests(make_venv(tmp_path / "oldest", *oldest(), *BESIDE))
