"""What a report is: its years, its sections, and the copy that all positions refer to."""

import tomllib
from pathlib import Path
from typing import Any

from hyreport.data.tables import check_day
from hyreport.errors import RawDataError
from hyreport.words.tables import read_text

__all__ = ["read_report"]


def read_report(path: Path) -> dict[str, Any]:
    """Read report.toml: what the document is, and which copy the positions refer to.

    Parameters
    ----------
    path : Path
        The file.

    Raises
    ------
    RawDataError
        Where it is no TOML, or years, copy, sections or area are missing.

    Examples
    --------
    >>> from hyreport.paths import RAW, find_report
    >>> read_report(find_report("hengyang-2018", RAW) / "report.toml")["base_year"]
    2017
    """
    try:
        facts = tomllib.loads(read_text(path))
    except tomllib.TOMLDecodeError as error:
        raise RawDataError(path.name, str(error), "valid TOML") from None
    for name in ("id", "ref_area", "base_year", "target_year", "copy", "sections"):
        if name not in facts:
            raise RawDataError(
                path.name, f"no {name}", "id, ref_area, years, copy and sections", f"add {name}"
            )
    if "reported" in facts:
        check_day(facts["reported"], f"{path.name}, reported")
    return facts
