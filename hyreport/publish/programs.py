"""Maps every kept chart, table and number, and every number in prose, to the cell that makes it."""

from collections.abc import Iterator
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


def write_programs(folder: Path, notebooks: dict[str, dict], place: str) -> None:
    """Write the list of programs into the artifacts, as `list_programs` returns it."""
    text = format_rows(list_programs(notebooks, place), HEADER)
    (folder / "programs.csv").write_text(text, encoding="utf-8", newline="\n")


def list_programs(notebooks: dict[str, dict], place: str) -> list[dict[str, str]]:
    """List what executed notebooks keep and link to, each with notebook and cell.

    Parameters
    ----------
    notebooks : dict of dict
        Executed notebooks by file name; of a case study's editions the instructor's counts, which
        has all cells of the source in their places.
    place : str
        The folder of their sources in the project.

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
    sources = {base_of(Path(name).stem): text for name, text in sorted(notebooks.items())}
    for stem, notebook in sources.items():
        program = f"{place}/{stem}.ipynb"
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


def _list_kept(notebook: dict, program: str) -> Iterator[dict[str, str]]:
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
