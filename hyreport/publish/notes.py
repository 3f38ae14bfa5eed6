"""The evidence at the end of a notebook: the numbers in its text lead there in any JupyterLab.

A page has the evidence at its foot; a notebook that is kept or handed out gets it as its last cell,
of plain HTML, for which nothing has to run and which is shown in a notebook that is not trusted.
Sources do not hold it.
"""

from collections.abc import Callable, Iterable, Mapping
from html import escape
from pathlib import Path
from urllib.parse import unquote

from hyreport.numbers.writing import say_number
from hyreport.publish.editions import NOTES, base_of, is_instructor_edition, without_notes
from hyreport.publish.evidence import RESULT, Evidence, build_evidence, say_place
from hyreport.publish.manifest import read_json, write_json
from hyreport.publish.prose import read_prose
from hyreport.words.codes import say_status

__all__ = ["write_notes"]


FEW = 4  # more inputs than these fold into a line


def write_notes(
    folder: Path, names: Iterable[str], evidence: Evidence, *, say: Callable[[str], str] = str
) -> None:
    """Let every notebook below a folder that has one of the names end with its evidence.

    Parameters
    ----------
    folder : Path
        The artifacts: a case study lies there in several editions.
    names : iterable of str
        File names of notebooks.
    evidence : Evidence
        The figures and results that links can point to.
    say : callable
        Says each text in the language of the notebooks.
    """
    names = set(names)
    stems = [Path(name).stem for name in names]
    with_solutions = {base_of(stem) for stem in stems if is_instructor_edition(stem)}
    for path in sorted(folder.rglob("*.ipynb")):
        if path.name in names:
            asked = path.stem in with_solutions
            noted = add_notes(read_json(path), evidence, for_students=asked, say=say)
            write_json(path, noted)


def add_notes(
    notebook: dict,
    evidence: Evidence,
    *,
    for_students: bool = False,
    say: Callable[[str], str] = str,
) -> dict:
    """Return a notebook that ends with the evidence of the numbers in its text.

    Parameters
    ----------
    notebook : dict
        A notebook as parsed JSON; evidence that it ends with already is replaced.
    evidence : Evidence
        The figures and results that links can point to; a link to anything else is left alone.
    for_students : bool
        Say of a printed figure only its words and its place.
    say : callable
        Says each text in the language of the notebook.

    Returns
    -------
    dict
        The notebook; as it was, where no number in it has evidence.
    """
    bare = without_notes(notebook)
    uses = _list_uses(bare, evidence)
    rows = build_evidence((("", "", target) for target in uses), evidence, place=NOTES)
    order = [evidence.own(unquote(target)) for target in uses]
    results = [row for _, group in rows["results"] for row in group]
    results.sort(key=lambda row: order.index(row["id"]))
    if not (results or rows["figures"]):
        return notebook
    told = {row["id"]: _write_result(row, say) for row in results}
    told |= {row["id"]: _write_figure(row, for_students, say) for row in rows["figures"]}
    items = [_write_item(name, words, uses, evidence) for name, words in told.items()]
    words = say("Each number in the text leads here, and ↑ back to its cell.")
    head = f"<h2>{say('Evidence')}</h2>\n<p>{words}</p>"
    source = "\n".join([head, "<ul>", *items, "</ul>"]).replace("$", "&#36;")
    cell = {
        "cell_type": "markdown",
        "id": NOTES,
        "metadata": {"editable": False},
        "source": source.splitlines(keepends=True),
    }
    return notebook | {"cells": [*bare["cells"], cell]}


def _list_uses(notebook: dict, evidence: Evidence) -> dict[str, dict[str, None]]:
    """Return the cells that lead to each piece of evidence, by the address of the link."""
    uses: dict[str, dict[str, None]] = {}
    for cell in notebook["cells"]:
        for _, _, target in read_prose({"cells": [cell]}):
            if target.startswith("#") and evidence.find(target):
                uses.setdefault(target, {})[cell.get("id", "")] = None
    return uses


def _write_item(
    name: str, words: str, uses: Mapping[str, Mapping[str, None]], evidence: Evidence
) -> str:
    """Write one piece of evidence, where links lead to it, and the way back to their cells."""
    links = [target for target in uses if evidence.own(unquote(target)) == name]
    also = [target[1:] for target in links if target != f"#{name}"]
    anchors = "".join(f'<a id="{escape(other)}"></a>' for other in also)
    cells = dict.fromkeys(cell for target in links for cell in uses[target])
    arrows = "".join(f' <a href="#cell-id={escape(cell)}">↑</a>' for cell in cells if cell)
    return f'<li id="{escape(name)}">{anchors}{words}{arrows}</li>'


def _write_figure(row: dict, for_students: bool, say: Callable[[str], str]) -> str:
    what = say(", ".join(filter(None, (row["period"], row["area"].replace("_", " ")))))
    said = [f"<b>{escape(row['as_printed'])}</b> {_name(row['id'])}"]
    name = row["name_zh"] if say is not str else f"{row['name_en']} ({row['name_zh']})"
    said.append(escape(f"{name}, {what}; {say(say_place(row))}"))
    if not for_students:
        status = ", ".join(filter(None, (row["role"], say_status(row["obs_status"]))))
        said.append(escape(f"{say(_say(row))}; {say(status.replace('_', ' '))}"))
        said += [f"{say('doubt')}: {escape(say(row['doubt']))}"] if row["doubt"] else []
    return "; ".join(said)


def _write_result(row: dict, say: Callable[[str], str]) -> str:
    inputs = ", ".join(
        f'<a href="#{escape(input["id"])}">{escape(input["id"])}</a>'
        if input["address"]
        else _name(input["id"])
        for input in row["inputs"]
    )
    said = [f"<b>{escape(say(_say(row)))}</b> {_name(row['id'])}", escape(say(row["formula"]))]
    if len(row["inputs"]) > FEW:
        count = say(f"{len(row['inputs'])} inputs")
        inputs = f"<details><summary>{count}</summary>{inputs}</details>"
    return "; ".join([*said, f"{say('from')} {inputs}"] if inputs else said)


def _say(row: dict) -> str:
    return say_number(row["value"], row["low"], row["high"], unit=row["unit"])


def _name(name: str) -> str:
    return f"<code>{escape(name.removeprefix(RESULT))}</code>"
