"""One cell of the panel, and the sentence of the user's own copy that it was read from."""

import hashlib
from pathlib import Path
from typing import Any

from hyreport.errors import HyreportError
from hyreport.text.copies import read_file, sentence_at
from hyreport.text.decoding import TextError
from hyreport.words.phrases import speak

__all__ = ["Cell"]


# So much of a hash tells two files apart for a reader.
SHORT = 12


class Cell:
    """One cell of the panel: its value, the words it was read from, and where they stand.

    Parameters
    ----------
    row : dict
        The cell's row of `headline`.
    path : str
        Path of the text below the collection's folder.
    sha256 : str
        SHA-256 of that text.

    Notes
    -----
    The texts are not in the panel: `quote` reads your own copy of one.
    """

    def __init__(self, row: dict[str, Any], path: str, sha256: str):
        self.row, self.path, self.sha256 = row, path, sha256

    def __repr__(self) -> str:
        """Say the cell in a line, in the language in use."""
        row = self.row
        name = f"{row['area']} {row['period']}, {row['indicator']}, {speak(row['kind'])}"
        if not self.is_found:
            return f"{name}: {speak(row['status'])}"
        place = f"characters {row['char_start']} to {row['char_end']} of {self.path}"
        return f"{name}: {row['as_printed']} ({row['certainty']}), {speak(place)}"

    @property
    def is_found(self) -> bool:
        """Whether a number was read for it."""
        return self.row["status"] == "found"

    @property
    def words(self) -> str:
        """The printed term and the number with its own unit and bound; empty where none was read.

        The two stand in one sentence, other words perhaps between them.
        """
        return f"{self.row['subject_zh']} {self.row['as_printed']}" if self.is_found else ""

    def quote(self, path: str | Path) -> str:
        """Return the sentence of your own copy that the cell was read from, its number in 【】.

        Parameters
        ----------
        path : str or Path
            The folder of the collection, in which the text lies at the cell's `path`, or a copy
            of that one text.

        Returns
        -------
        str
            The sentence as the copy prints it.

        Raises
        ------
        TextError
            Where there is no copy, or it is not byte for byte the text that was read.
        HyreportError
            Where the cell has no number.
        """
        if not self.is_found:
            expected = "a cell with a number"
            raise HyreportError(repr(self), "no number", expected, "look at another cell or year")
        if not isinstance(path, str | Path):
            raise TextError(repr(path), "no name of a file", "a folder or a text", "give its path")
        copy = Path(path) / self.path if Path(path).is_dir() else Path(path)
        if not copy.is_file():
            fix = "name the folder of the collection that the panel was made of, or that one file"
            raise TextError(str(copy), "no such file", f"a copy of {self.path}", fix)
        content, text = read_file(copy)
        if (found := hashlib.sha256(content).hexdigest()) != self.sha256:
            expected = f"the text that was read, whose SHA-256 begins {self.sha256[:SHORT]}"
            fix = "take the collection at the panel's commit, or make the panel of your own texts"
            raise TextError(str(copy), f"another text, {found[:SHORT]}", expected, fix)
        return sentence_at(text, int(self.row["char_start"]), int(self.row["char_end"]))
