"""Outcomes exchanged at random among places of a level and year."""

import numpy as np
import pandas as pd

from hyreport.numbers.rounding import stated
from hyreport.panel.bunching import OWN, WINDOW
from hyreport.panel.sampling import SEED, TIMES, sampled
from hyreport.themes.overview.wording import link_result

__all__ = ["permute_outcomes", "say_exchanged"]


def permute_outcomes(gaps: pd.DataFrame, *, times: int = TIMES) -> pd.DataFrame:
    """Exchange outcomes at random among places of a level and year, many times.

    Parameters
    ----------
    gaps : DataFrame
        As `load_gaps` gives it. Each outcome is printed with the decimals it had.
    times : int
        Exchanges, from a fixed seed.

    Returns
    -------
    DataFrame
        `above`, `below` and `share` in percent, a row an exchange.
    """
    draw = np.random.default_rng(SEED)
    groups = [rows.index.to_numpy() for _, rows in gaps.groupby(["level", "year"])]
    aim, outcome = gaps["aim"].to_numpy(), gaps["outcome"].to_numpy()
    made = []
    for _ in range(times):
        mixed = outcome.copy()
        for places in groups:
            mixed[places] = outcome[draw.permutation(places)]
        gap = mixed - aim
        made.append((((gap >= 0) & (gap < WINDOW)).sum(), ((gap < 0) & (gap >= -WINDOW)).sum()))
    table = pd.DataFrame(made, columns=["above", "below"])
    return table.assign(share=100 * table["above"] / (table["above"] + table["below"]))


def say_exchanged(measured: pd.DataFrame, exchanged: pd.DataFrame) -> tuple[pd.DataFrame, str]:
    """Say where the share of own outcomes lies among those of outcomes exchanged at random.

    Parameters
    ----------
    measured : DataFrame
        As `measure_just_met` gives it.
    exchanged : DataFrame
        As `permute_outcomes` gives it.

    Returns
    -------
    table, sentence
    """
    shares = exchanged["share"].dropna()
    if measured.empty or shares.empty:
        return pd.DataFrame(), "No outcome lies close to its target, so none can be exchanged."
    observed = float(measured.set_index("what").loc[OWN, "value"])
    low, high = np.percentile(shares, [2.5, 97.5])
    formula = f"median share over {len(shares)} exchanges, and the middle 95 percent"
    middle = sampled(float(shares.median()), low, high, unit="percent", formula=formula)
    reached = stated(
        int((shares >= observed).sum()),
        unit="exchanges",
        formula="share as high as that of the own outcomes",
    )
    rows = [
        middle.as_row(what="exchanged", result="just_met_exchanged"),
        reached.as_row(what="as high as the own share", result="just_met_reached"),
        stated(len(shares), unit="exchanges", formula="made").as_row(
            what="exchanges", result="just_met_exchanges"
        ),
    ]
    words = (
        f"Over the exchanges the share is {link_result(rows[0])}% "
        f"({link_result(rows[0], 'low')} to {link_result(rows[0], 'high')}); it is as high as "
        f"that of the own outcomes in {link_result(rows[1])} of {link_result(rows[2])}."
    )
    return pd.DataFrame(rows), words
