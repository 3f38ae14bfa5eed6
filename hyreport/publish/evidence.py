"""The evidence: what numbers in prose can link to, and its rows at the foot of a page."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from hyreport.data.ids import split_id
from hyreport.errors import RenderError
from hyreport.publish.manifest import read_json
from hyreport.words.codes import CODES
from hyreport.words.tables import read_rows

__all__ = ["NO_EVIDENCE", "Evidence", "build_evidence", "read_evidence"]


RESULT = "result:"


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
