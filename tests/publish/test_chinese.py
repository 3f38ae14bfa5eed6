"""The Chinese edition: translated whole, from the English as it stands, with the same evidence."""

import csv
import json
import re
from collections import Counter

import pytest
from bs4 import BeautifulSoup
from sample_project import REPORT, run_render, write_notebook, write_project

from hyreport.errors import RenderError, StaleTextError
from hyreport.paths import ARTIFACTS, NOTEBOOKS
from hyreport.publish.editions import read_notebook
from hyreport.publish.manifest import SOURCE, read_json
from hyreport.publish.markdown import read_document
from hyreport.publish.prose import read_prose
from hyreport.publish.translate import MARK, mark_source, read_translations
from hyreport.words.phrases import HOLE, Phrases, read_phrases
from hyreport.words.tables import read_rows

SOURCES = {path.name: path for path in sorted(NOTEBOOKS.iterdir()) if SOURCE.fullmatch(path.name)}
TRANSLATIONS = read_translations(SOURCES.values())
TABLES = sorted(NOTEBOOKS.rglob("zh/*.csv"))


def prose(name: str) -> list[dict]:
    read = read_document if name.endswith(".md") else read_notebook
    cells = read(SOURCES[name])["cells"]
    cells = [cell for cell in cells if cell["cell_type"] == "markdown"]
    return [cell for cell in cells if "instructor" not in cell["metadata"].get("tags", [])]


def links(text: str) -> Counter:
    cell = {"cell_type": "markdown", "source": text}
    return Counter(piece.target for piece in read_prose({"cells": [cell]}) if piece.target)


def test_every_text_of_the_study_is_translated():
    assert set(TRANSLATIONS) == set(SOURCES)
    codes = {path.with_suffix(".ipynb").name for path in TABLES} & set(SOURCES)
    assert codes == {name for name in SOURCES if name.endswith(".ipynb")}


@pytest.mark.parametrize("name", TRANSLATIONS)
def test_every_part_is_translated_from_the_english_as_it_stands(name):
    marks = {cell["id"]: mark_source(cell["source"]) for cell in prose(name)}
    assert {cell: mark for cell, (mark, _) in TRANSLATIONS[name].cells.items()} == marks


@pytest.mark.parametrize("name", TRANSLATIONS)
def test_every_part_leads_to_the_same_evidence_and_places(name):
    chinese = TRANSLATIONS[name].cells
    apart = {
        cell["id"]: (links(cell["source"]), links(chinese[cell["id"]][1]))
        for cell in prose(name)
        if links(cell["source"]) != links(chinese[cell["id"]][1])
    }
    assert apart == {}


@pytest.mark.parametrize("name", TRANSLATIONS)
def test_chinese_has_the_headings_and_the_signs_of_chinese(name):
    for cell in prose(name):
        said = TRANSLATIONS[name].cells[cell["id"]][1]
        heads = [re.findall(r"^#+ ", text, re.MULTILINE) for text in (cell["source"], said)]
        assert heads[0] == heads[1], cell["id"]
        bare = re.sub(r"`[^`]*`|\]\([^)]*\)|<[^>]*>", "", said)
        assert not re.search(r"[\u4e00-\u9fff][,;:?!()]|[,;?!][\u4e00-\u9fff]", bare), cell["id"]


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.name)
def test_every_row_of_a_table_is_filled_and_leaves_open_what_the_english_does(path):
    for row in read_rows(path):
        assert row["zh"], row["en"]
        holes = [set(HOLE.findall(row[column])) for column in ("en", "zh")]
        assert holes[0] == holes[1], row["en"]


def test_students_are_told_as_much_in_either_language():
    folder = ARTIFACTS / "hengyang-2018"
    for place in ("", "zh"):
        page = (folder / place / "05_case_study.html").read_text(encoding="utf-8")
        printed = BeautifulSoup(page, "html.parser").select(".evidence table")[-1]
        assert len(printed.select("thead th")) == 3, place


def test_chinese_pages_lead_to_chinese_papers_and_what_is_shared():
    folder = ARTIFACTS / "hengyang-2018"
    links = {}
    for place in ("", "zh"):
        page = (folder / place / "index.html").read_text(encoding="utf-8")
        found = BeautifulSoup(page, "html.parser").select(".files a")
        links[place] = [link["href"] for link in found]
        assert [href for href in links[place] if not (folder / place / href).is_file()] == []
        for name in ("05_case_study", "teachers_guide", "what_cannot_be_concluded"):
            page = (folder / place / f"{name}.html").read_text(encoding="utf-8")
            (paper,) = BeautifulSoup(page, "html.parser").select("a[href$='.pdf']")
            assert paper["href"] in links[place]
    apart = {
        (english, chinese)
        for english, chinese in zip(links[""], links["zh"], strict=True)
        if chinese != f"../{english}"
    }
    handed_out = {path.relative_to(folder / "zh") for path in folder.glob("zh/case_study/**/*.*")}
    assert apart == {(path.as_posix(), path.as_posix()) for path in handed_out}
    assert len(apart) == 4  # not the editions for instructors


def test_pages_of_both_editions_have_the_same_ids_and_lead_to_each_other():
    folder = ARTIFACTS / "hengyang-2018"
    for name in TRANSLATIONS:
        page = f"{name.rpartition('.')[0]}.html"
        english, chinese = (
            BeautifulSoup((folder / place / page).read_text(encoding="utf-8"), "html.parser")
            for place in ("", "zh")
        )
        ids = [{tag["id"] for tag in soup.select("main [id]")} for soup in (english, chinese)]
        assert ids[0] == ids[1]
        assert english.select_one("a.edition-switch")["href"] == f"zh/{page}"
        assert chinese.select_one("a.edition-switch")["href"] == f"../{page}"
        assert (english.html["lang"], chinese.html["lang"]) == ("en", "zh-CN")
        for tag in chinese.select("a[href], img[src], link[href]"):
            address = (tag.get("href") or tag.get("src")).partition("#")[0]
            if address and ":" not in address:
                assert (folder / "zh" / address).exists(), address


PROSE = {
    "01_growth": {
        "c1": "# 增长是否达到目标？\n\n*面向规划读者，五分钟。*",
        "c2": "## 结论\n\n经济增长[8.5%](#gdp.growth.2017)，目标为[8%以上](#gdp.growth.2018)，高出"
        "[0.5](#result:target_slack)个百分点，计入舍入为[0.45](#result:target_slack)至0.55。",
    },
    "02_chart": {
        "c1": "# 如何比较？\n\n*三分钟。*",
        "c2": "## 结论\n\n2017年[下降4.5%](#energy.growth.2017)。此前：[增长](01_growth.ipynb)。",
    },
}
PHRASES = {
    "01_growth": {"growth − target": "增速−目标"},
    "02_chart": {
        "Growth and target": "增速与目标",
        'Growth is "{n}" & more': "增速为“{n}”等",
        "growth": "增速",
    },
    "report": {"Growth": "增长", "Chart": "图", "Review": "回顾", "X 2018": "甲2018"},
}


@pytest.fixture
def project(tmp_path):
    root = write_project(tmp_path)
    for stem, cells in PROSE.items():
        source = read_notebook(root / "notebooks" / f"{stem}.ipynb")
        english = {cell["id"]: mark_source(cell["source"]) for cell in source["cells"]}
        write_chinese(root, stem, {cell: (english[cell], text) for cell, text in cells.items()})
    for stem, rows in PHRASES.items():
        write_phrases(root, stem, rows)
    return root


def write_chinese(root, stem, cells):
    text = "\n".join(f"<!-- {cell} {mark} -->\n{said}\n" for cell, (mark, said) in cells.items())
    path = root / "notebooks" / "zh" / f"{stem}.md"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")


def write_phrases(root, stem, rows):
    with (root / "notebooks" / "zh" / f"{stem}.csv").open("w", encoding="utf-8", newline="") as to:
        csv.writer(to).writerows([("en", "zh"), *rows.items()])


def read_page(root, name):
    path = root / "artifacts" / REPORT / name
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


def test_chinese_pages_show_the_same_run_in_chinese(project):
    run_render(project)
    page = read_page(project, "zh/02_chart.html")
    assert page.select_one("figcaption").text.startswith("下载：")
    assert page.select_one("figure img")["alt"] == "增速为“8.5”等"
    assert page.select_one("caption").text == "增速与目标"
    results = project / "artifacts" / REPORT
    texts = [(results / place / "figures" / "growth_chart.svg").read_text() for place in ("", "zh")]
    assert texts[0] != texts[1]
    notebook = read_json(results / "zh" / "notebooks" / "01_growth.ipynb")
    assert "增速−目标" in json.dumps(notebook, ensure_ascii=False)
    chosen = {
        path.name: [
            line
            for cell in read_json(path)["cells"]
            if "parameters" in cell["metadata"].get("tags", ())
            for line in "".join(cell["source"]).splitlines()
            if line.startswith("language")
        ]
        for path in (ARTIFACTS / "hengyang-2018" / "zh" / "notebooks").glob("*.ipynb")
    }
    assert all(line.startswith('language = "zh"') for (line,) in chosen.values())
    assert "# 增长是否达到目标？" in "".join(notebook["cells"][0]["source"])
    assert run_render(project)[1] == []  # nothing to do


def test_the_suite_has_a_front_page_in_chinese_too(project):
    run_render(project)
    english, chinese = (
        BeautifulSoup((project / "artifacts" / name).read_text(encoding="utf-8"), "html.parser")
        for name in ("index.html", "zh/index.html")
    )
    assert english.select_one("a.edition-switch")["href"] == "zh/index.html"
    assert chinese.select_one("a.edition-switch")["href"] == "../index.html"
    assert chinese.select_one("h2 a").text == "某市报告"
    lead = chinese.select(".leads a")[0]
    assert lead["href"] == f"../{REPORT}/zh/01_growth.html"
    assert lead.text.startswith("经济增长8.5%")


@pytest.mark.full
def test_a_mended_sentence_runs_no_notebook_and_a_mended_phrase_one(project):
    run_render(project)
    path = project / "notebooks" / "zh" / "01_growth.md"
    path.write_text(
        path.read_text(encoding="utf-8").replace("五分钟", "约五分钟"), encoding="utf-8"
    )
    changed, lines = run_render(project)
    assert "0 notebooks to run, 2 unchanged" in lines[0] and "zh/01_growth.html" in changed
    assert not [name for name in changed if not name.startswith("zh/")]
    write_phrases(project, "02_chart", PHRASES["02_chart"] | {"growth": "增长率"})
    changed, lines = run_render(project)
    assert "1 notebooks to run" in lines[0] and "zh/figures/growth_chart.svg" in changed


def test_a_sentence_from_an_earlier_english_is_marked_and_ends_with_an_error(project):
    source = project / "notebooks" / "01_growth.ipynb"
    source.write_text(source.read_text().replace("The economy", "This economy"), encoding="utf-8")
    lines: list[str] = []
    with pytest.raises(StaleTextError, match=r"zh/01_growth\.md"):
        run_render(project, progress=lines.append)
    assert re.search(r"c2: made from \w{8}, the English is now \w{8}", "\n".join(lines))
    assert "此段译文早于英文原文" in read_page(project, "zh/01_growth.html").text
    with pytest.raises(StaleTextError):  # also where nothing was to do
        run_render(project)
    run_render(project, allow_stale=True)


def test_a_number_that_differs_in_chinese_is_marked_there(project):
    path = project / "notebooks" / "zh" / "01_growth.md"
    text = path.read_text(encoding="utf-8").replace("增长[8.5%]", "增长[8.6%]")
    path.write_text(text, encoding="utf-8")
    with pytest.raises(StaleTextError, match=r"zh/01_growth\.ipynb: 1"):
        run_render(project)
    page = read_page(project, "zh/01_growth.html")
    assert page.select_one("del.stale").text == "8.6%"
    assert not read_page(project, "01_growth.html").select("del.stale")


@pytest.mark.full
@pytest.mark.parametrize("lacks", ["text", "table", "part", "phrase", "heading"])
def test_what_is_not_translated_stops_the_render(project, lacks):
    path = project / "notebooks" / "zh" / "01_growth.md"
    text = path.read_text(encoding="utf-8")
    if lacks in ("text", "table"):
        path.with_suffix(".md" if lacks == "text" else ".csv").unlink()
    elif lacks == "part":
        path.write_text(text[: MARK.search(text, 5).start()], encoding="utf-8")
    elif lacks == "heading":
        path.write_text(text.replace("## 结论\n", ""), encoding="utf-8")
    else:
        write_phrases(project, "02_chart", {"Growth and target": "增速与目标"})
    with pytest.raises(RenderError, match=r"zh/0\d_\w+\.(md|csv)"):
        run_render(project)
    assert not (project / "artifacts" / REPORT).exists()


@pytest.mark.full
def test_a_readers_own_notebook_stands_beside_those_that_are_translated(project):
    cells = ["# Mine?\n\n*For me.*", "## The answer\n\nIt grew by [8.5%](#gdp.growth.2017)."]
    write_notebook(project / "notebooks" / "03_mine.ipynb", cells)
    run_render(project)
    own, other = read_page(project, "03_mine.html"), read_page(project, "zh/01_growth.html")
    assert not own.select("a.edition-switch")
    assert not (project / "artifacts" / REPORT / "zh" / "03_mine.html").exists()
    assert other.select_one("header a[href='../03_mine.html']").text == "Mine"


@pytest.mark.full
def test_notebooks_without_a_translation_have_a_page_in_their_own_language(tmp_path):
    root = write_project(tmp_path)
    run_render(root)
    assert not (root / "artifacts" / REPORT / "zh").exists()
    assert not read_page(root, "01_growth.html").select("a.edition-switch")


def test_phrases_find_the_sentence_that_says_most_by_itself():
    table = {"{what} fell by {n} percent": "{what}下降{n}%", "tax fell by {n} percent": "税降{n}%"}
    phrases = Phrases(table, {"revenue": "收入"})
    assert phrases.say("Tax fell by 5.6 percent") == "税降5.6%"
    assert phrases.say("Revenue fell by −3 percent") == "收入下降−3%"
    assert phrases.say("spending fell by 3 percent") is None
    assert phrases.say("revenue; revenue, RMSE") == "收入；收入，RMSE"
    assert phrases.need("spending") == "spending" and [*phrases.missing] == ["spending"]


def test_the_library_says_its_own_words_without_a_table():
    phrases = read_phrases()
    assert phrases.say("8.5 [8.45, 8.55] percent") == "8.5 [8.45, 8.55]%"
    assert phrases.say("percentage points") == "个百分点"
