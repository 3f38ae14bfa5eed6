"""The panel beside the reports whose every figure a person read: what both have is the same."""

import pandas as pd
import pytest

from hyreport.data.report import Report
from hyreport.panel.ask import PANEL, ask
from hyreport.panel.names import indicator_unit
from hyreport.paths import RAW, list_reports

pytestmark = pytest.mark.skipif(
    not (PANEL / "headline.parquet").is_file(), reason="make the panel: hyreport panel --texts DIR"
)
KEYS = ["report", "indicator", "kind", "period"]
UNITS = {"亿元": "100 million yuan", "%": "percent", "元": "yuan", "万人": "10 thousand persons"}
UNITS |= {"万吨": "10 thousand tonnes"}
RESIDENTS = ["whole_area", "urban_residents", "rural_residents", "urban", "rural"]


@pytest.fixture(scope="module")
def both():
    """Return the figures of one year that a person read, with the panel's cells beside them."""
    cells = ask("from headline where status = 'found'").drop(columns="area")
    cells["period"] = cells["period"].astype(str)
    read = []
    for report_id in list_reports(RAW):
        report = Report(report_id)
        rows = report.figures.rename(columns={"role": "kind"})
        rows = rows[rows["area"].isin(RESIDENTS) & (rows["basis"] != "annual_average")]
        name = f"{report.area}-{report.target_year}"
        read.append(rows.assign(report=name)[[*KEYS, "value", "unit"]])
    read = pd.concat(read).astype({"period": str})
    known = read["report"].isin(cells["report"]) & read["indicator"].isin(cells["indicator"])
    return read[known].merge(cells, on=KEYS, how="left", suffixes=("_read", ""))


def test_what_both_have_is_the_same_number_in_the_same_unit(both):
    held = both[both["value"].notna()]
    assert len(held) > 20
    assert held["value"].tolist() == held["value_read"].astype(float).tolist()
    assert held["unit"].map(UNITS).tolist() == held["unit_read"].tolist()
    assert held["unit"].tolist() == [indicator_unit(name) for name in held["indicator"]]


def test_most_of_what_a_person_read_is_in_the_panel(both):
    of_year = both[both["period"].str.fullmatch(r"\d{4}")]
    assert of_year["value"].notna().mean() > 0.8
