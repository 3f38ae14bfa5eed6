"""The list of all figures of a report, printed, published elsewhere, computed: who uses each."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from hyreport.data.ids import name_outside
from hyreport.publish.evidence import RESULT, Evidence
from hyreport.publish.programs import Program, stem_of
from hyreport.words.codes import CODES
from hyreport.words.tables import read_lines, read_rows

__all__ = ["FIGURES", "group_figures", "list_uses", "read_outside", "say_amounts"]


FIGURES = "figures"
LINKED = 6  # more inputs than these are named without a link, as they are thousands
PRINTED = (
    "Printed in the report",
    "What the report itself prints. The interval is what rounding of the print allows.",
)
PUBLISHED = (
    "From other publications",
    "What stands beside the report: series of yearbooks, other reports and communiques, with the "
    "edition each figure comes from.",
)
COMPUTED = (
    "Computed by the notebooks",
    "What the pages compute or read off, by the page that does it first. The interval is how far "
    "its inputs let it be wrong.",
)


def read_outside(data: Path, facts: dict) -> dict[str, dict[str, str]]:
    """Read the figures of other publications, by id, in a report's folder of processed tables.

    Parameters
    ----------
    data : Path
        The folder; without reference.csv there are none.
    facts : dict
        The report's report.toml: `ref_area`, its own area, which is not said again, and `areas`,
        the names of others.
    """
    path = data / "reference.csv"
    rows = read_rows(path) if path.is_file() else []
    own, names = facts.get("ref_area", ""), facts.get("areas", {})
    found: dict[str, dict[str, str]] = {}
    for row in rows:
        code = row["ref_area"]
        area = "" if code == own else names.get(code, f"area {code}")
        name = name_outside(row, own)
        found.setdefault(name, row | {"id": name, "period": row["time_period"], "area": area})
    return found


def list_uses(
    pages: Iterable[dict], kept: Iterable[Program], folder: Path, *, known: set
) -> dict[str, list[dict[str, str]]]:
    """Return which pages use each figure and result, and the place there that does.

    Parameters
    ----------
    pages : iterable of dict
        `stem`, `label` and the evidence of each page: `results` and `figures`.
    kept : iterable of Program
        What notebooks keep.
    folder : Path
        The artifacts; tables and the data of charts are read from it.
    known : set of str
        The ids of figures, which are looked for in the cells of tables.

    Returns
    -------
    dict of list of dict
        `label` and `address` of each page by id, in the order of the pages; on a page the row of
        evidence comes before a result that rests on the figure, a chart and the page as a whole.
    """
    uses: dict[str, dict[str, str]] = {}
    labels = {}
    for page in pages:
        stem = page["stem"]
        labels[stem] = page["label"]
        results = [row for _, group in page["results"] for row in group]
        rests_on = [(input["id"], row["id"]) for row in results for input in row["inputs"]]
        named = [(row["id"], row["id"]) for row in (*page["figures"], *results)]
        for name, anchor in (*named, *rests_on):
            uses.setdefault(name, {}).setdefault(stem, f"{stem}.html#{anchor}")
    for row in kept:
        if (stem := stem_of(row)) in labels:
            anchor = f"#figure-{row.name}" if row.item == "figure" else ""
            for used in _list_used(row, folder, known):
                uses.setdefault(used, {}).setdefault(stem, f"{stem}.html{anchor}")
    return {
        name: [{"label": labels[stem], "address": by[stem]} for stem in labels if stem in by]
        for name, by in uses.items()
    }


def _list_used(row: Program, folder: Path, known: set) -> set[str]:
    if row.item == "computed number":
        return {RESULT + row.name}
    cells = (folder / row.output).with_suffix(".csv")
    return known & {word for line in read_lines(cells) for cell in line for word in cell.split()}


def group_figures(
    evidence: Evidence, outside: Mapping[str, dict], homes: Mapping[str, str]
) -> list[dict]:
    """Return all figures in the order of the page: groups with their parts.

    Parameters
    ----------
    evidence : Evidence
        Printed figures and results.
    outside : mapping
        Figures of other publications by id.
    homes : mapping of str
        What the page is called on which a result is kept, by the result's name.
    """
    themes: dict[str, list] = {theme: [] for theme in CODES["theme"]}
    for name, row in evidence.figures.items():
        themes.setdefault(row.get("theme", ""), []).append(row | {"id": name})
    printed = {
        (CODES["theme"][theme].en if theme else "all"): rows for theme, rows in themes.items()
    }
    areas: dict[str, list] = {}
    for row in outside.values():
        areas.setdefault(row["area"] or "the report's own area", []).append(row)
    by_page: dict[str, list] = {label: [] for label in homes.values()}
    for name, entry in evidence.results.items():
        few = len(entry["inputs"]) <= LINKED
        own = [
            {"id": input, "address": _lead(input, evidence, outside) if few else ""}
            for input in entry["inputs"]
        ]
        row = entry | {"id": RESULT + name, "inputs": own}
        by_page.setdefault(homes.get(name, "other"), []).append(row)
    groups = (
        ("printed", PRINTED, printed),
        ("published", PUBLISHED, areas),
        ("computed", COMPUTED, by_page),
    )
    return [
        {"kind": kind, "title": title, "words": words} | {"parts": _name_parts(kind, parts)}
        for kind, (title, words), parts in groups
        if any(parts.values())
    ]


def _name_parts(kind: str, parts: Mapping[str, Sequence[dict]]) -> list[dict]:
    filled = [(title, rows) for title, rows in parts.items() if rows]
    return [
        {"anchor": f"{kind}-{number}", "title": title[:1].upper() + title[1:], "rows": rows}
        for number, (title, rows) in enumerate(filled, start=1)
    ]


def _lead(name: str, evidence: Evidence, outside: Mapping[str, dict]) -> str:
    return f"#{name}" if name in evidence.figures or name in outside else ""


def say_amounts(groups: Sequence[dict]) -> str:
    """Say how many figures of each kind there are.

    >>> say_amounts([{"kind": "printed", "parts": [{"rows": [1, 2]}]}])
    '2 printed figures'
    """
    words = {
        "printed": "{} printed figures",
        "published": "{} of other publications",
        "computed": "{} computed numbers",
    }
    counts = {group["kind"]: sum(len(part["rows"]) for part in group["parts"]) for group in groups}
    return ", ".join(words[kind].format(count) for kind, count in counts.items())
