"""What each module offers stands in its `__all__`, is there and is documented."""

import ast
from functools import cache
from importlib import import_module
from types import FunctionType, ModuleType

import hyreport
from hyreport.paths import PACKAGE

# Run alone as they are, and lead to nothing: the command line and what each kernel starts with.
RUN_ALONE = ("__main__.py", "recorder.py")


@cache
def list_modules() -> list[str]:
    """Return the modules that hold anything."""
    return [
        ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__")
        for path in sorted(PACKAGE.rglob("*.py"))
        if path.name not in RUN_ALONE and len(ast.parse(path.read_text(encoding="utf-8")).body) > 1
    ]


def test_every_module_that_holds_anything_says_what_it_offers():
    silent = [name for name in list_modules() if not hasattr(import_module(name), "__all__")]
    assert silent == [] and len(list_modules()) > 90


def test_each_module_that_hy_leads_to_says_what_it_offers():
    homes = {item.__module__ for item in offered(hyreport) if not isinstance(item, ModuleType)}
    homes |= {item.__name__ for item in offered(hyreport) if isinstance(item, ModuleType)}
    for theme in (hyreport.revenue, hyreport.targets, hyreport.growth):
        homes |= {item.__name__ for item in offered(theme) if isinstance(item, ModuleType)}
    assert sorted(homes - set(list_modules())) == [] and len(homes) > 12


def test_what_a_module_offers_is_there_once_and_documented():
    for name in list_modules():
        module = import_module(name)
        assert len(set(module.__all__)) == len(module.__all__) > 0, name
        assert [part for part in module.__all__ if part.startswith("_")] == [], name
        for item in offered(module):
            if isinstance(item, FunctionType | type | ModuleType):
                assert item.__doc__, f"{name}: {item}"


def offered(module):
    """Return the things that a module lists."""
    return [getattr(module, name) for name in module.__all__]
