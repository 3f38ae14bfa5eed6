"""Whole and half numbers among targets and outcomes."""

from pathlib import Path

import pandas as pd

from hyreport.panel.ask import PANEL, ask
from hyreport.panel.sampling import share
from hyreport.themes.overview.wording import link_result

__all__ = ["count_heaps", "say_heaps"]


def count_heaps(indicator: str = "gdp.growth", *, panel: Path = PANEL) -> pd.DataFrame:
    """Count which last digits targets and outcomes show, to see whole and half numbers heap.

    Parameters
    ----------
    indicator : str
        A headline indicator in percent.
    panel : Path
        Folder of the panel.

    Returns
    -------
    DataFrame
        `kind`, `tenth` (0 to 9, the first decimal; 0 also where none is printed), `cells`,
        `without` (of them printed without a decimal), `share` in percent of the kind.
    """
    sql = """
        select kind, (round(abs(value) * 10)::int % 10) as tenth, count(*) as cells,
            count(*) filter (position('.' in as_printed) = 0 and position('．' in as_printed) = 0
                and position('点' in as_printed) = 0) as without
        from headline where indicator = ? and status = 'found' and certainty <> 'C'
        group by all order by kind, tenth
    """
    counts = ask(sql, indicator, panel=panel)
    whole = counts.groupby("kind")["cells"].transform("sum")
    return counts.assign(share=100 * counts["cells"] / whole)


def say_heaps(heaps: pd.DataFrame) -> tuple[pd.DataFrame, str]:
    """Say how many targets and outcomes are whole and half numbers.

    Parameters
    ----------
    heaps : DataFrame
        As `count_heaps` gives it.

    Returns
    -------
    table, sentence
    """
    made = []
    for kind, words in (("target", "targets"), ("actual", "outcomes")):
        rows = heaps[heaps["kind"] == kind]
        n = int(rows["cells"].sum())
        if not n:
            return pd.DataFrame(), ""
        round_ = int(rows.loc[rows["tenth"].isin((0, 5)), "cells"].sum())
        made.append(
            share(round_, n, of=f"{words} on a whole or half number").as_row(
                what=f"{words} on a whole or half number", result=f"heaped_{kind}"
            )
        )
    bare = heaps[heaps["kind"] == "actual"]
    number = share(int(bare["without"].sum()), int(bare["cells"].sum()), of="without a decimal")
    made.append(number.as_row(what="outcomes printed without a decimal", result="bare_actual"))
    targets, outcomes, without = map(link_result, made)
    said = (
        f"Of targets {targets}% are whole or half numbers, of outcomes {outcomes}%, where two "
        f"digits of ten would give a fifth; {without}% of outcomes are printed without a decimal. "
        "Such a one that equals its target may lie up to half a point on either side of it."
    )
    return pd.DataFrame(made), said
