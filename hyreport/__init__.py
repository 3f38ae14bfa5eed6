"""Chinese government work reports as figures that walk back to their printed words.

>>> import hyreport as hy
>>> print(hy.figure("gdp.growth.2017").as_printed)
8.5%
"""

from importlib import import_module
from types import ModuleType
from typing import Any

from hyreport.lab.cards import show_cards_in_jupyter
from hyreport.themes.fonts import show_chinese_in_jupyter
from hyreport.words.faults import tell_fault

__version__ = "0.2.0"

# Loaded on first use, so that importing the package (and a render with nothing to do) stays light.
_HOME = {
    "load_figures": "hyreport.data.load",
    "load_targets": "hyreport.data.load",
    "load_goals": "hyreport.data.load",
    "load_outcomes": "hyreport.data.load",
    "load_reference": "hyreport.data.load",
    "load_checks": "hyreport.data.load",
    "load_doubts": "hyreport.data.load",
    "load_indicators": "hyreport.data.load",
    "load_units": "hyreport.data.load",
    "load_terms": "hyreport.data.load",
    "Report": "hyreport.data.report",
    "figure": "hyreport.data.report",
    "quote": "hyreport.text.compare",
    "find": "hyreport.data.search",
    "results": "hyreport.lab.trace",
    "trace": "hyreport.lab.trace",
    "uses": "hyreport.lab.trace",
    "cite": "hyreport.lab.cite",
    "published": "hyreport.data.report",
    "compute": "hyreport.numbers.rounding",
    "stated": "hyreport.numbers.rounding",
    "show": "hyreport.lab.views",
    "use_style": "hyreport.themes.look",
    "use_language": "hyreport.words.language",
    "keep": "hyreport.lab.keep",
    "say": "hyreport.lab.keep",
    "review": "hyreport.draft.review",
}
_MODULES = {
    "charts": "hyreport.themes.look",
    "checks": "hyreport.themes.checks",
    "exercises": "hyreport.teach.check",
    "growth": "hyreport.themes.growth",
    "language": "hyreport.words.language",
    "overview": "hyreport.themes.overview",
    "panel": "hyreport.panel",
    "revenue": "hyreport.themes.revenue",
    "series": "hyreport.themes.series",
    "targets": "hyreport.themes.targets",
}
FUNCTIONS = tuple(_HOME)
__all__ = [*_HOME, *_MODULES]


class _Asked(ModuleType):
    """A module that answers too: `hy.series("gdp.growth", area=...)`."""

    def __call__(self, indicator: str, *, area: str, **choices: Any) -> Any:
        """Set what reports, publications and the panel say side by side: see hy.panel.series."""
        return import_module("hyreport.panel").series(indicator, area=area, **choices)


show_chinese_in_jupyter()
show_cards_in_jupyter()


def __getattr__(name: str) -> Any:
    if name in _MODULES:
        module = import_module(_MODULES[name])
        if name == "series":
            # The panel is loaded when it is asked: charts of a series need none.
            module.__class__ = _Asked
        return module
    if name in _HOME:
        found = getattr(import_module(_HOME[name]), name)
        globals()[name] = found
        return found
    message = f"module 'hyreport' has no name {name!r}; it offers {', '.join(__all__)}"
    raise AttributeError(tell_fault(message))


def __dir__() -> list[str]:
    # About a dozen names to begin with; the modules of the themes are there when asked for.
    return sorted([*FUNCTIONS, "__version__"])
