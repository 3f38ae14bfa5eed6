"""Which revenue, its tax shares, what moved them, where they may go."""

from importlib import import_module
from types import ModuleType

from hyreport.themes.revenue.basis import apply_growth, apply_share, implied_base, read_about
from hyreport.themes.revenue.paths import share_at_pace, tax_grid, tax_path
from hyreport.themes.revenue.rise import decompose_rise, growth_of_base_year, levels_before
from hyreport.themes.revenue.shares import read_level, required_growth, share_before
from hyreport.themes.revenue.sliders import tax_panel

__all__ = [
    "apply_growth",
    "apply_share",
    "charts",
    "decompose_rise",
    "growth_of_base_year",
    "implied_base",
    "levels_before",
    "read_about",
    "read_level",
    "required_growth",
    "share_at_pace",
    "share_before",
    "tax_grid",
    "tax_panel",
    "tax_path",
]


def __getattr__(name: str) -> ModuleType:
    if name == "charts":  # on first use: matplotlib is heavy, and exercises draw nothing
        return import_module("hyreport.themes.revenue.charts")
    raise AttributeError(f"module {__name__!r} has no name {name!r}")
