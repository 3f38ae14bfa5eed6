"""The Chinese font that travels with the package, as the last font of every matplotlib text.

matplotlib takes each character from the first of a text's fonts that has it. Ours is put after
those that a style names, where they are looked up: so no style can lose it, and what other fonts
can draw looks as before. In Jupyter this needs no call; nothing heavy is imported for it.
"""

import sys
from collections.abc import Callable
from functools import cache, wraps
from importlib.machinery import ModuleSpec
from importlib.util import find_spec
from types import ModuleType
from typing import Any

from hyreport.errors import HyreportError
from hyreport.paths import ASSETS
from hyreport.words.glyphs import FIRST_CHINESE, GETA

__all__ = ["add_fonts", "legible", "show_chinese", "show_chinese_in_jupyter"]


FONT = "Hyreport Sans SC"
MANAGER = "matplotlib.font_manager"
BOLD_FROM = 600  # the weight from which matplotlib, too, takes the bold one of two fonts


def show_chinese_in_jupyter() -> None:
    """Give charts drawn in this kernel the font, as soon as matplotlib is there; else do nothing.

    >>> show_chinese_in_jupyter()
    """
    if not getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)():
        return
    if hasattr(sys.modules.get(MANAGER), "fontManager"):
        show_chinese()
    elif not any(isinstance(finder, _Watch) for finder in sys.meta_path):
        sys.meta_path.insert(0, _Watch())


class _Watch:
    """Waits for the first import of matplotlib's fonts and adds ours right after it."""

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        if name != MANAGER:
            return None
        sys.meta_path.remove(self)
        spec = find_spec(name)
        loader: Any = spec and spec.loader
        load = loader.exec_module

        def load_and_add(module: ModuleType) -> None:
            load(module)
            show_chinese()

        loader.exec_module = load_and_add
        return spec


def show_chinese() -> None:
    r"""Let matplotlib look for characters in our font where a text's own fonts have none.

    In a text with a formula between dollar signs matplotlib does not look on by itself; there
    the glyph is chosen likewise.

    Notes
    -----
    Two private methods of matplotlib are wrapped, so pyproject.toml names the versions tried. A
    public way is asked for there and not made: its issue 28079 for fonts, 29173 for formulas.

    Examples
    --------
    >>> from matplotlib import font_manager
    >>> show_chinese()
    >>> fonts = font_manager.fontManager._find_fonts_by_props(font_manager.FontProperties("serif"))
    >>> [font.replace("\\", "/").split("/")[-1] for font in fonts]
    ['DejaVuSerif.ttf', 'HyreportSansSC-Regular.ttf']
    """
    from matplotlib import _mathtext, font_manager

    manager: Any = font_manager.FontManager
    formulas: Any = _mathtext.UnicodeFonts
    if not hasattr(manager._find_fonts_by_props, "__wrapped__"):
        manager._find_fonts_by_props = _and_ours(manager._find_fonts_by_props)
        formulas._get_glyph = _or_ours(formulas._get_glyph)


def _and_ours(find: Callable) -> Callable:
    """Return matplotlib's search for a text's fonts, with ours after what it finds."""

    @wraps(find)
    def find_and_add(
        manager: Any, prop: Any, fontext: str = "ttf", *args: Any, **kwargs: Any
    ) -> list[Any]:
        found = find(manager, prop, fontext, *args, **kwargs)
        if fontext != "ttf":
            return found
        add_fonts()
        ours = manager.findfont(_ours_for(prop), fallback_to_default=False)
        return found if ours in found else [*found, ours]

    return find_and_add


def _or_ours(get_glyph: Callable) -> Callable:
    """Return matplotlib's choice of a glyph in a text with a formula, ours for Chinese it lacks."""

    @wraps(get_glyph)
    def get_glyph_or_ours(fonts: Any, fontname: str, font_class: str, sym: str) -> Any:
        from matplotlib.font_manager import findfont, get_font

        if len(sym) == 1 and sym >= FIRST_CHINESE:
            add_fonts()
            own = get_font(findfont(fonts.default_font_prop))
            ours = get_font(findfont(_ours_for(fonts.default_font_prop)))
            if not own.get_char_index(ord(sym)) and ours.get_char_index(ord(sym)):
                return ours, ord(sym), False
        return get_glyph(fonts, fontname, font_class, sym)

    return get_glyph_or_ours


def _ours_for(prop: Any) -> Any:
    """Return our font in the weight nearest to a text's; matplotlib logs any other."""
    from matplotlib.font_manager import FontProperties, weight_dict

    weight = (prop if isinstance(prop, FontProperties) else FontProperties(prop)).get_weight()
    bold = (weight if isinstance(weight, int) else weight_dict[weight]) >= BOLD_FROM
    return FontProperties(family=FONT, weight="bold" if bold else "normal")


def add_fonts() -> None:
    """Make our font known to matplotlib by name, unless it is: adding costs more than a bar.

    Raises
    ------
    HyreportError
        Where a file of the font is missing.

    Examples
    --------
    >>> from matplotlib.font_manager import fontManager
    >>> add_fonts()
    >>> FONT in fontManager.get_font_names()
    True
    """
    from matplotlib.font_manager import fontManager

    # Added last, found first; matplotlib forgets it where it has to list all fonts anew.
    if any(font.name == FONT for font in reversed(fontManager.ttflist)):
        return
    for weight in ("Regular", "Bold"):
        path = ASSETS / "fonts" / f"HyreportSansSC-{weight}.ttf"
        if not path.is_file():
            place, expected = f"hyreport/assets/fonts/{path.name}", "the font that draws Chinese"
            fix = "restore the file: git checkout hyreport/assets/fonts"
            raise HyreportError(place, "no such file", expected, fix)
        fontManager.addfont(path)


def legible(text: str) -> str:
    """Write 〓 for each character that neither of our charts' fonts can draw.

    Parameters
    ----------
    text : str
        Such as the name of a figure, which may hold any character.

    Returns
    -------
    str
        matplotlib draws a box for it, but warns of each, and no warning may pass in a render.

    Examples
    --------
    >>> legible("衡阳 A\U00020bb7")
    '衡阳 A〓'
    """
    return "".join(char if char.isspace() or ord(char) in _held() else GETA for char in text)


@cache
def _held() -> frozenset[int]:
    from matplotlib.font_manager import findfont, get_font

    add_fonts()
    fonts = [get_font(findfont(name)) for name in (FONT, "DejaVu Sans")]
    return frozenset(code for font in fonts for code in font.get_charmap())
