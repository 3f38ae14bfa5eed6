"""The one reader and the one writer of CSV: UTF-8, a header, every cell as text."""

import csv
import io
from collections.abc import Collection, Iterable
from pathlib import Path

from hyreport.errors import RawDataError

__all__ = ["format_lines", "format_rows", "read_lines", "read_rows", "read_text", "read_words"]


WORDS = Path(__file__).parent


def read_text(path: Path) -> str:
    """Read a UTF-8 file, saying clearly what is wrong where it is not one."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise RawDataError(
            path.name, "no such file", f"a file {path.name}", "restore it with git checkout"
        ) from None
    except UnicodeDecodeError as error:
        raise RawDataError(
            f"{path.name}, byte {error.start}", "another encoding", "UTF-8", "save it as UTF-8"
        ) from None
    if not text.strip():
        raise RawDataError(path.name, "an empty file", "a table")
    return text


def read_rows(source: Path | str) -> list[dict[str, str]]:
    r"""Read a CSV file.

    Parameters
    ----------
    source : Path or str
        A CSV file in UTF-8 whose first row names the columns, or the text of one.

    Returns
    -------
    list of dict
        Rows in file order, every cell as text; blank cells are empty text.

    Raises
    ------
    RawDataError
        For a missing or empty file, another encoding, a column named twice, or a row of another
        length than the header.

    Examples
    --------
    >>> read_rows("code,zh\ntheme,主题\n")
    [{'code': 'theme', 'zh': '主题'}]
    """
    header, *body = read_lines(source)
    if len(set(header)) < len(header):
        name = source.name if isinstance(source, Path) else "a table"
        raise RawDataError(f"{name}, header", "a column named twice", "each name once")
    return [dict(zip(header, cells, strict=True)) for cells in body]


def read_lines(source: Path | str) -> list[list[str]]:
    """Return the header and the rows of a CSV file, each as long as it, as `read_rows` does."""
    if isinstance(source, Path):
        name, text = source.name, read_text(source)
    else:
        name, text = "a table", source
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        raise RawDataError(
            name,
            str(error),
            "comma-separated values",
            "put a cell with a comma, a quote or a line break in double quotes, and double its own",
        ) from None
    width = len(lines[0])
    for number, cells in enumerate(lines, start=1):
        if len(cells) != width:
            place = f"{name}, row {number}"
            raise RawDataError(place, f"{len(cells)} cells", f"{width} cells", "quote commas")
    return lines


def read_words(name: str, *key: str, **allowed: Collection[str]) -> list[dict[str, str]]:
    """Read a table of words that stands beside this module.

    Parameters
    ----------
    name : str
        Its name, without .csv.
    *key : str
        The columns that tell its rows apart.
    **allowed : collection of str
        What a column may hold, by its name.

    Returns
    -------
    list of dict
        As `read_rows` gives them.

    Raises
    ------
    RawDataError
        As `read_rows`; also for a missing column, white space around a cell, a cell of another
        content than allowed, a blank key or one that an earlier row has.

    Examples
    --------
    >>> read_words("number_words", "word", "place")[0]
    {'word': '不低于', 'place': 'before', 'says': 'at_least'}
    """
    rows, seen = read_rows(WORDS / f"{name}.csv"), set()
    for number, row in enumerate(rows, start=2):
        place = f"{name}.csv, row {number}"
        for column in (*key, *allowed):
            if column not in row:
                raise RawDataError(f"{name}.csv, header", ", ".join(row), f"a column {column}")
        for column, cell in row.items():
            if cell != cell.strip():
                raise RawDataError(f"{place}, column {column}", repr(cell), "no white space")
            if column in allowed and cell not in allowed[column]:
                expected = f"one of {', '.join(allowed[column])}"
                raise RawDataError(f"{place}, column {column}", repr(cell), expected)
        cells = tuple(row[column] for column in key)
        if cells in seen or not all(cells):
            raise RawDataError(place, f"{' and '.join(key)} {cells}", "all filled, and each once")
        seen.add(cells)
    return rows


def format_rows(rows: Iterable[dict], header: Iterable[str]) -> str:
    r"""Return rows as CSV text with these columns in order.

    >>> format_rows([{"code": "theme", "zh": "主题"}], ["code", "zh"])
    'code,zh\ntheme,主题\n'
    """
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(header), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def format_lines(lines: Iterable[Iterable]) -> str:
    """Return a header and rows as CSV text."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(lines)
    return out.getvalue()
