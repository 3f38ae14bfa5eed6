"""What can be said of any report, as tables and sentences: figures, revenue, aims, outlook."""

from importlib import import_module
from types import ModuleType

from hyreport.themes.overview.aims import (
    count_aims,
    count_verdicts,
    follow_before,
    measure_gaps,
    say_aims,
    say_before,
    say_pairs,
    say_verdicts,
    set_aims_beside,
)
from hyreport.themes.overview.exactness import (
    count_figures,
    count_themes,
    measure_rounding,
    say_figures,
    say_themes,
)
from hyreport.themes.overview.outlook import (
    count_years,
    foresee_growth,
    know_growth,
    mark_aims,
    say_outlook,
    say_spread,
)
from hyreport.themes.overview.revenue import (
    derive_revenue,
    find_revenue,
    say_revenue,
    say_shares,
    tax_shares,
)

__all__ = [
    "charts",
    "count_aims",
    "count_figures",
    "count_themes",
    "count_verdicts",
    "count_years",
    "derive_revenue",
    "find_revenue",
    "follow_before",
    "foresee_growth",
    "know_growth",
    "mark_aims",
    "measure_gaps",
    "measure_rounding",
    "say_aims",
    "say_before",
    "say_figures",
    "say_outlook",
    "say_pairs",
    "say_revenue",
    "say_shares",
    "say_spread",
    "say_themes",
    "say_verdicts",
    "set_aims_beside",
    "tax_shares",
]


def __getattr__(name: str) -> ModuleType:
    if name == "charts":  # on first use: matplotlib is heavy
        return import_module("hyreport.themes.overview.charts")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
