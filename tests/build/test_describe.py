"""Schema, descriptor, dictionary and CSV headers say the same, of every table."""

import csv
import json
import re
import shutil
import subprocess

import made_up
import pytest
from environments import make_venv
from made_up import write_made_up
from study import REPORT_ID

from hyreport import __version__
from hyreport.build.build import build_report
from hyreport.build.describe import describe_field
from hyreport.data import schema
from hyreport.data.schema import Column
from hyreport.data.tables import check_cell, read_table
from hyreport.data.versions import hash_bytes
from hyreport.paths import PROCESSED, RAW, list_reports

FOLDER = PROCESSED / REPORT_ID
TABLES = schema.PROCESSED
TYPED = {f"{REPORT_ID}/{name}": table for name, table in schema.TYPED.items()} | schema.SHARED
PACKAGE = json.loads((FOLDER / "datapackage.json").read_text(encoding="utf-8"))
RESOURCES = {resource["path"]: resource for resource in PACKAGE["resources"]}
DICTIONARY = (FOLDER / "DICTIONARY.md").read_text(encoding="utf-8")
# Where a name and a definition are from: an address that was read, or the project itself.
OWN = "the project's own"
SOURCE_FORM = re.compile("Name and definition: (.+)|Name: (.+) ; definition: (.+)")


def read(path):
    with (FOLDER / path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_table_of_the_folder_is_described():
    made = {path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.csv")}
    assert made == set(TABLES) == set(RESOURCES)
    typed = {path.relative_to(RAW).as_posix() for path in RAW.rglob("*.csv")}
    others = {f"{name}/{table}" for name in list_reports(RAW) for table in schema.TYPED}
    assert typed == set(TYPED) | others


def test_header_schema_and_descriptor_agree():
    for path, table in TABLES.items():
        header = (FOLDER / path).read_text(encoding="utf-8").splitlines()[0].split(",")
        fields = [field["name"] for field in RESOURCES[path]["schema"]["fields"]]
        assert header == table.header == fields, path


def test_every_cell_is_what_its_column_allows():
    for path, table in TABLES.items():
        for number, row in enumerate(read(path), start=2):
            for column in table.columns:
                check_cell(row[column.name], column, f"{path}, row {number}")


def test_keys_are_unique_and_links_lead_somewhere():
    named = {table.name: path for path, table in TABLES.items()}
    for path, table in TABLES.items():
        rows = read(path)
        keys = [tuple(row[name] for name in table.key) for row in rows]
        assert len(keys) == len(set(keys)), path
        for column, link in table.links:
            target, _, name = link.rpartition(".")
            there = {row[name] for row in read(named[target])}
            assert {row[column] for row in rows} - {""} <= there, f"{path}: {column} to {link}"


def test_resource_has_size_and_hash_of_its_file():
    for path in TABLES:
        content = (FOLDER / path).read_bytes()
        assert RESOURCES[path]["bytes"] == len(content), path
        assert RESOURCES[path]["hash"] == f"sha256:{hash_bytes(content)}", path


def test_package_says_what_the_standard_asks_for():
    assert PACKAGE["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert PACKAGE["version"] == __version__
    assert "created" not in PACKAGE
    assert re.fullmatch(r"[a-z0-9._-]+", PACKAGE["name"])
    names = [resource["name"] for resource in PACKAGE["resources"]]
    assert len(names) == len(set(names))
    for resource in PACKAGE["resources"]:
        assert not resource["path"].startswith(("/", "..")) and resource["description"]
        known = {field["name"] for field in resource["schema"]["fields"]}
        for link in resource["schema"].get("foreignKeys", []):
            assert set(link["fields"]) <= known
            assert link["reference"]["resource"] in names


def test_every_field_is_explained():
    for path, table in TABLES.items():
        fields = RESOURCES[path]["schema"]["fields"]
        for column, field in zip(table.columns, fields, strict=True):
            place, codes = (path, column.name), field.get("categories", [])
            assert field["description"].startswith(column.meaning), place
            assert ("missingValues" in field) is not column.required, place
            assert [code["value"] for code in codes] == list(column.allowed), place
            assert all(code["label"] for code in codes), place


def test_number_fields_say_their_unit():
    for path in TABLES:
        if path == "checks.csv":
            continue
        for column in TABLES[path].columns:
            assert column.unit or column.type != "decimal", f"{path}, {column.name}"


def test_dictionary_has_every_field():
    typed = (path for path, table in TYPED.items() if table not in TABLES.values())
    for path in (*TABLES, *typed):
        table = TABLES.get(path) or TYPED[path]
        heading = re.escape(path if path in TABLES else f"data/raw/{path}")
        section = re.search(rf"^### {heading}\n(.*?)(?=^##)", DICTIONARY, re.M | re.S)[1]
        listed = re.findall(r"^\| `(\S+)` \|", section, re.M)
        assert listed == table.header, path


def test_dictionary_has_every_code_indicator_and_unit():
    for table in {**TYPED, **TABLES}.values():
        for column in table.columns:
            for value, label in column.labels.items():
                assert f"| `{value}` | {label} |" in DICTIONARY or f"`{value}`" in DICTIONARY
    for row in read("indicators.csv"):
        for name in ("indicator", "name_en", "name_zh", "definition", "definition_source"):
            assert row[name] in DICTIONARY
    for row in read("units.csv"):
        assert f"| {row['unit_zh']} | {row['unit']} |" in DICTIONARY


def test_dictionary_links_lead_to_its_headings():
    headings = set(re.findall(r"^### (\S+)$", DICTIONARY, re.M))
    assert set(re.findall(r"\]\(#([^)]+)\)", DICTIONARY)) <= headings


def test_every_indicator_has_the_source_of_its_name_and_definition():
    for row in read_table(RAW / "indicators.csv", schema.SHARED["indicators.csv"]):
        form = SOURCE_FORM.fullmatch(row["definition_source"])
        assert form, f"{row['indicator']}: {row['definition_source']}"
        for source in filter(None, form.groups()):
            assert source.startswith(OWN) or re.search("https?://", source), row["indicator"]


@pytest.mark.parametrize(
    "source",
    ["", "NBS names", "Name: the project's own", "Name and definition: standard practice"],
)
def test_a_source_without_address_or_owner_shows(source):
    form = SOURCE_FORM.fullmatch(source)
    assert form is None or not re.search("https?://|^the project's own", form[1])


def test_a_drifted_column_shows():
    before = describe_field(Column("a", "text", "Meaning"))
    assert describe_field(Column("a", "decimal", "Meaning")) != before
    assert describe_field(Column("a", "text", "Other")) != before
    assert describe_field(Column("a", "text", "Meaning", allowed=("x",))) != before


@pytest.fixture(scope="module")
def frictionless(tmp_path_factory):
    """Return a Python that has frictionless, which is no dependency of the project."""
    return make_venv(tmp_path_factory.mktemp("frictionless") / "venv", "frictionless>=5.18,<6")


def validate(python, descriptor):
    command = [python, "-X", "utf8", "-m", "frictionless", "validate", "--json", descriptor]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=300)
    report = json.loads(done.stdout)
    errors = [error["type"] for task in report["tasks"] for error in task["errors"]]
    return report["valid"], errors + [error["type"] for error in report["errors"]]


@pytest.mark.full
def test_frictionless_accepts_the_package(frictionless):
    assert validate(frictionless, FOLDER / "datapackage.json") == (True, [])


@pytest.mark.full
def test_frictionless_accepts_a_package_with_empty_tables(frictionless, tmp_path):
    write_made_up(shutil.copytree(RAW, tmp_path / "raw"))
    build_report(tmp_path / "raw", tmp_path, made_up.REPORT)
    assert validate(frictionless, tmp_path / made_up.REPORT / "datapackage.json") == (True, [])


FAULTS = {
    "a changed digit": ("reference.csv", "161.0747", "162.0747", "hash-count", True),
    "a figure that is not there": (
        "doubts.csv",
        "\ntrade.level.2017,",
        "\ntrade.level.2016,",
        "foreign-key",
        False,
    ),
    "a code that is none": (
        "figures.csv",
        ",strive,",
        ",try,",
        "constraint-error",
        False,
    ),
    "two rows of one key": ("units.csv", "\n万元,", "\n亿元,", "primary-key", False),
}


@pytest.mark.full
@pytest.mark.parametrize("fault", FAULTS)
def test_frictionless_finds_what_is_wrong(fault, frictionless, tmp_path):
    path, old, new, error, keep_hash = FAULTS[fault]
    folder = shutil.copytree(FOLDER, tmp_path / "processed")
    text = (folder / path).read_text(encoding="utf-8")
    assert old in text
    (folder / path).write_text(text.replace(old, new, 1), encoding="utf-8", newline="")
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    if not keep_hash:
        for resource in package["resources"]:
            del resource["bytes"], resource["hash"]
    descriptor = folder / "datapackage.json"
    descriptor.write_text(json.dumps(package), encoding="utf-8")
    valid, errors = validate(frictionless, descriptor)
    assert not valid and error in errors
