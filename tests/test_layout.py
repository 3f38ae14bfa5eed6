"""A page is arranged for reading: code out of the way, contents after the chart, tables stack."""

import pytest
from bs4 import BeautifulSoup

from hyreport.publish.markup import polish

PROSE = '<div class="prose"><h2>{}</h2></div>'
FOLD = '<details class="code"><summary>{}</summary><div><pre>{}</pre></div></details>'
CHART = '<figure><img alt="a" src="a.svg"></figure>'


def arrange(*parts: str, after: str = "") -> BeautifulSoup:
    html = f"<main><article>{''.join(parts)}</article>{after}</main>"
    return polish(html, place="a.ipynb")


def outline(soup: BeautifulSoup) -> list[str]:
    """Say what stands in an article, a word each; of code what its cells hold."""
    return [
        part.get_text(" ").strip() or part.name
        for part in soup.article.find_all(True, recursive=False)
    ]


@pytest.mark.parametrize(
    "parts, expected",
    [
        (
            [
                *(PROSE.format("A"), FOLD.format("Choices", 1), FOLD.format("Code", 2)),
                *(CHART, FOLD.format("Code", 3), PROSE.format("B")),
            ],
            ["A", "figure", "Choices and code 1 2 3", "B"],
        ),
        (
            [CHART, FOLD.format("Code", 1), CHART, FOLD.format("Code", 2)],
            ["figure", "Code 1", "figure", "Code 2"],
        ),
        (
            [FOLD.format("Code", 1), FOLD.format("Code", 2), PROSE.format("A"), CHART],
            ["Code 1 2", "A", "figure"],
        ),
        (
            [PROSE.format("A"), FOLD.format("Choices", 1), PROSE.format("B")],
            ["A", "Choices 1", "B"],
        ),
    ],
)
def test_code_that_shows_nothing_stands_with_the_next_that_does(parts, expected):
    assert outline(arrange(*parts)) == expected


def test_contents_follow_question_answer_and_chart():
    evidence = '<section class="evidence"><h2 id="evidence">Evidence</h2></section>'
    headings = [PROSE.format(words) for words in ("What it says", "How sure")]
    soup = arrange(PROSE.format("The answer"), CHART, *headings, after=evidence)
    assert [part.name for part in soup.article.children] == ["div", "figure", "nav", "div", "div"]
    links = [link["href"] for link in soup.select("nav.contents a")]
    assert links == ["#what-it-says", "#how-sure", "#evidence"]
    assert all(soup.find(id=link[1:]) for link in links)


def test_a_stacked_table_stays_a_table():
    rows = "<tr><th>a</th><td>1</td></tr><tr><th>b</th><td></td></tr>"
    head = '<thead><tr><th scope="col">Name</th><th scope="col">Value</th></tr></thead>'
    soup = arrange(f"<table data-stack>{head}<tbody>{rows}</tbody></table>")
    assert soup.table.parent["class"] == "table stack"
    cells = soup.select("tbody tr > *")
    assert [cell["data-label"] for cell in cells] == ["Name", "Value"] * 2
    assert [cell["role"] for cell in cells] == ["rowheader", "cell"] * 2
    assert [cell.get("class") for cell in cells][-1] == ["blank"]
    assert {part["role"] for part in soup.select("thead, tbody")} == {"rowgroup"}


def test_headings_of_columns_are_words():
    soup = arrange("<table><thead><tr><th>as_printed</th><th>gap_low</th></tr></thead></table>")
    assert [heading.get_text() for heading in soup.find_all("th")] == ["as printed", "gap low"]


def test_identifiers_wrap_at_their_joints_and_read_the_same():
    words = "budget_revenue.level.2017"
    soup = arrange(f"<table><tr><td>{words}</td><td>12.5</td></tr></table>")
    first, second = soup.find_all("td")
    assert first.get_text() == words
    assert str(first) == "<td>budget_<wbr/>revenue.<wbr/>level.<wbr/>2017</td>"
    assert str(second) == "<td>12.5</td>"
