"""Answers questions about the panel in SQL; reads its files and nothing else."""

from functools import cache, lru_cache
from numbers import Integral
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from hyreport.data.days import read_year
from hyreport.errors import HyreportError, UnknownNameError, nearest, say_found
from hyreport.panel.cells import Cell
from hyreport.panel.duck import path_to_read
from hyreport.panel.reading import headline_indicators
from hyreport.paths import DATA, RAW, need_extra
from hyreport.words.tables import read_rows

if TYPE_CHECKING:
    import duckdb

__all__ = [
    "PANEL",
    "area_names",
    "ask",
    "cell",
    "check_indicator",
    "find_area",
    "outcomes",
    "targets",
]


PANEL = DATA / "panel"
FILES = {"headline": "headline.parquet", "reports": "reports.csv", "audit": "audit.csv"}
# Panels that stay open for the next question.
KEPT_PANELS = 4
# The kinds of cells, and what each is called in a sentence.
KINDS = {"target": "targets", "actual": "outcomes"}


def ask(sql: str, *parameters: object, panel: Path = PANEL) -> pd.DataFrame:
    """Answer a question in SQL (DuckDB).

    Parameters
    ----------
    sql : str
        One SELECT over `headline` (a row a report, indicator, kind and period), `reports` (a row
        a text), `pairs` (a target beside its outcome) and `audit` (cells beside what
        a reader of the report found).
    *parameters
        Values for the question marks in it.
    panel : Path
        Folder of the panel.

    Returns
    -------
    DataFrame

    Raises
    ------
    HyreportError
        Where there is no panel, or the question is none that DuckDB can answer.

    Notes
    -----
    Values are as printed, in the one unit of their indicator; they were read by rules, and
    `certainty` says how plainly (A, B, C). The files stay as they are: nothing but SELECT is
    taken, and no other file can be read.

    Examples
    --------
    >>> ask("select count(*) > 2000 as many from reports where used = 'yes'").many.item()
    True
    """
    with need_extra("panel", "a question to the panel"):
        import duckdb
    if not isinstance(sql, str):
        raise HyreportError("ask", say_found(sql), "one SELECT, as text", "write it in quotes")
    connection = _connect(panel)
    try:
        statements = connection.extract_statements(sql)
        if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
            found = f"{len(statements)} statements" if len(statements) != 1 else "no SELECT"
            raise HyreportError("ask", found, "one SELECT", "ask one question at a time")
        return connection.cursor().execute(sql, parameters).df()
    except duckdb.Error as error:
        words = " ".join(str(error).split())
        expected = "SQL over headline, reports, pairs and audit"
        raise HyreportError("ask", words, expected, "correct it; `describe headline`") from None


def _connect(panel: Path) -> "duckdb.DuckDBPyConnection":
    """Return a connection to the panel as its files are now."""
    if not isinstance(panel, str | Path):
        raise HyreportError("panel", say_found(panel), "the folder of a panel", "give its path")
    folder = Path(panel).resolve()
    paths = {name: folder / file for name, file in FILES.items() if (folder / file).is_file()}
    missing = [file for name, file in FILES.items() if name not in paths and name != "audit"]
    if missing:
        fix = "get a clone of the project, or make one: hyreport panel --texts DIR"
        raise HyreportError(str(panel), f"no {missing[0]}", "a panel", fix)
    found = []
    for name, path in paths.items():
        now = path.stat()
        found.append((name, str(path), (now.st_mtime_ns, now.st_size, now.st_ino)))
    return _open(tuple(found))


@lru_cache(maxsize=KEPT_PANELS)
def _open(files: tuple[tuple[str, str, tuple[int, ...]], ...]) -> "duckdb.DuckDBPyConnection":
    """Open files for questions: views by name, with what tells a file that was made again."""
    import duckdb

    paths = {name: path_to_read(Path(path)) for name, path, _ in files}
    connection = duckdb.connect(config={"threads": 1})
    for name, path in paths.items():
        quoted = path.replace("'", "''")
        if path.endswith("parquet"):
            connection.execute(f"create view {name} as from read_parquet('{quoted}')")
        else:  # which each question would read as a whole
            reader = f"read_csv('{quoted}', all_varchar = true)"
            connection.execute(f"create table {name} as from {reader}")
    connection.execute(Path(__file__).with_name("views.sql").read_text(encoding="utf-8"))
    connection.execute("set allowed_paths = $paths", {"paths": list(paths.values())})
    connection.execute("set enable_external_access = false")
    connection.execute("set lock_configuration = true")
    return connection


def targets(
    indicator: str = "gdp.growth",
    *,
    area: str | None = None,
    year: int | None = None,
    panel: Path = PANEL,
) -> pd.DataFrame:
    """Return targets of an indicator, a row a report, absent and unread ones included.

    Parameters
    ----------
    indicator : str
        A headline indicator, as gdp.growth.
    area : str, optional
        Full name of a place, Chinese or English, or its code of six digits; all places by default.
    year : int, optional
        Year of the targets; all years by default.

    Returns
    -------
    DataFrame
        The columns of `headline`.

    Raises
    ------
    UnknownNameError
        For an indicator, a place or a year that the panel does not hold.
    DayError
        For a year that is none.
    """
    code = None if area is None else find_area(area, panel)
    return _cells(indicator, "target", code, year, panel)


def outcomes(
    indicator: str = "gdp.growth",
    *,
    area: str | None = None,
    year: int | None = None,
    panel: Path = PANEL,
) -> pd.DataFrame:
    """Return what reports printed of an indicator for the year before them, first reported.

    Parameters, columns and errors are those of `targets`; `year` is the year the outcome is of.
    """
    code = None if area is None else find_area(area, panel)
    return _cells(indicator, "actual", code, year, panel)


def _cells(
    indicator: str, kind: str, code: str | None, year: int | None, panel: Path
) -> pd.DataFrame:
    """Return cells of a place, or of all, and of a year, or of all years."""
    check_indicator(indicator)
    where, values = "indicator = ? and kind = ?", [indicator, kind]
    if code is not None:
        where, values = f"{where} and area_code_now = ?", [*values, code]
    if year is None:
        return ask(f"select * from headline where {where} order by report", *values, panel=panel)
    year = read_year(year, "panel, year")
    sql = f"select * from headline where {where} and period = ? order by report"
    rows = ask(sql, *values, year, panel=panel)
    if rows.empty:
        sql = f"select distinct period from headline where {where} order by period"
        years = _say_years(ask(sql, *values, panel=panel)["period"])
        place = "" if code is None else f" of {area_names().get(code, (code,))[0]}"
        found = f"no report{place} with {KINDS[kind]} of {year}"
        fix = "choose a year that is there"
        raise UnknownNameError("panel, year", found, f"one of the years {years}", fix)
    return rows


def check_indicator(indicator: str) -> None:
    """Stop where an indicator is none of the panel.

    Raises
    ------
    UnknownNameError
        With the names most like it.

    Examples
    --------
    >>> check_indicator("gdp.growth")
    """
    known = headline_indicators()
    if indicator not in known:
        fix = nearest(str(indicator), known, otherwise=f"choose one of {', '.join(known)}")
        raise UnknownNameError(
            "panel, indicator", say_found(indicator), "a headline indicator, as 'gdp.growth'", fix
        )


@cache
def area_names() -> dict[str, tuple[str, str]]:
    """Return the names of places, Chinese and English, by their codes of today.

    >>> area_names()["430000"]
    ('湖南省', 'Hunan')
    """
    rows = read_rows(RAW / "area_names.csv")
    return {row["area_code_now"]: (row["area"], row["name_en"]) for row in rows}


def find_area(area: str | int, panel: Path = PANEL) -> str:
    """Return today's code of a place by its full name or any of its codes.

    Parameters
    ----------
    area : str or int
        Chinese name or code, past or present, or the English name of today.
    panel : Path
        Folder of the panel.

    Raises
    ------
    UnknownNameError
        Where the panel has no report of such a place.

    Examples
    --------
    >>> find_area("衡阳市"), find_area("Hengyang"), find_area(430400)
    ('430400', '430400', '430400')
    """
    sql = "select distinct area, area_code_now, area_code from reports where used = 'yes'"
    known = ask(sql, panel=panel)
    known["name_en"] = [area_names().get(code, ("", ""))[1] for code in known["area_code_now"]]
    asked = str(area) if isinstance(area, str | Integral) else ""
    for column in known if asked else ():
        hits = known.loc[known[column].str.casefold() == asked.casefold(), "area_code_now"].unique()
        if len(hits):
            return str(hits[0])
    expected = "the full Chinese or English name of a place of the panel, or its code of six digits"
    names = sorted({*known["area"], *known["name_en"]})
    begun = [name for name in names if name.casefold().startswith(asked.casefold())]
    fix = nearest(asked, begun or names, otherwise="choose one of hy.panel.list_places()")
    raise UnknownNameError("panel, area", say_found(area), expected, fix)


def _say_years(years: pd.Series) -> str:
    """Say years in order, those that follow each other as a span.

    >>> _say_years(pd.Series([2016, 2020, 2021, 2022]))
    '2016, 2020 to 2022'
    """
    spans = years.groupby((years.diff() != 1).cumsum()).agg(["min", "max"]).to_numpy()
    said = [f"{low}" if low == high else f"{low} to {high}" for low, high in spans]
    return ", ".join(said) or "there are: none"


def cell(
    area: str,
    year: int,
    indicator: str = "gdp.growth",
    kind: str = "target",
    *,
    panel: Path = PANEL,
) -> Cell:
    """Return one cell with its printed words and the place they stand.

    Parameters
    ----------
    area : str
        Full name of a place, Chinese or English, or its code.
    year : int
        The year the target or the outcome is of.
    indicator : str
        A headline indicator.
    kind : str
        target or actual (an outcome).
    panel : Path
        Folder of the panel.

    Returns
    -------
    Cell
        `words` are what is printed, `quote(FOLDER)` the sentence from your copy of the collection,
        as `hy.quote(cell, FOLDER)` is.

    Raises
    ------
    UnknownNameError
        Where the panel has no report that could hold it, and for another kind.
    DayError
        For a year that is none.

    Examples
    --------
    >>> cell("全国", 2018).words
    '国内生产总值增长 6.5%左右'
    """
    if kind not in tuple(KINDS):
        fix = nearest(str(kind), KINDS, otherwise="write kind='actual' for an outcome")
        raise UnknownNameError("panel, kind", say_found(kind), "'target' or 'actual'", fix)
    year = read_year(year, "panel, year")
    row = _cells(indicator, kind, find_area(area, panel), year, panel).iloc[0].to_dict()
    found = ask(
        "select path, sha256 from reports where report = ? and used = 'yes'",
        row["report"],
        panel=panel,
    )
    return Cell(row, found.path.item(), found.sha256.item())
