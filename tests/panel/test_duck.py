"""A panel in a folder whose name this machine writes in another encoding can be made and asked."""

import os
import subprocess
import sys

import pytest

from hyreport.paths import ROOT

PROGRAM = """
import sys
from pathlib import Path
sys.path.insert(0, "tests/panel")
from panels import growth, make_panel
from hyreport.panel import targets
panel = make_panel(Path(sys.argv[1]), {("430400", 2018): (growth(8), growth("8.5"))})
print(targets(panel=panel)["value"].item(), sorted(path.name for path in panel.iterdir()))
"""


@pytest.mark.full
@pytest.mark.skipif(os.name == "nt", reason="names are Unicode there")
def test_a_folder_whose_name_is_no_utf_8_will_do(tmp_path):
    folder = os.fsencode(tmp_path) + b"/\xb3\xc7\xca\xd0"
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, folder],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("8.0 [") and ".tmp" not in done.stdout
