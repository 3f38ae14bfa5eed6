"""A notebook of the study in a kernel whose language is Chinese: nothing it shows is English."""

import re
from html import unescape

import nbformat
import pytest
from nbclient import NotebookClient

from hyreport.paths import NOTEBOOKS
from hyreport.publish.translate import CHOICE
from hyreport.words.phrases import is_english

NAMED = re.compile(
    r"hyreport \d\S+ data \w+|[\w-]+:[\w.:-]+|ITables \S+|<(script|style).*?</\1>", re.S
)


@pytest.mark.full
def test_a_notebook_shows_chinese_alone(tmp_path):
    notebook = nbformat.read(NOTEBOOKS / "00_start_here.ipynb", as_version=4)
    for cell in notebook.cells:
        cell.source = cell.source.replace(*CHOICE)
    NotebookClient(notebook, timeout=300, resources={"metadata": {"path": tmp_path}}).execute()
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", ())]
    shown = [output["data"] for output in outputs if "data" in output]
    assert len(shown) > 5
    for data in shown:
        html = data.get("text/html", data.get("text/plain", ""))
        texts = re.findall(">([^<>]+)<", f">{NAMED.sub('', html)}<")
        assert not [text for text in map(unescape, texts) if is_english(text)]
