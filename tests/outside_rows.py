"""Outside figures for hengyang-2018 by the csv module: typed ones, and what other reports print."""

import csv
import re
from pathlib import Path

RAW = Path(__file__).parents[1] / "data" / "raw"
OWN = "hengyang-2018"
NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")


def read(path):
    with (RAW / path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read_outside():
    """Return the rows, each with series, ref_area, time_period, role, vintage, print and value."""
    series = {(row["indicator"], row["area"]): row["series"] for row in read("series.csv")}
    rows = read("reference.csv")
    for folder in sorted(path.parent.name for path in RAW.glob("*/figures.csv")):
        base = folder[-4:]  # the year of its targets ends its name
        for row in read(f"{folder}/figures.csv") if folder != OWN else ():
            name = series.get((row["indicator"], row["area"]))
            wanted = base if row["role"] == "target" else str(int(base) - 1)
            if name and row["role"] != "context" and row["period"][-4:] == wanted:
                made = {"series": name, "ref_area": "430400", "time_period": row["period"]}
                made |= {
                    name: row[name] for name in ("role", "qualifier", "obs_status", "as_printed")
                }
                made |= {"value": NUMBER.search(row["as_printed"])[0], "confidence": "high"}
                rows.append(made | {"vintage": "first release" if row["role"] == "actual" else ""})
    return rows
