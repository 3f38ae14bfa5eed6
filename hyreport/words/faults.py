"""Errors in the language in use: each keeps its parts, and says them by the rows of errors.csv."""

from functools import cache

from hyreport.errors import HyreportError
from hyreport.words.codes import CODES
from hyreport.words.language import in_use
from hyreport.words.phrases import Phrases, read_phrases
from hyreport.words.tables import WORDS

__all__ = ["fault_phrases", "tell_fault"]


def tell_fault(text: str) -> str:
    """Say a part of an error in the language in use; what nobody put so stays English.

    >>> tell_fault("no such file")
    'no such file'
    """
    return text if in_use() == "en" else fault_phrases().tell(text)


@cache
def fault_phrases() -> Phrases:
    """Return what errors say in Chinese, and the themes as a suggestion lists them."""
    phrases = read_phrases(WORDS / "errors.csv")
    themes = CODES["theme"].items()
    phrases.exact |= {f"{code.replace('_', ' ')} {named.zh}": named.zh for code, named in themes}
    return phrases


HyreportError.tell = staticmethod(tell_fault)
