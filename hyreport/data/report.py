"""One report in hand: its facts, its tables, and how one figure of them is found."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from hyreport.data import load
from hyreport.data.facts import read_report
from hyreport.data.figure import Figure, pick
from hyreport.data.ids import FIRST_RELEASE, NAMED_BY, OUTSIDE, name_outside, qualify, split_id
from hyreport.errors import HyreportError, UnknownNameError, nearest
from hyreport.numbers.computed import ENDS, Computed, read_decimal
from hyreport.paths import PROCESSED, RAW, find_report, list_reports

__all__ = ["Report", "figure", "published"]

WHOLE_AREA = "whole_area"


class Report:
    """One report: its facts and tables, and the one figure that answers a question.

    Parameters
    ----------
    report_id : str, optional
        Folder of the report in data/raw and data/processed; the suite's default by default.

    Attributes
    ----------
    id, area : str
        Its name and its area, six digits of GB/T 2260.
    base_year, target_year : int
        The year that the report accounts for, and the one that it sets targets for.
    facts : dict
        All of report.toml.

    Raises
    ------
    UnknownNameError
        Where no report has this id.

    Notes
    -----
    Where several figures answer, an exact one stands before a bound, one of the whole area before
    one of a part, one of the year before one of a span; if more than one is left, that is an error
    which names them.

    Examples
    --------
    >>> report = Report("hengyang-2018")
    >>> report.actual("gdp.growth").as_printed, report.target("gdp.growth").as_printed
    ('8.5%', '8%以上')
    """

    def __init__(self, report_id: str | None = None):
        folder = find_report(report_id, RAW)
        self.id, self.facts = folder.name, read_report(folder / "report.toml")

    @classmethod
    def of(cls, facts: dict[str, Any], **tables: pd.DataFrame) -> "Report":
        """Make a report of tables in memory, without reading anything.

        Parameters
        ----------
        facts : dict
            As report.toml holds them: at least `id`, `ref_area`, `base_year`, `target_year`.
        **tables : DataFrame
            `figures`, `targets`, `reference` and others, as the loaders give them.

        Examples
        --------
        >>> import hyreport as hy
        >>> facts = Report("hengyang-2018").facts | {"id": "mine-2018"}
        >>> Report.of(facts, figures=hy.load_figures()).actual("gdp.growth").id
        'mine-2018:gdp.growth.2017'
        """
        report = cls.__new__(cls)
        report.id, report.facts = facts["id"], facts
        for name, table in tables.items():
            report.__dict__[name] = table
        return report

    def __repr__(self) -> str:
        """Name the report."""
        return f"Report({self.id!r})"

    @property
    def area(self) -> str:
        """The area it is about, six digits of GB/T 2260."""
        return self.facts["ref_area"]

    @property
    def base_year(self) -> int:
        """The year that the report accounts for."""
        return self.facts["base_year"]

    @property
    def target_year(self) -> int:
        """The year that it sets targets for."""
        return self.facts["target_year"]

    @property
    def reported(self) -> str:
        """The day on which the report was public, as YYYY-MM-DD; an error where none is known."""
        if "reported" not in self.facts:
            found = "no reported, the day on which the report was public"
            raise HyreportError(f"{self.id}/report.toml", found, "a day as YYYY-MM-DD", "add it")
        return str(self.facts["reported"])

    @cached_property
    def figures(self) -> pd.DataFrame:
        """The printed figures, as `load_figures` gives them."""
        return load.load_figures(self.id)

    @cached_property
    def targets(self) -> pd.DataFrame:
        """The targets with the figures they answer, as `load_targets` gives them."""
        return load.load_targets(self.id)

    @cached_property
    def goals(self) -> pd.DataFrame:
        """The aims that print no number, as `load_goals` gives them."""
        return load.load_goals(self.id)

    @cached_property
    def outcomes(self) -> pd.DataFrame:
        """The later figures that bear on targets, as `load_outcomes` gives them."""
        return load.load_outcomes(self.id)

    @cached_property
    def checks(self) -> pd.DataFrame:
        """The cross-checks with their results, as `load_checks` gives them."""
        return load.load_checks(self.id)

    @cached_property
    def neighbours(self) -> list["Report"]:
        """The other reports of the same area that are accepted and built, by base year."""
        names = {*list_reports(RAW)} & {*list_reports(PROCESSED)} - {self.id}
        found = [report for report in map(Report, sorted(names)) if report.area == self.area]
        return sorted(found, key=lambda report: report.base_year)

    @property
    def before(self) -> "Report | None":
        """The report that set the targets of this one's base year; None where none is at hand."""
        found = [other for other in self.neighbours if other.target_year == self.base_year]
        return found[0] if found else None

    @cached_property
    def reference(self) -> pd.DataFrame:
        """The outside figures, as `load_reference` gives them."""
        return load.load_reference(self.id)

    @cached_property
    def outside_ids(self) -> list[str]:
        """The id of each row of `reference`, as the report's own files have it."""
        rows = self.reference[NAMED_BY].to_dict("records")
        return [name_outside(row, self.area) for row in rows]

    def figure(self, figure_id: str) -> Figure:
        """Return a printed figure by its id.

        Parameters
        ----------
        figure_id : str
            Identifier as in the figures table.

        Raises
        ------
        UnknownNameError
            Where the report has no such figure; the message names the nearest ones.

        Examples
        --------
        >>> Report("hengyang-2018").figure("tax_share.total.2017").interval
        'from 71.55 to 71.65'
        """
        found = pick(self.figures, figure_id)
        return replace(found, report=self.id)

    def actual(self, indicator: str, year: int | None = None) -> Figure:
        """Return the figure that the report prints as the outcome of a year.

        Parameters
        ----------
        indicator : str
            Of the codebook, such as gdp.growth.
        year : int, optional
            The base year by default.

        Raises
        ------
        UnknownNameError
            Where no figure answers, or more than one.

        Examples
        --------
        >>> Report("hengyang-2018").actual("tax_share.local").as_printed
        '55.9%'
        """
        return self._one(indicator, "actual", year or self.base_year)

    def target(self, indicator: str, *, role: str = "target") -> Figure:
        """Return the figure that sets the target of the target year.

        Parameters
        ----------
        indicator : str
            Of the codebook.
        role : str
            target, or stretch_target for the higher aim beside it.

        Raises
        ------
        UnknownNameError
            Where no figure answers, or more than one.

        Examples
        --------
        >>> Report("hengyang-2018").target("gdp.growth", role="stretch_target").value
        Decimal('8.5')
        """
        return self._one(indicator, role, self.target_year)

    def _one(self, indicator: str, role: str, year: int) -> Figure:
        figures = self.figures
        asked = (figures["indicator"] == indicator) & (figures["role"] == role)
        rows = [figures.iloc[place] for place in np.flatnonzero(asked)]
        rows = [row for row in rows if row["period"].endswith(str(year))]
        preferred = {"qualifier": "exact", "area": WHOLE_AREA, "period": str(year)}
        for column, wanted in preferred.items():
            rows = [row for row in rows if row[column] == wanted] or rows
        if len(rows) == 1:
            return self.figure(rows[0]["figure_id"])
        raise UnknownNameError(
            f"{self.id}, {role.replace('_', ' ')} of {indicator} for {year}",
            ", ".join(row["figure_id"] for row in rows) or "no figure",
            "exactly one figure",
            "name it with report.figure(id)"
            if len(rows)
            else nearest(indicator, self.figures["indicator"].unique()),
        )

    def rows_outside(self, **wanted: str) -> pd.DataFrame:
        """Return the rows of `reference` whose columns hold what is wanted.

        Parameters
        ----------
        **wanted : str
            Columns and their cells; `ref_area` is the report's own unless another is named.

        Examples
        --------
        >>> Report("hengyang-2018").rows_outside(series="gdp", time_period="2017")["value"].tolist()
        [2921.52]
        """
        # As text, since a table read without care has numbers for areas and years.
        asked = [
            self.reference[column].astype(str) == cell
            for column, cell in ({"ref_area": self.area} | wanted).items()
        ]
        return self.reference[np.logical_and.reduce(asked)]

    def outside(self, series: str, period: int | str, **choices: str) -> Computed:
        """Return one outside figure with the interval of its print and its publication.

        Parameters
        ----------
        series : str
            As in the reference table.
        period : int or str
            A year, or a period as the table writes it; actuals only.
        **choices : str
            Further columns and what they must hold, such as `vintage="yearbook"`; `ref_area` is
            the report's own unless another is named.

        Returns
        -------
        Computed
            In the unit of the series; `formula` names the publication.

        Raises
        ------
        UnknownNameError
            Where not exactly one figure answers.

        Notes
        -----
        Without a vintage named, a first release stands back behind a later publication.

        Examples
        --------
        >>> print(Report("hengyang-2018").outside("local_budget_revenue", 2017).formula)
        published: China City Statistical Yearbook 2018, whole-city table
        """
        asked = {"time_period": str(period), "role": "actual"} | choices
        rows = self.rows_outside(series=series, **asked)
        if len(rows) > 1 and "vintage" not in choices:
            rows = rows[rows["vintage"] != FIRST_RELEASE]
        if len(rows) != 1:
            raise UnknownNameError(
                "reference",
                f"{len(rows)} figures for {series} {period}",
                "exactly one",
                nearest(series, self.reference["series"].unique()),
            )
        return self._published(rows.iloc[0])

    def number(self, name: str) -> Figure | Computed:
        """Return the printed or outside figure of an id, in the report that the id names.

        Parameters
        ----------
        name : str
            As `inputs` hold it: `gdp.growth.2017`, `reference:gdp.2017.yearbook`, or either with
            a report before it.

        Raises
        ------
        UnknownNameError
            Where there is no such figure; the message names the nearest ones.

        Examples
        --------
        >>> report = Report("hengyang-2018")
        >>> report.number("reference:gdp_growth_real.2018.yearbook").value
        Decimal('8.3')
        """
        report_id, own = split_id(name, self.id)
        if report_id != self.id:
            return Report(report_id).number(own)
        if not own.startswith(OUTSIDE):
            return self.figure(own)
        names = self.outside_ids
        if own not in names:
            raise UnknownNameError("reference", repr(own), "an outside figure", nearest(own, names))
        return self._published(self.reference.iloc[names.index(own)])

    def _published(self, row: pd.Series) -> Computed:
        ends: dict[str, Any] = {name: read_decimal(row[name]) for name in ENDS}
        return Computed(
            **ends,
            decimals=int(row["decimals"]),
            unit=row["unit"],
            formula=f"published: {row['source']}",
            inputs=(self.name_outside(row),),
            kind="published",
        )

    def name_outside(self, row: Mapping[str, str] | pd.Series) -> str:
        """Return the id of an outside figure, with the report before it.

        >>> report = Report("hengyang-2018")
        >>> report.name_outside(report.reference.iloc[0]).partition(":")[0]
        'hengyang-2018'
        """
        return qualify(name_outside(row, self.area), self.id)


def figure(figure_id: str, report_id: str | None = None, **former: Any) -> Figure:
    """Return one printed figure with its words, interval, place and doubts.

    Parameters
    ----------
    figure_id : str
        Identifier as in the figures table; `report:figure` names a report too.
    report_id : str, optional
        Folder of the report in data/processed; the suite's default report by default.

    Returns
    -------
    Figure
        `value`, `low`, `high` in the printed unit, with the place in the report they are from; a
        card in JupyterLab, text elsewhere.

    Raises
    ------
    UnknownNameError
        Where no figure has this id; the message names the nearest ones.

    Examples
    --------
    >>> figure("tax_share.total.2017").interval
    'from 71.55 to 71.65'
    >>> figure("hengyang-2018:gdp.growth.2017").as_printed
    '8.5%'
    """
    if former:
        raise HyreportError(
            f"hy.figure({figure_id!r}, ...)",
            ", ".join(f"{name}=" for name in former),
            "an id and a report",
            "hy.quote(id, FILE) returns the sentence of your own copy",
        )
    report_id, name = split_id(figure_id, report_id)
    return Report(report_id).figure(name)


def published(
    reference: pd.DataFrame, series: str, time_period: int | str, **choices: str
) -> Computed:
    """Return one outside figure of a loaded table, as `Report.outside` does.

    Parameters
    ----------
    reference : DataFrame
        As `load_reference` gives it, or rows of it.
    series : str
        As in the table.
    time_period : int or str
        A year, or a period as the table writes it; actuals only.
    **choices : str
        Further columns and what they must hold, such as `vintage="yearbook"`.

    Returns
    -------
    Computed
        In the unit of the series; `formula` names the publication.

    Raises
    ------
    UnknownNameError
        Where not exactly one figure answers.

    Examples
    --------
    >>> import hyreport as hy
    >>> print(published(hy.load_reference(), "gdp", "2017").value)
    2921.52
    """
    facts = Report(getattr(reference, "report", "") or None).facts
    return Report.of(facts, reference=reference).outside(series, time_period, **choices)
