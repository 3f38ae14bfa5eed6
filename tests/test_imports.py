"""The floors of the library: a folder imports only from those below it, but for those named.

Every import counts, those inside functions too.
"""

import ast
import re
from functools import cache
from graphlib import TopologicalSorter

from hyreport.panel import make
from hyreport.paths import PACKAGE

# From the ground up; those that share a floor do not know each other.
FLOORS = (
    ("errors",),
    ("paths",),
    ("words",),
    ("numbers",),
    ("data",),
    ("build", "text", "themes", "lab", "teach"),
    ("draft",),
    ("panel",),
    ("studies", "publish"),
    ("verify",),
    ("cli",),
    ("__main__",),
)
FLOOR = {name: height for height, names in enumerate(FLOORS) for name in names}
# Still upward or sideways, each with what will end it.
STILL = {}


def read_imports() -> set[tuple[str, str]]:
    """Return which folder or module of the library imports from which other."""
    found = set()
    for name, nodes in read_modules().items():
        if name == "hyreport":
            continue
        own = name.split(".")[1]
        for node in nodes:
            for module in _modules(node):
                other = module.split(".")[1]
                if other != own and other in FLOOR:
                    found.add((own, other))
    return found


def _modules(node) -> list[str]:
    if isinstance(node, ast.ImportFrom) and node.module == "hyreport":
        return [f"hyreport.{name.name}" for name in node.names]
    if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("hyreport."):
        return [node.module]
    if isinstance(node, ast.Import):
        return [name.name for name in node.names if name.name.startswith("hyreport.")]
    return []


def test_every_folder_has_its_floor():
    here = {path.stem for path in PACKAGE.iterdir() if path.suffix == ".py" or path.is_dir()}
    assert here - {"assets", "__pycache__", "__init__"} == set(FLOOR)


def test_imports_lead_downwards_but_for_those_named():
    assert {(own, other) for own, other in read_imports() if FLOOR[own] <= FLOOR[other]} == set(
        STILL
    )


def test_an_import_inside_a_function_counts():
    tree = ast.parse(
        "def f():\n    from hyreport.data.load import figure\n    import hyreport.text"
    )
    assert [name for node in ast.walk(tree) for name in _modules(node)] == [
        "hyreport.data.load",
        "hyreport.text",
    ]


@cache
def read_modules() -> dict[str, list[ast.AST]]:
    """Return all nodes of every module of the library by its dotted name."""
    found = {}
    for path in PACKAGE.rglob("*.py"):
        name = ".".join(["hyreport", *path.relative_to(PACKAGE).with_suffix("").parts])
        nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        found[name.removesuffix(".__init__")] = [*nodes]
    return found


def test_no_modules_import_one_another_in_a_circle():
    modules = read_modules()
    graph = TopologicalSorter()
    for module, nodes in modules.items():
        for node in nodes:
            for name in _modules(node):
                # `from package import module` names the module, else the package itself.
                named = [f"{name}.{alias.name}" for alias in getattr(node, "names", [])]
                used = [each for each in named if each in modules] or [name]
                graph.add(module, *(each for each in used if each in modules and each != module))
    graph.prepare()  # raises CycleError


def test_what_makes_a_panel_is_among_its_rules():
    modules, reached, left = read_modules(), set(), {make.__name__}
    while left:
        reached |= left
        named = {name for module in left for node in modules[module] for name in _modules(node)}
        left = (named & modules.keys()) - reached
    paths = {f"{name.removeprefix('hyreport.').replace('.', '/')}.py" for name in reached}
    # These say what is wrong and where files lie; nothing that is read hangs on them.
    beside = {"errors.py", "paths.py", "panel/duck.py"}
    assert {path for path in paths if not path.startswith(make.RULES)} == beside


def test_only_four_modules_lie_flat():
    flat = {path.stem for path in PACKAGE.glob("*.py")} - {"__init__"}
    assert flat == {"errors", "paths", "cli", "__main__"}


YEAR_OR_PLACE = re.compile(
    r"(?<![\d.])(?:19|20)\d\d(?!\d)|4304\d\d|衡阳|湖南|hengyang|hunan", re.IGNORECASE
)
NO_YEAR = {
    ("hyreport.build.raw", "a-z, 0-9, as in place-2018"): "what an id looks like",
    ("hyreport.draft.facts", 1993): "the year of the first session of a provincial congress",
    ("hyreport.panel.make", 1990): "the first year whose reports have the headline indicators",
    ("hyreport.build.workbook", 1980): "the day that a file in a ZIP has at the earliest",
}


def test_only_a_study_names_years_and_places():
    for module, nodes in read_modules().items():
        if module.startswith("hyreport.studies"):
            continue
        docstrings = {
            node.body[0].value
            for node in nodes
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
            and ast.get_docstring(node) is not None
        }
        for node in nodes:
            if isinstance(node, ast.Constant) and node not in docstrings:
                text = re.sub(r"\\u[0-9a-f]{4}", "", str(node.value))  # a character, no year
                found = YEAR_OR_PLACE.search(text)
                assert not found or (module, node.value) in NO_YEAR, f"{module}: {node.value!r}"
            name = getattr(node, "name", None) or getattr(node, "id", None) or ""
            assert not re.search(r"(?:19|20)\d\d", str(name)), f"{module}: {name}"


def test_prose_of_docstrings_names_no_place():
    for module, nodes in read_modules().items():
        if module.startswith("hyreport.studies"):
            continue
        for node in nodes:
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
                text = (ast.get_docstring(node) or "").split(">>>")[0]
                assert not re.search("Hengyang|Hunan|衡阳|湖南", text), f"{module}: {text[:80]}"


def test_nothing_leans_on_what_optimised_python_drops():
    for module, nodes in read_modules().items():
        for node in nodes:
            assert not isinstance(node, ast.Assert), f"{module}, line {node.lineno}"
            names = getattr(node, "id", ""), getattr(node, "attr", "")
            assert "__doc__" not in names, f"{module}, line {node.lineno}"
