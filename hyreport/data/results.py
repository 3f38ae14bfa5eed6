"""The results that a report's notebooks kept, and the notebook and cell behind each."""

import json
from pathlib import Path

from hyreport.errors import HyreportError
from hyreport.paths import ARTIFACTS, IS_CLONE
from hyreport.words.tables import read_rows

__all__ = ["place_of", "read_entries", "read_programs"]


def read_entries(report_id: str) -> dict[str, dict]:
    """Return results.json of a report, each entry with its name, notebook and cell beside it."""
    path = ARTIFACTS / report_id / "results.json"
    if not path.is_file():
        found = "no artifacts of this report" + ("" if IS_CLONE else " in this installed copy")
        fix = "type `python run.py render`" if IS_CLONE else "get a clone of the project"
        raise HyreportError(f"artifacts/{report_id}/results.json", found, "rendered results", fix)
    programs = read_programs(report_id)
    places = {row["name"]: place_of(row) for row in programs if row["item"] == "computed number"}
    entries = json.loads(path.read_text(encoding="utf-8"))
    return {name: entry | {"name": name} | places[name] for name, entry in entries.items()}


def read_programs(report_id: str) -> list[dict[str, str]]:
    """Return programs.csv of a report: the cell behind each result, table, chart and number."""
    path = ARTIFACTS / report_id / "programs.csv"
    if not path.is_file():
        raise HyreportError(
            path.name, "no such file", "the list of programs", "type `python run.py render`"
        )
    return read_rows(path)


def place_of(program: dict[str, str]) -> dict:
    """Return what a line of programs.csv is about, and the notebook and cell that made it."""
    notebook = Path(program["program"]).stem
    return {"name": program["name"], "notebook": notebook, "cell": int(program["cell"])}
