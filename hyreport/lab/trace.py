"""Cross-reading: from a result to the words it rests on, from a figure to all that uses it."""

import json
from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from hyreport.data.frames import Frame
from hyreport.data.ids import name_outside, qualify, shorten, split_id
from hyreport.data.report import Report
from hyreport.errors import HyreportError, UnknownNameError, nearest
from hyreport.numbers.computed import ENDS, Computed
from hyreport.paths import ARTIFACTS, IS_CLONE, PROCESSED, default_report, find_report
from hyreport.words.tables import read_lines, read_rows

__all__ = ["describe_inputs", "results", "trace", "uses"]


TRACED = ("item", "id", "words", "value", "low", "high", "unit", "place", "doubt")
USED = ("item", "name", "notebook", "cell", "value", "low", "high", "unit", "formula")


def trace(result: str | Computed, report_id: str | None = None) -> pd.DataFrame:
    """Trace a result to its inputs and their printed words.

    Parameters
    ----------
    result : str or Computed
        Name of a kept result, as in results.json and in the links of the pages, or a number that
        you computed.
    report_id : str
        Folder of the report in artifacts and data/processed.

    Returns
    -------
    DataFrame, shape (1 + inputs, 9)
        The result first, with its formula as `words` and its notebook and cell as `place`; then
        each input: printed figures with printed words, section and doubt, outside figures with
        their publication. `value`, `low`, `high` are in `unit`.

    Raises
    ------
    UnknownNameError
        Where no result has this name; the message names the nearest ones.
    HyreportError
        Where a name is given and there are no artifacts, as in an installed copy.

    Examples
    --------
    >>> trace("local_revenue_2017")["id"].tolist()[1:3]
    ['budget_revenue.level.2017', 'tax_share.total.2017']
    """
    report_id = _own(report_id)
    if isinstance(result, Computed):
        name, place = "", ""
        entry = {end: getattr(result, end) for end in ("value", "low", "high", "unit", "formula")}
        entry["inputs"] = result.inputs
    else:
        if not isinstance(result, str):
            raise _unknown_result(getattr(result, "id", repr(result)), report_id)
        entry = _read_results(report_id).get(result)
        if entry is None:
            raise _unknown_result(result, report_id)
        name, place = result, "{}, cell {}".format(*_places(report_id)[result])
    first = {"item": "computed number", "id": name, "words": entry["formula"], "place": place}
    first |= {end: _number(entry[end]) for end in ("value", "low", "high")}
    first |= {"unit": entry["unit"], "doubt": ""}
    inputs = describe_inputs(list(entry["inputs"]), report_id)
    return Frame(pd.concat([pd.DataFrame([first])[list(TRACED)], inputs], ignore_index=True))


def results(report_id: str | None = None) -> pd.DataFrame:
    """Load every result that the notebooks of a report kept.

    Parameters
    ----------
    report_id : str, optional
        Folder of the report in artifacts; the suite's default report by default.

    Returns
    -------
    DataFrame, shape (results, 10)
        `name` as prose links to it, `value`, `low`, `high` in `unit`, `kind` of the interval (as
        `Computed.kind`), `formula`, `inputs` (the figures behind it) in one text, the `notebook`
        and `cell` that kept it.

    Raises
    ------
    UnknownNameError
        Where no report has this id.
    HyreportError
        Where there are no artifacts, as in an installed copy.

    Examples
    --------
    >>> results().query("name == 'local_revenue_2017'")["value"].item()
    162.3
    """
    report_id = _own(report_id)
    places = _places(report_id)
    rows = [
        {"name": name}
        | {end: _number(entry[end]) for end in ENDS}
        | {word: entry[word] for word in ("unit", "kind", "formula")}
        | {"inputs": " ".join(entry["inputs"])}
        | dict(zip(("notebook", "cell"), places[name], strict=True))
        for name, entry in _read_results(report_id).items()
    ]
    return Frame(rows)


def uses(figure_id: str, report_id: str | None = None) -> pd.DataFrame:
    """List the results, tables, charts and sentences that use a figure, by notebook and cell.

    Parameters
    ----------
    figure_id : str
        A printed figure, or an outside one by the id that `trace` shows.
    report_id : str, optional
        Folder of the report in artifacts; the figure's own by default.

    Returns
    -------
    DataFrame, shape (uses, 9)
        `item` is computed number, table, figure (a chart) or in-text number; a computed number
        comes with `value`, `low`, `high` in `unit` and its `formula`. Without rows where the
        figure is in no notebook.

    Raises
    ------
    UnknownNameError
        Where no figure has this id; the message names the nearest ones.
    HyreportError
        Where there are no artifacts, as in an installed copy.

    Examples
    --------
    >>> found = uses("tax_share.local.2017")
    >>> "local_revenue_2017" in set(found["name"])
    True
    """
    printed_in, figure_id = split_id(figure_id, _own(report_id))
    known = _index(printed_in)
    if figure_id not in known:
        raise UnknownNameError(
            "figure", repr(figure_id), "one of load_figures().figure_id", nearest(figure_id, known)
        )
    report_id = printed_in if report_id is None else report_id
    figure_id = shorten(qualify(figure_id, printed_in), report_id)
    results = _read_results(report_id)
    rows = []
    for row in _read_programs(report_id):
        name, entry = row["name"], {}
        if row["item"] == "computed number":
            entry = results.get(name, {})
            used = figure_id in entry.get("inputs", ())
        elif row["item"] == "in-text number":
            used = row["output"] == f"#{figure_id}"
        else:
            used = figure_id in _read_words(_folder(report_id) / row["output"])
        if used:
            numbers = {end: _number(entry.get(end)) for end in ("value", "low", "high")}
            place = {"notebook": _stem(row["program"]), "cell": int(row["cell"])}
            text = {word: entry.get(word, "") for word in ("unit", "formula")}
            rows.append({"item": row["item"], "name": name} | place | numbers | text)
    return Frame(rows, columns=list(USED))


def describe_inputs(ids: Iterable[str], report_id: str | None = None) -> pd.DataFrame:
    """Tabulate the figures behind a number: their words, interval, place and doubt.

    Parameters
    ----------
    ids : iterable of str
        Printed and outside figures; each is looked up in the report that its id names.
    report_id : str, optional
        The report of an id that names none; the suite's default report by default.

    Returns
    -------
    DataFrame, shape (ids, 9)
        The columns of `trace`; an id that no table has has nothing but itself.
    """
    named = [(name, *split_id(name, _own(report_id))) for name in ids]
    reports = {report: _index(report) for _, report, _ in named}
    unknown = dict.fromkeys(TRACED, "") | {"value": None, "low": None, "high": None}
    rows = [reports[report].get(own, unknown) | {"id": name} for name, report, own in named]
    table = pd.DataFrame(rows, columns=list(TRACED))
    return table.astype({end: float for end in ("value", "low", "high")})


def _own(report_id: str | None) -> str:
    return default_report() if report_id is None else report_id


def _index(report_id: str) -> dict[str, dict]:
    """Return every printed and outside figure of a report as a row of `trace`, by its id there."""
    report, index = Report(report_id), {}
    for row in report.figures.to_dict("records"):
        index[row["figure_id"]] = {
            "item": "printed figure",
            "id": row["figure_id"],
            "words": f"{row['subject_zh']} {row['as_printed']}",
            "place": f"section {row['section']}, paragraph {row['paragraph']}",
        } | {name: row[name] for name in ("value", "low", "high", "unit", "doubt")}
    for row in report.reference.to_dict("records"):
        name = name_outside(row, report.area)
        index[name] = {
            "item": "outside figure",
            "id": name,
            "words": f"{row['name_zh']} {row['as_printed']}",
            "place": row["source"],
            "doubt": row["note"],
        } | {end: row[end] for end in ("value", "low", "high", "unit")}
    return index


def _folder(report_id: str) -> Path:
    """Return the folder of the report's artifacts, or say what is missing."""
    find_report(report_id, PROCESSED)
    if not (ARTIFACTS / report_id / "results.json").is_file():
        found = "no artifacts of this report" if IS_CLONE else "an installed copy, which has none"
        fix = "type `python run.py render`" if IS_CLONE else "get a clone of the project"
        raise HyreportError(f"artifacts/{report_id}/results.json", found, "rendered results", fix)
    return ARTIFACTS / report_id


def _read_results(report_id: str) -> dict[str, dict]:
    return json.loads((_folder(report_id) / "results.json").read_text(encoding="utf-8"))


def _read_programs(report_id: str) -> list[dict[str, str]]:
    path = _folder(report_id) / "programs.csv"
    if not path.is_file():
        raise HyreportError(
            path.name, "no such file", "the list of programs", "type `python run.py render`"
        )
    return read_rows(path)


def _read_words(path: Path) -> set[str]:
    """Return every word of the cells of a kept table, or of the table behind a chart."""
    cells = path.with_suffix(".csv")
    return {word for row in read_lines(cells) for cell in row for word in cell.split()}


def _places(report_id: str) -> dict[str, tuple[str, int]]:
    """Return the notebook and cell of each result."""
    return {
        row["name"]: (_stem(row["program"]), int(row["cell"]))
        for row in _read_programs(report_id)
        if row["item"] == "computed number"
    }


def _stem(program: str) -> str:
    return Path(program).stem


def _number(value) -> float:
    return float("nan") if value is None else float(value)


def _unknown_result(name: str, report_id: str) -> UnknownNameError:
    expected, name = "the name of a kept result, as in results.json", shorten(name, report_id)
    printed_in, figure_id = split_id(name, report_id)
    if figure_id in _index(printed_in):
        fix = f"hy.figure shows the words of a printed figure, hy.uses({name!r}) what rests on it"
    else:
        fix = nearest(name, _read_results(report_id))
    return UnknownNameError("result", repr(name), expected, fix)
