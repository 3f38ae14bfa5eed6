"""Tells figures from years, dates, names, the numbers of items and the like."""

import re

from hyreport.draft.rows import Row
from hyreport.draft.vocabulary import kind_rules

__all__ = ["find_kind"]


BEFORE, AFTER = 16, 24
YEAR = re.compile(r"(?:19|20)\d\d")
# In a cell of a table a number is no name and no time.
IN_CELLS = ("year", "date", "table number", "list number", "ordinal")


def find_kind(row: Row, text: str) -> tuple[str, str]:
    """Return what kind of number it is that is no figure, and why; both blank for a figure.

    Parameters
    ----------
    row : Row
        The number, with what stands around it read.
    text : str
        The text that it stands in.

    Returns
    -------
    tuple of str
    """
    before = text[max(0, row.start - BEFORE) : row.start]
    after = text[row.end : row.end + AFTER]
    is_cell = before.endswith("\t") or after.startswith("\t")
    for kind, reason, pattern in kind_rules():
        is_for = not is_cell or kind in IN_CELLS
        if is_for and pattern.search(f"{before}〖{row.number}〗{after}"):
            return kind, reason
    if not row.around.unit and YEAR.fullmatch(row.number) and not after.startswith(("\t", "\n")):
        return "year", "a year without 年"
    if len(row.number) > 8 and "." not in row.number and not row.around.unit:
        return "code", "too many digits for a count"
    return "", ""
