"""The list of programs: whatever a notebook keeps or links to is there, with its cell."""

import json

from study import REPORT_ID

from hyreport.paths import ARTIFACTS, ROOT
from hyreport.publish.manifest import read_json
from hyreport.publish.programs import list_programs, write_programs

FOLDER = ARTIFACTS / REPORT_ID
NOTEBOOKS = {path.name: read_json(path) for path in (FOLDER / "notebooks").glob("*.ipynb")}
ROWS = list_programs(NOTEBOOKS, "notebooks")


def test_the_committed_list_is_that_of_the_notebooks(tmp_path):
    write_programs(tmp_path, NOTEBOOKS, "notebooks")
    assert (FOLDER / "programs.csv").read_bytes() == (tmp_path / "programs.csv").read_bytes()


def test_every_kept_thing_is_listed_once():
    listed = [(row.item, row.name) for row in ROWS if row.item != "in-text number"]
    assert len(set(listed)) == len(listed)
    figures = {path.stem for path in (FOLDER / "figures").glob("*.svg")}
    tables = {path.stem for path in (FOLDER / "tables").glob("*.csv")}
    results = set(json.loads((FOLDER / "results.json").read_text(encoding="utf-8")))
    kinds = {"figure": figures, "table": tables, "computed number": results}
    for kind, names in kinds.items():
        assert {name for item, name in listed if item == kind} == names


def test_each_cell_is_the_one_that_keeps_it():
    for row in ROWS:
        cell = json.loads((ROOT / row.program).read_text(encoding="utf-8"))["cells"][
            int(row.cell) - 1
        ]
        source = "".join(cell["source"])
        if row.item == "in-text number":
            assert f"[{row.name}]({row.output})" in source
        else:
            assert "hy.keep(" in source
