"""A skip is counted with its reason; where all must run, one that could be helped fails."""

import os
import shutil
import subprocess
import sys
from fnmatch import fnmatch
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
TESTS = """
import pytest

REASONS = ["system: no /dev/full", "network: none", "no Chromium", "no Chromium "]

@pytest.mark.parametrize("reason", REASONS)
def test_in_the_test(reason):
    pytest.skip(reason.strip())

@pytest.fixture
def text(source_text):
    return source_text

def test_in_a_fixture(text):
    pass

@pytest.mark.skipif(True, reason="no git")
def test_by_a_mark():
    pass

@pytest.mark.xfail
def test_that_is_known_to_fail():
    raise ValueError

@pytest.mark.full
def test_slow():
    pass

def test_import():
    pytest.importorskip("no_such_module", reason="comes with the lab")
"""
LACKING = ["no Chromium", "no Chromium", "set HYREPORT_SOURCE_DIR", "no git", "comes with the lab"]


@pytest.mark.full
@pytest.mark.parametrize("all_must_run", ["", "1"])
def test_what_lacks_something_fails_where_all_must_run(tmp_path, all_must_run):
    shutil.copyfile(Path(__file__).with_name("conftest.py"), tmp_path / "conftest.py")
    (tmp_path / "test_sample.py").write_text(TESTS, encoding="utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers = full\n", encoding="utf-8")
    variables = {**os.environ, "HYREPORT_NO_SKIPS": all_must_run, "PYTHONUTF8": "1"}
    variables.pop("HYREPORT_SOURCE_DIR", None)
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"],
        cwd=tmp_path,
        env=variables,
        capture_output=True,
        encoding="utf-8",
    )
    lines = done.stdout.splitlines()
    failed = [line for line in lines if line.startswith("FAILED") or line.startswith("ERROR")]
    assert "left out: slow tests, for `python run.py test --full`" in lines
    assert "slow" not in done.stdout.partition("left out: ")[0]
    if all_must_run:
        assert (done.returncode, len(failed)) == (1, len(LACKING)), done.stdout
        assert "skipped, though HYREPORT_NO_SKIPS is set: no Chromium" in lines
        assert "skipped 1: network: none" in lines
    else:
        assert (done.returncode, failed) == (0, []), done.stdout
        assert "skipped 2: no Chromium" in lines and "skipped 1: comes with the lab" in lines


def test_no_folder_of_tests_or_of_the_library_is_passed_over(pytestconfig):
    passed_over = set(pytestconfig.getini("norecursedirs")) - {".*", "__pycache__"}
    folders = [path for part in ("tests", "hyreport") for path in (ROOT / part).rglob("*/")]
    names = {path.name for path in folders if path.is_dir()}
    assert "build" in names
    assert not [name for name in names if any(fnmatch(name, each) for each in passed_over)]
