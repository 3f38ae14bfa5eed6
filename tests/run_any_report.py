"""Runs the notebooks for any report on reports of a project, in plain Python, and tells what came.

As a program: the folder that receives what is told, then ids of reports. For each report a file of
JSON: by notebook what it said as prose, in either language, what it kept, each result, and what
nobody has put into Chinese.
"""

import json
import os
import sys
import warnings
from pathlib import Path

warnings.simplefilter("error")  # a warning would fail a render

from hyreport.lab import keep  # noqa: E402
from hyreport.paths import ANY_REPORT, ROOT  # noqa: E402
from hyreport.publish.editions import is_for_lab, read_notebook, set_report  # noqa: E402
from hyreport.publish.manifest import list_neighbours  # noqa: E402
from hyreport.words.phrases import FOLDER, PHRASES, REPORTS, open_phrases  # noqa: E402


def run(path: Path, report_id: str, staging: Path) -> dict:
    """Run a notebook on a report; return what it said, its tables and charts, and its results."""
    said: list[str] = []
    keep._show = lambda bundle, metadata: said.extend([bundle.get("text/markdown", "")])
    os.environ |= {"HYREPORT_KEEP": str(staging), "HYREPORT_REPORT": report_id}
    os.environ[PHRASES] = str(path.parent / FOLDER / f"{path.stem}.csv")
    os.environ[REPORTS] = " ".join([report_id, *list_neighbours(ROOT, report_id)])
    open_phrases.cache_clear()
    notebook = read_notebook(path)
    set_report(notebook, report_id)
    namespace: dict = {"__name__": "__main__"}
    for number, cell in enumerate(notebook["cells"], start=1):
        if cell["cell_type"] == "code" and not is_for_lab(cell):
            code = compile(cell["source"], f"{path.name}, cell {number}, {report_id}", "exec")
            exec(code, namespace)
    kept = keep.read_kept(staging)
    results = {line["name"]: line["entry"] for line in kept if "entry" in line}
    said = [text for text in said if text]
    missing = [text for line in kept for text in line.get("missing", ())]
    phrases = open_phrases()
    phrases.missing.clear()
    chinese = [phrases.need_prose(text) for text in said]
    return {
        "said": said,
        "chinese": chinese,
        "missing": [*missing, *phrases.missing],
        "kept": [line["name"] for line in kept if "entry" not in line],
        "results": results,
    }


if __name__ == "__main__":
    folder, names = Path(sys.argv[1]), sys.argv[2:]
    for name in names:
        told = {
            path.stem: run(path, name, folder / name / path.stem)
            for path in sorted((ROOT / ANY_REPORT).glob("[0-9]*.ipynb"))
        }
        text = json.dumps(told, ensure_ascii=False)
        (folder / f"{name}.json").write_text(text, encoding="utf-8")
