"""What stands above the reports: the page that lists them, style and fonts, and their versions.

Made from the manifests of all reports, each time and without anything heavy.
"""

import re
from collections.abc import Collection, Container
from html import escape
from pathlib import Path
from string import Template

from hyreport.paths import ASSETS
from hyreport.publish.console import Progress
from hyreport.publish.manifest import read_manifest, write_whole
from hyreport.words.glyphs import mark_lacking
from hyreport.words.phrases import read_phrases
from hyreport.words.tables import format_rows, read_rows

__all__ = ["describe_suite", "list_doors", "write_suite"]


VERSIONS = "versions.csv"
COLUMNS = ("report", "version", "data", "results")
DOOR = '<li><a href="{}">{}</a> <span class="soft">{}</span></li>'
FINDING = '<li><a href="{}{}.html">{}</a></li>'
# The front page in Chinese, of all reports and of one; the way there.
CHINESE = "zh/index.html"
SWITCH = f'\n<a class="edition-switch" href="{CHINESE}" hreflang="zh-CN" lang="zh">中文</a>'
RELEASED = r"^## \[{}\]"


def describe_suite(
    artifacts: Path, progress: Progress = lambda line: None
) -> dict[str, bytes | None]:
    """Return the files that belong beside the reports' folders and are not yet what they should be.

    Parameters
    ----------
    artifacts : Path
        The folder of all artifacts; the changelog lies beside it.
    progress : callable
        Called with a line where a released version has other data or results than it had.

    Returns
    -------
    dict of bytes
        Content by path, None for what an earlier version left in assets: empty where all is as it
        should be, and where there is no report.
    """
    folders = sorted(path for path in artifacts.glob("[!.]*") if path.is_dir())
    manifests = {path.name: found for path in folders if (found := read_manifest(path))}
    if not manifests:
        return {}
    fonts = ASSETS / "fonts"
    files = [ASSETS / "pages" / "pages.css", *fonts.glob("*.woff2"), fonts / "OFL.txt"]
    wanted: dict[str, bytes | None] = {
        f"assets/{path.name}": None for path in (artifacts / "assets").glob("*") if path.is_file()
    }
    wanted |= {f"assets/{path.name}": path.read_bytes() for path in files}
    editions = {"en": "index.html"}
    if any(CHINESE in found["outputs"] for found in manifests.values()):
        editions["zh"] = CHINESE
    for language, name in editions.items():
        wanted[name] = _list_reports(manifests, language, list(editions)).encode("utf-8")
    if rows := list_versions(artifacts, manifests, progress):
        wanted[VERSIONS] = format_rows(rows, COLUMNS).encode("utf-8")
    paths = {name: artifacts / name for name in wanted}
    found = {name: path.read_bytes() for name, path in paths.items() if path.is_file()}
    return {name: content for name, content in wanted.items() if found.get(name) != content}


def write_suite(artifacts: Path, progress: Progress) -> None:
    """Write what `describe_suite` finds missing, each file whole or not at all."""
    for name, content in describe_suite(artifacts, progress).items():
        path = artifacts / name
        if content is None:
            path.unlink()
            continue
        write_whole(path, content)


def list_versions(
    artifacts: Path, manifests: dict[str, dict], progress: Progress
) -> list[dict[str, str]]:
    """Return which version of the project has which data and results of each report.

    Notes
    -----
    A version is released once CHANGELOG.md has a heading for it: from then on its rows stay, and
    a change of data or results needs a new version. Rows of earlier versions stay as well.
    """
    path = artifacts / VERSIONS
    kept = read_rows(path) if path.exists() else []
    rows = {(row["report"], row["version"]): row for row in kept}
    for report, found in manifests.items():
        key = (report, found["version"])
        cells = (*key, found["data"], found["outputs"]["results.json"])
        row = dict(zip(COLUMNS, cells, strict=True))
        if key in rows and rows[key] != row and _is_released(artifacts, found["version"]):
            words = "is released with other data or results: raise the version"
            progress(f"version {found['version']} of {report} {words}")
        elif found["version"]:
            rows[key] = row
    return list(rows.values())


def _is_released(artifacts: Path, version: str) -> bool:
    changelog = artifacts.parent / "CHANGELOG.md"
    text = changelog.read_text(encoding="utf-8") if changelog.exists() else ""
    return bool(re.search(RELEASED.format(re.escape(version)), text, flags=re.MULTILINE))


def list_doors(outputs: Container[str], folder: str = "") -> list[dict[str, str]]:
    """Return the ways into a report's pages that it has, as doors.csv words them.

    Parameters
    ----------
    outputs : container of str
        Paths of the report's artifacts.
    folder : str
        The report's folder, as seen from the page with the doors.

    Returns
    -------
    list of dict
        `door`, `words` and `address` of each.
    """
    rows = read_rows(ASSETS / "pages" / "doors.csv")
    return [row | {"address": folder + row["address"]} for row in rows if row["needs"] in outputs]


def _list_reports(manifests: dict[str, dict], language: str, editions: Collection[str]) -> str:
    """Return the suite's front page: each report with its doors and what was found.

    In Chinese a report without pages in Chinese leads to those in English.
    """
    pages = ASSETS / "pages"
    chinese = language == "zh"
    say = read_phrases(pages / "zh.csv").tell if chinese else str
    section = Template((pages / "suite_report.html").read_text(encoding="utf-8"))
    sections = []
    for report, found in manifests.items():
        own = chinese and CHINESE in found["outputs"]
        folder = f"{'../' if chinese else ''}{report}/{'zh/' if own else ''}"
        doors = [
            DOOR.format(escape(door["address"]), *(escape(say(door[n])) for n in ("door", "words")))
            for door in list_doors(found["outputs"], folder)
        ]
        findings = [
            FINDING.format(escape(folder), escape(finding["stem"]), escape(finding["lead"]))
            for finding in found.get("findings_zh" if own else "findings", [])
        ]
        titles = [found["title_en"], found["title_zh"]][:: -1 if chinese else 1]
        title, original = (*filter(None, titles), "")[:2]
        words = {"folder": folder, "title": title, "original": original}
        words = {name: escape(text) for name, text in words.items()}
        words["language"] = "en" if chinese else "zh"
        sections.append(
            section.substitute(
                words, id=escape(report), doors="\n".join(doors), findings="\n".join(findings)
            )
        )
    versions = ", ".join(sorted({found["version"] for found in manifests.values()}))
    name = "suite_zh.html" if chinese else "suite.html"
    page = Template((pages / name).read_text(encoding="utf-8"))
    switch = SWITCH if "zh" in editions else ""
    whole = page.substitute(
        reports="".join(sections).rstrip(), version=escape(versions), switch=switch
    )
    return mark_lacking(whole)
