"""The scoreboard: what targets answer and whether they came true, by hand; each rule on its own."""

import pandas as pd
import pytest

from hyreport.data.report import Report
from hyreport.errors import IntervalError, UnknownNameError
from hyreport.studies.hengyang_2018 import gdp_revision, later_hints
from hyreport.themes.targets import VERDICTS, label_verdicts, scoreboard
from hyreport.themes.targets.scoreboard import MET, MISSED, UNDECIDABLE

REPORT = Report("hengyang-2018")
FIGURES, TARGETS, OUTCOMES = REPORT.figures, REPORT.targets, REPORT.outcomes
# All that our sources decide for 2018: 8.3 against 8 and 8.5; about 3.5 against at most 4.5.
DECIDED = {
    "gdp.growth.2018": (MET, MET),
    "gdp.growth.2018.stretch": (MISSED, MISSED),
    "unemployment.rate.2018": (MET, MET),
}
OTHER_KIND = {
    "budget_revenue.growth.2018",
    "fixed_asset_investment.growth.2018",
    "retail_sales.growth.2018",
    "trade.growth.2018",
    "industrial_value_added.growth.2018",
    "resident_income.growth.2018",
    "air_routes.added.2018",
    "tourists.growth.2018",
    "tourism_revenue.growth.2018",
}


def count(board, reading="strict"):
    counts = label_verdicts(board, reading=reading).value_counts()
    return counts.reindex(VERDICTS, fill_value=0).tolist()


def made(**tables):
    """Return the report with other tables in place of its own."""
    own = {"figures": FIGURES, "targets": TARGETS, "outcomes": OUTCOMES}
    return Report.of(REPORT.facts, **(own | tables))


def test_each_target_number_of_the_report_has_one_row():
    targets = FIGURES[FIGURES["role"].isin(["target", "stretch_target"])]
    board = scoreboard(REPORT)
    assert board["target_id"].tolist() == targets["figure_id"].tolist()
    assert set(board["target_id"]) == set(TARGETS["target_id"])
    assert board["headline"].sum() == 8 and board.shape == (35, 39)


def test_target_base_outcome_and_verdict_stand_in_one_row():
    row = scoreboard(REPORT).set_index("target_id").loc["gdp.growth.2018"]
    assert row[["target_value", "target_unit", "qualifier"]].tolist() == [8, "percent", "at_least"]
    assert row[["base_id", "base_value", "base_unit"]].tolist() == [
        "gdp.growth.2017",
        8.5,
        "percent",
    ]
    assert row[["gap", "gap_low", "gap_high"]].tolist() == pytest.approx([-0.5, -0.55, -0.45])
    assert row["gap_unit"] == "percentage points"
    assert row["outcome_id"] == "reference:gdp_growth_real.2018.yearbook"
    assert row[["outcome_value", "outcome_low", "outcome_high"]].tolist() == [8.3, 8.25, 8.35]
    assert row[["ambition_strict", "ambition_lenient"]].tolist() == ["below 2017"] * 2
    assert row[["strict", "lenient"]].tolist() == [MET, MET]


def test_several_figures_are_joined_and_have_no_value():
    board = scoreboard(REPORT).set_index("target_id")
    income = board.loc["resident_income.growth.2018"]
    assert income["base_id"] == "urban_income.growth.2017 rural_income.growth.2017"
    assert (income["base_printed"], income["base_unit"]) == ("8.5%; 7.9%", "percent")
    assert income[["base_value", "base_low", "gap"]].isna().all()
    assert income["base_comparable"] == "partly" and income["ambition_strict"] == ""
    trade = board.loc["trade.growth.2018"]
    assert trade["outcome_printed"] == "1496620 万元; 1288119 万元"
    assert pd.isna(trade["outcome_value"])


def test_verdicts_are_those_found_by_hand():
    board = scoreboard(REPORT, tolerance=0.5).set_index("target_id")
    for name, row in board.iterrows():
        verdicts = DECIDED.get(name, (UNDECIDABLE, UNDECIDABLE))
        assert (row["strict"], row["lenient"]) == verdicts, name
        comparable = "yes" if name in DECIDED else "no" if name in OTHER_KIND else ""
        assert row["outcome_comparable"] == comparable, name
    for reading in ("strict", "lenient"):
        assert count(board, reading) == [2, 1, 0, 9, 23]


def test_every_verdict_names_its_publication_and_reason():
    board = scoreboard(REPORT)
    known = board["outcome_comparable"] != ""
    named = ["outcome_printed", "outcome_vintage", "outcome_reason"]
    assert (board.loc[known, named] != "").all(axis=None)
    assert (board.loc[~known, named] == "").all(axis=None)


def test_a_wide_tolerance_leaves_an_outcome_of_about_undecided():
    board = scoreboard(REPORT, tolerance=1.5)
    verdicts = board.set_index("target_id")["strict"]
    assert verdicts["unemployment.rate.2018"] == UNDECIDABLE
    assert count(board)[2] == 1 and sum(count(board)) == 35


def test_words_name_the_years_of_the_report_in_hand():
    facts = REPORT.facts | {"base_year": 2020, "target_year": 2021}
    board = scoreboard(Report.of(facts, figures=FIGURES, targets=TARGETS, outcomes=OUTCOMES))
    words = {*board["ambition_strict"], *board["ambition_lenient"], *board["grade"]}
    assert {"below 2020", "above 2020", "no 2020 figure printed"} <= words
    assert not any("2017" in word for word in words)


RULES = {
    # name: aim value, qualifier, better; outcome low, high, qualifier; strict, lenient
    "floor met": (8, "at_least", "higher", 8.0, 8.1, "exact", MET, MET),
    "floor missed": (8, "at_least", "higher", 7.85, 7.95, "exact", MISSED, MISSED),
    "within rounding": (8, "at_least", "higher", 7.95, 8.05, "exact", UNDECIDABLE, UNDECIDABLE),
    "ceiling met": (4.5, "at_most", "lower", 4.4, 4.5, "exact", MET, MET),
    "ceiling missed": (4.5, "at_most", "lower", 4.55, 4.6, "exact", MISSED, MISSED),
    "about, lenient": (14, "about", "higher", 13.5, 13.6, "exact", MISSED, MET),
    "about, lower is better": (4, "about", "lower", 4.2, 4.3, "exact", MISSED, MET),
    "stated, lower is better": (4, "exact", "lower", 4.1, 4.2, "exact", MISSED, MISSED),
    "stated, higher is better": (108, "exact", "higher", 110, 110, "exact", MET, MET),
    "upper end of a range passed": (12, "at_most", "higher", 12.5, 12.6, "exact", MET, MET),
    "more than, just reached": (20, "more_than", "higher", 20, 20, "exact", *[UNDECIDABLE] * 2),
    "outcome of about": (4.5, "at_most", "lower", None, None, "about", MET, MET),
    "outcome without upper end": (8, "at_least", "higher", 8, None, "at_least", MET, MET),
    "open end, undecided": (9, "at_least", "higher", 8, None, "at_least", *[UNDECIDABLE] * 2),
    "open end, lower is better": (4, "at_most", "lower", 4.1, None, "more_than", MISSED, MISSED),
}


@pytest.mark.parametrize("rule", RULES)
def test_each_rule_decides_as_it_says(rule):
    value, qualifier, better, least, most, said, strict, lenient = RULES[rule]
    aims = FIGURES[FIGURES["figure_id"] == "gdp.growth.2018"]
    aims = aims.assign(value=float(value), qualifier=qualifier)
    pairs = TARGETS[TARGETS["target_id"] == "gdp.growth.2018"].assign(better=better)
    outcome = OUTCOMES[OUTCOMES["target_id"] == "gdp.growth.2018"]
    middle = 4.0 if said == "about" else least if most is None else (least + most) / 2
    ends = {"outcome_value": middle, "outcome_low": least, "outcome_high": most}
    for comparable, verdicts in (("yes", [strict, lenient]), ("no", [UNDECIDABLE] * 2)):
        later = outcome.assign(**ends, qualifier=said, comparable=comparable)
        later = later.astype(dict.fromkeys(ends, float))
        board = scoreboard(made(figures=aims, targets=pairs, outcomes=later), tolerance=0.5)
        assert board.loc[0, ["strict", "lenient"]].tolist() == verdicts


def test_targets_of_2015_by_hand():
    board = scoreboard(REPORT, year=2015)
    assert len(board) == 10 and (board["base_id"] == "").all() and (board["grade"] == "").all()
    growth = board[board["name_en"] == "Growth of regional gross domestic product"]
    # 8.72 against at least 9 and at least 9.5.
    assert growth["strict"].tolist() == growth["lenient"].tolist() == [MISSED, MISSED]
    # 11.1 against a range from 11 to 12, of which the lower end decides.
    revenue = board[board["name_en"] == "Growth of total fiscal revenue"]
    assert revenue.set_index("qualifier")["strict"].to_dict() == {
        "at_least": MET,
        "at_most": UNDECIDABLE,
    }
    rest = board.drop([*growth.index, *revenue.index])
    assert (rest["strict"] == UNDECIDABLE).all()


def test_hints_from_levels_are_ratios_of_published_levels():
    hints = later_hints(REPORT).set_index(["quantity", "year"])["value"]
    levels = REPORT.reference.query("role == 'actual' and ref_area == '430400'")
    levels = levels.drop_duplicates(["series", "time_period"])
    levels = levels.set_index(["series", "time_period"])["value"]
    series = {"retail": "retail_sales", "local revenue": "local_budget_revenue"}
    for (name, year), value in hints.items():
        if name in series:
            now, before = (levels[series[name], str(y)] for y in (year, year - 1))
            assert value == pytest.approx(100 * now / before - 100, abs=0.05)
    trade = hints["imports and exports", 2018]
    assert trade == pytest.approx(levels["goods_exports", "2018"] + levels["goods_imports", "2018"])
    # What the page says: less than the report prints for 2017, in another publication.
    assert trade < FIGURES.set_index("figure_id").loc["trade.level.2017", "value"]


def test_ten_months_of_tourism_pass_the_whole_year_that_the_report_prints():
    outside = REPORT.reference.set_index("series")["value_base"]
    printed = FIGURES.set_index("figure_id")["value_base"]
    for series, figure in (("tourist_visits", "tourists"), ("tourism_revenue", "tourism_revenue")):
        assert outside[series] > printed[f"{figure}.level.2017"]


def test_a_revision_is_one_of_one_year():
    table = gdp_revision(REPORT).set_index("result")["value"]
    assert table["revision_size"] == pytest.approx(100 * 2921.52 / 3193 - 100, abs=0.05)
    # What the page says: the yearbook's level for 2018 lies below the printed one for 2017.
    assert table["revision_yearbook_2018"] < table["revision_printed_2017"]


def test_a_reading_that_is_none_is_refused():
    with pytest.raises(UnknownNameError, match="strict or lenient"):
        label_verdicts(scoreboard(REPORT), reading="mild")


@pytest.mark.parametrize("table", ["targets", "outcomes"])
def test_two_figures_that_measure_what_a_target_does_are_refused(table):
    rows = {"targets": TARGETS, "outcomes": OUTCOMES}[table]
    with pytest.raises(IntervalError, match=r"gdp\.growth\.2018: found two figures of the same"):
        scoreboard(made(**{table: pd.concat([rows, rows])}))


def test_without_outcomes_nothing_is_decided_and_without_targets_nothing_is_judged():
    assert count(scoreboard(made(outcomes=OUTCOMES.head(0)))) == [0, 0, 0, 0, 35]
    none = FIGURES[FIGURES["role"] == "actual"]
    assert count(scoreboard(made(figures=none, targets=TARGETS.head(0)))) == [0] * 5


@pytest.mark.parametrize(
    ("year", "word", "came", "strict", "lenient"),
    [
        (2020, "about", (2.9, 2.85, 2.95), MET, MET),  # 3.5%左右
        (2020, "about", (3.8, 3.75, 3.85), MISSED, MET),
        (2020, "about", (4.2, 4.15, 4.25), MISSED, MISSED),
        (2023, "about", (3, 2.95, 3.05), UNDECIDABLE, MET),  # 3%左右
        (2021, "at_most", (0.9, 0.85, 0.95), MET, MET),  # 3%以内
        (2021, "at_most", (3, None, 3), MET, MET),
        (2025, "at_most", (3.2, 3.15, 3.25), MISSED, MISSED),
    ],
)
def test_a_target_for_prices_is_a_ceiling_in_any_year(year, word, came, strict, lenient):
    aim = f"reference:consumer_prices_growth.{year}.target.{word}"
    value, low, high = came
    cells = {"target_id": aim, "outcome_id": "made up", "qualifier": "exact", "comparable": "yes"}
    cells |= {"outcome_value": value, "outcome_low": low, "outcome_high": high}
    outcomes = OUTCOMES.head(1).assign(**cells).astype({"outcome_low": float})
    board = scoreboard(made(reference=REPORT.reference, outcomes=outcomes), year=year)
    row = board.set_index("target_id").loc[aim]
    assert row[["qualifier", "better"]].tolist() == [word, "lower"]
    assert row[["strict", "lenient"]].tolist() == [strict, lenient]
    others = board[board["target_id"] != aim]
    assert len(others) and set(others["better"]) == {"higher"}
