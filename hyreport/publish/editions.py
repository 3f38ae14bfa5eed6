"""Student and instructor editions of a case study, made from one notebook.

The notebook marks what is not for students as nbgrader does: solutions and hidden tests between
marker lines, whole cells by the tag `instructor`. nbgrader itself can grade from the third file.
"""

import json
import re
from copy import deepcopy
from pathlib import Path

from hyreport.errors import RenderError
from hyreport.paths import ANY_REPORT, CASE_STUDY
from hyreport.publish.manifest import write_json

__all__ = [
    "METADATA",
    "NOTES",
    "base_of",
    "is_for_lab",
    "is_instructor_edition",
    "without_notes",
    "write_editions",
]


INSTRUCTOR, SOLUTION = "instructor", "solution"
# The tag of a cell that serves in JupyterLab alone: rendering neither runs nor shows it.
LAB = "lab"
SUFFIX = f"_{INSTRUCTOR}"
MARKER = re.compile(r"^\s*### (BEGIN|END) (SOLUTION|HIDDEN TESTS)\s*$")
# All from a marker to its partner; an empty line before it stays.
REGION = re.compile(
    r"^[ \t]*### BEGIN (SOLUTION|HIDDEN TESTS)\s*$.*?^[ \t]*### END \1[ \t]*$\n?",
    re.MULTILINE | re.DOTALL,
)
NOTES = "evidence-of-all"  # the id of the cell of evidence that what is handed out ends with
PARAMETER = re.compile(r"^report_id = .*$", re.MULTILINE)
KEPT = ("nbgrader", "tags")
METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def base_of(stem: str) -> str:
    """Return the name of the source of an edition.

    >>> base_of("05_case_study_instructor"), base_of("02_tax_share")
    ('05_case_study', '02_tax_share')
    """
    return stem.removesuffix(SUFFIX)


def is_instructor_edition(stem: str) -> bool:
    """Say whether a notebook is an instructor edition, which pages list apart."""
    return stem.endswith(SUFFIX)


def is_for_lab(cell: dict) -> bool:
    """Say whether a cell serves in JupyterLab alone."""
    return _has_tag(cell, LAB)


def without_notes(notebook: dict) -> dict:
    """Return a notebook without the evidence that one which was kept or handed out ends with."""
    return notebook | {"cells": [cell for cell in notebook["cells"] if cell.get("id") != NOTES]}


def read_notebook(path: Path) -> dict:
    """Read a notebook's source, without outputs and with a fixed id for each cell.

    Raises
    ------
    RenderError
        Where the file is not a notebook of format 4.
    """
    try:
        notebook = json.loads(path.read_text(encoding="utf-8"))
        if notebook["nbformat"] != 4:
            raise ValueError("another format")
        cells = without_notes(notebook)["cells"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        found = f"a file that is no notebook ({type(error).__name__}: {error})"
        raise RenderError(path.name, found, "Jupyter format 4") from None
    notebook["nbformat_minor"] = max(5, notebook.get("nbformat_minor", 0))
    for number, cell in enumerate(cells, start=1):
        cell.setdefault("id", f"cell-{number}")
        cell["source"] = "".join(cell["source"])
        # What a program left on saving must not pass into the editions.
        cell["metadata"] = {
            name: cell["metadata"][name] for name in KEPT if name in cell["metadata"]
        }
        if cell["cell_type"] == "code":
            cell["outputs"], cell["execution_count"] = [], None
    return notebook | {"cells": cells, "metadata": METADATA}


def set_report(notebook: dict, report_id: str) -> bool:
    """Let the parameters of a notebook name this report; say whether they name one at all."""
    found = 0
    for cell in notebook["cells"]:
        if _has_tag(cell, "parameters"):
            line = f'report_id = "{report_id}"'
            cell["source"], count = PARAMETER.subn(line, cell["source"])
            found += count
    return bool(found)


def write_editions(sources: list[Path], folder: Path, report_id: str) -> dict[Path, dict]:
    """Write the editions of each case study; return the notebooks to run.

    Parameters
    ----------
    sources : list of Path
        Notebooks; one with cells tagged `instructor` is a case study.
    folder : Path
        The artifacts; the editions go into its folder `case_study`.
    report_id : str
        The report, which the parameters of each will name.

    Returns
    -------
    dict of dict
        The notebooks by the path that they run at, in the place of a case study its student and
        its instructor edition.

    Raises
    ------
    RenderError
        For what is no notebook, one for any report whose parameters name none, a marker without
        its partner, and a solution in a cell that nbgrader would leave alone.
    """
    run = {}
    for source in sources:
        notebook = read_notebook(source)
        if not set_report(notebook, report_id) and source.parent.match(ANY_REPORT):
            raise RenderError(
                source.name, "no report_id", "a cell tagged parameters with `report_id = ...`"
            )
        if not any(_has_tag(cell, INSTRUCTOR) for cell in notebook["cells"]):
            run[source] = notebook
            continue
        check_markers(notebook, source.name)
        place = folder / CASE_STUDY
        editions = {
            place / "student" / source.name: make_student(notebook),
            place / "instructor" / f"{source.stem}{SUFFIX}.ipynb": make_instructor(notebook),
            place / "nbgrader" / source.name: make_nbgrader(notebook),
        }
        for path, edition in editions.items():
            write_json(path, edition)
        run |= [*editions.items()][:2]
    return run


def check_markers(notebook: dict, name: str) -> None:
    """Raise RenderError unless every region begins and ends in one cell that nbgrader clears."""
    for number, cell in enumerate(notebook["cells"], start=1):
        place, opened = f"{name}, cell {number}", ""
        for line in cell["source"].splitlines():
            marker = MARKER.match(line)
            if marker is None:
                if re.search(r"(BEGIN|END) (SOLUTION|HIDDEN TESTS)", line):
                    raise RenderError(place, line.strip(), "a line of its own: ### BEGIN SOLUTION")
                continue
            side, region = marker.groups()
            if (side == "BEGIN") is bool(opened) or (side == "END" and opened != region):
                raise RenderError(place, line.strip(), "each BEGIN with an END of its own")
            opened = region if side == "BEGIN" else ""
            kind = "solution" if region == "SOLUTION" else "grade"
            if not cell["metadata"].get("nbgrader", {}).get(kind):  # nbgrader would leave it alone
                wanted = f"nbgrader metadata with {kind}: true"
                raise RenderError(place, f"a region {region}", wanted, "set it")
        if opened:
            raise RenderError(place, f"### BEGIN {opened}", f"### END {opened} after it")


def make_student(notebook: dict) -> dict:
    """Return the student edition: no instructor cells, no solutions, no hidden tests."""
    edition = make_nbgrader(notebook)
    for cell in edition["cells"]:
        cell["source"] = REGION.sub("", cell["source"]).rstrip("\n")
    return edition


def make_instructor(notebook: dict) -> dict:
    """Return the instructor edition: everything, without the marker lines; solutions tagged."""
    edition = deepcopy(notebook)
    for cell in edition["cells"]:
        lines = cell["source"].split("\n")
        kept = [line for line in lines if not MARKER.match(line)]
        if len(kept) < len(lines):
            cell["source"] = "\n".join(kept)
            cell["metadata"].setdefault("tags", []).append(SOLUTION)
    return edition


def make_nbgrader(notebook: dict) -> dict:
    """Return what nbgrader generates and grades from: no instructor cells, markers in place."""
    edition = deepcopy(notebook)
    edition["cells"] = [cell for cell in edition["cells"] if not _has_tag(cell, INSTRUCTOR)]
    return edition


def _has_tag(cell: dict, tag: str) -> bool:
    return tag in cell["metadata"].get("tags", [])
