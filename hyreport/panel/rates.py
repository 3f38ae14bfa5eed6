"""How right the panel is: rates of an audit by reading."""

from collections.abc import Iterable
from math import ceil
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from hyreport.errors import UnknownNameError
from hyreport.panel.ask import PANEL, ask
from hyreport.panel.sampling import binomial_interval, bootstrap_interval, sampled, share
from hyreport.themes.overview.wording import link_result, name_result

__all__ = [
    "measure_rates",
    "rates",
    "say_rates",
    "wrong_share",
]


GROUPS = ("level", "decade", "indicator", "kind", "reader")
RATES = {
    "found": "cells found, of those the reports print",
    "right": "cells right, of those the panel fills",
}
KINDS = {"both": "both", "target": "targets", "actual": "outcomes"}
SPLITS = ("level", "decade", "indicator")


def rates(*by: str, panel: Path = PANEL) -> pd.DataFrame:
    """Return how often cells are found and right, by an audit that read the reports.

    Parameters
    ----------
    *by : str
        What to split by: level, decade, indicator, kind, reader; nothing for one row of all.
    panel : Path
        Folder of the panel; its audit.csv is read.

    Returns
    -------
    DataFrame
        A row a group. Of `found` (of cells that the report prints, those the panel fills) and of
        `right` (of cells that the panel fills, those that hold what the report prints): the
        count, out of how many (`_of`), the share and its exact interval, in percent.

    Raises
    ------
    UnknownNameError
        For a split that there is none of.

    Examples
    --------
    >>> rates("colour")
    Traceback (most recent call last):
    ...
    hyreport.errors.UnknownNameError: the audit: found 'colour', expected level, decade, indicator,
    kind, reader.
    """
    for name in by:
        if name not in GROUPS:
            raise UnknownNameError("the audit", repr(name), ", ".join(GROUPS))
    audit = _read_audit(panel)
    groups: Iterable[tuple[Any, pd.DataFrame]] = audit.groupby(list(by)) if by else [((), audit)]
    rows = [
        dict(zip(by, key if isinstance(key, tuple) else (key,), strict=True)) | _rate(group)
        for key, group in groups
    ]
    return pd.DataFrame(rows, columns=[*by, *_rate(audit)])


def _read_audit(panel: Path) -> pd.DataFrame:
    sql = """
        select audit.*, held.level as held_level
        from audit left join (from reports where used = 'yes') as held using (report)
    """
    audit = ask(sql, panel=panel).astype(str)
    audit["level"] = audit.pop("held_level")
    year = audit["report"].str.extract(r"-(\d{3})\d$", expand=False)
    return audit.assign(decade=year + "0s")


def _tell(audit: pd.DataFrame) -> dict[str, tuple[pd.Series, pd.Series]]:
    """Tell of each rate which cells hold, and of which."""
    printed, filled = audit["key_present"] == "yes", audit["found"] == "yes"
    return {
        "found": (printed & filled, printed),
        "right": (filled & (audit["verdict"] == "right"), filled),
    }


def _rate(audit: pd.DataFrame) -> dict[str, float]:
    row: dict[str, float] = {}
    for name, (hit, whole) in _tell(audit).items():
        hits, n = int(hit.sum()), int(whole.sum())
        low, high = (100 * end for end in binomial_interval(hits, n))
        rate = 100 * hits / n if n else float("nan")
        row |= {name: hits, f"{name}_of": n, f"{name}_rate": rate}
        row |= {f"{name}_low": low, f"{name}_high": high}
    return row


def wrong_share(*, panel: Path = PANEL) -> float:
    """Return the largest share of filled cells that may be wrong, for bounds on findings.

    Parameters
    ----------
    panel : Path
        Folder of the panel; its audit.csv is read.

    Returns
    -------
    float
        0 to 1: the upper end of the exact interval of the share found wrong, rounded up to a
        hundredth of a percent.

    Raises
    ------
    UnknownNameError
        Where nobody has audited the panel.
    """
    row = rates(panel=panel).to_dict("records")[0]
    if not row["right_of"]:
        expected = "cells that a reader has read; without them, a share of your own"
        raise UnknownNameError("the audit", "no cell", expected)
    return ceil(100 * (100 - row["right_low"])) / 10_000


def measure_rates(panel: Path = PANEL) -> pd.DataFrame:
    """Measure the rates as results: of all cells, of each kind, and of each kind by its splits.

    Returns
    -------
    DataFrame
        One computed number a row, in percent: `of` (targets, outcomes, both), `split`, `group`,
        `rate` (found or right). Intervals are exact, but those of the split `weighted`, which
        draw whole reports; there each level counts by its reports in the panel.
    """
    rows = []
    for by in ((), ("kind",), *(("kind", split) for split in SPLITS)):
        for row in rates(*by, panel=panel).to_dict("records"):
            kind, split = str(row.get("kind", "both")), by[-1] if len(by) > 1 else "all"
            group = row.get(split, "all")
            for name in RATES:
                if row[f"{name}_of"]:
                    number = share(int(row[name]), int(row[f"{name}_of"]), of=RATES[name])
                    result = name_result("rate", name, kind, group)
                    labels = {"of": KINDS[kind], "split": split, "group": group, "rate": name}
                    rows.append(number.as_row(**labels, result=result))
    return pd.DataFrame(rows + _weigh(panel)) if rows else pd.DataFrame()


def _weigh(panel: Path) -> list[dict[str, Any]]:
    """Measure the rates with each level counted by its reports in the panel."""
    sql = "select level, count(*) as reports from reports where used = 'yes' group by level"
    reports = ask(sql, panel=panel).set_index("level")["reports"]
    rows = []
    for kind, audit in _read_audit(panel).groupby("kind"):
        for name, (hit, whole) in _tell(audit).items():
            cells = pd.DataFrame({"hit": hit & whole, "whole": whole}).astype(float)
            wide = pd.get_dummies(audit["level"][whole], dtype=float)
            if wide.empty:
                continue
            levels, cells = list(wide), cells[whole]
            weights = reports.reindex(levels, fill_value=0).to_numpy(dtype=float)
            weights /= weights.sum()
            both = [wide.mul(cells[column], axis=0) for column in cells]
            table = pd.concat(both, axis=1)

            def statistic(sums: np.ndarray, weights: np.ndarray = weights) -> np.ndarray:
                middle = len(weights)
                return 100 * (sums[:, :middle] / sums[:, middle:]) @ weights

            value = statistic(table.to_numpy().sum(axis=0, keepdims=True))[0]
            low, high = bootstrap_interval(table, audit["report"][whole], statistic)
            formula = f"{RATES[name]}, each level by its reports in the panel; reports drawn again"
            ends = (min(low, value), max(high, value))
            number = sampled(value, *ends, unit="percent", formula=formula)
            labels = {"of": KINDS[str(kind)], "split": "weighted", "group": "all", "rate": name}
            result = name_result("rate", name, str(kind), "weighted")
            rows.append(number.as_row(**labels, result=result))
    return rows


def say_rates(measured: pd.DataFrame) -> str:
    """Say the rates of targets and of outcomes in sentences, or that none was measured.

    Parameters
    ----------
    measured : DataFrame
        As `measure_rates` gives it.
    """
    if measured.empty:
        return (
            "How right the cells are is not known: no report was read and held against this panel. "
            "What follows is a count of what rules read."
        )
    rows = {row["result"]: row for row in measured.to_dict("records")}
    said = []
    for kind, words in (("target", "targets"), ("actual", "outcomes of the year before")):
        found, right = (rows.get(f"rate_{name}_{kind}_all") for name in RATES)
        if found and right:
            said.append(
                f"Of {words} printed in the reports checked, {say_rate(found)} are in the panel; "
                f"of those in the panel {say_rate(right)} are right."
            )
    names = {kind: f"rate_found_{kind}_weighted" for kind in ("target", "actual")}
    if all(name in rows for name in names.values()):
        found = {kind: say_rate(rows[name]) for kind, name in names.items()}
        said.append(
            "Reports of provinces are more in the audit than in the panel: with each level "
            f"counted by its reports in the panel, {found['target']} of targets and "
            f"{found['actual']} of outcomes are found."
        )
    return " ".join(said)


def say_rate(row: dict[str, Any]) -> str:
    """Say a share, its interval behind it."""
    return f"{link_result(row)}% ({link_result(row, 'low')} to {link_result(row, 'high')})"
