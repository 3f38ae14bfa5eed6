"""The kept artifacts: fresh, whole, and the same when rendered again elsewhere."""

import json
import os
import random
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest
from study import REPORT_ID

import hyreport
from hyreport.data.versions import data_hash, hash_bytes, hash_files, say_version
from hyreport.paths import ARTIFACTS, ROOT, list_reports
from hyreport.publish.manifest import (
    changed_outputs,
    describe_files,
    describe_platform,
    describe_project,
    list_inputs,
    read_facts,
    read_manifest,
)
from hyreport.studies import hengyang_2018 as study
from hyreport.verify.moved import list_moved
from hyreport.words.glyphs import lacking
from hyreport.words.tables import read_rows

FOLDER = ARTIFACTS / REPORT_ID
ANOTHER = "hengyang-2020"  # without a study, its render takes less
TAKEN_ALONG = ("data", "hyreport", "notebooks", "pyproject.toml", "requirements.lock")


def test_artifacts_were_made_from_what_is_committed():
    recorded, current = read_manifest(FOLDER)["inputs"], describe_files(ROOT)
    names = recorded.keys() | list_inputs(current, REPORT_ID, read_facts(ROOT, REPORT_ID))
    stale = sorted(name for name in names if recorded.get(name) != current.get(name))
    assert not stale, f"run `python run.py render`: changed since the last render: {stale}"


def test_artifacts_are_as_they_were_rendered():
    assert not changed_outputs(FOLDER, read_manifest(FOLDER))
    kept = set(hash_files(FOLDER)) - {"manifest.json"}
    assert kept == set(read_manifest(FOLDER)["outputs"])


def test_artifacts_are_light():
    for page in FOLDER.rglob("*.html"):
        assert page.stat().st_size < 1_000_000, page.name
    chinese = {path for path in (FOLDER / "zh").rglob("*") if path.is_file()}
    english = {path for path in FOLDER.rglob("*") if path.is_file()} - chinese
    for edition in (english, chinese):
        assert sum(path.stat().st_size for path in edition) < 13_500_000


def test_fonts_lie_once_beside_the_reports():
    kinds = {".woff2", ".woff", ".ttf", ".otf"}
    fonts = {path for path in ARTIFACTS.rglob("*") if path.suffix in kinds}
    assert fonts == {*(ARTIFACTS / "assets").glob("HyreportSansSC-*.woff2")}
    assert len(fonts) == 2


@pytest.mark.full
def test_each_character_of_each_page_is_in_the_font():
    pages = [*ARTIFACTS.rglob("*.html")]
    assert len(pages) > 20
    found = {str(path): lacking(path.read_text(encoding="utf-8")) for path in pages}
    assert {path: chars for path, chars in found.items() if chars} == {}


def test_the_list_of_versions_has_this_one():
    recorded = read_manifest(FOLDER)
    rows = {(row["report"], row["version"]): row for row in read_rows(ARTIFACTS / "versions.csv")}
    row = rows[REPORT_ID, recorded["version"]]
    assert row["version"] == hyreport.__version__
    assert row["data"] == recorded["data"] == data_hash(describe_files(ROOT), REPORT_ID)
    assert row["results"] == hash_bytes((FOLDER / "results.json").read_bytes())


def test_the_changelog_tells_the_data_of_this_version():
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    sections = re.split(r"^## ", changelog, flags=re.MULTILINE)[1:]
    headings = (f"{hyreport.__version__} (unreleased)", f"[{hyreport.__version__}]")
    (current,) = [part for part in sections if part.startswith(headings)]
    assert re.search(r"^### Data\n\n- ", current, flags=re.MULTILINE)


def test_each_figure_names_version_and_data():
    words = say_version(read_manifest(FOLDER))
    pictures = [*FOLDER.glob("figures/*.svg"), *FOLDER.glob("figures/*.png")]
    assert pictures
    assert [path.name for path in pictures if words.encode() not in path.read_bytes()] == []


def copy_project(folder: Path, *more: str) -> Path:
    """Copy what a render needs, and more of the project, into a new folder and return it."""
    for name in (*TAKEN_ALONG, *more):
        source, target = ROOT / name, folder / name
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__", ".*"))
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, target)
    return folder


def start(project: Path, *arguments: str, settings=None, **options) -> subprocess.Popen:
    """Start a verb with the project's own library."""
    return subprocess.Popen(
        [sys.executable, "-m", "hyreport", *arguments],
        cwd=project,
        env={**os.environ, "PYTHONUTF8": "1", "PYTHONPATH": str(project), **(settings or {})},
        text=True,
        encoding="utf-8",
        **options,
    )


def verify(project: Path, *arguments: str) -> tuple[int, str, str]:
    """Run verify; return its exit status, what it reports, and progress and errors."""
    process = start(project, "verify", *arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    out, err = process.communicate(timeout=600)
    return process.returncode, out, err


def stay_on_one_core() -> None:
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


# Nothing of these may show.
ELSEWHERE = {
    "TZ": "America/St_Johns",
    "PYTHONHASHSEED": "123",
    "LC_ALL": "C",
    "COLUMNS": "20",
    "USER": "甲",
    "OPENBLAS_CORETYPE": "Sandybridge",
}


@pytest.mark.full
def test_a_render_elsewhere_gives_the_same_bytes(tmp_path):
    recorded = read_manifest(FOLDER)
    if (recorded["packages"], recorded["platform"]) != (
        describe_project(ROOT)[1],
        describe_platform(),
    ):
        pytest.skip("system: other versions, processor or system than at the last render")
    elsewhere = copy_project(tmp_path / "别处 with spaces")
    one_core = {"preexec_fn": stay_on_one_core} if hasattr(os, "sched_setaffinity") else {}
    process = start(elsewhere, "render", settings=ELSEWHERE, **one_core)
    assert process.wait(timeout=600) == 0
    made, kept = hash_files(elsewhere / "artifacts"), hash_files(ARTIFACTS)
    del made["versions.csv"], kept["versions.csv"]  # which has earlier versions too
    assert made == kept
    for report in list_reports(ARTIFACTS):
        assert list_moved(ARTIFACTS / report, elsewhere / "artifacts" / report) == []


@pytest.fixture
def project(tmp_path) -> Path:
    return copy_project(tmp_path / "project", "artifacts", "CHANGELOG.md")


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8", newline="\n")


def read_revenue(figures):
    """Compute the named results on revenue anew, from a figures table."""
    facts = hyreport.Report(REPORT_ID).facts
    report = hyreport.Report.of(facts, figures=figures, reference=hyreport.load_reference())
    functions = (
        study.tax_shares,
        hyreport.revenue.read_level,
        study.tax_kept_locally,
        hyreport.revenue.levels_before,
        hyreport.revenue.growth_of_base_year,
        study.gap_to_2015,
        hyreport.revenue.decompose_rise,
        hyreport.revenue.share_at_pace,
        study.tax_outgrew,
        study.revenue_levels,
        study.level_changes,
        study.signs_of_total,
        study.tax_beside_growth,
        study.tax_share_changes,
        hyreport.targets.carry_out_targets,
    )
    tables = [function(report) for function in functions]
    for tax, non_tax in ((10, -10), (10, 0), (5, 5)):
        rates = {"tax_growth": tax, "non_tax_growth": non_tax}
        tables.append(hyreport.revenue.tax_path(report, **rates))
    ends = [f"unrounded_{end}" for end in ("value", "low", "high")]
    made = pd.concat(tables).dropna(subset="result")
    return made.drop_duplicates("result").set_index("result")[ends]


@pytest.mark.full
def test_verify_names_each_result_that_a_changed_figure_moves(project):
    raw = project / "data" / "raw" / REPORT_ID
    for name in ("figures.csv", "doubts.csv"):
        text = (raw / name).read_text(encoding="utf-8")
        changed = re.sub(r"^(tax_share\.local\.2017,.*?)55\.9%", r"\g<1>56.9%", text, flags=re.M)
        assert changed != text
        (raw / name).write_text(changed, encoding="utf-8", newline="\n")
    replace(raw / "tokens.csv", ",55.9\n", ",56.9\n")
    status, out, err = verify(project, "--report", REPORT_ID)
    assert status == 1, err
    moved = set(re.findall(r"^result (\w+): (?:shown as before, )?moved ", out, flags=re.M))
    results = json.loads((FOLDER / "results.json").read_text(encoding="utf-8"))
    depend = {name for name, entry in results.items() if "tax_share.local.2017" in entry["inputs"]}
    # Some results rest on the share and yet round to what they were: those are told apart.
    held = set(re.findall(r"^result (\w+): shown as before", out, flags=re.M))
    figures = hyreport.load_figures()
    is_share = figures["figure_id"] == "tax_share.local.2017"
    raised = figures.assign(
        **{end: figures[end].mask(is_share, figures[end] + 1) for end in ("value", "low", "high")}
    )
    was, now = read_revenue(figures), read_revenue(raised)
    expected = set(was.index[(was != now).any(axis=1)]) & set(results)
    assert expected and moved & depend == expected
    assert {
        "tax_outgrew_2017",
        "rise_local_more_tax_a",
    } <= held and "rise_local_more_tax_b" not in held
    assert "result local_revenue_2017: moved from 162.3 [161.8, 162.8] × 100 million yuan to" in out
    assert "data figures: row tax_share.local.2017: value 55.9 → 56.9" in out
    # A check that fails now has a gap that was not kept before.
    told = re.findall(r"^result (\w+): ", out, flags=re.M)
    assert {name.partition("_")[0] for name in set(told) - moved} == {"gap"}
    assert out.splitlines()[-1].startswith(f"moved: {len(told)} results, ")
    assert len(out.splitlines()) < 300 and read_manifest(FOLDER)["data"][:12] not in out


@pytest.mark.full
def test_a_render_killed_at_any_moment_leaves_the_artifacts_whole(project):
    target = project / "artifacts" / ANOTHER
    before = hash_files(target)
    first = min((project / "notebooks" / "any_report").glob("*.ipynb"))
    replace(first, '"# ', '"# Once more: ')
    # Its Chinese title is from before.
    render = ("render", "--report", ANOTHER, "--allow-stale")
    other = project.with_name("other")
    shutil.copytree(project, other)
    began = time.monotonic()
    assert start(other, *render).wait(timeout=600) == 0
    taken = time.monotonic() - began
    after = hash_files(other / "artifacts" / ANOTHER)
    assert after != before
    chance = random.Random(2018)
    for _ in range(4):
        process = start(project, *render)
        time.sleep(chance.uniform(0.02, 1) * taken)
        process.kill()
        process.wait()
        assert hash_files(target) in (before, after)
    assert start(project, *render).wait(timeout=600) == 0
    assert hash_files(target) == after
    versions = [folder / "artifacts" / "versions.csv" for folder in (project, other)]
    assert versions[0].read_bytes() == versions[1].read_bytes()
