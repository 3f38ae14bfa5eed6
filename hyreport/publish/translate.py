"""The Chinese edition of notebooks: prose that a translator typed beside them, outputs of the run.

`zh/NAME.md` beside a notebook or document holds its prose: before each part stands the id of the
cell and a mark of the English that it was made from, `<!-- answer 3f29ab01 -->`. `zh/NAME.csv`
holds what its code says. A cell that is tagged `instructor` has no translation.
"""

import base64
import re
from collections.abc import Iterable, Mapping
from html import escape, unescape
from pathlib import Path
from typing import NamedTuple

from hyreport.data.versions import hash_bytes
from hyreport.errors import RenderError
from hyreport.publish.markdown import is_said, plain_text, read_markdown
from hyreport.words.phrases import FOLDER, Phrases

__all__ = [
    "FOLDER",
    "MARK",
    "Translation",
    "list_shown",
    "mark_source",
    "read_translations",
    "take_shown",
    "translate",
]


MARK = re.compile(r"^<!-- (?P<id>[\w-]+) (?P<of>[0-9a-f]{8}) -->[ \t]*\n", re.MULTILINE)
CHOICE = ('language = "en"  # or "zh"', 'language = "zh"  # or "en"')
WORDS = re.compile(r"(?<=>)[^<]*[A-Za-z][^<]*(?=<)")
# What a cell to be filled in asks for, beside the place for the answer.
ASKED = re.compile(r"(?<=# )your answer: .*")
OLDER = "> **此段译文早于英文原文。**"


class Translation(NamedTuple):
    """A text in Chinese: by the id of its cells, each with the mark of its English."""

    place: str
    cells: dict[str, tuple[str, str]]


def mark_source(text: str) -> str:
    """Return the mark of an English text, whatever its white space.

    >>> mark_source("The  answer") == mark_source("The answer")
    True
    """
    return hash_bytes(" ".join(text.split()).encode("utf-8"))[:8]


def read_translations(sources: Iterable[Path]) -> dict[str, Translation]:
    """Read what is translated of notebooks and documents, by their names.

    Raises
    ------
    RenderError
        For a file with text before its first mark, or with a cell twice; where of a notebook the
        prose is translated and not what its code says, or the other way round.
    """
    found = {}
    for source in sources:
        endings = (".md", ".csv") if source.suffix == ".ipynb" else (".md",)
        paths = [source.parent / FOLDER / f"{source.stem}{ending}" for ending in endings]
        missing = [path.name for path in paths if not path.is_file()]
        if len(missing) == len(paths):  # a reader's own, in its own language
            continue
        if missing:
            raise RenderError(
                f"{FOLDER}/{missing[0]}",
                "no such file",
                f"what {source.name} says in Chinese, as the file beside it",
                f"type: python tools/translation.py {source.stem}",
            )
        found[source.name] = Translation(f"{FOLDER}/{paths[0].name}", _read(paths[0]))
    return found


def _read(path: Path) -> dict[str, tuple[str, str]]:
    before, *parts = MARK.split(path.read_text(encoding="utf-8"))
    ids = parts[::3]
    if before.strip() or not ids or len(set(ids)) < len(ids):
        raise RenderError(
            f"{FOLDER}/{path.name}",
            "text before the first mark, no mark or a cell twice",
            "before each part a line such as <!-- answer 3f29ab01 -->, each cell once",
        )
    texts = (text.strip() for text in parts[2::3])
    return dict(zip(ids, zip(parts[1::3], texts, strict=True), strict=True))


def translate(
    notebook: dict, translation: Translation, shown: Mapping[str, dict], phrases: Phrases
) -> tuple[dict, list[str]]:
    """Return an executed notebook in Chinese, and which of its parts are older than the English.

    Parameters
    ----------
    notebook : dict
        In English, with its outputs.
    translation : Translation
        Its prose.
    shown : mapping of dict
        What is shown in Chinese by the name that it is kept under.
    phrases : Phrases
        What else the outputs say.

    Raises
    ------
    RenderError
        Where a part is not translated.
    """
    cells, older, missing = [], [], []

    def say(asked: re.Match) -> str:
        return phrases.need(asked[0])

    for cell in notebook["cells"]:
        if "parameters" in cell["metadata"].get("tags", ()):
            cell = cell | {"source": "".join(cell["source"]).replace(*CHOICE)}
        elif ASKED.search(source := "".join(cell["source"])):
            cell = cell | {"source": ASKED.sub(say, source)}
        cells.append(_show(cell, shown, phrases))
        if cell["cell_type"] != "markdown":
            continue
        mark = mark_source("".join(cell["source"]))
        of, text = translation.cells.get(cell["id"], ("", ""))
        if not text:
            missing.append(f"{cell['id']} {mark}")
        elif of != mark:
            older.append(f"{cell['id']}: made from {of}, the English is now {mark}")
            text += f"\n\n{OLDER}"
        cells[-1] = cell | {"source": text}
    if phrases.missing:
        said = "; ".join(map(repr, phrases.missing))
        place = translation.place.replace(".md", ".csv")
        raise RenderError(place, f"no Chinese for {said}", "a row each")
    if missing:
        raise RenderError(
            translation.place, f"no {', '.join(missing)}", "every part of the text in Chinese"
        )
    return notebook | {"cells": cells}, older


def _show(cell: dict, shown: Mapping[str, dict], phrases: Phrases) -> dict:
    if not cell.get("outputs"):
        return cell
    outputs = []
    for output in cell["outputs"]:
        if chinese := shown.get(_name(output)):
            data = {kind: chinese[kind] for kind in chinese if kind != "metadata"}
            about = output["metadata"] | chinese.get("metadata", {})
            output = output | {"data": data, "metadata": about}
        elif is_said(output):
            said = phrases.need_prose("".join(output["data"]["text/markdown"]))
            plain = plain_text(read_markdown(said))
            output = output | {"data": {"text/markdown": said, "text/plain": plain}}
        elif html := "".join(output.get("data", {}).get("text/html", "")):
            output = output | {"data": output["data"] | {"text/html": _say_html(html, phrases)}}
        outputs.append(output)
    return cell | {"outputs": outputs}


def _say_html(html: str, phrases: Phrases) -> str:
    """Return what a card or a table that is not kept says, in Chinese."""
    return WORDS.sub(lambda text: escape(phrases.need(unescape(text[0]))), html)


def _name(output: dict) -> str:
    kept = output.get("metadata", {}).get("hyreport", {})
    return next((kept[kind] for kind in ("figure", "table", "result") if kind in kept), "")


def list_shown(notebook: dict) -> dict[str, dict]:
    """Return what an executed notebook of the Chinese edition shows, by name."""
    outputs = (output for cell in notebook["cells"] for output in cell.get("outputs", ()))
    return {
        name: output["data"] | {"metadata": output["metadata"]}
        for output in outputs
        if (name := _name(output))
    }


def take_shown(staging: Path, lines: Iterable[dict]) -> dict[str, dict]:
    """Return what a run shows in Chinese by name; write its charts below its folder.

    Raises
    ------
    RenderError
        For words that nobody has put into Chinese.
    """
    lines = [line for line in lines if "zh" in line]
    if missing := dict.fromkeys(text for line in lines for text in line["missing"]):
        said = "; ".join(map(repr, missing))
        raise RenderError(f"{FOLDER}/{staging.name}.csv", f"no Chinese for {said}", "a row each")
    for line in lines:
        if svg := line["zh"].pop("image/svg+xml", ""):
            path = staging / FOLDER / "figures" / f"{line['name']}.svg"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(svg.encode("utf-8"))
            path.with_suffix(".png").write_bytes(base64.b64decode(line["zh"]["image/png"]))
    return {line["name"]: line["zh"] for line in lines}
