"""Many reports: read a shelf of texts into one panel of headline indicators, keep it, ask it."""

from importlib import import_module
from typing import Any

# Functions of the name of their module come first, so that the name means the function.
from hyreport.panel.ask import PANEL, ask, cell, find_area, outcomes, targets
from hyreport.panel.cells import Cell
from hyreport.panel.published import load_compared, say_compared
from hyreport.panel.rates import measure_rates, rates, say_rates, wrong_share

# Loaded on first use, as charts bring matplotlib.
_HOME = {
    "bunching": (
        "count_near",
        "load_gaps",
        "measure_equal",
        "measure_just_met",
        "measure_variants",
        "say_equal",
        "say_just_met",
        "say_unclear",
        "spread_gaps",
    ),
    "holdings": (
        "count_cells",
        "count_held",
        "count_places",
        "list_left_out",
        "say_held",
    ),
    "chooser": ("choose_place",),
    "exchange": ("permute_outcomes", "say_exchanged"),
    "heaps": ("count_heaps", "say_heaps"),
    "missing": (
        "bound_attainment",
        "compare_composition",
        "leave_out_grade",
        "say_bounds",
        "say_composition",
    ),
    "names": ("meaning", "name_indicator"),
    "place": (
        "follow_place",
        "list_peers",
        "list_places",
        "name_place",
        "place_numbers",
        "say_place",
        "stand_among_peers",
    ),
    "titles": (
        "SOURCE",
        "say_bounds_chart",
        "say_composition_chart",
        "say_found_chart",
        "say_heaps_chart",
        "say_place_chart",
        "say_places_chart",
        "say_rates_chart",
        "say_spread_chart",
        "say_variants_chart",
    ),
    "vintages": ("series",),
}
_MODULES = ("charts", "export")
_WHERE = {name: module for module, names in _HOME.items() for name in names}
__all__ = [
    "PANEL",
    "Cell",
    "ask",
    "cell",
    "find_area",
    "load_compared",
    "measure_rates",
    "outcomes",
]
__all__ += ["rates", "say_compared", "say_rates", "targets", "wrong_share", *_WHERE, *_MODULES]


def __getattr__(name: str) -> Any:
    if name in _MODULES:
        return import_module(f"hyreport.panel.{name}")
    if name in _WHERE:
        found = getattr(import_module(f"hyreport.panel.{_WHERE[name]}"), name)
        globals()[name] = found
        return found
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
