"""The kept artifacts: fresh, whole, and the same when rendered again elsewhere."""

import os
import shutil
import subprocess
import sys

import pytest

from hyreport.manifest import (
    changed_outputs,
    describe_inputs,
    describe_project,
    hash_files,
    read_manifest,
)
from hyreport.paths import ARTIFACTS, REPORT_ID, ROOT

FOLDER = ARTIFACTS / REPORT_ID
TAKEN_ALONG = ("data", "hyreport", "notebooks", "pyproject.toml", "requirements.lock")


def test_artifacts_were_made_from_what_is_committed():
    recorded = read_manifest(FOLDER)["inputs"]
    current = describe_inputs(ROOT, REPORT_ID)
    stale = sorted(
        name for name in recorded.keys() | current if recorded.get(name) != current.get(name)
    )
    assert not stale, f"run `python run.py render`: changed since the last render: {stale}"


def test_artifacts_are_as_they_were_rendered():
    assert not changed_outputs(FOLDER, read_manifest(FOLDER))
    kept = set(hash_files(FOLDER)) - {"manifest.json"}
    assert kept == set(read_manifest(FOLDER)["outputs"])


def test_artifacts_are_light():
    for page in FOLDER.glob("*.html"):
        assert page.stat().st_size < 1_000_000, page.name
    assert sum(path.stat().st_size for path in FOLDER.rglob("*") if path.is_file()) < 10_000_000


@pytest.mark.full
def test_a_render_elsewhere_gives_the_same_bytes(tmp_path):
    if read_manifest(FOLDER)["packages"] != describe_project(ROOT)[1]:
        pytest.skip("other versions than those of the lock are installed")
    elsewhere = tmp_path / "别处 with spaces"
    for name in TAKEN_ALONG:
        source, target = ROOT / name, elsewhere / name
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, target)
    changes = {"PYTHONPATH": str(elsewhere), "TZ": "Asia/Shanghai", "PYTHONHASHSEED": "7"}
    subprocess.run(
        [sys.executable, "-m", "hyreport", "render"],
        cwd=elsewhere,
        env={**os.environ, **changes},
        check=True,
        timeout=600,
    )
    assert hash_files(elsewhere / "artifacts" / REPORT_ID) == hash_files(FOLDER)
