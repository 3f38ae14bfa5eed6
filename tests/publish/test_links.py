"""Every local link of the project's texts and kept pages leads to a file, and to a place in it."""

import re
from functools import cache
from html import unescape
from pathlib import Path
from urllib.parse import unquote

import pytest

from hyreport.paths import ARTIFACTS, NOTEBOOKS, ROOT

PAGES = sorted(ARTIFACTS.rglob("*.html"))
TEXTS = [
    path for folder in (ROOT, ROOT / "docs", NOTEBOOKS) for path in sorted(folder.glob("*.md"))
]
# The pages are machine-made: each value of an attribute stands between double quotes.
TAG, NAMED = re.compile(r"<[a-z][^>]*>"), re.compile(r'\s(href|id|src)="([^"]*)"')
ELSEWHERE = re.compile(r"[a-z][a-z+.-]*:", re.IGNORECASE)


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def read_page(path: Path) -> tuple[set[str], list[str]]:
    """Return the anchors of a page and the addresses it refers to."""
    tags = TAG.findall(path.read_text(encoding="utf-8"))
    found = [{name: unescape(value) for name, value in NAMED.findall(tag)} for tag in tags]
    addresses = [each.get("href") or each.get("src") for each in found]
    return {each["id"] for each in found if "id" in each}, [*filter(None, addresses)]


def find_dead(path: Path, addresses) -> list[str]:
    """Return those addresses beside a file that lead nowhere."""
    dead = []
    for address in addresses:
        file, _, anchor = address.partition("#")
        if ELSEWHERE.match(address) or (path.suffix == ".md" and not file):
            continue
        target = (path.parent / unquote(file)).resolve() if file else path
        here = target.suffix == ".html" and target.exists() and read_page(target)[0]
        if not target.exists() or (anchor and here is not False and unquote(anchor) not in here):
            dead.append(address)
    return dead


@pytest.mark.full
@pytest.mark.parametrize("path", PAGES, ids=name)
def test_links_of_a_kept_page_lead_somewhere(path):
    assert find_dead(path, read_page(path)[1]) == []


@pytest.mark.parametrize("path", TEXTS, ids=name)
def test_links_of_a_text_lead_somewhere(path):
    text = re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert find_dead(path, re.findall(r"\]\(([^)\s]+)\)", text)) == []


def test_files_that_the_citation_names_are_there():
    text = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    named = re.findall(r"(?:artifacts|data|notebooks)/[\w./-]+", text)
    assert [file for file in named if not (ROOT / file).exists()] == []


def test_a_dead_link_is_found(tmp_path):
    page = tmp_path / "a.html"
    page.write_text('<p id="x"></p>', encoding="utf-8")
    addresses = ["a.html#x", "#x", "a.html#y", "b.html", "https://example.org/b"]
    assert find_dead(page, addresses) == ["a.html#y", "b.html"]
