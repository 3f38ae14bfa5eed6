"""Says what the tables hold: datapackage.json for programs, DICTIONARY.md for people.

Both are made from schema.py and the codebook, so that neither can say what the tables do not.
"""

import hashlib
import json
from collections.abc import Iterable

from hyreport import __version__
from hyreport.data.schema import PATTERNS, PROCESSED, SHARED, TYPED, Column, Table
from hyreport.words.tables import read_rows

PROFILES = "https://datapackage.org/profiles/2.0"
TYPES = {"integer": "integer", "decimal": "number", "date": "date"}
TYPE_WORDS = {
    "id": "identifier",
    "integer": "whole number",
    "decimal": "number",
    "period": "period",
    "date": "date",
    "text": "text",
}
LICENCE = {
    "name": "CC-BY-4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
    "title": "Creative Commons Attribution 4.0 International",
}
KEYWORDS = [
    "China",
    "Hengyang",
    "Hunan",
    "city statistics",
    "government work report",
    "policy targets",
    "public finance",
    "regional GDP",
    "tax share",
    "政府工作报告",
]
DESCRIPTION = """\
Every figure printed in one Chinese city's government work report, with its unit, the interval \
that its print allows, its place in the text and what is doubtful about it.

Beside them: the 2018 targets paired with 2017 figures, outside figures, cross-checks and the \
codebook. Percent is 0 to 100; percentage points are another unit. A blank end of an interval is \
open. The report's own text is not included."""


def describe_package(texts: dict[str, str], report: dict) -> str:
    """Return datapackage.json: a Frictionless Data Package (version 2) of processed tables.

    Parameters
    ----------
    texts : dict of str
        The CSV text of each processed table by its path.
    report : dict
        Facts of report.toml.

    Returns
    -------
    str
        JSON with one resource for each table of `schema.PROCESSED`, in its order.
    """
    city = report.get("area_en", report["ref_area"])
    package = {
        "$schema": f"{PROFILES}/datapackage.json",
        "name": "hyreport-hengyang",
        "title": f"Figures of the government work report of {city}",
        "description": DESCRIPTION,
        "version": __version__,
        "keywords": KEYWORDS,
        "licenses": [LICENCE],
        "contributors": [
            {
                "title": "hyreport authors",
                "roles": ["creator", "dataCurator"],
            }
        ],
        "sources": list_sources(report, read_rows(texts["reference.csv"])),
        "resources": [
            describe_resource(path, table, texts[path]) for path, table in PROCESSED.items()
        ],
    }
    return json.dumps(package, ensure_ascii=False, indent=2) + "\n"


def list_sources(report: dict, reference: Iterable[dict[str, str]]) -> list[dict[str, str]]:
    """Return the report and, each once, the publications that outside figures are from."""
    titles = [f"{report.get('title_zh', '')} ({report.get('title_en', '')})"]
    titles += dict.fromkeys(row["source"] for row in reference)
    return [{"title": title} for title in titles]


def describe_resource(path: str, table: Table, text: str) -> dict:
    """Return one table as a data resource, with the size and SHA-256 of its file."""
    content, rows = text.encode("utf-8"), read_rows(text)
    return {
        "name": table.name.replace(" ", "-"),
        "path": path,
        "type": "table",
        "title": table.name.capitalize(),
        "description": table.meaning,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "schema": describe_table(table, rows),
    }


def describe_table(table: Table, rows: list[dict[str, str]]) -> dict:
    """Return the Table Schema of a table; examples are its first filled cells.

    A key that may hold blank cells is a unique key, as a primary key must be filled.
    """
    filled = {column.name for column in table.columns if column.required}
    key = {"primaryKey": list(table.key)}
    if not filled.issuperset(table.key):
        key = {"uniqueKeys": [list(table.key)]}
    schema = {
        "$schema": f"{PROFILES}/tableschema.json",
        "fields": [
            describe_field(column, next((row[column.name] for row in rows if row[column.name]), ""))
            for column in table.columns
        ],
        **key,
    }
    if table.links:
        schema["foreignKeys"] = [
            {
                "fields": [name],
                "reference": {
                    "resource": target.rpartition(".")[0],
                    "fields": [target.rpartition(".")[2]],
                },
            }
            for name, target in table.links
        ]
    return schema


def describe_field(column: Column, example: str = "") -> dict:
    """Return one column as a field of a Table Schema.

    >>> describe_field(Column("decimals", "integer", "Digits printed", unit="digits"))["type"]
    'integer'
    """
    field = {
        "name": column.name,
        "type": TYPES.get(column.type, "string"),
        "title": column.name.replace("_", " ").capitalize(),
        "description": sentence(column),
    }
    if example:
        field["example"] = example
    if column.unit:
        field["unit"] = column.unit
    constraints = {"required": True} if column.required else {}
    if column.type in ("id", "period"):
        constraints["pattern"] = f"({PATTERNS[column.type]})"
    if column.labels:
        # The standard's version 1 knows no categories, and many programs still follow it.
        constraints["enum"] = list(column.labels)
    if constraints:
        field["constraints"] = constraints
    if column.labels:
        field["categories"] = [
            {"value": value, "label": label or value.replace("_", " ")}
            for value, label in column.labels.items()
        ]
    if not column.required:
        field["missingValues"] = [{"value": "", "label": column.blank or "nothing to say"}]
    return field


def sentence(column: Column) -> str:
    """Return what a column means, with its unit and what a blank cell means.

    >>> sentence(Column("low", "decimal", "Lowest number", False, unit="percent", blank="open"))
    'Lowest number. Unit: percent. Blank: open.'
    """
    unit = f" Unit: {column.unit}." if column.unit else ""
    blank = f" Blank: {column.blank}." if column.blank else ""
    return f"{column.meaning}.{unit}{blank}"


def describe_dictionary(texts: dict[str, str], report_id: str, report: dict) -> str:
    """Return DICTIONARY.md: every table, field, code, indicator and unit, for people.

    Parameters
    ----------
    texts : dict of str
        The CSV text of the processed tables by path; the codebook and units are read from it.
    report_id : str
        Folder of the report.
    report : dict
        Facts of report.toml.
    """
    typed = {f"{report_id}/{name}": table for name, table in TYPED.items()} | SHARED
    parts = [
        "# Dictionary",
        f"All figures are of {report.get('area_en', '')} ({report.get('area_zh', '')}; area "
        f"{report['ref_area']} of GB/T 2260), as printed in {report.get('title_zh', '')}, unless "
        "a row names another source. `area` says which part of the city. Percent is 0 to 100; "
        "percentage points are another unit. Positions count the characters of one copy of the "
        f"text (SHA-256 `{report['copy']['sha256']}`). Made by `hyreport build` from the schema "
        "that also checks the tables; do not edit.",
        "## Tables that the build makes (data/processed)",
        *(_table_section(path, table) for path, table in PROCESSED.items()),
        "## Tables that people typed (data/raw)",
        *(
            _table_section(path, table, "data/raw/")
            for path, table in typed.items()
            if table not in PROCESSED.values()
        ),
        "doubts.csv, exclusions.csv, goals.csv, indicators.csv and units.csv are the "
        "same in both folders.",
        "## Codes",
        *_code_sections([*PROCESSED.values(), *typed.values()]),
        "## Indicators",
        _indicator_table(read_rows(texts["indicators.csv"])),
        "## Units",
        _unit_table(read_rows(texts["units.csv"])),
    ]
    return "\n\n".join(parts) + "\n"


def markdown_table(heading: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    r"""Return a Markdown table; pipes in cells are escaped.

    >>> print(markdown_table(["a"], [["x|y"]]))
    | a |
    | --- |
    | x\|y |
    """
    heading = list(heading)
    lines = [heading, ["---"] * len(heading), *rows]
    return "\n".join(
        f"| {' | '.join(str(cell).replace('|', chr(92) + '|') for cell in line)} |"
        for line in lines
    )


def _table_section(path: str, table: Table, folder: str = "") -> str:
    key = ", ".join(f"`{name}`" for name in table.key)
    fields = (
        (f"`{column.name}`", sentence(column), TYPE_WORDS[column.type], _allowed_words(column))
        for column in table.columns
    )
    return "\n\n".join(
        (
            f"### {folder}{path}",
            f"{table.meaning} One row for each {key}.",
            markdown_table(("field", "meaning", "type", "allowed"), fields),
        )
    )


def _allowed_words(column: Column) -> str:
    if any(column.labels.values()):
        return f"[codes](#{column.name.lower()})"
    return ", ".join(f"`{value}`" for value in column.labels)


def _code_sections(tables: list[Table]) -> list[str]:
    """Return a section for each set of codes, under the name of the column that holds it."""
    found: dict[str, dict[str, str]] = {}
    for column in (column for table in tables for column in table.columns):
        if any(column.labels.values()):
            found.setdefault(column.name.lower(), {}).update(column.labels)
    return [
        f"### {name}\n\n"
        + markdown_table(("code", "meaning"), ((f"`{c}`", m) for c, m in labels.items()))
        for name, labels in sorted(found.items())
    ]


def _indicator_table(rows: list[dict[str, str]]) -> str:
    heading = ("indicator", "English", "Chinese", "unit", "measure, prices", "definition", "source")
    return markdown_table(
        heading,
        (
            (
                f"`{row['indicator']}`",
                row["name_en"],
                row["name_zh"],
                row["unit"],
                f"{row['measure']}, {row['real_or_nominal']}".replace("_", " "),
                row["definition"],
                row["definition_source"],
            )
            for row in rows
        ),
    )


def _unit_table(rows: list[dict[str, str]]) -> str:
    return markdown_table(
        ("printed", "English", "base units in one", "base unit"),
        ((row["unit_zh"], row["unit"], row["multiplier"], row["unit_base"]) for row in rows),
    )
