"""A made-up panel of growth targets and outcomes, as a file and as rows."""

import random

import duckdb
import pandas as pd

NUMBERS = ("value", "value_high", "low", "high", "stretch_value")
WHOLE = ("report_year", "period")
COLUMNS = [
    *("report", "area", "area_code", "area_code_now", "level", "report_year", "indicator", "kind"),
    *("period", "status", "value", "value_high", "low", "high", "qualifier", "hedge"),
    *("stretch_value", "unit", "char_start", "char_end", "as_printed", "subject_zh", "certainty"),
]
NATION, PROVINCES = "000000", ("430000", "440000", "450000")
NAMES = {"nation": NATION, "province": "430000", "prefecture": "430400"}


def cell(code, year, kind, value, **more):
    """Return a cell that was found; `year` is the year it is of."""
    level = "nation" if code == NATION else "province" if code.endswith("0000") else "prefecture"
    report_year = year + (kind == "actual")
    row = dict.fromkeys(COLUMNS, "") | {
        "report": f"{code}-{report_year}",
        "area": code,
        "area_code": code,
        "area_code_now": code,
        "level": level,
        "report_year": report_year,
        "indicator": "gdp.growth",
        "kind": kind,
        "period": year,
        "status": "found",
        "value": value,
        "value_high": None,
        "low": value,
        "high": value,
        "qualifier": "exact",
        "stretch_value": None,
        "unit": "%",
        "as_printed": "" if value is None else f"{value}%",
        "certainty": "A",
    }
    if kind == "actual" and value is not None:
        row |= {"low": value - 0.05, "high": value + 0.05}
    return row | more


def frame(cells):
    """Return cells as the panel's table holds them."""
    table = pd.DataFrame(cells, columns=COLUMNS)
    for name in NUMBERS:
        table[name] = pd.to_numeric(table[name]).astype("float64")
    for name in WHOLE:
        table[name] = table[name].astype("Int32")
    return table


def random_cells(years=range(2001, 2009), cities=4, seed=3):
    """Return a panel of three provinces and their cities, with gaps and noise."""
    draw = random.Random(seed)
    places = [NATION, *PROVINCES]
    places += [f"{code[:2]}{number:02}00" for code in PROVINCES for number in range(1, cities + 1)]
    cells = []
    for code in places:
        for year in years:
            target = draw.choice([6, 6.5, 7, 7.5, 8, 8.5, 9])
            wording = draw.choice(["exact", "about", "at_least"])
            grade = draw.choice("AAAB")
            if draw.random() < 0.9:
                cells.append(cell(code, year, "target", target, qualifier=wording, certainty=grade))
            if draw.random() < 0.9:
                cells.append(cell(code, year, "actual", round(target + draw.gauss(0, 1), 1)))
    return cells


def write_made_panel(folder, cells):
    """Write a panel of these cells."""
    folder.mkdir(parents=True, exist_ok=True)
    table = frame(cells)
    with duckdb.connect() as connection:
        connection.register("cells", table)
        path = str(folder / "headline.parquet")
        connection.execute("copy cells to $path (format parquet)", {"path": path})
    (folder / "reports.csv").write_text("report,path,sha256,area,used\n", encoding="utf-8")
    (folder / "audit.csv").write_text("report,indicator,kind\n", encoding="utf-8")
    return folder
