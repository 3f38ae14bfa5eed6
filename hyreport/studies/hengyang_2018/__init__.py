"""The study of Hengyang's report of 2018: what is true of that report alone."""

from hyreport.studies.hengyang_2018.growth import (
    BREAKING,
    first_and_later_level,
    growth_by_levels,
    implied_growth_2017,
)
from hyreport.studies.hengyang_2018.revenue import (
    gap_to_2015,
    large_taxpayers,
    local_share_path,
    published_revenue,
    shares_published,
    tax_kept_locally,
    tax_outgrew,
    tax_shares,
)
from hyreport.studies.hengyang_2018.targets import (
    convert_air_quality,
    gdp_revision,
    implied_levels,
    later_hints,
    targets_against_each_other,
)

__all__ = [
    "BREAKING",
    "convert_air_quality",
    "first_and_later_level",
    "gap_to_2015",
    "gdp_revision",
    "growth_by_levels",
    "implied_growth_2017",
    "implied_levels",
    "large_taxpayers",
    "later_hints",
    "local_share_path",
    "published_revenue",
    "shares_published",
    "targets_against_each_other",
    "tax_kept_locally",
    "tax_outgrew",
    "tax_shares",
]
