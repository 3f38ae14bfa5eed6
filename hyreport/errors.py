"""The few errors a user can meet; each names place, what was found, what was expected, the fix."""

from collections.abc import Callable, Iterable, Sequence
from difflib import get_close_matches

__all__ = [
    "BasisError",
    "DayError",
    "HyreportError",
    "IntervalError",
    "LeakError",
    "RawDataError",
    "RenderError",
    "StaleTextError",
    "UnknownNameError",
    "nearest",
    "say_found",
    "together",
]


MESSAGE = "{place}: found {found}, expected {expected}."
FIX = " To fix: {fix}"
PARTS = ("place", "found", "expected", "fix")


class HyreportError(Exception):
    """Any fault the library explains in its own words; the command line shows it in one line.

    Parameters
    ----------
    place : str
        Where it happened: a file and row, a notebook and cell, a function.
    found : str
        What stands there.
    expected : str
        What should stand there.
    fix : str, optional
        What the reader can do about it.

    Examples
    --------
    >>> print(HyreportError("figures.csv, row 7", "unit 亿园", "one of units.csv", "correct it"))
    figures.csv, row 7: found unit 亿园, expected one of units.csv. To fix: correct it
    """

    # How a part is said in the language in use: put here by what knows the languages.
    tell: Callable[[str], str] = staticmethod(str)

    def __init__(self, place: str, found: str, expected: str, fix: str = ""):
        super().__init__(place, found, expected, fix)
        self.place, self.found, self.expected, self.fix = place, found, expected, fix

    def __str__(self) -> str:
        """Say it in one line, in the language in use."""
        frame = MESSAGE + FIX if self.fix else MESSAGE
        return self.tell(frame).format_map(
            {part: self.tell(str(getattr(self, part))) for part in PARTS}
        )


class RawDataError(HyreportError):
    """A fault in data/raw; the build stops and leaves data/processed untouched."""


class UnknownNameError(HyreportError, KeyError):
    """A figure, indicator or report that does not exist; the nearest names are in the message."""

    __str__ = HyreportError.__str__


class IntervalError(HyreportError, ValueError):
    """An interval that cannot be computed from what is printed."""


class RenderError(HyreportError):
    """A notebook that did not run to its end, or an artifact that may not be kept."""


class StaleTextError(RenderError):
    """Numbers in the text that no longer hold; the artifacts are written, and mark each."""


class BasisError(HyreportError, ValueError):
    """Two figures that must not be combined: another basis, another revenue, another year."""


class DayError(HyreportError, ValueError):
    """A day or a year that does not exist, or is not written YYYY-MM-DD or YYYY."""


class LeakError(HyreportError, ValueError):
    """A figure from after the day of the forecast that is to be made with it."""


def nearest(
    name: str, names: Iterable[str], *, otherwise: str = "look at the table's first column"
) -> str:
    """Suggest the names most like the one asked for.

    >>> nearest("gdp.grwth", ["gdp.growth", "trade"])
    'did you mean gdp.growth?'
    """
    close = get_close_matches(str(name), list(names), n=3, cutoff=0.4)
    return f"did you mean {' or '.join(close)}?" if close else otherwise


def say_found(found: object) -> str:
    """Say in one line what was given in place of a name.

    >>> say_found("gdp.grwth"), say_found(2017), say_found(["a"])
    ("'gdp.grwth'", '2017', 'an object of type list')
    """
    short = isinstance(found, str | int | float)
    return repr(found) if short else f"an object of type {type(found).__name__}"


def together(faults: Sequence[Exception]) -> Exception:
    """Return the first of several errors, with the others as its notes."""
    for other in faults[1:]:
        for words in (str(other), *getattr(other, "__notes__", ())):
            faults[0].add_note(words)
    return faults[0]
