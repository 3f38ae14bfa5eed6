"""Writes prose, outputs and code of notebooks as HTML that loads and runs nothing."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from html import escape, unescape
from html.parser import HTMLParser
from itertools import zip_longest
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

from markupsafe import Markup
from mistune import HTMLRenderer, create_markdown

from hyreport.errors import RenderError
from hyreport.paths import ASSETS
from hyreport.publish.evidence import NO_EVIDENCE, Evidence, name_use, sum_up_evidence
from hyreport.publish.glossary import GLOSS
from hyreport.publish.markdown import PLUGINS
from hyreport.publish.prose import restate
from hyreport.words.glyphs import mark_lacking
from hyreport.words.language import heading

__all__ = [
    "CAPTION",
    "GLOSSARY",
    "Prose",
    "check_stands_alone",
    "mark_words",
    "plain",
    "write_tables",
]


CHINESE = re.compile(r"[\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]+")
IDENTIFIER = re.compile(r"[a-z0-9]+:?[a-z0-9]+(?:[._-][a-z0-9]+)+")
LONG_IDENTIFIER = 12
TAG = re.compile(r"(<(/?)([\w!-]*)[^>]*>)")
GLOSSED = re.compile(f"({GLOSS.pattern})")
JOINT = re.compile(r"(?<=[._:])")
GLOSSARY = "glossary"
TABLE = re.compile(r"<table[^>]*>(.*?)</table>", re.DOTALL)
CAPTION = re.compile(r"<caption[^>]*>(.*?)</caption>", re.DOTALL)
# What has no end, and where words are not marked, not linked, and where ids may wrap.
VOID = ("area", "br", "col", "hr", "img", "input", "link", "meta", "wbr")
NOT_MARKED = {"code", "pre", "title", "style", "script"}
NOT_LINKED = {"a", "h1", "h2", "h3", "h4"}
BREAKABLE = ("td", "th", "code", "a")
WRAPPED = 'class="figures"'  # where the style lets ids wrap, as there are thousands
ACTIVE = ("script", "iframe", "object", "embed", "base", "form", "audio", "video")
# What a page may run: one script filters the list of all figures, one keeps the place where another
# edition is opened.
OURS = [
    (ASSETS / "pages" / name).read_text(encoding="utf-8").strip()
    for name in ("figures.js", "switch.js")
]
# Tags that can have no fault: thousands of cells and words, and links that name no scheme.
HARMLESS = re.compile(
    r"</(?:a|code|details|div|li|p|span|strong|summary|tbody|td|th|thead|tr)>|<(?:summary|wbr)>|"
    r"<(?:a|code|details|div|li|p|pre|span|strong|tbody|td|th|thead|tr)"
    r'(?: (?:aria-label|class|data-\w+|id|lang|role|scope|tabindex|title)="[^"<>]*"|'
    r' style="text-align: \w+"|'
    r' href="(?! *//)[^"<>:&#]*(?:#[^"<>&]*)?")*>'
)
LINK_SCHEMES = ("", "http", "https", "mailto")
LOADED = ("src", "srcset", "poster", "data", "background", "xlink:href")


class Prose(HTMLRenderer):
    """Writes the prose of one page: links lead to evidence, what no longer holds is struck.

    Parameters
    ----------
    evidence : Evidence
        What links can point to.
    anchors : sequence of str
        The anchors of the headings, in order; without them each is named by its words.
    say : callable
        Says what is added to the text in the language of the page.

    Attributes
    ----------
    page : str
        The page that shows the evidence; blank where it is the one that is written.
    title : str
        The first heading of all.
    anchors : list of str
        Those of all headings.
    headings : list of tuple
        Anchor and words of each heading of the second level.
    struck : int
        How many numbers no longer hold.
    """

    def __init__(
        self,
        evidence: Evidence = NO_EVIDENCE,
        anchors: Sequence[str] = (),
        say: Callable[[str], str] = str,
    ):
        # A link that would run something is left to the check of the page, which names it.
        super().__init__(escape=False, allow_harmful_protocols=True)
        self.evidence, self.page, self.struck = evidence, "", 0
        self.title = ""
        self.headings: list[tuple[str, str]] = []
        self.anchors: list[str] = []
        self._given, self._say = iter(anchors), say
        self._uses: Counter[str] = Counter()
        self._read = create_markdown(renderer=self, plugins=PLUGINS)

    def write(self, text: str) -> Markup:
        """Return Markdown as HTML."""
        return Markup(self._read(text))

    def heading(self, text: str, level: int, **_: Any) -> str:
        """Give each heading an anchor of its own."""
        words = plain(text)
        anchor = re.sub(r"\W+", "-", words.lower()).strip("-") or "section"
        anchor = next(self._given, anchor)
        while anchor in self.anchors:
            anchor += "-2"
        self.anchors.append(anchor)
        if level == 2:
            self.headings.append((anchor, words))
        self.title = self.title or words
        return f'<h{level} id="{anchor}">{text}</h{level}>\n'

    def link(self, text: str, url: str, title: str | None = None) -> str:
        """Lead to evidence, and strike what it no longer says; to the page of a notebook."""
        place, _, name = url.partition("#")
        if place.endswith(".ipynb") and "/" not in place:  # its page lies beside this one
            url = url.replace(".ipynb", ".html", 1)
        if place or not name:
            return super().link(text, url, title)
        link, now = self._lead(text, self.evidence.own(unquote(name)))
        if not now:
            return link
        self.struck += 1
        struck = f'<del class="stale" id="stale-{self.struck}">{link}</del>'
        return f'{struck} <ins class="stale">[{self._say("now")} {escape(now)}]</ins>'

    def _lead(self, text: str, name: str) -> tuple[str, str]:
        """Return the link to a piece of evidence, and what that says now if not the same.

        On a page each use has an anchor, and leads where the evidence leads back to it.
        """
        row = self.evidence.find(f"#{name}")
        told = escape(self._say(sum_up_evidence(name, row))) if row else ""
        told = f' data-evidence="{told}"' if row else ""
        leads, anchor = name, ""
        if not self.page:
            self._uses[name] += 1
            leads = name_use(name, self._uses[name])
            anchor = f' id="{escape(name_use(f"use-{name}", self._uses[name]))}"'
        address = f"{self.page}#{escape(leads)}"
        link = f'<a class="evidence-link" href="{address}"{anchor}{told}>{text}</a>'
        return link, restate(plain(text), f"#{name}", self.evidence)

    def table(self, text: str) -> str:
        """Write a table as those of outputs are."""
        return write_tables(f"<table>\n{text}</table>")

    def block_code(self, code: str, info: str | None = None) -> str:
        """Let the keyboard scroll it."""
        return f'<pre tabindex="0"><code>{escape(code)}</code></pre>\n'


def plain(html: str) -> str:
    """Return the words of HTML without its markup.

    >>> plain("<em>1 &lt; 2</em> ")
    '1 < 2'
    """
    return unescape(re.sub("<.*?>", "", html)).strip()


def write_tables(html: str) -> Markup:
    """Return an output whose tables scroll on their own and name what their headings head."""
    html = re.sub("<style.*?</style>", "", "".join(html), flags=re.DOTALL)
    return Markup(TABLE.sub(_write_table, html))


def _write_table(found: re.Match) -> str:
    caption = CAPTION.search(found[1])
    words = plain(caption[1]) if caption else "Table"
    head, end, body = found[1].rpartition("</thead>")
    head = re.sub(
        r"(<th[^>]*>)([^<]+)(?=</th>)", lambda th: th[1] + escape(heading(unescape(th[2]))), head
    )
    head, body = (
        re.sub(r"<th(?![^>]*\bscope)(?=[ >])", f'<th scope="{scope}"', part)
        for part, scope in ((head, "col"), (body, "row"))
    )
    box = f'<div class="table" role="region" tabindex="0" aria-label="{escape(words)}">'
    return f"{box}<table>{head}{end}{body}</table></div>"


def mark_words(html: str, terms: frozenset[str] = frozenset(), *, chinese: bool = False) -> str:
    """Return a page whose Chinese is told from its English and whose long ids may wrap.

    What our font lacks is marked too.

    Parameters
    ----------
    html : str
        The page.
    terms : frozenset of str
        The glossary's Chinese terms: the first use of each in prose leads there.
    chinese : bool
        The page is in Chinese, which is not marked then; a term is found within a sentence.
    """
    left, opened = set(terms), [Within()]
    parts: list[str] = []
    # Chinese does not set words apart: the longest term that stands there is the one meant.
    longest = "|".join(map(re.escape, sorted(terms, key=lambda term: (-len(term), term))))
    found = re.compile(f"({longest})") if chinese else GLOSSED
    pieces = TAG.split(html)
    for text, tag, end, name in zip_longest(*(pieces[n::4] for n in range(4)), fillvalue=""):
        if len(text) > LONG_IDENTIFIER or not text.isascii():
            text = _mark(text, opened[-1], left, found)
        parts += text, tag
        if end:
            if opened[-1].name == name or name in (within.name for within in opened):
                while opened.pop().name != name:
                    pass
        elif name and name not in VOID and not tag.startswith("<!"):
            opened.append(opened[-1].enter(name, tag))
    return mark_lacking("".join(parts))


class Within(NamedTuple):
    """The tag that words stand in, and what all tags around them say of them."""

    name: str = ""
    marked: bool = True
    prose: bool = False
    linked: bool = True
    breaks: bool = True

    def enter(self, name: str, tag: str) -> "Within":
        """Return what holds within one more tag."""
        return Within(
            name,
            self.marked and name not in NOT_MARKED and 'lang="zh"' not in tag,
            self.prose or 'class="prose' in tag,
            self.linked and name not in NOT_LINKED,
            self.breaks and WRAPPED not in tag,
        )


def _mark(text: str, within: Within, left: set[str], found: re.Pattern) -> str:
    """Mark the words between two tags; `left` are the terms not yet met, which `found` finds."""
    may_break = len(text) > LONG_IDENTIFIER and within.breaks and within.name in BREAKABLE
    if may_break and IDENTIFIER.fullmatch(text):
        return "<wbr>".join(JOINT.split(text))
    if not within.marked or text.isascii():
        return text
    marked = []
    linked = left and within.prose and within.linked
    for part in found.split(text) if linked else [text]:
        words = part
        if found is GLOSSED:  # of an English page
            words = CHINESE.sub(r'<span lang="zh">\g<0></span>', part)
        if linked and part in left:
            left.remove(part)
            words = f'<a class="gloss" href="{GLOSSARY}.html#{part}">{words}</a>'
        marked.append(words)
    return "".join(marked)


class _Check(HTMLParser):
    def __init__(self, place: str):
        super().__init__()
        self.place = place

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for fault in _find_faults(tag, {name: value or "" for name, value in attrs}):
            raise RenderError(self.place, fault, "a page that runs nothing and loads nothing")


def check_stands_alone(html: str, *, place: str) -> None:
    """Raise RenderError where a page would run what is not ours, or load from elsewhere."""
    for script in OURS:
        html = html.replace(f"<script>\n{script}\n</script>", "", 1)
    _Check(place).feed(HARMLESS.sub("", html))  # without them the parser has little to do


def _find_faults(tag: str, attributes: dict[str, str]) -> Iterator[str]:
    if tag in ACTIVE or "http-equiv" in attributes:
        yield f"<{tag}>"
    for name, value in attributes.items():
        scheme = urlsplit(value.strip()).scheme if name in (*LOADED, "href") else ""
        outside = scheme or value.strip().startswith("//")
        if name == "href" and tag == "a":
            fault = scheme not in LINK_SCHEMES
        elif name in (*LOADED, "href"):
            fault = outside and scheme != "data"
        else:
            fault = name.startswith("on") or (name == "style" and "url(" in value)
        if fault:
            yield f'<{tag} {name}="{value}">'
