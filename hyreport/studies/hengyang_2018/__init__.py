"""The study of Hengyang's report of 2018: what is true of that report alone."""

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

__all__ = [
    "gap_to_2015",
    "large_taxpayers",
    "local_share_path",
    "published_revenue",
    "shares_published",
    "tax_kept_locally",
    "tax_outgrew",
    "tax_shares",
]
