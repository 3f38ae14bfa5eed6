"""Arranges a page for reading: code folds, contents, headings of tables, tables that stack."""

import re

from bs4 import BeautifulSoup, NavigableString, Tag

from hyreport.words import language

ROLES = {
    "table": "table",
    "caption": "caption",
    "thead": "rowgroup",
    "tbody": "rowgroup",
    "tr": "row",
    "td": "cell",
}
IDENTIFIER = re.compile(r"[a-z0-9]+:?[a-z0-9]+([._-][a-z0-9]+)+")
JOINT = re.compile(r"(?<=[._:])")
BREAKABLE = ("td", "th", "code", "a")


def arrange(soup: BeautifulSoup) -> None:
    """Arrange a page in place, once its headings have their anchors."""
    for article in soup.select("main > article"):
        _gather_code(article)
        _list_contents(soup, article)
        for head in article.select("thead th"):
            if head.string:
                head.string = language.heading(head.string)
    for table in soup.select("table[data-stack]"):
        _prepare_stack(table)
    _let_identifiers_wrap(soup)


def _gather_code(article: Tag) -> None:
    """Fold the code of cells that show nothing together with that of the next that does."""
    held: list[Tag] = []
    before = None
    for part in article.find_all(True, recursive=False):
        if part.name == "details":
            following = part.find_next_sibling()
            shows = before is not None and not _is_prose_or_code(before)
            last = following is None or "prose" in following.get("class", ())
            if shows or last:
                _merge(held, part)
                held = []
            else:
                held.append(part.extract())
        before = part


def _is_prose_or_code(part: Tag) -> bool:
    return part.name == "details" or "prose" in part.get("class", ())


def _merge(folds: list[Tag], into: Tag) -> None:
    """Put the code of earlier folds before that of one."""
    words = {fold.summary.get_text() for fold in [*folds, into]}
    into.summary.string = " and ".join(sorted(words)).capitalize()
    if any(fold.has_attr("open") for fold in folds):
        into["open"] = ""
    for fold in reversed(folds):
        fold.summary.extract()
        into.summary.insert_after(*[child.extract() for child in list(fold.children)])


def _list_contents(soup: BeautifulSoup, article: Tag) -> None:
    """Put the list of what follows after question, answer and chart."""
    headings = [*article.find_all("h2")[1:], *soup.select("section.evidence > h2")]
    if len(headings) < 3:
        return
    nav = soup.new_tag("nav", attrs={"class": "contents", "aria-label": "On this page"})
    items = soup.new_tag("ul")
    for heading in headings:
        link = soup.new_tag("a", href=f"#{heading['id']}")
        link.string = heading.get_text().strip()
        item = soup.new_tag("li")
        item.append(link)
        items.append(item)
    nav.append(items)
    headings[0].find_parent("div", class_="prose").insert_before(nav)


def _prepare_stack(table: Tag) -> None:
    """Label each cell with its column: on a phone the rows stack, and stay a table when read."""
    del table["data-stack"]
    labels = [heading.get_text() for heading in table.select("thead th")]
    for row in table.select("tbody tr"):
        for cell, label in zip(row.find_all(["th", "td"], recursive=False), labels, strict=True):
            cell["data-label"] = label
            if not cell.get_text().strip():
                cell["class"] = [*cell.get("class", ()), "blank"]
    for part in [table, *table.find_all(True)]:
        if part.name in ROLES:
            part["role"] = ROLES[part.name]
        elif part.name == "th":
            part["role"] = "columnheader" if part["scope"] == "col" else "rowheader"
    table.parent["class"] = "table stack"


def _let_identifiers_wrap(soup: BeautifulSoup) -> None:
    """Let long names such as gdp.growth.2017 break at their joints."""
    for text in soup.find_all(string=IDENTIFIER.fullmatch):
        if text.parent.name in BREAKABLE and len(text) > 12:
            for part in JOINT.split(text):
                text.insert_before(NavigableString(part))
                text.insert_before(soup.new_tag("wbr"))
            text.find_previous_sibling("wbr").extract()
            text.extract()
