"""What a report prints of revenue and taxes, total and local apart, and what follows of it.

The printed words decide which revenue a number is of; where they do not say it, it is combined
with nothing.
"""

from itertools import product
from pathlib import Path

import pandas as pd

from hyreport.data.figure import Figure
from hyreport.data.report import Report
from hyreport.numbers.computed import Computed
from hyreport.numbers.rounding import compute
from hyreport.themes.overview.wording import (
    join_words,
    link_result,
    name_result,
    say_figure,
    say_unit,
)
from hyreport.words.tables import read_rows

__all__ = [
    "SCOPES",
    "derive_revenue",
    "find_revenue",
    "outside_revenue",
    "say_revenue",
    "say_shares",
    "tax_shares",
]


WORDS = read_rows(Path(__file__).with_name("revenue_words.csv"))
COLUMNS = ["figure_id", "name_en", "name_zh", "as_printed", "value", "low", "high", "unit"]
COLUMNS += ["period", "role", "basis", "scope", "quantity"]
SCOPES = {
    "total": "total revenue",
    "local": "local revenue",
    "": "revenue (total or local is not said)",
}
TAX_SHARE = "tax share"
SAID = {"revenue": "{} was {}", "tax": "taxes in {} were {}", TAX_SHARE: "taxes were {1} of {0}"}
WAYS = {1: "rose", -1: "fell"}
NOTHING = (
    "Nothing is multiplied: no level stands beside a tax share that is said to be of the same "
    "revenue, nor beside a level in the report before."
)
MISSING = {
    "revenue": "the level of revenue",
    "tax": "taxes in money",
    TAX_SHARE: "the tax share",
}


def find_revenue(report: Report) -> pd.DataFrame:
    """Find the figures on revenue and taxes, and say what each is of by its words.

    Parameters
    ----------
    report : Report

    Returns
    -------
    DataFrame
        Rows of the figures table; `scope` is total, local or blank where the words do not say it,
        `quantity` revenue, tax, tax share, or growth or change of one of them.

    Examples
    --------
    >>> found = find_revenue(Report("hengyang-2018")).set_index("figure_id")
    >>> found.loc[["budget_revenue.level.2017", "tax_share.local.2017"], "scope"].tolist()
    ['', 'local']
    """
    rows = report.figures
    rows = rows[rows["role"] != "context"]
    cells = rows[["subject_zh", "name_zh", "unit_base"]].itertuples(index=False)
    read = [_read(*row) for row in cells]
    rows = rows.assign(scope=[scope for scope, _ in read], quantity=[name for _, name in read])
    return rows.loc[rows["quantity"] != "", COLUMNS].reset_index(drop=True)


def _read(subject: str, name: str, unit: str) -> tuple[str, str]:
    """Return which revenue a printed term is of, and what of it; blank for another term."""
    text = f"{subject} {name}"
    says = {row["says"] for row in WORDS if row["word"] in text}
    kinds = {"CNY": "", "percent": "growth of ", "percentage points": "change of "}
    if "other" in says or not says & {"revenue", "tax"} or unit not in kinds:
        return "", ""
    scopes = says & {"total", "local"}
    scope = scopes.pop() if len(scopes) == 1 else ""
    if "share" in says and "tax" in says and unit != "CNY":
        plain = unit == "percent" and "growth" not in says
        return scope, TAX_SHARE if plain else f"{kinds[unit]}{TAX_SHARE}"
    if "share" in says or (unit == "percent" and "growth" not in says):
        return "", ""  # a share of something else
    return scope, kinds[unit] + ("tax" if "tax" in says else "revenue")


def _pick(report: Report, rows: pd.DataFrame, scope: str, quantity: str) -> Figure | None:
    """Return the one figure of the base year, with both ends; None where there is not one."""
    found = rows[(rows["scope"] == scope) & (rows["quantity"] == quantity)]
    found = found[(found["role"] == "actual") & (found["period"] == str(report.base_year))]
    found = found.dropna(subset=["low", "high"])
    return report.figure(found["figure_id"].item()) if len(found) == 1 else None


def outside_revenue(report: Report) -> pd.DataFrame:
    """Find what other publications print of revenue and taxes of the base year.

    Parameters
    ----------
    report : Report

    Returns
    -------
    DataFrame
        Rows of the outside figures of the report's area; the name of a series says which revenue
        it is of.

    Examples
    --------
    >>> found = outside_revenue(Report("hengyang-2018"))
    >>> "local_budget_revenue" in set(found["series"]), "tourism_revenue" in set(found["series"])
    (True, False)
    """
    rows = report.rows_outside(role="actual", time_period=str(report.base_year))
    named = rows["series"].str.contains("revenue|tax") & ~rows["series"].str.contains("tourism")
    return rows[named].reset_index(drop=True)


def derive_revenue(report: Report) -> pd.DataFrame:
    """Work out what levels and tax shares of the same revenue imply, and growth between reports.

    Parameters
    ----------
    report : Report

    Returns
    -------
    DataFrame
        One computed number a row: revenue or tax that a level and a tax share of the same scope
        give, in the unit of the level; growth in percent from the level that the report before
        prints. Empty where nothing combines.
    """
    made, rows = [], find_revenue(report)
    for scope in ("total", "local"):
        share = _pick(report, rows, scope, TAX_SHARE)
        revenue, tax = (_pick(report, rows, scope, name) for name in ("revenue", "tax"))
        if share and revenue and not tax:
            number = compute(
                lambda revenue, share: revenue * share / 100,
                revenue=revenue,
                share=share,
                unit=revenue.unit,
                formula="revenue × tax share",
            )
            made.append(_as_row(number, f"{scope} tax", report.base_year))
        if share and tax and not revenue and share.low:
            number = compute(
                lambda tax, share: 100 * tax / share,
                tax=tax,
                share=share,
                unit=tax.unit,
                formula="tax / tax share",
            )
            made.append(_as_row(number, f"{scope} revenue", report.base_year))
    for scope, quantity in product(SCOPES, ("revenue", "tax")):
        made += _grow(report, scope, quantity)
    return pd.DataFrame(made)


def _grow(report: Report, scope: str, quantity: str) -> list[dict]:
    """Return growth from the level of the report before to this one's, where both are printed."""
    before = report.before
    if before is None:
        return []
    then, now = (_pick(one, find_revenue(one), scope, quantity) for one in (before, report))
    if not (then and now and then.low and then.unit == now.unit):
        return []
    number = compute(
        lambda then, now: 100 * now / then - 100,
        then=then,
        now=now,
        unit="percent",
        formula="level here / level in the report before − 1",
    )
    name = f"growth of {scope} {quantity}".replace("  ", " ")
    return [_as_row(number, name, report.base_year)]


def _as_row(number: Computed, quantity: str, year: int) -> dict:
    result = name_result(*quantity.split(), str(year))
    return number.as_row(quantity=quantity, year=str(year), result=result)


def tax_shares(report: Report) -> pd.DataFrame:
    """Collect the tax shares that the accepted reports of the area print, by revenue and year.

    Parameters
    ----------
    report : Report

    Returns
    -------
    DataFrame
        `scope`, `year`, `value`, `low`, `high` in percent, `id` and `as_printed`; one row a scope
        and year.
    """
    rows = []
    for one in (report, *report.neighbours):
        for scope in SCOPES:
            if share := _pick(one, find_revenue(one), scope, TAX_SHARE):
                ends = {name: float(getattr(share, name)) for name in ("value", "low", "high")}
                cells = ends | {"id": share.id, "as_printed": share.as_printed}
                rows.append({"scope": scope, "year": one.base_year} | cells)
    columns = ["scope", "year", "value", "low", "high", "id", "as_printed"]
    table = pd.DataFrame(rows, columns=columns).drop_duplicates(["scope", "year"])
    return table.sort_values(["scope", "year"], ascending=[False, True], ignore_index=True)


def say_shares(shares: pd.DataFrame) -> str:
    """Say how the tax share of one revenue moved, as the title of a chart.

    Parameters
    ----------
    shares : DataFrame
        As `tax_shares` gives it, with one row at least; the revenue with most years counts.

    Examples
    --------
    >>> say_shares(tax_shares(Report("hengyang-2018")).query("year == 2017"))
    'Taxes were 71.6% of total revenue in 2017 and 55.9% of local revenue in 2017'
    """
    scope = shares["scope"].value_counts().index[0]
    rows = shares[shares["scope"] == scope]
    first, last = rows.iloc[0], rows.iloc[-1]
    if len(rows) == 1:
        parts = [
            f"{one.value:g}% of {SCOPES[one.scope]} in {one.year}" for one in shares.itertuples()
        ]
        return f"Taxes were {join_words(parts)}"
    start, end = (f"{row['value']:g}% in {row['year']}" for row in (first, last))
    apart = int(first["high"] < last["low"]) - int(first["low"] > last["high"])
    if not apart:
        ends = f"was {start} and {end}, which print and rounding do not tell apart"
    else:
        ends = f"{WAYS[apart]} from {start} to {end}"
    return f"The tax share of {SCOPES[scope]} {ends}"


def say_revenue(report: Report) -> str:
    """Say what the report prints of revenue and taxes, what follows, and what is missing.

    Parameters
    ----------
    report : Report

    Returns
    -------
    str
        Markdown whose numbers link to figures and to the results of `derive_revenue`.
    """
    rows, year = find_revenue(report), report.base_year
    if rows.empty:
        return (
            "The report prints no figure of revenue or taxes that its words tell as such; the "
            f"budget report of the same session or a yearbook for {year} would supply them."
        )
    found = {
        quantity: [_say_one(report, rows, scope, quantity) for scope in SCOPES]
        for quantity in MISSING
    }
    parts = join_words(part for told in found.values() for part in told)
    said = [f"In {year} {parts}, as the report prints it."] if parts else []
    if missing := [MISSING[quantity] for quantity, told in found.items() if not any(told)]:
        said.append(
            f"For {year} it prints no single figure, free of bounding words, of "
            f"{' or '.join(missing)}; the budget report of the same session would supply it."
        )
    made = derive_revenue(report).to_dict("records")
    said += [
        f"It follows that {row['quantity']} is {link_result(row)} {say_unit(row['unit'])} "
        f"({row['formula']})."
        for row in made
    ]
    return " ".join(said if made else [*said, NOTHING])


def _say_one(report: Report, rows: pd.DataFrame, scope: str, quantity: str) -> str:
    figure = _pick(report, rows, scope, quantity)
    if figure is None:
        return ""
    return SAID[quantity].format(SCOPES[scope], say_figure(figure, report.id))
