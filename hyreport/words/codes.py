"""What every code in the tables means, in English and Chinese; the table is codes.csv."""

from typing import NamedTuple

from hyreport.words.tables import read_words

__all__ = ["CODES", "Code", "say_code", "say_status"]


class Code(NamedTuple):
    """What one code means: in English, and its Chinese name; `short` is English for a line."""

    en: str
    zh: str
    short: str = ""


def _read_codes() -> dict[str, dict[str, Code]]:
    found: dict[str, dict[str, Code]] = {}
    for row in read_words("codes", "list", "code"):
        found.setdefault(row["list"], {})[row["code"]] = Code(row["en"], row["zh"], row["short"])
    return found


# Lists whose codes are no words: a table shows their short English.
NO_WORDS = ("obs_status", "measure", "frequency")
# Lists with codes that a table words otherwise, where a short English is given.
SHORT = ("read",)
# The lists of codes by name, each as the table has it.
CODES = _read_codes()


def say_status(code: str) -> str:
    """Say an observation status in a word or two.

    >>> say_status("P"), say_status("N"), say_status("")
    ('provisional', 'not significant', '')
    """
    named = CODES["obs_status"].get(code, Code(code, code))
    return named.short or named.en


def say_code(code: str, kind: str) -> str:
    """Say a code of a list in the English of a table's cell.

    >>> say_code("change_pp", "measure"), say_code("at_least", "qualifier")
    ('change in points', 'at least')
    """
    named = CODES[kind][code]
    if kind in NO_WORDS:
        return named.short or named.en
    return named.short if kind in SHORT and named.short else code.replace("_", " ")
