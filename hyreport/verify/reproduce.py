"""Renders again elsewhere, or takes an earlier version from git, and says what moved."""

import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path

from hyreport.errors import HyreportError
from hyreport.paths import ARTIFACTS, ROOT, list_reports
from hyreport.publish import manifest
from hyreport.publish.console import Progress
from hyreport.verify.moved import Moved, list_moved

__all__ = ["check_installation", "say_moved", "verify_artifacts", "verify_since"]


# With other versions or another processor, last digits of linear algebra may differ.
TOLERANCE = Decimal("0.000001")
OTHER_VERSIONS = (
    "other versions, processor or system than at the last render: numbers within "
    f"{TOLERANCE} of their size count as equal, pictures and other files are not compared"
)
TAKEN_ALONG = ("data", "hyreport", "notebooks", "pyproject.toml", "requirements.lock")
ERROR = "hyreport: error: "
GIVE_UP = 20  # seconds


def check_installation(root: Path = ROOT) -> list[str]:
    """Say what is wrong with the environment, and the command that mends it.

    Parameters
    ----------
    root : Path
        The project, whose requirements.lock names the versions.

    Returns
    -------
    list of str
        One line a fault; empty where every locked package that the project imports is there in
        its locked version.
    """
    faults = []
    locked = read_lock(root / "requirements.lock")
    for package, version in manifest.describe_project(root)[1].items():
        wanted = locked.get(package.lower().replace("_", "-"))
        if wanted and version != wanted:
            faults.append(
                f"{package} {version}, the lock has {wanted}: delete .venv, then type "
                "`python run.py verify`"
            )
    return faults


def read_lock(path: Path) -> dict[str, str]:
    """Return the locked version of each package.

    >>> read_lock(ROOT / "requirements.lock")["pandas"].split(".")[0]
    '3'
    """
    text = path.read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9-]+)==([^\s;\\]+)", text, flags=re.MULTILINE))


def verify_artifacts(
    *report_ids: str, root: Path = ROOT, progress: Progress, suite: bool = False
) -> list[Moved]:
    """Render into a temporary folder and list what differs from the kept artifacts.

    Parameters
    ----------
    *report_ids : str
        Reports of the project.
    root : Path
        The project.
    progress : callable
        Called with each line of progress.
    suite : bool
        These are all reports: compare what stands above them too.

    Returns
    -------
    list of Moved
        Empty where nothing moved. Where the kept artifacts were made with other versions, numbers
        within a millionth of their size count as equal, and pictures are not compared.

    Raises
    ------
    HyreportError
        Where there are no artifacts, or the render fails: then nothing can be told.
    """
    kept = {report_id: _find_kept(root, report_id) for report_id in report_ids}
    made_with = (manifest.describe_project(root)[1], manifest.describe_platform())
    moved = []
    with tempfile.TemporaryDirectory(prefix=".hy-", ignore_cleanup_errors=True) as folder:
        copy = Path(folder) / "project"
        _copy_project(root, copy)
        _render(copy, report_ids, progress)
        for report_id, before in kept.items():
            recorded = manifest.read_manifest(before)
            alike = (recorded["packages"], recorded.get("platform")) == made_with
            if not alike:
                progress(f"{report_id}: {OTHER_VERSIONS}")
            tolerance = Decimal(0) if alike else TOLERANCE
            name = report_id if len(report_ids) > 1 else ""
            after = copy / ARTIFACTS.name / report_id
            moved += list_moved(before, after, tolerance=tolerance, report=name)
        if suite:
            both = (folder / ARTIFACTS.name for folder in (root, copy))
            moved += list_moved(*both, files="assets/*")
    return moved


def say_moved(moved: list[Moved]) -> str:
    """Return a line for each thing that moved and one that sums up.

    >>> print(say_moved([Moved("result", "slack", "moved from 1 to 2")]))
    result slack: moved from 1 to 2
    moved: 1 result
    >>> print(say_moved([]))
    nothing moved
    """
    names: dict[str, set[str]] = {}
    for entry in moved:
        names.setdefault(entry.item, set()).add(entry.name)
    counts = ", ".join(
        f"{len(found)} {item.replace('data', 'data table')}{'s' if len(found) > 1 else ''}"
        for item, found in names.items()
    )
    return "\n".join([*map(str, moved), f"moved: {counts}" if moved else "nothing moved"])


def verify_since(revision: str, *report_ids: str, root: Path = ROOT) -> list[Moved]:
    """List what moved between the artifacts of an earlier version and those kept now.

    Parameters
    ----------
    revision : str
        A tag, branch or commit of the project's git history.
    *report_ids : str
        Reports of the project.
    root : Path
        The project, a git clone.

    Returns
    -------
    list of Moved

    Raises
    ------
    HyreportError
        Where git does not know the revision, or it had no artifacts.
    """
    kept = {report_id: _find_kept(root, report_id) for report_id in report_ids}
    moved = []
    with _checked_out(revision, root, ARTIFACTS.name) as earlier:
        for report_id, after in kept.items():
            before = earlier / ARTIFACTS.name / report_id
            name = report_id if len(report_ids) > 1 else ""
            is_new = [Moved("report", report_id, "is new", name)]
            moved += list_moved(before, after, report=name) if before.is_dir() else is_new
    return moved


def _find_kept(root: Path, report_id: str) -> Path:
    """Return the folder of the artifacts of a report, by its name alone."""
    artifacts = root / ARTIFACTS.name
    if report_id in list_reports(artifacts) and manifest.read_manifest(artifacts / report_id):
        return artifacts / report_id
    place = f"{ARTIFACTS.name}/{report_id}"
    raise HyreportError(place, "no artifacts", "those of a render", "run: python run.py render")


def _render(copy: Path, report_ids: tuple[str, ...], progress: Progress) -> None:
    """Render the copy with the copy's own library, and pass on what it says."""
    chosen = ["--report", *report_ids] if len(report_ids) == 1 else []
    paths = [str(copy), os.environ.get("PYTHONPATH", "")]
    changes = {"PYTHONPATH": os.pathsep.join(filter(None, paths)), "PYTHONUTF8": "1"}
    changes["PYTHONIOENCODING"] = "utf-8"
    faults = []
    with subprocess.Popen(
        [sys.executable, "-m", "hyreport", "render", "--allow-stale", *chosen],
        cwd=copy,
        env={**os.environ, **changes},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    ) as process:
        try:
            for line in process.stdout or ():
                if line.startswith(ERROR):
                    faults.append(line.removeprefix(ERROR).rstrip())
                elif not line.startswith(ARTIFACTS.name):
                    progress(line.rstrip())
            process.wait()
        finally:
            _end(process)
    if process.returncode:
        problem = HyreportError(
            "verify", "a render that failed", "one that ends", "mend what the next lines name"
        )
        for line in faults or [f"exit status {process.returncode}"]:
            problem.add_note(line)
        raise problem


def _end(process: subprocess.Popen) -> None:
    """End a render that still runs, in order if it can: its kernels and scratch files go too."""
    process.terminate()
    try:
        process.wait(timeout=GIVE_UP)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _copy_project(root: Path, copy: Path) -> None:
    for name in TAKEN_ALONG:
        source, target = root / name, copy / name
        if source.is_dir():
            hidden = shutil.ignore_patterns("__pycache__", ".*")
            shutil.copytree(source, target, ignore=hidden)
        elif source.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)


@contextmanager
def _checked_out(revision: str, root: Path, path: str) -> Iterator[Path]:
    command = ["git", "-C", str(root), "archive", "--format=zip", revision, "--", path]
    if revision.startswith("-"):
        command[-3] = f"refs/{revision}"  # no option of git's
    try:
        done = subprocess.run(command, capture_output=True, check=True)
    except FileNotFoundError:
        raise HyreportError("verify --since", "no git", "git on the path", "install git") from None
    except subprocess.CalledProcessError as error:
        reason = error.stderr.decode("utf-8", "replace").strip().splitlines()[-1:]
        raise HyreportError(
            f"verify --since {revision}",
            " ".join(reason) or "nothing",
            f"a version of the project that has {path}",
            "name a tag or commit: git log --oneline",
        ) from None
    with tempfile.TemporaryDirectory(prefix=".hy-", ignore_cleanup_errors=True) as folder:
        # A zip, since reading a tar safely needs a newer Python than the oldest we allow.
        with zipfile.ZipFile(io.BytesIO(done.stdout)) as archive:
            archive.extractall(folder)
        yield Path(folder)
