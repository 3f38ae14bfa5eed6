"""Marks each number in the text whose evidence now says something else: pages, papers, notebooks.

A sentence is typed by hand; a change of data or of a notebook's parameters can leave it behind.
"""

from fractions import Fraction
from pathlib import Path

from hyreport.errors import StaleTextError
from hyreport.numbers.computed import ENDS, round_outwards, round_to, say_number
from hyreport.publish.console import Progress
from hyreport.publish.editions import base_of
from hyreport.publish.manifest import read_json, write_json
from hyreport.publish.prose import (
    SCALES,
    Evidence,
    Problem,
    check_link,
    check_prose,
    count_decimals,
    find_numbers,
    unit_scale,
)

NOTICE = "what-differs"  # the id of the cell that says so
HOW_MARKED = (
    "Each is struck through; what the data say now stands beside it. "
    "The words around it may no longer hold either."
)


def restate(text: str, target: str, evidence: Evidence) -> str:
    """Return what the evidence of a link says now, where the link's text says something else.

    Parameters
    ----------
    text : str
        What the link shows, such as `16.23 billion`.
    target : str
        Where it leads, such as `#result:tax_2017`.
    evidence : Evidence
        The figures and results that links can point to.

    Returns
    -------
    str
        The printed words of a figure; value and ends of a result, with the digits and the scale
        of the text, the ends rounded outwards. Empty where the text agrees, and where the link
        leads to no evidence.

    Examples
    --------
    >>> tax = {"value": "166.1", "low": "165.6", "high": "166.6", "unit": "100 million yuan"}
    >>> evidence = Evidence({}, {"tax_2017": tax})
    >>> restate("16.23 billion", "#result:tax_2017", evidence)
    '16.61 [16.56, 16.66] billion'
    >>> restate("166.1", "#result:tax_2017", evidence)
    ''
    """
    row = evidence.find(target) if target.startswith("#") else None
    if row is None or not check_link(text, target, evidence):
        return ""
    return row["as_printed"] if "as_printed" in row else _say_result(text, row)


def _say_result(text: str, row: dict) -> str:
    """Say a result with the digits and scale of a text, or as many as show more than zero."""
    numbers = find_numbers(text)
    decimals = max(map(count_decimals, numbers))
    scale = next((number["scale"].strip() for number in numbers if number["scale"]), "")
    factor = Fraction(unit_scale(row["unit"]), SCALES[scale]) if scale else 1
    exact = [None if row[end] is None else Fraction(row[end]) * factor for end in ENDS]
    while exact[0] and not round_to(exact[0], decimals):
        decimals += 1
    return say_number(*round_outwards(exact, decimals), unit=scale).replace("-", "−")


def check_texts(
    texts: dict[str, dict], evidence: Evidence, progress: Progress
) -> dict[str, list[Problem]]:
    """Tell of each number without evidence; return those whose evidence says something else."""
    stale = {}
    for name, text in texts.items():
        problems = check_prose(text, evidence, name=name)
        for problem in problems:
            if not problem.target:
                progress(f"  check the text: {problem}")
        if found := [problem for problem in problems if problem.target]:
            stale[name] = found
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
