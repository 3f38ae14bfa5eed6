"""The main numbers of the pages agree with plain Python, on a made-up panel and on the real one."""

import plain
import pytest
from made_panel import random_cells, write_made_panel

from hyreport.panel import hits, next_target, tier_dates, tiers
from hyreport.panel.ask import PANEL
from hyreport.panel.sample import load_cells, take_grades


@pytest.fixture(params=["made", pytest.param("real", marks=pytest.mark.full)])
def folder(request, tmp_path):
    if request.param == "real" and (PANEL / "headline.parquet").is_file():
        return PANEL
    return write_made_panel(tmp_path / "panel", random_cells(seed=len(request.param)))


@pytest.fixture
def cells(folder):
    return [take_grades(load_cells(kind=kind, panel=folder)) for kind in ("target", "actual")]


def test_add_ons(folder, cells):
    by_hand = plain.add_ons(plain.read(folder / "headline.parquet")[0])
    steps = tiers.stack_tiers(cells[0])
    for level, step in tiers.STEPS.items():
        rows = steps[steps["step"] == step]
        assert len(rows) == len(by_hand[level]) > 0
        assert rows["add_on"].mean() == pytest.approx(plain.mean(by_hand[level].values()))
        above = plain.mean(number > 0 for number in by_hand[level].values())
        assert (rows["side"] == "above").mean() == pytest.approx(above)
        years = {year for _, year in by_hand[level]}
        means = tiers.add_ons_by_year(rows).set_index("year")["value"]
        for year in years:
            of_year = [number for (_, one), number in by_hand[level].items() if one == year]
            assert means[year] == pytest.approx(plain.mean(of_year), abs=1e-5)


def test_days_of_delivery():

    by_hand = plain.delivered_before(PANEL / "reports.csv")
    order = tier_dates.order_dates(tier_dates.load_dates())
    for level, step in tiers.STEPS.items():
        share = 100 * order.loc[order["step"] == step, "before"].mean()
        assert share == pytest.approx(by_hand[level])


def judge(cells):
    judged = hits.judge(hits.pair_cells(*cells))
    return judged[judged["outcome_qualifier"] == "exact"].dropna(subset=["strict"])


def test_verdicts(folder, cells):
    by_hand = plain.verdicts(*plain.read(folder / "headline.parquet"))
    judged = judge(cells)
    assert len(judged) == len(by_hand) > 0
    for place, reading in enumerate(hits.READINGS, start=1):
        share = plain.mean(verdict[place] for verdict in by_hand.values())
        assert judged[reading].mean() == pytest.approx(share)


def test_levels_in_the_same_years(folder, cells):
    by_hand = plain.levels_by_year(plain.verdicts(*plain.read(folder / "headline.parquet")))
    found = hits.compare_levels(judge(cells))
    assert found["rows"] == sum(map(len, by_hand.values()))
    assert found["value"] == pytest.approx(plain.slope_within(by_hand), abs=1e-5)


@pytest.mark.full
def test_change_after_hit_and_miss(folder, cells):
    targets, outcomes = plain.read(folder / "headline.parquet")
    verdicts = plain.verdicts(targets, outcomes)
    changes = plain.changes(targets, verdicts)
    rows = next_target.follow(judge(cells), cells[0])
    found = next_target.measure_after(rows).set_index("specification")
    within = found.loc["same level and year"]
    assert within["rows"] == sum(map(len, changes.values())) > 0
    assert within["value"] == pytest.approx(plain.slope_within(changes), abs=1e-5)
    equal = plain.changes(targets, verdicts, equal=True)
    among = found.loc[next_target.EQUAL, "value"]
    assert among == pytest.approx(plain.slope_within(equal), abs=1e-5)
    for after, met in (("hit", 1), ("miss", 0)):
        steps = [step for one in changes.values() for step, hit in one if hit == met]
        raised = next_target.shares_after(rows).set_index(["after", "move"])["value"]
        assert raised[after, "raised"] == pytest.approx(
            100 * plain.mean(step > 0 for step in steps), abs=1e-3
        )
