"""The notebooks for any report: true sentences of reports that print much, little, odd things."""

import json
import re
import shutil
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import pytest
from by_hand.any_report import Tables, recompute
from by_hand.shown import is_shown
from made_up import REPORT, write_made_up
from small_reports import HOSTILE, REPORTS, write_small_reports

from hyreport.build.build import build_report
from hyreport.paths import RAW, ROOT, list_reports
from hyreport.publish.evidence import Evidence, read_evidence
from hyreport.publish.prose import check_prose
from hyreport.words.phrases import is_english

HERE = Path(__file__).parents[1]
*REAL, LAST = list_reports(RAW)
NOTEBOOKS = sorted((ROOT / "notebooks" / "any_report").glob("*.ipynb"))
MADE_UP = [REPORT, *REPORTS]
READ = [LAST, *REAL, *MADE_UP]


@pytest.fixture(scope="module")
def project(tmp_path_factory) -> Path:
    """Return a project in which the notebooks have run on the reports that are read."""
    folder = tmp_path_factory.mktemp("any") / "project"
    for name in ("data", "hyreport", "notebooks"):
        shutil.copytree(ROOT / name, folder / name)
    raw = folder / "data" / "raw"
    write_made_up(raw)
    write_small_reports(raw)
    build_report(raw, folder / "data" / "processed")
    (folder / "told").mkdir()
    command = [sys.executable, str(HERE / "run_any_report.py"), str(folder / "told")]
    done = subprocess.run(
        [*command, *READ],
        cwd=folder,
        env={"PYTHONPATH": str(folder), "PYTHONUTF8": "1", "PATH": ""},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    assert done.stderr == ""
    return folder


def read_told(project: Path, report: str) -> dict:
    return json.loads((project / "told" / f"{report}.json").read_text(encoding="utf-8"))


@pytest.mark.full
@pytest.mark.parametrize("report", READ)
def test_whatever_a_report_prints_is_said_in_chinese_with_the_same_evidence(project, report):
    for name, told in read_told(project, report).items():
        assert told["missing"] == [], name
        for english, chinese in zip(told["said"], told["chinese"], strict=True):
            links = (sorted(re.findall(r"\]\((#\S+?)\)", text)) for text in (english, chinese))
            assert next(links) == next(links)
            bare = re.sub(r"\]\([^)]*\)|`[^`]*`", "", chinese)
            assert not is_english(bare), bare
            assert not re.search(r"[\u4e00-\u9fff][,;:?!]|[,;?!][\u4e00-\u9fff]| [和，。]", bare)


def say(project: Path, report: str) -> str:
    """Return all that the notebooks said of a report, links as they show."""
    texts = [text for told in read_told(project, report).values() for text in told["said"]]
    return re.sub(r"\[([^]]*)\]\(#[^)]*\)", r"\1", "\n".join(texts))


def gather_evidence(project: Path, report: str) -> Evidence:
    processed = project / "data" / "processed" / report
    found = read_evidence(processed / "figures.csv", processed / "results.json")
    results = [told["results"] for told in read_told(project, report).values()]
    names = [name for part in results for name in part]
    assert len(set(names)) == len(names)
    found.results.update({name: entry for part in results for name, entry in part.items()})
    return found


@pytest.mark.full
@pytest.mark.parametrize("report", READ)
def test_each_number_said_is_linked_to_what_it_says(project, report):
    evidence = gather_evidence(project, report)
    for name, told in read_told(project, report).items():
        assert told["said"][0].startswith("## The answer\n\n")
        cells = [{"cell_type": "markdown", "source": text} for text in told["said"]]
        assert check_prose({"cells": cells}, evidence, name=name) == []
        assert "nan" not in " ".join(told["said"]).replace("finance", "")
        assert not re.search(r" [,.;]|  |\.\.|^[a-z]", "\n".join(told["said"]))


@pytest.mark.full
def test_a_gap_with_an_open_end_is_one_of_the_printed_numbers(project):
    results = gather_evidence(project, LAST).results
    open_ended = results["gap_public_kindergartens_share_2021"]
    assert (open_ended["value"], open_ended["low"]) == ("10", None)
    assert "By the printed numbers, the widest gap, 10 points, is that of" in say(project, LAST)


@pytest.mark.full
@pytest.mark.parametrize("report", READ)
def test_each_result_is_what_other_code_makes_of_the_tables(project, report):
    results = gather_evidence(project, report).results
    made = recompute(Tables(project / "data", report), results)
    assert sorted(set(results) - set(made)) == []
    for name, entry in results.items():
        unit, *numbers = made[name]
        assert entry["unit"] == unit, name
        for end, number in zip(("value", "low", "high"), numbers, strict=True):
            forecast = name.startswith("forecast_")
            number = None if number is None else Fraction(number)
            assert is_shown(entry[end] or "", number, end, forecast=forecast), (name, end)


def test_prose_of_the_sources_holds_no_number_and_no_place():
    assert len(NOTEBOOKS) == 4
    for path in NOTEBOOKS:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        prose = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown"]
        assert not re.search(r"\d|Hengyang|衡阳", " ".join(prose))
        assert cells[1]["metadata"] == {"tags": ["parameters"]}
        headings = re.findall("^## (.*)$", "\n".join(prose), flags=re.MULTILINE)
        assert headings[-3:] == ["How sure are we", "Your turn", "Sources and licence"]


@pytest.mark.full
def test_a_report_of_one_figure_is_told_of(project):
    said = say(project, "county-2020")
    assert "The report prints 1 figure: 1 of what was reached." in said
    assert "No word bounds any of them." in said
    assert "The 1 rounded result lies within 0.62 percent of what is printed" in said
    assert "prints no figure of revenue or taxes" in said
    assert "sets no number to aim at for 2020" in said
    assert "growth of GDP is known for 1 year alone" in said
    assert "would supply them once accepted" in said


@pytest.mark.full
def test_counts_alone_have_no_rounding_and_no_outlook(project):
    said = say(project, "counts-2020")
    assert "No result has an interval of rounding to measure." in said
    assert "prints no single figure for growth of GDP in 2019" in said
    assert not {"rounding_by_kind", "growth_ahead", "aims_beside_base", "tax_shares"} & {
        name for told in read_told(project, "counts-2020").values() for name in told["kept"]
    }


@pytest.mark.full
def test_aims_alone_compare_with_nothing(project):
    said = say(project, "aims-2020")
    assert (
        "For 2020 the report sets 2 numbers as aims; growth of GDP is to be 8%左右; what it was"
        in said
    )
    assert "None can be set beside a figure of 2019" in said
    assert "A further 1 number is for another year." in said
    assert "what it was in 2019 is not printed as one figure" in said


@pytest.mark.full
def test_an_average_over_a_term_is_not_growth_of_its_last_year(project):
    said = say(project, "term-2021")
    assert "For 2021 the report sets 1 number as an aim; growth of GDP is to be 8%" in said
    assert "what it was in 2020 is not printed as one figure" in said
    assert "prints no single figure for growth of GDP in 2020" in said


@pytest.mark.full
def test_names_that_are_markup_are_written_as_they_stand(project):
    told = read_told(project, "odd-2020")["03_targets"]["said"][0]
    assert HOSTILE not in told and r"\<b\>\*甲\_乙\*\</b\>\[丙\](\#丁)\$戊\$" in told
    said = say(project, "odd-2020")
    assert "Of the figures 2 were not read one by one" in said


@pytest.mark.full
def test_the_year_after_tells_what_became_of_the_targets(project):
    said = say(project, "made-up-2021")
    assert (
        "The report before aimed at 2 numbers for 2020; this one prints what came of 2: 1 met and "
        "1 missed; with 0.5 points for 左右 (about) on either side, 2 met." in said
    )
    assert "taxes in local revenue were 61.20亿元" in said
    assert "It follows that local revenue is 85.00 hundred million yuan" in said
    charts = read_told(project, "made-up-2021")
    assert "outcomes_of_aims" in charts["03_targets"]["kept"]
    assert "tax_shares" in charts["02_revenue"]["kept"]


@pytest.mark.full
def test_levels_and_shares_of_another_revenue_are_not_multiplied(project):
    said = say(project, REPORT)
    assert re.search(r"In \d{4} revenue \(total or local is not said\) was 96.40亿元", said)
    assert "Nothing is multiplied" in said
