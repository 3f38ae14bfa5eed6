"""Cross-reading, both ways, against what the artifacts themselves say."""

import csv
import json

import pytest
from study import REPORT_ID

import hyreport as hy
from hyreport.data import results
from hyreport.errors import HyreportError, UnknownNameError
from hyreport.lab import trace as tracing
from hyreport.paths import ARTIFACTS

FOLDER = ARTIFACTS / REPORT_ID
RESULTS = json.loads((FOLDER / "results.json").read_text(encoding="utf-8"))


@pytest.mark.full
def test_every_result_is_traced_to_words_and_place():
    figures = hy.load_figures().set_index("figure_id")
    for name, entry in RESULTS.items():
        rows = hy.trace(name)
        assert rows["id"].tolist() == [name, *entry["inputs"]]
        assert rows["words"].iloc[0] == entry["formula"]
        for row in rows.iloc[1:].to_dict("records"):
            assert row["words"] and row["place"], (name, row["id"])
            if row["item"] == "printed figure":
                figure = figures.loc[row["id"]]
                assert row["words"] == f"{figure['subject_zh']} {figure['as_printed']}"
                assert row["doubt"] == figure["doubt"]


def test_a_result_says_which_cell_made_it():
    (place,) = hy.trace("total_tax_2017")["place"].head(1)
    notebook, cell = place.split(", cell ")
    source = json.loads((FOLDER / "notebooks" / f"{notebook}.ipynb").read_text(encoding="utf-8"))
    assert "total_tax_2017" in "".join(source["cells"][int(cell) - 1]["source"])


def test_uses_are_what_the_results_name_and_the_sentences_link_to():
    figure_id = "tax_share.local.2017"
    found = hy.uses(figure_id)
    computed = set(found.loc[found["item"] == "computed number", "name"])
    assert computed == {name for name, entry in RESULTS.items() if figure_id in entry["inputs"]}
    with (FOLDER / "programs.csv").open(encoding="utf-8", newline="") as stream:
        links = [row for row in csv.DictReader(stream) if row["output"] == f"#{figure_id}"]
    assert (found["item"] == "in-text number").sum() == len(links) > 0
    assert {"table", "figure"} <= set(found["item"])


def test_uses_say_what_each_says_in_the_order_of_the_pages():
    found = hy.uses("tax_share.local.2017")
    assert list(found.columns) == ["item", "name", "says", "notebook", "cell"]
    assert not (found["says"] == "").any()
    says = found.set_index("name")["says"]
    assert says["local_revenue_2017"].startswith(
        "162.3 [161.8, 162.8] × 100 million yuan = reading"
    )
    assert says["tax_shares_by_year"] == "tax shares by year"
    places = found[["notebook", "cell"]].values.tolist()
    assert places == sorted(places)
    assert hy.uses(hy.figure("tax_share.local.2017")).equals(found)


def test_a_figure_that_nothing_uses_has_no_rows():
    used = [not hy.uses(name).empty for name in hy.load_figures()["figure_id"][-10:]]
    assert not all(used)


def test_there_and_back():
    for figure_id in hy.trace("local_revenue_2017")["id"].iloc[1:]:
        assert "local_revenue_2017" in hy.uses(figure_id)["name"].tolist()


def test_an_outside_figure_is_traced_and_used_too():
    (source,) = hy.trace("gdp_2017_revised").query("item == 'outside figure'").to_dict("records")
    assert "CSMAR" in source["place"] and source["value"] == 2921.52
    assert "gdp_2017_revised" in hy.uses(source["id"])["name"].tolist()


def test_a_number_of_ones_own_is_traced_without_artifacts(monkeypatch, tmp_path):
    monkeypatch.setattr(results, "ARTIFACTS", tmp_path)
    monkeypatch.setattr(tracing, "ARTIFACTS", tmp_path)
    share = hy.figure("tax_share.total.2017")
    rest = hy.compute(lambda share: 100 - share, share=share, unit="percent", formula="100 − share")
    rows = hy.trace(rest)
    assert rows["words"].tolist() == ["100 − share", "财政总收入税收占比 71.6%"]
    assert rows["high"].iloc[0] == pytest.approx(28.45)


@pytest.mark.parametrize(
    "call, words",
    [
        (lambda: hy.trace("local_revenu_2017"), "did you mean local_revenue_2017"),
        (lambda: hy.trace("gdp.growth.2017"), r"hy\.uses\('gdp\.growth\.2017'\)"),
        (lambda: hy.uses("tax_share.local"), r"did you mean tax_share\.local\.2017"),
    ],
)
def test_wrong_names_suggest_the_nearest(call, words):
    with pytest.raises(UnknownNameError, match=words):
        call()


@pytest.mark.parametrize("is_clone, words", [(True, "run.py render"), (False, "installed copy")])
def test_without_artifacts_it_says_what_is_missing(monkeypatch, tmp_path, is_clone, words):
    monkeypatch.setattr(results, "ARTIFACTS", tmp_path)
    monkeypatch.setattr(results, "IS_CLONE", is_clone)
    for call in (lambda: hy.trace("local_revenue_2017"), lambda: hy.uses("gdp.growth.2017")):
        with pytest.raises(HyreportError, match=words):
            call()


def test_results_are_those_of_the_file_with_their_places():
    found = hy.results().set_index("name")
    kept = json.loads((FOLDER / "results.json").read_text(encoding="utf-8"))
    assert list(found.index) == list(kept)
    for name, entry in kept.items():
        assert str(found.loc[name, "unit"]) == entry["unit"]
        assert found.loc[name, "value"] == float(entry["value"])
    place = found.loc["local_revenue_2017", ["notebook", "cell"]].tolist()
    assert hy.trace("local_revenue_2017")["place"].iloc[0] == "{}, cell {}".format(*place)
