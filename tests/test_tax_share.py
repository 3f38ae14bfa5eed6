"""What the tax shares imply, recomputed a second way."""

from itertools import product

import pytest

import hyreport as hy
from hyreport.tax_share import local_revenue_2017, share_2016, tax_kept_locally, tax_shares

FIGURES = hy.load_figures()
TOTAL, SHARE, LOCAL = (252.005, 252.015), (0.7155, 0.7165), (0.5585, 0.5595)
RISE, LOCAL_RISE = (0.1355, 0.1365), (0.1285, 0.1295)


def test_local_revenue_is_non_tax_over_the_local_non_tax_share():
    computed = local_revenue_2017(FIGURES)
    corners = [total * (1 - s) / (1 - local) for total, s, local in product(TOTAL, SHARE, LOCAL)]
    assert float(computed.low) == pytest.approx(min(corners), abs=0.1)
    assert float(computed.high) == pytest.approx(max(corners), abs=0.1)
    assert computed.low <= min(corners) and max(corners) <= computed.high
    non_tax = 252.01 * (1 - 0.716)
    assert float(computed.value) == pytest.approx(non_tax / (1 - 0.559), abs=0.05)


def test_the_yearbook_lies_inside():
    computed = local_revenue_2017(FIGURES)
    yearbook = hy.published(hy.load_reference(), "local_budget_revenue", "2017")
    assert computed.low <= yearbook.value <= computed.high


def kept(share, local):
    """Split one unit of revenue: all non-tax is local, the rest of local is tax."""
    non_tax = 1 - share
    local_total = non_tax / (1 - local)
    return 100 * (local_total - non_tax) / share


@pytest.mark.parametrize(
    ("year", "shares", "locals_"),
    [
        (2017, SHARE, LOCAL),
        (2016, (0.7155 - 0.1365, 0.7165 - 0.1355), (0.5585 - 0.1295, 0.5595 - 0.1285)),
    ],
)
def test_tax_kept_locally_needs_no_level(year, shares, locals_):
    computed = tax_kept_locally(FIGURES, year)
    corners = [kept(share, local) for share, local in product(shares, locals_)]
    assert computed.low <= min(corners) and max(corners) <= computed.high
    assert float(computed.low) == pytest.approx(min(corners), abs=0.1)
    assert float(computed.high) == pytest.approx(max(corners), abs=0.1)


def test_shares_of_2016_carry_two_roundings():
    before = share_2016(FIGURES, "local")
    assert [str(end) for end in (before.low, before.value, before.high)] == ["42.9", "43.0", "43.1"]
    shares = tax_shares(FIGURES).set_index(["revenue", "year"])
    assert shares.loc[("local revenue", 2017), "origin"] == "printed"
    assert shares.loc[("local revenue", 2016), "inputs"].split() == list(before.inputs)


def test_tables_are_not_changed():
    before = FIGURES.copy()
    tax_shares(FIGURES)
    assert FIGURES.equals(before)
