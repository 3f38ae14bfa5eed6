"""The floors of the library: a folder imports only from those below it, but for those named.

Every import counts, those inside functions too.
"""

import ast

from hyreport.paths import PACKAGE

# From the ground up; those that share a floor do not know each other.
FLOORS = (
    ("errors",),
    ("paths",),
    ("words", "console"),
    ("numbers",),
    ("data",),
    ("build", "text", "themes", "lab", "teach"),
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
    for path in PACKAGE.rglob("*.py"):
        own = path.relative_to(PACKAGE).with_suffix("").parts[0]
        if own == "__init__":
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
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
