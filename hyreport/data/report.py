"""What a report is: its years, its sections, and the copy that all positions refer to."""

import tomllib
from pathlib import Path

from hyreport.data.tables import check_day, read_text
from hyreport.errors import RawDataError


def read_report(path: Path) -> dict:
    """Read report.toml: what the document is, and which copy the positions refer to."""
    try:
        report = tomllib.loads(read_text(path))
    except tomllib.TOMLDecodeError as error:
        raise RawDataError(path.name, str(error), "valid TOML") from None
    for name in ("base_year", "target_year", "copy", "sections"):
        if name not in report:
            raise RawDataError(path.name, f"no {name}", "title, years, copy and sections")
    if "reported" in report:
        check_day(report["reported"], f"{path.name}, reported")
    return report
