"""Whole sentences in Chinese, found by their English: what a translator typed into tables.

A table has the columns `en` and `zh`. A row may leave open what a program fills in:
`Tax rose by {n} percent`, in both columns by the same name. `{n}`, `{n2}`, `{year}` stand for a
number, `{code}`, `{code2}` for what stays as it stands, such as ids and what a reader typed, any
other name for words, which are looked up in their turn. A link stands where a number or words may:
its words are looked up, and it leads where it did.
"""

import os
import re
import tomllib
from collections.abc import Iterable, Mapping
from contextlib import suppress
from functools import cache
from itertools import chain
from pathlib import Path

from hyreport.errors import RawDataError
from hyreport.paths import NOTEBOOKS, PACKAGE, RAW, list_reports
from hyreport.words.codes import CODES
from hyreport.words.language import HEADINGS, LABELS, in_use
from hyreport.words.tables import WORDS, read_rows

__all__ = [
    "FOLDER",
    "PHRASES",
    "REPORTS",
    "Phrases",
    "escape",
    "is_english",
    "list_shared",
    "open_phrases",
    "read_phrases",
    "speak",
]


FOLDER = "zh"  # beside the notebooks
# What several of its tables, or the pages, say of the report.
SHARED = "report.csv"
# What a report says of itself in both languages.
FACTS = ("title", "short", "issuer", "area")
# While rendering, the table of a notebook's sentences; without the file it has no Chinese edition.
PHRASES = "HYREPORT_PHRASES"
# Set beside it: the report and the others of its area, by their ids.
REPORTS = "HYREPORT_REPORTS"
HOLE = re.compile(r"\{(\w+)\}", re.ASCII)
NUMBERED = re.compile(r"n\d*|year")
CODED = re.compile(r"code\d*")
LINK = r"\[(?:\\.|[^\]\\])*\]\([^)]*\)"
NUMBER = rf"(?:{LINK}|[-−+]?\d[-\d\s.,–−\[\]]*)"
# What a link and a stretch of code enclose.
ENCLOSED = re.compile(r"(\[)((?:\\.|[^\]\\])*)(\]\([^)]*\))|(`)([^`]*)(`)")
# What is the same in every language: ids, names of files, words all in capitals but GDP.
SAME = re.compile(
    r"(?:https?://|#)\S+|\b[a-z0-9_]+(?:-[a-z0-9]+)*(?:[.:_~][A-Za-z0-9_]+)+"
    r"|\b[a-z]{3,}(?:-[a-z]+)*-\d{4}\b"
    r"|\b(?!GDP\b)[A-Z]{2,}\b"
)
ENGLISH = re.compile(r"[a-z]{2,}|\bGDP\b")
# Words without white space between them that have a character are a Chinese name, as 单位GDP能耗.
CHINESE = re.compile(r"\S*[\u4e00-\u9fff]\S*")
# What Markdown or HTML would take for markup.
MARKUP = re.compile(r"([\\`*_\[\]<>&~|#!$])")
ESCAPED = re.compile(r"\\(.)")
# Prose is read by paragraphs and items, what stands at their beginning apart, and by sentences.
BLOCKS = re.compile(r"(\n\s*\n|\n(?=(?:[-*>]|\d+\.) ))")
OPENING = re.compile(r"(?:(?:#{1,6}|[-*>]|\d+\.) +)*")
SENTENCES = re.compile(r"(?<=[.?!]) (?=[A-Z\[`*(])")
AFTER_SIGN = re.compile(r"(?<=[。！？：；]) ")
# Tables that hold names in both languages: of indicators, units and places.
NAMED = (
    (RAW / "indicators.csv", "name_en", "name_zh"),
    (RAW / "units.csv", "unit", "unit_zh"),
    (PACKAGE / "panel" / "names.csv", "short_en", "short_zh"),
    (RAW / "area_names.csv", "name_en", "area"),
)
# A list of texts is as good as its texts.
JOINTS = (("; ", "；"), (", ", "，"), (" or ", "或"))
CLAUSES, NAMES = "，", "、"
CODE = re.compile(r"`[^`]*`")
DAY = re.compile(r"(?<![-\w#:/`])(\d{4})-0?(\d+)-0?(\d+)(?![-\w`])", re.ASCII)
LAST = " and "
OTHERS = "others"


def is_english(text: str) -> bool:
    """Say whether a text has a word of English, which an id, a name of a file or RMSE is not.

    >>> is_english("from 2015"), is_english("tax_share.local.2017"), is_english("RMSE，8.5%")
    (True, False, False)
    >>> is_english("GDP"), is_english("单位GDP能耗"), is_english("known as 单位GDP能耗")
    (True, False, True)
    """
    return not CHINESE.fullmatch(text) and bool(ENGLISH.search(SAME.sub("", text)))


class Phrases:
    """Sentences in Chinese by their English.

    Parameters
    ----------
    *tables : mapping of str
        Chinese by English; an earlier table stands before a later one.
    own : mapping of str
        What stands behind them all: what the library says anyway.

    Examples
    --------
    >>> phrases = Phrases({"Tax rose by {n} percent in the {place}": "{place}税收增长{n}%"},
    ...                   {"city": "全市"})
    >>> phrases.say("Tax rose by 2.5 percent in the city"), phrases.say("Tax fell")
    ('全市税收增长2.5%', None)
    """

    def __init__(self, *tables: Mapping[str, str], own: Mapping[str, str] | None = None):
        self.exact: dict[str, str] = {}
        self.typed = {_fold(en): zh for table in reversed(tables) for en, zh in table.items()}
        for table in (*tables, own or {}):
            self.exact |= {_fold(en): zh for en, zh in table.items() if _fold(en) not in self.exact}
        open_rows = [en for en in self.exact if HOLE.search(en)]
        open_rows.sort(key=_measure)
        self.patterns = [(_compile(en), self.exact[en]) for en in open_rows]
        self.bare = sum(not _measure(en)[0] for en in open_rows)  # so many leave numbers open alone
        self.missing: dict[str, None] = {}
        self._said: dict[str, str | None] = {}

    def say(self, text: str) -> str | None:
        """Return a text in Chinese; as it is where it has no English, None where nobody says it."""
        text = " ".join(text.split())
        if text not in self._said:
            self._said[text] = self._look_up(text)
        return self._said[text]

    def put(self, words: str) -> str | None:
        """Return words as a notebook's own table has them, None where only the library may."""
        return self.typed.get(_fold(words.replace("_", " ")))

    def _look_up(self, text: str) -> str | None:
        if (known := self.exact.get(_fold(text))) is not None:
            return known
        if not is_english(text):
            return text
        if (plain := ESCAPED.sub(r"\1", text)) != text and (known := self.exact.get(_fold(plain))):
            return escape(known)
        if enclosed := ENCLOSED.fullmatch(text):
            before, inside, after = (part for part in enclosed.groups() if part is not None)
            said = self.say(inside)
            return said and f"{before}{said}{after}"
        # What a row leaves open for words might take in what stands beside it in a list.
        if said := self._fill(self.patterns[: self.bare], text) or self._look_up_list(text):
            return said
        if said := self._fill(self.patterns[self.bare :], text) or self._look_up_list(text, NAMES):
            return said
        if len(sentences := SENTENCES.split(text)) > 1:
            told = [self.say(sentence) for sentence in sentences]
            return None if None in told else "".join(map(str, told))
        for joint, chinese in JOINTS:
            for found in re.finditer(joint, text):
                both = [self.say(part) for part in (text[: found.start()], text[found.end() :])]
                if None not in both:
                    return chinese.join(map(str, both))
        return None

    def _fill(self, rows: Iterable[tuple[re.Pattern, str]], text: str) -> str | None:
        for pattern, zh in rows:
            if found := pattern.fullmatch(text):
                parts = {
                    name: part if CODED.fullmatch(name) else self.say(part)
                    for name, part in found.groupdict().items()
                }
                if None not in parts.values():
                    return zh.format_map(parts)
        return None

    def _look_up_list(self, text: str, joint: str = CLAUSES) -> str | None:
        """Return a list that ends in *and* in Chinese: of clauses, which have numbers, or names."""
        for found in re.finditer(LAST, text):
            tail = text[found.end() :]
            last = "" if tail == OTHERS else self.say(tail)
            if last is None or (items := self._split(text[: found.start()])) is None:
                continue
            if joint == CLAUSES and all(
                re.search(r"\d", CODE.sub("", one)) for one in (*items, last)
            ):
                return joint.join([*items, last])
            if joint == NAMES:
                return joint.join(items) + (f"和{last}" if last else "等")
        return None

    def _split(self, text: str) -> list[str] | None:
        """Return what stands between commas in Chinese, one thing or several."""
        if (said := self.say(text)) is not None and ", " not in text:
            return [said]
        for found in re.finditer(", ", text):
            first = self.say(text[: found.start()])
            if first is not None and (rest := self._split(text[found.end() :])) is not None:
                return [first, *rest]
        return None if said is None else [said]

    def tell(self, text: str) -> str:
        """Return a text in Chinese, as it is where nobody says it."""
        return self.say(text) or text

    def need(self, text: str) -> str:
        """Return a text in Chinese; what nobody says stays, and is noted as missing."""
        if (said := self.say(text)) is None:
            self.missing[" ".join(text.split())] = None
            return text
        return said

    def need_prose(self, text: str) -> str:
        r"""Return Markdown in Chinese, sentence by sentence; what nobody says stays, and is noted.

        >>> phrases = Phrases({"The answer": "结论", "It rose by {n} points.": "上升{n}个百分点。"})
        >>> phrases.need_prose("## The answer\n\nIt rose by [6.5](#result:rise) points.")
        '## 结论\n\n上升[6.5](#result:rise)个百分点。'
        """
        return "".join(
            part if place % 2 else self._need_block(part)
            for place, part in enumerate(BLOCKS.split(text.strip()))
        )

    def _need_block(self, text: str) -> str:
        text = " ".join(text.split())
        opening = found[0] if (found := OPENING.match(text)) else ""
        sentences, said = SENTENCES.split(text[len(opening) :]), []
        while sentences:  # what says most by itself comes first: several sentences may be one
            for size in range(len(sentences), 1, -1):
                if whole := self.say(" ".join(sentences[:size])):
                    break
            else:
                size, whole = 1, self.need(sentences[0])
            said.append(whole)
            sentences = sentences[size:]
        return opening + DAY.sub(r"\1年\2月\3日", AFTER_SIGN.sub("", " ".join(said)))


def escape(text: str) -> str:
    r"""Write a text of a report so that no part of it is markup.

    >>> print(escape("<b>8.5%</b>"))
    \<b\>8.5%\</b\>
    """
    return MARKUP.sub(r"\\\1", " ".join(text.split()))


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


@cache
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


def read_phrases(*paths: Path, reports: Iterable[str] = ()) -> Phrases:
    """Read tables of sentences, before the library's own words and the names of indicators.

    Parameters
    ----------
    *paths : Path
        An earlier table stands before a later one.
    reports : iterable of str
        Reports whose own titles and areas, by their ids, are known too.

    Raises
    ------
    RawDataError
        For a table that cannot be read, without the two columns, or whose rows leave open in one
        language what they do not in the other.
    """
    facts = (_read_facts(RAW / name / "report.toml") for name in reports)
    return Phrases(*(dict(_read(path)) for path in paths), *facts, own=_own())


def list_shared(folder: Path, *reports: str) -> list[Path]:
    """Return the tables of what several notebooks say, and the tables of reports.

    Parameters
    ----------
    folder : Path
        Where the translations of notebooks lie; where these stand in a folder of their own, what
        the notebooks above them share is theirs too.
    *reports : str
        Reports: `zh/ID.csv` has what the tables of one say in sentences.
    """
    above = folder.parent.parent / FOLDER
    names = [*(f"{name}.csv" for name in reports), SHARED]
    paths = [*(folder / name for name in names), above / SHARED]
    return [path for path in paths if path.is_file()]


@cache
def open_phrases() -> Phrases | None:
    """Return the sentences of the notebook that is rendered; of all notebooks for who explores."""
    if named := os.environ.get(PHRASES):
        path, reports = Path(named), os.environ.get(REPORTS, "").split()
        if not path.is_file():
            return None
        return read_phrases(path, *list_shared(path.parent, *reports), reports=reports)
    tracked = (NOTEBOOKS.glob(pattern) for pattern in (f"{FOLDER}/*.csv", f"*/{FOLDER}/*.csv"))
    own = PACKAGE.glob(f"studies/*/tasks/{FOLDER}.csv")  # what the checks of a case study say
    beside = sorted(Path(FOLDER).resolve().glob("*.csv"))  # which say best what is meant here
    paths = dict.fromkeys([*beside, *sorted(chain(own, *tracked))])
    return read_phrases(*paths, reports=list_reports(RAW))


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


def _read_facts(path: Path) -> dict[str, str]:
    """Return what a report says of itself in Chinese by its English."""
    if not path.is_file():
        return {}
    facts = tomllib.loads(path.read_text(encoding="utf-8"))
    pairs = ((facts.get(f"{name}_en"), facts.get(f"{name}_zh")) for name in FACTS)
    return {en: zh for en, zh in pairs if en and zh}


@cache
def _own() -> dict[str, str]:
    """Return what the library says anyway: sentences, labels, headings, codes, names, units."""
    composed = (PACKAGE.glob(pattern) for pattern in ("*/zh.csv", "themes/*/zh.csv"))
    tables = [WORDS / "sentences.csv", *sorted(chain(*composed))]
    own = {en: zh for path in tables for en, zh in _read(path)}
    own |= {row["en"]: row["zh"] for row in (*HEADINGS.values(), *LABELS.values())} | own
    for codes in CODES.values():
        for code, named in codes.items():
            for en in (code.replace("_", " "), named.short, named.en):
                if len(en) > 1:  # a letter is no word
                    own.setdefault(en, named.zh)
    for path, en, zh in NAMED:
        with suppress(RawDataError):  # a project of a test has no codebook
            for row in read_rows(path):
                own.setdefault(row[en], row[zh])
    return own
