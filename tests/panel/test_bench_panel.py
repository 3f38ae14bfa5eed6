"""The benchmark of questions runs on a few reports, whose tables are those of any panel."""

import importlib.util

import duckdb
import pytest
from panels import growth, make_panel

from hyreport.panel.ask import ask
from hyreport.paths import ROOT

SPEC = importlib.util.spec_from_file_location("bench_panel", ROOT / "tools" / "bench_panel.py")
bench = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(bench)
REPORTS = 50


@pytest.fixture(scope="module")
def panel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("synthetic")
    bench.write_synthetic(folder, REPORTS)
    return folder


def columns_of(folder):
    path = str(folder / "headline.parquet")
    with duckdb.connect() as connection:
        rows = connection.execute("describe from read_parquet($path)", {"path": path}).fetchall()
    return [row[:2] for row in rows]


def test_the_made_up_panel_has_the_columns_of_a_panel_and_every_cell(panel, tmp_path):
    real = make_panel(tmp_path / "panel", {("430400", 2018): (growth(8), growth("8.5"))})
    assert columns_of(panel) == columns_of(real)
    assert ask("select count(*) as n from reports", panel=panel)["n"].item() == REPORTS
    counts = ask("select count(*) as n from headline group by report", panel=panel)["n"]
    assert counts.tolist() == [48] * REPORTS
    assert ask("select count(*) as n from pairs", panel=panel)["n"].item() > REPORTS


def test_the_same_number_of_reports_gives_the_same_bytes(panel, tmp_path):
    bench.write_synthetic(tmp_path, REPORTS)
    for path in panel.iterdir():
        assert (tmp_path / path.name).read_bytes() == path.read_bytes()


def test_each_question_has_an_answer(panel):
    for name, question in bench.list_questions(panel).items():
        answer = question()
        assert not hasattr(answer, "empty") or not answer.empty, name


@pytest.mark.full
def test_it_says_machine_versions_and_what_each_question_took(tmp_path):
    lines = []
    bench.run_bench(REPORTS, tmp_path, say=lines.append)
    assert f"duckdb {duckdb.__version__}" in lines[0] and " cores, Python " in lines[0]
    assert lines[1].startswith(f"{REPORTS} made-up reports, {48 * REPORTS} cells")
    names = {line[19:].strip() for line in lines[3:-1]}
    assert names == set(bench.list_questions(tmp_path))
    assert lines[-1].startswith("longer than 1 s: ")
