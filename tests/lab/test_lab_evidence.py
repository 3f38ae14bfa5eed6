"""In JupyterLab a number in the text leads to its evidence, before anything runs and after."""

import json
import re
from pathlib import Path

import pytest
import test_lab
from test_lab import visit

from hyreport.lab import launch as lab
from hyreport.paths import ARTIFACTS, NOTEBOOKS, ROOT
from hyreport.publish.editions import NOTES
from hyreport.publish.manifest import read_json

# JupyterLab is started there, on a copy of the project.
jupyterlab, browser, project = test_lab.jupyterlab, test_lab.browser, test_lab.project
address = test_lab.address
LAST = "06_forecast_appendix.ipynb"
KEPT = ARTIFACTS / "hengyang-2018" / "notebooks" / LAST
FIRST_NUMBER = "1.40", "result:mae_theta"
OPEN = """
(async (path) => {
  window.until = async (holds) => {
    while (!holds()) await new Promise(requestAnimationFrame);
  };
  await until(() => window.jupyterapp);
  const app = window.jupyterapp;
  await app.restored;
  const panel = window.panel =
    await app.commands.execute("docmanager:open", {path, factory: "Notebook"});
  await panel.context.ready;
  app.shell.activateById(panel.id);
  await until(() => panel.node.querySelector(".jp-RenderedMarkdown a[href^='#result:']"));
  return app.hasPlugin("hyreport:evidence");
})
"""
RUN_ALL = """
(async () => {
  await panel.sessionContext.ready;
  const { kernel } = panel.sessionContext.session;
  await window.jupyterapp.commands.execute("notebook:run-all-cells");
  await until(() => kernel.status === "idle");
  return panel.content.model.sharedModel.toJSON().cells
    .filter((cell) => cell.cell_type === "code" && !cell.execution_count).length;
})()
"""
# As a reader does: the first number that leads to evidence is clicked.
CLICK = """
(async () => {
  const link = panel.node.querySelector(".jp-RenderedMarkdown a[href^='#result:']");
  link.scrollIntoView();
  const scroller = panel.node.querySelector(".jp-WindowedPanel-outer");
  const before = scroller.scrollTop;
  link.click();
  const side = () => document.getElementById("hyreport-evidence")?.contentDocument;
  await until(() => side()?.querySelector(":target")?.offsetHeight);
  await side().fonts.ready;
  const row = side().querySelector(":target");
  const box = row.getBoundingClientRect();
  return {
    number: link.textContent,
    row: row.id,
    words: row.textContent,
    seen: box.top >= 0 && box.top < side().defaultView.innerHeight,
    styled: side().styleSheets[0].cssRules.length > 50,
    filtered: !side().querySelector(".filter").hidden,
    still: scroller.scrollTop === before,
  };
})()
"""
# A card, as a cell shows it, leads there too.
CARD = """
(async () => {
  const cell = panel.content.widgets.find((one) => one.model.type === "code");
  cell.model.sharedModel.setSource('import hyreport as hy\\nhy.figure("gdp.level.2017")');
  panel.content.activeCellIndex = panel.content.widgets.indexOf(cell);
  await panel.sessionContext.ready;
  await window.jupyterapp.commands.execute("notebook:run-cell");
  await until(() => cell.node.querySelector(".figure-card a"));
  cell.node.querySelector(".figure-card a").click();
  const side = () => document.getElementById("hyreport-evidence")?.contentDocument;
  await until(() => side()?.querySelector(":target")?.offsetHeight);
  return side().querySelector(":target").id;
})()
"""
# A notebook of nothing but text leads to its own evidence, whatever else is open.
LEAD_AND_RETURN = """
(async (id) => {
  await until(() => panel.content.widgets.every((cell) => !cell.isPlaceholder()));
  const scroller = panel.node.querySelector(".jp-WindowedPanel-outer");
  const seen = (node) => {
    const top = node.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
    return top >= -1 && top < scroller.offsetHeight;
  };
  const link = panel.node.querySelector(`.jp-RenderedMarkdown a[href='#${id}']`);
  link.click();
  const row = panel.node.querySelector(`[data-jupyter-id='${id}']`);
  let frames = 0;  // what is drawn on the way must not move it away again
  await until(() => (frames = seen(row) ? frames + 1 : 0) > 90);
  const words = row.textContent;
  [...row.querySelectorAll("a")].find((one) => one.textContent === "↑").click();
  await until(() => seen(link) && !seen(row));
  return {
    words,
    trusted: panel.content.model.cells.get(3).trusted,
    side: Boolean(document.getElementById("hyreport-evidence")),
  };
})
"""


def find_in_lab(path: Path) -> str:
    """Return the path of a file as JupyterLab, which has its own root, has it."""
    (root,) = (option for option in lab.lab_options([]) if "root_dir" in option)
    return path.relative_to(root.partition("=")[2]).as_posix()


def click_in(browser, address, profile, path: str, *, run: bool) -> dict:
    scripts = [f"{OPEN}({json.dumps(path)})", *([RUN_ALL] if run else []), CLICK]
    (loaded, *ran, found), problems = visit(browser, address, profile, *scripts)
    assert loaded and ran == [0] * run and problems == []
    return found


@pytest.mark.full
@pytest.mark.parametrize("run", [False, True], ids=["before anything ran", "after Run All"])
def test_the_first_number_of_the_last_notebook_leads_to_its_evidence(
    browser, address, tmp_path, run
):
    path = find_in_lab(NOTEBOOKS / LAST)
    found = click_in(browser, address, tmp_path / "profile", path, run=run)
    assert "mean absolute error" in found.pop("words")
    assert found == {
        "number": FIRST_NUMBER[0],
        "row": FIRST_NUMBER[1],
        "seen": True,
        "styled": True,
        "filtered": True,
        "still": True,
    }


@pytest.mark.full
def test_a_kept_notebook_leads_to_its_own_evidence_untrusted(browser, address, project, tmp_path):
    kept = project / "notebooks" / "kept.ipynb"
    kept.write_bytes(KEPT.read_bytes())
    scripts = [
        # Another notebook with the same evidence is open too.
        f"{OPEN}({json.dumps(find_in_lab(NOTEBOOKS / 'kept.ipynb'))})",
        f"{OPEN}({json.dumps(find_in_lab(NOTEBOOKS / 'again.ipynb'))})",
        f"{LEAD_AND_RETURN}({json.dumps(FIRST_NUMBER[1])})",
    ]
    (project / "notebooks" / "again.ipynb").write_bytes(KEPT.read_bytes())
    (*_, found), problems = visit(browser, address, tmp_path / "profile", *scripts)
    assert found["words"].startswith("1.40 [1.36, 1.43] percentage points")
    assert (found["trusted"], found["side"], problems) == (False, False, [])


@pytest.mark.full
def test_the_card_of_a_figure_leads_to_its_row(browser, address, tmp_path):
    path = find_in_lab(NOTEBOOKS / LAST)
    scripts = [f"{OPEN}({json.dumps(path)})", CARD]
    (_, row), problems = visit(browser, address, tmp_path / "profile", *scripts)
    assert (row, problems) == ("gdp.level.2017", [])


def test_every_number_of_a_kept_notebook_has_its_evidence_in_it():
    folder = ARTIFACTS / "hengyang-2018"
    paths = sorted(folder.rglob("*.ipynb"))
    assert len(paths) > len(list(NOTEBOOKS.glob("[0-9]*.ipynb")))
    for path in paths:
        *cells, last = read_json(path)["cells"]
        text = "\n".join("".join(c["source"]) for c in cells if c["cell_type"] == "markdown")
        source = "".join(last["source"])
        assert last["id"] == NOTES and "$" not in source
        ids = re.findall(r'\bid="([^"]+)"', source)
        assert set(re.findall(r"\]\(#([^)]+)\)", text)) <= set(ids), path
        assert len(ids) == len(set(ids))
        leads_to = {cell["id"] for cell in cells}
        assert set(re.findall(r'href="#cell-id=([^"]+)"', source)) <= leads_to, path
        student = path.stem == "05_case_study"
        assert (re.search("doubt:|疑点:", source) is not None) is not student


def test_the_extension_is_found_where_the_options_say():
    (option,) = (one for one in lab.lab_options([]) if "extra_labextensions_path" in one)
    folder = Path(option.partition("=")[2])
    about = read_json(folder / "hyreport" / "package.json")["jupyterlab"]
    assert (folder / "hyreport" / about["_build"]["load"]).is_file()
    assert folder.is_relative_to(ROOT)
