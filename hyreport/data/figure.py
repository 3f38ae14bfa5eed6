"""One printed figure, with everything that the print says about it."""

from dataclasses import dataclass, fields, replace
from decimal import Decimal

import numpy as np
import pandas as pd

from hyreport.data.ids import qualify
from hyreport.errors import UnknownNameError, nearest, say_found
from hyreport.numbers.computed import Computed, read_decimal
from hyreport.numbers.operators import Interval
from hyreport.numbers.rounding import as_printed
from hyreport.numbers.writing import say_interval, with_unit
from hyreport.words.codes import CODES, say_status
from hyreport.words.language import in_use
from hyreport.words.phrases import speak

__all__ = ["Figure", "pick"]


# What to do with a name that is like no id: it may be words.
BY_WORDS = "type hy.find('...') with words of it, such as tax or 税收"


@dataclass(frozen=True, repr=False, eq=False)
class Figure(Interval):
    """One printed figure; every attribute but the last is a column of the figures table.

    `value`, `low` and `high` are exact decimals in the printed unit, None where an end is open.
    `report` is the report that prints it; blank for a figure of a table without one.
    """

    figure_id: str
    name_en: str
    name_zh: str
    subject_zh: str
    as_printed: str
    value: Decimal
    low: Decimal | None
    high: Decimal | None
    decimals: int
    unit: str
    unit_zh: str
    unit_base: str
    value_base: Decimal
    qualifier: str
    hedge: str
    period: str
    role: str
    obs_status: str
    basis: str
    area: str
    section: str
    paragraph: int
    char_start: int
    char_end: int
    indicator: str
    theme: str
    measure: str
    group_id: str
    reach: str
    read_by: str
    note: str
    doubt: str
    report: str = ""

    @property
    def id(self) -> str:
        """The figure's name with its report before it."""
        return qualify(self.figure_id, self.report)

    @property
    def interval(self) -> str:
        """What the print allows, in words and in the printed unit."""
        return say_interval(self.low, self.high)

    def to(self, unit: str) -> Computed:
        """Return the printed number in another unit, exactly, with what the print allows.

        Parameters
        ----------
        unit : str
            In English or Chinese, such as billion yuan, 万元 or million persons.

        Raises
        ------
        IntervalError
            Where the unit measures something else, as percentage points beside percent.

        Examples
        --------
        >>> import hyreport as hy
        >>> print(hy.figure("gdp.level.2017").to("billion yuan"))
        319.3 [319.25, 319.35] billion yuan = 3193亿元
        """
        return replace(as_printed(self), formula=self.as_printed).to(unit)

    def describe(self) -> dict[str, str]:
        """Return the lines of the card: heading and text, without those that say nothing."""
        wording = [CODES["qualifier"][self.qualifier].short]
        wording += [CODES["hedge"][self.hedge].en] if self.hedge else []
        status = f"{say_status(self.obs_status)} ({self.obs_status})" if self.obs_status else ""
        lines = {
            "Printed": f"{self.subject_zh} {self.as_printed}",
            "Value": with_unit(str(self.value), self.unit),
            "Print allows": self.interval,
            "Wording": ", ".join(wording),
            "Period, area": f"{self.period}, {self.area.replace('_', ' ')}",
            "Role": self.role.replace("_", " "),
            "Status": status,
            "Basis": self.basis.replace("_", " "),
            "Reach": CODES["reach"][self.reach].short if self.reach else "",
            "Read": CODES["read"][self.read_by].short if self.read_by else "",
            "Place": f"section {self.section}, paragraph {self.paragraph}, "
            f"characters {self.char_start} to {self.char_end}",
            "Note": self.note,
            "Doubt": self.doubt,
        }
        return {heading: text for heading, text in lines.items() if text}

    def __str__(self) -> str:
        """Say all that the print says, a line for each part, in the language in use."""
        name, colon = (self.name_en, ": ") if in_use() == "en" else (self.name_zh, "：")
        lines = [f"{speak(term)}{colon}{speak(text)}" for term, text in self.describe().items()]
        return "\n".join([f"{name} ({self.figure_id})", *lines])

    __repr__ = __str__


def pick(figures: pd.DataFrame, figure_id: str) -> Figure:
    """Return one row of a figures table as a Figure of the report that the table is of.

    Parameters
    ----------
    figures : DataFrame
        As `load_figures` gives it, or rows of it.
    figure_id : str
        Identifier as in the table.

    Returns
    -------
    Figure

    Raises
    ------
    UnknownNameError
        Where the table has no such row; the message names the nearest ones.

    Examples
    --------
    >>> import hyreport as hy
    >>> pick(hy.load_figures(), "gdp.growth.2017").value
    Decimal('8.5')
    """
    places = np.flatnonzero(figures["figure_id"] == str(figure_id))
    if not len(places):
        raise UnknownNameError(
            "figure",
            say_found(figure_id),
            "one of load_figures().figure_id",
            nearest(str(figure_id), figures["figure_id"], otherwise=BY_WORDS),
        )
    row = figures.iloc[places[0]]
    typed = {field.name: row[field.name] for field in fields(Figure) if field.name in row}
    for name in ("value", "low", "high", "value_base"):
        typed[name] = read_decimal(row[name])
    return Figure(**typed, report=getattr(figures, "report", ""))
