"""A page is arranged for reading: code out of the way, contents after the chart, tables stack."""

import pytest
from bs4 import BeautifulSoup
from sample_project import write_notebook
from test_pages import COMMITTED, write_pages_of

from hyreport.publish.manifest import read_json, write_json
from hyreport.publish.markup import mark_words, write_tables


def arrange(folder, *cells) -> BeautifulSoup:
    """Return the page of these cells; code that begins with "show" shows its words."""
    write_notebook(folder / "notebooks" / "01_a.ipynb", list(cells))
    notebook = read_json(folder / "notebooks" / "01_a.ipynb")
    for cell in notebook["cells"]:
        if cell["source"].startswith("show"):
            data = {"data": {"text/html": f"<p>{cell['source'].split()[1]}</p>"}, "metadata": {}}
            cell["outputs"] = [data | {"output_type": "display_data"}]
    write_json(folder / "notebooks" / "01_a.ipynb", notebook)
    write_pages_of(folder)
    return BeautifulSoup((folder / "01_a.html").read_text(encoding="utf-8"), "html.parser")


def outline(soup: BeautifulSoup) -> list[str]:
    """Say what stands in an article; of code what it is called and what its cells hold."""
    parts = soup.article.find_all(True, recursive=False)
    return [" ".join(part.get_text(" ").split()) for part in parts]


@pytest.mark.parametrize(
    "cells, expected",
    [
        (
            ["A", ("code", "1", ["parameters"]), ("code", "2"), ("code", "show B"), "C"],
            ["A", "B", "Choices and code 1 2 show B", "C"],
        ),
        (
            [("code", "show A"), ("code", "show B")],
            ["A", "Code show A", "B", "Code show B"],
        ),
        (
            [("code", "1"), ("code", "2"), "A", ("code", "show B")],
            ["Code 1 2", "A", "B", "Code show B"],
        ),
        (["A", ("code", "1"), ("code", "show B", ["lab"]), "C"], ["A", "Code 1", "C"]),
        (["A", ("code", "1", ["solution"]), "B", ("code", "")], ["A", "Solution 1", "B"]),
    ],
)
def test_code_that_shows_nothing_stands_with_the_next_that_does(cells, expected, tmp_path):
    assert outline(arrange(tmp_path, *cells)) == expected


def test_contents_follow_question_answer_and_chart(tmp_path):
    cells = [
        "# Q\n\n## The answer",
        ("code", "show A"),
        "## What it says\n\nSo.",
        "## How sure\n\nS.",
    ]
    soup = arrange(tmp_path, *cells, "## So sure\n\nM.")
    names = [part.name for part in soup.article.find_all(True, recursive=False)]
    assert names == ["div", "div", "details", "nav", "div", "div", "div"]
    links = [link["href"] for link in soup.select("nav.contents a")]
    assert links == ["#what-it-says", "#how-sure", "#so-sure"]
    assert all(soup.find(id=link[1:]) for link in links)
    assert not arrange(tmp_path, *cells).select("nav.contents")


def test_headings_have_anchors_of_their_own(tmp_path):
    soup = arrange(tmp_path, "# Is 1 &lt; 2?", "## 衡阳: A\n\n## 衡阳: A\n\n### —")
    anchors = [heading["id"] for heading in soup.article.find_all(["h1", "h2", "h3"])]
    assert anchors == ["is-1-2", "衡阳-a", "衡阳-a-2", "section"]


@pytest.mark.full
@pytest.mark.parametrize("name", ["02_tax_share", "glossary", "index"])
def test_a_stacked_table_stays_a_table(name):
    page = (COMMITTED / f"{name}.html").read_text(encoding="utf-8")
    soup = BeautifulSoup(page, "html.parser")
    for table in soup.select(".stack table"):
        labels = [heading.get_text() for heading in table.select("thead th")]
        for row in table.select("tbody tr"):
            cells = row.find_all(["th", "td"], recursive=False)
            assert [cell["data-label"] for cell in cells] == labels
            assert [cell["role"] for cell in cells] == ["rowheader"] + ["cell"] * (len(cells) - 1)
            for cell in cells:
                assert ("blank" in cell.get("class", ())) is not cell.get_text().strip()
        assert {part["role"] for part in table.select("thead, tbody")} == {"rowgroup"}
    assert soup.select(".stack table")


def test_headings_of_columns_are_words():
    html = "<table><thead><tr><th>as_printed</th><th>gap_low</th></tr></thead></table>"
    soup = BeautifulSoup(write_tables(html), "html.parser")
    assert [head.get_text() for head in soup.find_all("th")] == ["as printed", "gap low"]


def test_a_table_of_pandas_is_a_table_of_the_page():
    html = (
        '<style>p {}</style><table border="1" class="dataframe"><thead><tr><th></th></tr></thead>'
    )
    html += "<tbody><tr><th>0</th><td>1</td></tr></tbody></table>"
    soup = BeautifulSoup(write_tables([html[:9], html[9:]]), "html.parser")
    assert soup.div["aria-label"] == "Table" and not soup.style and not soup.table.attrs
    assert [head["scope"] for head in soup.find_all("th")] == ["col", "row"]


def test_identifiers_wrap_at_their_joints_and_read_the_same():
    words = "budget_revenue.level.2017"
    html = mark_words(f"<table><tr><td>{words}</td><td>12.5</td></tr></table><p>{words}</p>")
    marked = "budget_<wbr>revenue.<wbr>level.<wbr>2017"
    assert html == f"<table><tr><td>{marked}</td><td>12.5</td></tr></table><p>{words}</p>"


@pytest.mark.parametrize(
    "html, marked",
    [
        ("<p>8%以上 (more)<br>左右</p>", "<p>8%{以上} (more)<br>{左右}</p>"),
        ('<p lang="zh">以<b>上</b></p>下', '<p lang="zh">以<b>上</b></p>{下}'),
        ("<code>以上</code><pre>以上</pre>", "<code>以上</code><pre>以上</pre>"),
        ("<!-- a --><p>以上</i></p>", "<!-- a --><p>{以上}</i></p>"),
    ],
)
def test_chinese_is_told_from_english(html, marked):
    marked = marked.replace("{", '<span lang="zh">').replace("}", "</span>")
    assert mark_words(html) == marked
