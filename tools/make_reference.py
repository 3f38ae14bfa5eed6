"""Writes docs/reference.md, the public names of hyreport, from their docstrings.

    .venv/bin/python tools/make_reference.py

The same sources give the same bytes; a test compares.
"""

import ast
import inspect
import re
import textwrap
from collections.abc import Iterator
from pathlib import Path
from types import FunctionType, ModuleType

import hyreport
from hyreport.paths import ROOT

TARGET = ROOT / "docs" / "reference.md"
HEAD = """# Reference

The public names of `import hyreport as hy`, made by `tools/make_reference.py` from their
docstrings. Modules hold what the themes and exercises offer, classes are what functions return.
"""
NAMED = ("Parameters", "Attributes", "Returns", "Raises")  # lists of names and their meanings


def list_names() -> dict[str, dict]:
    """Return what is public by its full name: functions, then those of each module, then classes.

    What two modules offer is listed under the first.
    """
    found = {name: getattr(hyreport, name) for name in hyreport.__all__}
    groups = {"hy": {f"hy.{name}": item for name, item in found.items() if is_ours(item)}}
    known = list(groups["hy"].values())
    for name, module in list_modules("hy", hyreport):
        parts = {f"{name}.{part}": item for part, item in public_parts(module)}
        groups[name] = {key: item for key, item in parts.items() if item not in known}
        known += groups[name].values()
    returned = {kind.__name__: kind for item in known for kind in returned_classes(item)}
    groups["Classes"] = {name: returned[name] for name in sorted(returned)}
    return groups


def list_modules(name: str, module: ModuleType) -> Iterator[tuple[str, ModuleType]]:
    """Yield the modules that a module offers, and those that they offer, each by its full name."""
    for part in getattr(module, "__all__", ()):
        item = getattr(module, part)
        if isinstance(item, ModuleType):
            yield f"{name}.{part}", item
            yield from list_modules(f"{name}.{part}", item)


def is_ours(item) -> bool:
    """Say whether something is a function or a class of the library."""
    whole = inspect.unwrap(item)
    return isinstance(whole, FunctionType | type) and whole.__module__.startswith("hyreport")


def public_parts(module: ModuleType) -> Iterator[tuple[str, object]]:
    """Yield the functions and classes that a module offers."""
    for name in getattr(module, "__all__", vars(module)):
        item = getattr(module, name)
        own = hasattr(module, "__all__") or getattr(item, "__module__", "") == module.__name__
        if own and is_ours(item) and not name.startswith("_"):
            yield name, item


def parse(item) -> ast.FunctionDef | ast.ClassDef:
    """Return the source of a function or class, parsed."""
    return ast.parse(textwrap.dedent(inspect.getsource(inspect.unwrap(item)))).body[0]


def returned_classes(item) -> Iterator[type]:
    """Yield the classes of the library that a function says it returns."""
    node = parse(item)
    if isinstance(node, ast.FunctionDef) and node.returns:
        names = vars(inspect.getmodule(inspect.unwrap(item)))
        for part in ast.walk(node.returns):
            kind = names.get(getattr(part, "id", None))
            if isinstance(kind, type) and is_ours(kind):
                yield kind


def signature(name: str, item) -> str:
    """Return how a function is called, as its source says it: no value or path of this machine."""
    node = parse(item)
    if isinstance(node, ast.ClassDef):
        made = [part for part in node.body if getattr(part, "name", "") == "__init__"]
        fields = [part for part in node.body if isinstance(part, ast.AnnAssign)]
        if not made:
            return f"{name}({', '.join(map(ast.unparse, fields))})"
        node = made[0]
    arguments = re.sub(r"^self(, )?", "", ast.unparse(node.args))
    returns = f" -> {ast.unparse(node.returns)}" if node.returns else ""
    return f"{name}({arguments}){returns}"


def sections(item) -> Iterator[tuple[str, str]]:
    """Yield the parts of a docstring: what comes first under no heading, then each section."""
    text = inspect.getdoc(item) or ""
    heading, *rest = re.split(r"^(\w[\w ]*)\n-{3,}\n", text, flags=re.MULTILINE)
    yield "", heading.strip()
    yield from ((name, body.strip("\n")) for name, body in zip(rest[::2], rest[1::2], strict=True))


def render_text(text: str) -> list[str]:
    """Return paragraphs as lines of their own, examples as code."""
    lines = []
    for block in re.split(r"\n\s*\n", text.strip("\n")):
        if not block.lstrip().startswith(">>>"):
            lines += ["", " ".join(block.split())]
        elif lines and lines[-1] == "```":
            lines[-1:] = ["", *block.splitlines(), "```"]
        else:
            lines += ["", "```pycon", *block.splitlines(), "```"]
    return lines


def render_named(text: str) -> list[str]:
    """Return a list of names, each with its kind and meaning."""
    lines = [""]
    for line in textwrap.dedent(text).splitlines():
        name, colon, kind = line.partition(" : ")
        if line.startswith(" "):
            lines[-1] += f" {line.strip()}"
        elif line.strip():
            lines.append(f"- `{name}`" + (f" ({kind})" if colon else "") + ":")
    return [line.removesuffix(":") for line in lines]


def render_entry(name: str, item) -> list[str]:
    """Return the entry of one function or class."""
    source = Path(inspect.getsourcefile(inspect.unwrap(item))).relative_to(ROOT).as_posix()
    lines = ["", f"### {name}", "", "```python", signature(name, item), "```"]
    for heading, body in sections(item):
        lines += ["", f"**{heading}**"] if heading else []
        lines += render_named(body) if heading in NAMED else render_text(body)
        lines += [] if heading else ["", f"Source: [{source}](../{source})"]
    parts = vars(item).values() if isinstance(item, type) else ()
    methods = [part for part in parts if is_method(part)]
    lines += ["", "**Methods**", ""] if methods else []
    return lines + [f"- `{signature(part.__name__, part)}`: {summary(part)}" for part in methods]


def is_method(item) -> bool:
    """Say whether a part of a class is a method that anyone may call."""
    return isinstance(item, FunctionType) and not item.__name__.startswith("_")


def summary(item) -> str:
    """Return the first line of a docstring, or its first lines where it is wrapped."""
    return " ".join(next(sections(item))[1].split("\n\n")[0].split())


def anchor(name: str) -> str:
    """Return a link to the entry of a name, as Markdown readers derive it from the heading."""
    return f"[`{name}`](#{re.sub(r'[^a-z0-9_-]', '', name.lower())})"


def make_reference() -> str:
    """Return the page: a table of all names, then an entry for each."""
    index, entries = [HEAD.rstrip()], []
    modules = dict(list_modules("hy", hyreport))
    for group, items in list_names().items():
        words = summary(modules[group]) if group in modules else ""
        title = "Functions" if group == "hy" else group
        index += ["", f"**{title}** {words}".rstrip(), ""]
        index += ["| name | what it does |", "| --- | --- |"]
        entries += ["", f"## {title}", ""]
        for name, item in items.items():
            index.append(f"| {anchor(name)} | {summary(item).replace('|', chr(92) + '|')} |")
            entries += render_entry(name, item)
    lines = re.sub(r"\n{3,}", "\n\n", "\n".join([*index, *entries]))
    return lines.rstrip() + "\n"


if __name__ == "__main__":
    TARGET.write_text(make_reference(), encoding="utf-8", newline="\n")
