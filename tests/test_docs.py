"""What the texts for contributors say is there is there: folders, commands, forms."""

import re

import pandas
import pytest

import hyreport
from hyreport.cli import main
from hyreport.paths import PACKAGE, ROOT

DESIGN = (ROOT / "docs" / "DESIGN.md").read_text(encoding="utf-8")
RELEASE = (ROOT / "docs" / "release.md").read_text(encoding="utf-8")
FORMS = sorted((ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.yml"))


def test_the_design_names_each_folder_of_the_library_and_marks_what_is_to_come():
    lines = re.findall(r"^(\w+)/ +(.*)$", DESIGN, flags=re.MULTILINE)
    here = {path.name for path in PACKAGE.iterdir() if any(path.glob("*.py"))}
    named = {folder for folder, words in lines if not words.startswith("to come")}
    assert named == here
    assert len(lines) == len(dict(lines)) and not here & (dict(lines).keys() - named)


@pytest.mark.parametrize(
    "line", re.findall(r"^ +(?:python )?((?:run\.py|\.ci).*)$", RELEASE, flags=re.MULTILINE)
)
def test_each_command_of_a_release_exists(line):
    program, *arguments = line.split()
    assert (ROOT / program).is_file()
    if arguments:
        with pytest.raises(SystemExit) as done:
            main([*arguments, "--help"])
        assert done.value.code == 0


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_forms_are_what_github_reads(path):
    yaml = pytest.importorskip("yaml", reason="PyYAML comes with the lab")
    form = yaml.safe_load(path.read_text(encoding="utf-8"))
    if path.stem == "config":
        assert set(form) <= {"blank_issues_enabled", "contact_links"}
        return
    assert form["name"] and form["description"]
    ids = [part["id"] for part in form["body"] if part["type"] != "markdown"]
    assert len(set(ids)) == len(ids) > 3
    for part in form["body"]:
        assert part["type"] in ("markdown", "input", "textarea")
        assert part["attributes"].get("label" if part["type"] != "markdown" else "value")
        assert set(part) <= {"type", "id", "attributes", "validations"}


TEXTS = [*ROOT.glob("README*.md"), ROOT / "CONTRIBUTING.md", *ROOT.glob("docs/*.md")]
TEXTS += [*ROOT.glob("notebooks/*.md"), *ROOT.glob("notebooks/**/*.ipynb")]


def test_every_name_of_the_library_in_a_text_exists():
    texts = [path.read_text(encoding="utf-8") for path in TEXTS]
    for name in {name for text in texts for name in re.findall(r"\bhy((?:\.[a-z_]\w*)+)", text)}:
        found = hyreport
        for part in name.split(".")[1:]:
            found = getattr(found, part)


def test_no_text_shows_what_an_error_refuses():
    for path in TEXTS:
        assert "text=FILE" not in path.read_text(encoding="utf-8").replace('"', "")


DATA = (ROOT / "docs" / "data.md").read_text(encoding="utf-8")


def test_both_recipes_for_python_give_one_table(monkeypatch):
    pytest.importorskip("openpyxl", reason="the lab extra brings openpyxl")
    monkeypatch.chdir(ROOT)
    (recipe,) = re.findall(r"^```python\n(.*?)^```", DATA, flags=re.MULTILINE | re.DOTALL)
    (by_excel,) = re.findall(r"`(pd\.read_excel\(.*?\))`", DATA)
    names = {}
    exec(recipe, names)
    figures, sheet = names["figures"], eval(by_excel, names)
    assert len(figures) == 153
    pandas.testing.assert_frame_equal(figures, sheet, check_dtype=False)


def test_each_file_that_a_recipe_names_exists():
    tables = ROOT / "data" / "processed" / "hengyang-2018"
    for name in re.findall(r"hengyang-2018-dta/(\w+)", DATA):
        assert (tables / f"{name}.csv").is_file(), name
    for name in re.findall(r"data/processed/[a-z][\w./-]+\b", DATA):
        assert (ROOT / name).is_file(), name
