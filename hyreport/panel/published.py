"""The panel beside published tables: which cells agree, and who is right where they do not."""

from pathlib import Path
from typing import Any

import pandas as pd

from hyreport.numbers.rounding import stated
from hyreport.panel.ask import PANEL, ask
from hyreport.panel.rates import say_rate
from hyreport.panel.sampling import binomial_interval, share
from hyreport.themes.overview.wording import link_result, name_result
from hyreport.words.tables import read_rows

__all__ = [
    "DECIDED",
    "compare_published",
    "count_compared",
    "load_compared",
    "say_compared",
]


PUBLISHED, DISAGREEMENTS = "published.csv", "disagreements.csv"
DECIDED = ("panel", "table", "both", "neither")
AGREE = 0.051  # a table may add .05 for 以上; what it means is its own
COMPARED = (
    *("table", "area_code_now", "area", "year", "level", "published", "published_high"),
    *("value", "value_high", "qualifier", "as_printed", "certainty", "status", "report"),
    *("path", "char_start", "char_end"),
)


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
    rows, said = [], []
    for row in filled.to_dict("records"):
        name = name_result("published", row["table"])
        agree = share(int(row["agree"]), int(row["in_panel"]), of="cells that agree")
        rows.append(agree.as_row(what=row["table"], result=f"{name}_agree"))
        both = _count(row["in_panel"], f"{row['table']}: cells in both", f"{name}_both")
        cells = _count(row["cells"], f"{row['table']}: cells", f"{name}_cells")
        rows += [both, cells]
        said.append(
            f"{row['table']} {say_rate(rows[-3])} of {link_result(both)}"
            + (
                f", where the table has {link_result(cells)}"
                if both["value"] < cells["value"]
                else ""
            )
        )
    words = "Of the cells that a published table and the panel both have, these agree: "
    words += f"{'; '.join(said)}."
    read, sentence = _say_decided(decided)
    return pd.DataFrame(rows + read), f"{words} {sentence}".strip()


def _say_decided(decided: pd.DataFrame) -> tuple[list[dict[str, Any]], str]:
    """Say how often which side was right, of the disagreements that were read."""
    read = decided[decided["right"].isin(DECIDED)] if len(decided) else decided
    if not len(read):
        return [], ""
    counts = {name: int((read["right"] == name).sum()) for name in DECIDED}
    rows = [_count(len(read), "disagreements read", "published_read")]
    said = []
    for name, number in counts.items():
        if number:
            words = f"disagreements read, right: {name}"
            rows.append(_count(number, words, f"published_read_{name}"))
            who = f"the {name} alone was" if name in ("panel", "table") else f"{name} were"
            said.append(f"{who} right in {link_result(rows[-1])}")
    return rows, f"Of {link_result(rows[0])} disagreements read {', '.join(said)}."


def _count(number: float, words: str, name: str) -> dict[str, Any]:
    """Return a count as a result that a sentence can link to."""
    made = stated(int(number), unit="number", formula=words)
    return made.as_row(what=words, result=name)
