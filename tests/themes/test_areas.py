"""Rates of several areas, targets of other years: against the tables read anew by csv."""

import csv
from decimal import Decimal

from matplotlib.colors import to_hex

from hyreport.data.report import Report
from hyreport.paths import PROCESSED
from hyreport.studies import hengyang_2018 as study
from hyreport.themes.look import ACCENT, GREY, start_chart
from hyreport.themes.targets import follow_targets, set_areas_beside
from hyreport.themes.targets.charts import draw_areas

REPORT = Report("hengyang-2018")
FOLDER = PROCESSED / "hengyang-2018"


def read(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


OUTSIDE = read("reference.csv")
# By hand: 2017, the aim for 2018, 2018.
GROWTH = {
    "Hengyang": ("8.5", "8", "8.3"),
    "Hunan": ("8", "8", "7.8"),
    "China": ("6.9", "6.5", "6.6"),
}
AIMS = {
    "Industrial value added (real)": ("7.5", "7.5"),
    "Retail sales": ("11", "10.5"),
    "Investment in fixed assets": ("14", "11.5"),
    "Income of all residents": ("8.5", "8"),
    "Imports and exports": ("20", "15"),
}


def values(rates, *kinds: str) -> list[Decimal]:
    found = rates[rates["kind"].isin(kinds)]
    return [Decimal(format(value, "g")) for value in found["value"]]


def test_growth_of_the_three_is_as_published():
    rates = study.compare_growth(REPORT)
    for name, numbers in GROWTH.items():
        of_area = rates[rates["name"] == name]
        assert values(of_area, "before", "aim", "outcome") == [Decimal(n) for n in numbers]
    (higher,) = values(rates, "higher aim")
    assert higher == Decimal("8.5")


def test_the_title_of_the_chart_holds():
    before, aim, after = zip(*([Decimal(n) for n in row] for row in GROWTH.values()), strict=True)
    for city, province, nation in (before, after):
        assert city > province > nation
    assert aim[0] >= aim[1] > aim[2]
    assert all(later < earlier for earlier, later in zip(before, after, strict=True))


def test_other_aims_stand_in_pairs_that_both_reports_print():
    rates = study.compare_aims(REPORT)
    found = {label: values(rows, *rows["kind"]) for label, rows in rates.groupby("label")}
    assert found == {label: [Decimal(n) for n in pair] for label, pair in AIMS.items()}
    assert set(rates["year"]) == {2018} and set(rates["area"]) == {"430400", "430000"}


def test_each_number_of_another_area_is_the_row_that_its_id_names():
    for made in (study.compare_growth, study.compare_aims, study.opening_rates):
        rates = made(REPORT)
        told = study.tell_rates(REPORT, rates)
        others = rates[rates["area"] != REPORT.area]
        assert len(told) == len(others) and told["result"].is_unique
        for rate, row in zip(others.to_dict("records"), told.to_dict("records"), strict=True):
            (found,) = [
                line
                for line in OUTSIDE
                if line["ref_area"] == rate["area"]
                and line["series"] == rate["id"].split(":")[2].split(".")[0]
                and line["time_period"] == str(rate["year"])
                and (line["role"] == "target") == ("aim" in rate["kind"])
            ]
            assert float(found["value"]) == rate["value"] == float(row["value"])
            assert found["unit"] == row["unit"] == "percent"


def test_a_later_publication_of_an_outcome_stands_before_a_first_release():
    rows = REPORT.reference.query("series == 'gdp_growth_real' and time_period == '2015'")
    assert set(rows.query("role == 'actual'")["vintage"]) == {"yearbook", "first release"}
    earlier = Report.of(
        REPORT.facts | {"base_year": 2014, "target_year": 2015},
        figures=REPORT.figures.head(0),
        reference=REPORT.reference,
    )
    rates = set_areas_beside(earlier, "gdp.growth", "gdp_growth_real", {"430400": "Hengyang"})
    assert rates[["kind", "value"]].values.tolist() == [["outcome", 8.72]]


def follow_again() -> dict[str, str]:
    """Judge each target of another year that has an outcome of its kind, by other code."""
    rows = {
        f"reference:{row['series']}.{row['time_period']}.{row['role']}.{row['qualifier']}": row
        for row in OUTSIDE
        if row["ref_area"] == "430400" and row["role"].endswith("target")
    }
    verdicts = {}
    for outcome in read("outcomes.csv"):
        aim = rows.get(outcome["target_id"])
        if aim is None or outcome["comparable"] != "yes":
            continue
        goal, value = Decimal(aim["value"]), Decimal(outcome["outcome_value"])
        half = Decimal("0.5") if outcome["qualifier"] == "about" else None
        low = value - half if half else Decimal(outcome["outcome_low"])
        high = value + half if half else Decimal(outcome["outcome_high"])
        verdicts[outcome["target_id"]] = (
            "met" if low >= goal else "missed" if high < goal else "undecidable"
        )
    return verdicts


def test_targets_of_other_years_are_judged_as_by_other_code():
    table = follow_targets(REPORT)
    judged = table[table["outcome_comparable"] == "yes"]
    assert dict(zip(judged["target_id"], judged["strict"], strict=True)) == follow_again()
    aims = [row for row in OUTSIDE if row["role"].endswith("target")]
    of_city = [row for row in aims if row["ref_area"] == "430400"]
    # The higher aim of 2015 is a number of its own.
    assert len(table) == len(of_city) == 48 and len(judged) == 11
    assert sorted(set(table["year"])) == [2015, 2016, 2020, 2021, 2023, 2025]


def test_only_2018_reached_the_number_stated_for_growth():
    again = follow_again()
    growth = {name: verdict for name, verdict in again.items() if "gdp_growth_real" in name}
    assert len(growth) == 7 and set(growth.values()) == {"missed"}
    assert [name for name, verdict in again.items() if verdict == "met"] == [
        "reference:total_budget_revenue_growth.2015.target.at_least"
    ]
    assert Decimal(GROWTH["Hengyang"][2]) > Decimal(GROWTH["Hengyang"][1])


def test_half_a_point_turns_the_verdict_of_one_year():
    table = follow_targets(REPORT)
    assert table.loc[table["strict"] != table["lenient"], "year"].tolist() == [2021]
    narrow = follow_targets(REPORT, tolerance=0.3)
    assert (narrow["strict"] == narrow["lenient"]).all()


def test_dots_stand_at_their_values_with_words_and_fills():
    axes = start_chart("A finding", "percent", "Source: own")[1]
    rates = study.compare_growth(REPORT)
    draw_areas(axes, rates)
    dots = [line for line in axes.lines if line.get_marker() in ("o", "D")]
    assert sorted(float(dot.get_xdata()[0]) for dot in dots) == sorted(rates["value"])
    fills = {to_hex(dot.get_mfc()) for dot in dots if dot.get_marker() == "o"}
    assert fills == {GREY, ACCENT}
    assert all(dot.get_mfc() == "white" for dot in dots if dot.get_marker() == "D")
    shown = [text.get_text() for text in axes.texts]
    assert "≥8% target" in shown and "8.5% to strive for" in shown and "7.8% 2018" in shown
    assert [label.get_text() for label in axes.get_yticklabels()] == ["China", "Hunan", "Hengyang"]


def test_dots_of_several_rates_name_their_areas():
    axes = start_chart("A finding", "percent", "Source: own")[1]
    draw_areas(axes, study.compare_aims(REPORT, "zh"), by="label", language="zh")
    shown = [text.get_text() for text in axes.texts]
    assert "≈14% 衡阳" in shown and "11.5% 湖南" in shown
