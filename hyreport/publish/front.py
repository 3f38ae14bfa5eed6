"""The front page of a report: findings, notebooks, cross-checks, data, limits, citation."""

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import pandas as pd
from markupsafe import Markup

from hyreport.errors import RenderError
from hyreport.paths import ASSETS
from hyreport.publish.markdown import list_prose
from hyreport.publish.markup import CAPTION, Prose, plain
from hyreport.themes.checks import can_fail
from hyreport.words.tables import read_rows

__all__ = ["describe_front"]


ANSWER = re.compile(
    r"^## (?:the answer|结论)\s*\n(.+?)(?=^#{1,3} |\Z)", re.IGNORECASE | re.MULTILINE | re.DOTALL
)
AUDIENCE = re.compile(r"^# .*\n\s*\*([^*]+?)[.。]?\*\s*$", re.MULTILINE)
# Links and bold words are whole; in English white space follows the sign that ends a sentence.
SENTENCE = re.compile(r"(?:\[[^]]*\]\([^)]*\)|\*\*.+?\*\*|[^.?!。？！]|[.?!](?!\s|$))*[.?!。？！]?")
FINDINGS = 5
HAND_OUT = "To hand out"


def describe_front(
    folder: Path,
    pages: list[dict],
    prose: Prose,
    *,
    told: Sequence[str] = (),
    home: Path | None = None,
) -> dict:
    """Return what the front page shows.

    Parameters
    ----------
    folder : Path
        The artifacts: data, tables, figures and results.json are read from it.
    pages : list of dict
        `stem`, `title` and `cells` of each executed notebook.
    prose : Prose
        Writes the answers.
    told : list of str
        Stems of the notebooks whose answers are told, in this order; without it the first five.
    home : Path, optional
        Where the page stands, which leads to a file there before that of the artifacts.

    Returns
    -------
    dict
        `findings`, `notebooks`, `checks`, the rows of checks.csv that can fail, `downloads` in
        groups, `teaching`, the files to hand out, and `kept`, the tables and the data of charts.

    Raises
    ------
    RenderError
        Where a notebook to be told of does not exist.
    """
    known = {page["stem"]: page for page in pages}
    if unknown := [stem for stem in told if stem not in known]:
        raise RenderError("report.toml", f"findings of {unknown[0]}", f"one of {', '.join(known)}")
    shown = [known[stem] for stem in told] or pages[:FINDINGS]
    findings = [_describe_finding(page, prose) for page in shown]
    home = home or folder
    downloads = _list_downloads(folder, home)
    teaching = downloads.pop(HAND_OUT, [])
    checks = folder / "data" / "checks.csv"
    return {
        "findings": [entry for entry in findings if entry["lead"] or entry["chart"]],
        "notebooks": [page | {"audience": _audience(page)} for page in pages],
        "checks": _list_checks(checks) if checks.is_file() else [],
        "downloads": [{"title": title, "files": files} for title, files in downloads.items()],
        "teaching": teaching,
        "kept": [
            describe_file(folder / path, home, words)
            for page in pages
            for path, words, _ in _list_kept(page)
        ],
    }


def _list_checks(path: Path) -> list[dict]:
    """Return the checks that can fail; no others are counted on any page."""
    rows = read_rows(path)
    if not rows:
        return []
    table = pd.DataFrame(rows)
    left = table["left_value"]
    blank_as_missing = table.assign(left_value=left.mask(left == ""))
    return table[can_fail(blank_as_missing)].to_dict("records")


def _describe_finding(page: dict, prose: Prose) -> dict:
    """Return a notebook's answer, its first sentence apart, and its first chart."""
    answers = (ANSWER.search(text) for text in _prose(page))
    answer = next((found[1].strip() for found in answers if found), "")
    first = SENTENCE.match(answer.partition("\n\n")[0])
    lead = first[0] if first else ""
    prose.page = f"{page['stem']}.html"
    told = prose.write(lead)
    return {
        "stem": page["stem"],
        "title": page["title"],
        "words": plain(told),
        "lead": told.replace("<p>", Markup('<p class="lead">')),
        "rest": prose.write(answer[len(lead) :].strip()),
        "chart": next((chart for *_, chart in _list_kept(page) if chart), None),
    }


def _prose(page: dict) -> list[str]:
    return [text for cell in page["cells"] for text in list_prose(cell)]


def _audience(page: dict) -> str:
    """Return for whom a page is and how long it takes: the line below its title."""
    found = AUDIENCE.search("\n".join(_prose(page)[:1]))
    return found[1] if found else ""


def _list_kept(page: dict) -> Iterator[tuple[str, str, dict]]:
    """Yield path and words of each table kept and each chart's data, and how a chart is shown."""
    for cell in page["cells"]:
        for output in cell.get("outputs", ()):
            kept = output.get("metadata", {}).get("hyreport", {})
            if name := kept.get("figure"):
                chart = output["metadata"]["image/png"] | {"name": name}
                yield f"figures/{name}.csv", f"Chart: {chart['alt'].rstrip('.。')}", chart
            elif name := kept.get("table"):
                found = CAPTION.search("".join(output["data"]["text/html"]))
                yield f"tables/{name}.csv", plain(found[1]) if found else "", {}


def _list_downloads(folder: Path, home: Path) -> dict[str, list[dict]]:
    """Return the files to download by group, as downloads.csv lists and describes them."""
    groups: dict[str, list[dict]] = {}
    for row in read_rows(ASSETS / "pages" / "downloads.csv"):
        for path in sorted(folder.glob(row["path"])):
            own = home / path.relative_to(folder)
            file = describe_file(own if own.is_file() else path, home, row["words"])
            groups.setdefault(row["group"], []).append(file)
    return groups


def describe_file(path: Path, home: Path, words: str) -> dict[str, str]:
    """Return path from a page's folder, name and size of an artifact beside what it is."""
    size = max(path.stat().st_size, 100) / 1000
    return {
        "path": Path(os.path.relpath(path, home)).as_posix(),
        "name": path.name,
        "words": words,
        "size": f"{size:.0f} kB" if size >= 10 else f"{size:.1f} kB",
    }
