"""Turns executed notebooks into HTML pages that stand alone, and writes the front page."""

import json
import re
import shutil
import tomllib
from base64 import b64encode
from functools import cache
from html import unescape
from itertools import pairwise
from pathlib import Path

from bs4 import BeautifulSoup
from IPython.lib.lexers import IPython3Lexer
from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup
from pygments import highlight
from pygments.formatters import HtmlFormatter

from hyreport.paths import ASSETS
from hyreport.publish.editions import FOLDER, base_of, is_instructor_edition
from hyreport.publish.evidence import build_evidence
from hyreport.publish.front import describe_front
from hyreport.publish.glossary import group_glossary, read_glossary
from hyreport.publish.markdown import markdown_html, read_document
from hyreport.publish.markup import GLOSSARY, polish
from hyreport.publish.programs import format_programs, list_programs
from hyreport.publish.prose import Evidence, Problem, check_prose, read_evidence, read_prose
from hyreport.publish.stale import mark_notebooks


def write_pages(
    folder: Path, *, report_id: str, facts: Path, record: dict, progress, documents=()
) -> list[Problem]:
    """Write a page for each notebook and document, glossary, front page, style and fonts.

    Parameters
    ----------
    folder : Path
        The artifacts: notebooks, figures, tables, data and results.json are read from it.
    report_id : str
        The report, whose figures lie in `data/<report_id>/figures.csv` there.
    facts : Path
        The report's report.toml; where it does not exist the report goes by its id.
    record : dict
        `version` and `data`, shown at the foot of each page.
    progress : callable
        Called with a line for each number in prose that has no evidence.
    documents : iterable of Path
        Texts in Markdown that become pages too, with evidence as notebooks have.

    Returns
    -------
    list of Problem
        Each number in prose whose evidence says something else; pages and notebooks mark it.

    Raises
    ------
    RenderError
        For a link to evidence that does not exist and for anything a page would load or run.
    """
    evidence = read_evidence(folder / "data" / report_id / "figures.csv", folder / "results.json")
    report = _describe_report(facts, report_id, evidence)
    executed = {path: json.loads(path.read_text(encoding="utf-8")) for path in _notebooks(folder)}
    executed |= {path: read_document(path) for path in documents}
    read = [_read_page(path, text, evidence) for path, text in executed.items()]
    stale = _check_text(executed, evidence, progress)
    pages = [page for page in read if page["notebook"] and not is_instructor_edition(page["stem"])]
    with_solutions = {base_of(page["stem"]) for page in read if page not in pages}
    for page in pages:
        page["for_students"] = page["stem"] in with_solutions
    for before, after in pairwise(pages):
        before["after"], after["before"] = after, before
    entries = read_glossary(folder / "data", report_id)
    terms = frozenset(entry["zh"] for entry in entries)
    templates, more = _templates(), [page for page in read if page not in pages]
    for page in more:
        if page["notebook"]:
            page["edition"] = "Instructor edition"
            page["title"] = f"{page['edition']}: {page['title']}"
    for page in read:
        page["pdf"] = _find_pdf(folder, page["stem"])
    if entries:
        title = "Glossary of Chinese terms"
        more.append({"stem": GLOSSARY, "title": title, "groups": group_glossary(entries)})
    common = {"pages": pages, "more": more, "report": report, "record": record}
    soups = {}
    for page in [*pages, *more]:
        template = "glossary.html.j2" if "groups" in page else "notebook.html.j2"
        html = templates.get_template(template).render(page=page, **common)
        soup = polish(html, place=page.get("place", GLOSSARY), terms=terms, evidence=evidence)
        _write(folder / f"{page['stem']}.html", soup)
        soups[page["stem"]] = soup
    programs = format_programs(list_programs(_notebooks(folder)))
    (folder / "programs.csv").write_text(programs, encoding="utf-8", newline="\n")
    of_pages = [soups[page["stem"]] for page in pages]
    front = describe_front(folder, pages, of_pages, told=report["findings"])
    front["more"] = more
    html = templates.get_template("front.html.j2").render(page=None, front=front, **common)
    _write(folder / "index.html", polish(html, place="front page"))
    _copy_assets(folder / "assets")
    mark_notebooks(folder, stale, evidence)
    return stale


def _check_text(texts: dict[Path, dict], evidence: Evidence, progress) -> list[Problem]:
    """Tell of each number without evidence; return those whose evidence says something else."""
    problems = [
        problem
        for path, text in texts.items()
        for problem in check_prose(text, evidence, name=path.name)
    ]
    for problem in problems:
        if not problem.target:
            progress(f"  check the text: {problem}")
    return [problem for problem in problems if problem.target]


def _find_pdf(folder: Path, stem: str) -> str:
    """Return the path of what can be printed instead of a page, from the pages' folder."""
    found = sorted((folder / FOLDER).rglob(f"{stem}.pdf"))
    return found[0].relative_to(folder).as_posix() if found else ""


def _notebooks(folder: Path) -> list[Path]:
    return sorted((folder / "notebooks").glob("*.ipynb"))


def _write(path: Path, soup: BeautifulSoup) -> None:
    path.write_text(str(soup).strip() + "\n", encoding="utf-8", newline="\n")


def _describe_report(facts: Path, report_id: str, evidence: Evidence) -> dict:
    """Return what the pages say about the report itself."""
    told = tomllib.loads(facts.read_text(encoding="utf-8")) if facts.exists() else {}
    issuer = " · ".join(filter(None, [told.get("issuer_en"), told.get("issuer_zh")]))
    lines = {
        "Issued by": issuer,
        "Reported": f"{told['reported']}" if "reported" in told else "",
        "Figures": f"{len(evidence.figures)} printed figures, each with its place in the text",
        "The text": told.get("where", ""),
    }
    return {
        "short": report_id.replace("-", " ").capitalize(),
        "title_en": told.get("title_en", report_id),
        "title_zh": told.get("title_zh", ""),
        "facts": [(term, words) for term, words in lines.items() if words],
        "account": told.get("account", ""),
        "findings": told.get("findings", []),
        "limits": told.get("limits", []),
        "cite": told.get("cite", {}),
        "sections": told.get("sections", {}),
    }


def _read_page(path: Path, notebook: dict, evidence: Evidence) -> dict:
    """Return one notebook as HTML together with its evidence."""
    body = _templates().get_template("cells.html.j2").render(cells=notebook["cells"])
    label = path.stem.lstrip("0123456789_").replace("_", " ").capitalize()
    heading = re.search("<h1>(.*?)</h1>", body, re.DOTALL)
    return {
        "stem": path.stem,
        "place": path.name,
        "notebook": path.suffix == ".ipynb",
        "label": label,
        "title": unescape(re.sub("<.*?>", "", heading[1])).strip() if heading else label,
        "body": Markup(body),
        **build_evidence(list(read_prose(notebook)), evidence, place=path.name),
    }


@cache
def _templates() -> Environment:
    templates = Environment(loader=FileSystemLoader(ASSETS / "pages"), autoescape=True)
    templates.filters |= {
        "base64": lambda text: b64encode(text.encode()).decode(),
        "highlight": _highlight,
        "markdown": markdown_html,
        "text": "".join,  # a notebook holds a text, or the list of its lines
    }
    return templates


def _highlight(code: str) -> Markup:
    return Markup(highlight(code, IPython3Lexer(), HtmlFormatter(cssclass="highlight")))


def _copy_assets(folder: Path) -> None:
    folder.mkdir()
    shutil.copyfile(ASSETS / "pages" / "pages.css", folder / "pages.css")
    fonts = ASSETS / "fonts"
    for path in sorted([*fonts.glob("*.woff2"), *fonts.glob("OFL.txt")]):
        shutil.copyfile(path, folder / path.name)
