"""Every title and sentence that is composed of any report has its Chinese, with its numbers."""

import re
from itertools import product

import pandas as pd
import pytest

from hyreport.data.report import Report
from hyreport.draft.pairs import SLACK
from hyreport.paths import PACKAGE
from hyreport.themes.overview import (
    say_figures,
    say_pairs,
    say_shares,
    say_spread,
    say_themes,
    say_verdicts,
)
from hyreport.words.phrases import HOLE, is_english, read_phrases
from hyreport.words.tables import read_rows

PHRASES = read_phrases()
TABLES = sorted([*PACKAGE.glob("*/zh.csv"), *PACKAGE.glob("themes/*/zh.csv")])
VERDICTS = ("met", "missed", "undecidable")


def list_pairs():
    for above, below, at in product(range(3), repeat=3):
        ends = [9.0] * above + [7.0] * below + [8.0] * at
        if ends:
            yield say_pairs(pd.DataFrame({"start": 8.0, "end": ends}), 2019)


def list_verdicts():
    for counts in product(range(3), repeat=3):
        strict = [word for word, size in zip(VERDICTS, counts, strict=True) for _ in range(size)]
        if strict:
            yield say_verdicts(pd.DataFrame({"strict": strict}), 2019)


def list_shares():
    for scope, last in product(("total", "local", ""), (70.5, 60.5, 65.2)):
        rows = [(scope, 2019, 65.0), (scope, 2020, last)]
        for shown in (rows, rows[:1], [rows[0], ("local", 2020, 50.0), ("", 2021, 40.0)]):
            table = pd.DataFrame(shown, columns=["scope", "year", "value"])
            low, high = table["value"] - 0.5, table["value"] + 0.5
            yield say_shares(table.assign(low=low, high=high).drop_duplicates("scope"))
            yield say_shares(table.assign(low=low, high=high))


def list_themes():
    kinds = ("Industry", "Tourism", "Environment", "Not in the codebook", "工业")
    for names in [*product(kinds, repeat=1), *product(kinds, repeat=2), kinds[:3], kinds[2:]]:
        for top in (1, 2, 9):
            yield say_themes(pd.DataFrame({"figures": [top, *[1] * (len(names) - 1)]}, index=names))


def list_spreads():
    for values in ([8.0, 8.0], [7.25, 10.0]):
        yield say_spread(pd.DataFrame({"source": ["mean", "drift"], "value": values}), 2020)


TITLES = (list_pairs, list_verdicts, list_shares, list_themes, list_spreads)
# What few reports make overview and draft say.
RARE = [
    "By the printed numbers, the widest gap, [0.5](#result:a) and [−0.5](#result:b) points, is "
    "that of GDP and retail sales.",
    "By the printed numbers, the widest gap, [0.5](#result:a) points, is that of GDP, retail "
    "sales, `PM2.5` and others.",
    "A figure of 2019 that measures the same is printed for [3](#a) of them; [1](#b) lies above "
    "it, [1](#c) lies below it and [1](#d) is not told apart from it, as far as print and rounding "
    "tell.",
    "Of the numbers [1](#a) is to be striven for and [2](#b) are to be ensured.",
    "[1](#a) aim prints no number.",
    "Of [1](#a) cross-check that could fail, [1](#b) fails.",
    "Who read them is not recorded; a cell `read` of `figures.csv` would say it.",
    "In 2019 total revenue was [9亿元](#a) (hundred million yuan), local revenue was [5万元](#b) "
    "(ten thousand yuan), taxes in total revenue were [7亿元](#c) (yuan) and taxes were [70%](#d) "
    "of total revenue, as the report prints it.",
    "In 2019 revenue (total or local is not said) was [9亿元](#a) (hundred million yuan) and taxes "
    "were [70%](#d) of revenue (total or local is not said), as the report prints it.",
    "For 2019 it prints no single figure, free of bounding words, of the level of revenue or "
    "taxes in money or the tax share; the budget report of the same session would supply it.",
    "It follows that growth of local tax is [−3.5](#a) percent (level here / level in the report "
    "before − 1).",
    "It follows that total tax is [180](#a) hundred million yuan (revenue × tax share).",
    "The report before set no number to aim at for 2019; a figure of that year with role target "
    "would be one.",
    "The report before aimed at [1](#a) number for 2019; this one prints the same of none, so that "
    "no verdict is possible.",
    "The report before aimed at [9](#a) numbers for 2019; this one prints what came of [4](#b): "
    "[2](#c) met, [1](#d) missed and [1](#e) undecidable; with [0.5](#f) points for 左右 (about) "
    "on either side, [3](#g) met and [1](#h) missed.",
    "What came is not at hand; the report on 2020, once accepted, would supply it.",
    "Nothing is forecast: growth is the same in each year known, so that no error shows.",
    "Nothing is forecast: on which day the report was public is not known; `reported` in its "
    "`report.toml` would say what a forecaster could have known.",
    "Same term and unit. Beside it: n12, gdp.growth.2019.",
    "The target is a growth, the figure before a level.",
    f"From 10 to 20 亿元 is no yearly growth of {SLACK}%, at current prices.",
    "The shares add up to 101.5.",
]


@pytest.mark.parametrize("titles", TITLES, ids=lambda titles: titles.__name__)
def test_every_title_of_a_chart_has_its_chinese_and_its_numbers(titles):
    for title in titles():
        said = PHRASES.say(title)
        assert said and not is_english(said), title
        numbers = (sorted(re.findall(r"\d+(?:\.\d+)?", text)) for text in (title, said))
        assert next(numbers) == next(numbers), title


def test_two_shares_that_rounding_may_make_one_are_said_side_by_side():
    shares = pd.DataFrame({"scope": "local", "year": [2017, 2018], "value": [5.0, 6.0]})
    said = say_shares(shares.assign(low=shares["value"] - 0.5, high=shares["value"] + 0.5))
    assert said == (
        "The tax share of local revenue was 5% in 2017 and 6% in 2018, which print and rounding do "
        "not tell apart"
    )
    assert PHRASES.say(said) == "地方收入税收占比2017年为5%，2018年为6%，就原文和舍入难分高低"


def test_a_report_without_figures_has_nothing_counted():
    full = Report()
    bare = Report.of(full.facts, figures=full.figures.head(0), checks=full.checks.head(0))
    said = say_figures(bare)
    assert said == "No figure of the report is recorded; rows of `figures.csv` would supply them."
    assert PHRASES.need_prose(said) == "未录入该报告的任何数据；可在`figures.csv`中补充。"


@pytest.mark.parametrize("text", RARE)
def test_what_few_reports_have_said_of_them_has_its_chinese(text):
    PHRASES.missing.clear()
    said = PHRASES.need_prose(text)
    assert not PHRASES.missing
    links = (sorted(re.findall(r"\]\(#\w+", words)) for words in (text, said))
    assert next(links) == next(links)


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.parent.name)
def test_rows_of_the_library_leave_no_number_out(path):
    for row in read_rows(path):
        opened = [set(HOLE.findall(row[name])) for name in ("en", "zh")]
        # A printed figure brings its own unit.
        assert opened[0] - opened[1] <= {"unit"} and opened[1] <= opened[0], row["en"]
        assert row["zh"] and not re.search(r"[\u4e00-\u9fff][,;:?!]", row["zh"]), row["en"]
