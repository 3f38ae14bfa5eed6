"""A citation for one number: a printed or outside figure, a kept result, a number of one's own."""

import json
from typing import Any

from hyreport.data.cite import cite_row, say_data_version
from hyreport.data.figure import Figure
from hyreport.data.ids import OUTSIDE, split_id
from hyreport.data.report import Report
from hyreport.data.results import read_entries
from hyreport.data.versions import say_version
from hyreport.errors import HyreportError, UnknownNameError, nearest
from hyreport.numbers.computed import ENDS, Computed
from hyreport.paths import ARTIFACTS
from hyreport.words.language import in_use

__all__ = ["cite"]


RESULT = "result:"
# What shows one figure as it was published, without computing.
AS_PUBLISHED = ("printed", "published")
NAMED_INPUTS = 4


def cite(
    number: str | Figure | Computed, report_id: str | None = None, *, style: str | None = None
) -> str:
    """Cite one number: the report and its words, a publication, or the row of a computed one.

    Parameters
    ----------
    number : str, Figure or Computed
        The id of a printed figure, `reference:` and the id of an outside one, the name of a kept
        result (with `result:` before it or without); or a figure or number in hand.
    report_id : str, optional
        Folder of the report in data/processed; the suite's default report by default.
    style : str
        text (English), gbt (Chinese, as GB/T 7714 has it) or bibtex; by default text or gbt, by
        the language in use.

    Returns
    -------
    str
        For a printed figure report, issuer, day, section, paragraph and printed words; for an
        outside one its publication; for a result value, interval, unit, formula and page. All
        name the version of hyreport and of the data.

    Raises
    ------
    UnknownNameError
        For another style, and where nothing has this name; the message names the nearest.
    HyreportError
        For what is no number of the library.

    Examples
    --------
    >>> print(cite("tax_share.local.2017").partition(". As in")[0])
    Hengyang Municipal People's Government (2018). Government work report of Hengyang city, Hunan
    province, 2018 (2018年湖南省衡阳市政府工作报告), reported 2018-01-04. Section 1 (Review of
    2017), paragraph 6: 地方收入税收占比 “55.9%” (Tax revenue as a share of local revenue;
    tax_share.local.2017)
    >>> print(cite("local_revenue_2017").split(" = ")[0])
    hyreport authors. hyreport: the 2018 government work report of Hengyang in figures. Computed
    number local_revenue_2017: 162.3 [161.8, 162.8] × 100 million yuan
    """
    style = style or ("text" if in_use() == "en" else "gbt")
    if isinstance(number, Computed):
        if len(number.inputs) == 1 and number.kind in AS_PUBLISHED:
            return cite(number.inputs[0], style=style)
        return _cite_own(number, report_id, style)
    if isinstance(number, Figure):
        report = Report(number.report or report_id)
        version = say_data_version(report.id)
        return cite_row("figure", vars(number), report.facts, version=version, style=style)
    if not isinstance(number, str):
        found = f"an object of type {type(number).__name__}"
        raise HyreportError("cite(...)", found, "an id, a figure or a computed number")
    named, name = split_id(number, report_id)
    report = Report(named)
    kind, row = _look_up(name, report)
    version = row.pop("version", "") or say_data_version(report.id)
    return cite_row(kind, row, report.facts, version=version, style=style)


def _look_up(name: str, report: Report) -> tuple[str, dict[str, Any]]:
    """Return what kind of number a name is of, and the row that holds it."""
    printed, outside = report.figures, report.outside_ids
    if name in set(printed["figure_id"]):
        return "figure", printed[printed["figure_id"] == name].to_dict("records")[0]
    if name in outside:
        return "outside", report.reference.iloc[outside.index(name)].to_dict()
    if name.startswith(OUTSIDE):
        expected = "the id of an outside figure"
        raise UnknownNameError("cite", repr(name), expected, nearest(name, outside))
    kept = _read_kept(report.id, needed=name.startswith(RESULT))
    own = name.removeprefix(RESULT)
    if own not in kept:
        known = [*printed["figure_id"], *kept]
        expected = "the id of a figure, or the name of a kept result"
        raise UnknownNameError("cite", repr(name), expected, nearest(own, known))
    row = kept[own] | {"page": f"figures.html#{RESULT}{own}"}
    record = ARTIFACTS / report.id / "manifest.json"
    if record.is_file():  # a result is of the version that made it
        row["version"] = say_version(json.loads(record.read_text(encoding="utf-8")))
    return "result", row


def _read_kept(report_id: str, *, needed: bool) -> dict[str, dict]:
    """Return the kept results; none where nothing was rendered, and an id may be misspelt."""
    try:
        return read_entries(report_id)
    except HyreportError:
        if needed:
            raise
        return {}


def _cite_own(number: Computed, report_id: str | None, style: str) -> str:
    """Cite a number that a reader computed: its formula, and the figures where they are few."""
    reports = {split_id(name, report_id)[0] for name in number.inputs} or {report_id}
    report = Report(next(iter(reports)))
    many = len(number.inputs) > NAMED_INPUTS
    inputs = f"{len(number.inputs)} figures" if many else ", ".join(number.inputs)
    row = {"unit": number.unit, "formula": number.formula, "inputs": inputs}
    row |= {end: getattr(number, end) for end in ENDS}
    version = say_data_version(report.id)
    return cite_row("computed", row, report.facts, version=version, style=style)
