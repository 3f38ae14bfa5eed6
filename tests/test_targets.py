"""Targets against actuals: the verdicts recomputed by hand."""

import pytest

import hyreport as hy
from hyreport.targets import compare_targets, count_comparable, headline_targets

TARGETS = hy.load_targets()
BY_HAND = {
    # target: actual of 2017, stated for 2018, strict reading, with half a point read into 左右
    "gdp.growth.2018": ("8.5%", "8%以上", "below 2017", "below 2017"),
    "gdp.growth.2018.stretch": ("8.5%", "争取达到 8.5%", "not told apart", "not told apart"),
    "fixed_asset_investment.growth.2018": ("14.3%", "14%左右", "below 2017", "not told apart"),
    "retail_sales.growth.2018": ("11%", "11%左右", "not told apart", "not told apart"),
    "industrial_value_added.growth.2018": ("6.8%", "7.5%左右", "above 2017", "above 2017"),
    "demonstration_villages.count.2018": ("37 个", "37 个", "not told apart", "not told apart"),
    "poor_villages_lifted.count.2018": ("170个", "108个", "below 2017", "below 2017"),
    "poor_people_lifted.level.2018": ("9万多", "7万人以上", "below 2017", "below 2017"),
    "tourists.growth.2018": ("15%", "15%", "not told apart", "not told apart"),
    "tourism_revenue.growth.2018": ("24%", "24%以上", "not told apart", "not told apart"),
    "scenic_3a.added.2018": ("3个", "2个以上", "below 2017", "below 2017"),
    "forest.share.2018": ("47.6%", "48.2%", "above 2017", "above 2017"),
}


def test_every_comparable_pair_has_the_verdict_found_by_hand():
    compared = compare_targets(TARGETS, tolerance=0.5).set_index("target_id")
    columns = ["actual_printed", "target_printed", "strict", "lenient"]
    found = {name: tuple(row) for name, row in compared[columns].iterrows()}
    assert found == BY_HAND


def test_the_tolerance_moves_only_targets_printed_with_about():
    strict = compare_targets(TARGETS, tolerance=0)
    assert (strict["strict"] == strict["lenient"]).all()
    wide = compare_targets(TARGETS, tolerance=5)
    moved = wide[wide["strict"] != wide["lenient"]]
    assert set(moved["qualifier"]) == {"about"}


def test_gaps_are_filled_only_where_like_meets_like():
    assert TARGETS.loc[TARGETS["comparable"] != "yes", "gap"].isna().all()
    assert TARGETS.loc[TARGETS["comparable"] == "yes", "gap"].notna().all()
    forest = TARGETS.set_index("target_id").loc["forest.share.2018"]
    assert forest[["gap", "gap_low", "gap_high"]].tolist() == pytest.approx([0.6, 0.55, 0.65])


def test_counts_cover_each_target_once():
    counts = count_comparable(TARGETS).set_index("outcome")["targets"]
    assert counts.sum() == TARGETS["target_id"].nunique()
    assert counts["comparable with a 2017 figure"] == len(BY_HAND)
    assert counts["no 2017 figure printed"] == (TARGETS["actual_id"] == "").sum()


def test_headline_targets_are_those_of_one_paragraph():
    figures = hy.load_figures().set_index("figure_id")
    paragraphs = figures.loc[headline_targets(TARGETS)["target_id"], "paragraph"]
    assert set(paragraphs) == {27}
    assert (
        len(set(paragraphs.index))
        == ((figures["paragraph"] == 27) & figures["role"].isin(["target", "stretch_target"])).sum()
    )
