"""Exports the panel: zipped CSV, a small Excel, dictionary, data package, citation."""

import hashlib
import io
import json
import tomllib
import zipfile
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from hyreport import __version__
from hyreport.build.describe import WORDS as LICENCES
from hyreport.build.describe import describe_field, markdown_table, sentence
from hyreport.data.schema import Column
from hyreport.panel.ask import PANEL, ask
from hyreport.panel.names import indicator_unit, meaning, name_indicator
from hyreport.panel.place import name_place
from hyreport.panel.reading import headline_indicators
from hyreport.paths import need_extra
from hyreport.words.tables import format_lines, read_rows

__all__ = ["build_exports", "export_panel"]


HOME = Path(__file__).parent
TABLES = ("headline", "reports", "audit")
KEYS = {
    "headline": ["report", "indicator", "kind", "period"],
    "reports": ["path"],
    "audit": ["report", "indicator", "kind", "period", "reader"],
}
FILES = {"headline": "headline.parquet", "reports": "reports.csv", "audit": "audit.csv"}
ZIPPED, EXCEL, PACKAGE = "panel.csv.zip", "panel.xlsx", "datapackage.json"
DICTIONARY, CITATION = "DICTIONARY.md", "CITATION.cff"
NO_TIME = zipfile.ZipInfo().date_time  # the first that a ZIP can tell


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads((HOME / "words.toml").read_text(encoding="utf-8"))


@cache
def _columns() -> dict[str, list[Column]]:
    """Return the columns of each table, in the terms in which those of a report are described."""
    found: dict[str, list[Column]] = {table: [] for table in TABLES}
    for row in read_rows(HOME / "columns.csv"):
        column = Column(
            row["column"],
            row["type"],
            row["meaning"],
            required=row["required"] == "yes",
            allowed=tuple(row["codes"].split()),
            unit=row["unit"],
            blank=row["blank"],
        )
        found[row["table"]].append(column)
    return found


def export_panel(panel: Path = PANEL, *, to: Path | None = None) -> list[str]:
    """Write zipped CSV, Excel, dictionary, data package and citation beside the panel.

    Parameters
    ----------
    panel : Path
        Folder of the panel.
    to : Path, optional
        Another folder, in which copies of the panel's own files lie.

    Returns
    -------
    list of str
        The files that changed.
    """
    changed = []
    for name, content in build_exports(panel).items():
        path = (to or panel) / name
        if path.is_file() and path.read_bytes() == content:
            continue
        temporary = path.with_name(f".{name}.tmp")
        temporary.write_bytes(content)
        temporary.replace(path)
        changed.append(name)
    return changed


def build_exports(panel: Path = PANEL) -> dict[str, bytes]:
    """Return the content of each exported file by its name.

    Notes
    -----
    Nothing in them tells when or where they were made: the same panel gives the same bytes with
    the locked versions, on the same kind of system.
    """
    facts = _facts(panel)
    made = {ZIPPED: _zip(_tables(panel)), EXCEL: _workbook(panel, facts)}
    made[DICTIONARY] = _dictionary(facts).encode("utf-8")
    made[CITATION] = _citation(facts).encode("utf-8")
    made[PACKAGE] = _package(panel, made, facts).encode("utf-8")
    return made


def _facts(panel: Path) -> dict[str, str]:
    """Return what the sentences of words.toml name."""
    words = _words()
    counts = ask(
        "select count(*) as reports, count(distinct area_code_now) as places, "
        "min(report_year) as first, max(report_year) as last from reports where used = 'yes'",
        panel=panel,
    )
    facts = {name: str(counts[name].item()) for name in counts}
    facts |= {"version": __version__, "title": words["package"]["title"]}
    licence = LICENCES["licence"]
    facts["licence"] = f"{licence['title']} ({licence['name']}), {licence['path']}"
    facts["commit"] = words["collection"]["version"]
    facts["description"] = words["package"]["description"].format_map(facts)
    return facts | {"cite": words["cite"]["text"].format_map(facts)}


def _tables(panel: Path) -> dict[str, bytes]:
    """Return the three tables as CSV, numbers without digits that nobody printed."""
    made = {}
    for table in TABLES:
        frame = ask(f"select * from {table}", panel=panel)
        cells = [[_cell(value) for value in row] for row in frame.itertuples(index=False)]
        made[f"{table}.csv"] = format_lines([list(frame.columns), *cells]).encode("utf-8")
    return made


def _cell(value: object) -> str:
    """Write a cell as text: 8.0 as 8, a missing one as nothing."""
    if value is None or value is pd.NA or value != value:
        return ""
    return format(value, ".12g") if isinstance(value, float) else str(value)


def _zip(files: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as pack:
        for name, content in files.items():
            part = zipfile.ZipInfo(name, NO_TIME)
            part.create_system = 0
            pack.writestr(part, content, zipfile.ZIP_DEFLATED, 9)
    return stream.getvalue()


def _wide(panel: Path, indicators: list[str]) -> pd.DataFrame:
    """Return a row a place and year, with targets and outcomes of some indicators side by side."""
    names = ", ".join(
        f"max({column}) filter (indicator = '{indicator}' and kind = '{kind}') as "
        f'"{name_indicator(indicator)}, {words}{more}"'
        for indicator in indicators
        for kind, words in (("target", "target"), ("actual", "outcome"))
        for column, more in (("value", ""), ("as_printed", " as printed"), ("certainty", " grade"))
    )
    sql = f"""
        select area_code_now as code, arg_max(area, report_year) as place, level, period as year,
            {names}
        from headline
        where status = 'found' and list_contains(?, indicator)
        group by area_code_now, level, period order by area_code_now, year
    """
    table = ask(sql, indicators, panel=panel)
    table.insert(2, "name", [name_place(code) for code in table["code"]])
    return table.dropna(axis=1, how="all") if len(table) else table


def _workbook(panel: Path, facts: dict[str, str]) -> bytes:
    """Return the small workbook: notes, and a sheet a theme."""
    with need_extra("render", "the workbook"):
        from xlsxwriter import Workbook

    words = _words()["workbook"]
    stream = io.BytesIO()
    book = Workbook(stream, {"in_memory": True, "strings_to_urls": False})
    book.set_properties({"title": words["title"], "created": datetime(*NO_TIME)})
    bold, wrap = book.add_format({"bold": True}), book.add_format({"text_wrap": True})
    head = book.add_format({"bold": True, "text_wrap": True, "bottom": 1, "valign": "top"})
    notes = book.add_worksheet("notes")
    notes.set_column(0, 0, 18)
    notes.set_column(1, 1, 100)
    notes.write_string(0, 0, words["title"], bold)
    for number, (heading, text) in enumerate(words["lines"], start=1):
        notes.write_string(number, 0, heading, bold)
        notes.write_string(number, 1, text.format_map(facts), wrap)
    for name, indicators in words["sheets"].items():
        sheet, table = book.add_worksheet(name), _wide(panel, indicators)
        sheet.freeze_panes(1, 4)
        sheet.set_column(0, 3, 13)
        sheet.set_column(4, len(table.columns), 12)
        for place, column in enumerate(table.columns):
            sheet.write_string(0, place, column, head)
            for line, value in enumerate(table[column], start=1):
                if (text := _cell(value)) and isinstance(value, str):
                    sheet.write_string(line, place, text)
                elif text:
                    sheet.write_number(line, place, float(value))
        sheet.autofilter(0, 0, len(table), len(table.columns) - 1)
    book.close()
    with zipfile.ZipFile(io.BytesIO(stream.getvalue())) as made:
        return _zip({part: made.read(part) for part in made.namelist()})


def _dictionary(facts: dict[str, str]) -> str:
    """Return DICTIONARY.md: every table, column, indicator."""
    parts = ["# Dictionary of the panel", _words()["dictionary"]["opening"].format_map(facts)]
    for table, columns in _columns().items():
        rows = (
            (f"`{column.name}`", sentence(column), column.type, ", ".join(column.allowed))
            for column in columns
        )
        parts += [f"## {table}", markdown_table(("column", "meaning", "type", "allowed"), rows)]
    indicators = (
        (f"`{name}`", name_indicator(name, "zh"), indicator_unit(name), meaning(name))
        for name in headline_indicators()
    )
    heading = ("indicator", "Chinese", "unit", "meaning")
    return "\n\n".join([*parts, "## Indicators", markdown_table(heading, indicators)]) + "\n"


def _package(panel: Path, made: dict[str, bytes], facts: dict[str, str]) -> str:
    """Return datapackage.json, a Frictionless Data Package (version 2)."""
    words = _words()
    package = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": words["package"]["name"],
        "title": facts["title"],
        "description": facts["description"],
        "version": __version__,
        "keywords": words["package"]["keywords"],
        "licenses": [LICENCES["licence"]],
        "contributors": [{"title": "hyreport authors", "roles": ["creator", "dataCurator"]}],
        "sources": [words["collection"]],
        "resources": [_resource(panel, table, file) for table, file in FILES.items()],
    }
    others = {ZIPPED: "application/zip", EXCEL: "application/vnd.ms-excel"}
    for name, media in others.items():
        about = {"name": name.replace(".", "-").lower(), "path": name, "mediatype": media}
        package["resources"].append(about | _size(made[name]))
    return json.dumps(package, ensure_ascii=False, indent=2) + "\n"


def _resource(panel: Path, table: str, file: str) -> dict[str, Any]:
    """Return one table as a data resource with its columns."""
    form = file.rpartition(".")[2]
    media = {"csv": "text/csv", "parquet": "application/vnd.apache.parquet"}[form]
    schema: dict[str, Any] = {
        "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
        "fields": [describe_field(column) for column in _columns()[table]],
        "primaryKey": KEYS[table],
    }
    if table != "reports":
        link = {"fields": ["report"], "reference": {"resource": "reports", "fields": ["report"]}}
        schema["foreignKeys"] = [link]
    about = {"name": table, "path": file, "type": "table", "format": form, "mediatype": media}
    return about | _size((panel / file).read_bytes()) | {"schema": schema}


def _size(content: bytes) -> dict[str, Any]:
    return {"bytes": len(content), "hash": f"sha256:{hashlib.sha256(content).hexdigest()}"}


def _citation(facts: dict[str, str]) -> str:
    """Return CITATION.cff of the panel."""
    source = _words()["collection"]
    quoted = {name: json.dumps(text, ensure_ascii=False) for name, text in facts.items()}
    return "\n".join(
        [
            "cff-version: 1.2.0",
            'message: "Please cite the panel and, for a cell, the report it was printed in."',
            "type: dataset",
            f"title: {quoted['title']}",
            "authors:",
            '  - name: "hyreport authors"',
            f"version: {facts['version']}",
            f"license: {LICENCES['licence']['name']}",
            f"abstract: {quoted['description']}",
            "references:",
            "  - type: data",
            f"    title: {json.dumps(source['title'], ensure_ascii=False)}",
            f"    url: {json.dumps(source['path'])}",
            f"    commit: {json.dumps(source['version'])}",
            '    authors: [{name: "lawtext"}]',
            "",
        ]
    )
