"""Opens JupyterLab on the notebooks: this environment's kernel, this machine only, its token."""

import os
import shutil
import signal
import sys
from pathlib import Path

from hyreport.data.facts import read_report
from hyreport.errors import HyreportError
from hyreport.lab.contents import make_contents
from hyreport.lab.keep import STAGING
from hyreport.paths import (
    ANY_REPORT,
    ARTIFACTS,
    ASSETS,
    CASE_STUDY,
    RAW,
    ROOT,
    SCRATCH,
    find_report,
    need_clone,
    need_extra,
)
from hyreport.words.phrases import FOLDER

__all__ = ["open_lab"]


def open_lab(arguments: list[str], report_id: str, *, student: str | None = None) -> None:
    """Open JupyterLab at the first notebook of a report and come back when it is closed.

    Parameters
    ----------
    arguments : list of str
        Options of JupyterLab, such as --no-browser or --port=8890.
    report_id : str
        The report; its notebooks are those of its study, or those for any report.
    student : str, optional
        Open the student edition of its case study in this language instead, and show nothing else.

    Raises
    ------
    HyreportError
        In an installed copy, where JupyterLab is missing, and where there is no student edition.
    """
    need_clone("lab")
    with need_extra("lab", "hyreport lab"):
        from jupyterlab.labapp import LabApp
    facts = read_report(find_report(report_id, RAW) / "report.toml")
    first, root = find_first(facts.get("study", ANY_REPORT)), ROOT
    if student:
        copy = copy_student_edition(report_id, student)
        first, root = copy.name, copy.parent

    os.environ |= lab_variables()
    os.environ.pop(STAGING, None)
    # Where the server looks for custom.css is no option of its own; the user's file comes first.
    LabApp.serverapp_config = LabApp.serverapp_config | {
        "tornado_settings": custom_style(),
        "contents_manager_class": make_contents(),
    }
    end_with_the_terminal()
    LabApp.launch_instance(lab_options(arguments, first, root))


def find_first(study: str) -> str:
    """Return the path in the clone of the first notebook of a folder, else the folder itself.

    >>> find_first(ANY_REPORT)
    'notebooks/any_report/01_figures.ipynb'
    """
    found = sorted((ROOT / study).glob("[0-9][0-9]_*.ipynb"))
    return found[0].relative_to(ROOT).as_posix() if found else study


def copy_student_edition(report_id: str, language: str = "en") -> Path:
    """Return a student's own copy of the case study; one that is there already stays as it is.

    Parameters
    ----------
    report_id : str
        The report.
    language : str
        en or zh.

    Raises
    ------
    HyreportError
        Where the artifacts hold no student edition.
    """
    folder = Path(report_id, FOLDER if language == "zh" else "")
    handed_out = folder / CASE_STUDY / "student"
    edition = next(iter(sorted((ARTIFACTS / handed_out).glob("*.ipynb"))), None)
    if edition is None:
        place = f"artifacts/{handed_out.as_posix()}"
        fix = "type `python run.py render`; a report without a case study has none"
        raise HyreportError(place, "no notebook", "the student edition", fix)
    own = SCRATCH / folder / edition.name
    own.parent.mkdir(parents=True, exist_ok=True)
    if not own.exists():
        shutil.copyfile(edition, own)
    return own


def lab_options(arguments: list[str], first: str = "", root: Path = ROOT) -> list[str]:
    """Return the options of JupyterLab: where it opens, the user's own, and those that are fixed.

    >>> lab_options(["--no-browser"], "notebooks/01_a.ipynb")[1:3]
    ['--LabApp.default_url=/lab/tree/notebooks/01_a.ipynb', '--no-browser']
    """
    return [
        "--ServerApp.ip=127.0.0.1",
        f"--LabApp.default_url=/lab{f'/tree/{first}' if first else ''}",
        *arguments,
        f"--ServerApp.root_dir={root}",
        "--KernelSpecManager.allowed_kernelspecs=python3",
        "--LabApp.custom_css=True",
        f"--LabApp.extra_labextensions_path={ASSETS / 'lab' / 'labextensions'}",
        # Nothing is fetched: no news, no list of extensions, no question for newer versions.
        "--LabApp.news_url=None",
        "--LabApp.extension_manager=readonly",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    ]


def end_with_the_terminal() -> None:
    """Let SIGHUP end JupyterLab and its kernels as SIGTERM does, which it handles itself."""
    if hasattr(signal, "SIGHUP") and signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:
        signal.signal(signal.SIGHUP, lambda *_: signal.raise_signal(signal.SIGTERM))


def lab_variables() -> dict[str, str]:
    """Return what makes `python3` this environment's kernel with this library, and our settings."""
    first = {
        "PYTHONPATH": ROOT,
        "JUPYTER_PATH": Path(sys.prefix, "share", "jupyter"),
        "JUPYTER_CONFIG_PATH": ASSETS / "lab",
    }
    return {
        name: os.pathsep.join(filter(None, [str(folder), os.environ.get(name)]))
        for name, folder in first.items()
    }


def custom_style() -> dict[str, list[str]]:
    """Return where custom.css lies: the user's, else ours, which names the Chinese font.

    The pages are found there too: the browser gets them under /custom, with style and script.
    """
    from jupyter_core.paths import jupyter_config_dir

    folders = [Path(jupyter_config_dir(), "custom"), ASSETS / "lab", ASSETS / "fonts", ARTIFACTS]
    return {"static_custom_path": [str(folder) for folder in folders]}
