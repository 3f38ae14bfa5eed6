"""Pages set on paper as PDF: the case study for students, and each text handed out with it.

Everything is passed to Typst as string literals inside function calls, so that no character of a
text can act as markup; with a fixed font and no date the same text gives the same bytes.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from bs4 import NavigableString, Tag

from hyreport.paths import ASSETS
from hyreport.publish.glossary import find_glosses
from hyreport.publish.prose import Piece
from hyreport.publish.stale import HOW_MARKED, STALE, say_count

# Size of the text, size in tables, and margins above and below.
STUDENT, DOCUMENT = ("10.2pt", "8pt", "1.8cm"), ("10.8pt", "9.2pt", "1.7cm")
# Parts can be handed out one by one; the page of advice leaves room to write.
NEW_PAGE = ("Part ", "One page ", "Beyond ")
MARKS = {"strong": "strong", "em": "emph", "del": "strike", "ins": "strong"}
LISTS = {"ul": "list", "ol": "enum"}


def write_paper(article: Tag, target: Path, *, root: Path, **options) -> None:
    """Write the PDF of a page.

    Parameters
    ----------
    article : Tag
        What the page shows, as `polish` finishes it.
    target : Path
        The file to write.
    root : Path
        The artifacts; charts are read from its folder `figures`.
    **options
        As `typeset` takes them.
    """
    import typst

    # Typst gives bytes and Python writes them: it cannot name a file where the locale is not UTF-8.
    paper = typst.compile(
        typeset(article, **options).encode("utf-8"),
        format="pdf",
        root=str(root),
        font_paths=[str(ASSETS / "fonts")],
        ignore_system_fonts=True,
    )
    target.write_bytes(paper)


def typeset(
    article: Tag,
    *,
    title: str,
    foot: str,
    sizes: tuple[str, str, str] = STUDENT,
    more: Iterable[str] = (),
) -> str:
    """Return a page as Typst markup: its prose, tables and charts, lines for answers.

    Parameters
    ----------
    article : Tag
        What the page shows, as `polish` finishes it.
    title, foot : str
        The title of the document, and what stands at the foot of each page.
    sizes : tuple of str
        Size of the text, size in tables, and margins above and below.
    more : iterable of str
        Further parts, as Typst function calls, for the end.
    """
    size, small, margin = sizes
    values = {"title": _quote(title), "foot": _quote(foot)}
    values |= {"size": size, "small": small, "margin": margin}
    head = "".join(f"#let {name} = {value}\n" for name, value in values.items())
    head += (ASSETS / "pages" / "paper.typ").read_text(encoding="utf-8")
    parts = [*_set_notice(article), *_set_parts(article), *more]
    return head + "".join(f"#{part}\n" for part in parts if part)


def set_evidence(figures: list[dict]) -> Iterator[str]:
    """Return the printed figures of a page, as `build_evidence` lists them, for a paper's end."""
    cells = [
        [
            _quote(row["as_printed"]),
            _quote(f"{row['name_en']} ({row['name_zh']}), {row['period']}"),
            _quote(f"section {row['section']}, paragraph {row['paragraph']}"),
        ]
        for row in figures
    ]
    yield 'heading(level: 2, "Evidence")'
    yield 'par("The printed figures of the text, in the order of first use.")'
    yield _set_cells([_quote(words) for words in ("printed", "what it is", "where")], cells)


def set_terms(pieces: list[Piece], glossary: list[dict]) -> Iterator[str]:
    """List the Chinese terms of the prose, which on paper lead to no glossary."""
    used = {term for _, text, target in pieces if not target for term in find_glosses(text)}
    terms = [f"{entry['zh']} {entry['en']}" for entry in glossary if entry["zh"] in used]
    if terms:
        yield 'heading(level: 2, "Chinese terms")'
        yield f"par({_quote('; '.join(terms) + '.')})"


def _set_notice(article: Tag) -> Iterator[str]:
    """Say first how many numbers of the text no longer hold, if any."""
    if struck := article.select(f"del.{STALE}"):
        count = _quote(say_count(len(struck), "paper"))
        yield f"notice(strong({count}), {_quote(f' {HOW_MARKED}')})"


def _set_parts(article: Tag) -> Iterator[str]:
    for part in article.find_all(True, recursive=False):
        kinds = part.get("class", ())
        if "prose" in kinds:
            yield from (_set_block(block) for block in part.find_all(True, recursive=False))
        elif part.name == "figure":
            yield f"chart({_quote('/' + part.img['src'])}, {_quote(part.img['alt'])})"
        elif part.select_one(".verdict"):
            yield "answer"
        elif "output" in kinds and part.table:
            yield _set_table(part.table)


def _set_block(block: Tag) -> str:
    if block.name in ("h1", "h2", "h3", "h4"):
        apart = block.get_text().startswith(NEW_PAGE)
        kind = "part" if apart else "heading"
        return f"{kind}(level: {block.name[1]}, {_set_words(block)})"
    if block.name == "p":
        return f"par({_set_words(block)})"
    if block.name in LISTS:
        items = (_set_item(item) for item in block.find_all("li", recursive=False))
        return f"{LISTS[block.name]}({', '.join(items)})"
    if block.name == "table" or "table" in block.get("class", ()):
        return _set_table(block if block.name == "table" else block.table)
    if block.pre or block.name == "pre":
        return f"raw(block: true, {_quote(block.get_text().rstrip())})"
    return ""


def _set_item(item: Tag) -> str:
    """Set an item of a list: words, and perhaps paragraphs or a list below them."""
    blocks = item.find_all(["p", "ul", "ol"], recursive=False)
    words = [_set_words(item, leave=blocks), *map(_set_block, blocks)]
    return f"({', '.join(words)},).join()"


def _set_table(table: Tag) -> str:
    head, *rows = [[_set_words(cell) for cell in row.find_all(["th", "td"])] for row in table("tr")]
    cells = _set_cells(head, rows)
    return f"captioned({_set_words(table.caption)}, {cells})" if table.caption else cells


def _set_cells(header: list[str], rows: list[list[str]]) -> str:
    columns = ", ".join(["auto"] * len(header))
    head = ", ".join(f"strong({cell})" for cell in header)
    body = ", ".join(cell for row in rows for cell in row)
    return f"table(columns: ({columns},), table.header({head}), {body})"


def _set_words(tag: Tag, *, leave: list[Tag] = ()) -> str:
    parts = [_set_span(child) for child in tag.children if child not in leave]
    return f"({', '.join(parts)},).join()" if parts else '""'


def _set_span(span: Tag | NavigableString) -> str:
    if isinstance(span, NavigableString):
        return _quote(span)
    if span.name == "code":
        return f"raw({_quote(span.get_text())})"
    words = _set_words(span)
    if span.name == "a" and "://" in span["href"]:
        return f"link({_quote(span['href'])}, {words})"
    return f"{MARKS[span.name]}({words})" if span.name in MARKS else words


def _quote(text: str) -> str:
    r"""Write a text as a Typst string literal.

    >>> _quote('a "b" \\ #c')
    '"a \\"b\\" \\\\ #c"'
    """
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
    return f'"{escaped}"'
