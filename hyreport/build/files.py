"""Everything the build publishes beside the tables it computes: codebook, workbook, words."""

from pathlib import Path

from hyreport.build.describe import describe_dictionary, describe_package
from hyreport.build.workbook import build_workbook
from hyreport.data import schema
from hyreport.data.tables import format_table, read_table
from hyreport.errors import RawDataError, nearest


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
    texts["terms.csv"] = format_table(_list_terms(raw, report_id), schema.TERMS)
    return texts | {
        f"{report_id}.xlsx": build_workbook(texts, report),
        "datapackage.json": describe_package(texts, report),
        "DICTIONARY.md": describe_dictionary(texts, report_id, report),
    }


def _list_terms(raw: Path, report_id: str) -> list[dict[str, str]]:
    """Return the terms of the glossary that the report uses, with the places where it does."""
    shared = read_table(raw / "terms.csv", schema.SHARED["terms.csv"])
    terms, used = {row["term_zh"]: row for row in shared}, {}
    path = raw / report_id / "terms.csv"
    for number, row in enumerate(read_table(path, schema.TYPED["terms.csv"]), start=2):
        if row["term_zh"] not in terms:
            raise RawDataError(
                f"{report_id}/terms.csv, row {number}",
                f"term {row['term_zh']!r}",
                "one of data/raw/terms.csv",
                nearest(row["term_zh"], terms),
            )
        used[row["term_zh"]] = row
    return [row | used[term] for term, row in terms.items() if term in used]
