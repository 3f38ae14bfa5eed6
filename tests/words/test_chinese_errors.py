"""Errors in Chinese: what a notebook can raise is said in it, and what nobody put so stays."""

import ast
import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import product

import pytest

import hyreport as hy
from hyreport.data.formulas import evaluate
from hyreport.errors import HyreportError
from hyreport.paths import PACKAGE
from hyreport.words.faults import fault_phrases
from hyreport.words.language import speaking

# What only a verb of the terminal, the author of a table or of a case study meets.
TERMINAL = (
    "build", "cli.py", "data/facts.py", "data/tables.py", "draft", "numbers/printed.py",
    "panel/make.py", "panel/shelf.py", "publish", "teach/make.py", "teach/tasks.py", "verify",
    "words/phrases.py", "words/tables.py",
)  # fmt: skip
NOTEBOOK = sorted(
    path
    for path in PACKAGE.rglob("*.py")
    if not path.relative_to(PACKAGE).as_posix().startswith(TERMINAL)
)
PARTS = {"found", "expected", "fix", "few", "reason"}
# What may fill a hole of a sentence: an id, a number, a word of the tables.
FILLS = ("", "a.b", "7", "7%", "unit", "target", " of 湖南省", "targets", "a.csv")


def list_sentences(tree: ast.AST) -> Iterator[str]:
    """Yield what errors of a module find, expect and advise, with `{}` for what is filled in."""
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef):
            continue
        calls = [node for node in ast.walk(function) if is_error(node)]
        for call in calls:
            for part in call.args[1:]:
                yield from read_texts(part)
        for node in ast.walk(function) if calls else ():
            if isinstance(node, ast.Assign) and names_of(node.targets[0]) & PARTS:
                yield from read_texts(node.value)


def is_error(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call)
        and len(node.args) > 2
        and (getattr(node.func, "id", "") or getattr(node.func, "attr", "")).endswith("Error")
    )


def names_of(node: ast.AST) -> set[str]:
    return {name.id for name in ast.walk(node) if isinstance(name, ast.Name)}


def read_texts(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Constant(value=str() as text):
            yield text
        case ast.JoinedStr(values=values):
            yield "".join(
                getattr(value, "value", "") if isinstance(value, ast.Constant) else "{}"
                for value in values
            )
        case ast.IfExp():
            yield from (*read_texts(node.body), *read_texts(node.orelse))
        case ast.BoolOp(values=values) | ast.Tuple(elts=values):
            for value in values:
                yield from read_texts(value)
        case ast.Call(keywords=keywords):
            for keyword in keywords:
                if keyword.arg == "otherwise":
                    yield from read_texts(keyword.value)


def is_said(text: str) -> bool:
    fillings = product(FILLS, repeat=text.count("{}"))
    return any(fault_phrases().say(text.replace("{}", "%s") % fill) for fill in fillings)


def test_what_a_notebook_can_raise_has_chinese():
    sentences = {
        (path.relative_to(PACKAGE).as_posix(), text): text
        for path in NOTEBOOK
        for text in list_sentences(ast.parse(path.read_text(encoding="utf-8")))
        if " " in text
    }
    assert len(sentences) > 100
    assert [place for place, text in sentences.items() if not is_said(text)] == []


FIGURE, NEXT = "gdp.growth.2017", "gdp.growth.2018"
CAUSES = {
    "figure": lambda: hy.figure("gdp.grwth.2017"),
    "figure of no name": lambda: hy.figure("zzz"),
    "figure of an object": lambda: hy.figure(["a"]),
    "figure as before": lambda: hy.figure(FIGURE, raw="a"),
    "report": lambda: hy.Report("nowhere-2018"),
    "loader": lambda: hy.load_figures("nowhere-2018"),
    "column": lambda: hy.load_figures()["as_prnted"],
    "actual": lambda: hy.Report().actual("gdp.growht"),
    "several": lambda: hy.Report().actual("gdp"),
    "target": lambda: hy.Report().target("budget_revenue.level"),
    "outside": lambda: hy.Report().outside("gdpp", 2016),
    "number": lambda: hy.Report().number("reference:gdp.2016.yerbook"),
    "published": lambda: hy.published(hy.load_reference(), series="gdpp", time_period=1800),
    "unit": lambda: hy.figure(FIGURE).to("percentage points"),
    "no unit": lambda: hy.figure(FIGURE).to(3),
    "another unit": lambda: hy.figure("gdp.level.2017").to("percent"),
    "comparison": lambda: hy.figure(FIGURE) > hy.figure(NEXT),
    "comparison of kinds": lambda: hy.figure(FIGURE) > hy.figure("gdp.level.2017"),
    "sum": lambda: hy.figure(FIGURE) + 1,
    "product": lambda: 2 * hy.figure("gdp.level.2017"),
    "compute": lambda: hy.compute(3),
    "compute of words": lambda: hy.compute("a / b", unit="percent", formula="a / b"),
    "compute without unit": lambda: hy.compute(abs),
    "compute without formula": lambda: hy.compute(abs, unit="percent"),
    "compute without names": lambda: hy.compute(abs, hy.figure(FIGURE), unit="", formula=""),
    "digits": lambda: compute(lambda a: a, decimals=-1),
    "open end": lambda: hy.compute(abs, unit="", formula="", a=hy.figure(NEXT)),
    "bare number": lambda: hy.compute(abs, unit="", formula="", a=8.5),
    "a word": lambda: hy.compute(abs, unit="", formula="", a="8.5"),
    "by zero": lambda: compute(lambda a: 1 / (a - a)),
    "no number": lambda: compute(lambda a: "8"),
    "turn": lambda: compute(lambda a: (a - Fraction(17, 2)) ** 2),
    "stated": lambda: hy.stated(float("nan"), unit="", formula=""),
    "one end": lambda: hy.stated(8, unit="", formula="8").at_least().at_most(),
    "find": lambda: hy.find("qqqq"),
    "find misspelt": lambda: hy.find("revenu3 taks"),
    "find nothing": lambda: hy.find(""),
    "find in one": lambda: hy.find("tax poverty"),
    "cite": lambda: hy.cite("zzz"),
    "cite outside": lambda: hy.cite("reference:gdp.2016.yerbook"),
    "cite an object": lambda: hy.cite(8.5),
    "style": lambda: hy.cite(FIGURE, style="apa"),
    "quote": lambda: hy.quote(FIGURE, "no_such_file.txt"),
    "quote from a folder": lambda: hy.quote(FIGURE, "."),
    "quote from nothing": lambda: hy.quote(FIGURE, None),
    "quote from another": lambda: hy.quote(FIGURE, "README.md"),
    "trace": lambda: hy.trace("local_revenu_2017"),
    "trace a figure": lambda: hy.trace(FIGURE),
    "uses": lambda: hy.uses("gdp.grwth.2017"),
    "results": lambda: hy.results("nowhere-2018"),
    "show": lambda: hy.show(hy.figure(FIGURE)),
    "show a list": lambda: hy.show([1]),
    "keep": lambda: hy.keep(8, "Name"),
    "keep a number": lambda: hy.keep(8, "name"),
    "series": lambda: hy.series("gdp.growth", area="衡洋市"),
    "series of nothing": lambda: hy.series("gdp.grwth", area="430000"),
    "ask": lambda: hy.panel.ask("delete from headline"),
    "ask twice": lambda: hy.panel.ask("select 1; select 2"),
    "ask a number": lambda: hy.panel.ask(3),
    "no panel": lambda: hy.panel.ask("select 1", panel="docs"),
    "targets": lambda: hy.panel.targets("gdp.growth", year=1800),
    "targets of nothing": lambda: hy.panel.targets("gdp.grwth"),
    "outcomes": lambda: hy.panel.outcomes("gdp.growth", year="soon"),
    "cell": lambda: hy.panel.cell("430000", year=1800),
    "cell of nowhere": lambda: hy.panel.cell("衡洋市", year=2018),
    "cell of a kind": lambda: hy.panel.cell("430000", year=2018, kind="aim"),
    "check": lambda: hy.exercises.check("local_revenu", "8"),
    "hint": lambda: hy.exercises.hint("zzz"),
    "progress": lambda: hy.exercises.progress("hengyang-2021"),
    "language": lambda: hy.use_language("fr"),
    "name": lambda: hy.figuer,
    "share of the past": lambda: hy.revenue.apply_share(
        hy.figure("budget_revenue.level.2017"), hy.figure("tax_share.local.2017")
    ),
    "growth on another basis": lambda: hy.revenue.apply_growth(
        hy.figure("budget_revenue.level.2017"), hy.figure("budget_revenue.growth.2017")
    ),
    "growth of another series": lambda: hy.revenue.implied_base(
        hy.figure("gdp.level.2017"), hy.figure("budget_revenue.growth.2017")
    ),
    "forecast": lambda: forecast(horizon=-1),
    "model": lambda: forecast(models=["oracle"]),
    "day": lambda: history("2018-02-30"),
    "formula": lambda: evaluate("a + b", hy.figure, unit=""),
}  # fmt: skip
# What is typed or quoted stays as it is; of what is left, a word with these signs is an id, the
# name of a file or code, and these are names of Python, of the library and what a reader may type.
QUOTED = re.compile("`[^`]*`|'[^']*'|\"[^\"]*\"|lambda [^:]*:")
CODE = re.compile(r"[._/=:\d-]")
NAMES = re.findall(
    r"\S+",
    """hyreport value low high unit formula figure other data alt text gbt bibtex strict lenient to
    int float str list Decimal DataFrame Figure Computed pandas matplotlib SELECT SQL kB UTF YYYY
    headline reports pairs audit date tax revenue target number raw tasks compute cite show keep
    stated gdp gdpp id measure growth level docs panel DIR DD FILE local nan nowhere poverty""",
)
MODEL_NAMES = " ".join(hy.growth.MODELS).split()


def compute(function, **more):
    return hy.compute(function, unit="", formula="", a=hy.figure(FIGURE), **more)


def history(origin="2018-01-04"):
    return hy.growth.growth_known(hy.Report(), origin=origin)


def forecast(**choices):
    return hy.growth.forecast_growth(history(), vintage_date="2018-01-04", **choices)


@pytest.mark.parametrize("cause", CAUSES)
def test_an_error_is_said_in_chinese(cause):
    with pytest.raises((HyreportError, AttributeError)) as raised, speaking("zh"):
        CAUSES[cause]()
    with speaking("zh"):
        said = str(raised.value)
    assert re.search("[\u4e00-\u9fff]", said)
    words = re.findall(r"[!-~]+", re.sub(r"[(),;\[\]<>+*]", " ", QUOTED.sub("", said)))
    assert {word for word in words if len(word) > 1 and not CODE.search(word)} <= {
        *NAMES,
        *MODEL_NAMES,
        *hy.__all__,
    }, said
