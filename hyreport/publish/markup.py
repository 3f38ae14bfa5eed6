"""Finishes the HTML of a page: anchors, tables, Chinese passages, and nothing from outside."""

import re
from urllib.parse import unquote, urlsplit

from bs4 import BeautifulSoup, NavigableString, Tag

from hyreport.errors import RenderError
from hyreport.publish.glossary import GLOSS
from hyreport.publish.layout import arrange
from hyreport.publish.prose import NO_EVIDENCE, Evidence
from hyreport.publish.stale import head_page, strike_links

CHINESE = re.compile(r"([\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]+)")
NOT_READ_ALOUD = ("code", "pre", "title", "style")
NOT_LINKED = {"a", "h1", "h2", "h3", "h4", "code", "pre"}
GLOSSARY = "glossary"
ACTIVE = ("script", "iframe", "object", "embed", "base", "form", "audio", "video")
LINK_SCHEMES = ("", "http", "https", "mailto")
LOADED = ("src", "srcset", "poster", "data", "background", "xlink:href")


def polish(
    html: str,
    *,
    place: str,
    terms: frozenset[str] = frozenset(),
    evidence: Evidence = NO_EVIDENCE,
) -> BeautifulSoup:
    """Return a page ready to be written.

    Parameters
    ----------
    html : str
        The whole page.
    place : str
        Where its content comes from, for errors.
    terms : frozenset of str
        The glossary's Chinese terms: the first use of each in prose leads there.
    evidence : Evidence
        What links can point to; a link whose text no longer says the same is struck.

    Raises
    ------
    RenderError
        For anything the page would run, or load from elsewhere.
    """
    soup = BeautifulSoup(html, "html.parser")
    for style in soup.find_all("style"):
        style.decompose()
    check_stands_alone(soup, place=place)
    for link in soup.select("article a[href$='.ipynb']"):
        if "/" not in link["href"]:  # a notebook beside this one: its page lies beside this page
            link["href"] = link["href"].removesuffix("ipynb") + "html"
    _mark_evidence_links(soup, evidence)
    strike_links(soup, evidence)
    _prepare_tables(soup)
    _name_headings(soup)
    arrange(soup)
    for block in soup.find_all("pre"):
        block["tabindex"] = "0"  # so that the keyboard can scroll it
    _link_glosses(soup, terms)
    head_page(soup)
    _mark_chinese(soup)
    return soup


def check_stands_alone(soup: BeautifulSoup, *, place: str) -> None:
    """Raise RenderError where a page would run anything, or load anything from elsewhere."""
    for tag in soup.find_all(True):
        for fault in _find_faults(tag):
            raise RenderError(place, fault, "a page that runs nothing and loads nothing")


def _find_faults(tag: Tag):
    if tag.name in ACTIVE or tag.get("http-equiv"):
        yield f"<{tag.name}>"
    for name, value in tag.attrs.items():
        value = " ".join(value) if isinstance(value, list) else value
        scheme = urlsplit(value.strip()).scheme if name in (*LOADED, "href") else ""
        outside = scheme or value.strip().startswith("//")
        if name == "href" and tag.name == "a":
            fault = scheme not in LINK_SCHEMES
        elif name in (*LOADED, "href"):
            fault = outside and scheme != "data"
        else:
            fault = name.startswith("on") or (name == "style" and "url(" in value)
        if fault:
            yield f'<{tag.name} {name}="{value}">'


def _mark_evidence_links(soup: BeautifulSoup, evidence: Evidence) -> None:
    """Give the first link to each row of evidence an anchor to come back to."""
    used = set()
    for link in soup.select("article a[href*='#']"):
        page, _, name = unquote(link["href"]).partition("#")
        if not page:
            name = evidence.own(name)
            link["href"] = f"#{name}"
            if name not in used:
                used.add(name)
                link["id"] = f"use-{name}"
        if not page or evidence.find(name):
            link["class"] = "evidence-link"


def _prepare_tables(soup: BeautifulSoup) -> None:
    """Make tables scroll on their own, name their headings' scope, link to their data."""
    for table in soup.find_all("table"):
        for name in ("border", "class"):
            table.attrs.pop(name, None)
        for heading in table.find_all("th"):
            if not heading.get("scope"):
                heading["scope"] = "col" if heading.find_parent("thead") else "row"
        words = table.caption.get_text().strip() if table.caption else "Table"
        attributes = {"class": "table", "role": "region", "tabindex": "0", "aria-label": words}
        box = table.wrap(soup.new_tag("div", attrs=attributes))
        output = box.find_parent("div", attrs={"data-table": True})
        if output:
            link = soup.new_tag("a", href=f"tables/{output.attrs.pop('data-table')}.csv")
            link.string = "data (CSV)"
            line = soup.new_tag("p", attrs={"class": "download"})
            line.extend(["Download: ", link])
            box.insert_after(line)


def _name_headings(soup: BeautifulSoup) -> None:
    """Give each heading without one an anchor of its own."""
    taken = {tag["id"] for tag in soup.find_all(id=True)}
    for heading in soup.find_all(["h1", "h2", "h3", "h4"]):
        if heading.get("id"):
            continue
        name = re.sub(r"\W+", "-", heading.get_text().lower()).strip("-") or "section"
        while name in taken:
            name += "-2"
        heading["id"] = name
        taken.add(name)


def _link_glosses(soup: BeautifulSoup, terms: frozenset[str]) -> None:
    """Lead the first use of each Chinese term in the prose to the glossary."""
    used: set[str] = set()
    for text in soup.find_all(string=GLOSS) if terms else ():
        outer = {parent.name for parent in text.parents}
        if outer & NOT_LINKED or not text.find_parent("div", class_="prose"):
            continue
        for part in re.split(f"({GLOSS.pattern})", text):
            if part not in terms - used:
                text.insert_before(NavigableString(part))
                continue
            used.add(part)
            link = soup.new_tag("a", href=f"{GLOSSARY}.html#{part}", attrs={"class": "gloss"})
            link.string = part
            text.insert_before(link)
        text.extract()


def _mark_chinese(soup: BeautifulSoup) -> None:
    """Tell screen readers and browsers which passages are Chinese."""
    for text in soup.find_all(string=CHINESE):
        outer = list(text.parents)
        if type(text) is not NavigableString or any(
            parent.name in NOT_READ_ALOUD or parent.get("lang") == "zh" for parent in outer
        ):
            continue
        parts = CHINESE.split(text)
        for part in parts:
            if CHINESE.fullmatch(part):
                span = soup.new_tag("span", lang="zh")
                span.string = part
                text.insert_before(span)
            elif part:
                text.insert_before(NavigableString(part))
        text.extract()
