"""Pages set on paper as PDF: the case study for students, and each text handed out with it.

Everything is passed to Typst as string literals inside function calls, so that no character of a
text can act as markup; with a fixed font and no date the same text gives the same bytes.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from jinja2 import Environment, FileSystemLoader, Template

from hyreport.paths import ASSETS
from hyreport.publish.evidence import NO_EVIDENCE, Evidence
from hyreport.publish.glossary import find_glosses
from hyreport.publish.markdown import plain_text, read_markdown
from hyreport.publish.markup import plain
from hyreport.publish.prose import restate
from hyreport.publish.stale import HOW_MARKED, say_count
from hyreport.words.glyphs import replace_lacking
from hyreport.words.language import heading
from hyreport.words.phrases import FOLDER, Phrases
from hyreport.words.pinyin import pinyin_key
from hyreport.words.tables import read_rows

__all__ = ["open_paper", "typeset", "write_paper"]


# How a notebook speaks on paper: words in the place of others, and a text of its own in the place
# of the paragraph below it.
PAPER_WORDS = read_rows(ASSETS / "pages" / "paper_words.csv")
PAPER_TEXT = re.compile(r"<!-- paper: (.*?) -->\n\n.*?(?=\n\n|\Z)", re.DOTALL)
RIGHT = "text-align: right"
# Parts can be handed out one by one; the page of advice leaves room to write. By their cells' ids.
HANDED_OUT, NEW_PAGE = ("part-", "note"), ("beyond",)
# Terms that a reader of Chinese may want explained as well; other words of the report speak.
EXPLAINED = ("revenue", "basis")
# In Chinese: a word of the report, which is no code; signs as wide as a character.
WORD, ENDS, OPENS = re.compile("[\u3400-\u9fff]"), ("。", "：", "？"), ("“", "《", "（")
MARKS = {"strong": "strong", "emphasis": "emph", "strikethrough": "strike"}


class Paper(NamedTuple):
    """What all parts of a paper go by: what links lead to, its words, where its charts lie."""

    evidence: Evidence
    say: Callable[[str], str]
    language: str

    @property
    def charts(self) -> str:
        """The folder of its charts, from the artifacts."""
        return "/figures" if self.language == "en" else f"/{FOLDER}/figures"


def write_paper(markup: str, target: Path, *, root: Path) -> None:
    """Write the PDF of a page.

    Parameters
    ----------
    markup : str
        The page, as `typeset` returns it.
    target : Path
        The file to write.
    root : Path
        The artifacts; charts are read from its folder `figures`.
    """
    import typst

    # Typst gives bytes and Python writes them: it cannot name a file where the locale is not UTF-8.
    paper = typst.compile(  # type: ignore[call-overload]  # it wants texts and paths of one type
        markup.encode("utf-8"),
        format="pdf",
        root=str(root),
        font_paths=[str(ASSETS / "fonts")],
        ignore_system_fonts=True,
    )
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(paper)


def typeset(
    page: dict,
    record: dict,
    *,
    evidence: Evidence = NO_EVIDENCE,
    glossary: Sequence[dict] = (),
    phrases: Phrases | None = None,
) -> str:
    """Return a page as Typst markup: its prose, tables and charts, lines for answers.

    Parameters
    ----------
    page : dict
        `title`, `cells` of the executed notebook and `struck`, how many numbers no longer hold;
        of a `notebook` also `figures` and `prose`: the printed figures that it leads to, and the
        Chinese terms in it, which on paper lead to no glossary, stand at its end.
    record : dict
        `report` and `version`, for the foot of each sheet.
    evidence : Evidence
        What links can point to; a link whose text no longer says the same is struck.
    glossary : sequence of dict
        The terms that can stand at the end, as `read_glossary` gives them.
    phrases : Phrases, optional
        What a paper in Chinese says of itself; in English without.
    """
    language, say = ("zh", phrases.need) if phrases else ("en", str)
    paper = Paper(evidence, say, language)
    parts = [part for cell in page["cells"] for part in _set_cell(cell, paper) if part]
    texts = [text for _, text, target in page.get("prose", ()) if not target]
    return open_paper(phrases).render(
        page=page,
        parts=[*_keep_together(parts)],
        terms=_list_terms(texts, glossary, paper),
        record=record,
        language=language,
        say_count=say_count,
        how_marked=HOW_MARKED,
    )


@cache
def open_paper(phrases: Phrases | None) -> Template:
    """Return the template of papers.

    Parameters
    ----------
    phrases : Phrases or None
        What papers say of themselves in Chinese; in English None.
    """
    papers = Environment(loader=FileSystemLoader(ASSETS / "pages"))
    papers.filters |= {"quote": _quote, "say": phrases.need if phrases else str}
    return papers.get_template("paper.typ.j2")


def _list_terms(texts: list[str], glossary: Sequence[dict], paper: Paper) -> list:
    """Return the terms of a text that stand at its end, in Chinese each with what it means."""
    if paper.language == "en":
        used = {term for text in texts for term in find_glosses(text)}
        return [f"{entry['zh']} {entry['en']}" for entry in glossary if entry["zh"] in used]
    whole = "\n".join(texts)
    return [
        (entry["zh"], paper.say(entry["meaning"]))
        for entry in sorted(glossary, key=lambda entry: pinyin_key(entry["zh"]))
        if entry.get("kind") in EXPLAINED and entry["zh"] in whole
    ]


def _keep_together(parts: list[str]) -> Iterator[str]:
    """Let the first part of all follow the introduction, and keep tasks with their answers."""
    begun = False
    for part, following in zip(parts, [*parts[1:], ""], strict=True):
        if part.startswith("part(") and not begun:
            begun, part = True, part.replace("part(", "heading(", 1)
        elif part.startswith("par(") and following in ("answer", "working"):
            part = part.replace("par(", "task(", 1)
        yield part


def _set_cell(cell: dict, paper: Paper) -> Iterator[str]:
    if cell["cell_type"] == "markdown":
        tokens = read_markdown(speak_of_paper("".join(cell["source"]), paper.language))
        for token in tokens:
            part = _set_block(token, paper)
            if part.startswith("heading(level: 2,"):
                part = part.replace("heading", _begin(cell.get("id", "")), 1)
            yield part
    for output in cell.get("outputs", ()):
        kept = output.get("metadata", {}).get("hyreport", {})
        html = "".join(output.get("data", {}).get("text/html", ""))
        if "figure" in kept:
            alt = output["metadata"]["image/png"]["alt"]
            yield f'chart("{paper.charts}/{kept["figure"]}.svg", {_quote(alt)})'
        elif 'class="verdict' in html:
            yield "working" if "number" in html.partition(">")[0] else "answer"
        elif "<table" in html:
            yield _set_html_table(html)


def _begin(cell_id: str) -> str:
    """Say how a section begins, by the id of its cell."""
    if cell_id.startswith(HANDED_OUT):
        return "part"
    return "new_page" if cell_id.startswith(NEW_PAGE) else "heading"


def speak_of_paper(text: str, language: str = "en") -> str:
    r"""Put a text's words for paper in the place of those for the screen.

    >>> speak_of_paper("<!-- paper: Write. -->\n\nRun the cell.\n\nType one of two.")
    'Write.\n\nChoose one of two.'
    """
    text = PAPER_TEXT.sub(r"\1", text)
    for row in PAPER_WORDS:
        if row["language"] == language:
            text = text.replace(row["screen"], row["paper"])
    return text


def _set_html_table(html: str) -> str:
    found = [
        re.findall("<t[hd](.*?)>(.*?)</t[hd]>", row) for row in re.findall("<tr>.*?</tr>", html)
    ]
    head = [_quote(heading(plain(cell))) for _, cell in found[0]]
    body = [[_quote(plain(cell)) for _, cell in row] for row in found[1:]]
    sides = ["right" if RIGHT in style else "left" for style, _ in found[0]]
    caption = re.search("<caption>(.*?)</caption>", html)
    return _set_table([head, *body], _quote(plain(caption[1])) if caption else "", sides)


def _set_table(rows: list[list[str]], caption: str = "", sides: Sequence[str] = ()) -> str:
    cells = [", ".join(row) for row in rows]
    align = f"align: ({', '.join(sides)},), " if "right" in sides else ""
    table = f"grid({len(rows[0])}, {align}{', '.join(cells)})"
    return f"captioned({caption}, {table})" if caption else table


def _set_block(token: dict, paper: Paper) -> str:
    kind, children = token["type"], token.get("children", [])
    if kind == "heading":
        return f"heading(level: {token['attrs']['level']}, {_set_words(children, paper)})"
    if kind == "paragraph":
        words = _set_words(children, paper)
        # With the name of a file in it a line of Chinese would be drawn apart.
        justified = paper.language == "en" or "raw(" not in words
        return f"par({words})" if justified else f"par(justify: false, {words})"
    if kind == "block_text":
        return _set_words(children, paper)
    if kind == "block_quote":
        return f"notice({', '.join(_set_block(part, paper) for part in children)})"
    if kind == "list":
        name = "enum" if token["attrs"].get("ordered") else "list"
        items = ([_set_block(part, paper) for part in item["children"]] for item in children)
        return f"{name}({', '.join(map(_join, items))})"
    if kind == "table":
        rows = [children[0], *children[1]["children"]]
        return _set_table(
            [[_set_words(cell["children"], paper) for cell in row["children"]] for row in rows]
        )
    return f"raw(block: true, {_quote(token['raw'].rstrip())})" if kind == "block_code" else ""


def _set_words(tokens: list[dict], paper: Paper) -> str:
    before, parts = "", []
    for token in tokens:
        wide = before.endswith(ENDS)
        if wide:  # the sign has white space of its own
            token = token | {"raw": token.get("raw", "").lstrip()}
        spans = [*_set_span(token, paper)]
        close = wide and token["raw"].startswith(OPENS)
        parts += [f"close({_join(spans)})"] if close else spans
        before = plain_text(token.get("children", ()))
    return _join(parts)


def _set_span(token: dict, paper: Paper) -> Iterator[str]:
    kind, children = token["type"], token.get("children", [])
    words = _set_words(children, paper) if children else _quote(token.get("raw", " "))
    if kind == "codespan":
        yield words if WORD.search(words) else f"raw({words})"
    elif kind == "link":
        address = token["attrs"]["url"]
        link = f"link({_quote(address)}, {words})" if "://" in address else words
        now = restate(plain_text(children), address, paper.evidence)
        yield f"strike({link})" if now else link
        if now:
            now = f" [{paper.say('now')} {now}]"
            yield f"strong({_quote(now)})"
    else:
        yield f"{MARKS[kind]}({words})" if kind in MARKS else words


def _join(parts: list[str]) -> str:
    return f"({', '.join(filter(None, parts))},).join()"


def _quote(text: str) -> str:
    r"""Write a text as a Typst string literal, 〓 for what the font lacks.

    >>> _quote('a "b" \\ #c')
    '"a \\"b\\" \\\\ #c"'
    """
    escaped = replace_lacking(text).replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
    return f'"{escaped}"'
