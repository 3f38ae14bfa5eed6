"""The evidence at the foot of a page: a row for each number that its prose links to."""

from hyreport.errors import RenderError
from hyreport.publish.prose import RESULT, Evidence, Piece
from hyreport.words.codes import CODES


def build_evidence(pieces: list[Piece], evidence: Evidence, *, place: str) -> dict[str, list]:
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
    rows: dict[str, dict] = {}
    for where, text, target in pieces:
        if not target.startswith("#"):
            continue
        if (row := evidence.find(target)) is None:
            raise RenderError(
                f"{place}, {where}",
                f"the link [{text}]({target})",
                "the id of a printed figure, or #result: and a name that a notebook keeps",
            )
        anchor = evidence.own(target)
        rows.setdefault(anchor, row | {"id": anchor, "back": f"use-{anchor}"})
    results = [row for row in rows.values() if row["id"].startswith(RESULT)]
    for result in results:
        inputs = {name: evidence.find(name) for name in map(evidence.own, result["inputs"])}
        for name, row in inputs.items():
            if row:
                rows.setdefault(name, row | {"id": name, "back": result["id"]})
        result["inputs"] = [{"id": name, "known": bool(row)} for name, row in inputs.items()]
    groups = {
        named.short: [row for row in results if row.get("kind", "computed") == kind]
        for kind, named in CODES["number_kind"].items()
    }
    return {
        "results": [(words, group) for words, group in groups.items() if group],
        "figures": [row for row in rows.values() if not row["id"].startswith(RESULT)],
    }
