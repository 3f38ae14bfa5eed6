"""Every result made since the frozen copy, recomputed by code that shares nothing.

`by_hand` reads the raw tables with csv and computes with fractions and numpy; value, interval and
unit of what is kept must be that.
"""

from fractions import Fraction

import pytest
from by_hand.kept import RESULTS, list_new_results, list_new_tables, read_table, recompute
from by_hand.shown import count_digits, is_shown

# Of these the digits that are shown are all that is kept.
SHOWN_ALONE = ("mae_", "error_", "coverage_chance_", "forecast_")
ENDS = ("value", "low", "high")


def test_no_new_result_is_left_out():
    assert set(list_new_results()) <= set(recompute()) <= set(RESULTS)


def check(name):
    unit, *numbers = recompute()[name]
    kept = RESULTS[name]
    assert kept["unit"] == unit, name
    for end, number in zip(ENDS, numbers, strict=True):
        text, exact = kept[end] or "", kept["unrounded"][end]
        forecast = name.startswith("forecast_")
        assert is_shown(text, number, end, forecast=forecast), (name, end, text, number)
        if name.startswith(SHOWN_ALONE):
            assert exact is None or float(exact) == float(text)
        elif number is not None:
            assert float(exact) == pytest.approx(float(number), rel=1e-10, abs=1e-9), (name, end)


def test_each_new_result_is_what_it_should_be():
    assert list_new_results()
    for name in list_new_results():
        check(name)


def test_older_results_that_stand_in_new_tables():
    older = set(recompute()) - set(list_new_results())
    assert older
    for name in older:
        check(name)


def test_each_row_of_a_new_table_is_its_result():
    rows = [row for table in list_new_tables() for row in read_table(table) if "result" in row]
    assert rows
    for row in rows:
        kept = RESULTS[row["result"]]
        assert row["result"] in recompute()
        assert row["unit"] == kept["unit"]
        assert row["decimals"] == str(count_digits(kept["value"]))
        for end in ENDS:
            cells = {row[end]: kept[end], row[f"unrounded_{end}"]: kept["unrounded"][end]}
            for cell, number in cells.items():
                assert (cell and Fraction(cell)) == (Fraction(number) if number else ""), row


def test_a_wrong_digit_is_seen():
    third = Fraction(1, 3)
    for texts, end in ((("0.3", "0.33"), "value"), (("0.3",), "low"), (("0.4", "0.34"), "high")):
        assert all(is_shown(text, third, end, forecast=False) for text in texts)
    for text, end in (("0.4", "value"), ("0.4", "low"), ("0.2", "low"), ("0.3", "high")):
        assert not is_shown(text, third, end, forecast=False)
    assert not is_shown("", third, "high", forecast=False)
    assert not is_shown("8.52", 8.5, "value", forecast=True)
