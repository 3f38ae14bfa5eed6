"""Mistakes as a new user makes them: each gets one message that says what to do."""

import ctypes
import os
import shutil
import subprocess
import sys
from functools import partial

import pandas as pd
import pytest
from matplotlib.font_manager import fontManager

import hyreport as hy
from hyreport.build.build import build_report
from hyreport.data import load as data
from hyreport.errors import HyreportError, UnknownNameError
from hyreport.paths import NOTEBOOKS, RAW, ROOT
from hyreport.publish.render import render
from hyreport.text.compare import verify_copy
from hyreport.themes import fonts
from hyreport.themes import look as charts
from hyreport.verify import reproduce

FIGURES = hy.load_figures()


def run_python(code: str, **options) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-X", "utf8", "-c", code], capture_output=True, encoding="utf-8", **options
    )


@pytest.mark.parametrize(
    "mistake, error, words",
    [
        (lambda: hy.load_figures("hengyang-2019"), UnknownNameError, "expected hengyang-2018"),
        (lambda: hy.load_targets("hengyang"), UnknownNameError, "expected hengyang-2018"),
        (lambda: hy.figure("gdp.growth"), UnknownNameError, r"did you mean gdp\.growth\.201"),
        (lambda: hy.figure("gdp.grwth.2017"), UnknownNameError, r"did you mean gdp\.growth\.2017"),
        (
            lambda: hy.find("税手"),
            UnknownNameError,
            "nothing on '税手'.*themes: .*public finance 财政",
        ),
        (
            lambda: hy.published(hy.load_reference(), "gdp_growth", "2017"),
            UnknownNameError,
            "did you mean gdp_growth_real",
        ),
        (lambda: FIGURES["as_printd"], UnknownNameError, r"no column 'as_printd'.*mean as_printed"),
        (lambda: FIGURES[["value", "lwo"]], UnknownNameError, r"no column 'lwo'.*low"),
        (lambda: FIGURES[FIGURES["role"] == "target"]["vlaue"], UnknownNameError, "mean value"),
        (lambda: FIGURES["zzz"], UnknownNameError, r"look at table\.columns"),
        (lambda: hy.show(FIGURES, language="cn"), UnknownNameError, "'en' or 'zh'"),
        (lambda: hy.keep(FIGURES, "figures", language="cn"), UnknownNameError, "'en' or 'zh'"),
        (lambda: hy.quote("gdp.growth.2017", "no.txt"), HyreportError, "no such file"),
    ],
)
def test_a_wrong_name(mistake, error, words):
    with pytest.raises(error, match=words) as raised:
        mistake()
    assert "\n" not in str(raised.value)


def test_a_wrong_name_is_still_a_key_error():
    with pytest.raises(KeyError):
        FIGURES["as_printd"]
    assert FIGURES.get("as_printd") is None


def test_loaded_tables_are_dataframes_in_all_else():
    assert isinstance(FIGURES, pd.DataFrame)
    assert FIGURES.groupby("role")["value"].count().sum() == len(FIGURES)
    merged = pd.concat([FIGURES.head(2), FIGURES.tail(2)]).merge(FIGURES[["figure_id", "unit"]])
    assert len(merged) == 4
    with pytest.raises(KeyError):
        _ = FIGURES[7]


def test_missing_tables_altogether_name_the_command(monkeypatch, tmp_path):
    for folder in (tmp_path, tmp_path / "nowhere"):
        monkeypatch.setattr(data, "PROCESSED", folder)
        with pytest.raises(HyreportError, match=r"data/processed: found no report.*run\.py build"):
            hy.load_figures()


def test_a_missing_table_names_the_command(monkeypatch, tmp_path):
    (tmp_path / "hengyang-2018").mkdir()
    monkeypatch.setattr(data, "PROCESSED", tmp_path)
    with pytest.raises(HyreportError, match=r"figures\.csv: found no such file.*run\.py build"):
        hy.load_figures()


def test_a_missing_font_names_the_file(monkeypatch, tmp_path):
    monkeypatch.setattr(fontManager, "ttflist", [])
    monkeypatch.setattr(fonts, "ASSETS", tmp_path)
    with pytest.raises(HyreportError, match=r"HyreportSansSC-Regular\.ttf: found no such file"):
        charts.start_chart("A finding", "percent", "Source: report")


def test_an_old_pandas_says_which_is_needed():
    code = (
        "import sys, types; old = types.ModuleType('pandas'); old.__version__ = '2.1.4'; "
        "sys.modules['pandas'] = old; import hyreport as hy; hy.load_figures()"
    )
    done = run_python(code)
    last = done.stderr.strip().splitlines()[-1]
    assert done.returncode == 1
    assert "pandas: found version 2.1.4, expected 2.2 or newer" in last
    assert "run.py" in last


@pytest.mark.full
def test_a_notebook_works_from_any_folder(tmp_path):
    (tmp_path / "别处 elsewhere").mkdir()
    code = (NOTEBOOKS / "00_start_here.ipynb").read_text(encoding="utf-8")
    assert "../" not in code
    done = run_python(
        "import hyreport as hy; print(len(hy.load_figures()), hy.trace('total_tax_2017').shape)",
        cwd=tmp_path / "别处 elsewhere",
    )
    assert done.stdout.split() == [str(len(FIGURES)), "(3,", "9)"], done.stderr


def drop_rights():
    """Make root ask for permission like everyone else: give up overriding modes of files."""
    library, drop, override, search = ctypes.CDLL(None), 24, 1, 2
    assert library.prctl(drop, override) == library.prctl(drop, search) == 0


@pytest.mark.full
@pytest.mark.skipif(sys.platform != "linux", reason="system: rights of folders work otherwise here")
@pytest.mark.parametrize("verb, status", [("build", 1), ("render", 1)])
def test_a_folder_that_may_only_be_read(tmp_path, verb, status):
    project = tmp_path / "project"
    ignored = shutil.ignore_patterns("__pycache__", ".*")
    for name in ("data", "hyreport", "notebooks"):
        shutil.copytree(ROOT / name, project / name, ignore=ignored)
    shutil.copyfile(ROOT / "pyproject.toml", project / "pyproject.toml")
    (project / "data" / "processed" / "hengyang-2018" / "checks.csv").unlink()
    folders = [project, *(path for path in project.rglob("*") if path.is_dir())]
    for folder in folders:
        folder.chmod(0o555)
    done = subprocess.run(
        [sys.executable, "-m", "hyreport", verb],
        cwd=project,
        env=os.environ | {"PYTHONPATH": str(project), "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        preexec_fn=drop_rights if os.geteuid() == 0 else None,
    )
    for folder in folders:
        folder.chmod(0o755)
    assert done.returncode == status, done.stdout + done.stderr
    (line,) = done.stderr.strip().splitlines()
    assert line.startswith("hyreport: error: ") and "may not read or write" in line
    assert not (project / "data" / "processed" / "hengyang-2018" / "checks.csv").exists()


@pytest.mark.parametrize("odd", ["../raw/hengyang-2018", "hengyang-2018/", "..", "", 5, "x"])
def test_a_report_id_is_a_plain_name_for_every_verb(odd, tmp_path):
    text = tmp_path / "copy.txt"
    text.write_text("2018年", encoding="utf-8")
    calls = [partial(verify_copy, text, odd), partial(build_report, RAW, tmp_path, odd)]
    for call in [*calls, partial(render, odd)]:
        with pytest.raises(UnknownNameError, match="expected hengyang-2018"):
            call()
    moved = (
        partial(reproduce.verify_since, "HEAD", odd),
        partial(reproduce.verify_artifacts, odd, progress=print),
    )
    for call in moved:
        with pytest.raises(HyreportError, match="found no artifacts"):
            call()
    assert list(tmp_path.iterdir()) == [text]


@pytest.mark.parametrize("odd", [None, 5, hy.figure("gdp.growth.2017")])
def test_what_names_no_result_is_answered_in_the_house_form(odd):
    with pytest.raises(UnknownNameError, match="result: found"):
        hy.trace(odd)


@pytest.mark.parametrize("odd", [None, 5, ["gdp"], hy.load_figures])
def test_what_names_no_figure_is_answered_in_the_house_form(odd):
    for call in (hy.uses, hy.figure):
        with pytest.raises(UnknownNameError, match="figure: found") as told:
            call(odd)
        assert "\n" not in str(told.value)


@pytest.mark.parametrize(
    "mistake, words",
    [
        (lambda f: hy.load_figures(2018), "found 2018, expected hengyang-2018"),
        (lambda f: hy.load_figures(f), "an object of type Figure, expected hengyang-2018"),
        (lambda f: hy.figure(f), "an object of type Figure"),
        (lambda f: hy.compute("a/b", a=f, b=f, unit="", formula=""), "'a/b' in place of a func"),
        (lambda f: hy.compute(f, f), "Figure in place of a function"),
        (lambda f: hy.compute(float, f, unit="", formula="x"), "1 inputs without a name"),
        (lambda f: hy.compute(lambda a: a, a=f), "no unit and formula, expected"),
        (lambda f: hy.compute(lambda a: a, a=f, unit=""), "no formula, expected"),
        (lambda f: hy.show(FIGURES["value"]), r"type Series.*show\(series\.to_frame\(\)\)"),
        (lambda f: hy.show(f), "type Figure.*alone in the last line of a cell"),
        (lambda f: hy.show(hy.stated(1, unit="", formula="")), "type Computed.*alone in the"),
    ],
)
def test_what_is_easily_typed_amiss_is_told_in_one_line(mistake, words):
    with pytest.raises(HyreportError, match=words) as told:
        mistake(hy.figure("gdp.growth.2017"))
    assert "\n" not in str(told.value) and "To fix: " in str(told.value)


def test_what_is_no_path_of_a_copy_is_named():
    with pytest.raises(HyreportError, match="5: found no name of a file"):
        hy.quote("gdp.growth.2017", 5)
