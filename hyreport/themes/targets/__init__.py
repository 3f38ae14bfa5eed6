"""Aims beside what was reached before, and what came of them."""

from importlib import import_module
from types import ModuleType

from hyreport.themes.targets.ambition import (
    compare_targets,
    count_wording,
    headline_targets,
    measure_ambition,
)
from hyreport.themes.targets.areas import set_areas_beside
from hyreport.themes.targets.carried_out import carry_out_targets
from hyreport.themes.targets.scoreboard import (
    GRADES,
    VERDICTS,
    follow_targets,
    label_verdicts,
    scoreboard,
)

__all__ = [
    "GRADES",
    "VERDICTS",
    "carry_out_targets",
    "charts",
    "compare_targets",
    "count_wording",
    "follow_targets",
    "headline_targets",
    "label_verdicts",
    "measure_ambition",
    "scoreboard",
    "set_areas_beside",
]


def __getattr__(name: str) -> ModuleType:
    # Loaded on first use, since matplotlib is heavy.
    if name == "charts":
        return import_module("hyreport.themes.targets.charts")
    raise AttributeError(f"module {__name__} has no name {name!r}")
