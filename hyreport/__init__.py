"""The 2018 government work report of Hengyang, as figures that walk back to their printed words.

>>> import hyreport as hy
>>> print(hy.figure("gdp.growth.2017").as_printed)
8.5%
"""

from importlib import import_module

from hyreport.fonts import show_chinese_in_jupyter

__version__ = "0.1.0"

# Loaded on first use, so that importing the package (and a render with nothing to do) stays light.
_HOME = {
    "load_figures": "data",
    "load_targets": "data",
    "load_goals": "data",
    "load_outcomes": "data",
    "load_reference": "data",
    "load_checks": "data",
    "figure": "data",
    "find": "search",
    "trace": "tracing",
    "uses": "tracing",
    "published": "data",
    "compute": "rounding",
    "stated": "rounding",
    "show": "views",
    "use_style": "charts",
    "keep": "keeping",
}
_MODULES = (
    "attainment",
    "charts",
    "exercises",
    "forecast",
    "forecast_charts",
    "forecast_score",
    "language",
    "outcomes",
    "real_time",
    "revenue",
    "scenario_panel",
    "scenarios",
    "target_charts",
    "target_levels",
    "targets",
    "tax_charts",
    "tax_rise",
    "tax_scenarios",
    "tax_share",
    "vintages",
)
FUNCTIONS = tuple(_HOME)
__all__ = [*_HOME, *_MODULES]

show_chinese_in_jupyter()


def __getattr__(name: str):
    if name in _MODULES:
        return import_module(f"hyreport.{name}")
    if name in _HOME:
        found = getattr(import_module(f"hyreport.{_HOME[name]}"), name)
        globals()[name] = found
        return found
    raise AttributeError(f"module 'hyreport' has no name {name!r}; it offers {', '.join(__all__)}")


def __dir__() -> list[str]:
    # About a dozen names to begin with; the modules of the themes are there when asked for.
    return sorted([*FUNCTIONS, "__version__"])
