"""How right the panel is: rates of an audit by reading, and the panel beside published tables."""

from collections.abc import Iterable
from math import ceil
from pathlib import Path
from typing import Any

import pandas as pd

from hyreport.errors import UnknownNameError
from hyreport.panel.ask import PANEL, ask
from hyreport.panel.sampling import binomial_interval, share
from hyreport.themes.overview.wording import link_result, name_result
from hyreport.words.tables import read_rows

__all__ = [
    "DECIDED",
    "compare_published",
    "count_compared",
    "load_compared",
    "measure_rates",
    "rates",
    "say_compared",
    "say_rates",
    "wrong_share",
]


GROUPS = ("level", "decade", "indicator", "kind", "reader")
RATES = {
    "found": "cells found, of those the reports print",
    "right": "cells right, of those the panel fills",
}
SPLITS = ("level", "decade", "indicator")
PUBLISHED, DISAGREEMENTS = "published.csv", "disagreements.csv"
DECIDED = ("panel", "table", "both", "neither")
AGREE = 0.051  # a table may add .05 for 以上; what it means is its own
COMPARED = (
    *("table", "area_code_now", "area", "year", "level", "published", "published_high"),
    *("value", "value_high", "qualifier", "as_printed", "certainty", "status", "report"),
    *("path", "char_start", "char_end"),
)


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


def _rate(audit: pd.DataFrame) -> dict[str, float]:
    printed, filled = audit["key_present"] == "yes", audit["found"] == "yes"
    counts = {
        "found": (printed & filled, printed),
        "right": (filled & (audit["verdict"] == "right"), filled),
    }
    row: dict[str, float] = {}
    for name, (hit, whole) in counts.items():
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
        expected = "cells that a person has read; without them, a share of your own"
        raise UnknownNameError("the audit", "no cell", expected)
    return ceil(100 * (100 - row["right_low"])) / 10_000


def measure_rates(panel: Path = PANEL) -> pd.DataFrame:
    """Measure the rates as results: of all cells, of each kind, and of each kind by its splits.

    Returns
    -------
    DataFrame
        One computed number a row, in percent with its exact interval: `kind`, `split`, `group`,
        `rate` (found or right).
    """
    rows = []
    for by in ((), ("kind",), *(("kind", split) for split in SPLITS)):
        for row in rates(*by, panel=panel).to_dict("records"):
            kind, split = row.get("kind", "both"), by[-1] if len(by) > 1 else "all"
            group = row.get(split, "all")
            for name in RATES:
                if row[f"{name}_of"]:
                    number = share(int(row[name]), int(row[f"{name}_of"]), of=RATES[name])
                    result = name_result("rate", name, kind, group)
                    labels = {"of": kind, "split": split, "group": group, "rate": name}
                    rows.append(number.as_row(**labels, result=result))
    return pd.DataFrame(rows)


def say_rates(measured: pd.DataFrame) -> str:
    """Say the rates of targets and of outcomes in sentences, or that none was measured.

    Parameters
    ----------
    measured : DataFrame
        As `measure_rates` gives it.
    """
    if measured.empty:
        return (
            "How right the cells are is not known: no cell of this panel was read by a person. "
            "What follows is a count of what rules read."
        )
    rows = {row["result"]: row for row in measured.to_dict("records")}
    said = []
    for kind, words in (("target", "targets"), ("actual", "outcomes of the year before")):
        found, right = (rows.get(f"rate_{name}_{kind}_all") for name in RATES)
        if found and right:
            said.append(
                f"Of {words} that the reports read print, {_say_rate(found)} are in the panel; of "
                f"those in the panel {_say_rate(right)} are right."
            )
    return " ".join(said)


def _say_rate(row: dict[str, Any]) -> str:
    return f"{link_result(row)}% ({link_result(row, 'low')} to {link_result(row, 'high')})"


def compare_published(published: pd.DataFrame, *, panel: Path = PANEL) -> pd.DataFrame:
    """Set GDP growth targets of published tables beside the panel's, cell by cell.

    Parameters
    ----------
    published : DataFrame
        `table` (which one), `area_code_now`, `year`, `published` and `published_high` (percent;
        the same but for a range).
    panel : Path
        Folder of the panel.

    Returns
    -------
    DataFrame
        A row a published cell: the panel's value, words and place beside it, and `agrees`: yes,
        no, or blank where the panel has no value.

    Notes
    -----
    Half of a tenth is let pass, as some tables add it where a target is worded as a floor. A
    range agrees where both its ends do; a table with one number for it may give an end or the
    middle.
    """
    held = ask(
        "select h.*, r.path from headline h join reports r using (report) "
        "where h.indicator = 'gdp.growth' and h.kind = 'target' and r.used = 'yes'",
        panel=panel,
    ).rename(columns={"period": "year"})
    held = held.drop(columns="report_year").astype({"year": int})
    rows = published.drop(columns="area", errors="ignore").merge(
        held, on=["area_code_now", "year"], how="left"
    )
    low, high = rows["value"], rows["value_high"].fillna(rows["value"])
    ends = (rows["published"], rows["published_high"])
    near = ((low - ends[0]).abs() < AGREE) & ((high - ends[1]).abs() < AGREE)
    # One number for a range: an end of it, or its middle.
    for one in (low, high, (low + high) / 2):
        near |= (ends[0] == ends[1]) & ((one - ends[0]).abs() < AGREE)
    agrees = near.map({True: "yes", False: "no"}).where(rows["value"].notna(), "")
    return rows[list(COMPARED)].assign(agrees=agrees)


def count_compared(compared: pd.DataFrame) -> pd.DataFrame:
    """Count how many published cells agree with the panel, by table, with exact intervals.

    Parameters
    ----------
    compared : DataFrame
        As `compare_published` gives it.

    Returns
    -------
    DataFrame
        A row a table: `cells`, `in_panel`, `agree`, the share that agrees in percent, `low`,
        `high`.
    """
    rows = []
    for table, group in compared.groupby("table", sort=False):
        n, agree = int((group["agrees"] != "").sum()), int((group["agrees"] == "yes").sum())
        low, high = binomial_interval(agree, n)
        rate = 100 * agree / n if n else float("nan")
        row = {"table": table, "cells": len(group), "in_panel": n, "agree": agree}
        rows.append(row | {"agree_rate": rate, "low": 100 * low, "high": 100 * high})
    return pd.DataFrame(rows)


def load_compared(panel: Path = PANEL) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the counts by published table, and the cells that differ with who is right.

    Parameters
    ----------
    panel : Path
        Folder of the panel, with published.csv and disagreements.csv; empty tables without them.
    """
    counts, differing = (
        pd.DataFrame(read_rows(panel / name)) if (panel / name).is_file() else pd.DataFrame()
        for name in (PUBLISHED, DISAGREEMENTS)
    )
    if len(counts):
        numbers = counts.columns.drop("table")
        counts[numbers] = counts[numbers].apply(pd.to_numeric)
    return counts, differing


def say_compared(counts: pd.DataFrame, decided: pd.DataFrame) -> tuple[pd.DataFrame, str]:
    """Say how the panel and published tables agree, and who was right where they do not.

    Parameters
    ----------
    counts : DataFrame
        As `count_compared` gives it.
    decided : DataFrame
        The disagreements, with `right`: panel, table, both, neither or, where nobody has read the
        sentence yet, blank.

    Returns
    -------
    table, sentence
        The shares as results, and the sentence that links to them.
    """
    filled = counts[counts["in_panel"] > 0] if len(counts) else counts
    if filled.empty:
        return pd.DataFrame(), "No published table was compared with this panel."
    n, agree = int(filled["in_panel"].sum()), int(filled["agree"].sum())
    rows = [share(agree, n, of="cells that agree").as_row(what="agree", result="published_agree")]
    said = f"{_say_rate(rows[0])} of cells in published tables agree with the panel's."
    read = decided[decided["right"].isin(DECIDED)] if len(decided) else decided
    if len(read):
        words = "disagreements read in which the panel is right"
        held = int(read["right"].isin(("panel", "both")).sum())
        rows.append(share(held, len(read), of=words).as_row(what=words, result="published_right"))
        said += (
            f" In {_say_rate(rows[1])} of the disagreements read, the report bears the panel out."
        )
    return pd.DataFrame(rows), said
