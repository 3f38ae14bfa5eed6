"""Every kept page on paper, with the style of today: nothing is cut and nothing sticks out."""

import asyncio
import shutil
from pathlib import Path

import pytest
from chromium import find_browser, open_page
from study import REPORT_ID

from hyreport.paths import ARTIFACTS, ASSETS

PAGES = sorted(path.name for path in (ARTIFACTS / REPORT_ID).glob("*.html"))
# Width of the printed area in CSS pixels: paper less the browser's own margins, and less an inch.
PAPERS = {"A4": 717, "Letter": 739, "A4, wide margins": 602, "Letter, wide margins": 624}
# What an element hides cannot be scrolled to on paper; what sticks out is cut by the paper's edge.
MEASURE = """
(() => {
  const seen = [...document.body.querySelectorAll("*")].filter((one) =>
    one.checkVisibility() && one.className !== "skip" && !one.closest("svg svg"));
  const name = (one) => `${one.localName}.${one.className}: ${one.textContent.slice(0, 40)}`;
  return {
    width: document.documentElement.clientWidth,
    pre: seen.filter((one) => one.localName === "pre").length,
    cut: seen.filter((one) => getComputedStyle(one).overflowX !== "visible"
      && one.scrollWidth > one.clientWidth + 1).map(name),
    outside: seen.filter((one) => one.getBoundingClientRect().right >
      document.documentElement.clientWidth + 1).map(name),
    navigation: seen.filter((one) => one.localName === "nav").map(name),
  };
})()
"""
pytestmark = pytest.mark.full


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Path:
    """Return a copy of the kept pages with the style as it now stands in the project."""
    copy = tmp_path_factory.mktemp("site") / "pages"
    shutil.copytree(ARTIFACTS, copy)
    shutil.copyfile(ASSETS / "pages" / "pages.css", copy / "assets" / "pages.css")
    return copy / REPORT_ID


def measure(page_file: Path, profile: Path) -> dict[str, dict]:
    """Return what is cut or sticks out on each paper."""
    if not find_browser():
        pytest.skip("no Chromium on this machine")

    async def run():
        async with open_page(find_browser(), profile) as page:
            await page.call("Emulation.setEmulatedMedia", media="print")
            await page.open(page_file.as_uri())
            found = {}
            for paper, width in PAPERS.items():
                size = {"width": width, "height": 1000, "deviceScaleFactor": 1, "mobile": False}
                await page.call("Emulation.setDeviceMetricsOverride", **size)
                found[paper] = await page.evaluate(MEASURE)
            return found

    return asyncio.run(run())


@pytest.mark.parametrize("name", PAGES)
def test_a_printed_page_cuts_nothing(site, tmp_path, name):
    for paper, found in measure(site / name, tmp_path / "profile").items():
        assert PAPERS[paper] - 20 <= found["width"] <= PAPERS[paper], paper
        assert (found["cut"], found["outside"], found["navigation"]) == ([], [], []), paper


def test_a_cut_and_an_overhang_are_found(tmp_path):
    page = tmp_path / "page.html"
    wide = "<div style='width: 2000px'>wide</div>"
    html = f"<html><body><pre style='overflow-x: auto'>{'word ' * 99}</pre>{wide}</body></html>"
    page.write_text(html, encoding="utf-8")
    for found in measure(page, tmp_path / "profile").values():
        assert len(found["cut"]) == 1 and "pre" in found["cut"][0]
        assert any("wide" in one for one in found["outside"])
