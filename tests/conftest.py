"""What all tests share: the --full option, the printed text, and what may be skipped."""

import os
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import settings

# Same examples on each run, and no deadline: a slow machine is not a fault.
settings.register_profile("quick", derandomize=True, deadline=None, max_examples=30)
settings.register_profile("full", settings.get_profile("quick"), max_examples=200)
settings.load_profile("quick")
# What takes minutes, beside which all others run on another core.
LONGEST = ("test_bounds", "test_artifacts", "test_browser", "test_environment")
# Where this is set, as .ci/run does, a test that only lacks a browser, the lab or a text fails.
NO_SKIPS = "HYREPORT_NO_SKIPS"
# How the reason of a skip begins that nothing installed could help against.
MAY_SKIP = ("network: ", "system: ")


def pytest_addoption(parser):
    parser.addoption("--full", action="store_true", help="also run the slow tests")


def pytest_configure(config):
    if config.getoption("--full"):
        settings.load_profile("full")


def pytest_collection_modifyitems(config, items):
    if config.getoption("--full"):
        items.sort(key=lambda item: item.path.stem not in LONGEST)
        return
    # Not skipped one by one: that would take as long as many of the others.
    items[:] = [item for item in items if not item.get_closest_marker("full")]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    if report.skipped and not hasattr(report, "wasxfail") and os.environ.get(NO_SKIPS):
        reason = reason_of(report)
        if not reason.startswith(MAY_SKIP):
            report.outcome = "failed"
            report.longrepr = f"skipped, though {NO_SKIPS} is set: {reason}"
    return report


def reason_of(report) -> str:
    """Return why a test was skipped."""
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    return reason.removeprefix("Skipped: ")


def pytest_terminal_summary(terminalreporter, config):
    if not config.getoption("--full"):
        terminalreporter.write_line("left out: slow tests, for `python run.py test --full`")
    reasons = Counter(map(reason_of, terminalreporter.stats.get("skipped", [])))
    for reason, count in reasons.most_common():
        terminalreporter.write_line(f"skipped {count}: {reason}")


@pytest.fixture(scope="session")
def source_text() -> str:
    """Return the report's text that the positions in figures.csv refer to."""
    folder = os.environ.get("HYREPORT_SOURCE_DIR")
    if not folder:
        pytest.skip("set HYREPORT_SOURCE_DIR to the folder that holds hengyang-2018.txt")
    with Path(folder, "hengyang-2018.txt").open(encoding="utf-8", newline="") as file:
        return file.read()
