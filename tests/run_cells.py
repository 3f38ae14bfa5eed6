"""Runs a notebook's cells in plain Python, in order, with the packages of the core alone.

As a program: each notebook named, the last expression of a cell shown as JupyterLab shows it.
"""

import ast
import json
import re
import sys
from importlib import metadata
from pathlib import Path


def list_core() -> set[str]:
    """Return the installed packages that the library asks for without an extra, and theirs."""
    pyproject = Path(__file__).resolve().parent.parent / "pyproject.toml"
    text = pyproject.read_text(encoding="utf-8")
    (lines,) = re.findall(r"^dependencies = \[\n(.*?)^\]", text, re.M | re.S)
    needs = {normal(each.name): each.requires or [] for each in metadata.distributions()}
    found, asked = set(), re.findall(r'^ +"([\w.-]+)', lines, re.M)
    while asked:
        name = asked.pop()
        if name in needs.keys() - found:
            found.add(name)
            asked += [normal(need) for need in needs[name] if "extra ==" not in need]
    return found


def normal(need: str) -> str:
    """Return the name in a requirement, as packages are compared by name."""
    return re.sub(r"[-_.]+", "-", re.match(r"[\w.-]+", need)[0]).lower()


def forget_all_but_core() -> list[str]:
    """Let no import find a package that is not in the core; return what is hidden."""
    core = list_core()
    homes = metadata.packages_distributions()
    hidden = {name for name, homes_of in homes.items() if not core & set(map(normal, homes_of))}
    hidden -= sys.stdlib_module_names | {"hyreport"}
    sys.modules.update(dict.fromkeys(hidden - sys.modules.keys()))
    return sorted(hidden)


def run_cells(path: Path) -> int:
    """Run the code cells of a notebook but for JupyterLab's own; return how many there were."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    cells = [cell for cell in cells if "lab" not in cell["metadata"].get("tags", ())]
    sources = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    namespace = {"__name__": "__main__"}
    for place, source in enumerate(sources, start=1):
        tree = ast.parse(source)
        ends = tree.body and isinstance(tree.body[-1], ast.Expr)
        last = ast.Expression(tree.body.pop().value) if ends else None
        where = f"{path.name}, code cell {place}"
        exec(compile(tree, where, "exec"), namespace)
        shown = eval(compile(last, where, "eval"), namespace) if last else None
        if hasattr(shown, "_repr_html_"):
            shown._repr_html_()
        repr(shown)
    return len(sources)


if __name__ == "__main__":
    hidden = forget_all_but_core()
    for name in sys.argv[1:]:
        print(f"{Path(name).name}: {run_cells(Path(name))} cells", file=sys.stderr)
    print(*hidden)
