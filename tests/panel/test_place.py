"""One place among its peers."""

import pytest
from panels import absent, growth, make_panel

from hyreport.errors import UnknownNameError
from hyreport.panel.ask import find_area
from hyreport.panel.chooser import list_options, tell_chosen
from hyreport.panel.place import (
    count_sides,
    follow_place,
    list_peers,
    list_places,
    name_place,
    place_numbers,
    say_place,
    stand_among_peers,
)
from hyreport.panel.titles import say_place_chart

OWN, PEERS = "430400", ("430200", "430300", "430500")


@pytest.fixture(scope="module")
def panel(tmp_path_factory):
    reports = {(OWN, 2018): (growth(8), growth("8.5")), (OWN, 2019): (absent(), growth("8.3"))}
    for code, target in zip(PEERS, (7, "7.5", 9), strict=True):
        reports[code, 2018] = (growth(target), growth(8))
    reports["110000", 2018] = (growth(6), growth("6.7"))
    return make_panel(tmp_path_factory.mktemp("panel"), reports)


def test_a_place_is_found_by_name_and_code(panel):
    assert find_area("衡阳市", panel) == find_area(OWN, panel) == OWN
    with pytest.raises(UnknownNameError, match="did you mean 衡阳市"):
        find_area("衡阳", panel)


def test_peers_are_of_the_same_province_and_level(panel):
    assert list_peers(OWN, panel=panel) == sorted([OWN, *PEERS])
    assert list_peers("110000", panel=panel) == ["110000"]


def test_targets_and_outcomes_stand_by_year_with_their_place(panel):
    rows = follow_place(OWN, panel=panel).set_index("year")
    assert list(rows.index) == [2017, 2018, 2019]
    assert rows.loc[2018, "target_printed"] == "8%"
    assert rows.loc[2018, "outcome_printed"] == "8.3%"
    assert rows.loc[2019, "target_status"] == "absent"
    assert rows.loc[2018, "outcome_path"].endswith("2019.md")


def test_the_own_value_stands_beside_the_others_median(panel):
    beside = stand_among_peers(OWN, panel=panel)
    row = beside[(beside["kind"] == "target") & (beside["year"] == 2018)].iloc[0]
    assert (row["own"], row["median"], row["peers"], row["stands"]) == (8, 7.5, 3, "above")
    assert count_sides(beside).set_index("kind").loc["target", "above"] == 1
    assert "in 1 of 1 years" in say_place_chart("Hengyang", beside)


def test_few_peers_give_no_median(panel):
    beside = stand_among_peers(OWN, least=4, panel=panel)
    assert set(beside["stands"]) == {""}
    assert "no targets with peers" in say_place_chart("Hengyang", beside)


def test_sentences_lead_to_printed_words(panel):
    followed, beside = follow_place(OWN, panel=panel), stand_among_peers(OWN, panel=panel)
    numbers = place_numbers(followed, beside)
    assert "[8](#result:place_target_first)%" in say_place("Hengyang", numbers)
    formula = numbers.set_index("result").loc["place_target_first", "formula"]
    assert "衡阳市/2018.md, characters 100 to 104" in formula
    assert numbers["result"].is_unique


def test_few_years_with_both_are_told_each_and_more_as_a_mean(panel, tmp_path):
    followed, beside = follow_place(OWN, panel=panel), stand_among_peers(OWN, panel=panel)
    said = say_place("Hengyang", place_numbers(followed, beside))
    assert "for 2018 a target of [8](#result:place_target_2018)%, first reported [8.3]" in said
    assert "on average" not in said
    reports = {(OWN, year): (growth(8), growth("8.5")) for year in (2016, 2017, 2018, 2019)}
    reports[OWN, 2020] = (growth(8), growth(9, qualifier="at_least"))
    panel = make_panel(tmp_path / "more", reports)
    followed, beside = follow_place(OWN, panel=panel), stand_among_peers(OWN, panel=panel)
    numbers = place_numbers(followed, beside).set_index("result")
    # The bound of 2019 is in no mean.
    assert numbers.loc["place_years_with_both", "value"] == 3
    assert numbers.loc["place_mean_gap", "value"] == 0.5


def test_outcomes_that_are_bounds_stand_on_no_side(tmp_path):
    bound = growth(8, qualifier="at_least")
    reports = {(OWN, 2018): (growth(8, qualifier="at_least"), bound)}
    reports |= {(code, 2018): (growth(7), growth(7)) for code in PEERS}
    reports["430600", 2018] = (growth(7), growth(9, qualifier="more_than"))
    beside = stand_among_peers(OWN, panel=make_panel(tmp_path / "panel", reports))
    rows = beside.set_index("kind")
    assert list(rows["stands"]) == ["above", ""]
    assert list(rows["highest"]) == [7, 7]
    assert list(rows["peers"]) == [4, 3]


def test_characters_are_whole_numbers(panel):
    followed = follow_place(OWN, panel=panel)
    assert followed["target_char_start"].isna().any()
    formulas = place_numbers(followed, stand_among_peers(OWN, panel=panel))["formula"]
    assert not formulas.str.contains(r"characters \d+\.").any()


def test_one_place_alone_has_no_peers_and_says_so(tmp_path):
    panel = make_panel(tmp_path / "panel", {(OWN, 2018): (growth(8), growth("8.5"))})
    beside = stand_among_peers(OWN, panel=panel)
    assert list(beside["peers"]) == [0, 0]
    said = say_place("Hengyang", place_numbers(follow_place(OWN, panel=panel), beside))
    assert "In 0" not in said


def test_every_place_has_an_english_name(panel):
    assert list_places(panel)["name_en"].str.fullmatch(r"[A-Za-zü' ()]+").all()
    assert name_place("610000") == "Shaanxi"
    assert name_place("140000") == "Shanxi"


def test_the_choosers_table_is_escaped(panel):
    rows = follow_place(OWN, panel=panel)
    rows.loc[0, "target_printed"] = "<script>"
    assert "&lt;script&gt;" in tell_chosen(rows)
    assert list_options(panel)["衡阳市 Hengyang"] == OWN


def test_the_chooser_follows_the_choice(panel):
    pytest.importorskip("ipywidgets")
    from hyreport.panel.chooser import choose_place

    box = choose_place(OWN, panel=panel)
    place, _, chart, table = box.children
    before = chart.value
    place.value = next(iter(list_options(panel)))
    assert chart.value != before
    assert "6%" in table.value
