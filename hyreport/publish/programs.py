"""Maps every kept chart, table and number, and every number in prose, to the cell that makes it."""

import json
from pathlib import Path

from hyreport.publish.editions import base_of
from hyreport.publish.prose import read_prose
from hyreport.words.tables import format_rows

HEADER = ("item", "name", "program", "cell", "output")
KINDS = {"figure": "figure", "table": "table", "result": "computed number"}
OUTPUTS = {
    "figure": "figures/{}.svg",
    "table": "tables/{}.csv",
    "result": "results.json",
}


def list_programs(notebooks: list[Path]) -> list[dict[str, str]]:
    """List what executed notebooks keep and link to, each with notebook and cell.

    Parameters
    ----------
    notebooks : list of Path
        Executed notebooks; of a case study's editions the instructor's counts, which has all
        cells of the source in their places.

    Returns
    -------
    list of dict
        `item` (figure, table, computed number, in-text number), `name`, `program` (the notebook's
        source), `cell` (its number from 1), `output` (the file, or the evidence a number in prose
        links to).

    Notes
    -----
    The form is the list of tables and programs that the data editors of economics journals ask
    for; a cell takes the place of their line number.
    """
    rows = []
    for path in {base_of(path.stem): path for path in sorted(notebooks)}.values():
        notebook = json.loads(path.read_text(encoding="utf-8"))
        program = f"notebooks/{base_of(path.stem)}.ipynb"
        kept = list(_list_kept(notebook, program))
        linked = [
            {
                "item": "in-text number",
                "name": text,
                "program": program,
                "cell": place.removeprefix("cell "),
                "output": target,
            }
            for place, text, target in read_prose(notebook)
            if target.startswith("#")
        ]
        rows += sorted(kept, key=lambda row: list(KINDS.values()).index(row["item"])) + linked
    return rows


def _list_kept(notebook: dict, program: str):
    for number, cell in enumerate(notebook["cells"], start=1):
        for output in cell.get("outputs", ()):
            kept = dict(output.get("metadata", {}).get("hyreport", {}))
            results = [("result", name) for name in kept.pop("results", ())]
            for kind, name in [*kept.items(), *results]:
                yield {
                    "item": KINDS[kind],
                    "name": name,
                    "program": program,
                    "cell": str(number),
                    "output": OUTPUTS[kind].format(name),
                }


def format_programs(rows: list[dict[str, str]]) -> str:
    """Return the list as CSV text."""
    return format_rows(rows, HEADER)
