"""docs/reference.md is what the docstrings of the public names say now."""

import importlib.util
from pathlib import Path
from types import ModuleType

import hyreport
from hyreport.paths import ROOT

SPEC = importlib.util.spec_from_file_location("reference", ROOT / "tools" / "make_reference.py")
reference = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(reference)
PAGE = reference.TARGET.read_text(encoding="utf-8")


def test_the_page_is_not_stale():
    made = reference.make_reference()
    assert made.splitlines() == PAGE.splitlines(), "run tools/make_reference.py in .venv"


def test_every_public_name_is_listed_with_what_it_does():
    for name in hyreport.__all__:
        if isinstance(getattr(hyreport, name), ModuleType):
            assert f"**hy.{name}** " in PAGE
        else:
            assert f"| [`hy.{name}`](#hy{name.lower()}) | " in PAGE
            assert f"\n### hy.{name}\n" in PAGE
    assert "|  |" not in PAGE


def test_the_page_names_no_place_of_this_machine():
    assert str(ROOT) not in PAGE and str(Path.home()) not in PAGE


def sample(path: Path = ROOT, *, names: list[str] | None = None) -> hyreport.stated:
    """Do a thing, in
    two lines.

    More of it.

    Parameters
    ----------
    path : Path
        Where it lies,
        and why.
    names
        Who.

    Notes
    -----
    First.

    Second.

    Examples
    --------
    >>> 1 + 1
    2

    >>> 2 + 2
    4
    """


def test_a_docstring_is_shown_by_its_sections():
    assert reference.signature("hy.sample", sample) == (
        "hy.sample(path: Path=ROOT, *, names: list[str] | None=None) -> hyreport.stated"
    )
    assert reference.summary(sample) == "Do a thing, in two lines."
    parts = dict(reference.sections(sample))
    assert list(parts) == ["", "Parameters", "Notes", "Examples"]
    assert reference.render_named(parts["Parameters"]) == [
        "",
        "- `path` (Path): Where it lies, and why.",
        "- `names`: Who.",
    ]
    assert reference.render_text(parts["Notes"]) == ["", "First.", "", "Second."]
    code = ["", "```pycon", ">>> 1 + 1", "2", "", ">>> 2 + 2", "4", "```"]
    assert reference.render_text(parts["Examples"]) == code
