"""Whole and half numbers among targets and outcomes."""

from pathlib import Path

import pandas as pd

from hyreport.panel.ask import PANEL, ask
from hyreport.panel.sampling import share
from hyreport.themes.overview.wording import link_result

__all__ = ["count_heaps", "count_round", "say_heaps"]


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
    # Of a range the lower end is the value, and what is printed up to the dash.
    sql = r"""
        with cells as (
            select kind, value,
                regexp_replace(as_printed, '([0-9%％])[-—–－~～至到].*', '\1') as own
            from headline where indicator = ? and status = 'found' and certainty <> 'C'
        )
        select kind, (round(abs(value) * 10)::int % 10) as tenth, count(*) as cells,
            count(*) filter (not regexp_matches(own, '[.．点]')) as without
        from cells group by all order by kind, tenth
    """
    counts = ask(sql, indicator, panel=panel)
    whole = counts.groupby("kind")["cells"].transform("sum")
    return counts.assign(share=100 * counts["cells"] / whole)


def count_round(heaps: pd.DataFrame) -> dict[str, tuple[int, int]]:
    """Count whole and half numbers: of targets, of outcomes with a decimal, and bare outcomes.

    Parameters
    ----------
    heaps : DataFrame
        As `count_heaps` gives it.

    Returns
    -------
    dict
        target, actual (outcomes printed with a decimal that are whole or half) and bare (outcomes
        printed without one): how many, of how many.
    """
    whole_half = heaps["tenth"].isin((0, 5))
    target, actual = heaps["kind"] == "target", heaps["kind"] == "actual"
    cells, without = heaps["cells"], heaps["without"]
    with_decimal = cells - without
    return {
        "target": (int(cells[target & whole_half].sum()), int(cells[target].sum())),
        "actual": (int(with_decimal[actual & whole_half].sum()), int(with_decimal[actual].sum())),
        "bare": (int(without[actual].sum()), int(cells[actual].sum())),
    }


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
    words = {
        "target": "targets on a whole or half number",
        "actual": "outcomes printed with a decimal, on a whole or half number",
        "bare": "outcomes printed without a decimal",
    }
    names = {"target": "heaped_target", "actual": "heaped_actual", "bare": "bare_actual"}
    counts = count_round(heaps)
    if not all(n for _, n in counts.values()):
        return pd.DataFrame(), ""
    made = [
        share(hits, n, of=words[key]).as_row(what=words[key], result=names[key])
        for key, (hits, n) in counts.items()
    ]
    targets, outcomes, without = map(link_result, made)
    said = (
        f"Of targets {targets}% are whole or half numbers. Of outcomes {without}% are printed "
        f"without a decimal; of those printed with one {outcomes}% are whole or half, where two "
        "digits of ten would give a fifth. One without a decimal that equals its target may lie up "
        "to half a point on either side of it."
    )
    return pd.DataFrame(made), said
