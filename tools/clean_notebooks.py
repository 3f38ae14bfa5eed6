"""Brings notebook sources to their clean form: no outputs, no counts, no metadata that changes.

    python tools/clean_notebooks.py [--check] [NOTEBOOK ...]

Without names all of notebooks/ are cleaned; --check changes nothing and only says which are not
clean, with exit status 1. Needs nothing but Python; .pre-commit-config.yaml runs it.
"""

import json
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "notebooks"
KEPT = ("nbgrader", "tags")  # what tells cells apart; the rest is how a program left them
NOTES = "evidence-of-all"  # the cell of evidence that a rendered notebook ends with
METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def clean(text: str) -> str:
    """Return the text of a notebook in its clean form; cells, ids, tags and tasks stay.

    >>> clean('{"cells": [], "metadata": {"x": 1}, "nbformat": 4, "nbformat_minor": 5}').count("x")
    0
    """
    notebook = json.loads(text)
    notebook["cells"] = [cell for cell in notebook["cells"] if cell.get("id") != NOTES]
    for cell in notebook["cells"]:
        cell["metadata"] = {
            name: cell["metadata"][name] for name in KEPT if name in cell["metadata"]
        }
        cell["source"] = "".join(cell["source"]).splitlines(keepends=True)
        if cell["cell_type"] == "code":
            cell["outputs"], cell["execution_count"] = [], None
    notebook["metadata"] = METADATA
    return json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def main(arguments: list[str]) -> int:
    """Clean or check notebooks; return 1 where one was not clean."""
    names = [Path(name) for name in arguments if name != "--check"]
    changed = []
    for path in names or sorted(FOLDER.glob("**/[!.]*.ipynb")):
        text = path.read_bytes().decode("utf-8")
        if clean(text) != text:
            changed.append(path)
            if "--check" not in arguments:
                path.write_text(clean(text), encoding="utf-8", newline="\n")
    for path in changed:
        print(f"{'not clean' if '--check' in arguments else 'cleaned'}: {path.name}")
    return 1 if changed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
