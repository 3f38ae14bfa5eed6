"""Opens JupyterLab on the notebooks: this environment's kernel, this machine only, its token."""

import importlib.util
import os
import signal
import sys
from pathlib import Path

from hyreport.data.facts import read_report
from hyreport.errors import HyreportError
from hyreport.lab.keep import STAGING
from hyreport.paths import ANY_REPORT, ASSETS, NOTEBOOKS, RAW, ROOT, find_report, need_clone

__all__ = ["open_lab"]


def open_lab(arguments: list[str], report_id: str) -> None:
    """Open JupyterLab at the notebooks of a report and come back when it is closed.

    Parameters
    ----------
    arguments : list of str
        Options of JupyterLab, such as --no-browser or --port=8890.
    report_id : str
        The report; its notebooks are those of its study, or those for any report.

    Raises
    ------
    HyreportError
        In an installed copy, and where JupyterLab is missing.
    """
    need_clone("lab")
    if importlib.util.find_spec("jupyterlab") is None:
        raise HyreportError(
            "hyreport lab",
            "no JupyterLab in this environment",
            "JupyterLab",
            "type `python run.py lab`, which adds it",
        )
    from jupyterlab.labapp import LabApp

    os.environ |= lab_variables()
    os.environ.pop(STAGING, None)
    # Where the server looks for custom.css is no option of its own; the user's file comes first.
    LabApp.serverapp_config = LabApp.serverapp_config | {"tornado_settings": custom_style()}
    end_with_the_terminal()
    facts = read_report(find_report(report_id, RAW) / "report.toml")
    LabApp.launch_instance(lab_options(arguments, facts.get("study", ANY_REPORT)))


def lab_options(arguments: list[str], folder: str = NOTEBOOKS.name) -> list[str]:
    """Return the options of JupyterLab: where it opens, the user's own, and those that are fixed.

    >>> lab_options(["--no-browser"], "notebooks/any_report")[1:3]
    ['--LabApp.default_url=/lab/tree/any_report', '--no-browser']
    """
    place = folder.removeprefix(NOTEBOOKS.name)
    return [
        "--ServerApp.ip=127.0.0.1",
        f"--LabApp.default_url=/lab{f'/tree{place}' if place else ''}",
        *arguments,
        f"--ServerApp.root_dir={NOTEBOOKS}",
        "--KernelSpecManager.allowed_kernelspecs=python3",
        "--LabApp.custom_css=True",
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
    """Return where custom.css lies: the user's, else ours, which names the Chinese font."""
    from jupyter_core.paths import jupyter_config_dir

    folders = [Path(jupyter_config_dir(), "custom"), ASSETS / "lab", ASSETS / "fonts"]
    return {"static_custom_path": [str(folder) for folder in folders]}
