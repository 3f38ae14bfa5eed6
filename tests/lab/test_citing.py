"""`hy.cite`: whatever number is in hand, and on the cards of those who explore."""

import json

import pytest
from study import REPORT_ID

import hyreport as hy
from hyreport.data import results
from hyreport.data.report import Report
from hyreport.errors import HyreportError, UnknownNameError
from hyreport.lab import cards, views
from hyreport.lab.cards import figure_card, result_card
from hyreport.paths import ARTIFACTS

FIGURE, OUTSIDE, RESULT = (
    "tax_share.local.2017",
    "reference:gdp_growth_real.2018.yearbook",
    "local_revenue_2017",
)


@pytest.fixture
def exploring(monkeypatch):
    monkeypatch.setattr(views, "is_exploring", lambda: True)


def halve(figure_id: str = FIGURE) -> hy.compute:
    figure = hy.figure(figure_id)
    return hy.compute(lambda a: a / 2, a=figure, unit=figure.unit, formula="half of it")


def test_an_id_a_figure_and_a_number_of_it_alone_are_cited_alike():
    assert hy.cite(FIGURE) == hy.cite(hy.figure(FIGURE)) == hy.cite(f"{REPORT_ID}:{FIGURE}")
    report = Report(REPORT_ID)
    assert hy.cite(OUTSIDE) == hy.cite(report.number(OUTSIDE))
    assert "Yearbook 2019" in hy.cite(OUTSIDE)


def test_a_result_is_cited_with_page_and_the_version_that_made_it():
    made = json.loads((ARTIFACTS / REPORT_ID / "manifest.json").read_text(encoding="utf-8"))
    cited = hy.cite(RESULT)
    assert cited == hy.cite(f"result:{RESULT}")
    assert "figures.html#result:local_revenue_2017" in cited and made["data"][:12] in cited


def test_a_calculation_of_ones_own_says_so():
    assert hy.cite(halve()).startswith("Own calculation: 27.95 [27.92, 27.98] percent = half of it")
    assert FIGURE in hy.cite(halve())
    keys = {
        hy.cite(halve(name), style="bibtex").split(",")[0] for name in (FIGURE, "gdp.growth.2017")
    }
    assert len(keys) == 2


def test_many_inputs_are_counted():
    names = [row for row in hy.load_figures().query("qualifier == 'exact'")["figure_id"][:6]]
    inputs = {f"x{place}": hy.figure(name) for place, name in enumerate(names)}
    total = hy.compute(lambda **x: sum(x.values()), unit="", formula="sum", **inputs)
    assert "from 6 figures." in hy.cite(total)


@pytest.mark.parametrize("name", ["tax_share.locl.2017", "local_revenue_x", "reference:gdp.1"])
def test_an_unknown_name_is_answered_with_the_nearest(name):
    with pytest.raises(UnknownNameError, match="did you mean"):
        hy.cite(name)


def test_without_artifacts_figures_are_cited_and_misspelt_ones_are_told(monkeypatch, tmp_path):
    monkeypatch.setattr(results, "ARTIFACTS", tmp_path)
    assert "55.9%" in hy.cite(FIGURE)
    with pytest.raises(UnknownNameError, match="did you mean tax_share"):
        hy.cite("tax_share.locl.2017")
    with pytest.raises(HyreportError, match=r"results\.json"):
        hy.cite(f"result:{RESULT}")


def test_what_is_no_number_is_told():
    with pytest.raises(HyreportError, match="type int"):
        hy.cite(55)


def test_cards_of_those_who_explore_cite(exploring):
    assert "<th scope='row'" in figure_card(hy.figure(FIGURE))
    assert "paragraph 6: 地方收入税收占比 “55.9%”" in figure_card(hy.figure(FIGURE))
    assert "Own calculation" in result_card(halve())


def test_cards_on_pages_do_not_since_their_evidence_does():
    assert ">Cite<" not in figure_card(hy.figure(FIGURE)) + result_card(halve())


def test_a_card_of_a_report_in_memory_does_not_fail(exploring):
    mine = Report.of(Report().facts | {"id": "mine-2018"}, figures=hy.load_figures())
    assert ">Cite<" not in cards.figure_card(mine.figure(FIGURE))
