"""Two reports whose ids coincide: evidence is that of the report which a number came from."""

import importlib
import json
import shutil

import pandas as pd
import pytest
from made_up import REPORT, TEXT, write_made_up
from study import REPORT_ID

import hyreport as hy
from hyreport import paths
from hyreport.build.build import build_report
from hyreport.data.figure import pick
from hyreport.data.formulas import evaluate
from hyreport.lab.cards import figure_card, result_card
from hyreport.lab.keep import read_kept

REAL = REPORT_ID
# The id that both reports have, with what each prints; and an outside figure that both have.
SAME, HERE, THERE = "gdp.growth.2017", "前年的前年 9.7%", "地区生产总值 8.5%"
OUTSIDE, OUTSIDE_HERE = (
    "reference:gdp.2019.yearbook",
    "Regional gross domestic product 1250.46 亿元",
)
KNOW_FOLDERS = (
    *("data.catalogue", "data.load", "data.report", "data.results", "lab.trace", "text.compare"),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Return a project's folder with both reports, and with a number kept from both."""
    folder = tmp_path_factory.mktemp("both")
    raw = shutil.copytree(paths.RAW, folder / "raw")
    write_made_up(raw)
    processed = shutil.copytree(paths.PROCESSED, folder / "processed")
    build_report(raw, processed, REPORT)
    entry = {"value": "-1.2", "low": "-1.3", "high": "-1.1", "unit": "percentage points"}
    entry |= {"formula": "there − here", "kind": "computed"}
    for own, other in ((REPORT, REAL), (REAL, REPORT)):
        (folder / "artifacts" / own).mkdir(parents=True)
        results = {"growth_apart": entry | {"inputs": [SAME, f"{other}:{SAME}"]}}
        text = json.dumps(results)
        (folder / "artifacts" / own / "results.json").write_text(text, encoding="utf-8")
        lines = ["item,name,program,cell,output", "computed number,growth_apart,n/01_a.ipynb,3,"]
        text = "\n".join([*lines, f"in-text number,,n/01_a.ipynb,4,#{other}:{SAME}", ""])
        (folder / "artifacts" / own / "programs.csv").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(autouse=True)
def both(folder, monkeypatch):
    for name in KNOW_FOLDERS:
        module = importlib.import_module(f"hyreport.{name}")
        for stage in ("RAW", "PROCESSED", "ARTIFACTS"):
            if hasattr(module, stage):
                monkeypatch.setattr(module, stage, folder / stage.lower())


def apart():
    """Compute a number from the figures of both reports that have one id."""
    return hy.compute(
        lambda a, b: a - b,
        unit="percentage points",
        formula="there − here",
        a=hy.figure(SAME, REAL),
        b=hy.figure(SAME, REPORT),
    )


def halved():
    """Compute a number from the made-up report alone."""
    figure = hy.Report(REPORT).figure(SAME)
    return hy.compute(lambda a: a / 2, unit="percent", formula="half", a=figure)


@pytest.mark.parametrize(
    ("report", "words"), [(REPORT, HERE), (REAL, THERE), (None, THERE)], ids=str
)
def test_a_figure_says_the_words_of_its_report(report, words):
    figure = hy.figure(SAME, report)
    assert (figure.describe()["Printed"], figure.report) == (words, report or REAL)
    assert words in figure_card(figure)
    assert hy.figure(figure.id) == figure == hy.figure(figure.id, REPORT)
    assert pick(hy.load_figures(report).query("period == '2017'"), SAME) == figure


def test_a_card_shows_the_words_of_the_report_that_a_number_came_from():
    card = result_card(halved())
    assert f"{HERE} ({REPORT}:{SAME}; section 1" in card and THERE not in card


def test_a_card_of_a_number_from_two_reports_names_both():
    card = result_card(apart())
    assert f"{THERE} ({REAL}:{SAME}; " in card and f"{HERE} ({REPORT}:{SAME}; " in card


def test_a_card_names_the_publication_of_the_report_that_an_outside_figure_came_from():
    numbers = [hy.Report(report).number(OUTSIDE) for report in (REPORT, REAL)]
    here, there = map(result_card, numbers)
    assert f"{OUTSIDE_HERE} ({REPORT}:{OUTSIDE}; Yearbook of Madeup city 2020)" in here
    assert f"{REAL}:{OUTSIDE}; China City" in there and OUTSIDE_HERE not in there


def test_result_tables_show_the_words_of_each_number():
    outside = hy.Report(REPORT).outside("gdp", 2019)
    rows = [number.as_row(what=number.formula) for number in (halved(), apart(), outside)]
    shown = hy.show(pd.DataFrame(rows)).table
    assert shown["printed words"].tolist() == [HERE, f"{THERE}; {HERE}", OUTSIDE_HERE]


def test_a_number_is_traced_to_the_reports_it_came_from():
    traced = hy.trace(apart())
    assert traced["words"].tolist()[1:] == [THERE, HERE]
    assert traced["id"].tolist()[1:] == [f"{REAL}:{SAME}", f"{REPORT}:{SAME}"]
    assert hy.trace(halved())["words"].tolist()[1:] == [HERE]


@pytest.mark.parametrize(
    ("report", "words"), [(REAL, [THERE, HERE]), (REPORT, [HERE, THERE])], ids=str
)
def test_a_kept_number_is_traced_in_its_report_and_names_the_other(report, words):
    other = REPORT if report == REAL else REAL
    traced = hy.trace("growth_apart", report)
    assert traced["words"].tolist()[1:] == words
    assert traced["id"].tolist()[1:] == [SAME, f"{other}:{SAME}"]


@pytest.mark.parametrize("report", [REAL, REPORT])
def test_uses_are_those_of_the_figure_and_not_of_its_namesake(report):
    other = REPORT if report == REAL else REAL
    own, foreign = hy.uses(SAME, report), hy.uses(f"{other}:{SAME}", report)
    assert own["item"].tolist() == ["computed number"]
    assert foreign["item"].tolist() == ["computed number", "in-text number"]
    assert hy.uses(f"{report}:{SAME}").equals(own)


def test_a_figure_given_for_a_result_is_told_by_its_own_report():
    with pytest.raises(LookupError, match=f"result: found '{REPORT}:gdp.level.2019'.*hy.uses"):
        hy.trace(hy.figure("gdp.level.2019", REPORT))
    with pytest.raises(LookupError, match=f"result: found '{REPORT}:gdp.level.2019'.*hy.uses"):
        hy.trace(f"{REPORT}:gdp.level.2019")


def test_found_figures_are_of_the_report_that_was_asked():
    found = hy.find("前年的前年", REPORT)
    assert found["figure_id"].tolist() == [SAME] and found["as_printed"].tolist() == ["9.7%"]
    assert found.report == REPORT
    with pytest.raises(LookupError, match="nothing on"):
        hy.find("前年的前年")


def test_the_sentence_is_that_of_the_report_in_hand(folder, tmp_path):
    copy = tmp_path / "copy.txt"
    copy.write_text(TEXT, encoding="utf-8", newline="")
    for asked in ((SAME, copy, REPORT), (f"{REPORT}:{SAME}", copy)):
        assert "增长【9.7】%；" in hy.quote(*asked, raw=folder / "raw")


def test_a_formula_over_two_reports_names_both():
    number = evaluate(
        f"[{SAME}] - [{REPORT}:{SAME}]", hy.Report(REAL).number, unit="percentage points"
    )
    assert number.inputs == (f"{REAL}:{SAME}", f"{REPORT}:{SAME}")
    assert HERE in result_card(number) and THERE in result_card(number)


def test_what_is_kept_leaves_off_its_own_report_alone(tmp_path, monkeypatch):
    monkeypatch.setenv("HYREPORT_KEEP", str(tmp_path))
    monkeypatch.setenv("HYREPORT_REPORT", REPORT)
    hy.keep(apart(), "growth_apart")
    assert read_kept(tmp_path)[0]["entry"]["inputs"] == [f"{REAL}:{SAME}", SAME]


def test_a_report_without_outside_figures_has_evidence_too(monkeypatch):
    none = hy.load_reference(REPORT).iloc[:0]
    monkeypatch.setattr("hyreport.data.load.load_reference", lambda report_id: none)
    assert HERE in result_card(halved())
