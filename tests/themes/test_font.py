"""The font that travels with the project has every character the project shows."""

import hashlib
import itertools
import json
import re
import warnings
from pathlib import Path

import duckdb
import pytest
from fontTools.ttLib import TTFont

from hyreport.panel.duck import path_to_read

ROOT = Path(__file__).resolve().parents[2]
FONTS = ROOT / "hyreport" / "assets" / "fonts"
STYLES = ["Regular", "Bold"]
# Tables that reading goes by and nobody is shown: ends of ranges, signs of odd copies.
UNSHOWN = {"characters.csv", "kinds.csv", "patterns.csv", "roles.csv"}
SOURCES = {".py", ".j2", ".css", ".csv", ".toml", ".js", ".html"}
SAMPLE = "衡阳市地区生产总值增长8.5%（预计数），≥8%、≤4.5%、≈14%；耒阳、酃湖、砥砺 ↗ ↘ ✓ Ⅱ ①"


# The workbook repeats the words of the tables beside it; parquet is asked below.
PACKED = {".xlsx", ".parquet"}
PANEL = ROOT / "data" / "panel" / "headline.parquet"


def shown_texts() -> dict[str, str]:
    """Return the text of every file whose characters a reader may see, by path."""
    files = [path for path in (ROOT / "data").rglob("*") if path.is_file()]
    files += [path for path in (ROOT / "hyreport").rglob("*") if path.suffix in SOURCES]
    files += (ROOT / "notebooks").rglob("*.md")
    texts = {
        str(path.relative_to(ROOT)): path.read_text(encoding="utf-8-sig")
        for path in files
        if path.suffix not in PACKED and path.name not in UNSHOWN
    }
    for path in (ROOT / "notebooks").rglob("*.ipynb"):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        texts[str(path.relative_to(ROOT))] = "".join("".join(cell["source"]) for cell in cells)
    for path in (ROOT / "notebooks").rglob("zh/*"):  # what is drawn is there too
        texts[str(path.relative_to(ROOT))] = path.read_text(encoding="utf-8")
    return texts | read_panel()


def read_panel() -> dict[str, str]:
    """Return the characters of each column of the panel, where there is one."""
    if not PANEL.is_file():
        return {}
    rows = duckdb.read_parquet(path_to_read(PANEL))
    texts = [name for name, kind in zip(rows.columns, rows.types, strict=True) if kind == "VARCHAR"]
    columns = {name: rows.select(name).distinct().fetchall() for name in texts}
    return {
        f"{PANEL.name}, {name}": "".join({char for (text,) in found for char in text or ""})
        for name, found in columns.items()
    }


def test_there_is_something_to_look_at():
    names = " ".join(shown_texts())
    for part in ("hengyang-2021/figures.csv", "any_report/01", "many_reports/01", ".py", ".toml"):
        assert part in names
    assert ("headline.parquet, subject_zh" in names) == PANEL.is_file()


@pytest.mark.parametrize("style", STYLES)
def test_the_font_has_all_of_gb_2312(style):
    pairs = itertools.product(range(0xA1, 0xF8), range(0xA1, 0xFF))
    known = {bytes(pair).decode("gb2312", errors="ignore") for pair in pairs} - {""}
    assert len({char for char in known if "\u4e00" <= char <= "\u9fff"}) == 6763
    held = {chr(code) for code in TTFont(FONTS / f"HyreportSansSC-{style}.ttf").getBestCmap()}
    assert known - held == set()


@pytest.mark.full
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
