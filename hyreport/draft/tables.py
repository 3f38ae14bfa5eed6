"""Reads the numbers of tables: what they measure from row and column, their unit from the head."""

import re

from hyreport.draft.rows import Row
from hyreport.draft.segment import Page
from hyreport.draft.vocabulary import UNITS, words_of

__all__ = ["read_tables"]


NUMBER = re.compile(r"-?\d[\d.]*%?")
UNIT = re.compile(r"\(([^()]{1,12})\)\s*$")
CAPTION_UNIT = re.compile(r"单位[:：]?([^\s\n\t]{1,8})")
SCALE = re.compile("^[百千万亿]+(?=.)")
# A unit that stands in the name of the row: 铁路 亿人.
OWN_UNIT = re.compile(
    "(?:[千万亿]+(?:吨|人|人次|公里|元|美元|台|辆|部|米|件|千瓦|千瓦小时|立方米)|亿?吨公里|亿?人公里)$"
)
# What all rows of a table are of, where its caption says so.
MEASURED = re.compile("价格|产量|增加值|零售额")
MOVED = re.compile("涨跌|增长|增速|增减|升降")
FURTHEST, LONGEST_ROW = 30, 500


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
    lines = _lines(page.text)
    at = 0
    for row in rows:
        while at + 1 < len(lines) and lines[at + 1][0] <= row.start:
            at += 1
        start, words = lines[at]
        if "\t" not in words or len(words) > LONGEST_ROW:
            continue
        cells = words.split("\t")
        place = words[: row.start - start].count("\t")
        if not NUMBER.fullmatch(cells[place].strip()) and place:
            continue
        _read_cell(
            row, cells, place, [line[:LONGEST_ROW] for _, line in lines[max(0, at - FURTHEST) : at]]
        )


def _lines(text: str) -> list[tuple[int, str]]:
    found, start = [], 0
    for line in text.split("\n"):
        found.append((start, line))
        start += len(line) + 1
    return found


def _read_cell(row: Row, cells: list[str], place: int, above: list[str]) -> None:
    label = next((cell for cell in cells if re.search("[\u4e00-\u9fff]", cell)), "")
    label = re.sub(r"^[-·•]*(?:其中:)?|-?\d[\d.]*%?$", "", label.strip("-"))
    inside = UNIT.search(label)
    label = UNIT.sub("", label)
    own = OWN_UNIT.search(label)
    label = OWN_UNIT.sub("", label)
    head, caption = _head(above, place)
    unit = (UNIT.search(head) or inside) or CAPTION_UNIT.search(caption)
    if not label:
        row.tell("term", "a cell whose row has no name", "no term")
        return
    moved = MOVED.search(head) or (MOVED.search(caption) and not head)
    row.base = label
    row.measure = "growth" if moved else "level"
    row.rules -= {
        "no term",
        "before",
        "after",
        "inherited",
        "clause before",
        "after despite before",
    }
    row.why.pop("term", None)
    known = unit[1] if unit and SCALE.sub("", unit[1]) in UNITS else ""
    if own and place == 0:
        known = own[0]
    elif not known and not moved:
        known = next((cell for cell in cells if SCALE.sub("", cell) in UNITS), "")
    elif own and MOVED.search(caption):
        known, row.measure = "%", "growth"
    if known and not row.unit:
        row.unit = known
        row.tell("unit", "the unit stands in the head of the table")
    measured = UNIT.sub("", head)
    if measured in words_of("generic") and not label.endswith(measured):
        label += measured
    elif moved and (found := MEASURED.search(caption)) and found[0] not in label:
        label += found[0]
    row.base = f"{label}占比" if "比重" in head or "比例" in head else label
    _read_column(row, caption, len(cells), place)
    row.tell("term", "from the row and the head of a table", "table")


def _read_column(row: Row, caption: str, cells: int, place: int) -> None:
    """Read the area of a column from a head without cells: 全国 城市 农村."""
    found = [caption.find(word) for word in ("全国", "城市", "农村")]
    if cells == len(found) and min(found) >= 0 and found == sorted(found):
        row.area = ("whole_city", "urban_residents", "rural")[place]
        row.tell("area", "the order of the columns")


def _head(above: list[str], place: int) -> tuple[str, str]:
    """Return the head of a column and what stands above the table."""
    head, caption = "", ""
    for line in reversed(above):
        cells = line.split("\t")
        if re.match("[-*]*表", line.lstrip("\t")):
            return head, line + "\n" + caption
        if "。" in line:
            break
        if not line.strip("\t-: "):
            continue
        if "\t" not in line:
            caption = line + "\n" + caption if line.strip() else caption
        elif not head and not any(NUMBER.fullmatch(cell.strip()) for cell in cells):
            head = cells[place] if place < len(cells) else ""
    return head, caption
