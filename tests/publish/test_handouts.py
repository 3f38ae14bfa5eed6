"""What is handed out: printable, Chinese set with the project's font, the same bytes each time."""

import json
import re
import tomllib
from functools import cache

import pytest
from pypdf import PdfReader
from study import REPORT_ID

from hyreport.data.load import load_figures
from hyreport.paths import ARTIFACTS, ASSETS, CASE_STUDY, NOTEBOOKS, RAW
from hyreport.publish.evidence import NO_EVIDENCE
from hyreport.publish.handouts import (
    PAPER_WORDS,
    _quote,
    speak_of_paper,
    typeset,
    write_paper,
)
from hyreport.publish.manifest import read_json
from hyreport.publish.markdown import read_document
from hyreport.publish.markup import Prose
from hyreport.publish.prose import read_prose
from hyreport.publish.translate import FOLDER, OLDER, read_translations, translate
from hyreport.teach.answers import Number
from hyreport.teach.check import find_task
from hyreport.teach.tasks import read_parts
from hyreport.words.phrases import Phrases, read_phrases

CASE = ARTIFACTS / REPORT_ID / CASE_STUDY
CHINESE_CASE = ARTIFACTS / REPORT_ID / FOLDER / CASE_STUDY
CASES = {"en": CASE, "zh": CHINESE_CASE}
PDFS = sorted([*CASE.rglob("*.pdf"), *CHINESE_CASE.rglob("*.pdf")])
PAGES = {"teachers_guide": 2, "what_cannot_be_concluded": 1}
DOCUMENTS = {path.stem: read_document(path) for path in sorted(NOTEBOOKS.glob("*.md"))}
TEXTS = {path.stem: path.read_text(encoding="utf-8") for path in sorted(NOTEBOOKS.glob("*.md"))}
CHINESE = re.compile(r"[\u3400-\u9fff]+")
# Signs that no line begins with, and those that none ends with.
NOT_FIRST, NOT_LAST = "，。；：、！？）》”’%", "（《“‘"
# Names that are the same in Chinese.
NAMES = {
    "billion",
    "hyreport",
    "hengyang",
    "Jupyter",
    "nbgrader",
    "source",
    "README",
    "PDF",
    "CSMAR",
    "MIT",
}


def name_of(path) -> str:
    """Say which paper this is, in which language."""
    return f"{path.stem} {'zh' if CHINESE_CASE in path.parents else 'en'}"


@cache
def read_pages(path, stamp) -> list[str]:
    return [page.extract_text() for page in PdfReader(path).pages]


def pages_of(path) -> list[str]:
    """Return the words of each page of a PDF."""
    return read_pages(path, path.stat().st_mtime_ns)


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
    stems = [path.stem for path in PDFS]
    assert sorted(stems) == sorted([*DOCUMENTS, "05_case_study"] * 2)
    for path in CASE.rglob("*.pdf"):
        assert (CHINESE_CASE / path.relative_to(CASE)).is_file()
    assert set(PAGES) == set(DOCUMENTS)


@pytest.mark.parametrize("language", CASES)
@pytest.mark.parametrize("name", PAGES)
def test_guide_and_limits_keep_to_their_pages(name, language):
    assert len(pages_of(CASES[language] / f"{name}.pdf")) == PAGES[name]


@pytest.mark.parametrize("path", PDFS, ids=name_of)
def test_a_pdf_holds_no_date_and_only_fonts_that_travel(path):
    reader = PdfReader(path)
    assert reader.metadata.title and not reader.metadata.creation_date
    fonts = set()
    for page in reader.pages:
        fonts |= {font["/BaseFont"] for font in page["/Resources"]["/Font"].values()}
    assert any("Hyreport" in font for font in fonts)
    # Of each font only what is used.
    assert all(re.match(r"/[A-Z]{6}\+(Hyreport|Libertinus|DejaVu)", font) for font in fonts), fonts
    assert path.stat().st_size < 400_000
    assert all(page.mediabox.width < 600 < page.mediabox.height for page in reader.pages)


def read_source(path) -> dict:
    """Return what a paper is made from, in its language."""
    language = "zh" if CHINESE_CASE in path.parents else "en"
    if path.stem not in DOCUMENTS:
        edition = CASES[language] / "student" / f"{path.stem}.ipynb"
        return json.loads(edition.read_text(encoding="utf-8"))
    document = DOCUMENTS[path.stem]
    if language == "en":
        return document
    name = f"{path.stem}.md"
    return translate(document, read_translations([NOTEBOOKS / name])[name], {}, Phrases())[0]


@pytest.mark.full
@pytest.mark.parametrize("path", PDFS, ids=name_of)
def test_chinese_can_be_read_back(path):
    text = "".join("".join(page.split()) for page in pages_of(path))
    assert "\ufffd" not in text and "〓" not in text
    source = read_source(path)
    if path in CHINESE_CASE.rglob("*"):
        for cell in source["cells"]:
            cell["source"] = speak_of_paper("".join(cell["source"]), "zh")
    prose = [piece.text for piece in read_prose(source)]
    terms = {term for words in prose for term in CHINESE.findall(words)}
    assert terms and {term for term in terms if term not in text} == set()


CHINESE_PDFS = sorted(CHINESE_CASE.rglob("*.pdf"))


@pytest.mark.full
@pytest.mark.parametrize("path", CHINESE_PDFS, ids=lambda path: path.stem)
def test_a_paper_in_chinese_has_no_english_but_names_and_code(path):
    text = " ".join(pages_of(path)).replace("CC BY", "")
    sources = "".join("".join(cell["source"]) for cell in read_source(path)["cells"])
    coded = re.findall("`([^`]+)`", sources)
    coded += load_figures(REPORT_ID)["figure_id"].tolist()
    known = NAMES | {word for code in coded for word in re.findall("[A-Za-z]{2,}", code)}
    assert {*re.findall("[A-Za-z]{2,}", text)} - known == set()


@pytest.mark.full
@pytest.mark.parametrize("path", CHINESE_PDFS, ids=lambda path: path.stem)
def test_no_line_of_chinese_begins_or_ends_with_a_forbidden_sign(path):
    lines = [line.strip() for page in pages_of(path) for line in page.splitlines()]
    assert len(lines) > 20
    assert [line for line in lines if line.startswith((*NOT_FIRST,))] == []
    assert [line for line in lines if line.endswith((*NOT_LAST,))] == []


@pytest.mark.full
def test_the_student_pdf_in_chinese_has_all_that_the_english_one_has():
    english, chinese = (
        pages_of(folder / "student" / "05_case_study.pdf") for folder in CASES.values()
    )
    for mine, theirs in (("答案 ?$", "Answer ?$"), ("演算$", "Working$"), ("姓名", "Name")):
        counts = [
            len(re.findall(f"^{words}", "\n".join(pages), re.MULTILINE))
            for pages, words in ((chinese, mine), (english, theirs))
        ]
        assert counts[0] == counts[1] >= 7, mine
    for part in "二三四五六":
        (sheet,) = [page for page in chinese if page.startswith(f"第{part}部分")]
        assert "姓名" in sheet and "日期" in sheet
    text = "".join("".join(chinese).split())
    assert not re.search("输入|单元格|`|<!--", text)
    assert "从下列各项中选一项：等于、左右、不低于、不高于、近。" in text
    assert "第1部分，第6段" in text and re.search("同口径：[^。]*可比", text)
    assert "编码为" not in text  # a meaning that answers a task


@pytest.mark.full
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


@pytest.mark.full
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
    chinese = (NOTEBOOKS / "zh" / "05_case_study.md").read_text(encoding="utf-8")
    for row in PAPER_WORDS:
        assert row["screen"] in {"en": prose, "zh": chinese}[row["language"]], row


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


def test_a_part_older_than_its_english_says_so_on_paper_too(tmp_path):
    (page,) = compile_text(f"正文。\n\n{OLDER}", folder=tmp_path)
    assert "此段译文早于英文原文。" in page


def test_in_chinese_a_code_is_one_and_a_word_of_the_report_is_none():
    cells = [{"cell_type": "markdown", "source": "**引用。** “多”或`左右`，见`a_b.csv`：\n\n## 甲"}]
    page = {"title": "题", "cells": cells, "struck": 1}
    record = {"report": "r", "version": "1"}
    phrases = read_phrases(ASSETS / "pages" / "zh.csv")
    markup = typeset(page, record, phrases=phrases)
    assert 'close(("“多”或",).join()), "左右", "，见", raw("a_b.csv")' in markup
    assert "par(justify: false, " in markup and '"本材料正文有1个数与数据不符。"' in markup
    assert phrases.missing == {}
    typeset(page, record, phrases=(none := Phrases()))
    assert "Answer" in none.missing  # which stops the render


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
