"""Turns executed notebooks into HTML pages that stand alone, and writes the front page."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

from hyreport.data.cite import cite_row
from hyreport.data.versions import say_version
from hyreport.errors import RenderError
from hyreport.paths import CASE_STUDY, MANY
from hyreport.publish.editions import base_of, is_for_lab, is_instructor_edition
from hyreport.publish.evidence import RESULT, Evidence, build_evidence
from hyreport.publish.figures import (
    FIGURES,
    group_figures,
    list_uses,
    read_outside,
)
from hyreport.publish.front import describe_front
from hyreport.publish.glossary import group_glossary, list_linked, read_glossary
from hyreport.publish.handouts import open_paper, typeset, write_paper
from hyreport.publish.markdown import is_said, list_prose
from hyreport.publish.markup import GLOSSARY, Prose, check_stands_alone, mark_words
from hyreport.publish.programs import Program, list_kept, stem_of
from hyreport.publish.prose import read_prose
from hyreport.publish.suite import list_doors
from hyreport.publish.templates import open_templates
from hyreport.publish.translate import FOLDER
from hyreport.words.glyphs import lacking
from hyreport.words.language import in_use
from hyreport.words.phrases import Phrases

__all__ = ["prepare_pages", "write_pages"]


# What code is called by the tags of its cell.
LABELS = {"parameters": "Choices", "solution": "Solution"}
# Where a page of the Chinese edition finds one that is in English alone.
ENGLISH = "../"
# What must be known of a report to cite its figures.
CITED = {"id", "ref_area", "target_year"}


def write_pages(
    folder: Path,
    texts: dict[str, dict],
    *,
    evidence: Evidence,
    facts: dict,
    record: dict,
    translated: Collection[str] = (),
    english: Mapping[str, dict] | None = None,
    phrases: Phrases | None = None,
) -> dict[str, Any]:
    """Write a page for each text, some as papers too, the glossary and the front page.

    Parameters
    ----------
    folder : Path
        The artifacts: figures, tables, data and results.json are read from it.
    texts : dict of dict
        Executed notebooks and documents by file name, in the order of the pages.
    evidence : Evidence
        What links can point to; a number that it no longer bears out is struck.
    facts : dict
        The report's report.toml; without a title the report goes by its id.
    record : dict
        `report`, `version` and `data`, shown at the foot of each page.
    translated : collection of str
        The texts that have a page in either language; without any there is no Chinese edition.
    english : mapping of dict, optional
        The pages in English, as this function returned them: what is written is the Chinese
        edition, in the folder `zh`, of the texts that are translated.
    phrases : Phrases, optional
        What its pages say in Chinese.

    Returns
    -------
    dict
        `findings`: `stem` and `lead`, the first sentence in plain words, of each finding told in
        front; `pages`: `anchors`, those of the headings, of each page by its stem.

    Raises
    ------
    RenderError
        For a link to evidence that does not exist and for anything a page would load or run; for
        words of a page that nobody has put into Chinese.
    """
    chinese = english is not None
    home = folder / FOLDER if chinese else folder
    stems = {name.rpartition(".")[0] for name in translated}
    say = phrases.tell if phrases else str
    anchors = {stem: page["anchors"] for stem, page in (english or {}).items()}
    read = [
        _read_page(name, text, evidence, partial(Prose, evidence, say=say), anchors)
        for name, text in texts.items()
    ]
    if phrases:
        read = [_translate_page(page, phrases, stems) for page in read]
        facts = _translate_facts(facts, phrases)
    pages, more = _arrange_pages(read)
    report = {"title_en": record["report"], "sections": {}} | facts
    report["short"] = re.sub("[-_]", " ", record["report"]).capitalize()
    report["short"] = say(report["short"])
    outside = read_outside(folder / "data", facts)
    common: dict[str, Any] = {"pages": pages, "more": more, "report": report, "record": record}
    common |= {"outside": outside, "all_figures": "", "listed": None}
    common |= {"language": in_use(), "up": "../" if chinese else ""}
    kept = list_kept({name: text for name, text in texts.items() if name.endswith(".ipynb")})
    style = "gbt" if chinese else "text"
    common["cite"] = partial(_cite, facts=facts, version=say_version(record), style=style)
    if evidence.figures or evidence.results:
        more.append(_list_figures(folder, [*pages, *more], kept, evidence, outside))
        common["all_figures"] = common["listed"] = f"{FIGURES}.html"
    entries = read_glossary(folder / "data")
    if entries:
        title, groups = "Glossary of Chinese terms", group_glossary(entries, chinese=chinese)
        more.append({"stem": GLOSSARY, "title": title, "template": GLOSSARY, "groups": groups})
    terms = list_linked(entries, chinese=chinese)
    # What of the two editions has a page in both.
    both = stems | {"index", FIGURES, GLOSSARY} if stems else set()
    templates = open_templates(phrases)

    def write(name: str, template: str, **content: Any) -> None:
        other = f"../{name}.html" if chinese else f"{FOLDER}/{name}.html"
        content["other"] = other if name in both else ""
        html = templates.get_template(template).render(**(common | content))
        check_stands_alone(html, place=f"{name}.html")
        html = mark_words(html, terms, chinese=chinese).strip() + "\n"
        path = home / f"{name}.html"
        path.parent.mkdir(exist_ok=True)
        path.write_text(html, encoding="utf-8", newline="\n")

    if record["report"] == MANY:
        # The panel and all below it: no report alone waits for them.
        from hyreport.publish.places import INDEX, list_used, write_places

        reports = len(list_used(folder / "data"))
        report["account"] = report.get("account", "").format(reports=reports)
        common["more"] = [*more, {"stem": INDEX, "title": "Every place"}]
        home = folder / (FOLDER if chinese else "")
        home.mkdir(exist_ok=True)
        edition = ("../" if chinese else f"{FOLDER}/") if both else ""
        write_places(
            home, common=common | {"edition": edition}, panel=folder / "data", phrases=phrases
        )
    for page in [*pages, *more]:
        if page["stem"].startswith(ENGLISH):
            continue
        template = f"{page.get('template', 'notebook')}.html.j2"
        # The list leads to itself, and the page of those who are asked not to the answers.
        own: dict[str, Any] = {"listed": ""} if page["stem"] == FIGURES else {}
        own |= {"listed": None} if page.get("for_students") else {}
        write(page["stem"], template, page=page, struck=page.get("struck"), **own)
        if page.get("pdf"):
            paper = typeset(page, record, evidence=evidence, glossary=entries, phrases=phrases)
            write_paper(paper, home / page["pdf"], root=folder)
    told = [stem for stem in facts.get("findings", []) if not chinese or stem in stems]
    front = _describe_front(folder, pages, Prose(evidence, say=say), told=told, home=home)
    front |= {"more": common["more"]}
    count = len(evidence.figures)
    write("index", "front.html.j2", page=None, front=front, struck=front["struck"], count=count)
    if phrases and phrases.missing:
        words = "; ".join(map(repr, phrases.missing))
        raise RenderError(f"{FOLDER}, words of pages", f"no Chinese for {words}", "a row each")
    return {
        "findings": [{"stem": each["stem"], "lead": each["words"]} for each in front["findings"]],
        "pages": {page["stem"]: {"anchors": page["anchors"]} for page in read},
    }


def prepare_pages(notebooks: Iterable[dict]) -> None:
    """Do what no outcome changes, while the kernels run: read templates and font, colour code."""
    lacking("")
    open_paper(None)
    templates = open_templates(None)
    for name in templates.list_templates(filter_func=lambda name: name.endswith(".html.j2")):
        templates.get_template(name)
    for notebook in notebooks:
        for cell in notebook["cells"]:
            if cell["cell_type"] == "code" and not is_for_lab(cell):
                templates.filters["highlight"]("".join(cell["source"]))


def _translate_page(page: dict, phrases: Phrases, translated: Collection[str]) -> dict:
    """Return a page of the Chinese edition; one that is in English alone is led to there."""
    if page["stem"] in translated:
        return page | {"label": phrases.need(page["label"])}
    own = {"stem": f"{ENGLISH}{page['stem']}", "label": phrases.tell(page["label"])}
    return page | own


def _translate_facts(facts: Any, phrases: Phrases) -> Any:
    """Return what a report's own file says with its sentences in Chinese, as far as they are."""
    if isinstance(facts, str):
        return phrases.say(facts) or facts
    if isinstance(facts, list):
        return [_translate_facts(fact, phrases) for fact in facts]
    if isinstance(facts, dict):
        return {name: _translate_facts(fact, phrases) for name, fact in facts.items()}
    return facts


def _describe_front(
    folder: Path, pages: list[dict], prose: Prose, *, told: Sequence[str], home: Path
) -> dict:
    """Return what the front page shows, the ways in and what its text has struck included."""
    front = describe_front(folder, pages, prose, told=told, home=home)
    made = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    return front | {"doors": list_doors(made | {"index.html"}), "struck": prose.struck}


def _cite(kind: str, row: dict, *, facts: dict, version: str, style: str) -> str:
    """Return the citation of a row of evidence; of another report, or without facts, none."""
    if row.get("report") or not facts.keys() >= CITED:
        return ""
    if kind == "result":
        row = row | {"name": row["id"].removeprefix(RESULT), "page": f"{FIGURES}.html#{row['id']}"}
    return cite_row(kind, row, facts, version=version, style=style)


def _list_figures(
    folder: Path, pages: list[dict], kept: list[Program], evidence: Evidence, outside: dict
) -> dict:
    """Return the page that lists all figures, with their uses on the others."""
    shown = [page for page in pages if not page.get("edition")]
    labels = {page["stem"]: page["label"] for page in shown}
    homes = {row.name: labels.get(stem_of(row), stem_of(row)) for row in kept}
    known = evidence.figures.keys() | outside.keys()
    return {
        "stem": FIGURES,
        "title": "Every figure",
        "template": FIGURES,
        "groups": group_figures(evidence, outside, homes),
        "uses": list_uses(shown, kept, folder, known=known),
    }


def _arrange_pages(read: list[dict]) -> tuple[list[dict], list[dict]]:
    """Put pages to be read in order apart from those for teachers, and name their papers."""
    pages = [page for page in read if page["notebook"] and not is_instructor_edition(page["stem"])]
    more = [page for page in read if page not in pages]
    with_solutions = {base_of(page["stem"]).removeprefix(ENGLISH) for page in more}
    for page in pages:
        if (stem := page["stem"].removeprefix(ENGLISH)) in with_solutions:
            page["for_students"] = True
            page["pdf"] = f"{CASE_STUDY}/student/{stem}.pdf"
    for page in more:
        if page["notebook"]:
            page["edition"] = "Instructor edition"
            page["title"] = f"{page['edition']}: {page['title']}"
        elif any("pdf" in page for page in pages):
            page["pdf"] = f"{CASE_STUDY}/{page['stem']}.pdf"
    for before, after in pairwise(pages):
        before["after"], after["before"] = after, before
    return pages, more


def _read_page(
    name: str,
    notebook: dict,
    evidence: Evidence,
    write: Callable[..., Prose],
    anchors: Mapping[str, list[str]],
) -> dict:
    """Return what the page of a notebook shows, its prose as HTML, together with its evidence.

    The headings of a page that is translated have the anchors of the English ones.
    """
    stem, _, ending = name.rpartition(".")
    label = stem.lstrip("0123456789_").replace("_", " ").capitalize()
    given = anchors.get(stem, [])
    prose = write(anchors=given)
    pieces = list(read_prose(notebook))
    parts = list(_list_parts(notebook["cells"], prose))
    if given and given != prose.anchors:
        raise RenderError(f"{FOLDER}/{stem}.md", "other headings", "as many as in English")
    found = build_evidence(pieces, evidence, place=name)
    contents = [*prose.headings[1:], *([("evidence", "Evidence")] if any(found.values()) else [])]
    return {
        "stem": stem,
        "notebook": ending == "ipynb",
        "label": label,
        "title": prose.title or label,
        "parts": parts,
        "contents": contents,
        "anchors": prose.anchors,
        "struck": prose.struck,
        "cells": notebook["cells"],
        "prose": pieces,
        **found,
    }


def _list_parts(cells: list[dict], prose: Prose) -> Iterator[dict]:
    """Yield prose and outputs; code that shows nothing stands with that of the next that does."""
    held: list[str] = []
    labels: set[str] = set()
    cells = [cell for cell in cells if not is_for_lab(cell)]
    for cell, following in zip(cells, [*cells[1:], None], strict=True):
        source, tags = "".join(cell["source"]), cell["metadata"].get("tags", ())
        for text in list_prose(cell):
            before = len(prose.headings)
            yield {"prose": prose.write(text), "instructor": "instructor" in tags} | {
                "contents": before < 2 <= len(prose.headings)  # after question, answer and chart
            }
        if cell["cell_type"] == "code":
            if source.strip():
                held.append(source)
                labels.add(next((word for tag, word in LABELS.items() if tag in tags), "Code"))
            if cell["outputs"] or following is None or following["cell_type"] == "markdown":
                shown = [output for output in cell["outputs"] if not is_said(output)]
                yield {"outputs": shown, "code": held, "labels": sorted(labels)}
                held, labels = [], set()
