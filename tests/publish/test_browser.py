"""Every committed page in headless Chromium: no error, nothing from outside, no barrier.

Each kind of look goes through all pages in one browser.
"""

import asyncio
import json
import re
import shutil
import subprocess
import tarfile
from pathlib import Path

import pytest
from chromium import find_browser, open_page
from study import REPORT_ID

from hyreport.paths import ARTIFACTS

AXE = "axe-core@4.14.1"
WIDTHS = (500, 1200)
# What axe looks at: in the dark nothing but colours is another; colours are those of classes.
LOOKS = {
    "light": {"resultTypes": ["violations"]},
    "dark": {"runOnly": ["cat.color"]},
    "words": {"resultTypes": ["violations"], "rules": {"color-contrast": {"enabled": False}}},
}
PATIENCE = 1200  # seconds
# Files are not among the resources that Chromium lists: what is listed came from elsewhere.
LIST_LOADED = """
(async () => {
  const fonts = await Promise.allSettled([...document.fonts].map((font) => font.load()));
  return {
    outside: performance.getEntriesByType("resource").map((entry) => entry.name),
    broken: [...document.images].filter((image) => !image.naturalWidth).map((image) => image.src),
    fonts: fonts.map((font) => font.status),
    rules: [...document.styleSheets].map((sheet) => sheet.cssRules.length > 50),
    wide: document.documentElement.scrollWidth > innerWidth,
  };
})()
"""
FOLLOW_LINKS = """
(() => {
  const leads = (link) => document.getElementById(decodeURIComponent(link.hash.slice(1)));
  const shown = (link) => link.offsetWidth;  // of several arrows one is
  const links = [...document.querySelectorAll("a.evidence-link, a.back")].filter(shown);
  return {
    links: links.length,
    lost: links.filter((link) => !leads(link)).map((link) => link.hash),
    without_focus: links.filter((link) => {
      link.focus({ focusVisible: true });
      const style = getComputedStyle(link);
      return document.activeElement !== link || style.outlineStyle !== "solid";
    }).map((link) => link.hash),
    one_way: links
      .filter((link) => link.className === "evidence-link")
      .filter((link) => !leads(link).closest("tr").querySelector(".back"))
      .map((link) => link.hash),
  };
})()
"""
RUN_AXE = """
(async (options) => {
  document.querySelectorAll("details").forEach((fold) => fold.open = true);
  // The rows of a long table are of few kinds.
  document.querySelectorAll("tbody tr:nth-child(n + 31)").forEach((row) => row.remove());
  const found = await axe.run(options);
  return {
    dark: matchMedia("(prefers-color-scheme: dark)").matches,
    passes: found.passes.length,
    violations: found.violations
      .filter((rule) => ["serious", "critical"].includes(rule.impact))
      .map((rule) => [rule.id, rule.nodes.slice(0, 5).map((node) => node.html)]),
  };
})
"""
FOLDER = ARTIFACTS / REPORT_ID
PAGES = sorted(path.name for path in FOLDER.glob("*.html"))
PAGES += [f"zh/{path.name}" for path in sorted((FOLDER / "zh").glob("*.html"))]
PAGES += ["../index.html", "../zh/index.html"]
PANEL = ("index", "01_holdings", "05_next_target", "06_one_place", "places", "place_43")
PAGES += [f"../many_reports/zh/{name}.html" for name in PANEL]
ANY = ARTIFACTS / "hengyang-2021" / "zh"  # of a report without a study
PAGES += [f"../hengyang-2021/zh/{path.name}" for path in sorted(ANY.glob("*.html"))]
# Front pages, the glossary and lists of all figures or places have no evidence of their own.
FEW = re.compile("index|glossary|figures.html|place(s|_43).html|02_revenue")
WITH_EVIDENCE = [name for name in PAGES if not FEW.search(name)]
pytestmark = pytest.mark.full


@pytest.fixture(scope="module")
def browser() -> str:
    if not find_browser():
        pytest.skip("no Chromium on this machine")
    return find_browser()


@pytest.fixture(scope="module")
def axe(tmp_path_factory) -> str:
    npm = shutil.which("npm")
    if not npm:
        pytest.skip("npm, which brings axe-core, is not installed")
    folder = tmp_path_factory.mktemp("axe")
    done = subprocess.run([npm, "pack", AXE], cwd=folder, capture_output=True, timeout=120)
    packed = next(folder.glob("*.tgz"), None)
    if done.returncode or not packed:
        pytest.skip(f"network: npm could not fetch {AXE}")
    with tarfile.open(packed) as archive:
        return archive.extractfile("package/axe.min.js").read().decode("utf-8")


@pytest.fixture(scope="module")
def visit(browser, tmp_path_factory):
    """Return what goes through pages in one browser, with a look at each."""

    def visit(look, *pages: Path) -> list:
        async def go() -> list:
            profile = tmp_path_factory.mktemp("browser") / "profile"
            async with open_page(browser, profile, give_up=PATIENCE) as tab:
                return [await look(tab, page.resolve().as_uri()) for page in pages]

        return asyncio.run(go())

    return visit


def visit_all(visit, look, names: list[str]) -> dict:
    """Return what a look finds on each committed page."""
    found = visit(look, *(FOLDER / name for name in names))
    return dict(zip(names, found, strict=True))


async def list_loaded(tab, address: str) -> dict[int, tuple[dict, list[str]]]:
    """Return what a page loaded and what went wrong, by the width of the window."""
    found = {}
    for width in WIDTHS:
        tab.problems.clear()
        size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
        await tab.call("Emulation.setDeviceMetricsOverride", **size)
        await tab.open(address)
        found[width] = await tab.evaluate(LIST_LOADED), [*tab.problems]
    return found


async def follow_links(tab, address: str) -> dict:
    await tab.open(address)
    return await tab.evaluate(FOLLOW_LINKS)


def list_looks() -> dict[str, list[str]]:
    """Return how axe looks at each page, by its address."""
    looks, seen = {}, set()
    for page in (FOLDER / name for name in PAGES):
        address, html = page.resolve().as_uri(), page.read_text(encoding="utf-8")
        classes = {one for words in re.findall(' class="(.*?)"', html) for one in words.split()}
        # Where a page has a class that none before it had, its colours are looked at too.
        looks[address] = ["light", "dark"] if classes - seen else ["words"]
        seen |= classes
    return looks


@pytest.fixture(scope="module")
def run_axe(axe):
    looks = list_looks()

    async def run_axe(tab, address: str) -> dict[str, dict]:
        await tab.open(address)
        await tab.evaluate(axe)
        found = {}
        for look in looks.get(address, ("light", "dark")):
            scheme = "dark" if look == "dark" else "light"
            feature = {"name": "prefers-color-scheme", "value": scheme}
            await tab.call("Emulation.setEmulatedMedia", features=[feature])
            found[look] = await tab.evaluate(f"{RUN_AXE}({json.dumps(LOOKS[look])})")
        return found

    return run_axe


@pytest.fixture(scope="module")
def loaded(visit) -> dict:
    return visit_all(visit, list_loaded, PAGES)


@pytest.fixture(scope="module")
def followed(visit) -> dict:
    return visit_all(visit, follow_links, WITH_EVIDENCE)


@pytest.fixture(scope="module")
def judged(visit, run_axe) -> dict:
    return visit_all(visit, run_axe, PAGES)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_loads_whole_and_nothing_from_outside(loaded, name, width):
    found, problems = loaded[name][width]
    assert problems == []
    assert found == {
        "outside": [],
        "broken": [],
        "fonts": ["fulfilled", "fulfilled"],
        "rules": [True],
        "wide": False,
    }


def test_a_page_that_loads_from_outside_or_fails_is_found_out(visit, tmp_path):
    page = tmp_path / "page.html"
    address = "http://outside.invalid/x.png"
    wide = '<div style="width: 700px">x</div>'
    image = f'<img src="{address}" alt=""><script>missing()</script>{wide}'
    page.write_text(f"<html><head></head><body>{image}</body></html>", encoding="utf-8")
    (by_width,) = visit(list_loaded, page)
    for width, (found, problems) in by_width.items():
        assert found["outside"] == found["broken"] == [address]
        assert found["wide"] is (width == 500)
        assert [problem for problem in problems if "missing is not defined" in problem]


@pytest.mark.parametrize("name", WITH_EVIDENCE)
def test_the_keyboard_reaches_the_evidence_and_comes_back(followed, name):
    found = dict(followed[name])
    assert found.pop("links") > 10
    assert found == {"lost": [], "without_focus": [], "one_way": []}


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_no_serious_violation(judged, name):
    assert judged[name]
    for look, found in judged[name].items():
        assert found["dark"] == (look == "dark")
        assert found["passes"] > (0 if look == "dark" else 20), look
        assert found["violations"] == [], look


def test_axe_finds_a_violation_where_there_is_one(visit, run_axe, tmp_path):
    page = tmp_path / "page.html"
    pale = "<p style='color: #eee; background: #fff'>pale</p>"
    html = f"<html><head></head><body><img src='data:,'>{pale}</body></html>"
    page.write_text(html, encoding="utf-8")
    (found,) = visit(run_axe, page)
    light, dark = ({rule for rule, _ in found[look]["violations"]} for look in ("light", "dark"))
    assert {"image-alt", "html-has-lang", "color-contrast"} <= light
    assert dark == {"color-contrast"}
