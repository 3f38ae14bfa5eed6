"""The one reader and the one writer of CSV: UTF-8, a header, every cell as text."""

import csv
import io
from collections.abc import Iterable
from pathlib import Path

from hyreport.errors import RawDataError


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


def read_rows(path: Path) -> list[dict[str, str]]:
    """Read a CSV file.

    Parameters
    ----------
    path : Path
        A CSV file in UTF-8 whose first row names the columns.

    Returns
    -------
    list of dict
        Rows in file order, every cell as text; blank cells are empty text.

    Raises
    ------
    RawDataError
        For a missing or empty file, another encoding, a column named twice, or a row of another
        length than the header.
    """
    return parse_rows(read_text(path), path.name)


def parse_rows(text: str, name: str) -> list[dict[str, str]]:
    """Read CSV text as `read_rows` reads a file, whose name messages say.

    >>> parse_rows("code,zh\\ntheme,主题\\n", "words.csv")
    [{'code': 'theme', 'zh': '主题'}]
    """
    header, *body = parse_lines(text, name)
    return [dict(zip(header, cells, strict=True)) for cells in body]


def parse_lines(text: str, name: str) -> list[list[str]]:
    """Return the header of CSV text and its rows, each as long as it."""
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        raise RawDataError(
            name,
            str(error),
            "comma-separated values",
            "put a cell with a comma, a quote or a line break in double quotes, and double its own",
        ) from None
    if not lines:
        raise RawDataError(name, "nothing", "a header and rows")
    width = len(lines[0])
    if len(set(lines[0])) < width:
        raise RawDataError(f"{name}, header", "a column named twice", "each name once")
    for number, cells in enumerate(lines, start=1):
        if len(cells) != width:
            place = f"{name}, row {number}"
            raise RawDataError(place, f"{len(cells)} cells", f"{width} cells", "quote commas")
    return lines


def format_rows(rows: Iterable[dict], header: Iterable[str]) -> str:
    """Return rows as CSV text with these columns in order.

    >>> format_rows([{"code": "theme", "zh": "主题"}], ["code", "zh"])
    'code,zh\\ntheme,主题\\n'
    """
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(header), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()
