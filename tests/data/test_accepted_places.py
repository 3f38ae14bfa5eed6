"""Figures, exclusions and goals of an accepted report stand at their places in its text."""

import hashlib
import os
from pathlib import Path

import pytest

from hyreport.data.facts import read_report
from hyreport.numbers.printed import parse_printed
from hyreport.paths import RAW, list_reports
from hyreport.words.tables import read_rows

# The texts of these reports lie on the shelf of those who have it.
SHELVED = {"hengyang-2020", "hengyang-2021"}
ACCEPTED = [name for name in list_reports(RAW) if read_rows(RAW / name / "decisions.csv")]


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    """Return the text of each accepted report that the shelf has, as it stands in its file."""
    folder = os.environ.get("HYREPORT_TEXTS_DIR")
    if not folder:
        pytest.skip("set HYREPORT_TEXTS_DIR to the folder that holds the texts of many reports")
    facts = {name: read_report(RAW / name / "report.toml")["copy"] for name in ACCEPTED}
    sizes = {fact["bytes"] for fact in facts.values()}
    found = {}
    for path in Path(folder).rglob("*.md"):
        if path.stat().st_size in sizes:
            content = path.read_bytes()
            found[hashlib.sha256(content).hexdigest()] = content.decode("utf-8")
    texts = {name: found[fact["sha256"]] for name, fact in facts.items() if fact["sha256"] in found}
    assert set(texts) >= SHELVED
    return texts


def cut(text: str, row: dict[str, str]) -> str:
    return text[int(row["start"]) : int(row["end"])]


@pytest.mark.parametrize("name", ["figures.csv", "exclusions.csv"])
def test_each_number_stands_at_its_place(name, texts):
    for report, text in texts.items():
        for row in read_rows(RAW / report / name):
            assert cut(text, row) == parse_printed(row["as_printed"]).number, row


def test_each_goal_stands_at_its_place(texts):
    for report, text in texts.items():
        for row in read_rows(RAW / report / "goals.csv"):
            assert cut(text, row) == row["as_printed"], row


def test_all_that_is_printed_of_a_figure_stands_around_it(texts):
    for report, text in texts.items():
        for row in read_rows(RAW / report / "figures.csv"):
            around = text[int(row["start"]) - 6 : int(row["end"]) + 8]
            missing = set(row["as_printed"]) - set(around)
            assert not missing, (report, row["figure_id"], missing)


def test_a_person_decided_each_row():
    for report in SHELVED:
        figures = read_rows(RAW / report / "figures.csv")
        assert {row["read"] for row in figures} == {"each"}
        decided = {row["start"]: row for row in read_rows(RAW / report / "decisions.csv")}
        assert {row["start"] for row in read_rows(RAW / report / "tokens.csv")} <= set(decided)
        assert {row["read"] for row in decided.values()} == {"each"}
