"""Mean error is bias, where too high and too low cancel; it never stands for their mean size."""

import json
import re

import pytest

import hyreport as hy
from hyreport.paths import NOTEBOOKS, RAW, ROOT
from hyreport.themes.growth.score import judge, score, scorecard
from hyreport.words.language import heading

WORDS = re.compile(
    r"(?:mean|average)s?\s+(?:forecast\s+|forecasting\s+)?errors?|errors?\s+on\s+average"
    r"|平均(?:预测)?误差",
    re.IGNORECASE,
)
# Where the words may stand without a link to a result mean_error_..., and why.
ALLOWED = {
    'mean_error": ("mean error (bias)", "平均误差（偏差）")': "heading of the column",
    "mean error, which is bias": "the docstring that defines it",
    "errors on average (mean absolute error)": "says which in brackets",
}
COMPARES = re.compile(
    r"\b(?:smaller|smallest|larger|largest|lower|lowest|higher|highest|least|best|better|worse|"
    r"worst|beats?|leads?|nearer|nearest|than)\b|[更最较][小大低高]|优于"
)
SOURCES = [
    *(path for ending in ("py", "j2") for path in (ROOT / "hyreport").rglob(f"*.{ending}")),
    *(path for ending in ("csv", "toml") for path in RAW.rglob(f"*.{ending}")),
    *(path for path in NOTEBOOKS.glob("*.ipynb")),
    ROOT / "README.md",
    ROOT / "CHANGELOG.md",
]


def read_cells(path):
    """Return the text of a file, a notebook's by cell, with broken strings joined."""
    text = path.read_text(encoding="utf-8")
    pieces = [text]
    if path.suffix == ".ipynb":
        pieces = ["".join(cell["source"]) for cell in json.loads(text)["cells"]]
    return [re.sub(r'"\s*\n\s*f?"', "", piece) for piece in pieces]


def misused(text):
    """Return each sentence that says mean error and does not mean bias."""
    for found in WORDS.finditer(text):
        before = re.split(r"(?<=[.!?。；;])\s|\n\n", text[: found.start()])[-1]
        after = re.split(r"(?<=[.!?。；;])(?:\s|$)|\n\n", text[found.start() :])[0]
        sentence = " ".join((before + after).split())
        plain = re.sub(r"\]\([^)]*\)", "]", sentence)
        linked = "#result:mean_error_" in after and not COMPARES.search(plain)
        if not linked and not any(words in sentence for words in ALLOWED):
            yield sentence


def test_mean_error_stands_for_bias_alone():
    assert len(SOURCES) > 200
    texts = (
        (path.relative_to(ROOT).as_posix(), text) for path in SOURCES for text in read_cells(path)
    )
    wrong = [(name, sentence) for name, text in texts for sentence in misused(text)]
    assert not wrong, f"say mean absolute error, or link to mean_error_...: {wrong}"


@pytest.mark.parametrize(
    "words",
    [
        "Over 2011 to 2018 no model had a smaller mean error than the last value",
        "none of six other models had a\nsmaller mean error.",
        "Drift leads by mean forecast error, [1.1](#result:mae_drift).",
        "The mean error of drift is lower, [-0.9](#result:mean_error_drift).",
        'title = "No model had a smaller mean "\n    "error than no change"',
        "末值的平均误差最小。",
        "Its average error is [1.00](#result:mae_last_value).",
    ],
)
def test_the_test_tells(words):
    assert list(misused(re.sub(r'"\s*\n\s*f?"', "", words)))


@pytest.mark.parametrize(
    "words",
    [
        "No model had a smaller mean absolute error. The root mean squared error is another.",
        "The last value's own mean error is [−0.85](#result:mean_error_last_value) points.",
        "末值的平均绝对误差最小。",
    ],
)
def test_the_test_lets_pass(words):
    assert not list(misused(words))


def test_the_smallest_mean_error_is_not_the_smallest_mean_absolute_error():
    """Were both the same model, a mistake in words would do no harm here."""
    report = hy.Report("hengyang-2018")
    known = hy.growth.growth_known(report)
    judged = judge(hy.growth.past_forecasts(known), hy.growth.growth_outcomes(report))
    card = scorecard(judged).set_index("source")
    assert card["mean_error"].abs().idxmin() == "damped trend" != card["value"].idxmin()
    assert card["metric"].unique().tolist() == ["MAE"]
    results = score(judged)
    assert results["mae_drift"].formula.startswith("mean absolute error")
    assert results["mean_error_drift"].formula.startswith("mean of outcome − forecast")
    assert heading("mean_error", "en") == "mean error (bias)"
