"""The evidence: what numbers in prose can link to, and its rows at the foot of a page."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from hyreport.data.ids import split_id
from hyreport.errors import RenderError
from hyreport.numbers.writing import say_number
from hyreport.publish.manifest import read_json
from hyreport.words.codes import CODES
from hyreport.words.tables import read_rows

__all__ = [
    "NO_EVIDENCE",
    "RESULT",
    "Evidence",
    "build_evidence",
    "name_use",
    "read_evidence",
    "say_place",
    "sum_up_evidence",
]


RESULT = "result:"
LONGEST = 140  # characters of a formula that are shown at once


@dataclass
class Evidence:
    """What links can point to: printed figures by id (rows of figures.csv) and results by name.

    An id is of the report itself, or names another: `hengyang-2018:gdp.growth.2017`. The figures of
    `others` are read from their folders in `processed` once a link names them.
    """

    figures: dict[str, dict[str, str]]
    results: dict[str, dict]
    report: str = ""
    processed: Path | None = None
    others: dict[str, dict[str, dict[str, str]]] = field(default_factory=dict)

    def own(self, target: str) -> str:
        """Return an id as the report's own pages write it: without # and the report's name."""
        report, name = split_id(target.removeprefix("#"), self.report)
        return name if report == self.report else f"{report}:{name}"

    def find(self, target: str) -> dict | None:
        """Return the row that a link such as `#gdp.growth.2017` or `#result:x` points to."""
        report, name = split_id(target.removeprefix("#"), self.report)
        if report and report != self.report:
            return self._read_other(report).get(name)
        if name.startswith(RESULT):
            return self.results.get(name.removeprefix(RESULT))
        return self.figures.get(name)

    def _read_other(self, report: str) -> dict[str, dict[str, str]]:
        if report not in self.others:
            path = (self.processed or Path()) / report / "figures.csv"
            rows = read_rows(path) if self.processed and path.is_file() else []
            self.others[report] = {row["figure_id"]: row | {"report": report} for row in rows}
        return self.others[report]


NO_EVIDENCE = Evidence({}, {})


def read_evidence(figures: Path, results: Path) -> Evidence:
    """Read figures.csv in the folder of a report, and results.json; a missing file counts as empty.

    Parameters
    ----------
    figures, results : Path
        The two files; the report goes by the folder of the first, other reports lie beside it.
    """
    rows = read_rows(figures) if figures.exists() else []
    folder = figures.parent
    known = {row["figure_id"]: row for row in rows}
    return Evidence(known, read_json(results), folder.name, folder.parent)


def build_evidence(
    pieces: Iterable[tuple[str, str, str]], evidence: Evidence, *, place: str
) -> dict[str, list]:
    """Return the rows that the links of a page lead to, and those that these rest on.

    Parameters
    ----------
    pieces : iterable of tuple
        The page's prose in order, as `read_prose` gives it: place, text and target.
    evidence : Evidence
        The figures and results that links can point to.
    place : str
        The notebook's file name, for errors.

    Returns
    -------
    dict
        `results`, a list of captions with their rows, and `figures`, a list of rows, in the order
        of first use. A row has `id`, its anchor, and `back`, the anchors of the places that lead
        to it; those from the second on lead to an anchor of their own, as `name_use` has it.

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
        back = rows.setdefault(anchor, row | {"id": anchor, "back": []})["back"]
        back.append(name_use(f"use-{anchor}", len(back) + 1))
    results = [row for row in rows.values() if row["id"].startswith(RESULT)]
    for result in results:
        inputs = []
        for name in map(evidence.own, result["inputs"]):
            address = ""
            if row := evidence.find(name):
                back = rows.setdefault(name, row | {"id": name, "back": []})["back"]
                back.append(result["id"])
                address = f"#{name_use(name, len(back))}"
            inputs.append({"id": name, "address": address})
        result["inputs"] = inputs
    groups = {
        named.short: [row for row in results if row.get("kind", "computed") == kind]
        for kind, named in CODES["number_kind"].items()
    }
    return {
        "results": [(words, group) for words, group in groups.items() if group],
        "figures": [row for row in rows.values() if not row["id"].startswith(RESULT)],
    }


def name_use(name: str, number: int) -> str:
    """Name the anchor of one of the uses of a figure or result: the first has no number.

    >>> name_use("gdp.growth.2017", 1), name_use("gdp.growth.2017", 2)
    ('gdp.growth.2017', 'gdp.growth.2017~2')
    """
    return name if number == 1 else f"{name}~{number}"


def say_place(row: dict) -> str:
    """Say where a printed figure stands, and of another report in which.

    >>> say_place({"section": "1", "paragraph": "6", "report": "a-2020"})
    'a-2020, section 1, paragraph 6'
    """
    report = f"{row['report']}, " if row.get("report") else ""
    return f"{report}section {row['section']}, paragraph {row['paragraph']}"


def sum_up_evidence(name: str, row: dict) -> str:
    """Say in a line what a link leads to: printed words and place, or interval and formula.

    >>> row = {"as_printed": "8.5%", "section": "1", "paragraph": "6"}
    >>> sum_up_evidence("gdp.growth.2017", row)
    'gdp.growth.2017 · printed 8.5% · section 1, paragraph 6'
    """
    if "as_printed" in row:
        return f"{name} · printed {row['as_printed']} · {say_place(row)}"
    number = say_number(row["value"], row["low"], row["high"], unit=row["unit"])
    formula = row["formula"]
    short = formula if len(formula) <= LONGEST else f"{formula[: LONGEST - 1]}…"
    return f"{name.removeprefix(RESULT)} · {number} · {short}"
