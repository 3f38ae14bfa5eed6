"""The evidence at the foot of a page: a row for each number that its prose links to."""

from hyreport.errors import RenderError
from hyreport.numbers.computed import say_interval
from hyreport.publish.prose import RESULT, Evidence, Piece
from hyreport.words.codes import CODES, say_status


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
        result["inputs"] = [evidence.own(name) for name in result["inputs"]]
        for name in result["inputs"]:
            if row := evidence.find(name):
                rows.setdefault(name, row | {"id": name, "back": result["id"]})
    for result in results:
        result["name"] = result["id"].removeprefix(RESULT)
        result["interval"] = say_interval(result["low"], result["high"])
        result["inputs"] = [{"id": name, "known": name in rows} for name in result["inputs"]]
    groups = {
        named.short: [row for row in results if row.get("kind", "computed") == kind]
        for kind, named in CODES["number_kind"].items()
    }
    printed = [row for row in rows.values() if not row["id"].startswith(RESULT)]
    return {
        "results": [(words, group) for words, group in groups.items() if group],
        "figures": [_describe_figure(row) for row in printed],
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
