"""The README: its numbers are those of the data, its links and its tables lead somewhere."""

import csv
import json
import re
import subprocess
import sys

import pytest
from study import REPORT_ID

from hyreport.cli import main
from hyreport.paths import ARTIFACTS, NOTEBOOKS, PROCESSED, ROOT
from hyreport.publish.evidence import read_evidence
from hyreport.publish.prose import check_prose

README = (ROOT / "README.md").read_text(encoding="utf-8")
LINKS = re.findall(r"\]\(([^)#\s]+)(#[^)\s]+)?\)", README)


def test_every_number_is_linked_to_what_it_says():
    prose = re.sub(r"\]\([^)#]*\.html#", "](#", README)
    evidence = read_evidence(
        PROCESSED / REPORT_ID / "figures.csv", ARTIFACTS / REPORT_ID / "results.json"
    )
    notebook = {"cells": [{"cell_type": "markdown", "source": prose}]}
    problems = check_prose(notebook, evidence, name="README")
    assert not problems, "\n".join(map(str, problems))


@pytest.mark.parametrize(("path", "anchor"), LINKS)
def test_every_link_leads_to_a_file_and_its_anchor(path, anchor):
    assert (ROOT / path).is_file()
    if anchor:
        assert f'id="{anchor[1:]}"' in (ROOT / path).read_text(encoding="utf-8")


def test_the_table_names_each_notebook_by_its_question():
    for path in sorted(NOTEBOOKS.glob("[0-9][0-9]_*.ipynb")):
        title = json.loads(path.read_text(encoding="utf-8"))["cells"][0]["source"][0]
        question = title.removeprefix("# ").strip()
        assert f"| [{path.stem}](notebooks/{path.name}) | {question} |" in README


def test_the_verbs_it_names_exist(capsys):
    verbs = set(re.findall(r"run\.py (\w+)", README)) - {"test"}
    assert verbs
    for verb in verbs:
        with pytest.raises(SystemExit) as done:
            main([verb, "--help"])
        assert done.value.code == 0


def test_the_list_of_programs_is_that_of_the_render():
    with (ARTIFACTS / REPORT_ID / "programs.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["item"] in ("figure", "table")]
    listed = re.search("<!-- programs -->\n(.*)<!-- /programs -->", README, re.DOTALL)[1]
    assert listed == format_list(rows), "copy the list that this test expects"


def format_list(rows):
    lines = ["| item | program | cell | output |", "| --- | --- | --- | --- |"]
    for row in rows:
        notebook = row["program"].removeprefix("notebooks/").removesuffix(".ipynb")
        output = f"[{row['name']}](artifacts/{REPORT_ID}/{row['output']})"
        lines.append(f"| {row['item']} | `{notebook}` | `{row['cell']}` | {output} |")
    return "\n".join(lines) + "\n"


def test_the_code_it_shows_runs(tmp_path):
    blocks = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    assert blocks
    for block in blocks:
        script = tmp_path / "shown.py"
        script.write_text(block, encoding="utf-8")
        done = subprocess.run([sys.executable, "-W", "error", str(script)], capture_output=True)
        assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
