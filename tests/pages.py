"""Pages as tests read them: each is parsed once, and no test changes what it gets."""

from functools import lru_cache
from pathlib import Path

from bs4 import BeautifulSoup


def parse_page(path: Path) -> BeautifulSoup:
    """Return a page; one that was written anew is parsed anew."""
    return _parse(path.read_text(encoding="utf-8"))


@lru_cache(maxsize=64)
def _parse(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "html.parser")
