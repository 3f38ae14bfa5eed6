"""Where things stand in the project; the only module that knows folders."""

from pathlib import Path

from hyreport.errors import HyreportError

PACKAGE = Path(__file__).resolve().parent
ROOT = PACKAGE.parent
REPORT_ID = "hengyang-2018"
# A clone has data/ beside the package; an installed copy brings it along inside.
IS_CLONE = (ROOT / "data" / "raw" / REPORT_ID).is_dir()
DATA = ROOT / "data" if IS_CLONE else PACKAGE / "shipped"
RAW = DATA / "raw"
PROCESSED = DATA / "processed"
NOTEBOOKS = ROOT / "notebooks"
ARTIFACTS = ROOT / "artifacts"
ASSETS = PACKAGE / "assets"


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
