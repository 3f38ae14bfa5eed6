"""The evidence at the foot of a page: a row for each number that its prose links to."""

from hyreport.errors import RenderError
from hyreport.numbers.computed import say_interval
from hyreport.publish.prose import RESULT, Evidence, Piece
from hyreport.words.codes import CODES, say_status


def build_evidence(pieces: list[Piece], evidence: Evidence, *, place: str) -> dict[str, list[dict]]:
    """Return the rows that the links of a page lead to, and those that these rest on.

    Parameters
    ----------
    pieces : list of Piece
        The page's prose in order.
    evidence : Evidence
        The figures and results that links can point to.
    place : str
        The notebook's file name, for errors.

    Returns
    -------
    dict
        `results`, a list of captions with their rows, and `figures`, a list of rows, in the order
        of first use. A row has `id`, its anchor, and `back`, the anchor of the place that leads
        to it first.

    Raises
    ------
    RenderError
        For a link to a figure or result that does not exist.
    """
    back: dict[str, str] = {}
    for where, text, target in pieces:
        if not target.startswith("#"):
            continue
        if evidence.find(target) is None:
            raise RenderError(
                f"{place}, {where}",
                f"the link [{text}]({target})",
                "the id of a printed figure, or #result: and a name that a notebook keeps",
            )
        anchor = evidence.own(target)
        back.setdefault(anchor, f"use-{anchor}")
    for anchor in [*back]:
        for name in evidence.find(anchor)["inputs"] if anchor.startswith(RESULT) else ():
            if evidence.find(name):
                back.setdefault(evidence.own(name), anchor)
    rows = {anchor: evidence.find(anchor) | {"id": anchor, "back": back[anchor]} for anchor in back}
    results = [
        _describe_result(row, evidence, back)
        for row in rows.values()
        if row["id"].startswith(RESULT)
    ]
    groups = [
        (named.short, [row for row in results if row.get("kind", "computed") == kind])
        for kind, named in CODES["number_kind"].items()
    ]
    return {
        "results": [(words, group) for words, group in groups if group],
        "figures": [
            _describe_figure(row) for row in rows.values() if not row["id"].startswith(RESULT)
        ],
    }


def _describe_result(row: dict, evidence: Evidence, known: dict[str, str]) -> dict:
    """Add the words of a computed number's row."""
    return row | {
        "name": row["id"].removeprefix(RESULT),
        "interval": say_interval(row["low"], row["high"]),
        "inputs": [
            {"id": name, "known": name in known} for name in map(evidence.own, row["inputs"])
        ],
    }


def _describe_figure(row: dict) -> dict:
    """Add the words of a printed figure's row."""
    unit = row["unit_zh"] if row["unit"] == "number" else row["unit"]
    bound = "" if row["qualifier"] == "exact" else CODES["qualifier"][row["qualifier"]].short
    words = [row["role"].replace("_", " "), say_status(row["obs_status"]), bound, row["hedge"]]
    return row | {
        "interval": say_interval(row["low"], row["high"]),
        "unit_words": unit,
        "scope": ", ".join(filter(None, [row["period"], row["area"].replace("_", " ")])),
        "standing": ", ".join(filter(None, words)),
    }
