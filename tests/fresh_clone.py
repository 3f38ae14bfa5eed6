"""A fresh clone for the tests: the files that git holds or would take, and nothing else."""

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def copy_clone(target: Path) -> Path:
    """Copy the project as git sees it into a new folder and return the folder."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    for name in listed.stdout.decode("utf-8").rstrip("\0").split("\0"):
        if (ROOT / name).is_file():
            copy = target / name
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes((ROOT / name).read_bytes())
    return target
