"""The font that travels with the project has every character the project shows."""

import hashlib
import json
import re
import warnings
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parents[2]
FONTS = ROOT / "hyreport" / "assets" / "fonts"
PAGES = ROOT / "hyreport" / "assets" / "pages"
STYLES = ["Regular", "Bold"]
SAMPLE = "衡阳市地区生产总值增长8.5%（预计数），≥8%、≤4.5%、≈14%；耒阳、酃湖、砥砺 ↗ ↘ ✓ Ⅱ ①"


def shown_texts() -> dict[str, str]:
    """Return the text of every file whose characters a reader may see, by path."""
    # The workbook repeats the words of the tables beside it.
    files = [
        path for path in (ROOT / "data").rglob("*") if path.is_file() and path.suffix != ".xlsx"
    ]
    files += [
        path for path in (ROOT / "hyreport").rglob("*") if path.suffix in {".py", ".j2", ".css"}
    ]
    texts = {str(path.relative_to(ROOT)): path.read_text(encoding="utf-8-sig") for path in files}
    for path in (ROOT / "notebooks").glob("*.ipynb"):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        texts[path.name] = "".join("".join(cell["source"]) for cell in cells)
    notebooks = ROOT / "notebooks"
    for path in (*notebooks.glob("*.md"), *notebooks.rglob("zh/*")):  # what is drawn is there too
        texts[str(path.relative_to(notebooks))] = path.read_text(encoding="utf-8")
    for path in (ROOT / "hyreport" / "words" / "sentences.csv", *PAGES.glob("*.*")):
        texts[path.name] = path.read_text(encoding="utf-8")
    return texts


def test_there_is_something_to_look_at():
    names = " ".join(shown_texts())
    assert "figures.csv" in names and ".ipynb" in names and ".py" in names


@pytest.mark.parametrize("style", STYLES)
def test_no_character_is_missing(style):
    held = {chr(code) for code in TTFont(FONTS / f"HyreportSansSC-{style}.ttf").getBestCmap()}
    missing = {
        name: "".join(sorted(lacking))
        for name, text in shown_texts().items()
        if (lacking := {char for char in text if not char.isascii()} - held)
    }
    assert missing == {}, "add these to extra-characters.txt and run tools/make_font.py"


@pytest.mark.parametrize("style", STYLES)
def test_report_can_be_shown_whole(style, source_text):
    held = {chr(code) for code in TTFont(FONTS / f"HyreportSansSC-{style}.ttf").getBestCmap()}
    assert {char for char in source_text if char.isprintable()} - held == set()


@pytest.mark.parametrize("style", STYLES)
def test_font_does_not_use_reserved_names(style):
    names = TTFont(FONTS / f"HyreportSansSC-{style}.ttf")["name"]
    assert names.getDebugName(1) == "Hyreport Sans SC"
    assert names.getDebugName(2) == style
    shown = " ".join(str(names.getDebugName(name_id)) for name_id in (1, 2, 3, 4, 6))
    assert not re.search("Source|Noto", shown)
    assert "Open Font License" in (FONTS / "OFL.txt").read_text(encoding="utf-8")


def test_files_are_those_of_the_note():
    note = (FONTS / "SOURCE.md").read_text(encoding="utf-8")
    noted = dict(re.findall(r"`(HyreportSansSC-\S+)` \| `([0-9a-f]{64})`", note))
    files = FONTS.glob("HyreportSansSC-*")
    assert noted == {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
    assert len(noted) == 4


def draw(text: str, weight: str) -> list[str]:
    """Draw a text with the project's font and return what matplotlib warned of."""
    from matplotlib import font_manager
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    for style in STYLES:
        font_manager.fontManager.addfont(FONTS / f"HyreportSansSC-{style}.ttf")
    figure = Figure()
    figure.text(0, 0.5, text, fontfamily="Hyreport Sans SC", fontweight=weight)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        FigureCanvasAgg(figure).draw()
    return [str(warning.message) for warning in caught]


@pytest.mark.parametrize("weight", ["regular", "bold"])
def test_matplotlib_draws_chinese(weight):
    assert draw(SAMPLE, weight) == []


def test_matplotlib_warns_of_a_missing_character():
    said = "missing from (current )?font"
    assert any(re.search(said, message) for message in draw("龘", "regular"))
