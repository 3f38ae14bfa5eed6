"""Which characters the font that travels with the project has, and what stands for any other."""

import re
from functools import cache

from hyreport.paths import ASSETS

__all__ = ["FIRST_CHINESE", "GETA", "cut_font", "lacking", "mark_lacking", "replace_lacking"]


FIRST_CHINESE = "\u2e80"  # radicals, punctuation and characters; no sign of a formula lies above
GETA = "〓"  # what Chinese print puts in the place of a character that it lacks
REGULAR = ASSETS / "fonts" / "HyreportSansSC-Regular.ttf"
HIGH = re.compile(f"[{FIRST_CHINESE}-\U0010ffff]")
TAG = re.compile("(<[^>]+>)")
SHOWN = re.compile(r'\bdata-(?:evidence|label)="[^"]*')  # what a page shows of its attributes
NOT_MARKED = ("script", "style", "title")  # a browser shows titles in a font of its own


def lacking(text: str) -> list[str]:
    r"""Return the characters of a text that our font should have and does not.

    Below the first Chinese sign, where any machine has fonts, none is asked for.

    >>> [f"U+{ord(char):X}" for char in lacking("衡阳\U00020bb7 é")]
    ['U+20BB7']
    """
    return sorted(char for char in set(text) - _held() if char >= FIRST_CHINESE)


def replace_lacking(text: str) -> str:
    r"""Put 〓 for each character that our font lacks.

    >>> replace_lacking("衡阳\U00020bb7")
    '衡阳〓'
    """
    return HIGH.sub(lambda found: GETA if found[0] not in _held() else found[0], text)


def mark_lacking(html: str) -> str:
    r"""Put 〓 for each character of a page that our font lacks, its code in a title.

    >>> mark_lacking("<p>衡阳\U00020bb7</p>")
    '<p>衡阳<span class="lacking" title="U+20BB7">〓</span></p>'
    """
    if not lacking(html):
        return html
    parts, inside = [], ""
    for part in TAG.split(html):
        if part.startswith("<"):
            inside = part.lstrip("<").partition(" ")[0].rstrip(">")
            parts.append(SHOWN.sub(lambda found: replace_lacking(found[0]), part))
        else:
            parts.append(part if inside in NOT_MARKED else HIGH.sub(_mark, part))
    return "".join(parts)


def _mark(found: re.Match[str]) -> str:
    char = found[0]
    code = f'<span class="lacking" title="U+{ord(char):04X}">{GETA}</span>'
    return char if char in _held() else code


def cut_font(text: str) -> bytes:
    """Return our font as WOFF with the characters of a text alone, for a page that links nowhere.

    >>> cut_font("衡阳")[:4]
    b'wOFF'
    """
    from io import BytesIO

    from fontTools import subset

    options = subset.Options(hinting=False, layout_features=[], recalc_timestamp=False)
    options.notdef_outline = True
    cutter = subset.Subsetter(options)
    cutter.populate(text=text)
    written = BytesIO()
    with subset.load_font(REGULAR, options) as font:
        cutter.subset(font)
        font.flavor = "woff"
        font.save(written)
    return written.getvalue()


@cache
def _held() -> frozenset[str]:
    from fontTools.ttLib import TTFont

    with TTFont(REGULAR) as font:
        return frozenset(map(chr, font.getBestCmap()))
