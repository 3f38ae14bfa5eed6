"""Shows a table, chart or computed number in a notebook and, only while rendering, keeps it.

Rendering sets the environment variable HYREPORT_KEEP to a staging folder, one for each notebook.
Without it nothing is written, so that exploring in JupyterLab never touches the artifacts.
"""

import base64
import io
import json
import os
import re
import sys
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from hyreport.data.ids import shorten
from hyreport.errors import RenderError
from hyreport.lab.cards import result_card
from hyreport.lab.edition import put_cells, say_in_chinese, translate_chart, translate_view
from hyreport.lab.views import (
    STAGING,
    exact,
    has_results,
    is_exploring,
    lay_out,
    read_cells,
    unrounded_columns,
)
from hyreport.numbers.computed import ENDS, UNROUNDED, Computed, read_decimal
from hyreport.numbers.writing import plain
from hyreport.words.language import in_use
from hyreport.words.phrases import PHRASES, Phrases, open_phrases
from hyreport.words.tables import format_lines

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

__all__ = ["REPORT", "keep", "read_kept", "say"]


# Set beside the staging folder: the report whose artifacts are made.
REPORT = "HYREPORT_REPORT"
KEPT = "kept.jsonl"
PNG_DPI = 150
CSS_DPI = 96
LINK = re.compile(r"\[((?:\\.|[^\]\\])*)\]\(#[^)]*\)")
_taken: set[tuple[Path, str]] = set()  # a notebook runs in a process of its own
# What a cell shows by type, the files to keep by name, and an entry of results.json.
Kept = tuple[dict[str, Any], dict[str, bytes], dict | None]


def keep(
    obj: Any,
    name: str,
    *,
    alt: str | None = None,
    data: object = None,
    language: str | None = None,
) -> None:
    """Show a table, a chart or a computed number; while rendering, keep it as an artifact.

    Parameters
    ----------
    obj : DataFrame, matplotlib Figure or Computed
        A table is kept as CSV, a chart as SVG, PNG and CSV, a number as an entry of results.json.
        A tidy table of computed numbers (`Computed.as_row`) is kept as a table, and each row that
        names a `result` as a number too.
    name : str
        Lower snake_case, used once in a render; it becomes the file name.
    alt : str, optional
        What the chart shows, in words, for those who do not see it: required for a chart.
        For a table it is the caption; the name in words by default.
    data : DataFrame, optional
        The numbers behind a chart: required for a chart.
    language : str
        en or zh, else the one in use: of what is shown. What is kept stays in the names and codes
        of the data, each number in the unit of its row.

    Raises
    ------
    RenderError
        For a name that is taken or not lower snake_case, a chart without `alt` or `data`, and
        anything that is none of the three.

    Notes
    -----
    A number is kept with its unit, formula and inputs, which lead to the printed words: as it is
    shown and, `unrounded`, with twelve digits, so that nothing is lost for those who go on with it.
    A chart is closed after it is shown, so that it is not shown a second time at the cell's end.
    """
    place = f"keep(..., {name!r})"
    if not isinstance(name, str) or not re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", name):
        raise RenderError(place, f"the name {name!r}", "lower snake_case, such as 'tax_share'")
    if _is_instance(obj, "pandas", "DataFrame"):
        kind, made = "table", _table(obj, name, alt, language or in_use())
    elif _is_instance(obj, "matplotlib.figure", "Figure"):
        kind, made = "figure", _chart(obj, name, alt, data)
    elif isinstance(obj, Computed):
        kind, made = "result", _result(obj)
    else:
        raise RenderError(
            place,
            f"an object of type {type(obj).__name__}",
            "a pandas DataFrame, a matplotlib Figure or a computed number (hyreport.compute)",
        )
    bundle, files, entry = made
    results = _results_of(obj) if kind == "table" else {}
    named = {"results": list(results)} if results else {}
    chinese = _in_chinese(obj, name, alt, bundle) if _wants_chinese(language) else {}
    if os.environ.get(STAGING):
        staging = Path(os.environ[STAGING])
        _stage(staging, kind, name, files, ({"entry": entry} if entry else {}) | chinese)
        for result, number in results.items():
            _stage(staging, "result", result, {}, {"entry": number})
    elif chinese:
        bundle |= chinese["zh"]
    metadata = {"hyreport": {kind: name} | named} | bundle.pop("metadata", {})
    _close(obj)
    _show(bundle, metadata)


def _wants_chinese(language: str | None) -> bool:
    if os.environ.get(STAGING):
        return bool(os.environ.get(PHRASES)) and open_phrases() is not None
    return (language or in_use()) == "zh"


def _in_chinese(obj: Any, name: str, alt: str | None, bundle: dict) -> dict:
    """Return what is shown of an object in Chinese, `zh`, and the texts that nobody has put so."""
    phrases = cast("Phrases", open_phrases())
    phrases.missing.clear()
    shown: dict[str, Any]
    if _is_instance(obj, "pandas", "DataFrame"):
        caption = alt or name.replace("_", " ").capitalize()
        twice = ["name_en"] if {"name_en", "name_zh"} <= {*obj.columns} else []
        put = put_cells(obj.drop(columns=twice), phrases)
        view = translate_view(lay_out(put, caption, "zh"), phrases)
        shown = {"text/html": view._repr_html_(), "text/plain": repr(view)}
    elif isinstance(obj, Computed):
        shown = {"text/plain": say_in_chinese(obj, phrases)}
    else:
        said = phrases.need(str(alt))
        translate_chart(obj, phrases)
        files = _draw(obj, said)
        about = bundle["metadata"]["image/png"] | {"alt": said}
        image = base64.b64encode(files["png"]).decode("ascii")
        shown = {"image/png": image, "text/plain": said, "metadata": {"image/png": about}}
        shown |= {"image/svg+xml": files["svg"].decode("utf-8")} if "svg" in files else {}
    return {"zh": shown, "missing": [*phrases.missing]}


def say(*texts: str) -> None:
    """Show sentences that a program made as prose: links in them lead to evidence, as in a text.

    Parameters
    ----------
    *texts : str
        Markdown, a paragraph each, each number with its unit and a link to its
        source; a blank one is left out.

    Notes
    -----
    On a page they stand as any prose, are checked against their evidence, and a first one that
    begins with the heading "The answer" is told on the front page. Who explores reads them in the
    language in use; rendering puts them into Chinese when it makes the pages.

    Examples
    --------
    >>> say("Growth was [8.5%](#gdp.growth.2017).")
    Growth was 8.5%.
    """
    text = "\n\n".join(filter(None, texts))
    if not os.environ.get(STAGING) and in_use() == "zh":
        text = cast("Phrases", open_phrases()).need_prose(text)
    plain_text = re.sub(r"\\(.)", r"\1", LINK.sub(r"\1", text))
    bundle = {"text/markdown": text, "text/plain": plain_text}
    _show(bundle, {"hyreport": {"prose": True}})


def _is_instance(obj: object, module: str, name: str) -> bool:
    """Tell a type without importing its package: where it was not imported, no object has it."""
    loaded = sys.modules.get(module)
    return loaded is not None and isinstance(obj, getattr(loaded, name))


def _table(df: "pd.DataFrame", name: str, caption: str | None, language: str) -> Kept:
    view = lay_out(df, caption or name.replace("_", " ").capitalize(), language)
    bundle = {"text/html": view._repr_html_(), "text/plain": repr(view)}
    return bundle, {f"tables/{name}.csv": _csv(df)}, None


def _results_of(df: "pd.DataFrame") -> dict[str, dict]:
    """Return the rows of a tidy table that name a result, each as an entry of results.json."""
    if not has_results(df):
        return {}
    entries = {}
    for row in _with_kept_digits(exact(df)).to_dict("records"):
        if row["result"]:
            words = f"reading {row['reading']}: " if row["reading"] else ""
            row |= {"formula": words + row["formula"], "inputs": row["inputs"].split()}
            entries[row["result"]] = _entry(row)
    return entries


def _csv(df: "pd.DataFrame") -> bytes:
    """Write a table as it is kept: the unrounded columns with all the digits that they carry."""
    header, rows = read_cells(_with_kept_digits(df))
    rows = [[shorten(cell, _own_report()) for cell in row] for row in rows]
    return format_lines([header, *rows]).encode("utf-8")


def _chart(figure: "Figure", name: str, alt: str | None, data: object) -> Kept:
    place = f"keep(..., {name!r})"
    if not (alt and alt.strip()):
        raise RenderError(
            place, "a chart without alt", "alt='what the chart shows, in one or two sentences'"
        )
    if not _is_instance(data, "pandas", "DataFrame"):
        raise RenderError(place, "a chart without data", "data=the DataFrame that it draws")
    files = _draw(figure, alt)
    width, height = (round(inches * CSS_DPI) for inches in figure.get_size_inches())
    bundle = {
        "image/png": base64.b64encode(files["png"]).decode("ascii"),
        "text/plain": alt,
        "metadata": {"image/png": {"alt": alt, "width": width, "height": height}},
    }
    files |= {"csv": _csv(data)}
    return bundle, {f"figures/{name}.{end}": files[end] for end in files}, None


def _draw(figure: "Figure", alt: str) -> dict[str, bytes]:
    """Draw the chart with nothing that changes from run to run: PNG, while rendering SVG too."""
    import matplotlib

    png, svg = io.BytesIO(), io.BytesIO()
    figure.savefig(png, format="png", dpi=PNG_DPI, metadata={"Software": None})
    if not os.environ.get(STAGING):
        return {"png": png.getvalue()}
    with matplotlib.rc_context({"svg.hashsalt": "hyreport", "svg.fonttype": "path"}):
        about = {"Date": None, "Creator": None, "Title": alt}
        figure.savefig(svg, format="svg", metadata=about)
    return {"png": png.getvalue(), "svg": svg.getvalue()}


def _close(obj: Any) -> None:
    if _is_instance(obj, "matplotlib.figure", "Figure") and "matplotlib.pyplot" in sys.modules:
        sys.modules["matplotlib.pyplot"].close(obj)


def _with_kept_digits(df: "pd.DataFrame") -> "pd.DataFrame":
    """Return a table whose unrounded columns have all their digits; other cells have ten."""
    return df.assign(**{name: [*map(read_decimal, df[name])] for name in unrounded_columns(df)})


def _entry(fields: dict) -> dict:
    """Return a computed number as results.json holds it; an open end stays None."""
    entry = {end: _format(fields[end]) for end in ENDS}
    kept = {end: _format(fields.get(UNROUNDED + end, fields[end])) for end in ENDS}
    inputs = [shorten(name, _own_report()) for name in fields["inputs"]]
    words = {name: fields[name] for name in ("unit", "formula", "kind")}
    return entry | words | {"inputs": inputs, "unrounded": kept}


def _format(number: Decimal | None) -> str | None:
    return None if number is None else plain(number)


def _own_report() -> str:
    """Return the report whose artifacts are being made, which its own files do not name."""
    return os.environ.get(REPORT, "")


def _result(number: Computed) -> Kept:
    kept = zip((UNROUNDED + end for end in ENDS), number.keep(), strict=True)
    bundle = {"text/plain": str(number)}
    # A page has the evidence at its foot; who explores has it in a card.
    if is_exploring() and (card := result_card(number)):
        bundle["text/html"] = card
    return bundle, {}, _entry(vars(number) | dict(kept))


def _stage(staging: Path, kind: str, name: str, files: dict[str, bytes], more: dict) -> None:
    register = staging / KEPT
    staging.mkdir(parents=True, exist_ok=True)
    if (staging, name) in _taken:
        raise RenderError(f"keep(..., {name!r})", "a name that is already taken", "a new name")
    for relative, content in files.items():
        path = staging / relative
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
    _taken.add((staging, name))
    line = {"kind": kind, "name": name} | more
    with register.open("a", encoding="utf-8", newline="\n") as stream:
        stream.write(json.dumps(line, ensure_ascii=False) + "\n")


def read_kept(staging: Path) -> list[dict]:
    """Return what a notebook has kept so far, in order: kind, name and, for results, the entry."""
    register = staging / KEPT
    if not register.exists():
        return []
    return [json.loads(line) for line in register.read_text(encoding="utf-8").splitlines()]


def _show(bundle: dict, metadata: dict) -> None:
    """Display in a notebook; in plain Python print the text form."""
    shell = sys.modules.get("IPython.core.interactiveshell")
    if shell is None or not shell.InteractiveShell.initialized():
        sys.stdout.write(bundle["text/plain"] + "\n")
        return
    from IPython.display import display

    display(bundle, raw=True, metadata=metadata)
