"""README and guides: numbers are those of the data, links lead somewhere, shown code runs."""

import json
import re
import subprocess
import sys
from collections import Counter
from dataclasses import replace

import pytest
from study import REPORT_ID

from hyreport.cli import main
from hyreport.paths import ARTIFACTS, MANY, NOTEBOOKS, PROCESSED, ROOT
from hyreport.publish.evidence import read_evidence
from hyreport.publish.manifest import read_json
from hyreport.publish.prose import check_prose

READMES = {"en": ROOT / "README.md", "zh": ROOT / "README.zh.md"}
GUIDES = [*READMES.values()]
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


def test_every_link_leads_to_a_file_and_its_anchor():
    assert LINKS
    for guide, path, anchor in LINKS:
        target = guide.parent / path if path else guide
        assert target.is_file(), (guide.name, path)
        if anchor:
            text = target.read_text(encoding="utf-8")
            heads = {
                head.lower().replace(" ", "-") for head in re.findall(r"^#+ (.*)$", text, re.M)
            }
            assert f'id="{anchor[1:]}"' in text or anchor[1:] in heads, (guide.name, path, anchor)


@pytest.mark.parametrize("path", READMES.values(), ids=READMES)
def test_the_readme_can_be_read_in_a_minute(path):
    assert len(path.read_bytes()) < 9000


@pytest.mark.parametrize("language", READMES)
def test_the_table_names_each_notebook_by_its_question(language):
    readme = READMES[language].read_text(encoding="utf-8")
    folder = "notebooks" if language == "en" else f"artifacts/{REPORT_ID}/zh/notebooks"
    for path in sorted(NOTEBOOKS.glob("[0-9][0-9]_*.ipynb")):
        shown = ROOT / folder / path.name
        title = "".join(json.loads(shown.read_text(encoding="utf-8"))["cells"][0]["source"])
        question = title.splitlines()[0].removeprefix("# ").strip()
        assert f"| [{path.stem}]({folder}/{path.name}) | {question} |" in readme


def test_both_readmes_lead_to_each_other_and_say_the_same():
    texts = [path.read_text(encoding="utf-8") for path in READMES.values()]
    assert "[中文](README.zh.md)" in texts[0] and "[English](README.md)" in texts[1]
    facts = [Counter(re.findall(r"\.html#([^)]+)\)", text)) for text in texts]
    assert facts[0] == facts[1] and len(facts[0]) > 20
    commands = [re.findall(r"^(?:git|cd|python) [^#]*", text, re.M) for text in texts]
    commands[0] += re.findall(r"`((?:python|hy|import|--)[^`]*)`", texts[0])
    commands[1] += re.findall(r"`((?:python|hy|import|--)[^`]*)`", texts[1])
    own = {'hy.use_language("zh")', "python run.py lab --student zh"}
    assert {*commands[1]} - own == {*commands[0]} - {"python run.py lab --student"}
    heads = [len(re.findall("^#+ ", text, re.M)) for text in texts]
    rows = [len(re.findall("^[|-] ", text, re.M)) for text in texts]
    assert heads[0] == heads[1] and rows[0] == rows[1]


def test_the_chinese_readme_reads_as_chinese():
    text = READMES["zh"].read_text(encoding="utf-8")
    bare = re.sub(r"```.*?```|`[^`]*`|\]\([^)]*\)|<[^>]*>", "", text, flags=re.DOTALL)
    assert not re.search(r"[\u4e00-\u9fff][,;:?!()]|[,;?!][\u4e00-\u9fff]", bare)
    for words in ("artifacts/hengyang-2018/index.html", f"artifacts/{REPORT_ID}/0"):
        assert words not in text  # but to pages that have no Chinese edition


def test_the_verbs_it_names_exist(capsys):
    texts = [path.read_text(encoding="utf-8") for path in LINKED]
    verbs = set(re.findall(r"run\.py (\w+)", "".join(texts))) - {"test"}
    assert verbs
    for verb in verbs:
        with pytest.raises(SystemExit) as done:
            main([verb, "--help"])
        assert done.value.code == 0


@pytest.mark.full
def test_the_code_they_show_runs(tmp_path):
    texts = [path.read_text(encoding="utf-8") for path in GUIDES]
    blocks = re.findall(r"```python\n(.*?)```", "".join(texts), re.DOTALL)
    assert blocks
    for block in blocks:
        script = tmp_path / "shown.py"
        script.write_text(block, encoding="utf-8")
        done = subprocess.run([sys.executable, "-W", "error", str(script)], capture_output=True)
        assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
