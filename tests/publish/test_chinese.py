"""The Chinese edition: translated whole, from the English as it stands, with the same evidence."""

import csv
import json
import re
import shutil
from collections import Counter
from pathlib import Path
from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup
from sample_project import REPORT, read_artifacts, run_render, write_notebook, write_project

from hyreport.errors import RenderError, StaleTextError
from hyreport.paths import ARTIFACTS, MANY, NOTEBOOKS
from hyreport.publish.editions import read_notebook
from hyreport.publish.manifest import SOURCE, read_json
from hyreport.publish.markdown import read_document
from hyreport.publish.prose import read_prose
from hyreport.publish.translate import (
    MARK,
    Translation,
    list_shown,
    mark_source,
    read_translations,
    translate,
)
from hyreport.words.phrases import HOLE, Phrases, is_english, read_phrases
from hyreport.words.tables import read_rows

# Whose notebooks are translated whole, by the artifacts that show them.
ANY = "hengyang-2021"  # the last one without a study
HOMES = {"hengyang-2018": NOTEBOOKS, ANY: NOTEBOOKS / "any_report", MANY: NOTEBOOKS / MANY}
SOURCES = {
    path.name: path
    for folder in HOMES.values()
    for path in sorted(folder.iterdir())
    if SOURCE.fullmatch(path.name)
}
PAGES = [
    (home, f"{path.stem}.html")
    for home, folder in HOMES.items()
    for path in SOURCES.values()
    if path.parent == folder
]
PAGES += [(ANY, f"{name}.html") for name in ("index", "figures", "glossary")]
PAGES += [(MANY, f"{name}.html") for name in ("index", "figures", "places", "place_00", "place_43")]
TRANSLATIONS = read_translations(SOURCES.values())
# Sizes of files, lists of ids, and citations, whose formulas are as they are computed.
ALLOWED = re.compile(r"kB$|^所用数据 reference:|^hengyang-\d+, |^hyreport作者\. |\[DS\]\.")
TABLES = sorted(NOTEBOOKS.rglob("zh/*.csv"))
ID, ADDRESS = re.compile(r'\bid="([^"]+)"'), re.compile(r'\b(?:href|src)="([^"]+)"')


def prose(name: str) -> list[dict]:
    read = read_document if name.endswith(".md") else read_notebook
    cells = read(SOURCES[name])["cells"]
    cells = [cell for cell in cells if cell["cell_type"] == "markdown"]
    return [cell for cell in cells if "instructor" not in cell["metadata"].get("tags", [])]


def links(text: str) -> Counter:
    cell = {"cell_type": "markdown", "source": text}
    return Counter(piece.target for piece in read_prose({"cells": [cell]}) if piece.target)


def test_every_text_is_translated():
    assert set(TRANSLATIONS) == set(SOURCES)
    codes = {path.with_suffix(".ipynb").name for path in TABLES} & set(SOURCES)
    assert codes == {name for name in SOURCES if name.endswith(".ipynb")}


def test_every_part_is_translated_from_the_english_as_it_stands():
    for name, translation in TRANSLATIONS.items():
        marks = {cell["id"]: mark_source(cell["source"]) for cell in prose(name)}
        assert {cell: mark for cell, (mark, _) in translation.cells.items()} == marks, name


def list_both() -> list[tuple[str, str, str]]:
    """Return each part's place, its English and its Chinese."""
    return [
        (f"{name}, {cell['id']}", cell["source"], translation.cells[cell["id"]][1])
        for name, translation in TRANSLATIONS.items()
        for cell in prose(name)
    ]


def test_every_part_leads_to_the_same_evidence_and_places():
    both = list_both()
    assert len(both) > 100
    assert [place for place, said, chinese in both if links(said) != links(chinese)] == []


def test_chinese_has_the_headings_and_the_signs_of_chinese():
    for place, *both in list_both():
        heads = [re.findall(r"^#+ ", text, re.MULTILINE) for text in both]
        assert heads[0] == heads[1], place
        bare = re.sub(r"`[^`]*`|\]\([^)]*\)|<[^>]*>", "", both[1])
        assert not re.search(r"[\u4e00-\u9fff][,;:?!()]|[,;?!][\u4e00-\u9fff]", bare), place


def test_every_row_of_a_table_is_filled_and_leaves_open_what_the_english_does():
    for path in TABLES:
        for row in read_rows(path):
            assert row["zh"], (path.name, row["en"])
            holes = [set(HOLE.findall(row[column])) for column in ("en", "zh")]
            assert holes[0] == holes[1], (path.name, row["en"])


@pytest.mark.full
def test_students_are_told_as_much_in_either_language():
    folder = ARTIFACTS / "hengyang-2018"
    for place in ("", "zh"):
        page = (folder / place / "05_case_study.html").read_text(encoding="utf-8")
        printed = BeautifulSoup(page, "html.parser").select(".evidence table")[-1]
        assert len(printed.select("thead th")) == 3, place


@pytest.mark.full
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
    for home, page in PAGES:
        folder = ARTIFACTS / home
        english, chinese = (
            (folder / place / page).read_text(encoding="utf-8") for place in ("", "zh")
        )
        ids = [{*ID.findall(html.partition("<main")[2])} for html in (english, chinese)]
        assert ids[0] == ids[1] and ids[0]
        leads = ((english, "en", f"zh/{page}"), (chinese, "zh-CN", f"../{page}"))
        for html, language, other in leads:
            assert f'<html lang="{language}"' in html
            assert f'<a class="edition-switch" href="{other}"' in html
        addresses = {address.partition("#")[0] for address in ADDRESS.findall(chinese)}
        missing = {name for name in addresses if not (folder / "zh" / unquote(name)).exists()}
        assert {name for name in missing if ":" not in name} == set()


@pytest.mark.full
def test_pages_of_the_panel_have_no_english_left():
    same = re.compile(r"lawtext/gov|GitHub|China-Fiscal-Data|[A-Z][\w-]+(?: of| and| [A-Z]\w+)*")
    for home, page in PAGES:
        if home != MANY or page == "01_holdings.html":  # which names authors and ids
            continue
        soup = BeautifulSoup((ARTIFACTS / MANY / "zh" / page).read_text("utf-8"), "html.parser")
        for tag in soup.select("head, code, pre, svg, script, [lang=en], nav, a, .soft, .back"):
            tag.extract()
        told = {" ".join(text.split()) for text in soup.find_all(string=True)}
        told |= {tag["alt"] for tag in soup.select("[alt]")}
        told = {text for text in told if "<" not in text and not re.fullmatch(r"[\w.]+_?", text)}
        assert {text for text in told if is_english(same.sub("", text))} == set(), page


@pytest.mark.full
@pytest.mark.parametrize("report", [ANY, pytest.param("hengyang-2020", marks=pytest.mark.full)])
def test_pages_of_reports_without_a_study_leave_no_sentence_in_english(report):
    for page in ARTIFACTS.glob(f"{report}/zh/*.html"):
        html = page.read_text(encoding="utf-8").replace("<wbr>", "")
        soup = BeautifulSoup(html, "html.parser")
        for tag in soup.select("code, pre, details, footer, header, [lang=en]"):
            tag.decompose()
        texts = {" ".join(text.split()) for text in soup.select_one("main").find_all(string=True)}
        texts |= {image["alt"] for image in soup.select("main img")}
        # Names of files and indicators are no sentence, nor is what a glossary translates.
        texts = {text for text in texts if is_english(text) and " " in text}
        known = set() if page.stem == "glossary" else texts
        assert not {text for text in known if not ALLOWED.search(text)}, page


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


@pytest.fixture(scope="module")
def rendered(tmp_path_factory):
    """Return the project in both languages, rendered once and left as it is."""
    root = write_project(tmp_path_factory.mktemp("rendered"))
    put_into_chinese(root, *PROSE)
    run_render(root)
    return root


def put_into_chinese(root, *stems):
    for stem in stems:
        source = read_notebook(root / "notebooks" / f"{stem}.ipynb")
        english = {cell["id"]: mark_source(cell["source"]) for cell in source["cells"]}
        chinese = {cell: (english[cell], text) for cell, text in PROSE[stem].items()}
        write_chinese(root, stem, chinese)
        write_phrases(root, stem, PHRASES[stem])
    write_phrases(root, "report", PHRASES["report"])


@pytest.fixture
def project(rendered, tmp_path):
    """Return a copy of the project to change."""
    return Path(shutil.copytree(rendered, tmp_path / "project"))


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


def show(cell: str, **output) -> dict:
    """Return a cell of code that shows something."""
    shown = {"output_type": "display_data", "metadata": {}} | output
    return {"cell_type": "code", "id": cell, "metadata": {}, "source": "x", "outputs": [shown]}


SHOWN = [
    {"cell_type": "markdown", "id": "c1", "metadata": {}, "source": "# A"},
    {"cell_type": "code", "id": "c2", "metadata": {}, "source": "# your answer: growth"},
    show("c3", data={"text/plain": "A chart"}, metadata={"hyreport": {"figure": "rise"}}),
    show("c4", data={"text/markdown": "It grew."}, metadata={"hyreport": {"prose": True}}),
    show("c5", data={"text/html": "<b>Growth &amp; more</b>"}),
    show("c6", data={"text/plain": "8.5"}),
]
SAID = {"your answer: growth": "请填：增速", "It grew.": "已增长。", "Growth & more": "增速等"}


def translate_shown(said: dict, cells: dict):
    chinese = {"rise": {"text/plain": "图", "metadata": {"image/png": {"alt": "图"}}}}
    return translate({"cells": SHOWN}, Translation("zh/a.md", cells), chinese, Phrases(said))


def test_all_that_a_notebook_shows_is_put_into_chinese():
    cells = {"c1": (mark_source("# A"), "# 甲")}
    notebook, older = translate_shown(SAID, cells)
    title, asked, chart, said, html, number = notebook["cells"]
    assert (title["source"], asked["source"], older) == ("# 甲", "# 请填：增速", [])
    (output,) = chart["outputs"]
    assert output["data"] == {"text/plain": "图"}
    assert output["metadata"] == {"hyreport": {"figure": "rise"}, "image/png": {"alt": "图"}}
    data = [cell["outputs"][0]["data"] for cell in (said, html, number)]
    assert data == [
        {"text/markdown": "已增长。", "text/plain": "已增长。"},
        {"text/html": "<b>增速等</b>"},
        {"text/plain": "8.5"},
    ]
    assert list_shown(notebook)["rise"]["text/plain"] == "图"
    assert SHOWN[0]["source"] == "# A"
    less = {english: SAID[english] for english in SAID if english != "It grew."}
    with pytest.raises(RenderError, match=r"zh/a\.csv: found no Chinese for 'It grew\.'"):
        translate_shown(less, cells)
    with pytest.raises(RenderError, match=r"zh/a\.md: found no c1"):
        translate_shown(SAID, {})


def test_a_page_has_its_chinese_and_marks_a_part_older_than_the_english(tmp_path):
    root = write_project(tmp_path)
    (root / "notebooks" / "02_chart.ipynb").unlink()
    put_into_chinese(root, "01_growth")
    path = root / "notebooks" / "zh" / "01_growth.md"
    older = re.sub("<!-- c2 ........ -->", "<!-- c2 00000000 -->", path.read_text("utf-8"))
    path.write_text(older, encoding="utf-8")
    with pytest.raises(StaleTextError, match=r"zh/01_growth\.md"):
        run_render(root)
    words = read_page(root, "zh/01_growth.html").text
    assert "增长是否达到目标？" in words and "增速−目标" in words
    assert words.count("此段译文早于英文原文") == 1


@pytest.mark.full
def test_chinese_pages_show_the_same_run_in_chinese(rendered):
    page = read_page(rendered, "zh/02_chart.html")
    assert page.select_one("figcaption").text.startswith("下载：")
    assert page.select_one("figure img")["alt"] == "增速为“8.5”等"
    assert page.select_one("caption").text == "增速与目标"
    results = rendered / "artifacts" / REPORT
    texts = [
        (results / place / "figures" / "growth_chart.svg").read_text("utf-8")
        for place in ("", "zh")
    ]
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
    assert run_render(rendered)[1] == []  # nothing to do


@pytest.mark.full
def test_the_suite_has_a_front_page_in_chinese_too(rendered):
    english, chinese = (
        BeautifulSoup((rendered / "artifacts" / name).read_text(encoding="utf-8"), "html.parser")
        for name in ("index.html", "zh/index.html")
    )
    assert english.select_one("a.edition-switch")["href"] == "zh/index.html"
    assert chinese.select_one("a.edition-switch")["href"] == "../index.html"
    assert chinese.select_one("h2 a").text == "某市报告"
    lead = chinese.select(".leads a")[0]
    assert lead["href"] == f"../{REPORT}/zh/01_growth.html"
    assert lead.text.startswith("经济增长8.5%")


@pytest.mark.full
def test_what_code_says_as_prose_is_in_chinese_and_stops_the_render_without(project):
    path = project / "notebooks" / "01_growth.ipynb"
    notebook = read_json(path)
    code = 'import hyreport as hy\n\nhy.say("## So how\\n\\nIt grew by [8.5%](#gdp.growth.2017).")'
    cell = {"cell_type": "code", "id": "said", "metadata": {}, "source": code, "outputs": []}
    notebook["cells"].append(cell | {"execution_count": None})
    path.write_text(json.dumps(notebook), encoding="utf-8")
    with pytest.raises(RenderError, match=r"'So how'; 'It grew by"):
        run_render(project)
    rows = {"So how": "究竟如何", "It grew by {n}.": "增长{n}。"}
    write_phrases(project, "01_growth", PHRASES["01_growth"] | rows)
    run_render(project)
    page = read_page(project, "zh/01_growth.html")
    assert page.select_one("a[href='#e-gdp.growth.2017'], a[href='#gdp.growth.2017']")
    assert page.find(id=read_page(project, "01_growth.html").find("h2", string="So how")["id"])
    said = page.find("h2", string="究竟如何").find_next("p").text
    assert said == "增长8.5%。"


@pytest.mark.full
def test_a_mended_sentence_runs_no_notebook_and_a_mended_phrase_one(project):
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


@pytest.mark.full
def test_a_sentence_from_an_earlier_english_is_marked_and_ends_with_an_error(project):
    source = project / "notebooks" / "01_growth.ipynb"
    source.write_text(
        source.read_text("utf-8").replace("The economy", "This economy"), encoding="utf-8"
    )
    lines: list[str] = []
    with pytest.raises(StaleTextError, match=r"zh/01_growth\.md"):
        run_render(project, progress=lines.append)
    assert re.search(r"c2: made from \w{8}, the English is now \w{8}", "\n".join(lines))
    assert "此段译文早于英文原文" in read_page(project, "zh/01_growth.html").text
    with pytest.raises(StaleTextError):  # also where nothing was to do
        run_render(project)
    run_render(project, allow_stale=True)


@pytest.mark.full
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
    before = read_artifacts(project)
    with pytest.raises(RenderError, match=r"zh/0\d_\w+\.(md|csv)"):
        run_render(project)
    assert read_artifacts(project) == before


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


LISTS = {
    "The answer": "结论",
    "The widest gap, {n} points, is that of {names}.": "差距最大的是{names}，为{n}个百分点。",
    "The widest gap, {n} points, is that of {names}": "差距最大的是{names}，为{n}个百分点",
    "{n} lies above it": "{n}项高于",
    "{n} lie below it": "{n}项低于",
    "Of them {parts}.": "其中{parts}。",
    "It rose. It fell.": "先升后降。",
    "visits by domestic and foreign tourists": "国内外游客",
    "retail sales": "零售额",
    "industry, trade and mining": "工贸矿",
    "projects of 500": "500强项目",
}


@pytest.mark.parametrize(
    ("said", "chinese"),
    [
        (
            "## The answer\n\nOf them [1](#a) lies above it and [3](#result:b_c) lie below it.",
            "## 结论\n\n其中[1](#a)项高于，[3](#result:b_c)项低于。",
        ),
        (
            "The widest gap, [−5](#x) points, is that of retail sales, visits by domestic and "
            "foreign tourists and industry, trade and mining.",
            "差距最大的是零售额、国内外游客和工贸矿，为[−5](#x)个百分点。",
        ),
        (
            "The widest gap, [−5](#x) points, is that of `projects of 500` and others",
            "差距最大的是`500强项目`等，为[−5](#x)个百分点",
        ),
        (
            r"The widest gap, [\<b\>8%\</b\>](#x) points, is that of \[甲\].",
            r"差距最大的是\[甲\]，为[\<b\>8%\</b\>](#x)个百分点。",
        ),
        ("It rose. It fell. Of them [1](#a) lies above it.", "先升后降。其中[1](#a)项高于。"),
        ("- Retail sales\n- Who knows?", "- 零售额\n- Who knows?"),
    ],
)
def test_prose_that_code_says_is_put_into_chinese_sentence_by_sentence(said, chinese):
    assert Phrases(LISTS).need_prose(said) == chinese


def test_the_library_says_its_own_words_without_a_table():
    phrases = read_phrases()
    assert phrases.say("8.5 [8.45, 8.55] percent") == "8.5 [8.45, 8.55]%"
    assert phrases.say("percentage points") == "个百分点"
