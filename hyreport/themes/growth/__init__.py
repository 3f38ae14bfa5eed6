"""What was known when, simple forecasts, and how near they came."""

from importlib import import_module
from types import ModuleType

from hyreport.themes.growth.benchmarks import growth_outcomes, official_targets, replace_year
from hyreport.themes.growth.forecasts import as_results, forecast_growth, name_of, past_forecasts
from hyreport.themes.growth.known import as_if_in, growth_between, growth_known, since_break
from hyreport.themes.growth.models import MODELS, fit_models, policy
from hyreport.themes.growth.score import coverage, judge, score, scorecard, single_errors
from hyreport.themes.growth.vintages import series_breaks, usable_years

__all__ = [
    "MODELS",
    "as_if_in",
    "as_results",
    "charts",
    "coverage",
    "fit_models",
    "forecast_growth",
    "growth_between",
    "growth_known",
    "growth_outcomes",
    "judge",
    "name_of",
    "official_targets",
    "past_forecasts",
    "policy",
    "replace_year",
    "score",
    "scorecard",
    "series_breaks",
    "since_break",
    "single_errors",
    "usable_years",
]


def __getattr__(name: str) -> ModuleType:
    if name == "charts":  # on first use: matplotlib is heavy, and exercises draw nothing
        return import_module("hyreport.themes.growth.charts")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
