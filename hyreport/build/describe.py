"""Says what the tables hold: datapackage.json for programs, DICTIONARY.md for people.

Both are made from the schema and the tables, so that neither can say what the tables do not; their
sentences stand in assets/exports.toml.
"""

import hashlib
import json
import tomllib
from collections.abc import Iterable
from typing import Any

from hyreport import __version__
from hyreport.data.schema import PATTERNS, PROCESSED, SHARED, TYPED, Column, Table
from hyreport.data.tables import format_table
from hyreport.paths import ASSETS

__all__ = ["WORDS", "describe_dictionary", "describe_package", "sentence"]


WORDS = tomllib.loads((ASSETS / "exports.toml").read_text(encoding="utf-8"))
PROFILES = "https://datapackage.org/profiles/2.0"
TYPES = {"integer": "integer", "decimal": "number", "date": "date"}
TYPE_WORDS = {"id": "identifier", "integer": "whole number", "decimal": "number"}
Row = dict[str, str]


def describe_package(tables: dict[str, list[Row]], report: dict[str, Any]) -> str:
    """Return datapackage.json: a Frictionless Data Package (version 2) of processed tables.

    Parameters
    ----------
    tables : dict
        The rows of each processed table by its file.
    report : dict
        Facts of report.toml; `package` names the package, `keywords` adds to those of all.

    Returns
    -------
    str
        JSON with one resource for each table of `schema.PROCESSED`, in its order.
    """
    words = WORDS["package"]
    sources = [f"{report['title_zh']} ({report['title_en']})"]
    sources += dict.fromkeys(row["source"] for row in tables["reference.csv"])
    package = {
        "$schema": f"{PROFILES}/datapackage.json",
        "name": report.get("package", f"hyreport-{report['id']}"),
        "title": words["title"].format_map(report),
        "description": words["description"].format_map(report),
        "version": __version__,
        "keywords": sorted({*words["keywords"], *report.get("keywords", ())}),
        "licenses": [WORDS["licence"]],
        "contributors": [{"title": "hyreport authors", "roles": ["creator", "dataCurator"]}],
        "sources": [{"title": title} for title in sources],
        "resources": [
            describe_resource(path, table, tables[path]) for path, table in PROCESSED.items()
        ],
    }
    return json.dumps(package, ensure_ascii=False, indent=2) + "\n"


def describe_resource(path: str, table: Table, rows: list[Row]) -> dict:
    """Return one table as a data resource, with the size and SHA-256 of its file."""
    content = format_table(rows, table).encode("utf-8")
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


def describe_table(table: Table, rows: list[Row]) -> dict:
    """Return the Table Schema of a table; examples are its first filled cells.

    A key that may hold blank cells is a unique key, as a primary key must be filled.
    """
    schema: dict[str, Any] = {"$schema": f"{PROFILES}/tableschema.json", "fields": []}
    for column in table.columns:
        filled = (row[column.name] for row in rows if row.get(column.name))
        schema["fields"].append(describe_field(column, next(filled, "")))
    if all(column.required for column in table.columns if column.name in table.key):
        schema["primaryKey"] = list(table.key)
    else:
        schema["uniqueKeys"] = [list(table.key)]
    for name, target in table.links:
        resource, _, field = target.rpartition(".")
        link = {"fields": [name], "reference": {"resource": resource, "fields": [field]}}
        schema.setdefault("foreignKeys", []).append(link)
    return schema


def describe_field(column: Column, example: str = "") -> dict:
    """Return one column as a field of a Table Schema.

    >>> describe_field(Column("decimals", "integer", "Digits printed", unit="digits"))["type"]
    'integer'
    """
    field: dict[str, Any] = {
        "name": column.name,
        "type": TYPES.get(column.type, "string"),
        "title": column.name.replace("_", " ").capitalize(),
        "description": sentence(column),
    }
    if example:
        field["example"] = example
    if column.unit:
        field["unit"] = column.unit
    constraints: dict[str, Any] = {"required": True} if column.required else {}
    if column.type in ("id", "period", "sha256"):
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


def describe_dictionary(tables: dict[str, list[Row]], report: dict[str, Any]) -> str:
    """Return DICTIONARY.md: every table, field, code, indicator and unit, for people.

    Parameters
    ----------
    tables : dict
        The rows of each processed table by its file; the codebook and units are among them.
    report : dict
        Facts of report.toml.
    """
    words, units = WORDS["dictionary"], WORDS["dictionary"]["units"]
    typed = {f"data/raw/{report['id']}/{name}": table for name, table in TYPED.items()}
    typed |= {f"data/raw/{name}": table for name, table in SHARED.items()}
    made = PROCESSED.values()
    same = sorted(name for name, table in (TYPED | SHARED).items() if table in made)
    parts = [
        "# Dictionary",
        words["opening"].format_map(report),
        "## Tables that the build makes (data/processed)",
        *(_table_section(path, table) for path, table in PROCESSED.items()),
        "## Tables that people typed (data/raw)",
        *(_table_section(path, table) for path, table in typed.items() if table not in made),
        f"{', '.join(same[:-1])} and {same[-1]} are the same in both folders.",
        "## Codes",
        *_code_sections([*made, *typed.values()]),
        "## Indicators",
        markdown_table(words["indicators"], map(_indicator_cells, tables["indicators.csv"])),
        "## Units",
        markdown_table(
            units.values(), ([row[name] for name in units] for row in tables["units.csv"])
        ),
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


def _table_section(path: str, table: Table) -> str:
    key = ", ".join(f"`{name}`" for name in table.key)
    fields = (
        (
            f"`{column.name}`",
            sentence(column),
            TYPE_WORDS.get(column.type, column.type),
            _allowed_words(column),
        )
        for column in table.columns
    )
    opening = f"### {path}\n\n{table.meaning} One row for each {key}.\n\n"
    return opening + markdown_table(("field", "meaning", "type", "allowed"), fields)


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


def _indicator_cells(row: Row) -> Iterable[str]:
    measure = f"{row['measure']}, {row['real_or_nominal']}".replace("_", " ")
    names = (f"`{row['indicator']}`", row["name_en"], row["name_zh"], row["unit"])
    return (*names, measure, row["definition"], row["definition_source"])
