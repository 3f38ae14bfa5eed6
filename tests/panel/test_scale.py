"""What docs/scale.md shows runs with two worker processes of Dask, and gives the same bytes."""

import os
import re
import subprocess
import sys

import pytest
from environments import make_venv
from shelves import write_shelf

from hyreport.panel.make import make_panel
from hyreport.paths import ROOT

# For this test alone, and so in no lock.
DASK = "dask[distributed]>=2025.12,<2027"
PAGE = (ROOT / "docs" / "scale.md").read_text(encoding="utf-8")

pytestmark = pytest.mark.full


@pytest.fixture(scope="module")
def dask(tmp_path_factory):
    """Return the folder of Dask's packages, apart from those of this environment."""
    python = make_venv(tmp_path_factory.mktemp("dask") / "venv", DASK)
    code = "import sysconfig; print(sysconfig.get_path('purelib'))"
    return subprocess.run(
        [python, "-c", code], capture_output=True, text=True, check=True
    ).stdout.strip()


def test_the_recipe_maps_texts_over_two_workers(dask, tmp_path):
    (recipe,) = re.findall(r"^```python\n(.*?)^```", PAGE, flags=re.MULTILINE | re.DOTALL)
    counted = recipe.replace("print(", "print(len(client.run(hash_rules)), 'workers', ")
    (tmp_path / "recipe.py").write_text(counted, encoding="utf-8")
    shelf = write_shelf(tmp_path / "gov")
    paths = os.pathsep.join([str(ROOT), dask])
    done = subprocess.run(
        [sys.executable, "recipe.py"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": paths, "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    assert "2 workers Made(texts=4, used=4, " in done.stdout and "read_now=4)" in done.stdout
    make_panel(shelf, tmp_path / "here", workers=1, say=lambda words: None)
    for name in ("headline.parquet", "reports.csv"):
        made = (tmp_path / "panel" / name).read_bytes()
        assert made == (tmp_path / "here" / name).read_bytes()
