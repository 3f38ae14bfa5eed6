"""The templates of pages, and what they can call."""

from base64 import b64encode
from collections.abc import Callable
from functools import cache, partial

from IPython.lib.lexers import IPython3Lexer
from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup
from pygments import highlight
from pygments.formatters import HtmlFormatter

from hyreport.numbers.writing import say_interval, say_number
from hyreport.paths import ASSETS
from hyreport.publish.figures import say_amounts
from hyreport.publish.markup import Prose, write_tables
from hyreport.publish.stale import HOW_MARKED, say_count
from hyreport.words.codes import CODES, say_status
from hyreport.words.language import heading
from hyreport.words.phrases import Phrases

__all__ = ["open_templates"]


LEXER, FORMATTER = IPython3Lexer(), HtmlFormatter(cssclass="highlight")


@cache
def open_templates(phrases: Phrases | None) -> Environment:
    """Return the templates of all pages, with their words in Chinese; data is escaped.

    Parameters
    ----------
    phrases : Phrases or None
        What the pages say in Chinese: what is missing of the templates' own words is noted there,
        and words of data that nobody has put so stay. In English None.
    """
    templates = Environment(
        loader=FileSystemLoader(ASSETS / "pages"), autoescape=True, extensions=["jinja2.ext.i18n"]
    )
    need = phrases.need if phrases else str
    install = vars(templates)["install_gettext_callables"]  # which the extension brings
    install(need, lambda one, many, n: need(many), newstyle=True)
    templates.filters["zh"] = partial(_say, phrases.tell) if phrases else _same
    templates.globals |= {"codes": CODES, "how_marked": HOW_MARKED, "say_count": say_count}
    templates.globals |= {"say_interval": say_interval, "say_status": say_status}
    templates.globals |= {"say_amounts": say_amounts, "say_number": say_number, "heading": heading}
    templates.filters |= {
        "base64": lambda text: b64encode(text.encode()).decode(),
        "highlight": _highlight,
        "need": need,
        "markdown": lambda text: Prose().write(text),
        "tables": write_tables,
        "text": "".join,  # a notebook holds a text, or the list of its lines
    }
    return templates


def _say(tell: Callable[[str], str], words: object) -> object:
    return words if isinstance(words, Markup) else tell(str(words))


def _same(words: object) -> object:
    return words


@cache  # the editions of a notebook have the same code
def _highlight(code: str) -> Markup:
    html = highlight(code, LEXER, FORMATTER)
    return Markup(html.replace("<pre>", '<pre tabindex="0">', 1))
