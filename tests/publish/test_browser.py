"""Every committed page in headless Chromium: no error, nothing from outside, no barrier.

A copy of each page gets a script of the test's own, which writes what it finds into the page.
"""

import json
import re
import shutil
import subprocess
import tarfile
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from chromium import find_browser
from study import REPORT_ID

from hyreport.paths import ARTIFACTS

AXE = "axe-core@4.14.1"
OPTIONS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--allow-file-access-from-files",
    "--proxy-server=127.0.0.1:9",  # nothing answers there: no network
    "--proxy-bypass-list=<-loopback>",
    "--enable-logging=stderr",
    "--virtual-time-budget=20000",
    "--dump-dom",
)
WRITE = """
function write(found) {
  const note = document.createElement("pre");
  note.id = "found";
  note.textContent = JSON.stringify(found);
  document.body.append(note);
}
"""
# Files are not among the resources that Chromium lists: what is listed came from elsewhere.
LIST_LOADED = """
addEventListener("load", async () => {
  const fonts = await Promise.allSettled([...document.fonts].map((font) => font.load()));
  write({
    outside: performance.getEntriesByType("resource").map((entry) => entry.name),
    broken: [...document.images].filter((image) => !image.naturalWidth).map((image) => image.src),
    fonts: fonts.map((font) => font.status),
    rules: [...document.styleSheets].map((sheet) => sheet.cssRules.length > 50),
    wide: document.documentElement.scrollWidth > innerWidth,
  });
});
"""
FOLLOW_LINKS = """
addEventListener("load", () => {
  const leads = (link) => document.getElementById(decodeURIComponent(link.hash.slice(1)));
  const shown = (link) => link.offsetWidth;  // of several arrows one is
  const links = [...document.querySelectorAll("a.evidence-link, a.back")].filter(shown);
  write({
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
  });
});
"""
RUN_AXE = """
document.addEventListener("DOMContentLoaded", () =>
  document.querySelectorAll("details").forEach((fold) => fold.open = true));
addEventListener("load", () => axe.run().then((found) => write({
  dark: matchMedia("(prefers-color-scheme: dark)").matches,
  passes: found.passes.length,
  violations: found.violations
    .filter((rule) => ["serious", "critical"].includes(rule.impact))
    .map((rule) => [rule.id, rule.nodes.slice(0, 5).map((node) => node.html)]),
})));
"""
PAGES = sorted(path.name for path in (ARTIFACTS / REPORT_ID).glob("*.html"))
PAGES += [f"zh/{path.name}" for path in sorted((ARTIFACTS / REPORT_ID / "zh").glob("*.html"))]
PAGES += ["../index.html", "../zh/index.html"]
PANEL = ("index", "01_holdings", "05_next_target", "06_one_place", "places", "place_43")
PAGES += [f"../many_reports/zh/{name}.html" for name in PANEL]
ANY = ARTIFACTS / "hengyang-2021" / "zh"  # of a report without a study
PAGES += [f"../hengyang-2021/zh/{path.name}" for path in sorted(ANY.glob("*.html"))]
# Pages with few links to evidence, or none.
FEW = re.compile("index|glossary|figures.html|place(s|_43).html|02_revenue")
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
def site(tmp_path_factory) -> Path:
    copy = Path(shutil.copytree(ARTIFACTS, tmp_path_factory.mktemp("site") / "pages"))
    return copy / REPORT_ID


def open_page(browser: str, page: Path, script: str, *options: str) -> tuple[dict, list[str]]:
    """Open a copy of a page with a script in it; return what it found and the console's lines."""
    with_script = page.with_name(f"open-{page.name}")
    html = page.read_text(encoding="utf-8")
    code = f"<script>{WRITE}{script}</script></head>"
    with_script.write_text(html.replace("</head>", code, 1), encoding="utf-8")
    profile = page.parent / "profile"
    command = [browser, *OPTIONS, *options, f"--user-data-dir={profile}", with_script.as_uri()]
    done = subprocess.run(command, capture_output=True, timeout=180)
    shutil.rmtree(profile, ignore_errors=True)
    found = BeautifulSoup(done.stdout.decode("utf-8"), "html.parser").find(id="found")
    assert found, done.stderr.decode("utf-8", "replace")[-2000:]
    lines = done.stderr.decode("utf-8", "replace").splitlines()
    return json.loads(found.get_text()), [line for line in lines if "CONSOLE" in line]


@pytest.mark.parametrize("width", [500, 1200])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_loads_whole_and_nothing_from_outside(browser, site, name, width):
    found, console = open_page(browser, site / name, LIST_LOADED, f"--window-size={width},900")
    assert console == []
    assert found == {
        "outside": [],
        "broken": [],
        "fonts": ["fulfilled", "fulfilled"],
        "rules": [True],
        "wide": False,
    }


def test_a_page_that_loads_from_outside_or_fails_is_found_out(browser, tmp_path):
    page = tmp_path / "page.html"
    address = "http://outside.invalid/x.png"
    image = f'<img src="{address}" alt=""><script>missing()</script>'
    page.write_text(f"<html><head></head><body>{image}</body></html>", encoding="utf-8")
    found, console = open_page(browser, page, LIST_LOADED)
    assert found["outside"] == found["broken"] == [address]
    assert len(console) == 1 and "missing is not defined" in console[0]


# Front pages, the glossary and lists of all figures or places have no evidence of their own.
@pytest.mark.parametrize("name", [n for n in PAGES if not FEW.search(n)])
def test_the_keyboard_reaches_the_evidence_and_comes_back(browser, site, name):
    found, _ = open_page(browser, site / name, FOLLOW_LINKS)
    assert found.pop("links") > 10
    assert found == {"lost": [], "without_focus": [], "one_way": []}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_no_serious_violation(browser, axe, site, name, scheme):
    setting = f"--blink-settings=preferredColorScheme={0 if scheme == 'dark' else 1}"
    found, _ = open_page(browser, site / name, axe + RUN_AXE, setting)
    assert found["dark"] == (scheme == "dark") and found["passes"] > 20
    assert found["violations"] == []


def test_axe_finds_a_violation_where_there_is_one(browser, axe, tmp_path):
    page = tmp_path / "page.html"
    html = "<html><head></head><body><img src='data:,'></body></html>"
    page.write_text(html, encoding="utf-8")
    found, _ = open_page(browser, page, axe + RUN_AXE)
    assert {"image-alt", "html-has-lang"} <= {rule for rule, _ in found["violations"]}
