"""Rates of an audit with known answers, and the panel beside published tables."""

from math import comb

import pandas as pd
import pytest
from panels import growth, make_panel, read_cell

from hyreport.errors import UnknownNameError
from hyreport.panel.published import (
    compare_published,
    count_compared,
    load_compared,
    say_compared,
)
from hyreport.panel.rates import measure_rates, rates, say_rates, wrong_share
from hyreport.panel.sampling import binomial_interval, bootstrap_interval

CITY, OTHER = "430400", "430200"


@pytest.fixture(scope="module")
def panel(tmp_path_factory):
    audit = [read_cell(f"{CITY}-2018", verdict) for verdict in ("right",) * 7 + ("wrong",)]
    audit += [read_cell(f"{CITY}-2018", verdict) for verdict in ("missed", "missed", "not_printed")]
    audit += [read_cell(f"{CITY}-2018", "rightly_blank")]
    audit += [read_cell(f"{OTHER}-2009", "right", kind="actual")]
    reports = {(CITY, 2018): (growth(8), growth("8.5")), (OTHER, 2009): (growth(9), growth(10))}
    return make_panel(tmp_path_factory.mktemp("panel"), reports, audit)


def test_found_and_right_have_each_their_own_whole(panel):
    row = rates("kind", panel=panel).set_index("kind").loc["target"]
    assert (row["found"], row["found_of"]) == (8, 10)
    assert (row["right"], row["right_of"]) == (7, 9)
    assert row["found_low"] < row["found_rate"] == 80 < row["found_high"]


def test_levels_and_decades_come_from_the_reports(panel):
    assert set(rates("decade", panel=panel)["decade"]) == {"2000s", "2010s"}
    assert set(rates("level", panel=panel)["level"]) == {"prefecture"}


def test_an_empty_audit_gives_no_rate_and_says_so(tmp_path):
    panel = make_panel(tmp_path / "panel", {(CITY, 2018): (growth(8), growth(8))})
    assert rates("kind", panel=panel).empty
    assert measure_rates(panel).empty
    assert "not known" in say_rates(measure_rates(panel))
    with pytest.raises(UnknownNameError, match="no cell"):
        wrong_share(panel=panel)


def test_what_may_be_wrong_is_the_far_end_of_what_the_audit_allows(panel):
    row = rates(panel=panel).to_dict("records")[0]
    filled, bad = row["right_of"], row["right_of"] - row["right"]
    wrong = wrong_share(panel=panel)
    chances = [comb(filled, n) * wrong**n * (1 - wrong) ** (filled - n) for n in range(bad + 1)]
    assert bad == 2
    # With more wrong cells than that, so few would be seen less than once in forty.
    assert sum(chances) == pytest.approx(0.025, abs=1e-4)


def test_sentences_link_to_results(panel):
    measured = measure_rates(panel)
    said = say_rates(measured)
    assert "[80.0](#result:rate_found_target_all)%" in said
    assert "[100.0](#result:rate_right_actual_all)%" in said
    assert measured["result"].is_unique


def test_each_level_counts_by_its_reports_in_the_panel(tmp_path):
    province = "430000"
    audit = [read_cell(f"{CITY}-2018", "right")] * 2 + [read_cell(f"{CITY}-2019", "missed")] * 2
    audit += [read_cell(f"{province}-2018", "right")] * 4
    one = (growth(8), growth(8))
    reports = {(CITY, year): one for year in (2018, 2019, 2020)} | {(province, 2018): one}
    panel = make_panel(tmp_path / "panel", reports, audit)
    row = measure_rates(panel).set_index("result").loc["rate_found_target_weighted"]
    assert row["value"] == pytest.approx(0.75 * 50 + 0.25 * 100)
    # Whole reports are drawn: of two of cities the one that lacks all may be the only one.
    assert row["low"] == pytest.approx(25)
    assert row["high"] == 100


def test_a_split_that_is_none_is_named(panel):
    with pytest.raises(UnknownNameError, match="colour"):
        rates("colour", panel=panel)


@pytest.mark.parametrize(("hits", "n"), [(0, 1), (1, 1), (0, 40), (40, 40), (3, 7), (880, 900)])
def test_the_interval_is_the_exact_one(hits, n):
    stats = pytest.importorskip("scipy.stats")
    low, high = binomial_interval(hits, n)
    assert low == pytest.approx(stats.beta.ppf(0.025, hits, n - hits + 1) if hits else 0, abs=1e-9)
    top = stats.beta.ppf(0.975, hits + 1, n - hits) if hits < n else 1
    assert high == pytest.approx(top, abs=1e-9)


def test_whole_clusters_are_drawn():
    table = pd.DataFrame({"hit": [1.0] * 50 + [0.0] * 50, "all": 1.0})
    one = bootstrap_interval(table, [0] * 100, lambda sums: sums[:, 0] / sums[:, 1])
    assert one == (0.5, 0.5)
    two = bootstrap_interval(table, [0] * 50 + [1] * 50, lambda sums: sums[:, 0] / sums[:, 1])
    assert two == (0.0, 1.0)


def published(rows):
    columns = ["table", "area_code_now", "year", "published", "published_high"]
    return pd.DataFrame(rows, columns=columns)


def test_ranges_and_floors_agree_and_gaps_are_blank(tmp_path):
    span = growth(7, value_high="8", high="8")
    reports = {(CITY, 2018): (growth(8), None), (OTHER, 2018): (span, None)}
    panel = make_panel(tmp_path / "panel", reports)
    rows = [("a", CITY, 2018, 8.05, 8.05), ("a", CITY, 2019, 8, 8), ("a", CITY, 2018, 9, 9)]
    rows += [("b", OTHER, 2018, 7, 8), ("b", OTHER, 2018, 7.5, 7.5), ("b", OTHER, 2018, 6.5, 7)]
    compared = compare_published(published(rows), panel=panel)
    assert list(compared["agrees"]) == ["yes", "", "no", "yes", "yes", "no"]
    counts = count_compared(compared).set_index("table")
    assert list(counts["in_panel"]) == [2, 3]
    assert list(counts["agree"]) == [1, 2]


def test_who_was_right_is_said_of_those_read(tmp_path):
    counts = count_compared(compare_published(published([]), panel=make_panel(tmp_path, {})))
    assert say_compared(counts, pd.DataFrame())[1].startswith("No published table")
    counts = pd.DataFrame({"table": ["a"], "cells": 9, "in_panel": [8], "agree": [6]})
    read = ["panel", "panel", "table", "both", ""]
    table, said = say_compared(counts, pd.DataFrame({"right": read}))
    assert "a [75.0](#result:published_a_agree)%" in said
    assert "of [8](#result:published_a_both), where the table has [9]" in said
    assert "Of [4](#result:published_read) disagreements read the panel alone was right in " in said
    assert "[2](#result:published_read_panel), the table alone was right in [1]" in said
    assert "both were right in [1](#result:published_read_both)" in said
    # All disagreements that are read are counted: there is nothing to infer.
    counted = table[table["result"].str.startswith("published_read")]
    assert set(counted["kind"]) == {"stated"}
    assert table["result"].is_unique


def test_without_a_comparison_both_tables_are_empty(tmp_path):
    assert [len(table) for table in load_compared(tmp_path)] == [0, 0]
