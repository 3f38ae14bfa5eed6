"""Takes a report's tables to other programs: Stata, Excel, or anything that reads CSV."""

import codecs
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from hyreport.data.cite import say_data_version
from hyreport.data.load import load_table
from hyreport.data.report import Report
from hyreport.data.schema import PROCESSED as SCHEMAS
from hyreport.errors import HyreportError, nearest
from hyreport.paths import PROCESSED
from hyreport.publish.manifest import write_whole
from hyreport.publish.stata import write_stata

__all__ = ["export_tables"]


Files = Iterator[tuple[str, bytes]]


def export_tables(report: Report, form: str, folder: Path) -> list[Path]:
    """Write all tables of a report into a folder, in one format.

    Parameters
    ----------
    report : Report
        The report.
    form : str
        One of FORMATS: dta (Stata 14 or newer), xlsx (the workbook), csv (which Excel opens as
        UTF-8).
    folder : Path
        Made if need be; files of these names are written anew.

    Returns
    -------
    list of Path
        The files, in the order of the dictionary.

    Raises
    ------
    HyreportError
        For another format, and where the tables are not built.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     files = export_tables(Report("hengyang-2018"), "dta", Path(folder))
    >>> files[0].name
    'figures.dta'
    """
    if form not in FORMATS:
        known = ", ".join(FORMATS)
        raise HyreportError("export", f"format {form!r}", f"one of {known}", nearest(form, FORMATS))
    written = []
    for name, content in FORMATS[form](report):
        write_whole(folder / name, content)
        written.append(folder / name)
    return written


def _as_csv(report: Report) -> Files:
    """Yield the tables as they are, with the mark by which Excel knows UTF-8."""
    for name in SCHEMAS:
        yield name, codecs.BOM_UTF8 + (PROCESSED / report.id / name).read_bytes()


def _as_dta(report: Report) -> Files:
    version = say_data_version(report.id)
    day = datetime(report.target_year, 1, 1)
    cited = report.facts.get("cite", {}).get("report", "")
    for name, table in SCHEMAS.items():
        rows = load_table(PROCESSED / report.id / name, report.id)
        label = f"{report.id} {table.name}, {version}"
        notes = [text for text in (table.meaning, cited, version) if text]
        yield f"{Path(name).stem}.dta", write_stata(rows, table, label=label, day=day, notes=notes)


def _as_xlsx(report: Report) -> Files:
    name = f"{report.id}.xlsx"
    yield name, (PROCESSED / report.id / name).read_bytes()


FORMATS: dict[str, Callable[[Report], Files]] = {"dta": _as_dta, "xlsx": _as_xlsx, "csv": _as_csv}
