"""Maps every kept chart, table and number, and every number in prose, to the cell that makes it."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from hyreport.publish.editions import base_of
from hyreport.publish.markdown import is_said
from hyreport.publish.prose import read_prose
from hyreport.words.tables import format_lines

__all__ = ["Program", "list_kept", "stem_of", "write_programs"]


# What is kept: how it is called, and the file that holds it, in the order of the list.
KINDS = {
    "figure": ("figure", "figures/{}.svg"),
    "table": ("table", "tables/{}.csv"),
    "result": ("computed number", "results.json"),
}


IN_TEXT = "in-text number"


class Program(NamedTuple):
    """A row of the list: what is kept or linked to, and the notebook's cell that does it."""

    item: str
    name: str
    program: str
    cell: str
    output: str


def write_programs(folder: Path, notebooks: dict[str, dict], place: str) -> None:
    """Write the list of programs into the artifacts, as `list_programs` returns it."""
    text = format_lines([Program._fields, *list_programs(notebooks, place)])
    (folder / "programs.csv").write_text(text, encoding="utf-8", newline="\n")


def list_programs(notebooks: dict[str, dict], place: str) -> list[Program]:
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
    list of Program
        `item` (figure, table, computed number, in-text number), `name`, `program` (the notebook's
        source), `cell` (its number from 1), `output` (the file, or the evidence a number in prose
        links to).

    Notes
    -----
    The form is the list of tables and programs that the data editors of economics journals ask
    for; a cell takes the place of their line number.
    """
    rows = []
    for stem, notebook in _list_sources(notebooks).items():
        program = f"{place}/{stem}.ipynb"
        rows += _list_kept(notebook, program)
        rows += [
            Program(IN_TEXT, text, program, where.removeprefix("cell "), target)
            for where, text, target in read_prose(notebook)
            if target.startswith("#")
        ]
    return rows


def list_kept(notebooks: dict[str, dict]) -> list[Program]:
    """List what executed notebooks keep, as `list_programs` does, without their prose."""
    sources = _list_sources(notebooks).items()
    return [row for stem, notebook in sources for row in _list_kept(notebook, f"{stem}.ipynb")]


def stem_of(row: Program) -> str:
    """Return the name of a row's notebook, which is that of its page."""
    return Path(row.program).stem


def _list_sources(notebooks: dict[str, dict]) -> dict[str, dict]:
    """Return the notebook that counts of each source, by the source's name."""
    return {base_of(Path(name).stem): text for name, text in sorted(notebooks.items())}


def _list_kept(notebook: dict, program: str) -> list[Program]:
    order = [item for item, _ in KINDS.values()]
    return sorted(_find_kept(notebook, program), key=lambda row: order.index(row.item))


def _find_kept(notebook: dict, program: str) -> Iterator[Program]:
    for number, cell in enumerate(notebook["cells"], start=1):
        for output in cell.get("outputs", ()):
            kept = dict(output.get("metadata", {}).get("hyreport", {}))
            if is_said(output):
                continue
            results = [("result", name) for name in kept.pop("results", ())]
            for kind, name in [*kept.items(), *results]:
                item, path = KINDS[kind]
                yield Program(item, name, program, str(number), path.format(name))
