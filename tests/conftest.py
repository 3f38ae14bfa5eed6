"""What all tests share: the --full option and the printed text."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

# Same examples on each run, and no deadline: a slow machine is not a fault.
settings.register_profile("hyreport", derandomize=True, deadline=None)
settings.load_profile("hyreport")


def pytest_addoption(parser):
    parser.addoption("--full", action="store_true", help="also run the slow tests")


def pytest_collection_modifyitems(config, items):
    if config.getoption("--full"):
        return
    for item in items:
        if item.get_closest_marker("full"):
            item.add_marker(pytest.mark.skip(reason="slow: run `python run.py test --full`"))


@pytest.fixture(scope="session")
def source_text() -> str:
    """Return the report's text that the positions in figures.csv refer to."""
    folder = os.environ.get("HYREPORT_SOURCE_DIR")
    if not folder:
        pytest.skip("set HYREPORT_SOURCE_DIR to the folder that holds hengyang-2018.txt")
    with Path(folder, "hengyang-2018.txt").open(encoding="utf-8", newline="") as file:
        return file.read()
