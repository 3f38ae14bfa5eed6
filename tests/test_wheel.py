"""An installed copy, without the clone: the same tables, figures and font, and clear limits."""

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from environments import clean, make_venv, run_pip
from study import REPORT_ID
from test_core import CASES

import hyreport as hy
from hyreport.data.load import load_checks, load_figures, load_reference, load_targets
from hyreport.data.report import figure
from hyreport.paths import RAW, ROOT, list_reports

TAKEN_ALONG = ["artifacts", "data", "hyreport", "notebooks", "pyproject.toml", "setup.py"]
TAKEN_ALONG += ["LICENSE", "README.md"]
LOAD = """
import json
import hyreport
from hyreport import paths
from hyreport.data import load as data
from hyreport.themes import fonts, look as charts
from matplotlib import font_manager
charts.start_chart("增长", "percent", source="report")
tables = [data.load_figures(), data.load_targets(), data.load_reference(), data.load_checks()]
print(json.dumps({
    "home": hyreport.__file__,
    "clone": paths.IS_CLONE,
    "tables": [table.to_csv(index=False) for table in tables],
    "figure": str(hyreport.figure("tax_share.total.2017")),
    "font": font_manager.findfont(fonts.FONT, fallback_to_default=False),
}))
"""

pytestmark = pytest.mark.full


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """Return the wheel, made of a copy of the clone that is no longer there."""
    base = tmp_path_factory.mktemp("wheel")
    source, wheels = base / "source", base / "wheels"
    for name in TAKEN_ALONG:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        options = (
            {"ignore": shutil.ignore_patterns("__pycache__")} if copy is not shutil.copy else {}
        )
        source.mkdir(exist_ok=True)
        copy(ROOT / name, source / name, **options)
    wheels.mkdir()
    build = f"from setuptools import build_meta; build_meta.build_wheel({str(wheels)!r})"
    done = subprocess.run(
        [sys.executable, "-c", build], cwd=source, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr
    shutil.rmtree(source)
    (wheel,) = wheels.glob("*.whl")
    return wheel


@pytest.fixture(scope="module")
def installed(wheel):
    """Return a folder that holds the unpacked wheel and nothing else of the project."""
    target = wheel.parent.parent / "别处 site"
    with zipfile.ZipFile(wheel) as file:
        file.extractall(target)
    return target


@pytest.fixture(scope="module")
def core(wheel):
    """Return the Python of an environment in which pip put the wheel and what it asks for."""
    folder = wheel.parent.parent / "core"
    return make_venv(folder, str(wheel))


def run(installed, *command):
    """Run Python in another folder with the unpacked wheel before everything else."""
    elsewhere = installed.parent / "elsewhere"
    elsewhere.mkdir(exist_ok=True)
    variables = {
        **os.environ,
        "PYTHONPATH": str(installed),
        "PYTHONUTF8": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    return subprocess.run(
        [sys.executable, *command],
        cwd=elsewhere,
        env=variables,
        capture_output=True,
        encoding="utf-8",
        timeout=300,
    )


def test_installed_copy_loads_what_the_clone_loads(installed):
    done = run(installed, "-c", LOAD)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["home"].startswith(str(installed)) and found["clone"] is False
    here = [load_figures(), load_targets(), load_reference(), load_checks()]
    assert found["tables"] == [table.to_csv(index=False) for table in here]
    assert found["figure"] == str(figure("tax_share.total.2017"))
    assert found["font"].startswith(str(installed))


def test_every_module_of_the_clone_is_in_the_wheel_and_can_be_imported(installed):
    modules = [
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for path in (ROOT / "hyreport").rglob("*.py")
        if path.name != "__main__.py"
    ]
    code = f"import importlib\nfor name in {modules!r}: importlib.import_module(name)"
    done = run(installed, "-W", "error", "-c", code)
    assert (done.returncode, done.stderr) == (0, "")


def test_wheel_brings_data_licences_and_nothing_hidden(installed):
    names = {path.relative_to(installed).as_posix() for path in installed.rglob("*")}
    for name in ("indicators.csv", "datapackage.json", "DICTIONARY.md", f"{REPORT_ID}.xlsx"):
        assert f"hyreport/shipped/processed/{REPORT_ID}/{name}" in names
    assert f"hyreport/shipped/raw/{REPORT_ID}/tokens.csv" in names
    assert {"hyreport/studies/hengyang_2018/tasks/two.toml", "hyreport/py.typed"} <= names
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert not [name for name in names if "__pycache__" in name or "/." in name]


@pytest.mark.parametrize(
    "question", ["panel.ask('select 1')", "series('gdp.growth', area='000000')"]
)
def test_the_panel_stays_in_the_clone_and_a_question_says_what_to_get(installed, question):
    assert not (installed / "hyreport" / "shipped" / "panel").exists()
    done = run(installed, "-c", f"import hyreport as hy; hy.{question}")
    assert "get a clone of the project, or make one: hyreport panel" in done.stderr


def test_installed_copy_brings_the_formulas_of_themes_and_studies(installed):
    code = """
import hyreport as hy
from hyreport.studies import hengyang_2018 as study
report = hy.Report()
print(hy.revenue.read_level(report)["value"][2], study.tax_shares(report)["value"][0])
"""
    assert run(installed, "-c", code).stdout.split() == ["162.3", "62.4"]


def test_installed_copy_finds_traces_and_lists_as_the_clone_does(installed):
    done = run(installed, "-c", "import hyreport as hy; print(hy.find('税收')['figure_id'][0])")
    assert done.stdout.strip() == "tax_share.total.2017"
    calls = [
        "hy.results()",
        "hy.trace('local_revenue_2017')",
        "hy.uses('tax_share.local.2017')",
        "hy.find('local revenue')",
    ]
    calls = [f"{call}.to_json(force_ascii=False)" for call in calls]
    calls += ["hy.cite('gdp.growth.2017')", "hy.cite('local_revenue_2017', style='text')"]
    code = "import hyreport as hy\n" + "\n".join(f"print({call})" for call in calls)
    done = run(installed, "-c", code)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [eval(call, {"hy": hy}) for call in calls]


def test_wheel_brings_of_the_artifacts_only_what_is_read(installed):
    kept = installed / "hyreport" / "shipped" / "artifacts"
    names = {path.relative_to(kept).as_posix() for path in kept.rglob("*") if path.is_file()}
    kinds = ("results.json", "programs.csv", "manifest.json")
    listed = {f"{report}/{name}" for report in list_reports(RAW) for name in kinds}
    assert listed <= names and f"{REPORT_ID}/tables/verdicts.csv" in names
    assert {Path(name).suffix for name in names - listed} == {".csv"}


def test_the_core_that_pip_installs_holds_nothing_heavy_and_runs_the_case_study(core, tmp_path):
    lines = run_pip("freeze", "--all", python=core).splitlines()
    names = {re.split("[= ]", line)[0].lower() for line in lines}
    assert {"pandas", "numpy", "matplotlib", "seaborn", "hyreport"} <= names
    assert len(names) < 18 and not {"scipy", "statsmodels", "jinja2", "ipython"} & names
    done = subprocess.run(
        [core, "-W", "error", ROOT / "tests" / "run_cells.py", *CASES],
        cwd=tmp_path,
        env=clean(),
        capture_output=True,
        encoding="utf-8",
        timeout=600,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr.count(" cells\n") == len(CASES)


def test_installed_copy_says_in_chinese_what_notebooks_show(installed):
    names = {path.suffix for path in (installed / "hyreport/shipped/notebooks").rglob("*.*")}
    assert names == {".csv"}
    code = """
import hyreport as hy
from hyreport.words.phrases import speak
hy.use_language("zh")
print(speak("Seven numbers as the report prints them"))
print(hy.exercises.check("local_revenue", "一百六十二点三亿元"))
"""
    said = run(installed, "-c", code).stdout
    assert said.splitlines()[0] == "报告所载七个数" and "正确。" in said


def test_installed_copy_checks_answers(installed):
    code = (
        "import hyreport as hy; print(hy.exercises.check('local_revenue', '16.23 billion').right)"
    )
    assert run(installed, "-c", code).stdout.strip() == "True"


@pytest.mark.parametrize("verb", ["build", "render", "lab"])
def test_verbs_that_need_a_clone_say_so(installed, verb):
    before = {path: path.stat().st_mtime_ns for path in installed.rglob("*.csv")}
    done = run(installed, "-m", "hyreport", verb)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1 and "expected a clone of the project" in done.stderr
    assert before == {path: path.stat().st_mtime_ns for path in installed.rglob("*.csv")}


def test_installed_copy_checks_a_text(installed, tmp_path, source_text):
    copy = tmp_path / "copy.txt"
    copy.write_text(source_text, encoding="utf-8", newline="")
    done = run(installed, "-m", "hyreport", "verify", "--text", str(copy))
    assert done.returncode == 0, done.stderr + done.stdout
    assert RAW.is_dir()
