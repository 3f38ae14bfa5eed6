"""What the panel says in sentences, titles and its chooser has its Chinese, whatever it finds."""

import ast
import itertools
import re

import pytest
from panels import growth, make_panel

import hyreport as hy
from hyreport.panel.place import follow_place
from hyreport.panel.words import SLOT, _sentences
from hyreport.paths import MANY, NOTEBOOKS, PACKAGE
from hyreport.words.phrases import is_english, read_phrases

FOLDER = NOTEBOOKS / MANY / "zh"
NOTEBOOK = {
    "tiers": "02_down_the_tiers",
    "hits": "03_targets_and_outcomes",
    "next": "05_next_target",
}
LINK = "[−1.2](#result:some_result)"
NAMES = {"indicator": "GDP growth"}
VERDICTS = ("fewer than it takes", "enough")
CITY = "430400"


def phrases(page):
    return read_phrases(FOLDER / f"{page}.csv", FOLDER / "report.csv")


def variants(template):
    """Yield a template filled in each way that its choices allow."""
    choices = [match.group(3, 4, 5) for match in SLOT.finditer(template) if match[3] is not None]
    for chosen in itertools.product(*map(dict.fromkeys, choices)):
        for verdict in VERDICTS if "{verdict}" in template else ("",):
            words = iter(chosen)

            def write(match, words=words, verdict=verdict):
                if match[3] is not None:
                    return next(words)
                names = NAMES | {"verdict": verdict}
                return names.get(match[1], "2009-2026" if match[2] == "year" else LINK)

            yield SLOT.sub(write, template)


@pytest.mark.parametrize("page", NOTEBOOK)
def test_each_sentence_of_a_page_has_its_chinese_with_the_same_links(page):
    known = phrases(NOTEBOOK[page])
    parts = _sentences()[page]
    for template in [text for part in parts.values() for text in [part] if isinstance(part, str)]:
        assert known.say(template.format(**NAMES)), template
    for template in [text for part in parts.values() if isinstance(part, list) for text in part]:
        for said in variants(template):
            before = known.missing.copy()
            chinese = known.need_prose(said)
            assert known.missing == before, said
            bare = re.sub(r"\]\(#[^)]*\)", "]", chinese)
            assert not is_english(bare), chinese
            assert chinese.count(LINK) == said.count(LINK)


def titles(module):
    """Yield what the functions of a module return as plain text, made-up numbers in the holes."""
    tree = ast.parse((PACKAGE / "panel" / module).read_text(encoding="utf-8"))
    for function in (node for node in tree.body if isinstance(node, ast.FunctionDef)):
        if function.name.startswith(("title_", "say_")):
            for node in ast.walk(function):
                if isinstance(node, ast.Return) and isinstance(node.value, ast.Constant):
                    yield node.value.value


@pytest.mark.parametrize(
    "module", ["titles.py", "hit_titles.py", "tier_words.py", "next_words.py", "missing.py"]
)
def test_what_a_chart_says_where_there_is_little_has_its_chinese(module):
    known = read_phrases(*sorted(FOLDER.glob("*.csv")))
    found = [text for text in titles(module) if text]
    assert [text for text in found if known.say(text) is None] == []


@pytest.fixture
def chinese():
    hy.use_language("zh")
    yield
    hy.use_language("en")


def test_the_chooser_speaks_the_language_in_use(chinese, tmp_path):
    pytest.importorskip("ipywidgets")
    from hyreport.panel.chooser import choose_place, tell_chosen

    panel = make_panel(tmp_path / "panel", {(CITY, 2018): (growth(8), growth("8.5"))})
    place, measure, *_ = choose_place(CITY, panel=panel).children
    assert (place.description, measure.description) == ("地区", "指标")
    assert measure.options[0][0] == "地区生产总值"
    assert not is_english(re.sub("<[^>]*>", "", tell_chosen(follow_place(CITY, panel=panel))))
