"""JupyterLab as `run.py lab` starts it: the right kernel, nothing kept, all to be seen."""

import asyncio
import hashlib
import importlib.util
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.request import Request, urlopen

import nbformat
import pytest
from chromium import find_browser, open_page
from study import REPORT_ID

from hyreport.errors import HyreportError
from hyreport.lab import launch as lab
from hyreport.paths import ASSETS, NOTEBOOKS, ROOT

NAMES = sorted(path.name for path in NOTEBOOKS.glob("[0-9][0-9]_*.ipynb"))
TAKEN_ALONG = ("artifacts", "data", "hyreport", "notebooks", "pyproject.toml")
WHERE = "import sys, hyreport; print(sys.prefix, hyreport.__file__, sep='\\n')"
# A promise each: nothing here waits for a time to pass and calls that success.
OPEN_AND_RUN = """
(async (path) => {
  const until = async (holds) => { while (!holds()) await new Promise(requestAnimationFrame); };
  await until(() => window.jupyterapp);
  const app = window.jupyterapp;
  await app.restored;
  const panel = window.panel =
    await app.commands.execute("docmanager:open", {path, factory: "Notebook"});
  await panel.context.ready;
  await panel.sessionContext.ready;
  app.shell.activateById(panel.id);
  await until(() => app.shell.currentWidget === panel);
  const kernel = panel.sessionContext.session.kernel;
  await kernel.info;
  await until(() => kernel.status === "idle");
  const changed = panel.context.model.dirty;
  await app.commands.execute("notebook:run-all-cells");
  await until(() => kernel.status === "idle");
  // JupyterLab draws the cells below the window later, when it has time.
  await until(() => panel.content.widgets.every((cell) => !cell.isPlaceholder()));
  const cells = panel.content.model.sharedModel.toJSON().cells;
  const outputs = cells.flatMap((cell) => cell.outputs ?? []);
  const html = outputs.map((output) => output.data?.["text/html"]).filter(Boolean)
    .map((text) => [text].flat().join("")).filter((text) => text.includes("<table"));
  const searchable = html.filter((text) => text.includes("itables")).length;
  const shown = (selector) => [...panel.node.querySelectorAll(selector)];
  await until(() => shown(".dt-container").length === searchable);
  const images = shown(".jp-OutputArea-output img:not(.widget-image)");
  await Promise.all(images.map((image) => image.decode()));
  return {
    changed,
    not_run: cells.filter((cell) => cell.cell_type === "code" && !cell.execution_count).length,
    errors: outputs.filter((output) => output.output_type === "error").map((one) => one.evalue),
    stderr: outputs.filter((output) => output.name === "stderr").map((one) => one.text),
    charts: outputs.filter((output) => output.data?.["image/png"]).length,
    images: images.filter((image) => image.offsetWidth > 300).length,
    html: html.length,
    tables: shown(".jp-RenderedHTML").filter((node) =>
      [...node.querySelectorAll("table")].some((table) => table.offsetHeight > 20)).length,
    cards: shown(".figure-card").length,
    searchable,
  };
})
"""
ASK_KERNEL = """
(async (code) => {
  const future = panel.sessionContext.session.kernel.requestExecute({code});
  let said = "";
  future.onIOPub = (message) => { said += message.content.text ?? ""; };
  await future.done;
  return said.trim().split("\\n");
})
"""
# Two characters that look alike on the screen are two boxes for what no font holds.
DRAW_CHINESE = """
(async () => {
  const family = getComputedStyle(panel.node.querySelector(".jp-RenderedHTMLCommon")).fontFamily;
  const loaded = await document.fonts.load('16px "Hyreport Sans SC"', "衡");
  const draw = (text) => {
    const canvas = document.createElement("canvas");
    const pen = canvas.getContext("2d");
    pen.font = `48px ${family}`;
    pen.fillText(text, 0, 60);
    return canvas.toDataURL();
  };
  return {
    named: family.includes("Hyreport Sans SC"),
    loaded: loaded.map((face) => face.status),
    told_apart: new Set([..."衡阳税收亿"].map(draw)).size,
  };
})()
"""
# A chart of a reader's own, in a style that names its fonts; a new notebook has no more than this.
OWN_CHART = """
import hyreport as hy
import seaborn as sns

sns.set_theme()
axes = sns.barplot(hy.load_figures().head(8), y="name_zh", x="value")
axes.set_title("衡阳：下降 −4.5%")
"""
SEARCH = """
(async () => {
  const table = [...panel.node.querySelectorAll(".dt-container")].find((one) =>
    one.textContent.includes("All doubts"));
  const rows = () => table.querySelectorAll("tbody tr").length;
  const before = rows();
  const field = table.querySelector("input[type=search]");
  field.value = "512.5";
  field.dispatchEvent(new Event("input", {bubbles: true}));
  while (rows() === before) await new Promise(requestAnimationFrame);
  return [before, rows(), table.querySelector("tbody").textContent];
})()
"""
LIST_FOLDER = """
(async () => (await window.jupyterapp.serviceManager.contents.get("")).content
  .map((entry) => entry.name))()
"""
# A card of many inputs, a table with sentences, and the sliders, each as someone uses it.
USED = """
import hyreport as hy

report = hy.Report()
ids = report.figures.query("unit == 'percent'")["figure_id"].head(9)
numbers = {f"n{place}": hy.figure(name) for place, name in enumerate(ids)}
hy.keep(hy.compute(lambda **all: sum(all.values()), unit="percent", formula="sum", **numbers), "a")
display(hy.show(hy.load_figures()[["figure_id", "as_printed", "doubt"]].iloc[:3]))
hy.revenue.tax_panel(report)
"""
USE = """
(async () => {
  const until = async (holds) => { while (!holds()) await new Promise(requestAnimationFrame); };
  const find = (selector) => panel.node.querySelector(selector);
  await until(() => find(".noUi-handle") && find(".widget-image"));
  const fold = find(".figure-card details");
  const folded = fold.offsetHeight;
  find(".figure-card summary").click();
  await until(() => fold.offsetHeight > 3 * folded);
  const cell = find("td.cut");
  const cut = cell.offsetHeight;
  cell.focus();
  await until(() => cell.offsetHeight > 1.5 * cut);
  const image = find(".widget-image").src;
  const handle = find(".noUi-handle");
  handle.dispatchEvent(new KeyboardEvent("keydown", {key: "ArrowRight", bubbles: true}));
  await until(() => find(".widget-image").src !== image);
  const heads = [...panel.node.querySelectorAll("th[title]")].map((head) => head.title);
  return [folded < 40, cell.title.length > 60, heads];
})()
"""
LIST_OUTSIDE = """
performance.getEntriesByType("resource").map((entry) => entry.name)
  .filter((name) => !name.startsWith(location.origin) && !/^(data|blob):/.test(name))
"""


def test_options_keep_it_on_this_machine_with_its_token():
    options = lab.lab_options(["--no-browser", "--ServerApp.root_dir=/"])
    assert "--ServerApp.ip=127.0.0.1" in options and "--no-browser" in options
    assert [option for option in options if "root_dir" in option][-1].endswith(f"={ROOT}")
    assert not any("token" in option or "password" in option for option in options)


def test_the_kernel_of_this_environment_comes_first(monkeypatch):
    monkeypatch.setenv("JUPYTER_PATH", "elsewhere")
    first, second = lab.lab_variables()["JUPYTER_PATH"].split(os.pathsep)
    assert Path(first).is_relative_to(sys.prefix) and second == "elsewhere"


def test_the_style_names_fonts_that_lie_beside_it():
    css = (ASSETS / "lab" / "custom.css").read_text(encoding="utf-8")
    named = re.findall(r'url\("([^"]+)"\)', css)
    assert len(named) == 2 and "://" not in css
    folders = [Path(folder) for folder in lab.custom_style()["static_custom_path"]]
    assert all(any((folder / name).is_file() for folder in folders) for name in named)


def test_without_jupyterlab_the_message_names_the_command(monkeypatch):
    monkeypatch.setitem(sys.modules, "jupyterlab", None)
    with pytest.raises(HyreportError, match=r"python run\.py lab"):
        lab.open_lab([], "hengyang-2018")


def test_it_opens_at_the_first_notebook_of_the_report():
    assert lab.find_first("notebooks") == "notebooks/00_start_here.ipynb"
    assert lab.find_first("data") == "data"
    options = lab.lab_options([], lab.find_first("notebooks"))
    assert "--LabApp.default_url=/lab/tree/notebooks/00_start_here.ipynb" in options


def test_a_student_works_on_a_copy_that_is_never_overwritten(monkeypatch, tmp_path):
    monkeypatch.setattr(lab, "SCRATCH", tmp_path / "scratch")
    copy = lab.copy_student_edition(REPORT_ID)
    assert copy == tmp_path / "scratch" / REPORT_ID / "05_case_study.ipynb"
    assert "BEGIN SOLUTION" not in copy.read_text(encoding="utf-8")
    copy.write_text("my answers", encoding="utf-8")
    assert lab.copy_student_edition(REPORT_ID).read_text(encoding="utf-8") == "my answers"
    chinese = lab.copy_student_edition(REPORT_ID, "zh")
    assert chinese == tmp_path / "scratch" / REPORT_ID / "zh" / "05_case_study.ipynb"
    assert "你的答案" in chinese.read_text(encoding="utf-8")
    with pytest.raises(HyreportError, match="the student edition"):
        lab.copy_student_edition("none-2018")


@pytest.fixture(scope="module")
def jupyterlab():
    if importlib.util.find_spec("jupyterlab") is None:
        pytest.skip("JupyterLab is not installed: `python run.py lab --help` adds it")


@pytest.fixture(scope="module")
def browser(jupyterlab) -> str:
    if not find_browser():
        pytest.skip("no Chromium on this machine")
    return find_browser()


@pytest.fixture(scope="module")
def project(jupyterlab, tmp_path_factory) -> Path:
    """Return a copy of the project, in a folder with a space and Chinese in its name."""
    copy = tmp_path_factory.mktemp("lab") / "实验 室"
    copy.mkdir()
    ignored = shutil.ignore_patterns("__pycache__", ".*")
    for name in TAKEN_ALONG:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, copy / name, ignore=ignored)
        else:
            shutil.copyfile(ROOT / name, copy / name)
    return copy


@contextmanager
def started_lab(project, home, *more):
    """Start JupyterLab on the copy as a new user would; give its process and its address."""
    decoy = home / "decoy" / "kernels" / "python3" / "kernel.json"
    decoy.parent.mkdir(parents=True)
    spec = {"argv": ["false"], "display_name": "Another Python", "language": "python"}
    decoy.write_text(json.dumps(spec), encoding="utf-8")
    variables = {name: value for name, value in os.environ.items() if "JUPYTER" not in name}
    variables |= {
        "HOME": str(home),
        "PYTHONPATH": str(project),
        "PYTHONUTF8": "1",
        "JUPYTER_PATH": str(home / "decoy"),
        "HYREPORT_KEEP": str(home / "kept"),
    }
    (home / "hyreport.py").write_text("raise SystemExit('taken')", encoding="utf-8")
    options = ["--no-browser", "--allow-root", "--ServerApp.port=0", "--expose-app-in-browser"]
    command = [sys.executable, "-P", "-m", "hyreport", "lab", *options, *more]
    log = home / "lab.log"
    with log.open("wb") as stream:
        server = subprocess.Popen(command, cwd=home, env=variables, stderr=stream, stdout=stream)
    try:
        yield server, asyncio.run(wait_for_address(server, log))
    finally:
        server.terminate()
        server.wait(timeout=60)


@pytest.fixture(scope="module")
def address(browser, project):
    with started_lab(project, project.parent / "home") as (_, address):
        yield address


def is_open(port: int) -> bool:
    with socket.socket() as client:
        return client.connect_ex(("127.0.0.1", port)) == 0


async def wait_for_address(server, log: Path) -> str:
    async with asyncio.timeout(120):
        while server.poll() is None:
            said = log.read_text(encoding="utf-8", errors="replace")
            found = re.search(r"http://127\.0\.0\.1:(\d+)/lab[\w/.]*\?token=\w{20,}", said)
            # The server tells its address before it listens there.
            if found and is_open(int(found[1])):
                return found[0]
            await asyncio.sleep(0.1)
    raise AssertionError(log.read_text(encoding="utf-8", errors="replace")[-2000:])


def hash_files(project: Path) -> dict[str, str]:
    files = [path for name in ("artifacts", "data") for path in (project / name).rglob("*")]
    return {
        str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in files if path.is_file()
    }


def visit(browser, address, profile, *scripts):
    """Open JupyterLab and run scripts in it; return what they give, and what went wrong."""

    async def run():
        async with open_page(browser, profile) as page:
            # A workspace of its own: what an earlier visit had open is not restored.
            await page.open(
                re.sub(r"/lab\b.*\?", f"/lab/workspaces/{profile.parent.name}?", address)
            )
            given = [await page.evaluate(script) for script in scripts]
            return given, page.problems

    return asyncio.run(run())


@pytest.mark.full
@pytest.mark.parametrize("name", NAMES)
def test_a_notebook_runs_to_its_end_and_shows_all(browser, address, project, tmp_path, name):
    before = hash_files(project)
    scripts = (
        f"{OPEN_AND_RUN}({json.dumps(f'notebooks/{name}')})",
        f"{ASK_KERNEL}({json.dumps(WHERE)})",
        DRAW_CHINESE,
        LIST_OUTSIDE,
    )
    (found, kernel, chinese, outside), problems = visit(
        browser, address, tmp_path / "profile", *scripts
    )
    assert (found["not_run"], found["errors"], found["stderr"]) == (0, [], [])
    assert found["changed"] is False
    assert found["images"] == found["charts"] > 0
    assert found["tables"] == found["html"] > 0
    source = (NOTEBOOKS / name).read_text(encoding="utf-8")
    assert found["cards"] > 0 or not re.search(r'"hy\.(figure|compute)\(', source)
    assert kernel == [sys.prefix, str(project / "hyreport" / "__init__.py")]
    assert chinese == {"named": True, "loaded": ["loaded"], "told_apart": 5}
    assert (outside, problems) == ([], [])
    assert before and hash_files(project) == before
    assert not (project.parent / "home" / "kept").exists()


@pytest.mark.full
def test_a_long_table_can_be_searched(browser, address, tmp_path):
    run = f"{OPEN_AND_RUN}({json.dumps('notebooks/01_report_in_figures.ipynb')})"
    ((found, searched), _) = visit(browser, address, tmp_path / "profile", run, SEARCH)
    before, after, words = searched
    assert found["not_run"] == 0 and found["searchable"] == 2
    assert before > after == 1 and "512.5" in words


@pytest.mark.full
def test_a_chart_of_ones_own_shows_chinese_without_a_warning(browser, address, project, tmp_path):
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    cells = [nbformat.v4.new_code_cell(OWN_CHART)]
    notebook = nbformat.v4.new_notebook(cells=cells, metadata=kernel)
    nbformat.write(notebook, project / "notebooks" / "my_own.ipynb")
    ((found,), _) = visit(
        browser,
        address,
        tmp_path / "profile",
        f"{OPEN_AND_RUN}({json.dumps('notebooks/my_own.ipynb')})",
    )
    assert (found["not_run"], found["errors"], found["stderr"]) == (0, [], [])
    assert found["images"] == found["charts"] == 1


@pytest.mark.full
def test_cards_fold_sentences_unfold_and_sliders_move(browser, address, project, tmp_path):
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    cells = [nbformat.v4.new_code_cell(USED)]
    notebook = nbformat.v4.new_notebook(cells=cells, metadata=kernel)
    nbformat.write(notebook, project / "notebooks" / "used.ipynb")
    run = f"{OPEN_AND_RUN}({json.dumps('notebooks/used.ipynb')})"
    ((found, used), problems) = visit(browser, address, tmp_path / "profile", run, USE)
    assert (found["errors"], found["stderr"], problems) == ([], [], [])
    assert used == [True, True, ["figure_id", "as_printed"]]


@pytest.mark.full
@pytest.mark.parametrize("language", [[], ["zh"]], ids=["en", "zh"])
def test_the_student_edition_opens_alone_and_waits_for_answers(
    browser, project, tmp_path, language
):
    with started_lab(project, tmp_path / "home", "--student", *language) as (_, address):
        assert "/lab/tree/05_case_study.ipynb?" in address
        run = f"{OPEN_AND_RUN}({json.dumps('05_case_study.ipynb')})"
        ((found, listed), _) = visit(browser, address, tmp_path / "profile", run, LIST_FOLDER)
    assert (found["not_run"], found["errors"], found["stderr"]) == (0, [], [])
    assert found["changed"] is False
    assert listed == ["05_case_study.ipynb"]


def list_kernels(kernel: str) -> list[Path]:
    """Return the processes that name the kernel's connection file."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            if kernel.encode() in path.read_bytes():
                found.append(path)
    return found


@pytest.mark.full
@pytest.mark.skipif(sys.platform != "linux", reason="system: processes are told otherwise")
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_a_signal_ends_it_with_its_kernels_and_frees_its_port(project, tmp_path, name):
    # What runs below nohup ignores SIGHUP and hands that on: here it shall end.
    signal.signal(getattr(signal, name), signal.SIG_DFL)
    with started_lab(project, tmp_path / "home") as (server, address):
        start, token = re.split(r"/lab\b.*\?", address)
        request = Request(f"{start}/api/kernels?{token}", b'{"name": "python3"}', method="POST")
        with urlopen(request, timeout=60) as answer:
            kernel = json.load(answer)["id"]
        assert list_kernels(kernel)
        server.send_signal(getattr(signal, name))
        assert server.wait(timeout=60) == 0
    end = time.monotonic() + 20
    while list_kernels(kernel) and time.monotonic() < end:
        time.sleep(0.1)
    assert list_kernels(kernel) == []
    assert not is_open(int(start.rpartition(":")[2]))
