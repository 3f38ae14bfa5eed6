"""Student and instructor editions of a case study, made from one notebook.

The notebook marks what is not for students as nbgrader does: solutions and hidden tests between
marker lines, whole cells by the tag `instructor`. nbgrader itself can grade from the third file.
"""

import json
import re
from copy import deepcopy
from pathlib import Path

from hyreport.errors import RenderError

INSTRUCTOR, SOLUTION = "instructor", "solution"
SUFFIX = f"_{INSTRUCTOR}"
REGIONS = ("SOLUTION", "HIDDEN TESTS")
MARKER = re.compile(r"^\s*### (BEGIN|END) (SOLUTION|HIDDEN TESTS)\s*$")
FOLDER = "case_study"


def base_of(stem: str) -> str:
    """Return the name of the source of an edition.

    >>> base_of("05_case_study_instructor"), base_of("02_tax_share")
    ('05_case_study', '02_tax_share')
    """
    return stem.removesuffix(SUFFIX)


def is_instructor_edition(stem: str) -> bool:
    """Say whether a notebook is an instructor edition, which pages list apart."""
    return stem.endswith(SUFFIX)


def write_editions(sources: list[Path], folder: Path) -> list[Path]:
    """Write the editions of each case study; return the notebooks to run.

    Parameters
    ----------
    sources : list of Path
        Notebooks; one with cells tagged `instructor` is a case study.
    folder : Path
        The artifacts; the editions go into its folder `case_study`.

    Returns
    -------
    list of Path
        The sources, in the place of a case study its student and its instructor edition.

    Raises
    ------
    RenderError
        For a marker without its partner, and a solution in a cell that nbgrader would leave alone.
    """
    from hyreport.publish.execute import read_notebook

    paths = []
    for source in sources:
        try:
            notebook = read_notebook(source)
        except RenderError:
            notebook = {"cells": []}  # running it will say what is wrong, and run the others
        if not any(_has_tag(cell, INSTRUCTOR) for cell in notebook["cells"]):
            paths.append(source)
            continue
        check_markers(notebook, source.name)
        files = {
            f"student/{source.name}": make_student(notebook),
            f"instructor/{source.stem}{SUFFIX}.ipynb": make_instructor(notebook),
            f"nbgrader/{source.name}": make_nbgrader(notebook),
        }
        for name, edition in files.items():
            path = folder / FOLDER / name
            path.parent.mkdir(parents=True, exist_ok=True)
            text = json.dumps(edition, ensure_ascii=False, indent=1, sort_keys=True)
            path.write_text(text + "\n", encoding="utf-8", newline="\n")
        paths += [folder / FOLDER / name for name in [*files][:2]]
    return paths


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
            _check_kind(cell, region, place)
        if opened:
            raise RenderError(place, f"### BEGIN {opened}", f"### END {opened} after it")


def _check_kind(cell: dict, region: str, place: str) -> None:
    """Refuse what nbgrader would: a solution or hidden tests in a cell marked as neither."""
    kind = cell["metadata"].get("nbgrader", {})
    wanted = "solution" if region == "SOLUTION" else "grade"
    if not kind.get(wanted):
        raise RenderError(
            place, f"a region {region}", f"nbgrader metadata with {wanted}: true", "set it"
        )


def make_student(notebook: dict) -> dict:
    """Return the student edition: no instructor cells, no solutions, no hidden tests."""
    edition = make_nbgrader(notebook)
    for cell in edition["cells"]:
        cell["source"] = _cut_regions(cell["source"])
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


def find_secrets(notebook: dict) -> list[str]:
    """Return every line of a case study that no student may see.

    Parameters
    ----------
    notebook : dict
        The source, as `read_notebook` gives it.

    Returns
    -------
    list of str
        Lines of instructor cells, solutions and hidden tests, without blank ones and without
        those that stand in the open too.
    """
    student = {line.strip() for cell in make_student(notebook)["cells"] for line in _lines(cell)}
    secret = {line.strip() for cell in notebook["cells"] for line in _lines(cell)}
    return sorted(line for line in secret - student if line and not MARKER.match(line))


def _lines(cell: dict) -> list[str]:
    return cell["source"].split("\n")


def _has_tag(cell: dict, tag: str) -> bool:
    return tag in cell["metadata"].get("tags", [])


def _cut_regions(source: str) -> str:
    kept, inside = [], False
    for line in source.split("\n"):
        marker = MARKER.match(line)
        if marker:
            inside = marker[1] == "BEGIN"
        elif not inside:
            kept.append(line)
    return "\n".join(kept).rstrip("\n")
