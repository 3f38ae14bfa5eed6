"""Charts of a reader's own show Chinese: in Jupyter by the import, in a script by one call."""

import json
import subprocess
import sys

import pytest

SHELL = """
import sys, warnings
from IPython.core.interactiveshell import InteractiveShell

warnings.simplefilter("error")
shell = InteractiveShell.instance()
for cell in sys.argv[1:]:
    shell.run_cell(cell).raise_error()
"""
# What is drawn is asked of the drawing: each outline in it is named by its font and glyph.
LOOK = """
import io, json, logging, re, warnings
from fontTools.ttLib import TTFont
from matplotlib.figure import Figure

said = io.StringIO()
logging.getLogger("matplotlib").addHandler(logging.StreamHandler(said))


def look(figure):
    drawn = {}
    for style in ("png", "pdf", "svg"):
        figure.savefig(drawn.setdefault(style, io.BytesIO()), format=style)
    svg = drawn["svg"].getvalue().decode("utf-8")
    names = re.findall(r'<path id="(\\w+(?:-[A-Z]\\w+)?)-([0-9a-f]+)"', svg)
    ours = {}
    for style in ("Regular", "Bold"):
        font = TTFont(FONTS / f"HyreportSansSC-{style}.ttf")
        of_glyph = {font.getGlyphID(name): chr(code) for code, name in font.getBestCmap().items()}
        ours[f"HyreportSansSC-{style}"] = of_glyph
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
    command = ["-W", "error", "-c", "\n".join(cells)] if script else ["-c", SHELL, *cells]
    done = subprocess.run(
        [sys.executable, "-X", "utf8", *command],
        capture_output=True,
        encoding="utf-8",
        timeout=120,
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    assert done.stderr == ""
    return json.loads(done.stdout.splitlines()[-1])


@pytest.mark.parametrize(
    "cells",
    [
        (HYREPORT, LOOK, PRINT),
        ("import matplotlib.pyplot", HYREPORT, LOOK, PRINT),
        ("import matplotlib", HYREPORT, LOOK, PRINT),
        (f"import matplotlib.pyplot\n{HYREPORT}\n{LOOK}\n{PRINT}",),
        (f"{HYREPORT}\nimport matplotlib.pyplot\n{LOOK}\n{PRINT}",),
        (HYREPORT, "import importlib; importlib.reload(hy)", LOOK, PRINT),
    ],
)
def test_whichever_is_imported_first(cells):
    assert run(*cells) == [{"ours": CHINESE, "bold": False, "others": ["DejaVuSans"], "said": ""}]


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


@pytest.fixture(scope="module")
def in_every_style() -> dict[str, dict]:
    steps = [f"plt.rcdefaults(); {style}; found.append(look(draw()))" for style in STYLES.values()]
    last = "print(json.dumps(found))"
    imports = "import matplotlib.pyplot as plt, seaborn as sns; found = []"
    return dict(zip(STYLES, run(HYREPORT, LOOK, imports, *steps, last), strict=True))


@pytest.mark.parametrize("style", STYLES)
def test_no_style_loses_the_chinese(in_every_style, style):
    found = in_every_style[style]
    assert set(CHINESE) <= set(found["ours"]) and found["said"] == ""
    assert found["bold"] == (style == "bold")
    if style != "ours":
        # The user's own font draws what it has: digits, letters and the minus sign.
        assert found["ours"] == CHINESE and found["others"]


def test_the_minus_sign_is_right(in_every_style):
    assert "−" not in in_every_style["default"]["ours"]
    assert in_every_style["default"]["others"] == ["DejaVuSans"]


def test_charts_of_seaborn_and_pandas_show_names_of_figures():
    bars = """
import seaborn as sns
rows = hy.load_figures().head(12)
sns.set_theme()
first = sns.barplot(rows, y="name_zh", x="value").figure
second = rows.plot.barh(x="name_zh", y="value").figure
names = sorted(set("".join(rows["name_zh"])))
print(json.dumps([look(first), look(second), names]))
"""
    *found, names = run(HYREPORT, LOOK, bars)
    for chart in found:
        assert chart["ours"] == names and chart["said"] == ""


@pytest.mark.parametrize("mathtext", ["dejavusans", "dejavuserif", "stix"])
def test_chinese_stands_beside_and_in_a_formula(mathtext):
    setting = f"import matplotlib; matplotlib.rcParams['mathtext.fontset'] = {mathtext!r}"
    code = "print(json.dumps([look(draw('$R^2$ = 0.9，$衡_{阳}$财政'))]))"
    (found,) = run(HYREPORT, LOOK, setting, code)
    assert set(found["ours"]) == {*CHINESE, "，"} and found["said"] == ""


def test_a_script_calls_once_and_keeps_it_through_a_theme():
    after = "import seaborn as sns; sns.set_theme(); print(json.dumps([look(draw())]))"
    for last in (PRINT, after):
        (found,) = run(HYREPORT, LOOK, "hy.use_style()", last, script=True)
        assert set(CHINESE) <= set(found["ours"]) and found["said"] == ""


def test_a_script_that_did_not_call_is_left_alone():
    plain = HYREPORT + "\nimport matplotlib\nmatplotlib.rcParams['font.enable_last_resort'] = True"
    command = "\n".join([plain, LOOK, PRINT])
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-W", "error", "-c", command],
        capture_output=True,
        encoding="utf-8",
        timeout=120,
    )
    assert done.returncode == 1 and "missing from font" in done.stderr


@pytest.mark.parametrize("script", [True, False])
def test_the_import_stays_light(script):
    listed = "import sys; import hyreport; import json; "
    heavy = "{'matplotlib', 'pandas', 'numpy', 'seaborn'} & set(sys.modules)"
    assert run(f"{listed}print(json.dumps(sorted({heavy})))", script=script) == []


def test_our_own_charts_are_drawn_as_before():
    code = """
from hyreport.charts import start_chart


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
