"""The glossary has every Chinese term of the suite, with a source, and prose leads to it."""

import csv
import json
import re

import pytest
from bs4 import BeautifulSoup
from pages import parse_page
from study import REPORT_ID

from hyreport.numbers.numerals import NUMBER
from hyreport.numbers.printed import read_around
from hyreport.numbers.wording import word_before
from hyreport.paths import ARTIFACTS, NOTEBOOKS, PROCESSED, RAW, ROOT
from hyreport.publish.evidence import NO_EVIDENCE
from hyreport.publish.glossary import find_glosses, group_glossary, list_linked, read_glossary
from hyreport.publish.handouts import Paper, _list_terms
from hyreport.publish.markdown import read_document
from hyreport.publish.markup import mark_words
from hyreport.publish.prose import read_prose
from hyreport.text.copies import squeeze

ENTRIES = read_glossary(ARTIFACTS / REPORT_ID / "data")
BY_TERM = {entry["zh"]: entry for entry in ENTRIES}
PAGES = ARTIFACTS / REPORT_ID
TEXTS = sorted([*NOTEBOOKS.glob("[0-9][0-9]_*.ipynb"), *NOTEBOOKS.glob("*.md"), ROOT / "README.md"])
OWN = "the project's own"


def read(name: str) -> list[dict[str, str]]:
    with (RAW / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read_built(name: str) -> list[dict[str, str]]:
    with (PROCESSED / REPORT_ID / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read_page(name: str) -> BeautifulSoup:
    return parse_page(PAGES / f"{name}.html")


def glosses_of(path) -> set[str]:
    """Return the Chinese terms of a text's prose: no link to evidence or to a text in Chinese."""
    if path.suffix == ".md":
        notebook = read_document(path)
    else:
        notebook = json.loads(path.read_text(encoding="utf-8"))
    pieces = [piece for piece in read_prose(notebook) if not re.search("#|[.]zh[.]", piece.target)]
    return {term for piece in pieces for term in find_glosses(piece.text)}


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_every_gloss_in_prose_stands_in_the_glossary(path):
    missing = sorted(glosses_of(path) - set(BY_TERM))
    assert not missing, f"add a row to data/raw/terms.csv for each of {missing}"


def test_there_are_glosses_to_look_for():
    assert {"同口径", "左右", "预计数", "下同"} <= glosses_of(NOTEBOOKS / "02_tax_share.ipynb") | {
        "左右"
    }
    assert find_glosses("x 上划, y（预计数，下同）") == ["上划", "预计数", "下同"]


def test_what_the_report_uses_of_the_codebook_is_in_it_whole():
    for row in read_built("indicators.csv"):
        entry = BY_TERM[row["name_zh"]]
        assert entry["en"] and entry["meaning"] and entry["source"] and entry["figures"]
    for row in read_built("units.csv"):
        assert BY_TERM[row["unit_zh"]]["en"] == row["unit"] or row["unit_zh"] in {
            term["term_zh"] for term in read("terms.csv")
        }


def test_printed_terms_and_bounding_words_are_in_it():
    rows = read_built("figures.csv")
    printed = {term for entry in ENTRIES for term in entry.get("printed", ())}
    assert {row["subject_zh"] for row in rows} <= printed | set(BY_TERM)
    texts = [squeeze(row["as_printed"])[0] for row in rows]
    around = [read_around(text, *NUMBER.search(text).span()) for text in texts]
    beside = {word.word for one in around for word in one.telling if word.says != "fall"}
    assert {"以上", "争取达到", "近", "余"} <= beside
    assert {word.removesuffix("达到") for word in beside} <= set(BY_TERM)


def test_no_term_twice():
    assert len(ENTRIES) == len(BY_TERM)
    assert sum(len(group) for _, group in group_glossary(ENTRIES)) == len(ENTRIES)


def test_a_term_says_where_it_is_from():
    for row in read("terms.csv"):
        for source in row["source"].split(" ; "):
            assert OWN in source or re.search("https?://", source), row
        assert (row["kind"] == "revenue") is bool(row["gfsm"]), row


def test_non_tax_revenue_and_totals_are_no_heading_of_gfsm():
    for term in ("非税收入", "财政总收入", "一般公共预算收入", "地方收入"):
        assert BY_TERM[term]["gfsm"].startswith("not a heading")
    assert "equal" in BY_TERM["非税收入"]["gfsm"]
    assert BY_TERM["税收收入"]["gfsm"] == "heading 11, taxes"
    for entry in ENTRIES:
        for number in re.findall(r"\d+", entry.get("gfsm", "")):
            assert number in {"1", "11", "14", "141", "142", "143", "2", "31"}
    assert "expense (heading 2)" in BY_TERM["一般公共预算支出"]["gfsm"]
    assert BY_TERM["民生支出"]["gfsm"] == "none"


def test_paragraphs_are_those_of_the_text(source_text):
    lines = ["".join(line.split()) for line in source_text.split("\n") if line]
    for row in read(f"{REPORT_ID}/terms.csv"):
        numbered = enumerate(lines, start=1)
        found = [str(number) for number, line in numbered if row["term_zh"] in line]
        assert row["paragraphs"].split() == found, row["term_zh"]


def test_bounding_words_mean_what_they_say_and_are_coded_as_the_parser_does():
    """突破, 超过, 过 and 逾 say the same; two of them are coded as at least."""
    for word in ("突破", "超过", "过", "逾"):
        coded = word_before(word, len(word)).says.replace("_", " ")
        meaning = f"Before a number: the value lies above it; coded as {coded}"
        assert BY_TERM[word]["meaning"] == meaning


def test_units_say_their_size():
    wanted = {"亿元": "100 000 000 CNY", "万个": "A count, times 10 000", "个": "A count"}
    assert {unit: BY_TERM[unit]["meaning"] for unit in wanted} == wanted
    assert BY_TERM["%"]["meaning"] == "The unit as printed"


def test_the_page_shows_every_term_and_where_it_is_used():
    page = read_page("glossary")
    rows = {row["id"]: row.get_text() for row in page.select("tbody tr")}
    assert list(rows) == [entry["zh"] for _, group in group_glossary(ENTRIES) for entry in group]
    for zh, text in rows.items():
        assert BY_TERM[zh]["en"] in text and BY_TERM[zh]["meaning"] in text
    assert "not a heading" in rows["非税收入"] and "paragraphs 18, 27" in rows["左右"]
    assert "paragraph 10" in rows["一般公共预算支出"]
    assert len(page.select("a[href^=http]")) > 50


@pytest.fixture(scope="module")
def anchors() -> set[str]:
    return {row["id"] for row in read_page("glossary").select("tbody tr")}


@pytest.mark.full
@pytest.mark.parametrize(
    "path", [path for path in TEXTS[:-1] if path.name != "README.md"], ids=lambda path: path.stem
)
def test_the_first_use_of_a_gloss_leads_there(path, anchors):
    links = [link["href"] for link in read_page(path.stem).select("article a.gloss")]
    assert len(links) == len(set(links))
    assert {link.removeprefix("glossary.html#") for link in links} <= anchors


def test_prose_alone_is_linked_and_once():
    html = (
        '<article><div class="prose"><h2>左右</h2><p>左右 <a href="#x">左右</a> 左右 of 甲 '
        '<code>左右</code></p></div><div class="output"><p>以内</p></div></article>'
    )
    soup = BeautifulSoup(mark_words(html, frozenset({"左右", "以内"})), "html.parser")
    (link,) = soup.select("a.gloss")
    assert (link["href"], link.get_text()) == ("glossary.html#左右", "左右")
    assert soup.get_text() == BeautifulSoup(html, "html.parser").get_text()
    assert "gloss" not in mark_words(html)


def test_in_chinese_prose_the_longest_term_is_linked_once():
    html = (
        '<div class="prose"><p>财政总收入税收占比高于财政总收入；财政总收入以<a href="#x">同口径'
        "</a>计，税收占比同口径</p></div>"
    )
    terms = frozenset({"财政总收入", "财政总收入税收占比", "税收占比", "同口径"})
    linked = mark_words(html, terms, chinese=True)
    found = [link.get_text() for link in BeautifulSoup(linked, "html.parser").select("a.gloss")]
    assert found == ["财政总收入税收占比", "财政总收入", "税收占比", "同口径"]
    assert "<span" not in linked


def test_chinese_prose_leads_to_terms_of_the_field_alone():
    linked = list_linked(ENTRIES, chinese=True)
    assert {"同口径", "预计数", "地方收入", "地区生产总值"} <= linked
    assert not linked & {"实际", "以上", "不低于", "亿元", "个百分点"}
    assert list_linked(ENTRIES) == {entry["zh"] for entry in ENTRIES}


def test_the_chinese_page_sorts_each_group_by_pinyin():
    groups = group_glossary(ENTRIES, chinese=True)
    assert [title for title, _ in groups] == [title for title, _ in group_glossary(ENTRIES)]
    revenue, basis = ([entry["zh"] for entry in group] for _, group in groups[:2])
    assert revenue[:4] == ["财政总收入", "地方收入", "地方一般公共预算收入", "非税收入"]
    assert basis == ["规模工业", "规模以上工业", "可比价格", "实际", "同口径", "现价"]
    page = read_page("zh/glossary")
    listed = [row["id"] for row in page.select("tbody tr")]
    assert listed == [entry["zh"] for _, group in groups for entry in group]


def test_every_term_can_be_sorted_by_pinyin():
    """Characters beyond level 1 of GB 2312 stand there by radical."""
    signs = {sign for entry in ENTRIES for sign in entry["zh"] if "\u3400" <= sign <= "\u9fff"}
    first, last = b"\xb0\xa1", b"\xd7\xf9"
    assert not [sign for sign in signs if not first <= sign.encode("gb18030") <= last]


def test_no_terms_no_glossary(tmp_path):
    assert read_glossary(tmp_path) == []


def test_a_chinese_paper_lists_its_terms_by_pinyin():
    text = "同口径、非税收入、地方收入和财政总收入"
    listed = [term for term, _ in _list_terms([text], ENTRIES, Paper(NO_EVIDENCE, str, "zh"))]
    assert listed == ["财政总收入", "地方收入", "非税收入", "同口径"]
