"""Turns executed notebooks into HTML pages that stand alone, and writes the front page."""

import json
import shutil
import tomllib
from copy import copy
from itertools import pairwise
from pathlib import Path

from bs4 import BeautifulSoup, Tag
from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from hyreport.evidence import build_evidence
from hyreport.markup import polish
from hyreport.paths import ASSETS, REPORT_ID
from hyreport.programs import format_programs, list_programs
from hyreport.prose import Evidence, check_prose, read_evidence, read_prose

ANSWER = "the answer"
DATA_WORDS = {
    "figures.csv": "Every printed figure: value, interval, unit, printed words, place, doubt",
    "targets.csv": "Each 2018 target beside the 2017 figure it answers to",
    "reference.csv": "Figures from other publications, with source and vintage",
    "checks.csv": "Every cross-check the figures allow: pass, fail or not testable",
    "datapackage.json": "Description of these tables for programs (Frictionless Data Package)",
    "DICTIONARY.md": "What each column, code, indicator and unit means",
    "doubts.csv": "What looks wrong or unclear in print, one row a doubt",
    "exclusions.csv": "Every other number of the text, with the reason why it is no figure",
    "indicators.csv": "The codebook: each indicator's names, unit, definition and their source",
    "units.csv": "Every printed unit in English and in its base unit",
    "figures.sdmx.csv": "The figures for statistical systems (SDMX-CSV 2.1)",
    "codelists.csv": "The codes of the SDMX file in English and Chinese",
    f"{REPORT_ID}.xlsx": "All tables and the codebook in one Excel workbook, with notes",
    "results.json": "Every computed number: value, interval, unit, formula, inputs",
    "programs.csv": "The cell behind each chart, table and number, and where prose leads",
}


def write_pages(folder: Path, *, report_id: str, facts: Path, record: dict, progress) -> None:
    """Write a page for each executed notebook, the front page, the style and the fonts.

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
        Called with a line for each number in prose that its evidence does not bear out.

    Raises
    ------
    RenderError
        For a link to evidence that does not exist and for anything a page would load or run.
    """
    evidence = read_evidence(folder / "data" / report_id / "figures.csv", folder / "results.json")
    report = _describe_report(facts, report_id, evidence)
    pages = [_read_page(path, evidence, progress) for path in _notebooks(folder)]
    for before, after in pairwise(pages):
        before["after"], after["before"] = after, before
    templates = Environment(loader=FileSystemLoader(ASSETS / "pages"), autoescape=True)
    common = {"pages": pages, "report": report, "record": record}
    cards = []
    for page in pages:
        html = templates.get_template("notebook.html.j2").render(page=page, **common)
        soup = polish(html, place=f"{page['stem']}.ipynb")
        _write(folder / f"{page['stem']}.html", soup)
        cards.append(_make_card(soup, page))
    programs = format_programs(list_programs(_notebooks(folder)))
    (folder / "programs.csv").write_text(programs, encoding="utf-8", newline="\n")
    downloads = _list_downloads(folder, cards)
    front = templates.get_template("front.html.j2")
    html = front.render(page=None, cards=cards, downloads=downloads, **common)
    _write(folder / "index.html", polish(html, place="front page"))
    _copy_assets(folder / "assets")


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
        "sections": told.get("sections", {}),
    }


def _read_page(path: Path, evidence: Evidence, progress) -> dict:
    """Return one notebook as HTML together with its evidence."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    for problem in check_prose(notebook, evidence, name=path.stem):
        progress(f"  check the text: {problem}")
    body = _convert(path)
    label = path.stem.lstrip("0123456789_").replace("_", " ").capitalize()
    heading = BeautifulSoup(body, "html.parser").h1
    return {
        "stem": path.stem,
        "label": label,
        "title": heading.get_text().strip() if heading else label,
        "body": Markup(body),
        **build_evidence(list(read_prose(notebook)), evidence, place=path.name),
    }


def _convert(path: Path) -> str:
    """Return the cells of a notebook as HTML."""
    import nbformat
    from nbconvert import HTMLExporter

    exporter = HTMLExporter(
        template_name="pages", extra_template_basedirs=[str(ASSETS)], exclude_anchor_links=True
    )
    return exporter.from_notebook_node(nbformat.read(path, as_version=4))[0]


def _make_card(soup: BeautifulSoup, page: dict) -> dict:
    """Return what the front page shows of a notebook: its question, answer and first chart."""
    headings = (h for h in soup.find_all("h2") if h.get_text().strip().lower() == ANSWER)
    answer = []
    for sibling in getattr(next(headings, None), "next_siblings", ()):
        if isinstance(sibling, Tag):
            if sibling.name in ("h1", "h2", "h3"):
                break
            answer.append(_move(sibling, page["stem"]))
    chart = soup.select_one("article figure img")
    link = ""
    if chart:
        link = BeautifulSoup("", "html.parser").new_tag("a", href=f"{page['stem']}.html")
        link.append(copy(chart))
    return {
        "stem": page["stem"],
        "title": page["title"],
        "answer": Markup("".join(map(str, answer))),
        "chart": Markup(str(link)),
        "captions": _captions(soup),
    }


def _move(tag: Tag, stem: str) -> Tag:
    """Copy a part of a page so that its links work from the front page."""
    moved = copy(tag)
    for part in [moved, *moved.find_all(True)]:
        part.attrs.pop("id", None)
        if part.get("href", "").startswith("#"):
            part["href"] = f"{stem}.html{part['href']}"
    return moved


def _captions(soup: BeautifulSoup) -> dict[str, str]:
    """Return what each kept table and chart of a page shows, by its path."""
    words = {}
    for figure in soup.select("article figure"):
        for link in figure.select("a[href$='.csv']"):
            name = link["href"].rpartition("/")[2].removesuffix(".csv")
            words[link["href"]] = f"Data of the chart: {name.replace('_', ' ')}"
    for link in soup.select("article p.download a"):
        caption = link.find_parent("div", class_="output").caption
        words[link["href"]] = caption.get_text() if caption else ""
    return words


def _list_downloads(folder: Path, cards: list[dict]) -> list[dict]:
    """Return the files to download in groups: data, tables and chart data, notebooks."""
    data = [path for path in sorted((folder / "data").rglob("*")) if path.is_file()]
    made = [folder / "results.json", folder / "programs.csv"]
    data = {path: DATA_WORDS.get(path.name, "") for path in [*data, *made]}
    tables = {folder / path: words for card in cards for path, words in card["captions"].items()}
    notebooks = {folder / "notebooks" / f"{card['stem']}.ipynb": card["title"] for card in cards}
    groups = {"Data": data, "Tables and chart data": tables, "Notebooks, executed": notebooks}
    return [
        {
            "title": title,
            "files": [
                {
                    "path": path.relative_to(folder).as_posix(),
                    "words": words,
                    "size": f"{max(path.stat().st_size, 100) / 1000:.1f} kB",
                }
                for path, words in files.items()
            ],
        }
        for title, files in groups.items()
        if files
    ]


def _copy_assets(folder: Path) -> None:
    folder.mkdir()
    shutil.copyfile(ASSETS / "pages" / "pages.css", folder / "pages.css")
    fonts = ASSETS / "fonts"
    for path in sorted([*fonts.glob("*.woff2"), *fonts.glob("OFL.txt")]):
        shutil.copyfile(path, folder / path.name)
