"""Reads the numbers of tables: what they measure from row and column, their unit from the head."""

import re
from bisect import bisect_right

from hyreport.draft.rows import Row
from hyreport.draft.segment import Page
from hyreport.draft.vocabulary import UNITS, patterns_of, words_of

__all__ = ["read_tables"]


P = patterns_of("tables")
FURTHEST, LONGEST_ROW = 30, 500
# What was read of a cell as of running text.
OVERRULED = {"no term", "before", "after", "inherited", "clause before", "after despite before"}


def read_tables(rows: list[Row], page: Page) -> None:
    """Give the figures in cells of tables their terms and units.

    Parameters
    ----------
    rows : list of Row
        The figures in the order of the text.
    page : Page
        The text, in which a tab ends a cell.
    """
    if "\t" not in page.text:
        return
    starts = [0, *(found.end() for found in re.finditer("\n", page.text))]
    lines = [line[: LONGEST_ROW + 1] for line in page.text.split("\n")]
    for row in rows:
        at = bisect_right(starts, row.start) - 1
        words, cells = lines[at], lines[at].split("\t")
        place = words[: row.start - starts[at]].count("\t")
        is_cell = not place or P.number.fullmatch(cells[place].strip())
        if is_cell and "\t" in words and len(words) <= LONGEST_ROW:
            above = [line[:LONGEST_ROW] for line in lines[max(0, at - FURTHEST) : at]]
            _read_cell(row, cells, place, above)


def _read_cell(row: Row, cells: list[str], place: int, above: list[str]) -> None:
    """Give a figure in a cell its term, unit and what kind of number it is."""
    label = _whole_label(_label(cells), above)
    head, caption = _head(above, place)
    unit = P.unit.search(head) or P.unit.search(label) or P.caption_unit.search(caption)
    label = P.unit.sub("", label)
    if not label:
        row.rules.add("no term")
        return
    moved = P.moved.search(head or caption)
    row.rules -= OVERRULED
    is_rate = moved and head and not P.unit.search(head)
    named = ["%"] if is_rate else [unit[1]] if unit else []
    known = [one for one in [*named, *cells] if P.scale.sub("", one) in UNITS]
    if known and not row.unit:
        row.unit = known[0]
        row.tell("unit", "the unit stands in the head of the table")
    measured = P.unit.sub("", head)
    found = P.measured.search(caption) if moved else None
    shared = found[0] if found else measured if measured in words_of("generic") else ""
    row.base = label + ("" if shared in label else shared)
    row.measure = "growth" if moved else "level"
    areas = [caption.find(word) for word in ("全国", "城市", "农村")]
    if len(cells) == len(areas) and min(areas) >= 0 and areas == sorted(areas):
        row.area = ("whole_city", "urban_residents", "rural")[place]
        row.tell("area", "the order of the columns")
    row.tell("term", "from the row and the head of a table", "table")


def _label(cells: list[str]) -> str:
    label = next((cell for cell in cells if re.search("[\u4e00-\u9fff]", cell)), "")
    return re.sub(r"^[-·•]+|-?\d[\d.]*%?$", "", label.strip("-"))


def _whole_label(label: str, above: list[str]) -> str:
    """Return the name of a row, that of a part with what the row it is a part of measures."""
    is_part, own = "其中:" in label, P.lead.sub("", label)
    for line in reversed(above):
        if "\t" not in line or P.ends_measure.search(P.unit.sub("", own)):
            break
        other = _label(line.split("\t"))
        parent = P.unit.sub("", P.lead.sub("", other)).removesuffix("数")
        if is_part and parent:
            if own.endswith(parent[-2:]):
                break
            if shared := [size for size in (4, 3, 2) if own.endswith(parent[:size])]:
                return own + parent[shared[0] :]
        is_part = is_part or "其中:" in other
    return own


def _head(above: list[str], place: int) -> tuple[str, str]:
    """Return the head of a column and what stands above the table."""
    head, caption = "", ""
    for line in reversed(above):
        cells = line.split("\t")
        if re.match("[-*]*表", line.lstrip("\t")):
            return head, line + "\n" + caption
        if "。" in line:
            break
        if len(cells) == 1:
            caption = line + "\n" + caption
        elif not head and line.strip("\t-: ") and not any(map(P.number.fullmatch, cells)):
            head = "".join(cells[place : place + 1])
    return head, caption
