"""What is handed out: printable, Chinese set with the project's font, the same bytes each time."""

import json
import re
import tomllib

import pytest
from pypdf import PdfReader
from study import REPORT_ID

from hyreport.paths import ARTIFACTS, CASE_STUDY, NOTEBOOKS, RAW
from hyreport.publish.evidence import NO_EVIDENCE
from hyreport.publish.handouts import PAPER_WORDS, _quote, typeset, write_paper
from hyreport.publish.manifest import read_json
from hyreport.publish.markdown import read_document
from hyreport.publish.markup import Prose
from hyreport.publish.prose import read_prose
from hyreport.teach.answers import Number
from hyreport.teach.check import find_task
from hyreport.teach.tasks import read_parts

CASE = ARTIFACTS / REPORT_ID / CASE_STUDY
PDFS = sorted(CASE.rglob("*.pdf"))
PAGES = {"teachers_guide": 2, "what_cannot_be_concluded": 1}
DOCUMENTS = {path.stem: read_document(path) for path in sorted(NOTEBOOKS.glob("*.md"))}
TEXTS = {path.stem: path.read_text(encoding="utf-8") for path in sorted(NOTEBOOKS.glob("*.md"))}
CHINESE = re.compile(r"[\u3400-\u9fff]+")


def pages_of(path) -> list[str]:
    return [page.extract_text() for page in PdfReader(path).pages]


def typeset_text(*parts: str, evidence=NO_EVIDENCE, title="text", foot="foot") -> str:
    """Set these parts: prose in Markdown, or the HTML of an output."""
    cells = [
        {"cell_type": "code", "outputs": [{"data": {"text/html": part}}]}
        if part.startswith("<table")
        else {"cell_type": "markdown", "source": part}
        for part in parts
    ]
    prose = Prose(evidence)
    for part in parts:
        prose.write(part)
    page = {"title": title, "cells": cells, "struck": prose.struck}
    return typeset(page, {"report": foot, "version": "1"}, evidence=evidence)


def compile_text(*parts: str, folder, **options) -> list[str]:
    """Set a text in a folder and return the words of its pages."""
    write_paper(typeset_text(*parts, **options), folder / "text.pdf", root=folder)
    return pages_of(folder / "text.pdf")


def test_a_document_has_a_cell_a_section():
    for stem, document in DOCUMENTS.items():
        sources = [cell["source"] for cell in document["cells"]]
        assert "".join(sources) == TEXTS[stem]
        assert sources[0].startswith("# ") and all(s.startswith("## ") for s in sources[1:])


def test_each_document_and_the_case_study_have_one():
    assert {path.stem for path in PDFS} == {*DOCUMENTS, "05_case_study"}
    assert set(PAGES) == set(DOCUMENTS)


@pytest.mark.parametrize("name", PAGES)
def test_guide_and_limits_keep_to_their_pages(name):
    assert len(pages_of(CASE / f"{name}.pdf")) == PAGES[name]


@pytest.mark.parametrize("path", PDFS, ids=lambda path: path.stem)
def test_a_pdf_holds_no_date_and_only_fonts_that_travel(path):
    reader = PdfReader(path)
    assert reader.metadata.title and not reader.metadata.creation_date
    fonts = set()
    for page in reader.pages:
        fonts |= {font["/BaseFont"] for font in page["/Resources"]["/Font"].values()}
    assert any("Hyreport" in font for font in fonts)
    assert all(re.search("Hyreport|Libertinus|DejaVu", font) for font in fonts), fonts
    assert all(page.mediabox.width < 600 < page.mediabox.height for page in reader.pages)


@pytest.mark.parametrize("path", PDFS, ids=lambda path: path.stem)
def test_chinese_can_be_read_back(path):
    text = "".join("".join(page.split()) for page in pages_of(path))
    if path.stem in DOCUMENTS:
        prose = [piece.text for piece in read_prose(DOCUMENTS[path.stem])]
    else:
        source = json.loads((CASE / "student" / "05_case_study.ipynb").read_text(encoding="utf-8"))
        prose = [piece.text for piece in read_prose(source)]
    terms = {term for words in prose for term in CHINESE.findall(words)}
    assert terms and {term for term in terms if term not in text} == set()
    assert "\ufffd" not in text


def test_the_student_pdf_has_lines_charts_and_evidence():
    (path,) = CASE.glob("student/*.pdf")
    pages = pages_of(path)
    text = " ".join(pages)
    assert text.count("Answer") >= 33
    # Part one follows the brief; each other begins a sheet of its own, with a line for the name.
    assert "Part one" in pages[0] and pages[0].count("Answer") > 1
    for part in ("two", "three", "four", "five", "six"):
        (sheet,) = [page for page in pages if page.startswith(f"Part {part}")]
        assert "Name" in sheet and "Date" in sheet
    assert "Chinese terms" in text and "On the same basis" in text
    assert "Evidence" in text and "section 1, paragraph 6" in text
    executed = read_json(ARTIFACTS / REPORT_ID / "notebooks" / "05_case_study.ipynb")
    markup = typeset(executed | {"title": "Case study", "struck": 0}, {})
    assert 'chart("/figures/case_growth_history.svg"' in markup


def test_the_student_pdf_speaks_of_paper_and_leaves_room_to_work():
    (path,) = CASE.glob("student/*.pdf")
    text = " ".join(" ".join(pages_of(path)).split())
    assert not re.search(r"\b[Tt]ype (one|the|each|it)\b|\b[Rr]un\b|\bcells?\b|`|<!--", text)
    assert "Choose one of" in text and "write it as it is printed" in text
    numbers = sum(
        isinstance(find_task(name), Number)
        for name in (task for tasks in read_parts(REPORT_ID).values() for task in tasks)
    )
    assert text.count("Working") == numbers
    assert "gdp_growth_real" not in text and "same_basis" not in text


def test_every_word_for_paper_is_needed():
    source = read_json(NOTEBOOKS / "05_case_study.ipynb")
    prose = "".join("".join(c["source"]) for c in source["cells"] if c["cell_type"] == "markdown")
    for row in PAPER_WORDS:
        assert row["screen"] in prose, row


def test_numbers_stand_right_and_a_task_with_its_room():
    cell = '<table><thead><tr><th>a</th><th style="text-align: right">b</th></tr></thead></table>'
    assert "grid(2, align: (left, right,), " in typeset_text(cell)
    tasks = [{"cell_type": "markdown", "source": "Why?"}]
    for kind in ("choice", "number"):
        html = f'<p class="verdict open {kind}">No answer yet.</p>'
        tasks.append({"cell_type": "code", "outputs": [{"data": {"text/html": html}}]})
    markup = typeset({"title": "t", "cells": tasks, "struck": 0}, {})
    assert '#task(("Why?",).join())\n#answer\n#working' in markup


def test_without_evidence_nothing_is_said_to_differ():
    markup = typeset_text("# Title\n\n[8.5%](#gdp.growth.2017), [162.3](#result:tax) and 5.")
    assert "8.5%" in markup and "differ" not in markup and "strike" not in markup


def test_limits_are_those_of_the_report():
    facts = tomllib.loads((RAW / REPORT_ID / "report.toml").read_text(encoding="utf-8"))
    text = TEXTS["what_cannot_be_concluded"]
    headings = [line.removeprefix("## ") for line in text.splitlines() if line.startswith("## ")]
    wanted = [limit["what"].rstrip(".") for limit in facts["limits"]]
    assert [heading[: len(what)] for heading, what in zip(headings, wanted, strict=True)] == wanted
    for part in text.split("\n## ")[1:]:
        for words in ("**Tempting:**", "**Why not:**", "**What would settle it:**"):
            assert part.count(words) == 1


def test_the_guide_has_its_plans():
    text = TEXTS["teachers_guide"]
    for words in ("45 minutes", "90 minutes", "180 minutes", "## Prerequisites"):
        assert words in text
    assert "## With no installation" in text and "nbgrader" in text


def test_the_same_text_gives_the_same_bytes(tmp_path):
    text = "# 标题\n\n**8.5%** 同口径.\n\n| a | b |\n| --- | --- |\n| 左右 | `x` |\n\n- one\n- two"
    elsewhere = tmp_path / "别处"
    elsewhere.mkdir()
    for folder in (tmp_path, elsewhere):
        compile_text(text, folder=folder)
    first, second = ((folder / "text.pdf").read_bytes() for folder in (tmp_path, elsewhere))
    assert first == second and str(tmp_path).encode() not in first


@pytest.mark.parametrize(
    "text",
    [
        '#panic("x")',
        '#read("/etc/hosts")',
        'a " b \\ c',
        "$x^2$ <label> @ref *a* _b_ ~ ' [x] {y}",
        "a\\n#let x = 1",
        "https://example.org/a_b",
        '<img src="x"> &amp;',
    ],
)
def test_no_text_acts_as_markup(text, tmp_path):
    cell = text.replace("<", "&lt;")
    table = f"<table><caption>c</caption><tr><th>h</th></tr><tr><td>{cell}</td></tr></table>"
    shown = "".join(compile_text(table, folder=tmp_path, title=text, foot=text))
    wanted = {"".join(words.split()) for words in (text, text.replace("&amp;", "&"))}
    assert sum("".join(shown.split()).count(words) for words in wanted) >= 2


def test_a_literal_holds_any_text():
    assert _quote('a "b" \\n\n') == '"a \\"b\\" \\\\n "'
