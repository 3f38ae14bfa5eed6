# /// script
# requires-python = ">=3.11"
# dependencies = ["fonttools==4.68.0", "brotli==1.2.1"]
# ///
"""Cut the font that travels with the project out of Noto Sans SC; the same bytes each time.

usage: uv run tools/make_font.py FOLDER

FOLDER holds the unpacked npm package @expo-google-fonts/noto-sans-sc. The subset has
GB 2312 whole; a character it lacks goes into hyreport/assets/fonts/extra-characters.txt, then this
script is run again.
"""

import hashlib
import importlib.metadata
import itertools
import json
import shutil
import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

FONTS = Path(__file__).resolve().parent.parent / "hyreport" / "assets" / "fonts"
FAMILY = "Hyreport Sans SC"  # the licence reserves the original's names
WEIGHTS = {
    "Regular": "400Regular/NotoSansSC_400Regular.ttf",
    "Bold": "700Bold/NotoSansSC_700Bold.ttf",
}
SYMBOLS = "≥≤≈≠±×÷−–—→←↑↓↗↘•■□▲△▼▽●○◆◇★☆✓‰℃㎡№√∞∑Δ“”‘’…·﹝﹞﹪"
RANGES = [
    (0x20, 0x7E),  # ASCII
    (0xA0, 0xFF),  # Latin-1
    (0x2160, 0x216B),  # Roman numerals
    (0x2170, 0x2179),  # small ones
    (0x2460, 0x2473),  # circled numbers
    (0x3000, 0x3011),  # Chinese punctuation
    (0xFF01, 0xFF5E),  # full-width forms
]
KEPT_NAMES = {0, 5, 7, 8, 9, 10, 11, 13, 14}  # copyright, version, makers and licence stay


def wanted_characters() -> set[str]:
    """Return GB 2312, the symbols, and the characters the project needs beside them."""
    pairs = itertools.product(range(0xA1, 0xF8), range(0xA1, 0xFF))
    # One by one: of codes in a row, an empty one would throw the rest out of step.
    gb_2312 = "".join(bytes(pair).decode("gb2312", errors="ignore") for pair in pairs)
    ranges = "".join(chr(code) for first, last in RANGES for code in range(first, last + 1))
    extra = (FONTS / "extra-characters.txt").read_text(encoding="utf-8")
    return set(gb_2312 + ranges + SYMBOLS + extra) - {"\n"}


def cut_font(source: Path, style: str) -> TTFont:
    """Return the subset of one font file, under the project's own family name."""
    options = subset.Options(
        layout_features=[],
        hinting=False,
        notdef_outline=True,
        name_IDs=["*"],
        recalc_timestamp=False,
    )
    options.drop_tables += ["BASE", "GDEF", "GPOS", "GSUB", "STAT", "vhea", "vmtx"]
    font = subset.load_font(source, options)
    cutter = subset.Subsetter(options)
    cutter.populate(text="".join(sorted(wanted_characters())))
    if missing := wanted_characters() - {chr(code) for code in font.getBestCmap()}:
        sys.exit(f"{source.name} has no glyph for {''.join(sorted(missing))}")
    cutter.subset(font)
    names = font["name"]
    names.names = [entry for entry in names.names if entry.nameID in KEPT_NAMES]
    plain = FAMILY.replace(" ", "")
    ours = {
        1: FAMILY,
        2: style,
        3: f"{plain}-{style}",
        4: f"{FAMILY} {style}",
        6: f"{plain}-{style}",
    }
    for name_id, text in ours.items():
        names.setName(text, name_id, 3, 1, 0x409)
    return font


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def main(package: Path) -> None:
    """Write the fonts, their licence and a note of where they come from; print the note."""
    version = json.loads((package / "package.json").read_text(encoding="utf-8"))["version"]
    tools = ", ".join(
        f"{tool} {importlib.metadata.version(tool)}" for tool in ("fonttools", "brotli")
    )
    lines = [
        f"# {FAMILY}",
        "",
        f"A subset of Noto Sans SC, cut by `tools/make_font.py` with {tools} from the npm package",
        f"`@expo-google-fonts/noto-sans-sc` {version}. Licence: SIL OFL 1.1, in `OFL.txt`.",
        "",
        "| file | SHA-256 |",
        "| --- | --- |",
    ]
    shutil.copyfile(package / "LICENSE_FONT", FONTS / "OFL.txt")
    for style, name in WEIGHTS.items():
        lines.append(f"| `{name}` in the package | `{sha256(package / name)}` |")
        font = cut_font(package / name, style)
        for flavor, suffix in ((None, "ttf"), ("woff2", "woff2")):
            target = FONTS / f"HyreportSansSC-{style}.{suffix}"
            font.flavor = flavor
            font.save(target)
            lines.append(f"| `{target.name}` | `{sha256(target)}` |")
    note = "\n".join(lines) + "\n"
    (FONTS / "SOURCE.md").write_text(note, encoding="utf-8", newline="\n")
    print(note, end="")


if __name__ == "__main__":
    if len(sys.argv) != 2 or not Path(sys.argv[1], "package.json").is_file():
        sys.exit("usage: uv run tools/make_font.py FOLDER")
    main(Path(sys.argv[1]))
