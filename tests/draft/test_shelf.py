"""Drafts of texts of a public shelf, where one is at hand; nothing of them is kept here."""

import os
from pathlib import Path

import pytest

from hyreport.draft.draft import draft_text
from hyreport.text.decoding import decode

SHELF = os.environ.get("HYREPORT_TEXTS_DIR")
pytestmark = pytest.mark.skipif(
    not SHELF, reason="set HYREPORT_TEXTS_DIR to the folder that holds the texts of many reports"
)
CITY = "政府工作报告-其他地市/{}/{}.md"
# Text, year of its targets, a code and role with what the text prints.
PRINTED = (
    (CITY.format("淮北市", 2022), 2022, "gdp.growth", "target", "8"),
    (CITY.format("南通市", 2014), 2014, "budget_revenue.growth", "actual", "15.8"),
    ("政府工作报告-省自治区/甘肃省/2003.md", 2003, "gdp.growth", "target", "9"),
    ("政府工作报告-国务院/2008.md", 2008, "gdp.growth", "target", "8"),
)


def read(path: str) -> str:
    return decode((Path(SHELF) / path).read_bytes(), path)


@pytest.mark.parametrize(("path", "year", "code", "role", "value"), PRINTED)
def test_a_headline_figure_is_found(path, year, code, role, value):
    draft = draft_text(read(path), "shelf")
    period = str(year if role == "target" else year - 1)
    found = [
        row["value"]
        for row in draft.tables["figures.csv"]
        if (row["indicator"], row["role"], row["period"]) == (code, role, period)
    ]
    assert draft.facts.target_year == year
    assert value in found
