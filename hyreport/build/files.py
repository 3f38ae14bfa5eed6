"""Everything the build publishes beside the tables it computes: codebook, workbook, words."""

from pathlib import Path

from hyreport.build.describe import describe_dictionary, describe_package
from hyreport.build.workbook import build_workbook
from hyreport.data import schema
from hyreport.data.tables import format_table, read_table


def publish(
    texts: dict[str, str], *, raw: Path, report_id: str, report: dict
) -> dict[str, str | bytes]:
    """Add to the computed tables all that goes with them.

    Parameters
    ----------
    texts : dict of str
        CSV text of the computed tables by path: figures, targets, reference, checks.
    raw : Path
        Folder of what is typed; tables that need no computing are taken over from it.
    report_id : str
        Folder of the report.
    report : dict
        Facts of report.toml.

    Returns
    -------
    dict of str or bytes
        Content of every file of data/processed by path.
    """
    texts = dict(texts)
    for name, table in schema.PROCESSED.items():
        for folder, typed in ((raw / report_id, schema.TYPED), (raw, schema.SHARED)):
            if typed.get(name) is table:
                texts[name] = format_table(read_table(folder / name, table), table)
    return texts | {
        f"{report_id}.xlsx": build_workbook(texts, report),
        "datapackage.json": describe_package(texts, report),
        "DICTIONARY.md": describe_dictionary(texts, report_id, report),
    }
