"""The files of a report in data/processed: its tables as CSV and all that is made from them."""

from pathlib import Path

from hyreport.build.describe import describe_dictionary, describe_package
from hyreport.build.workbook import build_workbook
from hyreport.data.schema import PROCESSED
from hyreport.data.tables import format_table

__all__ = ["export", "write_changed"]


def export(tables: dict[str, list[dict]], report: dict) -> dict[str, str | bytes]:
    """Return the content of every file of a report's processed folder.

    Parameters
    ----------
    tables : dict
        The rows of each table of `schema.PROCESSED` by its file, every cell as text.
    report : dict
        Facts of report.toml.

    Returns
    -------
    dict of str or bytes
        By file: the tables, the workbook, the data package, the dictionary.
    """
    return {
        **{name: format_table(tables[name], table) for name, table in PROCESSED.items()},
        f"{report['id']}.xlsx": build_workbook(tables, report),
        "datapackage.json": describe_package(tables, report),
        "DICTIONARY.md": describe_dictionary(tables, report),
    }


def write_changed(folder: Path, contents: dict[str, str | bytes]) -> list[str]:
    """Write each text or file content that differs: all of them, or on a full disk none."""
    written: dict[str, Path] = {}
    try:
        for name, content in contents.items():
            path = folder / name
            content = content.encode("utf-8") if isinstance(content, str) else content
            if path.is_file() and path.read_bytes() == content:
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            written[name] = path.with_name(path.name + ".tmp")
            written[name].write_bytes(content)
        for name, temporary in written.items():
            temporary.replace(folder / name)
    finally:
        for temporary in written.values():
            temporary.unlink(missing_ok=True)
    return list(written)
