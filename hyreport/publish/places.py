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
from hyreport.words.phrases import Phrases

__all__ = ["INDEX", "list_used", "write_places"]


INDEX = "places"
LARGEST = 900_000  # bytes of a page
CELL = 100  # bytes that a cell takes besides its words
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
    phrases: Phrases | None = None,
) -> list[str]:
    """Write the index of all places and a page for the nation and each province.

    Parameters
    ----------
    folder : Path
        Where the pages lie: the artifacts of the panel, or of its Chinese edition.
    common : mapping
        What all pages share, as `write_pages` has it: `pages, more, report, record` and the rest;
        `edition`, the folder of the other edition, where there is one.
    panel : Path
        Folder of the panel.
    largest : int
        Bytes beyond which the places of a province go on several pages.
    phrases : Phrases, optional
        What the pages say in Chinese; in English without.

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
        title = group[0]["province_zh"]
        title = title if phrases else f"{group[0]['province']} {title}"
        for name, part in _fit(stem, group, largest):
            page = {"stem": name, "title": title, "places": part, "growth": _heads()}
            written[f"{name}.html"] = _render("place.html.j2", page, common, phrases)
            for place in part:
                place["address"] = f"{name}.html#{place['area_code_now']}"
    title = phrases.need("Every place") if phrases else "Every place"
    index = {"stem": INDEX, "title": title, "places": places}
    written[f"{INDEX}.html"] = _render("places.html.j2", index, common, phrases)
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


def _fit(stem: str, places: list[dict], largest: int) -> Iterator[tuple[str, list[dict]]]:
    """Yield the pages of some places, halved until each is small enough or holds one place.

    Both editions have the same pages, as only what cells show is measured.
    """
    if sum(map(_measure, places)) <= largest or len(places) == 1:
        yield stem, places
        return
    middle = len(places) // 2
    yield from _fit(f"{stem}_1", places[:middle], largest)
    yield from _fit(f"{stem}_2", places[middle:], largest)


def _measure(place: dict) -> int:
    """Return about how many bytes the rows of a place take."""
    cells = [cell for row in place["rows"] for cell in row["cells"]]
    return sum(len((cell["words"] + cell["shown"]).encode("utf-8")) + CELL for cell in cells)


def _render(
    template: str, page: dict[str, Any], common: Mapping[str, Any], phrases: Phrases | None
) -> bytes:
    shared: dict[str, Any] = {
        "struck": None,
        "all_figures": "",
        "listed": None,
        "outside": {},
        "index": INDEX,
        "language": "zh" if phrases else "en",
    }
    edition = common.get("edition", "")
    shared["other"] = f"{edition}{page['stem']}.html" if edition else ""
    html = open_templates(phrases).get_template(template).render(**{**shared, **common}, page=page)
    check_stands_alone(html, place=f"{page['stem']}.html")
    html = mark_words(html, chinese=phrases is not None)
    return (html.strip() + "\n").encode("utf-8")


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
