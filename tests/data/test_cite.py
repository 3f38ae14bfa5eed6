"""Citations of one number: what they say, what they leave out, and whether BibTeX can read them."""

import json
import re

import pytest
from study import REPORT_ID

import hyreport as hy
from hyreport.data.cite import cite_row, say_data_version
from hyreport.data.report import Report
from hyreport.errors import UnknownNameError
from hyreport.paths import ARTIFACTS
from hyreport.words.tables import read_rows

VERSION = "hyreport 0.2.0, data e3b0c44298fc"
FIGURES = read_rows(ARTIFACTS / REPORT_ID / "data" / "figures.csv")
OUTSIDE = read_rows(ARTIFACTS / REPORT_ID / "data" / "reference.csv")
RESULTS = json.loads((ARTIFACTS / REPORT_ID / "results.json").read_text(encoding="utf-8"))
ROWS = [("figure", row) for row in FIGURES]
ROWS += [("outside", row) for row in OUTSIDE]
ROWS += [("result", row | {"name": name, "page": "p.html"}) for name, row in RESULTS.items()]
# The least that a report.toml holds.
BARE = {"id": "a-2018", "ref_area": "430000", "base_year": 2017, "target_year": 2018}


def cite(kind: str, row: dict, style: str = "text", facts: dict | None = None) -> str:
    return cite_row(kind, row, facts or Report(REPORT_ID).facts, version=VERSION, style=style)


def parse_bibtex(text: str) -> tuple[str, str, dict[str, str]]:
    """Read one entry as strictly as BibTeX does: braces balance, special signs are escaped."""
    kind, key, body = re.fullmatch(r"@(\w+)\{([^\s,{}#%~\\]+),\n(.*)\}", text, re.DOTALL).groups()
    fields = {}
    for line in body.splitlines():
        name, value = re.fullmatch(r"  (\w+) = \{(.*)\},", line).groups()
        assert name not in fields
        plain = re.sub(r"\\[{}$&#_%]|\\text\w+\{\}", "", value)
        assert not re.search(r"[\\$&#_%~^]", plain), value
        assert re.fullmatch(r"[^{}]*|\{[^{}]*\}", plain), value
        fields[name] = value
    return kind, key, fields


@pytest.mark.full
@pytest.mark.parametrize("style", ["text", "gbt", "bibtex"])
def test_every_number_of_the_report_can_be_cited(style):
    for kind, row in ROWS:
        cited = cite(kind, row, style)
        assert VERSION in cited.replace("\\", "")
        assert not re.search(r"\$\w|  \(|\(\)|“”|None|\bnan\b", cited), cited


@pytest.mark.full
def test_bibtex_can_be_read_and_each_number_has_a_key_of_its_own():
    keys = set()
    for kind, row in ROWS:
        entry, key, fields = parse_bibtex(cite(kind, row, "bibtex"))
        keys.add(key)
        needed = {"techreport": {"author", "title", "institution", "year"}, "misc": {"title"}}
        assert needed[entry] <= fields.keys() and fields["note"]
    assert len(keys) == len(ROWS)


def test_a_printed_figure_is_cited_with_its_words_and_place():
    row = next(row for row in FIGURES if row["figure_id"] == "tax_share.local.2017")
    for style, words in {
        "text": (
            "Hengyang Municipal",
            "reported 2018-01-04",
            "Section 1 (Review of 2017)",
            "“55.9%”",
        ),
        "gbt": ("衡阳市人民政府. 2018年湖南省衡阳市政府工作报告[R]", "第1节第6段", "“55.9%”"),
        "bibtex": ("@techreport{hengyang-2018:tax_share.local.2017,", r"“55.9\%”", "{2018-01-04}"),
    }.items():
        cited = cite("figure", row, style)
        assert all(part in cited for part in words), cited


def test_what_a_report_does_not_say_is_left_out():
    row = dict(FIGURES[0], section="9")
    assert cite("figure", row, facts=BARE).startswith("a-2018. Section 9, paragraph 6: ")
    assert "[出版地不详]" in cite("figure", row, "gbt", BARE)
    assert "author" not in parse_bibtex(cite("figure", row, "bibtex", BARE))[2]


def test_an_outside_figure_names_its_area_where_it_is_another():
    other = next(row for row in OUTSIDE if row["ref_area"] == "430000")
    own = next(row for row in OUTSIDE if row["ref_area"] == Report(REPORT_ID).area)
    assert "area 430000" in cite("outside", other) and "area" not in cite("outside", own)
    assert other["source"] in cite("outside", other)


def test_a_result_says_its_interval_formula_and_page():
    row = {"name": "routes", "value": "29", "low": "29", "high": None, "unit": "routes"}
    row |= {"formula": "17 + 12", "inputs": [], "page": "03.html#result:routes"}
    assert "routes: 29 or more routes = 17 + 12. Page 03.html#result:routes." in cite("result", row)
    assert "29 [29, ∞) 条航线" in cite("result", row, "gbt")
    exact = row | {"high": "29"}
    assert "29 条航线 =" in cite("result", exact, "gbt")


def test_an_unknown_style_is_answered_with_those_there_are():
    with pytest.raises(UnknownNameError, match="did you mean bibtex"):
        cite("figure", FIGURES[0], "bibtx")
    with pytest.raises(UnknownNameError, match="write style='text'"):
        cite("figure", FIGURES[0], "apa")


def test_the_version_is_that_of_the_pages():
    wanted = {"report": REPORT_ID, "version": hy.__version__}
    rows = read_rows(ARTIFACTS / "versions.csv")
    (row,) = [row for row in rows if wanted.items() <= row.items()]
    assert say_data_version(REPORT_ID) == f"hyreport {row['version']}, data {row['data'][:12]}"
