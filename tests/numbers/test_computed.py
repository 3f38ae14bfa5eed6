"""A computed number: what it keeps, what it shows, and how its interval is worded."""

import json
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import hyreport as hy
from hyreport.lab.cards import figure_card, result_card
from hyreport.lab.keep import STAGING, keep, read_kept
from hyreport.numbers.computed import Computed, round_outwards
from hyreport.numbers.rounding import as_printed
from hyreport.numbers.writing import say_interval, say_number
from hyreport.publish.evidence import Evidence, build_evidence
from hyreport.publish.prose import Piece
from hyreport.words.codes import CODES

EXACT = (Fraction(500, 3), Fraction(499, 3), Fraction(501, 3))
NUMBER = Computed(
    *round_outwards(EXACT, 1), 1, "100 million yuan", "a / 3", ("a",), unrounded=EXACT
)


def test_a_number_shows_its_digits_and_keeps_them_all():
    assert str(NUMBER) == "166.7 [166.3, 167.0] × 100 million yuan = a / 3"
    assert NUMBER.unrounded == EXACT
    assert NUMBER.keep() == tuple(map(Decimal, ("166.666666667", "166.333333333", "167")))
    row = NUMBER.as_row(part="all")
    assert [row[end] for end in ("value", "low", "high")] == [166.7, 166.3, 167.0]
    kept = [row[f"unrounded_{end}"] for end in ("value", "low", "high")]
    assert kept == [166.666666667, 166.333333333, 167.0]


@given(st.tuples(*[st.fractions(-(10**6), 10**6)] * 3).map(sorted), st.integers(0, 6))
def test_kept_ends_lie_outwards_within_twelve_digits(numbers, decimals):
    low, value, high = numbers
    exact = (value, low, high)
    made = Computed(*round_outwards(exact, decimals), decimals, "", "", (), unrounded=exact)
    assert made.unrounded == exact
    kept = made.keep()
    assert made.low <= kept[1] and kept[2] <= made.high
    assert Fraction(kept[1]) <= low and high <= Fraction(kept[2])
    for number, rounded in zip(exact, kept, strict=True):
        assert abs(Fraction(rounded) - number) <= abs(number) * Fraction(1, 10**11)


def test_a_replaced_end_is_no_more_what_it_was():
    assert replace(NUMBER, high=None).unrounded == (*EXACT[:2], None)
    assert replace(NUMBER, low=Decimal(100)).unrounded == (EXACT[0], 100, EXACT[2])
    assert replace(NUMBER, unit="yuan").unrounded == EXACT
    at_value = replace(NUMBER, low=NUMBER.value, high=NUMBER.value)
    assert at_value.unrounded == (EXACT[0], Fraction("166.7"), Fraction("166.7"))


def test_a_bound_keeps_its_exact_end():
    below, above = NUMBER.at_most(), NUMBER.at_least()
    assert (above.value, above.unrounded) == (Decimal("166.3"), (EXACT[1], EXACT[1], None))
    assert (below.value, below.unrounded) == (Decimal("167.0"), (EXACT[2], None, EXACT[2]))


def test_a_print_without_bounds_is_nowhere_worded_as_one():
    figure = hy.figure("unemployment.rate.2017")
    number = as_printed(figure)
    assert str(number) == "about 4.1 percent, no bound said = as printed"
    card = result_card(number)
    assert "about 4.1 percent" in card and "no bound said" in card and "None" not in card
    assert figure.interval == "no bound said"
    for words in (str(figure), figure_card(figure), card):
        assert "or more" not in words and "or less" not in words


@pytest.mark.parametrize(
    ("value", "low", "high", "words"),
    [
        ("8", "8", None, "8 or more percent"),
        ("8", None, "8", "8 or less percent"),
        ("8.2", "8.1", None, "8.2 [8.1 or more] percent"),
        ("8.2", None, "8.3", "8.2 [8.3 or less] percent"),
        ("8", "8", "8", "8 percent"),
        ("8", "7.5", "8.5", "8 [7.5, 8.5] percent"),
        ("8", None, None, "about 8 percent, no bound said"),
        ("0", "0", None, "0 or more percent"),
    ],
)
def test_each_kind_of_interval_has_its_words(value, low, high, words):
    numbers = [None if end is None else Decimal(end) for end in (value, low, high)]
    assert say_number(*numbers, unit="percent") == words
    assert say_number(value, low or "", high or "", unit="percent") == words


def test_every_kind_of_number_has_its_words_on_cards_and_pages():
    for named in CODES["number_kind"].values():
        assert named.en and named.short
    ((_, rows),) = build_evidence(
        [Piece(1, "4.1", "#result:x")],
        Evidence({}, {"x": as_row(as_printed(hy.figure("unemployment.rate.2017")))}),
        place="a page",
    )["results"]
    assert say_interval(rows[0]["low"], rows[0]["high"]) == "no bound said"


def as_row(number) -> dict:
    """Return a computed number as results.json holds it."""
    ends = {end: getattr(number, end) for end in ("value", "low", "high")}
    written = {end: None if exact is None else str(exact) for end, exact in ends.items()}
    rest = {"unit": number.unit, "formula": number.formula, "inputs": [], "kind": number.kind}
    return written | rest


def test_zero_is_no_open_end():
    assert say_interval(Decimal(0), Decimal(1)) == "from 0 to 1"
    assert say_interval(Decimal(0), None) == "0 or more"
    assert say_interval(Decimal("0E-7"), Decimal(0)) == "from 0.0000000 to 0"


def test_results_and_tables_hold_what_is_shown_and_twelve_digits(tmp_path, monkeypatch):
    monkeypatch.setenv(STAGING, str(tmp_path))
    keep(NUMBER, "third")
    keep(pd.DataFrame([NUMBER.at_least().as_row(result="bound")]), "bounds")
    third, _, bound = read_kept(tmp_path)
    assert [third["entry"][end] for end in ("value", "low", "high")] == ["166.7", "166.3", "167.0"]
    assert third["entry"]["unrounded"] == {
        "value": "166.666666667",
        "low": "166.333333333",
        "high": "167",
    }
    assert bound["entry"]["unrounded"] == {
        "value": "166.333333333",
        "low": "166.333333333",
        "high": None,
    }
    header, row = (tmp_path / "tables" / "bounds.csv").read_text(encoding="utf-8").splitlines()
    cells = dict(zip(header.split(","), row.split(","), strict=True))
    assert (cells["value"], cells["unrounded_value"]) == ("166.3", "166.333333333")
    assert cells["high"] == cells["unrounded_high"] == ""
    assert json.dumps(third)


def test_a_page_and_a_notebook_show_no_digits_that_are_not_carried(capsys):
    table = pd.DataFrame([NUMBER.as_row(result="third")])
    keep(table, "thirds")
    grid = pd.DataFrame({"share": [55.9], "unrounded_share": [55.9123456789]})
    keep(grid, "grid")
    for words in (capsys.readouterr().out, hy.show(table)._repr_html_(), repr(hy.show(grid))):
        assert "333" not in words and "123456789" not in words and "unrounded" not in words
