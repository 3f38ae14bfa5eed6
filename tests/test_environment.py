"""pyproject.toml, environment.yml, the package and the locks say the same."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

import hyreport

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ["requirements.lock", "requirements-lab.lock", "requirements-bench.lock"]
EXTRAS = [["test"], ["test", "lab"], ["test", "bench"]]
CONDA_NAMES = {"matplotlib-base": "matplotlib", "jupyter_client": "jupyter-client"}
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


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
    extras = PROJECT["optional-dependencies"].values()
    ours = bounds(PROJECT["dependencies"] + [need for extra in extras for need in extra])
    assert conda == ours | {"python": SpecifierSet(PROJECT["requires-python"])}


@pytest.mark.parametrize("name, extras", [*zip(LOCKS, EXTRAS, strict=True)])
def test_lock_holds_what_the_project_asks_for(name, extras):
    wanted = [need for extra in extras for need in PROJECT["optional-dependencies"][extra]]
    locked = read_lock(name)
    for package, bound in bounds(PROJECT["dependencies"] + wanted).items():
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


def test_package_and_project_have_one_version():
    assert hyreport.__version__ == PROJECT["version"]
