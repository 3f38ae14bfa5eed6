"""Compares a panel with keys made by reading and writes its audit.csv.

    .venv/bin/python tools/score_panel.py KEYS.csv [KEYS.csv ...] --panel data/panel

Make the panel once more after that: what is wrong by the audit is marked in it.

A key has the columns path, indicator, kind, present, value, value_high, period, note; its path is
that of reports.csv. Verdicts: right, wrong (another value, or a cell where nothing is printed),
missed, and rightly_blank. Unemployment that the note calls surveyed and revenue that the quote
calls total are keys of these indicators.
"""

import argparse
from pathlib import Path

from hyreport.panel.ask import ask
from hyreport.panel.reading import in_unit
from hyreport.words.tables import format_rows, read_rows

CODES = {
    "gdp_growth": "gdp.growth",
    "gdp_level": "gdp.level",
    "revenue_growth": "budget_revenue.growth",
    "revenue_level": "budget_revenue.level",
    "total_revenue_growth": "total_revenue.growth",
    "total_revenue_level": "total_revenue.level",
    "tax_share": "tax_share.local",
    "industrial_va_growth": "industrial_value_added.growth",
    "fai_growth": "fixed_asset_investment.growth",
    "fai_level": "fixed_asset_investment.level",
    "retail_growth": "retail_sales.growth",
    "retail_level": "retail_sales.level",
    "trade_growth": "trade.growth",
    "income_urban_growth": "urban_income.growth",
    "income_urban_level": "urban_income.level",
    "income_rural_growth": "rural_income.growth",
    "income_rural_level": "rural_income.level",
    "income_all_growth": "resident_income.growth",
    "cpi_growth": "consumer_prices.growth",
    "unemployment": "unemployment.rate",
    "unemployment_surveyed": "unemployment.surveyed",
    "new_urban_jobs": "new_urban_jobs.level",
    "energy_intensity_change": "energy_intensity.gdp",
    "grain_level": "grain.output",
}
AUDIT = (
    "report",
    "indicator",
    "kind",
    "period",
    "level",
    "found",
    "value",
    "key_present",
    "key_value",
    "verdict",
    "reader",
)
# A note that both rates of unemployment are printed, and the registered one was taken.
REGISTERED = "登记"
# Where a column of the key holds a word, the number is of the sister concept.
SISTERS = {
    "unemployment.rate": ("note", ("调查",), "unemployment.surveyed"),
    "budget_revenue.growth": ("quote", ("总收入", "全口径"), "total_revenue.growth"),
    "budget_revenue.level": ("quote", ("总收入", "全口径"), "total_revenue.level"),
}


def main() -> None:
    """Write the audit and say the rates."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("keys", type=Path, nargs="+")
    parser.add_argument("--panel", type=Path, required=True)
    parser.add_argument("--show", action="store_true", help="print what is not right")
    arguments = parser.parse_args()
    sql = (
        "select r.path, h.* from headline h join reports r on r.report = h.report "
        "where r.used = 'yes'"
    )
    frame = ask(sql, panel=arguments.panel)
    cells = {(row["path"], row["indicator"], row["kind"]): row for row in frame.to_dict("records")}
    rows = []
    for path in arguments.keys:
        for key in read_rows(path):
            row = judge(key, cells, path.stem)
            if row is None:
                continue
            rows.append(row)
            if arguments.show and row["verdict"] in ("wrong", "missed"):
                print(
                    row["verdict"],
                    key["path"],
                    row["indicator"],
                    row["kind"],
                    row["value"],
                    "KEY",
                    key["value"],
                    key["note"],
                    key["quote"],
                )
    (arguments.panel / "audit.csv").write_bytes(format_rows(rows, AUDIT).encode("utf-8"))
    for kind in ("target", "actual"):
        for name in (None, *CODES.values()):
            of = [r for r in rows if r["kind"] == kind and name in (None, r["indicator"])]
            say(f"{kind} {name or 'all'}", of)


def judge(key: dict[str, str], cells: dict, reader: str) -> dict[str, str] | None:
    """Say what the panel has for a key; None where the panel left the report out."""
    indicator = CODES[key["indicator"]]
    column, words, sister = SISTERS.get(indicator, ("note", (), ""))
    is_sister = any(word in key[column] for word in words) and REGISTERED not in key["note"]
    if key["present"] == "yes" and is_sister:
        indicator = sister
    cell = cells.get((key["path"], indicator, key["kind"]))
    if cell is None:
        return None
    found, present = cell["status"] == "found", key["present"] == "yes"
    value = f"{cell['value']:g}" if found else ""
    same = found and present and is_same(cell, key)
    verdict = {
        (True, True): "right" if same else "wrong",
        (True, False): "wrong",
        (False, True): "missed",
        (False, False): "rightly_blank",
    }[found, present]
    return {
        "report": cell["report"],
        "indicator": indicator,
        "kind": key["kind"],
        "period": str(cell["period"]),
        "level": cell["level"],
        "found": "yes" if found else "no",
        "value": value,
        "key_present": key["present"],
        "key_value": key["value"],
        "verdict": verdict,
        "reader": reader,
    }


def is_same(cell: dict, key: dict[str, str]) -> bool:
    """Say whether cell and key hold one value, in the unit of the cell."""
    value, _ = in_unit({"unit_read": key["unit"], "value": key["value"]}, cell["unit"])
    return abs(cell["value"] - float(value)) < 1e-9


def say(name: str, rows: list[dict[str, str]]) -> None:
    """Print found and right of one kind."""
    present = [row for row in rows if row["key_present"] == "yes"]
    found = [row for row in rows if row["found"] == "yes"]
    hit = sum(row["found"] == "yes" for row in present)
    right = sum(row["verdict"] == "right" for row in found)
    if rows:
        print(f"{name:40} found {hit}/{len(present)}  right {right}/{len(found)}")


if __name__ == "__main__":
    main()
