"""The typed figures against the report's text, and the functions that load them."""

import csv
import hashlib
import os
import re
import subprocess
import sys
import tomllib

import pandas as pd
import pytest
from study import REPORT_ID

import hyreport as hy
from hyreport.data.figure import pick
from hyreport.data.load import load_table
from hyreport.errors import UnknownNameError
from hyreport.lab.cards import figure_card
from hyreport.numbers.printed import parse_printed
from hyreport.paths import RAW

FOLDER = RAW / REPORT_ID
REPORT = tomllib.loads((FOLDER / "report.toml").read_text(encoding="utf-8"))


def read(name):
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


FIGURES = read("figures.csv")
EXCLUSIONS = read("exclusions.csv")
GOALS = read("goals.csv")


@pytest.fixture(scope="module")
def paragraphs(source_text):
    """Return start, end, section of each non-empty line, found from the headings of the text."""
    found, part, subsection = [], "0", ""
    for line in re.finditer(r"[^\n]+", source_text):
        heading = line.group().strip()
        if main := re.match("([一二三])、", heading):
            part, subsection = str("一二三".index(main[1]) + 1), ""
        elif sub := re.match(r"\(([一二三四五六七八])\)", heading):
            subsection = f".{'一二三四五六七八'.index(sub[1]) + 1}"
        elif heading.startswith("各位代表!"):
            subsection = ""
        found.append((line.start(), line.end(), part + subsection))
    return found


def test_the_text_is_the_copy_that_positions_refer_to(source_text):
    content = source_text.encode("utf-8")
    assert hashlib.sha256(content).hexdigest() == REPORT["copy"]["sha256"]
    assert len(content) == REPORT["copy"]["bytes"]
    assert len(source_text) == REPORT["copy"]["characters"]


def test_each_arabic_number_of_the_text_is_a_figure_or_an_exclusion(source_text):
    in_text = [(m.start(), m.end()) for m in re.finditer(r"\d+(?:\.\d+)?", source_text)]
    assert len(in_text) == REPORT["copy"]["arabic_numbers"]
    arabic = [row for row in FIGURES if row["numeral"] == "arabic"] + EXCLUSIONS
    assert sorted((int(row["start"]), int(row["end"])) for row in arabic) == in_text


def test_each_figure_stands_in_the_text_as_typed(source_text, paragraphs):
    for row in FIGURES:
        start, end = int(row["start"]), int(row["end"])
        number = parse_printed(row["as_printed"]).number
        assert source_text[start:end] == number, row
        first = start - row["as_printed"].index(number)
        assert source_text[first : first + len(row["as_printed"])] == row["as_printed"], row
        place = int(row["paragraph"]) - 1
        line_start, line_end, section = paragraphs[place]
        assert line_start <= start < end <= line_end, row
        assert row["section"] == section, row
        assert row["subject_zh"] in source_text[line_start:line_end], row
        assert len(row["subject_zh"]) <= 12, row


def test_each_exclusion_stands_in_the_text_as_typed(source_text, paragraphs):
    for row in EXCLUSIONS:
        start, end = int(row["start"]), int(row["end"])
        assert source_text[start:end] == row["as_printed"], row
        line_start, line_end, section = paragraphs[int(row["paragraph"]) - 1]
        assert line_start <= start < end <= line_end, row
        assert row["section"] == section, row


def test_each_aim_without_a_number_stands_in_the_text_as_typed(source_text, paragraphs):
    for row in GOALS:
        start, end = int(row["start"]), int(row["end"])
        assert source_text[start:end] == row["as_printed"], row
        line_start, line_end, section = paragraphs[int(row["paragraph"]) - 1]
        assert line_start <= start < end <= line_end, row
        assert row["section"] == section and section.startswith("2"), row
        clause = re.split("[。；，]", source_text[max(line_start, start - 40) : start])[-1]
        rest = re.split("[。；，]", source_text[start:line_end])[0]
        assert row["subject_zh"] in clause + rest, row
        assert len(row["subject_zh"]) <= 12, row


def test_estimates_reach_as_decided(source_text):
    """下同 is certain to the end of its sentence, a reading elsewhere, and never reaches counts."""
    mark = source_text.index("预计数，下同")
    sentence_end = source_text.index("。", mark)
    figures = hy.load_figures()
    actuals = figures[figures["role"] == "actual"].set_index("figure_id")
    counted = actuals["measure"].isin(["count", "rank"]) & ~actuals["unit_zh"].str.match("[万亿]")
    assert (actuals.loc[counted, "obs_status"] == "A").all()
    estimated = actuals[~counted].drop(index="gdp.level.2017")
    assert (estimated["obs_status"] == "E").all()
    inside = estimated["char_start"].between(mark, sentence_end)
    assert (estimated.loc[inside, "reach"] == "certain").all()
    assert (estimated.loc[~inside, "reach"] == "reading").all()


def test_figures_of_a_doubled_value_keep_their_own_words():
    """71.6 is printed twice; position and subject tell the two apart, the value does not."""
    twice = hy.load_figures().query("value == 71.6")
    assert twice["subject_zh"].tolist() == ["财政总收入税收占比", "财政民生支出"]
    assert twice["doubt"].str.contains("two different ratios").all()


def test_tables_have_the_columns_and_types_that_their_docstrings_promise():
    figures, targets, reference = hy.load_figures(), hy.load_targets(), hy.load_reference()
    assert figures.shape[1] == 32
    assert targets.shape[1] == 23
    assert reference.shape[1] == 26
    goals, outcomes = hy.load_goals(), hy.load_outcomes()
    assert (goals.shape[1], outcomes.shape[1]) == (13, 15)
    for table in (figures, targets, reference, goals, outcomes):
        text = table.select_dtypes(exclude="number")
        assert not text.isna().any(axis=None)
    assert figures["value"].dtype == float
    assert figures.loc[figures["qualifier"] == "about", ["low", "high"]].isna().all(axis=None)


def test_missing_names_suggest_the_nearest():
    with pytest.raises(UnknownNameError, match=r"did you mean gdp\.growth\.2017"):
        hy.figure("gdp.grwth.2017")
    with pytest.raises(UnknownNameError, match=r"type hy\.find"):
        hy.figure("地区生产总值")
    with pytest.raises(UnknownNameError, match="hengyang-2018"):
        hy.load_figures("hengyang-2019")
    with pytest.raises(UnknownNameError, match="exactly one"):
        hy.published(hy.load_reference(), "gdp_growth_real", "1999")


def test_a_first_release_stands_back_behind_a_later_vintage():
    report = hy.Report()
    assert str(report.outside("gdp", 2014).value) == "2396.5488"
    assert str(report.outside("gdp", 2014, vintage="first release").value) == "2395.56"
    assert str(report.outside("total_budget_revenue", 2014).value) == "235.66"


def test_the_province_is_never_taken_for_the_city():
    reference = hy.load_reference()
    city = hy.published(reference, "local_budget_revenue", "2017")
    province = hy.published(reference, "local_budget_revenue", "2017", ref_area="430000")
    assert city.inputs == ("hengyang-2018:reference:local_budget_revenue.2017.yearbook",)
    assert province.inputs == (
        "hengyang-2018:reference:local_budget_revenue.430000.2017.first-release",
    )
    assert province.unit == "billion yuan"
    with pytest.raises(UnknownNameError):
        hy.published(reference, "revenue_passed_up", "2017")
    with pytest.raises(AttributeError, match="load_figures"):
        _ = hy.load_figure


def test_a_card_says_everything_and_escapes_it():
    figures = hy.load_figures()
    figures.loc[figures["figure_id"] == "gdp.growth.2017", "note"] = "<script>alert(1)</script>"
    card = pick(figures, "gdp.growth.2017")
    assert "<script>" not in figure_card(card)
    for words in ("8.5%", "from 8.45 to 8.55", "percent", "paragraph 6", "estimated", "certain"):
        assert words in figure_card(card)
        assert words in str(card)


@pytest.mark.parametrize("report_id", ["../hengyang-2018", "", ".", "nowhere-2018", 2018])
def test_a_report_is_named_by_its_plain_name(report_id):
    for load in (hy.load_figures, hy.load_targets, hy.load_goals):
        with pytest.raises(UnknownNameError, match=r"report: found .*, expected .*hengyang-2018"):
            load(report_id)
    for look in (hy.uses, hy.trace):
        with pytest.raises(UnknownNameError, match="report: found"):
            look("gdp.growth.2017", report_id)


@pytest.mark.parametrize("figure_id", [None, 7, "", ["gdp.growth.2017"], float("nan")])
def test_what_names_no_figure_is_answered_in_the_house_form(figure_id):
    with pytest.raises(UnknownNameError, match=r"figure: found .* expected one of load_figures"):
        hy.figure(figure_id)


def test_loading_gives_a_table_of_ones_own():
    first = hy.load_figures()
    first["value"] = 0.0
    assert (hy.load_figures()["value"] != 0).all()


def test_a_changed_table_is_read_anew(tmp_path):
    path = tmp_path / "figures.csv"
    for value in ("8.5", "8.6", "8.5"):
        path.write_text(f"figure_id,value\na,{value}\n", encoding="utf-8")
        os.utime(path, (0, 0))  # nor do size and time of the file decide
        loaded = load_table(path)
        assert loaded["value"].item() == float(value)
        loaded.loc[0, "value"] = 0
        loaded["more"] = ""


def test_names_are_few_and_each_says_unit_and_source():
    assert 12 <= len(hy.FUNCTIONS) <= 27
    for name in hy.FUNCTIONS:
        words = getattr(hy, name).__doc__
        assert "unit" in words or isinstance(getattr(hy, name), type), name
        assert re.search("publication|print|source|counted|figures behind", words), name


def test_importing_the_package_is_light():
    heavy = {"pandas", "matplotlib", "seaborn", "statsmodels", "IPython", "itables", "jupyterlab"}
    heavy.add("hyreport.data.schema")
    code = f"import sys, hyreport; print(sorted({heavy} & set(sys.modules)))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_processed_values_are_the_printed_numbers():
    for row in hy.load_figures().to_dict("records"):
        digits = re.search(r"\d+(\.\d+)?", row["as_printed"])
        if digits:
            assert abs(row["value"]) == float(digits.group())
        if pd.notna(row["low"]) and pd.notna(row["high"]):
            assert row["low"] <= row["value"] <= row["high"]


def test_an_id_says_its_report_and_is_looked_up_there():
    number = hy.compute(
        lambda a: 2 * a, unit="percent", formula="2 a", a=hy.figure("gdp.growth.2017")
    )
    assert number.inputs == ("hengyang-2018:gdp.growth.2017",)
    assert hy.figure(number.inputs[0]) == hy.figure("gdp.growth.2017", "hengyang-2018")


def test_one_figure_answers_or_all_that_could_are_named():
    report = hy.Report("hengyang-2018")
    assert report.actual("budget_revenue.level").figure_id == "budget_revenue.level.2017"
    with pytest.raises(UnknownNameError, match=r"gdp\.growth for 2019: found no figure"):
        report.actual("gdp.growth", 2019)
    with pytest.raises(UnknownNameError, match=r"did you mean gdp\.growth"):
        report.actual("gdp.grwth")


def test_an_exact_figure_goes_before_a_bound_the_whole_before_a_part_a_year_before_a_span():
    import pandas as pd

    rows = hy.load_figures().query("figure_id == 'gdp.growth.2017'")
    facts = hy.Report("hengyang-2018").facts

    def choose(**other: str) -> str:
        second = rows.assign(figure_id="other", **other)
        return hy.Report.of(facts, figures=pd.concat([second, rows])).actual("gdp.growth").figure_id

    assert choose(qualifier="at_least") == "gdp.growth.2017"
    assert choose(area="rural") == "gdp.growth.2017"
    assert choose(period="2013/2017") == "gdp.growth.2017"
    with pytest.raises(UnknownNameError, match=r"found other, gdp\.growth\.2017, expected exactly"):
        choose(note="a second print")
