"""Made-up panels with known answers."""

from collections import defaultdict
from pathlib import Path

from hyreport.panel.areas import areas
from hyreport.panel.keep import write_panel
from hyreport.panel.reading import CELL
from hyreport.words.tables import format_rows

AUDIT = "report indicator kind period level found value key_present key_value verdict reader"


def growth(value, *, printed=None, **more):
    """Return a cell of growth printed as it is given, such as "8.5"."""
    decimals = len(str(value).partition(".")[2])
    half = 0.5 * 10**-decimals
    exact = {"qualifier": "exact", "certainty": "A", "low": f"{float(value) - half:.6g}"}
    exact |= {"value": str(value), "high": f"{float(value) + half:.6g}"}
    words = printed or f"{value}%"
    place = {"char_start": "100", "char_end": "104", "as_printed": words, "subject_zh": "生产总值"}
    return exact | place | {"unit": "%", "status": "found"} | more


def absent(**more):
    """Return a cell of a list that lacks it."""
    return {"status": "absent"} | more


def make_panel(folder: Path, reports: dict, audit=(), indicator="gdp.growth") -> Path:
    """Write a panel of reports: (area code, year) to (target, outcome of the year before)."""
    folder.mkdir(parents=True, exist_ok=True)
    named = {area.code: area for area in areas()}
    rows, readings = [], defaultdict(lambda: {"cells": [], "runners_up": []})
    for (code, year), cells in reports.items():
        area = named[code]
        path = f"政府工作报告-其他地市/{area.name}/{year}.md"
        row = {"report": f"{area.now}-{year}", "path": path, "sha256": "0" * 64}
        row |= {"area": area.name, "area_code": code, "area_code_now": area.now}
        row |= {"level": area.level, "report_year": str(year), "delivered": "", "used": "yes"}
        rows.append(row | {"why_not": "", "note": ""})
        for kind, period, cell in zip(("target", "actual"), (year, year - 1), cells, strict=True):
            if cell is not None:
                own = {"indicator": indicator, "kind": kind, "period": str(period)}
                readings[path]["cells"].append(dict.fromkeys(CELL, "") | own | cell)
        readings[path]
    write_panel(rows, readings, folder)
    (folder / "audit.csv").write_text(format_rows(audit, AUDIT.split()), encoding="utf-8")
    return folder


def read_cell(report, verdict, kind="target", reader="first"):
    """Return a row of an audit."""
    row = dict.fromkeys(AUDIT.split(), "")
    filled = verdict in ("right", "wrong", "not_printed")
    printed = verdict in ("right", "wrong", "missed")
    own = {"report": report, "kind": kind, "verdict": verdict, "reader": reader}
    own |= {"found": "yes" if filled else "no", "key_present": "yes" if printed else "no"}
    own |= {"verdict": "wrong"} if verdict == "not_printed" else {}
    return row | {"indicator": "gdp.growth", "period": report[-4:]} | own
