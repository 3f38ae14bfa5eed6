"""Cross-reading: from a result to the words it rests on, from a figure to all that uses it."""

from collections.abc import Collection, Iterable
from pathlib import Path

import pandas as pd

from hyreport.data.figure import Figure
from hyreport.data.frames import Frame
from hyreport.data.ids import qualify, shorten, split_id
from hyreport.data.report import Report
from hyreport.data.results import place_of, read_entries, read_programs
from hyreport.errors import UnknownNameError, nearest, say_found
from hyreport.numbers.computed import ENDS, Computed
from hyreport.numbers.writing import say_number
from hyreport.paths import ARTIFACTS, PROCESSED, find_report
from hyreport.words.language import in_use
from hyreport.words.phrases import speak
from hyreport.words.tables import read_lines

__all__ = ["describe_inputs", "results", "trace", "uses"]


TRACED = ("item", "id", "words", "value", "low", "high", "unit", "place", "doubt")
USED = ("item", "name", "says", "notebook", "cell")


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
        Where a name is given and the report was not rendered.

    Examples
    --------
    >>> trace("local_revenue_2017")["id"].tolist()[1:3]
    ['budget_revenue.level.2017', 'tax_share.total.2017']
    """
    if isinstance(result, Computed):
        row = result.as_row(name="", place="")
    else:
        report_id = find_report(report_id, PROCESSED).name
        name = result if isinstance(result, str) else getattr(result, "id", repr(result))
        kept = _read_results(report_id)
        if name not in kept:
            raise _unknown_result(name, report_id, kept)
        row = kept[name] | {"place": "{notebook}, cell {cell}".format_map(kept[name])}
    first = {"item": "computed number", "id": row["name"], "words": row["formula"], "doubt": ""}
    first |= {column: row[column] for column in (*ENDS, "unit", "place")}
    inputs = describe_inputs(row["inputs"].split(), report_id, language=in_use())
    traced = pd.concat([pd.DataFrame([first], columns=list(TRACED)), inputs], ignore_index=True)
    return Frame(traced)


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
        Where the report was not rendered.

    Examples
    --------
    >>> results().query("name == 'local_revenue_2017'")["value"].item()
    162.3
    """
    return Frame([*_read_results(report_id).values()])


def uses(figure_id: str | Figure, report_id: str | None = None) -> pd.DataFrame:
    """List the results, tables, charts and sentences that use a figure, by notebook and cell.

    Parameters
    ----------
    figure_id : str or Figure
        A printed figure, or an outside one by the id that `trace` shows.
    report_id : str, optional
        Folder of the report in artifacts; the figure's own by default.

    Returns
    -------
    DataFrame, shape (uses, 5)
        In the order of the notebooks and cells. `item` is computed number, table, figure (a
        chart) or in-text number; `says` its words: of a computed number value, interval, unit
        and formula. Without rows where the figure is in no notebook.

    Raises
    ------
    UnknownNameError
        Where no figure has this id; the message names the nearest ones.
    HyreportError
        Where the report was not rendered.

    Examples
    --------
    >>> found = uses("tax_share.local.2017")
    >>> "local_revenue_2017" in set(found["name"])
    True
    """
    asked = figure_id.id if isinstance(figure_id, Figure) else figure_id
    printed_in, name = split_id(asked, report_id)
    printed_in = find_report(printed_in, PROCESSED).name
    known = _list_ids(Report(printed_in))
    if not isinstance(name, str) or name not in known:
        fix = nearest(str(name), known)
        expected = "one of load_figures().figure_id"
        raise UnknownNameError("figure", say_found(name), expected, fix)
    report_id = printed_in if report_id is None else report_id
    name = shorten(qualify(name, printed_in), report_id)
    kept = read_entries(report_id)
    rows = []
    for program in read_programs(report_id):
        row = {"item": program["item"]} | place_of(program)
        says = row["name"].replace("_", " ")
        if row["item"] == "computed number":
            entry = kept[row["name"]]
            used = name in entry["inputs"]
            number = say_number(*map(entry.get, ENDS), unit=entry["unit"])
            says = f"{speak(number)} = {speak(entry['formula'])}"
        elif row["item"] == "in-text number":
            used = program["output"] == f"#{name}"
        else:
            used = name in _read_words(ARTIFACTS / report_id / program["output"])
        if used:
            rows.append(row | {"says": says})
    used_in = pd.DataFrame(rows, columns=list(USED))
    return Frame(used_in.sort_values(["notebook", "cell"], kind="stable", ignore_index=True))


def describe_inputs(
    ids: Iterable[str], report_id: str | None = None, *, language: str = "en"
) -> pd.DataFrame:
    """Tabulate the figures behind a number: their words, interval, place and doubt.

    Parameters
    ----------
    ids : iterable of str
        Printed and outside figures; each is looked up in the report that its id names.
    report_id : str, optional
        The report of an id that names none; the suite's default report by default.
    language : str
        en or zh: of the names of outside figures. Printed words stay as they are.

    Returns
    -------
    DataFrame, shape (ids, 9)
        The columns of `trace`; an id that no table has has nothing but itself.
    """
    named = [(name, *split_id(name, report_id)) for name in ids]
    reports = {
        report: _index(report, {own for _, other, own in named if other == report}, language)
        for report in dict.fromkeys(report for _, report, _ in named)
    }
    unknown = dict.fromkeys(TRACED, "") | dict.fromkeys(ENDS)
    rows = [reports[report].get(own, unknown) | {"id": name} for name, report, own in named]
    return pd.DataFrame(rows, columns=list(TRACED)).astype(dict.fromkeys(ENDS, float))


def _list_ids(report: Report) -> list[str]:
    """Return the ids of every printed and outside figure of a report."""
    return [*report.figures["figure_id"], *report.outside_ids]


def _index(report_id: str | None, ids: Collection[str], language: str) -> dict[str, dict]:
    """Return printed and outside figures of a report as rows of `trace`, by their ids there."""
    report = Report(report_id)
    printed = report.figures[report.figures["figure_id"].isin(ids)]
    outside = report.reference.assign(id=report.outside_ids)
    outside = outside[outside["id"].isin(ids)]
    section, paragraph = printed["section"], printed["paragraph"].astype(str)
    printed = printed.assign(
        item="printed figure",
        id=printed["figure_id"],
        words=printed["subject_zh"] + " " + printed["as_printed"],
        place="section " + section + ", paragraph " + paragraph,
    )
    outside = outside.assign(
        item="outside figure",
        words=outside[f"name_{language}"] + " " + outside["as_printed"],
        place=outside["source"],
        doubt=outside["note"],
    )
    rows = pd.concat([table[list(TRACED)] for table in (printed, outside)]).to_dict("records")
    return {row["id"]: row for row in rows}


def _read_results(report_id: str | None) -> dict[str, dict]:
    """Return each kept result as a row of `results`, by its name."""
    entries = read_entries(find_report(report_id, PROCESSED).name)
    return {
        name: {"name": name}
        | {end: float(entry[end] or "nan") for end in ENDS}
        | {word: entry[word] for word in ("unit", "kind", "formula")}
        | {"inputs": " ".join(entry["inputs"])}
        | {word: entry[word] for word in ("notebook", "cell")}
        for name, entry in entries.items()
    }


def _read_words(path: Path) -> set[str]:
    """Return every word of the cells of a kept table, or of the table behind a chart."""
    cells = path.with_suffix(".csv")
    return {word for row in read_lines(cells) for cell in row for word in cell.split()}


def _unknown_result(name: str, report_id: str, kept: dict) -> UnknownNameError:
    expected, name = "the name of a kept result, as in results.json", shorten(name, report_id)
    printed_in, figure_id = split_id(name, report_id)
    if figure_id in _list_ids(Report(printed_in)):
        fix = f"hy.figure shows the words of a printed figure, hy.uses({name!r}) what rests on it"
    else:
        fix = nearest(name, kept)
    return UnknownNameError("result", repr(name), expected, fix)
