"""Pages stand alone, lead each number to its evidence, and show data as text."""

import json
import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from pages import parse_page
from sample_project import FIGURES, REPORT, copy_rendered, write_notebook
from study import REPORT_ID

from hyreport.errors import RenderError
from hyreport.paths import ARTIFACTS
from hyreport.publish.evidence import Evidence, build_evidence, read_evidence
from hyreport.publish.manifest import read_json
from hyreport.publish.markdown import read_document
from hyreport.publish.markup import OURS, check_stands_alone
from hyreport.publish.pages import write_pages
from hyreport.publish.prose import Piece, check_link, check_prose, read_prose
from hyreport.publish.stale import check_texts
from hyreport.words.tables import format_rows

RESULTS = {
    "slack": {"value": "0.50", "low": "0.45", "high": "0.55", "unit": "percentage points"},
    "tax": {"value": "162.3", "low": "161.8", "high": "162.8", "unit": "100 million yuan"},
    "fall": {"value": "-1.25", "low": "-1.3", "high": None, "unit": "percent"},
    "rate": {"value": "5.4", "low": "5.4", "high": "8.2", "unit": "percent"},
}
RESULTS = {name: entry | {"formula": "a − b", "inputs": []} for name, entry in RESULTS.items()}
COMMITTED = ARTIFACTS / REPORT_ID
EVIDENCE = Evidence({row["figure_id"]: row for row in FIGURES}, RESULTS)


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    project = copy_rendered(tmp_path_factory, tmp_path_factory.mktemp("pages"))
    return project / "artifacts" / REPORT


@pytest.fixture(scope="module")
def pages(folder) -> dict[str, BeautifulSoup]:
    return {path.name: parse_page(path) for path in sorted(folder.glob("*.html"))}


def write_pages_of(tmp_path: Path, *cells, documents=(), facts=None) -> list[str]:
    """Write the pages of one unexecuted notebook; return what is said about its text."""
    if cells:
        write_notebook(tmp_path / "notebooks" / "01_a.ipynb", list(cells))
    texts = {"01_a.ipynb": read_json(tmp_path / "notebooks" / "01_a.ipynb")}
    texts |= {path.name: read_document(path) for path in documents}
    evidence = read_evidence(tmp_path / "data" / "figures.csv", tmp_path / "results.json")
    said: list[str] = []
    options = {"facts": facts or {}, "record": {"report": "x", "version": "1", "data": "0" * 64}}
    write_pages(tmp_path, texts, evidence=evidence, **options)
    check_texts(texts, evidence, said.append)
    return said


def check(*cells: str) -> list[str]:
    notebook = {"cells": [{"cell_type": "markdown", "source": cell} for cell in cells]}
    return [f"{problem.place}: {problem.text}" for problem in check_prose(notebook, EVIDENCE)]


def without_filter(html: str, name: str) -> str:
    """Return a page without our scripts: of the list of all figures, and of the other edition."""
    scripts = [f"<script>\n{script}\n</script>" for script in OURS]
    assert html.count(scripts[0]) == (name == "figures.html")
    assert html.count(scripts[1]) == ('class="edition-switch"' in html)
    return html.replace(scripts[0], "").replace(scripts[1], "")


def test_pages_load_nothing_from_elsewhere(folder, pages):
    for name in pages:
        html = (folder / name).read_text(encoding="utf-8")
        check_stands_alone(html, place=name)
        html = without_filter(html, name)
        assert not re.search(r"<(script|iframe|style)|@import|url\(", html)
        assert not re.search(r"(src|href)=[\"'](https?:)?//", html)
        assert len(html.encode()) < 1_000_000
    assets = folder.parent / "assets"
    css = (assets / "pages.css").read_text(encoding="utf-8")
    assert "@import" not in css
    for address in re.findall(r"url\(\"?([^\")]+)", css):
        assert (assets / address).is_file()


@pytest.mark.full
def test_committed_pages_refer_to_nothing_outside():
    kinds = (".html", ".css", ".svg")
    paths = [path for path in COMMITTED.rglob("*") if path.suffix in kinds]
    assert len(paths) > 50
    for path in paths:
        text = without_filter(path.read_text(encoding="utf-8"), path.name)
        assert not re.search(r"<(script|iframe|object|embed)\b|@import", text), path.name
        loading = re.sub(r"<a [^>]*>|<\?.*?>|<!DOCTYPE[^>]*>", "", text)
        for address in re.findall(r"(?:\b(?:src|srcset|href)=\"|url\(\"?)([^\")]*)", loading):
            assert not re.match(r"\s*(\w+:)?//", address), (path.name, address)
        assert len(text.encode()) < 1_000_000, path.name


def test_every_link_leads_somewhere(folder, pages):
    for name, page in pages.items():
        for tag in page.find_all(["a", "img", "link"]):
            address = tag.get("href") or tag.get("src")
            if address.startswith("data:"):
                continue
            file, _, anchor = address.partition("#")
            assert (folder / (file or name)).is_file(), address
            if anchor:
                target = pages[file or name]
                assert target.find(id=anchor), f"{name}: {address}"


def test_ids_are_used_once(pages):
    for name, page in pages.items():
        ids = [tag["id"] for tag in page.find_all(id=True)]
        assert len(ids) == len(set(ids)), name


def test_evidence_of_a_page(pages):
    page = pages["01_growth.html"]
    links = page.select("article a.evidence-link")
    assert [link["href"] for link in links] == [
        "#gdp.growth.2017",
        "#gdp.growth.2018",
        "#result:target_slack",
        "#result:target_slack~2",
    ]
    assert [link.get("id") for link in links] == [
        "use-gdp.growth.2017",
        "use-gdp.growth.2018",
        "use-result:target_slack",
        "use-result:target_slack~2",
    ]
    told = "target_slack · 0.5 [0.45, 0.55] percentage points · growth − target"
    assert [link["data-evidence"] for link in links] == [
        "gdp.growth.2017 · printed 8.5% · section 1, paragraph 6",
        "gdp.growth.2018 · printed 8%以上 · section 1, paragraph 6",
        told,
        told,
    ]
    row = page.find(id="gdp.growth.2018").get_text(" ")
    for words in ("8% 以上", "地区生产总值增长率", "8 or more", "Review", "target, at least"):
        assert words in row
    row = page.find(id="result:target_slack")
    assert "0.45 to 0.55" in row.get_text(" ")
    assert [link["href"] for link in row.select("td a")] == [
        "#gdp.growth.2017~2",
        "#gdp.growth.2018~2",
    ]


def test_evidence_leads_back_to_the_use_that_one_came_from(pages):
    page = pages["01_growth.html"]
    for link in page.select("article a.evidence-link, .evidence td a[href^='#']"):
        come_to = page.find(id=link["href"][1:])
        row = come_to.find_parent("tr") or come_to
        arrow = come_to if come_to.name == "a" else row.find("a", class_="back")
        came_from = page.find(id=arrow["href"][1:])
        assert came_from is link or came_from is link.find_parent("tr")
    arrows = page.find(id="result:target_slack").select(".back")
    assert [arrow["aria-label"] for arrow in arrows] == [
        "Back from result:target_slack",
        "Back from result:target_slack, use 2",
    ]


def test_forecasts_and_publications_are_not_called_rounding_of_print():
    kinds = {"a": "forecast", "b": "published", "c": "computed"}
    results = {name: RESULTS["slack"] | {"kind": kind} for name, kind in kinds.items()}
    pieces = [Piece("cell 1", "0.5", f"#result:{name}") for name in kinds]
    groups = build_evidence(pieces, Evidence(EVIDENCE.figures, results), place="a.ipynb")
    names = {caption.split()[0]: rows[0]["id"] for caption, rows in groups["results"]}
    assert names == {
        "Forecasts:": "result:a",
        "From": "result:b",
        "Computed": "result:c",
    }


def test_inputs_of_a_result_have_rows_too():
    entry = RESULTS["slack"] | {"inputs": ["gdp.level.2017", "unknown"]}
    evidence = Evidence(EVIDENCE.figures, {"slack": entry})
    rows = build_evidence([Piece("cell 1", "0.5", "#result:slack")], evidence, place="a.ipynb")
    ((caption, (row,)),) = rows["results"]
    assert "rounding" in caption
    assert row["inputs"] == [
        {"id": "gdp.level.2017", "address": "#gdp.level.2017"},
        {"id": "unknown", "address": ""},
    ]
    (figure,) = rows["figures"]
    assert (figure["id"], figure["back"]) == ("gdp.level.2017", ["result:slack"])


def test_a_link_to_nothing_stops_the_pages(tmp_path):
    with pytest.raises(RenderError) as raised:
        write_pages_of(tmp_path, "# Title", "It is [8.5%](#gdp.growth.1917).")
    assert str(raised.value).startswith(
        "01_a.ipynb, cell 2: found the link [8.5%](#gdp.growth.1917), expected"
    )


def test_numbers_without_evidence_are_said(tmp_path):
    said = write_pages_of(tmp_path, "# Title", "It is 8.5%.")
    assert said == ["  check the text: 01_a.ipynb, cell 2: '8.5' has no link to evidence"]


@pytest.mark.parametrize(("read", "marked"), [("each", False), ("grade", True)])
def test_a_row_that_nobody_read_by_itself_is_marked(read, marked, tmp_path):
    (tmp_path / "data").mkdir()
    row = next(row for row in FIGURES if row["figure_id"] == "gdp.growth.2017") | {"read_by": read}
    (tmp_path / "data" / "figures.csv").write_text(format_rows([row], row), encoding="utf-8")
    write_pages_of(tmp_path, "# Title", "It was [8.5%](#gdp.growth.2017).")
    page = parse_page(tmp_path / "01_a.html")
    words = page.find(id="gdp.growth.2017").get_text(" ")
    assert ("not read one by one" in words) == marked


def test_a_character_that_the_font_lacks_is_told_by_its_code(tmp_path):
    (tmp_path / "data").mkdir()
    row = next(row for row in FIGURES if row["figure_id"] == "gdp.growth.2017")
    row = row | {"name_zh": "\U00020bb7镇增长"}
    (tmp_path / "data" / "figures.csv").write_text(format_rows([row], row), encoding="utf-8")
    write_pages_of(tmp_path, "# Title", "\U00020bb7镇 [8.5%](#gdp.growth.2017).")
    page = BeautifulSoup((tmp_path / "01_a.html").read_text(encoding="utf-8"), "html.parser")
    for part in (page.article, page.find(id="gdp.growth.2017")):
        assert "〓镇" in part.get_text() and "\U00020bb7" not in str(part)
        assert part.select_one(".lacking")["title"] == "U+20BB7"


def test_data_shows_as_text(folder, tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "figures.csv").write_bytes((folder / "data" / "figures.csv").read_bytes())
    result = RESULTS["slack"] | {"formula": "<img src=x onerror=alert(1)>", "unit": "</td>"}
    (tmp_path / "results.json").write_text(json.dumps({"slack": result}), encoding="utf-8")
    write_pages_of(
        tmp_path, "# Is <i>1 &lt; 2</i>?", "[3193](#gdp.level.2017), [0.5](#result:slack)"
    )
    html = (tmp_path / "01_a.html").read_text(encoding="utf-8")
    for markup in ("<script", "<b>", "<img"):
        assert markup not in html
    row = BeautifulSoup(html, "html.parser").find(id="gdp.level.2017").get_text()
    assert "<script>alert(1)</script>" in row and "Gross <b>domestic</b> product" in row
    assert "<title>Is 1 &lt; 2?" in html


def test_kept_table_and_chart(pages):
    page = pages["02_chart.html"]
    table = page.select_one("article .table")
    assert table["tabindex"] == "0" and table["aria-label"] == "Growth and target"
    assert [cell["scope"] for cell in table.find_all("th")] == ["col", "col"]
    assert "<i>增长</i>" in table.get_text()
    assert page.select_one("p.download a")["href"] == "tables/growth_table.csv"
    image = page.select_one("figure img")
    assert image["src"] == "figures/growth_chart.svg" and image["alt"] == 'Growth is "8.5" & more'
    ends = [link["href"].rsplit(".")[-1] for link in page.select("figcaption a")]
    assert ends == ["svg", "png", "csv"]


def test_code_is_folded_and_outputs_are_not(pages):
    page = pages["01_growth.html"]
    folded = page.select("details.code")
    assert [block.summary.get_text() for block in folded] == ["Choices and code"]
    assert [block.get_text().split()[0] for block in folded[0].select("pre")] == ["year", "from"]
    assert not any(block.has_attr("open") for block in folded)
    assert "[0.45, 0.55]" in page.select_one("article > p.result").get_text()


def test_a_link_between_notebooks_is_a_link_between_pages(folder, pages):
    assert pages["02_chart.html"].find("a", string="growth")["href"] == "01_growth.html"
    assert "(01_growth.ipynb)" in (folder / "notebooks" / "02_chart.ipynb").read_text("utf-8")


def test_language_and_structure(pages):
    for page in pages.values():
        assert page.html["lang"] == "en" and len(page.find_all("h1")) == 1
        assert page.title.get_text().strip()
        assert page.select_one("nav a[aria-current=page], .home[aria-current=page]")
        for image in page.find_all("img"):
            assert image["alt"]
    chinese = pages["01_growth.html"].find(id="use-gdp.growth.2018").span
    assert (chinese["lang"], chinese.get_text()) == ("zh", "以上")


@pytest.mark.parametrize(
    "html",
    [
        "<script>1</script>",
        "<iframe></iframe>",
        '<img src="https://example.org/a.png" alt="">',
        '<img src="//example.org/a.png" alt="">',
        '<link rel="stylesheet" href="http://example.org/a.css">',
        '<p onclick="go()">x</p>',
        '<p style="background: url(a.png)">x</p>',
        '<td style="text-align: left; background: url(a.png)">x</td>',
        '<div data-x="1" onclick="go()">x</div>',
        '<div href="//example.org/a">x</div>',
        '<li href=" //example.org/a">x</li>',
        '<a href="javascript:go()">x</a>',
        '<a href=" JavaScript:go()">x</a>',
        '<a href="java\nscript:go()">x</a>',
        '<meta http-equiv="refresh" content="0">',
        '<svg><image href="https://example.org/a.png"/></svg>',
    ],
)
def test_what_a_page_may_not_hold(html):
    with pytest.raises(RenderError, match=r"02\.ipynb: found <"):
        check_stands_alone(html, place="02.ipynb")


def test_citations_may_lead_elsewhere():
    html = (
        '<a href="https://example.org/law">the law</a><img src="data:image/png;base64,AA" alt="">'
    )
    check_stands_alone(html, place="02.ipynb")


@pytest.mark.parametrize(
    "source",
    [
        "Growth was [8.5%](#gdp.growth.2017) in 2017, between 2013–2018.",
        "The aim is [8%以上](#gdp.growth.2018), [at least 8 percent](#gdp.growth.2018).",
        "It fell by [4.5%](#energy.growth.2017), that is [−4.5%](#energy.growth.2017).",
        "GDP was [CNY 319.3 billion](#gdp.level.2017), [3,193亿元](#gdp.level.2017).",
        "Tax was [162.3](#result:tax), [161.8 to 162.8](#result:tax), about [162](#result:tax).",
        "Tax was [16.23 billion yuan](#result:tax).",
        "Change [-1.25](#result:fall) or [−1.3](#result:fall); a slack of [0.5](#result:slack).",
        "It [fell by 1.25 percent](#result:fall), [1.3 below](#result:fall).",
        "[Declined by 1.25](#result:fall), [a 1.3% drop](#result:fall), [down 1.25](#result:fall).",
        "[下降约1.25%](#result:fall), [减少 1.3%](#result:fall), [下降到8.2%](#result:rate).",
        "[Dropped by 1.25 to 1.3](#result:fall), [shrank, short by 1.3](#result:fall).",
        "[below 5.4](#result:rate), [lower, by 5.4](#result:rate), [under 8.2](#result:rate).",
        "[fell from 8.2 to 5.4](#result:rate), [in 2017 fell to about 5.4](#result:rate).",
        "[fell below 5.4](#result:rate), [declined to 5.4 percent](#result:rate).",
        "[fell to −1.3](#result:fall), [下滑4.5%](#energy.growth.2017).",
        "[down 4.5%](#energy.growth.2017), [4.5% lower](#energy.growth.2017).",
        "In [2017: 8.5%](#gdp.growth.2017) as the word [growth](#gdp.growth.2017) says.",
        "Code `x = 7`, a [book, 3rd edition](https://example.org/7) and <b title='9'>bold</b>.",
        "```python\nx = 12\n```\n\n1. first\n2. second\n\n*For all, 12 minutes.*",
        "Reported on 2018-01-04.",
        "| a | b |\n|---|---|\n| **[8.5](#gdp.growth.2017)** | 2018 |",
    ],
)
def test_prose_that_is_borne_out(source):
    assert check(source) == []


@pytest.mark.parametrize(
    "source, text",
    [
        ("Growth was 8.5% in 2017.", "8.5"),
        ("## Point 3", "3"),
        ("| a |\n|---|\n| 12 |", "12"),
        ("> **nearly 1,200** cases", "1,200"),
        ("Growth was [8.6%](#gdp.growth.2017).", "8.6%"),
        ("It was [−8.5%](#gdp.growth.2017).", "−8.5%"),
        ("It was [4.5%](#gdp.growth.2016).", "4.5%"),
        ("GDP was [319.3 million](#gdp.level.2017).", "319.3 million"),
        ("Tax was [162.4](#result:tax).", "162.4"),
        ("Tax was [161.8 to 162.9](#result:tax).", "161.8 to 162.9"),
        ("Tax was [1.62 billion](#result:tax).", "1.62 billion"),
        ("It changed by [1.25](#result:fall).", "1.25"),
        ("It [fell by −1.25](#result:fall).", "fell by −1.25"),
        ("It [fell by 162.3](#result:tax).", "fell by 162.3"),
        ("It [decreased by 5.4](#result:rate).", "decreased by 5.4"),
        ("It [dropped 5.4 to 8.2](#result:rate).", "dropped 5.4 to 8.2"),
        ("It [下降5.4%](#result:rate).", "下降5.4%"),
        ("It [fell to 1.25](#result:fall).", "fell to 1.25"),
        ("It is [below 5.5](#result:rate).", "below 5.5"),
        ("It is [below −5.4](#result:rate).", "below −5.4"),
        ("It [rose by 1.25](#result:fall).", "rose by 1.25"),
        ("It [fell by 8.5%](#gdp.growth.2017).", "fell by 8.5%"),
        ("It [fell by −4.5%](#energy.growth.2017).", "fell by −4.5%"),
        ("It [rose to 3.5%](#energy.growth.2017).", "rose to 3.5%"),
        ("It changed by [1](#result:nothing).", "1"),
        ("The aim is [8%左右](#gdp.growth.2018).", "8%左右"),
        ("The aim is [8%](#gdp.growth.2018), [8亿元](#gdp.growth.2018).", "8亿元"),
        ("Growth was [8.5%多](#gdp.growth.2017).", "8.5%多"),
        ("It costs $5 or $7.", "5"),
        ("In [2018](#gdp.growth.2018).", "2018"),
        ("See 2100 or 1899.", "2100"),
    ],
)
def test_prose_that_is_not(source, text):
    assert check("# Title", source) == [f"cell 2: {text}"]


@pytest.mark.parametrize("words", ["下滑4.5%", "降幅4.5%", "萎缩4.5%", "-4.5%"])
def test_a_fall_that_the_print_says_may_be_left_out(words):
    row = EVIDENCE.figures["energy.growth.2017"] | {"as_printed": words}
    why = check_link("4.5%", "#energy", Evidence({"energy": row}, {}))
    assert bool(why) is (words == "-4.5%")


def test_problems_say_where_and_why():
    notebook = {"cells": [{"cell_type": "markdown", "source": ["[8.6%]", "(#gdp.growth.2017)"]}]}
    (problem,) = check_prose(notebook, EVIDENCE, name="01_growth")
    assert str(problem) == (
        "01_growth.ipynb, cell 1: '8.6%' is not what #gdp.growth.2017 says: 8.5 percent"
    )


def test_a_document_becomes_a_page_with_evidence(folder, tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "figures.csv").write_bytes((folder / "data" / "figures.csv").read_bytes())
    text = "# A guide\n\nIt is [8.5%](#gdp.growth.2017).\n\n## More\n\nAnd 7. See [a](01_a.ipynb)."
    (tmp_path / "guide.md").write_text(text, encoding="utf-8")
    said = write_pages_of(tmp_path, "# Title", documents=[tmp_path / "guide.md"])
    assert said == ["  check the text: guide.md, section 'More': '7' has no link to evidence"]
    page = parse_page(tmp_path / "guide.html")
    assert page.title.get_text().startswith("A guide")
    assert page.find(id="gdp.growth.2017") and page.find("a", href="01_a.html")
    front = parse_page(tmp_path / "index.html")
    assert front.select_one(".teaching a")["href"] == "guide.html"


def test_prose_leaves_code_cells_out():
    cells = [{"cell_type": "code", "source": "x = 1"}, {"cell_type": "markdown", "source": "two"}]
    assert [piece.text for piece in read_prose({"cells": cells})] == ["two"]
