"""Whole sentences in Chinese, found by their English: what a translator typed into tables.

A table has the columns `en` and `zh`. A row may leave open what a program fills in:
`Tax rose by {n} percent`, in both columns by the same name. `{n}`, `{n2}` stand for a number,
`{code}`, `{code2}` for what stays as it stands, such as ids and what a reader typed, any other name
for words, which are looked up in their turn.
"""

import os
import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from functools import cache
from itertools import chain
from pathlib import Path

from hyreport.errors import RawDataError
from hyreport.paths import NOTEBOOKS, PACKAGE, RAW
from hyreport.words.codes import CODES
from hyreport.words.language import HEADINGS, LABELS, in_use
from hyreport.words.tables import WORDS, read_rows

__all__ = ["FOLDER", "PHRASES", "Phrases", "is_english", "open_phrases", "read_phrases", "speak"]


FOLDER = "zh"  # beside the notebooks
# What several of its tables, or the pages, say of the report.
SHARED = "report.csv"
# While rendering, the table of a notebook's sentences; without the file it has no Chinese edition.
PHRASES = "HYREPORT_PHRASES"
HOLE = re.compile(r"\{(\w+)\}", re.ASCII)
NUMBERED = re.compile(r"n\d*")
CODED = re.compile(r"code\d*")
NUMBER = r"[-−+]?\d[-\d\s.,–−\[\]]*"
# What is the same in every language: ids, names of files, words all in capitals but GDP.
SAME = re.compile(
    r"(?:https?://|#)\S+|\b[a-z0-9_]+(?:[.:_~][A-Za-z0-9_]+)+|\b[a-z]{3,}(?:-[a-z]+)*-\d{4}\b"
    r"|\b(?!GDP\b)[A-Z]{2,}\b"
)
ENGLISH = re.compile(r"[a-z]{2,}|\bGDP\b")
# A list of texts is as good as its texts.
JOINTS = (("; ", "；"), (", ", "，"), (" or ", "或"))


def is_english(text: str) -> bool:
    """Say whether a text has a word of English, which an id, a name of a file or RMSE is not.

    >>> is_english("from 2015"), is_english("tax_share.local.2017"), is_english("RMSE，8.5%")
    (True, False, False)
    """
    return bool(ENGLISH.search(SAME.sub("", text)))


class Phrases:
    """Sentences in Chinese by their English.

    Parameters
    ----------
    *tables : mapping of str
        Chinese by English; an earlier table stands before a later one.

    Examples
    --------
    >>> phrases = Phrases({"Tax rose by {n} percent in the {place}": "{place}税收增长{n}%"},
    ...                   {"city": "全市"})
    >>> phrases.say("Tax rose by 2.5 percent in the city"), phrases.say("Tax fell")
    ('全市税收增长2.5%', None)
    """

    def __init__(self, *tables: Mapping[str, str]):
        self.exact: dict[str, str] = {}
        for table in tables:
            self.exact |= {_fold(en): zh for en, zh in table.items() if _fold(en) not in self.exact}
        open_rows = [en for en in self.exact if HOLE.search(en)]
        open_rows.sort(key=_measure)
        self.patterns = [(_compile(en), self.exact[en]) for en in open_rows]
        self.missing: dict[str, None] = {}
        self._said: dict[str, str | None] = {}

    def say(self, text: str) -> str | None:
        """Return a text in Chinese; as it is where it has no English, None where nobody says it."""
        text = " ".join(text.split())
        if text not in self._said:
            self._said[text] = self._look_up(text)
        return self._said[text]

    def _look_up(self, text: str) -> str | None:
        if (known := self.exact.get(_fold(text))) is not None:
            return known
        if not is_english(text):
            return text
        for pattern, zh in self.patterns:
            if found := pattern.fullmatch(text):
                parts = {
                    name: part if CODED.fullmatch(name) else self.say(part)
                    for name, part in found.groupdict().items()
                }
                if None not in parts.values():
                    return zh.format_map(parts)
        for joint, chinese in JOINTS:
            first, sign, rest = text.partition(joint)
            if sign and None not in (said := [self.say(first), self.say(rest)]):
                return chinese.join(map(str, said))
        return None

    def tell(self, text: str) -> str:
        """Return a text in Chinese, as it is where nobody says it."""
        return self.say(text) or text

    def need(self, text: str) -> str:
        """Return a text in Chinese; what nobody says stays, and is noted as missing."""
        if (said := self.say(text)) is None:
            self.missing[" ".join(text.split())] = None
            return text
        return said


def _fold(text: str) -> str:
    """Return a text as it is looked up: a first capital letter makes no difference."""
    return " ".join((text[:1].lower() + text[1:]).split())


def _measure(en: str) -> tuple[int, int]:
    """Return what sorts a row: what leaves least open and says most by itself comes first."""
    holes = HOLE.findall(en)
    words = [name for name in holes if not _is_plain(name)]
    return len(words) + any(map(CODED.fullmatch, holes)), -len(HOLE.sub("", en))


def _is_plain(hole: str) -> bool:
    """Say whether what fills a hole is not looked up."""
    return bool(NUMBERED.fullmatch(hole) or CODED.fullmatch(hole))


def _compile(en: str) -> re.Pattern:
    parts, seen = [], set()
    for place, part in enumerate(HOLE.split(en)):
        if place % 2 == 0:
            first = part[:1] if place == 0 else ""
            either = f"[{re.escape(first.lower() + first.upper())}]" if first.isalpha() else ""
            parts.append(either + re.escape(part[1:] if either else part))
        elif part in seen:
            parts.append(f"(?P={part})")
        else:
            seen.add(part)
            said = ".+?" if CODED.fullmatch(part) else "[^·]+?"
            parts.append(f"(?P<{part}>{NUMBER if NUMBERED.fullmatch(part) else said})")
    return re.compile("".join(parts))


def read_phrases(*paths: Path) -> Phrases:
    """Read tables of sentences, before the library's own words and the names of indicators.

    Raises
    ------
    RawDataError
        For a table that cannot be read, without the two columns, or whose rows leave open in one
        language what they do not in the other.
    """
    return Phrases(*(dict(_read(path)) for path in paths), _own())


@cache
def open_phrases() -> Phrases | None:
    """Return the sentences of the notebook that is rendered; of all notebooks for who explores."""
    if named := os.environ.get(PHRASES):
        path = Path(named)
        shared = [path.with_name(SHARED)] if path.with_name(SHARED).is_file() else []
        return read_phrases(path, *shared) if path.is_file() else None
    tracked = (NOTEBOOKS.glob(pattern) for pattern in (f"{FOLDER}/*.csv", f"*/{FOLDER}/*.csv"))
    own = PACKAGE.glob(f"studies/*/tasks/{FOLDER}.csv")  # what the checks of a case study say
    paths = {*Path(FOLDER).resolve().glob("*.csv"), *chain(own, *tracked)}
    return read_phrases(*sorted(paths))


def speak(text: str) -> str:
    """Return a text in the language in use, as it is where nobody put it so.

    >>> speak("8.5 percent")
    '8.5 percent'
    """
    phrases = open_phrases() if in_use() != "en" else None
    return (phrases and phrases.say(text)) or text


def _read(path: Path) -> Iterable[tuple[str, str]]:
    for number, row in enumerate(read_rows(path), start=2):
        if set(row) != {"en", "zh"}:
            raise RawDataError(f"{path.name}, header", ", ".join(row), "en,zh")
        if not row["zh"]:
            continue
        open_en, open_zh = (set(HOLE.findall(row[name])) for name in ("en", "zh"))
        if not open_zh <= open_en:
            place = f"{path.name}, row {number}"
            raise RawDataError(place, f"{{{min(open_zh - open_en)}}}", "a name of the English")
        yield row["en"], row["zh"]


@cache
def _own() -> dict[str, str]:
    """Return what the library says anyway: sentences, labels, headings, codes, indicators."""
    own = dict(_read(WORDS / "sentences.csv"))
    own |= {row["en"]: row["zh"] for row in (*HEADINGS.values(), *LABELS.values())} | own
    for codes in CODES.values():
        for code, named in codes.items():
            for en in (code.replace("_", " "), named.short, named.en):
                if len(en) > 1:  # a letter is no word
                    own.setdefault(en, named.zh)
    with suppress(RawDataError):  # a project of a test has no codebook
        for row in read_rows(RAW / "indicators.csv"):
            own.setdefault(row["name_en"], row["name_zh"])
    return own
