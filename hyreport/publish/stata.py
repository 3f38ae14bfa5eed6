"""Writes a processed table as a Stata file (format 118, UTF-8), with labels and notes.

pandas writes the data and the labels; notes, which it does not know, are put into its bytes, where
the format keeps characteristics: help dta_118 in Stata.
"""

import io
import struct
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

import pandas as pd

from hyreport.build.describe import sentence
from hyreport.data.schema import Column, Table
from hyreport.words.language import heading

__all__ = ["write_stata"]


VERSION, MOST_LABEL, MOST_TEXT, NAME_BYTES = 118, 80, 2**11 - 3, 129
MAP, PLACES = b"<map>", 14
CHARACTERISTICS = 8  # which of the places in the map
EMPTY = b"<characteristics></characteristics>"
OF_ALL = "_dta"


def write_stata(
    rows: pd.DataFrame, table: Table, *, label: str, day: datetime, notes: Iterable[str] = ()
) -> bytes:
    """Return a table as the bytes of a .dta file.

    Parameters
    ----------
    rows : DataFrame
        As a loader gives it.
    table : Table
        What its columns are: codes become numbers with value labels, which are the codes; days
        become Stata's days; what a column means is its note.
    label : str
        Of the data; 80 characters are kept.
    day : datetime
        Written into the file as its time, since the clock's would differ each time.
    notes : iterable of str
        Notes of the data.

    Returns
    -------
    bytes
    """
    columns = {column.name: _type(rows[column.name], column) for column in table.columns}
    typed = pd.DataFrame(columns)
    stream = io.BytesIO()
    typed.to_stata(
        stream,
        version=VERSION,
        write_index=False,
        time_stamp=day,
        data_label=label[:MOST_LABEL],
        variable_labels={column.name: _label(column) for column in table.columns},
        convert_dates={c.name: "td" for c in table.columns if c.type == "date"},
        convert_strl=[name for name in typed if _is_long(typed[name])],
    )
    by_name = {column.name: [_note(column)] for column in table.columns}
    return _put_notes(stream.getvalue(), {OF_ALL: list(notes)} | by_name)


def _type(cells: pd.Series, column: Column) -> pd.Series:
    """Return a column as Stata has it: codes as labelled numbers, days as days."""
    filled = cells.where(cells != "")
    if column.type == "date":
        return pd.to_datetime(filled)
    if column.type in ("integer", "decimal"):
        return pd.to_numeric(filled)
    if column.allowed:
        used = set(filled.dropna())
        return filled.astype(pd.CategoricalDtype([code for code in column.allowed if code in used]))
    return cells


def _is_long(cells: pd.Series) -> bool:
    # Texts are objects before pandas 3.
    is_text = cells.dtype in (object, "str")
    return is_text and cells.str.encode("utf-8").str.len().max() > MOST_TEXT


def _label(column: Column) -> str:
    unit = f" ({column.unit})" if column.unit else ""
    return _plain(heading(column.name) + unit)[:MOST_LABEL]


def _note(column: Column) -> str:
    codes = "; ".join(f"{code}: {said}" if said else code for code, said in column.labels.items())
    return _plain(f"{sentence(column)} {codes}").strip()


def _plain(text: str) -> str:
    return text.replace("`", "")  # in Stata it begins a macro


def _put_notes(content: bytes, notes: Mapping[str, list[str]]) -> bytes:
    """Put notes into a file that has none, and move what the map says of all that comes after."""
    start = content.index(MAP) + len(MAP)
    form = f"<{PLACES}Q"
    places = list(struct.unpack_from(form, content, start))
    at = places[CHARACTERISTICS]
    if not content.startswith(EMPTY, at):
        raise ValueError("characteristics where none were written")
    added = b"".join(_characteristics(notes))
    places[CHARACTERISTICS + 1 :] = [place + len(added) for place in places[CHARACTERISTICS + 1 :]]
    body = at + len(b"<characteristics>")
    content = content[:body] + added + content[body:]
    return content[:start] + struct.pack(form, *places) + content[start + struct.calcsize(form) :]


def _characteristics(notes: Mapping[str, list[str]]) -> Iterator[bytes]:
    """Yield each note as a characteristic; the one named note0 says how many there are."""
    for name, texts in notes.items():
        for number, text in enumerate([str(len(texts)), *texts]):
            owner, kind = (
                word.encode().ljust(NAME_BYTES, b"\0") for word in (name, f"note{number}")
            )
            body = owner + kind + text.encode() + b"\0"
            yield b"<ch>" + struct.pack("<I", len(body)) + body + b"</ch>"
