"""pyproject.toml, environment.yml, the package and the locks say the same."""

import importlib.util
import re
import tomllib
from pathlib import Path

import pytest
from environments import run_pip
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

import hyreport
from hyreport.publish.manifest import list_packages

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ["requirements.lock", "requirements-lab.lock", "tools/requirements-bench.lock"]
# The tags of wheels, and what the markers of a lock ask; none of these is run here but one.
GLIBC = ("2_28", "2_27", "2_26", "2_24", "2_17", "2_12", "2_5")
SYSTEMS = {
    "Windows x64": (
        ["win_amd64"],
        {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt"},
    ),
    "macOS arm64": (
        ["macosx_14_0_arm64"],
        {"sys_platform": "darwin", "platform_system": "Darwin", "os_name": "posix"},
    ),
    **{
        f"Linux {machine}": (
            [f"manylinux_{version}_{machine}" for version in GLIBC] + [f"manylinux2014_{machine}"],
            {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix"},
        )
        for machine in ("x86_64", "aarch64")
    },
}
CONDA_NAMES = {
    "jupyter_client": "jupyter-client",
    "matplotlib-base": "matplotlib",
    "python-duckdb": "duckdb",
    "typst-py": "typst",
}
SPEC = importlib.util.spec_from_file_location("run", ROOT / "run.py")
RUN = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(RUN)
OLDEST, NEWEST = RUN.OLDEST, RUN.NEWEST
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PROJECT, GROUPS = PYPROJECT["project"], PYPROJECT["dependency-groups"]
EXTRAS = PROJECT["optional-dependencies"]


def ask(*extras: str) -> list[str]:
    """Return the requirements of the core and of some extras, with those that they take in."""
    lines, asked = list(PROJECT["dependencies"]), [*extras]
    while asked:
        named = [*map(Requirement, EXTRAS[asked.pop()])]
        lines += [str(need) for need in named if need.name != PROJECT["name"]]
        asked += [extra for need in named if need.name == PROJECT["name"] for extra in need.extras]
    return lines


WANTED = [ask("test"), ask("test", "lab"), ask("test") + GROUPS["bench"]]


def bounds(lines: list[str]) -> dict[str, SpecifierSet]:
    """Return each requirement's name and bounds."""
    return {need.name: need.specifier for need in map(Requirement, lines)}


def read_lock(name: str) -> dict[str, tuple[str, int]]:
    """Return version and number of hashes of each package in a lock."""
    text = (ROOT / name).read_text(encoding="utf-8")
    entries = re.split(r"^(?=[a-z0-9])", re.sub(r"^#.*\n", "", text, flags=re.M), flags=re.M)
    pins = (re.match(r"([\w.-]+)==([\w.]+)", entry) for entry in entries if entry)
    hashes = (len(re.findall(r"--hash=sha256:[0-9a-f]{64}", entry)) for entry in entries if entry)
    return {pin[1]: (pin[2], count) for pin, count in zip(pins, hashes, strict=True)}


def test_conda_environment_has_the_bounds_of_the_project():
    lines = (ROOT / "environment.yml").read_text(encoding="utf-8").splitlines()
    listed = [
        line.removeprefix("  - ") for line in lines if re.match(r"  - [a-z0-9_-]+[<>=]", line)
    ]
    conda = {CONDA_NAMES.get(name, name): bound for name, bound in bounds(listed).items()}
    ours = bounds(ask(*EXTRAS))
    newest = ".".join(map(str, (NEWEST[0], NEWEST[1] + 1)))
    assert conda == ours | {"python": SpecifierSet(f"{PROJECT['requires-python']},<{newest}")}


def test_the_core_is_light_and_an_extra_brings_each_other_package():
    assert [*bounds(PROJECT["dependencies"])] == ["matplotlib", "numpy", "pandas", "seaborn"]
    assert EXTRAS.keys() == {"forecast", "panel", "papers", "render", "lab", "test"}
    assert {"statsmodels", "typst", "nbclient", "xlsxwriter"} <= bounds(ask("render")).keys()
    assert {Requirement(line).name for line in ask("render")} == {*list_packages(ROOT)}


def test_conda_environment_has_bounds_and_no_builds():
    lines = (ROOT / "environment.yml").read_text(encoding="utf-8").splitlines()
    assert "  - conda-forge" in lines and not [line for line in lines if "://" in line]
    listed = [line for line in lines if re.match(r"  - [a-z0-9_-]+[<>=]", line)]
    assert len(listed) > 15
    for line in listed:
        assert re.fullmatch(r"  - [a-z0-9_-]+>=[\d.]+,<[\d.]+", line), line


def test_oldest_python_is_the_same_everywhere():
    assert PROJECT["requires-python"] == f">={'.'.join(map(str, OLDEST))}"
    text = (ROOT / ".github" / "workflows" / "tests.yml").read_text(encoding="utf-8")
    (pythons,) = re.findall(r"python: \[(.*)\]", text)
    assert pythons == ", ".join(f'"{major}.{minor}"' for major, minor in (OLDEST, NEWEST))
    (systems,) = re.findall(r"system: \[(.*)\]", text)
    assert [re.split("-", system)[0] for system in systems.split(", ")] == [
        "ubuntu",
        "macos",
        "windows",
    ]
    for command in ("python run.py test", "python run.py render --force"):
        assert f"run: {command}\n" in text


def test_hooks_use_the_locked_versions():
    text = (ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8")
    assert "://" not in text
    pinned = re.findall(r"\[([\w-]+)==([\w.]+)\]", text)
    assert pinned
    for name, version in pinned:
        assert read_lock("requirements.lock")[name][0] == version


def select_entries(name: str, system: dict[str, str], python: str) -> list[str]:
    """Return the entries of a lock that one system and Python would install."""
    machine = default_environment() | system
    machine |= {"python_version": python, "python_full_version": f"{python}.0"}
    text = re.sub(r"^#.*\n", "", (ROOT / name).read_text(encoding="utf-8"), flags=re.M)
    chosen = []
    for entry in filter(None, re.split(r"^(?=[a-z0-9])", text, flags=re.M)):
        head, _, hashes = entry.partition(" \\\n")
        need = Requirement(head)
        if need.marker is None or need.marker.evaluate(machine):
            chosen.append(f"{need.name}{need.specifier} \\\n{hashes}")
    return chosen


def test_entries_are_chosen_by_system():
    windows, mac = (
        "".join(select_entries("requirements-lab.lock", SYSTEMS[name][1], "3.12"))
        for name in ("Windows x64", "macOS arm64")
    )
    assert "pywinpty==" in windows and "appnope==" not in windows
    assert "appnope==" in mac and "pywinpty==" not in mac


@pytest.mark.full
@pytest.mark.parametrize(
    "python", [OLDEST, NEWEST], ids=lambda version: f"{version[0]}.{version[1]}"
)
@pytest.mark.parametrize("system", SYSTEMS)
def test_each_locked_package_has_a_wheel_for_each_system(tmp_path, system, python):
    """Ask the reader's own package index; what is in no index of theirs cannot be told."""
    version = ".".join(map(str, python))
    tags, machine = SYSTEMS[system]
    wanted = tmp_path / "wanted.txt"
    entries = [entry for name in LOCKS for entry in select_entries(name, machine, version)]
    wanted.write_text("".join(dict.fromkeys(entries)), encoding="utf-8")
    options = ["--dry-run", "--ignore-installed", "--no-deps", "--require-hashes", "--quiet"]
    options += ["--only-binary=:all:", "--python-version", version, "--target", str(tmp_path)]
    options += [option for tag in tags for option in ("--platform", tag)]
    run_pip("install", *options, "-r", str(wanted))


@pytest.mark.parametrize("name, wanted", [*zip(LOCKS, WANTED, strict=True)])
def test_lock_holds_what_the_project_asks_for(name, wanted):
    locked = read_lock(name)
    for package, bound in bounds(wanted).items():
        assert bound.contains(locked[package][0]), f"{package} in {name}"


@pytest.mark.parametrize("name", LOCKS)
def test_lock_has_hashes_and_no_address(name):
    assert [package for package, (_, hashes) in read_lock(name).items() if not hashes] == []
    assert "://" not in (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name, tool", [(LOCKS[1], "jupyterlab"), (LOCKS[2], "papermill")])
def test_an_extra_changes_no_version(name, tool):
    base, more = read_lock(LOCKS[0]), read_lock(name)
    assert base.items() <= more.items()
    assert tool in more.keys() - base.keys()


def test_jupyterlab_which_slows_all_is_not_there_to_measure():
    assert "jupyterlab" not in read_lock(LOCKS[2])


def test_package_project_and_citation_have_one_version():
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    (cited,) = re.findall(r"^version: (.*)$", citation, flags=re.MULTILINE)
    assert hyreport.__version__ == cited == PROJECT["version"]
