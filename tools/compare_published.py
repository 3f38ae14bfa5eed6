"""Sets GDP growth targets of published tables beside the panel, cell by cell.

    python tools/compare_published.py FOLDER [--panel DIR]

FOLDER holds the tables, as figures only and each with its source: provinces 1998 to 2017 (Wiebe),
cities 2003 to 2014 (Li, Liu, Weng and Zhou), provinces of 2026 (yqcao), the nation 2011 to 2026.
Writes published.csv (counts by table) and disagreements.csv (the cells that differ) beside the
panel. What the report prints, for cells that were read in their sentence, stands in
published_read.csv beside this program: `printed`, and `also` where a table's own number is another
way to say the same. From it follows who is right: panel, table, both, neither, or blank where
nobody has read the cell yet.
"""

import argparse
import sys
from pathlib import Path

import pandas as pd

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from hyreport.panel.areas import areas
from hyreport.panel.ask import PANEL
from hyreport.panel.published import (
    AGREE,
    DISAGREEMENTS,
    PUBLISHED,
    compare_published,
    count_compared,
)
from hyreport.words.tables import format_rows, read_rows

# File, its name here, its columns of place, lower and upper end.
TABLES = (
    ("province_targets_1998_2017_wiebe.csv", "provinces (Wiebe)", "province", "target", "target"),
    (
        "city_targets_2003_2014_li_et_al_2019.csv",
        "cities (Li, Liu, Weng, Zhou)",
        "adcode",
        "target",
        "target",
    ),
    ("province_targets_2026_yqcao.csv", "provinces (yqcao)", "province", "low", "high"),
    ("national_targets_2011_2026.csv", "nation (press)", "", "low", "high"),
)
NATION = "000000"
KEY = ("table", "area_code_now", "year")
READ = Path(__file__).with_name("published_read.csv")
WRITTEN = (*KEY, "area", "published", "published_high", "value", "value_high", "qualifier")
WRITTEN += ("as_printed", "certainty", "path", "char_start", "char_end", "right", "note")


def read_published(folder: Path) -> pd.DataFrame:
    """Return the published targets in one form."""
    codes = {area.name: area.now for area in areas()} | {area.code: area.now for area in areas()}
    rows = []
    for file, table, place, low, high in TABLES:
        for row in read_rows(folder / file):
            if not row[low]:
                continue
            code = codes.get(row[place], "") if place else NATION
            ends = {"published": float(row[low]), "published_high": float(row[high] or row[low])}
            rows.append({"table": table, "area_code_now": code, "year": int(row["year"])} | ends)
    return pd.DataFrame(rows)


def say(value: object) -> str:
    """Write a cell as text, a whole number without a point."""
    if value is None or value != value:
        return ""
    return format(value, "g") if isinstance(value, float) else str(value)


def decide(row: dict, known: dict) -> str:
    """Say who is right, by what a reader found in the report."""
    if not known or not known["printed"]:
        return "neither" if known else ""
    printed = [float(known[name]) for name in ("printed", "also") if known[name]]
    panel = abs(row["value"] - printed[0]) < AGREE
    table = any(abs(row["published"] - number) < AGREE for number in printed)
    return {(True, True): "both", (True, False): "panel", (False, True): "table"}.get(
        (panel, table), "neither"
    )


def main(arguments: list[str]) -> int:
    """Compare and write."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--panel", type=Path, default=PANEL)
    chosen = parser.parse_args(arguments)
    compared = compare_published(read_published(chosen.folder), panel=chosen.panel)
    counts = count_compared(compared).round(2)
    path = chosen.panel / DISAGREEMENTS
    read = {tuple(row[name] for name in KEY): row for row in read_rows(READ)}
    rows = []
    for row in compared[compared["agrees"] == "no"].to_dict("records"):
        cells = {name: say(value) for name, value in row.items()}
        known = read.get(tuple(cells[name] for name in KEY), {})
        cells |= {"right": decide(row, known), "note": known.get("note", "")}
        rows.append({name: cells[name] for name in WRITTEN})
    lines = [{name: say(value) for name, value in row.items()} for row in counts.to_dict("records")]
    for name, table, header in ((PUBLISHED, lines, list(counts)), (DISAGREEMENTS, rows, WRITTEN)):
        text = format_rows(table, list(header))
        (chosen.panel / name).write_text(text, encoding="utf-8", newline="\n")
    print(counts.to_string(index=False))
    print(f"{len(rows)} cells differ: {path}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
