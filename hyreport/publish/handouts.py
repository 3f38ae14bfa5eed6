"""Pages set on paper as PDF: the case study for students, and each text handed out with it.

Everything is passed to Typst as string literals inside function calls, so that no character of a
text can act as markup; with a fixed font and no date the same text gives the same bytes.
"""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from jinja2 import Environment, FileSystemLoader

from hyreport.paths import ASSETS
from hyreport.publish.evidence import NO_EVIDENCE, Evidence
from hyreport.publish.glossary import find_glosses
from hyreport.publish.markdown import plain_text, read_markdown
from hyreport.publish.markup import plain
from hyreport.publish.prose import restate
from hyreport.publish.stale import HOW_MARKED, say_count
from hyreport.words.glyphs import replace_lacking
from hyreport.words.language import heading
from hyreport.words.tables import read_rows

__all__ = ["typeset", "write_paper"]


# How a notebook speaks on paper: words in the place of others, and a text of its own in the place
# of the paragraph below it.
PAPER_WORDS = read_rows(ASSETS / "pages" / "paper_words.csv")
PAPER_TEXT = re.compile(r"<!-- paper: (.*?) -->\n\n.*?(?=\n\n|\Z)", re.DOTALL)
RIGHT = "text-align: right"
# Parts can be handed out one by one; the page of advice leaves room to write.
HANDED_OUT, NEW_PAGE = ("Part ", "One page "), ("Beyond ",)
MARKS = {"strong": "strong", "emphasis": "emph", "strikethrough": "strike"}


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
    target.write_bytes(paper)


def typeset(
    page: dict, record: dict, *, evidence: Evidence = NO_EVIDENCE, glossary: Sequence[dict] = ()
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
    """
    papers = Environment(loader=FileSystemLoader(ASSETS / "pages"))
    papers.filters["quote"] = _quote
    prose = page.get("prose", ())
    parts = [part for cell in page["cells"] for part in _set_cell(cell, evidence) if part]
    used = {term for _, text, target in prose if not target for term in find_glosses(text)}
    return papers.get_template("paper.typ.j2").render(
        page=page,
        parts=[*_keep_together(parts)],
        terms=[f"{entry['zh']} {entry['en']}" for entry in glossary if entry["zh"] in used],
        record=record,
        say_count=say_count,
        how_marked=HOW_MARKED,
    )


def _keep_together(parts: list[str]) -> Iterator[str]:
    """Let the first part of all follow the introduction, and keep tasks with their answers."""
    begun = False
    for part, following in zip(parts, [*parts[1:], ""], strict=True):
        if part.startswith("part(") and not begun:
            begun, part = True, part.replace("part(", "heading(", 1)
        elif part.startswith("par(") and following in ("answer", "working"):
            part = part.replace("par(", "task(", 1)
        yield part


def _set_cell(cell: dict, evidence: Evidence) -> Iterator[str]:
    if cell["cell_type"] == "markdown":
        tokens = read_markdown(speak_of_paper("".join(cell["source"])))
        yield from (_set_block(token, evidence) for token in tokens)
    for output in cell.get("outputs", ()):
        kept = output.get("metadata", {}).get("hyreport", {})
        html = "".join(output.get("data", {}).get("text/html", ""))
        if "figure" in kept:
            alt = output["metadata"]["image/png"]["alt"]
            yield f'chart("/figures/{kept["figure"]}.svg", {_quote(alt)})'
        elif 'class="verdict' in html:
            yield "working" if "number" in html.partition(">")[0] else "answer"
        elif "<table" in html:
            yield _set_html_table(html)


def speak_of_paper(text: str) -> str:
    r"""Put a text's words for paper in the place of those for the screen.

    >>> speak_of_paper("<!-- paper: Write. -->\n\nRun the cell.\n\nType one of two.")
    'Write.\n\nChoose one of two.'
    """
    text = PAPER_TEXT.sub(r"\1", text)
    for row in PAPER_WORDS:
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


def _set_block(token: dict, evidence: Evidence) -> str:
    kind, children = token["type"], token.get("children", [])
    if kind == "heading":
        words = plain_text(children)
        name = "new_page" if words.startswith(NEW_PAGE) else "heading"
        name = "part" if words.startswith(HANDED_OUT) else name
        return f"{name}(level: {token['attrs']['level']}, {_set_words(children, evidence)})"
    if kind == "paragraph":
        return f"par({_set_words(children, evidence)})"
    if kind == "block_text":
        return _set_words(children, evidence)
    if kind == "list":
        name = "enum" if token["attrs"].get("ordered") else "list"
        items = ([_set_block(part, evidence) for part in item["children"]] for item in children)
        return f"{name}({', '.join(map(_join, items))})"
    if kind == "table":
        rows = [children[0], *children[1]["children"]]
        return _set_table(
            [[_set_words(cell["children"], evidence) for cell in row["children"]] for row in rows]
        )
    return f"raw(block: true, {_quote(token['raw'].rstrip())})" if kind == "block_code" else ""


def _set_words(tokens: list[dict], evidence: Evidence) -> str:
    return _join([part for token in tokens for part in _set_span(token, evidence)])


def _set_span(token: dict, evidence: Evidence) -> Iterator[str]:
    kind, children = token["type"], token.get("children", [])
    words = _set_words(children, evidence) if children else _quote(token.get("raw", " "))
    if kind == "codespan":
        yield f"raw({words})"
    elif kind == "link":
        address = token["attrs"]["url"]
        link = f"link({_quote(address)}, {words})" if "://" in address else words
        now = restate(plain_text(children), address, evidence)
        yield f"strike({link})" if now else link
        if now:
            yield f"strong({_quote(f' [now {now}]')})"
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
