"""What the targets imply, recomputed from the printed numbers."""

import pytest

from hyreport.data.report import Report
from hyreport.studies.hengyang_2018 import implied_levels, targets_against_each_other

REPORT = Report("hengyang-2018")
LEVELS = {
    # quantity: level and growth that the print and half a point of tolerance allow
    "general public budget revenue": ((252.005, 252.01, 252.015), (4.5, 5, 5.5)),
    "imports and exports": ((282.5, 283, 283.5), (19.5, 20, 20.5)),
    "visits by tourists": ((4799.5, 4800, 4800.5), (15, 15, None)),
    "tourism revenue": ((339.5, 340, 340.5), (24, 24, None)),
    "GDP at 2017 prices, floor": ((3192.5, 3193, 3193.5), (8, 8, None)),
    "GDP at 2017 prices, stretch": ((3192.5, 3193, 3193.5), (8.5, 8.5, 8.5)),
}


@pytest.mark.parametrize("quantity", LEVELS)
def test_a_level_is_carried_by_its_own_growth(quantity):
    row = implied_levels(REPORT).set_index("quantity").loc[quantity]
    (low, value, high), (slow, growth, fast) = LEVELS[quantity]
    step = 10.0 ** -row["decimals"]
    assert row["value"] == pytest.approx(value * (1 + growth / 100), abs=step / 2 + 1e-9)
    assert 0 <= low * (1 + slow / 100) - row["low"] < step
    if fast is None:
        assert row["high"] != row["high"]
    else:
        assert 0 <= row["high"] - high * (1 + fast / 100) < step


def test_the_tolerance_widens_levels_of_about_alone():
    narrow, wide = (implied_levels(REPORT, tolerance=t).set_index("quantity") for t in (0, 1))
    width = (wide["high"] - wide["low"]) > (narrow["high"] - narrow["low"])
    assert set(width.index[width]) == {"general public budget revenue", "imports and exports"}


def test_a_real_target_gives_no_nominal_level_without_a_stated_price_change():
    levels = implied_levels(REPORT).set_index("quantity")
    assert not levels.index.str.contains("2018 prices").any()
    assert levels.loc["GDP at 2017 prices, floor", "unit"] == "100 million yuan at 2017 prices"
    nominal = implied_levels(REPORT, price_change=2).set_index("quantity")
    nominal = nominal.loc["GDP at 2018 prices, stretch"]
    assert nominal["unit"] == "100 million yuan" and "assumed" in nominal["formula"]
    assert nominal["reading"] == "prices of GDP change by 2 percent, an assumption"
    ends = [level * 1.085 * 1.02 for level in (3192.5, 3193.5)]
    assert nominal["low"] <= ends[0] < ends[1] <= nominal["high"]


def test_new_routes_add_to_the_stock_only_if_none_is_dropped():
    row = implied_levels(REPORT).set_index("quantity").loc["air routes"]
    assert (row["value"], row["low"], row["reading"]) == (29, 29, "no route is dropped")


def test_what_targets_say_of_one_another():
    table = targets_against_each_other(REPORT).set_index("pair")
    for pair, middle in (("revenue against GDP", 5), ("income against GDP", 8.5)):
        ends = [100 * (100 + middle + side) / 108 - 100 for side in (-0.5, 0, 0.5)]
        row = table.loc[pair]
        assert row["low"] <= ends[0] <= ends[2] <= row["high"]
        assert row["value"] == pytest.approx(ends[1], abs=0.05)
        # At that price change nominal growth and real growth of GDP keep pace.
        assert 1.08 * (1 + row["value"] / 100) == pytest.approx(1 + middle / 100, abs=0.0006)
    assert table.loc["tourism revenue a visit", "value"] == pytest.approx(
        100 * 1.24 / 1.15 - 100, abs=0.05
    )
