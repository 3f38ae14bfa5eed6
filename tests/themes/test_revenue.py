"""What may be combined and what is refused, with the reason."""

import re

import pandas as pd
import pytest

import hyreport as hy
from hyreport.errors import BasisError, IntervalError
from hyreport.themes.revenue.basis import apply_growth, apply_share, implied_base, read_about

LEVEL = hy.figure("budget_revenue.level.2017")
GROWTH = hy.figure("budget_revenue.growth.2017")
TARGET = hy.figure("budget_revenue.growth.2018")
TOTAL, LOCAL = (hy.figure(f"tax_share.{name}.2017") for name in ("total", "local"))
REPORT = hy.Report("hengyang-2018")


def test_the_implied_base_is_called_so():
    base = implied_base(LEVEL, GROWTH)
    assert base.formula.startswith("implied 2016 base, on 2017's basis")
    corners = [level / growth for level in (252.005, 252.015) for growth in (1.0815, 1.0825)]
    assert float(base.low) <= min(corners) < max(corners) <= float(base.high)
    assert float(base.value) == pytest.approx(252.01 / 1.082, abs=0.05)


@pytest.mark.parametrize(
    ("level", "growth"),
    [
        (REPORT.outside("local_budget_revenue", "2016"), GROWTH),
        (REPORT.outside("total_budget_revenue", "2015"), GROWTH),
        (LEVEL, TARGET),
        (hy.figure("gdp.level.2017"), GROWTH),
    ],
)
def test_no_other_level_has_an_implied_base(level, growth):
    with pytest.raises(BasisError, match="a printed level and its own printed growth"):
        implied_base(level, growth)


def test_same_basis_growth_is_refused_on_a_published_level():
    with pytest.raises(BasisError, match="local revenue with a figure of total revenue"):
        apply_growth(REPORT.outside("local_budget_revenue", "2016"), GROWTH)
    total_2016 = REPORT.outside("total_budget_revenue", "2015")
    with pytest.raises(BasisError, match=r"same basis.*implied_base"):
        apply_growth(total_2016, GROWTH)


def test_growth_is_applied_to_the_year_before_only():
    grown = apply_growth(LEVEL, TARGET, tolerance=0.5)
    assert (float(grown.low), float(grown.high)) == (263, 266)
    assert float(grown.value) == pytest.approx(252.01 * 1.05, abs=0.5)
    with pytest.raises(BasisError, match="do not follow"):
        apply_growth(REPORT.outside("total_budget_revenue", "2019"), TARGET)
    with pytest.raises(BasisError, match="no revenue"):
        apply_growth(hy.figure("gdp.level.2017"), TARGET)


def test_an_open_growth_needs_a_tolerance_stated():
    assert read_about(GROWTH, 0.5) is GROWTH
    exact = read_about(TARGET, 0)
    assert exact.low == exact.value == exact.high == 5
    with pytest.raises(IntervalError, match="open end"):
        hy.compute(lambda growth: growth, growth=TARGET, unit="percent", formula="")


def test_a_share_goes_with_its_own_revenue():
    assert float(apply_share(LEVEL, TOTAL).value) == pytest.approx(252.01 * 0.716, abs=0.05)
    local_tax = apply_share(REPORT.outside("local_budget_revenue", "2017"), LOCAL)
    assert float(local_tax.value) == pytest.approx(162.4102 * 0.559, abs=0.05)
    with pytest.raises(BasisError, match="taken for the total"):
        apply_share(LEVEL, LOCAL)
    with pytest.raises(BasisError, match="local revenue with a figure of total"):
        apply_share(REPORT.outside("local_budget_revenue", "2017"), TOTAL)
    with pytest.raises(BasisError, match="two years"):
        apply_share(REPORT.outside("local_budget_revenue", "2016"), LOCAL)


def test_the_other_reading_of_the_level_turns_the_shares():
    if_local = apply_share(LEVEL, LOCAL, level_is="local")
    assert float(if_local.value) == pytest.approx(252.01 * 0.559, abs=0.05)
    with pytest.raises(BasisError, match="local revenue with a figure of total"):
        apply_share(LEVEL, TOTAL, level_is="local")


def shift_years(column, by):
    return column.str.replace(r"\b20\d\d\b", lambda year: str(int(year[0]) + by), regex=True)


def test_another_report_names_its_own_years_level_and_id():
    facts = REPORT.facts | {"id": "made-2021", "base_year": 2020, "target_year": 2021}
    figures, reference = REPORT.figures.copy(), REPORT.reference.copy()
    for name in ("figure_id", "period"):
        figures[name] = shift_years(figures[name], 3)
    reference["time_period"] = shift_years(reference["time_period"], 3)
    report = hy.Report.of(facts, figures=figures, reference=reference)
    tables = [
        hy.revenue.read_level(report),
        hy.revenue.levels_before(report),
        hy.revenue.growth_of_base_year(report),
        hy.revenue.decompose_rise(report),
        hy.revenue.tax_path(report, tax_growth=5, non_tax_growth=0),
        hy.revenue.share_at_pace(report),
        hy.revenue.required_growth(report, goal=75, growth=report.target("budget_revenue.growth")),
    ]
    own = tables[0].set_index("result").loc["local_revenue_2020"]
    assert own["value"] == 162.3
    assert own["inputs"].split()[0] == "made-2021:budget_revenue.level.2020"
    assert hy.revenue.share_before(report, "local").formula == "share of 2020 − change"
    for table in tables:
        for name in ("result", "reading", "formula", "date", "scenario"):
            words = " ".join(table.get(name, pd.Series(dtype=str)))
            assert not re.search("201[5-8]", words.replace("Yearbook 2018", "")), words


def test_money_in_another_unit_is_refused_not_mislabelled():
    figures = REPORT.figures.replace({"unit": {"100 million yuan": "billion yuan"}})
    other = hy.Report.of(REPORT.facts, figures=figures, reference=REPORT.reference)
    for function in (hy.revenue.read_level, hy.revenue.levels_before, hy.targets.carry_out_targets):
        with pytest.raises(BasisError, match="found money in billion yuan, expected 100 million"):
            function(other)
    with pytest.raises(BasisError, match="billion yuan"):
        hy.revenue.tax_path(other, tax_growth=5, non_tax_growth=5)
