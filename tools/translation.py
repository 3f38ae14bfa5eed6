"""Adds to the Chinese edition of a notebook what is not translated yet, to be filled in.

`python tools/translation.py 02_tax_share` appends to notebooks/zh/02_tax_share.md each part of the
prose that is missing, in English below its mark, and to the .csv beside it each text that the
notebook's code says, with an empty Chinese cell. `--prose` leaves the code alone and runs nothing.
A notebook for any report runs on the report that `--report` names.
"""

import argparse
import json
import tempfile
from pathlib import Path

from hyreport.lab.keep import REPORT, read_kept
from hyreport.paths import MANY, NOTEBOOKS, ROOT, default_report
from hyreport.publish.editions import read_notebook, write_editions
from hyreport.publish.execute import execute_notebooks
from hyreport.publish.manifest import list_neighbours
from hyreport.publish.markdown import is_said, read_document
from hyreport.publish.translate import FOLDER, MARK, mark_source
from hyreport.words.phrases import PHRASES, REPORTS, list_shared, read_phrases
from hyreport.words.tables import format_rows, read_rows


def add_prose(source: Path) -> int:
    """Append the parts of the prose that are not translated; return how many."""
    read = read_document if source.suffix == ".md" else read_notebook
    path = source.parent / FOLDER / f"{source.stem}.md"
    path.parent.mkdir(exist_ok=True)
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    done = {mark["id"] for mark in MARK.finditer(text)}
    missing = [
        f"<!-- {cell['id']} {mark_source(''.join(cell['source']))} -->\n{cell['source'].strip()}\n"
        for cell in read(source)["cells"]
        if cell["cell_type"] == "markdown"
        and "instructor" not in cell["metadata"].get("tags", [])
        and cell["id"] not in done
    ]
    before = [text.rstrip("\n") + "\n"] if text else []
    path.write_text("\n".join([*before, *missing]), encoding="utf-8", newline="\n")
    return len(missing)


def add_phrases(source: Path, report: str) -> int:
    """Run a notebook on a report, append what its code says and nobody translated; count it."""
    path = source.parent / FOLDER / f"{source.stem}.csv"
    rows = read_rows(path) if path.exists() else []
    path.write_text(format_rows(rows, ["en", "zh"]), encoding="utf-8", newline="\n")
    with tempfile.TemporaryDirectory(prefix=".hy-") as folder:
        scratch = Path(folder)
        run = write_editions([source], scratch / "new", report)
        run = {path: notebook for path, notebook in run.items() if path.stem == source.stem}
        reports = [report, *list_neighbours(ROOT, report)]
        settings = {REPORT: report, PHRASES: str(path.parent), REPORTS: " ".join(reports)}
        (text,) = execute_notebooks(
            run, scratch, root=ROOT, settings=settings, progress=print
        ).values()
        kept = read_kept(scratch / "kept" / source.stem)
    tables = [path, *list_shared(path.parent, *reports)]
    phrases = read_phrases(*tables, reports=reports)
    for cell in json.loads(text)["cells"]:
        for output in filter(is_said, cell.get("outputs", ())):
            phrases.need_prose("".join(output["data"]["text/markdown"]))
    missing = (text for line in kept for text in line.get("missing", ()))
    said = dict.fromkeys([*missing, *phrases.missing])
    new = [text for text in said if text not in {row["en"] for row in rows}]
    rows += [{"en": text, "zh": ""} for text in new]
    path.write_text(format_rows(rows, ["en", "zh"]), encoding="utf-8", newline="\n")
    return len(new)


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("name", help="a notebook or a text in notebooks/, by its name")
    parser.add_argument("--prose", action="store_true", help="leave what code says alone")
    parser.add_argument("--report", help="the report it runs on")
    asked = parser.parse_args()
    source = next(path for path in NOTEBOOKS.rglob(f"{asked.name}.*") if path.parent.name != FOLDER)
    print(json.dumps({"prose": add_prose(source)}))
    report = asked.report or (MANY if source.parent.name == MANY else default_report())
    if source.suffix == ".ipynb" and not asked.prose:
        print(json.dumps({"phrases": add_phrases(source, report)}))


if __name__ == "__main__":
    main()
