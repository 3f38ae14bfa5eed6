"""The core alone, without any extra: what runs on it, and how the rest says what it needs."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from study import REPORT_ID

import hyreport as hy
from hyreport import cli, paths
from hyreport.errors import HyreportError
from hyreport.paths import ARTIFACTS, NOTEBOOKS
from hyreport.publish import manifest

TESTS = Path(__file__).parent
CASE = ARTIFACTS / REPORT_ID / "case_study"
# As handed out in two languages; with answers and hidden tests; as handed out with 0.1.
CASES = [CASE / "student" / "05_case_study.ipynb", NOTEBOOKS / "05_case_study.ipynb"]
CASES += [CASE.parent / "zh" / CASE.name / "student" / "05_case_study.ipynb"]
CASES += [TESTS / "frozen" / "student_0.1.ipynb"]


def run_hidden(*command, folder=None):
    """Run Python where no import finds a package but those of the core."""
    done = subprocess.run(
        [sys.executable, "-W", "error", *map(str, command)],
        cwd=folder,
        env={**os.environ, "PYTHONUTF8": "1", "PYTHONPATH": f"{paths.ROOT}{os.pathsep}{TESTS}"},
        capture_output=True,
        encoding="utf-8",
        timeout=600,
    )
    return done.returncode, done.stdout, done.stderr.splitlines()


@pytest.mark.full
def test_the_case_study_runs_on_the_core_with_all_its_checks(tmp_path):
    status, _, said = run_hidden(TESTS / "run_cells.py", *CASES, folder=tmp_path)
    assert status == 0, said
    names, counts = zip(*(line.split(": ") for line in said), strict=True)
    assert [*names] == [path.name for path in CASES]
    assert min(int(count.removesuffix(" cells")) for count in counts) > 75


@pytest.mark.full
def test_notebooks_that_forecast_nothing_run_on_the_core_too(tmp_path):
    notebooks = sorted(NOTEBOOKS.glob("0[0-3]_*.ipynb"))
    status, _, said = run_hidden(TESTS / "run_cells.py", *notebooks, folder=tmp_path)
    assert (status, len(said)) == (0, 4), said


@pytest.mark.full
def test_every_public_name_is_there_on_the_core():
    code = "from run_cells import forget_all_but_core as forget; forget()\n"
    code += "import hyreport as hy; print(len([getattr(hy, name) for name in hy.__all__]))"
    assert run_hidden("-c", code) == (0, f"{len(hy.__all__)}\n", [])


def test_the_other_packages_are_hidden():
    hidden = set(run_hidden(TESTS / "run_cells.py")[1].split())
    assert {"IPython", "jinja2", "nbclient", "scipy", "statsmodels", "typst"} <= hidden
    assert not {"pandas", "numpy", "matplotlib", "seaborn", "dateutil", "hyreport"} & hidden


@pytest.mark.full
@pytest.mark.parametrize(
    "extra, call",
    [
        (
            "forecast",
            "hy.growth.fit_models(hy.growth.growth_known(hy.Report()), ['Theta'])",
        ),
        ("lab", "hy.revenue.tax_panel(hy.Report())"),
        ("render", "sys.exit(cli.main(['build']))"),
    ],
)
def test_what_needs_an_extra_says_which_in_one_line(extra, call):
    code = "import sys; from run_cells import forget_all_but_core as forget; forget()\n"
    code += f"import hyreport as hy; from hyreport import cli\n{call}"
    status, _, said = run_hidden("-c", code)
    assert status == 1, said
    assert re.search(rf": found no package \w+, expected those of the extra '{extra}'. ", said[-1])
    assert f'pip install -e ".[{extra}]"' in said[-1] and "python run.py lab" in said[-1]


def test_an_installed_copy_names_a_command_of_its_own(monkeypatch):
    monkeypatch.setattr(paths, "IS_CLONE", False)
    with (
        pytest.raises(HyreportError, match=r'"hyreport\[papers\]"$'),
        paths.need_extra("papers", "a PDF"),
    ):
        import no_such_package  # noqa: F401


def test_a_module_of_ours_that_is_absent_is_no_matter_of_extras():
    with pytest.raises(ModuleNotFoundError), paths.need_extra("papers", "a PDF"):
        import hyreport.no_such_module  # noqa: F401


def test_a_render_says_before_it_begins_that_a_package_is_absent(monkeypatch, capsys):
    def find(name):
        if name == "typst":
            raise manifest.metadata.PackageNotFoundError(name)
        return "1"

    monkeypatch.setattr(manifest.metadata, "version", find)
    assert cli.main(["render"]) == 1
    (said,) = capsys.readouterr().err.splitlines()
    assert "hyreport render: found no package typst, expected those of the extra 'render'" in said
