"""The panel shows what the scenario functions give; its callback needs no browser."""

import json
import re
import subprocess
import sys

import pytest

import hyreport as hy
from hyreport.errors import HyreportError
from hyreport.paths import NOTEBOOKS
from hyreport.themes.revenue.paths import tax_path
from hyreport.themes.revenue.sliders import path_html, tax_panel

REPORT = hy.Report("hengyang-2018")


def test_the_table_holds_the_numbers_of_the_path():
    path = tax_path(REPORT, tax_growth=7.5, non_tax_growth=-2, years=2)
    shown = path_html(path)
    for row in path.itertuples():
        assert f">{row.value:.1f} [{row.low:g}, {row.high:g}]</td>" in shown
    assert shown.count("<tr>") == 4
    widths = {line.count("<th") + line.count("<td") for line in shown.split("<tr>")[1:]}
    assert widths == {3}
    # Beside each other, and not run together.
    assert (
        shown.count("padding") == shown.count("<td") + shown.count("<th") and ">year</th>" in shown
    )
    assert "Scenario, no forecast: tax +7.5%, non-tax -2% a year" in shown


def test_moving_a_slider_shows_the_new_path():
    pytest.importorskip("ipywidgets", reason="the lab extra brings ipywidgets")
    panel = tax_panel(REPORT, years=2)
    tax, non_tax, chart, shown = panel.children
    assert shown.value == path_html(tax_path(REPORT, tax_growth=10, non_tax_growth=0, years=2))
    before = bytes(chart.value)
    assert before.startswith(b"\x89PNG")
    tax.value = 4.5
    non_tax.value = -20
    assert shown.value == path_html(tax_path(REPORT, tax_growth=4.5, non_tax_growth=-20, years=2))
    assert bytes(chart.value) != before


def test_without_ipywidgets_the_panel_says_what_to_run(monkeypatch):
    monkeypatch.setitem(sys.modules, "ipywidgets", None)
    with pytest.raises(HyreportError, match=r"run\.py lab"):
        tax_panel(REPORT)


@pytest.mark.full
def test_nothing_else_imports_ipywidgets_statsmodels_or_matplotlib_for_nothing():
    code = (
        "import sys, hyreport as hy\n"
        "hy.revenue, hy.growth.forecast_growth, hy.targets.scoreboard\n"
        "found = {'ipywidgets', 'statsmodels', 'matplotlib'} & set(sys.modules)\n"
        "sys.exit(str(sorted(found)) if found else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_a_widget_stands_only_where_jupyterlab_alone_shows_it():
    opened = []
    for path in sorted(NOTEBOOKS.glob("*.ipynb")):
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            if cell["cell_type"] == "code" and re.search(
                "tax_panel|ipywidgets", str(cell["source"])
            ):
                opened.append(path.name)
                assert cell["metadata"]["tags"] == ["lab"]
    assert opened == ["02_tax_share.ipynb"]
