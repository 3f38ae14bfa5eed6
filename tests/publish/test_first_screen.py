"""The first screen of a page, its answer and the words of its key chart, is short."""

import ast
import json
import re

import pytest

from hyreport.paths import NOTEBOOKS

MOST = 120
PAGES = (
    "00_start_here",
    "01_report_in_figures",
    "02_tax_share",
    "03_targets_vs_actuals",
    "04_forecasts",
    "06_forecast_appendix",
)


def read_cells(stem: str) -> dict[str, str]:
    notebook = json.loads((NOTEBOOKS / f"{stem}.ipynb").read_text(encoding="utf-8"))
    return {cell["id"]: "".join(cell["source"]) for cell in notebook["cells"]}


def count_words(text: str) -> int:
    """Count the words that a reader sees: links by their text."""
    return len(re.sub(r"\]\([^)]*\)", "", text).split())


@pytest.mark.parametrize("stem", PAGES)
def test_answer_and_key_chart_have_few_words(stem):
    cells = read_cells(stem)
    code = [text for text in cells.values() if "start_chart(" in text]
    calls = [node for node in ast.walk(ast.parse(code[0])) if isinstance(node, ast.Call)]
    (call,) = [node for node in calls if getattr(node.func, "attr", "") == "start_chart"]
    title, subtitle, _ = call.args
    words = [cells["answer"].removeprefix("## "), ast.unparse(title), ast.unparse(subtitle)]
    assert sum(map(count_words, words)) <= MOST
