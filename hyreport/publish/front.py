"""The front page of a report: findings, notebooks, cross-checks, data, limits, citation."""

import re
from copy import copy
from pathlib import Path

from bs4 import BeautifulSoup, NavigableString, Tag
from markupsafe import Markup

from hyreport.errors import RenderError
from hyreport.publish.editions import FOLDER
from hyreport.words.codes import CODES
from hyreport.words.tables import read_rows

ANSWER = "the answer"
FINDINGS = 5
SENTENCE_END = re.compile(r"(?<=[.?!。])\s+(?=\S)|(?<=[.?!。])$")
FIGURES = "Figures"
DICTIONARY = "Dictionary"
PROGRAMS = "For programs and replicators"
DATA = {
    "figures.csv": (FIGURES, "Every printed figure: value, interval, words, place, doubt"),
    "targets.csv": (FIGURES, "2018 targets beside the 2017 figures they answer"),
    "goals.csv": (FIGURES, "Aims of 2018 that print no number"),
    "outcomes.csv": (FIGURES, "Later figures that bear on targets, and whether they decide them"),
    "reference.csv": (FIGURES, "Figures from other publications, with vintage"),
    "checks.csv": (FIGURES, "The cross-checks: pass, fail, not testable"),
    "doubts.csv": (FIGURES, "What looks wrong or unclear in print"),
    "exclusions.csv": (FIGURES, "Every other number of the text, and why it is no figure"),
    "results.json": (FIGURES, "Every computed number: interval, formula, inputs"),
    "DICTIONARY.md": (DICTIONARY, "What each column, code and unit means"),
    "indicators.csv": (DICTIONARY, "The codebook: names, definitions, their sources"),
    "units.csv": (DICTIONARY, "Printed units in English and in base units"),
    "terms.csv": (DICTIONARY, "Chinese terms: English, meaning, source, place in GFSM 2014"),
    "datapackage.json": (PROGRAMS, "Description of the tables (Frictionless)"),
    "programs.csv": (PROGRAMS, "The cell behind each chart, table and number"),
    "manifest.json": (PROGRAMS, "A SHA-256 for each input and output"),
}
TEACHING = {
    "student/*.pdf": "The case study for students, to print",
    "student/*.ipynb": "The case study for students, with checks that say why",
    "teachers_guide.pdf": "Teacher's guide, two pages",
    "what_cannot_be_concluded.pdf": "What cannot be concluded, one page",
    "instructor/*.ipynb": "Instructor edition: solutions, common errors, timing",
    "nbgrader/*.ipynb": "For nbgrader, into the course's source folder",
}
WORKBOOK = (FIGURES, "All tables and the codebook in one Excel workbook")


def describe_front(
    folder: Path, pages: list[dict], soups: list[BeautifulSoup], *, told: list[str] = ()
) -> dict:
    """Return what the front page shows.

    Parameters
    ----------
    folder : Path
        The artifacts: data, tables, figures and results.json are read from it.
    pages : list of dict
        `stem` and `title` of each notebook.
    soups : list of BeautifulSoup
        The finished page of each.
    told : list of str
        Stems of the notebooks whose answers are told, in this order; without it the first five.

    Returns
    -------
    dict
        `findings`, `notebooks`, `checks` (None where there are none), `downloads` in groups,
        `teaching`, the files to hand out, and `kept`, the tables and the data of charts.

    Raises
    ------
    RenderError
        Where a notebook to be told of does not exist.
    """
    pairs = list(zip(pages, soups, strict=True))
    findings = {
        page["stem"]: _describe_finding(page["stem"], page["title"], soup) for page, soup in pairs
    }
    if unknown := [stem for stem in told if stem not in findings]:
        raise RenderError(
            "report.toml", f"findings of {unknown[0]}", f"one of {', '.join(findings)}"
        )
    shown = [findings[stem] for stem in told] or [*findings.values()][:FINDINGS]
    return {
        "findings": [entry for entry in shown if entry["lead"] or entry["chart"]],
        "notebooks": [
            {"stem": page["stem"], "title": page["title"], "audience": _audience(soup)}
            for page, soup in pairs
        ],
        "checks": _describe_checks(folder),
        "downloads": _list_data(folder),
        "teaching": [
            _describe_file(path, folder, words)
            for pattern, words in TEACHING.items()
            for path in sorted((folder / FOLDER).glob(pattern))
        ],
        "kept": _list_kept(folder, soups),
    }


def _describe_finding(stem: str, title: str, soup: BeautifulSoup) -> dict:
    """Return a notebook's answer, its first sentence apart, and its first chart."""
    headings = (h for h in soup.find_all("h2") if h.get_text().strip().lower() == ANSWER)
    answer = []
    for sibling in getattr(next(headings, None), "next_siblings", ()):
        if isinstance(sibling, Tag):
            if sibling.name in ("h1", "h2", "h3"):
                break
            answer.append(_move(sibling, stem))
    lead = _take_first_sentence(answer[0]) if answer else ""
    chart = soup.select_one("article figure img")
    link = ""
    if chart:
        link = soup.new_tag("a", href=f"{stem}.html")
        link.append(copy(chart))
    rest = [part for part in answer if part.get_text().strip()]
    return {
        "stem": stem,
        "title": title,
        "lead": Markup(lead),
        "rest": Markup("".join(map(str, rest))),
        "chart": Markup(str(link)),
    }


def _move(tag: Tag, stem: str) -> Tag:
    """Copy a part of a page so that its links work from the front page."""
    moved = copy(tag)
    for part in [moved, *moved.find_all(True)]:
        part.attrs.pop("id", None)
        if part.get("href", "").startswith("#"):
            part["href"] = f"{stem}.html{part['href']}"
    return moved


def _take_first_sentence(paragraph: Tag) -> str:
    """Take the first sentence out of a paragraph and return its HTML."""
    lead = []
    for child in list(paragraph.children):
        plain = isinstance(child, NavigableString)
        end = SENTENCE_END.search(child) if plain else None
        if end:
            lead.append(NavigableString(child[: end.start()]))
            child.replace_with(NavigableString(child[end.end() :]))
            break
        lead.append(child.extract())
    return "".join(
        part.output_ready() if isinstance(part, NavigableString) else str(part) for part in lead
    )


def _audience(soup: BeautifulSoup) -> str:
    """Return for whom a page is and how long it takes: the line below its title."""
    line = soup.select_one("article h1 + p > em:only-child")
    return line.get_text().strip().rstrip(".") if line else ""


def _describe_checks(folder: Path) -> dict | None:
    """Count the cross-checks by outcome and return the failing ones in words."""
    path = next(folder.glob("data/*/checks.csv"), None)
    if path is None:
        return None
    rows = read_rows(path)
    counts = {
        named.short: sum(row["outcome"] == code for row in rows)
        for code, named in CODES["outcome"].items()
    }
    failing = [row for row in rows if row["outcome"] == "fail"]
    place = path.relative_to(folder).as_posix()
    return {"path": place, "all": len(rows), "counts": counts, "failing": failing}


def _list_data(folder: Path) -> list[dict]:
    """Return the data to download in groups."""
    paths = [path for path in sorted((folder / "data").rglob("*")) if path.is_file()]
    paths += [folder / "results.json", folder / "programs.csv"]
    order = [*DATA]
    groups: dict[str, list[dict]] = {name: [] for name in (FIGURES, DICTIONARY, PROGRAMS)}
    for path in sorted(paths, key=lambda path: order.index(path.name) if path.name in DATA else -1):
        group, words = WORKBOOK if path.suffix == ".xlsx" else DATA.get(path.name, (PROGRAMS, ""))
        groups[group].append(_describe_file(path, folder, words))
    groups[PROGRAMS].append({"path": "manifest.json", "name": "manifest.json", "size": ""})
    groups[PROGRAMS][-1]["words"] = DATA["manifest.json"][1]
    return [{"title": title, "files": files} for title, files in groups.items() if files]


def _list_kept(folder: Path, soups: list[BeautifulSoup]) -> list[dict]:
    """Return the kept tables and the data of charts, in the order of the pages."""
    words = {}
    for soup in soups:
        for link in soup.select("article figcaption a[href$='.csv'], article p.download a"):
            box = link.find_parent("div", class_="output")
            name = link["href"].rpartition("/")[2].removesuffix(".csv").replace("_", " ")
            caption = box.caption.get_text() if box and box.caption else f"Chart: {name}"
            words[link["href"]] = caption
    return [_describe_file(folder / path, folder, text) for path, text in words.items()]


def _describe_file(path: Path, folder: Path, words: str) -> dict[str, str]:
    size = max(path.stat().st_size, 100) / 1000
    return {
        "path": path.relative_to(folder).as_posix(),
        "name": path.name,
        "words": words,
        "size": f"{size:.0f} kB" if size >= 10 else f"{size:.1f} kB",
    }
