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
from hyreport.paths import PACKAGE, default_report
from hyreport.teach.answers import ASKED_UNITS
from hyreport.words.tables import read_text

__all__ = ["TypedTask", "read_parts"]


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
    points: NotRequired[int]
    decimals: NotRequired[int]
    below: NotRequired[str]
    above: NotRequired[str]
    sign_is_said: NotRequired[bool]


class ChoiceTask(TypedDict):
    """A task whose answer is one of several words."""

    kind: str
    right: str | list[Case]
    hint: str
    because: str
    points: NotRequired[int]
    options: dict[str, list[str]]
    hints: dict[str, str]
    wanted: NotRequired[str]


TYPES = {str: "text", int: "a whole number", bool: "true or false", list: "a list", dict: "a table"}
KINDS = {"number": NumberTask, "choice": ChoiceTask}


@dataclass(frozen=True, eq=False)
class TypedTask:
    """A task as a person typed it: where it stands, the short names there, and its keys.

    One is equal to itself alone: a file is read once for each content.
    """

    place: str
    names: Mapping[str, str]
    keys: Mapping[str, Any]


def read_parts(report_id: str | None = None) -> dict[str, dict[str, TypedTask]]:
    """Read the tasks of a report's study, part by part.

    Parameters
    ----------
    report_id : str, optional
        The report, by default the suite's; its study has the same name with `_` for `-`.

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
    report_id = default_report() if report_id is None else report_id
    folder = STUDIES / report_id.replace("-", "_") / "tasks"
    files = tuple((path.name, read_text(path)) for path in sorted(folder.glob("*.toml")))
    if not files:
        known = {path.parts[-3].replace("_", "-") for path in STUDIES.glob("*/tasks/*.toml")}
        expected = f"a report whose study has tasks, {' or '.join(sorted(known))}"
        fix = f"write them in hyreport/studies/{folder.parent.name}/tasks/one.toml"
        raise UnknownNameError("tasks", f"none of the report {report_id!r}", expected, fix)
    return _read_files(files)


@lru_cache(maxsize=8)
def _read_files(files: tuple[tuple[str, str], ...]) -> dict[str, dict[str, TypedTask]]:
    """Read files once for each content."""
    parts: dict[str, dict[str, TypedTask]] = {}
    for _, part, tasks in sorted(_read_file(file, text) for file, text in files):
        for task, typed in tasks.items():
            if any(task in other for other in parts.values()):
                raise HyreportError(typed.place, "a task of another part too", "each task once")
        parts[part] = tasks
    return parts


def _read_file(file: str, text: str) -> tuple[int, str, dict[str, TypedTask]]:
    """Return a part's place, its name and its tasks."""
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise HyreportError(file, str(error), "valid TOML") from None
    place, names = tables.pop("place", None), tables.pop("names", {})
    check_shape(place, int, f"{file}, place")
    check_shape(names, dict[str, str], f"{file}, names")
    for name, figure in names.items():
        if not NAME.fullmatch(figure):
            expected = "one [figure id] or {outside figure id}"
            raise HyreportError(f"{file}, names, {name}", repr(figure), expected)
    for task, keys in tables.items():
        kind = keys.get("kind") if isinstance(keys, dict) else None
        if kind not in [*KINDS]:
            expected = f"kind = {' or '.join(map(repr, KINDS))}"
            raise HyreportError(f"{file}, {task}", repr(kind or keys), expected)
        check_shape(keys, KINDS[kind], f"{file}, {task}")
        unit = keys.get("unit", ASKED_UNITS[0])
        if unit not in ASKED_UNITS:
            expected, fix = f"one of {', '.join(ASKED_UNITS)}", nearest(unit, ASKED_UNITS)
            raise HyreportError(f"{file}, {task}, unit", repr(unit), expected, fix)
    tasks = {task: TypedTask(f"{file}, {task}", names, keys) for task, keys in tables.items()}
    return place, file.removesuffix(".toml"), tasks


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
        found, fix = ("nothing", "add it") if value is None else (repr(value), "correct it")
        raise HyreportError(place, found, " or ".join(TYPES[one] for one in plain), fix)
    kind = plain[type(value)]
    if is_typeddict(kind):
        known = get_type_hints(kind)
        for key in [*value, *sorted(kind.__required_keys__ - value.keys())]:
            if key not in known:
                fix = nearest(key, known, otherwise="leave it out")
                raise HyreportError(place, f"the key {key!r}", ", ".join(known), fix)
            check_shape(value.get(key), known[key], f"{place}, {key}")
    elif isinstance(value, dict | list):
        for key, one in value.items() if isinstance(value, dict) else enumerate(value, start=1):
            check_shape(one, get_args(kind)[-1], f"{place}, {key}")
