"""Markdown as pages, papers and checks of the text read it: one dialect for all of them."""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import mistune

__all__ = [
    "PLUGINS",
    "SECTION",
    "is_said",
    "list_prose",
    "plain_text",
    "read_document",
    "read_markdown",
]


# The name of a cell of metadata: a section of a text in Markdown goes by its heading.
SECTION = "section"
PLUGINS = ("strikethrough", "table", "url")


@cache
def _reader() -> mistune.Markdown:
    return mistune.create_markdown(renderer="ast", plugins=PLUGINS)


@cache  # pages, notes and the check of the text read the same prose
def read_markdown(text: str) -> tuple[dict, ...]:
    """Parse a text into tokens, which are not to be changed.

    >>> read_markdown("*Why?*")[0]["children"][0]["type"]
    'emphasis'
    """
    return (*_reader().parse(text)[0],)


def plain_text(tokens: Iterable[dict]) -> str:
    """Return the words of parsed Markdown without its markup."""
    return "".join(token.get("raw") or plain_text(token.get("children", [])) for token in tokens)


def list_prose(cell: dict) -> list[str]:
    """Return the prose of a cell: its own text, or what its code said with `hyreport.say`."""
    if cell["cell_type"] == "markdown":
        return ["".join(cell["source"])]
    said = filter(is_said, cell.get("outputs", ()))
    return ["".join(output["data"]["text/markdown"]) for output in said]


def is_said(output: dict) -> bool:
    """Say whether an output is prose."""
    return bool(output.get("metadata", {}).get("hyreport", {}).get("prose"))


def read_document(path: Path) -> dict:
    """Return a text in Markdown as a notebook with a cell a section, to be treated like one."""
    sections = re.split(r"^(?=## )", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    cells = [
        {
            "cell_type": "markdown",
            "id": f"section-{number}",
            "metadata": {SECTION: section.partition("\n")[0].lstrip("# ")},
            "source": section,
        }
        for number, section in enumerate(sections)
    ]
    return {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
