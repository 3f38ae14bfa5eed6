"""Questions to a panel: answered from the files as they are now, and from no other file."""

import shutil

import duckdb
import pytest
from panels import growth, make_panel, read_cell

from hyreport.errors import HyreportError
from hyreport.panel.ask import ask, targets

CITY = "430400"


def write(folder, target, **more):
    return make_panel(folder, {(CITY, 2018): (growth(target), growth("8.5"))}, **more)


def test_a_panel_that_is_made_again_is_read_again(tmp_path):
    panel = write(tmp_path / "panel", 8)
    assert targets(area=CITY, panel=panel)["value"].tolist() == [8]
    size = (panel / "headline.parquet").stat().st_size
    write(panel, 9)
    assert (panel / "headline.parquet").stat().st_size == size
    assert targets(area=CITY, panel=panel)["value"].tolist() == [9]


def test_a_panel_that_is_made_again_with_another_column_is_read_again(tmp_path):
    panel = write(tmp_path / "panel", 8)
    path = panel / "headline.parquet"
    table = ask("select *, 1 as more from headline", panel=panel)
    with duckdb.connect() as connection:
        connection.register("cells", table)
        connection.execute("copy cells to $path (format parquet)", {"path": str(path)})
    assert targets(area=CITY, panel=panel)["more"].tolist() == [1]


def test_an_audit_that_comes_later_can_be_asked(tmp_path):
    panel = write(tmp_path / "panel", 8)
    (panel / "audit.csv").unlink()
    with pytest.raises(HyreportError, match="audit"):
        ask("select * from audit", panel=panel)
    write(panel, 8, audit=[read_cell(f"{CITY}-2018", "right")])
    assert len(ask("select * from audit", panel=panel)) == 1


def test_a_panel_that_is_gone_answers_no_more(tmp_path):
    panel = write(tmp_path / "panel", 8)
    targets(panel=panel)
    shutil.rmtree(panel)
    with pytest.raises(HyreportError, match=r"no headline\.parquet.*get a clone"):
        targets(panel=panel)


def test_a_path_without_its_beginning_means_the_folder_one_is_in(tmp_path, monkeypatch):
    for name, target in (("one", 8), ("two", 9)):
        write(tmp_path / name / "panel", target)
        monkeypatch.chdir(tmp_path / name)
        assert targets(panel="panel")["value"].tolist() == [target]


@pytest.mark.parametrize(
    ("sql", "words"),
    [
        ("select 1; select 2", "2 statements"),
        ("create table mine as select 1", "no SELECT"),
        ("select * from read_csv('/etc/passwd')", "file system operations are disabled"),
        ("select nothing from headline", "nothing"),
    ],
)
def test_nothing_but_one_question_about_the_panel_is_taken(tmp_path, sql, words):
    panel = write(tmp_path / "panel", 8)
    with pytest.raises(HyreportError, match=words):
        ask(sql, panel=panel)
