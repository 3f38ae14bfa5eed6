"""Makes of a draft and its text the page on which a person decides each number; offline."""

import base64
import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator
from html import escape, unescape
from pathlib import Path
from typing import Any

from hyreport.build.raw import Row
from hyreport.data.schema import TYPED
from hyreport.draft.certainty import say_accuracy
from hyreport.draft.drafted import (
    DECISIONS,
    FIELDS,
    GOAL,
    OF_GOAL,
    Drafted,
    read_decisions,
    read_draft,
    read_fields,
)
from hyreport.draft.vocabulary import patterns_of
from hyreport.errors import HyreportError
from hyreport.paths import ASSETS, RAW, ROOT, need_extra
from hyreport.text.copies import read_file
from hyreport.words.codes import CODES
from hyreport.words.glyphs import cut_font, lacking
from hyreport.words.tables import read_rows

__all__ = ["review", "write_review"]


PAGE = "review.html"
SENTENCE_END = re.compile("[。；！？\n]")
AROUND = 200
HEIGHT = 800
# What may be meant instead: the noun after the number, or the words just before it.
FALL = patterns_of("review").fall
NOUN = re.compile("[\u4e00-\u9fff]{2,12}")
WORDS_BEFORE = re.compile("[“”\u4e00-\u9fff]{2,14}$")
CHOICES = {name: CODES[name] for name in ("role", "basis", "area", "qualifier", "hedge")}
MOST_OPTIONS = 9


def write_review(
    report_id: str, *, text: str | Path | None = None, drafts: Path = Path("drafts")
) -> Path:
    """Write the page on which a draft is reviewed.

    Parameters
    ----------
    report_id : str
        The draft.
    text : str or Path, optional
        The file that was drafted; where the draft found it by default.
    drafts : Path
        Where `hyreport draft` wrote.

    Returns
    -------
    Path
        The page, in the folder of the draft. It needs no other file and no server.

    Raises
    ------
    HyreportError
        Where there is no draft, or the text is not the one that was drafted.
    """
    draft = read_draft(report_id, drafts)
    words = _read_text(draft, text)
    before = draft.folder / DECISIONS
    decided = read_decisions(before, draft, strict=False) if before.is_file() else {}
    rows = list(_list_rows(draft, words, decided))
    data = {
        "sha256": draft.sha256,
        "known": _hash(before.read_text("utf-8")) if before.is_file() else "",
        "columns": TYPED[DECISIONS].header,
        "fields": FIELDS,
        "choices": {name: list(codes) for name, codes in CHOICES.items()},
        "rows": rows,
    }
    page = _render(draft, data, _mark_numbers(words, rows))
    path = draft.folder / PAGE
    path.with_suffix(".tmp").write_text(page, encoding="utf-8", newline="")
    return path.with_suffix(".tmp").replace(path)


def _render(draft: Drafted, data: dict[str, Any], text: str) -> str:
    """Return the page of a draft."""
    with need_extra("render", "a review page"):
        from jinja2 import Environment, FileSystemLoader
        from markupsafe import Markup
    script, style = (
        (ASSETS / "review" / f"review.{kind}").read_text("utf-8") for kind in ("js", "css")
    )
    templates = Environment(loader=FileSystemLoader(ASSETS / "review"), autoescape=True)
    told = json.dumps(data, ensure_ascii=False).replace("<", "\\u003c")
    words = "".join((draft.facts.get("title_zh", ""), unescape(text), told, script, style))
    return templates.get_template("review.html.j2").render(
        report=draft.facts | {"id": draft.report_id},
        text=Markup(text),
        data=Markup(told),
        font=base64.b64encode(cut_font(words)).decode(),
        lacking={char: f"U+{ord(char):04X}" for char in lacking(words)},
        script=Markup(script),
        script_hash=_hash(script),
        style=Markup(style),
        accuracy=say_accuracy(),
        sections=sorted({row["section"] for row in data["rows"]}),
        indicators=[row["indicator"] for row in read_rows(RAW / "indicators.csv")],
    )


def review(report_id: str, *, drafts: Path | None = None) -> Any:
    """Show the review page of a draft in a frame in JupyterLab.

    Parameters
    ----------
    report_id : str
        The draft; its page is the one that `hyreport review` has written.
    drafts : Path, optional
        Where `hyreport draft` wrote; `drafts` here or in the clone by default.

    Returns
    -------
    IPython.display.IFrame
        The page in a frame of its own, which can download and do nothing else outside of it;
        it shows each number in its sentence, as printed and with its unit.

    Raises
    ------
    HyreportError
        Where there is no such page.
    """
    from IPython.display import IFrame

    folders = (Path("drafts"), ROOT / "drafts") if drafts is None else (Path(drafts),)
    pages = [folder / Path(report_id).name / PAGE for folder in folders]
    path = next(filter(Path.is_file, pages), pages[0])
    if not path.is_file():
        fix = f"type `hyreport review {report_id}` first"
        raise HyreportError(str(path), "no such page", "the review page of a draft", fix)
    page = escape(path.read_text(encoding="utf-8"))
    allowed = "allow-scripts allow-downloads allow-modals"
    # The page goes in whole: JupyterLab serves no file outside of its own folder.
    extras = [f'sandbox="{allowed}"', f'title="Review of {escape(report_id)}"', f'srcdoc="{page}"']
    return IFrame("about:blank", "100%", HEIGHT, extras=extras)


def _read_text(draft: Drafted, text: str | Path | None) -> str:
    """Return the text that was drafted; any other is refused."""
    path = text or draft.facts["copy"].get("file")
    if not path:
        raise HyreportError(str(draft.folder), "no text", "the one drafted", "add --text FILE")
    content, words = read_file(path)
    found = hashlib.sha256(content).hexdigest()
    if found != draft.sha256:
        expected = f"the text that was drafted ({draft.sha256[:12]})"
        fix = "name that file with --text, or draft this one"
        raise HyreportError(str(path), f"another text ({found[:12]})", expected, fix)
    return words


def _hash(words: str) -> str:
    """Return a hash as pages write it: by it this one allows its own script and no other."""
    return base64.b64encode(hashlib.sha256(words.encode("utf-8")).digest()).decode()


def _mark_numbers(text: str, rows: list[dict[str, Any]]) -> str:
    """Return the text as HTML, each number in a mark of its own."""
    pieces, end = [], 0
    for row in rows:
        pieces.append(escape(text[end : row["start"]]))
        number = escape(text[max(end, row["start"]) : row["end"]])  # a goal may hold a number
        pieces.append(f'<span class="number" id="at{row["start"]}">{number}</span>')
        end = max(end, row["end"])
    return "".join([*pieces, escape(text[end:])])


def _list_rows(draft: Drafted, text: str, decided: dict[str, Row]) -> Iterator[dict[str, Any]]:
    """Yield what the page knows of each number."""
    whole = {start: _accept(draft, row) for start, row in draft.numbers.items()} | decided
    with need_extra("render", "a review page"):
        from hyreport.draft.faults import find_faults
    faults = find_faults(draft, whole)
    spans = Counter(row["period"] for row in draft.tables["figures.csv"]).most_common(4)
    common, told, before = [span for span, _ in spans], _tell_others(draft), ""
    for start, row in draft.numbers.items():
        first, last = int(start), int(row["end"])
        left = SENTENCE_END.split(text[max(0, first - AROUND) : first])[-1]
        right = SENTENCE_END.split(text[last : last + AROUND])[0]
        fields, is_goal = read_fields(row), row.get("kind") == GOAL
        # The word of fall stands in another number's print.
        sign = row.get("value", "") if start in faults else ""
        around = left, text[first:last], right, before, sign
        yield {
            "start": first,
            "end": last,
            "sentence": around[:3],
            "grade": row.get("certainty", ""),
            "fields": fields,
            "kind": row.get("kind", ""),
            "names": OF_GOAL if is_goal else FIELDS,
            "reason": row.get("reason", ""),
            "why": [*filter(None, row.get("why", "").split("; ")), *told.get(start, ())],
            "fault": str(faults[start]) if start in faults else "",
            "section": row["section"],
            "decided": decided.get(start),
            "options": _list_options(fields, around, common, draft.facts),
        }
        before = fields["subject_zh"] or before


def _tell_others(draft: Drafted) -> dict[str, list[str]]:
    """Return what other tables say of a figure, by its start: its pair and its doubts."""
    figures = {row["figure_id"]: row for row in draft.tables["figures.csv"]}
    told: dict[str, list[str]] = {row["start"]: [] for row in figures.values()}
    for row in draft.tables["targets.csv"]:
        base = figures.get(row["base_id"])
        pair = f"answers {base['subject_zh']} {base['as_printed']}" if base else "answers none"
        words = f"pair: {pair}, comparable: {row['comparable']}: {row['reason']}"
        told[figures[row["target_id"]]["start"]].append(words)
    for row in draft.tables["doubts.csv"]:
        told[figures[row["figure_id"]]["start"]].append(f"doubt: {row['doubt']}")
    return told


def _accept(draft: Drafted, row: Row) -> Row:
    """Return the decision to take a number as it was drafted."""
    figure = bool(row.get("certainty"))
    made = {name: row.get(name, "") for name in TYPED[DECISIONS].header} | read_fields(row)
    decision = "accept" if figure else "exclude"
    return made | {"sha256": draft.sha256, "decision": decision, "read": "each"}


def _list_options(
    fields: Row, around: tuple[str, str, str, str, str], common: list[str], facts: dict[str, Any]
) -> list[dict[str, str]]:
    """Return what may be meant instead, the likeliest first: a field and its other value."""
    left, number, right, subject, value = around
    unit = fields["as_printed"].partition(number)[2]
    after, words = NOUN.match(right.removeprefix(unit)), WORDS_BEFORE.search(left)
    fall = FALL.search(fields["subject_zh"]) or FALL.search(left)
    amount = f"{fall[0]}{fields['subject_zh'].removesuffix('变动')}" if fall else ""
    amount = amount if value.startswith("-") and not FALL.search(fields["subject_zh"]) else ""
    terms = [amount, after[0] if after else "", subject, words[0] if words else ""]
    years = [str(facts["base_year"]), str(facts.get("target_year", "")), *common]
    values = {
        "subject_zh": terms,
        "period": years[:4],
        "role": ["actual", "target", "context"],
    }
    if not fields["role"]:
        return []
    found = [{"field": "indicator", "value": ""}] if fields["indicator"] else []
    found += [
        {"field": name, "value": value}
        for name, others in values.items()
        for value in dict.fromkeys(others)
        if value and value != fields[name]
    ]
    return found[:MOST_OPTIONS]
