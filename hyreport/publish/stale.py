"""Marks each number in the text whose evidence now says something else: pages, papers, notebooks.

A sentence is typed by hand; a change of data or of a notebook's parameters can leave it behind.
"""

from pathlib import Path

from hyreport.errors import StaleTextError
from hyreport.publish.console import Progress
from hyreport.publish.editions import base_of
from hyreport.publish.evidence import Evidence
from hyreport.publish.manifest import read_json, write_json
from hyreport.publish.prose import Problem, check_prose, restate

__all__ = [
    "HOW_MARKED",
    "check_texts",
    "list_stale",
    "mark_notebooks",
    "say_count",
    "sum_up",
    "unmark_notebook",
]


NOTICE = "what-differs"  # the id of the cell that says so
HOW_MARKED = (
    "Each is struck through; what the data say now stands beside it. "
    "The words around it may no longer hold either."
)


def check_texts(
    texts: dict[str, dict], evidence: Evidence, progress: Progress
) -> dict[str, list[Problem]]:
    """Tell of each number without evidence; return those whose evidence says something else."""
    stale: dict[str, list[Problem]] = {}
    for name, text in texts.items():
        for problem in check_prose(text, evidence, name=name):
            if problem.target:
                stale.setdefault(name, []).append(problem)
            else:
                progress(f"  check the text: {problem}")
    return stale


def mark_notebooks(folder: Path, stale: dict[str, list[Problem]], evidence: Evidence) -> None:
    """Begin each notebook whose text no longer holds with a notice of what differs.

    Parameters
    ----------
    folder : Path
        Every notebook below it that has the name of a problem's is marked, in all its editions.
    stale : dict of list of Problem
        Numbers whose evidence says something else, by the name of their text.
    evidence : Evidence
        The figures and results that links can point to.
    """
    for name, found in stale.items():
        listed = (
            f"`{problem.text}` in {problem.place}, now "
            f"`{restate(problem.text, problem.target, evidence)}`"
            for problem in found
        )
        words = f"> **{say_count(len(found), 'notebook')}** {'; '.join(listed)}."
        notice = {"cell_type": "markdown", "id": NOTICE, "metadata": {}, "source": [words]}
        for path in folder.rglob(name) if name.endswith(".ipynb") else ():
            notebook = read_json(path)
            write_json(path, notebook | {"cells": [notice, *notebook["cells"]]})


def unmark_notebook(notebook: dict) -> dict:
    """Return an executed notebook without the notice that it may begin with."""
    return notebook | {"cells": [cell for cell in notebook["cells"] if cell["id"] != NOTICE]}


def list_stale(stale: dict[str, list[Problem]]) -> dict[str, list[str]]:
    """Return the problems in words by their source; of a case study's editions the instructor's.

    Its cells are those of the source, and it comes last.
    """
    return {
        f"{base_of(Path(name).stem)}{Path(name).suffix}": [
            f"{problem.place}: {problem.text!r} {problem.why}" for problem in found
        ]
        for name, found in stale.items()
    }


def sum_up(stale: dict[str, list[str]]) -> StaleTextError:
    """Return the error that says how many numbers differ, where, and how to mend them.

    >>> print(sum_up({"02_tax_share.ipynb": ["cell 2: '162.3' ...", "cell 4: '8' ..."]}))
    text of the pages: found 2 numbers that differ from the data (02_tax_share.ipynb: 2), \
expected what the data say. To fix: correct the sentences in notebooks/, or undo the change of \
data or parameters, and render again; the pages are written and mark each number; \
`render --allow-stale` ends with status 0
    """
    count = sum(map(len, stale.values()))
    differ = "1 number that differs" if count == 1 else f"{count} numbers that differ"
    places = ", ".join(f"{name}: {len(lines)}" for name, lines in stale.items())
    return StaleTextError(
        "text of the pages",
        f"{differ} from the data ({places})",
        "what the data say",
        "correct the sentences in notebooks/, or undo the change of data or parameters, and "
        "render again; the pages are written and mark each number; "
        "`render --allow-stale` ends with status 0",
    )


def say_count(count: int, thing: str) -> str:
    """Say how many numbers of a page, paper or notebook no longer hold.

    >>> say_count(1, "page")
    '1 number in the text of this page differs from the data.'
    """
    differ = "1 number {} differs" if count == 1 else "{count} numbers {} differ"
    return f"{differ.format(f'in the text of this {thing}', count=count)} from the data."
