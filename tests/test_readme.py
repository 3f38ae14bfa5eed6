"""README and guides: numbers are those of the data, links lead somewhere, shown code runs."""

import json
import re
import subprocess
import sys
from dataclasses import replace

import pytest
from study import REPORT_ID

from hyreport.cli import main
from hyreport.paths import ARTIFACTS, MANY, NOTEBOOKS, PROCESSED, ROOT
from hyreport.publish.evidence import read_evidence
from hyreport.publish.manifest import read_json
from hyreport.publish.prose import check_prose

README = (ROOT / "README.md").read_text(encoding="utf-8")
GUIDES = [ROOT / "README.md"]
GUIDES += [ROOT / "docs" / f"{name}.md" for name in ("explore", "install", "replication")]
LINKED = [*GUIDES, ROOT / "CONTRIBUTING.md", ROOT / "docs" / "data.md"]
LINK = re.compile(r"\]\((?!https?:)([^)#\s]*)(#[^)\s]+)?\)")
LINKS = [
    (path, *found)
    for path in LINKED
    for found in LINK.findall(re.sub(r"`[^`]*`", "", path.read_text(encoding="utf-8")))
]


@pytest.mark.parametrize("path", GUIDES, ids=lambda path: path.stem)
def test_every_number_is_linked_to_what_it_says(path):
    prose = re.sub(r"\]\([^)#]*\.html#", "](#", path.read_text(encoding="utf-8"))
    evidence = read_evidence(
        PROCESSED / REPORT_ID / "figures.csv", ARTIFACTS / REPORT_ID / "results.json"
    )
    of_many = read_json(ARTIFACTS / MANY / "results.json")
    assert not evidence.results.keys() & of_many.keys()
    evidence = replace(evidence, results=evidence.results | of_many)
    notebook = {"cells": [{"cell_type": "markdown", "source": prose}]}
    problems = check_prose(notebook, evidence, name="README")
    assert not problems, "\n".join(map(str, problems))


@pytest.mark.parametrize(("guide", "path", "anchor"), LINKS)
def test_every_link_leads_to_a_file_and_its_anchor(guide, path, anchor):
    target = guide.parent / path if path else guide
    assert target.is_file()
    if anchor:
        text = target.read_text(encoding="utf-8")
        heads = {head.lower().replace(" ", "-") for head in re.findall(r"^#+ (.*)$", text, re.M)}
        assert f'id="{anchor[1:]}"' in text or anchor[1:] in heads


def test_the_readme_can_be_read_in_a_minute():
    assert len(README.encode("utf-8")) < 9000


def test_the_table_names_each_notebook_by_its_question():
    for path in sorted(NOTEBOOKS.glob("[0-9][0-9]_*.ipynb")):
        title = json.loads(path.read_text(encoding="utf-8"))["cells"][0]["source"][0]
        question = title.removeprefix("# ").strip()
        assert f"| [{path.stem}](notebooks/{path.name}) | {question} |" in README


def test_the_verbs_it_names_exist(capsys):
    texts = [path.read_text(encoding="utf-8") for path in LINKED]
    verbs = set(re.findall(r"run\.py (\w+)", "".join(texts))) - {"test"}
    assert verbs
    for verb in verbs:
        with pytest.raises(SystemExit) as done:
            main([verb, "--help"])
        assert done.value.code == 0


def test_the_code_they_show_runs(tmp_path):
    texts = [path.read_text(encoding="utf-8") for path in GUIDES]
    blocks = re.findall(r"```python\n(.*?)```", "".join(texts), re.DOTALL)
    assert blocks
    for block in blocks:
        script = tmp_path / "shown.py"
        script.write_text(block, encoding="utf-8")
        done = subprocess.run([sys.executable, "-W", "error", str(script)], capture_output=True)
        assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
