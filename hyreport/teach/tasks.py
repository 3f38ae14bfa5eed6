"""The tasks of a study as people type them in TOML: read, and checked key by key.

They are the files of `hyreport/studies/<report id with _>/tasks`, one a part; the first of them
says how they are written.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import UnionType
from typing import Any, NotRequired, TypedDict, get_args, get_origin, get_type_hints, is_typeddict

from hyreport.data.formulas import NAME
from hyreport.errors import HyreportError, UnknownNameError, nearest
from hyreport.paths import PACKAGE
from hyreport.teach.answers import ASKED_UNITS
from hyreport.words.tables import read_text

STUDIES = PACKAGE / "studies"


class Mistake(TypedDict):
    """What a common mistake leads to, and what is said of it."""

    formula: str
    says: str
    decimals: NotRequired[int]


class Case(TypedDict):
    """An option, and when it is right."""

    option: str
    when: NotRequired[str]


class NumberTask(TypedDict):
    """A task whose answer is a number."""

    kind: str
    right: str
    unit: str
    hint: str
    because: str
    working: str
    mistakes: list[Mistake]
    decimals: NotRequired[int]
    sides: NotRequired[list[str]]
    sign_is_said: NotRequired[bool]


class ChoiceTask(TypedDict):
    """A task whose answer is one of several words."""

    kind: str
    right: str | list[Case]
    because: str
    options: dict[str, list[str]]
    hints: dict[str, str]
    wanted: NotRequired[str]


KINDS = {"number": NumberTask, "choice": ChoiceTask}


@dataclass(frozen=True, eq=False)
class Typed:
    """A task as a person typed it: where it stands, the short names there, and its keys.

    One is equal to itself alone: a file is read once for each content.
    """

    place: str
    names: Mapping[str, str]
    keys: Mapping[str, Any]


def read_parts(report_id: str) -> dict[str, dict[str, Typed]]:
    """Read the tasks of a report's study, part by part.

    Parameters
    ----------
    report_id : str
        The report; its study has the same name with `_` for `-`.

    Returns
    -------
    dict
        Part: its tasks by name, both in their order.

    Raises
    ------
    UnknownNameError
        Where the report has no study with tasks.
    HyreportError
        For a file that is no TOML, or a key that is missing, unknown or of another kind; the
        message names file, task and key.

    Examples
    --------
    >>> parts = read_parts("hengyang-2018")
    >>> [*parts], [*parts["six"]][0]
    (['one', 'two', 'three', 'four', 'five', 'six'], 'not_yet_public')
    """
    folder = STUDIES / report_id.replace("-", "_") / "tasks"
    files = tuple((path.name, read_text(path)) for path in sorted(folder.glob("*.toml")))
    if not files:
        known = sorted(path.parent.parent.name for path in STUDIES.glob("*/tasks/one.toml"))
        expected = f"a report whose study has tasks ({', '.join(known)})"
        fix = f"write them in hyreport/studies/{folder.parent.name}/tasks/one.toml"
        raise UnknownNameError("tasks", f"none of the report {report_id!r}", expected, fix)
    return _read_files(files)


@lru_cache(maxsize=8)
def _read_files(files: tuple[tuple[str, str], ...]) -> dict[str, dict[str, Typed]]:
    """Read files once for each content."""
    parts, places, owners = {}, {}, {}
    for file, text in files:
        part = file.removesuffix(".toml")
        places[part], parts[part] = _read_file(file, text)
        for task, typed in parts[part].items():
            if owners.setdefault(task, file) != file:
                expected = "each task once in all parts"
                raise HyreportError(typed.place, f"a task that {owners[task]} has", expected)
    return {part: parts[part] for part in sorted(parts, key=places.get)}


def _read_file(file: str, text: str) -> tuple[int, dict[str, Typed]]:
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise HyreportError(file, str(error), "valid TOML") from None
    place, names = (tables.pop(key, None) for key in ("place", "names"))
    check_shape(place, int, f"{file}, place")
    check_shape(names, dict[str, str], f"{file}, names")
    for name, figure in names.items():
        if not NAME.fullmatch(figure):
            expected = "one [figure id] or {outside figure id}"
            raise HyreportError(f"{file}, names, {name}", repr(figure), expected)
    for task, keys in tables.items():
        kind = keys.get("kind") if isinstance(keys, dict) else None
        if kind not in KINDS:
            raise HyreportError(f"{file}, {task}, kind", repr(kind), f"one of {', '.join(KINDS)}")
        check_shape(keys, KINDS[kind], f"{file}, {task}")
        unit = keys.get("unit", ASKED_UNITS[0])
        if unit not in ASKED_UNITS:
            expected, fix = f"one of {', '.join(ASKED_UNITS)}", nearest(unit, ASKED_UNITS)
            raise HyreportError(f"{file}, {task}, unit", repr(unit), expected, fix)
    return place, {task: Typed(f"{file}, {task}", names, keys) for task, keys in tables.items()}


def check_shape(value: Any, kind: Any, place: str) -> None:
    """Raise HyreportError unless a value is of the type that its key must have.

    >>> check_shape({"formula": "gdp", "say": ""}, Mistake, "one.toml, gdp_in_billion, mistakes, 1")
    Traceback (most recent call last):
        ...
    hyreport.errors.HyreportError: one.toml, gdp_in_billion, mistakes, 1: found the key 'say',
    expected formula, says, decimals. To fix: did you mean says?
    """
    kinds = get_args(kind) if isinstance(kind, UnionType) else (kind,)
    plain = {dict if is_typeddict(one) else get_origin(one) or one: one for one in kinds}
    if type(value) not in plain:
        names = {str: "text", int: "a whole number", list: "a list", dict: "a table"}
        expected = " or ".join(names.get(one, "true or false") for one in plain)
        found = "nothing" if value is None else repr(value)
        raise HyreportError(place, found, expected)
    kind = plain[type(value)]
    if is_typeddict(kind):
        known = get_type_hints(kind)
        for key in [key for key in value if key not in known]:
            fix = nearest(key, known, otherwise="leave it out")
            raise HyreportError(place, f"the key {key!r}", ", ".join(known), fix)
        for key in known:
            if key in value or key in kind.__required_keys__:
                check_shape(value.get(key), known[key], f"{place}, {key}")
    elif isinstance(value, dict | list):
        for key, one in value.items() if isinstance(value, dict) else enumerate(value, start=1):
            check_shape(one, get_args(kind)[-1], f"{place}, {key}")
