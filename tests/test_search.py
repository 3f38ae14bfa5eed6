"""Finding figures by words of either language."""

import pytest

import hyreport as hy
from hyreport.errors import UnknownNameError


@pytest.mark.parametrize("words", ["税收", "tax", "TAX", "ｔａｘ"])
def test_tax_is_found_in_either_language_with_the_shares_first(words):
    found = hy.find(words)
    assert found["figure_id"].tolist()[:2] == ["tax_share.total.2017", "tax_share.local.2017"]
    assert {"name_en", "name_zh", "as_printed", "doubt"} <= set(found.columns)


@pytest.mark.parametrize(
    "words, first",
    [
        ("gdp.growth.2018", "gdp.growth.2018"),
        ("GDP growth 2018", "gdp.growth.2018"),
        ("地区生产总值", "gdp.level.2017.passed"),
        ("unemployment", "unemployment.rate.2017"),
        ("失业率 2018", "unemployment.rate.2018"),
        ("8%以上", "gdp.growth.2018"),
        ("252.01", "budget_revenue.level.2017"),
    ],
)
def test_the_best_stands_first(words, first):
    assert hy.find(words)["figure_id"].iloc[0] == first


def test_names_come_before_notes_and_doubts():
    found = hy.find("yearbook")
    said = found["name_en"] + found["name_zh"]
    assert not said.str.contains("yearbook").any() and len(found) > 0
    ids = hy.find("revenue")["figure_id"].tolist()
    assert "revenue" in ids[0] and "revenue" not in ids[-1]


@pytest.mark.parametrize(
    "words, suggestion",
    [
        ("taxx", "did you mean tax"),
        ("税受", "did you mean 税收"),
        ("", "type a word"),
        ("  ", "type a word"),
        ("tax 失业率", "try fewer"),
        ("zzzzqq", "look at hy.load_figures"),
    ],
)
def test_nothing_found_says_what_to_try(words, suggestion):
    with pytest.raises(UnknownNameError, match=suggestion):
        hy.find(words)
