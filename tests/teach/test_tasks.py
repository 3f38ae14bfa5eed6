"""The files of tasks: every one is read strictly, and a fault in one is said in one clear line."""

import re

import pytest
from study import REPORT_ID

import hyreport as hy
from hyreport.data.report import Report
from hyreport.errors import HyreportError, UnknownNameError
from hyreport.paths import PACKAGE, ROOT
from hyreport.publish.manifest import describe_files
from hyreport.teach import tasks
from hyreport.teach.answers import Number
from hyreport.teach.make import Names, make_task
from hyreport.teach.solutions import list_solutions
from hyreport.teach.tasks import read_parts
from hyreport.words.language import speaking
from hyreport.words.phrases import read_phrases

FILES = sorted(tasks.STUDIES.glob("*/tasks/*.toml"))
NUMBER = """
place = 1
[names]
gdp = "[gdp.level.2017]"
[billions]
kind = "number"
right = "gdp / 10"
unit = "billion yuan"
hint = "How many make a billion?"
because = "Ten."
working = "{gdp} / 10"
[[billions.mistakes]]
formula = "gdp"
says = "That is in 亿."
"""
CHOICE = """
place = 2
[names]
gdp = "[gdp.level.2017]"
[status]
kind = "choice"
hint = "Which?"
because = "It says so."
right = "{gdp.obs_status}"
[status.options]
E = ["estimated"]
P = []
[status.hints]
P = "Look for the word in brackets."
"""


@pytest.fixture
def study(tmp_path, monkeypatch):
    """Return a function that writes the two files as the default report's, one word changed."""
    folder = tmp_path / REPORT_ID.replace("-", "_") / "tasks"
    folder.mkdir(parents=True)
    monkeypatch.setattr(tasks, "STUDIES", tmp_path)

    def write(old: str = "", new: str = ""):
        assert old in NUMBER + CHOICE
        for name, text in {"one": NUMBER, "b": CHOICE}.items():
            (folder / f"{name}.toml").write_text(text.replace(old, new), encoding="utf-8")
        read = tasks.read_parts(REPORT_ID)
        typed = {name: task for part in read.values() for name, task in part.items()}
        return {name: make_task(task, Report()) for name, task in typed.items()}

    return write


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_file_of_tasks_is_read_and_computed(path):
    report_id = path.parts[-3].replace("_", "-")
    part = tasks.read_parts(report_id)[path.stem]
    made = {name: make_task(typed, Report(report_id)) for name, typed in part.items()}
    assert made
    for task in made.values():
        said = [*vars(task).values(), task.wanted]
        said += task.mistakes if isinstance(task, Number) else [*task.options, *task.hints.values()]
        assert not [words for words in said if isinstance(words, str) and re.search("[{}]", words)]


def test_parts_stand_by_place_and_tasks_as_written(study):
    made = study()
    assert [*made] == ["billions", "status"] and [*tasks.read_parts()] == ["one", "b"]
    assert made["billions"].judge("319.3").right and made["billions"].working == "3193 / 10"
    assert made["billions"].judge("3193").words == "Not yet. That is in 亿."
    assert made["status"].expected == "E" and made["status"].judge("Estimated").right


@pytest.mark.parametrize(
    "old, new, message",
    [
        ("place = 1", "place = 'first'", "one.toml, place: found 'first', expected a whole number"),
        ("place = 1", "", "one.toml, place: found nothing, expected a whole number. To fix: add"),
        ("place = 1", "place = ", "one.toml: found "),
        (
            'hint = "How',
            'hnt = "How',
            "one.toml, billions: found the key 'hnt', expected .* mean hint?",
        ),
        ("working =", "# ", "one.toml, billions, working: found nothing, expected text. To fix: "),
        ("says =", "say =", "one.toml, billions, mistakes, 1: found the key 'say', .* mean says?"),
        ('"How many make a billion?"', "3", "one.toml, billions, hint: found 3, expected text"),
        ('"number"', '"numbr"', "one.toml, billions: found 'numbr', expected kind = 'number' or"),
        (
            '"billion yuan"',
            '"yuan"',
            "one.toml, billions, unit: found 'yuan', .* mean billion yuan",
        ),
        (
            '["estimated"]',
            '"estimated"',
            "b.toml, status, options, E: found 'estimated', .* a list",
        ),
        ('["estimated"]', "[1]", "b.toml, status, options, E, 1: found 1, expected text"),
        ("[status.hints]\nP", "[status.hints]\nF", "b.toml, status: found 'F' in right and hints"),
        ("[status.hints]\nP", "[status.hints]\nE", "b.toml, status: found none for 'P' in hints"),
        ('"{gdp.obs_status}"', '"A"', "b.toml, status: found 'A' in right and hints, expected one"),
        ('"{gdp.obs_status}"', "1", "b.toml, status, right: found 1, expected text or a list"),
        ("{gdp.obs_status}", "{gdp.hedge_of}", "b.toml, status: found nothing in gdp.hedge_of"),
        ('"gdp / 10"', '"gpd / 10"', "one.toml, billions: found the word gpd in .* mean gdp?"),
        ('"gdp / 10"', '"gdp / "', "one.toml, billions: found no formula in formula"),
        ("[gdp.level.2017]", "[gdp.growth.2018]", "one.toml, billions: found an open end in gdp,"),
        ("{gdp} /", "{gdp:q} /", "one.toml, billions: found .* in {gdp:q}, expected a format"),
        ('"[gdp.level.2017]"', '"gdp"', "b.toml, names, gdp: found 'gdp', expected one"),
        ("[gdp.level.2017]", "[gdp.level.201]", "found 'gdp.level.201' in figure.* mean gdp.level"),
        ("status", "billions", "b.toml, billions: found a task of another part too"),
    ],
)
def test_a_fault_is_said_in_one_line(study, old, new, message):
    with pytest.raises(HyreportError, match=message) as raised:
        study(old, new)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    "cases, message",
    [
        ('[{ option = "E", wen = "gdp > 1" }]', "right, 1: found the key 'wen', .* mean when?"),
        ('[{ option = "E", when = "gdp" }]', "found no < or > in when = 'gdp'"),
        ('[{ option = "E", when = "gdp < 1" }]', "found no case that holds in right"),
        ('[{ option = "E" }, { option = "X" }]', "found 'X' in right and hints"),
    ],
)
def test_a_fault_in_the_cases_of_a_choice(study, cases, message):
    with pytest.raises(HyreportError, match=message):
        study('"{gdp.obs_status}"', cases)


def test_two_mistakes_need_two_wordings(study):
    again = '[[billions.mistakes]]\nformula = "gdp / 100"\nsays = "That is in 亿."\n'
    with pytest.raises(HyreportError, match=r"'That is in 亿\.' twice"):
        study('says = "That is in 亿."\n', f'says = "That is in 亿."\n{again}')


def test_the_first_case_that_surely_holds_is_right(study):
    cases = '[{ option = "P", when = "gdp.value < gdp.high < gdp" }, { option = "E" }]'
    assert study('"{gdp.obs_status}"', cases)["status"].expected == "E"
    cases = '[{ option = "P", when = "1 < gdp.value <= 3193" }, { option = "E" }]'
    task = study('"{gdp.obs_status}"', cases.replace("P", "E").replace('"E" }]', '"P" }]'))
    assert task["status"].expected == "E"


@pytest.mark.parametrize(
    "condition, holds",
    [
        ("gdp > 3192", True),
        ("gdp > 3193", False),  # rounding leaves it open
        ("gdp < 3193.5", False),
        ("gdp <= 3193.5", True),
        ("3000 < gdp < 3192", False),
        ("-1 < gdp - 3193 < 1", True),
    ],
)
def test_a_condition_holds_wherever_rounding_lets_the_numbers_lie(condition, holds):
    assert Names(Report(), {"gdp": "[gdp.level.2017]"}).holds(condition) is holds


def test_words_are_filled_from_figures():
    names = {"gdp": "[gdp.level.2017]", "yearbook": "{gdp.2016.yearbook}"}
    fill = Names(Report(), names).fill
    assert fill("{gdp} and {yearbook:.1f}") == "3193 and 2853.0"
    assert fill(["{gdp / 1000:.2f}", "{gdp.unit}"]) == ("3.19", "100 million yuan")
    assert fill({"{gdp.as_printed}": "{gdp.value_base:,}"}) == {"3193亿元": "319,300,000,000"}


def test_a_report_without_tasks_says_so(tmp_path, monkeypatch):
    with pytest.raises(UnknownNameError, match="none of the report 'other-2020'") as raised:
        tasks.read_parts("other-2020")
    assert "hyreport/studies/other_2020/tasks/one.toml" in raised.value.fix
    with pytest.raises(UnknownNameError, match="'other-2020'"):
        hy.exercises.check("local_revenue", 1, "other-2020")
    monkeypatch.setattr(tasks, "STUDIES", tmp_path)
    with pytest.raises(UnknownNameError, match="none of the report"):
        hy.exercises.check("local_revenue", 1)
    with pytest.raises(UnknownNameError, match="none of the report"):
        list_solutions("one")


def test_a_render_knows_the_files_of_tasks():
    files = describe_files(ROOT)
    assert FILES and all(path.relative_to(ROOT).as_posix() in files for path in FILES)


CHOICES = {
    "passed_word": "不低于",
    "gdp_status": "预计数",
    "yearbook_shows": "支持",
    "proved_reading": "均未证明",
    "real_on_nominal": "实际增速用于名义水平值",
    "two_vintages": "无法判断",
    "floor_word": "不低于",
    "ceiling_word": "不高于",
    "investment_strict": "低于2017年",
    "investment_lenient": "难分高低",
    "growth_outcome": "仅达到下限",
    "two_point_interval": "无法估计",
}


@pytest.mark.parametrize("task", CHOICES)
def test_words_in_chinese_are_right_too(task):
    assert hy.exercises.check(task, CHOICES[task]).right


@pytest.mark.full
def test_every_verdict_of_a_study_is_said_in_chinese():
    table = PACKAGE / "studies" / "hengyang_2018" / "tasks" / "zh.csv"
    phrases = read_phrases(table)
    for part in read_parts("hengyang-2018").values():
        for typed in part.values():
            task = make_task(typed, hy.Report("hengyang-2018"))
            said = [task.hint, task.because, getattr(task, "below", ""), getattr(task, "above", "")]
            said += [*getattr(task, "mistakes", ()), *getattr(task, "hints", {}).values()]
            for text in filter(None, said):
                assert phrases.say(f"Not yet. {text}"), text


def test_a_verdict_is_shown_in_the_language_in_use():
    with speaking("zh"):
        assert repr(hy.exercises.check("local_revenue", "252.01亿元")).startswith("还不对。")
        assert repr(hy.exercises.check("local_revenue", "一百六十二点三亿元")).startswith("正确。")
        assert repr(hy.exercises.hint("total_tax")).startswith("提示：")


@pytest.mark.parametrize(
    "task, answer, said",
    [
        ("local_share_2016", "43个百分点", "还不对。你输入的是百分点；题目要求百分比。两个"),
        ("revision", "八点五成", "还不对。数字已读出，但未能识别单位“成”。"),
        ("not_yet_public", None, "尚未作答：请输入一个年份。提示：将"),
        ("not_yet_public", "二〇一六年", "正确。"),
        ("gdp_status", "预计", "正确。"),
    ],
)
def test_what_a_check_says_of_an_answer_in_chinese(task, answer, said):
    with speaking("zh"):
        assert repr(hy.exercises.check(task, answer, hint=True)).startswith(said)


def test_progress_is_counted_in_chinese():
    table = str(hy.show(hy.exercises.progress(), language="zh")._repr_html_())
    assert "第一部分" in table
    assert "合计" in table
