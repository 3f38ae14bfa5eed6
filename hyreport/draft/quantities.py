"""Reads value, sign, unit, bounds and hedges of the numbers, with what they share in lists."""

import re
from dataclasses import replace
from itertools import groupby, pairwise

from hyreport.draft.rows import Row
from hyreport.draft.segment import Page
from hyreport.draft.vocabulary import UNITS, kind_rules, patterns_of
from hyreport.numbers.numerals import CHARACTERS, read_number
from hyreport.numbers.printed import read_around
from hyreport.numbers.wording import SIDES, TURNED

__all__ = ["read_quantities", "said_of"]


P = patterns_of("quantities")
# Chinese numerals that are surely quantities: percents and points.
DIGITS = f"[{CHARACTERS}]"
BEFORE, AFTER = 16, 24
YEAR = re.compile(r"(?:19|20)\d\d")
# In a cell of a table a number is no name and no time.
IN_CELLS = ("year", "date", "table number", "list number", "ordinal")
STRIVING = ("力争", "争取", "努力")


def read_quantities(page: Page) -> list[Row]:
    """Return every number of a text with value, sign, unit, qualifier and hedge.

    Parameters
    ----------
    page : Page
        The text.

    Returns
    -------
    list of Row
        In the order of the text; what is no figure has a kind and little else.

    Examples
    --------
    >>> rows = read_quantities(Page("游客和收入分别下降5%、6%以上。"))
    >>> [(row.value, row.is_negative, row.qualifier, row.unit) for row in rows]
    [(Decimal('5'), True, 'at_least', '%'), (Decimal('6'), True, 'at_least', '%')]
    """
    text = page.text
    spans = page.tokens + [found.span() for found in P.chinese.finditer(text)]
    rows = [_read_one(page, *span) for span in sorted(spans)]
    figures = [row for row in rows if row.is_figure]
    _find_chains(figures, text)
    _share(figures)
    for row in figures:
        _read_hedge(row, page)
    return rows


def said_of(qualifier: str, *, is_negative: bool) -> str:
    """Return what a printed bound says of the signed value: 下降5%以上 is at most -5.

    >>> said_of("at_least", is_negative=True)
    'at_most'
    """
    return TURNED.get(qualifier, qualifier) if is_negative else qualifier


def _read_one(page: Page, start: int, end: int) -> Row:
    """Read a number alone: what kind it is, value, unit and what stands around it."""
    text = page.text
    around = read_around(text, start, end, UNITS)
    row = Row(start, end, text[start:end], around)
    row.numeral = "arabic" if row.number[0].isascii() else "chinese"
    row.kind, row.reason = _find_kind(row, text)
    try:
        row.value = read_number(row.number)[0]
    except (ArithmeticError, KeyError, ValueError):
        row.kind, row.reason = row.kind or "unread", "a number that no rule reads"
    if row.kind:
        return row
    row.unit = around.unit.translate(page.brackets)
    if row.unit and P.no_unit.match(text, around.end - 1):
        row.unit, row.around = row.unit[:-1], replace(around, end=around.end - 1)
    for word in around.before:
        row.unit = {"percent": "%", "permille": "‰"}.get(word.says, row.unit)
    _read_bound(row, text)
    return row


def _find_kind(row: Row, text: str) -> tuple[str, str]:
    """Return what kind of number it is that is no figure, and why; blank for a figure."""
    before = text[max(0, row.start - BEFORE) : row.start]
    after = text[row.end : row.end + AFTER]
    is_cell = before.endswith("\t") or after.startswith("\t")
    marked = f"{before}\u3016{row.number}\u3017{after}"
    for kind, reason, pattern in kind_rules(row.number):
        if (not is_cell or kind in IN_CELLS) and pattern.search(marked):
            return kind, reason
    if not row.around.unit and YEAR.fullmatch(row.number) and not after.startswith(("\t", "\n")):
        return "year", "a year without 年"
    if len(row.number) > 8 and "." not in row.number and not row.around.unit:
        return "code", "too many digits for a count"
    return "", ""


def _read_bound(row: Row, text: str) -> None:
    """Read bound and sign from the words around a number."""
    around, says = row.around, [word.says for word in row.around.before]
    left = text[max(0, row.start - 20) : around.start]
    row.is_negative = around.is_negative
    row.qualifier = _bounds([*says, *(word.says for word in around.after)]) or "exact"
    if row.qualifier == "exact":
        if P.ceiling.search(text[max(0, row.start - 16) : row.start]) and "to" not in says[-2:]:
            row.qualifier = "at_most"
            row.tell("qualifier", "控制在 without a further word is read as a ceiling", "ceiling")
        elif P.steps.search(left[-6:]) and P.step.match(text, around.end):
            row.qualifier = "at_least"
            row.tell("qualifier", "a step that is reached", "ceiling")
    if row.is_percent and not row.is_negative and P.cut.search(left):
        row.is_negative = True
        row.tell("value", "the word before says less", "low")


def _bounds(says: list[str]) -> str:
    """Return the bound that words say, the stricter of two of one side."""
    for side in SIDES:
        found = [bound for bound in side if bound in says]
        if found:
            return max(found, key=side.index)
    return ""


def _find_chains(figures: list[Row], text: str) -> None:
    """Mark the numbers that stand in one list, at the ends of a range or of a change."""
    chain, starts = 0, set()
    for one, other in pairwise(figures):
        parts = _relation(one, other, text)
        if parts is None:
            continue
        if parts[1] == "to":
            starts.add(one.chain)
        else:
            chain += one.chain == 0
            one.chain = other.chain = one.chain or chain
        if parts[0]:
            one.part, other.part = parts
    for row in figures:
        # 从5、6提高到7、8: all of a list that a change starts from.
        if row.chain in starts - {0} and row.part in ("", "ratio"):
            row.part = "from"


def _relation(one: Row, other: Row, text: str) -> tuple[str, str] | None:
    """Return what two numbers are to each other; blank parts in a list, None where nothing."""
    gap = text[one.around.end : other.around.start]
    way = text[one.around.end : other.start]
    changes = P.change.search(text[max(0, one.around.start - 26) : one.around.start])
    same = not one.unit or other.unit.startswith(one.unit) or other.unit.endswith(one.unit)
    moved = any(word.says in ("rise", "fall") for word in other.around.before)
    if same and P.range_gap.fullmatch(gap.strip()) and not changes:
        return "low", "high"
    # 11项15件实事: two counts of one thing.
    touch = not gap and one.unit not in ("", other.unit) and not other.around.before
    if touch or (P.list_gap.fullmatch(gap) and not moved):
        return "", ""
    if changes and len(gap) < 22 and len(way) < 24 and P.gap_to.match(way):
        return "from", "to"
    return ("ratio", "ratio") if ":" in (gap, text[one.end : other.start]) else None


def _share(figures: list[Row]) -> None:
    """Give the numbers of a list the unit and the words that stand in print once."""
    for chain, group in groupby(figures, key=lambda row: row.chain):
        rows = list(group) if chain else []
        _share_units(rows)
        for row in rows:
            if row.part in ("low", "high"):
                row.qualifier = "at_least" if row.part == "low" else "at_most"
                row.group = f"range_{chain}"
        if not rows or rows[0].group:
            continue
        ahead = ""
        # 5、6%以上 holds for both; 5、6多个 does not.
        after = _bounds([word.says for word in rows[-1].around.after if len(word.word) > 1])
        for one, other in pairwise(rows):
            ahead = _bounds([word.says for word in one.around.before]) or ahead
            alike = one.unit == other.unit and not other.around.before
            if alike and one.is_negative:
                other.is_negative = True
                other.tell("value", "the word of fall stands once, before the list")
            if alike and ahead and other.qualifier == "exact":
                other.qualifier = ahead
                other.tell("qualifier", "the bound stands once, before the list", "shared bound")
            if after and one.qualifier == "exact" and one.unit == rows[-1].unit:
                one.qualifier = after
                one.tell("qualifier", "the bound stands once, after the list", "shared bound")


def _share_units(rows: list[Row]) -> None:
    """Give numbers without a unit, or with the beginning of one, that of the next in the list."""
    for one, other in reversed(list(pairwise(rows))):
        is_begun = other.unit.startswith(one.unit) and (other.is_points or one.unit in "万亿")
        if one.unit != other.unit and is_begun:
            one.unit = other.unit
            one.tell("unit", "the unit stands once, after the list")


def _read_hedge(row: Row, page: Page) -> None:
    """Find the hedge that reaches a number: along commas, not across a semicolon."""
    text, start = page.text, page.half(row.start)[0]
    last = max(P.hedge.finditer(text, start, row.start), key=re.Match.start, default=None)
    if last is None:
        return
    own, comma, _ = text[last.end() : row.start].partition(",")
    # 8%以上,争取8.5%: a hedge that stands alone before a number reaches no further.
    opens = text[last.start() - 1] in ",、(" and P.alone.match(text, last.end())
    is_stretch = opens and re.search(r"\d", text[start : last.start()])
    if comma and (is_stretch or not re.search(r"\d", own)):
        return
    row.hedge = "strive" if last[0] in STRIVING else "ensure"
    if comma:
        row.tell("hedge", f"{last[0]} stands in an earlier clause", "far hedge")
