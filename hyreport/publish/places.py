"""The pages of the panel's places: growth targets and outcomes with the words behind each cell."""

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from hyreport.panel.ask import PANEL, ask
from hyreport.panel.names import name_indicator
from hyreport.panel.place import list_places, name_place
from hyreport.publish.markup import check_stands_alone, mark_words
from hyreport.publish.templates import open_templates

__all__ = ["INDEX", "list_used", "write_places"]


INDEX = "places"
LARGEST = 900_000  # bytes of a page
# The growth that is aimed at and printed most.
GROWTH = (
    "gdp.growth",
    "industrial_value_added.growth",
    "fixed_asset_investment.growth",
    "retail_sales.growth",
    "budget_revenue.growth",
)
SIGNS = {"absent": "–", "not_found": "·"}
KINDS = ("target", "actual")
NATION = "00"


def write_places(
    folder: Path,
    *,
    common: Mapping[str, Any],
    panel: Path = PANEL,
    largest: int = LARGEST,
) -> list[str]:
    """Write the index of all places and a page for the nation and each province.

    Parameters
    ----------
    folder : Path
        The artifacts of the panel.
    common : mapping
        What all pages share, as `write_pages` has it: `pages, more, report, record` and the rest.
    panel : Path
        Folder of the panel.
    largest : int
        Bytes beyond which the places of a province go on several pages.

    Returns
    -------
    list of str
        The files written.
    """
    places = list_places(panel).to_dict("records")
    cells = _read_cells(panel)
    for place in places:
        place |= _lay_out(cells.get(place["area_code_now"], {}))
        place["province"] = name_place(place["area_code_now"][:2] + "0000")
        place["province_zh"] = name_place(place["area_code_now"][:2] + "0000", "zh")
    written: dict[str, bytes] = {}
    for province, group in _by_province(places):
        stem = f"place_{province}"
        for name, part, html in _fit(stem, group, dict(common), largest):
            written[name] = html
            for place in part:
                place["address"] = f"{name}#{place['area_code_now']}"
    index = {"stem": INDEX, "title": "Every place", "places": places}
    written[f"{INDEX}.html"] = _render("places.html.j2", index, dict(common))
    for old in folder.glob("place_*.html"):
        if old.name not in written:
            old.unlink()
    for name, content in written.items():
        (folder / name).write_bytes(content)
    return sorted(written)


def list_used(panel: Path) -> list[str]:
    """Return the reports whose cells are in a panel."""
    sql = "select report from reports where used = 'yes' order by report"
    return list(ask(sql, panel=panel)["report"])


def _by_province(places: list[dict]) -> Iterator[tuple[str, list[dict]]]:
    groups: dict[str, list[dict]] = {}
    for place in places:
        groups.setdefault(place["area_code_now"][:2], []).append(place)
    yield from groups.items()


def _fit(
    stem: str, places: list[dict], common: dict[str, Any], largest: int
) -> Iterator[tuple[str, list[dict], bytes]]:
    """Yield the pages of some places, halved until each is small enough or holds one place."""
    first = places[0]
    title = f"{first['province']} {first['province_zh']}"
    page = {"stem": stem, "title": title, "places": places, "growth": _heads()}
    html = _render("place.html.j2", page, common)
    if len(html) <= largest or len(places) == 1:
        yield f"{stem}.html", places, html
        return
    middle = len(places) // 2
    yield from _fit(f"{stem}_1", places[:middle], common, largest)
    yield from _fit(f"{stem}_2", places[middle:], common, largest)


def _render(template: str, page: dict[str, Any], common: dict[str, Any]) -> bytes:
    shared: dict[str, Any] = {
        "struck": None,
        "all_figures": "",
        "listed": None,
        "outside": {},
        "index": INDEX,
        "other": "",
    }
    html = open_templates().get_template(template).render(**(shared | common), page=page)
    check_stands_alone(html, place=f"{page['stem']}.html")
    return (mark_words(html).strip() + "\n").encode("utf-8")


def _heads() -> list[dict[str, str]]:
    return [{"en": name_indicator(name), "zh": name_indicator(name, "zh")} for name in GROWTH]


def _read_cells(panel: Path) -> dict[str, dict[tuple[int, str, str], dict[str, Any]]]:
    """Return the cells of each place by year, indicator and kind."""
    sql = """
        select h.area_code_now, h.period, h.indicator, h.kind, h.status, h.as_printed,
            h.subject_zh, h.char_start, h.char_end, h.certainty, r.path
        from headline h join reports r using (report)
        where r.used = 'yes' and list_contains(?, h.indicator)
    """
    found: dict[str, dict] = {}
    for row in ask(sql, list(GROWTH), panel=panel).to_dict("records"):
        key = (int(row["period"]), row["indicator"], row["kind"])
        found.setdefault(row["area_code_now"], {})[key] = row
    return found


def _lay_out(cells: dict[tuple[int, str, str], dict[str, Any]]) -> dict[str, Any]:
    """Return the rows of a place, newest year last, and the folder that its texts lie in."""
    homes = Counter(row["path"].rpartition("/")[0] for row in cells.values())
    home = homes.most_common(1)[0][0] if homes else ""
    rows: list[dict[str, Any]] = [
        {
            "year": year,
            "cells": [
                _tell(cells.get((year, indicator, kind)), home)
                for indicator in GROWTH
                for kind in KINDS
            ],
        }
        for year in sorted({key[0] for key in cells})
    ]
    last = [row["cells"][0]["shown"] for row in rows if row["cells"][0]["words"]]
    return {"home": home, "rows": rows, "last": last[-1] if last else ""}


def _tell(cell: dict[str, Any] | None, home: str) -> dict[str, str]:
    """Return what a cell shows, and the words and place behind it."""
    if cell is None:
        return {"shown": "", "words": "", "grade": ""}
    if cell["status"] != "found":
        return {"shown": SIGNS[cell["status"]], "words": "", "grade": ""}
    text = cell["path"].removeprefix(f"{home}/")
    words = f"{cell['subject_zh']} {cell['as_printed']} · {text}, "
    words += f"{cell['char_start']}–{cell['char_end']} · {cell['certainty']}"
    return {"shown": cell["as_printed"], "words": words, "grade": cell["certainty"]}
