"""The notebooks of many reports run on any panel: whole, of one place, empty."""

import json
import re
import sys

import matplotlib as mpl
import pytest
from panels import absent, growth, make_panel, read_cell

import hyreport as hy
from hyreport.lab import keep as keeping
from hyreport.panel.areas import areas
from hyreport.paths import NOTEBOOKS
from hyreport.words.phrases import is_english

OWN = "430400"
PLACES = sorted({a.code for a in areas() if a.code[:2] == "43" and not a.last})
FILES = sorted(path.name for path in (NOTEBOOKS / "many_reports").glob("*.ipynb"))
pytestmark = pytest.mark.filterwarnings("ignore:This figure includes Axes")


def whole():
    reports = {}
    for number, code in enumerate(PLACES):
        for year in range(2016, 2022):
            target = None if number == 3 else growth(f"{7 + number % 3 / 2:.1f}")
            outcome = (
                absent() if (number + year) % 5 == 0 else growth(f"{6.8 + number % 7 / 10:.1f}")
            )
            reports[code, year] = (target, outcome)
    return reports, [read_cell(f"{OWN}-2018", verdict) for verdict in ("right", "missed", "wrong")]


def one():
    return {(OWN, 2018): (growth(8), growth("8.5"))}, []


def few():
    return {(OWN, year): (growth(8), growth("8.0", certainty="C")) for year in (2018, 2019)}, []


@pytest.mark.parametrize("name", FILES)
def test_a_notebook_runs_on_many_reports(name, tmp_path, monkeypatch, capsys):
    # Its charts are made; those of the tests in Chinese are drawn too.
    monkeypatch.setattr(keeping, "_draw", lambda figure, alt: {"png": b""})
    said = run(whole, name, tmp_path, monkeypatch, capsys)
    assert "The answer" in said
    assert "nan" not in said.partition("\n\n\n")[0].split()


@pytest.mark.full
@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("made", [whole, few, one])
def test_a_notebook_says_in_chinese_what_it_finds_in(made, name, tmp_path, monkeypatch, capsys):
    try:
        said = run(made, name, tmp_path, monkeypatch, capsys, language="zh")
    finally:
        hy.use_language("en")
    assert "结论" in said
    assert "nan" not in said.partition("\n\n\n")[0].split()
    same = re.compile(
        r"\d{4}\.md|\.\.\.|[a-z_]+\.[a-z]+|lawtext/gov|audit|NaN|^(Empty|Columns|Index).*"
    )
    assert [line for line in said.splitlines() if is_english(same.sub("", line))] == []


def run(made, name, tmp_path, monkeypatch, capsys, language="en"):
    """Run a notebook on a made-up panel and return what it shows as text."""
    mpl.use("agg")
    reports, audit = made()
    panel = make_panel(tmp_path / "panel", reports, audit)
    # As attributes of the package these names are functions.
    asking, rating = (sys.modules[f"hyreport.panel.{name}"] for name in ("ask", "published"))
    connect = asking._connect
    monkeypatch.setattr(asking, "_connect", lambda path: connect(panel))
    monkeypatch.setattr(rating, "PUBLISHED", "none.csv")
    monkeypatch.setattr(rating, "DISAGREEMENTS", "none.csv")
    notebook = json.loads((NOTEBOOKS / "many_reports" / name).read_text(encoding="utf-8"))
    names: dict = {}
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code" and "lab" not in cell["metadata"].get("tags", ()):
            code = "".join(cell["source"]).replace("draws = 1000", "draws = 20")
            code = code.replace('language = "en"', f'language = "{language}"')
            if not audit:  # without one a reader names the share of wrong cells
                code = code.replace("wrong = None", "wrong = 0.02")
            exec(compile(code, f"{name}, {cell['id']}", "exec"), names)
    return capsys.readouterr().out


@pytest.mark.full
@pytest.mark.parametrize("name", FILES[:-1])  # the last is of one place
def test_a_notebook_runs_on_an_empty_panel(name, tmp_path, monkeypatch, capsys):
    said = run(lambda: ({}, []), name, tmp_path, monkeypatch, capsys)
    assert "The answer" in said
    assert "nan" not in said.partition("\n\n\n")[0].split()
