"""Formulas typed in tables: what they give, and that nothing but arithmetic passes."""

from decimal import Decimal

import pytest

import hyreport as hy
from hyreport.data.formulas import evaluate, list_names
from hyreport.errors import HyreportError, IntervalError, UnknownNameError
from hyreport.numbers.rounding import compute

LEVEL, SHARE = "budget_revenue.level.2017", "tax_share.total.2017"
PASSED = "gdp.level.2017.passed"


def ends(formula, **options):
    number = evaluate(formula, hy.figure, unit="percent", **options)
    return number.value, number.low, number.high


def test_a_formula_gives_what_the_same_function_gives():
    level, share = hy.figure(LEVEL), hy.figure(SHARE)
    by_hand = compute(lambda a, b: a * b / 100, a=level, b=share, unit="percent", formula="a × b")
    formula = f"[{LEVEL}] * [{SHARE}] / 100"
    typed = evaluate(formula, hy.figure, unit="percent", formula_words="a × b")
    assert typed == by_hand
    assert (typed.inputs, typed.kind) == ((hy.figure(LEVEL).id, hy.figure(SHARE).id), "computed")


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        (" 2017 ", "2017"),
        ("(8.5)", "8.5"),
        ("1 / 3 + 1e-1", "0.43"),
        ("1" + "0" * 400 + f" / 1{'0' * 399}", "10.00"),
        ("100 * 289 / 365", "79.18"),
        ("-2 ** 4 + (+3 - 1) * 1.5", "-13.00"),
    ],
)
def test_numbers_alone_are_exact(formula, value):
    number = evaluate(formula, hy.figure, unit="percent")
    assert (str(number.value), number.inputs) == (value, ())
    if "/" not in formula:
        assert number.low == number.value == number.high


def test_one_figure_stays_as_it_is_with_its_open_end():
    assert ends(f"[{PASSED}]") == (Decimal(3000), Decimal(3000), None)
    number = evaluate(f"( [{PASSED}] )", hy.figure, unit="percent")
    assert number.unit == "100 million yuan"


def test_the_stated_number_alone_has_no_open_end():
    assert ends(f"stated([{PASSED}])") == (Decimal(3000),) * 3
    number = evaluate(f"stated( [{PASSED}] ) / 10", hy.figure, unit="x")
    assert (number.value, number.inputs) == (300, (hy.figure(PASSED).id,))
    with pytest.raises(IntervalError, match=r"input \[gdp.level.2017.passed\]: found an open end"):
        ends(f"[{PASSED}] / 10")


def test_growth_is_the_change_in_percent():
    by_growth = evaluate(f"growth(200, [{SHARE}])", hy.figure, unit="percent")
    by_hand = evaluate(f"100 * ([{SHARE}] / 200 - 1)", hy.figure, unit="percent")
    assert by_growth.unrounded == by_hand.unrounded
    assert (by_growth.value, by_growth.kind) == (Decimal("-64.20"), "computed")


def test_an_outside_figure_is_asked_for_by_its_prefix():
    asked = []

    def find(name):
        asked.append(name)
        return hy.figure(SHARE)

    evaluate("{gdp_growth.2016/2020.first-release} + 1", find, unit="percent")
    assert asked == ["reference:gdp_growth.2016/2020.first-release"]
    assert list_names("stated([a.b]) + {c} - [a.b]") == ["a.b", "reference:c"]


def test_a_figure_named_twice_counts_once():
    value, low, high = ends(f"[{SHARE}] - [{SHARE}] + 1", decimals=1)
    assert (value, low, high) == (1, 1, 1)


@pytest.mark.parametrize(
    ("formula", "found"),
    [
        ("", "no formula"),
        ("1 +", "no formula"),
        (f"[{SHARE}] [{LEVEL}]", "no formula"),
        ("(" * 250 + "1" + ")" * 250, "no formula"),
        ("share + 1", "the word share"),
        ("input_0 + [gdp.growth.2017]", "the word input_0"),
        ("__import__('os')", "the word __import__"),
        ("stated(1)", "the word stated"),
        ("stated([gdp.growth.2017] + 1)", "the word stated"),
        (f"[{SHARE}].real", "the part input_0.real"),
        ("[gdp.growth.2017] // 2", "the part input_0 // 2"),
        ("[gdp.growth.2017] % 2", "the part input_0 % 2"),
        ("1 < 2", "the part 1 < 2"),
        ("'a' * 9", "the word a"),
        ("'1' * 9", "the part '1'"),
        ("growth + 1", "the part growth"),
        ("growth(1)", "the part growth(1)"),
        ("growth(1, 2, 3)", "the part growth(1, 2, 3)"),
        ("stated(growth)(1, 2)", "the word stated"),
        ("growth(growth, 1)", "the part growth"),
        ("(1)(2, 3)", "the part 1(2, 3)"),
        ("1j", "the part 1j"),
        ("[1, 2]", "the part [1, 2]"),
        (f"[{SHARE}](1, 2)", "the part input_0(1, 2)"),
        ("1e999", "the part 1e309"),
        ("2 ** 21", "the power 2 ** 21"),
        ("2 ** -1", "the power 2 ** (-1)"),
        ("9 ** 9 ** 9", "the power 9 ** 9 ** 9"),
        ("(9 ** 9) ** 9", "the power (9 ** 9) ** 9"),
        ("2 ** [gdp.growth.2017]", "the power 2 ** input_0"),
        ("1" + " + 1" * 200, "601 parts"),
    ],
)
def test_anything_else_is_refused_in_one_line(formula, found):
    with pytest.raises(HyreportError) as caught:
        ends(formula)
    assert caught.value.found.startswith(found)
    assert caught.value.place == f"formula {formula!r}"


def test_what_cannot_be_computed_is_said():
    with pytest.raises(IntervalError, match="a division by zero"):
        ends("1 / (2 - 2)")
    with pytest.raises(UnknownNameError, match=r"gdp\.growth"):
        ends("[gdp.growht.2017] + 1")
