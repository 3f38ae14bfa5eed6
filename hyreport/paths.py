"""Where things stand, and whether they are there; the only module that knows folders."""

import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from hyreport.errors import HyreportError, UnknownNameError, nearest, say_found

__all__ = [
    "ANY_REPORT",
    "ARTIFACTS",
    "ASSETS",
    "CASE_STUDY",
    "IS_CLONE",
    "MANY",
    "PACKAGE",
    "PROCESSED",
    "RAW",
    "ROOT",
    "SCRATCH",
    "default_report",
    "find_report",
    "list_reports",
    "need_clone",
    "need_extra",
]


PACKAGE = Path(__file__).resolve().parent
ROOT = PACKAGE.parent
SUITE = Path("data", "raw", "suite.toml")
# A clone has data/ and artifacts/ beside the package; an installed copy brings along inside what is
# read of them.
IS_CLONE = (ROOT / SUITE).is_file()
DATA = ROOT / "data" if IS_CLONE else PACKAGE / "shipped"
RAW = DATA / "raw"
PROCESSED = DATA / "processed"
# An installed copy has of the notebooks what their code says in Chinese.
NOTEBOOKS = (ROOT if IS_CLONE else DATA) / "notebooks"
# Of a report that has no study of its own.
ANY_REPORT = "notebooks/any_report"
# What is rendered of the panel, where a report has its id.
MANY = "many_reports"
ARTIFACTS = (ROOT if IS_CLONE else DATA) / "artifacts"
# In the artifacts of a report: the editions of its case study.
CASE_STUDY = "case_study"
# Where JupyterLab opens the student edition; what is done there is the user's, never tracked.
SCRATCH = ROOT / "scratch"
ASSETS = PACKAGE / "assets"


@cache
def default_report() -> str:
    """Return the report that loaders take where none is named, as suite.toml says.

    >>> default_report()
    'hengyang-2018'
    """
    suite = tomllib.loads((RAW / SUITE.name).read_text(encoding="utf-8"))
    return suite["default_report"]


def list_reports(parent: Path) -> list[str]:
    """Return the reports that have a folder of their own here, by name.

    >>> "hengyang-2018" in list_reports(RAW)
    True
    """
    return sorted(path.name for path in parent.glob("[!.]*") if path.is_dir())


def find_report(report_id: str | None, parent: Path) -> Path:
    """Return the folder of a report: by its name alone, never by a path.

    Parameters
    ----------
    report_id : str or None
        The report; None for the suite's default.
    parent : Path
        Where each report has a folder of its own.

    Returns
    -------
    Path

    Raises
    ------
    UnknownNameError
        Where no folder has this very name.

    Examples
    --------
    >>> find_report("hengyang-2018", PROCESSED).name
    'hengyang-2018'
    """
    report_id = default_report() if report_id is None else report_id
    known = list_reports(parent)
    if report_id not in known:
        expected = " or ".join(known) or "a report; there is none"
        fix = nearest(str(report_id), known, otherwise="correct the id")
        raise UnknownNameError("report", say_found(report_id), expected, fix)
    return parent / report_id


def need_clone(verb: str) -> None:
    """Stop where the project's folders are needed and only the package is installed.

    Parameters
    ----------
    verb : str
        What was asked for.

    Raises
    ------
    HyreportError
        In an installed copy.

    Examples
    --------
    >>> need_clone("build")
    """
    if not IS_CLONE:
        raise HyreportError(
            f"hyreport {verb}",
            "an installed copy, which has the tables but no project folders",
            "a clone of the project",
            "get a clone and type `python run.py` and the verb there",
        )


@contextmanager
def need_extra(extra: str, place: str) -> Iterator[None]:
    """Say which extra of the package brings what an import in this block does not find.

    Parameters
    ----------
    extra : str
        A name of `optional-dependencies` in pyproject.toml.
    place : str
        What was asked for.

    Raises
    ------
    HyreportError
        Where a package is not installed.

    Examples
    --------
    >>> with need_extra("forecast", "a forecast"):
    ...     import no_such_package
    Traceback (most recent call last):
    hyreport.errors.HyreportError: a forecast: found no package no_such_package, expected those of
    the extra 'forecast'. To fix: start with `python run.py lab`, which brings all, or type: python
    -m pip install -e ".[forecast]"
    """
    try:
        yield
    except ModuleNotFoundError as error:
        package = (error.name or __name__).partition(".")[0]
        if package == PACKAGE.name:
            raise
        fix = f'type: python -m pip install "hyreport[{extra}]"'
        if IS_CLONE:
            fix = (
                "start with `python run.py lab`, which brings all, "
                f'or type: python -m pip install -e ".[{extra}]"'
            )
        expected = f"those of the extra {extra!r}"
        raise HyreportError(place, f"no package {package}", expected, fix) from None
