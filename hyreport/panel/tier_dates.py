"""Which tier reports first: days of delivery set beside those of the tier above."""

from pathlib import Path

import pandas as pd

from hyreport.panel.ask import PANEL, ask
from hyreport.panel.estimates import PLACE
from hyreport.panel.tiers import STEPS

__all__ = ["load_dates", "order_dates"]


def load_dates(*, panel: Path = PANEL) -> pd.DataFrame:
    """Return level, place, province, year and day of delivery of each report that tells its day."""
    dates = ask(
        "select level, area_code_now, report_year as year, delivered from reports "
        "where used = 'yes' and delivered is not null order by report",
        panel=panel,
    )
    year, province = pd.to_numeric(dates["year"]), dates[PLACE].str[:2] + "0000"
    return dates.assign(
        year=year, province=province, delivered=pd.to_datetime(dates["delivered"], errors="coerce")
    )


def order_dates(dates: pd.DataFrame) -> pd.DataFrame:
    """Say of each report whether it was delivered before that of the tier above, of one year.

    Parameters
    ----------
    dates : DataFrame
        As `load_dates` gives it.

    Returns
    -------
    DataFrame
        `step`, place, `province`, `year`, `before` (1 where the day is earlier, else 0).
    """
    days = dates.dropna(subset=["delivered"])
    upper = days[["level", "province", "year", "delivered"]].rename(columns={"delivered": "upper"})
    nation = upper[upper["level"] == "nation"][["year", "upper"]]
    own = upper[upper["level"] == "province"].drop(columns="level")
    joined = pd.concat(
        [
            days[days["level"] == "province"].merge(nation, on="year"),
            days[days["level"] == "prefecture"].merge(own, on=["province", "year"]),
        ],
        ignore_index=True,
    )
    before = (joined["delivered"] < joined["upper"]).astype(float)
    joined = joined.assign(step=joined["level"].map(STEPS), before=before)
    return joined[["step", PLACE, "province", "year", "before"]]
