"""Charts of a reader's own show Chinese: in Jupyter by the import, in a script by one call."""

import json
import re
import subprocess
import sys

import pytest

SHELL = """
import json, sys, warnings
from IPython.core.interactiveshell import InteractiveShell

warnings.simplefilter("error")
shell = InteractiveShell.instance()
for cell in json.load(sys.stdin):
    shell.run_cell(cell).raise_error()
"""
# What is drawn is asked of the drawing: each outline in it is named by its font and glyph, before
# matplotlib 3.11 by its font and character.
LOOK = """
import io, json, logging, re, warnings
import matplotlib
from fontTools.ttLib import TTFont
from matplotlib.figure import Figure

said = io.StringIO()
logging.getLogger("matplotlib").addHandler(logging.StreamHandler(said))
ours = {}
for style in ("Regular", "Bold"):
    font = TTFont(FONTS / f"HyreportSansSC-{style}.ttf")
    characters = font.getBestCmap()
    if matplotlib.__version_info__ < (3, 11):
        named = {code: chr(code) for code in characters}
    else:
        named = {font.getGlyphID(name): chr(code) for code, name in characters.items()}
    ours[f"HyreportSansSC-{style}"] = named


def look(figure):
    drawn = {}
    for style in ("png", "pdf", "svg"):
        figure.savefig(drawn.setdefault(style, io.BytesIO()), format=style)
    svg = drawn["svg"].getvalue().decode("utf-8")
    names = re.findall(r'<path id="(\\w+(?:-[A-Z]\\w+)?)-([0-9a-f]+)"', svg)
    return {
        "ours": sorted({ours[name][int(glyph, 16)] for name, glyph in names if name in ours}),
        "bold": any(name.endswith("SC-Bold") for name, _ in names),
        "others": sorted({name for name, _ in names if name not in ours}),
        "said": said.getvalue(),
    }


def draw(words="衡阳财政", number=-5):
    import matplotlib.pyplot as plt

    figure, axes = plt.subplots()
    axes.plot([number, -number], [1, 2])
    axes.set_title(words)
    return figure
"""
HYREPORT = "import hyreport as hy; from hyreport.paths import ASSETS; FONTS = ASSETS / 'fonts'"
PRINT = "print(json.dumps([look(draw())]))"
CHINESE = sorted("衡阳财政")


def run(*cells: str, script: bool = False) -> list[dict]:
    """Run cells in a fresh shell of IPython, or as one script, with warnings as errors."""
    # Chinese goes through standard input: arguments would take the encoding of the locale.
    command = ["-W", "error", "-"] if script else ["-c", SHELL]
    done = subprocess.run(
        [sys.executable, "-X", "utf8", *command],
        input="\n".join(cells) if script else json.dumps(cells),
        capture_output=True,
        encoding="utf-8",
        timeout=120,
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    assert done.stderr == ""
    return json.loads(done.stdout.splitlines()[-1])


AGAIN = "print(json.dumps([first, look(draw())]))"


@pytest.mark.full
@pytest.mark.parametrize(
    "cells",
    [
        (HYREPORT, LOOK, "first = look(draw()); import importlib; importlib.reload(hy)", AGAIN),
        *(
            pytest.param(cells, marks=pytest.mark.full)
            for cells in (
                ("import matplotlib.pyplot", HYREPORT, LOOK, PRINT),
                ("import matplotlib", HYREPORT, LOOK, PRINT),
                (f"import matplotlib.pyplot\n{HYREPORT}\n{LOOK}\n{PRINT}",),
                (f"{HYREPORT}\nimport matplotlib.pyplot\n{LOOK}\n{PRINT}",),
            )
        ),
    ],
)
def test_whichever_is_imported_first(cells):
    found = run(*cells)
    assert len(found) == 1 + (cells[-1] == AGAIN)
    for chart in found:
        assert chart == {"ours": CHINESE, "bold": False, "others": ["DejaVuSans"], "said": ""}


STYLES = {
    "seaborn": "sns.set_theme()",
    "seaborn, a font named": "sns.set_theme(font='DejaVu Serif')",
    "ggplot": "plt.style.use('ggplot')",
    "seaborn of matplotlib": "plt.style.use('seaborn-v0_8')",
    "default": "plt.style.use('default')",
    "dark": "plt.style.use('dark_background')",
    "defaults": "plt.rcdefaults()",
    "serif": "plt.rcParams.update({'font.family': 'serif'})",
    "monospace": "plt.rcParams['font.family'] = 'monospace'",
    "a list": "plt.rcParams['font.sans-serif'] = ['DejaVu Sans Mono']",
    "bold": "plt.rcParams.update({'axes.titleweight': 'bold'})",
    "ours": "hy.use_style()",
}


BARS = """
import matplotlib.pyplot as plt, seaborn as sns

rows = hy.load_figures().head(12)
sns.set_theme()
bars = sns.barplot(rows, y="name_zh", x="value"), rows.plot.barh(x="name_zh", y="value")
found = [sorted(set("".join(rows["name_zh"]))), *(look(axes.figure) for axes in bars)]
"""


@pytest.fixture(scope="module")
def charts() -> dict[str, dict]:
    """Return the characters of the bars' names, what was found on bars, and in each style."""
    steps = [
        f"plt.rcdefaults(); {chosen}; found.append(look(draw()))" for chosen in STYLES.values()
    ]
    names = ("names", "bars of seaborn", "bars of pandas", *STYLES)
    last = "print(json.dumps(found))"
    return dict(zip(names, run(HYREPORT, LOOK, BARS, *steps, last), strict=True))


@pytest.mark.full
@pytest.mark.parametrize("style", STYLES)
def test_no_style_loses_the_chinese(charts, style):
    found = charts[style]
    assert set(CHINESE) <= set(found["ours"]) and found["said"] == ""
    assert found["bold"] == (style == "bold")
    if style != "ours":
        # The user's own font draws what it has: digits, letters and the minus sign.
        assert found["ours"] == CHINESE and found["others"]


@pytest.mark.full
def test_the_minus_sign_is_right(charts):
    assert "−" not in charts["default"]["ours"]
    assert charts["default"]["others"] == ["DejaVuSans"]


@pytest.mark.full
def test_charts_of_seaborn_and_pandas_show_names_of_figures(charts):
    assert len(charts["names"]) > 20
    for library in ("seaborn", "pandas"):
        chart = charts[f"bars of {library}"]
        assert chart["ours"] == charts["names"] and chart["said"] == ""


@pytest.mark.full
def test_chinese_stands_beside_and_in_a_formula():
    code = """
import matplotlib
found = []
for fontset in ("dejavusans", "dejavuserif", "stix"):
    matplotlib.rcParams["mathtext.fontset"] = fontset
    found.append(look(draw("$R^2$ = 0.9，$衡_{阳}$财政")))
print(json.dumps(found))
"""
    found = run(HYREPORT, LOOK, code)
    for chart in found:
        assert set(chart["ours"]) == {*CHINESE, "，"} and chart["said"] == ""
    assert len({tuple(chart["others"]) for chart in found}) == 3


@pytest.mark.full
def test_a_script_calls_once_and_keeps_it_through_a_theme():
    theme = "first = look(draw()); import seaborn as sns; sns.set_theme()"
    for chart in run(HYREPORT, LOOK, "hy.use_style()", theme, AGAIN, script=True):
        assert set(CHINESE) <= set(chart["ours"]) and chart["said"] == ""


@pytest.mark.full
def test_a_script_that_did_not_call_is_left_alone():
    boxes = "font.enable_last_resort"  # of newer ones, which warn only then
    plain = f"import matplotlib\nif '{boxes}' in matplotlib.rcParams:\n    "
    plain += f"matplotlib.rcParams['{boxes}'] = True"
    command = "\n".join([HYREPORT, plain, LOOK, PRINT])
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-W", "error", "-"],
        input=command,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
    )
    assert done.returncode == 1 and re.search("missing from (current )?font", done.stderr)


@pytest.mark.parametrize("script", [True, False])
def test_the_import_stays_light(script):
    listed = "import sys; import hyreport; import json; "
    heavy = "{'matplotlib', 'pandas', 'numpy', 'seaborn'} & set(sys.modules)"
    assert run(f"{listed}print(json.dumps(sorted({heavy})))", script=script) == []


@pytest.mark.full
def test_our_own_charts_are_drawn_as_before():
    code = """
from hyreport.themes.look import start_chart


def svg():
    figure, axes = start_chart("Growth 增长 −1", "percent 百分比", "Source: 报告")
    axes.plot([-1, 2], [1, 2])
    axes.set_yticks([1, 2], ["地区生产总值", "é ≥ ⅷ"])
    written = io.StringIO()
    figure.savefig(written, format="svg", metadata={"Date": None})
    return written.getvalue()


"""
    both = "alone = svg(); hy.use_style(); print(json.dumps([alone == svg(), len(alone)]))"
    equal, size = run(HYREPORT, LOOK, code + both, script=True)
    assert equal and size > 10_000
