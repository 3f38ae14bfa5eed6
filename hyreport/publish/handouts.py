"""Texts to hand out as PDF: the case study for students, the guide, what cannot be concluded.

Everything is passed to Typst as string literals inside function calls, so that no character of a
text can act as markup; with a fixed font and no date the same text gives the same bytes.
"""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from bs4 import BeautifulSoup

from hyreport.paths import ASSETS
from hyreport.publish.editions import FOLDER
from hyreport.publish.evidence import build_evidence
from hyreport.publish.glossary import find_glosses, read_glossary
from hyreport.publish.markdown import read_document, read_markdown
from hyreport.publish.prose import NO_EVIDENCE, Evidence, read_evidence, read_prose
from hyreport.publish.stale import HOW_MARKED, restate, say_count, strike_tokens
from hyreport.words.language import heading

LATIN, CHINESE = "Libertinus Serif", "Hyreport Sans SC"
PREAMBLE = """\
#set document(title: {title}, author: "hyreport authors", date: none)
#set page(paper: "a4", margin: (x: 2.1cm, top: {margin}, bottom: {margin}), footer: context {{
  set text(7.5pt, fill: luma(90))
  {foot}
  h(1fr)
  counter(page).display("1 / 1", both: true)
}})
#set text(font: ({latin}, {chinese}), size: {size}, lang: "en", fallback: false)
#set text(cjk-latin-spacing: none)
#set par(leading: 0.58em, spacing: 0.85em)
#set list(indent: 0.4em, spacing: 0.6em)
#set table(stroke: (x, y) => (bottom: 0.4pt + luma(160)), inset: (x: 3pt, y: 3.2pt), align: left)
#show table: set text({small})
#show table: set par(justify: false)
#show raw: set text(font: ("DejaVu Sans Mono", {chinese}), size: 0.85em)
#show heading.where(level: 1): set text(1.6em)
#show heading.where(level: 2): set text(1.2em)
#show heading.where(level: 3): set text(1.03em)
#show heading: set block(above: 1.2em, below: 0.7em, sticky: true)
#let answer = block(above: 0.9em, below: 1.2em, breakable: false, {{
  text(0.85em, fill: luma(90), "Answer ")
  box(width: 9cm, height: 1.1em, stroke: (bottom: 0.5pt + luma(100)))
}})
"""
SIZES = {
    "05_case_study": ("10.2pt", "8pt", "1.8cm"),
    "teachers_guide": ("10.8pt", "9.2pt", "1.7cm"),
    "what_cannot_be_concluded": ("11.5pt", "9pt", "1.7cm"),
}
# Parts can be handed out one by one; the page of advice leaves room to write.
NEW_PAGE = ("Part ", "One page ", "Beyond ")
USUAL = ("10.5pt", "8.5pt", "1.9cm")


def write_handouts(folder: Path, documents: list[Path], *, report_id: str, record: dict) -> None:
    """Write the PDF of each case study's student edition and, beside one, of each document.

    Parameters
    ----------
    folder : Path
        The artifacts: executed notebooks, charts, figures and results are read from it.
    documents : list of Path
        Texts in Markdown.
    report_id : str
        The report, whose figures lie in `data/<report_id>/figures.csv` there.
    record : dict
        `version`, for the foot of each page.
    """
    foot = f"{report_id} · hyreport version {record['version']} · CC BY 4.0"
    evidence = read_evidence(folder / "data" / report_id / "figures.csv", folder / "results.json")
    glossary = read_glossary(folder / "data", report_id)
    students = sorted((folder / FOLDER / "student").glob("*.ipynb"))
    for path in students:
        notebook = json.loads((folder / "notebooks" / path.name).read_text(encoding="utf-8"))
        more = [*_set_evidence(notebook, evidence, path.stem), *_set_terms(notebook, glossary)]
        markup = typeset(notebook, path.stem, foot, more, evidence=evidence)
        _compile(markup, folder, path.with_suffix(".pdf"))
    for path in documents if students else ():
        markup = typeset(read_document(path), path.stem, foot, evidence=evidence)
        _compile(markup, folder, folder / FOLDER / f"{path.stem}.pdf")


def typeset(
    notebook: dict,
    stem: str,
    foot: str,
    more: Iterable[str] = (),
    *,
    evidence: Evidence = NO_EVIDENCE,
) -> str:
    """Return a notebook as Typst markup: its prose, tables and charts, lines for answers.

    Parameters
    ----------
    notebook : dict
        An executed notebook as parsed JSON.
    stem : str
        Its name, by which it finds its sizes.
    foot : str
        What stands at the foot of each page.
    more : iterable of str
        Further parts, as Typst function calls, for the end.
    evidence : Evidence
        What links can point to; a link whose text no longer says the same is struck.
    """
    size, small, margin = SIZES.get(stem, USUAL)
    parts = [*_set_notice(notebook, evidence)]
    parts += [part for cell in notebook["cells"] for part in _set_cell(cell, evidence)] + [*more]
    title = next((text for _, text, _ in read_prose(notebook)), stem)
    head = PREAMBLE.format(
        title=_quote(title),
        foot=_quote(foot),
        latin=_quote(LATIN),
        chinese=_quote(CHINESE),
        size=size,
        small=small,
        margin=margin,
    )
    return head + "".join(f"#{part}\n" for part in parts)


def _compile(markup: str, root: Path, target: Path) -> None:
    import typst

    # Typst gives bytes and Python writes them: it cannot name a file where the locale is not UTF-8.
    paper = typst.compile(
        markup.encode("utf-8"),
        format="pdf",
        root=str(root),
        font_paths=[str(ASSETS / "fonts")],
        ignore_system_fonts=True,
    )
    target.write_bytes(paper)


def _set_notice(notebook: dict, evidence: Evidence) -> Iterator[str]:
    """Say first how many numbers of the text no longer hold, if any."""
    pieces = read_prose(notebook)
    count = sum(bool(restate(piece.text, piece.target, evidence)) for piece in pieces)
    if count:
        words = f"strong({_quote(say_count(count, 'paper'))}), {_quote(' ' + HOW_MARKED)}"
        yield f"block(stroke: 0.8pt, inset: 6pt, width: 100%, ({words}).join())"


def _set_cell(cell: dict, evidence: Evidence) -> Iterator[str]:
    if cell["cell_type"] == "markdown":
        tokens = read_markdown("".join(cell["source"]))
        yield from filter(None, map(_set_block, strike_tokens(tokens, evidence)))
    for output in cell.get("outputs", ()):
        kept = output.get("metadata", {}).get("hyreport", {})
        html = "".join(output.get("data", {}).get("text/html", ""))
        if "figure" in kept:
            alt = _quote(output["metadata"]["image/png"]["alt"])
            yield f'image("/figures/{kept["figure"]}.svg", width: 88%, alt: {alt})'
        elif 'class="verdict' in html:
            yield "answer"
        elif "<table" in html:
            yield _set_html_table(html)


def _set_html_table(html: str) -> str:
    table = BeautifulSoup(html, "html.parser").table
    rows = [[cell.get_text() for cell in row.find_all(["th", "td"])] for row in table("tr")]
    header = [_quote(heading(cell)) for cell in rows[0]]
    cells = [[_quote(cell) for cell in row] for row in rows[1:]]
    caption = table.caption.get_text() if table.caption else ""
    return _set_table(header, cells, _quote(caption))


def _set_table(header: list[str], rows: list[list[str]], caption: str = "") -> str:
    columns = ", ".join(["auto"] * len(header))
    head = ", ".join(f"strong({cell})" for cell in header)
    body = ", ".join(cell for row in rows for cell in row)
    table = f"table(columns: ({columns},), table.header({head}), {body})"
    return f"block(above: 1em, {{ strong({caption}); v(-0.4em); {table} }})" if caption else table


def _set_evidence(notebook: dict, evidence: Evidence, stem: str) -> Iterator[str]:
    rows = build_evidence(list(read_prose(notebook)), evidence, place=stem)["figures"]
    header = [_quote(words) for words in ("printed", "what it is", "where")]
    cells = [
        [
            _quote(row["as_printed"]),
            _quote(f"{row['name_en']} ({row['name_zh']}), {row['period']}"),
            _quote(f"section {row['section']}, paragraph {row['paragraph']}"),
        ]
        for row in rows
    ]
    yield 'heading(level: 2, "Evidence")'
    yield 'par("The printed figures of the text, in the order of first use.")'
    yield _set_table(header, cells)


def _set_terms(notebook: dict, glossary: list[dict]) -> Iterator[str]:
    """List the Chinese terms of the prose, which on paper lead to no glossary."""
    prose = (piece.text for piece in read_prose(notebook) if not piece.target)
    used = {term for text in prose for term in find_glosses(text)}
    terms = [f"{entry['zh']} {entry['en']}" for entry in glossary if entry["zh"] in used]
    if terms:
        yield 'heading(level: 2, "Chinese terms")'
        yield f"par({_quote('; '.join(terms) + '.')})"


def _set_block(token: dict) -> str:
    kind, children = token["type"], token.get("children", [])
    if kind == "heading":
        text = f"heading(level: {token['attrs']['level']}, {_set_inline(children)})"
        apart = children[0].get("raw", "").startswith(NEW_PAGE)
        return f"{{ pagebreak(weak: true); {text} }}" if apart else text
    if kind == "paragraph":
        return f"par({_set_inline(children)})"
    if kind == "list":
        name = "enum" if token["attrs"].get("ordered") else "list"
        return f"{name}({', '.join(_set_item(item) for item in children)})"
    if kind == "table":
        head, body = children
        header = [_set_inline(cell["children"]) for cell in head["children"]]
        rows = [
            [_set_inline(cell["children"]) for cell in row["children"]] for row in body["children"]
        ]
        return _set_table(header, rows)
    if kind == "block_code":
        return f"raw(block: true, {_quote(token['raw'].rstrip())})"
    return ""


def _set_item(item: dict) -> str:
    parts = [
        _set_inline(part["children"]) if part["type"] == "block_text" else _set_block(part)
        for part in item["children"]
    ]
    return f"({', '.join(filter(None, parts))},).join()"


def _set_inline(tokens: list[dict]) -> str:
    parts = [part for token in tokens if (part := _set_span(token))]
    return f"({', '.join(parts)},).join()" if parts else '""'


def _set_span(token: dict) -> str:
    kind, children = token["type"], token.get("children", [])
    if kind == "strong":
        return f"strong({_set_inline(children)})"
    if kind == "emphasis":
        return f"emph({_set_inline(children)})"
    if kind == "strikethrough":
        return f"strike({_set_inline(children)})"
    if kind == "codespan":
        return f"raw({_quote(token['raw'])})"
    if kind == "link":
        address = token["attrs"]["url"]
        words = _set_inline(children)
        return f"link({_quote(address)}, {words})" if "://" in address else words
    if kind in ("softbreak", "linebreak"):
        return '" "'
    return _quote(token.get("raw", ""))


def _quote(text: str) -> str:
    r"""Write a text as a Typst string literal.

    >>> _quote('a "b" \\ #c')
    '"a \\"b\\" \\\\ #c"'
    """
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
    return f'"{escaped}"'
