"""A made-up project for the tests: four figures, two small notebooks."""

import contextlib
import csv
import json
import os
import shutil
from functools import cache
from pathlib import Path

from hyreport.publish.render import render

REPORT = "sample-2018"
GROWTH = {
    "figure_id": "gdp.growth.2017",
    "name_en": "Growth of gross domestic product",
    "name_zh": "地区生产总值增长率",
    "value": "8.5",
    "low": "8.45",
    "high": "8.55",
    "unit": "percent",
    "unit_zh": "%",
    "qualifier": "exact",
    "hedge": "",
    "period": "2017",
    "role": "actual",
    "obs_status": "E",
    "area": "whole_area",
    "section": "1",
    "paragraph": "6",
    "as_printed": "8.5%",
    "doubt": "",
}
FIGURES = [
    GROWTH,
    GROWTH
    | {
        "figure_id": "gdp.growth.2018",
        "value": "8",
        "low": "8",
        "high": "",
        "qualifier": "at_least",
        "period": "2018",
        "role": "target",
        "obs_status": "",
        "as_printed": "8%以上",
    },
    GROWTH
    | {
        "figure_id": "energy.growth.2017",
        "name_en": "Energy use",
        "value": "-4.5",
        "low": "-4.55",
        "high": "-4.45",
        "as_printed": "下降4.5%",
    },
    GROWTH
    | {
        "figure_id": "gdp.level.2017",
        "name_en": "Gross <b>domestic</b> product",
        "value": "3193",
        "low": "3192.5",
        "high": "3193.5",
        "unit": "100 million yuan",
        "unit_zh": "亿元",
        "as_printed": "3193亿元",
        "doubt": "<script>alert(1)</script> later revised",
    },
]

RESULT_CELL = """\
from decimal import Decimal
from hyreport.lab.keep import keep
from hyreport.numbers.computed import Computed
slack = Computed(value=Decimal("0.5"), low=Decimal("0.45"), high=Decimal("0.55"),
                 decimals=2, unit="percentage points", formula="growth − target",
                 inputs=("gdp.growth.2017", "gdp.growth.2018"))
keep(slack, "target_slack")
"""
GROWTH_CELLS = [
    "# Did growth reach the target?\n\n*For readers of plans, 5 minutes.*",
    "## The answer\n\nThe economy grew by [8.5%](#gdp.growth.2017), the target is "
    "[8%以上](#gdp.growth.2018): a slack of [0.5](#result:target_slack) points, "
    "[0.45 to 0.55](#result:target_slack) with rounding.",
    ("code", "year = 2017", ["parameters"]),
    ("code", RESULT_CELL),
]
CHART_CELL = """\
import pandas as pd
from matplotlib.figure import Figure
from hyreport.lab.keep import keep
rows = pd.DataFrame({"name": ["<i>增长</i>", "target"], "percent": [8.5, 0.1 + 0.2]})
keep(rows, "growth_table", alt="Growth and target")
figure = Figure(figsize=(6, 2))
figure.add_subplot().barh(["growth", "target"], rows["percent"])
keep(figure, "growth_chart", alt='Growth is "8.5" & more', data=rows)
"""
CHART_CELLS = [
    "# How do they compare?\n\n*For all, 3 minutes.*",
    "## The answer\n\nIt fell by [4.5%](#energy.growth.2017) in 2017. "
    "Before: [growth](01_growth.ipynb).",
    ("code", CHART_CELL),
]


def write_notebook(path: Path, cells: list) -> None:
    """Write a notebook; a string is prose, a tuple is code and perhaps its tags."""
    content = []
    for number, cell in enumerate(cells, start=1):
        kind, source, tags = ("markdown", cell, []) if isinstance(cell, str) else (*cell, [])[:3]
        entry = {"cell_type": kind, "id": f"c{number}", "metadata": {}, "source": source}
        if tags:
            entry["metadata"]["tags"] = tags
        if kind == "code":
            entry |= {"outputs": [], "execution_count": None}
        content.append(entry)
    notebook = {"cells": content, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(notebook), encoding="utf-8")


def write_project(root: Path) -> Path:
    """Write the whole project into a folder and return it."""
    folder = root / "data" / "processed" / REPORT
    folder.mkdir(parents=True)
    raw = root / "data" / "raw" / REPORT
    raw.mkdir(parents=True)
    facts = 'title_en = "Report of a city"\ntitle_zh = "某市报告"\nstudy = "notebooks"\n'
    facts += '[sections]\n"1" = "Review"\n'
    (raw / "report.toml").write_text(facts, encoding="utf-8")
    with (folder / "figures.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, [*GROWTH], lineterminator="\n")
        writer.writeheader()
        writer.writerows(FIGURES)
    write_notebook(root / "notebooks" / "01_growth.ipynb", GROWTH_CELLS)
    write_notebook(root / "notebooks" / "02_chart.ipynb", CHART_CELLS)
    return root


def run_render(root: Path, **options) -> tuple[list[str], list[str]]:
    """Render the project; return what changed and the lines of progress."""
    lines: list[str] = []
    options = {"build": lambda report_id: [], "progress": lines.append} | options
    return render(REPORT, root=root, **options)[REPORT], lines


def copy_rendered(temporary, target: Path) -> Path:
    """Copy the rendered project, which is made once, into a folder and return it."""
    own = temporary.getbasetemp()
    made = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "rendered"
    return Path(shutil.copytree(_render_once(made), target / "project"))


@cache
def _render_once(made: Path) -> Path:
    """Render the project once for all processes of a run: of two, the later one waits."""
    with contextlib.suppress(OSError):  # where another process has put it there
        write_project(made.with_name(f"{made.name}-{os.getpid()}")).rename(made)
    run_render(made)
    return made


def read_artifacts(root: Path) -> dict[str, bytes]:
    """Return each artifact's bytes by its path."""
    folder = root / "artifacts" / REPORT
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
